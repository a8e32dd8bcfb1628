"""The record: a set of facts that only grows.

A fact is what a person did, answered or was shown, at a moment, on a local day. Facts are merged by id and ordered by
`(at, id)`, so that devices and imports come together in any order. A correction is a fact too. Facts of unknown types
are kept, for a newer lumbar may have written them.
"""

from lumbar.core.record.bodies import BODY_MASS_KG, LARGE, TYPES, VERSION, parse_body
from lumbar.core.record.change import Change, Fold, RuledFold
from lumbar.core.record.fact import DAY_BEGINS_H, Fact, day_ends, day_of, fact_from_json, lean, new_fact
from lumbar.core.record.fields import moment
from lumbar.core.record.growing import Ordered
from lumbar.core.record.record import Record

__all__ = [
    "BODY_MASS_KG",
    "DAY_BEGINS_H",
    "LARGE",
    "TYPES",
    "VERSION",
    "Change",
    "Fact",
    "Fold",
    "Ordered",
    "Record",
    "RuledFold",
    "day_ends",
    "day_of",
    "fact_from_json",
    "lean",
    "moment",
    "new_fact",
    "parse_body",
]
