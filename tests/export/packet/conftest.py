"""Lives to print: an empty record, two months of training, and ten years of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import lumbar
from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.catalog.words import Words, shipped_words
from lumbar.core.body import Side
from lumbar.core.packet import Packet, make_packet
from lumbar.core.record import Fact, Record, new_fact

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PROGRAMME = lumbar.programme("home")


@dataclass
class Life:
    """Facts, one after the other."""

    facts: list[Fact] = field(default_factory=list)
    at: datetime = AT

    def tell(self, fact_type: str, at: datetime | None = None, **body: Any) -> "Life":
        moment = at or self.at
        self.facts.append(new_fact(fact_type, body, fact_id=f"{len(self.facts):07d}", person="p", at=moment))
        return self

    def screen(self, **answers: str) -> "Life":
        given = {**dict.fromkeys(PROGRAMME.form.items, "no"), **answers}
        return self.tell("screen-answered", kind="full", answers=given, details={}, nprs=5, pain_now=2)

    def describe(self, **told: Any) -> "Life":
        return self.tell("person-described", **told)

    def train(self, days: int, *, red_on: int | None = None) -> "Life":
        """Core work every other day and all stretches, without asking the plan: ten years take no time."""
        for day in range(days):
            at, name = self.at + timedelta(days=day), f"s{len(self.facts)}"
            self.tell("session-started", at, session=name, script={})
            exercises = [
                e for e in PROGRAMME.exercises.values() if not e.step.ours and (e.step != "core" or not day % 2)
            ]
            for exercise in exercises:
                for side in (Side.LEFT, Side.RIGHT) if exercise.two_sided else (None,):
                    self._hold(exercise.id, exercise.first_rung.id, side, at, name)
            if day % 2 == 0:
                worst = 7 if day == red_on else 2
                self.tell("effort-reported", at, session=name, effort=4)
                self.tell("pain-reported", at, when="after", nprs=worst, session=name, further_down_leg=False)
            if day % 7 == 6:
                self.tell("outcome-answered", at, instrument="nprs", nprs=max(2, 5 - day // 14))
        self.at += timedelta(days=days)
        return self

    def _hold(self, exercise: str, rung: str, side: Side | None, at: datetime, session: str) -> None:
        told = {"session": session, "step": 1, "exercise": exercise, "rung": rung, "set": 1, "hold": 1, "target_s": 30}
        told |= {"side": None if side is None else side.value, "credited_s": 30, "outcome": "done", "measured": True}
        self.tell("set-done", at, **told, in_position_s=30, unjudged_s=0, faults=[])

    @property
    def record(self) -> Record:
        return Record(self.facts)

    @property
    def packet(self) -> Packet:
        return make_packet(PROGRAMME, self.record, self.at)


@pytest.fixture
def life() -> Life:
    return Life()


@pytest.fixture
def full(life: Life) -> Life:
    """As much as a page may have to hold: every score, three decisions, a flare-up, a long goal and a long name.
    The last packet came back with nothing ticked, so that the decisions are asked for again."""
    life.screen(B3="yes", B4="yes", B6="yes", C1="yes", C3="yes", C4="yes", C7="yes")
    life.describe(name="Maximiliane Konstantinopolitanska-Featherstonehaugh", birth_year=1961, goal="garden " * 50)
    life.train(60, red_on=40)
    life.tell("outcome-answered", instrument="rmdq-24", ticks=list(range(1, 12)))
    life.tell("outcome-answered", AT, instrument="psfs", activities=[{"name": "Sit through a film", "rating": 3}])
    life.tell("outcome-answered", instrument="psfs", activities=[{"name": "Sit through a film", "rating": 6}])
    life.tell("flare-reported", AT + timedelta(days=30))
    life.tell("review-recorded", by_whom="Dr " + "Long " * 20, profession="p" * 150, reviewed_on="2026-03-20",
              examined=True, decision="go-on", packet="0" * 16)  # fmt: skip
    return life


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture(scope="session")
def words() -> Words:
    return shipped_words()


Make = Callable[..., Life]
