"""Questions about how it goes: offered after the safety questions, one at a time, and shown beside the first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.ui

DAY = timedelta(days=1)


def last(house: Any, kind: str) -> dict[str, Any]:
    return [fact["body"] for fact in house.facts() if fact["type"] == kind][-1]


class TestToday:
    def test_day_one_asks_for_nothing_more(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened()
        page = visit(house).go("/")
        expect(page.get_by_role("heading", name="Everyday life with your back")).to_have_count(0)

    def test_what_is_due_is_offered_beside_the_start_and_may_be_put_off(
        self, house: Any, visit: Callable[..., Any]
    ) -> None:
        house.screened(ago=DAY)
        page = visit(house).go("/")
        expect(page.get_by_role("heading", name="Everyday life with your back")).to_be_visible()
        expect(
            page.get_by_role("button", name="Start").or_(page.get_by_role("link", name="Start")).first
        ).to_be_visible()
        page.get_by_role("button", name="Not today").click()
        expect(page.get_by_role("heading", name="Everyday life with your back")).to_have_count(0)
        assert last(house, "outcome-put-off") == {"instrument": "rmdq-24"}

    def test_it_waits_for_the_safety_questions(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened(ago=28 * DAY)
        page = visit(house).go("/")
        expect(page.locator(".outcome-card")).to_have_count(0)


class TestAnswering:
    def test_sentences_are_ticked_and_none_is_an_answer(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened(ago=DAY)
        page = visit(house).go("/")
        page.locator(".outcome-card").get_by_role("link", name="Answer").click()
        expect(page.get_by_role("checkbox")).to_have_count(24)
        expect(page.get_by_text("Spine 1983; 8: 141-144")).to_be_visible()
        page.get_by_text("I walk more slowly than usual because of my back.").click()
        page.get_by_label("I sleep less well because of my back.").press("Space")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("2 of 24 sentences")).to_be_visible()
        assert last(house, "outcome-answered")["ticks"] == [3, 18]
        page.get_by_role("link", name="Back to today").click()
        expect(page.locator(".outcome-card")).to_have_count(0)

    def test_the_pain_of_the_week_and_the_minutes_walked(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened(ago=7 * DAY)
        page = visit(house).go("/outcomes/nprs")
        expect(page.get_by_role("button", name="Save")).to_be_disabled()
        page.get_by_role("button", name="4", exact=True).click()
        page.get_by_label("Minutes walked in the last seven days").fill("120")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("No clear change yet: 3 at first, 4 now.")).to_be_visible()
        told = last(house, "outcome-answered")
        assert (told["nprs"], told["walked_minutes"]) == (4, 120)

    def test_things_of_ones_own_are_named_once_and_rated_again(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened(ago=2 * DAY)
        page = visit(house).go("/outcomes/psfs")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Please give each thing a name of its own")).to_be_visible()
        page.get_by_label("Thing number 1").fill("Carrying the shopping")
        page.get_by_role("button", name="3", exact=True).click()
        page.get_by_role("button", name="Name another one").click()
        page.get_by_label("Thing number 2").fill("Gardening")
        page.get_by_role("button", name="5", exact=True).nth(1).click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("This is your first answer.")).to_be_visible()
        page = visit(house).go("/outcomes/psfs")
        expect(page.get_by_role("heading", name="Gardening")).to_be_visible()
        expect(page.get_by_role("textbox")).to_have_count(0)

    def test_an_impression_is_one_tap_of_seven(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened(ago=2 * DAY)
        page = visit(house).go("/outcomes/pgic")
        page.get_by_role("button", name="A little better").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        expect(page.locator(".outcome-says")).to_contain_text("A little better")
        assert last(house, "outcome-answered")["impression"] == 5


def test_progress_shows_each_beside_the_first_answer(house: Any, visit: Callable[..., Any]) -> None:
    house.screened(ago=29 * DAY)
    house.tell(("outcome-answered", {"instrument": "rmdq-24", "ticks": list(range(1, 13))}), ago=28 * DAY)
    house.tell(("outcome-answered", {"instrument": "rmdq-24", "ticks": [1, 2, 3]}), ago=DAY)
    page = visit(house).go("/progress")
    card = page.locator(".outcome-one").filter(has_text="Everyday life")
    expect(card).to_contain_text("Clearly better than at first: 12 then, 3 now.")
    expect(card).to_contain_text("A change counts from 5 points on.")
    assert "from 12 of 24 sentences on" in (card.get_by_role("img").get_attribute("aria-label") or "")
    card.get_by_text("All answers").click()
    expect(card.get_by_text("12 of 24 sentences")).to_be_visible()


def test_an_unknown_instrument_is_no_page(house: Any, visit: Callable[..., Any]) -> None:
    house.screened()
    page = visit(house).go("/outcomes/odi")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Thank you")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
