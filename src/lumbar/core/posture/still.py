"""Whether somebody is there, and for how long they have not really changed their position."""

from dataclasses import dataclass

from lumbar.core.posture.baseline import Baseline
from lumbar.core.posture.measures import Build
from lumbar.core.posture.reading import Doubt, Reading, distance
from lumbar.core.posture.settings import WatchSettings

_NOT_THERE = (Doubt.NOBODY, Doubt.ANOTHER)
"""Somebody who is not at this place, or of another build, is not the person who is watched."""

CANNOT_TELL = (Doubt.DARK, Doubt.UNSEEN)
"""Nothing tells whether anybody is there: an empty room at night looks like this as well."""


@dataclass(frozen=True, slots=True)
class Left:
    """Nobody has been there, or been seen, for the time that makes an absence; it began at since_s."""

    t_s: float
    since_s: float
    still_s: float


@dataclass(frozen=True, slots=True)
class Returned:
    """They are back, and a new spell begins."""

    t_s: float


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """They moved to another place and stayed there; the spell that ended had lasted for still_s."""

    t_s: float
    still_s: float


class Stillness:
    """Spells in which somebody stays where they are. Small movements, turning and leaning for a moment end none.

    A spell lasts from the first frame at a place to the last one before a real change of position or an absence. What
    was not seen is counted in when the same person is at the same place afterwards.
    """

    __slots__ = (
        "_absent_since_s",
        "_anchor",
        "_baseline",
        "_elsewhere",
        "_from_s",
        "_missing_when",
        "_settings",
        "last_s",
        "number",
    )

    def __init__(self, baseline: Baseline, settings: WatchSettings, *, blind: bool) -> None:
        """blind: there is no camera, and seeing nothing says nothing."""
        self._missing_when = () if blind else (*_NOT_THERE, *CANNOT_TELL)
        self._baseline = baseline
        self._settings = settings
        self._anchor: Build | None = None
        self._elsewhere: tuple[Build, float] | None = None
        self._from_s: float | None = None
        self._absent_since_s: float | None = None
        self.last_s: float | None = None
        self.number = 0

    @property
    def present(self) -> bool:
        """Whether somebody is there, or was a moment ago."""
        return self._from_s is not None

    @property
    def still_s(self) -> float:
        """For how long the present spell has lasted, in seconds; 0 while nobody is there."""
        return 0.0 if self._from_s is None or self.last_s is None else self.last_s - self._from_s

    def feed(self, reading: Reading, gap_s: float) -> list[Left | Returned | PositionChanged]:
        """What a reading changes. gap_s: since the frame before; a long one is an absence, for nothing was seen."""
        told: list[Left | Returned | PositionChanged] = []
        if gap_s >= self._settings.away_s and self._from_s is not None:
            told.append(self._leave(reading.t_s, reading.t_s - gap_s))
        if reading.doubt in self._missing_when:
            told += self._missing(reading.t_s)
            return told
        self._absent_since_s = None
        if self._from_s is None:
            self._from_s, self.number = reading.t_s, self.number + 1
            told.append(Returned(reading.t_s))
        self.last_s = reading.t_s
        if reading.sight.build is not None:
            told += self._place(reading.sight.build, reading.t_s)
        return told

    def moved(self, t_s: float) -> list[PositionChanged]:
        """They say that they changed their position: the spell is over, and the next reading begins another."""
        if self._from_s is None:
            return []
        still_s = self.still_s
        self._from_s = self._anchor = self._elsewhere = self._absent_since_s = None
        return [PositionChanged(t_s, still_s)]

    def _missing(self, t_s: float) -> list[Left | Returned | PositionChanged]:
        if self._from_s is None:
            return []
        since_s = self._absent_since_s = t_s if self._absent_since_s is None else self._absent_since_s
        return [self._leave(t_s, since_s)] if t_s - since_s >= self._settings.away_s else []

    def _leave(self, t_s: float, since_s: float) -> Left:
        still_s = self.still_s
        self._from_s = self._anchor = self._elsewhere = self._absent_since_s = None
        return Left(t_s, since_s, still_s)

    def _place(self, now: Build, t_s: float) -> list[Left | Returned | PositionChanged]:
        if self._anchor is None:
            self._anchor = now
        if self._near(now, self._anchor):
            self._elsewhere = None
            return []
        if self._elsewhere is None or not self._near(now, self._elsewhere[0]):
            self._elsewhere = (now, t_s)
            return []
        there, since_s = self._elsewhere
        if t_s - since_s < self._settings.shift_s:
            return []
        assert self._from_s is not None
        still_s = since_s - self._from_s
        self._anchor, self._elsewhere, self._from_s, self.number = there, None, since_s, self.number + 1
        return [PositionChanged(t_s, still_s)]

    def _near(self, one: Build, other: Build) -> bool:
        return distance(one.place, other.place, self._baseline) < self._settings.shift_ratio
