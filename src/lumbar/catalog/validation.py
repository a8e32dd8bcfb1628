"""What was measured of the coach, as it comes with the package: `make validate` writes it."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

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
    rungs = [(r.id, sorted(r.without), sorted(r.measures.items()), r.presence, r.first) for r in exercise.rungs]
    judged = (exercise.sight, exercise.presence, checks, rungs, exercise.side_by, exercise.settings)
    return hashlib.sha256(repr(judged).encode()).hexdigest()[:16]
