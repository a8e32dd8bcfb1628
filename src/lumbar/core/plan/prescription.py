"""A dose with its reasons, and what it is made from."""

from dataclasses import dataclass
from datetime import date

from lumbar.core.exercise import Exercise
from lumbar.core.message import Message
from lumbar.core.plan.consent import Consent
from lumbar.core.plan.course import Course
from lumbar.core.plan.day import HoldTest, Proposal, Why
from lumbar.core.plan.history import History
from lumbar.core.position import Position
from lumbar.core.rung import Rung
from lumbar.core.safety import Verdict


@dataclass(frozen=True, slots=True)
class Prescription:
    """A dose with its reasons.

    rung: None when the exercise has no form that this person may do now. test: whether its first hold is to be held for
    as long as the form keeps, test_s at the most or until it is as hard as test_effort of 10. load_kg: what is carried
    in it; carry: how. until_reviewed: it rests until a clinician has looked at it. proposal: a change that waits for an
    expert's word.
    """

    rung: Rung | None
    sets: int
    hold_s: int
    reasons: tuple[Why, ...]
    test: HoldTest = HoldTest.NONE
    test_s: int = 0
    test_effort: int = 0
    load_kg: float = 0.0
    carry: Message | None = None
    until_reviewed: bool = False
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a dose is made from, besides the programme. before: pain told before exercise today; None before it is.
    consent: what needs no expert's word; None where no change waits for one."""

    verdict: Verdict
    course: Course
    history: History
    on: date
    before: int | None
    consent: Consent | None = None


def position(exercise: Exercise, rung: Rung) -> Position:
    """Where the body is on a rung."""
    return rung.position or exercise.position
