"""Shows any day up to now: as it stands, or as it ended, from what was known by then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import Misuse, NotFound
from lumbar.core.plan import Day, plan
from lumbar.core.plan.clock import begins
from lumbar.core.record import Change, Fact, Record, day_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A dose as a session's beginning showed it. rules: the version of the rules that had made it."""

    at: datetime
    rules: str
    exercise: str
    rung: str
    sets: int
    hold_s: float


@dataclass(frozen=True, slots=True)
class DayAsShown:
    """A day, the record that it was made of, and what was shown when a session began. same_rules: whether that was made
    by the rules that are in force now."""

    day: Day
    record: Record
    shown: tuple[Shown, ...]
    same_rules: bool


class ShowDay:
    """The day as it stands now; a past one as it ended.

    A past day is planned anew from the facts that had been recorded by its end: what was told later was not known
    then. The doses that a session showed are kept with its beginning, and are told beside it.
    """

    def __init__(self, records: Records, clock: Clock, rules: Rules) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, *, on: date | None = None, zone: str | None = None) -> DayAsShown:
        """Raises Misuse for a day to come, NotFound for one before the first fact."""
        now = in_zone(self._clock.now(), zone)
        today, record = day_of(now), self._records.of(person)
        if on is None or on == today:
            return self._of(record, now)
        if on > today:
            raise Misuse("error.day-to-come", on=on.isoformat())
        first = record.folded(_FIRST)
        if first is None or on < first:
            raise NotFound("error.day-before", on=on.isoformat())
        end = begins(on + timedelta(days=1), now.tzinfo).astimezone(now.tzinfo) - timedelta(seconds=1)
        known = self._records.known_by(person, end, lambda then, at: plan(self._rules.programme, then, at))
        return self._of(known if len(known) else record.until(end), end)

    def _of(self, record: Record, at: datetime) -> DayAsShown:
        day = plan(self._rules.programme, record, at)
        begun = [fact for fact in record.of("plan-shown") if fact.happened_on == day.on]
        shown = tuple(dose for fact in begun for dose in _doses(fact))
        return DayAsShown(day, record, shown, all(dose.rules == self._rules.version for dose in shown))


class _FirstDay:
    """The day of the first fact; None without one."""

    def start(self, record: Record) -> date | None:
        return min((fact.happened_on for fact in record.facts), default=None)

    def resume(self, state: date | None, change: Change, record: Record) -> date | None:
        if change.gone:
            return self.start(record)
        days = [fact.happened_on for fact in change.came]
        return min(days if state is None else (state, *days), default=None)


_FIRST = _FirstDay()


def _doses(fact: Fact) -> list[Shown]:
    rules = fact.body["rules"]
    return [
        Shown(fact.at, rules, dose["exercise"], dose["rung"], dose["sets"], dose["hold_s"])
        for dose in fact.body["items"]
    ]
