"""A weight that was not carried for a while comes back lighter, and none goes without a word."""

from dataclasses import replace
from typing import Any

import pytest
from tests.core.plan.test_load import DAY, HOUR, Strong, waits

from lumbar.catalog.words import load_words
from lumbar.core.message import say
from lumbar.core.packet import make_packet
from lumbar.core.plan import Item, Programme


@pytest.fixture
def strong(programme: Programme, life: Any) -> Strong:
    """At the targets, agreed to and described in full; without measured holds, of which test_baseline.py tells."""
    listening = programme.listening
    dosing = replace(listening.dosing, tests=0)
    person = Strong(replace(programme, listening=replace(listening, dosing=dosing)), life)
    return person.train(32).describe(body_mass_kg=100).review()


def weight(item: Item) -> tuple[float, int, int]:
    return item.load_kg, item.sets, item.hold_s


def carries_16_kg(person: Strong) -> None:
    while person.item().load_kg < 16.3:
        person.train(2).review()


def without_a_weight(person: Strong, days: int) -> None:
    """Core work goes on at the targets without a weight, for no review agrees to one, until a new one does."""
    until = person.at + (days - 2) * DAY  # it was carried two days ago
    person.at += HOUR
    person.review(load=False)
    until += HOUR
    while person.at < until:
        assert person.item().load_kg == 0
        person.train(1, days=min(2, (until - person.at).days))
    person.at += HOUR
    person.review()
    person.life.acknowledge(person.at)


@pytest.mark.parametrize(
    ("days", "plank", "bridge"),
    [(8, (16.3, 2, 30), (15, 2, 30)), (10, (7.5, 2, 30), (5, 2, 30)), (22, (7.5, 2, 30), (5, 2, 30)),
     (60, (7.5, 2, 30), (5, 2, 30))],
)  # fmt: skip
def test_a_weight_that_was_carried_long_ago_begins_lighter(
    strong: Strong, days: int, plank: tuple[float, int, int], bridge: tuple[float, int, int]
) -> None:
    carries_16_kg(strong)
    assert weight(strong.item()) == (16.3, 2, 30)
    without_a_weight(strong, days)
    assert weight(strong.item()) == plank
    assert weight(strong.item("glute-bridge")) == bridge
    said = {why.message.id: why.message.params for why in strong.item().reasons}
    if days == 8:
        assert "plan.load.come-back" not in said
        return
    assert said["plan.load.come-back"] == {"count": days, "kg": 16.3}
    strong.train(1)
    assert (strong.item().load_kg, strong.item().hold_s) == (7.5, 30), "it is gone on with from there"
    strong.train(1)
    assert (strong.item().load_kg, strong.item().hold_s) == (7.5, 40)


def weekly(person: Strong, *pains: int) -> None:
    """A week of core work for each number of the week's pain."""
    for nprs in pains:
        person.life.add("outcome-answered", person.at, instrument="nprs", nprs=nprs)
        until = person.at + 7 * DAY
        while person.at < until:
            person.train(1, days=min(2, (until - person.at).days))


def test_a_weight_that_goes_says_why(strong: Strong) -> None:
    strong.train(2)
    assert strong.item().load_kg > 0
    weekly(strong, 3, 4, 5)
    assert {why.message.id for why in strong.day().book} >= {"plan.book.rising"}
    assert strong.item().load_kg == 0
    assert waits(strong.item()) == {"rising"}
    strong.review()
    assert strong.item().load_kg > 0


def test_weeks_without_a_gain_take_no_weight_away(strong: Strong) -> None:
    weekly(strong, *[3] * 9)
    assert "plan.book.no-gain" in {why.message.id for why in strong.day().book}
    assert strong.item().load_kg > 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_whatever_asks_for_a_review_has_a_word_for_the_weight(language: str) -> None:
    words = load_words(language)
    asks = {name.removeprefix("plan.book.") for name in words.flat()["written"] if name.startswith("plan.book.")}
    of_the_course = {
        name for name in asks if not name.startswith(("contact", "stopped", "left-out", "rests", "time", "no-gain"))
    }
    assert len(of_the_course) >= 8
    assert [name for name in of_the_course if not words.has(f"plan.load.{name}")] == []


def test_who_weighs_less_is_told_of_a_goal_under_their_cap(strong: Strong) -> None:
    assert strong.item().goal.message.id == "plank.goal"
    strong.describe(body_mass_kg=44)
    for _ in range(2):
        assert strong.item().goal.message == say("plan.goal.lighter", seconds=60, kg=10, pounds=25)
        (told,) = [why.message for why in strong.item().reasons if why.message.id == "plan.load.goal"]
        assert told == say("plan.load.goal", kg=10, pounds=25)
        strong.review(load=False)  # also while nobody agrees to a weight
    assert strong.item().load_kg == 0
    assert "goal" not in waits(strong.item("glute-bridge"))
    assert load_words("en").written(strong.item().goal.message).startswith("The goal: 60 seconds, then a weight of up ")


def test_the_cap_is_a_goal_that_is_reached_and_not_passed(strong: Strong) -> None:
    strong.describe(body_mass_kg=44)
    heaviest = 0.0
    for _ in range(22):
        heaviest = max(heaviest, strong.item().load_kg)
        strong.train(2).review()
    assert heaviest == strong.item().load_kg == 10


def unseen(person: Strong) -> Strong:
    """A new row at the targets in which no camera looks."""
    person.train(1, worst=7)
    while (plank := person.item()).hold_s < 60 or "sessions" in waits(plank):
        person.train(1, camera=False)
    person.review()
    assert waits(person.item()) == {"seen"}
    return person


def test_an_expert_who_watched_it_stands_for_the_camera(strong: Strong) -> None:
    unseen(strong)
    strong.at += HOUR
    strong.review(watched=["plank"])
    assert strong.item().load_kg > 0
    assert waits(strong.item("glute-bridge")) == {"seen"}, "of which they said nothing"
    strong.train(1, camera=False)
    assert strong.item().load_kg > 0
    strong.at += HOUR
    strong.review()
    assert strong.item().load_kg > 0, "what they saw is not taken back by a word about something else"


def test_the_packet_asks_who_may_have_watched_it(strong: Strong) -> None:
    unseen(strong)

    def asked() -> dict[tuple[str, str], str]:
        made = make_packet(strong.programme, strong.life.record, strong.at)
        return {(one.kind, one.about): load_words("en").written(one.message) for one in made.questions}

    assert asked()["watched", "plank"].startswith("Plank: you watched a hold")
    strong.at += HOUR
    strong.review(load=False)
    assert {("load", "plank"), ("watched", "plank")} <= set(asked()), "both, for no camera will ever see it"
    strong.at += HOUR
    strong.describe(body_mass_kg=44).review(watched=["plank", "glute-bridge"], load=False)
    assert {("load", "plank"), ("load", "glute-bridge")} == set(asked()), "also under 45 kg"


@pytest.mark.parametrize(
    "told",
    [{"days": -40}, {"decision": "stop"}, {"decision": "contact"}, {"watched": []}, {"watched": None}],
    ids=["before the row", "a stop", "a wish to be called", "nothing", "as before it was asked"],
)
def test_what_was_watched_before_or_not_at_all_opens_nothing(strong: Strong, told: dict[str, Any]) -> None:
    unseen(strong)
    strong.at += HOUR
    seen_on = (strong.at + told.pop("days", 0) * DAY).date().isoformat()
    strong.review(**{"watched": ["plank"], "reviewed_on": seen_on, **told})
    assert strong.item().load_kg == 0


def test_a_row_that_was_broken_is_watched_anew(strong: Strong) -> None:
    unseen(strong)
    strong.at += HOUR
    strong.review(watched=["plank"])
    assert strong.item().load_kg > 0
    unseen(strong)
