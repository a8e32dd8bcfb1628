"""`lumbar outcomes`: what is due, every score, and the last one beside the first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.record_facts import Draft
from lumbar.catalog.words import shipped_words
from lumbar.cli.outcomes import lines
from lumbar.store import MemoryStore

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Clock:
    """Stands where it is put."""

    at = BEGAN

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return 0.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(clock: Clock, tmp_path: Any) -> House:
    rules = wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": str(tmp_path)}))
    return wiring.build_house(rules, MemoryStore(), "secret-token", clock)


@pytest.fixture
def tell(house: House, clock: Clock) -> Callable[..., None]:
    def told(fact_type: str, day: int, **body: Any) -> None:
        clock.at = BEGAN + timedelta(days=day - 1)
        person = house.people.only()
        house.record_facts(person, [Draft(wiring.new_id(), fact_type, 1, clock.at, "UTC", "d", body)], source="page")

    return told


def text(house: House) -> list[str]:
    person = house.people.only()
    return list(lines(house.show_outcomes(person), shipped_words()))


def test_before_anything_was_answered(house: House) -> None:
    told = text(house)
    assert told.count("  Nothing answered yet.") == 4
    assert not any("until" in line for line in told)


def test_scores_stand_beside_the_first_and_what_matters(house: House, tell: Callable[..., None]) -> None:
    form = house.rules.form
    answers = dict.fromkeys(form.items, "no")
    tell("screen-answered", 1, kind="full", answers=answers, details={}, nprs=7, pain_now=2)
    tell("acknowledged", 1, text="screen.acknowledge", version=form.acknowledge_version)
    assert not any("To answer" in line for line in text(house))
    tell("outcome-answered", 2, instrument="rmdq-24", ticks=list(range(1, 13)))
    tell("outcome-answered", 8, instrument="nprs", nprs=5, walked_minutes=90)
    told = text(house)
    assert "  No clear change yet: 7 at first, 5 now." in told
    assert any("Better counts from 3 points on, and worse from 2." in line for line in told)
    assert any("90 minutes" in line for line in told)
    assert "  12 of 24 sentences" in told
    assert "  This is your first answer. Later ones are shown beside it." in told
    assert any(line.startswith("To answer in the page until") and "What matters to you" in line for line in told)
    tell("outcome-answered", 15, instrument="nprs", nprs=4)
    assert "  Clearly better than at first: 7 then, 4 now." in text(house)


def test_every_message_has_words_at_every_score(house: House, tell: Callable[..., None]) -> None:
    """Whatever the answers are, they are told in whole sentences and never in ids."""
    for day, (nprs, ticks, rating, impression) in enumerate(
        [(1, 2, 5, 1), (0, 8, 9, 4), (3, 0, 0, 7), (10, 24, 10, 2), (1, 3, 7, 5)], 2
    ):
        tell("outcome-answered", day, instrument="nprs", nprs=nprs)
        tell("outcome-answered", day, instrument="rmdq-24", ticks=list(range(1, ticks + 1)))
        tell("outcome-answered", day, instrument="psfs", activities=[{"name": f"thing {day // 6}", "rating": rating}])
        tell("outcome-answered", day, instrument="pgic", impression=impression)
        told = text(house)
        assert not any("outcome." in line or "{" in line for line in told)
