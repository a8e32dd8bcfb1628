"""The watch at the desk while it runs: looks, says what the rules of quietness let through, and notes it in the record.

One turn a picture. The camera is on only while somebody sits before it: under a screen lock it is off until the lock
is gone, and with nobody there, or nobody to be seen, it is off and looks again now and then. So does one that is gone
for a while, as after a sleep of the machine, or that another program has. While a pause for safety holds it does not
run.
"""

from dataclasses import dataclass
from enum import Enum

from lumbar.app.desk import Desk, Profile
from lumbar.app.desk_mind import DeskMind
from lumbar.app.desk_ports import Eyes, Notifier, Platform, Screen
from lumbar.app.ports import Clock, Person
from lumbar.app.reminders import remind
from lumbar.catalog.words import Words
from lumbar.core.errors import BadMedia
from lumbar.core.message import Message, say
from lumbar.core.posture import CameraMoved
from lumbar.core.posture.nudge import Nudge, Signal, Signals, Silence, minutes_of_today, quiet_until

__all__ = ["DeskPorts", "DeskWatch", "Led", "guide"]

_LOST = "cli.posture.camera-lost"
"""Why the camera is off when it gives no picture any more."""

_SIGNALS = ("call", "full_screen", "focus", "locked")


@dataclass(frozen=True, slots=True)
class DeskPorts:
    """The world around a watch."""

    eyes: Eyes
    platform: Platform
    notifier: Notifier
    screen: Screen
    clock: Clock


class DeskWatch:
    """One run of the watch, from switching the camera on to switching it off; by the clock alone without a profile."""

    def __init__(self, desk: Desk, ports: DeskPorts, words: Words, person: Person, profile: Profile | None) -> None:
        self._desk = desk
        self._settings = desk.settings
        self._ports = ports
        self._words = words
        self._person = person
        self._has_camera = profile is not None
        self._mind = DeskMind(desk, ports.clock, person, profile)
        self._signals = Signals()
        self._dark: str | None = None  # the words of why the camera is off
        self._answers = {
            "n": self._not_now,
            "m": self._moved,
            "s": self._snooze_a_while,
            "t": self._snooze_today,
            "a": self._speak_again,
        }

    def run(self, rate: float) -> None:
        """Watch until the person ends it or a pause for safety begins. rate: pictures a second.

        Raises BadMedia when the camera is not there, or when a recording in its place is over.
        """
        screen = self._ports.screen
        self._desk.need_open(self._person)
        self._ports.eyes.open()
        on = say("cli.posture.on", profile=self._mind.profile, count=rate)
        screen.tell(on if self._has_camera else say("cli.posture.on-without"))
        self._tell_keys()
        self._tell_what_is_told()
        self._tell_of_quiet()
        try:
            while self._turn(rate):
                pass
        finally:
            self._ports.eyes.close()
            self._mind.note()
            screen.tell(say("cli.posture.ended" if self._has_camera else "cli.posture.ended-without"))

    def _tell_keys(self) -> None:
        self._ports.screen.tell(say("cli.posture.keys", minutes=self._settings.nudges.snooze_min))

    def _tell_what_is_told(self) -> None:
        """A lock counts where it is told of; for what it is not told of it cannot be silent. It says either."""
        told = self._ports.platform.now()
        if not self._has_camera and told.locked is not Signal.UNKNOWN:
            self._ports.screen.tell(say("cli.posture.lock-counts"))
        unknown = [name for name in _SIGNALS if getattr(told, name) is Signal.UNKNOWN]
        if unknown:
            names = ", ".join(self._words.written(say(f"posture.signal.{name.replace('_', '-')}")) for name in unknown)
            self._ports.screen.tell(say("cli.posture.unknown", what=names))

    def _tell_of_quiet(self) -> None:
        """Until when it is quiet by the person's wish, and how to take that back; nothing when it is not."""
        until = self._mind.snoozed_until
        if until is not None:
            self._ports.screen.tell(quiet_until(until, self._desk.on_the_wall()))
            self._ports.screen.tell(say("cli.posture.speak-again"))

    def _turn(self, rate: float) -> bool:
        """One picture, or one wait without. False ends the watch."""
        mind, live = self._mind, self._settings.live
        mind.advance(locked=self._signals.locked is Signal.YES)
        looks_at_plan = mind.falls_due("plan", live.plan_s)
        if looks_at_plan and self._desk.is_paused(self._person):
            self._switch_off(Silence.PAUSED)
            return False
        if mind.falls_due("signals", live.signals_s):
            self._signals = self._ports.platform.now()
        if looks_at_plan:
            mind.read_anew()
            self._remind()
        if mind.falls_due("record", live.record_s):
            mind.note()
        if self._signals.locked is Signal.YES:
            if not self._has_camera and self._dark is None:
                mind.moved()  # whoever locks the screen gets up
            self._switch_off(Silence.LOCKED)
            return self._wait(live.signals_s)
        before_s = self._ports.clock.monotonic_s()
        self._look()
        self._say()
        if self._dark is not None:
            return self._wait(live.look_again_s)
        return self._wait(max(0.0, 1.0 / rate - (self._ports.clock.monotonic_s() - before_s)))

    def _look(self) -> None:
        eyes, mind = self._ports.eyes, self._mind
        was_off = self._dark is not None
        try:
            if was_off:
                eyes.open()
            look = eyes.look(mind.t_s)
        except BadMedia:
            if not self._may_come_back:
                raise
            self._go_dark(_LOST)
            return
        for event in mind.look(look.frame, look.light):
            if isinstance(event, CameraMoved):
                self._ports.screen.tell(say("cli.posture.moved"))
        if mind.nobody:
            self._switch_off(Silence.CANNOT_TELL if mind.cannot_tell else Silence.AWAY, again=was_off)
        elif was_off:
            self._dark = None
            self._tell_of_camera(say("cli.posture.again"))

    def _switch_off(self, silence: Silence, *, again: bool = False) -> None:
        self._go_dark(f"posture.silence.{silence.value}", again=again)

    @property
    def _may_come_back(self) -> bool:
        """Whether a camera that is lost has given pictures before and is waited for."""
        return self._ports.eyes.comes_back and self._mind.watch.reading is not None

    def _go_dark(self, why: str, *, again: bool = False) -> None:
        self._ports.eyes.close()
        if not again and self._dark != why:
            self._tell_of_camera(say("cli.posture.off", why=f"@{why}"))
        self._dark = why

    def _tell_of_camera(self, message: Message) -> None:
        if self._has_camera:
            self._ports.screen.tell(message)

    def _say(self) -> None:
        nudge = self._mind.say(self._signals, self._ask)
        if nudge is not None:
            self._nudge(nudge)

    def _remind(self) -> None:
        """Of the programme itself, while somebody is there to hear it; the platform is asked once more before."""
        about = remind(self._desk, self._person, self._ask, present=self._mind.watch.seen.present)
        if about is not None:
            self._mind.read_anew()
            title, text = self._words.written(say("posture.title")), self._words.written(about.message)
            self._ports.notifier.tell(title, text)
            self._ports.screen.tell(about.message)

    def _ask(self) -> Signals:
        self._signals = self._ports.platform.now()
        return self._signals

    def _nudge(self, nudge: Nudge) -> None:
        title, text = self._words.written(say("posture.title")), self._words.written(nudge.message)
        self._ports.notifier.tell(title, text)
        self._ports.screen.nudge(nudge.message)

    def _wait(self, wait_s: float) -> bool:
        """Let time pass, and hear a key meanwhile; each is answered. False for the end."""
        key = self._ports.screen.key(wait_s)
        if key == "b":
            return self._break()
        if key is not None and key != "q":
            self._answers.get(key, self._tell_keys)()
        return key != "q"

    def _moved(self) -> None:
        self._mind.moved()
        self._ports.screen.tell(say("cli.posture.anew"))

    def _not_now(self) -> None:
        asked = self._mind.waiting is not None
        self._mind.dismiss()
        self._ports.screen.tell(say("cli.posture.not-now" if asked else "cli.posture.nothing-asked"))

    def _speak_again(self) -> None:
        stood = self._mind.speak_again()
        self._ports.screen.tell(say("posture.speaks-again" if stood else "posture.not-quiet"))

    def _snooze_a_while(self) -> None:
        self._snooze(self._settings.nudges.snooze_min)

    def _snooze_today(self) -> None:
        self._snooze(minutes_of_today(self._desk.on_the_wall()))

    def _snooze(self, minutes: int) -> None:
        self._mind.snooze(minutes)
        self._tell_of_quiet()

    def _break(self) -> bool:
        """The guided break, with the camera off. Whoever gives it up has taken none. False for the end."""
        was_off = self._dark is not None
        self._ports.eyes.close()
        led = guide(self._desk, self._ports.screen, self._person)
        if led is Led.ENDED:
            return False
        if led is Led.TAKEN:
            self._mind.rested()
        if not was_off:
            self._open_again()
        return True

    def _open_again(self) -> None:
        try:
            self._ports.eyes.open()
        except BadMedia:
            if not self._may_come_back:
                raise
            self._go_dark(_LOST)


class Led(Enum):
    """What became of a guided break: taken to its end, stopped, or ended together with all else."""

    TAKEN = "taken"
    STOPPED = "stopped"
    ENDED = "ended"


_STOPS = {"n": Led.STOPPED, "q": Led.ENDED}


def guide(desk: Desk, screen: Screen, person: Person) -> Led:
    """Guide through the break that fits now. Once it was taken the record has it. Raises Conflict.

    Each step lasts as long as it says: only n and q end it. Any other key is a stray one, and is told so.
    """
    rest = desk.rest(person)
    screen.tell(say("cli.posture.break", seconds=rest.seconds))
    for one in rest.steps:
        screen.tell(one.message)
        stopped = _stopped(float(one.seconds), screen, desk.clock)
        if stopped is not None:
            screen.tell(say("cli.posture.break-stopped"))
            return stopped
    desk.rested(person, rest)
    screen.tell(say("posture.break-done"))
    return Led.TAKEN


def _stopped(wait_s: float, screen: Screen, clock: Clock) -> Led | None:
    """What ended a step of a break before its time; None when it went on to its end by the clock."""
    ends_s = clock.monotonic_s() + wait_s
    while (left_s := ends_s - clock.monotonic_s()) > 0.0:
        key = screen.key(left_s)
        if key in _STOPS:
            return _STOPS[key]
        if key is not None:
            screen.tell(say("cli.posture.break-keys"))
    return None
