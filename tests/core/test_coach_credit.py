"""The books: only seconds held well are credited, and never one more."""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.body import Frame, Joint, Landmark, Side
from lumbar.core.coach import (
    Coach,
    Credited,
    Done,
    Event,
    FaultBegan,
    FaultEnded,
    InPosition,
    LeftPosition,
    Phase,
    Praise,
    TrackingBack,
    TrackingLost,
)
from lumbar.core.errors import BadFrame, Misuse, NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.judge import State

ALL = shipped_catalogue().exercises
PLANK = ALL["plank"]
GOOD = figure.held(PLANK, rung="forearm")
SAGGING = figure.spoiled(PLANK, "hips-sagging", rung="forearm")
ELSEWHERE = figure.sample(PLANK, 0.0, rung="forearm")
NOBODY = Frame.from_landmarks(None, aspect=GOOD.aspect, t_s=0.0)
ANY = st.one_of(st.floats(), st.floats(0, 1), st.sampled_from([1e300, -1e300, 1e-300]))
Spell = tuple[Frame, float]


def run(coach: Coach, *spells: Spell, fps: float = 30, from_s: float = 0.0) -> list[Event]:
    """Feed spells of one unchanging picture each, of so many seconds, one after the other."""
    events: list[Event] = []
    first, until_s = round(from_s * fps), from_s
    for frame, seconds in spells:
        until_s += seconds
        last = round(until_s * fps)
        for number in range(first, last):
            events += coach.feed(replace(frame, t_s=number / fps))
        first = last
    return events


def kinds(events: list[Event], *types: type) -> list[Event]:
    return [event for event in events if isinstance(event, types)]


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("hold_s", [2.0, 5.0, 9.5])
def test_a_hold_earns_all_but_its_entry(fps: float, hold_s: float) -> None:
    coach = Coach(PLANK, target_s=None)
    run(coach, (GOOD, hold_s), fps=fps)
    assert coach.progress.credited_s == pytest.approx((round(hold_s * fps) - 1) / fps - PLANK.settings.entry_s)
    assert coach.progress.longest_hold_s == coach.progress.credited_s
    assert coach.progress.unjudged_s == 0


def blinking(every: int, *, seen: bool) -> float:
    """Credited seconds of a hold of 30 s in which one frame of so many shows nobody, or is not there at all."""
    coach = Coach(PLANK, target_s=None)
    for number in range(30 * 30):
        if number % every:
            coach.feed(replace(GOOD, t_s=number / 30))
        elif seen:
            coach.feed(replace(NOBODY, t_s=number / 30))
    return coach.progress.credited_s


@pytest.mark.parametrize("every", [4, 8, 12, 40])
def test_a_frame_that_shows_nobody_costs_its_own_moment_and_no_entry(every: int) -> None:
    """What lies between an unseen frame and its neighbours earns nothing; the hold and its entry go on."""
    assert blinking(every, seen=False) == pytest.approx(29.5, abs=0.1)
    assert blinking(every, seen=True) == pytest.approx(29.5 * (1 - 2 / every), abs=0.5)


def test_whoever_is_not_seen_while_getting_in_starts_again() -> None:
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 0.3), (NOBODY, 2.5), (GOOD, 2))
    assert [type(e) for e in kinds(events, InPosition, LeftPosition)] == [InPosition, LeftPosition, InPosition]
    assert coach.progress.credited_s == pytest.approx(1.5, abs=0.05)


def test_hiding_a_joint_mends_nothing() -> None:
    hanging = figure.spoiled(PLANK, "head-hanging", rung="forearm")
    points = list(hanging.points)
    for ear in (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR):
        points[ear] = Landmark(math.nan, math.nan, math.nan, 0.0)
    hidden = replace(hanging, points=tuple(points))
    coach = Coach(PLANK, target_s=None)
    before = run(coach, (GOOD, 3), (hanging, 3))
    earned_s = coach.progress.credited_s
    assert kinds(before, FaultBegan)
    after = run(coach, (hidden, 1.5), from_s=6.0)
    assert kinds(after, FaultEnded, Praise) == []
    assert coach.progress.credited_s == earned_s
    later = run(coach, (hidden, 4), from_s=7.5)
    assert len(kinds(later, FaultEnded)) == 1
    assert kinds(later, Praise) == []


def test_whole_seconds_are_told_and_the_last_is_done() -> None:
    coach = Coach(PLANK, target_s=3)
    events = run(coach, (GOOD, 8))
    assert [round(e.credited_s) for e in kinds(events, Credited)] == [1, 2, 3]  # type: ignore[union-attr]
    (done,) = kinds(events, Done)
    assert done.credited_s == pytest.approx(3)  # type: ignore[union-attr]
    assert done.t_s == pytest.approx(3.5, abs=0.04)
    assert events[-1] is done
    assert coach.phase is Phase.DONE
    assert coach.progress.credited_s == pytest.approx(3)


def test_after_done_it_is_silent() -> None:
    coach = Coach(PLANK, target_s=1)
    run(coach, (GOOD, 3))
    before = coach.progress
    assert run(coach, (SAGGING, 5), (ELSEWHERE, 5), (NOBODY, 5), (GOOD, 5), from_s=3.0) == []
    assert coach.progress == before


def test_a_brief_slip_keeps_the_hold_and_earns_nothing() -> None:
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 4), (SAGGING, 1.5), (GOOD, 4))
    assert len(kinds(events, InPosition)) == 1
    assert kinds(events, LeftPosition) == []
    assert coach.progress.credited_s == pytest.approx(7.5, abs=0.4)
    assert coach.progress.longest_hold_s == coach.progress.credited_s


def test_a_long_slip_ends_the_hold_without_another_entry() -> None:
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 4), (SAGGING, 4), (GOOD, 5))
    assert len(kinds(events, InPosition)) == 1
    assert coach.progress.credited_s == pytest.approx(8.5, abs=0.4)
    assert coach.progress.longest_hold_s == pytest.approx(5, abs=0.4)


def test_leaving_ends_the_hold_and_coming_back_enters_anew() -> None:
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 4), (ELSEWHERE, 3), (GOOD, 4))
    assert [type(e) for e in kinds(events, InPosition, LeftPosition)] == [InPosition, LeftPosition, InPosition]
    left = kinds(events, LeftPosition)[0]
    assert left.t_s == pytest.approx(6, abs=0.25)
    assert coach.progress.credited_s == pytest.approx(7, abs=0.4)


def test_earning_stops_at_the_first_bad_frame_and_not_after_the_dwell() -> None:
    coach = Coach(PLANK, target_s=None)
    run(coach, (GOOD, 4))
    before_s = coach.progress.credited_s
    run(coach, (SAGGING, 0.6), from_s=4.0)
    assert coach.progress.credited_s - before_s <= 0.2


def test_two_frames_too_far_apart_earn_nothing() -> None:
    coach = Coach(PLANK, target_s=None)
    run(coach, (GOOD, 3), fps=10)
    before_s = coach.progress.credited_s
    coach.feed(replace(GOOD, t_s=3.6))
    assert coach.progress.credited_s == before_s
    assert coach.progress.unjudged_s == pytest.approx(0.7)
    coach.feed(replace(GOOD, t_s=3.7))
    assert coach.progress.credited_s == pytest.approx(before_s + 0.1)


def test_a_gap_on_the_way_in_begins_the_entry_again() -> None:
    coach = Coach(PLANK, target_s=None)
    for t_s in (0.0, 0.4, 1.2, 1.25, 1.6):
        coach.feed(replace(GOOD, t_s=t_s))
    assert coach.progress.credited_s == 0
    coach.feed(replace(GOOD, t_s=1.8))
    assert coach.progress.credited_s == pytest.approx(0.1)


def test_time_without_a_judgement_is_counted_apart() -> None:
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 3), (NOBODY, 5), (GOOD, 3))
    assert coach.progress.unjudged_s == pytest.approx(5, abs=0.1)
    assert [type(e) for e in kinds(events, TrackingLost, TrackingBack)] == [TrackingLost, TrackingBack]
    lost, back = kinds(events, TrackingLost, TrackingBack)
    assert lost.t_s == pytest.approx(6, abs=0.1)
    assert back.t_s == pytest.approx(8, abs=0.1)
    assert coach.progress.credited_s == pytest.approx(2.5 + 2.5, abs=0.2)


def test_nobody_from_the_start_is_told_once() -> None:
    events = run(Coach(PLANK), (NOBODY, 20))
    assert [type(e) for e in kinds(events, TrackingLost, TrackingBack)] == [TrackingLost]


def test_hidden_feet_for_a_moment_cost_only_that_moment() -> None:
    hidden = replace(
        GOOD, points=tuple(Landmark(p.x, p.y, p.z, 0.1 if i in (27, 28) else 1.0) for i, p in enumerate(GOOD.points))
    )
    coach = Coach(PLANK, target_s=None)
    events = run(coach, (GOOD, 3), (hidden, 1), (GOOD, 3))
    assert kinds(events, LeftPosition, TrackingLost) == []
    assert coach.progress.credited_s == pytest.approx(5.5, abs=0.15)
    assert coach.progress.unjudged_s == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("t_s", [math.nan, math.inf, -math.inf, 1.0, 0.5])
def test_time_that_does_not_advance_is_refused_and_does_no_harm(t_s: float) -> None:
    coach = Coach(PLANK, target_s=None)
    run(coach, (GOOD, 1.0), fps=10)
    coach.feed(replace(GOOD, t_s=1.0))
    before = coach.progress
    with pytest.raises(BadFrame):
        coach.feed(replace(GOOD, t_s=t_s))
    assert coach.progress == before
    coach.feed(replace(GOOD, t_s=1.1))
    assert coach.progress.credited_s > before.credited_s


@pytest.mark.parametrize("target_s", [0, -1, math.nan, math.inf])
def test_a_target_is_a_positive_number_or_none(target_s: float) -> None:
    with pytest.raises(Misuse):
        Coach(PLANK, target_s=target_s)


def test_a_side_of_an_exercise_without_sides_is_misuse() -> None:
    with pytest.raises(Misuse):
        Coach(PLANK, side=Side.LEFT)
    with pytest.raises(NotFound):
        Coach(PLANK, rung="one-legged")


def looks() -> st.SearchStrategy[Frame]:
    rubbish = st.lists(st.tuples(ANY, ANY, ANY, ANY), min_size=33, max_size=33).map(
        lambda rows: Frame.from_landmarks(rows, aspect=1.5, t_s=0.0)
    )
    return st.one_of(st.sampled_from([GOOD, SAGGING, ELSEWHERE, NOBODY]), rubbish)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(looks(), st.floats(1e-6, 3.0)), max_size=60), st.sampled_from([None, 1.0, 60.0]))
def test_whatever_comes_credit_is_never_more_than_time_held_well(
    stream: list[tuple[Frame, float]], target_s: float | None
) -> None:
    coach = Coach(PLANK, target_s=target_s)
    t_s = first_s = 0.0
    inside = done = False
    before = coach.progress
    for number, (frame, passed_s) in enumerate(stream):
        t_s += passed_s
        first_s = t_s if number == 0 else first_s
        events = coach.feed(replace(frame, t_s=t_s))
        now = coach.progress
        earned_s = now.credited_s - before.credited_s
        assert -1e-12 <= earned_s <= passed_s + 1e-9
        if earned_s > 0:
            assert not done
            assert passed_s <= PLANK.settings.max_gap_s
            assert all(books.state is not None and books.state.counts for books in (before, now))
        assert now.credited_s <= (target_s or math.inf) + 1e-9
        assert now.longest_hold_s <= now.credited_s + 1e-9
        assert now.in_position_s + now.unjudged_s <= t_s - first_s + 1e-6
        for event in events:
            assert event.t_s == t_s
            if isinstance(event, InPosition):
                assert not inside
                inside = True
            if isinstance(event, LeftPosition | Done):
                assert inside
                inside = False
                done = done or isinstance(event, Done)
        before = now


@pytest.mark.parametrize("exercise", ALL.values(), ids=lambda e: e.id)
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.lists(st.tuples(ANY, ANY, ANY, ANY), min_size=33, max_size=33), min_size=1, max_size=8))
def test_rubbish_never_crashes_nor_poisons_the_coach(
    exercise: Exercise, rows: list[list[tuple[float, float, float, float]]]
) -> None:
    coach = Coach(exercise, target_s=None)
    for number, points in enumerate(rows):
        coach.feed(Frame.from_landmarks(points, aspect=1.5, t_s=number / 30))
    good = figure.held(exercise)
    begins = figure.sample(exercise, 0.0)
    run(coach, (NOBODY, 3), (begins, 1 if exercise.repetition else 0), (good, 6), from_s=1.0)
    assert coach.progress.state is State.GOOD
    assert coach.progress.credited_s == pytest.approx(5.5, abs=0.1)


def _side_shown(exercise: Exercise, side: Side) -> Iterator[Frame]:
    return figure.story(exercise, fps=30, hold_s=3, side=side)


@pytest.mark.parametrize("exercise", [e for e in ALL.values() if e.two_sided], ids=lambda e: e.id)
@pytest.mark.parametrize("side", Side)
def test_the_side_is_found_and_kept(exercise: Exercise, side: Side) -> None:
    coach = Coach(exercise, target_s=None)
    for frame in _side_shown(exercise, side):
        coach.feed(frame)
    assert coach.progress.side is side
    assert coach.progress.credited_s > 2


@pytest.mark.parametrize(
    "exercise", [ALL["side-plank"], ALL["hamstring-stretch"], ALL["hip-flexor-stretch"]], ids=lambda e: e.id
)
def test_the_other_side_earns_nothing_once_a_side_is_kept(exercise: Exercise) -> None:
    coach = Coach(exercise, target_s=None)
    left, right = (figure.held(exercise, side=side) for side in Side)
    run(coach, (left, 3))
    earned_s = coach.progress.credited_s
    run(coach, (right, 4), from_s=3.0)
    assert coach.progress.credited_s == pytest.approx(earned_s, abs=0.2)
    assert coach.progress.side is Side.LEFT


def test_a_flash_of_the_wrong_side_is_not_kept(at: Callable[[Frame, float], Frame]) -> None:
    exercise = ALL["hamstring-stretch"]
    left, right = (figure.held(exercise, side=side) for side in Side)
    coach = Coach(exercise, target_s=None)
    run(coach, (right, 0.2), (left, 4))
    assert coach.progress.side is Side.LEFT
    assert coach.progress.credited_s > 2.5


@pytest.mark.parametrize("exercise", ALL.values(), ids=lambda e: e.id)
def test_jitter_and_swapped_sides_cost_next_to_nothing(exercise: Exercise) -> None:
    """Points tremble by a body's 1 %, and in 1 % of the frames the model takes left for right."""
    chance = random.Random(20)
    held = figure.held(exercise)
    coach = Coach(exercise, target_s=None)
    events: list[Event] = []
    if exercise.repetition:
        coach.feed(replace(figure.sample(exercise, 0.0), t_s=-0.1))  # it begins standing
    for number in range(30 * 30):
        frame = held
        if chance.random() < 0.01:
            frame = replace(held, points=held.mirrored().points)
            frame = replace(frame, points=tuple(Landmark(1.0 - p.x, *p[1:]) for p in frame.points))
        points = tuple(Landmark(chance.gauss(p.x, 0.004), chance.gauss(p.y, 0.004), *p[2:]) for p in frame.points)
        events += coach.feed(replace(frame, points=points, t_s=number / 30))
    assert {type(event) for event in events} == {InPosition, Credited}
    assert coach.progress.credited_s >= 29
