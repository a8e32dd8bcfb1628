"""What of the programme is to be reminded of now, and when it stands in a calendar.

Reminded of is what is due and of which nothing is done, in its own hours, once a day each, and never while everything
is paused. The hips, and chest and neck, are each judged by themselves. A day of core work speaks for its stretches as
well: both are one session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from lumbar.core.exercise import Step
from lumbar.core.message import Message, say
from lumbar.core.plan import Day, Item, ItemState
from lumbar.core.posture.nudge import Choice, is_quiet
from lumbar.core.posture.rest import is_paused
from lumbar.core.posture.settings import RemindSettings
from lumbar.core.record import DAY_BEGINS_H, day_of

_STRETCHES = (Step.HIPS, Step.POSTURE)
_CORE = (Step.CORE,)


class About(StrEnum):
    """What a reminder is about."""

    STRETCHES = "stretches"
    EVENING = "stretches-evening"
    STRENGTH = "strength"

    @property
    def message(self) -> Message:
        """What it says."""
        return say(f"remind.{self.value}")


@dataclass(frozen=True, slots=True)
class Occasion:
    """An entry of the calendar. about: the stretches or a day of core work.

    name: the same for the same entry, however often it slips; rings: whether it is announced when it begins.
    """

    about: About
    name: str
    begins: datetime
    minutes: int
    rings: bool


def reminder(day: Day, told: Mapping[About, datetime], choice: Choice, settings: RemindSettings) -> About | None:
    """What is to be reminded of at the day's moment; None for nothing. told: what was reminded of today, and when."""
    if is_paused(day.open) or is_quiet(day.at, choice):
        return None
    hour = day.at.hour
    if hour >= settings.strength_h and About.STRENGTH not in told and _waits(day, _CORE):
        return About.STRENGTH
    if About.STRENGTH in told or hour < settings.stretches_h or not _waits(day, _STRETCHES):
        return None
    about = About.STRETCHES if hour < settings.evening_h else About.EVENING
    again = timedelta(hours=settings.again_h)
    if any(day.at.astimezone(UTC) - at.astimezone(UTC) < again for at in told.values()):
        return None  # of the stretches as well, for of core work nothing was said
    return None if about in told else about


def hours_passed(at: datetime, settings: RemindSettings) -> list[datetime]:
    """The hours of this day that are over and that an entry of today may stand at, or be moved away from."""
    hours = {settings.stretches_h, settings.strength_h, settings.evening_h}
    moments = (datetime.combine(day_of(at), time(hour), at.tzinfo) for hour in sorted(hours))
    return [moment for moment in moments if moment < at]


def occasions(
    day: Day, strength_days: int, core_gap_days: int, choice: Choice, settings: RemindSettings
) -> list[Occasion]:
    """The calendar's next weeks, from a day as it stands. Nothing while everything is paused, nor of what is closed: a
    wait for a professional and an expert's hold leave breaks open, and no session to announce.

    strength_days: with core work so far; the next one has the number after it, wherever it slips to. What has begun
    already, or begins in the quiet hours, does not ring; nor do stretches of the evening on a day on which core work
    rings, for both.
    """
    if is_paused(day.open):
        return []
    core = list(_strength_days(day, strength_days, core_gap_days, settings))

    def is_heard(begins: datetime) -> bool:
        return begins >= day.at and not is_quiet(begins, choice)

    core_on = {day_of(begins) for _, _, begins, _ in core if is_heard(begins)}

    def rings(about: About, begins: datetime) -> bool:
        spoken_for = about is About.STRETCHES and begins.hour >= settings.evening_h and day_of(begins) in core_on
        return is_heard(begins) and not spoken_for

    return sorted(
        (
            Occasion(about, name, begins, minutes, rings(about, begins))
            for about, name, begins, minutes in (*_stretch_days(day, settings), *core)
        ),
        key=lambda one: (one.begins, one.name),
    )


_Entry = tuple[About, str, datetime, int]


def _stretch_days(day: Day, settings: RemindSettings) -> Iterable[_Entry]:
    """One a day while any stretch is open; today's goes to the evening when its hour is over, and is gone once both
    parts are begun or done."""
    if not any(item.state is not ItemState.CLOSED for step in _STRETCHES for item in _items(day, step)):
        return
    for ahead in range(settings.calendar_days):
        on = day.on + timedelta(days=ahead)
        begins = _at(day, on, settings.stretches_h)
        if on == day.on:
            if not _waits(day, _STRETCHES):
                continue
            if begins < day.at:
                begins = _at(day, on, settings.evening_h)
        yield About.STRETCHES, f"stretches-{on.isoformat()}", begins, settings.stretches_min


def _strength_days(day: Day, done: int, gap_days: int, settings: RemindSettings) -> Iterable[_Entry]:
    """From the day on which the plan has the next core work, every so many days.

    Today's goes to the evening when its hour is over, and stays there: one that moved with every look of a calendar
    would be no moment to keep.
    """
    first = _first_core(day)
    if first is None:
        return
    ends = day.on + timedelta(days=settings.calendar_days)
    on, number = day_of(first), done + 1
    while on < ends:
        begins = max(_at(day, on, settings.strength_h), first)
        if on == day.on and begins < day.at:
            begins = _at(day, on, settings.evening_h)
        yield About.STRENGTH, f"strength-{number}", begins, settings.strength_min
        on, number = on + timedelta(days=gap_days), number + 1


def _first_core(day: Day) -> datetime | None:
    """When core work comes next, with this day's beginning at the earliest; None while it is closed."""
    items, began = list(_items(day, Step.CORE)), _at(day, day.on, DAY_BEGINS_H)
    if any(item.state is ItemState.DUE for item in items):
        return began
    times = [item.not_before for item in items if item.not_before is not None and item.state is not ItemState.CLOSED]
    return max(began, min(times).astimezone(day.at.tzinfo)) if times else None


def _at(day: Day, on: date, hour: int) -> datetime:
    """An hour of the wall clock on a date, across any change of the clocks."""
    return datetime.combine(on, time(hour), day.at.tzinfo)


def _waits(day: Day, steps: tuple[Step, ...]) -> bool:
    """Whether one of these steps is still to be begun.

    Each by itself: a chest stretch in a break at the desk says nothing of the hips, nor the hips of chest and neck.
    """
    return any(_is_to_begin(day, step) for step in steps)


def _is_to_begin(day: Day, step: Step) -> bool:
    """Whether something of a step is due, and nothing of it is done today."""
    items = list(_items(day, step))
    due = any(item.state is ItemState.DUE and not item.barred for item in items)
    return due and not any(item.held and sum(item.held.values()) > 0 for item in items)


def _items(day: Day, wanted: Step) -> Iterable[Item]:
    return (item for step in day.steps if step.step == wanted.value for item in step.items)
