"""`lumbar today`, `lumbar doctor`, and the command itself."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lumbar
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


def test_doctor_looks_and_touches_nothing(run: Run, home: Path) -> None:
    ran = run("doctor")
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert all(line.split()[0] in ("fine", "look", "extra") for line in lines)
    assert ran.code == (1 if any(line.startswith("look") for line in lines) else 0)
    assert str(home) in ran.out
    assert not home.exists()


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
