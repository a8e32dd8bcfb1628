"""The same suite over every store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lumbar.app.ports import Store
from lumbar.store import MemoryStore, SqlStore, migrate, open_engine

KINDS = ("memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    url = f"sqlite:///{tmp_path / 'lumbar.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    engine = open_engine(url)
    migrate(engine)
    kept = SqlStore(engine)
    yield kept
    kept.close()
