"""Clocks, onsets and tables over short made-up recordings whose answers can be counted on the fingers."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

import lumbar
from lumbar.core import figure
from lumbar.core.body import Side
from lumbar.core.coach import Event, FaultBegan
from lumbar.core.judge import Judgement, State
from validation import faults
from validation.clock import alarms_at_rest, clock_of, false_alarms, onsets_of
from validation.faults import FINE, Look, each_alone
from validation.planks import UNDECIDED, answer, moved, smaller
from validation.truth import Clip, Shown
from validation.verdicts import ClipVerdict, Task, Truth

FPS = 10
PLANK = Task(lumbar.exercise("plank"), lumbar.exercise("plank").first_rung)
FAULT = "hips-sagging"
DWELL_S = next(check.after_s for check, _ in PLANK.checks if check.id == FAULT)
SETTLE_S = PLANK.exercise.settings.settle_s


def told(story: str, credited: Iterable[tuple[float, float]] = (), events: Sequence[Event] = ()) -> ClipVerdict:
    """A frame a letter, ten a second: g good, x beyond doubt a fault, ? in between, . not in position."""
    beyond = {"g": -5.0, "x": 8.0, "?": 2.0, ".": -5.0}
    truths = tuple(Truth({FAULT: beyond[letter]}, letter != ".") for letter in story)
    times_s = tuple(number / FPS for number in range(len(story)))
    clip = Clip("made-up", Path("made-up.mp4"), Shown("plank", None, "side", "nobody"), times_s, tuple(story), ())
    return ClipVerdict(clip, (), truths, (), tuple(credited), tuple(events), None)


def edges(verdict: ClipVerdict) -> list[tuple[str, float]]:
    return [(edge.end, pytest.approx(edge.error_s, abs=1e-6)) for edge in clock_of(verdict, 0.5).edges]


def test_a_clock_that_is_right_to_the_frame() -> None:
    verdict = told("." * 10 + "g" * 30 + "." * 10, [(1.5, 3.9)])
    clock = clock_of(verdict, 0.5)
    assert [(e.end, round(e.error_s, 6)) for e in clock.edges] == [("start", 0.0), ("end", 0.0)]
    assert clock.owed_s == pytest.approx(2.4)
    assert clock.credited_s == pytest.approx(2.4)


def test_late_is_positive_and_early_is_negative() -> None:
    story = "." * 10 + "g" * 30 + "." * 10
    assert edges(told(story, [(1.8, 3.4)])) == [("start", 0.3), ("end", -0.5)]
    assert edges(told(story, [(1.2, 4.3)])) == [("start", -0.3), ("end", 0.4)]


def test_a_gap_inside_a_hold_moves_neither_edge() -> None:
    assert edges(told("g" * 30 + ".", [(0.5, 1.0), (2.0, 2.9)])) == [("start", 0.0), ("end", 0.0)]


def test_the_end_of_the_recording_is_no_edge() -> None:
    assert edges(told("." * 5 + "g" * 30, [(1.0, 3.4)])) == [("start", 0.0)]


def test_a_mended_fault_needs_no_second_entry() -> None:
    verdict = told("g" * 20 + "x" * 20 + "g" * 20, [(0.5, 1.9), (4.2, 5.9)])
    assert edges(verdict) == [("start", 0.0), ("end", 0.0), ("start", 0.2)]


def test_what_was_never_credited_is_missed_as_a_whole() -> None:
    assert edges(told("g" * 30 + "." * 5)) == [("start", 2.4), ("end", -2.4)]


def test_a_moment_is_no_hold() -> None:
    assert edges(told("." * 10 + "g" * 5 + "." * 10, [(1.2, 1.4)])) == []


def test_a_delay_counts_beyond_the_dwell() -> None:
    event = FaultBegan(3.0 + DWELL_S + 0.2, FAULT)
    (onset,) = onsets_of(PLANK, told("g" * 30 + "?" * 5 + "x" * 30, [(0.5, 2.9)], [event]))
    assert (onset.began_s, onset.delay_s) == (3.0, pytest.approx(0.2))


def test_on_the_way_in_a_person_is_left_to_settle() -> None:
    event = FaultBegan(1.0 + SETTLE_S + 0.1, FAULT)
    (onset,) = onsets_of(PLANK, told("." * 10 + "x" * 50, [], [event]))
    assert onset.delay_s == pytest.approx(0.1)


def test_a_fault_that_nobody_told_of_is_missed() -> None:
    story = "g" * 30 + "x" * 30 + "g" * 10
    (onset,) = onsets_of(PLANK, told(story, [(0.5, 2.9)], [FaultBegan(4.0, "knees-bent"), FaultBegan(6.9, FAULT)]))
    assert onset.delay_s is None


def test_a_fault_that_passes_at_once_or_is_hardly_one_needs_no_telling() -> None:
    short = round((DWELL_S + 0.2) * FPS)
    assert onsets_of(PLANK, told("g" * 30 + "x" * short + "g" * 30, [(0.5, 2.9)])) == []
    assert onsets_of(PLANK, told("g" * 30 + "?" * 60, [(0.5, 2.9)])) == []


def test_a_false_alarm_is_one_that_nothing_in_its_dwell_speaks_for() -> None:
    alarm = FaultBegan(2.0, FAULT)
    assert false_alarms(PLANK, told("g" * 30, [], [alarm])) == [alarm]
    assert false_alarms(PLANK, told("g" * 15 + "?" * 15, [], [alarm])) == []
    assert false_alarms(PLANK, told("." * 30, [], [alarm])) == []


def test_somebody_who_has_left_has_no_fault() -> None:
    alarm = FaultBegan(2.0, FAULT)
    assert alarms_at_rest(told("x" * 10 + "." * 20, [], [alarm])) == [alarm]
    assert alarms_at_rest(told("x" * 18 + "." * 12, [], [alarm])) == []
    assert alarms_at_rest(told("." * 10 + "x" * 20, [], [alarm])) == []


def look(beyond: dict[str, float], state: State, *said: str, belongs: bool = True, checked: bool = True) -> Look:
    return Look(Truth(beyond, belongs, checked), Judgement(state, said, {}, None), "somebody", "", "a still")


LOOKS = [
    look({"a": 6.0, "b": -3.0}, State.FAULT, "a"),
    look({"a": 6.0, "b": -3.0}, State.FAULT, "b"),
    look({"a": 4.0, "b": -3.0}, State.GOOD),
    look({"a": 9.0, "b": 5.0}, State.CANNOT_JUDGE),
    look({"a": 3.9, "b": -3.0}, State.FAULT, "a"),
    look({"a": -1.0, "b": -3.0}, State.FAULT, "b"),
    look({"a": 0.0, "b": -3.0}, State.ACCEPTABLE),
    look({"a": -1.0, "b": -3.0}, State.NOT_IN_POSITION),
    look({"a": -1.0, "b": -3.0}, State.FAULT, "a", checked=False),
    look({"a": 50.0, "b": 50.0}, State.NOT_IN_POSITION, belongs=False),
]


def test_detection_by_hand() -> None:
    found = faults.detection(LOOKS, each_alone)
    assert (found["caught"]["value"], found["caught"]["n"]) == (0.5, 4)
    assert (found["named_right"]["value"], found["named_right"]["n"]) == (0.5, 2)
    assert (found["false"]["value"], found["false"]["n"]) == (0.3333, 3)
    assert found["specificity"]["value"] == 0.6667
    assert found["specificity"]["low"] == pytest.approx(1 - found["false"]["high"], abs=1e-4)
    assert found["balanced_accuracy"] == pytest.approx((1 / 2 + 2 / 3) / 2, abs=1e-4)
    assert (found["not_judged"]["value"], found["not_judged"]["n"]) == (0.1111, 9)
    assert found["refused"]["value"] == 0.1111
    assert (found["wrong"]["value"], found["wrong"]["n"]) == (0.3333, 9)


def test_confusion_by_hand() -> None:
    assert faults.confusion(LOOKS) == {
        "a": {"a": 1, "b": 1, "cannot-judge": 1, "good": 1},
        FINE: {"acceptable": 1, "b": 1, "not-in-position": 1},
    }


def test_each_check_by_hand() -> None:
    found = faults.by_check(LOOKS, ["a", "b"], each_alone)
    assert (found["a"]["told_when_there"]["value"], found["a"]["told_when_there"]["n"]) == (0.25, 4)
    assert (found["b"]["told_when_there"]["value"], found["b"]["told_when_there"]["n"]) == (0.0, 1)
    assert (found["b"]["told_when_not"]["value"], found["b"]["told_when_not"]["n"]) == (0.25, 8)


def test_sides_are_swapped_undecided_or_right() -> None:
    truth, said = Truth({}, True), Judgement(State.GOOD, (), {}, None)
    found = faults.sides(
        [Look(truth, said, "p", "", "s", Side.LEFT, shown) for shown in (Side.LEFT, Side.LEFT, Side.RIGHT, None)]
        + [Look(truth, said, "p", "", "s", None, Side.LEFT)]
    )
    assert (found["swapped"]["value"], found["undecided"]["value"], found["swapped"]["n"]) == (0.25, 0.25, 4)


def test_what_a_labelled_plank_is_answered() -> None:
    def said(state: State, *names: str) -> str:
        return answer(Judgement(state, names, {}, None))

    assert said(State.GOOD) == said(State.ACCEPTABLE) == "C"
    assert said(State.FAULT, "hips-sagging", "knees-bent") == "L"
    assert said(State.FAULT, "hips-piked") == "H"
    assert {said(State.CANNOT_JUDGE), said(State.NOT_IN_POSITION), said(State.FAULT, "knees-bent")} == {UNDECIDED}


def test_a_plank_elsewhere_or_smaller_is_the_same_plank() -> None:
    frame = figure.held(PLANK.exercise)
    for change in (moved, smaller):
        other = change(frame)
        assert other.points != frame.points
        assert PLANK.look(other, None).measures == pytest.approx(PLANK.look(frame, None).measures, abs=1e-6)
