"""Shorter and easier holds in the first weeks, for whom an answer asks for them."""

from collections.abc import Iterable
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.day import Why
from lumbar.core.plan.ladder import down
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Limit, Programme


def most_s(exercise: Exercise, programme: Programme, known: Known) -> int:
    """The longest hold that may be asked for, in seconds."""
    asked = (_limit_s(limit, since, exercise, programme, known) for limit, since in _limits(programme, known))
    return min([exercise.dose.target_s, *asked])


def _limit_s(limit: Limit, since: date | None, exercise: Exercise, programme: Programme, known: Known) -> int:
    """How long a limit lets a hold be: shorter still after one that was harder than it may be."""
    dosing = programme.listening.dosing
    hard_s = _too_hard_s(limit, since, exercise, known)
    return limit.hold_s if hard_s is None else min(limit.hold_s, down(hard_s - dosing.step_s, dosing))


def limited(dose: Prescription, exercise: Exercise, programme: Programme, known: Known) -> Prescription:
    """The dose of somebody whose answers ask for less in their first weeks. A hold that was harder than it may be makes
    the next ones shorter, for as long as the limit lasts."""
    for limit, since in _limits(programme, known):
        cap_s = _limit_s(limit, since, exercise, programme, known)
        words = say(f"plan.reason.limited-{limit.flag.lower()}", seconds=cap_s, weeks=limit.weeks)
        if limit.effort is not None:
            words = say(words.id, seconds=cap_s, weeks=limit.weeks, effort=limit.effort)
            dose = replace(dose, test_effort=min(dose.test_effort, limit.effort))
        held = replace(dose, hold_s=min(dose.hold_s, cap_s), test_s=min(dose.test_s, cap_s))
        held = held if limit.load else replace(held, load_kg=0.0, carry=None)
        dose = replace(held, reasons=(*dose.reasons, Why(words, limit.source)))
    return dose


def _limits(programme: Programme, known: Known) -> Iterable[tuple[Limit, date | None]]:
    """The limits of today, with the day since which each counts: from its answer, and of core work, anew after a new
    beginning. None while one of the two is still to come."""
    for limit in programme.limits:
        if limit.flag not in known.verdict.flags:
            continue
        answered, begun = known.verdict.flagged_on.get(limit.flag), known.course.anew_on
        since = None if answered is None or begun is None else max(answered, begun)
        if since is None or known.on < since + timedelta(weeks=limit.weeks):
            yield limit, since


def _too_hard_s(limit: Limit, since: date | None, exercise: Exercise, known: Known) -> int | None:
    """The shortest that was too hard in the limit's time, in seconds: of each session the longest of its holds."""
    if limit.effort is None or since is None:
        return None
    told = [effort for effort in known.history.efforts if since <= effort.on and effort.effort > limit.effort]
    hard = {effort.session for effort in told if not effort.exercises or exercise.id in effort.exercises}
    holds = [hold for hold in known.history.of(exercise.id) if hold.session in hard and hold.on < known.on]
    longest: dict[str, int] = {}
    for hold in holds:
        longest[hold.session] = max(int(hold.target_s), longest.get(hold.session, 0))
    return min(longest.values(), default=None)
