"""From an empty house to the first exercise: the ten cards, the scales, the acknowledgement, and what they lead to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from playwright.sync_api import expect

pytestmark = pytest.mark.ui

NONE = "None of these"
MOST_TAPS = 14
FOCUSED = "() => { const it = document.activeElement; return (it.ariaLabel ?? it.innerText ?? '').trim(); }"


def _tap(page: "Page", name: str, *, exact: bool = False) -> None:
    page.get_by_role("button", name=name, exact=exact).click()


def _cards(page: "Page", count: int) -> None:
    """Answers this many cards with none of these, waiting for each to give way to the next."""
    for _ in range(count):
        topic = page.locator(".topic").inner_text()
        _tap(page, NONE)
        expect(page.locator(".topic").filter(has_text=topic)).to_have_count(0)


def _scales(page: "Page") -> None:
    for value, heading in ((3, "last 7 days"), (2, "right now")):
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        _tap(page, str(value), exact=True)


class TestHealthy:
    def test_start_is_at_most_the_fourteenth_tap(self, house, visit: Callable) -> None:
        seen = visit(house)
        page = seen.go("/")
        page.evaluate("window.taps = 0; addEventListener('click', () => window.taps++, true)")
        _cards(page, 10)
        _scales(page)
        _tap(page, "I am 18 or over")
        start = page.get_by_test_id("start")
        expect(start).to_contain_text("Start")
        start.click()
        page.wait_for_url("**/session")
        assert page.evaluate("window.taps") <= MOST_TAPS
        expect(page.get_by_role("button", name="It hurts")).to_be_visible()
        assert seen.strangers == []
        assert seen.errors == []

    def test_the_record_holds_what_was_answered(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        _cards(page, 10)
        _scales(page)
        _tap(page, "I am 18 or over")
        expect(page.get_by_test_id("start")).to_be_visible()
        told = {fact["type"]: fact["body"] for fact in house.facts()}
        screen = told["screen-answered"]
        assert set(screen["answers"].values()) == {"no"}
        assert (screen["nprs"], screen["pain_now"]) == (3, 2)
        assert told["acknowledged"]["version"] >= 1

    def test_by_keyboard_alone(self, house, visit: Callable) -> None:
        page = visit(house).go("/")
        for _ in range(10):
            topic = page.locator(".topic").inner_text()
            _tab_to(page, NONE)
            page.keyboard.press("Enter")
            expect(page.locator(".topic").filter(has_text=topic)).to_have_count(0)
        for value, heading in (("3", "last 7 days"), ("2", "right now")):
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
            _tab_to(page, value)
            page.keyboard.press("Space")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Before you begin")
        _tab_to(page, "I am 18 or over, and I understand")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("start")).to_be_visible()
        _tab_to(page, "Start 15 minutes", starts="Start")
        page.keyboard.press("Enter")
        page.wait_for_url("**/session")


class TestOnTheWay:
    def test_answers_outlive_a_reload_and_back_works(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        _cards(page, 2)
        third = page.locator(".topic").inner_text()
        page.reload()
        expect(page.locator(".topic")).to_have_text(third)
        page.go_back()
        expect(page.locator(".topic")).not_to_have_text(third)
        page.get_by_role("button", name=NONE).click()
        expect(page.locator(".topic")).to_have_text(third)
        _tap(page, "Back", exact=True)
        expect(page.locator(".topic")).not_to_have_text(third)

    def test_a_later_card_cannot_be_jumped_to(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome?at=9")
        expect(page.get_by_role("img", name="Question 1 of 13")).to_be_visible()

    def test_focus_goes_to_the_new_question(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        _cards(page, 1)
        expect(page.get_by_role("heading", level=1)).to_be_focused()

    def test_what_is_left_open_is_said_to_count_as_rather_not_say(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        _cards(page, 9)
        _tap(page, "One of these", exact=True)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("questions are still open")).to_be_visible()
        _tap(page, "Leave open and continue")
        expect(page.get_by_role("heading", level=1)).to_contain_text("last 7 days")


class TestWarningSign:
    def _say_yes(self, page: "Page") -> None:
        page.get_by_role("button", name="Numb or tingling").click()
        page.get_by_role("button", name="Continue").wait_for()
        for question in page.get_by_role("group").all()[1:]:
            question.get_by_label("No", exact=True).check()
        _tap(page, "Continue")
        expect(page.get_by_role("heading", level=1, name="Is that right?")).to_be_visible()

    def test_it_is_read_back_and_then_pauses(self, house, visit: Callable) -> None:
        seen = visit(house)
        page = seen.go("/welcome")
        self._say_yes(page)
        assert house.facts() == []
        _tap(page, "Yes, that’s right")
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()
        expect(page.get_by_test_id("start")).to_have_count(0)
        expect(page.locator("a[href^='tel:']")).to_have_count(0)
        assert [fact["type"] for fact in house.facts()] == ["screen-answered"]
        assert seen.errors == []

    def test_it_can_be_changed_before_it_counts(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        self._say_yes(page)
        _tap(page, "No, let me change it")
        page.get_by_role("group").first.get_by_label("No", exact=True).check()
        for question in page.get_by_role("group").all()[1:]:
            question.get_by_label("No", exact=True).check()
        _tap(page, "Continue")
        expect(page.get_by_role("img", name="Question 2 of 13")).to_be_visible()
        assert house.facts() == []

    def test_a_warning_sign_stops_whoever_cannot_reach_the_server_too(self, house, visit: Callable) -> None:
        seen = visit(house)
        page = seen.go("/welcome")
        self._say_yes(page)
        seen.context.set_offline(True)
        _tap(page, "Yes, that’s right")
        expect(page.get_by_role("heading", level=1, name="Please stop here for now")).to_be_visible()
        expect(page.get_by_test_id("start")).to_have_count(0)
        seen.context.set_offline(False)  # the answer goes out by itself
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()

    def test_a_warning_that_was_left_unconfirmed_holds_until_it_is_looked_at(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/welcome")
        self._say_yes(page)
        expect(page.get_by_role("heading", name="Is that right?")).to_be_visible()
        for path in ("/", "/session"):
            page.goto(house.url + path)
            expect(page.get_by_role("heading", level=1, name="One answer is still open")).to_be_visible()
            expect(page.get_by_test_id("start")).to_have_count(0)
        page.get_by_role("link", name="Look at it").click()
        _tap(page, "Yes, that’s right")
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()

    def test_a_known_number_can_be_called(self, serve: Callable, visit: Callable) -> None:
        house = serve(LUMBAR_COUNTRY="AT")
        page = visit(house).go("/welcome")
        self._say_yes(page)
        _tap(page, "Yes, that’s right")
        expect(page.locator("a[href='tel:112']")).to_be_visible()
        expect(page.get_by_text("A number of Austria. Elsewhere, call the local one.")).to_be_visible()

    def test_the_line_for_help_today_can_be_called(self, serve: Callable, visit: Callable) -> None:
        house = serve(LUMBAR_COUNTRY="GB")
        house.screened(A9="yes")
        page = visit(house).go("/")
        expect(page.get_by_role("link", name="Call 111, the line for medical help today")).to_be_visible()

    def test_the_way_back_is_an_assessment_and_a_new_screen(self, house, visit: Callable) -> None:
        page = visit(house).go("/welcome")
        self._say_yes(page)
        _tap(page, "Yes, that’s right")
        _tap(page, "I have been seen about this")
        page.get_by_label("Date").fill(house.now().date().isoformat())
        page.get_by_label("Name").fill("Dr Berg")
        page.get_by_label("Profession").fill("physician")
        page.get_by_role("group", name="Did they say").get_by_label("Yes", exact=True).check()
        _tap(page, "Keep this")
        expect(page.get_by_role("heading", level=1, name="One step left")).to_be_visible()
        cleared = next(fact for fact in house.facts() if fact["type"] == "clearance-recorded")
        assert cleared["body"]["by_whom"] == "Dr Berg"
        page.get_by_role("link", name="Answer the questions again").click()
        _cards(page, 10)
        _scales(page)
        page.get_by_role("button", name="I am 18 or over").click()
        expect(page.get_by_test_id("start")).to_be_visible()


def _tab_to(page: "Page", name: str, *, starts: str | None = None) -> None:
    """Presses Tab until what has the focus is called so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        words = page.evaluate(FOCUSED)
        if words == name or (starts and words.startswith(starts)):
            return
    pytest.fail(f"the Tab key never reaches {name!r}")
