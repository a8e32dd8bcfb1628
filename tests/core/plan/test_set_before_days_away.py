"""What a reviewer sets between two sessions knows of the days before it, and of none that come after."""

from datetime import date
from typing import Any

import pytest
from tests.core.plan.test_baseline import DAY, HOUR, Trainee

from lumbar.core.plan import Programme
from lumbar.core.plan.day import HoldTest


def trained(programme: Programme, life: Any) -> tuple[Trainee, date]:
    """Somebody at short holds, and the day of their last core work."""
    person = Trainee(programme, life)
    for _ in range(5):
        person.train(20)
    assert person.dose() == ("forearm", 3, 15)
    return person, (person.at - 2 * DAY).date()


def back_on(person: Trainee, last_on: date, away: int) -> Trainee:
    person.at += (last_on + away * DAY) - person.at.date()
    person.life.screen(person.at - 2 * HOUR)
    return person


def set_dose(person: Trainee, seen_on: date, *, told_on: date, hold_s: int = 30) -> None:
    person.life.add(
        "review-recorded", person.at + (told_on - person.at.date()) - HOUR, by_whom="Jo Park",
        profession="physiotherapist", examined=True, decision="with-changes", load=False,
        reviewed_on=seen_on.isoformat(), changes={"plank": {"hold_s": hold_s, "sets": 2}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("away", "dose", "test"),
    [
        (5, (2, 30), HoldTest.NONE),
        (10, (2, 30), HoldTest.NONE),
        (11, (2, 20), HoldTest.NONE),
        (30, (2, 15), HoldTest.NONE),
        (43, (2, 5), HoldTest.FIRST),
        (90, (2, 5), HoldTest.FIRST),
    ],
)
def test_days_away_after_it_was_set_take_of_it_what_they_take_of_any_dose(
    programme: Programme, life: Any, away: int, dose: tuple[int, int], test: HoldTest
) -> None:
    person, last_on = trained(programme, life)
    set_dose(person, last_on + DAY, told_on=last_on + DAY)
    back_on(person, last_on, away)
    assert (person.dose()[1:], person.item().test) == (dose, test)
    if away in (11, 30):
        (why,) = [why.message for why in person.item().reasons if why.message.id == "plan.reason.after-gap-set"]
        assert why.params == {
            "count": away - 1, "share": {11: 75, 30: 50}[away], "seen_on": (last_on + DAY).isoformat()
        }  # fmt: skip


@pytest.mark.parametrize(("away", "dose"), [(12, (2, 45)), (30, (2, 30)), (45, (2, 5))])
def test_it_is_left_at_the_day_on_which_the_plan_was_seen_however_late_that_is_told(
    programme: Programme, life: Any, away: int, dose: tuple[int, int]
) -> None:
    person, last_on = trained(programme, life)
    back_on(person, last_on, away)
    set_dose(person, last_on + DAY, told_on=person.at.date(), hold_s=60)
    assert person.dose()[1:] == dose


def test_set_after_a_long_time_away_and_then_not_begun_for_days_it_comes_at_its_share(
    programme: Programme, life: Any
) -> None:
    person, last_on = trained(programme, life)
    set_dose(person, last_on + 50 * DAY, told_on=last_on + 50 * DAY)
    assert back_on(person, last_on, 54).dose() == ("forearm", 2, 30), "they knew of the fifty days"
    assert person.dose("glute-bridge") == ("full", 2, 5), "of which nothing was set"
    assert back_on(person, last_on, 62).dose() == ("forearm", 2, 20)
    assert person.item().test is HoldTest.NONE
