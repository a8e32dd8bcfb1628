"""What does not change while a server runs: exercises, programme, screening, words, and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbar.catalog import Catalogue
from lumbar.catalog.rules import Rule
from lumbar.catalog.words import Tongues, Words
from lumbar.core.exercise import Exercise, Step
from lumbar.core.plan import Programme
from lumbar.core.safety import Form


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything read from files. version: of the rules that make a day of a record; coach: of the code that judges.

    measured: how far the coach can be trusted, as `catalog/validation.json` has it. behind: the rules behind the
    plan's reasons; tables: the programme's file, which has their numbers.
    """

    catalogue: Catalogue
    programme: Programme
    form: Form
    tongues: Tongues
    version: str
    coach: str
    measured: Mapping[str, Any]
    behind: tuple[Rule, ...]
    tables: Mapping[str, Any]

    @property
    def words(self) -> Words:
        """The words of the usual language."""
        return self.tongues.of(None)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, step by step, in the programme's order; those that it has not come last."""
        steps, places = list(Step), list(self.programme.exercises)

        def place(exercise: Exercise) -> tuple[int, int]:
            known = exercise.id in self.programme.exercises
            return steps.index(exercise.step), places.index(exercise.id) if known else len(places)

        return tuple(sorted(self.catalogue.exercises.values(), key=place))
