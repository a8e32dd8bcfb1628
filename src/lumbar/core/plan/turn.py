"""Whose turn it is: whether an exercise is due at a moment, with the reason when it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.clock import begins
from lumbar.core.plan.day import ItemState, Why
from lumbar.core.plan.moment import Against, Moment
from lumbar.core.plan.prescription import Prescription
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.short import short_sets
from lumbar.core.plan.told import Hold

DRILLS = "hinge"
"""What a verdict has to leave open for a drill of ours."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How an exercise stands. Moments in UTC.

    sides and side_sets: what is still to do. free_at: when it may be done, now or the next time. again_at: when it is
    next planned, once what is due now is done. off: it was due, and something of today speaks against it.
    """

    state: ItemState
    sides: tuple[Side | None, ...]
    side_sets: tuple[int, ...]
    free_at: datetime | None
    again_at: datetime | None
    done_at: datetime | None = None
    why: tuple[Why, ...] = ()
    off: bool = False


def whole(exercise: Exercise, sets: int) -> tuple[tuple[Side | None, ...], tuple[int, ...]]:
    """Its sides with so many sets each: the full dose."""
    sides = sides_of(exercise)
    return sides, (sets,) * len(sides)


def closed_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """An exercise that safety closes."""
    return Turn(ItemState.CLOSED, *whole(exercise, dose.sets), None, None, why=_closed_because(exercise, dose, moment))


def core_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """Core work: every other day, and once begun only in the same sitting."""
    schedule = moment.programme.schedule
    free_at, again_at = moment.core_free_at, moment.core_again_at
    done = done_today(exercise, moment)
    asked = short_sets(exercise, dose.hold_s, dose.sets, moment.programme) if moment.short else dose.sets
    sides, sets = left_to_do(done, asked)
    done_at = moment.last_today(exercise.id)
    if not sides:
        return Turn(ItemState.DONE, *whole(exercise, dose.sets), again_at, again_at, done_at)
    if done_at is not None and free_at > moment.utc:
        so_far = _so_far(exercise, done, dose.sets, moment)
        return Turn(ItemState.LATER, *whole(exercise, dose.sets), again_at, again_at, done_at, (so_far,))
    if free_at > moment.utc:
        hours = f"{schedule.core_gap_h:g}"
        why = Why(say("plan.reason.core-gap", count=schedule.core_gap_days, hours=hours), schedule.source)
        return Turn(ItemState.LATER, sides, sets, free_at, free_at, why=(why,))
    if done_at is None and moment.drilled:
        why = Why(say("plan.reason.core-after-drill"), "design")
        later = max(moment.tomorrow, again_at)
        return Turn(ItemState.LATER, sides, sets, later, later, why=(why,))
    against = moment.against(exercise)
    if against is not None:
        later = max(against.until, again_at)
        why = because(against, exercise, done, dose.sets, moment)
        return Turn(ItemState.LATER, sides, sets, later, later, done_at, (why,), off=True)
    gap = timedelta(hours=schedule.core_gap_h)
    since = _since(moment, (hold.at + gap for hold in moment.core_before))
    return Turn(ItemState.DUE, sides, sets, since, None, done_at)


def stretch_turn(exercise: Exercise, dose: Prescription, moment: Moment) -> Turn:
    """A stretch: so often a day, with a gap between, which each side has to itself."""
    least, most = exercise.dose.times_per_day
    least = 0 if moment.short else least
    gap = timedelta(hours=exercise.dose.gap_h)
    done = done_today(exercise, moment)
    times = min(done.values())
    sides = tuple(side for side in done if done[side] == times) if max(done.values()) > times else sides_of(exercise)
    sets = (dose.sets,) * len(sides)
    held = [hold for hold in moment.recent(exercise) if hold.done]
    ends = [held_at + gap for hold in held if _rests(hold, sides) for held_at, _ in hold.times]
    free_at = max((end for end in ends if abs(moment.utc - (end - gap)) < gap), default=moment.utc)
    done_at = moment.last_today(exercise.id)
    next_day = max([moment.tomorrow, *(hold.at + gap for hold in held if hold.at <= moment.utc)])
    if times >= most:
        return Turn(ItemState.DONE, *whole(exercise, dose.sets), next_day, next_day, done_at)
    against = moment.against(exercise)
    if against is not None:
        later = against.until
        state = ItemState.DONE if times >= least else ItemState.LATER
        why = because(against, exercise, done, dose.sets, moment) if times < least else against.why
        return Turn(state, sides, sets, later, later, done_at, (why,), off=times < least)
    if free_at <= moment.utc:
        state = ItemState.OPTIONAL if times >= least else ItemState.DUE
        return Turn(state, sides, sets, _since(moment, ends), next_day, done_at)
    why = Why(say("plan.reason.stretch-gap", hours=f"{exercise.dose.gap_h:g}"), exercise.dose.gap_source or "design")
    if times >= least:
        return Turn(ItemState.DONE, sides, sets, min(free_at, next_day), next_day, done_at, (why,))
    return Turn(ItemState.LATER, sides, sets, free_at, free_at, done_at, (why,))


def _rests(hold: Hold, sides: Iterable[Side | None]) -> bool:
    """Whether one of these sides has to rest from a hold. One that names no side may have been of either."""
    return hold.side is None or any(side in (None, hold.side) for side in sides)


def done_today(exercise: Exercise, moment: Moment) -> Mapping[Side | None, int]:
    """How many holds were done today, by side."""
    today = [hold for hold in moment.history.today(exercise.id, moment.on) if hold.done]
    return {side: sum(hold.side is side for hold in today) for side in moment.side_order(exercise)}


def left_to_do(done: Mapping[Side | None, int], sets: int) -> tuple[tuple[Side | None, ...], tuple[int, ...]]:
    """The sides that lack something, and how much each of them lacks: never more, for the dose is one for all."""
    sides = tuple(side for side, count in done.items() if count < sets)
    return sides, tuple(sets - done[side] for side in sides)


def _so_far(exercise: Exercise, done: Mapping[Side | None, int], sets: int, moment: Moment) -> Why:
    """What was held today of what was asked, and whether it ended because it hurt."""
    message_id = "plan.reason.held-hurt" if moment.hurt(exercise) else "plan.reason.held"
    held = sum(min(count, sets) for count in done.values())
    return Why(say(message_id, held=held, holds=sets * len(done)), "design")


def because(against: Against, exercise: Exercise, done: Mapping[Side | None, int], sets: int, moment: Moment) -> Why:
    """What speaks against going on. Of what hurt it is told how far it went."""
    begun = moment.last_today(exercise.id) is not None
    return _so_far(exercise, done, sets, moment) if begun and moment.hurt(exercise) else against.why


def _closed_because(exercise: Exercise, dose: Prescription, moment: Moment) -> tuple[Why, ...]:
    verdict = moment.verdict
    if not verdict.exercise_allowed:
        return (Why(say(f"plan.reason.{verdict.outcome.value}"), "design"),)
    if exercise.step.ours and DRILLS not in verdict.open:
        return (Why(say("plan.reason.drill-gentle"), "design"),)
    items = moment.programme.form.items
    asked = [reason for reason in verdict.reasons if exercise.id in items[reason.item].closes]
    return tuple(Why(reason.message, items[reason.item].source) for reason in asked) or dose.reasons[:1]


def _since(moment: Moment, ends: Iterable[datetime]) -> datetime:
    """Since when it may be done: the beginning of today, or the end of the last gap."""
    past = [end for end in ends if end <= moment.utc]
    return max([begins(moment.on, moment.at.tzinfo), *past])
