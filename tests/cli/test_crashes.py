"""kill -9 at random moments: what was acknowledged is there, nothing is half there, and the database is whole.

A few moments here; as many as LUMBAR_KILLS says elsewhere. The same seed gives the same moments, though not the same
work at them.
"""

import json
import os
import random
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from lumbar.app.ports import Exported
from lumbar.core.errors import StoreUnavailable
from lumbar.core.record import Fact, new_fact
from lumbar.export.record_file import RecordFile
from lumbar.store import SqlStore, is_encrypted, key_for, open_engine
from lumbar.store.cipher import connect
from lumbar.store.copying import read_copy
from lumbar.store.database import migrate

from .forks import Forks

TIMES = int(os.environ.get("LUMBAR_KILLS", "3"))
MANY = 5_000
SEED = 20_260_301
PHRASE = "a horse and a battery"

pytestmark = pytest.mark.timeout(120 + 30 * TIMES)


@pytest.fixture
def moments() -> random.Random:
    return random.Random(SEED)


def facts(many: int, first: int = 1) -> list[Fact]:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        new_fact(
            "effort-reported",
            {"session": f"s{number // 10}", "effort": number % 11},
            fact_id=str(UUID(int=number)),
            person="p",
            at=began + timedelta(minutes=number),
            device="tablet",
            source="page",
        )
        for number in range(first, first + many)
    ]


def ids(home: Path) -> set[str]:
    """The ids in a database that is whole, read as the next program finds it."""
    path = home / "lumbar.db"
    key = key_for(path, PHRASE) if is_encrypted(path) else None
    with closing(connect(path, key)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        numbers = [number for (number,) in db.execute("SELECT number FROM fact")]
        assert len(set(numbers)) == len(numbers)
        assert max(numbers, default=0) <= db.execute("SELECT taken FROM person").fetchone()[0]
        return {fact_id for (fact_id,) in db.execute("SELECT id FROM fact")}


class Killer:
    """Kills commands while they are at work: from their first trace on the disk until shortly after they would end."""

    def __init__(self, forks: Forks, moments: random.Random) -> None:
        self.forks = forks
        self.caught = 0
        self._moments = moments

    def rounds(self) -> Iterator[int]:
        """TIMES rounds, and more where too many commands were over before they were met, as on a busy machine."""
        for number in range(4 * TIMES):
            if number >= TIMES and self.caught * 2 >= TIMES:
                return
            yield number

    def __call__(self, lasts_s: float, *arguments: str, **settings: str) -> bool:
        """Whether the command had ended by itself, well."""
        self.forks.start(*arguments, **settings)
        self.forks.at_work()
        code = self.forks.ended(self._moments.uniform(0.0, lasts_s * 1.05))
        code = self.forks.kill() if code is None else code
        assert code in (0, -9), self.forks.out.read_text()
        self.caught += code == -9
        return code == 0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def mother(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    started = Forks(tmp_path_factory.mktemp("said") / "out.txt")
    yield started
    started.close()


@pytest.fixture
def forks(mother: Forks, home: Path) -> Forks:
    """Commands over a new home."""
    mother.home = home
    mother.run("person", "list")
    return mother


@pytest.fixture
def killer(forks: Forks, moments: random.Random) -> Iterator[Killer]:
    made = Killer(forks, moments)
    yield made
    assert made.caught * 2 >= TIMES, "too few were killed at work for this to prove anything"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An export of many facts."""
    path = tmp_path / "all.json"
    path.write_bytes(b"".join(RecordFile("1")(Exported("p", datetime.now(UTC), tuple(facts(MANY))))))
    return path


@pytest.fixture
def filled(forks: Forks, home: Path, file: Path) -> set[str]:
    """A home with many facts: their ids."""
    forks.run("import", str(file))
    assert len(ids(home)) == MANY
    return ids(home)


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    path = tmp_path / "phrase"
    path.write_text(PHRASE)
    return path


def whole_backups(home: Path, tmp_path: Path) -> dict[str, set[str]]:
    """What counts as a backup, and the ids in it. Nothing else in the folder is taken for one."""
    found = {}
    for path in (home / "backups").glob("lumbar-*.db"):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        key = key_for(copy, PHRASE) if is_encrypted(copy) else None
        found[path.name] = {fact.id for fact in read_copy(copy, key)[0].facts}
    return found


def leaking(folder: Path) -> list[str]:
    """The files in which something that only facts say can be read."""
    return [path.name for path in folder.rglob("*") if path.is_file() and b"effort-reported" in path.read_bytes()]


@pytest.mark.parametrize("kind", ["open", "encrypted"])
def test_a_session_loses_nothing_that_was_acknowledged(
    forks: Forks, home: Path, tmp_path: Path, moments: random.Random, phrase: Path, kind: str
) -> None:
    if kind == "encrypted":
        known = {"LUMBAR_PASSPHRASE_FILE": str(phrase)}
        forks.run("encrypt", **known)
    else:
        known = {}
    acknowledged: set[str] = set()
    sent: set[str] = set()
    for number in range(TIMES):
        forks.start("serve", "--port", "0", **known)
        client = Page(_address(forks))
        assert acknowledged <= ids(home)
        told = count(1 + number * MANY)
        killing = threading.Timer(moments.uniform(0.0, 0.5), os.kill, (forks.child, 9))
        killing.start()
        try:
            while True:
                batch = [facts(1, first=next(told))[0] for _ in range(moments.randint(1, 5))]
                sent |= {fact.id for fact in batch}
                client.post("/api/facts", {"facts": [_told(fact) for fact in batch]})
                acknowledged |= {fact.id for fact in batch}
        except httpx2.HTTPError:
            pass
        killing.join()
        assert forks.ended(30) == -9
        assert acknowledged <= ids(home) <= sent
    assert acknowledged
    # The day's backup was made beside it all.
    assert all(found <= sent for found in whole_backups(home, tmp_path).values())
    assert is_encrypted(home / "lumbar.db") == (kind == "encrypted")


def test_an_import_is_whole_or_not_there(forks: Forks, killer: Killer, home: Path, file: Path) -> None:
    whole = {fact.id for fact in facts(MANY)}
    blank = (home / "lumbar.db").read_bytes()
    lasts_s = forks.run("import", str(file))
    assert ids(home) == whole
    for _ in killer.rounds():
        for ending in ("", "-wal", "-shm"):
            (home / f"lumbar.db{ending}").unlink(missing_ok=True)
        (home / "lumbar.db").write_bytes(blank)
        done = killer(lasts_s, "import", str(file))
        found = ids(home)
        assert found in (set(), whole)
        assert not done or found == whole


def test_what_counts_as_a_backup_is_whole(
    forks: Forks, killer: Killer, home: Path, tmp_path: Path, filled: set[str]
) -> None:
    lasts_s = forks.run("backup")
    for _ in killer.rounds():
        killer(lasts_s, "backup")
        assert ids(home) == filled
    backups = whole_backups(home, tmp_path)
    assert backups
    assert all(found == filled for found in backups.values())


def test_going_back_is_whole_or_not_done(forks: Forks, killer: Killer, home: Path, filled: set[str]) -> None:
    forks.run("backup")
    (backup,) = (home / "backups").glob("lumbar-*-kept.db")
    more = home.with_name("more.csv")
    more.write_text("date,exercise,seconds\n2026-02-01,plank,10\n")
    forks.run("import", str(more))
    grown = ids(home)
    assert len(grown) == MANY + 1
    lasts_s = forks.run("restore", backup.name)
    assert ids(home) == filled
    for _ in killer.rounds():
        forks.run("import", str(more))
        done = killer(lasts_s, "restore", backup.name)
        assert ids(home) in (filled, grown)
        assert not done or ids(home) == filled


def test_encrypting_is_done_or_not_begun_and_so_is_the_way_back(
    forks: Forks, killer: Killer, home: Path, tmp_path: Path, phrase: Path, filled: set[str]
) -> None:
    copy = tmp_path / "copy.db"
    known = {"LUMBAR_PASSPHRASE_FILE": str(phrase)}
    forks.run("backup")  # it is put under the passphrase as well
    ways: dict[str, tuple[Path, float]] = {}
    for command in ("encrypt", "decrypt"):
        before = Path(shutil.copytree(home, home.with_name(f"before-{command}")))
        ways[command] = (before, forks.run(command, **known))
    for number in killer.rounds():
        command = ("encrypt", "decrypt")[number % 2]
        before, lasts_s = ways[command]
        shutil.rmtree(home)
        shutil.copytree(before, home)
        done = killer(lasts_s, command, **known)
        encrypted = is_encrypted(home / "lumbar.db")
        assert not done or encrypted == (command == "encrypt")
        for ending in ("", "-wal", "-journal"):
            if (beside := home / f"lumbar.db{ending}").exists():
                copy.with_name(copy.name + ending).write_bytes(beside.read_bytes())
        key = key_for(copy, PHRASE) if encrypted else None
        assert {fact.id for fact in read_copy(copy, key)[0].facts} == filled
        copy.unlink()
        # Whoever comes next clears away what was left, and puts what lies open still under the passphrase.
        forks.run(*(("backup",) if encrypted else ("person", "list")), **known)
        assert not list(home.glob(".*"))
        assert not encrypted or leaking(home) == []


def test_another_passphrase_is_there_or_the_one_before_and_nothing_lies_open(
    forks: Forks, killer: Killer, home: Path, tmp_path: Path, phrase: Path, filled: set[str]
) -> None:
    other = tmp_path / "other"
    other.write_text("a donkey and a dynamo")
    forks.run("encrypt", LUMBAR_PASSPHRASE_FILE=str(phrase))
    before = Path(shutil.copytree(home, home.with_name("before")))
    change = ("encrypt", "--another", "--file", str(other))
    lasts_s = forks.run(*change, LUMBAR_PASSPHRASE_FILE=str(phrase))
    for _ in killer.rounds():
        shutil.rmtree(home)
        shutil.copytree(before, home)
        done = killer(lasts_s, *change, LUMBAR_PASSPHRASE_FILE=str(phrase))
        assert leaking(home) == []
        copy = tmp_path / "copy.db"
        copy.write_bytes((home / "lumbar.db").read_bytes())
        found: list[str] = []
        for words in (PHRASE, other.read_text()):
            with suppress(StoreUnavailable):
                assert {fact.id for fact in read_copy(copy, key_for(copy, words))[0].facts} == filled
                found.append(words)
        assert len(found) == 1
        assert not done or found == [other.read_text()]


def test_erasing_reaches_what_killed_programs_left_behind(
    forks: Forks, killer: Killer, home: Path, file: Path, filled: set[str]
) -> None:
    commands = {"backup": ("backup",), "import": ("import", str(file)), "erase": ("erase", "--yes")}
    lasts_s = {name: forks.run(*command) for name, command in commands.items()}
    forks.run("import", str(file))
    forks.run("backup")
    commands["restore"] = ("restore", next((home / "backups").glob("lumbar-*-kept.db")).name)
    lasts_s["restore"] = forks.run(*commands["restore"])
    kept = Path(shutil.copytree(home, home.with_name("kept")))
    for number in killer.rounds():
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        for name in ("backup", "restore", *(("erase",) if number % 2 else ())):
            killer(lasts_s[name], *commands[name])
        forks.run("erase", "--yes")
        assert ids(home) == set()
        assert leaking(home) == []


def test_a_migration_is_done_or_not_begun(forks: Forks, killer: Killer, home: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    _as_first_version(old)
    lasts_s = 0.0
    for _ in chain((0,), killer.rounds()):
        shutil.rmtree(home)
        home.mkdir()
        shutil.copy(old, home / "lumbar.db")
        if not lasts_s:
            lasts_s = forks.run("person", "list")
        else:
            killer(lasts_s, "person", "list")
        with closing(sqlite3.connect(home / "lumbar.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            version = db.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            columns = {row[1] for row in db.execute("PRAGMA table_info(fact)")}
            assert ("number" in columns) == (version != "0001")
        engine = open_engine(f"sqlite:///{home / 'lumbar.db'}")
        migrate(engine)
        store = SqlStore(engine)
        assert {fact.id for fact in store.record("p")} == {fact.id for fact in facts(MANY)}
        store.close()


class Page:
    """A page that was loaded from a server."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.Client(base_url=address, timeout=30)
        assert self._client.get("/api/words/en").status_code == 200

    def post(self, path: str, body: Any) -> None:
        """Raises httpx2.HTTPError when there is no answer."""
        answer = self._client.post(path, json=body)
        assert answer.status_code == 200, answer.text


def _address(forks: Forks) -> str:
    until_s = time.monotonic() + 30
    while time.monotonic() < until_s and forks.ended(0.005) is None:
        said = forks.out.read_text() if forks.out.exists() else ""
        if found := re.search(r"http://\S+/", said):
            return found[0]
    raise AssertionError(said)


def _told(fact: Fact) -> dict[str, Any]:
    plain = fact.as_json()
    return {name: plain[name] for name in ("id", "type", "v", "at", "zone", "device", "body")}


def _as_first_version(path: Path) -> None:
    """A database as the first migration left it, with facts in it."""
    from alembic import command
    from alembic.config import Config

    from lumbar.store.database import MIGRATIONS, WRITING

    engine = open_engine(f"sqlite:///{path}")
    with engine.connect().execution_options(**WRITING) as db, db.begin():
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = db
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO person VALUES ('p', '2026-01-01 00:00:00.000000')")
        for fact in facts(MANY):
            at = f"{fact.at:%Y-%m-%d %H:%M:%S.%f}"
            row = (fact.id, "p", fact.type, 1, at, 0, "UTC", str(fact.on), at, "tablet", "page", json.dumps(fact.body))
            db.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file, which is copied
