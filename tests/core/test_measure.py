"""Measures: true to the picture's proportions, to either side, and silent about what was not seen."""

import math
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.body import Frame, Joint, Landmark, Part, Side
from lumbar.core.measure import MEASURES, read
from lumbar.core.seen import Seen

ANY = st.one_of(st.floats(), st.floats(-1, 2), st.sampled_from([0.0, 0.5, 1e300, -1e300, 1e-300]))
HOLDS = [
    figure.held(exercise, rung=rung.id)
    for exercise in shipped_catalogue().exercises.values()
    for rung in exercise.rungs
]


def value(frame: Frame, measure: str, side: Side = Side.LEFT) -> float | None:
    return read(Seen(frame, 0.6), measure, side)


def body(**points: tuple[float, float]) -> Frame:
    """A frame of aspect 1 with only the named points, (x, y up) in shares of the picture."""
    rows = [(math.nan, math.nan, math.nan, 0.0)] * 33
    for name, (x, y) in points.items():
        rows[Joint[name.upper()]] = (x, 1.0 - y, 0.0, 1.0)
    return Frame.from_landmarks(rows, aspect=1.0, t_s=0.0)


@pytest.mark.parametrize("measure", MEASURES)
def test_an_id_carries_its_unit_and_says_what_it_is(measure: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*-(deg|ratio)", measure)
    assert len(MEASURES[measure].about) > 20


@given(
    st.lists(st.tuples(ANY, ANY, ANY, ANY), min_size=33, max_size=33), st.floats(1e-300, 1e300), st.sampled_from(Side)
)
def test_rubbish_gives_a_finite_number_or_none(
    rows: list[tuple[float, float, float, float]], aspect: float, side: Side
) -> None:
    frame = Frame.from_landmarks(rows, aspect=aspect, t_s=0.0)
    for measure in MEASURES:
        found = value(frame, measure, side)
        assert found is None or math.isfinite(found)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("number", range(len(HOLDS)))
def test_proportions_place_size_and_mirror_change_nothing(
    measure: str, number: int, changed: Callable[..., Frame]
) -> None:
    frame = HOLDS[number]
    for side in Side:
        expected = value(frame, measure, side)
        narrow = replace(
            frame,
            aspect=1.0,
            points=tuple(replace_x(p, 0.5 + (p.x - 0.5) * frame.aspect) for p in frame.points),
        )
        for other in (narrow, changed(frame, dx=0.2, dy=-0.1), changed(frame, scale=0.6)):
            assert value(other, measure, side) == pytest.approx(expected, abs=1e-9)
        assert value(frame.mirrored(), measure, side.other) == pytest.approx(expected, abs=1e-9)


def replace_x(point: Landmark, x: float) -> Landmark:
    return Landmark(x, point.y, point.z, point.visibility)


@pytest.mark.parametrize("measure", MEASURES)
def test_nobody_is_not_measured(measure: str, nobody: Frame) -> None:
    assert value(nobody, measure) is None


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("hip_y", "expected"), [(0.5, 0.0), (0.58, 0.1), (0.42, -0.1)])
def test_hip_height_is_above_whichever_way_the_body_points(facing: int, hip_y: float, expected: float) -> None:
    frame = body(left_shoulder=(0.5 + 0.4 * facing, 0.5), left_hip=(0.5, hip_y), left_ankle=(0.5 - 0.4 * facing, 0.5))
    assert value(frame, "hip-height-ratio") == pytest.approx(expected)
    bend = value(frame, "body-line-deg")
    assert bend is not None
    assert math.copysign(1, bend) == -math.copysign(1, expected) or expected == 0
    assert abs(bend) == pytest.approx(2 * math.degrees(math.atan(0.2 * abs(expected) / 0.1)), abs=0.01)


def test_hip_height_of_a_sloping_body_is_measured_across_its_line() -> None:
    frame = body(left_shoulder=(0.9, 0.9), left_hip=(0.5, 0.5), left_ankle=(0.1, 0.1))
    assert value(frame, "hip-height-ratio") == pytest.approx(0.0)


@pytest.mark.parametrize("degrees", [30, 90, 145, 180])
def test_joint_angles(degrees: float) -> None:
    turn = math.radians(degrees)
    ankle = (0.5 + 0.2 * math.cos(turn), 0.5 + 0.2 * math.sin(turn))
    frame = body(left_hip=(0.7, 0.5), left_knee=(0.5, 0.5), left_ankle=ankle)
    assert value(frame, "knee-deg") == pytest.approx(degrees)
    assert value(frame, "knee-deg", Side.RIGHT) is None
    assert value(frame, "other-knee-deg", Side.RIGHT) == pytest.approx(degrees)


@pytest.mark.parametrize(("x", "y", "expected"), [(0.0, 0.3, 0), (0.3, 0.0, 90), (-0.3, 0.0, 90), (0.0, -0.3, 180)])
def test_trunk_incline(x: float, y: float, expected: float) -> None:
    frame = body(left_hip=(0.5, 0.5), left_shoulder=(0.5 + x, 0.5 + y))
    assert value(frame, "trunk-incline-deg") == pytest.approx(expected)


def test_a_straight_arm_carries_on_its_hand_and_a_forearm_on_its_elbow() -> None:
    on_hand = body(left_shoulder=(0.5, 0.7), left_elbow=(0.5, 0.5), left_wrist=(0.5, 0.3))
    on_forearm = body(left_shoulder=(0.5, 0.7), left_elbow=(0.5, 0.5), left_wrist=(0.7, 0.5))
    assert value(on_hand, "support-tilt-deg") == pytest.approx(0)
    assert value(on_hand, "straight-arm-elbow-deg") == pytest.approx(180)
    assert value(on_forearm, "support-tilt-deg") == pytest.approx(0)
    assert value(on_forearm, "straight-arm-elbow-deg") is None


def test_tilt_lengthens_the_higher_side_seen_from_front_or_back() -> None:
    ears = {"left_ear": (0.6, 0.85), "right_ear": (0.4, 0.75)}
    shoulders = {"left_shoulder": (0.8, 0.5), "right_shoulder": (0.2, 0.5)}
    front = body(**ears, **shoulders)
    tilt = value(front, "head-tilt-deg", Side.LEFT)
    assert tilt == pytest.approx(math.degrees(math.atan(0.5)))
    assert value(front, "head-tilt-deg", Side.RIGHT) == pytest.approx(-tilt)


@pytest.mark.parametrize("hidden", Part)
def test_middles_fall_back_to_the_near_side(hidden: Part) -> None:
    frame = figure.held(shipped_catalogue().exercise("plank"), rung="forearm")

    def height(x: float, y: float) -> float | None:
        points = list(frame.points)
        points[hidden.on(Side.RIGHT)] = Landmark(x, y, 0.0, 0.3)
        return value(replace(frame, points=tuple(points)), "hip-height-ratio")

    unseen = height(math.nan, math.nan)
    assert unseen is not None
    assert height(0.1, 0.1) == unseen
    assert unseen == pytest.approx(value(frame, "hip-height-ratio"), abs=0.02)


def test_the_near_side_does_not_flicker() -> None:
    rows = [(0.5, 0.5, 0.0, 0.90 if i % 2 else 0.92) for i in range(33)]
    frame = Frame.from_landmarks(rows, aspect=1.0, t_s=0.0)
    assert Seen(frame, 0.6).near is Side.RIGHT
    assert Seen(frame, 0.6, Side.LEFT).near is Side.LEFT
    clear = Frame.from_landmarks([(0.5, 0.5, 0.0, 0.2 if i % 2 else 0.9) for i in range(33)], aspect=1.0, t_s=0.0)
    assert Seen(clear, 0.6, Side.LEFT).near is Side.RIGHT


@pytest.mark.parametrize(
    "point", [(math.nan, 0.5, 0, 1), (0.5, math.inf, 0, 1), (1e6, 0.5, 0, 1), (0.5, 0.5, 0, math.nan)]
)
def test_a_number_gone_wrong_is_no_sighting(point: tuple[float, float, float, float]) -> None:
    frame = Frame.from_landmarks([point] * 33, aspect=1.0, t_s=0.0)
    assert all(Seen(frame, 0.6).at(joint) is None for joint in Joint)
