"""Whole days at a desk, lived by the real mind of every watch on a hand-cranked clock.

A day goes from five in the morning to five in the next, across the end of a day at three. One or two watches run, with
and without a camera; they are restarted, fall silent, and sleep with their machine. The programme is reminded of. The
person hears some of what is said, moves, takes breaks, asks for quiet here or on a phone, and changes their mind.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk_house import MODEL, NOBODY, SLUMP, TALL, Clock, Household

from lumbar.app.desk import Desk, Profile
from lumbar.app.desk_mind import DeskMind
from lumbar.app.ports import Appended, Mark
from lumbar.app.reminders import remind
from lumbar.app.rules import Rules
from lumbar.core.body import Frame, Landmark
from lumbar.core.posture import calibrate
from lumbar.core.posture.nudge import Nudge, Signals, minutes_of_today
from lumbar.core.posture.replay import moment_of
from lumbar.core.record import Fact, day_of
from lumbar.core.simulate.desk import DeskDay, Minute, Sitter, forbidden, some_choice
from lumbar.store import MemoryStore

BEGAN = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TICK_S = 30.0
SLACK = 3
"""Turns until a watch has heard what was told elsewhere: it looks once a minute."""

_REMIND_EVERY = 40
_PHONE_EVERY = 0.0008


class Told(MemoryStore):
    """A store that shows what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []

    def append(self, person: str, facts: Sequence[Fact], *, whole: bool = False) -> Appended:
        self.facts += facts
        return super().append(person, facts, whole=whole)

    def append_unless_news(self, person: str, facts: Sequence[Fact], known: Mark) -> bool:
        kept = super().append_unless_news(person, facts, known)
        self.facts += facts if kept else []
        return kept


@dataclass
class Seat:
    """One watch: the terminal, which knows of calls, or a page, which does not. mind: None while it is not running."""

    name: str
    knows: bool
    profile: Profile | None
    mind: DeskMind | None = None
    run: int = 0
    silent_until: datetime = BEGAN
    locked: bool = False

    @property
    def watch(self) -> str:
        return f"{self.name}-{self.run}"


@dataclass
class Poses:
    """Frames of one person at a desk, at two places, and of nobody."""

    tall: list[list[Frame]]
    slump: list[list[Frame]]
    nobody: Frame

    def of(self, sitter: Sitter, number: int) -> Frame:
        if sitter.here_min == 0:
            return self.nobody
        frames = (self.slump if sitter.slump_min else self.tall)[sitter.spell % 2]
        return frames[number % len(frames)]


def poses() -> Poses:
    tall, slump = TALL[:12], SLUMP[:12]
    return Poses([tall, _beside(tall)], [slump, _beside(slump)], NOBODY[0])


def _beside(frames: list[Frame]) -> list[Frame]:
    """The same, moved to the side by the breadth of the shoulders."""
    left, right = frames[0].points[11], frames[0].points[12]
    by = abs(left.x - right.x)
    moved = []
    for frame in frames:
        points = tuple(Landmark(p.x + by, p.y, p.z, p.visibility) for p in frame.points)
        moved.append(replace(frame, points=points))
    return moved


@dataclass
class Life:
    """One day. loosened: limits of the mind that are not the real ones, to see that breaking a rule is found out.

    happened: how often what came up, to see that the days try what they should.
    """

    rules: Rules
    poses: Poses
    seed: int
    home: Path
    loosened: Mapping[str, int] = field(default_factory=dict)
    clock: Clock = field(default_factory=lambda: Clock(BEGAN))
    store: Told = field(default_factory=Told)
    minutes: list[Minute] = field(default_factory=list)
    reminded: list[datetime] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    paused_at: datetime | None = None
    snoozed_until: datetime | None = None

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.household = Household.over(self.rules, self.home, self.clock, self.store)
        self.person = self.household.person
        self.desk: Desk = self.household.house.desk
        watch = replace(self.desk.settings.watch, max_gap_s=1.5 * TICK_S)  # the camera looks once in a tick
        live = replace(self.desk.settings.live, record_s=3600.0)  # keeping costs most of the time
        self.limits = self.desk.settings.nudges
        nudges = replace(self.limits, **self.loosened)
        self.desk.settings = replace(self.desk.settings, watch=watch, live=live, nudges=nudges)
        self.household.screen()
        self.desk.choose(self.person, some_choice(self.chance, self.limits))
        self.heeds = self.chance.random()
        self.sitter = Sitter()
        self.seats = self._seats()

    def _seats(self) -> list[Seat]:
        kind = self.chance.choice(("page", "terminal", "both", "both", "camera", "camera and page"))
        self.happened[kind] += 1
        page, terminal = Seat("page", False, None), Seat("terminal", True, None)
        if kind.startswith("camera"):
            baseline = calibrate(self.poses.tall[0], self.poses.slump[0], self.desk.settings)
            self.desk.keep(self.person, "desk", baseline, MODEL)
            terminal.profile = self.desk.profile(self.person, "desk", MODEL)
        found = {"page": [page], "terminal": [terminal], "camera": [terminal]}
        return found.get(kind, [terminal, page])

    def live(self) -> DeskDay:
        """The whole day."""
        for number in range(round(24 * 3600 / TICK_S)):
            self.clock.s += TICK_S
            if self.clock.now() >= BEGAN + timedelta(hours=24):
                break
            self._happens(number)
            for seat in self.seats:
                self._turn(seat, number)
            if number % _REMIND_EVERY == 0:
                self._remind()
        for seat in self.seats:
            if seat.mind is not None:
                seat.mind.note()
        return DeskDay(tuple(self.minutes), tuple(self.reminded))

    # What goes on around the watches.

    def _happens(self, number: int) -> None:
        chance = self.chance
        if number % 2 == 0:
            self.sitter.live(chance)
        if chance.random() < 0.0004:
            self.clock.slept_s += chance.uniform(90.0, 5 * 3600.0)
            self.sitter.here_min = 0
            self.happened["slept"] += 1
        if chance.random() < 0.00002 and self.paused_at is None:
            self.household.tell("daily-check-answered", ticks=["saddle"], answers={"A1": "yes"}, details={})
            self.paused_at = self.clock.now()
            self.happened["paused"] += 1
        if chance.random() < _PHONE_EVERY:
            self.desk.choose(self.person, some_choice(chance, self.limits))
            self.happened["chosen"] += 1
        if chance.random() < _PHONE_EVERY:
            self._snooze(None)
        if self.snoozed_until is not None and chance.random() < 0.01:
            seat = chance.choice(self.seats)
            (seat.mind.speak_again() if seat.mind is not None else self.desk.speak_again(self.person))
            self.snoozed_until = None
            self.happened["spoke again"] += 1

    def _remind(self) -> None:
        signals = self.sitter.signals(self.seats[0].knows)
        if remind(self.desk, self.person, lambda: signals, present=self.sitter.here_min > 0) is not None:
            self.reminded.append(self.clock.now())
            self.happened["reminded"] += 1

    # One watch.

    def _turn(self, seat: Seat, number: int) -> None:
        mind, now = self._running(seat), self.clock.now()
        if mind is None or now < seat.silent_until:
            return
        mind.advance()
        live = self.desk.settings.live
        if mind.falls_due("plan", live.plan_s):
            if self.paused_at is not None and self.desk.is_paused(self.person):
                mind.note()
                seat.mind, seat.silent_until = None, now + timedelta(days=1)
                return
            mind.read_anew()
        if mind.falls_due("record", live.record_s):
            mind.note()
        if self._is_locked(seat, mind):
            return
        if seat.profile is None:
            mind.look_without()
        else:
            mind.look(self.poses.of(self.sitter, number), 0.5)
        signals = self.sitter.signals(seat.knows)
        nudge = mind.say(signals, lambda: signals)
        self._keep(seat, mind, signals, nudge)
        if nudge is not None:
            self._react(mind)
        elif seat.profile is None and self.sitter.here_min == 0 and self.chance.random() < 0.02:
            mind.moved()

    def _running(self, seat: Seat) -> DeskMind | None:
        """A watch is begun anew now and then, after a good-bye or without; and now and then it is not heard of."""
        if self.clock.now() < seat.silent_until:
            return None
        what = self.chance.random()
        if seat.mind is not None and what < 0.001:
            if self.chance.random() < 0.5:
                seat.mind.note()
            seat.mind = None
            self.happened["restarted"] += 1
        elif what < 0.0015:
            seat.silent_until = self.clock.now() + timedelta(minutes=self.chance.uniform(0.5, 60.0))
            self.happened["silent"] += 1
        if seat.mind is None:
            seat.mind, seat.run = DeskMind(self.desk, self.clock, self.person, seat.profile), seat.run + 1
        return seat.mind

    def _is_locked(self, seat: Seat, mind: DeskMind) -> bool:
        """Whoever leaves a machine that tells of its lock locks it."""
        away = seat.knows and self.sitter.here_min == 0
        if away and not seat.locked and seat.profile is None:
            mind.moved()
        seat.locked = away
        return away

    def _keep(self, seat: Seat, mind: DeskMind, signals: Signals, nudge: Nudge | None) -> None:
        choice, nudges = self.desk.choice(self.person), self.limits
        factor = nudges.doubling if self._doubled() else 1
        moment = replace(moment_of(mind.watch, self.clock.now()), signals=signals, paused=self.paused_at is not None)
        held = forbidden(moment, choice, self.snoozed_until)
        limits = (choice.interval_min * factor, nudges.gap_min * factor)
        self.minutes.append(Minute(moment, held, nudge, *limits, seat.watch))

    def _react(self, mind: DeskMind) -> None:
        chance = self.chance
        if chance.random() < self.heeds:
            how = chance.choice(("leaves", "moves", "told elsewhere", "break"))
            self.happened[how] += 1
            if how == "leaves":
                self.sitter.here_min = 0
            elif how == "moves":
                mind.moved()
            elif how == "told elsewhere":
                other = chance.choice(self.seats).mind or mind
                other.moved()
            else:
                self.desk.rested(self.person, self.desk.rest(self.person))
                mind.rested()
        elif chance.random() < 0.15:
            self._snooze(mind)
        elif chance.random() < 0.2:
            mind.dismiss()
            self.happened["dismissed"] += 1

    def _snooze(self, mind: DeskMind | None) -> None:
        """Here, or on a phone without a watch of its own."""
        minutes = self.chance.choice((60, 60, minutes_of_today(self.clock.now())))
        if mind is None:
            self.desk.snooze(self.person, minutes)
        else:
            mind.snooze(minutes)
        self.snoozed_until = self.clock.now() + timedelta(minutes=minutes)
        self.happened["snoozed"] += 1

    def _doubled(self) -> bool:
        """Whether enough nudges in a row were ignored on this day, from what was kept; worked out anew."""
        today, patience = day_of(self.clock.now()), self.limits.patience
        answers = [f.body["answer"] for f in self.store.facts if f.type == "nudge-answered" and f.on == today]
        heard = "".join("i" if one == "ignored" else "h" for one in answers if one != "dismissed")
        return "i" * patience in heard


_ROUNDED_S = 0.25
"""An entry rounds each of four numbers of seconds to a tenth, and its own length down."""


def counted_twice(life: Life) -> Iterator[str]:
    """What the day's pictures have that no day can hold: with two watches no more time than went by, either."""
    entries = Counter(fact.on for fact in life.store.facts if fact.type == "posture-watched")
    for on, lasted_s in ((BEGAN.date(), 22 * 3600.0), (BEGAN.date() + timedelta(days=1), 2 * 3600.0)):
        picture = life.desk.picture(life.person, on)
        if picture.watched_s > lasted_s + _ROUNDED_S * entries[on]:
            yield f"{picture.watched_s} seconds on {on}"
        if picture.longest_still_s > lasted_s + _ROUNDED_S:
            yield f"still for {picture.longest_still_s} seconds on {on}"
