"""One frame against one exercise.

The order of the answers is the order of honesty: what cannot be seen is not judged; what is not the posture at all is
no fault; only then is a fault a fault, and what is left is acceptable or good.

`look` reads measures off a frame, `weigh` turns measures into a judgement. The coach smooths between the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lumbar.core.body import Frame, Side
from lumbar.core.check import Band, Check, Condition, Nudge, SideFinder, Unsure
from lumbar.core.exercise import Exercise
from lumbar.core.measure import read
from lumbar.core.rung import Rung
from lumbar.core.seen import Seen

Readings = Mapping[str, float | None]
Own = Mapping[tuple[str, Side], float]
"""What a person's own readings at rest take off a measure on a side."""
_NOBODYS: Own = MappingProxyType({})


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
    """What one frame shows. `faults` by priority, empty unless in position. `measures` in their own units.

    hint: for a frame that cannot be judged, or does not count as in position, the message that says what would mend
    that, where it is known.
    """

    state: State
    faults: tuple[str, ...]
    measures: Readings
    side: Side | None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to look at for one exercise on one rung, made once and used for each frame.

    blind: no camera sees this rung. checks and nudges: each with the measure that it reads on this rung. begins: how a
    body stands before a repetition; empty for what is no drill.
    """

    blind: bool
    sight: tuple[Condition, ...]
    presence: tuple[Condition, ...]
    perspective: tuple[Condition, ...]
    checks: tuple[tuple[Check, str], ...]
    nudges: tuple[tuple[Nudge, str], ...]
    measures: tuple[str, ...]
    finder: SideFinder | None
    min_visibility: float
    begins: tuple[Condition, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether a pose that shows no side is not the posture."""
        return self.finder is not None and self.finder.unsure is Unsure.REFUSE


def prepare(exercise: Exercise, rung: Rung) -> Plan:
    """What to look at for this exercise on this rung."""
    presence = exercise.presence_of(rung)
    checks = tuple((check, rung.measures.get(check.id, check.measure)) for check in exercise.checks_of(rung))
    begins = () if exercise.repetition is None else exercise.repetition.begins
    conditions = (*exercise.sight, *presence, *exercise.perspective, *begins)
    wanted = dict.fromkeys([c.measure for c in conditions] + [measure for _, measure in checks])
    if exercise.steadiness is not None:
        wanted[exercise.steadiness.measure] = None
    if exercise.sinking is not None:
        wanted[exercise.sinking.measure] = None
    nudges = tuple((nudge, rung.measures.get(nudge.id, nudge.measure)) for nudge in exercise.nudges)
    wanted |= dict.fromkeys(measure for _, measure in nudges)
    return Plan(
        blind=not rung.camera_sees,
        sight=exercise.sight,
        presence=presence,
        perspective=exercise.perspective,
        checks=checks,
        nudges=nudges,
        measures=tuple(wanted),
        finder=exercise.side_by if exercise.two_sided else None,
        min_visibility=exercise.settings.min_visibility,
        begins=begins,
    )


def judge(exercise: Exercise, frame: Frame, side: Side | None = None, *, rung: str | None = None) -> Judgement:
    """Judge one frame alone, with no memory of earlier ones.

    side: the side that works; None takes whichever the pose shows. rung: an id, None for the first rung.
    Raises Misuse for a side of an exercise that has none, NotFound for an unknown rung.
    """
    asked = exercise.working_side(side)
    plan = prepare(exercise, exercise.rung(rung))
    seen = Seen(frame, plan.min_visibility)
    worked = shown_side(plan, seen) if asked is None else asked
    return weigh(plan, look(plan, seen, worked), worked)


def shown_side(plan: Plan, seen: Seen, own: Own = _NOBODYS) -> Side | None:
    """The side that a pose shows to be working; None when the exercise has none or the pose does not tell."""
    finder = plan.finder
    if finder is None:
        return None
    left, right = (_read(seen, finder.measure, side, own) for side in (Side.LEFT, Side.RIGHT))
    if left is None or right is None:
        lone, value = (Side.LEFT, left) if right is None else (Side.RIGHT, right)
        return lone if value is not None and value >= finder.margin else None
    if abs(left - right) < finder.margin:
        return None
    return Side.LEFT if left > right else Side.RIGHT


def both_sides(plan: Plan, seen: Seen) -> bool:
    """Whether the pose is seen well enough to tell one side from the other."""
    finder = plan.finder
    return finder is not None and all(read(seen, finder.measure, side) is not None for side in Side)


def look(plan: Plan, seen: Seen, side: Side | None, own: Own = _NOBODYS) -> dict[str, float | None]:
    """Read every measure that the plan needs, on the side that works; where none is named, as the exercise says."""
    finder = plan.finder
    if side is None and finder is not None and finder.unsure is Unsure.BOTH:
        return {name: _lesser(read(seen, name, Side.LEFT), read(seen, name, Side.RIGHT)) for name in plan.measures}
    if side is None and finder is not None and finder.unsure is Unsure.LEAN:
        side = _leading(finder, seen, own)
    concerned = seen.near if side is None else side
    return {name: _read(seen, name, concerned, own) for name in plan.measures}


def _read(seen: Seen, measure: str, side: Side, own: Own) -> float | None:
    value = read(seen, measure, side)
    return None if value is None else value - own.get((measure, side), 0.0)


def faces(plan: Plan, seen: Seen) -> bool:
    """Whether the picture is one that can be judged at all."""
    readings = {condition.measure: read(seen, condition.measure, seen.near) for condition in plan.sight}
    return _unmet(plan.sight, readings, 0.0) is None


def _lesser(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else min(a, b)


def _leading(finder: SideFinder, seen: Seen, own: Own) -> Side | None:
    left, right = (_read(seen, finder.measure, side, own) for side in (Side.LEFT, Side.RIGHT))
    if left is None or right is None:
        return None
    return Side.LEFT if left >= right else Side.RIGHT


def weigh(plan: Plan, readings: Readings, side: Side | None, slack: float = 0.0) -> Judgement:
    """Turn readings into a judgement. `slack` widens the posture's family for somebody already in it."""
    if plan.blind or _unreadable(plan, readings):
        return Judgement(State.CANNOT_JUDGE, (), readings, side)
    unmet = _unmet(plan.sight, readings, slack)
    if unmet is not None:
        return Judgement(State.CANNOT_JUDGE, (), readings, side, unmet.hint)
    if (side is None and plan.refuses) or _unmet(plan.presence, readings, slack) is not None:
        return Judgement(State.NOT_IN_POSITION, (), readings, side)
    unmet = _unmet(plan.perspective, readings, slack)
    if unmet is not None:
        return Judgement(State.CANNOT_JUDGE, (), readings, side, unmet.hint)
    faults: list[str] = []
    good = True
    for check, measure in plan.checks:
        value = readings[measure]
        if value is None or check.unless in faults:
            continue
        if not check.acceptable.holds(value):
            faults.append(check.id)
        elif not check.good.holds(value):
            good = False
    if faults:
        return Judgement(State.FAULT, tuple(faults), readings, side)
    return Judgement(State.GOOD if good else State.ACCEPTABLE, (), readings, side)


def stands(plan: Plan, readings: Readings) -> bool:
    """Whether a body is where a repetition begins. What was not read is no sign of it."""
    return all((value := readings[c.measure]) is not None and c.within.holds(value) for c in plan.begins)


def _unreadable(plan: Plan, readings: Readings) -> bool:
    conditions = (*plan.sight, *plan.presence, *plan.perspective)
    return any(c.required and readings[c.measure] is None for c in conditions) or any(
        check.required and readings[measure] is None for check, measure in plan.checks
    )


def _unmet(conditions: Iterable[Condition], readings: Readings, slack: float) -> Condition | None:
    """The first of the conditions that is read and not met."""
    for condition in conditions:
        value = readings[condition.measure]
        if value is not None and not condition.within.holds(value, slack * _width(condition.within)):
            return condition
    return None


def _width(band: Band) -> float:
    """A length to measure slack by: the band's width, or the limit itself where the band is open."""
    width = band.high - band.low
    if width != float("inf"):
        return width
    return max(abs(limit) for limit in (band.low, band.high) if abs(limit) != float("inf"))
