"""The short version of a day: for one with five minutes."""

from collections.abc import Iterable

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.plan.day import HoldTest, Item
from lumbar.core.plan.programme import Programme


def shortened(items: Iterable[Item], programme: Programme) -> list[Item]:
    """What the short version keeps of these, each as it is done in it. Its holds are measured by no test."""
    every = list(items)
    core = any(programme.is_core(item.exercise) for item in every)
    kept = programme.short.strength if core else programme.short.other
    found = [item for item in every if programme.is_core(item.exercise) or item.exercise in kept]
    return [_one_round(item, programme) if programme.is_core(item.exercise) else item for item in found]


def short_sets(exercise: Exercise, hold_s: int, sets: int, programme: Programme) -> int:
    """How many holds of a dose the short version has, a side: one, and of the shortest ones a few."""
    if exercise.step is not Step.CORE:
        return sets
    return min(sets, programme.short.together if hold_s <= programme.timing.together_up_to_s else 1)


def _one_round(item: Item, programme: Programme) -> Item:
    exercise = programme.exercises[item.exercise]
    sets = tuple(short_sets(exercise, item.hold_s, count, programme) for count in item.side_sets)
    hold_s = min(item.hold_s, programme.short.hold_up_to_s)
    return replace(item, side_sets=sets, hold_s=hold_s, test=HoldTest.NONE, untested=())
