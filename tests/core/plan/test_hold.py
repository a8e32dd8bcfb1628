"""A hold by an expert: everything of the programme rests, plan and paper say the same, and the way back is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lumbar.catalog.words import languages, shipped_words
from lumbar.core.message import Message
from lumbar.core.packet import make_packet, shown_rows
from lumbar.core.plan import Day, Programme, plan
from lumbar.core.plan.day import ItemState, Need, StepState, WalkState

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def walker(life: Any) -> datetime:
    """Somebody who walks and trains; and the morning after."""
    life.screen(AT)
    life.acknowledge(AT)
    life.add("usual-walk-told", AT, minutes=20)
    life.add("walk-done", AT, minutes=20)
    return AT + DAY


def review(life: Any, at: datetime, decision: str = "stop", until: date | None = None, **changes: object) -> None:
    life.add("review-recorded", at, by_whom="Jo Park", profession="physiotherapist", reviewed_on=at.date().isoformat(),
             examined=True, decision=decision, until=None if until is None else until.isoformat(),
             changes=changes)  # fmt: skip


def says(message: Message, wanted: str) -> None:
    """That a message is the one, and can be said in every language."""
    assert message.id == wanted
    for language in languages():
        assert shipped_words(language).written(message)


def at_rest(day: Day) -> None:
    assert {item.state for item in day.items} == {ItemState.CLOSED}
    assert day.walk is not None
    assert day.walk.state is WalkState.CLOSED
    assert {step.state for step in day.steps} == {StepState.CLOSED}
    assert not [cue for step in day.steps for cue in step.cues]
    assert Need.DAILY_CHECK not in day.needs
    assert Need.MORNING_AFTER not in day.needs
    assert day.minutes_left == 0


def test_all_of_it_rests_and_the_paper_says_the_same(programme: Programme, life: Any) -> None:
    at = walker(life)
    before = plan(programme, life.record, at)
    assert before.walk is not None
    assert before.walk.state is WalkState.DUE
    review(life, at)
    day = plan(programme, life.record, at)
    at_rest(day)
    at_rest(plan(programme, life.record, at + 300 * DAY))
    says(day.lead, "plan.lead.stopped")
    assert day.walk is not None
    says(day.walk.reasons[0].message, "plan.reason.review-stop")
    assert {why.message.id for item in day.items for why in item.reasons[:1]} == {"plan.reason.review-stop"}
    packet = make_packet(programme, life.record, at)
    says(packet.review, "packet.review.stopped")
    assert packet.walk is not None
    assert packet.walk.closed
    assert {packet.walk.next.id, *(row.next.id for row in packet.rows)} == {"packet.next.rests"}


def test_a_hold_with_a_last_day_ends_after_it_and_says_so(programme: Programme, life: Any) -> None:
    at = walker(life)
    until = (at + 5 * DAY).date()
    review(life, at, until=until)
    for days in range(6):
        day = plan(programme, life.record, at + days * DAY)
        at_rest(day)
        says(day.lead, "plan.lead.stopped-until")
        says(day.book[0].message, "plan.book.stopped-until")
    packet = make_packet(programme, life.record, at)
    says(packet.review, "packet.review.stopped-until")
    assert packet.walk is not None
    says(packet.walk.next, "packet.next.rests-until")
    assert {row.next.params["until_on"] for row in packet.rows} == {until.isoformat()}
    after = plan(programme, life.record, at + 6 * DAY)
    assert after.walk is not None
    assert after.walk.state is not WalkState.CLOSED
    assert ItemState.DUE in {item.state for item in after.items}
    assert make_packet(programme, life.record, at + 6 * DAY).review.id == "packet.review.old"


def test_after_a_hold_the_days_without_ask_for_less(programme: Programme, life: Any) -> None:
    at = walker(life)
    review(life, at, until=(at + 12 * DAY).date())
    walk = plan(programme, life.record, at + 13 * DAY).walk
    assert walk is not None
    assert walk.minutes is not None
    assert walk.minutes < 20
    assert walk.reasons[0].message.id == "plan.reason.walk-gap"


@pytest.mark.parametrize("until", [None, (AT + 20 * DAY).date()])
def test_a_later_review_lifts_it(programme: Programme, life: Any, until: date | None) -> None:
    at = walker(life)
    review(life, at, until=until)
    review(life, at + DAY, "go-on")
    day = plan(programme, life.record, at + DAY)
    assert day.walk is not None
    assert day.walk.state is WalkState.DUE
    assert ItemState.DUE in {item.state for item in day.items}


def test_what_was_left_out_before_a_hold_is_left_out_after_it(programme: Programme, life: Any) -> None:
    at = walker(life)
    review(life, at, "with-changes", plank={"stop": True})
    review(life, at + DAY, until=(at + 2 * DAY).date())
    plank = plan(programme, life.record, at + 3 * DAY).item("plank")
    assert plank is not None
    assert plank.state is ItemState.CLOSED
    assert plank.reasons[0].message.id == "plan.reason.review-left-out"


def test_a_hold_that_is_over_agrees_to_no_weight(programme: Programme, life: Any) -> None:
    at = walker(life)
    review(life, at, "go-on")
    review(life, at + DAY, until=(at + 2 * DAY).date())
    day = plan(programme, life.record, at + 3 * DAY)
    assert day.reviewed is not None
    assert (day.reviewed.decision, day.reviewed.stops) == ("stop", False)
    assert day.reviewed.is_old(day.on)


def test_the_next_packet_says_that_the_walk_is_paused_and_open_again(programme: Programme, life: Any) -> None:
    at = walker(life)

    def handed_out(on: datetime) -> None:
        shown = shown_rows(make_packet(programme, life.record, on))
        life.add("packet-made", on, packet="p", digest="d", key="00", answer_by="2026-05-25", catalogue="c", rules="8",
                 shown=shown)  # fmt: skip

    handed_out(at)
    review(life, at + DAY)
    assert "packet.changed.walk-closed" in {one.id for one in make_packet(programme, life.record, at + DAY).changed}
    handed_out(at + DAY)
    review(life, at + 2 * DAY, "go-on")
    assert "packet.changed.walk-open" in {one.id for one in make_packet(programme, life.record, at + 2 * DAY).changed}
