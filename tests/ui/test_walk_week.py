"""Week one of somebody without a camera, from the first card to the seventh day, read and touched as they would."""

from collections.abc import Callable

import pytest
from days import Life, answer, live_in, taken_well
from playwright.sync_api import expect

pytestmark = [pytest.mark.ui, pytest.mark.timeout(180)]

MEASURED = ("Plank", "Side plank, left", "Side plank, right", "Glute bridge")


def test_the_first_week_without_a_camera(house, visit: Callable) -> None:
    life = live_in(house, visit)
    _day_one(life)
    _day_two(life)
    _day_three(life)
    for on in range(4, 8):
        life.sleep()
        if on % 2:
            _a_day_that_grows(life)
        else:
            life.titled("Stretch day")
            life.reads("The core rests today.", "How long a walk is comfortable for you")
        life.reads_not("Everyday life with your back", "What matters to you")
        answer(house)
        taken_well(house, house.play())
        life.catch_up()
        life.titled("Done for today")
    life.tap("Progress")
    life.reads("7 of 7 days. Rest days count.")
    assert life.seen.errors == []
    assert life.seen.strangers == []


def _day_one(life: Life) -> None:
    """The cards, a session by the clock, and what only the person knows: how long they held."""
    life.go()
    life.reads("Welcome. Ten short cards before your first day. Most people have none of these.")
    life.cards()
    life.scales()
    life.agree()
    life.titled("Strength day")
    life.reads_not("Everyday life with your back", "What matters to you")
    for exercise in ("Plank", "Side plank", "Glute bridge"):
        expect(life.row(exercise)).to_contain_text("measured")
        expect(life.row(exercise)).to_contain_text("then one more")
    expect(life.row("Plank")).to_contain_text("That is where you begin.")
    life.page.get_by_test_id("start").tap()
    _live_the_session(life)
    life.titled("Done")
    for exercise in MEASURED:
        life.reads(f"{exercise}: the last number you heard")
        life.tap_in(f"{exercise}: the last number you heard", "30")
    life.reads("It decides where you begin. Leave it out if you are not sure, and it is measured once more.")
    _how_it_was(life)
    life.titled("Done for today")
    life.reads("Muscles get stronger while they rest.")
    told = [fact["body"]["held_s"] for fact in life.house.facts() if fact["type"] == "hold-told"]
    assert told == [30] * len(MEASURED)


def _day_two(life: Life) -> None:
    """No core work. The morning after is asked for, and everyday life; neither holds the stretches up."""
    life.sleep()
    life.titled("Stretch day")
    life.reads("The core rests today.", "Everyday life with your back")
    life.reads_not("What matters to you")
    life.tap("Answer")
    life.reads("I walk more slowly than usual because of my back.")
    life.page.get_by_text("I walk more slowly than usual because of my back.").tap()
    life.tap("Save")
    life.titled("Thank you")
    life.tap("Back to today")
    life.reads_not("Everyday life with your back", "What matters to you")
    life.page.get_by_test_id("start").tap()
    life.titled("Anything new today?")
    life.tap("None of these")
    life.titled("How was your back the morning after?")
    life.tap("The same, or better")
    _live_the_session(life, until=lambda: life.page.url == f"{life.house.url}/")
    life.titled("Done for today")
    life.reads("Today's stretches are done. Walk as is comfortable.")


def _day_three(life: Life) -> None:
    """Core work again, measured once more; a hard session says which exercise it was, a reload in between or not."""
    life.sleep()
    life.titled("Strength day")
    life.reads("What matters to you")
    life.reads_not("Everyday life with your back")
    life.reads("You held 30 seconds, so it goes on with")
    expect(life.row("Plank")).to_contain_text("The first hold is measured, up to 60 seconds.")
    life.tap("Answer")
    life.page.get_by_label("Thing number 1").fill("Carrying the shopping")
    life.tap("3")
    life.tap("Save")
    life.tap("Back to today")
    life.page.get_by_test_id("start").tap()
    life.tap("None of these")
    life.titled("How much does your back hurt right now?")
    life.tap("2")
    life.page.wait_for_url("**/session")
    _live_the_session(life)
    life.tap_in("How hard was it?", "8")
    life.reads("Which of them?")
    life.page.reload()
    life.titled("How was your last session?")
    life.tap_in("How hard was it?", "8")
    life.reads("Which of them?", "None picked: all of them, or hard to say.")
    life.tap_in("Which of them?", "Side plank")
    for exercise in MEASURED:
        life.tap_in(f"{exercise}: the last number you heard", "40")
    life.tap_in("Worst pain during the session?", "2")
    life.tap_in("Did you keep the shape?", "yes")
    life.tap("Keep this")
    life.titled("Done for today")
    amended = [fact["body"]["body"] for fact in life.house.facts() if fact["type"] == "amended"]
    assert {"effort": 8, "exercises": ["side-plank"]}.items() <= amended[0].items()


def _a_day_that_grows(life: Life) -> None:
    life.titled("Strength day")
    expect(life.row("Plank")).to_contain_text("3 × 20 s")
    expect(life.row("Plank")).to_contain_text("You held 40 seconds, so it goes on with 3 holds of 20")
    life.reads("Every other day.")


def _live_the_session(life: Life, until: Callable[[], bool] | None = None) -> None:
    """Nothing is touched until the questions come, or until the day is back where there are none."""
    life.page.get_by_role("button", name="It hurts").wait_for()
    life.live_until(until or (lambda: life.page.locator(".session-after").count() > 0), "the session has no end")


def _how_it_was(life: Life) -> None:
    life.tap_in("Worst pain during the session?", "2")
    life.tap_in("How hard was it?", "4")
    life.tap_in("Did you keep the shape?", "yes")
    life.tap("Keep this")
