"""What every watch at the desk shares, whoever holds the camera: what was seen, what is said, and what is kept.

The terminal program and the page drive it. Frames go in with the light that they were taken in; whether anything is
said is decided by the rules of quietness in `core.posture.nudge` alone, by this machine's clock.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lumbar.app.desk import Desk, Profile
from lumbar.app.desk_books import Books
from lumbar.app.ports import Clock, Person
from lumbar.core.body import Frame
from lumbar.core.posture import Doubt, Event, Left, PositionChanged, Reading, Watch
from lumbar.core.posture.nudge import (
    Answer,
    Moment,
    Nudge,
    Quiet,
    Signals,
    Silence,
    Step,
    answered,
    met,
    silence,
    snoozed,
    step,
)
from lumbar.core.posture.replay import moment_of
from lumbar.core.posture.still import CANNOT_TELL
from lumbar.core.posture.timed import WITHOUT_CAMERA, timed, unseen
from lumbar.core.record import day_of


class DeskMind:
    """One run of a watch, apart from its camera. Its seconds begin at 0. profile: None for a watch that has none."""

    def __init__(self, desk: Desk, clock: Clock, person: Person, profile: Profile | None) -> None:
        self._desk = desk
        self._clock = clock
        self._person = person
        self._settings = desk.settings
        self.profile = WITHOUT_CAMERA if profile is None else profile.name
        self.watch = timed(desk.settings) if profile is None else Watch(profile.baseline, desk.settings)
        self._choice = desk.choice(person)
        self._quiet: Quiet = desk.quiet(person)
        self._waiting_id: str | None = None
        self.t_s = 0.0
        self._clocks = (clock.monotonic_s(), self._now())
        self._due = {"record": desk.settings.live.record_s}
        self._books = Books()
        self._looked_at = clock.now()
        self._day_from_s = 0.0
        self._absence_s = desk.settings.live.asleep_s if profile is None else desk.settings.watch.away_s
        self._is_blind = profile is None
        self._moved_at = self._heard_of_a_move()
        self._held = desk.is_held(person)

    @property
    def snoozed_until(self) -> datetime | None:
        """Until when it is quiet by their wish, as far as was heard; None when it is not."""
        until = self._quiet.snoozed_until
        return until if until is not None and until.astimezone(UTC) > self._now() else None

    @property
    def waiting(self) -> Nudge | None:
        """What was said and nobody has answered yet."""
        return self._quiet.waiting

    @property
    def stands_s(self) -> float:
        """For how much of this day the spell in one position has stood that goes on; 0 while there is none."""
        seen = self.watch.seen
        return self._of_this_day(seen.still_s, seen.t_s) if seen.present else 0.0

    @property
    def nobody(self) -> bool:
        """Whether nobody has been there, or seen, for the time that makes an absence: the camera may go off."""
        reading: Reading | None = self.watch.reading
        away = (Doubt.NOBODY, *CANNOT_TELL)
        return not self.watch.seen.present and reading is not None and reading.doubt in away

    @property
    def cannot_tell(self) -> bool:
        """Whether it is too dark, or too little is in the picture, to tell if anybody is there."""
        return self._moment(Signals()).unseen

    def advance(self, *, locked: bool = False) -> None:
        """The watch's own seconds, and what is over by now is closed. locked: the machine tells of its screen's lock.

        A machine that slept has a wall clock that ran on while the other stood. In the night in which the clocks
        change the wall's hand alone jumps.
        """
        then, before = self._clocks
        now, at = self._clock.monotonic_s(), self._now()
        passed_s, by_the_wall_s = now - then, (at - before).total_seconds()
        slept = by_the_wall_s - passed_s >= self._settings.watch.away_s
        self.t_s += by_the_wall_s if slept else passed_s
        self._clocks = (now, at)
        self._close_books(self._clock.now(), left=slept or locked)

    def falls_due(self, name: str, every_s: float) -> bool:
        """Whether something that is done every so many seconds is due now; the first time at once."""
        if self.t_s < self._due.get(name, 0.0):
            return False
        self._due[name] = self.t_s + every_s
        return True

    def look(self, frame: Frame, light: float) -> list[Event]:
        """What a frame of now changes. light: of full light, on average over the picture."""
        self._looked_at = self._clock.now()
        told = self.watch.feed(replace(frame, t_s=self.t_s), dark=light < self._settings.live.dark_share)
        self._books.look(self._looked_at, self.watch.seen)
        self._keep_longest(told)
        self._keep_changes(told)
        if any(isinstance(event, Left) for event in told):
            self.note(gone=True)
        return told

    def look_without(self) -> None:
        """The moment of a watch without a camera."""
        self.look(unseen(self.t_s), 0.0)

    def moved(self) -> None:
        """They say that they changed their position: every watch of theirs begins anew. It is kept at once."""
        self._desk.moved(self._person, self.profile)
        self._moved_at = self._heard_of_a_move()
        self._began_anew(Answer.MOVED)
        self.note()  # what ended is in the day's picture as soon as the move is

    def say(self, signals: Signals, ask: Callable[[], Signals]) -> Nudge | None:
        """A step of the machine of nudges. Before anything is said the platform and the record are asked once more."""
        went, nudge_id = self._step(self._moment(signals)), None
        if went.nudge is not None:
            went, nudge_id = self._decide(ask)
        self._quiet = went.state
        if went.became is not None:
            self._became(went.became)
        if self._quiet.waiting is None:
            self._waiting_id = None  # nothing became of it, and nothing that comes later is an answer to it
        if nudge_id is not None:
            self._waiting_id = nudge_id
        return went.nudge

    def _decide(self, ask: Callable[[], Signals]) -> tuple[Step, str | None]:
        """A step that may speak, on a record which nobody else has added to by the time that it is kept."""
        moment, went = self._moment(Signals()), Step(self._quiet)

        def decide() -> Nudge | None:
            nonlocal moment, went
            self.read_anew()
            paused = self._desk.is_paused(self._person)
            moment = replace(self._moment(ask()), paused=paused)
            went = self._step(moment)
            return went.nudge

        nudge_id = self._desk.nudge(self._person, self.profile, decide)
        if went.nudge is not None and nudge_id is None:  # too late each time: nothing was said
            went = self._step(replace(moment, paused=True))
        return went, nudge_id

    def _step(self, moment: Moment) -> Step:
        return step(self._quiet, moment, self._choice, self._settings.nudges)

    def silent(self, signals: Signals) -> Silence | None:
        """Why nothing would be said now."""
        return silence(self._quiet, self._moment(signals), self._choice, self._settings.nudges)

    def read_anew(self) -> None:
        """What was chosen, snoozed, said or told meanwhile, in another window, another terminal or on a phone."""
        self._choice, self._held = self._desk.choice(self._person), self._desk.is_held(self._person)
        known, moved_at = self._desk.quiet(self._person), self._heard_of_a_move()
        if known.snoozed_until is not None and known.snoozed_until != self._quiet.snoozed_until:
            self.dismiss()  # whoever asks for quiet has heard what was said
        self._quiet = met(self._quiet, known)
        if moved_at is not None and moved_at != self._moved_at:
            self._moved_at = moved_at
            self._moved_elsewhere(moved_at)

    def dismiss(self) -> None:
        """Not now."""
        self._quiet = answered(self._quiet, Answer.DISMISSED)
        self._became(Answer.DISMISSED)

    def snooze(self, minutes: int) -> None:
        """Say nothing for so long."""
        self._quiet = snoozed(self._quiet, self._desk.snooze(self._person, minutes))
        self._became(Answer.DISMISSED)

    def speak_again(self) -> bool:
        """Take the quiet back that was asked for, here or elsewhere; whether there was any."""
        stood = self._desk.speak_again(self._person)
        self.read_anew()
        return stood

    def rested(self) -> None:
        """A break was taken, and kept: they stood up, however short it was."""
        self._moved_at = self._heard_of_a_move()
        self._began_anew(Answer.BREAK)
        self.note()

    def note(self, *, gone: bool = False) -> None:
        """What was watched since the last entry, as a fact of the moment of the last look. gone: nobody is there."""
        seen = self.watch.seen
        self._books.spell(self._of_this_day(seen.still_s, seen.t_s))
        self._desk.watched(self._person, self.profile, self._books.close(seen, self._looked_at, gone=gone))

    def _keep_longest(self, told: Iterable[Event]) -> None:
        for event in told:
            if isinstance(event, Left | PositionChanged):
                self._books.spell(self._of_this_day(event.still_s, event.t_s))

    def _keep_changes(self, told: Iterable[Event]) -> None:
        """When each change was that was seen: whoever left had changed position when they were gone."""
        for event in told:
            if isinstance(event, Left | PositionChanged):
                at_s = event.since_s if isinstance(event, Left) else event.t_s
                self._books.changed(self._now() - timedelta(seconds=self.t_s - at_s))

    def _of_this_day(self, lasted_s: float, until_s: float) -> float:
        return max(0.0, min(lasted_s, until_s - self._day_from_s))

    def _began_anew(self, answer: Answer) -> None:
        """What was told is a fact of its own, and counts by that."""
        self._keep_longest(self.watch.moved(counts=False))
        self._quiet = answered(self._quiet, answer)
        self._became(answer)

    def _heard_of_a_move(self) -> datetime | None:
        """As the record has it; a watch without a camera hears of what another one saw, too."""
        return self._desk.moved_at(self._person, seen=self._is_blind)

    def _moved_elsewhere(self, moved_at: datetime) -> None:
        """They told another watch. A sitting that began after that goes on."""
        seen = self.watch.seen
        began_at = self._now() - timedelta(seconds=self.t_s - seen.t_s + seen.still_s)
        if seen.present and began_at < moved_at:
            self._began_anew(Answer.MOVED)

    def _close_books(self, now: datetime, *, left: bool) -> None:
        """Keep what was seen before an absence, or a new day, at the moment of the last look.

        Whoever was not looked at for so long was away: their sitting ended when they were seen last. left: they surely
        were, for the machine slept or was locked. Behind a hidden page, or a camera that a call has, they may have sat
        on: that is no change of position that anybody saw, and no answer to what was said.
        """
        was_away = self.t_s - self.watch.seen.t_s >= self._absence_s
        new_day = day_of(now) != day_of(self._looked_at)
        if was_away:
            told = self.watch.moved(counts=left)
            self._keep_longest(told)
            self._keep_changes(told if left else ())
        if was_away and not left:
            self._quiet, self._waiting_id = replace(self._quiet, waiting=None), None
        if was_away or new_day:
            self.note(gone=was_away)
        if new_day:
            self._day_from_s = self.t_s

    def _now(self) -> datetime:
        """In universal time, by which alone moments lie apart as they do: an hour of the wall may come twice."""
        return self._clock.now().astimezone(UTC)

    def _moment(self, signals: Signals) -> Moment:
        return replace(moment_of(self.watch, self._clock.now()), signals=signals, held=self._held)

    def _became(self, answer: Answer) -> None:
        if self._waiting_id is not None:
            self._desk.answered(self._person, self._waiting_id, answer)
            self._waiting_id = None
