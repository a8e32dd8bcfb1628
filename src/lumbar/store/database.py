"""Opens a database, says what is wrong with it, and brings it to this version.

A database that a newer lumbar has written is found out before anything is changed in it.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic_core import to_json
from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from lumbar import disk
from lumbar.core.errors import Misuse, NewerDatabase, StoreFull, StoreUnavailable
from lumbar.store import cipher
from lumbar.store.cipher import Key
from lumbar.store.reasons import CORRUPT, NO_ROOM, NOT_A_DATABASE, bare, reason_of, sqlite_code

MIGRATIONS = Path(__file__).parent / "migrations"
WRITING: Mapping[str, Any] = {"lumbar_writes": True}
"""Marks a connection that is about to write, so that SQLite takes its one write lock at once and not half-way."""

_KEY = "lumbar_key"
"""Where an engine keeps the key of its database."""

_IN_MEMORY = "lumbar_in_memory"
"""Marks an engine whose database is in no file."""

_WRITE_VERSION, _READ_VERSION, _NO_LOG = 18, 19, 1
"""Where a file's header says whether it has a write-ahead log, and that it has none (sqlite.org/fileformat.html)."""

_BUSY_TIMEOUT_MS = 5_000
_MIGRATION_LOCK = 0x6C756D02
"""Any number that no other program uses as an advisory lock in the same database."""

_NO_FILE = (None, "", ":memory:")
"""Databases that would be another one for each connection, and gone with the last."""

_one_at_a_time = threading.Lock()
"""Alembic keeps the migration that it runs in a global."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a database was found. version and newest: migration ids; None stands for an empty or absent database."""

    place: str
    version: str | None
    newest: str

    @property
    def current(self) -> bool:
        """Whether there is nothing to migrate."""
        return self.version == self.newest


def open_engine(url_text: str, key: Key | None = None) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is read or written yet. Raises Misuse for others.

    key: that of an SQLite database under a passphrase, or of one that is to be made.
    """
    url = _parse(url_text)
    path, under = sqlite_path(url), {}
    if path is not None and key is not None:
        opened = partial(cipher.connect, path, key)
        under = {"module": cipher.driver(), "creator": opened, "execution_options": {_KEY: key}}
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=url.get_backend_name() == "postgresql",
        json_serializer=written,
        **under,
    )
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_in_memory(data: bytes, name: str) -> Engine:
    """An engine for the content of an SQLite file, which is in this process's memory and on no disk. name: of where it
    came from, for what is said of it. It is gone with the engine. Raises StoreUnavailable for what is too short for a
    database."""
    if len(data) < cipher.SMALLEST:
        raise StoreUnavailable("error.backup-damaged", file=name)
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.deserialize(_without_log(data))
    engine = create_engine(
        URL.create("sqlite", database=name),
        hide_parameters=True,
        json_serializer=written,
        poolclass=StaticPool,
        creator=lambda: db,
        execution_options={_IN_MEMORY: True},
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _without_log(data: bytes) -> bytearray:
    """An SQLite file's content as that of one that has no log beside it: in memory there is none."""
    kept = bytearray(data)
    kept[_READ_VERSION] = kept[_WRITE_VERSION] = _NO_LOG
    return kept


def key_of(engine: Engine) -> Key | None:
    """The key of an engine's database; None when it is under no passphrase."""
    key: Key | None = engine.get_execution_options().get(_KEY)
    return key


def sqlite_path(url: URL | str) -> Path | None:
    """The file of an SQLite database; None for one that is not in a file of ours. Raises Misuse."""
    url = _parse(url) if isinstance(url, str) else url
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def written(value: object) -> str:
    """A value as JSON. The standard writer also takes halves of characters, and no fact may be lost for one."""
    try:
        return to_json(value, inf_nan_mode="constants").decode()
    except (ValueError, TypeError):
        return json.dumps(value)


def inspect_database(engine: Engine) -> Condition:
    """Look, and touch nothing.

    Raises NewerDatabase for one that a newer lumbar wrote, StoreUnavailable for one that cannot be read or is not
    ours.
    """
    known = known_versions()
    version = _version(engine)
    if version is not None and version not in known:
        raise NewerDatabase("error.newer-database", place=place_of(engine.url))
    return Condition(place_of(engine.url), version, known[-1])


def migrate(engine: Engine) -> Condition:
    """Bring the database to this version, one process at a time and all or nothing.

    Raises NewerDatabase, and leaves it untouched; StoreUnavailable when it cannot be opened or written.
    """
    found = inspect_database(engine)
    if found.current:
        return found
    if not _is_in_memory(engine):
        _make_folder(engine.url)
    with _one_at_a_time, translated(engine.url), engine.connect().execution_options(**WRITING) as db, db.begin():
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        _upgrade(db)
    return Condition(found.place, found.newest, found.newest)


def known_versions() -> list[str]:
    """The migrations that there are, oldest first: each is in the file that is named after it."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def place_of(url: URL) -> str:
    """Where a database is, without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def unavailable(url: URL, cause: Exception) -> StoreUnavailable:
    """The one sentence for a database that does not do what it should."""
    code = sqlite_code(cause)
    if code == NOT_A_DATABASE and cipher.is_of_cipher(bare(cause)):
        # A key that is wrong and a first page that is damaged look the same, and no one can tell them apart.
        return StoreUnavailable("error.store-passphrase", place=place_of(url))
    if code in (NOT_A_DATABASE, CORRUPT):
        return StoreUnavailable("error.store-corrupt", place=place_of(url))
    path = sqlite_path(url)
    reason = reason_of(cause, None if path is None else path.resolve().parent)
    if reason == NO_ROOM:
        return StoreFull("error.store-full", place=place_of(url))
    return StoreUnavailable("error.store-unavailable", place=place_of(url), reason=reason)


def _parse(url_text: str) -> URL:
    try:
        url = make_url(url_text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise Misuse("error.database-url") from None
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or url.drivername not in ("sqlite", "sqlite+pysqlite") or url.database in _NO_FILE:
        raise Misuse("error.database-url")
    return url


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own idea of when to BEGIN leaves DDL outside of transactions; _begin_sqlite says it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    _use_write_ahead_log(connection)
    for pragma in (
        "synchronous = FULL",  # an acknowledged fact survives a power cut
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _use_write_ahead_log(connection: Any) -> None:
    """Two that open a new file at once collide here, and SQLite's own patience does not cover this one statement."""
    until_s = time.monotonic() + _BUSY_TIMEOUT_MS / 1_000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until_s:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("lumbar_writes") else "BEGIN")


def _upgrade(db: Connection) -> None:
    from alembic import command  # seldom needed, and slow to load
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    command.upgrade(config, "head")


def _version(engine: Engine) -> str | None:
    """The migration that a database stands at. An SQLite file is opened read-only, since opening it with our settings
    would already change it."""
    with translated(engine.url):
        if engine.dialect.name == "sqlite":
            return _sqlite_version(engine)
        with engine.connect() as db:
            if not inspect(db).has_table("alembic_version"):
                if inspect(db).has_table("fact"):
                    raise StoreUnavailable("error.store-foreign", place=place_of(engine.url))
                return None
            return db.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _sqlite_version(engine: Engine) -> str | None:
    path = Path(engine.url.database or "")
    if _is_in_memory(engine):
        with closing(engine.raw_connection()) as connection:
            return _version_in(connection.driver_connection, engine.url)
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(cipher.connect_to_read(path, key_of(engine))) as db:
        return _version_in(db, engine.url)


def _is_in_memory(engine: Engine) -> bool:
    return bool(engine.get_execution_options().get(_IN_MEMORY))


def _version_in(db: Any, url: URL) -> str | None:
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in names:
        if names:
            raise StoreUnavailable("error.store-foreign", place=place_of(url))
        return None
    row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _make_folder(url: URL) -> None:
    if url.get_backend_name() != "sqlite":
        return
    folder = Path(url.database or "").resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise StoreUnavailable("error.folder", folder=str(folder), reason=disk.why(cause)) from cause


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Whatever goes wrong with a database inside is told as StoreUnavailable."""
    try:
        yield
    except (SQLAlchemyError, OSError) as cause:
        raise unavailable(url, cause) from cause
    except cipher.driver_errors() as cause:
        raise unavailable(url, cause) from cause
