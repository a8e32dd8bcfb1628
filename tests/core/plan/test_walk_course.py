"""What takes from a walk is answered once, belongs to its walk by the hours between them, and leads back again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lumbar.core.plan import Day, Programme, plan
from lumbar.core.plan.day import DayWalk, Need
from lumbar.core.plan.looked import walks_looked_at
from lumbar.core.record import Record

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Walker:
    """Screened on day 0, with a usual walk of half an hour told. Days are counted from it."""

    def __init__(self, programme: Programme, life: Any, usual: int = 30, **answers: str) -> None:
        self.programme, self.life = programme, life
        life.screen(AT, **answers)
        life.acknowledge(AT)
        self.usual(usual)

    def usual(self, minutes: int, day: float = 0) -> None:
        self.life.add("usual-walk-told", AT + day * DAY, minutes=minutes)

    def walk(self, *days: int, minutes: int = 60, morning: str | None = "same-or-better") -> None:
        for day in days:
            self.life.add("walk-done", AT + day * DAY + 9 * HOUR, minutes=minutes)
            if morning is not None:
                self.morning(day + 1, morning)

    def morning(self, day: float, words: str | None = None, **more: Any) -> None:
        self.life.pain(AT + day * DAY, "morning-after", words=words, **more)

    def flare(self, day: float) -> None:
        self.life.add("flare-reported", AT + day * DAY, note=None)

    def review(self, day: int, decision: str = "go-on") -> None:
        on = (AT + day * DAY).date().isoformat()
        self.life.add(
            "review-recorded", AT + day * DAY, by_whom="Jo Park", profession="physiotherapist", examined=True,
            reviewed_on=on, decision=decision, changes={},
        )  # fmt: skip

    def day(self, day: float) -> Day:
        at = AT + day * DAY + HOUR
        return plan(self.programme, self.life.record.until(at), at)

    def on(self, day: float) -> DayWalk:
        walk = self.day(day).walk
        assert walk is not None
        return walk

    def books(self, day: float) -> set[str]:
        return {why.message.id.removeprefix("plan.book.") for why in self.day(day).book} - {"time"}


@pytest.fixture
def walker(programme: Programme, life: Any) -> Walker:
    return Walker(programme, life)


class TestGap:
    def test_it_is_answered_once_in_each_band_and_takes_its_share_of_the_walk_before_it(self, walker: Walker) -> None:
        walker.walk(0)
        for day in (11, 14, 20, 23, 30):
            walker.life.add("flare-reported", AT - DAY, note=None)  # something is told on these days
            walker.life.facts.pop()
            walker.usual(30, day=day)
        assert [walker.on(day).minutes for day in (9, 10, 11, 14, 20, 21, 23, 30, 41)] == [30] + 4 * [20] + 4 * [15]
        assert walker.on(42).state == "ask"

    def test_in_the_middle_of_a_way_back_it_leads_back_without_a_leap(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=20)
        walker.walk(0, 1, morning="a-bit-worse")
        walker.walk(2, 3, 4)  # at 15, and on the way back to 20
        walker.walk(*range(40, 60))
        assert walker.on(40).minutes == 5
        shown = [walker.on(day).minutes or 0 for day in range(40, 60)]
        assert max(b - a for a, b in pairwise(shown)) == 5, shown
        assert 10 in shown

    def test_it_leads_back_to_the_walk_before_it_a_week_after_walking_again(self, walker: Walker) -> None:
        walker.walk(0)
        walker.usual(30, day=12)
        walker.usual(30, day=22)
        walker.walk(*range(25, 60))
        assert [walker.on(day).minutes for day in (31, 32, 39, 46)] == [15, 20, 30, 30]

    def test_days_without_a_walk_begin_the_week_anew_with_the_next_one(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        walker.walk(1, 2, 3)
        walker.walk(8, 9, 11)
        assert [walker.on(day).minutes for day in (8, 11, 14, 15)] == [15, 15, 15, 20]

    def test_a_step_that_was_shown_on_a_silent_day_stays(self, programme: Programme, life: Any) -> None:
        """Person 9600 of the simulated ones: the week was over on a day without a walk, and two days later too few of
        its walks lay in the week before."""
        walker = Walker(programme, life, usual=10)
        walker.walk(2, 3, 4, minutes=10)
        walker.walk(10, minutes=15)
        assert [walker.on(day).minutes for day in (6, 7, 8, 9, 10, 11)] == [10, 15, 15, 15, 15, 15]

    def test_minutes_of_the_week_told_late_are_no_gap(self, walker: Walker) -> None:
        walker.walk(0)
        walker.life.add("outcome-answered", AT + 12 * DAY, instrument="nprs", nprs=2, walked_minutes=40)
        assert walker.on(12).minutes == 30

    def test_minutes_of_the_last_week_do_not_undo_the_weeks_before_it(self, walker: Walker) -> None:
        walker.walk(0)
        walker.life.add("outcome-answered", AT + 30 * DAY, instrument="nprs", nprs=2, walked_minutes=40)
        assert walker.on(30).minutes == 15


class TestMorningAfter:
    def test_it_is_counted_once_for_its_walk(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        walker.morning(2, "clearly-worse")
        walker.morning(3, "a-bit-worse")
        assert walker.on(3).minutes == 15
        assert walker.books(3) == set()

    def test_what_is_worse_still_is_heard(self, walker: Walker) -> None:
        walker.walk(0, morning="a-bit-worse")
        assert walker.on(1).minutes == 30
        walker.morning(2, "clearly-worse")
        assert walker.on(2).minutes == 15

    @pytest.mark.parametrize(("words", "minutes"), [("a-bit-worse", 10), ("clearly-worse", 5), ("same-or-better", 15)])
    def test_what_is_worse_after_the_walk_before_a_step_takes_the_step_back(
        self, programme: Programme, life: Any, words: str, minutes: int
    ) -> None:
        """The step was shown on a silent day in between, and the next walk may not be more than the one that was too
        much."""
        walker = Walker(programme, life, usual=10)
        walker.walk(2, 3, minutes=10)
        walker.walk(6, minutes=10, morning=None)
        walker.morning(8, words)
        assert [walker.on(day).minutes for day in (6, 7, 8)] == [10, 15, minutes]
        walker.walk(*range(8, 26), minutes=20)
        assert walker.on(25).minutes >= 15, "and there is a way back"

    def test_what_is_worse_after_the_walk_of_a_step_leaves_the_step(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=10)
        walker.walk(2, 3, 6, minutes=10)
        walker.walk(7, minutes=15, morning="a-bit-worse")
        assert [walker.on(day).minutes for day in (7, 8)] == [15, 15]

    def test_after_a_gap_it_belongs_to_the_walk_and_not_to_the_day_of_the_answer(self, walker: Walker) -> None:
        walker.walk(0)
        walker.usual(30, day=10)  # the gap is answered on this day, without a walk
        walker.morning(11, "clearly-worse")
        assert walker.on(11).minutes == 20

    def test_minutes_of_the_week_are_no_walk_that_a_morning_is_of(self, walker: Walker) -> None:
        walker.walk(0)
        walker.life.add("outcome-answered", AT + 8 * DAY, instrument="nprs", nprs=2, walked_minutes=40)
        walker.morning(9, "clearly-worse")
        assert walker.on(9).minutes == 30

    @pytest.mark.parametrize(("hours", "minutes"), [(72, 15), (73, 30)])
    def test_it_is_counted_in_hours(self, walker: Walker, hours: int, minutes: int) -> None:
        walker.walk(0, morning=None)
        walker.life.pain(AT + (9 + hours) * HOUR, "morning-after", words="clearly-worse")
        assert walker.on(4).minutes == minutes

    @pytest.mark.parametrize("walked", ["2026-03-10T08:00", "2026-03-10T04:00"])
    def test_a_bad_one_told_west_of_the_date_line_is_not_lost(
        self, programme: Programme, life: Any, walked: str
    ) -> None:
        """On the very date of the walk, or on the one before it."""
        Walker(programme, life)
        at = datetime.fromisoformat(walked).replace(tzinfo=ZoneInfo("Pacific/Auckland"))
        life.add("walk-done", at, minutes=30)
        later = (at.astimezone(UTC) + 14 * HOUR).astimezone(ZoneInfo("America/Los_Angeles"))
        assert later.date() <= at.date()
        life.pain(later, "morning-after", words="clearly-worse")
        walk = plan(programme, life.record, later).walk
        assert walk is not None
        assert walk.minutes == 15
        next_day = plan(programme, life.record, later + 2 * DAY).walk
        assert next_day is not None
        assert next_day.minutes == 15

    @pytest.mark.parametrize("walked", ["2026-03-10T08:00", "2026-03-10T04:00"])
    @pytest.mark.parametrize("first", [-1, 1])
    def test_a_bad_one_after_the_very_first_walk_is_not_lost_west_of_the_date_line(
        self, programme: Programme, life: Any, walked: str, first: int
    ) -> None:
        """The usual walk was told on the date of the walk, before it or after."""
        life.screen(AT)
        life.acknowledge(AT)
        at = datetime.fromisoformat(walked).replace(tzinfo=ZoneInfo("Pacific/Auckland"))
        life.add("usual-walk-told", at + first * timedelta(minutes=30), minutes=30)
        life.add("walk-done", at, minutes=30)
        later = (at.astimezone(UTC) + 14 * HOUR).astimezone(ZoneInfo("America/Los_Angeles"))
        life.pain(later, "morning-after", words="clearly-worse")
        for days in (0, 1, 2, 3):
            walk = plan(programme, life.record, later + days * DAY).walk
            assert walk is not None
            assert walk.minutes == 15, days

    def test_a_good_one_counts_only_with_a_night_in_between(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        for day in range(2, 9):
            walker.life.add("walk-done", AT + day * DAY - HOUR, minutes=60)
        walker.morning(2, "same-or-better")
        assert walker.on(9).minutes == 15, "told on the morning of the first walk itself, it is of no walk of the week"

    def test_the_last_days_show_it_beside_its_walk(self, walker: Walker) -> None:
        walker.walk(0, morning="a-bit-worse")
        walker.walk(1, morning=None)
        walker.life.pain(AT + 4 * DAY + 8 * HOUR, "morning-after", words="clearly-worse")
        looked = walks_looked_at(walker.programme, walker.life.record, before=(AT + 9 * DAY).date(), most=9)
        assert [one.morning for one in looked] == ["clearly-worse", "a-bit-worse"]


class TestFlareUp:
    def test_told_twice_it_takes_once(self, walker: Walker) -> None:
        walker.walk(0)
        walker.flare(1)
        walker.flare(1.1)
        walker.flare(3)
        assert [walker.on(day).minutes for day in (1.2, 3, 4)] == [15, 15, 15]

    def test_another_one_takes_again(self, walker: Walker) -> None:
        walker.walk(0)
        walker.flare(1)
        for day in (2, 4):
            walker.life.pain(AT + day * DAY, "before", 1)
        walker.flare(6)
        assert walker.on(6).minutes == 5


class TestReview:
    def test_the_second_clearly_worse_morning_within_a_fortnight_asks_for_one(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        assert walker.books(1) == set()
        walker.walk(13, morning=None)
        walker.morning(14, "same-or-better", nprs=6)
        assert walker.books(14) == {"walk-reds"}
        walker.review(15)
        assert walker.books(15) == set()
        walker.walk(16, morning="clearly-worse")
        assert walker.books(17) == set(), "what came before the review was looked at"

    def test_two_weeks_apart_they_do_not(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        walker.walk(14, morning="clearly-worse")
        assert walker.books(15) == set()

    def test_it_asks_until_four_good_ones_in_a_row(self, walker: Walker) -> None:
        walker.walk(0, 1, morning="clearly-worse")
        walker.walk(2, 3, 4)
        assert walker.books(5) == {"walk-reds"}
        walker.walk(5)
        assert walker.books(6) == set()


class TestToldAgain:
    def test_the_way_back_ends_at_what_was_told_after_the_drop(self, walker: Walker) -> None:
        walker.walk(0, morning="clearly-worse")
        walker.usual(20, day=1)
        walker.walk(*range(1, 40))
        assert [walker.on(day).minutes for day in (1, 8, 15, 22)] == [15, 20, 25, 30]


class TestGentleStart:
    @pytest.mark.parametrize("minutes", [10, 60])
    def test_when_it_ends_the_walk_goes_on_from_where_it_stood(
        self, programme: Programme, life: Any, minutes: int
    ) -> None:
        walker = Walker(programme, life, usual=10, B3="yes")
        walker.walk(*range(60), minutes=minutes)
        assert walker.on(35).minutes == 10
        walker.review(35)
        assert [walker.on(day).minutes for day in (35, 36, 41)] == [10, 10, 10]
        assert [walker.on(day).minutes for day in (42, 49)] == [15, 20 if minutes == 60 else 15]

    def test_an_answer_given_later_lets_it_go_on_from_what_was_walked(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=10)
        walker.walk(*range(28))
        assert walker.on(27).minutes == 25
        life.screen(AT + 28 * DAY, B3="yes")
        walker.walk(*range(28, 36), minutes=10)
        walker.review(36)
        assert [walker.on(day).minutes for day in (28, 36, 37)] == [10, 10, 10]

    def test_a_longer_usual_walk_that_is_told_meanwhile_lets_it_grow_no_further(
        self, programme: Programme, life: Any
    ) -> None:
        walker = Walker(programme, life, usual=10, B3="yes")
        life.add("usual-walk-told", AT + DAY, minutes=30)
        walker.walk(*range(30))
        assert walker.on(30).minutes == 10

    def test_a_slip_that_is_taken_back_lets_nothing_leap(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=10)
        wrong = life.screen(AT + HOUR, B3="yes")
        walker.walk(*range(30))
        life.add("retracted", AT + 30 * DAY, fact=wrong.id)
        life.clear(AT + 30 * DAY, "B3")
        assert walker.on(30).minutes == 10

    def test_a_pause_of_a_few_days_takes_nothing(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=10)
        walker.walk(*range(23))
        life.screen(AT + 23 * DAY, A8="yes")
        life.clear(AT + 25 * DAY, "A8")
        life.screen(AT + 25 * DAY + HOUR / 2)
        assert walker.on(22).minutes == walker.on(25).minutes == 25


class TestFuture:
    @pytest.mark.parametrize("ahead", [DAY, 5 * 365 * DAY])
    def test_a_walk_of_a_day_to_come_is_no_walk_of_today(
        self, programme: Programme, life: Any, ahead: timedelta
    ) -> None:
        walker = Walker(programme, life)
        for day in range(8):
            fact = life.add("walk-done", AT + day * DAY + ahead, minutes=60)
            life.told_late(fact, AT + day * DAY)
        assert (walker.on(7).walked_min, walker.on(7).week_days, walker.on(7).state) == (0, 0, "due")

    def test_a_usual_walk_of_a_day_to_come_begins_nothing_and_may_make_less(
        self, programme: Programme, new_life: Callable[[], Any]
    ) -> None:
        life = new_life()
        life.screen(AT)
        life.acknowledge(AT)
        life.told_late(life.add("usual-walk-told", AT + 9 * DAY, minutes=30), AT)
        day = plan(programme, life.record, AT + HOUR)
        assert day.walk is not None
        assert day.walk.state == "ask"
        walker = Walker(programme, new_life())
        walker.life.told_late(walker.life.add("usual-walk-told", AT + 9 * DAY, minutes=10), AT + DAY)
        assert walker.on(1).minutes == 10

    def test_a_good_morning_of_a_day_to_come_does_not_count_and_a_bad_one_does(
        self, programme: Programme, new_life: Callable[[], Any]
    ) -> None:
        minutes = []
        for words in ("same-or-better", "clearly-worse"):
            walker = Walker(programme, new_life(), usual=20)
            walker.walk(0, 2, 4, 6, morning=None)
            fact = walker.life.pain(AT + 30 * DAY, "morning-after", words=words)
            walker.life.told_late(fact, AT + 7 * DAY)
            minutes.append(walker.on(7).minutes)
        assert minutes == [20, 10]


class TestWaiting:
    def test_the_morning_after_is_asked_and_heard(self, programme: Programme, life: Any) -> None:
        walker = Walker(programme, life, usual=20, B5="yes")
        walker.walk(0, morning=None)
        assert Need.MORNING_AFTER not in walker.day(0.5).needs
        assert walker.day(1).needs == (Need.DAILY_CHECK, Need.MORNING_AFTER)
        walker.morning(1, "clearly-worse")
        assert (walker.day(1).needs, walker.on(1).minutes) == ((Need.DAILY_CHECK,), 10)
        walker.walk(*range(1, 30), minutes=30)
        assert [walker.on(day).minutes for day in (8, 15, 22, 29)] == [15, 20, 20, 20], (
            "and back to what is comfortable"
        )


def test_a_walk_costs_the_days_from_its_own_on_and_an_answer_that_comes_late_is_heard(
    programme: Programme, life: Any
) -> None:
    """A record that grew fact by fact, an old answer last, is the record that was made at once."""
    walker = Walker(programme, life, usual=10)
    walker.walk(*range(20))
    life.screen(AT + 5 * DAY, B3="yes")
    record, at = Record(), AT + 20 * DAY
    for fact in life.facts:
        record = record.merge([fact])
        plan(programme, record, at)
    assert plan(programme, record, at) == plan(programme, life.record, at)
    assert walker.on(20).minutes == 10


@pytest.mark.parametrize("kind", ["daily-check-answered", "retracted", "screen-answered"])
def test_an_answer_of_a_newer_version_is_passed_over(programme: Programme, life: Any, kind: str) -> None:
    walker = Walker(programme, life, usual=10)
    walker.walk(*range(8))
    newer = replace(life.facts[0], id="newer", type=kind, v=99, body={"anything": 1}, at=AT + HOUR)
    grown = life.record
    plan(programme, grown, AT + 9 * DAY)
    for record in (Record([*life.facts, newer]), grown.merge([newer])):
        walk = plan(programme, record, AT + 7 * DAY + HOUR).walk
        assert walk is not None
        assert walk.minutes == 15
