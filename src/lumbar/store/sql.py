"""The record in SQLite or PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from lumbar.app.ports import Appended, Erased, Housed, Lease, Mark, News, Person
from lumbar.core.errors import NotOverwritten, StoreFull, StoreUnavailable
from lumbar.core.message import say
from lumbar.core.record import Fact
from lumbar.store import erasing, people, tables
from lumbar.store.database import WRITING, translated, unavailable
from lumbar.store.encrypting import remove_unfinished
from lumbar.store.reading import reader_of
from lumbar.store.rows import LEAN, WHOLE, facts_of, row_of


class SqlStore:
    """A Store over a migrated database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """What it keeps the record in."""
        return self._engine

    def ensure_person(self, newcomer: Person) -> Person:
        with self._writing() as db:
            people.lock(db)
            there = people.every(db)
            if not there:
                people.add(db, newcomer)
            return there[0] if there else newcomer

    def people(self) -> list[Person]:
        with self._reading() as db:
            return people.every(db)

    def put_person(self, person: Person) -> None:
        with self._writing() as db:
            people.lock(db)
            people.put(db, person)

    def remove_person(self, person: str) -> Erased:
        return self._erased(person, whole=True)

    def replace_home(self, home: Sequence[Housed]) -> None:
        with self._writing() as db:
            people.lock(db)
            kept = {housed.person.id for housed in home}
            there = people.every(db)
            for one in there:
                erasing.empty(db, one.id)
                if one.id not in kept:
                    people.remove(db, one.id)
            for housed in home:
                people.add_or_change(db, housed.person)
                _add_unknown(db, housed.person.id, housed.facts)

    def append(self, person: str, facts: Sequence[Fact], *, whole: bool = False) -> Appended:
        new: dict[str, Fact] = {}
        for fact in facts:
            new.setdefault(fact.id, fact)
        with self._writing() as db:
            kept_out = not new or (whole and _knows_one(db, person, new))
            added = set() if kept_out else set(_add_unknown(db, person, list(new.values())))
        accepted: list[str] = []
        duplicates: list[str] = []
        for fact in facts:
            (accepted if fact.id in added else duplicates).append(fact.id)
            added.discard(fact.id)
        return Appended(tuple(accepted), tuple(duplicates))

    def append_unless_news(self, person: str, facts: Sequence[Fact], known: Mark) -> bool:
        with self._writing() as db:
            _lock(db, person)
            if _mark(db, person) != known:
                return False
            _add_unknown(db, person, facts)
            return True

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        columns = tables.fact.c
        query = WHOLE.where(columns.person == person).order_by(columns.at, columns.id)
        if since is not None:
            query = query.where(columns.at >= since)
        with self._reading() as db:
            return list(facts_of(db.execute(query).all()))

    def news(self, person: str, after: Mark | None) -> News:
        with self._reading() as db:
            return _news(db, person, after)

    def fact(self, person: str, fact_id: str) -> Fact | None:
        columns = tables.fact.c
        with self._reading() as db:
            rows = db.execute(WHOLE.where(columns.id == fact_id, columns.person == person)).all()
        return next(facts_of(rows), None)

    def holds(self, person: str) -> bool:
        with self._reading() as db:
            return (
                db.execute(select(tables.fact.c.id).where(tables.fact.c.person == person).limit(1)).first() is not None
            )

    def has_told(self, person: str) -> bool:
        with self._reading() as db:
            taken = db.scalar(select(tables.person.c.taken).where(tables.person.c.id == person))
        return bool(taken)

    def replace(self, person: str, facts: Sequence[Fact]) -> None:
        with self._writing() as db:
            erasing.empty(db, person)
            _add_unknown(db, person, facts)

    def erase(self, person: str) -> Erased:
        return self._erased(person, whole=False)

    def _erased(self, person: str, *, whole: bool) -> Erased:
        """The row that says who it was goes last: whoever asks again after a disk was full is still known by name."""
        count = 0
        try:
            remove_unfinished(self._engine)
            count = self._deleted(person, row=False)
            with translated(self._engine.url):
                overwritten = erasing.overwrite(self._engine)
            if whole:
                count += self._deleted(person, row=True)
                with translated(self._engine.url):
                    overwritten = overwritten and erasing.overwrite_row(self._engine)
        except StoreFull as cause:
            raise self._not_overwritten(cause, count) from cause
        return Erased(count, overwritten)

    def _deleted(self, person: str, *, row: bool) -> int:
        with self._writing() as db:
            if db.dialect.name == "sqlite":
                db.exec_driver_sql("PRAGMA secure_delete = ON")
            count = erasing.empty(db, person)
            if row:
                people.remove(db, person)
        return count

    def _not_overwritten(self, cause: StoreFull, facts: int) -> NotOverwritten:
        needed = erasing.room(self._engine)
        told = cause.message if needed is None else say("error.erase-full", megabytes=needed)
        error = NotOverwritten(told.id, **told.params)
        error.facts = facts
        with suppress(StoreUnavailable), self._reading() as db:
            error.short_bytes = erasing.short_bytes(self._engine, db)
        return error

    def take_lease(self, wanted: Lease, *, stale_before: datetime, force: bool) -> Lease:
        columns = tables.lease.c
        with self._writing() as db:
            # The person's row is the lock: there may be no lease yet that could be locked.
            _lock(db, wanted.person)
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
        with translated(self._engine.url), self._connected() as db:
            yield db

    def _connected(self) -> Connection:
        """A connection to read with, also where nothing can be written."""
        try:
            return self._engine.connect()
        except SQLAlchemyError as cause:
            reader = reader_of(self._engine, cause)
            if reader is None:
                raise
            return reader.connect()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**WRITING) as db, db.begin():
                yield db
        except SQLAlchemyError as cause:
            raise unavailable(self._engine.url, cause) from cause


def _lock(db: Connection, person: str) -> None:
    """Nobody else writes to this person's record until this transaction is over."""
    db.execute(select(tables.person.c.id).where(tables.person.c.id == person).with_for_update())


def _mark(db: Connection, person: str) -> Mark:
    """How far the record goes, as somebody has read it who knows all of it."""
    columns = tables.fact.c
    number, count = db.execute(select(func.max(columns.number), func.count()).where(columns.person == person)).one()
    return Mark(number or 0, count)


def _knows_one(db: Connection, person: str, ids: Iterable[str]) -> bool:
    """Whether one of these facts is there, under the person's lock: nobody adds one until this transaction is over."""
    _lock(db, person)
    columns = tables.fact.c
    there = select(columns.id).where(columns.person == person, columns.id.in_(list(ids))).limit(1)
    return db.execute(there).first() is not None


def _add_unknown(db: Connection, person: str, facts: Sequence[Fact]) -> Iterable[str]:
    """Add the facts that are not there yet, and give back their ids.

    Their numbers are given under the person's lock: whoever sees one sees all before it, so that a reader who asks for
    those after the last he saw misses none. A number whose fact was there already is left out.
    """
    dialect: Any = postgresql if db.dialect.name == "postgresql" else sqlite
    mine = tables.person.c.id == person
    taken = db.scalar(select(tables.person.c.taken).where(mine).with_for_update()) or 0
    add = dialect.insert(tables.fact).on_conflict_do_nothing(index_elements=["person", "id"])
    columns = tables.fact.c
    if facts:  # asked for afterwards, for a statement that returns something cannot be run for many rows at once
        db.execute(add, [row_of(fact, number) for number, fact in enumerate(facts, taken + 1)])
    added = db.scalars(select(columns.id).where(columns.person == person, columns.number > taken)).all()
    db.execute(update(tables.person).where(mine).values(taken=taken + len(facts)))
    return added


def _news(db: Connection, person: str, after: Mark | None) -> News:
    columns = tables.fact.c
    known = after or Mark(0, 0)
    unknown = LEAN.where(columns.person == person, columns.number > known.number).order_by(columns.number)
    rows = db.execute(unknown).all()
    mark = Mark(rows[-1].number if rows else known.number, known.count + len(rows))
    before = select(func.count()).where(columns.person == person, columns.number <= mark.number)
    if after is not None and db.scalar(before) != mark.count:
        return _news(db, person, None)
    return News(tuple(facts_of(rows)), mark, after is None)


def _lease(row: RowMapping) -> Lease:
    return Lease(row["person"], row["session"], row["device"], row["at"])


def _lease_row(lease: Lease) -> dict[str, Any]:
    return {"person": lease.person, "session": lease.session, "device": lease.device, "at": lease.at}
