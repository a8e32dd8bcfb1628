"""What the plan proposes and holds back until an expert agrees, and how it says so. The way down is not held here."""

from collections.abc import Iterable, Mapping

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, Param, say
from lumbar.core.plan.consent import Consent, ready_for
from lumbar.core.plan.day import Proposal, Why
from lumbar.core.plan.forms import choose
from lumbar.core.plan.ladder import Ladder, Level
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rules import Dosing
from lumbar.core.rung import Rung
from lumbar.core.safety import Outcome

Chosen = tuple[Rung | None, tuple[Why, ...], Proposal | None]


def choose_agreed(exercise: Exercise, programme: Programme, known: Known, base: int) -> Chosen:
    """The form as `choose` finds it, and no harder than is agreed to; with what it would be."""
    rung, why = choose(exercise, programme, known, base)
    consent = known.consent
    if consent is None or rung is None or exercise.number(rung) <= consent.most(exercise):
        return rung, why, None
    proposal = Proposal("rung", rung.id)
    held, why = choose(exercise, programme, known, consent.most(exercise))
    return held, (*why, _waits(exercise, proposal, consent)), proposal


def new_exercise(exercise: Exercise, known: Known, plain: Prescription) -> Prescription:
    """The dose of an exercise, or its wait where it is new in somebody's plan. What safety closes waits for another
    word."""
    consent, verdict = known.consent, known.verdict
    if consent is None or plain.rung is None or not consent.is_new(exercise):
        return plain
    if exercise.id in verdict.closed or not verdict.exercise_allowed:
        return plain
    proposal = Proposal("exercise", plain.rung.id)
    return Prescription(None, plain.sets, plain.hold_s, (_waits(exercise, proposal, consent),), proposal=proposal)


def next_form(
    dose: Prescription, exercise: Exercise, ladder: Ladder, level: Level, dosing: Dosing, known: Known
) -> Prescription:
    """The dose with the next form beside it, where that was earned and waits."""
    consent, rung = known.consent, dose.rung
    if consent is None or rung is None or exercise.number(rung) != ladder.height or dose.proposal is not None:
        return dose
    above = ready_for(exercise, ladder, level, dosing)
    if above is None or above <= consent.most(exercise):
        return dose
    proposal = Proposal("rung", exercise.rungs[above].id)
    told = [why for why in dose.reasons if why.message.id != "plan.reason.counted"]  # no step is left to count to
    return replace(dose, reasons=(*told, _waits(exercise, proposal, consent)), proposal=proposal)


def first_weight(dose: Prescription, exercise: Exercise, kg: float | None, known: Known) -> Prescription | None:
    """The dose with a first weight held back; None where it needs nobody's further word."""
    consent, rung = known.consent, dose.rung
    if consent is None or rung is None or kg is None or exercise.id in consent.loads:
        return None
    proposal = Proposal("load", rung.id, kg)
    return replace(dose, reasons=(*dose.reasons, _waits(exercise, proposal, consent)), proposal=proposal)


def in_plan(programme: Programme, known: Known) -> Mapping[str, str]:
    """The hardest form of each exercise that the plan has come to, whatever rests or pauses it for now: what needs no
    further word once changes are to wait."""
    verdict = replace(known.verdict, outcome=Outcome.START, easiest_since=None)
    freed = replace(known, verdict=verdict, consent=None)
    found = {}
    for exercise in programme.exercises.values():
        numbers = set(_held(exercise, known))
        if exercise.id not in verdict.closed:
            ladder = known.course.ladders.get(exercise.id)
            base = exercise.number(exercise.first_rung) if ladder is None else ladder.height
            rung, _ = choose(exercise, programme, freed, base)
            numbers |= set() if rung is None else {exercise.number(rung)}
        if numbers:
            found[exercise.id] = exercise.rungs[max(numbers)].id
    return found


def _held(exercise: Exercise, known: Known) -> Iterable[int]:
    numbers = {rung.id: number for number, rung in enumerate(exercise.rungs)}
    for hold in known.history.of(exercise.id):
        if hold.worked and hold.on <= known.on and hold.rung in numbers:
            yield numbers[hold.rung]


def _waits(exercise: Exercise, proposal: Proposal, consent: Consent) -> Why:
    """For whom a change waits; or who said no to it, when and why."""
    refusal = consent.refused.get(exercise.id)
    about: dict[str, Param] = {"form": f"@{exercise.id}.rung.{proposal.rung}", "kg": proposal.kg}
    if refusal is not None and (refusal.kind, refusal.rung) == (proposal.kind, proposal.rung):
        said: dict[str, Param] = {"by": refusal.by, "profession": refusal.profession}
        words = f"plan.reason.refused-{proposal.kind}"
        return Why(_no(words, refusal.why, {**about, **said, "seen_on": refusal.seen_on.isoformat()}), "review")
    about |= {"since_on": consent.since.isoformat()}
    if consent.by is None:
        return Why(say(f"plan.reason.waits-{proposal.kind}", **about), "design")
    by: dict[str, Param] = {"by": consent.by, "profession": consent.profession or ""}
    return Why(say(f"plan.reason.waits-{proposal.kind}-by", **about, **by), "review")


def _no(words: str, why: str | None, about: Mapping[str, Param]) -> Message:
    return say(words, **about) if why is None else say(f"{words}-because", **about, why=why)
