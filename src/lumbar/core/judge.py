"""One frame against one exercise.

The order of the answers is the order of honesty: what cannot be seen is not judged; what is not the posture at all is
no fault; only then is a fault a fault, and what is left is acceptable or good.

`look` reads measures off a frame, `weigh` turns measures into a judgement. The coach smooths between the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lumbar.core.body import Frame, Side
from lumbar.core.exercise import Band, Check, Condition, Exercise, Rung, SideFinder
from lumbar.core.measure import MEASURES, Seen

Readings = Mapping[str, float | None]


class State(StrEnum):
    """What one frame shows, the strongest answer first."""

    CANNOT_JUDGE = "cannot-judge"
    NOT_IN_POSITION = "not-in-position"
    FAULT = "fault"
    ACCEPTABLE = "acceptable"
    GOOD = "good"

    @property
    def counts(self) -> bool:
        """Whether time in this state is time done well."""
        return self in (State.ACCEPTABLE, State.GOOD)

    @property
    def in_position(self) -> bool:
        """Whether the posture's family is right."""
        return self in (State.FAULT, State.ACCEPTABLE, State.GOOD)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one frame shows. `faults` by priority, empty unless in position. `measures` in their own units."""

    state: State
    faults: tuple[str, ...]
    measures: Readings
    side: Side | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to look at for one exercise on one rung, made once and used for each frame."""

    exercise: Exercise
    presence: tuple[Condition, ...]
    checks: tuple[tuple[Check, str], ...]
    measures: tuple[str, ...]
    finder: SideFinder | None
    min_visibility: float


def prepare(exercise: Exercise, rung: Rung) -> Plan:
    """What to look at for this exercise on this rung."""
    presence = exercise.presence_of(rung)
    checks = tuple((check, rung.measures.get(check.id, check.measure)) for check in exercise.checks_of(rung))
    wanted = dict.fromkeys([c.measure for c in presence] + [measure for _, measure in checks])
    if exercise.steadiness is not None:
        wanted[exercise.steadiness.measure] = None
    return Plan(exercise, presence, checks, tuple(wanted), exercise.side_by, exercise.settings.min_visibility)


def judge(exercise: Exercise, frame: Frame, side: Side | None = None, *, rung: str | None = None) -> Judgement:
    """Judge one frame alone, with no memory of earlier ones.

    side: the side that works; None takes whichever the pose shows. rung: an id, None for the first rung.
    Raises Misuse for a side of an exercise that has none, NotFound for an unknown rung.
    """
    exercise.allow_side(side)
    plan = prepare(exercise, exercise.rung(rung))
    seen = Seen(frame, plan.min_visibility)
    worked = shown_side(plan, seen) if side is None else side
    return weigh(plan, look(plan, seen, worked), worked)


def shown_side(plan: Plan, seen: Seen) -> Side | None:
    """The side that a pose shows to be working; None when the exercise has none or the pose does not tell."""
    finder = plan.finder
    if finder is None or not plan.exercise.two_sided:
        return None
    read = MEASURES[finder.measure].read
    left, right = read(seen, Side.LEFT), read(seen, Side.RIGHT)
    if left is None or right is None:
        lone, value = (Side.LEFT, left) if right is None else (Side.RIGHT, right)
        return lone if value is not None and value >= finder.margin else None
    if abs(left - right) < finder.margin:
        return None
    return Side.LEFT if left > right else Side.RIGHT


def look(plan: Plan, seen: Seen, side: Side | None) -> dict[str, float | None]:
    """Read every measure that the plan needs. The side defaults to the near one."""
    concerned = seen.near if side is None else side
    return {name: MEASURES[name].read(seen, concerned) for name in plan.measures}


def weigh(plan: Plan, readings: Readings, side: Side | None, slack: float = 0.0) -> Judgement:
    """Turn readings into a judgement. `slack` widens the posture's family for somebody already in it."""
    if _unreadable(plan, readings):
        return Judgement(State.CANNOT_JUDGE, (), readings, side)
    nameless = plan.exercise.two_sided and side is None and not (plan.finder and plan.finder.both)
    if nameless or _outside(plan.presence, readings, slack):
        return Judgement(State.NOT_IN_POSITION, (), readings, side)
    faults, good = [], True
    for check, measure in plan.checks:
        value = readings[measure]
        if value is None:
            continue
        if not check.acceptable.holds(value):
            faults.append(check.id)
        elif not check.good.holds(value):
            good = False
    if faults:
        return Judgement(State.FAULT, tuple(faults), readings, side)
    return Judgement(State.GOOD if good else State.ACCEPTABLE, (), readings, side)


def _unreadable(plan: Plan, readings: Readings) -> bool:
    return any(c.required and readings[c.measure] is None for c in plan.presence) or any(
        check.required and readings[measure] is None for check, measure in plan.checks
    )


def _outside(conditions: Iterable[Condition], readings: Readings, slack: float) -> bool:
    for condition in conditions:
        value = readings[condition.measure]
        if value is not None and not condition.within.holds(value, slack * _width(condition.within)):
            return True
    return False


def _width(band: Band) -> float:
    """A length to measure slack by: the band's width, or the limit itself where the band is open."""
    width = band.high - band.low
    if width != float("inf"):
        return width
    return max(abs(limit) for limit in (band.low, band.high) if abs(limit) != float("inf"))
