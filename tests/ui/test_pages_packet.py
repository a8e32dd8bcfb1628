"""The way of a packet: made on the page, answered offline in its own file, taken in again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect
from stage import ZONE

pytestmark = pytest.mark.ui


def made(page, button: str, folder: Path) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def test_a_packet_is_answered_offline_and_the_plan_says_whose_word_it_is(
    house, visit: Callable, browser: Browser, tmp_path: Path
) -> None:
    house.screened()
    seen = visit(house)
    page = seen.go("/packet")
    expect(page.get_by_text("General plan; not yet reviewed.")).to_be_visible()
    packet = made(page, "To answer in a file", tmp_path)

    desk = browser.new_context(offline=True)
    asked: list[str] = []
    there = desk.new_page()
    there.on("request", lambda request: asked.append(request.url))
    there.on("pageerror", lambda error: asked.append(str(error)))
    there.goto(packet.as_uri())
    save = there.get_by_role("button", name="Save the answer")
    save.click()
    expect(there.get_by_role("status")).to_contain_text("Please tick a decision")
    there.get_by_label("Approve as it is").check()
    there.locator("summary", has_text="Glute bridge").click()
    there.locator("input[name='glute-bridge hold_s']").fill("20")
    sets = there.locator("input[name='glute-bridge sets']")
    sets.fill("2.5")
    there.get_by_label("Name", exact=True).fill("Jo Park")
    there.get_by_label("Profession, registration").fill("physiotherapist")
    day = page.evaluate("new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)")
    there.get_by_label("Seen on").fill(day)
    save.click()
    expect(there.get_by_role("status")).to_contain_text("Some changes are filled in")
    there.get_by_label("Approve with changes").check()
    there.locator("summary", has_text="Glute bridge").click()  # folded away again, and opened where it is wrong
    save.click()
    expect(sets).to_be_focused()
    expect(there.get_by_role("status")).to_be_empty()
    sets.fill("2")
    with there.expect_download() as saved:
        save.click()
    answer = tmp_path / saved.value.suggested_filename
    saved.value.save_as(answer)
    expect(there.get_by_role("status")).to_contain_text("Saved.")
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    desk.close()

    page.get_by_label("The file that they saved").set_input_files(answer)
    expect(page.get_by_text("Their answer is taken in")).to_be_visible()
    expect(page.get_by_text("Reviewed by Jo Park")).to_be_visible()
    page.get_by_label("The file that they saved").set_input_files(answer)
    expect(page.get_by_text("This answer was taken in already")).to_be_visible()
    expect(seen.go("/").get_by_text("Reviewed by Jo Park on")).to_be_visible()
    assert [error for error in seen.errors if "409" not in error] == []


def test_a_change_waits_for_a_word_and_is_opened_by_it(house, visit: Callable) -> None:
    house.screened(C5="yes")
    seen = visit(house)
    page = seen.go("/packet")
    page.get_by_label("Wait for an expert’s word").check()
    expect(page.get_by_text("Since ")).to_be_visible()
    house.screened()
    page = seen.go("/packet")
    expect(page.get_by_text("Waits for your word · Piriformis stretch: new in this plan")).to_be_visible()
    page.get_by_role("link", name="Enter a decision").click()
    page.get_by_label("Date").fill(house.now().date().isoformat())
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Profession").fill("physician")
    page.get_by_role("group", name="Did they examine you?").get_by_label("No").check()
    page.get_by_label("Go on as planned").check()
    page.get_by_role("group", name="Piriformis stretch, which is new in the plan?").get_by_label("Not yet").check()
    page.get_by_label("Why not yet, in their words").fill("First the hip.")
    page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
    page.get_by_label("A new form, a first weight or a new exercise").select_option("yes")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Reviewed by Ana Silva").locator("visible=true").first).to_be_visible()
    expect(seen.go("/packet").get_by_text("They wait for the word of Ana Silva, physician")).to_be_visible()
    items = {item["exercise"]: item for step in house.ask("/api/today")["steps"] for item in step["items"]}
    said = [why["message"] for why in items["piriformis-stretch"]["reasons"]]
    assert [message["params"]["why"] for message in said if message["id"].endswith("-because")] == ["First the hip."]
    assert seen.errors == []


def test_a_review_whose_wish_comes_later_is_in_the_record_once(house, visit: Callable) -> None:
    house.screened(C5="yes")
    seen = visit(house)
    page = seen.go("/packet")
    page.get_by_label("Wait for an expert’s word").check()
    expect(page.get_by_text("Since ")).to_be_visible()
    house.screened()
    page = seen.go("/review")
    page.get_by_label("Date").fill(house.now().date().isoformat())
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Profession").fill("physician")
    page.get_by_role("group", name="Did they examine you?").get_by_label("No").check()
    page.get_by_label("Go on as planned").check()
    page.get_by_role("group", name="Piriformis stretch, which is new in the plan?").get_by_label("Yes").check()
    page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
    page.get_by_label("A new form, a first weight or a new exercise").select_option("yes")
    page.route("**/api/approvals", lambda route: route.abort())
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("The review is kept.")).to_be_visible()
    page.unroute("**/api/approvals")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Reviewed by Ana Silva").locator("visible=true").first).to_be_visible()
    exported = house.ask("/api/export?format=json")
    assert [fact["type"] for fact in exported["facts"]].count("review-recorded") == 1


def test_the_experts_view_tells_every_line_of_the_packet_and_the_walk(house, visit: Callable) -> None:
    house.screened(C3="yes")
    house.tell(("usual-walk-told", {"minutes": 20}), ("flare-reported", {"note": None}))
    page = visit(house).go("/packet")
    expect(page.get_by_text("walked on 0 of the last 7 days")).to_be_visible()
    sheet = house.ask(f"/api/packet?zone={quote(ZONE)}")["sheet"]
    shown = page.locator("main").inner_text()
    flat = " ".join(shown.split())
    lines = [*sheet["person"], *sheet["screen"], *sheet["walk"], *sheet["past"], *sheet["rules"], *sheet["changed"],
             sheet["changed_title"], sheet["goal"], sheet["review"],
             *(line[part] for line in sheet["lines"] for part in ("name", "dose", "form", "held", "next")),
             *(curve[part] for curve in sheet["curves"] for part in ("title", "last", "said")),
             *(part for event in sheet["events"] for part in event)]  # fmt: skip
    assert [line for line in lines if " ".join(line.split()) not in flat] == []
    drawn = [curve for curve in sheet["curves"] if curve["shape"]]
    assert drawn
    for curve in drawn:
        expect(page.get_by_role("img", name=curve["told"], exact=True)).to_be_visible()


def test_prints_are_saved(house, visit: Callable, tmp_path: Path) -> None:
    page = visit(house).go("/packet")
    for button in ("To sign on paper (A4)", "The plan for yourself (Letter)"):
        assert made(page, button, tmp_path).read_bytes().startswith(b"%PDF-")


def test_what_was_written_on_paper_is_entered(house, visit: Callable) -> None:
    house.screened()
    page = visit(house).go("/packet")
    page.get_by_role("link", name="Enter what they wrote").click()
    page.get_by_label("Date").fill("2026-03-01")
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Profession").fill("physician")
    page.get_by_role("group", name="Did they examine you?").get_by_label("No").check()
    page.get_by_label("Nothing yet: please get in touch").check()
    page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Not reviewed by an expert yet").locator("visible=true")).to_be_visible()
    expect(page.get_by_text("Ana Silva, who reviewed your plan, asks you to get in touch.")).to_be_visible()


def test_what_rests_has_a_tick_of_its_own_where_a_paper_is_entered(house, visit: Callable) -> None:
    house.screened(ago=timedelta(days=10))
    hurt = {"when": "during", "nprs": None, "words": None, "session": None, "further_down_leg": False}
    for name in ("hamstring-stretch", "chest-stretch"):
        for days in (4, 3, 2):
            house.tell(("pain-reported", {**hurt, "exercise": name}), ago=timedelta(days=days))
    page = visit(house).go("/review")
    page.get_by_label("Date").fill(f"{datetime.now(ZoneInfo(ZONE)):%Y-%m-%d}")
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Profession").fill("physician")
    page.get_by_role("group", name="Did they examine you?").get_by_label("No").check()
    page.get_by_label("Go on as planned").check()
    resting = page.get_by_role("group", name="Which of what rests may go on?")
    expect(resting.get_by_role("checkbox")).to_have_count(2)
    expect(resting.get_by_label("Chest stretch may go on")).not_to_be_checked()
    resting.get_by_label("Hamstring stretch may go on").check()
    page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page).to_have_url(f"{house.url}/")
    (review,) = (fact for fact in house.facts() if fact["type"] == "review-recorded")
    assert review["body"]["go_on"] == ["hamstring-stretch"]
    items = {item["exercise"]: item for step in house.ask("/api/today")["steps"] for item in step["items"]}
    assert items["chest-stretch"]["state"] == "closed"
    assert items["hamstring-stretch"]["state"] != "closed"


def test_what_a_review_left_out_stays_out_until_a_later_one_ticks_it(house, visit: Callable) -> None:
    house.screened(ago=timedelta(days=10))
    left_out = {"by_whom": "Ana Silva", "profession": "physician", "examined": False, "decision": "with-changes"}
    seen_on = f"{datetime.now(ZoneInfo(ZONE)) - timedelta(days=5):%Y-%m-%d}"
    changes = {"plank": {"stop": True}, "side-plank": {"stop": True}}
    house.tell(("review-recorded", {**left_out, "reviewed_on": seen_on, "changes": changes}), ago=timedelta(days=5))
    page = visit(house).go("/review")
    page.get_by_label("Date").fill(f"{datetime.now(ZoneInfo(ZONE)):%Y-%m-%d}")
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Profession").fill("physician")
    page.get_by_role("group", name="Did they examine you?").get_by_label("No").check()
    page.get_by_label("Go on as planned").check()
    resting = page.get_by_role("group", name="Which of what rests may go on?")
    expect(resting.get_by_role("checkbox")).to_have_count(2)
    resting.get_by_label("Side plank may go on").check()
    page.get_by_role("group", name="Did they agree to weights?").get_by_label("No").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page).to_have_url(f"{house.url}/")
    items = {item["exercise"]: item for step in house.ask("/api/today")["steps"] for item in step["items"]}
    assert items["plank"]["state"] == "closed"
    assert items["side-plank"]["state"] != "closed"
    expect(page.locator(".row").filter(has=page.get_by_role("link", name="Plank", exact=True))).to_contain_text(
        "left it out"
    )
