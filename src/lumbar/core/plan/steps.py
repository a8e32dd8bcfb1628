"""The steps of a session: one order, one trip down to the floor and one up, each with its seconds and its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.check import Repetition
from lumbar.core.exercise import Exercise, Position, Rung, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.day import HoldTest, Item
from lumbar.core.plan.prescription import position
from lumbar.core.plan.programme import Programme
from lumbar.core.sign import Sign
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
    place = CameraPlace()
    for visit in visits(in_order(items, programme), programme):
        exercise = visit.exercise
        lies = _lies(visit.item, programme)
        if visit.begins_round:
            legs.append(_between_rounds(visit, programme))
        legs.append(_change(exercise, programme, None if lies == down else "down" if lies else "up"))
        legs += _station(visit, programme, place, brief=short or not visit.first)
        down = lies
    if down:
        legs.append(_change(None, programme, "up"))
    legs.append(_ask(items, programme, pain_before))
    legs.append(Leg("end", (say("script.end"),), say("script.end")))
    return tuple(legs)


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
    return _lies(item, programme) if core else item.exercise


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


def _lies(item: Item, programme: Programme) -> bool:
    exercise = programme.exercises[item.exercise]
    return position(exercise, exercise.rung(item.rung)).on_floor


def _between_rounds(visit: Visit, programme: Programme) -> Leg:
    rest_s = programme.timing.rest_between_sets_s
    rest = say("script.next-round", seconds=rest_s, round=visit.round, rounds=visit.rounds)
    return Leg("rest", (rest,), rest, {"seconds": rest_s})


def seconds(legs: Iterable[Leg]) -> int:
    """How long they are planned to take."""
    return sum(leg.seconds for leg in legs)


def minutes(legs: Iterable[Leg]) -> int:
    """The same in whole minutes, rounded up."""
    return -(-seconds(legs) // 60)


def step_minutes(legs: Iterable[Leg], programme: Programme) -> dict[Step, int]:
    """The minutes of a session's steps, in the programme's order; they come to those of the session.

    Each has the way to its exercises; what comes before the first and after the last exercise goes with those. Steps
    are rounded so that their sum is right: a step's minutes end where the session's, rounded up, stand after it.
    """
    spent_s: dict[Step, int] = {}
    here: Step | None = None
    before_s = 0
    for leg in legs:
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


def _ask(items: Sequence[Item], programme: Programme, pain_before: int | None) -> Leg:
    """What is asked after the exercises. Stretches alone are not asked about."""
    core = [item.exercise for item in items if programme.is_core(item.exercise)]
    if not core:
        nothing = say("script.ask-nothing")
        return Leg("ask", (nothing,), nothing, {"questions": [], "which": None})
    held = ["held"] if any(item.untested for item in items) else []
    reactions = programme.listening.reactions
    which = {
        "exercises": core,
        "effort_from": programme.listening.dosing.effort + 1,
        "pain_from": max((pain_before or 0) + reactions.amber.rise, reactions.amber.rise_to),
    }
    fields = {"questions": ["effort", "pain-after", "shape", *held], "which": which if len(core) > 1 else None}
    return Leg("ask", (say("script.ask"),), say("script.ask"), fields)


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
    """Where the camera stands in a session, and which sign it knows, so that either is told as seldom as can be."""

    def __init__(self) -> None:
        self._view: tuple[object, ...] | None = None
        self._signs: set[Sign] = set()

    def words(self, exercise: Exercise, rung: Rung, side: Side | None, *, again: bool) -> tuple[Message, ...]:
        """What to say of it before an exercise, to whoever uses a camera; nothing where no camera looks. again: it was
        said once in this session that the camera stays."""
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
        if known and again:
            return near
        return (say("placement.stays") if known else say(f"{exercise.id}.camera"), *near)

    def sign(self, exercise: Exercise, rung: Rung) -> tuple[Message, ...]:
        """How to pause with a hand, where that was not told in this session yet."""
        sign = exercise.signs_of(rung)[0]
        known = sign in self._signs
        self._signs.add(sign)
        return () if known else (say(f"session.sign.{sign}"),)

    def turned(self, exercise: Exercise, rung: Rung, side: Side) -> tuple[Message, ...]:
        """What to say when the sides change: the camera stays, and the person turns."""
        near = exercise.camera.near
        if not (exercise.judged and rung.camera_sees) or near is Near.EITHER or not exercise.camera.whole_body:
            return ()
        return (say(f"placement.turn.{side if near is Near.WORKING else 'front'}"),)


def _station(visit: Visit, programme: Programme, place: CameraPlace, *, brief: bool) -> Iterator[Leg]:
    """One stay: announced, then each side got ready for and held. `camera`: what those hear who use one."""
    timing, item, exercise = programme.timing, visit.item, visit.exercise
    rung = exercise.rung(item.rung)
    about = {"exercise": exercise.id, "rung": rung.id, "sign": exercise.signs_of(rung)[0].value}
    first, _ = visit.sides[0]
    words = _announce_briefly(visit, first) if brief else _announce(item, exercise, rung, first, programme)
    camera = _plain((*place.words(exercise, rung, first, again=not visit.first), *place.sign(exercise, rung)))
    seconds = timing.announce_again_s if brief else timing.announce_s
    yield Leg("announce", words, exercise.name, {**about, "side": _side(first), "seconds": seconds, "camera": camera})
    for number, (side, sets) in enumerate(visit.sides):
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
        yield _get_ready(visit, number, here, programme)
        if exercise.repetition is None:
            yield from _holds(visit, sets, rung, here, programme)
        else:
            yield from _repetitions(sum(s.holds for s in sets), exercise, exercise.repetition, rung, here, programme)


def _get_ready(visit: Visit, number: int, about: Mapping[str, object], programme: Programme) -> Leg:
    """The last words before a side's holds. number: which side it is, from 0."""
    timing = programme.timing
    # The holds of core work are too short for a prompt, and a breath is held most easily in them.
    breathe = visit.exercise.step is Step.CORE and number == 0 and visit.first
    ready = say("script.get-ready-and-breathe" if breathe else "script.get-ready")
    wait = {"seconds": timing.get_ready_s, "wait_for_position_s": timing.wait_for_position_s}
    return Leg("get-ready", (ready,), ready, {**about, **wait})


def _holds(
    visit: Visit, sets: Sequence[Set], rung: Rung, about: Mapping[str, object], programme: Programme
) -> Iterator[Leg]:
    """The holds of one side at one stay, with the rests between them."""
    timing = programme.timing
    for place, one in enumerate(sets):
        if place:
            yield _rest(timing.rest_between_sets_s)
        for number in range(1, one.holds + 1):
            if number > 1:
                yield _rest(programme.start_dose.rest_s)
            where = {"set": one.number, "sets": visit.sets, "hold": number, "holds": one.holds}
            fields = _hold_fields(visit.item, one, visit.exercise, rung, programme)
            yield Leg("hold", (), visit.exercise.name, {**about, **where, **fields})


def _rest(seconds: int) -> Leg:
    rest = say("script.rest", seconds=seconds)
    return Leg("rest", (rest,), rest, {"seconds": seconds})


def _hold_fields(item: Item, one: Set, exercise: Exercise, rung: Rung, programme: Programme) -> dict[str, object]:
    """What a hold is like. of_test: it takes this share of what its test has come to, once that is known."""
    timing, dosing = programme.timing, programme.listening.dosing
    hold_s = item.test_s if one.test else item.hold_s
    shares = item.test is HoldTest.FIRST and not one.test
    of_test = {
        "share": dosing.first_share,
        "round_s": dosing.round_s,
        "half_from_s": timing.half_from_s,
        "last_five_from_s": timing.last_five_from_s,
    }
    return {
        "target_s": hold_s,
        "test": one.test,
        "of_test": of_test if shares else None,
        "load_kg": item.load_kg,
        "judged": exercise.judged and rung.camera_sees,
        "core": exercise.step is Step.CORE,
        "repetition": False,
        "prompts": [] if one.test else _prompts(item, exercise, rung, timing.prompt_needs_s),
        "half": hold_s >= timing.half_from_s and not one.test,
        "last_five": hold_s >= timing.last_five_from_s and not one.test,
    }


def _repetitions(
    count: int, exercise: Exercise, drill: Repetition, rung: Rung, about: Mapping[str, object], programme: Programme
) -> Iterator[Leg]:
    """So many repetitions in sets: each a way down, a short hold at the bottom, and a way up.

    The way down is a get-ready, which the camera or the clock ends; the way up is a rest.
    """
    timing = programme.timing
    down, up = say(f"{exercise.id}.way-down"), say(f"{exercise.id}.way-up")
    rest = say("script.rest", seconds=timing.rest_between_sets_s)
    way = {"seconds": drill.down_s, "wait_for_position_s": timing.wait_for_position_s}
    judged = exercise.judged and rung.camera_sees
    alike = {"target_s": exercise.dose.target_s, "judged": judged, "core": False, "prompts": [], "repetition": True}
    alike |= {"test": False, "of_test": None, "load_kg": 0.0}
    sets = -(-count // drill.count)
    for number in range(count):
        done, hold = divmod(number, drill.count)
        if done and not hold:
            yield Leg("rest", (rest,), rest, {"seconds": timing.rest_between_sets_s})
        of_set = min(drill.count, count - done * drill.count)
        places = {"set": done + 1, "sets": sets, "hold": hold + 1, "holds": of_set}
        yield Leg("get-ready", (down,), down, {**about, **way})
        yield Leg("hold", (), exercise.name, {**about, **places, **alike, "half": False, "last_five": False})
        yield Leg("rest", (up,), up, {"seconds": drill.up_s})


def _prompts(item: Item, exercise: Exercise, rung: Rung, needs_s: int) -> list[dict[str, object]]:
    """What no camera sees, as far as the hold has time for it. Those of one form are left out on another."""
    own = rung.goal_form or rung.first
    return [
        {"at_s": prompt.at_s, "message": say(prompt.message).as_json()}
        for prompt in exercise.prompts
        if prompt.at_s + needs_s <= item.hold_s and (own or not prompt.message.startswith(exercise.id))
    ]


def _announce(
    item: Item, exercise: Exercise, rung: Rung, side: Side | None, programme: Programme
) -> tuple[Message, ...]:
    """Its name and how to get into it; on another rung than the first, that rung's own words. Then what is carried, and
    what a test is."""
    words = [say(f"{exercise.id}.start")]
    if rung.first:
        words += [say(f"{exercise.id}.set-up.{line}") for line in range(1, SET_UP_LINES + 1)]
    else:
        words = [say("script.announce", exercise=f"@{exercise.id}.name"), say(f"{exercise.id}.rung.{rung.id}.set-up")]
    if side is not None:
        words.append(say(f"{exercise.id}.side.{side.value}"))
    words += [item.carry] if item.carry is not None else []
    if item.test is not HoldTest.NONE:
        words.append(say("script.test", seconds=item.test_s, effort=programme.listening.dosing.test_effort))
    return tuple(words)


def _announce_briefly(visit: Visit, side: Side | None) -> tuple[Message, ...]:
    """Where the exercise is known: its name, the side, and what is carried."""
    exercise = visit.exercise
    name = say("script.announce", exercise=f"@{exercise.id}.name")
    sides = () if side is None else (say(f"{exercise.id}.side.{side.value}"),)
    return (name, *sides, *(() if visit.item.carry is None else (visit.item.carry,)))


def _plain(messages: Iterable[Message]) -> list[dict[str, object]]:
    return [message.as_json() for message in messages]


def _side(side: Side | None) -> str | None:
    return None if side is None else side.value
