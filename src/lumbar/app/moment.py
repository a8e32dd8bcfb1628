"""Which moment counts, when two clocks tell the time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lumbar.app.ports import Clock

SKEW = timedelta(minutes=5)
"""Two clocks no further apart than this are taken to mean the same moment."""


def agreed(now: datetime, told: datetime) -> datetime:
    """The moment for a plan: what the device told, when it agrees with our clock; ours in its offset otherwise.

    A device whose clock runs ahead must not open tomorrow's session, and one that runs a second ahead must see the
    answer that it has just sent.
    """
    if abs(told - now) <= SKEW:
        return max(told, now.astimezone(told.tzinfo))
    return now.astimezone(told.tzinfo)


def in_zone(now: datetime, zone: str | None) -> datetime:
    """The moment on the wall clock of a zone; unchanged without one.

    A device may know a zone that is newer than this machine, or name one that is none: then this machine's own clock
    has to do, for a day with the wrong hour is better than no day.
    """
    if zone is None:
        return now
    try:
        return now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now


class ZonedClock:
    """A clock whose days and hours are those of a zone's wall."""

    def __init__(self, clock: Clock, zone: str) -> None:
        self._clock = clock
        self._zone = zone

    def now(self) -> datetime:
        return in_zone(self._clock.now(), self._zone)

    def monotonic_s(self) -> float:
        return self._clock.monotonic_s()
