"""`lumbar simulate`: its contract, the same on one core and on many, and one person's story."""

import json
from typing import Any

import pytest

from lumbar.cli.main import run


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["simulate", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code, out, _ = told(capsys, "--format", "json", *arguments)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_report_says_what_it_promises(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--people", "30", "--days", "60", "--seed", "4")
    assert (found["people"], found["days"], found["seed"]) == (30, 60, 4)
    assert set(found["violations"].values()) == {0}
    assert (
        set(found["reached"]) == set(found["median_days_to_target"]) == {"plank", "side-plank", "glute-bridge", "walk"}
    )
    assert sum(found["kinds"].values()) == 30


def test_the_same_seed_gives_the_same_and_another_one_others(capsys: pytest.CaptureFixture[str]) -> None:
    few = ("--people", "20", "--days", "30")
    assert report(capsys, *few, "--seed", "1") == report(capsys, *few, "--seed", "1")
    assert report(capsys, *few, "--seed", "1")["sessions"] != report(capsys, *few, "--seed", "2")["sessions"]


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "--people", "5", "--days", "20")
    assert code == 0
    assert out.startswith("5 virtual people, 20 days each, ")
    assert "kept    core-gap" in out


def test_one_story(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "--person", "2", "--days", "20", "--format", "json")
    assert code == 0
    story = json.loads(out)
    assert story["sessions"][0]["on"] >= "2026-03-02"
    assert set(story["sessions"][0]["asked"]) == {"plank", "side-plank", "glute-bridge"}


@pytest.mark.parametrize("arguments", [("--people", "0"), ("--days", "many"), ("--format", "xml")])
def test_misuse_is_one_sentence(capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]) -> None:
    code, out, err = told(capsys, *arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
