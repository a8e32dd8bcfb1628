"""Drift: most of the last minutes were spent beyond the limit, and nobody has come back from it since."""

from collections import deque
from dataclasses import dataclass

from lumbar.core.posture.settings import WatchSettings


@dataclass(frozen=True, slots=True)
class DriftBegan:
    """The share of the window beyond the limit has been reached."""

    t_s: float


@dataclass(frozen=True, slots=True)
class DriftEnded:
    """They came back within the limit and stayed, or cannot be judged any more; it had lasted for drift_s."""

    t_s: float
    drift_s: float


class Drift:
    """Only time that was judged counts, on either side of the limit; a doubt neither begins a drift nor feeds it."""

    __slots__ = ("_beyond_s", "_judged_at_s", "_judged_s", "_settings", "_well_since_s", "_window", "drift_s", "number")

    def __init__(self, settings: WatchSettings) -> None:
        self._settings = settings
        self._window: deque[tuple[float, float, bool]] = deque()
        self._judged_s = self._beyond_s = 0.0
        self._judged_at_s: float | None = None
        self._well_since_s: float | None = None
        self.drift_s: float | None = None
        self.number = 0

    def feed(self, t_s: float, passed_s: float, position: float | None) -> list[DriftBegan | DriftEnded]:
        """passed_s: seconds that this position stands for. position: smoothed, 1 at the limit; None for a doubt."""
        self._forget(t_s - self._settings.window_s)
        if position is None:
            unseen = self._judged_at_s is None or t_s - self._judged_at_s > self._settings.window_s
            return self.clear(t_s) if unseen else []
        self._judged_at_s = t_s
        self._take(t_s, passed_s, position >= 1.0)
        if self.drift_s is None:
            return self._began(t_s)
        self.drift_s += passed_s
        return self._returned(t_s, position)

    def clear(self, t_s: float) -> list[DriftBegan | DriftEnded]:
        """Forget everything: they left, or nothing was judged for a whole window."""
        ended: list[DriftBegan | DriftEnded] = [] if self.drift_s is None else [DriftEnded(t_s, self.drift_s)]
        self._window.clear()
        self._judged_s = self._beyond_s = 0.0
        self.drift_s = self._well_since_s = self._judged_at_s = None
        return ended

    def _began(self, t_s: float) -> list[DriftBegan | DriftEnded]:
        settings = self._settings
        enough = self._judged_s >= settings.judged_share * settings.window_s
        # Of the whole window and not of what was judged of it: what was not seen may well have been tall.
        if not enough or self._beyond_s < settings.drift_share * settings.window_s:
            return []
        self.drift_s, self.number, self._well_since_s = 0.0, self.number + 1, None
        return [DriftBegan(t_s)]

    def _returned(self, t_s: float, position: float) -> list[DriftBegan | DriftEnded]:
        if position >= self._settings.leave_share:
            self._well_since_s = None
            return []
        self._well_since_s = t_s if self._well_since_s is None else self._well_since_s
        return self.clear(t_s) if t_s - self._well_since_s >= self._settings.leave_after_s else []

    def _take(self, t_s: float, passed_s: float, beyond: bool) -> None:
        self._window.append((t_s, passed_s, beyond))
        self._judged_s += passed_s
        self._beyond_s += passed_s if beyond else 0.0

    def _forget(self, before_s: float) -> None:
        while self._window and self._window[0][0] <= before_s:
            _, passed_s, beyond = self._window.popleft()
            self._judged_s -= passed_s
            self._beyond_s -= passed_s if beyond else 0.0
