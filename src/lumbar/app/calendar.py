"""The calendar of the programme: the next weeks as entries, for any calendar that somebody uses.

It is read with a key in its address, for a calendar has no cookie. Whoever has the address can read it, so its entries
say no more than “Stretches” and “Strength day”. There is no key until somebody asks for one.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Protocol

from lumbar.app.desk import Desk
from lumbar.app.ports import Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import NotFound
from lumbar.core.message import say
from lumbar.core.posture.remind import Occasion, hours_passed, occasions
from lumbar.core.record import DAY_BEGINS_H, Record, day_of

REFRESH_MIN = 60
"""How often a calendar is asked to look again (design); many look when they like."""

_MOST_HOURS = 3
"""Hours of a day at which an entry may move: of the stretches, of core work, and the evening's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. uid: the same for the same entry, for good."""

    uid: str
    title: str
    begins: datetime
    minutes: int
    rings: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar at a moment. decided_at: when its entries were last decided on; sequence: only grows."""

    title: str
    at: datetime
    decided_at: datetime
    sequence: int
    refresh_min: int
    entries: tuple[Entry, ...]


class CalendarKeys(Protocol):
    """Where the keys of the calendars' addresses are kept, by person. All methods raise StoreUnavailable."""

    def read(self, person: str) -> str | None:
        """The key; None without one."""

    def renew(self, person: str) -> str:
        """Another key; the one before opens nothing any more."""

    def forget(self, person: str) -> None:
        """No key at all."""

    def all(self) -> Mapping[str, str]:
        """Every key, by person."""


def renew_all(keys: CalendarKeys) -> bool:
    """Other addresses for everybody who has one, and whether anybody has: a phone that is taken away may know any of
    them. The ones before open nothing any more, though there be no room to keep others."""
    people = list(keys.all())
    for person in people:
        keys.forget(person)
    for person in people:
        keys.renew(person)
    return bool(people)


class ShowCalendar:
    """The calendar, as a file."""

    def __init__(
        self, records: Records, desk: Desk, rules: Rules, keys: CalendarKeys, write: Callable[[Calendar], bytes]
    ) -> None:
        self._records = records
        self._desk = desk
        self._rules = rules
        self._write = write
        self.keys = keys

    def __call__(self, person: Person, *, zone: str | None = None, language: str | None = None) -> bytes:
        """The next weeks, on the wall clock of a zone and in a language; by default this machine's.

        The machine's zone by name, for its clock tells only the offset of today, and the clocks may change meanwhile.
        """
        desk = self._desk.seen_from(zone or self._desk.zone, "calendar")
        record, at, words = self._records.of(person), desk.clock.now(), self._rules.tongues.of(language)
        found = occasions(
            desk.today(person),
            _strength_days(record, self._rules),
            self._rules.programme.schedule.core_gap_days,
            desk.choice(person),
            desk.settings.reminders,
        )
        passed = hours_passed(at, desk.settings.reminders)

        def entry(one: Occasion) -> Entry:
            title = words.written(say(f"calendar.{one.about.value}"))
            return Entry(f"{one.name}@{person.id}.lumbar", title, one.begins, one.minutes, one.rings)

        return self._write(
            Calendar(
                words.written(say("calendar.title")),
                at,
                _decided_at(record, at, passed),
                _sequence(record, at, passed),
                REFRESH_MIN,
                tuple(entry(one) for one in found),
            )
        )

    def opens(self, key: str) -> str:
        """Whose calendar a key opens. Raises NotFound for one that is none, without telling how near it was."""
        found = [who for who, one in self.keys.all().items() if hmac.compare_digest(one.encode(), key.encode())]
        if not found:
            raise NotFound("error.calendar-key")
        return found[0]


def _strength_days(record: Record, rules: Rules) -> int:
    """How many days with core work there have been."""
    holds = record.of("set-done")
    is_core = rules.programme.is_core
    return len({hold.happened_on for hold in holds if hold.body["credited_s"] > 0 and is_core(hold.body["exercise"])})


def _decided_at(record: Record, at: datetime, passed: Sequence[datetime]) -> datetime:
    """The plan is decided anew with every fact and with every day, and an entry moves when its hour has passed."""
    began = datetime.combine(day_of(at), time(DAY_BEGINS_H), at.tzinfo)
    told = (fact.recorded_at for fact in record.uncorrected)
    return min(max(moment.astimezone(UTC) for moment in (began, *passed, *told)), at.astimezone(UTC))


def _sequence(record: Record, at: datetime, passed: Sequence[datetime]) -> int:
    """Grows with every fact, with every day and with every hour that moves an entry, and never shrinks.

    Facts are only ever added. A day outweighs all of its hours, for the next one begins with none.
    """
    told = record.uncorrected
    days = max(0, (day_of(at) - told[0].happened_on).days) if told else 0
    return len(told) + days * (_MOST_HOURS + 1) + len(passed)
