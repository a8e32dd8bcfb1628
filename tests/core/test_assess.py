"""What the coach makes of a whole recording."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import lumbar
from lumbar.catalog import Catalogue
from lumbar.core import figure
from lumbar.core.assess import assess
from lumbar.core.body import Frame, Side
from lumbar.core.coach import Coach
from lumbar.core.errors import BadFrame, Misuse
from lumbar.core.exercise import Exercise
from lumbar.core.judge import judge

FPS = 15


def recording(*spells: tuple[Frame, float]) -> list[Frame]:
    pictures = [frame for frame, seconds in spells for _ in range(round(seconds * FPS))]
    return [replace(frame, t_s=10.0 + number / FPS) for number, frame in enumerate(pictures)]


@pytest.fixture
def sagging_once(plank: Exercise) -> list[Frame]:
    good, bad = figure.held(plank, rung="forearm"), figure.spoiled(plank, "hips-sagging", rung="forearm")
    return recording((good, 5), (bad, 4), (good, 5), (figure.sample(plank, 0.0, rung="forearm"), 3))


def test_the_sums_are_those_of_the_coach(plank: Exercise, sagging_once: list[Frame]) -> None:
    coach = Coach(plank, target_s=None)
    events = [event for frame in sagging_once for event in coach.feed(frame)]
    result = assess(sagging_once, plank)
    books = coach.progress
    assert (result.credited_s, result.in_position_s) == (books.credited_s, books.in_position_s)
    assert (result.unjudged_s, result.longest_hold_s) == (books.unjudged_s, books.longest_hold_s)
    assert result.events == tuple(events)
    assert result.frames == len(sagging_once)
    assert result.duration_s == pytest.approx((len(sagging_once) - 1) / FPS)


def test_each_frame_is_judged_by_itself(plank: Exercise, sagging_once: list[Frame]) -> None:
    result = assess(sagging_once, plank)
    assert [t_s for t_s, _ in result.judgements] == [frame.t_s for frame in sagging_once]
    assert [shown for _, shown in result.judgements] == [judge(plank, frame) for frame in sagging_once]


def test_faults_are_spells_in_the_recordings_own_time(plank: Exercise, sagging_once: list[Frame]) -> None:
    (spell,) = assess(sagging_once, plank).faults
    assert spell.id == "hips-sagging"
    assert 15.7 <= spell.from_s <= 16.1
    assert 19.0 <= spell.to_s <= 19.3


def test_a_fault_that_stands_at_the_end_ends_with_the_recording(plank: Exercise) -> None:
    good, bad = figure.held(plank, rung="forearm"), figure.spoiled(plank, "hips-piked", rung="forearm")
    frames = recording((good, 4), (bad, 4))
    (spell,) = assess(frames, plank).faults
    assert (spell.id, spell.to_s) == ("hips-piked", frames[-1].t_s)


def test_measures_are_spread_over_the_frames_in_position(plank: Exercise, sagging_once: list[Frame]) -> None:
    result = assess(sagging_once, plank)
    height = result.measures["hip-height-ratio"]
    assert height.p05 < -0.05 < 0.0 < height.median <= height.p95
    away = recording((figure.sample(plank, 0.0, rung="forearm"), 2))
    assert assess(away, plank).measures == {}


def test_the_plain_form_has_the_contracts_fields_in_its_order(plank: Exercise, sagging_once: list[Frame]) -> None:
    plain = assess(sagging_once, plank).as_json()
    assert list(plain) == [
        "exercise", "side", "frames", "duration_s", "in_position_s", "credited_s", "unjudged_s", "longest_hold_s",
        "faults", "measures",
    ]  # fmt: skip
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_an_empty_recording_holds_nothing(plank: Exercise) -> None:
    result = assess([], plank)
    assert (result.frames, result.duration_s, result.credited_s, result.faults, result.side) == (0, 0.0, 0.0, (), None)


def test_a_recording_without_a_person_is_not_judged(plank: Exercise, nobody: Frame) -> None:
    result = assess(recording((nobody, 5)), plank)
    assert (result.seen, result.credited_s) == (0, 0.0)
    assert result.unjudged_s == pytest.approx(result.duration_s)


def test_time_that_goes_back_is_refused(plank: Exercise, nobody: Frame, at: Callable[[Frame, float], Frame]) -> None:
    with pytest.raises(BadFrame):
        assess([at(nobody, 1.0), at(nobody, 0.9)], plank)


def test_sides(plank: Exercise, catalogue: Catalogue) -> None:
    with pytest.raises(Misuse):
        assess([], plank, side=Side.LEFT)
    neck = catalogue.exercise("neck-stretch")
    assert assess(recording((figure.held(neck, side=Side.RIGHT), 3)), neck).side is Side.RIGHT


def test_the_public_face_is_the_documented_one() -> None:
    exercise = lumbar.exercise("plank")
    frame = lumbar.Frame.from_landmarks(None, aspect=16 / 9, t_s=0.0)
    assert lumbar.judge(exercise, frame, side=None).state == "cannot-judge"
    assert lumbar.Coach(exercise, side=None, target_s=60).feed(frame) == []
    assert lumbar.assess([frame], exercise).frames == 1
    day = lumbar.plan(lumbar.programme("home"), lumbar.Record(), datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert isinstance(day, lumbar.Day)
    with pytest.raises(lumbar.NotFound, match="plank"):
        lumbar.exercise("burpee")
    assert all(getattr(lumbar, name).__doc__ for name in lumbar.__all__ if name != "__version__")
