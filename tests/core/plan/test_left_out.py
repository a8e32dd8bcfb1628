"""An exercise that was left out of a session which was not taken well is not measured at the next one."""

from typing import Any

import pytest
from tests.core.plan.test_baseline import DAY, HOUR, Trainee

from lumbar.core.plan import Programme
from lumbar.core.plan.day import HoldTest


def without_the_plank(person: Trainee, *, worst: int = 2, named: tuple[str, ...] = (), nprs: int = 2,
                      words: str = "same-or-better") -> Trainee:  # fmt: skip
    """A session of all but the plank, and the morning after it."""
    life, name, after = person.life, "left-out", person.at + HOUR / 3
    life.check(person.at)
    life.pain(person.at, "before", 2)
    day = person.day()
    life.add("session-started", person.at, session=name, script={})
    for item in day.items:
        if item.state == "due" and item.exercise != "plank":
            for side, sets in zip(item.sides, item.side_sets, strict=True):
                life._sets(item, side, sets, person.at, name)
    life.add("session-ended", person.at, session=name, how="finished")
    life.add("effort-reported", after, session=name, effort=4)
    life.pain(after, "after", worst, session=name, exercises=list(named))
    life.pain(person.at + DAY, "morning-after", nprs, words=words, session=name)
    person.at += 2 * DAY
    return person


@pytest.fixture
def at_week_four(programme: Programme, life: Any) -> Trainee:
    """On the last day of core work before the fourth week, in which the first holds are measured again."""
    person = Trainee(programme, life)
    while (person.at.date() - life.facts[0].at.date()).days < 26:
        person.train(30)
    return person


def test_left_out_of_a_good_session_it_is_measured_in_its_week(at_week_four: Trainee) -> None:
    assert without_the_plank(at_week_four).item().test is HoldTest.LATER


@pytest.mark.parametrize(
    "told",
    [
        {"nprs": 7, "words": "clearly-worse"},
        {"words": "a-bit-worse"},
        {"worst": 7},
        {"worst": 7, "named": ("glute-bridge",), "words": "clearly-worse"},
    ],
    ids=["a clearly worse morning", "a bit worse", "pain of all", "pain of another one and a worse morning"],
)
def test_left_out_of_one_that_was_not_taken_well_it_is_not(at_week_four: Trainee, told: dict[str, Any]) -> None:
    person = without_the_plank(at_week_four, **told)
    assert person.item().test is HoldTest.NONE
    person.train(30)
    assert person.item().test is HoldTest.LATER, "and after a good one it is"


def test_pain_that_was_put_down_to_another_one_keeps_nothing_of_it_back(at_week_four: Trainee) -> None:
    person = without_the_plank(at_week_four, worst=4, named=("glute-bridge",))
    assert person.item().test is HoldTest.LATER


def test_a_first_measured_hold_waits_as_well_and_says_so(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    without_the_plank(person, words="a-bit-worse")
    assert person.item().test is HoldTest.NONE
    assert "test-waits-still" in person.reasons()
    person.train(30)
    assert person.item().test is HoldTest.FIRST
