"""A hand that is held up pauses, and one that stays up says that it hurts; nothing that people do in their exercises,
or on the way into them, looks like one."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.lint import bad_signs
from lumbar.core import figure
from lumbar.core.body import Frame, Side
from lumbar.core.coach import Coach, HandKept, HandRaised, HandWatch
from lumbar.core.coach.events import Event
from lumbar.core.errors import BadFrame
from lumbar.core.exercise import Exercise
from lumbar.core.seen import Seen
from lumbar.core.sign import Sign

FPS = 15.0
CATALOGUE = shipped_catalogue()
SIGNS = CATALOGUE.coach.signs
RUNGS = [(exercise, rung.id) for exercise in CATALOGUE.exercises.values() for rung in exercise.rungs]

ON_THE_BACK = ("left-hip", {"trunk": 0, "neck": 0, "face": 90, "arm": (180, 180, 180), "leg": (180, 180, 90)})
FACE_DOWN = ("left-hip", {"trunk": 0, "neck": 5, "face": 280, "arm": (2, 0, 0), "leg": (180, 180, 200)})
ON_THE_SIDE = ("left-hip", {"trunk": 10, "neck": 10, "face": 280, "arm": (190, 200, 200), "leg": (180, 180, 200)})
ON_THE_ELBOWS = ("left-hip", {"trunk": 15, "neck": 60, "face": 330, "leg": (180, 180, 200)})
ON_THE_SIDE_UP = ("left-hip", {"trunk": 25, "neck": 35, "face": 300, "leg": (180, 180, 200)})
STANDING = ("left-heel", {})
KNEELING = ("left-knee", {"trunk": 90, "arm": (270, 270, 270), "leg": (270, 180, 180)})
Pose = tuple[str, Mapping[str, object]]

GIVEN: list[tuple[str, str, Pose, object]] = [
    ("glute-bridge", "full", ON_THE_BACK, (90, 90, 90)),
    ("glute-bridge", "full", ON_THE_BACK, (100, 95, 95)),
    ("glute-bridge", "full", ON_THE_BACK, (70, 75, 75)),
    ("piriformis-stretch", "lying", ON_THE_BACK, (80, 90, 90)),
    ("hamstring-stretch", "strap", ON_THE_BACK, (90, 88, 90)),
    ("plank", "forearm", FACE_DOWN, (0, 90, 90)),
    ("plank", "forearm", FACE_DOWN, (355, 75, 75)),
    ("plank", "knee", ON_THE_BACK, (90, 90, 90)),
    ("side-plank", "long-legs", ON_THE_SIDE, (190, 90, 90)),
    ("side-plank", "short-lever", ON_THE_SIDE, (170, 100, 90)),
    ("hip-flexor-stretch", "half-kneeling", KNEELING, (90, 92, 90)),
    ("hip-flexor-stretch", "arm-up", KNEELING, (275, 95, 90)),
    ("chest-stretch", "doorway", STANDING, (85, 90, 90)),
    ("neck-stretch", "with-hand", STANDING, (95, 85, 90)),
    ("hip-hinge", "hands", STANDING, (90, 90, 90)),
]
"""Exercise, rung, how somebody lies or stands who wants a pause, and the directions of the arm that they hold up."""

CLIPS = {
    "plank": ("plank", "forearm"),
    "side_plank": ("side-plank", "long-legs"),
    "glute_bridge": ("glute-bridge", "full"),
    "bridge": ("glute-bridge", "full"),
    "hip_flexor": ("hip-flexor-stretch", "half-kneeling"),
    "hamstring": ("hamstring-stretch", "strap"),
    "figure4": ("piriformis-stretch", "lying"),
    "chest": ("chest-stretch", "doorway"),
    "neck": ("neck-stretch", "with-hand"),
    "desk": (None, ""),
}
"""By how a clip's name begins: what is done in it."""


def watch(exercise: Exercise | None, rung: str | None = None) -> HandWatch:
    wanted = SIGNS.usual if exercise is None else exercise.signs_of(exercise.rung(rung))
    return HandWatch(CATALOGUE.coach, wanted)


def told_of(watching: HandWatch, frames: Iterable[Frame]) -> list[Event]:
    return [event for frame in frames for event in watching.feed(frame)]


def raised(watching: HandWatch, frames: Iterable[Frame]) -> list[float]:
    """When a hand was seen to be raised."""
    return [event.t_s for event in told_of(watching, frames) if isinstance(event, HandRaised)]


def kept_up(watching: HandWatch, frames: Iterable[Frame]) -> list[float]:
    """When a hand was seen to stay up."""
    return [event.t_s for event in told_of(watching, frames) if isinstance(event, HandKept)]


def lasting(pose: Frame, from_s: float, seconds: float, fps: float = FPS) -> Iterator[Frame]:
    for number in range(round(seconds * fps)):
        yield replace(pose, t_s=from_s + number / fps)


@pytest.fixture(scope="module")
def poses(posed: Callable[..., Frame]) -> Callable[[Pose, object], tuple[Frame, Frame]]:
    """Somebody at rest, and the same with one arm held up."""

    def build(pose: Pose, arm: object) -> tuple[Frame, Frame]:
        pin, directions = pose
        both = directions.get("arm", (270, 270, 270))
        sides = {**directions, "left_arm": arm, "right_arm": both}
        sides.pop("arm", None)
        return posed(pin, near=None, **directions), posed(pin, near=None, **sides)

    return build


@pytest.mark.parametrize(("name", "rung", "pose", "arm"), GIVEN)
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_hand_that_is_held_up_is_told_of_once(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], name: str, rung: str, pose: Pose, arm: object, mirrored: bool
) -> None:
    down, up = (frame.mirrored() if mirrored else frame for frame in poses(pose, arm))
    watching = watch(CATALOGUE.exercise(name), rung)
    story = [*lasting(down, 0, 2), *lasting(up, 2, 6), *lasting(down, 8, 2), *lasting(up, 10, 4)]
    told = raised(watching, story)
    assert len(told) == 2
    for at_s, from_s in zip(told, (2, 10), strict=True):
        assert SIGNS.after_s - 1 / FPS <= at_s - from_s <= SIGNS.after_s + 2 / FPS


@pytest.mark.parametrize(("name", "rung", "pose", "arm"), GIVEN)
def test_a_coach_tells_of_it_too(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], name: str, rung: str, pose: Pose, arm: object
) -> None:
    down, up = poses(pose, arm)
    coach = Coach(CATALOGUE.exercise(name), target_s=60, rung=rung)
    story = [*lasting(down, 0, 2), *lasting(up, 2, 4)]
    assert [type(e) for frame in story for e in coach.feed(frame)].count(HandRaised) == 1


@pytest.mark.parametrize(("name", "rung", "pose", "arm"), GIVEN)
def test_a_hand_that_stays_up_is_told_of_once_more(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], name: str, rung: str, pose: Pose, arm: object
) -> None:
    down, up = poses(pose, arm)
    exercise = CATALOGUE.exercise(name)
    for watching in (watch(exercise, rung), Coach(exercise, target_s=60, rung=rung)):
        told = [
            event
            for frame in [*lasting(down, 0, 2), *lasting(up, 2, 14), *lasting(down, 16, 2), *lasting(up, 18, 5)]
            for event in watching.feed(frame)
            if isinstance(event, HandRaised | HandKept)
        ]
        assert [type(event) for event in told] == [HandRaised, HandKept, HandRaised]
        assert told[1].t_s - told[0].t_s == pytest.approx(SIGNS.keep_s, abs=2 / FPS)


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0])
def test_a_hand_that_paused_and_stays_up_is_known_by_whoever_watches_the_pause(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], fps: float
) -> None:
    """The watching in a pause begins with the hand still up, which raises nothing there, and may stay so."""
    _, up = poses(FACE_DOWN, (0, 90, 90))
    watching = watch(CATALOGUE.exercise("plank"))
    told = told_of(watching, lasting(up, 0, 12, fps))
    assert [type(event) for event in told] == [HandKept]
    assert told[0].t_s == pytest.approx(SIGNS.keep_s, abs=1.5 / fps)


def test_a_hand_that_sinks_in_time_or_is_lost_has_not_stayed_up(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], nobody: Frame
) -> None:
    down, up = poses(ON_THE_BACK, (90, 90, 90))
    nearly_s = SIGNS.keep_s - 0.2
    assert kept_up(watch(None), [*lasting(up, 0, nearly_s), *lasting(down, 4, 1), *lasting(up, 5, nearly_s)]) == []
    assert kept_up(watch(None), [*lasting(up, 0, 3), *lasting(nobody, 3, 0.6), *lasting(up, 3.6, 3)]) == []
    assert kept_up(watch(None), [*lasting(up, 0, 3), *lasting(up, 30, 3)]) == [], "a gap is no time"
    blink = [*lasting(up, 0, 2), *lasting(nobody, 2, 0.2), *lasting(up, 2.2, 2.2)]
    assert len(kept_up(watch(None), blink)) == 1


def test_an_arm_on_its_way_is_none(poses: Callable[[Pose, object], tuple[Frame, Frame]]) -> None:
    down, up = poses(ON_THE_BACK, (90, 90, 90))
    brief_s = SIGNS.after_s - 0.2
    assert raised(watch(None), [*lasting(down, 0, 2), *lasting(up, 2, brief_s), *lasting(down, 4, 2)]) == []


def test_a_hand_that_was_up_before_is_none(poses: Callable[[Pose, object], tuple[Frame, Frame]], nobody: Frame) -> None:
    """The one that paused is still up when the watching begins; and one after a gap may be the same."""
    down, up = poses(ON_THE_BACK, (90, 90, 90))
    assert raised(watch(None), lasting(up, 0, 10)) == []
    assert raised(watch(None), [*lasting(nobody, 0, 3), *lasting(up, 3, 10)]) == []
    assert raised(watch(None), [*lasting(down, 0, 2), *lasting(up, 3, 10)]) == []


def test_a_blink_of_the_model_does_not_end_it(
    poses: Callable[[Pose, object], tuple[Frame, Frame]], nobody: Frame
) -> None:
    down, up = poses(ON_THE_BACK, (90, 90, 90))
    for blink in (down, nobody):
        story = [*lasting(down, 0, 2), *lasting(up, 2, 1), *lasting(blink, 3, 0.2), *lasting(up, 3.2, 1)]
        assert len(raised(watch(None), story)) == 1
    long = [*lasting(down, 0, 2), *lasting(up, 2, 1), *lasting(nobody, 3, 0.45), *lasting(up, 3.45, 1)]
    assert raised(watch(None), long) == []


@pytest.mark.parametrize("fps", [8.0, 10.0, 15.0, 30.0, 60.0])
def test_any_frame_rate_tells_the_same(poses: Callable[[Pose, object], tuple[Frame, Frame]], fps: float) -> None:
    down, up = poses(FACE_DOWN, (0, 90, 90))
    (at_s,) = raised(watch(CATALOGUE.exercise("plank")), [*lasting(down, 0, 2, fps), *lasting(up, 2, 3, fps)])
    assert at_s == pytest.approx(2 + SIGNS.after_s, abs=1.5 / fps + 1e-6)


@pytest.mark.parametrize(("exercise", "rung"), RUNGS, ids=[f"{e.id}:{r}" for e, r in RUNGS])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_no_exercise_pauses_itself(exercise: Exercise, rung: str, side: Side) -> None:
    side_asked = side if exercise.two_sided else None
    story = figure.story(exercise, fps=FPS, hold_s=8, rung=rung, side=side_asked)
    assert told_of(watch(exercise, rung), story) == []


@pytest.mark.parametrize("name", ["side-plank", "hip-flexor-stretch"])
def test_a_form_that_raises_an_arm_needs_another_sign(name: str) -> None:
    """What the catalogue's lint is for: without its own sign the arm of the exercise itself would pause."""
    exercise = CATALOGUE.exercise(name)
    bare = replace(exercise, rungs=tuple(replace(rung, signs=(Sign.ARM,)) for rung in exercise.rungs))
    assert [mistake for mistake in bad_signs(bare) if "sign of the hand" in mistake]
    assert not list(bad_signs(exercise))


@pytest.mark.parametrize(
    ("pose", "arm"),
    [
        (ON_THE_ELBOWS, (300, 88, 60)),  # the chin in the hands
        (ON_THE_SIDE_UP, (275, 75, 45)),  # the head on the hand
        (ON_THE_BACK, (60, 60, 60)),  # a strap held with straight arms: the feet are to the left, the hands go there
        (("on all fours", {"trunk": 0, "arm": (270, 270, 0), "leg": (270, 180, 180)}), (5, 0, 0)),  # a bird dog
        (STANDING, (0, 90, 90)),  # a door frame, a glass that is drunk from, a pair of glasses put right
    ],
)
def test_other_things_that_hands_do_are_none(posed: Callable[..., Frame], pose: Pose, arm: object) -> None:
    pin, directions = pose
    pin = "left-knee" if pin == "on all fours" else pin
    if pose is ON_THE_BACK:
        arm = tuple(180 - degrees for degrees in arm)  # type: ignore[attr-defined]
    sides = {**directions, "left_arm": arm, "right_arm": arm}
    sides.pop("arm", None)
    frame = posed(pin, near=None, **sides)
    wanted = {id(ON_THE_ELBOWS): "prone", id(ON_THE_SIDE_UP): "side-lying"}.get(id(pose), "standing")
    assert SIGNS.given(Seen(frame, CATALOGUE.coach.min_visibility), SIGNS.of(wanted)) is False


def test_hidden_arms_are_no_answer(nobody: Frame) -> None:
    assert SIGNS.given(Seen(nobody, 0.6), SIGNS.usual) is None


def exercise_of(name: str) -> tuple[Exercise | None, str]:
    plain = name.lstrip("0123456789_")
    found = next(CLIPS[start] for start in sorted(CLIPS, key=len, reverse=True) if plain.startswith(start))
    return (None if found[0] is None else CATALOGUE.exercise(found[0]), found[1])


BUNDLED = [
    "chest", "desk_drift", "figure4_left", "glute_bridge", "hamstring_left", "hip_flexor_left", "neck_right", "plank",
    "side_plank_left",
]  # fmt: skip


@pytest.mark.parametrize("name", BUNDLED)
def test_nobody_pauses_in_the_clips_of_the_bundle(truth_clip: Callable[[str], list[Any]], name: str) -> None:
    exercise, rung = exercise_of(name)
    frames = [truth.frame for truth in truth_clip(name)]
    assert told_of(watch(exercise, rung), frames) == []
    assert told_of(watch(None), frames) == []


def test_nobody_pauses_in_what_a_model_saw_of_the_larger_clips(
    ground_truth: Path, model_clip: Callable[[str], list[Any]]
) -> None:
    names = sorted(path.stem for path in (ground_truth / "synthetic/mp_clips").glob("*.json"))
    assert len(names) == 15
    for name in names:
        exercise, rung = exercise_of(name)
        frames = [truth.frame for truth in model_clip(name[:2])]
        assert told_of(watch(exercise, rung), frames) == [], name
        assert told_of(watch(None), frames) == [], name
        if exercise is not None:
            coach = Coach(exercise, target_s=None, rung=rung)
            signs = HandRaised | HandKept
            assert not [e for frame in frames for e in coach.feed(frame) if isinstance(e, signs)], name


def test_no_frame_of_a_labelled_plank_shows_a_sign(ground_truth: Path) -> None:
    points = np.load(ground_truth / "plank-landmarks/plank_dev_history.npz", allow_pickle=True)["landmarks"]
    wanted = SIGNS.of("prone")
    shown = [SIGNS.given(Seen(Frame.from_landmarks(rows, aspect=16 / 9, t_s=0.0), 0.6), wanted) for rows in points]
    assert shown.count(True) == 0
    assert shown.count(False) > len(shown) / 2


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(), st.booleans()), max_size=40), st.sampled_from(["plank", "chest-stretch"]))
def test_rubbish_gives_events_or_a_bad_frame(rubbish: list[tuple[float, bool]], name: str) -> None:
    watching = watch(CATALOGUE.exercise(name))
    told: list[float] = []
    for t_s, seen in rubbish:
        rows = [(t_s, -t_s, 0.0, 1.0)] * 33 if seen else None
        frame = Frame.from_landmarks(rows, aspect=1.0, t_s=t_s)
        try:
            told += raised(watching, [frame])
        except BadFrame:
            continue
    assert told == sorted(told)
    assert all(math.isfinite(at_s) for at_s in told)
