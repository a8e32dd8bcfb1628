"""What is true of a body: our second reading of its joints, against hand-made bodies and the published angles."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lumbar
from lumbar.core.body import POINTS, Part, Side
from lumbar.core.check import Band
from validation.anatomy import TRUE, Body, beyond_deg, height_ratio, sag_at_height_deg, sag_deg
from validation.truth import OUTSIDE, clips, stills
from validation.verdicts import SHOWN_RUNG, Task, truth_of

UP = np.array([0.0, 1.0, 0.0])


def body(**parts: tuple[float, float, float]) -> Body:
    """A body without width: both sides at the same place."""
    joints = np.full((POINTS, 3), np.nan)
    for name, where in parts.items():
        for side in Side:
            joints[Part[name].on(side)] = where
    return Body(joints, UP)


def plank(sag: float, turn: float = 0.0, trunk_m: float = 0.5, leg_m: float = 0.8) -> Body:
    """Level at the shoulder, bent at the hip so that sagging is positive, and turned about the vertical."""
    a, b = math.radians(sag / 2), math.radians(turn)
    flat = {
        "SHOULDER": (trunk_m * math.cos(a), trunk_m * math.sin(a)),
        "HIP": (0.0, 0.0),
        "ANKLE": (-leg_m * math.cos(a), leg_m * math.sin(a)),
    }
    return body(**{name: (x * math.cos(b), 1.0 + y, x * math.sin(b)) for name, (x, y) in flat.items()})


def line(of: Body) -> list[np.ndarray]:
    return [of.at(part, None) for part in (Part.SHOULDER, Part.HIP, Part.ANKLE)]


@given(st.floats(-60, 60), st.floats(0, 360), st.floats(0.3, 0.7), st.floats(0.5, 1.0))
def test_a_line_is_read_as_it_was_bent_from_wherever_one_looks(s: float, turn: float, trunk: float, leg: float) -> None:
    bent = plank(s, turn, trunk, leg)
    assert TRUE["body-line-deg"](bent, None) == pytest.approx(s, abs=1e-4)
    assert sag_deg(bent, *line(bent)) == pytest.approx(s, abs=1e-4)


@given(st.floats(-80, 80), st.floats(0.3, 0.7), st.floats(0.5, 1.0))
def test_a_height_turns_into_the_bend_that_has_it(s: float, trunk: float, leg: float) -> None:
    bent = plank(s, 0.0, trunk, leg)
    straight = plank(0.0, 0.0, trunk, leg)
    ratio = height_ratio(bent, *line(bent))
    assert (ratio < 0) == (s > 0) or abs(s) < 1e-6
    assert sag_at_height_deg(straight, *line(straight), ratio) == pytest.approx(s, abs=1e-3)


def test_degrees_beyond_a_band_of_heights() -> None:
    band = Band(-0.035, math.inf)
    ends_deg = sag_at_height_deg(plank(0), *line(plank(0)), -0.035)
    for sag in (0.0, 5.0, 12.0, 25.0):
        assert beyond_deg(plank(sag), "hip-height-ratio", None, band) == pytest.approx(sag - ends_deg, abs=1e-3)
    piked = beyond_deg(plank(-50.0), "hip-height-ratio", None, Band(-math.inf, 0.15))
    assert piked == pytest.approx(50.0 + sag_at_height_deg(plank(0), *line(plank(0)), 0.15), abs=1e-3)


def test_degrees_beyond_a_band_of_degrees() -> None:
    leg = body(HIP=(0, 1, 0), KNEE=(0, 0.5, 0), ANKLE=(0.5, 0.5, 0))
    assert beyond_deg(leg, "knee-deg", None, Band(145, 180)) == pytest.approx(55)
    assert beyond_deg(leg, "knee-deg", None, Band(80, 180)) == pytest.approx(-10)
    straight = body(HIP=(0, 1, 0), KNEE=(0, 0.5, 0), ANKLE=(0, 0, 0))
    assert beyond_deg(straight, "knee-deg", None, Band(145, 180)) == pytest.approx(-35)


def test_the_second_reading_agrees_with_the_published_angles(bundle: Path) -> None:
    """Those of the rig, to a tenth of a degree, in every still of the bundle."""
    records = map(json.loads, (bundle / "stills.jsonl").read_text().splitlines())
    pairs = {
        "body-line-deg": ("body_sag_signed", None), "hip-deg": ("hip_mid", None), "knee-deg": ("knee_left", Side.LEFT),
        "trunk-incline-deg": ("torso_incl", None), "arm-elevation-deg": ("shoulder_right", Side.RIGHT),
    }  # fmt: skip
    looked = 0
    for record, still in zip(records, stills(bundle), strict=True):
        for measure, (angle, side) in pairs.items():
            found = TRUE[measure](still.instant.space, side)
            assert found == pytest.approx(record["angles_3d"][angle], abs=0.1), (still.file.name, measure)
            looked += 1
        tilt = record["angles_3d"]["ear_line_tilt"] - record["angles_3d"]["shoulder_line_tilt"]
        assert TRUE["head-tilt-deg"](still.instant.space, Side.LEFT) == pytest.approx(tilt, abs=0.1)
    assert looked == 60


def test_every_check_that_the_pictures_can_show_has_its_truth() -> None:
    for exercise in (lumbar.exercise(name) for name in ("plank", "side-plank", "glute-bridge", "hamstring-stretch")):
        task = Task(exercise, exercise.rung(SHOWN_RUNG.get(exercise.id)))
        missing = {measure for _, measure in task.checks} - set(TRUE)
        assert missing <= {"straight-arm-elbow-deg"}


def test_the_bundle_shows_what_its_names_say(bundle: Path) -> None:
    """Good form lies in every band; a named fault lies beyond one; each is on the side that works."""
    sides = {still.file.name: still.shown.side for still in stills(bundle)}
    assert sides["11_neck_stretch_stretch_front.jpg"] is Side.RIGHT  # the head leans to the left
    assert sides["06_hip_flexor_stretch_good_side.jpg"] is Side.RIGHT
    assert sides["00_plank_good_side.jpg"] is None
    for still in stills(bundle):
        exercise = lumbar.exercise(still.shown.exercise)
        task = Task(exercise, exercise.rung(SHOWN_RUNG.get(exercise.id)))
        truth = truth_of(task, still.instant.space, still.shown.side, still.label not in OUTSIDE)
        assert truth.fine == (still.label in ("good", "stretch")), still.file.name
        assert bool(truth.present) == (not truth.fine), still.file.name


def test_clips_know_when_somebody_rests(bundle: Path) -> None:
    clip = next(clip for clip in clips(bundle) if clip.name == "glute_bridge")
    exercise = lumbar.exercise("glute-bridge")
    task = Task(exercise, exercise.first_rung)
    truths = [truth_of(task, instant.space, None) for instant in clip.instants]
    for phase, belongs in (("down", False), ("hold_top", True)):
        assert {t.belongs for t, named in zip(truths, clip.phases, strict=True) if named == phase} == {belongs}
