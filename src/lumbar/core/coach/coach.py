"""The coach: a machine that does no input and no output.

Feed it frames, drain its events; "not yet" is an empty list. It knows no clock but the frames' own. The phases and
their moves are the table in `states`; this file measures the time between them, and keeps the books of what was earned.
"""

import math
from dataclasses import dataclass, replace

from lumbar.core.body import Frame, Side
from lumbar.core.coach.beckon import Beckoning
from lumbar.core.coach.events import (
    Credited,
    Done,
    Event,
    InPosition,
    LeftPosition,
    TrackingBack,
    TrackingLost,
)
from lumbar.core.coach.faults import Faults
from lumbar.core.coach.nudges import Nudges
from lumbar.core.coach.placement import Placement
from lumbar.core.coach.resting import Resting
from lumbar.core.coach.smoothing import Smoother
from lumbar.core.coach.states import Look, Phase, move
from lumbar.core.coach.steadiness import Sinker, Sway
from lumbar.core.coach.voice import Voice
from lumbar.core.errors import BadFrame, Misuse
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement, State, both_sides, faces, look, prepare, shown_side, stands, weigh
from lumbar.core.message import say
from lumbar.core.seen import Seen

_ROUNDING_S = 1e-6
"""Sums of floating point seconds fall short of a whole second by about this much."""

_IN_A_HOLD = (Phase.HOLDING, Phase.SLIPPING, Phase.STRAYED)
_THERE = (Phase.ENTERING, *_IN_A_HOLD)


@dataclass(frozen=True, slots=True)
class Progress:
    """The books, in seconds, and what the last frame showed."""

    credited_s: float
    in_position_s: float
    unjudged_s: float
    longest_hold_s: float
    state: State | None
    side: Side | None
    faults: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The books as plain values."""
        return {
            "credited_s": round(self.credited_s, 3),
            "in_position_s": round(self.in_position_s, 3),
            "unjudged_s": round(self.unjudged_s, 3),
            "longest_hold_s": round(self.longest_hold_s, 3),
            "state": None if self.state is None else self.state.value,
            "side": None if self.side is None else self.side.value,
            "faults": list(self.faults),
        }


class Coach:
    """Coaches one hold of one exercise; of a drill, one repetition, or all of them where there is no target.

    side: the side that works; None latches the side that the pose shows once it is held. target_s: seconds to be
    held well; None never ends. rung: an id, None for the first rung.
    Raises Misuse for a side of an exercise that has none or a target that is not positive, NotFound for an unknown
    rung.
    """

    def __init__(
        self, exercise: Exercise, side: Side | None = None, target_s: float | None = 60, *, rung: str | None = None
    ) -> None:
        if target_s is not None and not 0 < target_s < math.inf:
            raise Misuse("error.target", target_s=str(target_s))
        self._settings = exercise.settings
        self._plan = prepare(exercise, exercise.rung(rung))
        self._beckoning = Beckoning(self._settings, exercise.signs_of(exercise.rung(rung)))
        self._side = exercise.working_side(side)
        self._target_s = target_s
        self._smoother = Smoother(self._settings.smoothing_s, self._settings.max_gap_s)
        self._faults = Faults(self._plan.checks, self._settings)
        self._voice = Voice(self._settings)
        self._placement = Placement(exercise.camera, self._settings)
        self._resting = Resting(exercise.rest) if exercise.rest else None
        self._tiring = _signs_of_tiring(exercise)
        self._nudges = Nudges(self._plan.nudges)
        self._drill = exercise.repetition
        self._stood = self._drill is None
        self._phase = Phase.AWAY
        self._last_s: float | None = None
        self._judgement: Judgement | None = None
        self._near: Side | None = None
        self._right_way_s = -math.inf
        self._shown_s = dict.fromkeys(Side, 0.0)
        self._entered_s = self._settling_s = 0.0
        self._slipped_s = 0.0
        self._held_well = False
        self._mended_s: float | None = None
        self._unseen_since_s: float | None = None
        self._lost_told = False
        self._credited_s = self._in_position_s = self._unjudged_s = 0.0
        self._hold_s = self._longest_s = 0.0

    @property
    def progress(self) -> Progress:
        """The books as they stand."""
        last = self._judgement
        shown = None if last is None else last.side
        return Progress(
            credited_s=self._credited_s,
            in_position_s=self._in_position_s,
            unjudged_s=self._unjudged_s,
            longest_hold_s=self._longest_s,
            state=None if last is None else last.state,
            side=shown if self._side is None else self._side,
            faults=() if last is None else last.faults,
        )

    @property
    def phase(self) -> Phase:
        """Where the coach stands in its table."""
        return self._phase

    def feed(self, frame: Frame) -> list[Event]:
        """Take the next frame and tell what happened. After Done there is nothing more to tell.

        Raises BadFrame when the frame's time is no number or does not advance; the coach is unharmed by it.
        """
        t_s, before_s = frame.t_s, self._last_s
        if not -math.inf < t_s < math.inf or (before_s is not None and t_s <= before_s):
            raise BadFrame("error.frame-time", t_s=str(t_s), last_s=str(before_s))
        self._last_s = t_s
        if self._phase is Phase.DONE:
            return []
        passed_s = 0.0 if before_s is None else t_s - before_s
        seen = Seen(frame, self._settings.min_visibility, self._near)
        before, now = self._judgement, self._judge(frame, seen, min(passed_s, self._settings.max_gap_s))
        self._judgement = now
        events = self._watch_faults(t_s, passed_s, now)
        if before_s is not None and before is not None:
            self._keep_books(before_s, t_s, before, now, events)
        if self.phase is not Phase.DONE:
            self._watch_sight(frame, passed_s, now, events)
            self._step(t_s, now, events)
            events += self._beckoning.feed(t_s, passed_s, seen)
        return events

    def _judge(self, frame: Frame, seen: Seen, passed_s: float) -> Judgement:
        self._near = seen.near
        if self._resting is not None and faces(self._plan, seen):
            self._resting.watch(seen, passed_s, held=self._credited_s > 0.0)
        own = {} if self._resting is None else self._resting.own
        shown = shown_side(self._plan, seen, own)
        side = shown if self._side is None else self._side
        if self._swapped(frame.t_s, seen, shown) and self._judgement is not None:
            return self._judgement
        readings = self._smoother.feed(frame.t_s, look(self._plan, seen, side, own))
        slack = self._settings.presence_slack if self._phase in _IN_A_HOLD else 0.0
        return self._from_its_beginning(weigh(self._plan, readings, side, slack))

    def _from_its_beginning(self, now: Judgement) -> Judgement:
        """A repetition is one from where it begins: whoever stays down, or never stood up, is not in position yet."""
        if self._drill is None:
            return now
        self._stood = self._stood or stands(self._plan, now.measures)
        if self._stood or self._phase in _THERE or not now.state.in_position:
            return now
        return replace(now, state=State.NOT_IN_POSITION, faults=(), hint=self._drill.hint)

    def _swapped(self, t_s: float, seen: Seen, shown: Side | None) -> bool:
        """Whether the model has just taken left for right: nobody changes legs for a moment.

        It takes both sides to tell. A side that is hidden, with the other one in sight, is no swap.
        """
        if self._side is None or shown in (None, self._side) or not both_sides(self._plan, seen):
            self._right_way_s = t_s
        return t_s - self._right_way_s < self._settings.swap_s and self._right_way_s < t_s

    def _latch_side(self, passed_s: float, now: Judgement) -> None:
        """The side that was shown for as long as an entry takes, all in all, is the one that works from here on."""
        if self._side is not None or now.side is None:
            return
        self._shown_s[now.side] += passed_s
        if self._shown_s[now.side] >= self._settings.entry_s - _ROUNDING_S and self._phase is Phase.HOLDING:
            self._side = now.side

    def _well(self, judgement: Judgement) -> bool:
        return judgement.state.counts and not self._faults.standing

    def _keep_books(self, from_s: float, to_s: float, before: Judgement, now: Judgement, events: list[Event]) -> None:
        passed_s = to_s - from_s
        gap = passed_s > self._settings.max_gap_s
        unseen = State.CANNOT_JUDGE in (before.state, now.state)
        if gap and self._phase is Phase.ENTERING:
            self._entered_s = to_s
        elif unseen and self._phase is Phase.ENTERING:
            self._entered_s += passed_s
        if gap or unseen:
            self._unjudged_s += passed_s
            return
        if before.state.in_position and now.state.in_position:
            self._in_position_s += passed_s
            self._latch_side(passed_s, now)
        if self._phase is Phase.ENTERING and now.state.in_position:
            entry_ends_s = self._entered_s + self._settings.entry_s
            if to_s >= entry_ends_s - _ROUNDING_S:
                self._phase = move(self._phase, Look.ENTRY_PASSED)
                self._stood = self._drill is None  # the next one begins anew
                from_s = max(from_s, entry_ends_s)
        if self._phase is Phase.HOLDING and before.state.counts and self._well(now):
            self._earn(max(to_s - from_s, 0.0), to_s, events)

    def _earn(self, earned_s: float, to_s: float, events: list[Event]) -> None:
        whole = math.floor(self._credited_s + _ROUNDING_S)
        if self._target_s is not None:
            earned_s = min(earned_s, self._target_s - self._credited_s)
        self._held_well = True
        self._settling_s = 0.0
        self._credited_s += earned_s
        self._hold_s += earned_s
        self._longest_s = max(self._longest_s, self._hold_s)
        if math.floor(self._credited_s + _ROUNDING_S) > whole:
            events.append(Credited(to_s, self._credited_s))
        if self._target_s is not None and self._credited_s >= self._target_s - _ROUNDING_S:
            self._phase = move(self._phase, Look.TARGET_REACHED)
            events.append(Done(to_s, self._credited_s))

    def _watch_faults(self, t_s: float, passed_s: float, now: Judgement) -> list[Event]:
        """A fault that somebody has on the way into the hold is part of the way, for a while."""
        if self._phase in _THERE and now.state.in_position:
            self._settling_s += min(passed_s, self._settings.max_gap_s)
        settled = self._phase in _THERE and self._settling_s >= self._settings.settle_s - _ROUNDING_S
        events = self._faults.watch(t_s, passed_s, now, tell=settled or self._held_well)
        if now.state.in_position:
            self._voice.forget(self._faults.mended)
            events += self._voice.cue(t_s, list(self._faults.standing.values()))
            self._mended_s = t_s if self._faults.mended else self._mended_s
        if not self._well(now):
            self._mended_s = None
        elif self._mended_s is not None and t_s - self._mended_s >= self._settings.praise_after_s - _ROUNDING_S:
            self._mended_s = None
            events += self._voice.mended(t_s)
        return events

    def _watch_sight(self, frame: Frame, passed_s: float, now: Judgement, events: list[Event]) -> None:
        t_s = frame.t_s
        if now.state is not State.CANNOT_JUDGE:
            first = None if now.hint is None or self._phase in _THERE else say(now.hint)
            self._placement.note(t_s, first)
            events += self._placement.ask(t_s) if first is not None else []
            self._unseen_since_s = None
            if self._lost_told:
                self._lost_told = False
                events.append(TrackingBack(t_s))
            if passed_s > self._settings.grace_s:
                self._leave(t_s, events, seen=False)
            return
        reason = None if self._plan.blind else self._placement.reason(frame, now, self._side, self._near or Side.LEFT)
        self._placement.note(t_s, reason)
        if self._unseen_since_s is None:
            self._unseen_since_s = t_s
        if self._phase is Phase.ENTERING and t_s - self._unseen_since_s >= self._settings.grace_s - _ROUNDING_S:
            self._phase = move(self._phase, Look.GRACE_PASSED_ELSEWHERE)
            events.append(LeftPosition(t_s, self._credited_s, seen=False))
        if t_s - self._unseen_since_s >= self._settings.lost_s - _ROUNDING_S and not self._lost_told:
            self._leave(t_s, events, seen=False)
            self._phase = move(self._phase, Look.UNSEEN_TOO_LONG)
            self._lost_told = True
            events.append(TrackingLost(t_s, reason or say("coach.cannot-see")))
        elif self._phase not in _THERE:
            events += self._placement.ask(t_s)

    def _step(self, t_s: float, now: Judgement, events: list[Event]) -> None:
        before = self._phase
        phase = move(before, _look(now, self._well(now)))
        if phase is Phase.SLIPPING:
            if before is not Phase.SLIPPING:
                self._slipped_s = t_s
            if t_s - self._slipped_s >= self._settings.grace_s - _ROUNDING_S:
                stays = now.state.in_position
                phase = move(phase, Look.GRACE_PASSED_IN_POSITION if stays else Look.GRACE_PASSED_ELSEWHERE)
                self._hold_s = 0.0
        if phase is Phase.AWAY:
            self._leave(t_s, events, seen=now.state is not State.CANNOT_JUDGE)
        elif phase is Phase.ENTERING and before is not Phase.ENTERING:
            self._enter(t_s, now, events)
        else:
            self._watch_comfort(t_s, phase, now, events)
        self._phase = phase

    def _watch_comfort(self, t_s: float, phase: Phase, now: Judgement, events: list[Event]) -> None:
        for sign in self._tiring:
            if phase is Phase.HOLDING:
                events += sign.feed(t_s, now.measures.get(sign.measure))
            else:
                sign.pause()
        if phase is Phase.HOLDING:
            events += self._nudges.feed(t_s, now.measures, self._voice)
        else:
            self._nudges.pause()

    def _enter(self, t_s: float, now: Judgement, events: list[Event]) -> None:
        self._entered_s = t_s
        self._held_well = False
        for sign in self._tiring:
            sign.begin()
        events.append(InPosition(t_s, now.side if self._side is None else self._side))

    def _leave(self, t_s: float, events: list[Event], *, seen: bool) -> None:
        """Out of the position, if in it: every InPosition is answered by one LeftPosition, or by Done."""
        if self._phase in _THERE:
            events += self._faults.end_all(t_s)
            events.append(LeftPosition(t_s, self._credited_s, seen))
            self._phase = Phase.AWAY
        self._hold_s = 0.0
        self._held_well = False


def _signs_of_tiring(exercise: Exercise) -> tuple[Sway | Sinker, ...]:
    sway = () if exercise.steadiness is None else (Sway(exercise.steadiness),)
    return sway if exercise.sinking is None else (*sway, Sinker(exercise.sinking))


def _look(now: Judgement, well: bool) -> Look:
    if now.state is State.CANNOT_JUDGE:
        return Look.UNSEEN
    if now.state is State.NOT_IN_POSITION:
        return Look.ELSEWHERE
    return Look.WELL if well else Look.FAULTY
