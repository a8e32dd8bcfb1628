"""The same suite over every store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from lumbar.app.ports import Store
from lumbar.store import MemoryStore, SqlStore, migrate, open_engine
from lumbar.store.cipher import Key

KEY = Key("a horse and a battery", bytes(range(0x80, 0x90)))
"""One key for all, for each takes a tenth of a second."""

DATABASES = ("sqlite", "encrypted", pytest.param("postgresql", marks=pytest.mark.postgres))
KINDS = ("memory", *DATABASES)


def engine_for(url: str) -> Engine:
    """An engine, under a passphrase where the file's name says so."""
    return open_engine(url, KEY if url.endswith("encrypted.db") else None)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    return _url(request, tmp_path)


def _url(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgres_url")
        return found
    return f"sqlite:///{folder / request.param}.db"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    engine = engine_for(_url(request, tmp_path))
    migrate(engine)
    kept = SqlStore(engine)
    yield kept
    kept.close()
