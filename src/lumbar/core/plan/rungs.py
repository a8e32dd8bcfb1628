"""The rungs of an exercise as a ladder: the next easier one, the next harder one, its sides and its target."""

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.plan.ladder import HoldDose


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    """Left, then right; or neither."""
    return (Side.LEFT, Side.RIGHT) if exercise.two_sided else (None,)


def target_of(exercise: Exercise) -> HoldDose:
    """What the brief works up to."""
    return HoldDose(exercise.dose.target_s, exercise.dose.sets)


def easier(exercise: Exercise, rung: int) -> int | None:
    """The next easier rung of the ladder; None on the easiest."""
    return max((n for n, found in enumerate(exercise.rungs) if n < rung and not found.variant), default=None)


def harder(exercise: Exercise, rung: int) -> int | None:
    """The next harder rung of the ladder; None on the last."""
    return min((n for n, found in enumerate(exercise.rungs) if n > rung and not found.variant), default=None)


def easiest(exercise: Exercise, number: int) -> int:
    """The easiest rung of the ladder that this one stands on."""
    while (below := easier(exercise, number)) is not None:
        number = below
    return number
