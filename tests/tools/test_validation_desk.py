"""The figures of desk posture: counted by hand in small, measured over the repository's clip, and kept as published."""

import os
from pathlib import Path

import pytest

from validation import desk, desk_page
from validation.desk import Seen


def test_what_is_not_judged_counts_as_wrong() -> None:
    looks = [
        Seen(drifted=True, right=True, judged=True, fresh=True),
        Seen(drifted=True, right=False, judged=False, fresh=True),
        Seen(drifted=False, right=True, judged=True, fresh=True),
    ]
    figures = desk._figures(looks)
    assert figures["balanced_accuracy"] == 0.75
    assert figures["judged"]["value"] == pytest.approx(2 / 3, abs=1e-4)


def test_the_repositorys_own_clip_keeps_the_promise(bundle: Path) -> None:
    figures = desk.measure([bundle])
    assert [row["slump"] for row in figures["clips"]] == ["slouched", "forward_head"]
    assert all(row["balanced_accuracy"] >= 0.9 and row["fresh"]["balanced_accuracy"] >= 0.9 for row in figures["clips"])
    assert all(row["told"] / row["hours"] < 1 for row in figures["hours"])
    assert figures["stills"] == []


def test_what_is_published_keeps_the_promise_and_names_no_picture() -> None:
    figures = desk_page.load()
    assert len({row["clip"] for row in figures["clips"]}) == 3
    assert all(row["fresh"]["balanced_accuracy"] >= 0.9 for row in figures["clips"])
    assert all(row["told"] / row["hours"] < 1 for row in figures["hours"])
    stills = [row["fresh"]["drifted"] for row in figures["stills"]]
    assert sum(figure["value"] * figure["n"] for figure in stills) / sum(figure["n"] for figure in stills) >= 0.8
    assert ".jpg" not in desk_page.MEASURED.read_text("utf-8")


def test_no_picture_that_was_calibrated_on_stands_in_a_figure_of_the_stills() -> None:
    for row in desk_page.load()["stills"]:
        cells = " ".join(desk_page._view(row))
        assert row["fresh"]["upright"]["n"] == 0
        assert cells.count(" of ") == 2
        assert f"of {row['fresh']['judged']['n']}" in cells
        assert f"of {row['fresh']['drifted']['n']}" in cells


def test_the_page_says_that_they_are_rendered_and_that_nobody_was_held_out() -> None:
    figures = desk_page.load()
    told = " ".join("\n".join(desk_page.section(figures)).split())
    assert "rendered, few, and no person was held out" in told
    assert len({row["person"] for row in figures["clips"]}) <= 3, "then say of the page how many there are"


@pytest.mark.skipif(not os.environ.get("LUMBAR_DATA"), reason="LUMBAR_DATA names the larger ground truth")
def test_the_larger_data_gives_what_is_published(ground_truth: Path, bundle: Path) -> None:
    measured = desk.measure_clips([ground_truth / "synthetic", bundle])
    for mine, published in zip(measured, desk_page.load()["clips"], strict=True):
        assert mine["balanced_accuracy"] == pytest.approx(published["balanced_accuracy"], abs=0.02)
