"""Scores: an answer in, one number out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumbar.core.errors import BadFact
from lumbar.core.outcomes.instrument import Instrument, Kind
from lumbar.core.record.fields import wrong


@dataclass(frozen=True, slots=True)
class Score:
    """The score of an answer. parts: of each activity by name, where the person named some."""

    value: float
    parts: Mapping[str, float]

    def of(self, names: Sequence[str]) -> "Score":
        """The score of some of the activities; the names must be among them."""
        parts = {name: self.parts[name] for name in names}
        return Score(_mean(list(parts.values())), parts)


def score(instrument: Instrument, answer: Mapping[str, Any]) -> Score:
    """The score of an answer, which is the body of an `outcome-answered`.

    A sentence without a tick counts 0 and is no mistake. Raises BadFact for what the instrument does not allow.
    """
    if instrument.kind is Kind.RATING:
        return Score(_within(instrument, "nprs", answer.get("nprs")), {})
    if instrument.kind is Kind.CHOICE:
        return Score(_within(instrument, "impression", answer.get("impression")), {})
    if instrument.kind is Kind.TICKS:
        return Score(float(len(_ticks(instrument, answer.get("ticks")))), {})
    return _activities(instrument, answer.get("activities"))


def _within(instrument: Instrument, field: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int) or not instrument.lowest <= value <= instrument.highest:
        raise _wrong(field, "whole", low=instrument.lowest, high=instrument.highest)
    return float(value)


def _ticks(instrument: Instrument, value: object) -> set[int]:
    if not isinstance(value, list | tuple):
        raise _wrong("ticks", "different", low=1, high=instrument.highest)
    ticks = {tick for tick in value if isinstance(tick, int) and not isinstance(tick, bool)}
    if len(ticks) != len(value) or not all(1 <= tick <= instrument.highest for tick in ticks):
        raise _wrong("ticks", "different", low=1, high=instrument.highest)
    return ticks


def _activities(instrument: Instrument, value: object) -> Score:
    rows = list(value) if isinstance(value, list | tuple) else []
    if not 1 <= len(rows) <= instrument.activities or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong("activities", "activities", most=instrument.activities)
    parts = {str(row.get("name")): _within(instrument, "activities.rating", row.get("rating")) for row in rows}
    if len(parts) != len(rows):
        raise _wrong("activities", "other-names")
    return Score(_mean(list(parts.values())), parts)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 6)


def _wrong(field: str, wanted: str, **numbers: int) -> BadFact:
    return wrong(f"outcome-answered.{field}", wanted, **numbers)
