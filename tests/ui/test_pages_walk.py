"""The walk: how long it is, told by a tap; walked, taken down, taken back; and why it is what it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.ui


class TestWalking:
    def test_it_asks_what_is_comfortable_and_a_tap_is_enough(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened()
        seen = visit(house)
        page = seen.go("/")
        card = page.locator(".step-plain")
        expect(card).to_contain_text("How long a walk is comfortable for you")
        card.get_by_role("link", name="Say how long").click()
        page.get_by_role("button", name="10 minutes", exact=True).click()
        expect(page.get_by_role("heading", name="A walk of 10 minutes")).to_be_visible()
        assert [fact["body"] for fact in house.facts() if fact["type"] == "usual-walk-told"] == [{"minutes": 10}]
        expect(page.get_by_text("No clinician has signed this rule off yet.").first).to_be_attached()
        assert seen.errors == []

    def test_a_walk_is_taken_down_by_a_tap_and_may_be_taken_back(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened()
        house.tell(("usual-walk-told", {"minutes": 15}))
        page = visit(house).go("/")
        page.get_by_role("button", name="I walked 15 minutes").click()
        expect(page.get_by_text("Today's walk is done.")).to_be_visible()
        page.get_by_role("link", name="Another length, and why").click()
        expect(page.get_by_role("heading", name="Walked today: 15 minutes")).to_be_visible()
        page.get_by_role("button", name="Take back: 15 minutes").click()
        expect(page.get_by_role("heading", name="Walked today?")).to_be_visible()
        page.get_by_label("Minutes walked").fill("6")
        page.get_by_role("button", name="Take it down").click()
        expect(page.get_by_role("button", name="I walked 9 minutes more")).to_be_visible()

    @pytest.mark.parametrize("path", ["/walk", "/flare"])
    def test_a_pause_closes_it_and_nothing_soothes(self, house: Any, visit: Callable[..., Any], path: str) -> None:
        house.screened(A1="yes")
        page = visit(house).go(path)
        expect(page.get_by_text("Everything is paused for now.")).to_be_visible()
        expect(page.get_by_label("Minutes walked")).to_have_count(0)
        for soothing in ("Any walk counts", "usually settle", "My back has flared up", "30 minutes"):
            expect(page.locator("main").get_by_text(soothing)).to_have_count(0)
        page.locator("main").get_by_role("link", name="To today", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()

    def test_before_the_questions_it_waits_for_them(self, house: Any, visit: Callable[..., Any]) -> None:
        page = visit(house).go("/walk")
        expect(page.get_by_text("walking comes after the questions")).to_be_visible()

    @pytest.mark.parametrize(
        ("language", "opens", "tells", "walked", "worse", "shorter"),
        [
            ("en", "How was the morning after your walk?", "Tell of a walk", "I walked 10 minutes", "Clearly worse",
             "A walk of 5 minutes"),
            ("es", "¿Cómo fue la mañana después de tu paseo?", "Apuntar un paseo", "He caminado 10 minutos",
             "Claramente peor", "Un paseo de 5 minutos"),
        ],
    )  # fmt: skip
    def test_while_exercise_waits_it_is_open_and_asks_for_the_morning_after(
        self, house: Any, visit: Callable[..., Any], language: str, opens: str, tells: str, walked: str, worse: str,
        shorter: str,
    ) -> None:  # fmt: skip
        house.screened(B5="yes", ago=timedelta(days=3))
        house.tell(("usual-walk-told", {"minutes": 10}), ago=timedelta(days=3))
        seen = visit(house, locale=language)
        page = seen.go("/")
        page.locator("main").get_by_role("link", name=tells).click()
        page.get_by_role("button", name=walked).click()
        expect(page.locator(".walked li")).to_have_count(1)
        page.locator(".walked button").click()
        expect(page.locator(".walked li")).to_have_count(0)
        house.tell(("walk-done", {"minutes": 10}), ago=timedelta(days=1))
        page = seen.go("/")
        page.locator("main").get_by_role("link", name=opens).click()
        page.get_by_role("button", name=worse).click()
        expect(page.get_by_role("heading", name=shorter)).to_be_visible()
        expect(page.get_by_role("heading", name=opens)).to_have_count(0)
        assert seen.errors == []

    def test_while_exercise_waits_the_daily_check_comes_before_the_walk(
        self, house: Any, visit: Callable[..., Any]
    ) -> None:
        """A tap when nothing is new, and back to the walk."""
        house.screened(B5="yes", ago=timedelta(days=3))
        house.tell(("usual-walk-told", {"minutes": 10}), ago=timedelta(days=3))
        seen = visit(house)
        page = seen.go("/walk")
        page.get_by_role("link", name="Have the look").click()
        expect(page.get_by_role("heading", level=1, name="Anything new today?")).to_be_visible()
        page.get_by_role("button", name="None of these").click()
        page.wait_for_url("**/walk")
        expect(page.get_by_role("button", name="I walked 10 minutes")).to_be_visible()
        expect(page.get_by_role("link", name="Have the look")).to_have_count(0)
        assert seen.errors == []
