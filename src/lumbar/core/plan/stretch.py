"""How a stretch is held, or the drill repeated, and in which form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.core.check import Repetition
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Why
from lumbar.core.plan.forms import was_comfortable
from lumbar.core.plan.history import History
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.proposed import choose_agreed
from lumbar.core.plan.reviewed import said, set_for
from lumbar.core.plan.rules import Hurts
from lumbar.core.plan.rungs import easier


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a stretch or a drill has come to. number: its rung, before what an answer or a thing asks for; why: what
    speaks for it, where it is not the first one. hurt: how often it hurt lately. removed: it rests until a review."""

    number: int
    why: tuple[Why, ...]
    hurt: int
    removed: bool


def stands(exercise: Exercise, history: History, on: date, hurts: Hurts, *, with_it: bool = False) -> Standing:
    """Where a stretch stands on a day, by the days before it; with_it: once that day is over, by it as well."""
    begins_on = on + timedelta(days=with_it)
    every = hurt_since(exercise, history, on, hurts, with_it=with_it)
    lately, removed = sum((begins_on - day).days <= hurts.days for day in every), is_removed(every, hurts)
    number, why = _stretch_form(exercise, history, on)
    if lately >= hurts.easier_at:
        below = easier(exercise, number)
        eased = Why(say("plan.reason.hurt-before", count=lately), hurts.source)
        return Standing(number if below is None else below, (*why, eased), lately, removed)
    wanted = hurts.comfortable_days
    if not (why or exercise.first_rung.goal_form) and was_comfortable(exercise, history, begins_on, wanted):
        comfortable = Why(say("plan.reason.comfortable", count=wanted), hurts.source)
        return Standing(number + 1, (comfortable,), lately, removed)
    return Standing(number, why, lately, removed)


def stretch(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    hurts = programme.listening.hurts
    stood = stands(exercise, known.history, known.on, hurts)
    if stood.removed:
        removed = Why(say("plan.reason.removed"), hurts.source)
        return Prescription(None, times(exercise), stretch_s(programme, exercise), (removed,), until_reviewed=True)
    eased = stood.why
    rung, why, proposal = choose_agreed(exercise, programme, known, stood.number)
    if proposal is not None:  # the whole form does not come yet
        eased = tuple(one for one in eased if one.message.id != "plan.reason.comfortable")
    if (found := set_for(known.history, known.on, exercise.id, "hold_s")) and exercise.repetition is None:
        review, hold_s = found[0], int(found[1])
        words = say("plan.reason.reviewed", sets=1, seconds=hold_s, **said(review))
        return Prescription(rung, 1, hold_s, (*why, *eased, Why(words, "review")), proposal=proposal)
    hold_s = stretch_s(programme, exercise)
    if exercise.repetition is not None:
        drilled = (*why, *eased, *_drilled(exercise, exercise.repetition))
        return Prescription(rung, exercise.holds, hold_s, drilled, proposal=proposal)
    source = exercise.dose.source if hold_s == exercise.dose.target_s else programme.stretching.source
    often = Why(_often(exercise.dose.times_per_day, hold_s), source)
    return Prescription(rung, 1, hold_s, (*why, *eased, often), proposal=proposal)


def _stretch_form(exercise: Exercise, history: History, on: date) -> tuple[int, tuple[Why, ...]]:
    """The rung that a stretch or a drill begins on: the first one, or the one that a reviewer set."""
    found = set_for(history, on, exercise.id, "rung")
    rungs = [rung.id for rung in exercise.rungs]
    if found is None or found[1] not in rungs:
        return rungs.index(exercise.first_rung.id), ()
    words = say("plan.reason.reviewed-form", form=f"@{exercise.id}.rung.{found[1]}", **said(found[0]))
    return rungs.index(str(found[1])), (Why(words, "review"),)


def _drilled(exercise: Exercise, drill: Repetition) -> tuple[Why, ...]:
    """Why a drill, and how much of it and how often."""
    dose = exercise.dose
    often = say("plan.reason.drill", sets=dose.sets, repetitions=drill.count, count=dose.days_per_week)
    return Why(say(f"{exercise.id}.why"), drill.why_source), Why(often, dose.source)


def times(exercise: Exercise) -> int:
    """How often a stretch is held, or a drill repeated, a side where there are sides."""
    return 1 if exercise.repetition is None else exercise.holds


def hurt_since(exercise: Exercise, history: History, on: date, hurts: Hurts, *, with_it: bool = False) -> list[date]:
    """The days before one, or with it, on which a stretch hurt, since the last review. Where it was left out by then,
    only a review that saw it left out and has a tick for it begins the count anew."""
    every = history.hurts.get(exercise.id, ())
    days = [hurt_on for hurt_on in every if hurt_on < on or (with_it and hurt_on == on)]
    if not days:
        return []
    seen_on: date | None = None
    for review in history.reviews:
        if review.on > on or not review.decides or (seen_on is not None and review.seen_on < seen_on):
            continue
        stops = review.decision == "stop"
        out = is_removed([hurt_on for hurt_on in days if hurt_on < review.on], hurts)
        seen_out = is_removed([hurt_on for hurt_on in days if hurt_on <= review.seen_on], hurts)
        if not out or (seen_out and not stops and review.lets_go_on(exercise.id)):
            days = [hurt_on for hurt_on in days if hurt_on >= review.on]
        seen_on = seen_on if stops else review.seen_on
    return days


def is_removed(days: Sequence[date], hurts: Hurts) -> bool:
    """Whether so many of them ever came so near to one another: then it stays out until a review."""
    last = hurts.removed_at - 1
    return any((later - on).days <= hurts.days for on, later in zip(days, days[last:], strict=False))


def _often(times_per_day: tuple[int, int], hold_s: int) -> Message:
    """In words where there are some, as the brief says it: once, or once or twice a day."""
    words = {(1, 1): "once", (1, 2): "twice"}.get(times_per_day)
    if words is not None:
        return say(f"plan.reason.stretch-{words}", seconds=hold_s)
    least, most = times_per_day
    return say("plan.reason.stretch-times", seconds=hold_s, least=least, most=most)


def stretch_s(programme: Programme, exercise: Exercise) -> int:
    """How long a stretch is held, or the bottom of a drill's repetition."""
    if exercise.repetition is not None:
        return exercise.dose.target_s
    return programme.stretching.hold_s or exercise.dose.target_s
