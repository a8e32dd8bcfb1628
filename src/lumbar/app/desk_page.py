"""The watch at the desk as a page drives it: the page has the camera and shows what it is told.

All else is decided here.

A page sends what it sees about once a second. One run is kept for a person; another page, or another profile, takes its
place, and the page whose run it was is told so and ends: two that took it from one another with every look would watch
nothing. A run is disposable: after a restart of the server the next look begins a new one, and the record knows what
was said.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from lumbar.app.desk import Desk, Profile, profile_name
from lumbar.app.desk_mind import DeskMind
from lumbar.app.ports import Person
from lumbar.app.reminders import remind
from lumbar.core.body import Frame
from lumbar.core.errors import Conflict
from lumbar.core.posture import Doubt, Seen, State, calibrate
from lumbar.core.posture.nudge import Nudge, Signals, Silence, minutes_of_today
from lumbar.core.posture.picture import Picture
from lumbar.core.posture.remind import About
from lumbar.core.posture.rest import Rest
from lumbar.core.posture.timed import WITHOUT_CAMERA
from lumbar.core.record import day_of

_REMEMBERED = 100
"""Runs that were taken over, and whose pages may still be sending: more windows than anybody has open."""


@dataclass(frozen=True, slots=True)
class PageDevice:
    """Which device asks, and the zone of the clock on its wall."""

    device: str
    zone: str | None


@dataclass(frozen=True, slots=True)
class PageLook:
    """One look through a page's camera. run: made up by the page when its watch begins; light: of full light."""

    run: str
    profile: str
    model: str
    frame: Frame
    light: float
    signals: Signals


@dataclass(frozen=True, slots=True)
class PageMoment:
    """A moment of a watch without a camera."""

    run: str
    signals: Signals


@dataclass(frozen=True, slots=True)
class Standing:
    """How a watch stands after a look.

    silence: why nothing would be said now. snoozed_until: it is quiet by their wish; snoozed_today: to the day's end.
    waiting: what was said and wants an answer. rests_s: nobody is there; the camera may be off for so long, and looks
    again then.
    """

    seen: Seen
    state: State
    doubt: Doubt | None
    silence: Silence | None
    snoozed_until: datetime | None
    snoozed_today: bool
    waiting: Nudge | None
    rests_s: float | None


@dataclass(frozen=True, slots=True)
class CapturedPoses:
    """The frames of the three poses of a calibration."""

    usual: Sequence[Frame]
    tall: Sequence[Frame]
    slump: Sequence[Frame]


@dataclass(slots=True)
class _Run:
    id: str
    desk: Desk
    mind: DeskMind
    heard_s: float

    @property
    def is_silent(self) -> bool:
        """Whether its page has not been heard of for so long that it may be gone."""
        return self.desk.clock.monotonic_s() - self.heard_s > self.desk.settings.live.asleep_s


class PageDesk:
    """Every page's way to the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._runs: dict[str, _Run] = {}
        self._taken_over: deque[str] = deque(maxlen=_REMEMBERED)
        self._lock = Lock()

    def of(self, device: PageDevice) -> Desk:
        """The desk as a device sees it."""
        return self._desk.seen_from(device.zone, device.device)

    def look(self, person: Person, device: PageDevice, look: PageLook) -> Standing:
        """What a look changes, and what is said.

        Raises Conflict while all rests, or when another page has the watch by now; NotFound, Misuse for the profile.
        """
        with self._lock:
            return self._turn(person, self._run(person, device, look), look)

    def go_on(self, person: Person, device: PageDevice, moment: PageMoment) -> Standing:
        """A moment of a watch without a camera. Raises Conflict while all rests, or another page has the watch."""
        with self._lock:
            return self._turn(person, self._run(person, device, moment), moment)

    def moved(self, person: Person, device: PageDevice, run_id: str) -> None:
        """They say that they changed their position. It is kept of a run that is no more, too: they did move, though
        the server was begun anew meanwhile or another window watches."""
        with self._lock:
            run = self._known(person, run_id)
            if run is not None:
                run.mind.moved()
            else:
                self.of(device).moved(person, WITHOUT_CAMERA)

    def dismiss(self, person: Person, run_id: str) -> None:
        """Not now. Does nothing for a run that is no more."""
        with self._lock:
            run = self._known(person, run_id)
            if run is not None:
                run.mind.dismiss()

    def speak_again(self, person: Person, device: PageDevice) -> bool:
        """Take the quiet back that was asked for, on whichever device; whether there was any."""
        with self._lock:
            stood = self.of(device).speak_again(person)
            run = self._runs.get(person.id)
            if run is not None:
                run.mind.read_anew()
            return stood

    def snooze(self, person: Person, device: PageDevice, run_id: str | None, minutes: int | None) -> int:
        """Be quiet for so many minutes, or for the rest of the day without a number; gives how many."""
        with self._lock:
            desk = self.of(device)
            wanted = minutes_of_today(desk.on_the_wall()) if minutes is None else minutes
            run = self._known(person, run_id)
            if run is None:
                desk.snooze(person, wanted)
            else:
                run.mind.snooze(wanted)
            return wanted

    def rested(self, person: Person, device: PageDevice, run_id: str | None, stretch: str | None) -> Rest:
        """A break was taken, with this stretch in it or none. A stretch that is no longer due counts as a break alone.

        Raises Conflict while breaks rest.
        """
        with self._lock:
            desk = self.of(device)
            rest = desk.rest(person)
            if rest.stretch != stretch:
                rest = Rest(tuple(step for step in rest.steps if step.exercise is None))
            desk.rested(person, rest)
            run = self._known(person, run_id)
            if run is not None:
                run.mind.rested()
            return rest

    def remind(self, person: Person, device: PageDevice, signals: Signals) -> About | None:
        """What of the programme a page reminds of now; of several pages one hears it.

        Nothing while a watch sees nobody. A page that is heard of no more sees nothing, and holds back nothing.
        """
        with self._lock:
            run = self._runs.get(person.id)
            present = run is None or run.is_silent or run.mind.watch.seen.present
            about = remind(self.of(device), person, lambda: signals, present=present)
            if about is not None and run is not None:
                run.mind.read_anew()
            return about

    def pictures(self, person: Person, device: PageDevice, days: int) -> list[Picture]:
        """The pictures of the last so many days, today's at the end: with the spell in one position that a watch shows
        beside it, and that is in no entry yet."""
        with self._lock:
            *before, today = self.of(device).pictures(person, days)
            run = self._runs.get(person.id)
            if run is not None and not run.is_silent and day_of(run.desk.clock.now()) == today.on:
                today = replace(today, longest_still_s=max(today.longest_still_s, run.mind.stands_s))
            return [*before, today]

    def end(self, person: Person, run_id: str) -> None:
        """The page's watch is over: what it saw is kept. Does nothing for a run that is no more."""
        with self._lock:
            run = self._known(person, run_id)
            if run is not None:
                self._drop(person, run)

    def calibrate(self, person: Person, device: PageDevice, name: str, model: str, poses: CapturedPoses) -> Profile:
        """Keep a profile from three poses.

        Raises Conflict while all rests, Misuse for a name that is none, and BadInput when the poses tell nothing.
        """
        desk, name = self.of(device), profile_name(name)
        desk.need_open(person)
        baseline = calibrate(poses.tall, poses.slump, desk.settings, poses.usual)
        desk.keep(person, name, baseline, model)
        return desk.profile(person, name, model)

    def _turn(self, person: Person, run: _Run, sent: PageLook | PageMoment) -> Standing:
        mind, live, signals = run.mind, run.desk.settings.live, sent.signals
        before_s, run.heard_s = mind.t_s, run.desk.clock.monotonic_s()
        mind.advance()
        if mind.falls_due("plan", live.plan_s):
            self._need_open(person, run)
            mind.read_anew()
        if mind.falls_due("record", live.record_s):
            mind.note()
        # Two looks at one moment are one; the first of a run has no moment before it.
        if mind.watch.reading is None or mind.t_s > before_s:
            if isinstance(sent, PageLook):
                mind.look(sent.frame, sent.light)
            else:
                mind.look_without()
            mind.say(signals, lambda: signals)
        return _standing(mind, run.desk, signals)

    def _run(self, person: Person, device: PageDevice, look: PageLook | PageMoment) -> _Run:
        run = self._runs.get(person.id)
        wanted = look.profile if isinstance(look, PageLook) else WITHOUT_CAMERA
        if run is not None and run.id == look.run and run.mind.profile == wanted:
            return run
        if look.run in self._taken_over:
            raise Conflict("error.posture-elsewhere")
        desk = self.of(device)
        desk.need_open(person)
        profile = desk.profile(person, look.profile, look.model) if isinstance(look, PageLook) else None
        if run is not None:
            self._drop(person, run)
            if run.id != look.run:
                self._taken_over.append(run.id)
        begun = _Run(look.run, desk, DeskMind(desk, desk.clock, person, profile), desk.clock.monotonic_s())
        self._runs[person.id] = begun
        return begun

    def _known(self, person: Person, run_id: str | None) -> _Run | None:
        run = self._runs.get(person.id)
        return run if run is not None and run.id == run_id else None

    def _need_open(self, person: Person, run: _Run) -> None:
        try:
            run.desk.need_open(person)
        except Conflict:
            self._drop(person, run)
            raise

    def _drop(self, person: Person, run: _Run) -> None:
        del self._runs[person.id]
        run.mind.note()


def _standing(mind: DeskMind, desk: Desk, signals: Signals) -> Standing:
    reading, until = mind.watch.reading, mind.snoozed_until
    assert reading is not None
    rests_s = desk.settings.live.look_again_s if mind.nobody else None
    held = (mind.silent(signals), until, desk.is_for_today(until))
    return Standing(mind.watch.seen, reading.state, reading.doubt, *held, mind.waiting, rests_s)
