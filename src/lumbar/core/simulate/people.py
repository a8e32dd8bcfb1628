"""Virtual people: how much they can hold, how their pain goes, how well they keep to the plan and to the truth.

None of this claims to be how backs behave. It is there to lead the plan into every corner: each number is a choice of
ours, made so that good weeks, bad weeks, gaps, half-truths and silence all come up often.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from lumbar.core.changing import replace

T = TypeVar("T")


class Chance(Protocol):
    """What of a generator of random numbers is used here: a `random.Random` is one."""

    def random(self) -> float:
        """A number from 0 up to 1."""

    def uniform(self, a: float, b: float) -> float:
        """A number between two."""

    def randint(self, a: int, b: int) -> int:
        """A whole number between two, both included."""

    def gauss(self, mu: float, sigma: float) -> float:
        """A number around `mu`."""

    def choice(self, seq: Sequence[T]) -> T:
        """One of some."""


class Kind(StrEnum):
    """How somebody's pain goes."""

    GREEN = "green"
    STEADY = "steady"
    RECOVERING = "recovering"
    FLUCTUATING = "fluctuating"
    FLARING = "flaring"
    CREEPING = "creeping"


@dataclass(frozen=True, slots=True)
class Person:
    """One virtual person.

    capacity_s: how long they could hold each exercise at first; growth: by which share a session adds to it. pain:
    where theirs begins. adherence: the share of due days on which they train. silent: the share of mornings on which
    they tell nothing; lies: by how much they understate pain. camera: whether it measures them; tidy: the share of
    sessions with a kept shape. away: spells without exercise, each from a day for some days. books: after how many days
    they go to a review that is asked for; None: not for that alone. body_mass_kg and agreed_after: what a weight needs,
    where they have it. usual_walk_min: the walk that they call comfortable; walk_takes_min: what their back takes well;
    walks: the share of due days on which they walk. steep: which share of their strength the next harder form leaves
    them; slack: which share of a neat hold a fault stands for; numbered: the share of told mornings that come with a
    number; weekly: whether they tell the week's pain.
    """

    kind: Kind
    capacity_s: Mapping[str, float]
    growth: float
    pain: float
    adherence: float
    silent: float
    lies: int
    camera: bool
    tidy: float
    away: tuple[tuple[int, int], ...]
    books: int | None
    body_mass_kg: float | None
    helper: bool
    agreed_after: int | None
    usual_walk_min: int
    walk_takes_min: float
    walks: float
    steep: float = 1.0
    slack: float = 0.0
    numbered: float = 0.0
    weekly: bool = False


def born(chance: Chance, exercises: Sequence[str], more: Chance | None = None) -> Person:
    """Somebody new. more: what their further traits are drawn from, so that everything else of them stays the same
    whatever is added to these; without it they have none."""
    person = _born(chance, exercises)
    return person if more is None or person.kind is Kind.GREEN else _with_traits(person, more)


def _with_traits(person: Person, more: Chance) -> Person:
    return replace(
        person,
        steep=more.choice((1.0, 1.0, 0.6, 0.15)),
        slack=more.choice((0.0, 0.0, 0.07)),
        numbered=more.choice((0.0, 0.0, 0.4)),
        weekly=more.random() < 0.5,
        agreed_after=more.choice((person.agreed_after, person.agreed_after, 10)),
    )


def _born(chance: Chance, exercises: Sequence[str]) -> Person:
    kind = chance.choice(tuple(Kind))
    if kind is Kind.GREEN:
        return _green(chance, exercises)
    return Person(
        kind=kind,
        capacity_s={exercise: chance.uniform(6, 90) for exercise in exercises},
        growth=chance.uniform(0.0, 0.04),
        pain=chance.uniform(0, 5),
        adherence=chance.uniform(0.3, 1.0),
        silent=chance.choice((0.0, 0.1, 0.5)),
        lies=chance.choice((0, 0, 0, 1, 3)),
        camera=chance.random() < 0.5,
        tidy=chance.uniform(0.6, 1.0),
        away=_away(chance),
        books=chance.choice((3, 10, 28, None)),
        body_mass_kg=chance.choice((None, 44.0, 62.0, 81.0, 110.0)),
        helper=chance.random() < 0.5,
        agreed_after=chance.choice((None, 42, 70)),
        usual_walk_min=chance.choice((2, 5, 10, 15, 20, 30, 60)),
        walk_takes_min=chance.uniform(5, 60),
        walks=chance.uniform(0.1, 1.0),
    )


def _green(chance: Chance, exercises: Sequence[str]) -> Person:
    """Somebody whose back takes everything well, and who does everything that is asked."""
    return Person(
        kind=Kind.GREEN,
        capacity_s=dict.fromkeys(exercises, 600.0),
        growth=0.0,
        pain=float(chance.randint(0, 3)),
        adherence=1.0,
        silent=0.0,
        lies=0,
        camera=chance.random() < 0.5,
        tidy=1.0,
        away=(),
        books=3,
        body_mass_kg=None,
        helper=False,
        agreed_after=None,
        usual_walk_min=chance.choice((5, 15, 30)),
        walk_takes_min=600.0,
        walks=1.0,
    )


def _away(chance: Chance) -> tuple[tuple[int, int], ...]:
    spells = chance.choice((0, 0, 1, 2))
    return tuple((chance.randint(5, 170), chance.choice((3, 6, 12, 25, 45))) for _ in range(spells))


class Pain:
    """Somebody's pain, day after day, 0-10."""

    def __init__(self, person: Person, chance: Chance) -> None:
        self._kind = person.kind
        self._level = person.pain
        self._chance = chance
        self._flare_days = 0

    @property
    def flaring(self) -> bool:
        """Whether a flare-up is on."""
        return self._flare_days > 0

    def next_day(self) -> int:
        """The pain of the next day."""
        chance, kind = self._chance, self._kind
        if kind is Kind.GREEN:
            return round(self._level)
        if kind is Kind.RECOVERING:
            self._level = max(0.0, self._level - 0.03)
        elif kind is Kind.CREEPING:
            self._level = min(9.0, self._level + 0.03)
        elif kind is Kind.FLUCTUATING:
            self._level = min(8.0, max(0.0, self._level + chance.gauss(0, 0.8)))
        self._flare_days = max(0, self._flare_days - 1)
        if kind is Kind.FLARING and not self._flare_days and chance.random() < 1 / 40:
            self._flare_days = chance.randint(2, 12)
        raised = 3.0 if self._flare_days else 0.0
        return min(10, max(0, round(self._level + raised + chance.gauss(0, 0.7))))
