"""Starts a session, and finds one that was interrupted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lumbar.app.moment import agreed
from lumbar.app.ports import Clock, Lease, Person, Store
from lumbar.app.record_facts import Draft, seal
from lumbar.app.rules import Rules
from lumbar.core.errors import Conflict
from lumbar.core.plan import Day, Kind, plan
from lumbar.core.record import Fact, Record, day_of
from lumbar.core.script import compile_script

LEASE_LASTS = timedelta(minutes=10)
"""Every hold ends with a fact; a device that was silent for longer than this does not run its session any more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A device that wants to start. only: exercises to keep, None for all that are due."""

    session: str
    at: datetime
    zone: str
    device: str
    only: Collection[str] | None = None
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """The session's script as plain values, and who runs it."""

    script: Mapping[str, Any]
    lease: Lease


@dataclass(frozen=True, slots=True)
class Current:
    """An unfinished session of this day. done: for each hold that ended, its step, credited seconds and outcome."""

    script: Mapping[str, Any]
    started_at: datetime
    device: str
    done: tuple[Mapping[str, Any], ...]


class StartSession:
    """Compiles today's script, stores what was shown and that it began, and leases the session to the device."""

    def __init__(self, store: Store, clock: Clock, rules: Rules, new_id: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules
        self._new_id = new_id

    def __call__(self, person: Person, wish: Wish) -> Started:
        """Asking again with the same session id gives the same script.

        Raises Conflict when another device runs a session, something must be answered first, nothing is due, or safety
        closed it; NotFound for an exercise that the programme has not.
        """
        now = self._clock.now()
        record = Record(self._store.record(person.id))
        for fact in record.of("session-started"):
            if fact.body["session"] == wish.session:
                return Started(fact.body["script"], self._lease(person, wish, now))
        at = agreed(now, wish.at)
        day = plan(self._rules.programme, record, at)
        if day.kind is Kind.PAUSED:
            raise Conflict("error.session-closed")
        script = compile_script(day, self._rules.programme, session=wish.session, only=wish.only).as_json()
        lease = self._lease(person, wish, now)
        drafts = self._drafts(record, day, script, wish, at)
        self._store.append(person.id, [seal(draft, person, now, "server", i) for i, draft in enumerate(drafts)])
        return Started(script, lease)

    def _lease(self, person: Person, wish: Wish, now: datetime) -> Lease:
        wanted = Lease(person.id, wish.session, wish.device, now)
        held = self._store.take_lease(wanted, stale_before=now - LEASE_LASTS, force=wish.take_over)
        if held.device != wish.device:
            raise Conflict("error.other-device")
        return held

    def _drafts(self, record: Record, day: Day, script: Mapping[str, Any], wish: Wish, at: datetime) -> list[Draft]:
        programme = self._rules.programme.id
        bodies: list[tuple[str, Mapping[str, Any]]] = []
        if not record.of("programme-chosen"):
            bodies.append(("programme-chosen", {"programme": programme}))
        shown = {
            "programme": programme,
            "catalogue": self._rules.catalogue.hash,
            "rules": self._rules.version,
            "items": _doses(day),
        }
        bodies += [("plan-shown", shown), ("session-started", {"session": wish.session, "script": script})]
        return [Draft(self._new_id(), kind, 1, at, wish.zone, wish.device, body) for kind, body in bodies]


class CurrentSession:
    """The session that began today and has not ended, unless it is closed by now."""

    def __init__(self, store: Store, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person) -> Current | None:
        record = Record(self._store.record(person.id))
        started = record.of("session-started")
        if not started:
            return None
        last = started[-1]
        session = last.body["session"]
        now = self._clock.now().astimezone(last.at.tzinfo)
        ended = any(fact.body["session"] == session for fact in record.of("session-ended"))
        if ended or last.happened_on != day_of(now):
            return None
        if plan(self._rules.programme, record, now).kind is Kind.PAUSED:
            return None
        done = tuple(_done(fact) for fact in record.of("set-done") if fact.body["session"] == session)
        return Current(last.body["script"], last.at, last.device, done)


def _doses(day: Day) -> list[dict[str, Any]]:
    return [
        {"exercise": item.exercise, "rung": item.rung, "sets": item.sets, "hold_s": item.hold_s} for item in day.items
    ]


def _done(fact: Fact) -> Mapping[str, Any]:
    return {name: fact.body[name] for name in ("step", "credited_s", "outcome")}
