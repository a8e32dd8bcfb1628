"""What is to be asked on a day, and until when. It is offered and never demanded: all of it may be put off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from lumbar.core.errors import BadCatalog
from lumbar.core.outcomes.answers import Answers
from lumbar.core.outcomes.instrument import Instrument, Occasion

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When instruments are asked.

    from_day, to_day: of the first answer, day one being that of the first screen; a_day: no more than so many of them
    on one day. weekly_days: since the last answer. weeks: since day one; later_weeks: every so many after the last of
    them. window_days: before and after. put_off_days: for how long one that was put off is not offered.
    """

    from_day: int
    to_day: int
    a_day: int
    weekly_days: int
    weeks: tuple[int, ...]
    later_weeks: int
    window_days: int
    put_off_days: int
    source: str

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(self))
        if mistakes:
            raise BadCatalog("outcomes.toml", mistakes)

    @property
    def window(self) -> timedelta:
        """How far from its day an instrument may be answered."""
        return timedelta(days=self.window_days)

    def start(self, first_on: date) -> tuple[date, date]:
        """The first and the last day on which a first answer is asked for."""
        return first_on + (self.from_day - 1) * ONE_DAY, first_on + (self.to_day - 1) * ONE_DAY + self.window


def _mistakes(schedule: Schedule) -> Iterable[str]:
    if not 1 <= schedule.from_day <= schedule.to_day:
        yield "start: from_day must be at least 1, and to_day no earlier"
    if list(schedule.weeks) != sorted(set(schedule.weeks)) or not schedule.weeks:
        yield "weeks: at must name different weeks, the earliest first"
    if min(schedule.a_day, schedule.weekly_days, schedule.later_weeks, schedule.put_off_days) < 1:
        yield "numbers of days and weeks must be at least 1"
    if not 0 <= 2 * schedule.window_days < schedule.weekly_days:
        yield "window: the windows of two weeks must not meet"


@dataclass(frozen=True, slots=True)
class Due:
    """An instrument to answer. week: in whose window it is asked; 0 in the first days. until: the last day of it."""

    instrument: str
    occasion: Occasion
    week: int
    until: date

    def as_json(self) -> dict[str, object]:
        """What is due as plain values."""
        return {
            "instrument": self.instrument,
            "occasion": self.occasion.value,
            "week": self.week,
            "until": self.until.isoformat(),
        }


def due(
    instruments: Sequence[Instrument], schedule: Schedule, answers: Answers, first_on: date, on: date
) -> tuple[Due, ...]:
    """What may be asked on a day, in the order in which it is offered. first_on: day one."""
    found = [
        wanted
        for instrument in instruments
        if not _rests(instrument.id, schedule, answers, on)
        and (wanted := _wanted(instrument, schedule, answers, first_on, on)) is not None
    ]
    first = [wanted for wanted in found if wanted.occasion is Occasion.START]
    others = tuple(wanted for wanted in found if wanted.occasion is not Occasion.START)
    return (*others, *_on_separate_days(first, instruments, schedule, answers, on))


def _on_separate_days(
    first: list[Due], instruments: Sequence[Instrument], schedule: Schedule, answers: Answers, on: date
) -> list[Due]:
    """First answers spread over the days; what was put off least often comes first."""
    spread = [it.id for it in instruments if Occasion.START in it.asked]
    asked = sum(_on(name, answers, on) or on in answers.put_off.get(name, ()) for name in spread)
    in_turn = sorted(first, key=lambda wanted: len(answers.put_off.get(wanted.instrument, ())))
    return in_turn[: max(0, schedule.a_day - asked)]


def _on(instrument: str, answers: Answers, on: date) -> bool:
    return any(answer.on == on for answer in answers.of(instrument))


def _rests(instrument: str, schedule: Schedule, answers: Answers, on: date) -> bool:
    """Whether it was put off so lately that it is not offered."""
    since = on - timedelta(days=schedule.put_off_days)
    return any(since < day <= on for day in answers.put_off.get(instrument, ()))


def _wanted(instrument: Instrument, schedule: Schedule, answers: Answers, first_on: date, on: date) -> Due | None:
    """The instrument with the window that it is to be answered in; None outside of all, and where it was answered."""
    given = [answer.on for answer in answers.of(instrument.id, until=on)]
    if Occasion.WEEKLY in instrument.asked:
        return _weekly(instrument.id, schedule, given, first_on, on)
    if Occasion.START in instrument.asked and not given:
        begins, ends = schedule.start(first_on)
        if begins <= on <= ends:
            return Due(instrument.id, Occasion.START, 0, ends)
    for occasion, week in _weeks(instrument, schedule):
        begins, ends = _window(first_on, week, schedule)
        if on < begins:
            return None
        if on <= ends:
            return None if any(day >= begins for day in given) else Due(instrument.id, occasion, week, ends)
    return None


def _weekly(instrument: str, schedule: Schedule, given: list[date], first_on: date, on: date) -> Due | None:
    last = max(given, default=first_on)
    if (on - last).days < schedule.weekly_days or on < first_on:
        return None
    until = last + timedelta(days=schedule.weekly_days) + schedule.window
    return Due(instrument, Occasion.WEEKLY, (on - first_on).days // ONE_WEEK.days, max(on, until))


def _window(first_on: date, week: int, schedule: Schedule) -> tuple[date, date]:
    middle = first_on + week * ONE_WEEK
    return middle - schedule.window, middle + schedule.window


def _weeks(instrument: Instrument, schedule: Schedule) -> Iterator[tuple[Occasion, int]]:
    """The weeks in which an instrument is asked, one after another."""
    if Occasion.WEEKS in instrument.asked:
        yield from ((Occasion.WEEKS, week) for week in schedule.weeks)
    if Occasion.LATER in instrument.asked:
        last, every = schedule.weeks[-1], schedule.later_weeks
        yield from ((Occasion.LATER, week) for week in count(last + every, every))
