"""Houses over SQLite and PostgreSQL, and random records to fill them with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.app.rules import Rules
from lumbar.core.record import Fact, new_fact
from lumbar.store import SqlStore

from .lives import lives

BEGAN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
EXERCISES = ("plank", "side-plank", "hamstring-stretch", "unheard-of")
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@dataclass
class HandClock:
    """Stands still until it is moved."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return 0.0


@dataclass
class Household:
    """A house with everything that belongs to it."""

    house: House
    store: SqlStore
    person: Person
    clock: HandClock
    settings: wiring.Settings

    def facts(self) -> list[Fact]:
        return self.store.record(self.person.id)

    def export(self, form: str = "json") -> bytes:
        return b"".join(self.house.export_record(self.person, form).pieces)


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": str(tmp_path_factory.mktemp("rules"))}))


Open = Callable[..., Household]


@pytest.fixture
def opened(rules: Rules, tmp_path: Path) -> Iterator[Open]:
    """Opens a house; the same name again opens it again."""
    stores = []

    def go(name: str = "home", **environment: str) -> Household:
        settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path / name), **environment})
        store = wiring.build_store(settings)
        stores.append(store)
        clock = HandClock()
        house = wiring.build_house(rules, store, "token", clock, settings)
        person = house.people.only()
        return Household(house, store, person, clock, settings)

    yield go
    for store in stores:
        store.close()


@pytest.fixture(params=KINDS)
def home(request: pytest.FixtureRequest, opened: Open) -> Household:
    """An empty house over each database."""
    if request.param == "sqlite":
        return opened()
    url = request.getfixturevalue("postgres_url").replace("postgresql+psycopg", "postgresql")
    return opened(LUMBAR_DATABASE_URL=url)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
"""Any script, control characters and emoji among them."""


@st.composite
def bodies(draw: st.DrawFn, facts: int = 4) -> tuple[str, dict[str, Any]]:
    """A fact of some type, with what a page may tell. facts: so many there are that may be taken back or amended."""
    n, nprs = draw(st.integers(0, 3)), draw(st.integers(0, 10))
    other = str(UUID(int=draw(st.integers(0, facts - 1))))
    session = draw(st.sampled_from(("s", "t")))
    held_s = draw(st.floats(0, 90))
    kinds: dict[str, dict[str, Any]] = {
        "set-done": {
            "session": session, "step": n, "exercise": EXERCISES[n], "rung": "forearm", "set": 1, "hold": 1,
            "side": (None, "left", "right", "left")[n], "target_s": 30, "credited_s": held_s, "measured": n == 1,
            "outcome": ("done", "done", "stopped", "hurt")[n], "faults": [{"id": "hips-sagging", "from_s": 0.1}] * n,
            "in_position_s": held_s, "load_kg": (None, 5, 7.5, 11.34)[n],
        },
        "session-started": {"session": session, "script": {"steps": [{"i": 1, "words": draw(WORDS)}]}},
        "session-ended": {"session": session, "how": "finished"},
        "pain-reported": {"when": ("before", "after", "during", "morning-after")[n], "nprs": nprs, "words": None,
                          "session": session, "further_down_leg": False},
        "effort-reported": {"session": session, "effort": nprs, "exercises": ["plank"][:n]},
        "flare-reported": {"note": draw(WORDS)},
        "walk-done": {"minutes": nprs + 1},
        "person-described": {"body_mass_kg": 60 + held_s, "birth_year": 1980, "helper": None, "equipment": ["chair"]},
        "outcome-answered": {"instrument": "psfs", "activities": [{"name": "a" + draw(WORDS), "rating": nprs}]},
        "review-recorded": {"by_whom": draw(WORDS), "profession": "physiotherapist", "reviewed_on": "2026-03-02",
                            "examined": True, "decision": "with-changes", "changes": {"plank": {"hold_s": 20}}},
        "retracted": {"fact": other},
        "amended": {"fact": other, "body": {"nprs": nprs}},
        "of-a-newer-lumbar": {"what": draw(WORDS), "deep": [[{"x": draw(FINITE)}]],
                              "nothing": None, "many": draw(st.integers())},
    }  # fmt: skip
    kind = draw(st.sampled_from(sorted(kinds)))
    return kind, kinds[kind]


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> list[tuple[Any, ...]]:
    """What happened, without whose it is: type, body, when, and when it was recorded. Most are the life of somebody who
    is in the plan, with facts strewn into it from anywhere; some are nothing but those."""
    hours, late = draw(st.integers(-11, 14)), draw(st.integers(-600, 600))
    life = draw(st.one_of(lives(), lives(), lives(), st.just([])))
    strewn = [
        (*draw(bodies(len(life) or 4)), draw(st.integers(0, 17 * 24 * 60)), draw(st.integers(-600, 600)),
         draw(st.integers(-11, 14)))
        for _ in range(draw(st.integers(0, most)))
    ]  # fmt: skip
    return [*((kind, body, minutes, late, hours) for kind, body, minutes in life), *strewn]


def facts_of(story: list[tuple[Any, ...]], person: str) -> list[Fact]:
    """The facts of a story."""
    facts = []
    for number, (kind, body, minutes, late, hours) in enumerate(story):
        at = (BEGAN + timedelta(minutes=minutes, microseconds=number)).astimezone(timezone(timedelta(hours=hours)))
        envelope = {
            "recorded_at": at.astimezone(UTC) + timedelta(minutes=late),
            "device": "phone",
            "zone": "Asia/Tokyo",
        }
        facts.append(new_fact(kind, body, fact_id=str(UUID(int=number)), person=person, at=at, **envelope))
    return facts


@pytest.fixture(scope="session")
def told() -> Callable[..., list[Fact]]:
    """The facts of a story, as facts of somebody."""
    return facts_of


@pytest.fixture(scope="session")
def some(told: Any) -> Callable[[str], list[Fact]]:
    """A few facts of somebody, always the same."""
    story = [
        ("set-done", {"session": "s", "step": n, "exercise": "plank", "rung": "forearm", "side": None, "set": 1,
                      "hold": 1, "target_s": 30, "credited_s": 28.5, "measured": False, "outcome": "done",
                      "faults": []},
         n * 1440, 0, 1)
        for n in range(10)
    ]  # fmt: skip
    note = ("flare-reported", {"note": "=cmd|' /C calc'!A0 \u8170\u75db \u0638\u0647\u0631"}, 900, 0, 1)
    begun = ("session-started", {"session": "s", "script": {"big": "x" * 50}}, 5, 0, 0)
    return lambda person: facts_of([*story, note, begun], person)
