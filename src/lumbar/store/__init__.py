"""The record on disk: SQLite or PostgreSQL through one code path, and in memory."""

from lumbar.store.cipher import is_encrypted, key_for, new_key
from lumbar.store.copying import CopyReader, DatabaseCopier
from lumbar.store.database import inspect_database, key_of, migrate, open_engine, sqlite_path
from lumbar.store.encrypting import begin_anew, change_key, decrypt, encrypt, put_in_place, remove_unfinished
from lumbar.store.marker import is_gone, is_under_passphrase, keep_marker
from lumbar.store.memory import MemoryStore
from lumbar.store.sql import SqlStore

__all__ = [
    "CopyReader",
    "DatabaseCopier",
    "MemoryStore",
    "SqlStore",
    "begin_anew",
    "change_key",
    "decrypt",
    "encrypt",
    "inspect_database",
    "is_encrypted",
    "is_gone",
    "is_under_passphrase",
    "keep_marker",
    "key_for",
    "key_of",
    "migrate",
    "new_key",
    "open_engine",
    "put_in_place",
    "remove_unfinished",
    "sqlite_path",
]
