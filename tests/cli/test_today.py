"""`lumbar today` in the states that a day can be in: nothing is said twice, and nothing is called done that is not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

import lumbar
from lumbar.app.past import DayAsShown, Shown
from lumbar.catalog.words import shipped_words
from lumbar.cli.today import lines, past, shown
from lumbar.core.plan import Day, ItemState
from lumbar.core.record import Fact, Record, new_fact

AT = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
PROGRAMME = lumbar.programme("home")


class Story:
    """Facts one after the other, and the day's text after them."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def tell(self, fact_type: str, at: datetime = AT, **body: Any) -> None:
        self.facts.append(new_fact(fact_type, body, fact_id=f"{len(self.facts):06d}", person="p", at=at))

    def begin(self, **answers: str) -> None:
        given = {**dict.fromkeys(PROGRAMME.form.items, "no"), **answers}
        self.tell("screen-answered", kind="full", answers=given, details={}, nprs=3, pain_now=2)
        self.tell("acknowledged", text="screen.acknowledge", version=PROGRAMME.form.acknowledge_version)

    def hold(self, exercise: str, side: str | None, at: datetime, **changes: Any) -> None:
        body = {"session": "s", "step": 1, "exercise": exercise, "rung": "any", "side": side, "set": 1, "hold": 1}
        body |= {"target_s": 5, "credited_s": 5, "outcome": "done", "measured": False, "faults": []}
        self.tell("set-done", at, **{**body, **changes})

    def do_all(self, at: datetime) -> None:
        for item in self.day(at).items:
            for side, sets in zip(item.sides, item.side_sets, strict=True):
                for _ in range(sets if item.state is ItemState.DUE else 0):
                    self.hold(item.exercise, side, at)

    def day(self, at: datetime) -> Day:
        return lumbar.plan(PROGRAMME, Record(self.facts), at)

    def text(self, at: datetime) -> list[str]:
        plain = (line.replace("\u00a0", " ") for line in lines(self.day(at).as_json(), shipped_words()))
        return list(plain)


@pytest.fixture
def story() -> Story:
    return Story()


def first_run(story: Story) -> None:
    assert story.facts == []


def due(story: Story) -> None:
    story.begin()


def done(story: Story) -> None:
    story.begin()
    story.do_all(AT)


def hurt(story: Story) -> None:
    story.begin()
    story.hold("plank", None, AT)
    story.hold("plank", None, AT, outcome="hurt", credited_s=1)
    story.do_all(AT + timedelta(minutes=1))


def paused(story: Story) -> None:
    story.begin(A1="yes")


@pytest.mark.parametrize("tell", [first_run, due, done, hurt, paused])
def test_nothing_is_said_twice_and_no_id_is_seen(story: Story, tell: Callable[[Story], None]) -> None:
    tell(story)
    text = story.text(AT + timedelta(hours=1))
    assert text[0].startswith("Tuesday 3 March 2026: ")
    sentences = [part for line in text[:4] for part in line.split(". ")]
    assert len(sentences) == len(set(sentences))
    for step in "\n".join(text).split("\n\n")[1:]:
        reasons = [line for line in step.splitlines()[1:] if not line.startswith(("  •", "  ✓", "  –", "  +"))]
        whole = [line.strip() for line in reasons if line.startswith("  ") and not line.startswith("      ")]
        assert not {line.strip() for line in reasons if line.startswith("      ")} & set(whole)
    assert not any("@" in line or "{" in line or "plan." in line for line in text)


def test_the_first_run_says_where_to_begin(story: Story) -> None:
    text = "\n".join(story.text(AT))
    assert "later" not in text
    assert "rests today" not in text
    assert text.count("questions come first") == 1 + 4, "once for the day, and once for each step"
    assert "The first hold is measured" not in text, "how much it is matters once it may be done"
    assert text.count("lumbar serve") == 1
    assert "Next:" not in text


def test_the_steps_minutes_come_to_the_days(story: Story) -> None:
    due(story)
    text = "\n".join(story.text(AT))
    assert "About 17 minutes" in text
    assert sum(map(int, re.findall(r"\((\d+) min\)", text))) == 17


def test_a_measured_hold_is_told_as_one(story: Story) -> None:
    due(story)
    text = "\n".join(story.text(AT))
    assert "• Plank: measured, then one more" in text
    assert "The first hold is measured" in text


def test_what_is_done_tells_what_was_held(story: Story) -> None:
    done(story)
    text = "\n".join(story.text(AT + timedelta(hours=1)))
    assert "✓ Plank: 10 s held" in text
    assert "✓ Side plank: 10 s left, 10 s right held" in text
    assert "Done for today" in text
    assert "Next: Stretches again, " in text


def test_a_past_sessions_repetitions_are_told_as_such(story: Story) -> None:
    due(story)
    kept = (("hip-hinge", 16, 2.0), ("plank", 2, 5.0), ("star-jump", 16, 2.0))
    doses = tuple(Shown(AT, "rules", exercise, "goal", sets, hold_s) for exercise, sets, hold_s in kept)
    told = DayAsShown(story.day(AT), Record(story.facts), doses, same_rules=True)
    known = PROGRAMME.exercises
    text = [line.replace("\u00a0", " ") for line in shown(told, shipped_words(), known)]
    assert text[2:4] == ["  08:00 Hip hinge: 2 × 8 repetitions", "  08:00 Plank: 2 × 5 s"]
    assert text[4].endswith("16 × 2 s"), "what the catalogue knows no longer is told as it was kept"


def test_a_past_session_is_told_as_the_day_itself_told_it(story: Story) -> None:
    """Each side, a measured hold as one and what was carried, in the words that the day itself has for them."""
    due(story)
    doses = (
        Shown(AT, "rules", "hip-flexor-stretch", "half-kneeling", 1, 30, ("left", "right")),
        Shown(AT, "rules", "plank", "forearm", 2, 30, (None,), load_kg=11.0),
        Shown(AT, "rules", "side-plank", "short-lever", 3, 25, ("left", "right"), test="again"),
    )
    told = DayAsShown(story.day(AT), Record(story.facts), doses, same_rules=True)
    text = [line.replace("\u00a0", " ") for line in shown(told, shipped_words(), PROGRAMME.exercises)]
    assert [line.split(": ", 1)[1] for line in text[2:]] == [
        "30 s on each side",
        "2 × 30 s, with 11 kg",
        "measured, then 2 × 25 s, on each side",
    ]


def test_a_past_day_asks_for_nothing_any_more(story: Story) -> None:
    story.begin()
    for side in ("left", "right"):
        story.hold("hip-flexor-stretch", side, AT, target_s=30, credited_s=30)
    evening = story.day(AT + timedelta(hours=18))
    told = past(DayAsShown(evening, Record(story.facts), (), same_rules=True), shipped_words(), PROGRAMME.exercises)
    text = "\n".join(told).replace("\u00a0", " ")
    assert "✓ Hip flexor stretch: 30 s left, 30 s right held" in text
    assert "– Hamstring stretch: 30 s on each side" in text
    assert "✓ done  – not done" in text
    assert not re.search(r"•|\+|\d min\)|lumbar serve|Next:|short version|How long a walk", text)


def test_the_marks_are_told_at_the_end(story: Story) -> None:
    due(story)
    *_, empty, marks, last = story.text(AT)
    assert (empty, marks) == ("", "• to do  ✓ done  + if you like  – not now")
    assert "`lumbar why` and an exercise" in last


@pytest.mark.parametrize("tell", [first_run, due, done, hurt, paused])
def test_no_step_repeats_its_name(story: Story, tell: Callable[[Story], None]) -> None:
    tell(story)
    text = story.text(AT + timedelta(hours=1))
    for head, first in pairwise(text):
        if head[:1].isdigit():
            assert first.strip() not in head


def test_a_day_is_read_in_ten_seconds(story: Story) -> None:
    """At most one reason an exercise, and none of what a weight waits for: `lumbar why` has those."""
    due(story)
    for days in range(0, 12, 2):
        at = AT + timedelta(days=days)
        story.tell("daily-check-answered", at, ticks=[], answers={}, details={})
        story.do_all(at)
    text = story.text(AT + timedelta(days=12))
    assert len(text) <= 34
    assert not any("A weight" in line for line in text)
    assert not any(first.startswith("      ") and second.startswith("      ") for first, second in pairwise(text))
    assert sum("The first hold is measured" in line for line in story.text(AT)) <= 1, "not again with other numbers"


def test_what_hurt_is_not_called_done(story: Story) -> None:
    hurt(story)
    text = "\n".join(story.text(AT + timedelta(hours=1)))
    assert "Enough for today" in text
    assert "– Plank" in text
    assert "1 of 2 holds, then you said that it hurt." in text
    assert "Core work done" not in text
    assert "Done for today" not in text


def test_a_pause_says_where_the_way_back_is(story: Story) -> None:
    paused(story)
    text = "\n".join(story.text(AT))
    assert "What opens it again is on the page" in text
    assert "Plank" not in text
    assert "Next:" not in text


def test_it_says_whether_somebody_has_looked_at_the_plan(story: Story) -> None:
    story.begin()
    assert "Not reviewed by an expert yet." in story.text(AT)
    story.tell("review-recorded", by_whom="Jo Park", profession="physiotherapist", reviewed_on="2026-03-03",
               examined=True, load=False, decision="go-on", changes={}, note="Walk on {grass}.")  # fmt: skip
    text = story.text(AT + timedelta(hours=1))
    assert "Reviewed by Jo Park on Tuesday 3 March 2026." in text
    assert "They write: “Walk on {grass}.”" in text
    assert not any(line.startswith("Not reviewed") for line in text)
    assert "The review by Jo Park on Tuesday 3 March 2026 is out of date." in story.text(AT + timedelta(days=100))
