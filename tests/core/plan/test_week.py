"""Weeks speak to the plan as well: more pain takes a little away, and what goes on getting worse asks for a review."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.core.plan import Day, Item, Programme, plan
from lumbar.core.record import Record

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CORE = ("plank", "side-plank", "glute-bridge")


class Person:
    """Screened on day one with a pain of 3 over the week; trains every other day, and every session is a good one."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme = programme
        self.life = life
        life.screen(AT)
        life.acknowledge(AT)
        self.number = 0
        self.at = AT
        self.record = Record()

    def day(self, at: datetime | None = None) -> Day:
        self.record = self.record.merge(self.life.facts[len(self.record) :])
        return plan(self.programme, self.record, at or self.at)

    def dose(self, exercise: str = "plank") -> tuple[str, int, int]:
        item = self.day().item(exercise)
        assert item is not None
        return item.rung, item.sets, item.hold_s

    def reasons(self, exercise: str = "plank") -> set[str]:
        item = self.day().item(exercise)
        assert isinstance(item, Item)
        return {why.message.id for why in item.reasons}

    def books(self) -> set[str]:
        """Why a review is asked for, but for that it is time for one."""
        return {why.message.id.removeprefix("plan.book.") for why in self.day().book} - {"time"}

    def train(self, times: int = 1) -> None:
        for _ in range(times):
            name = f"s{self.number}"
            self.number += 1
            self.life.check(self.at)
            self.life.pain(self.at, "before", 2)
            self.life.do(self.day(), self.at, name)
            self.life.add("effort-reported", self.at, session=name, effort=4)
            self.life.pain(self.at, "after", 2, session=name)
            for exercise in CORE:
                self.life.add("shape-reported", self.at, session=name, exercise=exercise, kept="yes")
            self.life.pain(self.at + DAY, "morning-after", words="same-or-better", session=name)
            self.at += 2 * DAY

    def week(self, nprs: int, on: int) -> None:
        """The pain of the week, told on a day, day one being that of the screen; it is that day afterwards."""
        self.at = max(self.at, AT + (on - 1) * DAY)
        self.life.add("outcome-answered", AT + (on - 1) * DAY, instrument="nprs", nprs=nprs)

    def ticks(self, count: int, on: int) -> None:
        self.at = max(self.at, AT + (on - 1) * DAY)
        ticks = list(range(1, count + 1))
        self.life.add("outcome-answered", AT + (on - 1) * DAY, instrument="rmdq-24", ticks=ticks)


@pytest.fixture
def person(programme: Programme, life: Any) -> Person:
    return Person(programme, life)


@pytest.mark.parametrize(
    ("nprs", "on", "less"),
    [
        (3, 8, False),
        (4, 8, False),
        (5, 8, True),
        (9, 8, True),
        (5, 5, True),
        (5, 4, False),
        (5, 11, True),
        (5, 12, False),
    ],
)
def test_two_points_more_than_the_week_before_take_a_set(person: Person, nprs: int, on: int, less: bool) -> None:
    """The week before is a week before, give or take three days."""
    person.train(on // 2)
    before = person.dose()
    person.week(nprs, on)
    rung, sets, hold_s = before
    assert person.dose() == ((rung, sets - 1, hold_s) if less else before)
    assert ("plan.reason.week-rose" in person.reasons()) is less


def test_in_that_week_nothing_grows_and_then_it_comes_back(person: Person) -> None:
    person.train(8)
    before = person.dose()
    person.week(3, 17)
    person.week(5, 24)
    eased = person.dose()
    assert eased[1] * eased[2] < before[1] * before[2]
    person.train(3)
    assert person.dose() == eased, "six days on"
    person.at += DAY
    person.train()
    assert person.dose() == before, "a good session after the week leads back"


def test_telling_it_twice_eases_once(person: Person) -> None:
    person.train()
    person.week(6, 8)
    eased = person.dose()
    person.week(6, 9)
    assert person.dose() == eased


def test_another_week_of_more_pain_eases_again(person: Person) -> None:
    person.train(8)
    person.week(3, 17)
    person.week(5, 24)
    eased = person.dose()
    person.week(7, 31)
    assert person.dose() < eased


def test_two_rising_weeks_running_ask_for_a_review(person: Person) -> None:
    person.week(4, 8)
    assert person.books() == set()
    person.week(5, 15)
    assert person.books() >= {"rising"}


@pytest.mark.parametrize("weeks", [(3, 4, 4, 5), (3, 4, 3, 4), (3, 2, 1, 0)])
def test_weeks_that_do_not_rise_running_ask_for_nothing(person: Person, weeks: tuple[int, ...]) -> None:
    for number, nprs in enumerate(weeks[1:], 1):
        person.week(nprs, 1 + 7 * number)
    assert person.books() == set()


def test_worse_by_as_much_as_matters_twice_asks_for_a_review(person: Person) -> None:
    person.week(5, 8)
    assert person.books() == set()
    person.week(3, 15)
    assert person.books() == set()
    person.week(5, 22)
    assert person.books() == {"worse"}


@pytest.mark.parametrize(("on", "books"), [(9, set()), (11, set()), (12, {"worse"})])
def test_told_twice_within_a_few_days_is_one_time(person: Person, on: int, books: set[str]) -> None:
    person.week(5, 8)
    person.week(5, on)
    assert person.books() == books


@pytest.mark.parametrize(("now", "books"), [(14, set()), (15, {"worse"})])
def test_so_does_everyday_life(person: Person, now: int, books: set[str]) -> None:
    person.ticks(10, 2)
    person.ticks(15, 29)
    assert person.books() == set()
    person.ticks(now, 57)
    assert person.books() == books


def test_good_sessions_do_not_take_it_back_and_a_review_does(person: Person) -> None:
    person.week(5, 8)
    person.week(5, 15)
    person.train(5)
    assert person.books() == {"worse"}
    person.life.add(
        "review-recorded",
        person.at,
        by_whom="Jo Park",
        profession="physiotherapist",
        reviewed_on=person.at.date().isoformat(),
        examined=True,
        decision="go-on",
        load=False,
        changes={},
    )
    assert person.books() == set()
    person.week(5, 30)
    assert person.books() == set(), "what was worse before it was looked at"
    person.week(5, 37)
    assert person.books() == {"worse"}


def test_the_persons_own_goals_and_impression_ask_for_nothing(person: Person) -> None:
    for on, rating in ((3, 9), (29, 1), (57, 1)):
        at = AT + (on - 1) * DAY
        person.life.add("outcome-answered", at, instrument="psfs", activities=[{"name": "a", "rating": rating}])
        person.life.add("outcome-answered", at, instrument="pgic", impression=1)
        person.at = at
    assert person.books() == set()


def test_in_a_flare_up_a_week_of_more_pain_takes_no_more(person: Person) -> None:
    person.train(4)
    person.life.add("flare-reported", person.at)
    flared = person.dose()
    person.week(3, 9)
    person.week(9, 16)
    assert person.dose() == flared


def test_what_is_due_waits_for_the_safety_questions_and_a_pause_is_silent(person: Person) -> None:
    assert person.day(AT).outcomes == ()
    assert [due.instrument for due in person.day(AT + DAY).outcomes] == ["rmdq-24"]
    assert person.day(AT + 28 * DAY).needs[0] == "screen"
    assert person.day(AT + 28 * DAY).outcomes == ()
    person.life.check(AT + DAY, "daily.emergency", A1="yes")
    assert person.day(AT + DAY).outcomes == ()


def test_nobody_who_was_never_screened_is_asked(programme: Programme, life: Any) -> None:
    assert plan(programme, life.record, AT).outcomes == ()


WEEKLY = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=10)


@settings(deadline=None, max_examples=25)
@given(weeks=WEEKLY, more=st.integers(1, 4), which=st.integers(0, 9))
def test_more_pain_in_the_last_week_never_means_more(
    programme: Programme, new_life: Callable[[], Any], weeks: list[int | None], more: int, which: int
) -> None:
    def dose(last: int) -> int:
        person = Person(programme, new_life())
        for number, nprs in enumerate([*weeks, last], 1):
            while person.at < AT + 7 * number * DAY and "screen" not in person.day().needs:
                person.train()
            if nprs is not None:
                person.week(nprs, 1 + 7 * number)
        items = [person.day().item(exercise) for exercise in CORE]
        return sum(item.sets * item.hold_s for item in items if item is not None)

    assert dose(min(10, which + more)) <= dose(which)


def test_eight_weeks_without_a_clear_gain_ask_for_a_review(person: Person) -> None:
    """The first answers were on day one and two: a pain of 3, ten sentences."""
    person.ticks(10, 2)
    person.week(3, 50)
    assert person.books() == set(), "not yet"
    person.week(3, 55)
    assert person.books() == {"no-gain"}
    person.at += DAY
    person.life.add(
        "review-recorded", person.at, by_whom="Jo Park", profession="physiotherapist", examined=True,
        reviewed_on=person.at.date().isoformat(), decision="go-on", changes={},
    )  # fmt: skip
    assert person.books() == set()
    person.week(3, 62)
    assert person.books() == set(), "it is looked at once"


@pytest.mark.parametrize(("pain", "sentences"), [(1, 10), (3, 4)])
def test_one_of_them_clearly_better_is_enough(person: Person, pain: int, sentences: int) -> None:
    person.ticks(10, 2)
    person.ticks(sentences, 30)
    person.week(pain, 57)
    assert person.books() == set()


@pytest.mark.parametrize(("now", "asks"), [(0, False), (1, False), (2, True), (3, True)])
def test_whoever_has_hardly_any_pain_from_the_first_is_not_asked_for_want_of_a_gain(
    programme: Programme, new_life: Callable[[], Any], now: int, asks: bool
) -> None:
    """A first week's pain of 1 cannot get better by the two points that matter; one of 3 now is worse."""
    life = new_life()
    person = Person(programme, life)
    life.facts[0] = replace(life.facts[0], body={**life.facts[0].body, "nprs": 1})
    person.ticks(10, 2)
    person.week(now, 55)
    assert (person.books() == {"no-gain"}) is asks


def test_the_weeks_of_the_text_are_those_of_the_programme(person: Person) -> None:
    person.week(3, 55)
    noticed = {why.message.id: dict(why.message.params) for why in person.day().book}
    assert noticed["plan.book.no-gain"] == {"weeks": 8}


@pytest.mark.parametrize(("day", "asked"), [(28, False), (29, True), (42, True), (43, False)])
def test_between_week_four_and_six_it_is_time_for_a_review(person: Person, day: int, asked: bool) -> None:
    person.at = AT + (day - 1) * DAY
    assert ("plan.book.time" in {why.message.id for why in person.day().book}) is asked


def test_a_review_since_the_beginning_is_enough_for_that(person: Person) -> None:
    person.life.add(
        "review-recorded", AT + 10 * DAY, by_whom="Jo Park", profession="physiotherapist", examined=True,
        reviewed_on="2026-03-12", decision="go-on", changes={},
    )  # fmt: skip
    person.at = AT + 30 * DAY
    assert "plan.book.time" not in {why.message.id for why in person.day().book}
