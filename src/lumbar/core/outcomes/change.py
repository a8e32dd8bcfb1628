"""A score beside the first one: whether the change between them matters.

It is called better only when it reaches both the points and the share of the first answer that matter, and worse from
the points on. Everything in between is no clear change yet, for a score moves by itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from lumbar.core.outcomes.instrument import Better, Instrument, Matters
from lumbar.core.outcomes.score import Score


class Direction(StrEnum):
    """Which way things went."""

    BETTER = "better"
    NOT_CLEAR = "not-clear"
    WORSE = "worse"


class Blind(StrEnum):
    """What an instrument can hardly show, because the first answer lies at an end of its range."""

    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Change:
    """From the first score to another.

    gain: points for the better, negative for the worse. share: of the first score; None where that is 0. needed: the
    points that an improvement must reach, and needed_worse a worsening. recovered: it came to where people call
    themselves recovered, and was not there at first. blind: what this instrument can hardly show of this person.
    """

    first: float
    now: float
    gain: float
    share: float | None
    needed: float
    needed_worse: float
    direction: Direction
    recovered: bool
    blind: Blind | None


def change(instrument: Instrument, first: Score, now: Score) -> Change | None:
    """What became of a score; None for an instrument without a change that matters, and for activities of which none
    was named the first time."""
    matters = instrument.matters
    if matters is None:
        return None
    compared = _compared(first, now)
    if compared is None:
        return None
    was, is_now = compared
    single = len(was.parts) == 1
    gain = instrument.gain(was.value, is_now.value)
    points = matters.of(single=single)
    needed = _needed(matters, was.value, points)
    return Change(
        first=was.value,
        now=is_now.value,
        gain=gain,
        share=None if was.value == 0 else round(gain / was.value, 6),
        needed=needed,
        needed_worse=points,
        direction=_direction(gain, needed, points),
        recovered=is_recovered(instrument, is_now.value) and not is_recovered(instrument, was.value),
        blind=_blind(instrument, was.value),
    )


def is_recovered(instrument: Instrument, value: float) -> bool:
    """Whether a score lies where people call themselves recovered."""
    limit = instrument.recovered
    if limit is None:
        return False
    return value <= limit.at if instrument.better is Better.LOWER else value >= limit.at


def _compared(first: Score, now: Score) -> tuple[Score, Score] | None:
    """The two scores over the same activities, where there are any."""
    if not first.parts:
        return first, now
    both = [name for name in first.parts if name in now.parts]
    return (first.of(both), now.of(both)) if both else None


def _needed(matters: Matters, first: float, points: float) -> float:
    return points if matters.share is None else max(points, round(matters.share * first, 6))


def _direction(gain: float, needed: float, points: float) -> Direction:
    if gain >= needed:
        return Direction.BETTER
    return Direction.WORSE if -gain >= points else Direction.NOT_CLEAR


def _blind(instrument: Instrument, first: float) -> Blind | None:
    limits = instrument.insensitive
    if limits is None:
        return None
    low, high = (Blind.BETTER, Blind.WORSE) if instrument.better is Better.LOWER else (Blind.WORSE, Blind.BETTER)
    if first < limits.below:
        return low
    return high if first > limits.above else None
