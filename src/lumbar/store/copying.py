"""Copies of a running SQLite database, whole at one moment, and what is in them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from lumbar.app.ports import Housed
from lumbar.core.errors import StoreUnavailable
from lumbar.store.database import migrate, open_engine, unavailable
from lumbar.store.sql import SqlStore


@dataclass(frozen=True, slots=True)
class DatabaseCopier:
    """Copies the database of an engine. suffix: how a copy's name ends."""

    engine: Engine
    suffix: str = "db"

    def __call__(self, to: Path, at: datetime) -> None:  # noqa: ARG002 - the copy is of the moment at which it is made
        """Copy a database that may be in use, as it is at one moment, and look whether the copy is whole and has as
        many facts. Raises StoreUnavailable; then the copy is not to be used."""
        path = Path(self.engine.url.database or "").resolve()
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)) as source:
                source.execute("PRAGMA query_only = ON")
                source.execute("BEGIN")  # one moment for the count and the copy; writers are not held up
                count = int(source.execute("SELECT count(*) FROM fact").fetchone()[0])
                with closing(sqlite3.connect(to)) as copy:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as cause:
            raise unavailable(self.engine.url, cause) from cause
        if check_copy(to) != count:
            raise StoreUnavailable("error.backup-damaged", file=to.name)


def check_copy(path: Path) -> int:
    """How many facts a copy holds. Raises StoreUnavailable for one that is damaged or none of ours."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(1)")]
            if found != ["ok"] or db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreUnavailable("error.backup-damaged", file=path.name)
            return int(db.execute("SELECT count(*) FROM fact").fetchone()[0])
    except sqlite3.Error as cause:
        raise StoreUnavailable("error.backup-damaged", file=path.name) from cause


def read_copy(path: Path) -> list[Housed]:
    """Everybody whom a copy holds, with their facts; the copy is brought to this version on the way.

    Raises StoreUnavailable for a damaged one, NewerDatabase for one of a newer lumbar.
    """
    check_copy(path)
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    store = SqlStore(engine)
    try:
        return [Housed(person, tuple(store.record(person.id))) for person in store.people()]
    finally:
        store.close()
