"""What is said and done at one stay: announced, got ready for, held on each side, and where the camera stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lumbar.core.body import Side
from lumbar.core.check import Repetition
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.day import HoldTest, Item
from lumbar.core.plan.leg import Leg
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.visits import Set, Visit
from lumbar.core.rung import Rung
from lumbar.core.sign import Sign
from lumbar.core.view import Near


class KnownWords:
    """What a session has told already: where the camera stands, the sign to pause, what a measured hold is. So each is
    told as seldom as can be."""

    def __init__(self) -> None:
        self._view: tuple[object, ...] | None = None
        self._signs: set[Sign] = set()
        self._tests = False

    def test(self, item: Item, programme: Programme) -> tuple[Message, int]:
        """What a measured hold is, and how long the words take: in full the first time. Nobody is led to more effort
        than an answer of theirs allows."""
        timing, seconds = programme.timing, item.test_s
        known, self._tests = self._tests, True
        if known:
            return say("script.test-too", seconds=seconds), timing.explain_test_again_s
        light = item.test_effort < programme.listening.dosing.test_effort
        words = "script.test-light" if light else "script.test"
        return say(words, seconds=seconds, effort=item.test_effort), timing.explain_test_s

    def camera(self, exercise: Exercise, rung: Rung, side: Side | None, *, again: bool) -> tuple[Message, ...]:
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
        return (say("placement.stays") if known else say(exercise.words_of(rung, "camera")), *near)

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


def station(visit: Visit, programme: Programme, known: KnownWords, *, brief: bool) -> Iterator[Leg]:
    """One stay: announced, then each side got ready for and held. `camera`: what those hear who use one."""
    timing, item, exercise = programme.timing, visit.item, visit.exercise
    rung = exercise.rung(item.rung)
    about = {"exercise": exercise.id, "rung": rung.id, "sign": exercise.signs_of(rung)[0].value}
    yield from _announcement(visit, rung, about, programme, known, brief=brief)
    for number, (side, sets) in enumerate(visit.sides):
        here = {**about, "side": _side(side)}
        if number and side is not None:
            switch = say("script.switch-sides", side=f"@side.{side.value}")
            words = (switch, say(f"{exercise.id}.side.{side.value}"))
            camera = _plain(known.turned(exercise, rung, side))
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


def _announcement(
    visit: Visit, rung: Rung, about: Mapping[str, object], programme: Programme, known: KnownWords, *, brief: bool
) -> Iterator[Leg]:
    """Its name, the way into it, the side, and what is carried. What a measured hold is comes before the way in: nobody
    is to listen to it up in the hold."""
    timing, item, exercise = programme.timing, visit.item, visit.exercise
    side, _ = visit.sides[0]
    camera = _plain((*known.camera(exercise, rung, side, again=not visit.first), *known.sign(exercise, rung)))
    name, way_in = (_name_briefly(exercise), ()) if brief else _name_and_way_in(exercise, rung)
    here = {**about, "side": _side(side)}
    words = (name, *way_in)
    if visit.tests:
        test, explain_s = known.test(item, programme)
        yield Leg("announce", (name, test), exercise.name, {**here, "seconds": explain_s, "camera": camera})
        words, camera = way_in, []
    words += () if side is None else (say(f"{exercise.id}.side.{side.value}"),)
    words += () if item.carry is None else (item.carry,)
    seconds = timing.announce_again_s if brief else timing.announce_s
    yield Leg("announce", words, exercise.name, {**here, "seconds": seconds, "camera": camera})


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
    rest = say("script.rest", seconds=seconds, count=seconds)
    return Leg("rest", (rest,), rest, {"seconds": seconds})


def _hold_fields(item: Item, one: Set, exercise: Exercise, rung: Rung, programme: Programme) -> dict[str, object]:
    """What a hold is like. least_s: a test that ends before it is asked again; of_test: it takes
    this share of what its test has come to, once that is known."""
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
        "least_s": dosing.test_least_s if one.test else 0,
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
    rest_s = timing.rest_between_sets_s
    rest = say("script.rest", seconds=rest_s, count=rest_s)
    way = {"seconds": drill.down_s, "wait_for_position_s": timing.wait_for_position_s}
    judged = exercise.judged and rung.camera_sees
    alike = {"target_s": exercise.dose.target_s, "judged": judged, "core": False, "prompts": [], "repetition": True}
    alike |= {"test": False, "least_s": 0, "of_test": None, "load_kg": 0.0}
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
    """What no camera sees of this form, as far as the hold has time for it."""
    return [
        {"at_s": prompt.at_s, "message": say(prompt.message).as_json()}
        for prompt in exercise.prompts_of(rung)
        if prompt.at_s + needs_s <= item.hold_s
    ]


def _name_and_way_in(exercise: Exercise, rung: Rung) -> tuple[Message, tuple[Message, ...]]:
    """Its name with where it is done, and how to get into it; on another rung than the first, that rung's own words."""
    name = say(f"{exercise.id}.start") if rung.first else _name_briefly(exercise)
    return name, tuple(say(line) for line in exercise.set_up_of(rung))


def _name_briefly(exercise: Exercise) -> Message:
    return say("script.announce", exercise=f"@{exercise.id}.name")


def _plain(messages: Iterable[Message]) -> list[dict[str, object]]:
    return [message.as_json() for message in messages]


def _side(side: Side | None) -> str | None:
    return None if side is None else side.value
