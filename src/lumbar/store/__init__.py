"""The record on disk: SQLite or PostgreSQL through one code path, and in memory."""

from lumbar.store.cipher import is_encrypted, key_for, new_key
from lumbar.store.copying import CopyReader, DatabaseCopier
from lumbar.store.database import inspect_database, key_of, migrate, open_engine, sqlite_path
from lumbar.store.encrypting import decrypt, encrypt, remove_unfinished
from lumbar.store.memory import MemoryStore
from lumbar.store.sql import SqlStore

__all__ = [
    "CopyReader",
    "DatabaseCopier",
    "MemoryStore",
    "SqlStore",
    "decrypt",
    "encrypt",
    "inspect_database",
    "is_encrypted",
    "key_for",
    "key_of",
    "migrate",
    "new_key",
    "open_engine",
    "remove_unfinished",
    "sqlite_path",
]
