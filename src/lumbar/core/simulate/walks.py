"""What somebody was shown and told on a day, beside core work: of walking above all."""

from dataclasses import dataclass
from datetime import date, datetime

RED_PAIN = 6
"""A morning after with so much pain is red (3.4)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A morning after. words: 0 the same or better, 1 a bit worse, 2 clearly worse; None where it is a number alone."""

    at: datetime
    words: int | None
    nprs: int | None = None
    spread: bool = False

    @property
    def reaction(self) -> int:
        """0 green, 1 amber, 2 red (3.4)."""
        red = self.spread or (self.nprs is not None and self.nprs >= RED_PAIN)
        return 2 if red else self.words or 0


@dataclass(frozen=True, slots=True)
class WalkDay:
    """A day's walk as it was shown, what was told by then, and what was walked after.

    state: as shown; minutes: of today, None where the usual walk is asked. outcome: of the answers. usual_min: told
    today. flared_at: a flare-up was told; usual_pain: before it. pain: before exercise. walks: minutes of each walk.
    late: something arrived that belongs to days before. asks: by its name, everything that a review is asked for.
    week_pain: the week's pain, 0-10, where it was told; week_first: before a review of the day, which saw it.
    """

    at: datetime
    on: date
    state: str
    minutes: int | None
    outcome: str = "start"
    ill: bool = False
    asks_review: bool = False
    usual_min: int | None = None
    mornings: tuple[Heard, ...] = ()
    flared_at: datetime | None = None
    usual_pain: int | None = None
    pain: tuple[datetime, int] | None = None
    reviewed: bool = False
    late: bool = False
    walks: tuple[int, ...] = ()
    asks: frozenset[str] = frozenset()
    week_pain: int | None = None
    week_first: bool = False

    @property
    def shown(self) -> bool:
        """Whether a walk was named, be it for after an illness."""
        return self.state != "closed"

    @property
    def offered(self) -> bool:
        """Whether a walk was open on the day."""
        return self.state not in ("closed", "rests")

    @property
    def held(self) -> bool:
        """Whether an answer keeps it from growing: all but a plain start (1.2)."""
        return self.outcome != "start"
