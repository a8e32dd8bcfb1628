"""What rests until a review goes on where the review has a tick for it, and nowhere else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.core.packet import make_packet
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.day import Item, ItemState

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LEFT_OUT = 3


def worn(life: Any) -> datetime:
    """A plank that rests after pain at its least, and a stretch that is left out after hurting; and the day after."""
    life.screen(AT)
    for number in range(12):
        at = AT + 2 * number * DAY
        life.pain(at, "before", 1)
        life.add("session-started", at, session=f"s{number}", script={})
        life.hold(at, "plank", None, session=f"s{number}", rung="wall", target_s=5, credited_s=5)
        life.pain(at + HOUR, "after", 7, session=f"s{number}")
    for number in range(LEFT_OUT):
        life.pain(AT + (20 + number) * DAY, "during", exercise="hamstring-stretch")
    life.screen(AT + 24 * DAY)
    return AT + 24 * DAY


def review(life: Any, at: datetime, decision: str = "go-on", **more: object) -> None:
    life.add("review-recorded", at, by_whom="Jo Park", profession="physiotherapist", reviewed_on=at.date().isoformat(),
             examined=True, decision=decision, changes={}, **more)  # fmt: skip


def item(programme: Programme, life: Any, at: datetime, name: str) -> Item:
    found = plan(programme, life.record, at).item(name)
    assert found is not None
    return found


def rests(programme: Programme, life: Any, at: datetime) -> set[str]:
    """The exercises that rest until a review, by what their reasons say; what rests is closed."""
    day = plan(programme, life.record, at)
    found = {
        one.exercise: one
        for one in day.items
        if {"plan.reason.rests", "plan.reason.removed"} & {why.message.id for why in one.reasons}
    }
    assert all(one.state is ItemState.CLOSED for one in found.values())
    return set(found)


BOTH = {"plank", "hamstring-stretch"}


def test_both_rest_and_are_asked_about(programme: Programme, life: Any) -> None:
    at = worn(life)
    assert rests(programme, life, at) == BOTH
    assert {row.exercise for row in make_packet(programme, life.record, at).rows if row.rests} == BOTH


@pytest.mark.parametrize(
    ("ticked", "left"),
    [([], BOTH), (["plank"], {"hamstring-stretch"}), (["hamstring-stretch"], {"plank"}), (sorted(BOTH), set())],
)
def test_what_is_ticked_goes_on_and_what_is_not_rests_on(
    programme: Programme, life: Any, ticked: list[str], left: set[str]
) -> None:
    at = worn(life)
    review(life, at, go_on=ticked)
    assert rests(programme, life, at + HOUR) == left
    assert rests(programme, life, at + 5 * DAY) == left
    booked = {why.message.params.get("exercise") for why in plan(programme, life.record, at + HOUR).book}
    assert {f"@{name}.name" for name in left} == booked - {None}
    asked = {row.exercise for row in make_packet(programme, life.record, at + HOUR).rows if row.rests}
    assert asked == left, "what was not ticked is asked again"


@pytest.mark.parametrize(("seen_days", "left"), [(21, {"plank", "hamstring-stretch"}), (22, {"plank"})])
def test_a_tick_is_for_what_was_seen_left_out(programme: Programme, life: Any, seen_days: int, left: set[str]) -> None:
    """A review that is told late did not see what came after it: the stretch was left out on day 22."""
    at = worn(life)
    seen_on = (AT + seen_days * DAY).date().isoformat()
    life.add("review-recorded", at, by_whom="Jo Park", profession="physiotherapist", reviewed_on=seen_on,
             examined=True, decision="go-on", changes={}, go_on=["hamstring-stretch"])  # fmt: skip
    assert rests(programme, life, at + HOUR) == left


def test_a_later_tick_lets_it_go_on(programme: Programme, life: Any) -> None:
    at = worn(life)
    review(life, at, go_on=[])
    review(life, at + 3 * DAY, go_on=["hamstring-stretch"])
    assert rests(programme, life, at + 4 * DAY) == {"plank"}
    life.pain(at + 4 * DAY, "during", exercise="hamstring-stretch")
    assert rests(programme, life, at + 5 * DAY) == {"plank"}, "the count began anew"


def test_a_stop_ticks_nothing_and_a_review_of_before_there_were_ticks_spoke_of_all(
    programme: Programme, life: Any
) -> None:
    at = worn(life)
    review(life, at, "stop", go_on=sorted(BOTH))
    review(life, at + DAY, go_on=[])
    assert rests(programme, life, at + 2 * DAY) == BOTH
    review(life, at + 3 * DAY)
    assert rests(programme, life, at + 4 * DAY) == set()


def test_a_stretch_that_is_not_left_out_is_looked_at_by_any_review(programme: Programme, life: Any) -> None:
    life.screen(AT)
    for number in range(LEFT_OUT - 1):
        life.pain(AT + number * DAY, "during", exercise="hamstring-stretch")
    review(life, AT + LEFT_OUT * DAY, go_on=[])
    at = AT + (LEFT_OUT + 1) * DAY
    assert item(programme, life, at, "hamstring-stretch").state is not ItemState.CLOSED
    life.pain(at, "during", exercise="hamstring-stretch")
    assert item(programme, life, at + DAY, "hamstring-stretch").state is not ItemState.CLOSED
