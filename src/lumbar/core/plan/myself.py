"""What a person says of themselves. Each thing holds until they say it anew, or take it back."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from lumbar.core.plan.history import History


@dataclass(frozen=True, slots=True)
class Myself:
    """None where nothing was ever said. equipment: what is at hand; helper: somebody can hand a weight. name, goal:
    as they are to stand on what an expert reads, in the person's own words."""

    body_mass_kg: float | None = None
    birth_year: int | None = None
    helper: bool | None = None
    equipment: frozenset[str] | None = None
    name: str | None = None
    goal: str | None = None

    def as_json(self) -> dict[str, object]:
        """The same as plain values."""
        return {
            "body_mass_kg": self.body_mass_kg,
            "birth_year": self.birth_year,
            "helper": self.helper,
            "equipment": None if self.equipment is None else sorted(self.equipment),
            "name": self.name,
            "goal": self.goal,
        }


def myself(history: History, on: date) -> Myself:
    """What is known of a person on a day."""
    known: dict[str, Any] = {}
    for told in history.described:
        if told.on <= on:
            known |= dict.fromkeys(told.withdrawn)
            known |= {name: value for name in _TOLD if (value := getattr(told, name)) is not None}
    return Myself(**known)


_TOLD = tuple(field.name for field in fields(Myself))
