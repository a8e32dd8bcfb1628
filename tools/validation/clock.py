"""The hold's clock against the truth, and how long a fault takes until it is told.

A spell is a stretch of time in which the true body is in position and all its angles lie within the acceptable bands.
The clock owes a spell all its time but the entry: half a second in position that the contract withholds. What it gives
too early or too late at either end is the error of that edge.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from lumbar.core.coach import FaultBegan
from validation.verdicts import FAULT_DEG, ClipVerdict, Task

SHORTEST_S = 1.0
"""A spell that is shorter is on the way from one thing to another, and owed next to nothing."""

TOLD_WITHIN_S = 0.5
"""A fault may still be told so long after it was mended: a person hears it in time to know what it was about."""


@dataclass(frozen=True)
class Edge:
    """One end of a spell. error_s: credit that began or ended later than it should is positive, earlier is negative.

    An edge of a spell without any credit has missed it all.
    """

    clip: str
    end: str
    true_s: float
    error_s: float

    @property
    def missed_s(self) -> float:
        return abs(self.error_s)


@dataclass(frozen=True)
class Clock:
    """A clip's clock: seconds owed, seconds credited, and each edge."""

    clip: str
    view: str
    owed_s: float
    credited_s: float
    edges: tuple[Edge, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, in seconds."""
        errors = {end: [round(e.error_s, 2) + 0.0 for e in self.edges if e.end == end] for end in ("start", "end")}
        return {
            "clip": self.clip,
            "view": self.view,
            "owed_s": round(self.owed_s, 2),
            "credited_s": round(self.credited_s, 2),
            "starts_s": errors["start"],
            "ends_s": errors["end"],
        }


@dataclass(frozen=True)
class Onset:
    """A fault that came and stayed. delay_s: from its onset to its event, beyond what the check waits; None: not told.

    The wait is the check's own dwell; on the way into a hold it is what the coach leaves a person to settle.
    """

    clip: str
    fault: str
    began_s: float
    delay_s: float | None


def clock_of(verdict: ClipVerdict, entry_s: float) -> Clock:
    """How well the seconds of a clip were counted."""
    times_s = verdict.clip.times_s
    spells = _runs([truth.fine for truth in verdict.truths])
    turns_s = [(times_s[one[1]] + times_s[other[0]]) / 2 for one, other in pairwise(spells)]
    windows_s = list(pairwise([-math.inf, *turns_s, math.inf]))
    edges: list[Edge] = []
    owed_s = 0.0
    for (first, last), window_s in zip(spells, windows_s, strict=bool(spells)):
        due_s = max(times_s[first], _came_s(verdict, first) + entry_s)
        owed_s += max(times_s[last] - due_s, 0.0)
        if times_s[last] - times_s[first] >= SHORTEST_S:
            edges += _edges(verdict, (due_s, times_s[last]), window_s, last == len(times_s) - 1)
    credited_s = sum(to_s - from_s for from_s, to_s in verdict.credited)
    return Clock(verdict.clip.name, verdict.clip.shown.view, owed_s, credited_s, tuple(edges))


def _edges(
    verdict: ClipVerdict, due_s: tuple[float, float], window_s: tuple[float, float], cut: bool
) -> Iterable[Edge]:
    """Both ends of a spell; only the first of one that the clip's own end cuts off.

    Whatever was credited up to half way to the neighbouring spells belongs to this one.
    """
    inside = [
        (max(from_s, window_s[0]), min(to_s, window_s[1]))
        for from_s, to_s in verdict.credited
        if to_s > window_s[0] and from_s < window_s[1]
    ]
    given_s = (inside[0][0], inside[-1][1]) if inside else (due_s[1], due_s[0])
    name = verdict.clip.name
    yield Edge(name, "start", due_s[0], given_s[0] - due_s[0])
    if not cut:
        yield Edge(name, "end", due_s[1], given_s[1] - due_s[1])


def _came_s(verdict: ClipVerdict, first: int) -> float:
    """When the person came into the position in which they are at that frame."""
    while first > 0 and verdict.truths[first - 1].belongs:
        first -= 1
    return verdict.clip.times_s[first]


def onsets_of(task: Task, verdict: ClipVerdict) -> list[Onset]:
    """Every fault of a clip that stayed long enough to be told of, and when it was."""
    found = []
    for check, _ in task.checks:
        beyond = [truth.beyond_deg.get(check.id, -1.0) if truth.belongs else -1.0 for truth in verdict.truths]
        for first, last in _runs([value > 0.0 for value in beyond]):
            if max(beyond[first : last + 1]) >= FAULT_DEG:
                found += _onset(task, verdict, check.id, check.after_s, (first, last))
    return found


def _onset(task: Task, verdict: ClipVerdict, fault: str, after_s: float, run: tuple[int, int]) -> list[Onset]:
    times_s = verdict.clip.times_s
    began_s, ended_s = times_s[run[0]], times_s[run[1]]
    settings = task.exercise.settings
    came_s = _came_s(verdict, run[0])
    held_before = any(came_s <= from_s < began_s for from_s, _ in verdict.credited)
    due_s = began_s + after_s if held_before else max(began_s + after_s, came_s + settings.settle_s)
    events = [
        event.t_s
        for event in verdict.events
        if isinstance(event, FaultBegan) and event.fault == fault and began_s <= event.t_s <= ended_s + TOLD_WITHIN_S
    ]
    if events:
        return [Onset(verdict.clip.name, fault, began_s, events[0] - due_s)]
    return [Onset(verdict.clip.name, fault, began_s, None)] if ended_s >= due_s + settings.entry_s else []


def false_alarms(task: Task, verdict: ClipVerdict) -> list[FaultBegan]:
    """Faults that were told of though the true angle had lain within the acceptable band for the whole dwell."""
    dwells_s = {check.id: check.after_s for check, _ in task.checks}
    found = []
    for event in verdict.events:
        if not isinstance(event, FaultBegan):
            continue
        since_s = event.t_s - dwells_s[event.fault]
        moments = [
            truth
            for t_s, truth in zip(verdict.clip.times_s, verdict.truths, strict=True)
            if since_s <= t_s <= event.t_s
        ]
        if all(truth.belongs and truth.beyond_deg.get(event.fault, 0.0) <= 0.0 for truth in moments):
            found.append(event)
    return found


def alarms_at_rest(verdict: ClipVerdict) -> list[FaultBegan]:
    """Faults that were told of though the person had not been in the posture for a while."""
    return [
        event
        for event in verdict.events
        if isinstance(event, FaultBegan)
        and not any(
            truth.belongs
            for t_s, truth in zip(verdict.clip.times_s, verdict.truths, strict=True)
            if event.t_s - TOLD_WITHIN_S <= t_s <= event.t_s
        )
    ]


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each unbroken run of True."""
    found, place = [], 0
    for flag, group in groupby(flags):
        length = len(list(group))
        if flag:
            found.append((place, place + length - 1))
        place += length
    return found
