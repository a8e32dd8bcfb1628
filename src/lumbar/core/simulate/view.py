"""What somebody sees of a day, put down for the rules."""

from datetime import UTC, datetime, timedelta

from lumbar.core.exercise import Step
from lumbar.core.plan import Programme
from lumbar.core.plan.day import Day, HoldTest, Item, ItemState
from lumbar.core.plan.prescription import position
from lumbar.core.record import day_of
from lumbar.core.safety import Tier
from lumbar.core.simulate.house import House
from lumbar.core.simulate.looks import Look, Seen


def look_at(day: Day, programme: Programme, house: House, at: datetime, *, ill: bool, rounds: int) -> Look:
    """A day as it is shown. ill: told today; rounds: how often in a row they did all that leads back."""
    verdict = day.verdict
    flagged = {} if verdict is None else verdict.flagged_on
    variants = {reason.item for reason in (() if verdict is None else verdict.reasons)}
    items = programme.form.items
    off_floor = {"C2"} if any(items[one].off_floor for one in variants if items[one].tier is Tier.C) else set[str]()
    return Look(
        on=day.on,
        outcome=None if verdict is None else verdict.outcome.value,
        flags={flag: (day.on - on).days for flag, on in flagged.items()} | dict.fromkeys(off_floor, 0),
        closed=frozenset[str]() if verdict is None else verdict.closed,
        asks=bool(day.needs),
        comes=day.next is not None,
        leads=verdict is not None and bool(verdict.ways_back),
        warned=bool(house.warned),
        ill=ill,
        since_core=_since_core(house, at),
        short=day.short is not None,
        items=tuple(_seen(item, programme) for item in day.items),
        rounds=rounds,
    )


def _since_core(house: House, at: datetime) -> tuple[timedelta, int] | None:
    """The gap and the days to the nearest core work that the house knows of, before or after."""
    now, on = at.astimezone(UTC), day_of(at)
    lately = house.work[-200:]
    if not lately:
        return None
    return min(abs(now - work.at) for work in lately), min(abs((on - work.on).days) for work in lately)


def _seen(item: Item, programme: Programme) -> Seen:
    exercise = programme.exercises[item.exercise]
    rung = exercise.rung(item.rung)
    plain = [number for number, one in enumerate(exercise.rungs) if not one.variant]
    return Seen(
        exercise=exercise.id,
        is_core=exercise.step is Step.CORE,
        on_floor=position(exercise, rung).on_floor,
        easiest=exercise.number(rung) <= min(plain),
        sets=item.sets,
        hold_s=item.hold_s,
        load_kg=item.load_kg,
        test_s=0 if item.test is HoldTest.NONE else item.test_s,
        may_start=item.may_start,
        done=item.state is ItemState.DONE,
        reasons=len(item.reasons),
    )
