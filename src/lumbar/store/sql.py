"""The record in SQLite or PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from lumbar.app.ports import Appended, Lease, Person
from lumbar.core.record import Fact
from lumbar.store import tables
from lumbar.store.database import WRITING, unavailable

_FIRST_PERSON_LOCK = 0x6C756D01
"""Any number that no other program uses as an advisory lock in the same database."""


class SqlStore:
    """A Store over a migrated database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ensure_person(self, newcomer: Person) -> Person:
        with self._writing() as db:
            if db.dialect.name == "postgresql":
                db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FIRST_PERSON_LOCK})
            row = db.execute(select(tables.person).order_by(tables.person.c.since).limit(1)).mappings().first()
            if row is not None:
                return Person(row["id"], row["since"])
            db.execute(insert(tables.person), {"id": newcomer.id, "since": newcomer.since})
            return newcomer

    def append(self, person: str, facts: Sequence[Fact]) -> Appended:  # noqa: ARG002
        new: dict[str, Fact] = {}
        for fact in facts:
            new.setdefault(fact.id, fact)
        with self._writing() as db:
            added = set(db.scalars(_add_unknown(db), [_row(fact) for fact in new.values()])) if new else set()
        accepted: list[str] = []
        duplicates: list[str] = []
        for fact in facts:
            (accepted if fact.id in added else duplicates).append(fact.id)
            added.discard(fact.id)
        return Appended(tuple(accepted), tuple(duplicates))

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        columns = tables.fact.c
        query = select(tables.fact).where(columns.person == person).order_by(columns.at, columns.id)
        if since is not None:
            query = query.where(columns.at >= since)
        with self._reading() as db:
            return [_fact(row) for row in db.execute(query).mappings()]

    def take_lease(self, wanted: Lease, *, stale_before: datetime, force: bool) -> Lease:
        columns = tables.lease.c
        with self._writing() as db:
            # The person's row is the lock: there may be no lease yet that could be locked.
            db.execute(select(tables.person.c.id).where(tables.person.c.id == wanted.person).with_for_update())
            row = db.execute(select(tables.lease).where(columns.person == wanted.person)).mappings().first()
            if row is None:
                db.execute(insert(tables.lease), _lease_row(wanted))
                return wanted
            held = _lease(row)
            if held.device != wanted.device and held.at >= stale_before and not force:
                return held
            db.execute(update(tables.lease).where(columns.person == wanted.person), _lease_row(wanted))
            return wanted

    def lease(self, person: str) -> Lease | None:
        with self._reading() as db:
            row = db.execute(select(tables.lease).where(tables.lease.c.person == person)).mappings().first()
        return None if row is None else _lease(row)

    def renew_lease(self, lease: Lease) -> None:
        columns = tables.lease.c
        held = (columns.person == lease.person) & (columns.session == lease.session) & (columns.device == lease.device)
        with self._writing() as db:
            db.execute(update(tables.lease).where(held).values(at=lease.at))

    def release_lease(self, person: str, session: str) -> None:
        columns = tables.lease.c
        with self._writing() as db:
            db.execute(delete(tables.lease).where((columns.person == person) & (columns.session == session)))

    def ping(self) -> None:
        with self._reading() as db:
            db.execute(select(1))

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as db:
                yield db
        except SQLAlchemyError as cause:
            raise unavailable(self._engine.url, cause) from cause

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**WRITING) as db, db.begin():
                yield db
        except SQLAlchemyError as cause:
            raise unavailable(self._engine.url, cause) from cause


def _add_unknown(db: Connection) -> Any:
    dialect: Any = postgresql if db.dialect.name == "postgresql" else sqlite
    return dialect.insert(tables.fact).on_conflict_do_nothing(index_elements=["id"]).returning(tables.fact.c.id)


def _row(fact: Fact) -> dict[str, Any]:
    offset = fact.at.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its offset")
    return {
        "id": fact.id,
        "person": fact.person,
        "type": fact.type,
        "v": fact.v,
        "at": fact.at,
        "at_offset_s": int(offset.total_seconds()),
        "zone": fact.zone,
        "on": fact.on,
        "recorded_at": fact.recorded_at,
        "device": fact.device,
        "source": fact.source,
        "body": dict(fact.body),
    }


def _fact(row: RowMapping) -> Fact:
    body: Mapping[str, Any] = row["body"]
    return Fact(
        id=row["id"],
        person=row["person"],
        type=row["type"],
        v=row["v"],
        at=row["at"].astimezone(timezone(timedelta(seconds=row["at_offset_s"]))),
        zone=row["zone"],
        on=row["on"],
        recorded_at=row["recorded_at"],
        device=row["device"],
        source=row["source"],
        body=body,
    )


def _lease(row: RowMapping) -> Lease:
    return Lease(row["person"], row["session"], row["device"], row["at"])


def _lease_row(lease: Lease) -> dict[str, Any]:
    return {"person": lease.person, "session": lease.session, "device": lease.device, "at": lease.at}
