"""The dose of a day with its weight, or with what the weight waits for: why it is there, lighter, or not."""

from collections.abc import Iterable

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Why
from lumbar.core.plan.ladder import Ladder, Level, Loaded
from lumbar.core.plan.load import (
    Carrier,
    allowed,
    asked_weight,
    begun_again,
    carrier,
    come_back,
    first_kg,
    goal_kg,
    unmet,
)
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.proposed import first_weight
from lumbar.core.plan.rungs import target_of
from lumbar.core.safety import Outcome


def with_weight(
    plain: Prescription, exercise: Exercise, level: Level, ladder: Ladder, programme: Programme, known: Known
) -> Prescription:
    """The dose with its weight, where every precondition holds; with what it waits for, at the target without it."""
    rules, rung = programme.listening.loading, plain.rung
    if rung is None or not rung.goal_form or level.dose != target_of(exercise) or level.back:
        return plain
    who = carrier(known.history, known.on, exercise.id)
    plain = _with_goal(plain, exercise, who)
    missing = unmet(level, who, known.course.anew_on, known.on, rules)
    shut = _shut(programme, known)
    first, only_agreed = first_kg(exercise.loads[0], who), {one.id for one in missing} <= {"plan.load.agreed"}
    if ladder.loaded is None and only_agreed and not shut:
        held_back = first_weight(plain, exercise, first, known)
        if held_back is not None:
            return held_back
    if missing or shut:
        waits = tuple(Why(message, rules.source) for message in (*missing, *shut))
        return replace(plain, reasons=(*plain.reasons, *waits))
    loaded, again = _now(ladder.loaded, exercise, who, programme, known)
    if loaded is None or loaded.rests:
        words = say("plan.load.too-heavy") if loaded is None else say("plan.load.rests", count=loaded.rests)
        return replace(plain, reasons=(*plain.reasons, Why(words, rules.source)))
    return _carrying(plain, exercise, level, ladder, (loaded, again), who, programme, known)


def _with_goal(plain: Prescription, exercise: Exercise, who: Carrier) -> Prescription:
    """The dose with a word about the goal, where the brief's weight would be too much for somebody's mass."""
    load = exercise.loads[0]
    kg = goal_kg(load, who.body_mass_kg)
    if kg is None:
        return plain
    why = Why(say("plan.load.goal", kg=kg, pounds=load.first_lb or 0), load.rule_source or load.source)
    return replace(plain, reasons=(*plain.reasons, why))


def _shut(programme: Programme, known: Known) -> tuple[Message, ...]:
    """What shuts weights on a day, whatever was earned: each with a sentence of its own, so that none goes without."""
    course, reactions = known.course, programme.listening.reactions
    answers = known.verdict.outcome is not Outcome.START or bool(known.verdict.ways_back)
    names = course.book.keys() - _NOTHING_AGAINST
    names |= {"flare"} if course.flare is not None else set()
    names -= {"reds"} if course.load_shut_on is not None else set()
    found = [say("plan.load.shut", count=reactions.reds, days=reactions.red_days)] if course.load_shut_on else []
    found += [say(f"plan.load.{name}") for name in sorted(names)]
    return (*found, say("plan.load.answers")) if answers else tuple(found)


_NOTHING_AGAINST = frozenset({"no-gain"})
"""What asks for a review without a word that the back is worse: weeks that brought no gain."""


def _now(
    loaded: Loaded | None, exercise: Exercise, who: Carrier, programme: Programme, known: Known
) -> tuple[Loaded | None, tuple[Why, ...]]:
    """The weight as it may be carried on a day, None where none may; with why it is lighter, where it is."""
    listening, load = programme.listening, exercise.loads[0]
    if loaded is None:
        return begun_again(None, load, who, known.on, listening.loading), ()
    back = come_back(loaded, load, known.on, listening.gaps, listening.loading)
    if back is None:
        back = begun_again(loaded, load, who, known.on, listening.loading)
    now = None if back is None else allowed(back, load, who, exercise.dose.target_s)
    if now is None or back == loaded:
        return now, ()
    words = say("plan.load.come-back", count=(known.on - loaded.carried_on).days, kg=loaded.kg)
    return now, (Why(words, listening.gaps.source),)


def _carrying(
    plain: Prescription,
    exercise: Exercise,
    level: Level,
    ladder: Ladder,
    now: tuple[Loaded, Iterable[Why]],
    who: Carrier,
    programme: Programme,
    known: Known,
) -> Prescription:
    """The dose with a weight, and with the words for it."""
    rules, load, (loaded, again) = programme.listening.loading, exercise.loads[0], now
    uneasy = ladder.uneasy is not None
    kg, hold_s = asked_weight(loaded, known.on, rules, programme.listening.dosing, uneasy=uneasy)
    why = Why(say("plan.load.carries", kg=kg, seconds=hold_s), load.rule_source or load.source)
    carry = say(f"{exercise.id}.carry.{'helped' if who.helper else 'alone'}", kg=kg)
    limited = who.limit_kg is not None and kg == max(kg for kg in load.weights_kg if kg <= who.limit_kg)
    why_limited = (Why(say("plan.load.limited", kg=who.limit_kg or 0.0), "review"),) if limited else ()
    loads = replace(plain, sets=rules.sets, hold_s=hold_s, load_kg=kg, carry=carry)
    # What made the dose without it, its length above all, is no word about this one.
    made = None if level.why is None else level.why.message
    kept = (reason for reason in plain.reasons if reason.message != made)
    return replace(loads, reasons=(why, *again, *why_limited, *kept))
