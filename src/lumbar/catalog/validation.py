"""What was measured of the coach, as it comes with the package: `make validate` writes it."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from lumbar.core.check import Condition
from lumbar.core.exercise import Exercise

MEASURED = Path(__file__).parent / "validation.json"


@cache
def shipped_validation() -> dict[str, Any]:
    """The figures, as `validation.json` has them."""
    figures: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return figures


def fingerprint(exercise: Exercise) -> str:
    """A hash of all numbers that a judgement uses: the same as long as an exercise is judged as it was measured."""
    checks = [(c.id, c.measure, c.good, c.acceptable, c.after_s, c.hysteresis, c.required) for c in exercise.checks]
    rungs = [(r.id, sorted(r.without), sorted(r.measures.items()), _bands(r.presence), r.first) for r in exercise.rungs]
    conditions = [_bands(some) for some in (exercise.sight, exercise.presence, exercise.perspective)]
    times = [getattr(exercise.settings, name) for name in _SETTINGS]
    judged = (conditions, checks, rungs, exercise.side_by, times)
    return hashlib.sha256(repr(judged).encode()).hexdigest()[:16]


_SETTINGS = (
    "min_visibility", "entry_s", "settle_s", "max_gap_s", "grace_s", "lost_s", "smoothing_s", "presence_slack",
)  # fmt: skip
"""Of the coach's settings, those that decide what is judged, counted and told; the others only say when to speak."""


def _bands(conditions: Iterable[Condition] | None) -> list[object] | None:
    return None if conditions is None else [(c.id, c.measure, c.within, c.required) for c in conditions]
