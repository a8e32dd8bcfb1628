"""Whatever the line does to the frames, the same frames earn the same seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lumbar
from lumbar.app.live import Hello, LiveSession
from lumbar.app.ports import Person
from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.errors import Conflict

PERSON = Person("p", datetime(2026, 3, 1, tzinfo=UTC))
HELLO = Hello("s", 1, 0, 16 / 9, "plank", None, None, 60.0)
PLANK = lumbar.exercise("plank")
STORY = list(enumerate(figure.story(PLANK, fps=15, hold_s=4)))


@dataclass
class Still:
    s: float = 0.0

    def now(self) -> datetime:
        return PERSON.since

    def monotonic_s(self) -> float:
        return self.s


def undisturbed() -> lumbar.Coach:
    coach = lumbar.Coach(PLANK, target_s=60)
    for _, frame in STORY:
        coach.feed(frame)
    return coach


EARNED = undisturbed().progress


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(("send", "drop", "resend", "restart")), st.integers(1, 60)), max_size=12))
def test_drops_repeats_and_restarts_cost_nothing(mishaps: list[tuple[str, int]]) -> None:
    """The page's side of the contract: it keeps the hold's frames, and sends from where the server says."""
    live = LiveSession(shipped_catalogue(), Still())
    line = live.open(PERSON, HELLO)
    for mishap, size in [*mishaps, ("send", len(STORY))]:
        if mishap == "restart":
            live = LiveSession(shipped_catalogue(), Still())
        if mishap in ("drop", "restart"):
            line = live.open(PERSON, HELLO)
        start = max(0, line.next_seq - size) if mishap == "resend" else line.next_seq
        line.feed(STORY[start : start + size])
    line.feed(STORY[line.next_seq :])
    assert line.progress == EARNED


def test_the_older_line_is_told_and_the_coach_unharmed() -> None:
    live = LiveSession(shipped_catalogue(), Still())
    old = live.open(PERSON, HELLO)
    old.feed(STORY[:40])
    new = live.open(PERSON, HELLO)
    with pytest.raises(Conflict):
        old.feed(STORY[40:])
    assert new.next_seq == 40
    new.feed(STORY[40:])
    assert new.progress == EARNED


def test_two_people_have_two_coaches() -> None:
    live = LiveSession(shipped_catalogue(), Still())
    live.open(PERSON, HELLO).feed(STORY)
    assert live.open(Person("q", PERSON.since), HELLO).next_seq == 0
