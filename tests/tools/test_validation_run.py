"""The whole validation over the recordings of the repository, and what ships of the larger one."""

import dataclasses
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import lumbar
import validate
from lumbar.catalog.validation import MEASURED, fingerprint, shipped_validation
from lumbar.core.check import Band
from lumbar.core.exercise import Exercise
from validation.goals import Goal
from validation.page import PAGE, page

Measured = tuple[dict[str, Any], dict[str, Goal]]


@pytest.fixture(scope="module")
def measured(bundle: Path) -> Measured:
    """The bundle, measured; what our pose pipeline saw is kept in .make from run to run."""
    pytest.importorskip("cv2")
    table, goals = validate.measure([bundle], None)
    return table, {goal.id: goal for goal in goals}


def test_the_bundle_is_measured_whole(measured: Measured) -> None:
    table, goals = measured
    assert table["evidence"] == {
        "people": 3, "stills": 12, "clips": 8, "frames": 1733, "labelled": 0, "labelled_groups": 0,
    }  # fmt: skip
    assert {asked["exercise"] for asked in table["exercises"]} == set(lumbar.catalog.shipped_catalogue().exercises)
    assert sum(asked["stills"]["not_judged"]["n"] for asked in table["exercises"] if asked["as_shown"]) == 12
    assert goals["caught-stills"].figure.n + goals["false-stills"].figure.n == 12


def test_what_the_bundle_shows_is_found(measured: Measured) -> None:
    _, goals = measured
    for name in ("caught-stills", "named-stills", "false-stills", "false-alarms", "line-error-frames", "sides-stills"):
        assert goals[name].met, (name, goals[name].figure, goals[name].misses)


def test_what_was_not_looked_at_is_not_measured(measured: Measured) -> None:
    table, goals = measured
    assert table["planks"] is None
    assert goals["plank-f1"].met is None
    assert "not measured" in page(table)


def test_figures_only_leave(measured: Measured) -> None:
    table, goals = measured
    plain = json.dumps(table, allow_nan=False)
    assert goals["clock-start"].figure.n > 5
    assert ".jpg" not in plain
    assert str(Path(validate.__file__).parent.parent) not in plain


def test_a_second_run_gives_the_same(measured: Measured, bundle: Path) -> None:
    again, _ = validate.measure([bundle], None)
    assert json.dumps(again) == json.dumps(measured[0])


def test_without_the_larger_data_nothing_is_written(
    measured: Measured, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LUMBAR_DATA", raising=False)
    before = [path.read_bytes() for path in (MEASURED, PAGE)]
    assert validate.main([]) == 0
    assert [path.read_bytes() for path in (MEASURED, PAGE)] == before
    assert "nothing was written" in capsys.readouterr().out


def test_a_wrong_folder_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    assert validate.main([]) == 1
    assert "LUMBAR_DATA must name the folder" in capsys.readouterr().out


def test_what_ships_is_of_the_larger_data_and_names_no_picture() -> None:
    shipped = shipped_validation()
    assert shipped["evidence"]["labelled"] == 8054
    assert shipped["evidence"]["stills"] == 312
    assert ".jpg" not in MEASURED.read_text("utf-8")
    assert len({goal["id"] for goal in shipped["goals"]}) == len(shipped["goals"])


def _with_band(exercise: Exercise, acceptable: Band) -> Exercise:
    first, *others = exercise.checks
    return dataclasses.replace(exercise, checks=(dataclasses.replace(first, acceptable=acceptable), *others))


def test_a_fingerprint_follows_the_numbers_of_a_judgement() -> None:
    plank = lumbar.exercise("plank")
    assert fingerprint(_with_band(plank, plank.checks[0].acceptable)) == fingerprint(plank)
    assert fingerprint(_with_band(plank, Band(-0.036, math.inf))) != fingerprint(plank)
    assert fingerprint(dataclasses.replace(plank, prompts=())) == fingerprint(plank)
    for name in ("presence", "perspective"):
        fewer = dataclasses.replace(plank, **{name: getattr(plank, name)[1:]})
        assert fingerprint(fewer) != fingerprint(plank), name
    for name, other in {"smoothing_s": True, "presence_slack": True, "praise_gap_s": False}.items():
        settings = dataclasses.replace(plank.settings, **{name: getattr(plank.settings, name) + 0.01})
        assert (fingerprint(dataclasses.replace(plank, settings=settings)) != fingerprint(plank)) is other, name


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    code = (
        "import lumbar; from lumbar.catalog.validation import fingerprint; print(fingerprint(lumbar.exercise('plank')))"
    )
    seen = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        seen.add(ran.stdout.strip())
    assert seen == {fingerprint(lumbar.exercise("plank"))}
