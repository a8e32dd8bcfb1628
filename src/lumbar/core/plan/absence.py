"""A rung that was not held for a while, though core work went on: on another one, or with shorter holds.

A limit that ends, an answer that asks for an easier form no more, or a gentle start that was reviewed lead back to the
dose that was left. The back is then as far from it as after days without any core work, so it is led there as slowly.
"""

from datetime import date, timedelta

from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.ladder import Change, HoldDose, Level, eased
from lumbar.core.plan.rules import Listening


def fresh(exercise: Exercise, rung: int, rules: Listening, start: HoldDose) -> Level:
    """A rung that was never held: tests come first where the rules want them."""
    first = exercise.number(exercise.first_rung)
    return Level(start, pending=rules.dosing.tests > 0 and rung <= first)


def anew(level: Level, exercise: Exercise, rung: int, rules: Listening, start: HoldDose) -> Level:
    """A rung that was left for so long that it begins anew, with no more than was asked for last."""
    again = fresh(exercise, rung, rules, start)
    return again if level.dose.total_s >= start.total_s else Level(level.dose, pending=again.pending)


def returned(
    level: Level, last_on: date | None, on: date, exercise: Exercise, rung: int, rules: Listening, start: HoldDose
) -> Level:
    """A level as it is come back to on a day. last_on: the last day with core work of any kind before it.

    Days without any are counted by themselves; where those alone take nothing, they count with the days before them.
    """
    if level.held_on is None or last_on is None or last_on == level.held_on:
        return level
    gap = rules.gaps.band((on - last_on).days)
    answered = gap is not None and (gap.anew or bool(gap.shares))
    days = ((last_on if answered else on) - level.held_on).days
    band = rules.gaps.band(days)
    if band is None or (not band.anew and not band.shares):
        return level
    why = Change(last_on, say("plan.reason.not-held", count=days), rules.gaps.source)
    if band.anew:
        begins = anew(level, exercise, rung, rules, start)
        return begins if begins.pending else Level(begins.dose, why=why)
    return eased(level, level.held_on + timedelta(days=1), band.shares, rules.dosing, why)
