"""What the coach makes of a whole recording."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lumbar.core.body import Frame, Side
from lumbar.core.coach import Coach, Event, FaultBegan, FaultEnded
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement, judge


@dataclass(frozen=True, slots=True)
class Spell:
    """A fault and when it stood, in seconds of the recording."""

    id: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over the frames in position, in its own unit: the median and the 5th and 95th percentile."""

    median: float
    p05: float
    p95: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """The sums over a recording, in seconds; each frame's own judgement; the coach's events."""

    exercise: str
    side: Side | None
    frames: int
    seen: int
    duration_s: float
    in_position_s: float
    credited_s: float
    unjudged_s: float
    longest_hold_s: float
    faults: tuple[Spell, ...]
    measures: Mapping[str, Spread]
    judgements: tuple[tuple[float, Judgement], ...]
    events: tuple[Event, ...]

    def as_json(self) -> dict[str, object]:
        """The sums as plain values, in the order of the command line's contract."""
        return {
            "exercise": self.exercise,
            "side": None if self.side is None else self.side.value,
            "frames": self.frames,
            "duration_s": round(self.duration_s, 4),
            "in_position_s": round(self.in_position_s, 4),
            "credited_s": round(self.credited_s, 4),
            "unjudged_s": round(self.unjudged_s, 4),
            "longest_hold_s": round(self.longest_hold_s, 4),
            "faults": [{"id": f.id, "from_s": round(f.from_s, 4), "to_s": round(f.to_s, 4)} for f in self.faults],
            "measures": {
                name: {"median": round(s.median, 4), "p05": round(s.p05, 4), "p95": round(s.p95, 4)}
                for name, s in self.measures.items()
            },
        }


def assess(
    frames: Iterable[Frame], exercise: Exercise, *, side: Side | None = None, rung: str | None = None
) -> Assessment:
    """Run the coach without an end over a recording, and judge each frame alone beside it.

    Raises BadFrame for time that does not advance, Misuse for a side of an exercise without sides.
    """
    coach = Coach(exercise, side=side, target_s=None, rung=rung)
    judgements: list[tuple[float, Judgement]] = []
    events: list[Event] = []
    seen = 0
    for frame in frames:
        events += coach.feed(frame)
        judgements.append((frame.t_s, judge(exercise, frame, side, rung=rung)))
        seen += not frame.nobody
    books = coach.progress
    last_s = judgements[-1][0] if judgements else 0.0
    return Assessment(
        exercise=exercise.id,
        side=books.side,
        frames=len(judgements),
        seen=seen,
        duration_s=last_s - judgements[0][0] if judgements else 0.0,
        in_position_s=books.in_position_s,
        credited_s=books.credited_s,
        unjudged_s=books.unjudged_s,
        longest_hold_s=books.longest_hold_s,
        faults=tuple(_spells(events, last_s)),
        measures=_spreads(judgement for _, judgement in judgements),
        judgements=tuple(judgements),
        events=tuple(events),
    )


def _spells(events: Iterable[Event], last_s: float) -> list[Spell]:
    began: dict[str, float] = {}
    spells = []
    for event in events:
        if isinstance(event, FaultBegan):
            began[event.fault] = event.t_s
        elif isinstance(event, FaultEnded) and event.fault in began:
            spells.append(Spell(event.fault, began.pop(event.fault), event.t_s))
    spells += [Spell(fault, since_s, last_s) for fault, since_s in began.items()]
    return sorted(spells, key=lambda spell: (spell.from_s, spell.id))


def _spreads(judgements: Iterable[Judgement]) -> dict[str, Spread]:
    values: dict[str, list[float]] = {}
    for judgement in judgements:
        if not judgement.state.in_position:
            continue
        for name, value in judgement.measures.items():
            if value is not None:
                values.setdefault(name, []).append(value)
    return {name: _spread(sorted(found)) for name, found in sorted(values.items())}


def _spread(ordered: list[float]) -> Spread:
    return Spread(_percentile(ordered, 0.5), _percentile(ordered, 0.05), _percentile(ordered, 0.95))


def _percentile(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
