"""Erasing so that nothing can be read back from the database's own files.

SQLite would keep deleted rows in free pages and in its write-ahead log: they are overwritten, the file is rebuilt and
the log emptied. PostgreSQL keeps dead rows until its tables are rewritten; its own log is its administrator's.
"""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from lumbar.app.ports import Erased
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


def overwrite(engine: Engine, facts: int) -> Erased:
    """Rewrite the files, so that what was deleted is in none of them. A log that somebody else is reading stays until
    he is done, and then the result says so."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            for table in (tables.fact, tables.lease, tables.person):
                db.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table.name}")
        return Erased(facts, overwritten=True)
    # The bare driver, for SQLite allows none of this in a transaction.
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")  # what is rebuilt is nowhere else meanwhile
        emptied = _empty_log(cursor)
        if emptied:
            cursor.execute("VACUUM")
        return Erased(facts, overwritten=emptied and _empty_log(cursor))


def room(engine: Engine) -> int | None:
    """About how many megabytes erasing takes for a while: all that was deleted is written over, and goes through the
    log. None where the disk is not ours."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or path is None:
        return None
    return Path(path).stat().st_size // 1_000_000 + 1


def _empty_log(cursor: Any) -> bool:
    """Write the log into the file and cut it to nothing, as soon as nobody reads it."""
    until_s = time.monotonic() + _PATIENCE_S
    while True:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy or time.monotonic() > until_s:
            return not busy
        time.sleep(0.05)
