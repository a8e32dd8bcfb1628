"""The watch at the desk, run by a hand-cranked clock: the camera's light, what is said, and what is kept."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desk_house import BEGAN, MODEL, NOBODY, SLUMP, TALL, Clock, Household, rules_of

from lumbar import wiring
from lumbar.app.desk import Desk
from lumbar.app.desk_calibrate import Calibration
from lumbar.app.desk_mind import DeskMind
from lumbar.app.desk_ports import Look, NoEyes
from lumbar.app.desk_watch import DeskPorts, DeskWatch, Led, guide
from lumbar.app.ports import Person
from lumbar.cli.posture import SLOWEST
from lumbar.core.body import Landmark
from lumbar.core.errors import BadInput, BadMedia, Conflict, Misuse, NotFound
from lumbar.core.message import Message
from lumbar.core.plan import ItemState
from lumbar.core.posture import calibrate
from lumbar.core.posture.nudge import Choice, Signal, Signals, minutes_of_today
from lumbar.core.posture.remind import About
from lumbar.core.record import TYPES


@dataclass
class World:
    """Everything around the watch, and a script of what happens in it: from a second on, somebody does something."""

    clock: Clock
    script: list[tuple[float, str]] = field(default_factory=list)
    keys: dict[float, str] = field(default_factory=dict)
    ends_s: float = 600.0
    on: bool = False
    light: float = 0.5
    signals: Signals = field(default_factory=Signals)
    lines: list[str] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)
    lit: list[tuple[float, bool]] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    told_off: list[float] = field(default_factory=list)
    happens: Callable[["World"], None] = lambda world: None
    model: str = MODEL
    comes_back: bool = True
    taken: tuple[float, float] | None = None

    # the camera
    def open(self) -> None:
        if self.taken is not None and self.taken[0] <= self.clock.s < self.taken[1]:
            raise BadMedia("error.camera-none", camera="0")
        self.on = True
        self.lit.append((self.clock.s, True))

    def close(self) -> None:
        if self.on:
            self.lit.append((self.clock.s, False))
        self.on = False

    def look(self, t_s: float) -> Look:
        assert self.on, "somebody looked through a camera that is off"
        self.looks.append(self.clock.s)
        doing = next((what for since_s, what in reversed(self.script) if since_s <= self.clock.s), "tall")
        if doing == "gone":
            raise BadMedia("error.camera-lost")
        frames = {"tall": TALL, "slump": SLUMP, "nobody": NOBODY, "usual": TALL}[doing]
        frame = frames[len(self.looks) % len(frames)]
        return Look(replace(frame, t_s=t_s), self.light)

    # the platform, the notifications, the voice
    def now(self) -> Signals:
        self.asked.append(self.clock.s)
        return self.signals

    def speak(self, text: str) -> bool:
        self.spoken.append(text)
        return True

    # the screen: waiting is how time passes
    def tell(self, message: Message) -> None:
        self.lines.append(message.id)

    def nudge(self, message: Message) -> None:
        self.lines.append(message.id)

    def key(self, wait_s: float) -> str | None:
        self.clock.s += wait_s
        self.happens(self)
        due = [at_s for at_s in self.keys if at_s <= self.clock.s]
        if due:
            return self.keys.pop(due[0])
        return "q" if self.clock.s >= self.ends_s else None


class Notes:
    def __init__(self, world: World) -> None:
        self._world = world

    def tell(self, title: str, text: str) -> bool:
        self._world.shown.append((title, text))
        return True


@dataclass
class Desked(Household):
    """A household with somebody at its desk, and the world around them."""

    world: World

    @property
    def ports(self) -> DeskPorts:
        return DeskPorts(self.world, self.world, Notes(self.world), self.world, self.world.clock)

    def screen(self, person: Person | None = None, **answers: str) -> None:
        super().screen(person, **answers)
        self.acknowledge()

    def run(self, rate: float = 1.0, **world: Any) -> World:
        for name, value in world.items():
            setattr(self.world, name, value)
        profile = self.house.desk.profile(self.person, None, MODEL)
        DeskWatch(self.house.desk, self.ports, self.house.rules.words, self.person, profile).run(rate)
        return self.world


@pytest.fixture
def desked(tmp_path: Path) -> Desked:
    clock = Clock()
    return Desked.over(rules_of(tmp_path), tmp_path, clock, world=World(clock))


@pytest.fixture
def ready(desked: Desked) -> Desked:
    """Screened, with nothing in the way, and with a profile."""
    desked.screen()
    desked.keep()
    # Of the programme itself: that is tested by itself.
    desked.house.desk.remind(desked.person, lambda: About.STRETCHES)
    return desked


def test_half_an_hour_still_is_said_once_with_a_notification_and_kept_as_a_fact(ready: Desked) -> None:
    world = ready.run(ends_s=3000)
    assert world.lines.count("posture.nudge.still") == 1
    ((title, text),) = world.shown
    assert title == "A moment for your back"
    assert text.startswith("30 minutes in one position.")
    (nudge,) = ready.facts("nudge-given")
    assert (nudge.body["kind"], nudge.body["profile"]) == ("still", "desk")
    (became,) = ready.facts("nudge-answered")
    assert became.body == {"nudge": nudge.id, "answer": "ignored"}


def test_under_an_expert_s_hold_it_asks_to_stand_up_and_for_nothing_else(ready: Desked) -> None:
    seen_on = ready.world.clock.now().date().isoformat()
    ready.tell("review-recorded", by_whom="Jo Park", profession="physiotherapist", reviewed_on=seen_on, examined=True,
               decision="stop", changes={})  # fmt: skip
    world = ready.run(ends_s=3000)
    assert [line for line in world.lines if line.startswith("posture.nudge")] == ["posture.nudge.still-held"]
    rest = ready.house.desk.rest(ready.person)
    assert [step.message.id for step in rest.steps] == ["posture.break.stand"]


def test_the_camera_says_when_it_is_on_and_is_off_at_the_end_whatever_happens(ready: Desked) -> None:
    world = ready.run(ends_s=20)
    assert world.lines[0] == "cli.posture.on"
    assert world.lines[-1] == "cli.posture.ended"
    assert not world.on
    with pytest.raises(BadMedia):
        ready.run(script=[(0.0, "gone")], ends_s=200)
    assert not world.on
    assert world.lines[-1] == "cli.posture.ended"


def test_a_camera_that_is_gone_for_a_while_ends_no_watch_and_a_recording_that_is_over_does(ready: Desked) -> None:
    """After a sleep of the machine, or while a call has it: it says so once and tries again now and then."""
    world = ready.run(script=[(0.0, "tall"), (100.0, "gone"), (1000.0, "tall")], ends_s=1200)
    told = [line for line in world.lines if line in ("cli.posture.off", "cli.posture.again")]
    assert told == ["cli.posture.off", "cli.posture.again"]
    tries = [s for s, on in world.lit if on and 100 < s < 1000]
    assert len(tries) == pytest.approx(900 / ready.house.desk.settings.live.look_again_s, abs=2)
    picture = ready.house.desk.picture(ready.person)
    assert (picture.tall_s, picture.changes) == (pytest.approx(100 + 200, abs=5), 0)  # they may have sat on
    with pytest.raises(BadMedia):
        ready.run(comes_back=False, script=[(0.0, "tall"), (1300.0, "gone")], ends_s=2000)
    assert not world.on


def test_a_camera_that_a_call_has_taken_during_a_break_is_waited_for(ready: Desked) -> None:
    world = ready.run(keys={100.0: "b"}, taken=(110.0, 400.0), ends_s=600)
    assert world.lines.count("cli.posture.off") == world.lines.count("cli.posture.again") == 1
    assert len(ready.facts("break-taken")) == 1


def test_the_slowest_pace_that_is_offered_counts_its_time_though_a_look_takes_long(ready: Desked) -> None:
    def slow(world: World) -> None:
        world.clock.s += 0.5

    world = ready.run(rate=SLOWEST, happens=slow, ends_s=300)
    assert ready.house.desk.picture(ready.person).tall_s == pytest.approx(world.clock.s, abs=10)


def test_one_picture_a_second_and_no_more(ready: Desked) -> None:
    world = ready.run(ends_s=60)
    assert len(world.looks) == pytest.approx(60, abs=1)
    ready.world.looks.clear()
    assert len(ready.run(rate=2.0, ends_s=120).looks) == pytest.approx(120, abs=2)


def test_under_a_lock_the_camera_is_off_and_nothing_is_looked_at(ready: Desked) -> None:
    def lock(world: World) -> None:
        held = 100 <= world.clock.s < 2500
        world.signals = Signals(locked=Signal.YES if held else Signal.NO)

    world = ready.run(happens=lock, ends_s=2600)
    signals_s = ready.house.desk.settings.live.signals_s
    assert not [s for s in world.looks if 100 + signals_s < s < 2500]
    assert [on for _, on in world.lit] == [True, False, True, False]
    assert world.lines.count("cli.posture.off") == world.lines.count("cli.posture.again") == 1
    assert world.shown == []


def test_with_nobody_there_the_camera_is_off_and_only_looks_again_now_and_then(ready: Desked) -> None:
    script = [(0.0, "tall"), (100.0, "nobody"), (1000.0, "tall")]
    world = ready.run(script=script, ends_s=1200)
    live = ready.house.desk.settings.live
    peeks = [s for s in world.looks if 170 < s < 1000]
    assert len(peeks) == pytest.approx(830 / live.look_again_s, abs=2)
    assert world.lines.count("cli.posture.off") == world.lines.count("cli.posture.again") == 1
    times = [s for s, on in world.lit if 170 < s < 1000 and on]
    assert len(times) == len(peeks)
    picture = ready.house.desk.picture(ready.person)
    assert picture.changes == 1
    assert picture.tall_s == pytest.approx(100 + 200, abs=5)


@pytest.mark.parametrize("signal", ["call", "full_screen", "focus"])
def test_a_call_that_began_a_moment_ago_is_heard_before_anything_is_said(ready: Desked, signal: str) -> None:
    """The platform is asked right before a nudge, and not only as often as usual."""

    def call(world: World) -> None:
        world.signals = Signals(**{signal: Signal.YES if 1799 <= world.clock.s < 2700 else Signal.NO})

    world = ready.run(happens=call, ends_s=3000)
    (nudge,) = ready.facts("nudge-given")
    assert (nudge.at - BEGAN).total_seconds() >= 2700
    assert len(world.shown) == 1


def test_a_pause_for_safety_switches_everything_off_and_says_nothing(ready: Desked) -> None:
    def numb(world: World) -> None:
        if world.clock.s >= 1700 and not ready.facts("daily-check-answered"):
            ready.tell("daily-check-answered", ticks=["saddle"], answers={"A1": "yes"}, details={})

    world = ready.run(happens=numb, ends_s=9000)
    assert world.clock.s < 1800
    assert not world.on
    assert world.shown == []
    assert world.lines[-2:] == ["cli.posture.off", "cli.posture.ended"]


def test_nothing_begins_while_paused_or_before_the_first_questions(desked: Desked) -> None:
    desked.keep()
    with pytest.raises(Conflict, match="posture-screen"):
        desked.run()
    desked.screen(A1="yes")
    with pytest.raises(Conflict, match="posture-paused"):
        desked.run()
    with pytest.raises(Conflict, match="posture-paused"):
        desked.house.desk.rest(desked.person)
    with pytest.raises(Conflict, match="posture-paused"):
        Calibration(desked.house.desk, desked.ports, desked.world, desked.house.rules.words).run(desked.person, "x")
    assert desked.world.lit == []


def test_a_wait_leaves_breaks_and_cues_and_offers_no_stretch(desked: Desked) -> None:
    desked.screen(B2="yes")
    rest = desked.house.desk.rest(desked.person)
    assert rest.stretch is None
    assert rest.seconds == 60


def test_a_break_with_a_due_stretch_counts_as_todays(ready: Desked) -> None:
    desk = ready.house.desk
    assert guide(desk, replace(ready.world, ends_s=1e9), ready.person) is Led.TAKEN
    (taken,) = ready.facts("break-taken")
    assert taken.body["stretch"] == "chest-stretch"
    today = ready.house.show_today(ready.person)
    item = today.item("chest-stretch")
    assert item is not None
    assert item.state is ItemState.DONE
    assert desk.rest(ready.person).stretch == "neck-stretch"
    assert guide(desk, replace(ready.world, ends_s=1e9), ready.person) is Led.TAKEN
    assert desk.rest(ready.person).stretch is None


def test_before_the_daily_check_a_break_offers_no_stretch(ready: Desked) -> None:
    ready.world.clock.s += 24 * 3600
    assert ready.house.desk.rest(ready.person).stretch is None


@pytest.mark.parametrize(("key", "became"), [("q", Led.ENDED), ("n", Led.STOPPED)])
def test_a_break_that_was_given_up_is_none_and_says_so(ready: Desked, key: str, became: Led) -> None:
    ready.world.keys = {5.0: key}
    assert guide(ready.house.desk, ready.world, ready.person) is became
    assert ready.facts("break-taken", "set-done") == []
    assert ready.world.lines[-1] == "cli.posture.break-stopped"


def test_q_in_a_break_ends_all_at_once_and_n_the_break_alone(ready: Desked) -> None:
    world = ready.run(keys={100.0: "b", 105.0: "q"}, ends_s=1e9)
    assert world.clock.s < 120  # the world hands out a key with the end of a step
    assert world.lines[-2:] == ["cli.posture.break-stopped", "cli.posture.ended"]
    assert not world.on
    world = ready.run(keys={200.0: "b", 205.0: "n"}, ends_s=260)
    assert world.clock.s >= 260
    assert world.on is False
    assert len([s for s in world.looks if 216 < s < 260]) > 40
    assert ready.facts("break-taken") == []


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("m", ["cli.posture.anew"]),
        ("n", ["cli.posture.nothing-asked"]),
        ("s", ["posture.quiet-until", "cli.posture.speak-again"]),
        ("t", ["posture.quiet-today", "cli.posture.speak-again"]),
        ("a", ["posture.not-quiet"]),
        ("x", ["cli.posture.keys"]),
        ("\x1b", ["cli.posture.keys"]),
        ("q", []),
    ],
)
def test_every_key_is_answered_with_a_line(ready: Desked, key: str, answers: list[str]) -> None:
    world = ready.run(keys={100.0: key}, signals=Signals(*[Signal.NO] * 4), ends_s=103)
    assert world.lines == ["cli.posture.on", "cli.posture.keys", *answers, "cli.posture.ended"]


def test_not_now_is_heard_when_something_was_asked(ready: Desked) -> None:
    world = ready.run(keys={1810.0: "n", 1820.0: "n"}, signals=Signals(*[Signal.NO] * 4), ends_s=1830)
    assert world.lines[2:-1] == ["posture.nudge.still", "cli.posture.not-now", "cli.posture.nothing-asked"]


def test_a_stray_key_ends_no_step_of_a_break(ready: Desked) -> None:
    """A cat on the keyboard is no minute on one's feet, and holds no stretch."""
    clock = ready.world.clock
    strays = [*"xm b1sj"]

    def key(wait_s: float) -> str | None:
        clock.s += min(wait_s, 0.5 if strays else wait_s)
        return strays.pop(0) if strays else None

    screen = SimpleNamespace(tell=ready.world.tell, nudge=ready.world.nudge, key=key)
    rest = ready.house.desk.rest(ready.person)
    many = len(strays)
    assert guide(ready.house.desk, screen, ready.person) is Led.TAKEN
    assert not strays
    assert ready.world.lines.count("cli.posture.break-keys") == many
    assert clock.s == pytest.approx(rest.seconds)
    assert len(ready.facts("break-taken")) == 1


def test_b_answers_a_nudge_with_a_break_and_the_camera_rests_meanwhile(ready: Desked) -> None:
    world = ready.run(keys={1810.0: "b"}, ends_s=2400)
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")] == ["break"]
    assert len(ready.facts("break-taken")) == 1
    seconds = sum(60 for _ in ready.facts("break-taken"))
    assert not [s for s in world.looks if 1812 < s < 1810 + seconds]
    assert ready.house.desk.picture(ready.person).breaks == 1


def test_n_and_s_and_t_are_answers_and_no_ignoring(ready: Desked) -> None:
    ready.run(keys={1810.0: "n"}, ends_s=2400)
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")] == ["dismissed"]
    ready.run(keys={2410.0: "s"}, ends_s=2420)
    (snooze,) = ready.facts("nudges-snoozed")
    assert snooze.body["minutes"] == ready.house.desk.settings.nudges.snooze_min
    ready.run(keys={2430.0: "t"}, ends_s=2440)
    assert ready.facts("nudges-snoozed")[-1].body["minutes"] == minutes_of_today(BEGAN + timedelta(seconds=2430))
    ready.run(script=[(2440.0, "tall")], ends_s=9000)
    assert len(ready.facts("nudge-given")) == 1


def test_beginning_anew_remembers_caps_snoozes_and_what_was_ignored(ready: Desked) -> None:
    ready.run(ends_s=2400)
    quiet = ready.house.desk.quiet(ready.person)
    assert (len(quiet.told), quiet.ignored, quiet.doubled) == (2, 1, False)  # the reminder at nine, and the nudge
    ready.run(ends_s=2400 + 2400)
    assert ready.house.desk.quiet(ready.person).doubled
    ready.world.clock.s += 24 * 3600
    tomorrow = ready.house.desk.quiet(ready.person)
    assert (tomorrow.told, tomorrow.ignored, tomorrow.doubled) == ((), 0, False)


def test_a_machine_that_slept_was_an_absence(ready: Desked) -> None:
    def sleep(world: World) -> None:
        if world.clock.s > 1500 and not world.clock.slept_s:
            world.clock.slept_s = 7200.0

    world = ready.run(happens=sleep, ends_s=1500 + 1700)
    assert world.shown == []
    assert ready.house.desk.picture(ready.person).longest_still_s == pytest.approx(1700, abs=10)


def test_in_a_dark_room_nobody_sits_still_and_the_camera_goes_off(ready: Desked) -> None:
    """They left, and the light went out: that is no sitting, and nothing is said into the dark."""
    live = ready.house.desk.settings.live

    def dusk(world: World) -> None:
        world.light = 0.01 if 600 <= world.clock.s < 7200 else 0.5

    world = ready.run(happens=dusk, script=[(600.0, "nobody"), (7200.0, "tall")], ends_s=7500)
    assert world.shown == []
    assert len([s for s in world.looks if 700 < s < 7200]) == pytest.approx(6500 / live.look_again_s, abs=2)
    assert not [s for s, on in world.lit if 700 < s < 7200 and on and s not in world.looks]
    picture = ready.house.desk.picture(ready.person)
    assert picture.longest_still_s == pytest.approx(600, abs=5)
    assert picture.watched_s == pytest.approx(600 + 60 + 300, abs=35)
    assert world.lines.count("cli.posture.off") == world.lines.count("cli.posture.again") == 1


def test_the_days_picture_adds_up_and_is_no_score(ready: Desked) -> None:
    script = [(0.0, "tall"), (600.0, "slump"), (900.0, "nobody"), (1200.0, "tall")]
    ready.run(script=script, ends_s=1500)
    picture = ready.house.desk.picture(ready.person)
    shares = picture.shares
    assert shares is not None
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["slumped"] == pytest.approx(300 / 1200, abs=0.03)
    assert picture.longest_still_s == pytest.approx(900, abs=5)
    assert "score" not in json.dumps(picture.as_json())
    assert ready.house.desk.picture(ready.person, (BEGAN - timedelta(days=1)).date()).shares is None


def test_a_long_watch_is_kept_in_pieces_that_add_up(ready: Desked) -> None:
    record_s = ready.house.desk.settings.live.record_s
    ready.run(ends_s=3 * record_s + 100)
    pieces = ready.facts("posture-watched")
    assert len(pieces) == 4
    assert sum(piece.body["tall_s"] for piece in pieces) == pytest.approx(3 * record_s + 100, abs=5)


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from numbers_in(inner)
    elif isinstance(value, float):
        yield value


def test_no_landmark_and_no_picture_is_kept(ready: Desked) -> None:
    """No fact holds a point of any frame, and a profile is a handful of averages."""
    ready.run(ends_s=1000, script=[(0.0, "tall"), (400.0, "slump")])
    points = {round(value, 6) for frame in TALL + SLUMP for point in frame.points for value in Landmark(*point)[:3]}
    ours = {"posture-profile-kept", "posture-watched", "nudge-given", "nudge-answered"}
    facts = ready.facts(*ours)
    assert len(facts) >= 2
    for fact in facts:
        assert fact.type in TYPES
        kept = list(numbers_in(fact.body))
        assert len(kept) <= 20
        assert not [value for value in kept if value and round(value, 6) in points]


# Profiles and choices.


def test_a_calibration_leads_through_three_poses_by_voice_and_text_and_keeps_a_profile(desked: Desked) -> None:
    desked.screen()
    settings = desked.house.desk.settings.calibration
    each_s = settings.get_ready_s + settings.capture_s
    desked.world.script = [(0.0, "usual"), (each_s, "tall"), (2 * each_s, "slump")]
    desked.world.ends_s = 1e9
    calibration = Calibration(desked.house.desk, desked.ports, desked.world, desked.house.rules.words)
    profile = calibration.run(desked.person, "sitting, this desk")
    assert profile.name == "sitting, this desk"
    assert [span.measure for span in profile.baseline.spans] == ["head-height-ratio", "face-scale-ratio"]
    assert all(span.usual is not None for span in profile.baseline.spans)
    assert desked.world.lines.count("cli.posture.pose") == 3
    assert len(desked.world.spoken) == 6
    assert len(desked.world.looks) == pytest.approx(3 * settings.capture_s * settings.captures_hz, abs=3)
    assert not desked.world.on


@pytest.mark.parametrize("name", ["", "  ", "a" * 41, "two\nlines"])
def test_a_name_that_is_none_is_refused_before_anybody_takes_up_a_pose(desked: Desked, name: str) -> None:
    desked.screen()
    calibration = Calibration(desked.house.desk, desked.ports, desked.world, desked.house.rules.words)
    with pytest.raises(Misuse, match="posture-name"):
        calibration.run(desked.person, name)
    assert (desked.world.lit, desked.world.spoken) == ([], [])


def test_a_calibration_of_one_pose_three_times_keeps_nothing(desked: Desked) -> None:
    desked.screen()
    desked.world.ends_s = 1e9
    calibration = Calibration(desked.house.desk, desked.ports, desked.world, desked.house.rules.words)
    with pytest.raises(BadInput, match="posture-alike"):
        calibration.run(desked.person, "desk")
    assert desked.house.desk.profiles(desked.person) == {}
    assert not desked.world.on


def test_profiles_by_name_the_newest_counts_and_a_forgotten_one_is_gone(ready: Desked) -> None:
    desk, person = ready.house.desk, ready.person
    ready.keep("standing")
    ready.world.clock.s += 10
    ready.keep("desk")
    assert list(desk.profiles(person)) == ["standing", "desk"]
    assert desk.profile(person, None, MODEL).name == "desk"
    assert desk.profile(person, "standing", MODEL).baseline.spans == calibrate(TALL, SLUMP, desk.settings).spans
    ready.world.clock.s += 10
    desk.forget(person, "standing")
    with pytest.raises(NotFound, match="other-profile"):
        desk.profile(person, "standing", MODEL)
    with pytest.raises(NotFound):
        desk.forget(person, "standing")
    with pytest.raises(Misuse, match="posture-model"):
        desk.profile(person, "desk", "0" * 64)


@pytest.mark.parametrize("minutes", [19, 61])
def test_an_interval_that_is_not_offered_is_refused(ready: Desked, minutes: int) -> None:
    with pytest.raises(Misuse):
        ready.house.desk.choose(ready.person, Choice(minutes, 20, 8))
    assert ready.facts("posture-settings-chosen") == []


def test_a_choice_holds_from_the_next_run_on(ready: Desked) -> None:
    ready.house.desk.choose(ready.person, Choice(20, 22, 7))
    assert ready.house.desk.choice(ready.person) == Choice(20, 22, 7)
    ready.run(ends_s=1500)
    (nudge,) = ready.facts("nudge-given")
    assert (nudge.at - BEGAN).total_seconds() == pytest.approx(1200, abs=3)


def test_the_programme_is_reminded_of_once_and_not_in_a_call(desked: Desked) -> None:
    """It is nine o'clock, and nothing is done."""
    desked.screen()
    desked.keep()

    def call(world: World) -> None:
        world.signals = Signals(call=Signal.YES if world.clock.s < 600 else Signal.NO)

    world = desked.run(happens=call, signals=Signals(call=Signal.YES), ends_s=1200)
    assert [text for _, text in world.shown] == ["Your stretches are due today. Ten quiet minutes, whenever it suits."]
    (told,) = desked.facts("reminder-given")
    assert (told.at - BEGAN).total_seconds() == pytest.approx(630, abs=40)


def test_a_call_that_began_a_moment_ago_is_heard_before_a_reminder(desked: Desked) -> None:
    """The platform was asked after 56 seconds, a call began, and after 63 there is something to remind of."""
    desked.screen()
    desked.keep()

    def call(world: World) -> None:
        world.signals = Signals(call=Signal.YES if 58 <= world.clock.s < 150 else Signal.NO)

    desked.run(rate=1 / 7, happens=call, ends_s=300)
    (told,) = desked.facts("reminder-given")
    assert (told.at - BEGAN).total_seconds() >= 150


# Every rule of quietness, walked by the clock in the terminal program.

NINE_TO_TEN, NEVER = (9, 10), (0, 0)


def walked(ready: Desked, interval_min: int = 30, quiet: tuple[int, int] = NEVER, **world: Any) -> list[int]:
    """A watch with these choices; gives the minutes in which something was said."""
    ready.house.desk.choose(ready.person, Choice(interval_min, *quiet))
    ready.run(rate=0.2, **world)
    assert len(ready.world.shown) == len(ready.facts("nudge-given"))
    return [round((fact.at - BEGAN).total_seconds() / 60) for fact in ready.facts("nudge-given")]


def up_and_down(minutes: float, until_min: float) -> list[tuple[float, str]]:
    """Sits for so long, is away for a minute and a half, and comes back."""
    script, at_s = [], 0.0
    while at_s < until_min * 60:
        script += [(at_s, "tall"), (at_s + minutes * 60, "nobody")]
        at_s += minutes * 60 + 100
    return script


def not_now(world: World) -> None:
    """Answers everything that is said, a moment later: nothing is ignored."""
    if len(world.shown) > len(world.told_off):
        world.told_off.append(world.clock.s)
        world.keys[world.clock.s + 20] = "n"


def test_quiet_hours_are_silent_and_what_lasts_is_said_after_them(ready: Desked) -> None:
    assert walked(ready, 20, NINE_TO_TEN, ends_s=65 * 60) == [60]


@pytest.mark.parametrize("key", ["s", "t"])
def test_a_snooze_is_silent_to_its_end(ready: Desked, key: str) -> None:
    assert walked(ready, keys={600.0: key}, ends_s=75 * 60) == ([70] if key == "s" else [])


def test_a_shorter_snooze_takes_a_longer_one_back(ready: Desked) -> None:
    desk = ready.house.desk
    desk.snooze(ready.person, 600)
    ready.world.clock.s += 1
    until = desk.snooze(ready.person, 60)
    assert desk.quiet(ready.person).snoozed_until == until
    ready.world.clock.s += 60 * 60
    assert desk.quiet(ready.person).snoozed_until is None


def test_a_key_takes_a_snooze_back_and_what_still_lasts_is_said(ready: Desked) -> None:
    assert walked(ready, keys={600.0: "t", 2400.0: "a"}, ends_s=75 * 60) == [40]
    assert [fact.body["minutes"] for fact in ready.facts("nudges-snoozed")][-1] == 0
    lines = [line for line in ready.world.lines if "quiet" in line or "speak" in line]
    assert lines == ["posture.quiet-today", "cli.posture.speak-again", "posture.speaks-again"]


def test_a_key_takes_back_what_was_asked_for_elsewhere_and_says_so_when_there_was_nothing(ready: Desked) -> None:
    ready.house.desk.snooze(ready.person, 600)
    assert walked(ready, keys={600.0: "a", 700.0: "a"}, ends_s=35 * 60) == [30]
    lines = [line for line in ready.world.lines if "quiet" in line or "speak" in line]
    assert lines == [
        "posture.quiet-until", "cli.posture.speak-again", "posture.speaks-again", "posture.not-quiet"
    ]  # fmt: skip
    assert len(ready.facts("nudges-snoozed")) == 2


@pytest.mark.parametrize("past_s", [0.0, 1.0, 59.5, 60.0, 17.99 * 3600])
def test_quiet_for_today_lasts_into_the_next_day_by_less_than_a_minute(ready: Desked, past_s: float) -> None:
    ready.world.clock.s = past_s
    until = ready.house.desk.snooze(ready.person, minutes_of_today(ready.world.clock.now()))
    three = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    assert timedelta(0) <= until - three < timedelta(minutes=1)


@pytest.mark.parametrize(("on", "hours"), [("2026-10-24", 5), ("2026-03-28", 3)])
def test_quiet_for_today_is_over_at_three_on_the_wall_in_a_night_in_which_the_clocks_change(
    on: str, hours: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terminal's own clock tells the offset of the evening alone."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    evening = datetime.fromisoformat(f"{on} 23:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    clock = Clock(evening.astimezone(timezone(evening.utcoffset() or timedelta())))
    desked = Desked.over(rules_of(tmp_path), tmp_path, clock, world=World(clock))
    desked.screen()
    desked.keep()
    world = desked.run(keys={60.0: "t"}, ends_s=120)
    assert "posture.quiet-today" in world.lines
    until = desked.house.desk.snoozed_until(desked.person)
    assert until is not None
    assert timedelta(0) <= until - (evening.astimezone(UTC) + timedelta(hours=hours)) < timedelta(minutes=1)


def test_quiet_that_was_asked_for_by_a_clock_a_little_ahead_holds_at_once(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.clock
    clock.s = 120.0
    desk.snooze(ready.person, 60)
    clock.s = 0.0
    assert desk.snoozed_until(ready.person) == BEGAN + timedelta(minutes=62)


def test_speaking_again_brings_back_no_longer_snooze_from_before(ready: Desked) -> None:
    desk = ready.house.desk
    for minutes in (600, 60):
        desk.snooze(ready.person, minutes)
        ready.world.clock.s += 1
    assert desk.speak_again(ready.person)
    assert desk.snoozed_until(ready.person) is None
    assert not desk.speak_again(ready.person)


def test_a_snooze_from_elsewhere_is_heard_within_a_minute_and_so_is_a_choice(ready: Desked) -> None:
    """Said in another terminal, or on the page of another window."""

    def elsewhere(world: World) -> None:
        if world.clock.s >= 1500 and not ready.facts("nudges-snoozed"):
            ready.house.desk.snooze(ready.person, 30)
        if world.clock.s >= 3000 and len(ready.facts("posture-settings-chosen")) == 1:
            ready.house.desk.choose(ready.person, Choice(60, *NEVER))

    assert walked(ready, happens=elsewhere, ends_s=62 * 60) == [60]


def test_two_are_twenty_minutes_apart_and_a_reminder_counts_as_one(ready: Desked) -> None:
    """Slumped from nine on, when the stretches were reminded of: drift waits for the gap, the spell for the hour."""
    limits = ready.house.desk.settings.nudges
    said = walked(ready, script=[(0.0, "slump")], happens=not_now, ends_s=65 * 60)
    assert said == [limits.gap_min, 60]
    assert limits.an_hour == len(said)


def test_no_more_than_a_few_in_an_hour_and_in_a_day(ready: Desked) -> None:
    limits = ready.house.desk.settings.nudges
    script = up_and_down(21, 11 * 60)
    said = walked(ready, 20, script=script, happens=not_now, ends_s=11 * 3600)
    assert len(said) + 1 == limits.a_day  # and the reminder of the stretches, at nine
    assert all(sum(0 <= one - since < 60 for one in said) <= limits.an_hour for since in said)
    assert [second for first, second in pairwise(said) if second - first > 30], "an hour was never full"


def test_two_that_were_ignored_double_the_interval_until_the_next_day(ready: Desked) -> None:
    away_min = 100 / 60
    said = walked(ready, script=up_and_down(65, 4 * 65), ends_s=4 * 66 * 60)
    assert said[:2] == [30, round(65 + away_min + 30)]
    assert said[2] == pytest.approx(2 * (65 + away_min) + 60, abs=1)
    ready.world.clock.s = 24 * 3600.0
    ready.run(rate=0.2, script=[(0.0, "tall")], ends_s=24 * 3600 + 35 * 60)
    tomorrow = [fact for fact in ready.facts("nudge-given") if fact.at >= BEGAN + timedelta(days=1)]
    assert [round((fact.at - BEGAN).total_seconds() / 60) for fact in tomorrow] == [24 * 60 + 30]


@pytest.mark.parametrize("signal", ["call", "full_screen", "focus", "locked"])
@pytest.mark.parametrize("told", list(Signal))
def test_a_signal_silences_when_it_is_yes_and_neither_no_nor_unknown_does(
    ready: Desked, signal: str, told: Signal
) -> None:
    said = walked(ready, signals=Signals(**{signal: told}), ends_s=35 * 60)
    assert said == ([] if told is Signal.YES else [30])


# Without a camera.


def without(ready: Desked, **world: Any) -> list[int]:
    """A watch by the clock alone; gives the minutes in which something was said."""
    for name, value in world.items():
        setattr(ready.world, name, value)
    ports = replace(ready.ports, eyes=NoEyes())
    DeskWatch(ready.house.desk, ports, ready.house.rules.words, ready.person, None).run(1.0)
    return [round((fact.at - BEGAN).total_seconds() / 60) for fact in ready.facts("nudge-given")]


def test_without_a_camera_breaks_go_by_the_clock_and_nothing_tells_of_a_camera(ready: Desked) -> None:
    assert without(ready, ends_s=35 * 60) == [30]
    assert (ready.world.lit, ready.world.looks) == ([], [])
    assert ready.world.lines == [
        "cli.posture.on-without", "cli.posture.keys", "cli.posture.unknown", "posture.nudge.still",
        "cli.posture.ended-without",
    ]  # fmt: skip
    picture = ready.house.desk.picture(ready.person)
    assert (picture.judged_s, picture.shares) == (0.0, None)
    assert picture.watched_s == pytest.approx(35 * 60, abs=2)


@pytest.mark.parametrize("key", ["m", "b"])
def test_without_a_camera_a_word_or_a_break_begins_anew(ready: Desked, key: str) -> None:
    said = without(ready, keys={1500.0: key}, ends_s=62 * 60)
    assert said == [pytest.approx(25 + 30, abs=1.1)]
    assert ready.house.desk.picture(ready.person).changes == 1
    assert ready.house.desk.picture(ready.person).longest_still_s == pytest.approx(36.3 * 60, abs=60)


def test_without_a_camera_a_set_of_a_session_begins_anew(ready: Desked) -> None:
    """Led in another window, or on the phone: whoever stretches sits no longer."""

    def stretch(world: World) -> None:
        if world.clock.s >= 1200 and not ready.facts("set-done"):
            ready.tell(
                "set-done", session="s", step=0, exercise="chest-stretch", rung="both-arms", side=None, set=1, hold=1,
                target_s=30.0, credited_s=30.0, outcome="done", measured=False, faults=[],
            )  # fmt: skip

    assert without(ready, happens=stretch, ends_s=55 * 60) == [50]
    assert ready.house.desk.picture(ready.person).changes == 0


def test_without_a_camera_a_lock_is_an_absence(ready: Desked) -> None:
    def lock(world: World) -> None:
        world.signals = Signals(locked=Signal.YES if 1500 <= world.clock.s < 1560 else Signal.NO)

    assert without(ready, happens=lock, ends_s=50 * 60) == []
    assert [line for line in ready.world.lines if line.startswith("cli.posture.off")] == []


@pytest.mark.parametrize(
    ("locked", "says"), [(Signal.NO, "cli.posture.lock-counts"), (Signal.UNKNOWN, "cli.posture.unknown")]
)
def test_without_a_camera_it_says_of_the_lock_what_is_so_on_this_machine(
    ready: Desked, locked: Signal, says: str
) -> None:
    without(ready, signals=Signals(Signal.NO, Signal.NO, Signal.NO, locked), ends_s=5)
    assert ready.world.lines == ["cli.posture.on-without", "cli.posture.keys", says, "cli.posture.ended-without"]


@pytest.mark.parametrize("key", ["m", "b"])
def test_what_was_told_is_kept_at_once_whatever_becomes_of_the_program(ready: Desked, key: str) -> None:
    """It is killed before it could write anything more."""

    def killed(world: World) -> None:
        if world.clock.s > 300:
            raise SystemExit

    books = ready.house.desk.watched
    ready.house.desk.watched = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(SystemExit):
        without(ready, keys={100.0: key}, happens=killed, ends_s=1e9)
    ready.house.desk.watched = books  # type: ignore[method-assign]
    assert ready.house.desk.picture(ready.person).changes == 1


def test_two_watches_at_one_time_add_no_time_to_the_day(ready: Desked) -> None:
    """A terminal with a camera and a page without, from another minute on, and a break that both tell of."""
    desk, clock = ready.house.desk, ready.world.clock
    profile = desk.profile(ready.person, None, MODEL)
    one = DeskMind(desk, clock, ready.person, profile)
    other: DeskMind | None = None
    for second in range(1, 3001):
        clock.s += 1
        one.advance()
        one.look(TALL[second % len(TALL)], 0.5)
        if second == 600:
            other = DeskMind(desk, clock, ready.person, None)
        if other is not None and second % 10 == 0:
            other.advance()
            other.look_without()
        for mind in (one, other):
            if mind is not None and second % 900 == 0:
                mind.note()
    for mind in (one, other):
        assert mind is not None
        mind.note()
    rest = desk.rest(ready.person)
    desk.rested(ready.person, rest)
    clock.s += 5
    desk.rested(ready.person, rest)
    picture = desk.picture(ready.person)
    assert picture.watched_s == pytest.approx(3000, abs=2)
    assert picture.judged_s == pytest.approx(3000, abs=2)
    assert (picture.breaks, picture.changes) == (1, 1)


def test_a_break_led_on_a_phone_is_no_second_change_where_a_camera_sees_them_leave_for_it(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    sees = DeskMind(desk, clock, ready.person, desk.profile(ready.person, None, MODEL))
    rest = desk.rest(ready.person)
    for second in range(1, 1801):
        clock.s += 1
        sees.advance()
        sees.look(NOBODY[0] if 900 <= second < 1200 else TALL[second % len(TALL)], 0.5)
        if second == 900 + rest.seconds:
            desk.rested(ready.person, rest)
    sees.note()
    picture = desk.picture(ready.person)
    assert (picture.breaks, picture.changes) == (1, 1)
    assert picture.longest_still_s == pytest.approx(900, abs=5)


def test_a_break_before_the_camera_is_one_change_of_position_and_begins_anew(ready: Desked) -> None:
    """They got up for it, and were out of sight: both are the same change."""
    ready.run(keys={1700.0: "b"}, ends_s=40 * 60)
    assert ready.facts("nudge-given") == []
    assert ready.house.desk.picture(ready.person).changes == 1


@pytest.mark.parametrize(
    ("signals", "unknown"),
    [
        (Signals(), "calls, full screen, do not disturb, the screen lock"),
        (Signals(call=Signal.NO, full_screen=Signal.YES, focus=Signal.NO), "the screen lock"),
        (Signals(Signal.NO, Signal.NO, Signal.NO, Signal.NO), None),
    ],
)
def test_the_terminal_says_once_what_its_machine_does_not_tell(
    ready: Desked, signals: Signals, unknown: str | None
) -> None:
    told: list[Message] = []
    screen = SimpleNamespace(tell=told.append, nudge=ready.world.nudge, key=ready.world.key)
    ready.world.signals, ready.world.ends_s = signals, 120.0
    profile = ready.house.desk.profile(ready.person, None, MODEL)
    DeskWatch(
        ready.house.desk, replace(ready.ports, screen=screen), ready.house.rules.words, ready.person, profile
    ).run(1.0)
    assert [one.params["what"] for one in told if one.id == "cli.posture.unknown"] == ([unknown] if unknown else [])


# Two watches on one record: a page and a terminal, each with a run of its own.


def one_turn(mind: DeskMind, plan_s: float) -> None:
    """What a watch without a camera does once."""
    mind.advance()
    if mind.falls_due("plan", plan_s):
        mind.read_anew()
    mind.look_without()
    mind.say(Signals(), Signals)


def test_two_watches_together_keep_the_gap_and_answer_one_sitting_once(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    clock.s = 1800.0  # past the gap after the reminder of nine o'clock
    one = DeskMind(desk, clock, ready.person, None)
    clock.s += 7
    other = DeskMind(desk, clock, ready.person, None)
    for _ in range(90 * 6):
        clock.s += 10
        for mind in (one, other):
            one_turn(mind, desk.settings.live.plan_s)
    said_s = [(fact.at - BEGAN).total_seconds() for fact in ready.facts("nudge-given")]
    assert said_s == [pytest.approx(1800 + 1800, abs=30)]
    assert desk.quiet(ready.person).still_at == ready.facts("nudge-given")[0].at


def test_a_watch_without_a_camera_hears_that_another_one_saw_them_leave(ready: Desked) -> None:
    """A page beside a terminal: it does not tell of half an hour in one position to whoever was up in the middle."""
    desk, clock = ready.house.desk, ready.world.clock
    clock.s = 1800.0  # past the gap after the reminder of nine o'clock
    sees = DeskMind(desk, clock, ready.person, desk.profile(ready.person, None, MODEL))
    blind = DeskMind(desk, clock, ready.person, None)
    for second in range(1, 3001):
        clock.s += 1
        sees.advance()
        sees.look(NOBODY[0] if 1200 <= second < 1320 else TALL[second % len(TALL)], 0.5)
        if second % 10 == 0:
            one_turn(blind, desk.settings.live.plan_s)
    for mind in (sees, blind):
        mind.note()
    assert ready.facts("nudge-given") == []
    assert desk.picture(ready.person).longest_still_s == pytest.approx(1680, abs=5)


def test_who_tells_one_watch_that_they_moved_has_told_the_other(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    ready.house.desk.choose(ready.person, Choice(20, *NEVER))
    one = DeskMind(desk, clock, ready.person, None)
    other = DeskMind(desk, clock, ready.person, None)
    for count in range(100 * 6):
        clock.s += 10
        if count and count % (19 * 6) == 0:
            one.moved()
        for mind in (one, other):
            one_turn(mind, desk.settings.live.plan_s)
    assert ready.facts("nudge-given") == []
    for mind in (one, other):
        mind.note()
    assert [one.watch.seen.changes, other.watch.seen.changes] == [0, 0]  # they were told, and not seen
    assert desk.picture(ready.person).changes == 5


def test_a_break_led_in_one_watch_begins_the_others_sitting_anew(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    other = DeskMind(desk, clock, ready.person, None)
    for count in range(80 * 6):
        clock.s += 10
        if count == 29 * 6:
            assert guide(desk, replace(ready.world, ends_s=1e9), ready.person) is Led.TAKEN
        one_turn(other, desk.settings.live.plan_s)
    (said,) = ready.facts("nudge-given")
    (taken,) = ready.facts("break-taken")
    assert (said.at - taken.at).total_seconds() == pytest.approx(1800, abs=70)


def test_a_snooze_elsewhere_answers_what_waits_here(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    mind = DeskMind(desk, clock, ready.person, None)
    for _ in range(33 * 6):
        clock.s += 10
        if mind.waiting is not None and desk.snoozed_until(ready.person) is None:
            desk.snooze(ready.person, 60)
        one_turn(mind, desk.settings.live.plan_s)
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")] == ["dismissed"]


# Two that are about to speak at the same moment.


def due(ready: Desked, desk: Desk) -> DeskMind:
    """A watch that has something to say with its next turn."""
    clock = ready.world.clock
    mind = DeskMind(desk, clock, ready.person, None)
    for _ in range(32):
        clock.s += 59
        mind.advance()
        mind.look_without()
    return mind


def test_of_two_watches_that_speak_at_one_moment_one_is_heard(ready: Desked) -> None:
    """The other speaks after this one has decided, and before it has written that down."""
    another = wiring.build_house(ready.house.rules, ready.house.store, "t", ready.world.clock)
    one = due(ready, ready.house.desk)
    other = DeskMind(another.desk, ready.world.clock, ready.person, None)
    other.watch = one.watch
    heard: list[object] = []

    def meanwhile() -> Signals:
        if not heard:
            heard.append(other.say(Signals(), Signals))
        return Signals()

    assert one.say(Signals(), meanwhile) is None
    assert heard != [None]
    assert len(ready.facts("nudge-given")) == 1
    assert one.waiting is None


def test_a_watch_that_is_too_late_again_and_again_says_nothing_and_speaks_with_a_later_picture(ready: Desked) -> None:
    mind = due(ready, ready.house.desk)

    def somebody_writes() -> Signals:
        ready.tell("walk-logged", minutes=10)
        return Signals()

    assert mind.say(Signals(), somebody_writes) is None
    assert ready.facts("nudge-given") == []
    ready.world.clock.s += 10
    mind.advance()
    mind.look_without()
    assert mind.say(Signals(), Signals) is not None


def test_each_new_sitting_is_answered_by_one_of_two_watches(ready: Desked) -> None:
    desk, clock = ready.house.desk, ready.world.clock
    clock.s = 1800.0
    one = DeskMind(desk, clock, ready.person, None)
    clock.s += 7
    other = DeskMind(desk, clock, ready.person, None)
    for count in range(90 * 6):
        clock.s += 10
        for mind in (one, other):
            if count % (45 * 6) == 45 * 6 - 1:
                mind.moved()
            one_turn(mind, desk.settings.live.plan_s)
    said_s = [(fact.at - BEGAN).total_seconds() for fact in ready.facts("nudge-given")]
    assert said_s == [pytest.approx(3600, abs=30), pytest.approx(1800 + 75 * 60, abs=30)]


def test_a_snooze_made_elsewhere_seconds_before_a_nudge_is_not_talked_over(ready: Desked) -> None:
    def elsewhere(world: World) -> None:
        if world.clock.s >= 2790 and not ready.facts("nudges-snoozed"):
            ready.house.desk.snooze(ready.person, 60)

    ready.house.desk.choose(ready.person, Choice(30, *NEVER))
    ready.run(keys={1000.0: "m"}, happens=elsewhere, ends_s=2900)  # the next look at the plan is at 2820
    assert ready.facts("nudges-snoozed")
    assert ready.facts("nudge-given") == []


# An absence that nobody watched, and a night between two days.


def test_what_was_watched_before_an_absence_is_kept_at_its_own_moment(ready: Desked) -> None:
    """Ten minutes, the lid is shut for three hours, ten minutes."""

    def sleep(world: World) -> None:
        if world.clock.s > 600 and not world.clock.slept_s:
            world.clock.slept_s = 3 * 3600.0

    ready.run(happens=sleep, ends_s=1200)
    before, after = ready.facts("posture-watched")
    assert (before.at - BEGAN).total_seconds() == pytest.approx(600, abs=3)
    assert before.body["position_changes"] == 1
    assert before.body["longest_still_s"] == pytest.approx(600, abs=3)
    assert (after.body["position_changes"], after.body["tall_s"]) == (0, pytest.approx(600, abs=3))


def test_without_a_camera_a_minute_of_silence_at_the_days_end_ends_no_sitting(ready: Desked) -> None:
    """A page in the background is woken once a minute, and the day ends at three."""
    desk, clock = ready.house.desk, ready.world.clock
    clock.s = 17.75 * 3600
    mind = DeskMind(desk, clock, ready.person, None)
    for _ in range(30):
        clock.s += 61
        mind.advance()
        mind.look_without()
    assert mind.watch.seen.changes == 0
    assert mind.watch.seen.still_s == pytest.approx(29 * 61)
    assert desk.picture(ready.person, BEGAN.date()).longest_still_s == pytest.approx(13 * 61)


MORNING_S = 24 * 3600.0


@pytest.mark.parametrize("how", ["locked", "asleep"])
def test_a_night_books_each_days_sitting_on_its_own_day(ready: Desked, how: str) -> None:
    ready.house.desk.choose(ready.person, Choice(60, *NEVER))

    def night(world: World) -> None:
        if how == "locked":
            world.signals = Signals(locked=Signal.YES if 5000 <= world.clock.s < MORNING_S else Signal.NO)
        elif world.clock.s > 5000 and not world.clock.slept_s:
            world.clock.slept_s = MORNING_S - 5000

    ready.run(rate=0.2, happens=night, ends_s=MORNING_S + 1200 if how == "locked" else 5000 + 1200)
    yesterday = ready.house.desk.picture(ready.person, BEGAN.date())
    today = ready.house.desk.picture(ready.person)
    assert today.on == BEGAN.date() + timedelta(days=1)
    assert (yesterday.watched_s, yesterday.longest_still_s) == (pytest.approx(5000, abs=20),) * 2
    assert (today.watched_s, today.longest_still_s) == (pytest.approx(1200, abs=20),) * 2
    assert (yesterday.changes, today.changes) == (1, 0)


def test_a_sitting_through_the_days_end_is_shared_out(ready: Desked) -> None:
    ready.world.clock.s = 17.5 * 3600  # the day ends at three
    ready.run(rate=0.2, ends_s=18.5 * 3600)
    yesterday = ready.house.desk.picture(ready.person, BEGAN.date())
    today = ready.house.desk.picture(ready.person)
    assert (yesterday.longest_still_s, today.longest_still_s) == (pytest.approx(1800, abs=10),) * 2
    assert (yesterday.watched_s, today.watched_s) == (pytest.approx(1800, abs=10),) * 2
