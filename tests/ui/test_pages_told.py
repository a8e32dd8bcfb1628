"""What was told lately: a slip is taken back by a tap, and put back by another."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from stage import wait_until

pytestmark = pytest.mark.ui


class TestTold:
    def test_an_answer_is_taken_back_and_put_back(self, house: Any, visit: Callable[..., Any]) -> None:
        house.screened()
        house.tell(("usual-walk-told", {"minutes": 10}), ("walk-done", {"minutes": 10}))
        seen = visit(house)
        page = seen.go("/how")
        page.get_by_role("link", name="What you told us").click()
        page.get_by_role("button", name="A walk of 10 minutes").click()
        put_back = page.get_by_role("button", name="Put back")
        expect(put_back).to_be_visible()
        # The page shows it before the house has heard of it.
        wait_until(lambda: house.ask("/api/today")["walk"]["walked_min"] == 0, "it is not taken back", 10)
        put_back.click()
        expect(put_back).to_have_count(0)
        wait_until(lambda: house.ask("/api/today")["walk"]["walked_min"] == 10, "it is not put back", 10)
        assert seen.errors == []

    def test_before_anything_was_told_it_says_so(self, house: Any, visit: Callable[..., Any]) -> None:
        page = visit(house).go("/told")
        expect(page.get_by_text("Nothing was told in the last two weeks.")).to_be_visible()
