"""`lumbar today`, `lumbar doctor`, and the command itself."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lumbar
from lumbar.catalog.words import load_words
from lumbar.cli.checkup import EXTRAS, NEEDED
from lumbar.wiring import SETTINGS

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def test_its_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"lumbar {lumbar.__version__}\n", "")


def test_without_a_command_it_explains_itself(run: Run) -> None:
    ran = run()
    assert ran.code == 0
    assert {"serve", "today", "doctor"} <= set(re.findall(r"^  (\w+)", ran.out, re.MULTILINE))


def test_today_before_the_first_questions(run: Run, home: Path) -> None:
    ran = run("today")
    assert ran.code == 0
    assert ran.err == ""
    assert "Plank" in ran.out
    assert "lumbar serve" in ran.out
    assert "{" not in ran.out
    assert "@" not in ran.out
    assert (home / "lumbar.db").is_file()


def test_why_tells_each_reason_down_to_its_numbers(run: Run) -> None:
    ran = run("why", "plank")
    assert (ran.code, ran.err) == (0, "")
    assert "The first hold is measured" in ran.out
    assert "  Its numbers:\n    Where the first hold is measured: 2 sessions\n" in ran.out
    assert "Measured again in: week 4, week 8, week 12" in ran.out
    assert "_" not in ran.out
    assert ran.out.count("No clinician has signed this rule off yet.") == ran.out.count("The rule: ") == 3
    assert "@" not in ran.out
    told = json.loads(run("why", "plank", "--format", "json").out)
    walk = run("why", "walk")
    assert (walk.code, "The questions come first." in walk.out) == (0, True)
    assert [one["rule"]["id"] for one in told["because"]] == ["questions", "test", "core-often"]
    assert told["because"][2]["source"]["status"] == "brief"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("why", "headstand"), "There is no exercise headstand."),
        (("why", "plank", "--on", "2999-01-01"), "is still to come"),
        (("today", "--on", "2999-01-01"), "is still to come"),
        (("today", "--on", "2001-01-01"), "Nothing was told to lumbar by"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_one_sentence(run: Run, asked: tuple[str, ...], sentence: str) -> None:
    ran = run(*asked)
    assert ran.code in (1, 2)
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_doctor_looks_and_touches_nothing(run: Run, home: Path) -> None:
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, ""), "build the page first: make check"
    assert {line.split()[0] for line in ran.out.splitlines()} <= {"fine", "extra"}
    assert len(ran.out.splitlines()) == len(NEEDED) + len(EXTRAS)
    assert str(home) in ran.out
    assert not home.exists()


def test_doctor_misses_a_page_that_was_not_built(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbar.cli.checkup.STATIC", tmp_path)
    ran = run("doctor")
    assert ran.code == 1
    assert [line.split()[0] for line in ran.out.splitlines()].count("look") == 2


def test_doctor_finds_what_is_wrong(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "lumbar.db").write_text("no database")
    ran = run("doctor", LUMBAR_PROGRAMME="marathon")
    assert ran.code == 1
    assert sum(line.startswith("look") for line in ran.out.splitlines()) >= 2


def test_every_setting_is_documented() -> None:
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in reference, f"run `make docs`: {setting.name} is not in docs/reference/cli.md"
        assert setting.help.endswith(".")


def test_no_setting_is_read_that_the_table_does_not_list() -> None:
    named = {name for path in (ROOT / "src").rglob("*.py") for name in re.findall(r"LUMBAR_[A-Z_]+", path.read_text())}
    assert named == {setting.name for setting in SETTINGS}


def test_every_error_has_words() -> None:
    from lumbar.catalog.words import load_words

    words = load_words()
    named = {
        name
        for path in (ROOT / "src" / "lumbar").rglob("*.py")
        for name in re.findall(r'"(error\.[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 40
    assert sorted(name for name in named if not words.has(name)) == []


@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        ("exec {lumbar} today > /dev/full", 1, "The output cannot be written"),
        ("exec {lumbar} doctor >&-", None, ""),
        ("exec {lumbar} today >&-", 0, ""),
        ("PYTHONIOENCODING=ascii exec {lumbar} demo plank", 0, ""),
    ],
)
def test_a_terminal_that_cannot_take_it_is_no_reason_for_a_traceback(
    home: Path, shell: str, code: int | None, said: str
) -> None:
    command = shell.format(lumbar=f"{sys.executable} -m lumbar")
    done = subprocess.run(["sh", "-c", command], env={**os.environ, "LUMBAR_HOME": str(home)}, capture_output=True)
    assert b"Traceback" not in done.stderr
    assert said in done.stderr.decode()
    assert code is None or done.returncode == code


def test_names_from_outside_reach_the_terminal_as_text(run: Run, tmp_path: Path) -> None:
    for name in ("@plank.name.nope", "\x1b[2Jgone.mp4"):
        ran = run("assess", str(tmp_path / name), "--exercise", "plank")
        assert ran.code == 1
        assert "\x1b" not in ran.err
        assert ran.sentence.startswith("There is no file ")


def test_an_own_exercise_is_assessed_and_shown_like_ours(run: Run, home: Path) -> None:
    ours = (Path(lumbar.__file__).parent / "catalog/exercises/plank.toml").read_text()
    (home / "catalog/exercises").mkdir(parents=True)
    (home / "catalog/exercises/my-plank.toml").write_text(ours.replace('id = "plank"', 'id = "my-plank"', 1))
    (home / "catalog/texts/en").mkdir(parents=True)
    words = load_words()
    mine = {
        i.replace("plank.", "my-plank.", 1): t for i, t in words.flat()["written"].items() if i.startswith("plank.")
    }
    lines = "".join(f"{json.dumps(i)} = {json.dumps(t)}\n" for i, t in mine.items())
    (home / "catalog/texts/en/mine.toml").write_text("[written]\n" + lines)
    ran = run("demo", "my-plank", "--hold", "2")
    assert (ran.code, ran.err) == (0, "")
    assert "2 s held well" in ran.out
