"""From the pixels of a recording to the seconds that the coach credits, against the true pose of every frame.

Every clip gives JSON as the contract says. Where a clip is `timed`, credit must lie within what the truth allows: at
least the well-held phases without 0.7 s at each entry, and at most those with 0.7 s more and with every other frame
whose true joints are judged good or acceptable.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import lumbar
from lumbar.core.body import POINTS, Frame, Joint

Run = Callable[..., Any]
Truth = dict[str, Any]

ENTRY_S = 0.7
HELD = {"hold_good", "hold_top"}
FIELDS = {
    "file", "exercise", "side", "frames", "duration_s", "in_position_s", "credited_s", "unjudged_s", "longest_hold_s",
    "faults", "measures", "model", "version", "events",
}  # fmt: skip
LATE_S = 2.0
"""How long after a fault is fully there it must have been told."""


@dataclass(frozen=True)
class Case:
    """A clip, what it shows, and the fault that its phases named `faulty` hold."""

    clip: str
    exercise: str
    side: str | None = None
    fault: str | None = None
    faulty: str = ""
    timed: bool = True


BUNDLE = [
    Case("plank", "plank", None, "hips-sagging", "hold_sagging"),
    Case("side_plank_left", "side-plank", "left", "hips-dropped", "hold_dropped"),
    Case("glute_bridge", "glute-bridge", None, "hips-low", "hold_low"),
    Case("hip_flexor_left", "hip-flexor-stretch", "left", "leaning-forward", "hold_leaning"),
    Case("hamstring_left", "hamstring-stretch", "left", "knee-bent", "hold_knee_bent"),
    Case("figure4_left", "piriformis-stretch", "left"),
    Case("chest", "chest-stretch", None),
    Case("neck_right", "neck-stretch", "left", timed=False),
]
LARGER = [
    Case("01_plank_setup_hold_collapse_side", "plank", None, "hips-sagging", "collapsed"),
    Case("02_plank_slow_sag_off25", "plank", None, "hips-sagging", "collapsed"),
    Case("03_plank_piked_then_corrected_side", "plank"),
    Case("04_plank_setup_sag_high", "plank", None, timed=False),
    Case("05_side_plank_left_lift_hold_drop", "side-plank", "left", timed=False),
    Case("06_side_plank_right_slow_drop_off25", "side-plank", "right", "hips-dropped", "lying"),
    Case("07_bridge_3_good_reps_side", "glute-bridge", timed=False),
    Case("08_bridge_3_low_reps_side", "glute-bridge", None, "hips-low", "hold_top"),
    Case("09_hip_flexor_lean_and_back_side", "hip-flexor-stretch", "left", "leaning-forward", "hold_leaning"),
    Case("10_hamstring_raise_then_knee_bends", "hamstring-stretch", "left", "knee-bent", "hold_knee_bent"),
    Case("11_figure4_setup_hold_off25", "piriformis-stretch", "right"),
    Case("12_chest_stretch_front", "chest-stretch"),
    Case("13_neck_stretch_right_front", "neck-stretch", "left", timed=False),
]


@pytest.mark.parametrize("case", BUNDLE, ids=lambda case: case.clip)
def test_a_clip_of_the_bundle(run: Run, bundle: Path, case: Case) -> None:
    _check(run, bundle / "clips", case)


@pytest.mark.parametrize("case", LARGER, ids=lambda case: case.clip)
def test_a_clip_of_the_larger_ground_truth(run: Run, ground_truth: Path, case: Case) -> None:
    _check(run, ground_truth / "synthetic/clips", case)


def _check(run: Run, folder: Path, case: Case) -> None:
    truth = json.loads((folder / f"{case.clip}.json").read_text())
    ran = run("assess", str(folder / f"{case.clip}.mp4"), "--exercise", case.exercise, "--format", "json", "--events")
    assert (ran.code, ran.err) == (0, "")
    (found,) = json.loads(ran.out)
    assert found["frames"] == truth["frames"]
    assert found["duration_s"] == pytest.approx((truth["frames"] - 1) / truth["fps"], abs=0.01)
    assert found["side"] == case.side
    assert set(found) == FIELDS
    assert found["longest_hold_s"] <= found["credited_s"] <= found["in_position_s"]
    assert found["in_position_s"] + found["unjudged_s"] <= found["duration_s"] + 0.01
    if case.timed:
        _check_story(truth, case, found)


def _check_story(truth: Truth, case: Case, found: Truth) -> None:
    low_s, high_s = _allowed(truth, case)
    assert low_s <= found["credited_s"] <= high_s, (low_s, high_s, found["faults"])
    assert {fault["id"] for fault in found["faults"]} <= ({case.fault} if case.fault else set())
    if case.fault is not None:
        _check_told(truth, case, found["faults"])


def _allowed(truth: Truth, case: Case) -> tuple[float, float]:
    phases = [frame["phase"] for frame in truth["data"]]
    # Where the held phase itself shows the fault, nothing in it is held well.
    held = HELD - {case.faulty}
    entries = sum(now in held and before not in held for before, now in pairwise(["", *phases]))
    held_s = sum(phase in held for phase in phases) / truth["fps"]
    well = [_well(truth, frame, case) for frame in truth["data"]]
    others_s = sum(fine and phase not in held for phase, fine in zip(phases, well, strict=True)) / truth["fps"]
    return held_s - ENTRY_S * entries, held_s + ENTRY_S + others_s


def _well(truth: Truth, frame: Truth, case: Case) -> bool:
    rows = [[0.0, 0.0, 0.0, 0.0] for _ in range(POINTS)]
    width, height = truth["camera"]["width"], truth["camera"]["height"]
    for name, (x, y) in zip(truth["joint_names"], frame["px"], strict=True):
        rows[Joint[name.upper()]] = [x / width, y / height, 0.0, 1.0]
    moment = Frame.from_landmarks(rows, aspect=width / height, t_s=frame["t"])
    side = None if case.side is None else lumbar.Side(case.side)
    return lumbar.judge(lumbar.exercise(case.exercise), moment, side).state in {"good", "acceptable"}


def _check_told(truth: Truth, case: Case, faults: list[Truth]) -> None:
    """The fault stands for most of the time in which it is fully there, from LATE_S after it began."""
    times = [frame["t"] for frame in truth["data"] if frame["phase"] == case.faulty]
    assert times, f"no phase {case.faulty}"
    due = [t_s for t_s in times if t_s >= times[0] + LATE_S] or times[-1:]
    told = [t_s for t_s in due if any(fault["from_s"] <= t_s <= fault["to_s"] + 0.1 for fault in faults)]
    assert len(told) >= 0.6 * len(due)
