"""`lumbar export`, `import`, `backup`, `restore` and `erase`."""

import errno
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lumbar.app.ports import Exported
from lumbar.catalog.words import languages, shipped_words
from lumbar.core.message import say
from lumbar.core.record import fact_from_json
from lumbar.export.record_file import RecordFile

Run = Callable[..., Any]
TABLE = "date,exercise,seconds,side\n2026-03-01,plank,42,\n2026-03-02,side plank,20,right\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "past.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def filled(run: Run, table: Path) -> None:
    assert run("import", str(table)).code == 0


def test_a_table_is_looked_at_and_taken_once(run: Run, table: Path) -> None:
    looked = run("import", str(table), "--preview")
    assert "2 entries would come in. Already here: 0." in looked.out
    assert "Holds: 2" in looked.out
    assert json.loads(run("export").out)["count"] == 0
    assert "2 entries came in." in run("import", str(table)).out
    assert "0 entries came in. Already here: 2." in run("import", str(table)).out


def test_what_would_come_in_is_listed_in_words(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lumbar.core.record import TYPES

    for language in languages():
        words = shipped_words(language)
        assert all(words.written(say(f"import.of.{name}")) for name in TYPES)
    file = tmp_path / "new.json"
    fact = {"id": "01234567-89ab-7def-8123-456789abcdef", "person": "p", "type": "of-a-newer-lumbar", "v": 1,
            "at": "2026-03-01T08:00:00+00:00", "zone": "UTC", "on": "2026-03-01", "device": "d", "source": "page",
            "recorded_at": "2026-03-01T08:00:00+00:00", "body": {}}  # fmt: skip
    exported = Exported("p", datetime(2026, 3, 2, tzinfo=UTC), (fact_from_json(fact),))
    file.write_bytes(b"".join(RecordFile("1")(exported)))
    monkeypatch.setenv("LUMBAR_LANGUAGE", "es")
    assert "De un tipo que este lumbar no conoce (of-a-newer-lumbar): 1" in run("import", str(file), "--preview").out


def test_there_and_back(run: Run, filled: None, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    assert run("export", "-o", str(file)).code == 0
    whole = file.read_bytes()
    made = run("backup").out
    assert "The backup is whole" in made
    assert run("backup", "--list").out.count("\n") == 1
    erased = run("erase", "--yes")
    assert "Erased: 2 entries, the backups (1) and the log." in erased.out
    assert "cannot reach" in erased.out
    assert json.loads(run("export").out)["facts"] == []
    assert "2 entries came in." in run("import", str(file)).out
    assert json.loads(run("export").out)["facts"] == json.loads(whole)["facts"]


def test_restore(run: Run, filled: None, tmp_path: Path) -> None:
    name = Path(run("backup").out.split(": ")[1].strip()).name
    more = tmp_path / "more.csv"
    more.write_text("date,exercise,seconds\n2026-02-01,plank,10\n")
    run("import", str(more))
    restored = run("restore", name)
    assert "The record is as the backup has it: 2 entries." in restored.out
    assert "What was there before is kept as" in restored.out
    assert json.loads(run("export").out)["count"] == 2


def test_a_damaged_database_is_set_aside_only_when_it_is_one(run: Run, filled: None, home: Path) -> None:
    name = Path(run("backup").out.split(": ")[1].strip()).name
    run("restore", name, "--damaged")
    assert not list((home / "backups").glob("damaged-*"))
    database = home / "lumbar.db"
    database.write_bytes(b"rubbish" * 1_000)
    damaged = run("today")
    assert damaged.code == 1
    assert "`lumbar restore NAME --damaged`" in damaged.sentence
    assert name in run("backup", "--list").out, "the way back is found without the database"
    restored = run("restore", name, "--damaged")
    assert "now lies at" in restored.out
    assert "2 entries" in restored.out
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_under_a_passphrase(run: Run, filled: None, tmp_path: Path) -> None:
    phrase, file = tmp_path / "phrase", tmp_path / "all.json.age"
    phrase.write_text("a horse and a battery")
    assert run("export", "--encrypt", "-o", str(file)).sentence.startswith("There is nobody here")
    assert not file.exists()
    assert run("export", "--encrypt", "-o", str(file), LUMBAR_PASSPHRASE_FILE=str(phrase)).code == 0
    assert b"set-done" not in file.read_bytes()
    assert run("import", str(file)).sentence.startswith("There is nobody here")
    assert "Already here: 2" in run("import", str(file), LUMBAR_PASSPHRASE_FILE=str(phrase)).out


@pytest.mark.parametrize(
    ("arguments", "code", "begins"),
    [
        (("import", "no-such-file"), 1, "no-such-file cannot be read"),
        (("import", "."), 1, ". cannot be read"),
        (("export", "--format", "pdf"), 2, "There is no export format pdf"),
        (("export", "-o", "no/such/folder/x.json"), 1, "no/such/folder/x.json cannot be written"),
        (("restore", "unheard-of"), 2, "There is no backup unheard-of"),
        (("erase",), 2, "There is nobody here to ask"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, arguments: tuple[str, ...], code: int, begins: str) -> None:
    ran = run(*arguments)
    assert ran.code == code
    assert ran.sentence.startswith(begins)


def test_an_export_that_cannot_be_finished_leaves_what_was_there(run: Run, filled: None, tmp_path: Path) -> None:
    file = tmp_path / "folder"
    file.mkdir()
    assert run("export", "-o", str(file)).code == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".folder")] == []


def test_a_running_server_makes_the_days_backup(run: Run, filled: None, serve: Any, home: Path) -> None:
    import time

    serve()
    until_s = time.monotonic() + 20
    while not list((home / "backups").glob("lumbar-*.db")) and time.monotonic() < until_s:
        time.sleep(0.1)
    assert len(list((home / "backups").glob("lumbar-*Z.db"))) == 1
    assert "The backup is whole" in run("backup").out


def test_who_is_not_in_a_backup_is_named(run: Run, filled: None) -> None:
    name = Path(run("backup").out.split(": ")[1].strip()).name
    run("person", "rename", "Ana")
    run("person", "add", "Ben")
    assert "Not in that backup, and so no longer here: Ben." in run("restore", name).out


def test_the_export_of_one_is_no_backup_of_a_household(run: Run, filled: None, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "ana.json"))
    run("person", "rename", "Ana")
    run("person", "add", "Ben")
    refused = run("restore", str(tmp_path / "ana.json"))
    assert refused.code == 1
    assert "Ana, Ben" in refused.sentence
    assert [line.split(",")[0] for line in run("person", "list").out.splitlines()] == ["Ana", "Ben"]


@pytest.mark.parametrize(("language", "why"), [("en", "no space left"), ("es", "no queda espacio")])
def test_a_full_disk_is_no_fault_of_the_backup(
    run: Run, filled: None, monkeypatch: pytest.MonkeyPatch, language: str, why: str
) -> None:
    name = Path(run("backup").out.split(": ")[1].strip()).name

    def full(**_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)  # what is there now is kept as another backup first
    refused = run("restore", name, LUMBAR_LANGUAGE=language).sentence
    assert why in refused
    assert "backups" in refused
    assert name not in refused, "it can be read"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_home_that_is_nobodys_to_read_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Path, language: str
) -> None:
    def forbidden(*_: object, **__: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("lumbar.store.is_under_passphrase", forbidden)
    refused = run("today", LUMBAR_LANGUAGE=language).sentence
    assert str(home) in refused
    assert "LUMBAR_HOME" in refused
    assert "denied" not in refused


@pytest.mark.parametrize("command", ["review", "import"])
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(run: Run, tmp_path: Path, command: str) -> None:
    assert "Check its name" in run(command, str(tmp_path / "nope.json")).sentence
    assert "no hay nada con ese nombre" in run(command, str(tmp_path / "nope.json"), LUMBAR_LANGUAGE="es").sentence


@pytest.mark.parametrize("command", ["review", "import"])
def test_whether_a_file_may_be_read_is_seen_by_reading_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "a.json").write_text("{}")
    whole = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **more: "a.json" not in str(path) and whole(path, mode, **more)
    )
    assert "does not take this value" not in run(command, str(tmp_path / "a.json")).sentence
