"""A person on a mat has no hand for a key: they hold one up to the camera, and the session pauses, or goes on. One that
stays up says that it hurts."""

import math

from lumbar.core.body import Frame
from lumbar.core.coach.events import Event, HandKept, HandRaised
from lumbar.core.errors import BadFrame
from lumbar.core.exercise import CoachSettings
from lumbar.core.seen import Seen
from lumbar.core.sign import Sign

_ROUNDING_S = 1e-6
"""Sums of floating point seconds fall short by about this much."""


class Beckoning:
    """Watches for a hand that is held up for long enough, and for one that then stays up; tells each time once.

    A hand must have been seen to be down before it can be raised: one that is up when the watching begins, or comes
    back after a gap, may be the one that was told of already. To stay up it need not have been: whoever pauses is
    watched by somebody else from there on, and may keep it up.
    """

    __slots__ = ("_down_s", "_kept_s", "_kept_told", "_max_gap_s", "_missed_s", "_signs", "_up_s", "_wanted")

    def __init__(self, settings: CoachSettings, wanted: tuple[Sign, ...]) -> None:
        self._signs = settings.signs
        self._wanted = wanted
        self._max_gap_s = settings.max_gap_s
        self._up_s = self._down_s = self._missed_s = self._kept_s = 0.0
        self._kept_told = False

    def feed(self, t_s: float, passed_s: float, seen: Seen) -> list[Event]:
        """What a frame shows at t_s, and the seconds since the one before."""
        if passed_s > self._max_gap_s:
            self._up_s = self._down_s = passed_s = 0.0
            self._let_go()
        given = self._signs.given(seen, self._wanted)
        if not given:
            self._without(passed_s, seen_down=given is False)
            return []
        self._missed_s = 0.0
        if self._raised(passed_s):
            self._let_go()
            return [HandRaised(t_s)]
        return [HandKept(t_s)] if self._stays(passed_s) else []

    def _raised(self, passed_s: float) -> bool:
        if self._down_s < self._signs.down_s - _ROUNDING_S:
            self._down_s = 0.0
            return False
        self._up_s += passed_s
        if self._up_s < self._signs.after_s - _ROUNDING_S:
            return False
        self._up_s = self._down_s = 0.0
        return True

    def _stays(self, passed_s: float) -> bool:
        self._kept_s += passed_s
        if self._kept_told or self._kept_s < self._signs.keep_s - _ROUNDING_S:
            return False
        self._kept_told = True
        return True

    def _let_go(self) -> None:
        self._kept_s = 0.0
        self._kept_told = False

    def _without(self, passed_s: float, *, seen_down: bool) -> None:
        """A frame without a sign: it ends one that was begun, unless it is only a blink."""
        self._missed_s += passed_s
        if self._missed_s > self._signs.blink_s:
            self._up_s = 0.0
            self._let_go()
        if seen_down and self._up_s == 0.0:
            self._down_s += passed_s


class HandWatch:
    """The same on its own, for when no hold is coached: in a pause, in a rest, or where the clock counts."""

    __slots__ = ("_beckoning", "_last_s", "_min_visibility")

    def __init__(self, settings: CoachSettings, wanted: tuple[Sign, ...]) -> None:
        self._beckoning = Beckoning(settings, wanted)
        self._min_visibility = settings.min_visibility
        self._last_s: float | None = None

    def feed(self, frame: Frame) -> list[Event]:
        """Take the next frame. Raises BadFrame when its time does not advance."""
        t_s, before_s = frame.t_s, self._last_s
        if not -math.inf < t_s < math.inf or (before_s is not None and t_s <= before_s):
            raise BadFrame("error.frame-time", t_s=str(t_s), last_s=str(before_s))
        self._last_s = t_s
        passed_s = 0.0 if before_s is None else t_s - before_s
        return self._beckoning.feed(t_s, passed_s, Seen(frame, self._min_visibility))
