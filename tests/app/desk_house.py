"""A household and its one person at a desk, on a hand-cranked clock: where every test of the desk begins."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.ports import Person, Store
from lumbar.app.record_facts import Draft
from lumbar.app.rules import Rules
from lumbar.core.body import Frame
from lumbar.core.posture import calibrate
from lumbar.core.record import Fact
from lumbar.pose import trace
from lumbar.store import MemoryStore

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRACE = Path(__file__).parents[1] / "data/posture/desk_drift.jsonl.gz"
MODEL = "f" * 64

FRAMES = list(trace.frames(TRACE))
TALL = [frame for frame in FRAMES if frame.t_s < 4]
SLUMP = [frame for frame in FRAMES if 11.6 <= frame.t_s <= 13.9]
NOBODY = [Frame.from_landmarks(None, aspect=4 / 3, t_s=0.0)]


@dataclass
class Clock:
    """While the machine sleeps the wall's clock goes on, and the other one stands."""

    began: datetime = BEGAN
    s: float = 0.0
    slept_s: float = 0.0

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.s + self.slept_s)

    def monotonic_s(self) -> float:
        return self.s


def rules_of(home: Path) -> Rules:
    """What ships, and nothing of anybody's own."""
    return wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": str(home)}))


@dataclass
class Household:
    """A house and its one person."""

    house: House
    person: Person
    clock: Clock

    @classmethod
    def over(cls, rules: Rules, home: Path, clock: Clock, store: Store | None = None, **more: Any) -> Self:
        """Over a store; in memory without one. more: what else the kind of household is made of."""
        settings = wiring.read_settings({"LUMBAR_HOME": str(home)})
        store = MemoryStore() if store is None else store
        house = wiring.build_house(rules, store, "secret-token", clock, settings)
        return cls(house, house.people.only(), clock, **more)

    def tell(self, fact_type: str, person: Person | None = None, **body: Any) -> None:
        draft = Draft(wiring.new_id(), fact_type, 1, self.clock.now(), "UTC", "test", body)
        self.house.record_facts(person or self.person, [draft], source="page")

    def screen(self, person: Person | None = None, **answers: str) -> None:
        """Every first question answered with no, but for the answers given."""
        given = {**dict.fromkeys(self.house.rules.form.items, "no"), **answers}
        self.tell("screen-answered", person, kind="full", answers=given, details={}, nprs=3, pain_now=2)

    def acknowledge(self) -> None:
        self.tell("acknowledged", text="screen.acknowledge", version=self.house.rules.form.acknowledge_version)

    def keep(self, name: str = "desk") -> None:
        """A profile, from the recording's tall and slumped seconds."""
        self.house.desk.keep(self.person, name, calibrate(TALL, SLUMP, self.house.desk.settings), MODEL)

    def facts(self, *types: str) -> list[Fact]:
        """What the record has of these types, in order of time; all of it without any."""
        found = self.house.store.record(self.person.id)
        return [fact for fact in found if fact.type in types] if types else found
