"""The steps of a session: one order, one trip down to the floor and one up, each with its seconds and its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lumbar.core.body import Side
from lumbar.core.exercise import Exercise, Position, Rung, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Item
from lumbar.core.plan.dose import position
from lumbar.core.plan.programme import Programme
from lumbar.core.view import Near

SET_UP_LINES = 3
"""Every exercise's set-up has this many lines, `<id>.set-up.1` and so on."""

_DOWN = {Position.PRONE: 0, Position.SIDE_LYING: 1, Position.SUPINE: 2}


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a session: its kind, what is said in order, what is shown, and the fields of its kind."""

    kind: str
    say: tuple[Message, ...] = ()
    show: Message | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """How long it is planned to take."""
        value = self.fields.get("target_s", self.fields.get("seconds", 0))
        return value if isinstance(value, int) else 0

    def as_json(self, number: int) -> dict[str, object]:
        """The step as plain values, with its place in the session."""
        return {
            "i": number,
            "kind": self.kind,
            "say": [message.as_json() for message in self.say],
            "show": None if self.show is None else self.show.as_json(),
            **self.fields,
        }


def in_order(items: Iterable[Item], programme: Programme) -> list[Item]:
    """Standing and kneeling first, then the floor, then the stretches of posture: one trip down, one up."""
    places = {exercise: number for number, exercise in enumerate(programme.exercises)}

    def key(item: Item) -> tuple[int, int, int]:
        exercise = programme.exercises[item.exercise]
        down = _DOWN.get(position(exercise, exercise.rung(item.rung)))
        if down is not None:
            return (1, down, places[item.exercise])
        return (2 if exercise.step is Step.POSTURE else 0, 0, places[item.exercise])

    return sorted(items, key=key)


def session_steps(items: Sequence[Item], programme: Programme) -> tuple[Leg, ...]:
    """A whole session of these exercises; none for no exercise."""
    if not items:
        return ()
    timing = programme.timing
    legs = [
        Leg("sound-check", (say("script.sound-check"),), say("script.sound-check"), {"seconds": timing.sound_check_s})
    ]
    exercises = [programme.exercises[item.exercise] for item in items]
    if any(exercise.step is not Step.POSTURE for exercise in exercises):
        warm_up = say("script.warm-up", seconds=timing.warm_up_s)
        legs.append(Leg("warm-up", (warm_up,), warm_up, {"seconds": timing.warm_up_s}))
    down = False
    place = CameraPlace()
    for item in in_order(items, programme):
        exercise = programme.exercises[item.exercise]
        lies = position(exercise, exercise.rung(item.rung)).on_floor
        legs.append(_change(exercise, programme, None if lies == down else "down" if lies else "up"))
        legs += _station(item, exercise, programme, place)
        down = lies
    if down:
        legs.append(_change(None, programme, "up"))
    questions = _questions(exercises)
    ask = say("script.ask") if questions else say("script.ask-nothing")
    legs.append(Leg("ask", (ask,), ask, {"questions": questions}))
    legs.append(Leg("end", (say("script.end"),), say("script.end")))
    return tuple(legs)


def seconds(legs: Iterable[Leg]) -> int:
    """How long they are planned to take."""
    return sum(leg.seconds for leg in legs)


def minutes(legs: Iterable[Leg]) -> int:
    """The same in whole minutes, rounded up."""
    return -(-seconds(legs) // 60)


def step_minutes(items: Sequence[Item], programme: Programme) -> dict[Step, int]:
    """The minutes of a session's steps, in the programme's order; they come to those of the session.

    Each has the way to its exercises; what comes before the first and after the last exercise goes with those. Steps
    are rounded so that their sum is right: a step's minutes end where the session's, rounded up, stand after it.
    """
    spent_s: dict[Step, int] = {}
    here: Step | None = None
    before_s = 0
    for leg in session_steps(items, programme):
        name = leg.fields.get("exercise")
        here = programme.exercises[name].step if isinstance(name, str) else here
        if here is None:
            before_s += leg.seconds
            continue
        spent_s[here] = spent_s.get(here, 0) + before_s + leg.seconds
        before_s = 0
    found: dict[Step, int] = {}
    so_far_s = 0
    for step in (step for step in Step if step in spent_s):
        began_s, so_far_s = so_far_s, so_far_s + spent_s[step]
        found[step] = -(-so_far_s // 60) - -(-began_s // 60)
    return found


def _questions(exercises: Iterable[Exercise]) -> list[str]:
    core = any(exercise.step is Step.CORE for exercise in exercises)
    return ["effort", "pain-after", "shape"] if core else []


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


class CameraPlace:
    """Where the camera stands in a session, so that it is told to move as seldom as can be."""

    def __init__(self) -> None:
        self._view: tuple[object, ...] | None = None

    def words(self, exercise: Exercise, rung: Rung, side: Side | None) -> tuple[Message, ...]:
        """What to say of it before an exercise, to whoever uses a camera; nothing where no camera looks."""
        if not (exercise.judged and rung.camera_sees):
            return ()
        camera = exercise.camera
        view = (camera.view, camera.height_m)
        known, self._view = self._view == view, view
        near: tuple[Message, ...] = ()
        if camera.near is Near.WORKING and side is not None:
            near = (say(f"placement.near.{side}"),)
        elif camera.near is Near.FRONT and camera.whole_body and known:
            near = (say("placement.front"),)
        return (say("placement.stays") if known else say(f"{exercise.id}.camera"), *near)

    def turned(self, exercise: Exercise, rung: Rung, side: Side) -> tuple[Message, ...]:
        """What to say when the sides change: the camera stays, and the person turns."""
        near = exercise.camera.near
        if not (exercise.judged and rung.camera_sees) or near is Near.EITHER or not exercise.camera.whole_body:
            return ()
        return (say(f"placement.turn.{side if near is Near.WORKING else 'front'}"),)


def _station(item: Item, exercise: Exercise, programme: Programme, place: CameraPlace) -> Iterator[Leg]:
    """One exercise: announced, then each side got ready for and held. `camera`: what those hear who use one."""
    timing = programme.timing
    rung = exercise.rung(item.rung)
    about = {"exercise": exercise.id, "rung": rung.id}
    first = item.sides[0]
    words = _announce(exercise, rung, first)
    camera = _plain(place.words(exercise, rung, first))
    fields = {**about, "side": _side(first), "seconds": timing.announce_s, "camera": camera}
    yield Leg("announce", words, exercise.name, fields)
    for number, (side, sets) in enumerate(zip(item.sides, item.side_sets, strict=True)):
        here = {**about, "side": _side(side)}
        if number and side is not None:
            switch = say("script.switch-sides", side=f"@side.{side.value}")
            words = (switch, say(f"{exercise.id}.side.{side.value}"))
            camera = _plain(place.turned(exercise, rung, side))
            fields = {
                "exercise": exercise.id,
                "side": side.value,
                "seconds": timing.switch_sides_s,
                "camera": camera,
            }
            yield Leg("switch-sides", words, switch, fields)
        # The holds of core work are too short for a prompt, and a breath is held most easily in them.
        breathe = exercise.step is Step.CORE and number == 0
        ready = say("script.get-ready-and-breathe" if breathe else "script.get-ready")
        wait = {"seconds": timing.get_ready_s, "wait_for_position_s": timing.wait_for_position_s}
        yield Leg("get-ready", (ready,), ready, {**here, **wait})
        yield from _holds(item, sets, exercise, rung, here, programme)


def _holds(
    item: Item, sets: int, exercise: Exercise, rung: Rung, about: Mapping[str, object], programme: Programme
) -> Iterator[Leg]:
    """Short holds follow one another as holds of one set; longer ones are sets of one hold each."""
    timing = programme.timing
    together = item.hold_s <= timing.together_up_to_s
    rest_s = programme.start_dose.rest_s if together else timing.rest_between_sets_s
    rest = say("script.rest", seconds=rest_s)
    alike = {
        "target_s": item.hold_s,
        "judged": exercise.judged and rung.camera_sees,
        "core": exercise.step is Step.CORE,
        "prompts": _prompts(item, exercise, rung, timing.prompt_needs_s),
        "half": item.hold_s >= timing.half_from_s,
        "last_five": item.hold_s >= timing.last_five_from_s,
    }
    for number in range(1, sets + 1):
        if number > 1:
            yield Leg("rest", (rest,), rest, {"seconds": rest_s})
        places = {
            "set": 1 if together else number,
            "sets": 1 if together else sets,
            "hold": number if together else 1,
            "holds": sets if together else 1,
        }
        yield Leg("hold", (), exercise.name, {**about, **places, **alike})


def _prompts(item: Item, exercise: Exercise, rung: Rung, needs_s: int) -> list[dict[str, object]]:
    """What no camera sees, as far as the hold has time for it. Those of one form are left out on another."""
    own = rung.goal_form or rung.first
    return [
        {"at_s": prompt.at_s, "message": say(prompt.message).as_json()}
        for prompt in exercise.prompts
        if prompt.at_s + needs_s <= item.hold_s and (own or not prompt.message.startswith(exercise.id))
    ]


def _announce(exercise: Exercise, rung: Rung, side: Side | None) -> tuple[Message, ...]:
    """Its name and how to get into it; on another rung than the first, that rung's own words."""
    words = [say(f"{exercise.id}.start")]
    if rung.first:
        words += [say(f"{exercise.id}.set-up.{line}") for line in range(1, SET_UP_LINES + 1)]
    else:
        words = [say("script.announce", exercise=f"@{exercise.id}.name"), say(f"{exercise.id}.rung.{rung.id}.set-up")]
    if side is not None:
        words.append(say(f"{exercise.id}.side.{side.value}"))
    return tuple(words)


def _plain(messages: Iterable[Message]) -> list[dict[str, object]]:
    return [message.as_json() for message in messages]


def _side(side: Side | None) -> str | None:
    return None if side is None else side.value
