"""The course of core work after each day, made of a record and carried on: a fact costs the days from its own on."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Step
from lumbar.core.plan.bout import Bout, before_on
from lumbar.core.plan.course import Course, Told, after_day, began, opened, told_on
from lumbar.core.plan.history import History, fold
from lumbar.core.plan.programme import Programme
from lumbar.core.record import Change, Record, RuledFold
from lumbar.core.safety import Freed, freed


@dataclass(frozen=True, slots=True)
class Courses:
    """The course after each day on which something of it was told, the days in order, and what that was. freed: when
    walks may grow. last: when the last hold was of each session that has any."""

    days: tuple[date, ...] = ()
    told: tuple[Told, ...] = ()
    after: tuple[Course, ...] = ()
    freed: Freed = field(default_factory=Freed)
    last: Mapping[str, datetime] = field(default_factory=dict)

    def before(self, on: date) -> Course:
        """The course as it stood when a day began."""
        number = bisect_left(self.days, on)
        return self.after[number - 1] if number else Course()

    def bout_on(self, on: date) -> Bout | None:
        """The core work of a day; None for a day without."""
        number = bisect_left(self.days, on)
        return self.told[number].bout if number < len(self.days) and self.days[number] == on else None

    def told_before(self, on: date) -> date | None:
        """The last day before a day on which something was told; None where there is none."""
        number = bisect_left(self.days, on)
        return self.days[number - 1] if number else None


class _CourseFold(RuledFold[Programme]):
    """Makes the courses of a record under a programme, and carries them on from the first day that changed."""

    __slots__ = ()

    def start(self, record: Record) -> Courses:
        history = fold(record)  # first, so that it is also the first to be carried on
        return self._from(Courses(), date.min, history, freed(record, self.rules.form))

    def resume(self, state: Courses, change: Change, record: Record) -> Courses:
        touched = [fact.happened()[1] for fact in (*change.came, *change.gone) if fact.type in _TYPES]
        was, now = state.freed, freed(record, self.rules.form)
        changed_on = now.differs_from(was)
        touched += [] if changed_on is None else [changed_on]
        if not touched:
            return state if now == was else replace(state, freed=now)
        history = fold(record)
        moved = {fact.body["session"] for fact in (*change.came, *change.gone) if fact.type == "session-started"}
        if moved & state.last.keys():
            touched += _days_of(moved, history, record)  # its holds may now be of other days
        return self._from(state, min(touched) - timedelta(days=_BACK_DAYS), history, now)

    def _from(self, state: Courses, since: date, history: History, free: Freed) -> Courses:
        kept = bisect_left(state.days, since)
        days, every, after = list(state.days[:kept]), list(state.told[:kept]), list(state.after[:kept])
        course = after[-1] if after else Course()
        alike = True  # a fact touches more days than it changes: as long as they tell the same, the courses stand
        for number, on in enumerate(_days(history, self.rules, since), start=kept):
            told = told_on(on, history, self.rules, free, days[-1] if days else None)
            alike = alike and number < len(state.told) and state.told[number] == told
            course = state.after[number] if alike else after_day(course, told, self.rules)
            days.append(on)
            every.append(told)
            after.append(course)
        return Courses(tuple(days), tuple(every), tuple(after), free, history.last)


_TYPES = frozenset(
    {
        "set-done",
        "pain-reported",
        "effort-reported",
        "shape-reported",
        "hold-told",
        "flare-reported",
        "review-recorded",
        "approval-wanted",
        "screen-answered",
        "session-started",
        "outcome-answered",
        "walk-done",
        "usual-walk-told",
    }
)

_BACK_DAYS = 6
"""A morning after belongs to a day before its own, and clocks may disagree about a date."""


def _days_of(sessions: set[str], history: History, record: Record) -> list[date]:
    """The days that the holds of sessions may be of, or may have been of before: their own and those on which the
    sessions began."""
    began = [one.on for one in history.started if one.session in sessions]
    return began + [fact.happened()[1] for fact in record.of("set-done") if fact.body["session"] in sessions]


def _days(history: History, programme: Programme, since: date) -> list[date]:
    """The days on which something of the course was told."""
    held = (history.of(exercise.id).days for exercise in programme.of_step(Step.CORE))
    told: Iterable[Mapping[date, object]] = (
        *held,
        history.flares.days,
        history.reviews.days,
        history.outcomes.days,
        history.walks.days,
        history.usual_walks.days,
    )
    days = {on for found in told for on in found if on >= since}
    pains = (on for on in history.pains.days if on >= since)
    days |= {on for on in pains if before_on(on, history) is not None or _morning(on, history)}
    return sorted(days | {on for on in history.screens.days if on >= since})


def _morning(on: date, history: History) -> bool:
    """Whether a morning after was told, which a walk listens to: one after the usual walk was told, by the hours."""
    mornings = (pain for pain in history.pains.on(on) if pain.when == "morning-after")
    return any(next(history.usual_walks.latest(pain.at), None) is not None for pain in mornings)


def courses(record: Record, programme: Programme) -> Courses:
    """The courses of a record."""
    return record.folded(_CourseFold(programme))


def course_on(programme: Programme, record: Record, history: History, on: date) -> Course:
    """The course as it stands on a day: after all days before it, with what was told today by reviewers and of
    flare-ups, and after the days without core work."""
    known = courses(record, programme)
    told = told_on(on, history, programme, known.freed, known.told_before(on))
    course = began(known.before(on), told, programme)
    return opened(course, on, programme)
