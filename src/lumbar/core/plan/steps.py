"""The steps of a session: one order, one trip down to the floor and one up, each with its seconds and its words."""

from collections.abc import Iterable, Sequence

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.day import Item
from lumbar.core.plan.leg import Leg
from lumbar.core.plan.prescription import position
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.stations import KnownWords, station
from lumbar.core.plan.visits import Visit, lies, visits
from lumbar.core.position import Position

_DOWN = {Position.PRONE: 0, Position.SIDE_LYING: 1, Position.SUPINE: 2}


def in_order(items: Iterable[Item], programme: Programme) -> list[Item]:
    """Standing and kneeling first, then the floor, the circuit of core work before the stretches, then the stretches of
    posture, then what is our addition: one trip down, one up."""
    places = {exercise: number for number, exercise in enumerate(programme.exercises)}

    def key(item: Item) -> tuple[int, int, int, int]:
        exercise = programme.exercises[item.exercise]
        rests = int(exercise.step is not Step.CORE)
        down = _DOWN.get(position(exercise, exercise.rung(item.rung)))
        if down is not None:
            return (1, rests, down, places[item.exercise])
        after = {Step.POSTURE: 2, Step.MOVE: 3}.get(exercise.step, 0)
        return (after, 0, 0, places[item.exercise])

    return sorted(items, key=key)


def session_steps(
    items: Sequence[Item], programme: Programme, *, short: bool = False, pain_before: int | None = None
) -> tuple[Leg, ...]:
    """A whole session of these exercises; none for no exercise. A short one has no warm-up, and few words for what the
    person knows. pain_before: as it was told today, 0-10."""
    if not items:
        return ()
    timing = programme.timing
    legs = [
        Leg("sound-check", (say("script.sound-check"),), say("script.sound-check"), {"seconds": timing.sound_check_s})
    ]
    exercises = [programme.exercises[item.exercise] for item in items]
    if not short and any(exercise.step is not Step.POSTURE for exercise in exercises):
        warm_up = say("script.warm-up", seconds=timing.warm_up_s)
        legs.append(Leg("warm-up", (warm_up,), warm_up, {"seconds": timing.warm_up_s}))
    down = False
    known = KnownWords()
    for visit in visits(in_order(items, programme), programme):
        exercise = visit.exercise
        lying = lies(visit.item, programme)
        if visit.begins_round:
            legs.append(_between_rounds(visit, programme))
        legs.append(_change(exercise, programme, None if lying == down else "down" if lying else "up"))
        legs += station(visit, programme, known, brief=short or not visit.first)
        down = lying
    if down:
        legs.append(_change(None, programme, "up"))
    legs.append(_ask(items, programme, pain_before))
    legs.append(Leg("end", (say("script.end"),), say("script.end")))
    return tuple(legs)


def _between_rounds(visit: Visit, programme: Programme) -> Leg:
    rest_s = programme.timing.rest_between_sets_s
    rest = say("script.next-round", seconds=rest_s, count=rest_s, round=visit.round, rounds=visit.rounds)
    return Leg("rest", (rest,), rest, {"seconds": rest_s})


def _ask(items: Sequence[Item], programme: Programme, pain_before: int | None) -> Leg:
    """What is asked after the exercises. Stretches alone are not asked about."""
    core = [item.exercise for item in items if programme.is_core(item.exercise)]
    if not core:
        nothing = say("script.ask-nothing")
        return Leg("ask", (nothing,), nothing, {"questions": [], "which": None})
    held = ["held"] if any(item.untested for item in items) else []
    which = {
        "exercises": core,
        "effort_from": programme.listening.dosing.effort + 1,
        "pain_from": _pain_from(pain_before or 0, programme),
    }
    fields = {"questions": ["effort", "pain-after", "shape", *held], "which": which if len(core) > 1 else None}
    return Leg("ask", (say("script.ask"),), say("script.ask"), fields)


def _pain_from(before: int, programme: Programme) -> int:
    """From how much pain it is asked which exercise it was: what means to stay, or is too much whatever was before."""
    red, amber = programme.listening.reactions.red, programme.listening.reactions.amber
    rises = max(before + amber.rise, amber.rise_to)
    return rises if red.at is None else min(rises, red.at)


def _change(exercise: Exercise | None, programme: Programme, transfer: str | None) -> Leg:
    timing = programme.timing
    name = {} if exercise is None else {"exercise": f"@{exercise.id}.name"}
    words = [say(f"script.transfer.{transfer}")] if transfer else []
    if exercise is not None:
        words.append(say("script.next", **name))
    return Leg(
        "change",
        tuple(words),
        words[-1],
        {
            "exercise": None if exercise is None else exercise.id,
            "seconds": timing.transfer_s if transfer else timing.change_s,
            "transfer": transfer,
        },
    )
