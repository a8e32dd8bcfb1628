"""One line an exercise: its form, its dose, and what the plan will do next by itself."""

from collections.abc import Iterable
from datetime import date

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.packet.packet import Row, WalkRow
from lumbar.core.plan.course import Course
from lumbar.core.plan.day import Day, DayWalk, HoldTest, Item, ItemState, WalkState
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Ladder
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rungs import sides_of, target_of
from lumbar.core.plan.told import Hold

_LATELY_DAYS = 28
_HELD = "plan.reason.review-stop"
_LEFT_OUT = "plan.reason.review-left-out"
_RESTS = {"plan.reason.rests", "plan.reason.removed", _LEFT_OUT}
_SHUT = {*_RESTS, _HELD}
_WAITS = "plan.load."
_NAMED_WAITS = "plan.reason.reviewed-form-waits"
_NOTE = "plan.reason.review-note"
_REFUSED = "plan.reason.refused-"


def rows(day: Day, course: Course, history: History, programme: Programme) -> tuple[Row, ...]:
    """Every exercise of the programme, in its order."""
    return tuple(
        _row(exercise, item, day, course, history, programme)
        for exercise in programme.exercises.values()
        if (item := day.item(exercise.id)) is not None
    )


def _row(exercise: Exercise, item: Item, day: Day, course: Course, history: History, programme: Programme) -> Row:
    dose = exercise.dose
    return Row(
        exercise=exercise.id,
        step=exercise.step,
        rung=item.rung,
        sets=whole_sets(exercise, item, history, day.on),
        hold_s=item.hold_s,
        repetitions=item.repetitions,
        load_kg=item.load_kg,
        each=exercise.two_sided,
        often=_often(exercise),
        closed=item.state is ItemState.CLOSED,
        goal_s=dose.target_s,
        held_s=_held_s(exercise, history, day.on),
        times=_times(exercise, history, day.on),
        next=next_step(exercise, item, course, programme),
        rule=_rule(exercise, item),
        test=item.test if item.state is not ItemState.CLOSED else HoldTest.NONE,
        note=next((why.message for why in item.reasons if why.message.id == _NOTE), None),
        rests=any(why.message.id in _RESTS for why in item.reasons),
    )


def whole_sets(exercise: Exercise, item: Item, history: History, on: date) -> int:
    """The dose of the whole day, whatever of it is done."""
    if item.state is not ItemState.DUE or exercise.step is not Step.CORE:
        return item.sets
    done = [hold for hold in history.today(exercise.id, on) if hold.done]
    sides = sides_of(exercise)
    return max((item.sets + sum(hold.side is side for hold in done) for side in sides[:1]), default=item.sets)


def _often(exercise: Exercise) -> Message:
    dose = exercise.dose
    if exercise.step is Step.MOVE:
        return say("packet.often.week", count=dose.days_per_week)
    if exercise.step is Step.CORE:
        return say("packet.often.days", count=dose.every_days)
    least, most = dose.times_per_day
    return say("packet.often.once") if most == 1 else say("packet.often.times", least=least, most=most)


def _held_s(exercise: Exercise, history: History, on: date) -> float | None:
    """The longest hold of late; of two sides the one that held less."""
    if exercise.repetition is not None:
        return None
    best: dict[object, float] = {}
    for hold in _lately(exercise, history, on):
        best[hold.side] = max(best.get(hold.side, 0.0), hold.credited_s)
    found = [best.get(side, 0.0) for side in sides_of(exercise)]
    return min(found) if any(found) else None


def _times(exercise: Exercise, history: History, on: date) -> int:
    """How many repetitions of a drill its last day of late had; 0 for none, and for what is no drill."""
    if exercise.repetition is None:
        return 0
    done = [hold for hold in _lately(exercise, history, on) if hold.done]
    return sum(hold.on == done[0].on for hold in done) if done else 0


def _lately(exercise: Exercise, history: History, on: date) -> Iterable[Hold]:
    days = history.of(exercise.id).days
    for back in range(_LATELY_DAYS):
        for hold in days.get(date.fromordinal(on.toordinal() - back), ()):
            if hold.worked and not hold.ran_out:
                yield hold


def _next_of_resting(item: Item) -> Message:
    out = next((why.message for why in item.reasons if why.message.id == _LEFT_OUT), None)
    return say("packet.next.rests") if out is None else say("packet.next.left-out", **out.params)


def next_step(exercise: Exercise, item: Item, course: Course, programme: Programme) -> Message:
    """What the plan will do next with an exercise by itself."""
    ids = [why.message.id for why in item.reasons]
    if item.proposal is not None:
        refused = any(name.startswith(_REFUSED) for name in ids)
        return say("packet.next.refused" if refused else "packet.next.waits")
    if _SHUT & set(ids):
        return _next_of_resting(item)
    if item.state is ItemState.CLOSED:
        return say("packet.next.closed")
    if exercise.step is not Step.CORE:
        return say("packet.next.form-waits" if _NAMED_WAITS in ids else "packet.next.same")
    back = next((why.message for why in item.reasons if why.message.id == "plan.reason.back-next"), None)
    if back is not None:
        return say("packet.next.back", **back.params)
    if _NAMED_WAITS in ids:
        return say("packet.next.form-waits")
    if item.load_kg:
        return say("packet.next.load", seconds=programme.listening.loading.step_s)
    if any(name.startswith(_WAITS) for name in ids):
        return say("packet.next.weight-waits")
    if "plan.reason.gentle" in ids:
        return say("packet.next.gentle")
    return _grows(exercise, item, course, programme)


def _grows(exercise: Exercise, item: Item, course: Course, programme: Programme) -> Message:
    dosing = programme.listening.dosing
    rung = exercise.rung(item.rung)
    ladder = course.ladders.get(exercise.id) or Ladder(exercise.number(exercise.first_rung))
    level = ladder.known(exercise.number(rung))
    if level is None or level.pending:
        return say("packet.next.measured")
    if not rung.goal_form and item.hold_s >= dosing.up_hold_s:
        return say("packet.next.rung", count=dosing.up_after)
    if level.dose == target_of(exercise):
        return say("packet.next.stays")
    return say("packet.next.more", seconds=dosing.step_s, count=dosing.step_after)


def _rule(exercise: Exercise, item: Item) -> str:
    """The reason that made the dose, by which its rule is found."""
    return next((why.message.id for why in item.reasons), f"{exercise.id}.name")


def walk_row(day: Day, course: Course, programme: Programme) -> WalkRow | None:
    """The walk, where the plan has one."""
    walk = day.walk
    if walk is None:
        return None
    closed = walk.state in (WalkState.CLOSED, WalkState.RESTS)
    return WalkRow(
        walk.minutes, walk.goal_days, walk.week_days, walk.over_days, closed, _next_walk(walk, course, programme)
    )


def _next_walk(walk: DayWalk, course: Course, programme: Programme) -> Message:
    """What the plan will do next with the walk by itself."""
    rule, back = programme.listening.walking, course.walking.back
    ids = {why.message.id for why in walk.reasons}
    if walk.state in (WalkState.CLOSED, WalkState.RESTS):
        return say("packet.next.rests" if _HELD in ids else "packet.next.closed")
    if walk.minutes is None:
        return say("packet.next.walk-usual")
    if "plan.reason.walk-gentle" in ids:
        return say("packet.next.gentle")
    if course.flare is not None:
        return say("packet.next.walk-flare")
    if back:
        return say("packet.next.walk-back", minutes=back[0])
    if walk.minutes >= rule.goal_min:
        return say("packet.next.stays")
    return say("packet.next.walk-more", minutes=min(rule.step_min, rule.goal_min - walk.minutes))
