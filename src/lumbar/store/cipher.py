"""Databases under a passphrase: SQLCipher 4, in its own usual form, so that any program that knows it opens them too.

Such a file is noise from its first byte to its last. It begins with its salt, and the passphrase and the salt give the
key; that takes a tenth of a second, on purpose, so it is done once for a file and not for each connection.
"""

import hashlib
import os
import secrets
import sqlite3
import sys
import unicodedata
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lumbar.core.errors import StoreUnavailable
from lumbar.store.reasons import NOT_A_DATABASE, UNWRITABLE, sqlite_code

ROUNDS = 256_000
"""How often SQLCipher 4 turns the passphrase over. Another number would be another format."""

PLAIN = b"SQLite format 3\x00"
"""How a database under no passphrase begins, damaged further on or not."""

_SALT_BYTES = 16
_KEY_BYTES = 32
_PAGE_BYTES = 4_096
_NOISE = 240
"""How many of the 256 values of a byte a page of noise holds at least; of four thousand random bytes all but always all
do (design). Text has a hundred, and a page of a plain database mostly zeros."""

SMALLEST = 512
"""The smallest page that SQLite has. It may take what is shorter for a database in which nothing is yet."""

_PATIENCE_MS = 5_000

_ALONE = "mode=ro&immutable=1"
"""How to read a file without leaving a trace beside it; what is in a log is not seen."""

_DRIVER = "sqlcipher3.dbapi2"


@dataclass(frozen=True)
class Key:
    """What opens one file: a passphrase, and the salt that the file begins with or will begin with.

    What is made of the two is kept with it and nowhere else: it goes with the last who holds the key.
    """

    phrase: str = field(repr=False)
    salt: bytes = field(repr=False)

    @cached_property
    def raw(self) -> str:
        """The key and the salt as SQLCipher takes them."""
        return f"x'{_derived(self.phrase, self.salt).hex()}{self.salt.hex()}'"


def new_key(phrase: str) -> Key:
    """The key of a file that is to be made. It begins with a bit that no format has which begins with letters, nor
    gzip."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return Key(phrase, bytes((salt[0] | 0x80,)) + salt[1:])


def key_for(path: Path, phrase: str) -> Key:
    """The key of a file that is there, or of one that is to be made in its place.

    Ask before the file is opened as a database: on most systems closing any handle of a file gives up the locks that
    this process holds on it, those of its databases among them.
    """
    try:
        with path.open("rb") as file:
            salt = file.read(_SALT_BYTES)
    except FileNotFoundError:
        salt = b""
    return Key(phrase, salt) if len(salt) == _SALT_BYTES else new_key(phrase)


def is_encrypted(path: Path) -> bool:
    """Whether a file is a database under a passphrase, by all that can be told without it. Ask before it is opened."""
    try:
        if path.stat().st_size < _PAGE_BYTES or _is_plain(path):
            return False
        with path.open("rb") as file:
            return is_noise(file.read(_PAGE_BYTES))
    except OSError:
        return False  # not there, or whoever opens it will say what is wrong


def is_plain(path: Path) -> bool:
    """Whether there is a database under no passphrase, damaged further on or not. Ask before it is opened."""
    try:
        return path.stat().st_size >= SMALLEST and _is_plain(path)
    except OSError:
        return False


def _is_plain(path: Path) -> bool:
    """Whether a file is a database under no passphrase, as far as SQLite sees at its beginning. It is asked first, for
    it looks in a way that costs no locks."""
    error: sqlite3.DatabaseError | None = None
    for how in ("mode=ro", _ALONE) if has_log(path) else (_ALONE,):
        try:
            _tried(path, None, how).close()
        except sqlite3.DatabaseError as cause:
            error = cause
            if sqlite_code(cause) not in UNWRITABLE:
                break
        else:
            return True
    return error is not None and sqlite_code(error) != NOT_A_DATABASE


def is_noise(begins: bytes) -> bool:
    """Whether a file that begins so may be a database under a passphrase: nothing else of ours looks like noise."""
    page = begins[:_PAGE_BYTES]
    return len(page) == _PAGE_BYTES and len(set(page)) >= _NOISE and not page.startswith(PLAIN)


def connect_to_read(path: Path, key: Key | None) -> Any:
    """A connection that changes nothing and makes no file, also where nothing can be written: on a full disk, in a
    folder that is not ours to write to. Raises what the driver says.

    Without a log beside it the file is all there is. With one, SQLite makes a small file that is shared among all who
    have the database open; where it cannot, whoever is alone with the database does without.
    """
    if not has_log(path):
        return _tried(path, key, _ALONE)
    try:
        return _tried(path, key, "mode=ro")
    except driver_errors() as cause:
        if sqlite_code(cause) not in UNWRITABLE or not os.access(path, os.W_OK):
            raise
        # Whoever opens it with another key takes its log for rubbish and removes it, so the key is tried first.
        with closing(_tried(path, key, _ALONE)) as db:
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                raise
        try:
            return _tried(path, key, "mode=rw", "locking_mode = EXCLUSIVE")
        except driver_errors():
            raise cause from None


def _tried(path: Path, key: Key | None, how: str, *pragmas: str) -> Any:
    """One that has read something."""
    db = connect(path, key, how)
    try:
        for pragma in (*pragmas, f"busy_timeout = {_PATIENCE_MS}", "temp_store = MEMORY", "query_only = ON"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def has_log(path: Path) -> bool:
    """Whether what was written last may be in the log beside a database, and not in its file yet. One that could not
    be begun, on a full disk, is empty. In a folder that cannot be looked into there is none to be read either."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def connect(path: Path, key: Key | None, how: str = "mode=rwc") -> Any:
    """A connection of the driver that the file needs; it begins no transactions of its own accord. The key is tried
    only when something is read."""
    if key is None:
        return sqlite3.connect(_address(path, how), uri=True, isolation_level=None, check_same_thread=False)
    return opened(path, key, how)


def opened(path: Path, key: Key | None, how: str) -> Any:
    """A connection of SQLCipher's driver, which opens a file under no passphrase as well."""
    db = driver().connect(_address(path, how), uri=True, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal, and we say it ourselves
    db.execute("PRAGMA cipher_default_compatibility = 4")  # whatever a later version takes for usual
    if key is not None:
        db.execute(f'PRAGMA key = "{key.raw}"')
    return db


def _address(path: Path, how: str) -> str:
    return f"{path.resolve().as_uri()}?{how}"


def check_whole(db: Any, name: str, key: Key | None) -> None:
    """Raises StoreUnavailable for a database of which not every page is as it was written."""
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(1)")]
    whole = found == ["ok"] and db.execute("PRAGMA foreign_key_check").fetchone() is None
    if not whole or (key is not None and db.execute("PRAGMA cipher_integrity_check").fetchone() is not None):
        raise StoreUnavailable("error.backup-damaged", file=name)


def driver() -> Any:
    """SQLCipher's driver, loaded once somebody needs it: most homes never do."""
    import sqlcipher3.dbapi2

    return sqlcipher3.dbapi2


def driver_errors() -> tuple[type[Exception], ...]:
    """What the drivers that are loaded raise."""
    loaded = sys.modules.get(_DRIVER)
    return (sqlite3.Error,) if loaded is None else (sqlite3.Error, loaded.Error)


def is_of_cipher(error: object) -> bool:
    """Whether an error comes from a database under a passphrase."""
    return type(error).__module__ == _DRIVER


def _derived(phrase: str, salt: bytes) -> bytes:
    spelt = unicodedata.normalize("NFC", phrase)  # one keyboard sends é as one sign, another as two
    return hashlib.pbkdf2_hmac("sha512", spelt.encode("utf-8", "surrogatepass"), salt, ROUNDS, _KEY_BYTES)
