"""The moving figure: bones keep their length, what rests somewhere stays there, and nothing goes through the floor."""

import json
import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.body import Joint, Part, Side
from lumbar.core.errors import NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.figure.motion import body_at
from lumbar.core.figure.skeleton import BONES, Bones, bone, joint, reaching, settled, skeleton, stand
from lumbar.core.keyframe import Keyframe, Pose
from lumbar.core.rung import Rung

EXERCISES = tuple(shipped_catalogue().exercises.values())
RUNGS = [(exercise, rung) for exercise in EXERCISES for rung in exercise.rungs]
SEGMENTS = (
    ("upper-arm", Part.SHOULDER, Part.ELBOW),
    ("forearm", Part.ELBOW, Part.WRIST),
    ("hand", Part.WRIST, Part.INDEX),
    ("thigh", Part.HIP, Part.KNEE),
    ("shank", Part.KNEE, Part.ANKLE),
)
FLESH = {
    Part.HIP: 0.055, Part.KNEE: 0.034, Part.ANKLE: 0.02, Part.HEEL: 0.018, Part.TOE: 0.01, Part.ELBOW: 0.02,
    Part.WRIST: 0.015,
}  # fmt: skip
"""How thick the drawn body is around a joint, as a share of its height."""

INTO_THE_MAT = 0.025
"""How deep the drawing may press into the mat, as a share of body height: 4 cm of a person of 170 cm."""

each_rung = pytest.mark.parametrize(("exercise", "rung"), RUNGS, ids=lambda v: v.id)


def moments(rung: Rung) -> list[float]:
    last = rung.keyframes[-1].at_s
    return [last * number / 20 for number in range(21)]


@each_rung
def test_bones_keep_their_length(exercise: Exercise, rung: Rung) -> None:
    for keyframe in rung.keyframes:
        body, pose = stand(keyframe), keyframe.pose
        for side in Side:
            for name, upper, lower in SEGMENTS:
                assert math.dist(body[upper.on(side)], body[lower.on(side)]) == pytest.approx(bone(pose, name, side))
        shoulders = [body[Part.SHOULDER.on(side)] for side in Side]
        hips = [body[Part.HIP.on(side)] for side in Side]
        middles = [(sum(x for x, _ in pair) / 2, sum(y for _, y in pair) / 2) for pair in (shoulders, hips)]
        assert math.dist(*middles) == pytest.approx(bone(pose, "trunk"))


@each_rung
def test_only_what_points_at_the_camera_is_foreshortened(exercise: Exercise, rung: Rung) -> None:
    for keyframe in rung.keyframes:
        for name, share in keyframe.pose.lengths.items():
            assert name.removeprefix("left-").removeprefix("right-") in {*BONES, "face"}
            assert 0.1 <= share <= 1.0


@each_rung
def test_hands_and_feet_get_where_they_reach(exercise: Exercise, rung: Rung) -> None:
    for keyframe in rung.keyframes:
        body = stand(keyframe)
        assert body[joint(keyframe.pin)] == pytest.approx(keyframe.pin_at)
        for name, at in keyframe.reach.items():
            assert math.dist(body[joint(name)], at) < 0.015, f"{name} at {keyframe.at_s} s"


@each_rung
def test_what_rests_somewhere_stays_there_on_the_way(exercise: Exercise, rung: Rung) -> None:
    for earlier, later in pairwise(rung.keyframes):
        fixed = [name for name in earlier.reach if later.reach.get(name) == earlier.reach[name]]
        if earlier.pin == later.pin and earlier.pin_at == later.pin_at:
            fixed.append(earlier.pin)
        middle = body_at(rung.keyframes, (earlier.at_s + later.at_s) / 2)
        for name in fixed:
            at = earlier.reach.get(name, earlier.pin_at)
            assert math.dist(middle[joint(name)], at) < 0.02, name


@each_rung
def test_nobody_sinks_into_the_floor(exercise: Exercise, rung: Rung) -> None:
    for at_s in moments(rung):
        body = body_at(rung.keyframes, at_s)
        for part, thick in FLESH.items():
            for side in Side:
                lowest = body[part.on(side)][1] - thick
                assert lowest > -INTO_THE_MAT, f"{side} {part.name} at {at_s:.1f} s"


@each_rung
def test_somebody_on_the_floor_touches_it(exercise: Exercise, rung: Rung) -> None:
    for keyframe in (rung.keyframes[0], rung.keyframes[-1]):
        body = stand(keyframe)
        assert min(body[part.on(side)][1] - thick for part, thick in FLESH.items() for side in Side) < 0.03


@each_rung
def test_it_moves_without_jumps(exercise: Exercise, rung: Rung) -> None:
    frames = list(figure.story(exercise, fps=30, hold_s=0.5, rung=rung.id))
    for before, after in pairwise(frames):
        for a, b in zip(before.points, after.points, strict=True):
            assert math.hypot((a.x - b.x) * before.aspect, a.y - b.y) < 0.05


@each_rung
def test_a_story_begins_and_ends_at_rest(exercise: Exercise, rung: Rung) -> None:
    frames = list(figure.story(exercise, fps=10, hold_s=3, rung=rung.id))
    start = figure.sample(exercise, 0.0, rung=rung.id)
    assert frames[0].points == start.points
    assert frames[-1].points == start.points
    assert [round(frame.t_s * 10) for frame in frames] == list(range(len(frames)))
    held = figure.held(exercise, rung=rung.id).points
    assert sum(frame.points == held for frame in frames) == pytest.approx(30, abs=1)


@each_rung
def test_the_loop_goes_in_stays_and_comes_back(exercise: Exercise, rung: Rung) -> None:
    def at(t_s: float) -> tuple[object, ...]:
        return figure.sample(exercise, t_s, rung=rung.id).points

    held = figure.held(exercise, rung=rung.id).points
    assert at(4.0) == at(5.0) == at(6.0) == held
    assert at(0.0) == at(10.0) == at(20.0) != held
    for t_s in (0.5, 1.9, 3.1):
        way_in, way_back = figure.sample(exercise, t_s, rung=rung.id), figure.sample(exercise, 10 - t_s, rung=rung.id)
        for a, b in zip(way_in.points, way_back.points, strict=True):
            assert (a.x, a.y) == pytest.approx((b.x, b.y))


@each_rung
def test_the_right_side_is_the_left_one_in_a_mirror(exercise: Exercise, rung: Rung) -> None:
    left, right = (figure.held(exercise, rung=rung.id, side=side) for side in Side)
    assert right == (left.mirrored() if exercise.two_sided else left)


@each_rung
def test_the_near_side_is_seen_best_and_nothing_beyond_the_picture(exercise: Exercise, rung: Rung) -> None:
    points = figure.held(exercise, rung=rung.id).points
    for part in (Part.SHOULDER, Part.ELBOW, Part.HIP, Part.KNEE, Part.ANKLE):
        for side in Side:
            point = points[part.on(side)]
            if not (0 <= point.x <= 1 and 0 <= point.y <= 1):
                assert point.visibility < exercise.settings.min_visibility
            elif rung.near in (None, side):
                assert point.visibility == 1.0
            else:
                assert point.visibility == 0.7
    if exercise.camera.whole_body:
        assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points)


@each_rung
def test_a_body_seen_from_the_side_shows_its_near_side_to_the_camera(exercise: Exercise, rung: Rung) -> None:
    """Facing left with the head up, the left side is near; each turn of the body turns that about."""
    if rung.near is None:
        return
    pose = rung.keyframes[-1].pose
    turn = math.sin(math.radians(pose.face - pose.trunk))
    assert (Side.LEFT if turn > 0 else Side.RIGHT) is rung.near


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_the_page_gets_all_that_it_draws(exercise: Exercise) -> None:
    asset = json.loads(json.dumps(figure.asset(exercise), allow_nan=False))
    assert asset["exercise"] == exercise.id
    assert list(asset["rungs"]) == [rung.id for rung in exercise.rungs]
    shown = [check for check in exercise.checks if check.mend is not None]
    assert {fault: mend["dy"] for fault, mend in asset["mends"].items()} == {
        check.id: -1 if check.mend.towards == "up" else 1 for check in shown
    }
    for rung in exercise.rungs:
        drawn = asset["rungs"][rung.id]
        assert len(drawn["into"]) == drawn["fps"] * drawn["hold_from_s"] + 1
        assert (drawn["into"][0], drawn["into"][-1]) == (drawn["start"], drawn["hold"])
        assert all(len(points) == 33 for points in drawn["into"])
        assert drawn["near"] == (rung.near and rung.near.value)
        assert 2 <= len(drawn["body_line"]) <= 3
        assert (drawn["floor_y"] < 1) is exercise.camera.whole_body
        frame = figure.held(exercise, rung=rung.id)
        for (x, y), point in zip(drawn["hold"], frame.points, strict=True):
            assert (x, y) == pytest.approx((point.x * frame.aspect, point.y), abs=1e-4)
        for prop in drawn["props"]:
            assert bool(prop["line"]) is not bool(prop["along"])
            assert all(0 <= number < 33 for number in prop["along"])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_a_still_is_the_hold_of_the_whole_figure_and_much_smaller(exercise: Exercise) -> None:
    whole, stills = figure.asset(exercise)["rungs"], figure.still(exercise)
    assert list(stills) == list(whole)  # type: ignore[call-overload]
    for name, held in stills.items():
        drawn = whole[name]  # type: ignore[index]
        assert {*drawn} - {*held} == {"fps", "duration_s", "hold_from_s", "back_from_s", "into", "start"}
        for key in ("near", "unit", "body_line", "floor_y", "window"):
            assert held[key] == drawn[key]  # type: ignore[index]
        for (x, y), (u, v) in zip(held["hold"], drawn["hold"], strict=True):  # type: ignore[index]
            assert (x, y) == pytest.approx((u, v), abs=6e-4)
    assert len(json.dumps(stills)) * 10 < len(json.dumps(whole))


@each_rung
def test_a_window_holds_the_movement_and_ends_where_the_figure_stands(exercise: Exercise, rung: Rung) -> None:
    drawn = figure.asset(exercise)["rungs"][rung.id]  # type: ignore[index]
    window = drawn["window"]
    legs = any(joint >= Joint.LEFT_HIP for joint in drawn["body_line"])
    assert window["bust"] is (drawn["floor_y"] > 1.1 and not legs), "where the feet lie outside and no leg takes part"
    moments = [drawn["start"], drawn["hold"], drawn["into"][len(drawn["into"]) // 2]]
    shown = [(x, y) for points in moments for x, y in points if y <= window["ground_y"]]
    things = [x for prop in drawn["props"] for x, y in prop["line"] if y < window["ground_y"]]
    assert window["left"] == pytest.approx(min([x for x, _ in shown] + things), abs=2e-4)
    assert window["right"] == pytest.approx(max([x for x, _ in shown] + things), abs=2e-4)
    assert window["top"] == pytest.approx(min(y for _, y in shown), abs=2e-4)
    if window["bust"]:
        shoulders, hips = drawn["hold"][Joint.LEFT_SHOULDER][1], drawn["hold"][Joint.LEFT_HIP][1]
        assert shoulders < window["ground_y"] < hips, "a bust ends at the waist"
    else:
        assert window["ground_y"] == drawn["floor_y"]


def test_the_body_line_of_a_form_on_the_knees_ends_there() -> None:
    for name, rung in (("plank", "knee"), ("side-plank", "short-lever"), ("side-plank", "hip-lift")):
        around = figure.scenery(shipped_catalogue().exercise(name), rung)
        assert around.body_line[-1] in (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)


def test_what_does_not_exist_is_not_found() -> None:
    plank = shipped_catalogue().exercise("plank")
    with pytest.raises(NotFound):
        figure.held(plank, rung="handstand")
    with pytest.raises(NotFound):
        figure.spoiled(plank, "hair-untidy")
    with pytest.raises(NotFound):
        figure.spoiled(plank, "knees-bent", rung="knee")


STANDING = Pose(
    trunk=90, neck=90, face=0, left_arm=(270, 271, 270), right_arm=(270, 269, 270), left_leg=(270, 269, 0),
    right_leg=(270, 271, 0), shoulders=(0.1, 0), hips=(0.05, 0), lengths={},
)  # fmt: skip
LIMBS = {
    "left-wrist": (Part.SHOULDER, Part.ELBOW), "right-wrist": (Part.SHOULDER, Part.ELBOW),
    "left-ankle": (Part.HIP, Part.KNEE), "right-ankle": (Part.HIP, Part.KNEE),
}  # fmt: skip


def bend(bones: Bones, name: str) -> float:
    """Positive where the limb bends counter-clockwise."""
    (ax, ay), (bx, by), (cx, cy) = (
        bones[part] for part in (*(p.on(Side(name.split("-")[0])) for p in LIMBS[name]), joint(name))
    )
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx)


@given(st.sampled_from(sorted(LIMBS)), st.floats(0.05, 0.3), st.floats(0, 360))
def test_a_limb_gets_anywhere_within_its_reach_and_bends_as_before(name: str, far: float, way: float) -> None:
    bones = skeleton(STANDING)
    root = bones[LIMBS[name][0].on(Side(name.split("-")[0]))]
    target = root[0] + far * math.cos(math.radians(way)), root[1] + far * math.sin(math.radians(way))
    reached = skeleton(reaching(STANDING, bones, {name: target}))
    assert math.dist(reached[joint(name)], target) < 1e-4
    assert bend(bones, name) * bend(reached, name) >= 0


@given(st.floats(0.6, 5.0), st.floats(0, 360))
def test_out_of_reach_it_points_there(far: float, way: float) -> None:
    bones = skeleton(STANDING)
    hip = bones[Joint.LEFT_HIP]
    target = hip[0] + far * math.cos(math.radians(way)), hip[1] + far * math.sin(math.radians(way))
    leg = skeleton(reaching(STANDING, bones, {"left-ankle": target}))
    assert math.dist(leg[Joint.LEFT_ANKLE], hip) == pytest.approx(0.486, abs=1e-4)
    assert math.dist(leg[Joint.LEFT_ANKLE], target) == pytest.approx(far - 0.486, abs=1e-3)


def test_a_keyframe_that_reaches_for_nothing_is_settled_already() -> None:
    keyframe = Keyframe(0.0, "start", STANDING, "left-heel", (0.0, 0.0))
    assert settled(keyframe) is keyframe
    assert settled(replace(keyframe, reach={"left-wrist": (0.3, 0.9)})).pose != STANDING
