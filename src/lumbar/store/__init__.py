"""The record on disk: SQLite or PostgreSQL through one code path, and in memory."""

from lumbar.store.database import inspect_database, migrate, open_engine
from lumbar.store.memory import MemoryStore
from lumbar.store.sql import SqlStore

__all__ = ["MemoryStore", "SqlStore", "inspect_database", "migrate", "open_engine"]
