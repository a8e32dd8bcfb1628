"""What a person says of themselves. Each thing holds until they say it anew, or take it back."""

from dataclasses import dataclass, replace
from datetime import date

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
    known = Myself()
    for told in history.described:
        if told.on <= on:
            known = replace(known, **dict.fromkeys(told.withdrawn))
            known = replace(
                known,
                body_mass_kg=known.body_mass_kg if told.body_mass_kg is None else told.body_mass_kg,
                birth_year=known.birth_year if told.birth_year is None else told.birth_year,
                helper=known.helper if told.helper is None else told.helper,
                equipment=known.equipment if told.equipment is None else told.equipment,
                name=known.name if told.name is None else told.name,
                goal=known.goal if told.goal is None else told.goal,
            )
    return known
