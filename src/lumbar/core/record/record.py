"""Facts as a set, in their order, with corrections applied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from lumbar.core.errors import BadFact
from lumbar.core.record.bodies import VERSION, parse_body
from lumbar.core.record.fact import Fact
from lumbar.core.record.fields import Body


class Record:
    """Facts in their order, each once, with corrections applied."""

    __slots__ = ("_all", "facts", "uncorrected")

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._all: Mapping[str, Fact] = MappingProxyType(_each_once(facts))
        self.uncorrected = tuple(sorted(self._all.values(), key=_order))
        self.facts = _corrected(self.uncorrected)

    def merge(self, facts: Iterable[Fact]) -> "Record":
        """This record and more facts; one that is known already changes nothing."""
        return Record([*facts, *self._all.values()])

    def of(self, *types: str) -> list[Fact]:
        """The facts of these types, in order, corrected. Those of a newer version than ours are left out."""
        return [fact for fact in self.facts if fact.type in types and fact.v <= VERSION]

    def until(self, at: datetime) -> "Record":
        """What had happened by then: the record as it stood, to replay a day that is past."""
        return Record(fact for fact in self._all.values() if fact.happened_at <= at)

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._all == other._all

    def __hash__(self) -> int:
        return hash(frozenset(self._all))


def _order(fact: Fact) -> tuple[datetime, str]:
    return (fact.at, fact.id)


def _each_once(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by id. Should two differ under one id, the one recorded first stands, whichever came in first."""
    found: dict[str, Fact] = {}
    for fact in facts:
        known = found.get(fact.id)
        if known is None or (fact.recorded_at, repr(fact)) < (known.recorded_at, repr(known)):
            found[fact.id] = fact
    return found


def _corrected(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What remains after retractions and amendments. A later correction may itself take back an earlier one."""
    retracted: set[str] = set()
    amended: dict[str, Body] = {}
    for fact in reversed(facts):
        if fact.v > VERSION or fact.id in retracted:
            continue
        if fact.type == "retracted":
            retracted.add(fact.body["fact"])
        elif fact.type == "amended":
            amended.setdefault(fact.body["fact"], fact.body["body"])
    return tuple(_amended_fact(fact, amended.get(fact.id)) for fact in facts if fact.id not in retracted)


def _amended_fact(fact: Fact, change: Body | None) -> Fact:
    """The fact with some fields of its body replaced; as it was, when that would not make a fact of its type."""
    if change is None or fact.v > VERSION:
        return fact
    try:
        return replace(fact, body=parse_body(fact.type, fact.v, {**fact.body, **change}))
    except BadFact:
        return fact
