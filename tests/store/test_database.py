"""Opening a database: settings, migrations, and what is left untouched."""

import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from lumbar.app.ports import Person
from lumbar.core.errors import Misuse, NewerDatabase, StoreUnavailable
from lumbar.store import SqlStore, inspect_database, migrate, open_engine
from lumbar.store.database import MIGRATIONS, known_versions
from lumbar.store.tables import metadata

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    engine = open_engine(url_of(tmp_path / "a.db"))
    migrate(engine)
    with engine.connect() as db:
        settings = {name: db.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")}
        assert settings == {"journal_mode": "wal", "synchronous": 2}
        assert db.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert db.execute(text("PRAGMA busy_timeout")).scalar() == 5_000


def test_a_fact_of_nobody_is_refused(tmp_path: Path) -> None:
    engine = open_engine(url_of(tmp_path / "a.db"))
    migrate(engine)
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as db:
        db.execute(text("INSERT INTO lease VALUES ('nobody', 's', 'd', '2026-03-01')"))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_migrations_make_the_tables_that_the_code_means(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(tmp_path / "a.db") if kind == "sqlite" else request.getfixturevalue("postgres_url")
    engine = open_engine(url)
    assert inspect_database(engine).version is None
    assert migrate(engine).current
    assert inspect_database(engine).current
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_versions_are_named_after_their_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    revisions = [revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()]
    assert known_versions() == revisions[::-1]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_servers_that_start_at_once_migrate_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = url_of(tmp_path / "a.db") if kind == "sqlite" else request.getfixturevalue("postgres_url")
    engines = [open_engine(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert all(found.current for found in pool.map(migrate, engines))
    for engine in engines:
        engine.dispose()


def test_looking_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    engine = open_engine(url_of(path))
    inspect_database(engine)
    assert list(tmp_path.iterdir()) == []
    migrate(engine)
    engine.dispose()
    before = sha256(path)
    inspect_database(engine)
    assert sha256(path) == before


def test_a_newer_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    engine = open_engine(url_of(path))
    migrate(engine)
    SqlStore(engine).ensure_person(Person("p", NOW))
    engine.dispose()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = sha256(path)
    with pytest.raises(NewerDatabase):
        migrate(open_engine(url_of(path)))
    assert sha256(path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.postgres
def test_a_newer_postgresql_database_is_left_untouched(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrate(engine)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        migrate(engine)
    with engine.connect() as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


@pytest.mark.parametrize(
    "content",
    [b"this is a letter to my doctor, and no database at all\n" * 100, b"SQLite format 3\0" + bytes(range(256)) * 40],
    ids=["text", "damaged"],
)
def test_what_is_no_database_is_left_untouched(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable) as caught:
        migrate(open_engine(url_of(path)))
    assert caught.value.message.id == "error.store-corrupt"
    assert path.read_bytes() == content


def test_another_programs_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE photo (id)")
    before = sha256(path)
    with pytest.raises(StoreUnavailable) as caught:
        migrate(open_engine(url_of(path)))
    assert caught.value.message.id == "error.store-foreign"
    assert sha256(path) == before


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        migrate(open_engine(url_of(tmp_path / "file" / "sub" / "a.db")))


def test_a_database_that_goes_away_is_told_and_comes_back(tmp_path: Path) -> None:
    engine = open_engine(url_of(tmp_path / "a.db"))
    migrate(engine)
    engine.dispose()
    (tmp_path / "a.db").rename(tmp_path / "b.db")
    store = SqlStore(engine)
    with pytest.raises(StoreUnavailable):
        store.ensure_person(Person("p", NOW))
    engine.dispose()
    (tmp_path / "a.db").unlink(missing_ok=True)
    (tmp_path / "b.db").rename(tmp_path / "a.db")
    assert store.ensure_person(Person("p", NOW)).id == "p"


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite+aiosqlite:///x", "postgresql://host:port/x", "://"]
)
def test_a_url_that_cannot_be_used_is_misuse(url: str) -> None:
    with pytest.raises(Misuse) as caught:
        open_engine(url)
    assert caught.value.message.id == "error.database-url"


def test_an_unreachable_server_is_told_without_its_password() -> None:
    engine = open_engine("postgresql://somebody:hunter2@127.0.0.1:1/nothing?connect_timeout=2")
    with pytest.raises(StoreUnavailable) as caught:
        migrate(engine)
    assert "hunter2" not in str(caught.value)
