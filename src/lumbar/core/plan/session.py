"""One session of one exercise, and how it was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.plan.ladder import HoldDose
from lumbar.core.plan.load import seen_well_held, well_held
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.rules import Listening
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.told import Hold


@dataclass(frozen=True, slots=True)
class Answer:
    """How a session was answered, for one exercise.

    reaction: by everything that is put down to it. before_only: the pain before is all that speaks for it. answered:
    the pain after it and the morning after were told. stays: something else of the session was painful, so this one
    stays as it is. short: it was the short version of the day. easy: effort that counts, or that is put down to other
    exercises. may_count: nothing about the day itself keeps it from counting. no_growth: a flare-up, or a week of more
    pain, lets nothing grow or come back. kept: what the person says of the shape. effort: 0-10, where it is put down to
    this exercise. told: how long tests that no camera saw were held, in seconds, by side. light: no more effort than
    even a limit of the first weeks allows. worse_morning: only the morning after, as clearly worse, makes it too much.
    """

    reaction: Reaction
    before_only: bool
    answered: bool
    stays: bool
    short: bool
    easy: bool
    may_count: bool
    no_growth: bool
    kept: str | None
    effort: int | None = None
    told: Mapping[Side | None, int] = field(default_factory=dict)
    light: bool = True
    worse_morning: bool = False

    @property
    def calm(self) -> bool:
        """Whether it was answered in full, and green but for what the pain before it alone says."""
        return self.answered and (self.reaction is Reaction.GREEN or self.before_only)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of one exercise. holds: with anything held, in order. start: what core work begins with. last_on: the
    last day with core work before it. short_s: the longest hold of the short version, which stands for longer ones.
    most: the number of the hardest rung that needs nobody's word; None where changes do not wait for one. light_effort:
    the effort, of 10, at which a measured hold ends that an answer makes shorter; None where none does. longest_s: the
    longest hold that was asked for; tests: those to be held for as long as the form keeps, and for long
    enough to tell something."""

    exercise: Exercise
    holds: Sequence[Hold]
    answer: Answer
    rules: Listening
    start: HoldDose
    last_on: date | None = None
    short_s: int = 0
    most: int | None = None
    light_effort: int | None = None
    longest_s: float = field(init=False)
    tests: tuple[Hold, ...] = field(init=False)

    def __post_init__(self) -> None:
        # Looked at once, for everything that a session may come to asks for them.
        object.__setattr__(self, "longest_s", max(hold.target_s for hold in self.holds))
        tests = (hold for hold in self.holds if hold.is_test)
        least_s = self.rules.dosing.test_easier_s  # one that was to be shorter tells of no strength
        object.__setattr__(self, "tests", tuple(hold for hold in tests if hold.target_s >= least_s))

    @property
    def on(self) -> date:
        """Its day."""
        return self.holds[0].on

    @property
    def test_effort(self) -> int:
        """The effort, of 10, at which its tests were to end."""
        shortened = any(hold.target_s < self.exercise.dose.target_s for hold in self.tests)
        if shortened and self.light_effort is not None:
            return self.light_effort
        return self.rules.dosing.test_effort


def is_complete(
    exercise: Exercise, holds: Sequence[Hold], dose: HoldDose, told: Mapping[Side | None, int] = MappingProxyType({})
) -> bool:
    """Whether every side had all its holds, each to its end and no shorter than the dose. told: how long tests were
    held that ran out by the clock."""
    full = [hold for hold in holds if _full(hold, dose, told)]
    return all(sum(hold.side is side for hold in full) >= dose.sets for side in sides_of(exercise))


def _full(hold: Hold, dose: HoldDose, told: Mapping[Side | None, int]) -> bool:
    if hold.is_test:
        return hold.done and (hold.held_for(told.get(hold.side)) or 0) >= dose.hold_s
    return hold.done and hold.target_s >= dose.hold_s


def shape_kept(session: Session) -> bool:
    """Whether the shape was kept: by the camera where it saw enough of it, and by what the person says where it did
    not. When they say no, some of it was out of its sight; what it saw badly held is not well held by their word."""
    if session.answer.kept == "no":
        return False
    least, share = session.rules.dosing.shape_share, well_held(session.holds)
    if share is not None and (share < least or seen_well_held(session.holds) >= least):
        return share >= least
    return session.answer.kept in ("yes", "mostly")


def seen_well(session: Session) -> bool:
    """Whether the camera saw so much of it without a standing fault as a weight asks for."""
    return seen_well_held(session.holds) >= session.rules.loading.shape_share
