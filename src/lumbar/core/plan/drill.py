"""Our addition: on which days a drill comes. So often a week, with days between, and never on a day with core work."""

from collections.abc import Iterable
from datetime import date, datetime

from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.clock import ONE_DAY, begins
from lumbar.core.plan.day import ItemState, Why
from lumbar.core.plan.moment import Moment, core_exercises
from lumbar.core.plan.prescription import Prescription
from lumbar.core.plan.turn import Turn, because, done_today, left_to_do, whole
from lumbar.core.record import day_of

_WEEK_DAYS = 7


def core_day(moment: Moment, core: Iterable[Turn]) -> bool:
    """Whether today has core work: done, due now or later today, or due but for something that speaks against it."""
    if any(hold.worked for held in core_exercises(moment.programme, moment.history) for hold in held.on(moment.on)):
        return True
    return any(
        turn.state is ItemState.DUE
        or turn.off
        or (turn.free_at is not None and _day(turn.free_at, moment) <= moment.on)
        for turn in core
    )


def drill_turn(exercise: Exercise, dose: Prescription, moment: Moment, *, core_today: bool) -> Turn:
    """A drill: on so many days of any seven, on days without core work."""
    done = done_today(exercise, moment)
    sides, sets = left_to_do(done, dose.sets)
    done_at = moment.last_today(exercise.id)
    next_at = _next_at(exercise, moment)
    if not sides:
        return Turn(ItemState.DONE, *whole(exercise, dose.sets), next_at, next_at, done_at)
    against = moment.against(exercise)
    if core_today and not moment.rests_h:
        why = Why(say("plan.reason.drill-core-day"), "design")
        return Turn(ItemState.LATER, sides, sets, next_at, next_at, done_at, (why,))
    if not _may_be(exercise, moment.on, moment):
        gap = exercise.dose.gap_days
        why = Why(say("plan.reason.drill-gap", count=gap), exercise.dose.gap_source or exercise.dose.source)
        return Turn(ItemState.LATER, sides, sets, next_at, next_at, done_at, (why,))
    if against is not None:
        # Nobody knows how long a flare-up lasts.
        later = None if next_at is None or moment.course.flare else max(next_at, against.until)
        because_of = because(against, exercise, done, dose.sets, moment)
        return Turn(ItemState.LATER, sides, sets, later, later, done_at, (because_of,), off=True)
    state = ItemState.OPTIONAL if moment.short else ItemState.DUE
    return Turn(state, sides, sets, begins(moment.on, moment.at.tzinfo), next_at, done_at)


def _next_at(exercise: Exercise, moment: Moment) -> datetime | None:
    """When the next day begins that it may be done on; None when that hangs on when core work will be done."""
    core_on = _day(moment.core_again_at, moment)
    on = moment.on + ONE_DAY
    while on < core_on:
        if _may_be(exercise, on, moment):
            return begins(on, moment.at.tzinfo)
        on += ONE_DAY
    return None


def _may_be(exercise: Exercise, on: date, moment: Moment) -> bool:
    """Whether a day is far enough from the other days with it. One on which it was begun may see its end."""
    dose = exercise.dose
    before, after = ([_worked(exercise, on + way * days * ONE_DAY, moment) for days in range(1, _WEEK_DAYS)]
                     for way in (-1, 1))  # fmt: skip
    return all(sum(side) < dose.days_per_week and not any(side[: dose.gap_days - 1]) for side in (before, after))


def _worked(exercise: Exercise, on: date, moment: Moment) -> bool:
    return any(hold.worked for hold in moment.history.today(exercise.id, on))


def _day(at: datetime, moment: Moment) -> date:
    return day_of(at.astimezone(moment.at.tzinfo))
