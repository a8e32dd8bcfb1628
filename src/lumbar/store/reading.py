"""Reads an SQLite database beside which nothing can be written: a full disk, a folder that is not ours to write to."""

from functools import partial
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine

from lumbar.store import cipher
from lumbar.store.database import key_of
from lumbar.store.reasons import UNWRITABLE, sqlite_code


def reader_of(engine: Engine, cause: Exception) -> Engine | None:
    """Another engine that only reads the same file, and makes none beside it; None where that is not the trouble.

    Nobody keeps its connections: as soon as there is room again, the usual way is open again.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or path is None or sqlite_code(cause) not in UNWRITABLE:
        return None
    key = key_of(engine)
    under = {} if key is None else {"module": cipher.driver()}
    opened = partial(cipher.connect_to_read, Path(path), key)
    return create_engine(engine.url, hide_parameters=True, poolclass=NullPool, creator=opened, **under)
