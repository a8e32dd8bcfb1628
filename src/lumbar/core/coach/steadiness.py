"""How steady and how high a hold stays: signs of tiring, and no faults."""

import math
from collections import deque

from lumbar.core.check import Sinking, Steadiness
from lumbar.core.coach.events import Event, Tiring
from lumbar.core.message import say


class Sway:
    """Watches the spread of one measure over a while, and tells once a hold when it has grown too wide.

    The spread is taken about the straight line that fits the while best: a slow, wilful change of the pose is no sway.
    """

    __slots__ = ("_rule", "_told", "_window", "measure")

    def __init__(self, rule: Steadiness) -> None:
        self._rule = rule
        self.measure = rule.measure
        self._window: deque[tuple[float, float]] = deque()
        self._told = False

    def begin(self) -> None:
        """A new hold begins."""
        self._window.clear()
        self._told = False

    def pause(self) -> None:
        """The hold slips: what comes after is measured by itself."""
        self._window.clear()

    def feed(self, t_s: float, value: float | None) -> list[Event]:
        """The measure at t_s, in seconds, while the hold is going well."""
        if value is None or self._told:
            return []
        window = self._window
        window.append((t_s, value))
        if t_s - window[0][0] < self._rule.window_s:
            return []
        spread = _spread(window)
        while window and t_s - window[0][0] >= self._rule.window_s / 2:
            window.popleft()
        if spread <= self._rule.limit:
            return []
        self._told = True
        return [Tiring(t_s, say(self._rule.cue))]


class Sinker:
    """Watches one measure against what it was when the hold began, and tells once a hold when it has sunk too far."""

    __slots__ = ("_began", "_rule", "_told", "_window", "measure")

    def __init__(self, rule: Sinking) -> None:
        self._rule = rule
        self.measure = rule.measure
        self._began: float | None = None
        self._window: deque[tuple[float, float]] = deque()
        self._told = False

    def begin(self) -> None:
        """A new hold begins."""
        self._began = None
        self._window.clear()
        self._told = False

    def pause(self) -> None:
        """The hold slips: what comes after is measured by itself, against the same beginning."""
        self._window.clear()

    def feed(self, t_s: float, value: float | None) -> list[Event]:
        """The measure at t_s, in seconds, while the hold is going well."""
        if value is None or self._told:
            return []
        window = self._window
        window.append((t_s, value))
        if t_s - window[0][0] < self._rule.window_s:
            return []
        mean = sum(value for _, value in window) / len(window)
        window.clear()
        if self._began is None:
            self._began = mean
        if self._began - mean <= self._rule.limit:
            return []
        self._told = True
        return [Tiring(t_s, say(self._rule.cue))]


def _spread(window: deque[tuple[float, float]]) -> float:
    """The standard deviation about the line of least squares."""
    count = len(window)
    mean_t = sum(t for t, _ in window) / count
    mean_v = sum(v for _, v in window) / count
    tt = sum((t - mean_t) ** 2 for t, _ in window)
    tv = sum((t - mean_t) * (v - mean_v) for t, v in window)
    vv = sum((v - mean_v) ** 2 for _, v in window)
    return math.sqrt(max(0.0, vv - tv * tv / tt) / count) if tt > 0.0 else 0.0
