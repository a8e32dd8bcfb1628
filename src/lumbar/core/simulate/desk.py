"""A virtual day at a desk, minute by minute: spells, drifts, calls, quiet hours, snoozes and pauses, and what was said.

None of it claims to be how people sit. It is there to lead the rules of quietness into every corner: each number is a
choice of ours, made so that everything that can forbid a nudge comes up often, alone and together. What a day must keep
is worked out here once more and shares no code with `posture.nudge`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbar.core.posture.nudge import (
    Answer,
    Choice,
    Kind,
    Moment,
    Nudge,
    Quiet,
    Signal,
    Signals,
    answered,
    snoozed,
    step,
)
from lumbar.core.posture.settings import NudgeSettings
from lumbar.core.simulate.people import Chance

MINUTES = 24 * 60
_FORBIDS = ("paused", "locked", "away", "call", "full-screen", "focus", "quiet", "snoozed")


@dataclass(frozen=True, slots=True)
class Minute:
    """What was true in one minute. forbids: what forbade a nudge; ours: the interval that held, in minutes."""

    moment: Moment
    forbids: frozenset[str]
    nudge: Nudge | None
    ours_min: int


@dataclass(frozen=True, slots=True)
class DeskDay:
    """A day as it was lived, and what the person had chosen."""

    choice: Choice
    minutes: tuple[Minute, ...]

    @property
    def nudges(self) -> tuple[Nudge, ...]:
        """Everything that was said."""
        return tuple(minute.nudge for minute in self.minutes if minute.nudge is not None)


@dataclass(slots=True)
class _Desk:
    """What goes on, and for how many minutes more."""

    spell: int = 0
    still_min: int = 0
    here_min: int = 0
    drift: int = 0
    drift_min: int = 0
    slump_min: int = 0
    call_min: int = 0
    screen_min: int = 0
    focus_min: int = 0
    paused: bool = False


def desk_day(chance: Chance, settings: NudgeSettings, begin: datetime) -> DeskDay:
    """A day that begins at a moment, 03:00 for a whole one; the same chance gives the same day."""
    choice = Choice(
        chance.choice((settings.shortest_interval_min, settings.interval_min, 45, settings.longest_interval_min)),
        *chance.choice(((settings.quiet_from_h, settings.quiet_to_h), (22, 6), (12, 14), (0, 0))),
    )
    heeds = chance.random()
    knows = chance.choice((True, True, False))
    state, minutes = Quiet(), []
    desk = _Desk(paused=chance.random() < 0.04)
    for moment in _moments(chance, desk, begin, knows):
        before = state
        went = step(before, moment, choice, settings)
        state = went.state
        forbids = _forbids(moment, choice, state)
        minutes.append(Minute(moment, forbids, went.nudge, _ours_min(choice, state, went.nudge, before, settings)))
        if went.nudge is not None:
            state = _react(chance, desk, state, went.nudge, heeds)
    return DeskDay(choice, tuple(minutes))


def _ours_min(choice: Choice, state: Quiet, nudge: Nudge | None, before: Quiet, settings: NudgeSettings) -> int:
    doubled = state.doubled if nudge is None else before.doubled or state.doubled
    return choice.interval_min * (settings.doubling if doubled else 1)


def _moments(chance: Chance, desk: _Desk, begin: datetime, knows: bool) -> Iterator[Moment]:
    for number in range(MINUTES):
        _live(chance, desk)
        yield Moment(
            at=begin + timedelta(minutes=number),
            present=desk.here_min > 0,
            still_s=desk.still_min * 60.0,
            spell=desk.spell,
            drift_s=desk.drift_min * 60.0,
            drift=desk.drift,
            signals=_signals(desk, knows),
            paused=desk.paused,
        )


def _live(chance: Chance, desk: _Desk) -> None:
    """One more minute at the desk, or away from it."""
    if chance.random() < 0.001:
        desk.paused = not desk.paused
    for name, begins, longest in (("call_min", 0.01, 60), ("screen_min", 0.006, 45), ("focus_min", 0.006, 90)):
        left = getattr(desk, name)
        setattr(desk, name, left - 1 if left > 0 else chance.randint(5, longest) if chance.random() < begins else 0)
    if desk.here_min > 0:
        desk.here_min -= 1
        desk.still_min += 1
        _sit(chance, desk)
    elif chance.random() < 0.08:
        desk.here_min = chance.randint(5, 240)
        desk.spell += 1
    if desk.here_min == 0:
        desk.still_min = desk.drift_min = desk.slump_min = 0


def _sit(chance: Chance, desk: _Desk) -> None:
    if chance.random() < 0.02:
        desk.spell, desk.still_min = desk.spell + 1, 0
    if desk.slump_min > 0:
        desk.slump_min, desk.drift_min = desk.slump_min - 1, desk.drift_min + 1
        desk.drift_min = desk.drift_min if desk.slump_min else 0
    elif chance.random() < 0.03:
        desk.slump_min, desk.drift_min, desk.drift = chance.randint(2, 80), 0, desk.drift + 1


def _signals(desk: _Desk, knows: bool) -> Signals:
    if not knows:
        return Signals()
    yes = {True: Signal.YES, False: Signal.NO}
    return Signals(yes[desk.call_min > 0], yes[desk.screen_min > 0], yes[desk.focus_min > 0], Signal.NO)


def _react(chance: Chance, desk: _Desk, state: Quiet, nudge: Nudge, heeds: float) -> Quiet:
    """What the person makes of a nudge: a break, a snooze, not now, or nothing at all."""
    if chance.random() < heeds:
        desk.spell, desk.still_min, desk.drift_min, desk.slump_min = desk.spell + 1, 0, 0, 0
        return answered(state, Answer.BREAK) if chance.random() < 0.5 else state
    if chance.random() < 0.1:
        return snoozed(state, nudge.at + timedelta(minutes=chance.choice((60, 600))))
    return answered(state, Answer.DISMISSED) if chance.random() < 0.2 else state


def _forbids(moment: Moment, choice: Choice, state: Quiet) -> frozenset[str]:
    """What forbids a nudge in a minute, apart from the caps; worked out anew."""
    hours = {(choice.quiet_from_h + n) % 24 for n in range((choice.quiet_to_h - choice.quiet_from_h) % 24)}
    signals = moment.signals
    held = (
        moment.paused,
        signals.locked is Signal.YES,
        not moment.present,
        signals.call is Signal.YES,
        signals.full_screen is Signal.YES,
        signals.focus is Signal.YES,
        moment.at.hour in hours,
        state.snoozed_until is not None and moment.at < state.snoozed_until,
    )
    return frozenset(name for name, holds in zip(_FORBIDS, held, strict=True) if holds)


def broken(day: DeskDay, settings: NudgeSettings) -> Iterator[str]:
    """Every rule that the day broke, in words for a developer."""
    told = [nudge.at for nudge in day.nudges]
    if len(told) > settings.a_day:
        yield f"{len(told)} nudges in a day"
    for number, at in enumerate(told):
        if number and at - told[number - 1] < timedelta(minutes=settings.gap_min):
            yield f"{at:%H:%M} comes {at - told[number - 1]} after another"
        if sum(timedelta(0) <= at - other < timedelta(hours=1) for other in told) > settings.an_hour:
            yield f"{at:%H:%M} is one too many in an hour"
    yield from (f"{m.moment.at:%H:%M} in spite of {sorted(m.forbids)}" for m in day.minutes if m.nudge and m.forbids)
    yield from _spells(day, settings)


def _spells(day: DeskDay, settings: NudgeSettings) -> Iterator[str]:
    """A spell beyond its interval is answered once, if there was any minute in it in which nothing forbade that."""
    spells: dict[int, list[Minute]] = {}
    for minute in day.minutes:
        if minute.moment.present:
            spells.setdefault(minute.moment.spell, []).append(minute)
    told: list[datetime] = []
    for spell, minutes in spells.items():
        answers = 0
        free = []
        for minute in minutes:
            due = minute.moment.still_s >= minute.ours_min * 60
            if due and not answers and not minute.forbids and _room(told, minute, day.choice, settings):
                free.append(minute.moment.at)
            if minute.nudge is not None:
                told.append(minute.moment.at)
                answers += minute.nudge.kind is Kind.STILL
        if answers > 1:
            yield f"spell {spell} was answered {answers} times"
        if free and not answers:
            yield f"spell {spell} was not answered, and could have been at {free[0]:%H:%M}"
        if answers and not free:
            yield f"spell {spell} was answered before its time"


def _room(told: list[datetime], minute: Minute, choice: Choice, settings: NudgeSettings) -> bool:
    """Whether the caps leave room for one more."""
    at, gap = minute.moment.at, settings.gap_min * (minute.ours_min // choice.interval_min)
    recent = [one for one in told if at - one < timedelta(hours=1)]
    apart = all(at - one >= timedelta(minutes=gap) for one in told)
    return apart and len(recent) < settings.an_hour and len(told) < settings.a_day
