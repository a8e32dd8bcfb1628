"""`lumbar person`, and `--person` on what is about one record."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TABLE = "date,exercise,seconds,side\n2026-03-01,plank,42,\n"

ABOUT_ONE = (
    ("today",), ("why", "plank"), ("outcomes",), ("posture", "--day"), ("calendar",), ("packet",),
    ("handout", "-o", "x.pdf"), ("export",), ("approval",), ("approval", "on"),
)  # fmt: skip


@pytest.fixture
def two(run: Run) -> None:
    assert run("person", "rename", "Anna").code == 0
    assert run("person", "add", "Ben").code == 0


def test_one_person_is_asked_for_nothing(run: Run) -> None:
    assert run("today").code == 0
    assert "One person without a name" in run("person", "list").out
    refused = run("person", "add", "Ben")
    assert refused.code == 1
    assert "has no name yet" in refused.err


def test_names_come_and_change(run: Run, two: None) -> None:
    assert [line.split(",")[0] for line in run("person", "list").out.splitlines()] == ["Anna", "Ben"]
    assert run("person", "add", "anna").code == 1
    assert run("person", "rename", "ben", "Benedict").out == "This is Benedict from now on.\n"
    nobody = run("person", "rename", "Ben", "Bert")
    assert (nobody.code, nobody.err) == (2, "There is nobody called Ben here. There are: Anna, Benedict.\n")
    assert run("person", "add", " \t ").code == 2
    assert run("person", "add", "x" * 41).code == 2


@pytest.mark.parametrize("command", ABOUT_ONE, ids=lambda command: command[0])
def test_of_several_one_must_be_named(
    run: Run, two: None, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run(*command)
    assert refused.code == 2
    assert refused.err == (
        "Several people use this lumbar: Anna, Ben."
        " Say whose record you mean with --person NAME, or set LUMBAR_PERSON.\n"
    )
    assert refused.out == ""
    assert run(*command, "--person", "ben").code == 0
    assert run(*command, LUMBAR_PERSON="Anna").code == 0
    assert run(*command, "--person", "Carl").code == 2


def test_each_has_a_record_of_their_own(run: Run, two: None, tmp_path: Path) -> None:
    table, file = tmp_path / "past.csv", tmp_path / "anna.json"
    table.write_text(TABLE)
    assert run("import", str(table), "--person", "Anna").code == 0
    assert json.loads(run("export", "--person", "Anna").out)["count"] == 1
    assert json.loads(run("export", "--person", "Ben").out)["count"] == 0
    run("export", "--person", "Anna", "-o", str(file))
    refused = run("import", str(file), "--mine", "--person", "Ben")
    assert refused.code == 1
    assert refused.err.startswith("This file is Anna’s, who uses this lumbar too.")
    assert json.loads(run("export", "--person", "Ben").out)["count"] == 0


def test_who_is_removed_takes_all_of_theirs_along(run: Run, two: None, home: Path, tmp_path: Path) -> None:
    table = tmp_path / "past.csv"
    table.write_text(TABLE)
    for name in ("Anna", "Ben"):
        run("import", str(table), "--person", name)
    run("backup")
    refused = run("person", "remove", "Anna")
    assert (refused.code, "Add --yes" in refused.err) == (2, True)
    gone = run("person", "remove", "Anna", "--yes")
    assert "Erased: one entry, the backups (1)" in gone.out
    assert "Those who stay have a new one" in gone.out
    assert "Anna is not here any more." in gone.out
    assert json.loads(run("export").out)["count"] == 1, "Ben is the only one, and needs not be named"
    (backup,) = (home / "backups").iterdir()
    for database in (home / "lumbar.db", backup):
        assert b"Anna" not in database.read_bytes()
        with closing(sqlite3.connect(database)) as db:
            assert db.execute("SELECT name FROM person").fetchall() == [("Ben",)]
    last = run("person", "remove", "Ben", "--yes")
    assert last.code == 1
    assert last.err.startswith("This is the only person here")


def test_an_addition_is_undone_without_a_word(run: Run, two: None, home: Path) -> None:
    run("backup")
    assert run("person", "remove", "Ben").out == "Ben is not here any more.\n"
    assert len(list((home / "backups").iterdir())) == 1


def test_erasing_is_of_everybody_or_of_one(run: Run, two: None, tmp_path: Path) -> None:
    table = tmp_path / "past.csv"
    table.write_text(TABLE)
    for name in ("Anna", "Ben"):
        run("import", str(table), "--person", name)
    assert "Erased: one entry" in run("erase", "--yes", "--person", "Ben").out
    assert json.loads(run("export").out)["count"] == 1
    run("person", "add", "Carl")
    assert "Erased: one entry" in run("erase", "--yes").out
    assert run("person", "list").out.startswith("One person without a name"), "a name is told as well"
    assert json.loads(run("export").out)["count"] == 0


def test_a_forgotten_pin_is_taken_away_at_the_machine(run: Run, two: None, home: Path) -> None:
    from lumbar import wiring
    from lumbar.cli.household import opened_house

    with opened_house(wiring.read_settings({"LUMBAR_HOME": str(home)})) as house:
        house.pins.put(house.people.named("Anna").id, "2468")
    assert run("person", "list").out.splitlines()[1] == "  with a PIN"
    assert run("today", "--person", "Anna").code == 0, "whoever has the account has the file anyway"
    run("backup")
    kept = json.loads(next((home / "pins").glob("*.json")).read_text())
    (backup,) = (home / "backups").iterdir()
    assert kept["digest"].encode() not in backup.read_bytes()
    assert run("person", "pin", "Ben").code == 2, "nobody is here to type one"
    assert run("person", "pin", "--reset", "Anna").out == "There is no PIN any more.\n"
    assert "PIN" not in run("person", "list").out
    assert list((home / "pins").iterdir()) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_name_where_the_one_person_has_none_says_what_to_do(run: Run, language: str) -> None:
    for call in (("today", "--person", "Ada"), ("export", "--person", "Ada"), ("erase", "--yes", "--person", "Ada")):
        done = run(*call, LUMBAR_LANGUAGE=language)
        assert done.code == 2
        assert "Ada" in done.sentence
        assert "lumbar person rename" in done.sentence
    assert run("person", "rename", "Ada").code == 0
    assert run("today", "--person", "ada").code == 0
