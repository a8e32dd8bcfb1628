"""Rendered people of whom everything is known: what is credited against what was truly held."""

import itertools
from collections.abc import Callable

import pytest

from lumbar.catalog import Catalogue
from lumbar.core.assess import Assessment, assess
from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.judge import State

FRAME_S = 1 / 15
EDGE_S = 0.7
"""What an entry may cost, and how far the end of a hold may be off."""

SAG_DEG, PIKE_DEG = 8.0, -33.0
"""Where the acceptable band of a plank's body line ends."""

CLIPS = {
    "plank": ("plank", None, {"hips-sagging"}),
    "side_plank_left": ("side-plank", Side.LEFT, {"hips-dropped"}),
    "glute_bridge": ("glute-bridge", None, {"hips-low"}),
    "hip_flexor_left": ("hip-flexor-stretch", Side.LEFT, {"leaning-forward"}),
    "hamstring_left": ("hamstring-stretch", Side.LEFT, {"knee-bent"}),
    "figure4_left": ("piriformis-stretch", Side.LEFT, set()),
    "chest": ("chest-stretch", None, set()),
    "neck_right": ("neck-stretch", Side.LEFT, {"no-tilt"}),
}
"""Clip: exercise, the side that works (a neck leaning right lengthens the left), and what may be found fault with."""

RESTING = {"plank": (), "glute_bridge": ("down",), "hamstring_left": ("lying",), "figure4_left": ("rest",)}


def assessed(clip: list[object], exercise: Exercise, side: Side | None = None) -> Assessment:
    return assess((truth.frame for truth in clip), exercise, side=side)  # type: ignore[attr-defined]


def plank_bounds(clip: list[object]) -> tuple[float, float]:
    """The least and the most that may be credited, in seconds."""
    held = [truth.phase == "hold_good" for truth in clip]  # type: ignore[attr-defined]
    entries = sum(now and not before for before, now in itertools.pairwise([False, *held]))
    held_s = sum(held) * FRAME_S
    others_s = FRAME_S * sum(
        not good and PIKE_DEG <= truth.angles["body_sag_signed"] <= SAG_DEG  # type: ignore[attr-defined]
        for good, truth in zip(held, clip, strict=True)
    )
    return held_s - EDGE_S * entries, held_s + EDGE_S + others_s


def test_a_plank_of_the_bundle_is_credited_what_was_held(
    truth_clip: Callable[..., list[object]], plank: Exercise
) -> None:
    clip = truth_clip("plank")
    least_s, most_s = plank_bounds(clip)
    result = assessed(clip, plank)
    assert least_s <= result.credited_s <= most_s
    (sagging,) = result.faults
    assert sagging.id == "hips-sagging"


@pytest.mark.parametrize("prefix", ["01", "02", "03"])
def test_planks_as_a_model_saw_them_are_credited_what_was_held(
    model_clip: Callable[..., list[object]], plank: Exercise, prefix: str
) -> None:
    clip = model_clip(prefix)
    least_s, most_s = plank_bounds(clip)
    result = assessed(clip, plank)
    assert least_s <= result.credited_s <= most_s
    assert {fault.id for fault in result.faults} <= {"hips-sagging"}


@pytest.mark.parametrize("name", CLIPS)
@pytest.mark.parametrize("told", [False, True])
def test_holds_of_the_bundle_are_recognised(
    truth_clip: Callable[..., list[object]], catalogue: Catalogue, name: str, told: bool
) -> None:
    exercise_id, side, faults = CLIPS[name]
    clip = truth_clip(name)
    result = assessed(clip, catalogue.exercise(exercise_id), side if told else None)
    assert result.side is side
    assert {fault.id for fault in result.faults} <= faults
    states: dict[str, list[State]] = {}
    for truth, (_, shown) in zip(clip, result.judgements, strict=True):
        states.setdefault(truth.phase, []).append(shown.state)  # type: ignore[attr-defined]
    good = next(phase for phase in ("hold_good", "hold_top") if phase in states)
    assert all(state.counts for state in states[good])
    for phase in RESTING.get(name, ()):
        assert set(states[phase]) == {State.NOT_IN_POSITION}


@pytest.mark.parametrize(
    ("prefix", "name", "side"),
    [
        ("05", "side-plank", Side.LEFT),
        ("06", "side-plank", Side.RIGHT),
        ("07", "glute-bridge", None),
        ("09", "hip-flexor-stretch", Side.LEFT),
        ("10", "hamstring-stretch", Side.LEFT),
        ("11", "piriformis-stretch", Side.RIGHT),
        ("12", "chest-stretch", None),
        ("13", "neck-stretch", Side.LEFT),
    ],
)
def test_holds_as_a_model_saw_them_are_recognised(
    model_clip: Callable[..., list[object]], catalogue: Catalogue, prefix: str, name: str, side: Side | None
) -> None:
    clip = model_clip(prefix)
    result = assessed(clip, catalogue.exercise(name))
    assert result.side is side
    for truth, (_, shown) in zip(clip, result.judgements, strict=True):
        if truth.phase in ("hold_good", "hold_top"):  # type: ignore[attr-defined]
            assert shown.state.counts, (truth.frame.t_s, shown)  # type: ignore[attr-defined]
        if truth.phase in ("down", "rest", "kneeling") or (truth.phase, prefix) == ("lying", "10"):  # type: ignore[attr-defined]
            assert shown.state is State.NOT_IN_POSITION


def test_low_bridges_are_caught(model_clip: Callable[..., list[object]], catalogue: Catalogue) -> None:
    result = assessed(model_clip("08"), catalogue.exercise("glute-bridge"))
    assert result.credited_s == 0
    assert {fault.id for fault in result.faults} == {"hips-low"}
