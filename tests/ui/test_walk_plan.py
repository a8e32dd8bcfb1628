"""A plan that listens, walked by touch: a flare-up, an easier week, illness, time away, and a first weight."""

from collections.abc import Callable

import pytest
from days import DAY, Life, answer, live_in, live_well, taken_well
from playwright.sync_api import expect

pytestmark = [pytest.mark.ui, pytest.mark.timeout(120)]


CORE = ["plank", "side-plank", "glute-bridge"]


def begun(house) -> None:
    """Somebody strong, in their first days: the measured holds were as long as can be."""
    house.screened()
    taken_well(house, house.play())
    live_well(house, 3)
    house.pass_time(DAY)


def test_a_flare_up_is_told_taken_back_told_again_and_ends(house, visit: Callable) -> None:
    begun(house)
    answer(house)
    taken_well(house, house.play(only=CORE))
    live_well(house, 1)
    house.pass_time(DAY)
    life = live_in(house, visit)
    life.go()
    expect(life.row("Plank")).to_contain_text("2 × 60 s")
    life.tap("My back has flared up")
    life.titled("A flare-up")
    life.reads(
        "Flare-ups are common and usually settle.",
        "The questions come once more, so that nothing is missed.",
        "Core work goes on at about half, or rests while your pain is too much for it. No weights.",
    )
    life.tap("Yes, it has flared up")
    life.reads("It is time to go through the questions again.")
    expect(life.row("Plank")).to_contain_text("2 × 30 s")

    life.tap("Told by mistake?")
    life.reads("Take it back today, and everything is as it was before.")
    life.tap("Take it back")
    life.titled("Strength day")
    life.reads_not("It is time to go through the questions again.", "Told by mistake?")
    expect(life.row("Plank")).to_contain_text("2 × 60 s")

    life.tap("My back has flared up")
    life.tap("Yes, it has flared up")
    life.page.get_by_test_id("start").tap()
    life.cards()
    life.scales(week=4, now=5)
    life.titled("Strength day")
    life.reads("Keep moving in a small way: short walks, comfortable stretches.")
    expect(life.row("Plank")).to_contain_text("2 × 30 s")
    life.reads("About 50 % of it, because of the flare-up.")
    taken_well(house, house.play(only=CORE))

    for _ in range(2):
        life.sleep(1.01)
        life.reads("Keep moving in a small way: short walks, comfortable stretches.")
        life.tap("Tell how it is now")
        life.titled("A flare-up")
        life.reads(
            "It has been on since",
            "When you have told a pain of",
        )
        life.reads_not("Told by mistake?")
        expect(life.page.get_by_role("button", name="Keep this")).to_be_disabled()
        life.tap("2")
        life.tap("Keep this")
    life.sleep()
    life.reads_not("Keep moving in a small way: short walks, comfortable stretches.")
    life.reads("My back has flared up")
    expect(life.row("Plank")).to_contain_text("2 × 30 s")
    answer(house)
    taken_well(house, house.play(only=CORE))
    house.pass_time(2 * DAY)
    answer(house)
    life.catch_up()
    expect(life.row("Plank")).to_contain_text("2 × 45 s")
    life.reads("One step back up, after a session that went well.")
    assert life.seen.errors == []


def test_a_week_of_more_pain_is_a_little_easier(house, visit: Callable) -> None:
    begun(house)
    house.pass_time(3 * DAY)
    life = live_in(house, visit)
    life.go()
    expect(life.row("Plank")).to_contain_text("2 × 60 s")
    life.reads("Pain over the week")
    life.tap("Answer")
    life.tap("6")
    life.tap("Save")
    life.tap("Back to today")
    expect(life.row("Plank")).to_contain_text("2 × 45 s")
    life.reads("A little less, because the pain of the week rose by 2 or more. It stays here for 7 days")
    assert life.seen.errors == []


def test_a_cold_rests_and_days_and_weeks_away_come_back_gently(house, visit: Callable) -> None:
    begun(house)
    life = live_in(house, visit)
    life.go()
    life.page.get_by_test_id("start").tap()
    life.titled("Anything new today?")
    life.page.get_by_text("Fever").tap()
    life.tap("Continue")
    life.titled("Tell us a little more")
    for question in life.page.get_by_role("group").all():
        question.get_by_label("No", exact=True).tap()
    life.tap("Continue")
    life.titled("Rest today")
    life.reads(
        "Rest until you have been without fever for 48 hours. If the back changes, or you feel really ill",
        "It waits until you are well.",
        "Rest first. Walk again once you are well.",
    )
    life.reads_not("Walk as far as is comfortable", "Please get help now")
    expect(life.page.get_by_test_id("start")).to_have_count(0)

    life.sleep(9)
    life.reads("About 75 % of it, after 11 days without core work. It comes back")
    expect(life.row("Plank")).to_contain_text("2 × 45 s")
    life.sleep(12)
    life.reads("About 50 % of it, after 23 days without core work.")
    expect(life.row("Plank")).to_contain_text("2 × 30 s")
    life.sleep(23)
    life.reads("It is time to go through the questions again.")
    life.page.get_by_test_id("start").tap()
    life.cards()
    life.scales()
    life.titled("Strength day")
    expect(life.row("Plank")).to_contain_text("The first hold is measured, up to 60 seconds")
    assert life.seen.errors == []


def test_a_first_weight_says_what_it_waits_for_and_comes_when_nothing_is_missing(house, visit: Callable) -> None:
    house.screened()
    taken_well(house, house.play())
    live_well(house, 13)
    house.pass_time(DAY)
    answer(house)
    life = live_in(house, visit)
    life.go()
    expect(life.row("Plank")).to_contain_text("2 × 60 s")
    waits = (
        "A weight comes once the camera, or an expert beside you, has seen one of these sessions well held.",
        "A weight comes after 6 weeks with the plan at the earliest.",
        "A weight depends on how much you weigh. You can tell that under “About you”.",
        "A weight waits until an expert has agreed to it.",
    )
    _open_reasons(life)
    life.reads(*waits)
    live_well(house, 32, seen=True)
    house.pass_time(DAY)
    answer(house)
    life.catch_up()
    _open_reasons(life)
    life.reads(*waits[2:])
    life.reads_not(*waits[:2])

    life.tap("How I’m doing")
    life.tap("A review of the plan")
    life.page.get_by_label("Date").fill(house.now().date().isoformat())
    life.page.get_by_label("Name").fill("Jo Park")
    life.page.get_by_label("Profession").fill("physiotherapist")
    life.pick("Did they examine you?", "Yes")
    life.pick("What did they say?", "Go on as planned")
    life.pick("Did they agree to weights?", "Yes")
    life.tap("Keep this")
    life.reads("Reviewed by Jo Park on")
    _open_reasons(life)
    life.reads(waits[2])
    life.reads_not(waits[3])

    _tell_weight(life, "80")
    life.tap("Today")
    expect(life.row("Plank")).to_contain_text("With 11.3 kg on it, for 30 seconds, as an expert has agreed.")
    expect(life.row("Plank")).to_contain_text("2 × 30 s")
    expect(life.row("Plank")).not_to_contain_text("60 seconds")
    _open_reasons(life)
    expect(life.page.locator(".rungs")).to_contain_text("It goes with 11.3 kg now.")
    expect(life.page.locator(".rungs")).not_to_contain_text("shut")
    expect(life.page.locator(".dose")).to_contain_text("today, with 11.3 kg")
    life.reads("You need: a mat, a weight of 11.3 kg")
    life.page.locator("#why summary", has_text="With 11.3 kg on it").tap()
    life.reads("A weight begins with holds of", "An expert’s word about weights holds for")
    _tell_weight(life, "")
    life.tap("Today")
    expect(life.row("Plank")).not_to_contain_text("as an expert has agreed")
    _open_reasons(life)
    life.reads(waits[2])
    assert life.seen.errors == []


def _open_reasons(life: Life) -> None:
    """Today's reasons for the plank, every one of them."""
    life.row("Plank").get_by_role("link", name="Why: Plank").tap()
    expect(life.page.locator("#why summary").first).to_be_visible()


def _tell_weight(life: Life, mass_kg: str) -> None:
    life.tap("How I’m doing")
    life.tap("About you")
    life.page.get_by_label("Your weight in kilograms").fill(mass_kg)
    life.pick("Is somebody there to hand you a weight and take it off?", "Yes")
    life.tap("Keep this")
    life.titled("How I’m doing")
