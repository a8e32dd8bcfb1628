"""Hours at a desk: what counts as drifting, as still, as away; and that short things lead to nothing."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from lumbar.core.body import Frame
from lumbar.core.errors import BadFrame
from lumbar.core.posture import (
    CameraBack,
    CameraMoved,
    Doubt,
    DriftBegan,
    DriftEnded,
    Event,
    Left,
    PositionChanged,
    PostureSettings,
    Returned,
    State,
    Watch,
)
from lumbar.core.posture.nudge import Choice, Quiet, Silence, silence
from lumbar.core.posture.replay import Pace, Told, moment_of, replay
from lumbar.core.posture.timed import timed, unseen
from validation import acts as made
from validation.acts import Act, as_is, changed, moved, nobody, peaceful, scaled, turned

from .conftest import Person, at

HOUR_S = 3600.0


def acted(person: Person, acts: list[Act], *, fps: float = 1.0, seed: int = 1) -> Iterator[Frame]:
    return made.acted(person.moments, acts, fps=fps, seed=seed)


def watched(person: Person, frames: Iterable[Frame]) -> tuple[Watch, list[Event]]:
    watch = Watch(person.baseline(), person.settings)
    return watch, [event for frame in frames for event in watch.feed(frame)]


def nudges(person: Person, acts: list[Act], seed: int = 1) -> list[Told]:
    told = replay(acted(person, acts, seed=seed), person.baseline(), person.settings)
    return [line for line in told if isinstance(line, Told)]


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events]


def test_a_slump_of_some_minutes_is_a_drift_and_coming_back_ends_it(person: Person) -> None:
    _, events = watched(
        person, acted(person, [(240, "upright", as_is), (600, "slouched", as_is), (240, "upright", as_is)])
    )
    assert kinds(events) == [Returned, DriftBegan, DriftEnded]
    _, began, ended = events
    assert isinstance(ended, DriftEnded)
    share_s = person.settings.watch.drift_share * person.settings.watch.window_s
    assert began.t_s == pytest.approx(240 + share_s, abs=15)
    back_s = person.settings.watch.leave_after_s
    assert ended.t_s == pytest.approx(840 + back_s, abs=20)
    assert ended.drift_s == pytest.approx(ended.t_s - began.t_s, abs=2)


def test_going_in_and_out_by_less_than_the_share_is_no_drift(person: Person) -> None:
    acts: list[Act] = [(40, "slouched", as_is), (60, "upright", as_is)] * 20
    _, events = watched(person, acted(person, acts))
    assert kinds(events) == [Returned]


def test_what_cannot_be_judged_neither_begins_a_drift_nor_feeds_it(person: Person) -> None:
    away = lambda frame: turned(frame, 70.0)  # noqa: E731
    watch, events = watched(person, acted(person, [(60, "slouched", as_is), (900, "slouched", away)]))
    assert DriftBegan not in kinds(events)
    assert watch.seen.drift_s == 0.0
    assert watch.seen.unjudged_s == pytest.approx(900, abs=2)


@pytest.mark.parametrize("act", sorted(peaceful("slouched")))
def test_ordinary_life_is_left_in_peace(person: Person, act: str) -> None:
    acts = peaceful("slouched")[act]
    hours = 6
    round_s = sum(lasts_s for lasts_s, _, _ in acts)
    told = nudges(person, acts * round(hours * HOUR_S / round_s))
    assert len(told) / hours < 1, [(line.t_s, line.nudge.kind) for line in told]


def test_half_an_hour_in_one_position_is_told_once(person: Person) -> None:
    told = nudges(person, [(4000, "upright", as_is)])
    assert [line.nudge.kind for line in told] == ["still"]
    assert told[0].t_s == pytest.approx(person.settings.nudges.interval_min * 60, abs=2)


@pytest.mark.parametrize(
    ("act", "resets"),
    [
        ((70, "upright", nobody), True),
        ((40, "upright", nobody), False),
        ((60, "upright", lambda f: moved(f, up=0.38)), True),
        ((10, "upright", lambda f: moved(f, up=0.38)), False),
        ((60, "upright", lambda f: moved(f, right=0.05)), False),
        ((60, "slouched", as_is), False),
        ((60, "upright", lambda f: turned(f, 60.0)), False),
    ],
    ids=["away", "away shortly", "stood up", "reached up", "shifted a little", "slumped", "turned"],
)
def test_what_ends_a_spell(person: Person, act: Act, resets: bool) -> None:
    watch, events = watched(person, acted(person, [(900, "upright", as_is), act, (300, "upright", as_is)]))
    ended = [event for event in events if isinstance(event, Left | PositionChanged)]
    assert bool(ended) is resets
    assert (watch.seen.changes > 0) is resets
    if resets:
        assert ended[0].still_s == pytest.approx(900, abs=3)
        assert watch.seen.still_s == pytest.approx(300, abs=3)
        assert watch.seen.longest_still_s == pytest.approx(900, abs=3)
    else:
        assert watch.seen.still_s == pytest.approx(1200 + act[0], abs=3)


def test_a_gap_without_pictures_is_an_absence_and_counts_as_nothing(person: Person) -> None:
    watch = Watch(person.baseline(), person.settings)
    first = list(acted(person, [(300, "upright", as_is)]))
    events = [event for frame in first for event in watch.feed(frame)]
    events += watch.feed(at(first[0], first[-1].t_s + 500))
    assert kinds(events) == [Returned, Left, Returned]
    seen = watch.seen
    assert seen.tall_s + seen.usual_s + seen.slumped_s + seen.unjudged_s == pytest.approx(299)
    assert seen.still_s == 0.0


def test_a_camera_that_was_moved_is_told_once_and_judges_nothing_until_it_is_back(person: Person) -> None:
    near = lambda frame: scaled(frame, 1.3)  # noqa: E731
    acts: list[Act] = [(120, "upright", as_is), (300, "upright", near), (120, "upright", as_is)]
    watch, events = watched(person, acted(person, acts))
    told = [event for event in events if isinstance(event, CameraMoved | CameraBack)]
    assert kinds(told) == [CameraMoved, CameraBack]
    assert told[0].t_s == pytest.approx(120 + person.settings.watch.moved_s, abs=3)
    assert DriftBegan not in kinds(events)
    assert watch.reading is not None
    assert watch.reading.doubt is None
    between, _ = watched(person, acted(person, acts[:2]))
    assert between.reading is not None
    assert between.reading.doubt is Doubt.MOVED


def test_leaning_in_for_a_moment_moves_no_camera(person: Person) -> None:
    _, events = watched(person, acted(person, [(120, "upright", as_is), (40, "upright", lambda f: scaled(f, 1.3))] * 5))
    assert CameraMoved not in kinds(events)


faint = lambda frame: changed(frame, lambda p: p._replace(visibility=0.3))  # noqa: E731


@pytest.mark.parametrize(("how", "doubt"), [(as_is, Doubt.DARK), (nobody, Doubt.DARK), (faint, Doubt.UNSEEN)])
def test_what_is_dark_or_unseen_for_long_is_nobody_sitting_still(
    person: Person, how: Callable[[Frame], Frame], doubt: Doubt
) -> None:
    watch = Watch(person.baseline(), person.settings)
    events = []
    for frame in acted(person, [(120, "upright", as_is), (600, "upright", how)]):
        events += watch.feed(frame, dark=doubt is Doubt.DARK and frame.t_s >= 120)
    assert kinds(events) == [Returned, Left]
    assert watch.reading is not None
    assert watch.reading.doubt is doubt
    away_s = person.settings.watch.away_s
    assert (watch.seen.present, watch.seen.unjudged_s) == (False, pytest.approx(away_s, abs=2))
    moment = moment_of(watch, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert silence(Quiet(), moment, Choice(30, 0, 0), person.settings.nudges) is Silence.CANNOT_TELL


@pytest.mark.parametrize("doubt", [Doubt.DARK, Doubt.UNSEEN])
def test_a_short_darkness_ends_no_spell(person: Person, doubt: Doubt) -> None:
    watch = Watch(person.baseline(), person.settings)
    how = faint if doubt is Doubt.UNSEEN else as_is
    acts: list[Act] = [(120, "upright", as_is), (40, "upright", how), (60, "upright", as_is)]
    for frame in acted(person, acts):
        watch.feed(frame, dark=doubt is Doubt.DARK and 120 <= frame.t_s < 160)
    assert (watch.seen.changes, watch.seen.still_s) == (0, pytest.approx(219, abs=2))


def test_whoever_says_that_they_moved_begins_a_new_spell_and_no_drift_outlives_it(person: Person) -> None:
    watch, _ = watched(person, acted(person, [(400, "slouched", as_is)]))
    assert watch.seen.drift_s > 0
    before = watch.seen
    (change, ended) = watch.moved()
    assert isinstance(change, PositionChanged)
    assert change.still_s == pytest.approx(399, abs=1)
    assert isinstance(ended, DriftEnded)
    assert watch.moved() == []
    watch.feed(at(person.moments["slouched"][0], before.t_s + 90.0))  # a break with the camera off is the same change
    assert (watch.seen.spell, watch.seen.changes) == (before.spell + 1, before.changes + 1)
    assert (watch.seen.still_s, watch.seen.drift_s) == (0.0, 0.0)


def test_without_a_camera_a_spell_lasts_until_a_word_or_a_long_silence(settings: PostureSettings) -> None:
    watch = timed(settings)
    for minute in range(41):
        assert [type(one) for one in watch.feed(unseen(minute * 60.0), dark=True)] == ([Returned] if not minute else [])
    assert (watch.seen.present, watch.seen.still_s, watch.seen.unjudged_s) == (True, 2400.0, 2400.0)
    assert kinds(watch.moved()) == [PositionChanged]
    watch.feed(unseen(2410.0), dark=True)
    assert (watch.seen.still_s, watch.seen.changes) == (0.0, 1)
    looked_s = watch.seen.unjudged_s
    told = watch.feed(unseen(2410.0 + settings.live.asleep_s), dark=True)
    assert kinds(told) == [Left, Returned]
    assert watch.seen.unjudged_s == looked_s, "no second of an absence was seen"


def test_every_second_is_counted_once(person: Person) -> None:
    acts: list[Act] = [
        (100, "upright", as_is),
        (100, "slouched", as_is),
        (100, "upright", lambda f: turned(f, 80)),
        (300, "upright", nobody),
    ]
    watch, _ = watched(person, acted(person, acts, fps=2))
    seen = watch.seen
    spent = (seen.tall_s, seen.usual_s, seen.slumped_s, seen.unjudged_s, seen.away_s)
    assert sum(spent) == pytest.approx(599.5)
    assert seen.tall_s + seen.usual_s == pytest.approx(100, abs=2)
    assert seen.slumped_s == pytest.approx(100, abs=2)


@pytest.mark.parametrize("fps", [0.5, 1, 2, 5])
def test_the_story_is_the_same_at_any_rate(person: Person, fps: float) -> None:
    acts: list[Act] = [
        (300, "upright", as_is),
        (600, "forward", as_is),
        (120, "upright", as_is),
        (90, "upright", nobody),
    ]
    _, events = watched(person, acted(person, acts, fps=fps))
    assert kinds(events) == [Returned, DriftBegan, DriftEnded, Left]


def test_time_that_does_not_advance_is_refused(person: Person) -> None:
    watch = Watch(person.baseline(), person.settings)
    frame = person.moments["upright"][0]
    watch.feed(at(frame, 1.0))
    with pytest.raises(BadFrame):
        watch.feed(at(frame, 1.0))


HOW: dict[str, Callable[[Frame], Frame]] = {
    "as it is": as_is,
    "nobody": nobody,
    "turned": lambda f: turned(f, 70),
    "stood": lambda f: moved(f, up=0.38),
    "near": lambda f: scaled(f, 1.3),
}


@examples(max_examples=25)
@given(
    acts=st.lists(
        st.tuples(
            st.integers(1, 400), st.sampled_from(["upright", "slouched", "forward"]), st.sampled_from(sorted(HOW))
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_somebody_does_the_books_balance(person: Person, acts: list[tuple[int, str, str]]) -> None:
    watch = Watch(person.baseline(), person.settings)
    drifting = False
    for frame in acted(person, [(float(s), phase, HOW[how]) for s, phase, how in acts]):
        before = watch.seen
        for event in watch.feed(frame):
            if isinstance(event, DriftBegan | DriftEnded):
                assert drifting is isinstance(event, DriftEnded)
                drifting = isinstance(event, DriftBegan)
        seen = watch.seen
        assert seen.spell - before.spell in (0, 1)
        assert 0.0 <= seen.still_s <= seen.longest_still_s <= frame.t_s
        assert seen.drift_s <= seen.tall_s + seen.usual_s + seen.slumped_s
        assert (seen.drift_s > 0.0) <= drifting
    spent = (seen.tall_s, seen.usual_s, seen.slumped_s, seen.unjudged_s, seen.away_s)
    assert sum(spent) == pytest.approx(frame.t_s)


@given(rate=st.floats(0.2, 30.0), fps=st.sampled_from([1.0, 5.0, 15.0, 29.97]), seed=st.integers(0, 99))
def test_a_pace_takes_the_first_moment_of_each_step(rate: float, fps: float, seed: int) -> None:
    moments = sorted(random.Random(seed).uniform(0, 20) for _ in range(round(20 * fps)))
    pace = Pace(rate)
    taken = [t_s for t_s in moments if pace(t_s)]
    steps = [int((t_s + 1e-6) * rate) for t_s in taken]
    assert steps == sorted(set(steps))
    assert set(steps) == {int((t_s + 1e-6) * rate) for t_s in moments}


def test_the_states_of_a_replay_are_the_moments_own(person: Person, settings: PostureSettings) -> None:
    """Smoothing acts on nudges alone: one upright second in a slump is tall."""
    acts: list[Act] = [(60, "slouched", as_is), (1, "upright", as_is), (60, "slouched", as_is)]
    states = [
        line.state for line in replay(acted(person, acts), person.baseline(), settings) if not isinstance(line, Told)
    ]
    assert states[60] is State.TALL
    assert states.count(State.SLUMPED) == 120
