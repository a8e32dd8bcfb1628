"""Why a dose is what it is: its reasons, the rule behind each with its numbers, source and sign-off, and the days it
looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbar.app.past import ShowDay
from lumbar.app.ports import Person
from lumbar.app.rules import Rules
from lumbar.catalog.rules import Rule, numbers_of, rule_of
from lumbar.core.errors import NotFound
from lumbar.core.plan.day import Item
from lumbar.core.plan.day import Why as Reason
from lumbar.core.plan.looked import Looked, looked_at

MOST_DAYS = 6
"""So many days are enough to see a step coming, and few enough to read."""


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, with the rule that gives it; None for the words of an answer."""

    reason: Reason
    rule: Rule | None
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An exercise on a day: how it stood, because of what, and what was looked at, the latest first."""

    on: date
    item: Item
    because: tuple[Because, ...]
    looked: tuple[Looked, ...]


class ShowWhy:
    """Explains an exercise of a day."""

    def __init__(self, show_day: ShowDay, rules: Rules) -> None:
        self._show_day = show_day
        self._rules = rules

    def __call__(
        self, person: Person, exercise_id: str, *, on: date | None = None, zone: str | None = None
    ) -> Explanation:
        """Raises NotFound for an exercise that the programme has not and a day before the first, Misuse for a day to
        come."""
        programme = self._rules.programme
        if exercise_id not in programme.exercises:
            known = ", ".join(sorted(programme.exercises))
            raise NotFound("error.no-exercise", exercise=exercise_id, known=known)
        past = self._show_day(person, on=on, zone=zone)
        item = past.day.item(exercise_id)
        if item is None:
            raise NotFound("error.no-exercise", exercise=exercise_id, known=", ".join(sorted(programme.exercises)))
        looked = looked_at(programme, past.record, programme.exercises[exercise_id], before=past.day.on, most=MOST_DAYS)
        return Explanation(past.day.on, item, tuple(map(self._because, item.reasons)), looked)

    def _because(self, reason: Reason) -> Because:
        rule = rule_of(reason.message.id, self._rules.behind)
        return Because(reason, rule, {} if rule is None else numbers_of(rule, self._rules.tables))
