"""Everything that may be said aloud: in a session, and in a break at the desk.

What a session says of its exercises is read off real sessions, one for each rung, dose and order of the sides; what its
player says of itself is read off the player. So new words are found without anybody having to name them here. The few
parameters that are numbers are counted through; a number without an end to it has no place in what is spoken.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lumbar.catalog.load import Catalogue, shipped_catalogue
from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import Words
from lumbar.core.body import Side
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, Param, say
from lumbar.core.plan import Programme
from lumbar.core.plan.day import Goal, HoldTest, Item, ItemState
from lumbar.core.plan.leg import Leg
from lumbar.core.plan.steps import session_steps
from lumbar.core.rung import Rung

PROGRAMMES = ("home", "short-test")
PLAYER = Path(__file__).parents[2] / "frontend/src/session/player.ts"
SCRIPT = PLAYER.with_name("script.ts")
LB_PER_KG = 2.20462
"""As the page has it: what is said must be what the page asks for, to the letter."""

_NOTE = re.compile(r'"(session\.[a-z-]+)"')
_EVERY_S = re.compile(r"TOLD_EVERY_S = (\d+)")
_CAMERA = tuple(f"session.camera.{state}" for state in ("refused", "absent", "busy", "unable", "gone"))
_ANYTHING_OF = ("placement.", "coach.", "session.sign.")
"""Whatever stands under these is said sometimes, and none of it has a parameter."""
_POSES = ("usual", "tall", "slump")
_SIDES = ((Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT))


def shipped_repertoire(words: Words) -> frozenset[Message]:
    """What may be said with the exercises and programmes that come with the package."""
    catalogue = shipped_catalogue()
    programmes = [load_programme(name, catalogue, load_form(catalogue)) for name in PROGRAMMES]
    said = {message for programme in programmes for message in (*of_sessions(programme), *of_player(programme))}
    said |= {message for exercise in catalogue.exercises.values() for message in of_coach(exercise)}
    said |= {Message(i) for i in words.flat()["written"] if i.startswith(_ANYTHING_OF)}
    return frozenset(said | set(of_desk(catalogue)))


def texts(message: Message, words: Words) -> Iterator[str]:
    """What is heard of a message: of a mass, in each unit that people weigh things in. Raises NotFound."""
    yield words.spoken(message)
    kg = message.params.get("kg")
    if isinstance(kg, int | float):
        lb = words.spoken(say("mass.lb", lb=round(kg * LB_PER_KG)))
        yield words.spoken(Message(message.id, {**message.params, "kg": lb}))


def of_sessions(programme: Programme) -> Iterator[Message]:
    """What sessions of a programme say of their exercises, where the camera stands included."""
    exercises = [programme.exercises[name] for name in programme.exercises]
    for legs in _sessions(exercises, programme):
        for leg in legs:
            yield from leg.say
            for field in ("camera", "prompts"):
                yield from _messages(leg.fields.get(field, ()))


def _sessions(exercises: list[Exercise], programme: Programme) -> Iterator[tuple[Leg, ...]]:
    for exercise in exercises:
        for rung in exercise.rungs:
            for item in _doses(exercise, rung, programme):
                yield session_steps([item], programme)
                yield session_steps([item], programme, short=True)
    for sets in range(1, _most_sets(programme) + 1):
        whole = [_item(exercise, exercise.first_rung, sets=sets) for exercise in exercises]
        yield session_steps(whole, programme)


def _doses(exercise: Exercise, rung: Rung, programme: Programme) -> Iterator[Item]:
    """An exercise in every way that changes what is said of it."""
    for sides in _SIDES if exercise.two_sided else ((None,),):
        plain = _item(exercise, rung, sides=sides)
        yield plain
        yield _item(exercise, rung, sides=sides[:1])
        yield _item(exercise, rung, sides=sides, hold_s=programme.timing.together_up_to_s)
        if programme.is_core(exercise.id):
            for seconds, effort in _tests(exercise, programme):
                yield _item(exercise, rung, sides=sides, test_s=seconds, test_effort=effort)
            yield from (_item(exercise, rung, sides=sides, carry=carry) for carry in _carried(exercise, rung))


def _item(
    exercise: Exercise,
    rung: Rung,
    *,
    sides: tuple[Side | None, ...] | None = None,
    sets: int = 2,
    hold_s: int | None = None,
    test_s: int = 0,
    test_effort: int = 0,
    carry: Message | None = None,
) -> Item:
    sides = sides or (_SIDES[0] if exercise.two_sided else (None,))
    dose = exercise.dose
    return Item(
        exercise=exercise.id,
        rung=rung.id,
        sides=sides,
        side_sets=(sets,) * len(sides),
        hold_s=hold_s or dose.target_s,
        goal=Goal(sets, dose.target_s, say(f"{exercise.id}.goal")),
        state=ItemState.DUE,
        done_at=None,
        not_before=None,
        not_after=None,
        reasons=(),
        held=None,
        test=HoldTest.FIRST if test_s else HoldTest.NONE,
        test_s=test_s,
        test_effort=test_effort,
        untested=sides if test_s else (),
        carry=carry,
        repetitions=exercise.repetition.count if exercise.repetition else 1,
    )


def _most_sets(programme: Programme) -> int:
    dosing = programme.listening.dosing
    return max(programme.start_dose.sets, *(band.sets for band in dosing.sets))


def _tests(exercise: Exercise, programme: Programme) -> Iterator[tuple[int, int]]:
    """How long a measured hold may be at the most, and at which effort it ends: to the target, or no longer than the
    hold of an answer that makes it shorter and lighter. What would be too short to tell anything is not measured."""
    dosing = programme.listening.dosing
    if not dosing.tests:
        return
    light = [(limit.hold_s, limit.effort) for limit in programme.limits if limit.effort is not None]
    for most_s, effort in ((exercise.dose.target_s, dosing.test_effort), *light):
        least_s, most_s = min(dosing.test_easier_s, most_s), min(most_s, exercise.dose.target_s)
        yield from ((seconds, effort) for seconds in range(least_s, most_s + 1, dosing.round_s))


def _carried(exercise: Exercise, rung: Rung) -> Iterator[Message]:
    """How each weight is carried, by whoever has a helper and by whoever has none."""
    for load in exercise.loads if rung.goal_form else ():
        for kg in load.weights_kg:
            yield say(f"{exercise.id}.carry.helped", kg=kg)
            if load.alone_kg is None or kg <= load.alone_kg:
                yield say(f"{exercise.id}.carry.alone", kg=kg)


def of_player(programme: Programme) -> Iterator[Message]:
    """What a session says of itself, by whatever ids its player names, and of the camera."""
    longest_s = max(programme.exercises[name].dose.target_s for name in programme.exercises)
    told_every_s = int(_first(_EVERY_S, SCRIPT))
    for message_id in sorted(set(_NOTE.findall(PLAYER.read_text(encoding="utf-8")))):
        if message_id == "session.seconds":
            yield from (say(message_id, seconds=s) for s in range(told_every_s, longest_s + 1, told_every_s))
        elif message_id == "session.measured":
            yield from (say(message_id, count=s) for s in range(longest_s + 1))
        else:
            yield Message(message_id)
    yield from map(Message, _CAMERA)


def of_coach(exercise: Exercise) -> Iterator[Message]:
    """What is said of what the camera sees in an exercise."""
    ids = [cue for check in exercise.checks for cue in check.cues]
    ids += [sign.cue for sign in (exercise.steadiness, exercise.sinking) if sign is not None]
    ids += [nudge.message for nudge in exercise.nudges]
    ids += [condition.hint for condition in (*exercise.sight, *exercise.perspective) if condition.hint is not None]
    ids += [exercise.repetition.hint] if exercise.repetition else []
    yield from map(Message, ids)


def of_desk(catalogue: Catalogue) -> Iterator[Message]:
    """What a break and a new baseline at the desk say."""
    breaks = shipped_posture().pause
    yield say("posture.break.stand", seconds=breaks.stand_s)
    yield say("posture.break.walk", seconds=breaks.walk_s)
    for name in breaks.stretches:
        exercise = catalogue.exercises[name]
        told: dict[str, Param] = {"exercise": f"@{name}.name", "seconds": exercise.dose.target_s}
        for side in Side if exercise.two_sided else ():
            yield say("posture.break.stretch-side", side=f"@side.{side}", **told)
        if not exercise.two_sided:
            yield say("posture.break.stretch", **told)
    yield say("posture.break-done")
    yield from (say("ui.desk.pose.ready", pose=f"@posture.pose.{pose}") for pose in _POSES)


def _messages(field: object) -> Iterator[Message]:
    """The messages of a leg's field, which has them as plain values."""
    for value in field if isinstance(field, list | tuple) else ():
        plain = value.get("message", value)
        yield Message(plain["id"], plain["params"])


def _first(pattern: re.Pattern[str], path: Path) -> str:
    found = pattern.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path.name} has no {pattern.pattern}")
    return found.group(1)
