"""A filter over measures that knows time.

An exponential average with a time constant: its delay is as long as the constant, at any frame rate. It begins anew
after a gap, and where a measure was not read it gives nothing: it never fills in what was not seen.
"""

import math
from collections.abc import Mapping


class Smoother:
    """Averages each measure over about `constant_s` seconds."""

    __slots__ = ("_at_s", "_constant_s", "_held", "_max_gap_s")

    def __init__(self, constant_s: float, max_gap_s: float) -> None:
        self._constant_s = constant_s
        self._max_gap_s = max_gap_s
        self._held: dict[str, float] = {}
        self._at_s = -math.inf

    def feed(self, t_s: float, readings: Mapping[str, float | None]) -> dict[str, float | None]:
        """The averaged readings at t_s, in seconds."""
        passed_s = t_s - self._at_s
        self._at_s = t_s
        held = self._held
        if passed_s > self._max_gap_s:
            held.clear()
        share = 1.0 - math.exp(-passed_s / self._constant_s) if passed_s < math.inf else 1.0
        smoothed: dict[str, float | None] = {}
        for name, value in readings.items():
            if value is None:
                held.pop(name, None)
                smoothed[name] = None
                continue
            before = held.get(name)
            held[name] = smoothed[name] = value if before is None else before + share * (value - before)
        return smoothed
