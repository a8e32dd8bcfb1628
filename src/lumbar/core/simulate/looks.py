"""What somebody saw when they looked at a day, and the rules that every look must keep.

Each rule looks at the day as it was shown and at what the house knew, and works out the rest from the clinical design's
text once more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

CORE_GAP_DAYS, CORE_GAP = 2, timedelta(hours=32)
"""Core work never on the same or consecutive days, nor within 32 hours (3.6)."""
GENTLE_HOLD_S, GENTLE_SETS = 5, 5
"""A gentle start is so much of the easiest rung, and no more (1.2)."""
C1_HOLD_S, C1_DAYS = 20, 28
"""Who is treated for blood pressure holds no longer in the first four weeks (1.5, C1)."""
ROUNDS_BACK = 4
"""Whoever does all that a way back asks for, so often, is on it no longer."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One exercise as it was shown. may_start: now; done: today; reasons: how many; test_s: of a hold for as long as
    the form keeps."""

    exercise: str
    is_core: bool
    on_floor: bool
    easiest: bool
    sets: int
    hold_s: int
    load_kg: float
    test_s: int
    may_start: bool
    done: bool
    reasons: int


@dataclass(frozen=True, slots=True)
class Look:
    """A day as somebody saw it.

    outcome: of the safety questions; None before the first ones. flags: why exercises are shown in another form, each
    with the days since. closed: exercises that an answer closes. asks: something is to be answered first; comes: it
    says when the next exercise is; leads: it says what leads back. warned: a warning sign stands that nobody has
    looked at; ill: told today that they are ill. since_core: hours and days from and to the nearest core work that is
    known. short: a short version is offered. rounds: how often in a row they did all that leads back. in_any_order:
    whether the same facts in another order gave the same day; None where it was not tried.
    """

    on: date
    outcome: str | None
    flags: Mapping[str, int]
    closed: frozenset[str]
    asks: bool
    comes: bool
    leads: bool
    warned: bool
    ill: bool
    since_core: tuple[timedelta, int] | None
    short: bool
    items: tuple[Seen, ...]
    rounds: int = 0
    in_any_order: bool | None = None

    @property
    def held_back(self) -> bool:
        """Whether no exercise is allowed."""
        return self.outcome in ("pause", "wait")


def gap_of_hours(look: Look) -> Iterator[str]:
    """Core work is never open beside other core work that the house knows of (3.6)."""
    if look.since_core is not None and any(seen.is_core and seen.may_start for seen in look.items):
        gap, days = look.since_core
        if days < CORE_GAP_DAYS or gap < CORE_GAP:
            yield f"core work is open {gap / timedelta(hours=1):.0f} h and {days} days from other core work"


def open_in_pause(look: Look) -> Iterator[str]:
    """Nothing is open while the answers hold somebody back, or while they are ill (1.2, 1.6)."""
    if (look.held_back or look.ill or look.outcome is None) and (look.short or any(s.may_start for s in look.items)):
        yield f"exercise is open, outcome {look.outcome}{', ill' if look.ill else ''}"


def warning_forgotten(look: Look) -> Iterator[str]:
    """A warning sign pauses everything until somebody has looked at it (1.2)."""
    if look.warned and look.outcome != "pause":
        yield f"a warning sign stands, and the outcome is {look.outcome}"


def gentle_grows(look: Look) -> Iterator[str]:
    """A gentle start stays on the easiest rung, at five holds of five seconds, without a weight (1.2)."""
    for seen in look.items if look.outcome == "start-gentle" else ():
        more = seen.hold_s > GENTLE_HOLD_S or seen.sets > GENTLE_SETS or seen.load_kg or seen.test_s
        if seen.is_core and (more or not seen.easiest):
            yield f"{seen.exercise}: {seen.sets} x {seen.hold_s} s in a gentle start"


def answer_ignored(look: Look) -> Iterator[str]:
    """Who cannot get down to the floor is not sent there, what an answer closes stays closed, and holds stay short
    where an answer asks for it (1.5)."""
    if look.held_back or look.outcome is None:
        return
    for seen in look.items:
        if seen.may_start and seen.on_floor and "C2" in look.flags:
            yield f"{seen.exercise} on the floor"
        if seen.may_start and seen.exercise in look.closed:
            yield f"{seen.exercise} is closed by an answer, and open"
        long = max(seen.hold_s, seen.test_s) > C1_HOLD_S or seen.load_kg
        if seen.is_core and long and look.flags.get("C1", C1_DAYS) < C1_DAYS:
            yield f"{seen.exercise}: {max(seen.hold_s, seen.test_s)} s within four weeks"


def no_instruction(look: Look) -> Iterator[str]:
    """Nobody is left on a day with nothing to do, nothing to answer, no day to come and no way back; and whatever is
    not for today says why."""
    if not (look.asks or look.comes or look.leads or any(seen.may_start for seen in look.items)):
        yield "nothing says what to do next"
    for seen in look.items:
        if not (seen.may_start or seen.done or seen.reasons):
            yield f"{seen.exercise}: no reason why not"


def no_end_of_pause(look: Look) -> Iterator[str]:
    """Whoever does all that leads back is let back (1.2)."""
    if look.held_back and (look.rounds > ROUNDS_BACK or not (look.leads or look.asks)):
        yield f"{look.outcome} still, having done {look.rounds} times what leads back"


def other_order(look: Look) -> Iterator[str]:
    """The same facts give the same day, in whatever order they arrived."""
    if look.in_any_order is False:
        yield "the same facts in another order gave another day"


LOOK_RULES: Mapping[str, Callable[[Look], Iterator[str]]] = {
    "answer-ignored": answer_ignored,
    "core-gap-hours": gap_of_hours,
    "gentle-start-grows": gentle_grows,
    "no-end-of-pause": no_end_of_pause,
    "no-instruction": no_instruction,
    "open-in-pause": open_in_pause,
    "order-of-arrival": other_order,
    "warning-forgotten": warning_forgotten,
}
"""Every rule of a look by its name."""
