"""One moment of one person: everything that the day's rules look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.clock import ONE_DAY, begins, core_allowed_from
from lumbar.core.plan.day import Why
from lumbar.core.plan.history import Check, History, Hold
from lumbar.core.plan.programme import Programme
from lumbar.core.record import day_of
from lumbar.core.safety import Verdict


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against an exercise today, and until when at least, in UTC."""

    why: Why
    until: datetime


class Moment:
    """Programme, history and verdict at a moment, with what follows from them directly.

    at: as it was asked for; utc: the same; on: the local day. core: all core work; core_before: without that of the
    sitting that may still go on. core_free_at: when core work may be done, now or the next time; core_again_at: the
    same when that sitting counts as well. rests_h: hours to be without an illness; 0 for somebody who is.
    """

    __slots__ = (
        "at",
        "core",
        "core_again_at",
        "core_before",
        "core_free_at",
        "history",
        "on",
        "programme",
        "rests_h",
        "tomorrow",
        "utc",
        "verdict",
    )

    def __init__(self, programme: Programme, history: History, verdict: Verdict, at: datetime) -> None:
        self.programme = programme
        self.history = history
        self.verdict = verdict
        self.at = at
        self.utc = at.astimezone(UTC)
        self.on = day_of(at)
        self.tomorrow = begins(self.on + ONE_DAY, at.tzinfo)
        sitting = history.sitting(self.utc, self.on, timedelta(hours=programme.schedule.sitting_h))
        self.core = core_work(programme, history)
        self.core_before = tuple(hold for hold in self.core if hold.session != sitting)
        self.core_free_at = core_allowed_from(self.core_before, at, programme.schedule)
        self.core_again_at = core_allowed_from(self.core, at, programme.schedule)
        self.rests_h = _rests_h(programme, history, self.on)

    def last_today(self, exercise_id: str) -> datetime | None:
        """When an exercise was last held today."""
        return max((hold.at for hold in self.history.today(exercise_id, self.on) if hold.worked), default=None)

    def against(self, exercise: Exercise) -> Against | None:
        """What speaks against an exercise that is otherwise due."""
        if self.rests_h:
            return Against(Why(say("plan.reason.unwell", hours=self.rests_h), "design"), self.tomorrow)
        if self._hurt(exercise):
            return Against(Why(say("plan.reason.hurt"), "design"), self.tomorrow)
        pain = max(pain_before(self.history, self.on), default=None)
        limit = self.programme.pain
        if exercise.step is Step.CORE and pain is not None and pain >= limit.no_core_from:
            return Against(
                Why(say("plan.reason.pain", pain=pain, limit=limit.no_core_from), limit.source), self.tomorrow
            )
        return None

    def _hurt(self, exercise: Exercise) -> bool:
        if any(hold.outcome == "hurt" for hold in self.history.today(exercise.id, self.on)):
            return True
        reports = (pain for pain in self.history.pains if pain.when == "during" and pain.on == self.on)
        return any(pain.exercise in (None, exercise.id) for pain in reports)


def core_work(programme: Programme, history: History) -> tuple[Hold, ...]:
    """All holds of core exercises in which anything was held."""
    return tuple(hold for hold in history.holds if hold.worked and programme.is_core(hold.exercise))


def pain_before(history: History, on: date) -> list[int]:
    """Pain as it was told on a day before exercise: when asked for it, or in a full screen."""
    asked = [pain.nprs for pain in history.pains if pain.on == on and pain.when == "before"]
    screened = [screen.now for screen in history.screens if screen.on == on]
    return [value for value in (*asked, *screened) if value is not None]


def complete_checks(programme: Programme, history: History) -> Iterable[Check]:
    """The daily checks that count: every tick is known, and every question behind it was answered."""
    opens = {daily.id: frozenset(daily.opens) for daily in programme.form.daily}
    for check in history.checks:
        if all(tick in opens and opens[tick] <= check.answered for tick in check.ticks):
            yield check


def _rests_h(programme: Programme, history: History, on: date) -> int:
    """For how many hours without an illness exercise rests, as the day's last complete check says; 0: it does not.

    The tick asks for just these hours, so that a day without it is a day to go on.
    """
    rests = {daily.id: daily.rest_h for daily in programme.form.daily if daily.rest_h is not None}
    today = [check for check in complete_checks(programme, history) if check.on == on]
    return max((rests[tick] for tick in today[-1].ticks if tick in rests), default=0) if today else 0
