"""A hold by an expert: everything of the programme rests, plan and paper say the same, and the way back is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.words import languages, shipped_words
from lumbar.core.message import Message
from lumbar.core.packet import make_packet, shown_rows
from lumbar.core.plan import Day, Programme, opened, plan
from lumbar.core.plan.day import ItemState, Need, StepState, WalkState
from lumbar.core.posture.rest import guided, is_paused

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def walker(life: Any) -> datetime:
    """Somebody who walks and trains; and the morning after."""
    life.screen(AT)
    life.acknowledge(AT)
    life.add("usual-walk-told", AT, minutes=20)
    life.add("walk-done", AT, minutes=20)
    return AT + DAY


def review(life: Any, at: datetime, decision: str = "stop", until: date | None = None, seen_on: date | None = None,
           **changes: object) -> None:  # fmt: skip
    life.add("review-recorded", at, by_whom="Jo Park", profession="physiotherapist",
             reviewed_on=(seen_on or at.date()).isoformat(), examined=True, decision=decision,
             until=None if until is None else until.isoformat(), changes=changes)  # fmt: skip


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
    assert day.open == {"breaks"}
    assert not is_paused(day.open)
    rest = guided(day, shipped_posture().pause)
    assert [step.message.id for step in rest.steps] == ["posture.break.stand"]
    assert rest.stretch is None


def test_all_of_it_rests_and_the_paper_says_the_same(programme: Programme, life: Any) -> None:
    at = walker(life)
    before = plan(programme, life.record, at)
    assert before.walk is not None
    assert before.walk.state is WalkState.DUE
    review(life, at)
    day = plan(programme, life.record, at)
    at_rest(day)
    assert opened(programme, life.record, at) == day.open
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


def test_the_day_that_a_hold_names_opens_nothing_and_asks_to_be_seen(programme: Programme, life: Any) -> None:
    at = walker(life)
    again_on = (at + 3 * DAY).date()
    review(life, at, until=again_on)
    for days in (0, 2, 3, 5, 20, 84, 300):
        day = plan(programme, life.record, at + days * DAY)
        at_rest(day)
        name = "again" if days < 3 else "due"
        says(day.lead, f"plan.lead.stopped-{name}" if days < 28 else "plan.lead.screen-due")
        says(day.book[0].message, f"plan.book.stopped-{name}")
        packet = make_packet(programme, life.record, at + days * DAY)
        says(packet.review, "packet.review.stopped-again")
        assert packet.review.params["again_on"] == again_on.isoformat()
        assert packet.walk is not None
        assert {packet.walk.next.id, *(row.next.id for row in packet.rows)} == {"packet.next.rests"}


@pytest.mark.parametrize("told_late_days", [0, 20])
def test_a_day_of_before_the_hold_is_no_day_and_it_holds(programme: Programme, life: Any, told_late_days: int) -> None:
    at = walker(life)
    review(life, at + told_late_days * DAY, until=(at - 365 * DAY).date(), seen_on=at.date())
    day = plan(programme, life.record, at + told_late_days * DAY)
    at_rest(day)
    says(day.lead, "plan.lead.stopped")
    assert day.reviewed is not None
    assert (day.reviewed.stops, day.reviewed.again_on) == (True, None)


def test_after_a_hold_the_days_without_ask_for_less(programme: Programme, life: Any) -> None:
    at = walker(life)
    review(life, at, until=(at + 12 * DAY).date())
    review(life, at + 13 * DAY, "go-on")
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


def test_a_hold_agrees_to_no_weight(programme: Programme, life: Any) -> None:
    at = walker(life)
    review(life, at, "go-on")
    review(life, at + DAY, until=(at + 2 * DAY).date())
    day = plan(programme, life.record, at + 3 * DAY)
    assert day.reviewed is not None
    assert (day.reviewed.decision, day.reviewed.stops) == ("stop", True)
    assert {item.load_kg for item in day.items} == {0.0}


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
