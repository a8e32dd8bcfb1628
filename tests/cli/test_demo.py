"""`lumbar demo`: the coach's story of every exercise, and the figure drawn in letters."""

from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from lumbar.catalog import shipped_catalogue
from lumbar.cli import demo as command
from lumbar.cli.main import build
from lumbar.cli.sketch import Sketch
from lumbar.core import figure
from lumbar.core.body import Side

Run = Callable[..., Any]
EXERCISES = tuple(shipped_catalogue().exercises.values())
RUNGS = [(exercise.id, rung.id, rung.camera_sees) for exercise in EXERCISES for rung in exercise.rungs]


@pytest.mark.parametrize(("exercise", "rung", "seen"), RUNGS)
def test_every_form_is_told_to_its_end(exercise: str, rung: str, seen: bool) -> None:
    ran = CliRunner().invoke(build(), ["demo", exercise, "--rung", rung, "--hold", "5"])
    assert ran.exit_code == 0, ran.output
    lines = ran.output.splitlines()
    if not seen:
        assert lines[1:] == ["This form goes by the clock: no camera judges it."]
        return
    told = [line.split("s  ", 1)[1] for line in lines[1:]]
    assert told[0].startswith("In position")
    assert told[1:] == ["5 s held well.", "Done: 5 s held well."]


def test_the_side_is_told() -> None:
    for side in Side:
        ran = CliRunner().invoke(build(), ["demo", "hamstring-stretch", "--side", side, "--hold", "1"])
        assert f"In position, {side}." in ran.output


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (["handstand"], "handstand"),
        (["plank", "--rung", "handstand"], "straight-arm"),
        (["plank", "--side", "left"], "has no sides"),
        (["plank", "--hold", "0"], "--hold"),
        (["plank", "--side", "front"], "--side"),
    ],
)
def test_a_wrong_call_is_one_sentence(run: Run, arguments: list[str], about: str) -> None:
    ran = run("demo", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert about in ran.sentence


def drawn(exercise: str, *, mirrored: bool = False, columns: int = 60) -> list[str]:
    chosen = shipped_catalogue().exercise(exercise)
    sketch = Sketch(columns, figure.ASPECT, mirrored=mirrored)
    sketch.figure(figure.held(chosen), figure.scenery(chosen))
    return sketch.text().plain.splitlines()


def test_a_plank_lies_across_the_picture_just_over_the_floor() -> None:
    rows = drawn("plank")
    ink = [sum(letter not in " \n" for letter in row) for row in rows]
    assert not any(ink[: len(rows) // 2])
    body = max(range(len(rows)), key=lambda row: rows[row].count("⣿"))
    assert len(rows) * 0.6 < body < len(rows) * 0.86
    assert all(len(row) <= 60 for row in rows)


def test_a_mirror_turns_it_about() -> None:
    plain, turned = drawn("hip-flexor-stretch"), drawn("hip-flexor-stretch", mirrored=True)
    assert plain != turned
    for row, other in zip(plain, turned, strict=True):
        dots = [format(ord(letter) & 0xFF, "08b").count("1") if letter != " " else 0 for letter in row.ljust(60)]
        back = [format(ord(letter) & 0xFF, "08b").count("1") if letter != " " else 0 for letter in other.ljust(60)]
        assert dots == back[::-1]


def test_in_a_terminal_the_figure_moves(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = [0.0]

    def pass_by(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(command.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(command.time, "sleep", pass_by)
    monkeypatch.setattr(command, "Console", lambda: Console(force_terminal=True, width=60, height=30))
    ran = CliRunner().invoke(build(), ["demo", "side-plank", "--side", "right", "--hold", "1"])
    assert ran.exit_code == 0, ran.output
    assert ran.output.count("⣿") > 1000
    assert ran.output.splitlines()[-1].endswith("Done: 1 s held well.")
    assert clock[0] == pytest.approx(11.0, abs=0.1)
