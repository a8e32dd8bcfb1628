"""Puts a database under a passphrase, or another one, and takes it back: all of it or nothing.

The other database is written beside the one that is there, compared with it row by row, and moved into its place in one
step. Until then nothing has changed; whoever is killed leaves an unfinished file, which the next one who opens the
database removes. Meanwhile nobody else can use it, and afterwards nobody can still be at work in the old file: whoever
waited for it finds nothing there that could be taken for a database.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine

from lumbar import disk
from lumbar.core.errors import Conflict, StoreUnavailable
from lumbar.store import cipher
from lumbar.store.cipher import Key
from lumbar.store.database import WRITING, migrate, open_engine, translated
from lumbar.store.marker import mark, unmark

_PATIENCE_MS = 2_000
"""For a command that is about to end. A server does not end, and keeps the database open."""

_WINDOWS = os.name == "nt"
"""There an open file cannot be replaced: it is let go first, and whoever opens it then makes the replacing fail."""


def encrypt(engine: Engine, key: Key) -> None:
    """Put the database of an engine under a passphrase.

    The engine must have no open connections. Raises Conflict while anybody uses it, StoreUnavailable when it cannot be
    done; then it is as it was.
    """
    _turn(engine, None, key)


def decrypt(engine: Engine, key: Key) -> None:
    """Take the database of an engine from under its passphrase. Raises like putting it there."""
    _turn(engine, key, None)


def change_key(engine: Engine, old: Key, new: Key) -> None:
    """Put the database of an engine under another passphrase; it lies open at no moment. Raises like putting it under
    the first."""
    _turn(engine, old, new)


def encrypted_copy(path: Path, to: Path, key: Key) -> None:
    """Write a database that nobody uses, under no passphrase, into another file that is under one, and compare them.

    Raises StoreUnavailable.
    """
    try:
        with closing(cipher.opened(path, None, "mode=rw")) as db:
            _write(db, to, key)
            _compare(db, to, key)
    except cipher.driver_errors() as cause:
        raise StoreUnavailable("error.backup-damaged", file=path.name) from cause


def remove_unfinished(engine: Engine) -> None:
    """Remove what a program left that was killed half-way, while nobody is at that any more.

    Raises StoreUnavailable.
    """
    if engine.dialect.name != "sqlite":
        return
    part = _unfinished(Path(engine.url.database or "").resolve())
    if part.exists():
        with translated(engine.url), engine.connect().execution_options(**WRITING) as db, db.begin():
            _clear(part)


def begin_anew(path: Path, key: Key) -> Path:
    """An empty database under a passphrase beside the place of another, to be put there.

    Raises StoreUnavailable.
    """
    part = _unfinished(path)
    fresh = open_engine(f"sqlite:///{part}", key)
    with translated(fresh.url):
        _clear(part)
        try:
            migrate(fresh)
        finally:
            fresh.dispose()
        disk.make_durable(part)
        mark(path)
    return part


def put_in_place(part: Path, path: Path) -> None:
    """Let it be the one from here on. Raises OSError."""
    part.replace(path)
    mark(path)
    disk.make_folder_durable(path.parent)


def _clear(part: Path) -> None:
    for ending in ("-journal", "-wal", "-shm", ""):
        disk.shred(part.with_name(part.name + ending))


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _turn(engine: Engine, old: Key | None, new: Key | None) -> None:
    path = Path(engine.url.database or "").resolve()
    part = _unfinished(path)
    with translated(engine.url), _alone(path, old) as db:
        disk.shred(part)
        try:
            _write(db, part, new)
            _compare(db, part, new)
            _belong_alike(part, path)
            if new is not None:
                mark(path)
            _replace(db, part, path)
            if new is None:
                unmark(path)
        finally:
            disk.shred(part)


@contextmanager
def _alone(path: Path, key: Key | None) -> Iterator[Any]:
    """The one connection to a database; there is no log beside it, and nobody else can read or write until it is
    closed. Raises Conflict when somebody has it open."""
    # Always this driver, with a key or without: it must write either kind, and two drivers in one process would not
    # know of each other's locks.
    with closing(cipher.opened(path, key, "mode=rw")) as db:
        db.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]  # refused while it is open elsewhere
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")  # and still alone, for the mode keeps the lock
        except db.OperationalError as error:
            if "locked" not in str(error):
                raise
            mode = None
        if mode != "delete":
            raise Conflict("error.encrypt-in-use", place=str(path))
        yield db


def _write(db: Any, part: Path, key: Key | None) -> None:
    """Everything into another file that is under a passphrase or not."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    db.execute("ATTACH DATABASE ? AS other KEY ?", (str(part), "" if key is None else key.raw))
    db.execute("PRAGMA other.journal_mode = MEMORY")  # whoever is killed leaves the one file and no other
    db.execute("SELECT sqlcipher_export('other')").fetchall()
    db.execute("DETACH DATABASE other")


def _compare(db: Any, part: Path, key: Key | None) -> None:
    """Read the other file as the next program will, and raise StoreUnavailable for any difference."""
    with closing(cipher.opened(part, key, "mode=ro")) as other:
        cipher.check_whole(other, part.name, key)
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        same = _same_rows(db, other, schema)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        if not (same and all(_same_rows(db, other, _all_of(db, name)) for name in tables)):
            raise StoreUnavailable("error.encrypt-differs")


def _all_of(db: Any, table: str) -> str:
    """All rows of a table, in an order that both files have: that of its key."""
    columns = {_quoted(row[1]): row[5] for row in db.execute(f"PRAGMA table_info({_quoted(table)})")}
    order = sorted(filter(columns.__getitem__, columns), key=columns.__getitem__) or columns
    return f"SELECT {', '.join(columns)} FROM {_quoted(table)} ORDER BY {', '.join(order)}"  # noqa: S608 - its own names


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _same_rows(one: Any, other: Any, query: str) -> bool:
    return all(a == b for a, b in zip_longest(one.execute(query), other.execute(query)))


def _belong_alike(part: Path, path: Path) -> None:
    """The other file is its owner's and may be read by whom the one before could, or nothing is done: who runs this may
    be another account. Raises OSError."""
    here, there = part.stat(), path.stat()
    if (here.st_uid, here.st_gid) != (there.st_uid, there.st_gid):
        os.chown(part, there.st_uid, there.st_gid)
    part.chmod(stat.S_IMODE(there.st_mode))


def _replace(db: Any, part: Path, path: Path) -> None:
    """The one step, and then nothing is left in the old file: not to be found, and not for a program that has
    opened it and waits for it."""
    with ExitStack() as held:
        disk.make_durable(part)
        old: BinaryIO | None = None
        if _WINDOWS:
            db.close()
        else:
            old = held.enter_context(path.open("rb+"))  # closing it gives up our lock, so not before it is empty
        part.replace(path)
        if old is not None:
            disk.make_folder_durable(path.parent)
            disk.overwrite(old)
