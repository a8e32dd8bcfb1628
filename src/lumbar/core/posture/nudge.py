"""When something is said, and above all when not.

A pure machine beside the watch: given where it stands, the moment and what the platform tells, it answers with the next
state and at most one nudge. Every rule of quietness is a line of `silence`, and a nudge is told only where
that has nothing to say:

- a pause for safety silences everything, and an expert's hold what is said of posture;
- so do a locked screen, an absence, a call, full screen and focus mode, as far
  as the platform tells (what is unknown does not silence);
- quiet hours and a snooze;
- a gap between two nudges, a number in any hour and a number a day.

A spell of stillness is answered once, and so is a drift. What silence holds back is not lost: it is said once the
silence is over, if the spell still lasts by then. Two ignored nudges in a row double every interval for the day.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from lumbar.core.message import Message, say
from lumbar.core.posture.reading import Doubt
from lumbar.core.posture.settings import NudgeSettings
from lumbar.core.posture.still import CANNOT_TELL
from lumbar.core.record import day_ends, day_of
from lumbar.core.record.posture_bodies import LONGEST_QUIET_MIN


class Signal(StrEnum):
    """What the platform tells of something."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signals:
    """What else goes on at the machine."""

    call: Signal = Signal.UNKNOWN
    full_screen: Signal = Signal.UNKNOWN
    focus: Signal = Signal.UNKNOWN
    locked: Signal = Signal.UNKNOWN


class Kind(StrEnum):
    """What a nudge is about."""

    STILL = "still"
    DRIFT = "drift"


class Answer(StrEnum):
    """What became of a nudge."""

    BREAK = "break"
    MOVED = "moved"
    DISMISSED = "dismissed"
    IGNORED = "ignored"


class Silence(StrEnum):
    """Why nothing is said now."""

    PAUSED = "paused"
    LOCKED = "locked"
    AWAY = "away"
    CANNOT_TELL = "cannot-tell"
    CALL = "call"
    FULL_SCREEN = "full-screen"
    FOCUS = "focus"
    QUIET_HOURS = "quiet-hours"
    SNOOZED = "snoozed"
    GAP = "gap"
    HOUR_FULL = "hour-full"
    DAY_FULL = "day-full"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: minutes without a change of position, and the hours of the local clock that are quiet."""

    interval_min: int
    quiet_from_h: int
    quiet_to_h: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Where everything stands.

    still_s, drift_s: seconds so far; spell, drift: their numbers. paused: for safety. held: by an expert, who leaves
    getting up alone: nothing is said of posture, of a walk or of a stretch. doubt: why this moment cannot be judged, if
    it cannot.
    """

    at: datetime
    present: bool
    still_s: float
    spell: int
    drift_s: float
    drift: int
    signals: Signals = field(default_factory=Signals)
    paused: bool = False
    held: bool = False
    doubt: Doubt | None = None

    @property
    def unseen(self) -> bool:
        """Whether it cannot be told if anybody is there."""
        return not self.present and self.doubt in CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something said. spell and drift: those that stood then."""

    at: datetime
    kind: Kind
    message: Message
    spell: int
    drift: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """The machine's state.

    told: moments of what was said on this day. spell, drift: the last ones answered. waiting: the nudge that nobody has
    answered yet. ignored: in a row. doubled: the intervals, for this day. still_at, nudged_at: the newest nudge about
    stillness, and the newest of any kind, whichever watch said it.
    """

    on: date | None = None
    told: tuple[datetime, ...] = ()
    spell: int = 0
    drift: int = 0
    waiting: Nudge | None = None
    ignored: int = 0
    doubled: bool = False
    snoozed_until: datetime | None = None
    still_at: datetime | None = None
    nudged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next state, what to say now, and what became of the nudge before."""

    state: Quiet
    nudge: Nudge | None = None
    became: Answer | None = None


_CUES = ("crown", "shoulders", "slouch")
"""The brief's three, one after another."""


def interval_s(state: Quiet, choice: Choice, settings: NudgeSettings) -> float:
    """After how many seconds without a change of position something is said."""
    return choice.interval_min * 60.0 * _factor(state, settings)


def silence(state: Quiet, moment: Moment, choice: Choice, settings: NudgeSettings) -> Silence | None:
    """Why nothing may be said now; None when it may."""
    signals = moment.signals
    held = (
        (Silence.PAUSED, moment.paused),
        (Silence.LOCKED, signals.locked is Signal.YES),
        (Silence.CANNOT_TELL, moment.unseen),
        (Silence.AWAY, not moment.present),
        (Silence.CALL, signals.call is Signal.YES),
        (Silence.FULL_SCREEN, signals.full_screen is Signal.YES),
        (Silence.FOCUS, signals.focus is Signal.YES),
        (Silence.QUIET_HOURS, is_quiet(moment.at, choice)),
        (Silence.SNOOZED, _is_before(moment.at, state.snoozed_until)),
        *_full(state, moment.at, settings),
    )
    return next((why for why, holds in held if holds), None)


def _is_before(at: datetime, until: datetime | None) -> bool:
    """In universal time: on one wall an hour may come twice."""
    return until is not None and at.astimezone(UTC) < until.astimezone(UTC)


def is_quiet(at: datetime, choice: Choice) -> bool:
    """Whether the local clock stands in the quiet hours."""
    start, end = choice.quiet_from_h, choice.quiet_to_h
    return start <= at.hour < end if start <= end else not end <= at.hour < start


def step(state: Quiet, moment: Moment, choice: Choice, settings: NudgeSettings) -> Step:
    """One step of time. Moments come in order."""
    state = _on_day(state, day_of(moment.at), settings)
    state, became = _heard(state, moment, settings)
    kind = _wanted(state, moment, choice, settings)
    if kind is None or silence(state, moment, choice, settings) is not None:
        return Step(state, None, became)
    nudge = Nudge(moment.at, kind, _words(kind, len(state.told), moment), moment.spell, moment.drift)
    return Step(_after(state, nudge), nudge, became)


def answered(state: Quiet, answer: Answer) -> Quiet:
    """The state after somebody answered the nudge that waits, or took a break by themselves, which answers none."""
    ignored = state.ignored if answer is Answer.DISMISSED or state.waiting is None else 0
    return replace(state, waiting=None, ignored=ignored)


def snoozed(state: Quiet, until: datetime) -> Quiet:
    """Nothing is said until then. It answers what waits, and is not ignoring it."""
    return replace(state, waiting=None, snoozed_until=until)


def quiet_until(until: datetime, at: datetime) -> Message:
    """Until when it is quiet, as the clock on the wall of `at` shows it, and that a day ends then where one does."""
    local = until.astimezone(at.tzinfo)
    name = "posture.quiet-until" if local.date() == at.date() else "posture.quiet-until-tomorrow"
    name = "posture.quiet-today" if is_for_today(until, at) else name
    return say(name, until=f"{local.hour}:{local.minute:02}")


def minutes_of_today(at: datetime) -> int:
    """Whole minutes until the day of `at` is over on its wall, across a change of the clocks in its last night.

    Nobody asks for more quiet at once than the longest: of a day with 25 hours it leaves out the end.
    """
    left = day_ends(at).astimezone(UTC) - at.astimezone(UTC)
    return min(math.ceil(left.total_seconds() / 60), LONGEST_QUIET_MIN)


def is_for_today(until: datetime, at: datetime) -> bool:
    """Whether a quiet lasts to the end of the local day of `at`, which is asked for in whole minutes."""
    return timedelta(0) <= until.astimezone(UTC) - day_ends(at).astimezone(UTC) < timedelta(minutes=1)


def resumed(
    at: datetime, told: Iterable[datetime], ignored: int, snoozed_until: datetime | None, doubled: bool
) -> Quiet:
    """The state at a new beginning on a day, from what the record knows of it. told: reminders as well as nudges.

    What was said in the last hour counts for the gap and the hour, whatever its day.
    """
    now = at.astimezone(UTC)
    counts = [one for one in told if day_of(one) == day_of(at) or now - one.astimezone(UTC) < timedelta(hours=1)]
    return Quiet(
        day_of(at),
        tuple(sorted(counts, key=lambda one: one.astimezone(UTC))),
        ignored=ignored,
        doubled=doubled,
        snoozed_until=snoozed_until,
    )


def met(state: Quiet, known: Quiet) -> Quiet:
    """The state beside what the record knows by now: what was said, snoozed or answered elsewhere holds here too."""
    return replace(
        state,
        told=known.told,
        snoozed_until=known.snoozed_until,
        ignored=known.ignored,
        doubled=known.doubled,
        still_at=known.still_at,
        nudged_at=known.nudged_at,
    )


def _full(state: Quiet, at: datetime, settings: NudgeSettings) -> Iterable[tuple[Silence, bool]]:
    gap = timedelta(minutes=settings.gap_min) * _factor(state, settings)
    past = [at.astimezone(UTC) - told.astimezone(UTC) for told in state.told]  # across a change of the clocks as well
    yield Silence.GAP, any(since < gap for since in past)
    yield Silence.HOUR_FULL, sum(since < timedelta(hours=1) for since in past) >= settings.an_hour
    yield Silence.DAY_FULL, sum(day_of(told) == state.on for told in state.told) >= settings.a_day


def _factor(state: Quiet, settings: NudgeSettings) -> int:
    return settings.doubling if state.doubled else 1


def _on_day(state: Quiet, on: date, settings: NudgeSettings) -> Quiet:
    """A new day forgets what was ignored; the last hours' nudges still count for the gap and the hour."""
    if state.on == on:
        return state
    return replace(state, on=on, told=state.told[-settings.an_hour :], ignored=0, doubled=False)


def _heard(state: Quiet, moment: Moment, settings: NudgeSettings) -> tuple[Quiet, Answer | None]:
    """What became of the nudge that waits: they moved or sat up, or some minutes passed without anything.

    Where they can no longer be seen or judged it waits no more, and nothing became of it.
    """
    waiting = state.waiting
    if waiting is None:
        return state, None
    moved = moment.spell != waiting.spell or not moment.present
    settled = waiting.kind is Kind.DRIFT and (moment.drift != waiting.drift or moment.drift_s == 0.0)
    if moment.unseen or (settled and not moved and moment.doubt is not None):
        return replace(state, waiting=None), None
    if moved or settled:
        return replace(state, waiting=None, ignored=0), Answer.MOVED
    if moment.at.astimezone(UTC) - waiting.at.astimezone(UTC) < timedelta(minutes=settings.answer_min):
        return state, None
    ignored = state.ignored + 1
    doubled = state.doubled or ignored >= settings.patience
    return replace(state, waiting=None, ignored=ignored, doubled=doubled), Answer.IGNORED


def _wanted(state: Quiet, moment: Moment, choice: Choice, settings: NudgeSettings) -> Kind | None:
    if (
        moment.spell != state.spell
        and moment.still_s >= interval_s(state, choice, settings)
        and not _within(state.still_at, moment.still_s, moment.at)
    ):
        return Kind.STILL
    if (
        not moment.held
        and moment.drift != state.drift
        and moment.drift_s >= settings.drift_min * 60.0 * _factor(state, settings)
        and not _within(state.nudged_at, moment.drift_s, moment.at)
    ):
        return Kind.DRIFT
    return None


def _within(told: datetime | None, lasted_s: float, at: datetime) -> bool:
    """Whether something was said since what has lasted for so long began: another watch may have answered it."""
    return told is not None and at.astimezone(UTC) - told.astimezone(UTC) < timedelta(seconds=lasted_s)


def _after(state: Quiet, nudge: Nudge) -> Quiet:
    """A nudge about stillness answers the drift that stands as well: both ask for a movement first."""
    spell = nudge.spell if nudge.kind is Kind.STILL else state.spell
    return replace(state, told=(*state.told, nudge.at), spell=spell, drift=nudge.drift, waiting=nudge)


def _words(kind: Kind, count: int, moment: Moment) -> Message:
    if kind is Kind.STILL:
        return say(
            "posture.nudge.still-held" if moment.held else "posture.nudge.still",
            count=max(1, int(moment.still_s // 60)),
        )
    return say("posture.nudge.drift", cue=f"@posture.cue.{_CUES[count % len(_CUES)]}")
