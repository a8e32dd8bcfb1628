"""Why a database does not do what it should, in the reader's language: by its number, and never in its own words."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from lumbar.catalog.words import languages, shipped_words
from lumbar.core.errors import StoreFull, StoreUnavailable
from lumbar.store import migrate, open_engine
from lumbar.store.database import unavailable
from lumbar.store.reasons import reason_of

SQLITE = make_url("sqlite:///lumbar.db")
POSTGRESQL = make_url("postgresql+psycopg://lumbar@localhost/lumbar")


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name
    return error


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("SQLITE_FULL", "full"),
        ("SQLITE_BUSY", "in-use"),
        ("SQLITE_BUSY_SNAPSHOT", "in-use"),
        ("SQLITE_LOCKED", "in-use"),
        ("SQLITE_READONLY", "read-only"),
        ("SQLITE_IOERR", "disk"),
        ("SQLITE_IOERR_FSYNC", "disk"),
        ("SQLITE_NOMEM", "memory"),
        ("SQLITE_PERM", "not-allowed"),
        ("SQLITE_CANTOPEN", "unopened"),
    ],
)
def test_sqlite_is_known_by_its_number(name: str, because: str) -> None:
    assert reason_of(sqlite_error(name), None) == f"@error.because.{because}"


def test_what_sqlite_does_not_know_is_looked_at(tmp_path: Path) -> None:
    """It calls a folder that is not there, and one that is read alone, a file that cannot be opened."""
    assert reason_of(sqlite_error("SQLITE_CANTOPEN"), tmp_path / "gone") == "@error.because.not-there"
    assert reason_of(sqlite_error("SQLITE_CANTOPEN"), tmp_path) == "@error.because.unopened"


@pytest.mark.parametrize(
    ("error", "because"),
    [
        (psycopg.errors.DiskFull, "full"),
        (psycopg.errors.OutOfMemory, "memory"),
        (psycopg.errors.TooManyConnections, "busy"),
        (psycopg.errors.ReadOnlySqlTransaction, "read-only"),
        (psycopg.errors.InsufficientPrivilege, "not-allowed"),
        (psycopg.errors.LockNotAvailable, "in-use"),
        (psycopg.errors.SerializationFailure, "in-use"),
        (psycopg.errors.DeadlockDetected, "in-use"),
        (psycopg.errors.AdminShutdown, "starting"),
        (psycopg.errors.CannotConnectNow, "starting"),
        (psycopg.errors.IoError, "disk"),
        (psycopg.errors.InvalidCatalogName, "no-database"),
        (psycopg.errors.InvalidPassword, "no-answer"),
        (psycopg.errors.ConnectionFailure, "no-answer"),
        (psycopg.OperationalError, "no-answer"),
    ],
)
def test_postgresql_is_known_by_its_sqlstate(error: Any, because: str) -> None:
    assert reason_of(OperationalError("", {}, error("Datenträger voll")), None) == f"@error.because.{because}"


def test_what_has_no_words_is_named_by_its_number_and_not_in_english() -> None:
    assert reason_of(psycopg.errors.DivisionByZero("division by zero"), None) == "22012"
    assert reason_of(sqlite_error("SQLITE_CONSTRAINT"), None) == "SQLITE_CONSTRAINT"


def test_no_room_is_an_error_of_its_own() -> None:
    assert isinstance(unavailable(SQLITE, sqlite_error("SQLITE_FULL")), StoreFull)
    assert isinstance(unavailable(POSTGRESQL, psycopg.errors.DiskFull("x")), StoreFull)


@pytest.mark.parametrize("language", languages())
def test_every_reason_is_in_the_readers_language(language: str, tmp_path: Path) -> None:
    words = shipped_words(language)
    errors = [sqlite_error("SQLITE_BUSY"), psycopg.errors.DiskFull("No space left"), OSError(28, "No space left")]
    for error in errors:
        sentence = words.of_error(unavailable(SQLITE, error))
        assert "@" not in sentence
        assert "as SQLite says it" not in sentence
        assert "No space left" not in sentence


def test_a_server_that_is_not_there_is_told_in_words() -> None:
    with pytest.raises(StoreUnavailable) as raised:
        migrate(open_engine("postgresql://lumbar@127.0.0.1:9/lumbar"))
    sentence = shipped_words("es").of_error(raised.value)
    assert "allí no responde la base de datos" in sentence
    assert "refused" not in sentence


@pytest.mark.postgres
def test_a_server_without_that_database_is_told_in_words(postgres_url: str) -> None:
    elsewhere = make_url(postgres_url).set(database="not_there").render_as_string(hide_password=False)
    with pytest.raises(StoreUnavailable) as raised:
        migrate(open_engine(elsewhere))
    sentence = shipped_words("es").of_error(raised.value)
    assert "does not exist" not in sentence
    assert "base de datos" in sentence
