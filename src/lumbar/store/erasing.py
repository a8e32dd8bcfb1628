"""Erasing so that nothing can be read back from the database's own files.

SQLite would keep deleted rows in free pages and in its write-ahead log: they are overwritten, the file is rebuilt and
the log emptied. PostgreSQL keeps dead rows until its tables are rewritten; its own log is its administrator's.
"""

import time
from contextlib import closing
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, select, update

from lumbar.store import tables

_PATIENCE_S = 5.0
_LEAP = 1_000_000


def empty(db: Connection, person: str) -> int:
    """Delete a person's facts and lease in the transaction that runs; how many facts there were.

    Numbers go on from far above the last one: a reader that knew the old facts must not take new ones for them, and how
    many there were is nobody's business.
    """
    mine = tables.person.c.id == person
    taken = db.scalar(select(tables.person.c.taken).where(mine).with_for_update()) or 0
    count = db.scalar(select(func.count()).where(tables.fact.c.person == person)) or 0
    db.execute(delete(tables.fact).where(tables.fact.c.person == person))
    db.execute(delete(tables.lease).where(tables.lease.c.person == person))
    db.execute(update(tables.person).where(mine).values(taken=(taken // _LEAP + 1) * _LEAP))
    return count


def overwrite(engine: Engine) -> bool:
    """Rewrite the files, so that what was deleted is in none of them. A log that somebody else is reading stays until
    he is done, and then it is not done."""
    if engine.dialect.name == "postgresql":
        _rewrite(engine, tables.fact, tables.lease, tables.person)
        return True
    # The bare driver, for SQLite allows none of this in a transaction.
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")  # what is rebuilt is nowhere else meanwhile
        emptied = _empty_log(cursor)
        if emptied:
            cursor.execute("VACUUM")
        return emptied and _empty_log(cursor)


def overwrite_row(engine: Engine) -> bool:
    """The same for a person's row alone, which goes when all else is overwritten: where it stood is zeros already, and
    what is in the log is written into the file, which takes no room."""
    if engine.dialect.name == "postgresql":
        _rewrite(engine, tables.person)
        return True
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        return _empty_log(cursor)


def _rewrite(engine: Engine, *rewritten: Table) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        for table in rewritten:
            db.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table.name}")


def room(engine: Engine) -> int | None:
    """About how many megabytes erasing takes for a while: all that was deleted is written over, and goes through the
    log. None where the disk is not ours."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or path is None:
        return None
    return Path(path).stat().st_size // 1_000_000 + 1


def short_bytes(engine: Engine, db: Connection) -> int:
    """How much room at the very least is missing; 0 where that is not known. Either what is deleted goes through the
    log or what is left, whichever is more, so no less than half of what the file holds."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or path is None:
        return 0
    pages, empty_ones, page = (
        int(db.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("page_count", "freelist_count", "page_size")
    )
    return max(0, (pages - empty_ones) * page // 2 - disk_usage(Path(path).parent).free)


def _empty_log(cursor: Any) -> bool:
    """Write the log into the file and cut it to nothing, as soon as nobody reads it."""
    until_s = time.monotonic() + _PATIENCE_S
    while True:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy or time.monotonic() > until_s:
            return not busy
        time.sleep(0.05)
