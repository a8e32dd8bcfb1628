"""One moment of one person: everything that the day's rules look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.clock import ONE_DAY, begins, core_allowed_from
from lumbar.core.plan.consent import consent_on
from lumbar.core.plan.course import Course
from lumbar.core.plan.dated import Dated
from lumbar.core.plan.day import Why
from lumbar.core.plan.history import History
from lumbar.core.plan.prescription import Known
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reviewed import holding, open_under
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.told import Check, Hold
from lumbar.core.record import day_of
from lumbar.core.safety import Verdict

_FAR = timedelta(days=4)
"""No date is further from its moment: a day begins at three, and the Earth has 26 hours of zones."""


NO_CORE = "plan.reason.pain"
"""Why core work waits for another day, when it is for the pain before it."""


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against an exercise today, and until when at least, in UTC."""

    why: Why
    until: datetime


class Moment:
    """Programme, history and verdict at a moment, with what follows from them directly.

    at: as it was asked for; utc: the same; on: the local day. course: of core work, as it stands on this day.
    core_before: core work that its gap may still be counted from, without that of the sitting that may still go on.
    core_free_at: when core work may be done, now or the next time; core_again_at: the same when that sitting counts as
    well. hold: the review by which everything rests; None without one. open: what a verdict and a hold leave open.
    rests_h: hours to be without an illness; 0 for somebody who is. short: the short version of this day is done.
    known: what a dose is made from.
    """

    __slots__ = (
        "at",
        "core_again_at",
        "core_before",
        "core_free_at",
        "course",
        "history",
        "hold",
        "known",
        "on",
        "open",
        "programme",
        "rests_h",
        "short",
        "tomorrow",
        "utc",
        "verdict",
    )

    def __init__(self, programme: Programme, history: History, course: Course, verdict: Verdict, at: datetime) -> None:
        self.course = course
        self.programme = programme
        self.history = history
        self.verdict = verdict
        self.at = at
        self.utc = at.astimezone(UTC)
        self.on = day_of(at)
        self.tomorrow = begins(self.on + ONE_DAY, at.tzinfo)
        sitting = history.sitting(self.utc, self.on, timedelta(hours=programme.schedule.sitting_h))
        core = [hold for held in core_exercises(programme, history) for hold in self._recent(held, self._core_gap)]
        self.core_before = tuple(hold for hold in core if hold.session != sitting)
        self.core_free_at = core_allowed_from(self.core_before, at, programme.schedule)
        self.core_again_at = core_allowed_from(core, at, programme.schedule)
        self.short = self._short_done()
        self.hold = holding(history, self.on)
        self.open = open_under(self.hold, verdict.open)
        self.rests_h = rests_h(programme, history, self.utc, self.on)
        before = max(pain_before(history, self.on), default=None)
        self.known = Known(verdict, course, history, self.on, before, consent_on(history, self.on))

    def _short_done(self) -> bool:
        """Whether the short version of today came to its end, with something held."""
        short = {one.session for one in self.history.started.on(self.on) if one.length == "short"}
        held = {hold.session for holds in self.history.holds.values() for hold in holds.on(self.on) if hold.done}
        return bool(short & held & self.history.finished)

    @property
    def _core_gap(self) -> timedelta:
        schedule = self.programme.schedule
        return max(timedelta(hours=schedule.core_gap_h), schedule.core_gap_days * ONE_DAY)

    def _recent(self, held: Dated[Hold], gap: timedelta) -> list[Hold]:
        """The holds with anything held that a gap may still be counted from, now or at the beginning of this day."""
        return [hold for hold in held.since(self.utc - gap - _FAR) if hold.worked]

    def recent(self, exercise: Exercise) -> list[Hold]:
        """The holds of an exercise that its own gap may still be counted from."""
        return self._recent(self.history.of(exercise.id), timedelta(hours=exercise.dose.gap_h))

    @property
    def drilled(self) -> bool:
        """Whether a drill of ours was done today, which never shares a day with core work."""
        return any(self.last_today(exercise.id) is not None for exercise in self.programme.of_step(Step.MOVE))

    def last_core(self) -> Hold | None:
        """The last core work until now."""
        until_now = (held.latest(self.utc) for held in core_exercises(self.programme, self.history))
        found = (next((hold for hold in latest if hold.worked), None) for latest in until_now)
        return max((hold for hold in found if hold is not None), key=lambda hold: hold.order, default=None)

    def last_today(self, exercise_id: str) -> datetime | None:
        """When an exercise was last held today."""
        return max((hold.at for hold in self.history.today(exercise_id, self.on) if hold.worked), default=None)

    def against(self, exercise: Exercise) -> Against | None:
        """What speaks against an exercise that is otherwise due."""
        if self.rests_h:
            why = Why(say("plan.reason.unwell", hours=self.rests_h), "design")
            return Against(why, rests_until(self.programme, self.history, self.utc, self.on))
        if self.hurt(exercise):
            return Against(Why(say("plan.reason.hurt"), "design"), self.tomorrow)
        pain = max(pain_before(self.history, self.on), default=None)
        limit = self.programme.pain
        if exercise.step in (Step.CORE, Step.MOVE) and pain is not None and pain >= limit.no_core_from:
            words = NO_CORE if exercise.step is Step.CORE else "plan.reason.drill-pain"
            return Against(Why(say(words, pain=pain, limit=limit.no_core_from), limit.source), self.tomorrow)
        if exercise.step is Step.MOVE and self.course.flare is not None:
            source = self.programme.listening.flares.source
            return Against(Why(say("plan.reason.drill-flare"), source), self.tomorrow)
        return None

    def side_order(self, exercise: Exercise) -> tuple[Side | None, ...]:
        """The sides in the order of the day: the one whose measured hold was the shorter goes first."""
        ladder = self.course.ladders.get(exercise.id)
        sides = sides_of(exercise)
        if ladder is None or ladder.weaker not in sides:
            return sides
        return (ladder.weaker, *(side for side in sides if side is not ladder.weaker))

    def hurt(self, exercise: Exercise) -> bool:
        """Whether it was told today that an exercise hurts."""
        if any(hold.outcome == "hurt" for hold in self.history.today(exercise.id, self.on)):
            return True
        reports = (pain for pain in self.history.pains.on(self.on) if pain.when == "during")
        return any(pain.exercise in (None, exercise.id) for pain in reports)


def core_exercises(programme: Programme, history: History) -> list[Dated[Hold]]:
    """The holds of every exercise that is core work, or may be."""
    return [held for exercise, held in history.holds.items() if programme.is_core(exercise)]


def pain_before(history: History, on: date) -> list[int]:
    """Pain as it was told on a day before exercise: when asked for it, or in a full screen."""
    asked = [pain.nprs for pain in history.pains.on(on) if pain.when == "before"]
    screened = [screen.now for screen in history.screens.on(on)]
    return [value for value in (*asked, *screened) if value is not None]


def complete_checks(programme: Programme, history: History, on: date) -> Iterable[Check]:
    """The daily checks of a day that count: every tick is known, and every question behind it was answered."""
    return (check for check in history.checks.on(on) if _is_complete(check, programme))


def _is_complete(check: Check, programme: Programme) -> bool:
    opens = {daily.id: frozenset(daily.opens) for daily in programme.form.daily}
    return all(tick in opens and opens[tick] <= check.answered for tick in check.ticks)


def rests_h(programme: Programme, history: History, at: datetime, on: date) -> int:
    """For how many hours without an illness exercise rests at a moment of a day, in UTC; 0: it does not."""
    return _illness(programme, history, at, on)[0]


def rests_until(programme: Programme, history: History, at: datetime, on: date) -> datetime:
    """Until when exercise rests for an illness at the earliest, counted from when it was told of."""
    hours, told_at = _illness(programme, history, at, on)
    return told_at + timedelta(hours=hours)


def illness_h(programme: Programme, history: History, on: date) -> int:
    """For how many hours the illness that was ticked on a day makes exercise rest; 0 where none was."""
    return max((_ill_h(check, programme) for check in complete_checks(programme, history, on)), default=0)


def _illness(programme: Programme, history: History, at: datetime, on: date) -> tuple[int, datetime]:
    """The hours for which exercise rests, 0 for none, and when that was told. Nothing that is said in these hours makes
    them fewer: who told of a fever has not been without one for as long."""
    longest = timedelta(hours=max((daily.rest_h or 0 for daily in programme.form.daily), default=0))
    lately = (check for check in history.checks.since(at - longest) if check.on <= on)
    told = ((_ill_h(check, programme), check.at) for check in lately if _is_complete(check, programme))
    still = ((hours, told_at) for hours, told_at in told if told_at + timedelta(hours=hours) > at)
    none = (0, datetime.min.replace(tzinfo=UTC))
    return max(still, key=lambda one: one[1] + timedelta(hours=one[0]), default=none)


def _ill_h(check: Check, programme: Programme) -> int:
    """For how many hours a check makes exercise rest."""
    return max((daily.rest_h or 0 for daily in programme.form.daily if daily.id in check.ticks), default=0)
