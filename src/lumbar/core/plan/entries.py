"""Every exercise on a day: its dose and its turn, and what the page is told of both."""

from dataclasses import dataclass

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.clock import ONE_DAY, begins
from lumbar.core.plan.day import HoldTest, Item, ItemState, Why
from lumbar.core.plan.dose import goal_for, prescribe
from lumbar.core.plan.drill import core_day, drill_turn
from lumbar.core.plan.expert import notes, spaced
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.prescription import Prescription
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.turn import DRILLS, Turn, closed_turn, core_turn, stretch_turn, whole
from lumbar.core.record import day_of
from lumbar.core.safety import Verdict

MOVE = Step.MOVE
"""The programme's fourth step, which is our addition: to keep walking, and the drill."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise with its turn and what the page is told of it."""

    exercise: Exercise
    dose: Prescription
    turn: Turn
    item: Item


def entries_of(moment: Moment, *, unknown: bool) -> list[Entry]:
    """Every exercise in the programme's order. Our own come to their turn once that of core work is known."""
    exercises = moment.programme.exercises
    known = {it.id: _entry(it, moment, unknown=unknown) for it in exercises.values() if not it.step.ours}
    core_today = core_day(moment, (entry.turn for entry in known.values() if is_core(entry)))
    ours = {it.id: _entry(it, moment, unknown=unknown, core_today=core_today) for it in moment.programme.of_step(MOVE)}
    return [(known | ours)[name] for name in exercises]


def _entry(exercise: Exercise, moment: Moment, *, unknown: bool, core_today: bool = False) -> Entry:
    verdict = moment.verdict
    dose = prescribe(moment.programme, exercise, moment.known)
    if unknown:
        why = (Why(say("plan.reason.screen-first"), "design"),)
        turn = Turn(ItemState.LATER, *whole(exercise, dose.sets), None, None, why=why)
    elif not _may_be_done(exercise, verdict) or dose.rung is None:
        turn = closed_turn(exercise, dose, moment)
    elif exercise.step is MOVE:
        turn = drill_turn(exercise, dose, moment, core_today=core_today)
    else:
        turn = (core_turn if exercise.step is Step.CORE else stretch_turn)(exercise, dose, moment)
    turn = spaced(exercise, turn, moment)
    return Entry(exercise, dose, turn, _item(exercise, dose, turn, moment))


def _may_be_done(exercise: Exercise, verdict: Verdict) -> bool:
    """Whether safety leaves it open."""
    opens = not exercise.step.ours or DRILLS in verdict.open
    return verdict.exercise_allowed and opens and exercise.id not in verdict.closed


def _item(exercise: Exercise, dose: Prescription, turn: Turn, moment: Moment) -> Item:
    zone = moment.at.tzinfo
    free_at = None if turn.free_at is None else turn.free_at.astimezone(zone)
    until = None if free_at is None else begins(day_of(free_at) + ONE_DAY, zone).astimezone(zone)
    untested = _untested(exercise, dose, turn, moment)
    return Item(
        exercise=exercise.id,
        rung=(dose.rung or exercise.first_rung).id,
        sides=turn.sides,
        side_sets=turn.side_sets,
        hold_s=dose.hold_s,
        test=dose.test if untested else HoldTest.NONE,
        test_s=dose.test_s,
        test_effort=dose.test_effort,
        untested=untested,
        load_kg=dose.load_kg,
        carry=dose.carry,
        proposal=dose.proposal,
        repetitions=1 if exercise.repetition is None else exercise.repetition.count,
        goal=goal_for(exercise, moment.known),
        state=turn.state,
        done_at=None if turn.done_at is None else turn.done_at.astimezone(zone),
        not_before=free_at,
        not_after=until,
        reasons=(*turn.why, *(why for why in dose.reasons if why not in turn.why), *notes(exercise, moment)),
        held=_held(exercise, moment),
        barred=turn.state is ItemState.CLOSED or moment.against(exercise) is not None,
    )


def _untested(exercise: Exercise, dose: Prescription, turn: Turn, moment: Moment) -> tuple[Side | None, ...]:
    """The sides whose test is still to come today."""
    if dose.test is HoldTest.NONE:
        return ()
    today = moment.history.today(exercise.id, moment.on)
    least_s = moment.programme.listening.dosing.test_least_s
    tested = {hold.side for hold in today if hold.is_test and hold.worked and not hold.is_slip(least_s)}
    return tuple(side for side in turn.sides if side not in tested)


def _held(exercise: Exercise, moment: Moment) -> dict[str, float] | None:
    """Seconds held today, by side, as they were counted or told; of a drill, how many repetitions were done."""
    today = [hold for hold in moment.history.today(exercise.id, moment.on) if hold.worked]
    if not today:
        return None
    if exercise.repetition is not None:
        return {"times": float(sum(hold.done for hold in today))}
    names = ["both" if side is None else side.value for side in sides_of(exercise)]
    found = dict.fromkeys(names, 0.0)
    told = {
        (one.session, one.side): one.held_s for one in moment.history.helds.on(moment.on) if one.exercise == exercise.id
    }
    for hold in today:
        name = "both" if hold.side is None else hold.side.value
        held_s = hold.held_for(told.get((hold.session, hold.side))) or 0.0
        found[name] = round(found.get(name, 0.0) + held_s, 2)
    return found


def done_today(entry: Entry) -> bool:
    """Whether something of it was done today, and no more of it is due."""
    return entry.turn.done_at is not None and entry.turn.state is not ItemState.DUE


def whole_item(entry: Entry) -> Item:
    """The item with its full dose, whatever of it is done."""
    sides, side_sets = whole(entry.exercise, entry.dose.sets)
    return replace(entry.item, sides=sides, side_sets=side_sets)


def is_core(entry: Entry) -> bool:
    """Whether it is core work."""
    return entry.exercise.step is Step.CORE
