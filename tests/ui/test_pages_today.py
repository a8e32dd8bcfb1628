"""Today in its states, the questions before the day's first exercise, and a server that goes away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from stage import wait_until

pytestmark = pytest.mark.ui

YESTERDAY = timedelta(days=1)


class TestStates:
    def test_an_empty_house_goes_to_the_questions(self, house, visit: Callable) -> None:
        page = visit(house).go("/")
        page.wait_for_url("**/welcome*")

    def test_a_strength_day_shows_doses_reasons_and_goals(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/")
        plank = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Plank", exact=True))
        expect(plank).to_contain_text("measured")
        expect(plank).to_contain_text("then one more")
        expect(plank).to_contain_text("The first hold is measured, up to 60 seconds")
        side_plank = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Side plank"))
        expect(side_plank).to_contain_text("each side")
        stretch = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Hamstring stretch"))
        expect(stretch).to_contain_text("30 s")
        expect(page.get_by_text("Not reviewed by an expert yet").locator("visible=true")).to_be_visible()
        expect(page.get_by_text("General information, not medical advice.")).to_be_visible()

    def test_what_is_done_says_when_and_how_long(self, house, visit: Callable) -> None:
        house.screened()
        house.play()
        page = visit(house).go("/")
        expect(page.get_by_test_id("start")).to_have_count(0)
        expect(page.get_by_role("heading", level=1, name="Done for today")).to_be_visible()
        page.locator("summary", has_text="Strengthen the core").click()
        side_plank = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Side plank"))
        expect(side_plank).to_contain_text("50 s left, 50 s right")
        expect(page.get_by_role("img", name="8 of 8 exercises done")).to_be_visible()

    def test_the_hinge_stands_under_a_step_that_is_called_ours(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        hold = {
            "session": "s", "step": 1, "exercise": "plank", "rung": "forearm", "side": None, "set": 1, "hold": 1,
            "target_s": 5, "credited_s": 5, "outcome": "done", "measured": False, "in_position_s": None,
            "unjudged_s": None, "faults": [], "coach": None, "model": None,
        }  # fmt: skip
        house.tell(("set-done", hold), ago=YESTERDAY)
        seen = visit(house)
        page = seen.go("/")
        card = page.locator("section.step-plain")
        expect(card.get_by_role("heading")).to_have_text("Keep moving our addition")
        row = card.get_by_role("listitem")
        expect(row).to_contain_text("Hip hinge")
        expect(row).to_contain_text("2 × 8")
        expect(row).to_contain_text("2 sets of 8 slow ones, on 2 days a week without core work.")
        assert "row-due" in (row.get_attribute("class") or "")
        house.tell(("daily-check-answered", {"ticks": [], "answers": {}, "details": {}}))
        house.play(only=["hip-hinge"])
        page = seen.go("/")
        expect(row).to_contain_text("16 times")
        page = seen.go("/progress")
        expect(page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Hip hinge"))).to_contain_text(
            "16 times"
        )
        assert seen.errors == []

    def test_an_unfinished_session_is_carried_on(self, house, visit: Callable) -> None:
        house.screened()
        house.play(holds=4, end=False)
        page = visit(house).go("/")
        expect(page.get_by_test_id("start")).to_contain_text("Carry on")

    def test_a_gentle_start_says_why(self, house, visit: Callable) -> None:
        house.screened(B3="yes")
        page = visit(house).go("/")
        expect(page.get_by_role("heading", name="A gentle start")).to_be_visible()
        expect(page.get_by_test_id("start")).to_be_visible()

    def test_waiting_offers_no_exercise(self, house, visit: Callable) -> None:
        house.screened(B9="yes")
        page = visit(house).go("/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Paused until you have spoken with")
        expect(page.get_by_test_id("start")).to_have_count(0)
        expect(page.get_by_role("button", name="I have been seen about this")).to_be_visible()

    def test_neck_only_closes_one_exercise(self, house, visit: Callable) -> None:
        form = house.ask("/api/screening")
        every = {item["id"]: "no" for card in form["cards"] for item in card["items"]}
        details = {"B15": {"began": "longer"}}
        screen = {"kind": "full", "answers": {**every, "B15": "yes"}, "details": details, "nprs": 1, "pain_now": 1}
        house.tell(("screen-answered", screen), ("acknowledged", form["acknowledge"]))
        page = visit(house).go("/")
        expect(page.get_by_test_id("start")).to_be_visible()
        closed = [item["exercise"] for step in house.ask("/api/today")["steps"] for item in step["items"]
                  if item["state"] == "closed"]  # fmt: skip
        assert closed == ["neck-stretch"]


class TestAFlareUp:
    def test_it_is_told_in_two_taps_and_ends_with_two_calm_days(self, house, visit: Callable) -> None:
        house.screened(ago=timedelta(hours=1))
        page = visit(house).go("/")
        page.get_by_role("link", name="My back has flared up").click()
        expect(page.get_by_text("common and usually settle")).to_be_visible()
        page.get_by_role("button", name="Yes, it has flared up").click()
        page.wait_for_url(house.url + "/")
        expect(page.get_by_role("heading", name="A flare-up")).to_be_visible()
        expect(page.get_by_role("link", name="My back has flared up")).to_have_count(0)
        assert "screen" in house.ask("/api/today")["needs"], "the questions come once more"
        page.get_by_role("link", name="Tell how it is now").click()
        page.get_by_role("button", name="1", exact=True).click()
        page.get_by_role("button", name="Keep this").click()
        page.wait_for_url(house.url + "/")
        told = [fact["body"] for fact in house.facts() if fact["type"] == "pain-reported"]
        assert [(body["when"], body["nprs"]) for body in told] == [("before", 1)]


class TestAReview:
    def test_what_was_said_holds_at_once_and_is_shown_as_told(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/review")
        page.get_by_label("Date").fill(page.evaluate("new Date().toLocaleDateString('sv')"))
        page.get_by_label("Name").fill("Jo Park")
        page.get_by_label("Profession").fill("physiotherapist")
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_role("status").filter(has_text="three questions")).to_be_visible()
        page.get_by_role("group", name="Did they examine you?").get_by_label("Yes").check()
        page.get_by_label("Go on, with changes").check()
        page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
        plank = page.get_by_role("group", name="Plank", exact=True)
        plank.get_by_label("For this exercise").select_option("dose")
        plank.get_by_label("Seconds of a hold").fill("20")
        plank.get_by_label("Holds").fill("3")
        bridge = page.get_by_role("group", name="Glute bridge")
        bridge.get_by_label("For this exercise").select_option("stop")
        page.get_by_role("button", name="Keep this").click()
        page.wait_for_url(house.url + "/")
        expect(page.get_by_text("Reviewed by Jo Park on")).to_be_visible()
        items = {item["exercise"]: item for step in house.ask("/api/today")["steps"] for item in step["items"]}
        assert (items["plank"]["sets"], items["plank"]["hold_s"]) == (3, 20)
        assert items["glute-bridge"]["state"] == "closed"
        assert items["side-plank"]["state"] == "due"

    def test_a_stop_rests_all_of_it_and_asks_for_a_later_review(self, house, visit: Callable) -> None:
        house.screened()
        review = {
            "by_whom": "Jo Park", "profession": "physiotherapist", "reviewed_on": "2026-03-01", "examined": False,
            "decision": "stop", "load": False, "changes": {},
        }  # fmt: skip
        house.tell(("review-recorded", review))
        page = visit(house).go("/")
        expect(page.get_by_test_id("start")).to_have_count(0)
        expect(page.get_by_role("heading", name="Please book a review")).to_be_visible()
        page.get_by_role("link", name="I have had a review").click()
        expect(page.get_by_role("heading", level=1, name="A review of the plan")).to_be_visible()


class TestBeforeTheFirstExercise:
    def test_nothing_new_and_pain_now_are_a_tap_each(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        page = visit(house).go("/")
        page.get_by_test_id("start").click()
        expect(page.get_by_role("heading", level=1, name="Anything new today?")).to_be_visible()
        page.get_by_role("button", name="None of these").click()
        expect(page.get_by_role("heading", level=1, name="How much does your back hurt right now?")).to_be_visible()
        page.get_by_role("button", name="4", exact=True).click()
        page.wait_for_url("**/session")
        told = {fact["type"]: fact["body"] for fact in house.facts()}
        assert told["daily-check-answered"]["ticks"] == []
        assert told["pain-reported"] | {"when": "before", "nprs": 4} == told["pain-reported"]

    def test_much_pain_before_core_work_is_answered_before_anything_starts(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        page = visit(house).go("/?before")
        page.get_by_role("button", name="None of these").click()
        page.get_by_role("button", name="8", exact=True).click()
        expect(page.locator(".today-lead")).to_contain_text("8 of 10, so core work waits for another day")
        page.wait_for_url(f"{house.url}/")
        expect(page.get_by_text("Not today: your pain before it was 8 of 10")).to_be_visible()
        page.get_by_test_id("start").click()
        page.wait_for_url("**/session")

    def test_an_illness_is_no_day_for_anything_else(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        page = visit(house).go("/")
        flare = page.get_by_role("link", name="My back has flared up")
        expect(flare).to_be_visible()
        no = dict.fromkeys(("A10", "A14", "A16"), "no")
        house.tell(("daily-check-answered", {"ticks": ["daily.unwell"], "answers": no, "details": {}}))
        page.reload()
        expect(page.locator(".today-lead")).to_contain_text("without fever for 48 hours")
        expect(page.get_by_text("Exercise again at the earliest")).to_be_visible()
        expect(flare).to_have_count(0)

    def test_a_tick_alone_never_pauses(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        page = visit(house).go("/?before")
        page.get_by_text("New numbness between the legs").click()
        page.get_by_role("button", name="Continue").click()
        for question in page.get_by_role("group").all():
            question.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", level=1, name="How much does your back hurt right now?")).to_be_visible()
        told: list[dict] = []

        def heard() -> bool:  # the page goes on while the answer is still on its way
            told[:] = [fact["body"] for fact in house.facts() if fact["type"] == "daily-check-answered"]
            return bool(told)

        wait_until(heard, "the check was never told")
        (check,) = told
        assert check["ticks"] == ["daily.numbness"]
        assert set(check["answers"].values()) == {"no"}

    def test_an_answer_behind_a_tick_pauses_after_it_is_read_back(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        page = visit(house).go("/?before")
        page.get_by_text("Chest pain, faintness or breathlessness").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("group").first.get_by_label("Yes", exact=True).check()
        for question in page.get_by_role("group").all()[1:]:
            if question.get_by_label("No", exact=True).count():
                question.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", level=1, name="Is that right?")).to_be_visible()
        page.get_by_role("button", name="Yes, that’s right").click()
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", level=1, name="Please get help now")).to_be_visible()


class TestServerGone:
    def test_the_page_says_so_keeps_what_was_told_and_sends_it_later(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        seen = visit(house)
        page = seen.go("/?before")
        expect(page.get_by_role("heading", level=1, name="Anything new today?")).to_be_visible()
        house.stop(kill=True)
        page.get_by_role("button", name="None of these").click()
        expect(page.get_by_role("status").filter(has_text="lumbar is not answering")).to_be_visible()
        expect(page.get_by_text("One entry is kept here")).to_be_visible()
        house.start()
        expect(page.get_by_text("lumbar is not answering")).to_have_count(0, timeout=30_000)
        assert [fact["type"] for fact in house.facts()].count("daily-check-answered") == 1

    def test_what_was_told_outlives_a_closed_page(self, house, visit: Callable) -> None:
        house.screened(ago=YESTERDAY)
        seen = visit(house)
        page = seen.go("/?before")
        expect(page.get_by_role("heading", level=1, name="Anything new today?")).to_be_visible()
        house.stop(kill=True)
        page.get_by_role("button", name="None of these").click()
        expect(page.get_by_text("One entry is kept here")).to_be_visible()
        page.close()
        house.start()
        seen.page = seen.context.new_page()
        seen.go("/progress")
        expect(seen.page.get_by_role("heading", level=1)).to_be_visible()
        seen.page.wait_for_timeout(500)
        assert [fact["type"] for fact in house.facts()].count("daily-check-answered") == 1
