"""The stays at the exercises of a session: one by one, or in the rounds of a circuit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.plan.day import HoldTest, Item
from lumbar.core.plan.prescription import position
from lumbar.core.plan.programme import Programme


@dataclass(frozen=True, slots=True)
class Set:
    """Holds that follow one another with short rests. number: its place among all sets of a side."""

    number: int
    holds: int
    test: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay at an exercise: its sets there, by side. round, rounds: of a circuit, the first 1; 1 of 1 for what is
    done in one go. begins_round: a later round begins with it."""

    item: Item
    exercise: Exercise
    sides: tuple[tuple[Side | None, tuple[Set, ...]], ...]
    sets: int
    round: int = 1
    rounds: int = 1
    begins_round: bool = False

    @property
    def first(self) -> bool:
        """Whether the exercise comes up for the first time."""
        return self.round == 1

    @property
    def tests(self) -> bool:
        """Whether something of it is measured."""
        return any(one.test for _, sets in self.sides for one in sets)


def visits(items: Sequence[Item], programme: Programme) -> Iterator[Visit]:
    """The stays at the exercises, in order. Core work that lies together goes round in a circuit, so that the change of
    place is the rest; short holds are done together in one round."""
    for circuit, group in groupby(items, lambda item: _circuit(item, programme)):
        members = list(group)
        rounds = _rounds(members, programme) if circuit is not None and len(members) > 1 else 1
        for number in range(1, rounds + 1):
            stays = [_visit(item, number if rounds > 1 else None, rounds, programme) for item in members]
            found = [stay for stay in stays if stay.sides]
            if found and number > 1:
                found[0] = replace(found[0], begins_round=True)
            yield from found


def _circuit(item: Item, programme: Programme) -> object:
    """What goes round together: core work on the floor, and core work off it. Every other exercise is by itself."""
    core = programme.exercises[item.exercise].step is Step.CORE
    return lies(item, programme) if core else item.exercise


def _rounds(items: Iterable[Item], programme: Programme) -> int:
    return max(len(_sets(item, side, sets, programme)) for item in items for side, sets in _sides(item))


def _sides(item: Item) -> Iterator[tuple[Side | None, int]]:
    yield from zip(item.sides, item.side_sets, strict=True)


def _visit(item: Item, number: int | None, rounds: int, programme: Programme) -> Visit:
    """A stay: that of one round, or the one for all of it."""
    of_side = [(side, _sets(item, side, sets, programme)) for side, sets in _sides(item)]
    here = [(side, sets if number is None else sets[number - 1 : number]) for side, sets in of_side]
    return Visit(
        item,
        programme.exercises[item.exercise],
        tuple((side, sets) for side, sets in here if sets),
        sets=max(len(sets) for _, sets in of_side),
        round=number or 1,
        rounds=rounds,
    )


def _sets(item: Item, side: Side | None, count: int, programme: Programme) -> tuple[Set, ...]:
    """Short holds follow one another as holds of one set; longer ones, and a test, are sets of one hold each."""
    together = item.hold_s <= programme.timing.together_up_to_s
    tests = (Set(1, 1, test=True),) if side in item.untested else ()
    left = count - len(tests)
    if together and item.test is not HoldTest.FIRST:
        return (*tests, Set(len(tests) + 1, left)) if left else tests
    return (*tests, *(Set(len(tests) + number, 1) for number in range(1, left + 1)))


def lies(item: Item, programme: Programme) -> bool:
    """Whether it is done on the floor."""
    exercise = programme.exercises[item.exercise]
    return position(exercise, exercise.rung(item.rung)).on_floor
