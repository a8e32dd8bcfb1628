"""What the coach asks for before it can judge: a camera or a person that has to move, in words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.core import figure
from lumbar.core.body import Frame, Joint, Landmark, Part, Side
from lumbar.core.coach import Coach, Credited, InPosition, PlacementAsked, TrackingLost
from lumbar.core.exercise import Exercise
from lumbar.core.judge import State, judge
from lumbar.core.view import Region, cut_off

PLANK = shipped_catalogue().exercise("plank")
HELD = figure.held(PLANK, rung="forearm")
FPS = 15


def feed(coach: Coach, frame: Frame, seconds: float, from_s: float = 0.0) -> list[Any]:
    first = round(from_s * FPS)
    return [
        event
        for number in range(first, first + round(seconds * FPS))
        for event in coach.feed(replace(frame, t_s=number / FPS))
    ]


def asked(events: list[Any]) -> list[str]:
    return [event.message.id for event in events if isinstance(event, PlacementAsked)]


def looked_down_on(frame: Frame, ratio: float) -> Frame:
    """The far side higher in the picture than the near one, by a share of the torso: what a camera above sees."""
    near = judge(PLANK, frame).side or Side.LEFT
    shoulder, hip = frame.points[Part.SHOULDER.on(near)], frame.points[Part.HIP.on(near)]
    torso = abs((shoulder.x - hip.x) * frame.aspect)
    far = {part.on(Side.RIGHT) for part in Part} if near is Side.LEFT else {part.on(Side.LEFT) for part in Part}
    points = [
        Landmark(p.x, p.y - ratio * torso, p.z, p.visibility) if number in far else p
        for number, p in enumerate(frame.points)
    ]
    return replace(frame, points=tuple(points))


def moved(frame: Frame, dx: float) -> Frame:
    return replace(frame, points=tuple(Landmark(p.x + dx, p.y, p.z, p.visibility) for p in frame.points))


def shrunk(frame: Frame, scale: float) -> Frame:
    points = (Landmark(0.5 + (p.x - 0.5) * scale, 0.5 + (p.y - 0.5) * scale, p.z, p.visibility) for p in frame.points)
    return replace(frame, points=tuple(points))


def dim(frame: Frame, *parts: Part) -> Frame:
    """Points that the model does not see, though it tells where they must be."""
    hidden = {part.on(side) for part in parts for side in Side}
    points = (Landmark(*p[:3], 0.1) if number in hidden else p for number, p in enumerate(frame.points))
    return replace(frame, points=tuple(points))


def test_a_camera_above_is_asked_to_come_down_and_credits_nothing() -> None:
    high = looked_down_on(HELD, 0.4)
    shown = judge(PLANK, high, rung="forearm")
    assert (shown.state, shown.hint) == (State.CANNOT_JUDGE, "placement.lower")
    coach = Coach(PLANK, rung="forearm")
    events = feed(coach, high, 20)
    assert asked(events) == ["placement.lower"] * 2
    assert coach.progress.credited_s == 0
    (lost,) = [event for event in events if isinstance(event, TrackingLost)]
    assert lost.message.id == "placement.lower"
    events = feed(coach, HELD, 3, from_s=20)
    assert isinstance(next(event for event in events if isinstance(event, InPosition | Credited)), InPosition)
    assert coach.progress.credited_s > 2


def test_a_camera_at_the_height_of_the_body_may_be_a_little_above_it() -> None:
    assert judge(PLANK, looked_down_on(HELD, 0.18), rung="forearm").state is State.GOOD


def test_nothing_is_asked_before_it_has_lasted() -> None:
    coach = Coach(PLANK, rung="forearm")
    events = feed(coach, looked_down_on(HELD, 0.4), 2.8)
    assert asked(events + feed(coach, HELD, 5, from_s=2.8)) == []


def test_feet_out_of_the_picture_are_asked_for_by_name() -> None:
    feet = [HELD.points[Part.ANKLE.on(side)].x for side in Side]
    beyond = 0.05 - min(feet) - 0.1 if max(feet) < 0.5 else 1.05 - min(feet)
    away = dim(moved(HELD, beyond), Part.ANKLE, Part.HEEL, Part.TOE)
    events = feed(Coach(PLANK, rung="forearm"), away, 6)
    assert asked(events)[0] == "placement.cut.feet"


def test_when_most_of_a_body_is_out_of_the_picture_the_camera_is_too_near() -> None:
    near = dim(shrunk(HELD, 4.0), *Part)
    assert asked(feed(Coach(PLANK, rung="forearm"), near, 6))[0] == "placement.too-near"


def test_somebody_far_away_is_asked_to_bring_the_camera_nearer() -> None:
    far = dim(shrunk(HELD, 0.2), Part.ANKLE)
    assert asked(feed(Coach(PLANK, rung="forearm"), far, 6))[0] == "placement.too-far"


def test_nobody_is_told_so(nobody: Frame) -> None:
    assert asked(feed(Coach(PLANK, rung="forearm"), nobody, 6)) == ["placement.nobody"]


def test_a_front_view_is_asked_to_turn(catalogue: Catalogue) -> None:
    chest = catalogue.exercise("chest-stretch")
    held = figure.held(chest, side=Side.LEFT)
    nose = held.points[Joint.NOSE]
    middle = (held.points[11].x + held.points[12].x) / 2
    squeezed = [
        Landmark(middle + (p.x - middle) * 0.1, p.y, p.z, p.visibility) if number in (11, 12) else p
        for number, p in enumerate(held.points)
    ]
    assert nose.visibility > 0
    events = feed(Coach(chest, Side.LEFT), replace(held, points=tuple(squeezed)), 6)
    assert asked(events) == ["placement.face-me"]


def test_in_a_hold_nothing_is_asked_until_it_is_over() -> None:
    coach = Coach(PLANK, rung="forearm")
    assert asked(feed(coach, HELD, 5)) == []
    events = feed(coach, looked_down_on(HELD, 0.4), 2.5, from_s=5)
    assert asked(events) == []


def test_parts_are_cut_off_by_where_they_are_and_not_by_how_well_they_are_seen() -> None:
    assert cut_off(HELD, tuple(Region), Side.LEFT) == []
    assert cut_off(dim(HELD, *Part), tuple(Region), Side.LEFT) == []
    assert cut_off(moved(HELD, 2.0), tuple(Region), Side.LEFT) == list(Region)


@pytest.mark.parametrize("exercise", shipped_catalogue().exercises.values(), ids=lambda e: e.id)
def test_every_demo_is_within_its_own_picture(exercise: Exercise, changed: Callable[..., Frame]) -> None:
    for rung in exercise.rungs:
        if rung.camera_sees:
            frame = figure.held(exercise, rung=rung.id)
            assert judge(exercise, frame, rung=rung.id).hint is None
            assert judge(exercise, changed(frame, scale=0.6), rung=rung.id).state.in_position


def test_a_point_at_the_edge_of_the_picture_is_asked_for_all_the_same() -> None:
    feet = [HELD.points[Part.ANKLE.on(side)].x for side in Side]
    beyond = 0.05 - min(feet) - 0.1 if max(feet) < 0.5 else 1.05 - min(feet)
    away, within = (dim(moved(HELD, dx), Part.ANKLE, Part.HEEL, Part.TOE) for dx in (beyond, 0.0))
    coach = Coach(PLANK, rung="forearm")
    events: list[Any] = []
    for number in range(FPS * 12):
        events += coach.feed(replace(away if number % 5 else within, t_s=number / FPS))
    assert asked(events) == ["placement.cut.feet"] * 2


def test_the_wrong_side_to_the_camera_is_asked_to_turn(catalogue: Catalogue) -> None:
    hamstring = catalogue.exercise("hamstring-stretch")
    held = figure.held(hamstring, side=Side.LEFT)
    left = {part.on(Side.LEFT) for part in Part}
    hidden = [Landmark(*p[:3], 0.3) if number in left else p for number, p in enumerate(held.points)]
    events = feed(Coach(hamstring, Side.LEFT), replace(held, points=tuple(hidden)), 6)
    assert asked(events) == ["placement.turn.left"]


@pytest.mark.parametrize("fps", [4, 8, 15, 30])
def test_a_hidden_arm_is_no_swap_of_sides(catalogue: Catalogue, fps: int) -> None:
    """Every second frame hides the elbow that works, while the idle hand is on the hip: nothing is seen to be held."""
    chest = catalogue.exercise("chest-stretch")
    held = figure.held(chest, side=Side.LEFT)
    elbow, shoulder = held.points[Part.ELBOW.on(Side.RIGHT)], held.points[Part.SHOULDER.on(Side.RIGHT)]
    akimbo = list(held.points)
    akimbo[Part.ELBOW.on(Side.RIGHT)] = Landmark(
        shoulder.x + (elbow.x - shoulder.x) - 0.09 / held.aspect, elbow.y, elbow.z, elbow.visibility
    )
    seen = replace(held, points=tuple(akimbo))
    coach = Coach(chest, Side.LEFT, target_s=None)
    for number in range(fps * 10):
        points = list(seen.points)
        if number % 2:
            points[Part.ELBOW.on(Side.LEFT)] = Landmark(*points[Part.ELBOW.on(Side.LEFT)][:3], 0.1)
        coach.feed(replace(seen, points=tuple(points), t_s=number / fps))
    assert coach.progress.credited_s <= 1.5
    assert coach.progress.unjudged_s > 8
