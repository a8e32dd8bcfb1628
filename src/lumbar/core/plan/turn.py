"""Whose turn it is: whether an exercise is due at a moment, with the reason when it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.clock import begins
from lumbar.core.plan.day import ItemState, Why
from lumbar.core.plan.dose import Prescription
from lumbar.core.plan.moment import Moment


@dataclass(frozen=True, slots=True)
class Turn:
    """How an exercise stands. Moments in UTC.

    sides and sets: what is still to do. free_at: when it may be done, now or the next time. again_at: when it is next
    planned, once what is due now is done. off: it was due, and something of today speaks against it.
    """

    state: ItemState
    sides: tuple[Side | None, ...]
    sets: int
    free_at: datetime | None
    again_at: datetime | None
    done_at: datetime | None = None
    why: tuple[Why, ...] = ()
    off: bool = False


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    """Left, then right; or neither."""
    return (Side.LEFT, Side.RIGHT) if exercise.two_sided else (None,)


def closed_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """An exercise that safety closes."""
    return Turn(
        ItemState.CLOSED, sides_of(exercise), dose.sets, None, None, why=_closed_because(exercise, dose, moment)
    )


def core_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """Core work: every other day, and once begun only in the same sitting."""
    schedule = moment.programme.schedule
    free_at, again_at = moment.core_free_at, moment.core_again_at
    done = _done(exercise, moment)
    sides, sets = _left_to_do(done, dose.sets)
    done_at = moment.last_today(exercise.id)
    if not sides or (done_at is not None and free_at > moment.utc):
        return Turn(ItemState.DONE, sides_of(exercise), dose.sets, again_at, again_at, done_at)
    if free_at > moment.utc:
        why = Why(say("plan.reason.core-gap", hours=f"{schedule.core_gap_h:g}"), schedule.source)
        return Turn(ItemState.LATER, sides, sets, free_at, free_at, why=(why,))
    against = moment.against(exercise)
    if against is not None:
        later = max(moment.tomorrow, against.until, again_at)
        return Turn(ItemState.LATER, sides, sets, later, later, done_at, (against.why,), off=True)
    gap = timedelta(hours=schedule.core_gap_h)
    since = _since(moment, (hold.at + gap for hold in moment.core_before))
    return Turn(ItemState.DUE, sides, sets, since, None, done_at)


def stretch_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """A stretch: so often a day, with a gap between."""
    least, most = exercise.dose.times_per_day
    gap = timedelta(hours=exercise.dose.gap_h)
    done = _done(exercise, moment)
    times = min(done.values())
    begun = tuple(side for side in done if done[side] == times) if max(done.values()) > times else ()
    held = [hold.at for hold in moment.history.holds if hold.exercise == exercise.id and hold.done]
    near = [at for at in held if abs(moment.utc - at) < gap]
    free_at = moment.utc if begun or not near else max(near) + gap
    done_at = moment.last_today(exercise.id)
    next_day = max([moment.tomorrow, *(at + gap for at in held if at <= moment.utc)])
    sides = begun or sides_of(exercise)
    if times >= most:
        return Turn(ItemState.DONE, sides_of(exercise), dose.sets, next_day, next_day, done_at)
    against = moment.against(exercise)
    if against is not None:
        later = max(moment.tomorrow, against.until)
        state = ItemState.DONE if times >= least else ItemState.LATER
        return Turn(state, sides, dose.sets, later, later, done_at, (against.why,), off=times < least)
    if free_at <= moment.utc:
        state = ItemState.OPTIONAL if times >= least else ItemState.DUE
        return Turn(state, sides, dose.sets, _since(moment, (at + gap for at in held)), next_day, done_at)
    why = Why(say("plan.reason.stretch-gap", hours=f"{exercise.dose.gap_h:g}"), exercise.dose.gap_source or "design")
    if times >= least:
        return Turn(ItemState.DONE, sides, dose.sets, min(free_at, next_day), next_day, done_at, (why,))
    return Turn(ItemState.LATER, sides, dose.sets, free_at, free_at, done_at, (why,))


def _done(exercise: Exercise, moment: Moment) -> Mapping[Side | None, int]:
    """How many holds were done today, by side."""
    today = [hold for hold in moment.history.today(exercise.id, moment.on) if hold.done]
    return {side: sum(hold.side is side for hold in today) for side in sides_of(exercise)}


def _left_to_do(done: Mapping[Side | None, int], sets: int) -> tuple[tuple[Side | None, ...], int]:
    sides = tuple(side for side, count in done.items() if count < sets)
    return sides, max((sets - done[side] for side in sides), default=sets)


def _closed_because(exercise: Exercise, dose: Prescription, moment: Moment) -> tuple[Why, ...]:
    verdict = moment.verdict
    if not verdict.exercise_allowed:
        return (Why(say(f"plan.reason.{verdict.outcome.value}"), "design"),)
    items = moment.programme.form.items
    asked = [reason for reason in verdict.reasons if exercise.id in items[reason.item].closes]
    return tuple(Why(reason.message, items[reason.item].source) for reason in asked) or dose.reasons[:1]


def _since(moment: Moment, ends: Iterable[datetime]) -> datetime:
    """Since when it may be done: the beginning of today, or the end of the last gap."""
    past = [end for end in ends if end <= moment.utc]
    return max([begins(moment.on, moment.at.tzinfo), *past])
