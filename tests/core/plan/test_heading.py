"""What today's page says at its head of an answer that makes the day less: much pain before, too much of it in the
session, and an illness."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.catalog.words import shipped_words
from lumbar.core.plan import Day, Kind, Need, Programme, plan
from lumbar.core.plan.day import StepState

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Told:
    """Somebody on their first day of core work."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme, self.life = programme, life
        life.screen(AT - DAY)
        life.acknowledge(AT - DAY)

    def day(self, at: datetime = AT + HOUR) -> Day:
        return plan(self.programme, self.life.record, at)

    def says(self, at: datetime = AT + HOUR) -> str:
        return shipped_words().written(self.day(at).lead)

    def check(self, *ticks: str) -> None:
        self.life.check(AT, *ticks, A10="no", A14="no", A16="no")

    def trains(self, worst: int, effort: int = 4) -> None:
        self.check()
        self.life.pain(AT, "before", 2)
        self.life.do(self.day(), AT + HOUR / 2, "s")
        self.life.add("effort-reported", AT + HOUR, session="s", effort=effort)
        self.life.pain(AT + HOUR, "after", worst, session="s")


@pytest.fixture
def told(programme: Programme, life: Any) -> Told:
    return Told(programme, life)


def test_much_pain_before_core_work_is_answered_on_the_page(told: Told) -> None:
    assert told.day().kind is Kind.STRENGTH
    told.check()
    told.life.pain(AT, "before", 8)
    day = told.day()
    assert day.kind is Kind.STRETCH
    assert (day.lead.id, day.lead.params["pain"]) == ("plan.lead.no-core", 8)
    assert "8 of 10, so core work waits for another day" in told.says()
    core = day.steps[1]
    assert (core.state, core.message.id) == (StepState.NOT_TODAY, "plan.step.core.pain")
    for item in day.items:
        if item.state.value == "due":
            for side in item.sides:
                told.life.hold(AT + HOUR / 2, item.exercise, side, session="s", rung=item.rung, credited_s=30)
    assert told.day().lead.id == "plan.lead.no-core-rest"


@pytest.mark.parametrize("pain", [0, 5])
def test_less_pain_before_it_says_nothing(told: Told, pain: int) -> None:
    told.check()
    told.life.pain(AT, "before", pain)
    assert told.day().lead.id == "plan.lead.due"


def test_too_much_in_the_session_is_answered_on_that_day(told: Told) -> None:
    told.trains(worst=7, effort=9)
    assert told.day(AT + 2 * HOUR).lead.id == "plan.lead.done-eased"
    assert "hurt up to 7 of 10, so the next core work is gentler" in told.says(AT + 2 * HOUR)


def test_a_session_that_went_well_says_so(told: Told) -> None:
    told.trains(worst=2)
    assert told.day(AT + 2 * HOUR).lead.id == "plan.lead.done-strength"


def test_an_illness_promises_nothing_before_its_hours_are_over(told: Told) -> None:
    """It rests for 48 hours from when it was told, and asks neither for a measure nor for anything else meanwhile."""
    told.life.screen(AT - 9 * DAY)
    assert told.day().outcomes
    told.check("daily.unwell")
    day = told.day()
    assert day.unwell
    assert (day.lead.id, day.outcomes) == ("plan.lead.unwell", ())
    assert day.next is not None
    assert (day.next.message.id, day.next.at) == ("plan.next.unwell", AT + 48 * HOUR)
    assert all(item.not_before >= AT + 48 * HOUR for item in day.items if item.not_before is not None)


@pytest.mark.parametrize("asked", ["check", "screen"])
def test_nothing_that_is_said_later_shortens_the_hours_of_an_illness(told: Told, asked: str) -> None:
    """Who told of a fever in the evening has not been without one for 48 hours on the next morning."""
    at, ends_at = AT + 12 * HOUR, AT + 60 * HOUR
    told.life.check(at, "daily.unwell", A10="no", A14="no", A16="no")
    for hours in (12, 36):
        (told.life.check if asked == "check" else told.life.screen)(at + hours * HOUR)
        day = told.day(at + (hours + 0.1) * HOUR)
        assert day.unwell
        assert not any(item.may_start for item in day.items)
        assert all(item.not_before is None or item.not_before >= ends_at for item in day.items)
        assert day.next is not None
        assert day.next.at == ends_at
    day = told.day(ends_at)
    assert not day.unwell
    assert day.kind is Kind.STRENGTH
    asks = Need.DAILY_CHECK in day.needs
    assert asks is (asked == "screen"), "a screen asks for no fever of these days, so the check is still to come"
    assert all(item.may_start for item in day.items if item.exercise == "plank")
