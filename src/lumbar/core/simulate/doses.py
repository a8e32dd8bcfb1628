"""The arithmetic of doses, worked out once more from the clinical design (3.2-3.4)."""

from collections.abc import Sequence
from typing import NamedTuple

FLOOR_S, FLOOR_SETS, STEP_S, SHORT_SETS = 5, 2, 5, 5
"""No dose is below two holds of five seconds; five-second holds grow to five of them, then by five seconds (3.2)."""


class Dose(NamedTuple):
    """So many holds of so many seconds."""

    hold_s: int
    sets: int

    @property
    def total_s(self) -> int:
        """Seconds held in all."""
        return self.hold_s * self.sets


START = Dose(5, 5)
"""What anybody begins with while nothing is known (3.1)."""
FLOOR = Dose(FLOOR_S, FLOOR_SETS)
NEW_FORM = Dose(15, 3)
"""Where the next rung begins (3.3)."""


def rounded(seconds: float) -> int:
    """Whole multiples of five seconds, rounded down, and no less than five."""
    return max(FLOOR_S, int(seconds + 1e-9) // STEP_S * STEP_S)


def sets_of(hold_s: int) -> int:
    """How many sets a hold of this length is done in (3.2)."""
    return 2 if hold_s >= 30 else 3 if hold_s >= 10 else SHORT_SETS


def share_of(dose: Dose, share: float) -> Dose:
    """A shorter hold in as many sets; of five-second holds fewer (3.4)."""
    if dose.hold_s > FLOOR_S:
        return Dose(rounded(dose.hold_s * share), dose.sets)
    return Dose(dose.hold_s, min(dose.sets, max(FLOOR_SETS, int(dose.sets * share + 1e-9))))


def way(dose: Dose, shares: Sequence[float]) -> list[Dose]:
    """The steps of a way back that are below the whole, each once. None where there is no less: the floor."""
    steps: list[Dose] = []
    for share in shares:
        step = share_of(dose, share)
        if step < dose and step not in steps:
            steps.append(step)
    return steps


def fewer(dose: Dose) -> Dose:
    """One set fewer; of two sets, four fifths of the hold (3.4)."""
    if dose.sets > FLOOR_SETS:
        return Dose(dose.hold_s, dose.sets - 1)
    return Dose(rounded(dose.hold_s * 0.8), dose.sets)


def between(least: Dose, most: Dose) -> list[Dose]:
    """Both of them, and the doses that a way back may lead over: the first of these may be more of the same holds."""
    steps = (Dose(hold_s, sets_of(hold_s)) for hold_s in range(least.hold_s, most.hold_s, STEP_S))
    return [least, *(step for step in steps if step > least), most]


def step_from(dose: Dose, goal: Dose) -> Dose:
    """The next dose (3.3)."""
    if dose.hold_s <= FLOOR_S and dose.sets < SHORT_SETS:
        return Dose(FLOOR_S, dose.sets + 1)
    if dose.hold_s >= goal.hold_s:
        return max(dose, goal)
    hold_s = min(dose.hold_s + STEP_S, goal.hold_s)
    return Dose(hold_s, sets_of(hold_s))


def begins_by(held_s: float, goal: Dose, *, goal_form: bool) -> Dose:
    """What a measured hold begins with (3.2)."""
    if goal_form and held_s >= goal.hold_s:
        return goal
    if held_s < 20:
        return START if held_s >= 10 else FLOOR
    hold_s = min(rounded(held_s * (0.6 if held_s >= 40 else 0.5)), goal.hold_s)
    return Dose(hold_s, sets_of(hold_s))
