"""What a virtual person's core work was: what was asked for, and what was told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan asked for. rung: its number on the ladder, the easiest 0. test_s: the most of a measured hold that
    stands in the place of the first one; 0 without one. baseline: it is one of the first such, whose
    other holds say nothing of what may be asked for."""

    rung: int
    hold_s: int
    sets: int
    load_kg: float = 0.0
    test_s: int = 0
    baseline: bool = False

    @property
    def hardness(self) -> tuple[int, float, int]:
        """Doses are ordered by rung, load and total hold, of a measured one the most that it may come to."""
        measured_s = max(0, self.test_s - self.hold_s)
        return (self.rung, self.load_kg, self.hold_s * self.sets + measured_s)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured hold, that of the shorter side. gave_out: it ended before its time."""

    held_s: float
    gave_out: bool


@dataclass(frozen=True, slots=True)
class Rungs:
    """An exercise's rungs as numbers, for the rules. plain: those of its ladder, the easiest first; first: where
    everybody begins; goal: those that count as the brief's form."""

    plain: tuple[int, ...]
    first: int
    goal: frozenset[int]

    def below(self, rung: int) -> int | None:
        """The next easier one; None on the easiest."""
        return max((one for one in self.plain if one < rung), default=None)

    def above(self, rung: int) -> int | None:
        """The next harder one; None on the last, and where the form is the brief's."""
        return None if rung in self.goal else min((one for one in self.plain if one > rung), default=None)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One core session: what was asked for, and what was told of it.

    done: exercises with every hold held; kept: of them, those in a kept shape; seen: those that a camera saw well held
    for 95 % of the time; untidy: those with a fault for more than 20 % of it. usual: the middle one of the last seven
    pains before, the lower of two; None before there is any (3.4). late: something of it arrived only when the next one
    had been asked for. short: the short version of the day. tests: the measured holds. first_s: what the first hold
    came to, where it was no measured one. body_mass_kg and helper: as told by then. held: an answer to the safety
    questions makes less of the dose. morning_pain: 0-10, where a number was told. known_on: the day by which all of it
    had arrived, where that was not its own.
    """

    on: date
    asked: Mapping[str, Asked]
    before: int
    worst: int
    morning: str | None
    spread: bool
    named: frozenset[str]
    effort: int
    done: frozenset[str]
    kept: frozenset[str]
    may_load: bool
    usual: int | None = None
    late: bool = False
    short: bool = False
    tests: Mapping[str, Measured] = field(default_factory=dict)
    first_s: Mapping[str, float] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    untidy: frozenset[str] = frozenset()
    body_mass_kg: float | None = None
    helper: bool = False
    held: bool = False
    morning_pain: int | None = None
    known_on: date | None = None

    def red(self, exercise: str) -> bool:
        """Whether the back did not like it, as far as this exercise is concerned (3.4)."""
        rise = self.worst - self.before
        during = self.worst >= 6 or (rise >= 3 and self.worst >= 4)
        next_day = self.morning_pain is not None and (
            self.morning_pain >= 6 or (self.morning_pain >= self.before + 3 and self.morning_pain >= 4)
        )
        return self.morning == "clearly-worse" or self.spread or next_day or (during and self.concerns(exercise))

    def amber(self, exercise: str) -> bool:
        """Whether it left the back a bit worse, as far as this exercise is concerned; pain before alone never (3.4)."""
        rose = self.worst - self.before >= 2 and self.worst >= 3
        next_day = self.morning_pain is not None and self.morning_pain >= max(3, self.before + 2)
        told = self.morning == "a-bit-worse" or next_day or (rose and self.concerns(exercise))
        return told and not self.red(exercise)

    def green(self, exercise: str) -> bool:
        """Whether it took it well, the morning after included."""
        rise = self.worst - self.before
        quiet = not (rise >= 2 and self.worst >= 3)
        calm = self.before < 5 and (self.usual is None or self.before < self.usual + 2)
        well = self.morning == "same-or-better" and quiet and calm
        return well and not self.amber(exercise) and not self.red(exercise)

    def concerns(self, exercise: str) -> bool:
        """Whether what was felt in it is put down to this exercise (3.4)."""
        return not self.named or exercise in self.named

    def easy(self, exercise: str) -> bool:
        """Whether its effort was no more than counts, or is put down to others (3.3)."""
        return self.effort <= 6 or not self.concerns(exercise)
