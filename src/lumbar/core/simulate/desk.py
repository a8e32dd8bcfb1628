"""A virtual day at a desk, minute by minute: spells, drifts, calls, quiet hours, snoozes and pauses, and what was said.

None of it claims to be how people sit. It is there to lead the rules of quietness into every corner: each number is a
choice of ours, made so that everything that can forbid a nudge comes up often, alone and together. What a day must keep
is worked out here once more and shares no code with `posture.nudge`.
"""

from collections import Counter
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
from lumbar.core.record import day_of
from lumbar.core.simulate.people import Chance

MINUTES = 24 * 60
_FORBIDS = ("paused", "locked", "away", "call", "full-screen", "focus", "quiet", "snoozed")


@dataclass(frozen=True, slots=True)
class Minute:
    """What was true in one minute, or at one turn of a watch. forbids: what forbade a nudge, apart from the caps.

    ours_min, gap_min: the interval and the gap that held. watch: which one it was, and which run of it.
    """

    moment: Moment
    forbids: frozenset[str]
    nudge: Nudge | None
    ours_min: int
    gap_min: int
    watch: str = ""


@dataclass(frozen=True, slots=True)
class DeskDay:
    """A day as it was lived, in order of time. reminded: moments at which the programme was reminded of."""

    minutes: tuple[Minute, ...]
    reminded: tuple[datetime, ...] = ()

    @property
    def nudges(self) -> tuple[Nudge, ...]:
        """Every nudge that was given."""
        return tuple(minute.nudge for minute in self.minutes if minute.nudge is not None)

    @property
    def said(self) -> list[datetime]:
        """The moments of all that was said, reminders among it."""
        return sorted([*(nudge.at for nudge in self.nudges), *self.reminded])


@dataclass(slots=True)
class Sitter:
    """Somebody at a desk: what goes on, and for how many minutes more."""

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

    def live(self, chance: Chance) -> None:
        """One more minute at the desk, or away from it."""
        for name, begins, longest in (("call_min", 0.01, 60), ("screen_min", 0.006, 45), ("focus_min", 0.006, 90)):
            left = getattr(self, name)
            setattr(self, name, left - 1 if left > 0 else chance.randint(5, longest) if chance.random() < begins else 0)
        if self.here_min > 0:
            self.here_min -= 1
            self.still_min += 1
            self._sit(chance)
        elif chance.random() < 0.08:
            self.here_min = chance.randint(5, 240)
            self.spell += 1
        if self.here_min == 0:
            self.still_min = self.drift_min = self.slump_min = 0

    def _sit(self, chance: Chance) -> None:
        if chance.random() < 0.02:
            self.spell, self.still_min = self.spell + 1, 0
        if self.slump_min > 0:
            self.slump_min, self.drift_min = self.slump_min - 1, self.drift_min + 1
            self.drift_min = self.drift_min if self.slump_min else 0
        elif chance.random() < 0.03:
            self.slump_min, self.drift_min, self.drift = chance.randint(2, 80), 0, self.drift + 1

    def signals(self, knows: bool) -> Signals:
        """What a platform tells that knows everything, or nothing."""
        if not knows:
            return Signals()
        yes = {True: Signal.YES, False: Signal.NO}
        return Signals(yes[self.call_min > 0], yes[self.screen_min > 0], yes[self.focus_min > 0], Signal.NO)


def some_choice(chance: Chance, settings: NudgeSettings) -> Choice:
    """An interval and quiet hours, as somebody may choose them."""
    return Choice(
        chance.choice((settings.shortest_interval_min, settings.interval_min, 45, settings.longest_interval_min)),
        *chance.choice(((settings.quiet_from_h, settings.quiet_to_h), (22, 6), (12, 14), (0, 0))),
    )


def desk_day(chance: Chance, settings: NudgeSettings, begin: datetime) -> DeskDay:
    """A day that begins at a moment, 03:00 for a whole one; the same chance gives the same day."""
    choice = some_choice(chance, settings)
    heeds = chance.random()
    knows = chance.choice((True, True, False))
    state, minutes = Quiet(), []
    desk = Sitter(paused=chance.random() < 0.04)
    for moment in _moments(chance, desk, begin, knows):
        before = state
        went = step(before, moment, choice, settings)
        state = went.state
        held = forbidden(moment, choice, state.snoozed_until)
        doubled = state.doubled if went.nudge is None else before.doubled or state.doubled
        factor = settings.doubling if doubled else 1
        minutes.append(Minute(moment, held, went.nudge, choice.interval_min * factor, settings.gap_min * factor))
        if went.nudge is not None:
            state = _react(chance, desk, state, went.nudge, heeds)
    return DeskDay(tuple(minutes))


def _moments(chance: Chance, desk: Sitter, begin: datetime, knows: bool) -> Iterator[Moment]:
    for number in range(MINUTES):
        if chance.random() < 0.001:
            desk.paused = not desk.paused
        desk.live(chance)
        yield Moment(
            at=begin + timedelta(minutes=number),
            present=desk.here_min > 0,
            still_s=desk.still_min * 60.0,
            spell=desk.spell,
            drift_s=desk.drift_min * 60.0,
            drift=desk.drift,
            signals=desk.signals(knows),
            paused=desk.paused,
        )


def _react(chance: Chance, desk: Sitter, state: Quiet, nudge: Nudge, heeds: float) -> Quiet:
    """What the person makes of a nudge: a break, a snooze, not now, or nothing at all."""
    if chance.random() < heeds:
        desk.spell, desk.still_min, desk.drift_min, desk.slump_min = desk.spell + 1, 0, 0, 0
        return answered(state, Answer.BREAK) if chance.random() < 0.5 else state
    if chance.random() < 0.1:
        return snoozed(state, nudge.at + timedelta(minutes=chance.choice((60, 600))))
    return answered(state, Answer.DISMISSED) if chance.random() < 0.2 else state


def forbidden(moment: Moment, choice: Choice, snoozed_until: datetime | None) -> frozenset[str]:
    """What forbids a nudge at a moment, apart from the caps; worked out anew."""
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
        snoozed_until is not None and moment.at < snoozed_until,
    )
    return frozenset(name for name, holds in zip(_FORBIDS, held, strict=True) if holds)


def broken(day: DeskDay, settings: NudgeSettings, *, slack: int = 0) -> Iterator[str]:
    """Every rule that the day broke, in words for a developer.

    slack: so many turns at which a spell could have been answered may pass until it is, where what another window was
    told is heard a little later.
    """
    said = day.said
    for on, count in sorted(Counter(day_of(at) for at in said).items()):
        if count > settings.a_day:
            yield f"{count} nudges on {on}"
    for number, at in enumerate(said):
        if number and at - said[number - 1] < timedelta(minutes=settings.gap_min):
            yield f"{at:%H:%M} comes {at - said[number - 1]} after another"
        if sum(timedelta(0) <= at - other < timedelta(hours=1) for other in said) > settings.an_hour:
            yield f"{at:%H:%M} is one too many in an hour"
    yield from (f"{m.moment.at:%H:%M} in spite of {sorted(m.forbids)}" for m in day.minutes if m.nudge and m.forbids)
    yield from _spells(day, said, settings, slack)


def _spells(day: DeskDay, said: list[datetime], settings: NudgeSettings, slack: int) -> Iterator[str]:
    """A spell beyond its interval is answered once, by whichever watch, if nothing forbade that in a minute of it."""
    spells: dict[tuple[str, int], list[Minute]] = {}
    for minute in day.minutes:
        if minute.moment.present:
            spells.setdefault((minute.watch, minute.moment.spell), []).append(minute)
    still = [nudge.at for nudge in day.nudges if nudge.kind is Kind.STILL]
    for (watch, spell), minutes in spells.items():
        name = f"spell {spell} {watch}".strip()
        began = minutes[0].moment.at - timedelta(seconds=minutes[0].moment.still_s)
        answers = [at for at in still if began < at <= minutes[-1].moment.at]
        own = [m.nudge.at for m in minutes if m.nudge is not None and m.nudge.kind is Kind.STILL]
        free = [
            m.moment.at for m in minutes if _is_free(m, said, settings) and not any(at < m.moment.at for at in answers)
        ]
        if len(own) > 1:
            yield f"{name} was answered {len(own)} times"
        if any(at < one for at in answers for one in own):
            yield f"{name} was answered at {own[0]:%H:%M} though it had been"
        if len(free) > slack and not answers:
            yield f"{name} was not answered, and could have been at {free[0]:%H:%M}"
        if own and own[0] not in free:
            yield f"{name} was answered at {own[0]:%H:%M}, before its time"


def _is_free(minute: Minute, said: list[datetime], settings: NudgeSettings) -> bool:
    """Whether a spell is long enough, and nothing forbids to say so: caps leave room for one more as well."""
    at = minute.moment.at
    if minute.forbids or minute.moment.still_s < minute.ours_min * 60:
        return False
    before = [one for one in said if one < at]
    apart = all(at - one >= timedelta(minutes=minute.gap_min) for one in before)
    in_the_hour = sum(at - one < timedelta(hours=1) for one in before)
    today = sum(day_of(one) == day_of(at) for one in before)
    return apart and in_the_hour < settings.an_hour and today < settings.a_day
