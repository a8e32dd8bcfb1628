"""The record on disk: SQLite or PostgreSQL through one code path, and in memory."""

from lumbar.store.copying import DatabaseCopier, read_copy
from lumbar.store.database import inspect_database, migrate, open_engine
from lumbar.store.memory import MemoryStore
from lumbar.store.sql import SqlStore

__all__ = [
    "DatabaseCopier",
    "MemoryStore",
    "SqlStore",
    "inspect_database",
    "migrate",
    "open_engine",
    "read_copy",
]
