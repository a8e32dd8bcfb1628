"""Starts a session, and finds one that was interrupted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from lumbar.app.diary import diary
from lumbar.app.moment import agreed
from lumbar.app.ports import Clock, Lease, Person, Store
from lumbar.app.record_facts import Draft, seal
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import Conflict
from lumbar.core.plan import Day, Item, Kind, Programme, plan, sitting
from lumbar.core.record import Fact, Record
from lumbar.core.script import compile_script, questions_first

LEASE_LASTS = timedelta(minutes=10)
"""Every hold ends with a fact; a device that was silent for longer than this does not run its session any more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A device that wants to start. only: exercises to keep, None for all that are due. length: whole or short."""

    session: str
    at: datetime
    zone: str
    device: str
    only: Collection[str] | None = None
    take_over: bool = False
    length: str = "whole"


@dataclass(frozen=True, slots=True)
class Started:
    """The session's script as plain values, and who runs it."""

    script: Mapping[str, Any]
    lease: Lease


@dataclass(frozen=True, slots=True)
class Current:
    """An unfinished session of this day.

    device: the one that runs it now, or began it. done: for each hold that ended, its step, credited seconds and
    outcome.
    """

    script: Mapping[str, Any]
    started_at: datetime
    device: str
    done: tuple[Mapping[str, Any], ...]


class StartSession:
    """Compiles today's script, stores what was shown and that it began, and leases the session to the device."""

    def __init__(self, store: Store, records: Records, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, wish: Wish) -> Started:
        """Asking again with the same session id gives the same script, as long as it may go on, and begins nothing
        twice, not even when it is asked at the same moment. A new one ends the one that was not over, wherever that
        runs, and is of what is left of it.

        Raises Conflict when another device runs a session, something must be answered first, nothing is due, safety
        closed it, or the session is over; NotFound for an exercise that the programme has not.
        """
        now = self._clock.now()
        record = self._records.of(person)
        at = agreed(now, wish.at)
        day = plan(self._rules.programme, record, at)
        begun = next((fact for fact in record.of("session-started") if fact.body["session"] == wish.session), None)
        if begun is not None:
            script = _going_on(self._store, begun, record, day, self._rules.programme)
            return Started(script, self._lease(person, wish, now))
        _refuse_when_paused(day)
        programme = self._rules.programme
        script = compile_script(day, programme, session=wish.session, only=wish.only, length=wish.length).as_json()
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
        before = sitting(self._rules.programme, record, day.at)
        if before is not None:
            bodies.append(("session-ended", {"session": before, "how": "stopped"}))
        if not record.of("programme-chosen"):
            bodies.append(("programme-chosen", {"programme": programme}))
        shown = {
            "programme": programme,
            "catalogue": self._rules.catalogue.hash,
            "rules": self._rules.version,
            "items": _doses(day),
        }
        started = {"session": wish.session, "script": script, "length": wish.length}
        bodies += [("plan-shown", shown), ("session-started", started)]
        return [
            Draft(_id_of(wish.session, number, kind), kind, 1, at, wish.zone, wish.device, body)
            for number, (kind, body) in enumerate(bodies)
        ]


class CurrentSession:
    """The session that began today and may go on; None without one, and for one that may not."""

    def __init__(self, store: Store, records: Records, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person) -> Current | None:
        record = self._records.of(person)
        started = record.of("session-started")
        if not started:
            return None
        last = started[-1]
        day = plan(self._rules.programme, record, self._clock.now().astimezone(last.at.tzinfo))
        try:
            script = _going_on(self._store, last, record, day, self._rules.programme)
        except Conflict:
            return None
        done = tuple(_done(fact) for fact in diary(record).of(last.body["session"]))
        lease = self._store.lease(person.id)
        runs = lease is not None and lease.session == last.body["session"]
        device = lease.device if lease is not None and runs else last.device
        return Current(script, last.at, device, done)


def _id_of(session: str, number: int, kind: str) -> str:
    """The id of a fact that a session begins with, the `number`th of them: the same however often it is begun.

    A UUIDv7 like all ids: the session's moment, the number that keeps the order, and a digest where others have chance.
    """
    moment = UUID(session).int >> 80
    digest = int.from_bytes(sha256(f"{session} {kind}".encode()).digest()[:8], "big") >> 2
    return str(UUID(int=moment << 80 | 0x7 << 76 | number << 64 | 0b10 << 62 | digest))


def _refuse_when_paused(day: Day) -> None:
    if day.kind is Kind.PAUSED:
        raise Conflict("error.session-closed")


def _going_on(store: Store, begun: Fact, record: Record, day: Day, programme: Programme) -> Mapping[str, Any]:
    """The script of a session that may go on: as it was shown, or not at all. One that holds something closed by now is
    begun anew, and then the plan knows what was held already. Raises Conflict.

    The gap between core work has no say in it, for this is the work that began it.
    """
    _refuse_when_paused(day)
    if sitting(programme, record, day.at) != begun.body["session"]:
        raise Conflict("error.session-over")
    whole = store.fact(begun.person, begun.id)
    script: Mapping[str, Any] = begun.body["script"] or ({} if whole is None else whole.body["script"])
    left = _left(script, diary(record).of(begun.body["session"]))
    questions_first(day, core=any(programme.is_core(step["exercise"]) for step in left))
    if not all(_still_holds(step, day.item(step["exercise"])) for step in left):
        raise Conflict("error.session-changed")
    return script


def _left(script: Mapping[str, Any], holds: Sequence[Fact]) -> list[Mapping[str, Any]]:
    """The holds that are still to do. What was left out stays left out: `done` tells of it."""
    last = max((fact.body["step"] for fact in holds), default=-1)
    left_out = {fact.body["exercise"] for fact in holds if fact.body["outcome"] in ("skipped", "hurt")}
    coming = [step for step in script.get("steps", ()) if step["kind"] == "hold" and step["i"] > last]
    return [step for step in coming if step["exercise"] not in left_out]


def _still_holds(step: Mapping[str, Any], item: Item | None) -> bool:
    """Whether the plan still asks for as much as a hold of a script that goes on. It may ask for more by now, not for
    less: a flare-up or an answer in between makes every dose smaller."""
    if item is None or item.barred or item.rung != step["rung"]:
        return False
    if step.get("load_kg", 0) > item.load_kg:
        return False
    if step.get("test"):
        return bool(item.untested) and step["target_s"] <= item.test_s
    return bool(step["target_s"] <= item.hold_s)


def _doses(day: Day) -> list[dict[str, Any]]:
    return [
        {"exercise": item.exercise, "rung": item.rung, "sets": item.sets, "hold_s": item.hold_s} for item in day.items
    ]


def _done(fact: Fact) -> Mapping[str, Any]:
    return {name: fact.body[name] for name in ("step", "credited_s", "outcome")}
