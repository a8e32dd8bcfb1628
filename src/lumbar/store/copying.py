"""Copies of a running SQLite database, whole at one moment, and what is in them. The copy of a database that is under a
passphrase is under the same one, and is never anything else on its way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from lumbar.app.ports import Housed
from lumbar.core.errors import BadImport, Misuse, StoreUnavailable
from lumbar.store import cipher
from lumbar.store.cipher import Key
from lumbar.store.database import key_of, migrate, open_engine, open_in_memory, unavailable
from lumbar.store.encrypting import encrypted_copy
from lumbar.store.sql import SqlStore


@dataclass(frozen=True, slots=True)
class DatabaseCopier:
    """Copies the database of an engine."""

    engine: Engine

    @property
    def encrypted(self) -> bool:
        """Whether its copies are under a passphrase already."""
        return key_of(self.engine) is not None

    @property
    def suffix(self) -> str:
        """How a copy's name ends."""
        return "encrypted.db" if self.encrypted else "db"

    def __call__(self, to: Path, at: datetime) -> None:  # noqa: ARG002 - the copy is of the moment at which it is made
        """Copy a database that may be in use, as it is at one moment, and look whether the copy is whole and has as
        many facts. Raises StoreUnavailable; then the copy is not to be used."""
        key = key_of(self.engine)
        with self._source() as (source, count), closing(cipher.connect(to, key)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        if check_copy(to, key) != count:
            raise StoreUnavailable("error.backup-damaged", file=to.name)

    def in_memory(self, at: datetime) -> bytes:  # noqa: ARG002 - as above
        """The same as bytes, on no disk. Only of a database that is under no passphrase."""
        with self._source() as (source, count), closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            data = copy.serialize()
            if _facts_in(copy, "", None) != count:
                raise StoreUnavailable("error.backup-damaged", file=Path(self.engine.url.database or "").name)
        return data

    @contextmanager
    def _source(self) -> Iterator[tuple[Any, int]]:
        """The database as it is at one moment, and how many facts there are then; writers are not held up."""
        path = Path(self.engine.url.database or "").resolve()
        try:
            with closing(cipher.connect(path, key_of(self.engine), "mode=rw")) as source:
                source.execute("PRAGMA query_only = ON")
                source.execute("BEGIN")
                yield source, int(source.execute("SELECT count(*) FROM fact").fetchone()[0])
        except cipher.driver_errors() as cause:
            raise unavailable(self.engine.url, cause) from cause


def check_copy(path: Path, key: Key | None = None) -> int:
    """How many facts a copy holds. Raises StoreUnavailable for one that is damaged or none of ours."""
    try:
        with closing(cipher.connect(path, key, "mode=ro&immutable=1")) as db:
            return _facts_in(db, path.name, key)
    except cipher.driver_errors() as cause:
        raise StoreUnavailable("error.backup-damaged", file=path.name) from cause


def _facts_in(db: Any, name: str, key: Key | None) -> int:
    cipher.check_whole(db, name, key)
    return int(db.execute("SELECT count(*) FROM fact").fetchone()[0])


def read_copy(path: Path, key: Key | None = None) -> list[Housed]:
    """Everybody whom a copy holds, with their facts; the copy is brought to this version on the way.

    Raises StoreUnavailable for a damaged one, NewerDatabase for one of a newer lumbar.
    """
    check_copy(path, key)
    return _everybody(open_engine(f"sqlite:///{path}", key))


def read_in_memory(data: bytes, name: str) -> list[Housed]:
    """The same of a copy that is under no passphrase, of which nothing is written to a disk."""
    engine = open_in_memory(data, name)
    try:
        with closing(engine.raw_connection()) as connection:
            _facts_in(connection.driver_connection, name, None)
    except cipher.driver_errors() as cause:
        engine.dispose()
        raise StoreUnavailable("error.backup-damaged", file=name) from cause
    return _everybody(engine)


def _everybody(engine: Engine) -> list[Housed]:
    migrate(engine)
    store = SqlStore(engine)
    try:
        return [Housed(person, tuple(store.record(person.id))) for person in store.people()]
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class CopyReader:
    """Reads copies. phrase: what those that are under a passphrase are opened with."""

    phrase: str | None = None

    def knows(self, data: bytes) -> bool:
        """Whether a file that begins so is the copy of a database."""
        return data.startswith(cipher.PLAIN) or self.is_encrypted(data)

    def is_encrypted(self, data: bytes) -> bool:
        """Whether a file that begins so is one that is under a passphrase."""
        return cipher.is_noise(data)

    def read(self, data: bytes, name: str) -> list[Housed]:
        """Everybody whom one that is under no passphrase holds; it is read in memory. Raises StoreUnavailable."""
        return read_in_memory(data, name)

    def __call__(self, copy: Path) -> list[Housed]:
        """Everybody whom one that is under a passphrase holds. Raises StoreUnavailable, and BadImport when the
        passphrase is missing or another."""
        if self.phrase is None:
            raise BadImport("error.passphrase-missing")
        key = cipher.key_for(copy, self.phrase)
        try:
            with closing(cipher.connect(copy, key, "mode=ro&immutable=1")) as db:
                db.execute("PRAGMA schema_version")
        except cipher.driver_errors():
            raise BadImport("error.passphrase-other") from None
        return read_copy(copy, key)

    def encrypt(self, copy: Path, to: Path) -> None:
        """Write a copy that is under no passphrase once more, under this one. Raises StoreUnavailable."""
        if self.phrase is None:
            raise Misuse("error.passphrase-none")
        encrypted_copy(copy, to, cipher.new_key(self.phrase))
