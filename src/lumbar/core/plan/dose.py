"""How hard, how long and how often: the rung, the hold and the sets of an exercise, with reasons.

Until the plan listens to pain and effort, the dose is one for everybody and never rises by itself.
"""

from dataclasses import dataclass

from lumbar.core.exercise import Exercise, Position, Rung, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Goal, Why
from lumbar.core.plan.programme import Programme
from lumbar.core.safety import Form, Outcome, Verdict

_LOW = (Position.HALF_KNEELING, Position.PRONE, Position.SIDE_LYING, Position.SUPINE)


@dataclass(frozen=True, slots=True)
class Prescription:
    """A dose with its reasons. rung: None when the exercise has no form that this person may do."""

    rung: Rung | None
    sets: int
    hold_s: int
    reasons: tuple[Why, ...]


def position(exercise: Exercise, rung: Rung) -> Position:
    """Where the body is on a rung."""
    return rung.position or exercise.position


def goal(exercise: Exercise) -> Goal:
    """What the brief works up to."""
    return Goal(exercise.dose.sets, exercise.dose.target_s, say(f"{exercise.id}.goal", seconds=exercise.dose.target_s))


def prescribe(programme: Programme, exercise: Exercise, verdict: Verdict) -> Prescription:
    """The dose of an exercise for somebody who may do it."""
    rung, why = choose_rung(exercise, verdict, programme.form)
    if exercise.step is Step.CORE:
        start = programme.start_dose
        reasons = (
            Why(say("plan.reason.start-dose", sets=start.sets, seconds=start.hold_s), start.source),
            Why(_every(programme.schedule.core_gap_days), exercise.dose.source),
        )
        return Prescription(rung, start.sets, start.hold_s, (*why, *reasons))
    hold_s = stretch_s(programme, exercise)
    source = exercise.dose.source if hold_s == exercise.dose.target_s else programme.stretching.source
    return Prescription(rung, 1, hold_s, (*why, Why(_often(exercise.dose.times_per_day, hold_s), source)))


def _every(days: int) -> Message:
    return say("plan.reason.every-other-day") if days == 2 else say("plan.reason.every-days", count=days)


def _often(times_per_day: tuple[int, int], hold_s: int) -> Message:
    """In words where there are some, as the brief says it: once, or once or twice a day."""
    words = {(1, 1): "once", (1, 2): "twice"}.get(times_per_day)
    if words is not None:
        return say(f"plan.reason.stretch-{words}", seconds=hold_s)
    least, most = times_per_day
    return say("plan.reason.stretch-times", seconds=hold_s, least=least, most=most)


def stretch_s(programme: Programme, exercise: Exercise) -> int:
    """How long a stretch is held."""
    return programme.stretching.hold_s or exercise.dose.target_s


def choose_rung(exercise: Exercise, verdict: Verdict, form: Form) -> tuple[Rung | None, tuple[Why, ...]]:
    """The first rung, or the easiest that an answer asks for. None when all lie on the floor and the person may not."""
    rungs = exercise.rungs
    first = rungs.index(exercise.first_rung)
    asked = [number for number, rung in enumerate(rungs) if rung.modifications & verdict.flags]
    gentle = verdict.outcome is Outcome.START_GENTLE and exercise.step is Step.CORE
    index = 0 if gentle or verdict.easiest else min([first, *asked])
    if verdict.off_floor:
        standing = [number for number, rung in enumerate(rungs) if position(exercise, rung) not in _LOW]
        if not standing:
            return None, (Why(say("plan.reason.off-floor"), "design"),)
        index = max((n for n in standing if n <= index), default=min(standing))
    rung = rungs[index]
    why = _why(rung, verdict, form, gentle=gentle, easier=index < first)
    shown = Why(say("plan.reason.form", form=f"@{exercise.id}.rung.{rung.id}"), why[0].source) if why else None
    return rung, tuple(why if shown is None or index == first else [*why, shown])


def _why(rung: Rung, verdict: Verdict, form: Form, *, gentle: bool, easier: bool) -> list[Why]:
    """Why this rung and not the first: the answers that asked for it."""
    if gentle:
        return [Why(say("plan.reason.gentle"), "design")]
    asked = [reason for reason in verdict.reasons if rung.modifications & form.items[reason.item].flags]
    if asked:
        return [Why(reason.message, form.items[reason.item].source) for reason in asked]
    return [Why(say("plan.reason.easier"), "design")] if easier else []
