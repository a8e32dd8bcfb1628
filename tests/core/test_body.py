"""Frames: 33 points at one moment."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.body import Frame, Joint, Part, Side
from lumbar.core.errors import BadFrame

ROWS = [(0.01 * i, 0.02 * i, 0.0, 0.9) for i in range(33)]


@pytest.mark.parametrize(
    "points", [ROWS, [list(row) for row in ROWS], np.array(ROWS), np.array(ROWS, dtype=np.float32)]
)
def test_takes_lists_tuples_and_arrays(points: object) -> None:
    frame = Frame.from_landmarks(points, aspect=16 / 9, t_s=1.5)  # type: ignore[arg-type]
    assert frame.t_s == 1.5
    assert frame.points[Joint.LEFT_HIP].y == pytest.approx(0.46)
    assert not frame.nobody


def test_none_is_a_picture_of_nobody() -> None:
    frame = Frame.from_landmarks(None, aspect=1.0, t_s=0.0)
    assert frame.nobody
    assert len(frame.points) == 33


def test_a_null_point_is_a_missing_one() -> None:
    rows = [*ROWS[:32], (None, None, None, None)]
    frame = Frame.from_landmarks(rows, aspect=1.0, t_s=0.0)  # type: ignore[list-item]
    assert frame.points[32].visibility == 0.0
    assert math.isnan(frame.points[32].x)


@pytest.mark.parametrize(
    "points",
    [ROWS[:32], [*ROWS, ROWS[0]], [row[:3] for row in ROWS], [], [1.0] * 33, ["abcd"] * 33, [(10**400, 0, 0, 1)] * 33],
)
def test_refuses_other_shapes(points: object) -> None:
    with pytest.raises(BadFrame):
        Frame.from_landmarks(points, aspect=1.0, t_s=0.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("aspect", [0, -1.0, math.nan, math.inf, "wide", None])
def test_refuses_an_aspect_that_is_no_positive_number(aspect: object) -> None:
    with pytest.raises(BadFrame):
        Frame.from_landmarks(ROWS, aspect=aspect, t_s=0.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("t_s", ["now", None])
def test_refuses_a_time_that_is_no_number(t_s: object) -> None:
    with pytest.raises(BadFrame):
        Frame.from_landmarks(ROWS, aspect=1.0, t_s=t_s)  # type: ignore[arg-type]


def test_a_frame_made_by_hand_is_looked_at_too() -> None:
    with pytest.raises(BadFrame):
        Frame(0.0, 1.0, ())


@given(st.lists(st.tuples(*[st.floats(0, 1)] * 4), min_size=33, max_size=33))
def test_two_mirrors_show_the_truth(rows: list[tuple[float, float, float, float]]) -> None:
    frame = Frame.from_landmarks(rows, aspect=1.5, t_s=0.0)
    twice = frame.mirrored().mirrored()
    for before, after in zip(frame.points, twice.points, strict=True):
        assert after == pytest.approx(before)


def test_a_mirror_swaps_every_pair_and_leaves_the_nose() -> None:
    mirrored = Frame.from_landmarks(ROWS, aspect=1.0, t_s=0.0).mirrored()
    assert mirrored.points[Joint.NOSE].y == ROWS[Joint.NOSE][1]
    for joint in Joint:
        if joint is Joint.NOSE:
            continue
        name = joint.name
        other = Joint[name.replace("LEFT", "*").replace("RIGHT", "LEFT").replace("*", "RIGHT")]
        assert other is not joint
        assert mirrored.points[joint].y == ROWS[other][1]


@pytest.mark.parametrize("part", Part)
def test_parts_name_their_joints(part: Part) -> None:
    suffix = {Part.TOE: "FOOT_INDEX"}.get(part, part.name)
    assert part.on(Side.LEFT) == Joint[f"LEFT_{suffix}"]
    assert part.on(Side.RIGHT) == Joint[f"RIGHT_{suffix}"]
    assert Side.LEFT.other is Side.RIGHT
    assert Side.RIGHT.other is Side.LEFT
