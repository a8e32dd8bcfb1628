"""How a virtual person walks, and what they say of it on the morning after."""

from dataclasses import dataclass

from lumbar.core.record.bodies import MORNINGS
from lumbar.core.simulate.people import Chance, Kind, Person

SPLIT, BEYOND, LESS, EXTRA, FORBIDDEN = 0.15, 0.15, 0.1, 0.4, 0.1
"""Shares: of walks in two parts, longer and shorter than asked for; of the usual walks, those when none is due, and
when it is closed or they are ill."""
TOLD_ANEW, NUMBERED = 1 / 60, 0.2
"""The shares of days on which the usual walk is told again, and of mornings that are told with a number."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What is said of the morning after: words, from the best to the worst, and perhaps a number."""

    words: int
    nprs: int | None
    spread: bool

    @property
    def said(self) -> str:
        """The words as they are told."""
        return MORNINGS[self.words]


class Walker:
    """Somebody's walks, one day after the other."""

    def __init__(self, person: Person, chance: Chance) -> None:
        self._person, self._chance = person, chance
        self._walked_min, self._draw = 0, 0.0

    def wakes(self) -> bool:
        """A new day. Gives whether they mean to walk on it, if it is due."""
        self._draw = self._chance.random()
        return self._draw < self._person.walks

    def usual_min(self) -> int:
        """What they call comfortable, which is not the same every time."""
        if self._person.kind is Kind.GREEN:
            return self._person.usual_walk_min
        return max(1, round(self._person.usual_walk_min * self._chance.uniform(0.7, 1.4)))

    def tells_anew(self) -> bool:
        """Whether they say today, unasked, what is comfortable."""
        return self._person.kind is not Kind.GREEN and self._chance.random() < TOLD_ANEW

    def walks(self, minutes: int, state: str) -> tuple[int, ...]:
        """The walks of a day on which they were shown so many minutes: none, one, or one in two parts."""
        chance, person = self._chance, self._person
        self._walked_min = 0
        if person.kind is Kind.GREEN:
            self._walked_min = minutes if state in ("due", "optional") else 0
            return (minutes,) if self._walked_min else ()
        share = FORBIDDEN if state in ("closed", "rests") else 1.0 if state == "due" else EXTRA
        if self._draw >= person.walks * share:
            return ()
        how = chance.random()
        factor = 1.5 if how < BEYOND else 0.6 if how < BEYOND + LESS else 1.0
        self._walked_min = whole = max(1, round(minutes * factor))
        if whole > 1 and chance.random() < SPLIT:
            return (whole // 2, whole - whole // 2)
        return (whole,)

    def morning(self, felt: int, *, flaring: bool) -> Morning | None:
        """What they say of the last walk's morning after; None: nothing. felt: the pain on it."""
        chance, person, walked_min = self._chance, self._person, self._walked_min
        if not walked_min:
            return None
        if person.kind is Kind.GREEN:
            return Morning(0, None, spread=False)
        strain = walked_min / person.walk_takes_min
        bad = (chance.gauss(2.5 * max(0.0, strain - 0.8), 0.6) >= 1) + (chance.random() < 0.03) + flaring
        told = max(0, bad - (person.lies > 0))
        if chance.random() < person.silent:
            return None
        nprs = max(0, felt - person.lies) if chance.random() < NUMBERED else None
        return Morning(min(told, 2), nprs, spread=chance.random() < 0.003)
