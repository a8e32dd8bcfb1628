"""Shows any day up to now: as it stands, or as it ended, from what was known by then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person, Store
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import Misuse, NotFound
from lumbar.core.plan import Day, plan
from lumbar.core.plan.clock import begins
from lumbar.core.record import Change, Fact, Record, day_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A dose as a session's beginning showed it. rules: the version of the rules that had made it.

    sets: holds of a side. sides: left, right or both in their order; (None,) for an exercise without sides, and none
    where the session itself is not known any more. test: `first` or `again` where its first hold was measured, or
    `none`.
    """

    at: datetime
    rules: str
    exercise: str
    rung: str
    sets: int
    hold_s: float
    sides: tuple[str | None, ...] = ()
    test: str = "none"
    load_kg: float = 0.0


@dataclass(frozen=True, slots=True)
class DayAsShown:
    """A day, the record that it was made of, and what was shown when a session began. same_rules: whether that was made
    by the rules that are in force now. over: whether it is a day of the past, of which nothing is due any more."""

    day: Day
    record: Record
    shown: tuple[Shown, ...]
    same_rules: bool
    over: bool = True


class ShowDay:
    """The day as it stands now; a past one as it ended.

    A past day is planned anew from the facts that had been recorded by its end: what was told later was not known
    then. What a session showed is kept with its beginning, and is told beside it.
    """

    def __init__(self, store: Store, records: Records, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, *, on: date | None = None, zone: str | None = None) -> DayAsShown:
        """Raises Misuse for a day to come, NotFound for one before the first fact."""
        now = in_zone(self._clock.now(), zone)
        today, record = day_of(now), self._records.of(person)
        if on is None or on == today:
            return self._of(record, now, over=False)
        if on > today:
            raise Misuse("error.day-to-come", on=on.isoformat())
        first = record.folded(_FIRST)
        if first is None or on < first:
            raise NotFound("error.day-before", on=on.isoformat())
        end = begins(on + timedelta(days=1), now.tzinfo).astimezone(now.tzinfo) - timedelta(seconds=1)
        known = self._records.known_by(person, end, lambda then, at: plan(self._rules.programme, then, at))
        return self._of(known if len(known) else record.until(end), end)

    def _of(self, record: Record, at: datetime, *, over: bool = True) -> DayAsShown:
        day = plan(self._rules.programme, record, at)
        shown = tuple(self._shown(record, day.on))
        return DayAsShown(day, record, shown, all(dose.rules == self._rules.version for dose in shown), over)

    def _shown(self, record: Record, on: date) -> Iterator[Shown]:
        """What the sessions of a day began with. The plan that was kept with a beginning names what was not for that
        session too: its script has what was. Where that is gone the plan has to do."""
        plans = {fact.at: fact for fact in _on(record, "plan-shown", on)}
        begun = [(fact, script) for fact in _on(record, "session-started", on) if (script := self._script(fact))]
        played = [(fact.at, _played(script, fact.at, plans[fact.at])) for fact, script in begun if fact.at in plans]
        known = {at for at, _ in played}
        kept = [(at, _kept(fact)) for at, fact in plans.items() if at not in known]
        for _, doses in sorted([*played, *kept], key=itemgetter(0)):
            yield from doses

    def _script(self, begun: Fact) -> Mapping[str, Any]:
        """What is large is not kept with the record."""
        kept: Mapping[str, Any] = begun.body["script"]
        whole = None if kept else self._store.fact(begun.person, begun.id)
        return kept if whole is None else whole.body["script"]


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


_AROUND = timedelta(days=1)
"""Wherever a day is, it began no earlier than this before it did in UTC."""


def _on(record: Record, fact_type: str, on: date) -> list[Fact]:
    early = datetime.combine(on, time.min, UTC) - _AROUND  # of long records the days before are not looked at
    return [fact for fact in record.since(early, fact_type) if fact.happened_on == on]


def _kept(plan_shown: Fact) -> Iterator[Shown]:
    rules = plan_shown.body["rules"]
    for dose in plan_shown.body["items"]:
        yield Shown(plan_shown.at, rules, dose["exercise"], dose["rung"], dose["sets"], dose["hold_s"])


def _played(script: Mapping[str, Any], at: datetime, plan_shown: Fact) -> Iterator[Shown]:
    """The doses of a script, in the order in which it comes to them."""
    holds: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for step in script.get("steps", ()):
        if step["kind"] == "hold":
            holds.setdefault((step["exercise"], step["rung"]), []).append(step)
    for (exercise, rung), steps in holds.items():
        sides = [step["side"] for step in steps]
        plain = [step for step in steps if not step.get("test")] or steps
        most = max(plain, key=lambda step: step["target_s"])
        yield Shown(
            at,
            plan_shown.body["rules"],
            exercise,
            rung,
            sets=max(sides.count(side) for side in sides),
            hold_s=most["target_s"],
            sides=tuple(dict.fromkeys(sides)),
            test=_test(steps),
            load_kg=most.get("load_kg", 0.0),
        )


def _test(steps: list[Mapping[str, Any]]) -> str:
    """Whether a hold is measured, and whether what follows it is a share of what that comes to."""
    if not any(step.get("test") for step in steps):
        return "none"
    return "first" if any(step.get("of_test") for step in steps) else "again"
