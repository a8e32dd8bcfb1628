"""What was kept of what was planned, what went wrong, and what a camera measured of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.packet.log import worst_in
from lumbar.core.packet.packet import Event, Held, Kept
from lumbar.core.plan.history import History
from lumbar.core.plan.looked import Looked, looked_at
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.told import Hold
from lumbar.core.record import Record

_WEEKS = 26
"""So many weeks fit a curve that can be read in print."""


def kept(history: History, programme: Programme, first_on: date | None, on: date) -> Kept:
    """The last days, as far as somebody was in the plan by then. Today counts once it was trained."""
    days = programme.expert.kept_days
    since = on - timedelta(days=days - 1) if first_on is None else max(first_on, on - timedelta(days=days - 1))
    span = (on - since).days + 1
    core, stretch = _done_days(history, programme, since, on)
    holds = [hold for exercise in programme.of_step(Step.CORE) for hold in _since(history, exercise, since, on)]
    planned = (
        0 if first_on is None else (span + programme.schedule.core_gap_days - 1) // programme.schedule.core_gap_days
    )
    return Kept(
        days=span,
        core_done=len(core),
        core_planned=max(planned, len(core)),
        stretch_done=len(stretch),
        stretch_planned=0 if first_on is None else span,
        holds=len(holds),
        measured=sum(hold.faulted_s is not None for hold in holds),
    )


def _done_days(history: History, programme: Programme, since: date, on: date) -> tuple[set[date], set[date]]:
    core: set[date] = set()
    stretch: set[date] = set()
    for exercise in programme.exercises.values():
        if not exercise.step.ours:
            days = {hold.on for hold in _since(history, exercise, since, on) if hold.done}
            (core if exercise.step is Step.CORE else stretch).update(days)
    return core, stretch


def _since(history: History, exercise: Exercise, since: date, on: date) -> Iterable[Hold]:
    days = history.of(exercise.id).days
    for number in range(since.toordinal(), on.toordinal() + 1):
        yield from (hold for hold in days.get(date.fromordinal(number), ()) if hold.worked)


def a_bit_much(record: Record, programme: Programme, on: date) -> list[tuple[Exercise, Looked]]:
    """The sessions of core work of late that were a bit much, the latest first."""
    since = on - timedelta(days=programme.expert.reactions_days)
    most = programme.expert.reactions_days // programme.schedule.core_gap_days + 1
    found = [
        (exercise, one)
        for exercise in programme.of_step(Step.CORE)
        for one in looked_at(programme, record, exercise, before=on + timedelta(days=1), most=most)
        if one.on >= since and one.read_as == "stay-here"
    ]
    return sorted(found, key=lambda pair: pair[1].on, reverse=True)


def worst_of(log: Iterable[Event], found: Iterable[tuple[Exercise, Looked]], since: date) -> Event | None:
    """The worst answer of a back since a day, the latest of those that are alike: one that was too much, else a session
    that was a bit much."""
    worst = worst_in(log, since)
    bit = max(found, key=lambda pair: pair[1].worst or 0, default=None)
    return worst or (None if bit is None else _a_bit_much(*bit))


def _a_bit_much(exercise: Exercise, one: Looked) -> Event:
    name = f"@{exercise.id}.name"
    if one.worst is None:
        what = say("packet.event.stay-here-morning", exercise=name)
    else:
        what = say("packet.event.stay-here", exercise=name, pain=one.worst)
    return Event(one.on, what, one.followed or say("packet.advised.none"))


def held(history: History, programme: Programme, on: date) -> tuple[Held, ...]:
    """Core work, a curve for each side."""
    return tuple(
        _held(exercise, side, history, programme, on)
        for exercise in programme.of_step(Step.CORE)
        for side in sides_of(exercise)
    )


def _held(exercise: Exercise, side: object, history: History, programme: Programme, on: date) -> Held:
    monday = on - timedelta(days=on.weekday())
    weeks: dict[date, float] = {}
    since = monday - timedelta(weeks=_WEEKS - 1)
    lately = on - timedelta(days=programme.expert.kept_days)
    in_position_s, measured_s, faulted_s = 0.0, 0.0, 0.0
    for hold in _since(history, exercise, since, on):
        if hold.side is not side or hold.ran_out:
            continue
        week = hold.on - timedelta(days=hold.on.weekday())
        weeks[week] = max(weeks.get(week, 0.0), hold.credited_s)
        if hold.on > lately:
            whole_s = max(hold.in_position_s, hold.credited_s)
            in_position_s += whole_s
            measured_s += 0.0 if hold.faulted_s is None else whole_s
            faulted_s += hold.faulted_s or 0.0
    return Held(
        exercise=exercise.id,
        side="both" if side is None else str(getattr(side, "value", side)),
        weeks=tuple(sorted(weeks.items())),
        measured_share=measured_s / in_position_s if in_position_s else None,
        well_share=1 - faulted_s / measured_s if measured_s else None,
    )
