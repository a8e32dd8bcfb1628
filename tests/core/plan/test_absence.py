"""A rung that was left while core work went on is come back to as slowly as after days without any."""

from datetime import timedelta
from typing import Any

import pytest
from tests.core.plan.test_baseline import DAY, HOUR, Trainee

from lumbar.core.plan import Programme
from lumbar.core.plan.day import HoldTest


def at_the_target(programme: Programme, life: Any) -> Trainee:
    person = Trainee(programme, life)
    while (person.at - life.facts[0].at).days < 30:
        person.train(60)
    assert person.dose() == ("forearm", 2, 60)
    return person


def holds(person: Trainee, sessions: int) -> list[int]:
    found = []
    for _ in range(sessions):
        found.append(person.item().hold_s)
        person.train(60)
    return found


def test_a_limit_that_is_over_leads_back_step_by_step(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    over = person.at + timedelta(weeks=4)
    while person.at < over:
        assert person.item().hold_s <= 20
        person.train(60)
    assert person.reasons()[0] == "not-held"
    assert holds(person, 4) == [30, 45, 60, 60]


@pytest.mark.parametrize(
    ("days", "begins"), [(6, [60, 60]), (14, [45, 60, 60]), (30, [30, 45, 60])], ids=["days", "weeks", "a month"]
)
def test_an_easier_form_that_is_asked_for_no_more(
    programme: Programme, life: Any, days: int, begins: list[int]
) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C3="yes")
    since = person.at
    while (person.at - since).days < days:
        assert person.item().rung != "forearm"
        person.train(60)
    life.screen(person.at - HOUR / 60)
    assert person.item().rung == "forearm"
    assert holds(person, len(begins)) == begins


def test_after_six_weeks_of_an_easier_form_the_harder_one_begins_anew(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C3="yes")
    since = person.at
    while (person.at - since).days < 46:
        person.train(60)
    life.screen(person.at - HOUR / 60)
    assert (person.item().test, person.item().sets, person.item().hold_s) == (HoldTest.FIRST, 2, 5)


def test_what_was_too_much_in_a_limit_is_what_was_held_in_it(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    person.train(60)
    assert person.item().hold_s == 20
    person.train(60, worst=7)
    assert person.item().hold_s == 10, "60 % of 20 s, and not of the 60 s from before"


def test_a_gap_in_all_core_work_is_not_counted_twice(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    person.at += 14 * DAY
    if "screen" in {need.value for need in person.day().needs}:
        life.screen(person.at - HOUR / 30)
    assert person.reasons()[0] == "after-gap"
    assert holds(person, 2) == [45, 60]


def test_a_gentle_start_that_was_reviewed_comes_back_step_by_step(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, B3="yes")
    for _ in range(8):
        assert person.item().hold_s == 5
        person.train(60)
    life.add("review-recorded", person.at - HOUR / 60, by_whom="Dr Ode", profession="doctor", examined=True,
             reviewed_on=person.at.date().isoformat(), decision="go-on")  # fmt: skip
    found = holds(person, 3)
    assert found[0] == 45, "a fortnight away from it"
    assert found[1:] == [60, 60]


def test_a_hold_that_was_harder_than_a_limit_allows_makes_the_next_ones_shorter(
    programme: Programme, life: Any
) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    since = person.at
    person.train(60, effort=5)
    assert person.item().hold_s == 20
    person.train(60, effort=6)
    assert person.item().hold_s == 15
    person.train(60, effort=4)
    assert person.item().hold_s == 15, "for as long as the limit lasts"
    while (person.at - since).days < 28:
        person.train(60, effort=4)
    assert person.item().hold_s == 20, "what was too hard is what it goes on from"


def test_a_short_version_within_a_limit_is_no_hold_of_the_whole_length(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    since, plain = person.at, life.add

    def short(fact_type: str, at: Any, **body: Any) -> Any:
        return plain(fact_type, at, **body, **({"length": "short"} if fact_type == "session-started" else {}))

    for number in range(14):
        life.add = short if number % 3 == 2 else plain
        person.train(60)
    life.add = plain
    assert (person.at - since).days == 28
    assert person.item().hold_s == 30, "half of the 60 s from before"


def test_a_bad_short_version_within_a_limit_makes_it_shorter(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    plain = life.add

    def short(fact_type: str, at: Any, **body: Any) -> Any:
        return plain(fact_type, at, **body, **({"length": "short"} if fact_type == "session-started" else {}))

    life.add = short
    person.train(60, worst=7)
    life.add = plain
    assert person.item().hold_s == 10


def test_days_of_shorter_holds_and_days_away_count_together(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C1="yes")
    for _ in range(4):
        person.train(60)
    person.at += 6 * DAY
    life.screen(person.at - HOUR / 60)
    assert person.reasons()[0] == "not-held"
    assert person.item().hold_s == 45, "16 days since the last hold of 60 s"


def test_much_that_weighs_on_somebody_makes_holds_shorter_and_closes_nothing(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.screen(person.at - HOUR / 60, C9="yes")
    assert person.item().hold_s == 20
    assert "limited-c9" in person.reasons()
    assert {item.state.value for item in person.day().items} == {"due", "later"}
    person.train(60, effort=6)
    assert person.item().hold_s == 20


def test_after_what_was_cleared_the_easiest_form_comes_first_and_grows(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life, B8="yes")
    life.clear(person.at - HOUR / 30, "B8")
    plank = programme.exercises["plank"]
    assert person.item().rung == plank.rungs[0].id
    assert "easier" in person.reasons()
    while person.item().rung != "forearm":
        person.train(60)
        assert person.number < 30
    assert person.item("glute-bridge").rung == "full"
    assert person.item("hip-flexor-stretch").rung == "half-kneeling"
