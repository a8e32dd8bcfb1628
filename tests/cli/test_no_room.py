"""A disk that is full, or that nothing may be written to: what was told is seen and taken along, and the rest says why.

The disk is a small one in memory; without the right to mount one there is a folder that nobody may write to.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lumbar import wiring
from lumbar.core.errors import StoreUnavailable
from lumbar.export.key_file import KeyFolder
from lumbar.store import SqlStore, key_for, open_engine

Run = Callable[..., Any]
Serve = Callable[..., Any]
TABLE = "date,exercise,seconds,side\n2026-03-01,plank,42,\n2026-03-02,side plank,20,right\n"
MEGABYTES = 3
ENOUGH_TO_DELETE = 16 * 4_096
"""Room for a log of the pages that change when two entries go, and not for one of all pages."""


class Disk:
    """A disk of its own, with a home on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"

    def fill(self, leave: int = 0) -> None:
        """Take every byte that is left."""
        filling = self.folder / "something-else"
        with filling.open("wb", buffering=0) as file:
            while True:
                try:
                    if not file.write(b"x" * 4_096):
                        break
                except OSError:
                    break
        if leave:
            os.truncate(filling, filling.stat().st_size - leave)
        assert shutil.disk_usage(self.folder).free == leave

    def make_room(self) -> None:
        (self.folder / "something-else").unlink()

    def forbid(self) -> None:
        """Nothing may be written to it any more."""
        self._remount("ro")

    def allow(self) -> None:
        self._remount("rw")

    def _remount(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True, capture_output=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here; whoever runs the tests needs the right to")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return request.getfixturevalue("small").home if "small" in request.fixturenames else tmp_path / "home"


@pytest.fixture
def filled(small: Disk, run: Run, tmp_path: Path) -> Disk:
    """A home on it with a record of two entries."""
    (tmp_path / "past.csv").write_text(TABLE)
    assert run("import", str(tmp_path / "past.csv")).code == 0
    return small


@pytest.fixture(params=["full", "read-only", "full, with a log"])
def stuck(request: pytest.FixtureRequest, filled: Disk) -> Iterator[str]:
    """Nothing can be written; of what was told last, some may be in the log alone, as after a power cut."""
    if request.param == "full, with a log":
        cut_the_power(filled.home)
    if request.param == "read-only":
        filled.forbid()
    else:
        filled.fill()
    yield request.param
    if request.param == "read-only":
        filled.allow()


def cut_the_power(home: Path) -> None:
    """Leave the log as whoever is killed does: all that was written since is in it and nowhere else."""
    db = sqlite3.connect(home / "lumbar.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TEMP TABLE one AS SELECT * FROM fact LIMIT 1")
    db.execute("UPDATE one SET id = '01234567-89ab-7def-8123-456789abcdef', number = number + 1000")
    db.execute("INSERT INTO fact SELECT * FROM one")
    for ending in ("", "-wal"):
        shutil.copy(home / f"lumbar.db{ending}", home / f"kept{ending}")
    db.close()
    for ending in ("", "-wal"):
        (home / f"kept{ending}").replace(home / f"lumbar.db{ending}")
    assert (home / "lumbar.db-wal").stat().st_size > 0


def test_what_was_told_is_seen_and_taken_along(run: Run, stuck: str, tmp_path: Path) -> None:
    entries = 3 if "log" in stuck else 2
    assert run("today").code == 0
    assert run("why", "plank").code == 0
    assert run("packet").out.startswith("Please look over")
    assert json.loads(run("export").out)["count"] == entries
    assert run("handout", "-o", str(tmp_path / "plan.pdf")).code == 0
    for form in ("json", "csv", "fhir"):
        assert run("export", "-o", str(tmp_path / f"all.{form}"), "--format", form).code == 0
    assert json.loads((tmp_path / "all.json").read_text())["count"] == entries


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_cannot_be_kept_says_why_in_one_sentence(run: Run, stuck: str, tmp_path: Path, language: str) -> None:
    said = {
        "en": ("There is no space left", "nothing may be written there"),
        "es": ("No queda espacio", "ahí no se puede escribir"),
    }[language]
    (tmp_path / "more.csv").write_text(TABLE.replace("42", "43"))
    for call in (
        ("import", str(tmp_path / "more.csv")),
        ("approval", "on"),
        ("backup",),
        ("person", "rename", "Kim"),
        ("packet", "-o", str(tmp_path / "packet.pdf")),
    ):
        sentence = run(*call, LUMBAR_LANGUAGE=language).sentence
        full = any(words in sentence for words in (said[0], "no space left", "no queda espacio"))
        assert full or said[1] in sentence, sentence
        assert full != ("read-only" in stuck), sentence
        assert not (tmp_path / "packet.pdf").exists()
        # What SQLite and the system say themselves is English, whatever anybody reads.
        assert not any(words in sentence for words in ("disk I/O", "readonly", "unable to open", "No space"))


def test_an_export_to_the_same_disk_says_where_else(run: Run, filled: Disk) -> None:
    filled.fill()
    sentence = run("export", "-o", str(filled.folder / "all.json")).sentence
    assert "no space left" in sentence
    assert "-o" in sentence
    assert not list(filled.folder.glob(".all.json*"))


def test_erasing_makes_its_own_room(run: Run, filled: Disk) -> None:
    for _ in range(4):
        assert run("backup").code == 0
    filled.fill()
    gone = run("erase", "--yes")
    assert "Erased: 2 entries, the backups (4) and the log." in gone.out, gone.err
    assert json.loads(run("export").out)["facts"] == []
    assert b"side-plank" not in (filled.home / "lumbar.db").read_bytes()
    assert not list(filled.home.glob("backups/*"))


def test_erasing_says_what_it_needs_and_goes_on(run: Run, filled: Disk) -> None:
    filled.fill()
    sentence = run("erase", "--yes").sentence
    assert "needs about 1\u00a0MB" in sentence
    assert json.loads(run("export").out)["count"] == 2
    filled.make_room()
    assert "Erased: 2 entries" in run("erase", "--yes").out


def test_erasing_one_of_several_makes_room_too(run: Run, filled: Disk) -> None:
    for call in (("person", "rename", "Ada"), ("person", "add", "Kim")):
        assert run(*call).code == 0
    for _ in range(4):
        assert run("backup").code == 0
    filled.fill()
    assert "Erased: 2 entries" in run("erase", "--yes", "--person", "Ada").out


def test_one_who_is_deleted_and_not_overwritten_yet_is_known_by_name_until_then(run: Run, filled: Disk) -> None:
    for call in (("person", "rename", "Ada"), ("person", "add", "Kim")):
        assert run(*call).code == 0
    with closing(sqlite3.connect(filled.home / "lumbar.db")) as db:
        ((ada,),) = db.execute("SELECT id FROM person WHERE name = 'Ada'").fetchall()
    KeyFolder(filled.home / "calendar-keys").renew(ada)
    filled.fill(leave=ENOUGH_TO_DELETE)
    assert "needs about 1\u00a0MB" in run("erase", "--yes", "--person", "Ada").sentence
    assert json.loads(run("export", "--person", "Ada").out)["count"] == 0
    assert not list(filled.home.glob("calendar-keys/*"))
    filled.make_room()
    assert run("erase", "--yes", "--person", "Ada").code == 0
    assert "Ada" not in run("person", "list").out
    assert not any(word in _files(filled.home) for word in (b"side-plank", b"Ada"))


def test_what_was_deleted_before_there_was_room_counts(run: Run, filled: Disk) -> None:
    for call in (("person", "rename", "Ada"), ("person", "add", "Kim")):
        assert run(*call).code == 0
    for _ in range(4):
        assert run("backup").code == 0
    filled.fill(leave=ENOUGH_TO_DELETE)
    assert "Erased: 2 entries, the backups (4)" in run("erase", "--yes", "--person", "Ada").out
    assert not any(word in _files(filled.home) for word in (b"side-plank", b"Ada"))


def test_backups_that_make_too_little_room_stay(run: Run, filled: Disk, tmp_path: Path) -> None:
    for call in (("person", "rename", "Ada"), ("person", "add", "Kim")):
        assert run(*call).code == 0
    days = "".join(f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02},plank,42,\n" for n in range(1_000))
    (tmp_path / "years.csv").write_text("date,exercise,seconds,side\n" + days)
    assert run("backup").code == 0
    assert run("import", "--person", "Kim", str(tmp_path / "years.csv")).code == 0
    kept = list(filled.home.glob("backups/lumbar-*"))
    filled.fill()
    assert "free space" in run("erase", "--yes", "--person", "Ada").sentence
    assert list(filled.home.glob("backups/lumbar-*")) == kept
    assert "Ada" in run("person", "list").out


def _files(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.glob("lumbar.db*")))


def test_the_page_is_served_and_says_what_cannot_be_kept(serve: Serve, filled: Disk) -> None:
    filled.fill()
    served = serve()
    assert served.get("/api/today")["on"]
    assert served.client.get("/api/export").status_code == 200
    answer = served.client.post("/api/approvals", json={"wanted": True})
    assert answer.status_code == 503
    assert answer.json()["message"]["id"] == "error.store-full"
    filled.make_room()
    assert served.client.post("/api/approvals", json={"wanted": True}).status_code == 200
    code, _, err = served.stop()
    assert (code, err) == (0, "")


def test_a_server_whose_disk_fills_goes_on_reading(serve: Serve, filled: Disk) -> None:
    served = serve()
    assert served.get("/api/today")["on"]
    filled.fill()
    assert served.get("/api/today")["on"]
    assert served.client.post("/api/approvals", json={"wanted": True}).json()["message"]["id"] == "error.store-full"
    filled.make_room()
    assert served.client.post("/api/approvals", json={"wanted": True}).status_code == 200


def test_an_encrypted_record_is_read_there_too(run: Run, filled: Disk, phrase: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("LUMBAR_PASSPHRASE_FILE", phrase)
    assert run("encrypt").code == 0
    filled.fill()
    assert json.loads(run("export").out)["count"] == 2
    assert "no space left" in run("backup").sentence
    filled.make_room()


def test_a_new_home_cannot_be_begun(run: Run, small: Disk) -> None:
    small.fill()
    assert "no space left" in run("today").sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_somebody_elses_is_read(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "past.csv").write_text(TABLE)
    assert run("import", str(tmp_path / "past.csv")).code == 0
    home.chmod(0o500)
    try:
        assert json.loads(run("export").out)["count"] == 2
        assert "cannot be used now" in run("import", str(tmp_path / "past.csv")).sentence
    finally:
        home.chmod(0o700)


@contextmanager
def nobody() -> Iterator[None]:
    """This process has no more rights than anybody; root's reach everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def shut(folder: Path) -> Iterator[None]:
    """Nobody can look into a folder."""
    folder.chmod(0)
    try:
        with nobody():
            yield
    finally:
        folder.chmod(0o700)


def test_a_folder_that_cannot_be_looked_into_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    settings = wiring.read_settings({"LUMBAR_HOME": str(folder / "home")})
    store = wiring.build_store(settings)
    store.close()
    with shut(folder), pytest.raises(StoreUnavailable) as refused:
        wiring.build_store(settings)
    assert refused.value.message.id == "error.folder"
    with shut(folder), pytest.raises(StoreUnavailable) as unread:
        store.people()
    assert unread.value.message.id == "error.store-unavailable"
    assert store.people() == []


def test_an_encrypted_records_log_is_not_taken_for_rubbish(run: Run, filled: Disk, tmp_path: Path) -> None:
    """Whoever opens a database alone and with another passphrase would remove what only its log holds."""
    for name, words in (("phrase", "a horse and a battery"), ("other", "another horse altogether")):
        (tmp_path / name).write_text(words)
    under = {"LUMBAR_PASSPHRASE_FILE": str(tmp_path / "phrase")}
    assert run("encrypt", **under).code == 0
    path = filled.home / "lumbar.db"
    store = SqlStore(open_engine(f"sqlite:///{path}", key_for(path, "a horse and a battery")))
    (person,) = store.people()
    last = store.record(person.id)[-1]
    store.append(person.id, [replace(last, id="01234567-89ab-7def-8123-456789abcdef")])
    for ending in ("", "-wal"):
        shutil.copy(filled.home / f"lumbar.db{ending}", tmp_path)
    store.close()
    for ending in ("", "-wal"):
        shutil.copy(tmp_path / f"lumbar.db{ending}", filled.home)
    filled.fill()
    log = (filled.home / "lumbar.db-wal").read_bytes()
    assert run("export", LUMBAR_PASSPHRASE_FILE=str(tmp_path / "other")).code == 1
    assert (filled.home / "lumbar.db-wal").read_bytes() == log
    assert json.loads(run("export", **under).out)["count"] == 3
