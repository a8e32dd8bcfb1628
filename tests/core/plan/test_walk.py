"""Our addition: a walk that begins with what is comfortable, and grows by the week as long as the mornings are good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.core.plan import Day, Programme, plan
from lumbar.core.plan.day import DayWalk, Need, StepState

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Walker:
    """Screened on day one. Days are counted from it."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme, self.life = programme, life
        life.screen(AT)
        life.acknowledge(AT)

    def usual(self, minutes: int, day: int = 0) -> None:
        self.life.add("usual-walk-told", AT + day * DAY, minutes=minutes)

    def walk(self, *days: int, minutes: int = 60, morning: str | None = "same-or-better") -> None:
        for day in days:
            at = AT + day * DAY + timedelta(hours=9)
            self.life.add("walk-done", at, minutes=minutes)
            if morning is not None:
                self.life.pain(AT + (day + 1) * DAY, "morning-after", words=morning)

    def day(self, day: int) -> Day:
        at = AT + day * DAY + timedelta(hours=1)
        return plan(self.programme, self.life.record.until(at), at)

    def on(self, day: int) -> DayWalk:
        walk = self.day(day).walk
        assert walk is not None
        return walk

    def why(self, day: int) -> set[str]:
        return {why.message.id.removeprefix("plan.reason.walk-") for why in self.on(day).reasons}


@pytest.fixture
def walker(programme: Programme, life: Any) -> Walker:
    return Walker(programme, life)


@pytest.mark.parametrize(
    ("told", "begins"), [(1, 5), (4, 5), (5, 5), (9, 5), (10, 10), (14, 10), (29, 25), (30, 30), (90, 30)]
)
def test_it_begins_with_the_usual_comfortable_walk(walker: Walker, told: int, begins: int) -> None:
    """Rounded down to whole five minutes, five at the least, and half an hour at the most."""
    assert walker.on(0).state == "ask"
    assert walker.on(0).minutes is None
    walker.usual(told)
    assert walker.on(0).minutes == begins


def test_five_minutes_more_each_good_week_to_half_an_hour(walker: Walker) -> None:
    walker.usual(10)
    walker.walk(*(day for day in range(60) if day % 7 < 5))
    weeks = [walker.on(7 * week).minutes for week in range(7)]
    assert weeks == [10, 15, 20, 25, 30, 30, 30]
    assert walker.why(42) == {"grew", "goal"}


def test_days_and_mornings_of_weeks_ago_say_nothing_of_this_one(walker: Walker) -> None:
    walker.usual(10)
    walker.walk(*range(0, 32, 4))
    assert [walker.on(day).minutes for day in (8, 16, 24, 32)] == [10, 10, 10, 10]
    assert walker.why(32) == {"usual", "days"}
    walker.walk(32, 35, 36, morning=None)
    assert walker.on(37).minutes == 10, "the last good morning was of a walk of the week before"
    assert walker.why(37) == {"usual", "morning"}
    walker.walk(37)
    assert walker.on(38).minutes == 15


@pytest.mark.parametrize(
    ("walks", "minutes"), [((), 10), ((4,), 10), ((1, 4), 10), ((0, 2, 4), 15), (range(5), 15), ((0, 1, 2), 10)]
)
def test_it_grows_only_when_it_was_walked(walker: Walker, walks: tuple[int, ...], minutes: int) -> None:
    """On three days, and with no five days without a walk behind it."""
    walker.usual(10)
    walker.walk(*walks)
    assert walker.on(7).minutes == minutes


def test_a_shorter_walk_is_a_walk_and_not_the_whole_of_it(walker: Walker) -> None:
    walker.usual(20)
    walker.walk(*range(5), minutes=15)
    assert walker.on(7).minutes == 20
    assert walker.on(5).week_days == 5


def test_it_may_be_walked_in_parts(walker: Walker) -> None:
    walker.usual(20)
    for day in (0, 2, 4):
        walker.walk(day, minutes=10)
        walker.life.add("walk-done", AT + day * DAY + timedelta(minutes=30), minutes=10)
    assert walker.on(7).minutes == 25


def test_without_a_morning_after_it_does_not_grow_and_asks(walker: Walker) -> None:
    walker.usual(10)
    walker.walk(*range(5), morning=None)
    assert walker.on(7).minutes == 10
    assert "morning" in walker.why(7)
    assert Need.MORNING_AFTER in walker.day(5).needs
    walker.life.pain(AT + 5 * DAY, "morning-after", words="same-or-better")
    assert Need.MORNING_AFTER not in walker.day(5).needs
    assert walker.on(7).minutes == 15


def test_a_morning_that_was_a_bit_worse_begins_the_week_again(walker: Walker) -> None:
    walker.usual(10)
    walker.walk(0, 1, 2, 3)
    walker.walk(4, morning="a-bit-worse")
    assert walker.on(7).minutes == 10
    assert "stays" in walker.why(7)
    walker.walk(6, 7, 8)
    assert walker.on(11).minutes == 10
    assert walker.on(12).minutes == 15, "a week after the morning"


def test_two_such_mornings_in_a_week_make_it_shorter(walker: Walker) -> None:
    walker.usual(30)
    walker.walk(0, 2, morning="a-bit-worse")
    assert walker.on(3).minutes == 20, "four fifths of it, in whole five minutes"
    assert "less" in walker.why(3)
    walker.walk(4, 5, 6)
    assert walker.on(10).minutes == 30, "and a good week leads back"


def test_a_clearly_worse_morning_makes_it_shorter_and_it_comes_back(walker: Walker) -> None:
    walker.usual(30)
    walker.walk(0, morning="clearly-worse")
    assert walker.on(1).minutes == 15
    walker.walk(*range(2, 40))
    assert [walker.on(day).minutes for day in (7, 8, 15, 22)] == [15, 20, 30, 30]


def test_pain_further_down_the_leg_makes_it_shorter(walker: Walker) -> None:
    walker.usual(30)
    walker.walk(0, morning=None)
    walker.life.pain(AT + DAY, "morning-after", words="same-or-better", further_down_leg=True)
    assert walker.on(1).minutes == 15


def test_a_morning_long_after_the_walk_says_nothing_of_it(walker: Walker) -> None:
    walker.usual(30)
    walker.walk(0, morning=None)
    walker.life.pain(AT + 4 * DAY, "morning-after", words="clearly-worse")
    assert walker.on(4).minutes == 30


def test_a_flare_up_halves_it_and_it_comes_back_by_the_week(walker: Walker) -> None:
    walker.usual(30)
    walker.walk(0, 1, 2)
    walker.life.add("flare-reported", AT + 3 * DAY, note=None)
    assert walker.on(3).minutes == 15
    assert "flare" in walker.why(3)
    walker.walk(*range(4, 40))
    for day, nprs in ((4, 1), (6, 1)):
        walker.life.pain(AT + day * DAY, "before", nprs)
    assert [walker.on(day).minutes for day in (9, 10, 17)] == [15, 20, 30]


@pytest.mark.parametrize(("days", "minutes"), [(9, 20), (10, 15), (20, 15), (21, 10), (41, 10), (42, None)])
def test_after_days_without_a_walk_it_begins_with_less(walker: Walker, days: int, minutes: int | None) -> None:
    walker.usual(20)
    walker.walk(0)
    assert walker.on(days).minutes == minutes


def test_minutes_told_with_the_week_are_walks_too(walker: Walker) -> None:
    walker.usual(20)
    walker.walk(0)
    walker.life.add("outcome-answered", AT + 8 * DAY, instrument="nprs", nprs=2, walked_minutes=40)
    assert walker.on(12).minutes == 20


def test_told_again_it_may_only_be_less_but_on_its_own_day_it_may_be_set_right(walker: Walker) -> None:
    walker.usual(5)
    walker.life.add("usual-walk-told", AT + timedelta(minutes=5), minutes=20)
    assert walker.on(0).minutes == 20
    walker.usual(30, day=3)
    assert walker.on(3).minutes == 20
    walker.usual(10, day=5)
    assert walker.on(5).minutes == 10


def test_five_days_of_seven_are_enough(walker: Walker) -> None:
    walker.usual(10)
    walker.walk(0, 1, 2, 3)
    assert walker.on(4).state == "due"
    walker.walk(4)
    assert walker.on(5).state == "optional"
    assert walker.on(7).state == "due"


def test_done_is_done(walker: Walker) -> None:
    walker.usual(10)
    walker.life.add("walk-done", AT, minutes=9)
    assert (walker.on(0).state, walker.on(0).walked_min) == ("due", 9)
    walker.life.add("walk-done", AT, minutes=1)
    assert walker.on(0).state == "done"
    assert [why.message.params["done"] for why in walker.on(0).reasons if "done" in why.message.params] == [1]
    step = walker.day(0).steps[-1]
    assert step.state in (StepState.DONE, StepState.DUE)


def test_with_much_pain_it_is_only_as_comfortable(walker: Walker) -> None:
    walker.usual(10)
    walker.life.pain(AT, "before", 6)
    assert walker.on(0).state == "optional"


def test_an_illness_rests_it(walker: Walker) -> None:
    walker.usual(10)
    walker.life.check(AT, "daily.unwell", A10="no", A14="no", A16="no")
    assert walker.on(0).state == "rests"


@pytest.mark.parametrize(("answers", "state"), [({"A1": "yes"}, "closed"), ({"B5": "yes"}, "due")])
def test_a_pause_closes_it_and_waiting_leaves_it_open(walker: Walker, answers: dict[str, str], state: str) -> None:
    walker.usual(10)
    walker.life.screen(AT, **answers)
    assert walker.on(0).state == state


def test_while_the_exercises_wait_the_daily_check_comes_before_the_walk(walker: Walker) -> None:
    """It is the day's first exercise; the screen was the check of its own day, and a pause asks for nothing."""
    walker.life.screen(AT, B5="yes")
    assert Need.DAILY_CHECK not in walker.day(0).needs
    assert Need.DAILY_CHECK in walker.day(1).needs
    walker.life.check(AT + DAY)
    assert Need.DAILY_CHECK not in walker.day(1).needs
    walker.life.check(AT + 2 * DAY, "daily.numbness", A1="yes", A5="no")
    assert (walker.on(2).state, walker.day(2).needs) == ("closed", ())


def test_before_a_review_of_a_gentle_start_it_stays_what_was_comfortable(walker: Walker) -> None:
    walker.usual(10)
    walker.life.screen(AT, B3="yes")
    walker.walk(*range(14))
    assert walker.on(14).minutes == 10
    assert "gentle" in walker.why(14)


@pytest.mark.parametrize(("morning", "minutes"), [("same-or-better", 15), ("a-bit-worse", 10), ("clearly-worse", 5)])
def test_the_morning_on_which_it_would_grow_counts(walker: Walker, morning: str, minutes: int) -> None:
    walker.usual(10)
    walker.walk(*range(6))
    walker.walk(6, morning=morning)
    assert walker.on(7).minutes == minutes
