"""The programme's steps on a day: how each stands, what it is called so, and how long it takes."""

from collections.abc import Iterable, Sequence

from lumbar.core.exercise import Step
from lumbar.core.message import Message, say
from lumbar.core.plan.day import DayStep, DayWalk, ItemState, StepState, WalkState, Why
from lumbar.core.plan.entries import MOVE, Entry, is_core, whole_item
from lumbar.core.plan.leg import Leg, minutes, step_minutes
from lumbar.core.plan.moment import NO_CORE, Moment
from lumbar.core.plan.reviewed import CUES
from lumbar.core.plan.steps import in_order, session_steps


def steps_of(entries: Sequence[Entry], legs: Sequence[Leg], moment: Moment, walk: DayWalk | None) -> Iterable[DayStep]:
    """Every step that has anything, in the programme's order.

    legs: of what the day's minutes are of; of everything, when there are none. walk: what the step leads with that is
    ours; None before the questions.
    """
    programme = moment.programme
    if not legs:
        every = [whole_item(entry) for entry in entries if not entry.exercise.step.ours]
        legs = session_steps(every, programme)
    spent = step_minutes(legs, programme)
    for step in Step:
        mine = [entry for entry in entries if entry.exercise.step is step]
        if not mine and step is not MOVE:
            continue
        state, message = _moving(walk, mine) if step is MOVE else _stands(step, mine, moment)
        took = spent.get(step, 0 if step is MOVE else None)
        if took is None:  # it is not among those, which is seldom
            took = minutes(session_steps([entry.item for entry in mine], programme))
        items = tuple(in_order([entry.item for entry in mine], programme))
        cues = _cues(moment) if step is Step.POSTURE else ()
        yield DayStep(step.value, state, message, took, items, cues)


def _stands(step: Step, entries: Sequence[Entry], moment: Moment) -> tuple[StepState, Message]:
    """How a step stands, and what it is called so. Core work that was begun and is not done says so."""
    state = _step_state(entries)
    if moment.rests_h and state in (StepState.DUE, StepState.NOT_TODAY):
        return state, say(f"plan.step.{step.value}.unwell")
    pain = held_back_at(entries, moment)
    if state is StepState.NOT_TODAY and pain is not None:
        return state, say("plan.step.core.pain", pain=pain)
    begun = [entry.exercise for entry in entries if entry.turn.done_at is not None]
    if step is Step.CORE and begun and state in (StepState.LATER, StepState.NOT_TODAY):
        return state, say(f"plan.step.core.{'ended-hurt' if any(map(moment.hurt, begun)) else 'ended'}")
    undated = all(entry.turn.free_at is None for entry in entries)
    shown = StepState.DUE if state is StepState.LATER and undated else state  # before the questions there is no later
    return state, say(f"plan.step.{step.value}.{shown.value}")


def _moving(walk: DayWalk | None, entries: Sequence[Entry]) -> tuple[StepState, Message]:
    """Our addition: it is due while the walk is, or the drill."""
    if walk is None:
        return StepState.LATER, say("plan.step.move.later")
    drill = any(entry.turn.state is ItemState.DUE for entry in entries)
    return StepState.DUE if drill else _WALKS[walk.state], walk.message


_WALKS = {
    WalkState.ASK: StepState.DUE,
    WalkState.DUE: StepState.DUE,
    WalkState.DONE: StepState.DONE,
    WalkState.OPTIONAL: StepState.NOT_TODAY,
    WalkState.RESTS: StepState.NOT_TODAY,
    WalkState.CLOSED: StepState.CLOSED,
}


def _cues(moment: Moment) -> tuple[Why, ...]:
    """What to keep in mind through the day. A pause is silent about posture as well, whoever asked for it."""
    posture = moment.programme.posture
    if CUES not in moment.open:
        return ()
    return tuple(Why(say(cue), posture.source) for cue in posture.cues)


def _step_state(entries: Sequence[Entry]) -> StepState:
    open_ones = [entry.turn for entry in entries if entry.turn.state is not ItemState.CLOSED]
    if not open_ones:
        return StepState.CLOSED
    if any(turn.state is ItemState.DUE for turn in open_ones):
        return StepState.DUE
    if any(turn.off for turn in open_ones):
        return StepState.NOT_TODAY
    return StepState.LATER if any(turn.state is ItemState.LATER for turn in open_ones) else StepState.DONE


def held_back_at(entries: Iterable[Entry], moment: Moment) -> int | None:
    """The pain of today by which core work waits for another day; None where it does not wait for that."""
    core = [why.message.id for entry in entries if is_core(entry) for why in entry.turn.why]
    return moment.known.before if NO_CORE in core else None
