"""Each outcome of the ten cards, walked by touch: what a person reads there, and the way back from it."""

from collections.abc import Callable

import pytest
from days import live_in
from playwright.sync_api import expect

pytestmark = pytest.mark.ui

NOT_EXERCISE = ("Stretch the hips", "Strengthen the core", "Improve the posture")


@pytest.mark.parametrize(
    ("item", "title", "sentences"),
    [
        ("A1", "Please get help now", ("Call your local emergency number now. No exercise until you have been seen.",
                                       "Call your emergency number, or ask somebody near you to call.",
                                       "You answered yes: Numb or tingling where you would sit on a saddle.")),
        ("A9", "Please speak with a doctor today", ("Speak with a doctor or urgent care today.",
                                                    "call your local emergency number",
                                                    "sudden strong pain after something small")),
    ],
    ids=["emergency", "same-day"],
)  # fmt: skip
def test_a_warning_sign_pauses_everything_until_it_was_looked_at(
    house, visit: Callable, item: str, title: str, sentences: tuple[str, ...]
) -> None:
    life = live_in(house, visit)
    life.go("/welcome")
    life.cards(**{item: "Yes"})
    life.titled("Is that right?")
    life.tap("Yes, that’s right")
    life.titled(title)
    life.reads(*sentences, "What opens it again", "Then answer the questions once more.")
    life.reads_not(*NOT_EXERCISE)
    expect(life.page.get_by_test_id("start")).to_have_count(0)
    assert "safe" not in life.page.locator("main").inner_text()

    life.was_seen(by="Dr Berg", may="No")  # a no keeps it shut, whatever was asked
    life.titled(title)
    life.was_seen(by="Dr Berg")
    life.titled("One step left")
    life.tap("Answer the questions again")
    life.cards(again=item)
    life.scales()
    life.agree()
    life.titled("Strength day")
    expect(life.page.get_by_test_id("start")).to_be_visible()
    assert life.seen.errors == []


def test_waiting_leaves_walking_and_opens_with_a_word_from_who_saw_you(house, visit: Callable) -> None:
    life = live_in(house, visit)
    life.go("/welcome")
    life.cards(B2="Yes")
    life.scales()
    life.agree()
    life.titled("Paused until you have spoken with a doctor or physiotherapist")
    life.reads(
        "Walk as is comfortable, and change position often.",
        "You answered yes: Losing weight, drenching night sweats, or pain that no position eases.",
        "Ask about this",
        "Everything you did so far is kept.",
    )
    life.reads_not(*NOT_EXERCISE)
    life.was_seen(by="Dr Berg")
    life.titled("Strength day")
    expect(life.page.get_by_test_id("start")).to_contain_text("Start")
    assert life.seen.errors == []


def test_a_gentle_start_is_open_in_its_easiest_form_and_a_review_opens_the_rest(house, visit: Callable) -> None:
    life = live_in(house, visit)
    life.go("/welcome")
    life.cards(B3="Yes")
    life.scales()
    life.agree()
    life.titled("Strength day")
    life.reads(
        "A gentle start, and please book a review",
        "Please book a review with a doctor or physiotherapist within 6 weeks",
        "The easiest form, until a review is recorded.",
        "It is shown in this form: Hands on a wall.",
    )
    life.tap("What opens the rest")
    life.titled("How I’m doing")
    life.reads("Book a review and record it: Pain mainly in the middle of the back")
    life.was_seen(by="Jo Park")
    life.reads("Nothing holds the programme back today.")
    life.tap("Today")
    life.reads("The first hold is measured, up to 60 seconds")
    life.reads_not("A gentle start", "The easiest form")
    assert life.seen.errors == []


def test_neck_only_leaves_out_one_stretch_until_it_was_looked_at(house, visit: Callable) -> None:
    life = live_in(house, visit)
    life.go("/welcome")
    life.cards(B15="Yes", details={"B15": "Earlier, or it was examined"})
    life.scales()
    life.agree()
    life.titled("Strength day")
    life.page.locator("summary", has_text="Improve the posture").tap()
    neck = life.page.get_by_role("listitem").filter(has=life.page.get_by_role("link", name="Neck stretch", exact=True))
    expect(neck).to_contain_text("You answered yes: Dizzy, double vision")
    chest = life.page.get_by_role("listitem").filter(has=life.page.get_by_role("link", name="Chest stretch"))
    expect(chest).to_contain_text("each side")
    life.reads("30 seconds on each side, once a day.")
    life.tap("How I’m doing")
    life.reads("The neck stretch opens when you record who said that you may do it, and when")
    life.was_seen(by="Dr Berg")
    life.reads("Some exercises are shown in a gentler form, because of what you told us.")
    life.tap("Today")
    life.page.locator("summary", has_text="Improve the posture").tap()
    expect(neck).to_contain_text("It is shown in this form")
    assert life.seen.errors == []


def test_what_was_cleared_and_has_passed_asks_for_nothing_more(house, visit: Callable) -> None:
    life = live_in(house, visit)
    life.go("/welcome")
    life.cards(B9="Yes")
    life.scales()
    life.agree()
    life.was_seen(by="Dr Berg")
    life.titled("Strength day")
    life.go("/how")
    life.reads("Some exercises are shown in a gentler form, because of what you told us.")
    life.go("/welcome")
    life.cards(again="B9", B9="It is over")
    life.scales()
    life.titled("Strength day")
    life.go("/how")
    life.reads("Nothing holds the programme back today.")
    life.reads_not("Some exercises are shown in a gentler form")
    assert life.seen.errors == []
