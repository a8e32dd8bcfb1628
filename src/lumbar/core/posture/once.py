"""What happened once is counted once, however many watches, windows or devices told of it.

Two watches may look at one person at the same time, a break may be led in two windows, and a move may be told with two
presses. Moments are compared across all of them, in whatever order they were told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Looked:
    """A time that a watch looked at. knew: the share of it that it could judge. blind: without a camera."""

    begins: datetime
    ends: datetime
    knew: float
    blind: bool = False


def own_shares(looked: Sequence[Looked]) -> list[float]:
    """How much of each one's time is its own, from 0 to 1: no moment belongs to two of them.

    What several looked at belongs to the one that could judge most of its time, then to one with a camera, which sees
    somebody move where it can judge nothing else, and then to the one that began first.
    """
    shares = [0.0] * len(looked)
    taken: list[tuple[datetime, datetime]] = []
    for number in sorted(range(len(looked)), key=lambda n: _rank(looked[n])):
        one = looked[number]
        shares[number] = _free(one, taken)
        taken.append((one.begins, one.ends))
        taken = _merged(taken)
    return shares


def _rank(one: Looked) -> tuple[float, bool, datetime, datetime]:
    return -one.knew, one.blind, one.begins, one.ends


def heard(looked: Sequence[Looked]) -> list[bool]:
    """Whose word on how long somebody stayed counts: not that of a watch without a camera while another one has one.

    The first takes a sitting to last until it is told otherwise; a camera sees them get up.
    """
    saw = _merged((one.begins, one.ends) for one in looked if not one.blind)
    return [not one.blind or not any(begins < one.ends and one.begins < ends for begins, ends in saw) for one in looked]


def apart(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """As many of these as there can be without two that overlap, in order of time."""
    kept: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(spans, key=lambda span: (span[1], span[0])):
        if not kept or begins >= kept[-1][1]:
            kept.append((begins, ends))
    return kept


def told_apart(
    moments: Iterable[datetime], gap: timedelta, within: Sequence[tuple[datetime, datetime]]
) -> list[datetime]:
    """The moments that lie so far apart, and within none of the spans: each is a thing of its own."""
    kept: list[datetime] = []
    for at in sorted(moments):
        if (kept and at - kept[-1] < gap) or any(begins <= at <= ends for begins, ends in within):
            continue
        kept.append(at)
    return kept


def _free(one: Looked, taken: Sequence[tuple[datetime, datetime]]) -> float:
    lasts = one.ends - one.begins
    if not lasts:
        return 0.0 if any(begins < one.begins < ends for begins, ends in taken) else 1.0
    gone = sum(
        (max(timedelta(0), min(one.ends, ends) - max(one.begins, begins)) for begins, ends in taken), timedelta()
    )
    return 1.0 - gone / lasts


def _merged(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged
