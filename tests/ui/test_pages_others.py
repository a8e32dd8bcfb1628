"""Progress, exercises, how I'm doing, settings, about: what they show, and that they are usable by everybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from days import live_well, taken_well
from playwright.sync_api import expect
from stage import ZONE

import lumbar

pytestmark = pytest.mark.ui

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
DOUBLE_SIZE = "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; });"
EXERCISES = (
    "hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "plank", "side-plank", "glute-bridge",
    "chest-stretch", "neck-stretch", "hip-hinge",
)  # fmt: skip


class TestProgress:
    def test_it_begins_empty_and_says_what_will_be_here(self, house, visit: Callable) -> None:
        page = visit(house).go("/progress")
        expect(page.get_by_role("heading", name="It begins with your first hold")).to_be_visible()

    def test_it_shows_what_was_held_beside_the_goal_and_survives_a_restart(self, house, visit: Callable) -> None:
        house.screened()
        seen = visit(house)
        page = seen.go("/progress")
        expect(page.locator(".weeks")).to_contain_text("today, still open")
        expect(page.locator(".notyet a")).to_have_count(9)
        house.play()
        house.stop(kill=True)
        house.start()
        page = seen.go("/progress")
        expect(page.locator(".notyet a")).to_have_count(1)
        expect(page.get_by_text("still open")).to_have_count(0)
        held = page.locator(".held").filter(has_text="Side plank")
        expect(held).to_contain_text("left")
        expect(held).to_contain_text("right")
        expect(held).to_contain_text("So far in an easier form: On elbow and knees. The goal of 45 s is for this one")
        expect(page.get_by_text("1 of 1 day. Rest days count.")).to_be_visible()

    def test_it_says_what_changed_and_why_the_latest_first(self, house, visit: Callable) -> None:
        house.screened()
        house.play()
        seen = visit(house)
        card = seen.go("/progress").locator(".changed")
        expect(card).to_contain_text("Nothing has changed in the last 8 weeks.")
        house.tell(("usual-walk-told", {"minutes": 20}))
        house.pass_time(timedelta(days=1))
        house.tell(("flare-reported", {}))
        seen.page.clock.set_system_time(house.now())
        card = seen.go("/progress").locator(".changed")
        days = card.locator(".changelist > li")
        expect(days).to_have_count(2)
        expect(days.nth(0)).to_contain_text("A flare-up")
        expect(days.nth(0)).to_contain_text("Plank: 5\u00a0×\u00a05 → 2\u00a0×\u00a05\u00a0s")
        expect(days.nth(0)).to_contain_text("because of the flare-up")
        expect(days.nth(0)).to_contain_text("Walk: 20 →")
        expect(days.nth(1)).to_contain_text("Walk: 20\u00a0min")
        expect(days.nth(1)).to_contain_text("You said that a walk of 20 minutes is comfortable.")
        spanish = visit(house, locale="es-ES")
        spanish.page.clock.set_system_time(house.now())
        card = spanish.go("/progress").locator(".changed")
        expect(card.locator(".changelist > li").nth(0)).to_contain_text("Un brote")
        assert seen.errors == spanish.errors == []

    def test_it_says_who_knows_how_long_a_hold_was(self, house, visit: Callable) -> None:
        """A measured hold without a camera is as long as the person said, and is called so wherever it stands."""
        house.screened()
        session = house.play(only=["plank"], holds=0, end=False)
        test = {"exercise": "plank", "rung": "forearm", "side": None, "set": 1, "hold": 1, "target_s": 60, "test": True}
        hold = {**test, "session": session, "step": 1, "credited_s": 60, "outcome": "done", "measured": False,
                "in_position_s": None, "unjudged_s": None, "faults": [], "coach": None, "model": None}  # fmt: skip
        word = {"session": session, "exercise": "plank", "side": None, "held_s": 35}
        house.tell(("set-done", hold), ("hold-told", word), ("session-ended", {"session": session, "how": "stopped"}))
        seen = visit(house)
        page = seen.go("/progress")
        held = page.locator(".held").filter(has_text="Plank")
        expect(held).to_contain_text("longest, as you said")
        expect(held.locator(".dot-told")).to_have_count(1)
        expect(held).to_contain_text("35 s, as you said")
        expect(page.locator(".daylist li li").filter(has_text="Plank")).to_contain_text("35 s, as you said")
        expect(page.locator(".key").first).to_contain_text("as you said, for no camera saw it")
        house.pass_time(timedelta(days=2))
        told = house.command("why", "plank")
        assert "measured 35\u00a0s, as you said" in told
        assert "seen by the camera" not in told
        assert seen.errors == []

    def test_many_weeks_fit_on_a_small_phone_and_none_are_drawn_after_long_away(self, house, visit: Callable) -> None:
        house.screened()
        house.play(only=["plank"])
        seen = visit(house, locale="es-MX", viewport={"width": 320, "height": 568})
        house.pass_time(timedelta(days=50))
        page = seen.go("/progress")
        expect(page.locator(".weeks tr").first.locator("td")).to_have_count(8)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        house.pass_time(timedelta(days=20))
        page = seen.go("/progress")
        expect(page.get_by_text("No hiciste nada en las últimas 8 semanas.")).to_be_visible()
        expect(page.get_by_role("heading", name="Constancia con el plan")).to_have_count(0)
        expect(page.get_by_text("sin anotar")).to_have_count(0)

    def test_the_way_of_a_core_hold_is_drawn_and_no_letter_is_too_large(self, house, visit: Callable) -> None:
        house.screened()
        taken_well(house, house.play())
        live_well(house, 2)
        seen = visit(house, viewport={"width": 320, "height": 640})
        seen.context.add_init_script(DOUBLE_SIZE)
        page = seen.go("/progress")
        held = page.locator(".held").filter(has_text="Plank").first
        expect(held.locator(".holdchart-line")).to_have_count(1)
        expect(held.locator(".holdchart-seen")).to_have_count(1)  # the newest; those before were measured as well
        for path in ("/progress", "/how"):
            page = seen.go(path)
            expect(page.locator("main li").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert seen.errors == []


class TestExercises:
    def test_all_eight_are_listed(self, house, visit: Callable) -> None:
        page = visit(house).go("/exercises")
        links = page.locator("main a[href^='/exercises/']")
        expect(links).to_have_count(len(EXERCISES))
        assert {link.get_attribute("href") for link in links.all()} == {f"/exercises/{one}" for one in EXERCISES}

    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_each_has_its_page(self, house, visit: Callable, exercise: str) -> None:
        seen = visit(house)
        page = seen.go(f"/exercises/{exercise}")
        for heading in ("How to set up", "Fine to feel", "Stop for", "Camera", "Where this comes from"):
            section = page.locator("section").filter(has=page.get_by_role("heading", name=heading, exact=True))
            expect(section).to_have_count(1)
            assert len(section.inner_text()) > len(heading) + 10
        expect(page.locator(".window path").first).to_be_visible()
        assert seen.errors == []

    def test_a_form_without_a_floor_asks_for_no_mat_and_no_camera(self, house, visit: Callable) -> None:
        page = visit(house).go("/exercises/plank")
        ready, stop = page.get_by_text("You need:"), page.locator("section", has_text="Stop for")
        expect(ready).to_contain_text("a mat")
        page.get_by_role("button", name="Hands on a wall").click()
        expect(ready).to_contain_text("a clear stretch of wall")
        expect(ready).not_to_contain_text("mat")
        expect(stop.last).to_contain_text("nearer to the wall")
        expect(page.locator(".camera")).not_to_contain_text("cm")
        expect(page.locator(".cameraplan")).to_have_count(0)
        expect(page.locator(".hear")).to_contain_text("Push your hands away from you.")
        expect(page.locator(".hear")).not_to_contain_text("floor")

    def test_the_figure_moves_unless_less_motion_is_asked_for(self, house, visit: Callable) -> None:
        def shapes(page) -> str:
            return "".join(figure.inner_html() for figure in page.locator(".window .figure").all())

        def drawn(page) -> None:
            # The hold is here at once, and the start only with the movement: a picture of both waits for both.
            expect(page.locator(".window .figure:not(:has(path))")).to_have_count(0)
            expect(page.locator(".window .figure:has(path)")).not_to_have_count(0)

        moving = visit(house).go("/exercises/plank")
        drawn(moving)
        first = shapes(moving)
        moving.wait_for_timeout(2_500)
        assert shapes(moving) != first
        still = visit(house, reduced_motion="reduce").go("/exercises/plank")
        still.get_by_text("Start", exact=False).first.wait_for()
        drawn(still)
        first = shapes(still)
        still.wait_for_timeout(2_500)
        assert shapes(still) == first

    def test_weight_stays_shut(self, house, visit: Callable) -> None:
        page = visit(house).go("/exercises/plank")
        expect(page.get_by_text("This stage stays shut until an expert has agreed.")).to_be_visible()
        expect(page.get_by_role("button", name="with weight")).to_have_count(0)

    def test_none_is_taught_while_everything_rests(self, house, visit: Callable) -> None:
        house.screened(A1="yes")
        page = visit(house).go("/exercises")
        expect(page.get_by_role("heading", name="Please get help now")).to_be_visible()
        page.get_by_role("link", name="Plank", exact=True).click()
        expect(page.get_by_role("heading", name="Please get help now")).to_be_visible()
        expect(page.locator(".window path").first).to_be_visible()
        expect(page.locator(".setup, .dose, .rung, .hear, .camera")).to_have_count(0)
        page.get_by_role("link", name="What to do, and what opens it again").click()
        expect(page.get_by_role("heading", name="What opens it again")).to_be_visible()
        page.get_by_role("link", name="How I’m doing").click()
        expect(page.get_by_role("link", name="Answer the questions again")).to_have_count(1)

    def test_an_unknown_one_says_so(self, house, visit: Callable) -> None:
        page = visit(house).go("/exercises/headstand")
        expect(page.get_by_role("heading", level=1, name="There is no such page")).to_be_visible()


class TestWhy:
    def test_every_reason_opens_its_rule_its_numbers_and_its_source(self, house, visit: Callable) -> None:
        house.screened()
        seen = visit(house, viewport=LAPTOP)
        page = seen.go("/")
        page.get_by_role("link", name="Why: Plank").click()
        card = page.locator("#why")
        expect(card.get_by_role("heading", name="Why this, today")).to_be_visible()
        reason = card.locator("summary", has_text="The first hold is measured")
        reason.click()
        again = card.locator("dl > div", has_text="Measured again in")
        expect(again.locator("dd").first).to_have_text("week 4, week 8, week 12")
        assert "_" not in card.inner_text()
        expect(card.get_by_text("No clinician has signed this rule off yet.").first).to_be_visible()
        assert seen.errors == []

    def test_every_dose_on_todays_page_opens_its_reasons(self, house, visit: Callable) -> None:
        house.screened()
        house.tell(("usual-walk-told", {"minutes": 10}))
        seen = visit(house)
        page = seen.go("/")
        rows = page.locator(".row:has(.row-dose .number), .walkrow")
        expect(rows).to_have_count(10)  # nine exercises and the walk
        links = [row.locator("a", has_text="Why").first.get_attribute("href") for row in rows.all()]
        assert None not in links
        for link in links:
            asked = link.partition("#")[0].rpartition("/")[2]
            because = house.ask(f"/api/why/{asked}?zone=" + quote(ZONE))["because"]
            assert because, asked
            assert all(one["rule"] for one in because), asked
        page.get_by_role("link", name="Why: Walking").click()
        card = page.locator("#why")
        card.locator("summary").first.click()
        longest = card.locator("dl > div", has_text="The longest walk that is asked for").first
        expect(longest).to_contain_text("30 min")
        assert seen.errors == []

    def test_where_it_comes_from_is_told_in_the_pages_language(self, house, visit: Callable) -> None:
        house.screened()
        seen = visit(house, locale="es-ES")
        card = seen.go("/exercises/plank").locator("#why")
        card.locator("summary", has_text="se mide").first.click()
        expect(card).to_contain_text("Decisión de diseño de lumbar; no hay publicado ningún umbral validado")
        expect(seen.page.locator(".sources")).to_contain_text("Linfield plank protocol 2014: codos bajo los hombros")
        assert seen.errors == []

    def test_a_past_day_shows_what_was_shown_then(self, house, visit: Callable) -> None:
        house.screened()
        house.play(only=["plank"])
        on = house.ask("/api/today?zone=" + quote(ZONE))["on"]
        seen = visit(house)
        page = seen.go("/progress")
        page.locator(f"a[href='/day?on={on}']").first.click()
        expect(page.get_by_role("heading", name="What the session showed when it began")).to_be_visible()
        rows = page.locator(".day-shown li")
        expect(rows).to_have_count(1)  # and nothing that was not for this session
        expect(rows).to_contain_text("Plankmeasured, then one more")
        expect(page.get_by_text("As it stands:")).to_be_visible()
        page.get_by_role("link", name="Why: Plank").click()
        page.wait_for_url(f"**/exercises/plank?on={on}#why")
        expect(page.get_by_role("heading", name="Why it was so:")).to_be_visible()
        assert seen.errors == []
        shown = house.command("today", "--on", on).partition("What the session showed when it began:")[2]
        assert "Plank: measured, then one more" in shown
        assert "Every other day." in house.command("why", "plank", "--on", on)

    def test_a_day_that_is_over_asks_for_nothing_any_more(self, house, visit: Callable) -> None:
        house.screened()
        house.play(only=["hip-flexor-stretch", "side-plank"])
        on = house.ask("/api/today?zone=" + quote(ZONE))["on"]
        house.pass_time(timedelta(days=2))
        seen = visit(house)
        page = seen.go(f"/day?on={on}")
        rows = page.locator(".day-shown li")
        expect(rows).to_have_count(2)
        expect(rows.filter(has_text="Hip flexor stretch")).to_contain_text("30 s, each side")
        expect(rows.filter(has_text="Side plank")).to_contain_text("measured, then one more, each side")
        expect(page.get_by_text("As it ended:")).to_be_visible()
        hips = page.locator("details.step").filter(has_text="Stretch the hips")
        expect(hips.locator(".step-message")).to_have_text("not done")
        expect(page.locator(".step-minutes")).to_have_count(0)
        hips.locator("summary").click()
        done = hips.locator(".row").filter(has=page.get_by_role("link", name="Hip flexor stretch", exact=True))
        expect(done).to_contain_text("30 s left, 30 s right")
        ended = house.command("today", "--on", on)
        assert "✓ Hip flexor stretch: 30\u00a0s\u00a0left, 30\u00a0s\u00a0right held" in ended
        assert "Hip hinge" not in ended.partition("As the day ended")[0]
        assert seen.errors == []

    def test_a_day_to_come_says_so(self, house, visit: Callable) -> None:
        page = visit(house).go("/day?on=2999-01-01")
        expect(page.get_by_text("is still to come")).to_be_visible()


class TestYou:
    def test_what_is_told_is_kept_and_changes_the_plan(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/how")
        page.get_by_role("link", name="About you").click()
        page.get_by_label("Your weight in kilograms").fill("72.5")
        page.get_by_role("group", name="hand you a weight").get_by_label("No", exact=True).check()
        page.get_by_label("a strap or a towel").uncheck()
        page.get_by_role("button", name="Keep").click()
        page.wait_for_url("**/how")
        kept = house.ask("/api/myself")
        assert (kept["body_mass_kg"], kept["birth_year"], kept["helper"]) == (72.5, None, False)
        assert "strap" not in kept["equipment"]
        stretch = [item for step in house.ask("/api/today")["steps"] for item in step["items"]]
        assert next(i["rung"] for i in stretch if i["exercise"] == "hamstring-stretch") == "ninety-ninety"

    def test_pounds_are_kept_as_kilograms(self, house, visit: Callable) -> None:
        page = visit(house).go("/settings")
        page.get_by_label("pounds", exact=True).check()
        page.goto(house.url + "/you")
        page.get_by_label("Your weight in pounds").fill("160")
        page.get_by_role("button", name="Keep").click()
        page.wait_for_url("**/how")
        assert house.ask("/api/myself")["body_mass_kg"] == 72.57


class TestSettings:
    def test_they_are_kept_on_the_device(self, house, visit: Callable) -> None:
        page = visit(house).go("/settings")
        background = "() => getComputedStyle(document.documentElement).backgroundColor"
        light = page.evaluate(background)
        page.get_by_label("Dark", exact=True).check()
        assert page.evaluate(background) != light
        page.get_by_label("High", exact=True).check()
        page.reload()
        expect(page.get_by_label("Dark", exact=True)).to_be_checked()
        assert page.evaluate(background) == "rgb(0, 0, 0)"
        assert house.facts() == []


class TestTrust:
    def test_it_says_how_often_the_camera_was_right_and_where_it_was_not(self, house, visit: Callable) -> None:
        seen = visit(house)
        page = seen.go("/about")
        page.get_by_role("link", name="How far can I trust this?").click()
        expect(page.get_by_role("heading", level=1, name="How far can I trust this?")).to_be_focused()
        told = house.ask("/api/validation")
        bridge = next(one for one in told["exercises"] if one["exercise"] == "glute-bridge" and one["as_shown"])
        caught = bridge["stills"]["caught"]
        card = page.locator("#glute-bridge")
        expect(card).to_contain_text(f"{round(caught['value'] * caught['n'])} of {caught['n']}")
        expect(card).to_contain_text("What it cannot see")
        expect(page.locator(".trust-one")).to_have_count(len(EXERCISES))
        broken = [goal["id"] for goal in told["goals"] if goal["met"] is False]
        expect(page.locator("section.trust-goals li")).to_have_count(len(broken))
        assert seen.errors == []

    def test_every_limit_has_its_words(self, house, visit: Callable) -> None:
        page = visit(house).go("/trust")
        page.locator("summary").click()
        goals = [goal for goal in house.ask("/api/validation")["goals"] if goal["met"] is not None]
        words = page.locator(".trust-goals li > span:first-child")
        expect(words).to_have_count(len(goals))
        assert all(words.all_inner_texts())

    def test_changed_rules_are_owned_up_to(self, serve: Callable, visit: Callable) -> None:
        own = Path(lumbar.__file__).parent / "catalog/exercises/plank.toml"
        stricter = own.read_text().replace("acceptable = [-0.035, inf]", "acceptable = [-0.03, inf]")
        page = visit(serve({"exercises/plank.toml": stricter})).go("/trust")
        expect(page.locator("#plank")).to_contain_text("Its rules have changed since.")
        expect(page.locator("#side-plank")).not_to_contain_text("Its rules have changed since.")


class TestGettingAbout:
    def test_titles_and_focus_follow_the_page(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house, viewport=LAPTOP).go("/")
        for name, title in (("Progress", "Progress"), ("Exercises", "Exercises"), ("How I’m doing", "How I’m doing")):
            page.get_by_role("navigation").get_by_role("link", name=name).click()
            expect(page).to_have_title(f"{title} · lumbar")
            expect(page.get_by_role("heading", level=1, name=title)).to_be_focused()
            expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
        page.go_back()
        expect(page).to_have_title("Exercises · lumbar")

    def test_the_first_tab_skips_to_the_page(self, house, visit: Callable) -> None:
        page = visit(house).go("/about")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


class TestLanguages:
    def test_the_setting_counts_more_and_holds(self, house, visit: Callable) -> None:
        page = visit(house).go("/settings")
        page.get_by_role("group", name="Language").get_by_label("Español").check()
        expect(page.get_by_role("heading", level=1, name="Ajustes")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", level=1, name="Ajustes")).to_be_visible()
        page.get_by_role("group", name="Idioma").get_by_label("English").check()
        expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()

    def test_a_questionnaire_that_nobody_has_published_in_it_is_english_and_says_so(
        self, house, visit: Callable
    ) -> None:
        house.screened()
        page = visit(house, locale="es-ES").go("/outcomes/rmdq-24")
        expect(page.locator("ul[lang=en] li")).to_have_count(24)
        expect(page.locator("main")).to_contain_text("inglés")

    def test_the_server_says_what_is_wrong_in_it(self, house, visit: Callable) -> None:
        page = visit(house, locale="es-ES").go("/day?on=2001-01-01")
        expect(page.get_by_text("2001")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("Nothing was told")


APART = """() => {
    const boxes = [...document.querySelectorAll('.callouts-placed li')].map((it) => it.getBoundingClientRect());
    const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const painted = (x, y) => [...document.querySelectorAll('.stage .figure-fill')].some((it) => it.isPointInFill(
        new DOMPoint(x, y).matrixTransform(it.getScreenCTM().inverse())));
    const found = [];
    boxes.forEach((box, n) => {
        if (box.left < 0 || box.right > innerWidth) found.push(`${n} leaves the page`);
        boxes.slice(n + 1).forEach((other) => over(box, other) && found.push(`${n} lies on another`));
        for (let a = 0; a <= 20; a++) for (let b = 0; b <= 6; b++)
            if (painted(box.left + box.width * a / 20, box.top + box.height * b / 6))
                found.push(`${n} lies on the figure`);
    });
    return [boxes.length, [...new Set(found)]];
}"""
"""How many words stand round the figure, and which of them are in the way: as the browser has set them."""


class TestCallOuts:
    @pytest.mark.parametrize("exercise", ["plank", "neck-stretch"])
    @pytest.mark.parametrize("width", [390, 1280])
    @pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
    def test_words_stand_round_the_held_figure_and_on_nothing(
        self, house, visit: Callable, exercise: str, width: int, locale: str
    ) -> None:
        house.screened()
        seen = visit(house, locale=locale, viewport={"width": width, "height": 844})
        page = seen.go(f"/exercises/{exercise}")
        expect(page.locator(".callouts-placed li").first).to_be_attached()
        expect(page.locator(".callouts-wait")).to_have_count(0)
        one = next(one for one in house.ask("/api/exercises") if one["id"] == exercise)
        form = next(rung for rung in one["rungs"] if rung["first"])
        assert page.evaluate(APART) == [len(form["callouts"]), []]
        assert seen.errors == []

    def test_they_are_a_list_with_a_name_and_stand_below_the_figure_on_paper(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/exercises/plank")
        words = page.get_by_role("list", name="What to look at").get_by_role("listitem")
        expect(words).to_have_count(4)
        expect(words.first).to_have_text("One straight line")
        page.emulate_media(media="print")
        window, first = page.locator(".stage > .window").bounding_box(), words.first.bounding_box()
        assert window
        assert first
        assert first["y"] >= window["y"] + window["height"]
        expect(page.locator(".callouts-lines")).to_be_hidden()

    def test_the_way_into_the_hold_is_shown_again_to_whoever_asks(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/exercises/plank")
        again = page.get_by_role("button", name="Show the movement again")
        expect(again).to_be_visible()
        again.click()
        expect(page.locator(".callouts-wait")).to_have_count(1)
        expect(page.locator(".callouts-wait")).to_have_count(0)


class TestFigure:
    def test_whoever_asks_for_less_motion_sees_the_start_beside_the_hold(self, house, visit: Callable) -> None:
        page = visit(house, reduced_motion="reduce").go("/exercises/plank")
        stills = page.locator(".window-stills li")
        expect(stills.locator("> p")).to_have_text(["Start", "Hold"])
        expect(stills.locator(".figure-body .figure-fill")).to_have_count(2)
        start, hold = (body.get_attribute("d") for body in stills.locator(".figure-body .figure-fill").all())
        assert start != hold
        page = visit(house, reduced_motion="no-preference").go("/exercises/plank")
        expect(page.locator(".window .figure-body")).to_have_count(1)


class TestPhone:
    def test_a_code_and_a_device_that_get_no_answer_say_so(self, house, visit: Callable) -> None:
        seen = visit(house)
        until = (house.now() + timedelta(minutes=10)).isoformat()
        code = {
            "address": "https://192.168.1.7:8421/",
            "code": "ABCD-EFGH",
            "until": until,
            "qr": "",
            "fingerprint": None,
        }
        here = {"on": True, "device": None, "invitation": code, "certificate": False}
        phone = {"id": "one", "name": "A phone", "paired_at": until, "seen_at": until}
        for path, answer in (("", here), ("/code", None), ("/devices", {"devices": [phone]}), ("/devices/one", None)):
            seen.page.route(
                re.compile(rf"/api/lan{path}(\?.*)?$"),
                lambda route, _, answer=answer: route.fulfill(json=answer) if answer else route.abort(),
            )
        page = seen.go("/phone")
        page.get_by_role("button", name="Another code").click()
        expect(page.get_by_role("status").filter(has_text="lumbar is not answering.")).to_have_count(1)
        page.get_by_role("button", name="A phone").click()
        expect(page.get_by_role("status").filter(has_text="lumbar is not answering.")).to_have_count(2)
        assert [error for error in seen.errors if "no answer" in error] == []
