"""A virtual person's record, as a house keeps it: two devices tell it things, late, out of order and by wrong clocks.

It also knows, of what has arrived and by a way of its own, what the plan must not forget: which warning signs stand,
and when there was core work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from lumbar.core.record import Fact, Record, new_fact
from lumbar.core.safety import Form, Tier
from lumbar.core.simulate.people import Chance


@dataclass(frozen=True, slots=True)
class Device:
    """Something that tells facts. ahead: by how much its clock is wrong; offline: the share of its sessions that it
    tells days later."""

    id: str
    ahead: timedelta = timedelta()
    offline: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """Core work that the house knows of: when it was, by the better of two clocks."""

    at: datetime
    on: date
    session: str


class House:
    """What has arrived of one person's facts, and what is still on its way."""

    def __init__(self, form: Form, core: Iterable[str], chance: Chance) -> None:
        self.record = Record()
        self.warned: set[str] = set()
        self.work: list[Work] = []
        self._form, self._core, self._chance = form, frozenset(core), chance
        self._coming: list[tuple[datetime, Fact]] = []
        self._ids = count(1)

    def tell(self, kind: str, at: datetime, device: Device, /, *, late: timedelta = timedelta(), **body: Any) -> None:
        """A fact, told at a true moment by a device, which arrives so much later."""
        fact = self.fact(kind, at, device, late=late, **body)
        self._coming.append((fact.recorded_at, fact))

    def fact(self, kind: str, at: datetime, device: Device, /, *, late: timedelta = timedelta(), **body: Any) -> Fact:
        """The same fact, untold."""
        return new_fact(
            kind, body, fact_id=f"{next(self._ids):06}", person="p", at=at + device.ahead, zone=str(at.tzinfo),
            recorded_at=at.astimezone(UTC) + late, device=device.id,
        )  # fmt: skip

    @property
    def coming(self) -> list[Fact]:
        """What is on its way."""
        return [fact for _, fact in self._coming]

    def take(self, at: datetime) -> Record:
        """The record with everything that has arrived by now, in no order."""
        here = [fact for taken_at, fact in self._coming if taken_at <= at]
        if here:
            self._coming = [one for one in self._coming if one[0] > at]
            mixed = self.mixed(here)
            self.record = self.record.merge(mixed)
            for fact in sorted(here, key=lambda fact: fact.recorded_at):
                self._notice(fact)
        return self.record

    def waits_for(self, session: str) -> bool:
        """Whether something of a session is still on its way."""
        return any(fact.body.get("session") == session for _, fact in self._coming)

    def mixed(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts in any order."""
        return [fact for _, _, fact in sorted((self._chance.random(), fact.id, fact) for fact in facts)]

    def in_another_order(self) -> Record:
        """The same facts, merged piece by piece in any order."""
        facts = self.mixed(self.record.uncorrected)
        third = len(facts) // 3
        return Record(facts[:third]).merge(facts[third : 2 * third]).merge(facts[2 * third :])

    def _notice(self, fact: Fact) -> None:
        if fact.type == "set-done" and fact.body["exercise"] in self._core and fact.body["credited_s"] > 0:
            self.work.append(Work(*fact.happened(), fact.body["session"]))
        elif fact.type == "clearance-recorded" and fact.body["may_exercise"]:
            self.warned.discard(fact.body["item"])
        elif fact.type in ("screen-answered", "daily-check-answered"):
            self._warn(fact.body["answers"], whole=fact.type == "screen-answered")

    def _warn(self, answers: Mapping[str, str], *, whole: bool) -> None:
        """A warning sign stands until somebody was seen about it; one that was left unsaid, until it is answered."""
        for item, answer in answers.items():
            if self._form.items[item].tier is not Tier.A:
                continue
            if answer == "rather-not-say":
                self._unsaid(item)
            elif answer != "no":
                self.warned.add(item)
            elif whole and f"unsaid {item}" in self.warned:
                self.warned.discard(f"unsaid {item}")

    def _unsaid(self, item: str) -> None:
        if item not in self.warned:
            self.warned.add(f"unsaid {item}")
