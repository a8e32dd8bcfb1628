"""The coach: a machine that does no input and no output.

Feed it frames, drain its events; "not yet" is an empty list. It knows no clock but the frames' own. The phases and their
moves are the table in `states`; this file measures the time between them, and keeps the books of what was earned.
"""

import math
from collections import deque
from dataclasses import dataclass

from lumbar.core.body import Frame, Side
from lumbar.core.coach.events import (
    Credited,
    Done,
    Event,
    FaultBegan,
    FaultEnded,
    InPosition,
    LeftPosition,
    Tiring,
    TrackingBack,
    TrackingLost,
)
from lumbar.core.coach.smoothing import Smoother
from lumbar.core.coach.states import Look, Phase, move
from lumbar.core.coach.voice import Voice
from lumbar.core.errors import BadFrame, Misuse
from lumbar.core.exercise import Check, Exercise, Steadiness
from lumbar.core.judge import Judgement, State, look, prepare, shown_side, weigh
from lumbar.core.measure import Seen
from lumbar.core.message import say

_EARNED_EPSILON_S = 1e-6
"""Sums of floating point seconds fall short of a whole second by about this much."""

_IN_A_HOLD = (Phase.HOLDING, Phase.SLIPPING, Phase.STRAYED)


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
    """Coaches one hold of one exercise.

    side: the side that works; None latches the side that the pose shows when first in position. target_s: seconds to be
    held well; None never ends. rung: an id, None for the first rung.
    Raises Misuse for a side of an exercise that has none or a target that is not positive, NotFound for an unknown rung.
    """

    def __init__(
        self, exercise: Exercise, side: Side | None = None, target_s: float | None = 60, *, rung: str | None = None
    ) -> None:
        exercise.allow_side(side)
        if target_s is not None and not 0 < target_s < math.inf:
            raise Misuse("error.target", target_s=str(target_s))
        self._settings = exercise.settings
        self._plan = prepare(exercise, exercise.rung(rung))
        self._side = side
        self._target_s = target_s
        self._smoother = Smoother(self._settings.smoothing_s, self._settings.max_gap_s)
        self._voice = Voice(self._settings)
        self._sway = _Sway(exercise.steadiness) if exercise.steadiness else None
        self._phase = Phase.AWAY
        self._last_s: float | None = None
        self._judgement: Judgement | None = None
        self._entered_s = 0.0
        self._slipped_s = 0.0
        self._unseen_since_s: float | None = None
        self._lost_told = False
        self._suspects: dict[str, float] = {}
        self._standing: dict[str, Check] = {}
        self._credited_s = self._in_position_s = self._unjudged_s = 0.0
        self._hold_s = self._longest_s = 0.0

    @property
    def progress(self) -> Progress:
        """The books as they stand."""
        last = self._judgement
        return Progress(
            credited_s=self._credited_s,
            in_position_s=self._in_position_s,
            unjudged_s=self._unjudged_s,
            longest_hold_s=self._longest_s,
            state=None if last is None else last.state,
            side=self._side,
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
        t_s = frame.t_s
        if not -math.inf < t_s < math.inf or (self._last_s is not None and t_s <= self._last_s):
            raise BadFrame("error.frame-time", t_s=str(t_s), last_s=str(self._last_s))
        if self._phase is Phase.DONE:
            return []
        before_s, before = self._last_s, self._judgement
        now = self._judge(frame)
        self._last_s, self._judgement = t_s, now
        events: list[Event] = []
        self._watch_faults(t_s, now, events)
        if before_s is not None and before is not None:
            self._keep_books(before_s, t_s, before, now, events)
        self._watch_sight(t_s, before_s, now, events)
        self._step(t_s, now, events)
        return events

    def _judge(self, frame: Frame) -> Judgement:
        seen = Seen(frame, self._settings.min_visibility)
        side = shown_side(self._plan, seen) if self._side is None else self._side
        readings = self._smoother.feed(frame.t_s, look(self._plan, seen, side))
        slack = self._settings.presence_slack if self._phase in _IN_A_HOLD else 0.0
        return weigh(self._plan, readings, side, slack)

    def _well(self, judgement: Judgement) -> bool:
        return judgement.state.counts and not self._standing

    def _keep_books(self, from_s: float, to_s: float, before: Judgement, now: Judgement, events: list[Event]) -> None:
        passed_s = to_s - from_s
        blind = State.CANNOT_JUDGE in (before.state, now.state) or passed_s > self._settings.max_gap_s
        if blind:
            self._unjudged_s += passed_s
            return
        if before.state.in_position and now.state.in_position:
            self._in_position_s += passed_s
        if self._phase is Phase.ENTERING and to_s - self._entered_s >= self._settings.entry_s:
            self._phase = move(self._phase, Look.ENTRY_PASSED)
            from_s = self._entered_s + self._settings.entry_s
        if self._phase is Phase.HOLDING and before.state.counts and self._well(now):
            self._earn(from_s, to_s, events)

    def _earn(self, from_s: float, to_s: float, events: list[Event]) -> None:
        whole = math.floor(self._credited_s + _EARNED_EPSILON_S)
        earned_s = to_s - from_s
        if self._target_s is not None:
            earned_s = min(earned_s, self._target_s - self._credited_s)
        self._credited_s += earned_s
        self._hold_s += earned_s
        self._longest_s = max(self._longest_s, self._hold_s)
        if math.floor(self._credited_s + _EARNED_EPSILON_S) > whole:
            events.append(Credited(to_s, self._credited_s))
        if self._target_s is not None and self._credited_s >= self._target_s - _EARNED_EPSILON_S:
            self._credited_s = float(self._target_s)
            self._phase = move(self._phase, Look.TARGET_REACHED)
            events.append(Done(to_s, self._credited_s))

    def _watch_faults(self, t_s: float, now: Judgement, events: list[Event]) -> None:
        if now.state is State.CANNOT_JUDGE:
            self._suspects.clear()
            return
        mended = False
        for check, measure in self._plan.checks:
            value = now.measures[measure] if now.state.in_position else None
            if check.id in self._standing:
                if value is None or check.acceptable.holds(value, -check.hysteresis):
                    del self._standing[check.id]
                    mended = mended or value is not None
                    events.append(FaultEnded(t_s, check.id))
            elif check.id in now.faults:
                since_s = self._suspects.setdefault(check.id, t_s)
                if t_s - since_s >= check.after_s - _EARNED_EPSILON_S:
                    self._standing[check.id] = check
                    events.append(FaultBegan(t_s, check.id))
            else:
                self._suspects.pop(check.id, None)
        events.extend(self._voice.cue(t_s, list(self._standing.values())))
        if mended and not self._standing and now.state.counts:
            events.extend(self._voice.mended(t_s))

    def _watch_sight(self, t_s: float, before_s: float | None, now: Judgement, events: list[Event]) -> None:
        gap = before_s is not None and t_s - before_s > self._settings.max_gap_s
        if now.state is State.CANNOT_JUDGE:
            if self._unseen_since_s is None:
                self._unseen_since_s = t_s
            if t_s - self._unseen_since_s >= self._settings.lost_s and not self._lost_told:
                self._end_hold(t_s, events)
                self._phase = move(Phase.AWAY, Look.UNSEEN_TOO_LONG)
                self._lost_told = True
                events.append(TrackingLost(t_s, say("coach.cannot-see")))
            return
        self._unseen_since_s = None
        if self._lost_told:
            self._lost_told = False
            events.append(TrackingBack(t_s))
        if gap and before_s is not None and t_s - before_s > self._settings.grace_s:
            self._end_hold(t_s, events)

    def _end_hold(self, t_s: float, events: list[Event]) -> None:
        if self._phase in _IN_A_HOLD:
            events.append(LeftPosition(t_s, self._credited_s))
        self._hold_s = 0.0
        if self._phase is not Phase.DONE:
            self._phase = Phase.AWAY

    def _step(self, t_s: float, now: Judgement, events: list[Event]) -> None:
        before = self._phase
        phase = move(before, self._look(now))
        if phase is Phase.ENTERING and before is not Phase.ENTERING:
            self._entered_s = t_s
            if self._side is None:
                self._side = now.side
            events.append(InPosition(t_s, now.side))
            self._begin_sway()
        if phase is Phase.SLIPPING and before is not Phase.SLIPPING:
            self._slipped_s = t_s
        if phase is Phase.SLIPPING and t_s - self._slipped_s >= self._settings.grace_s:
            stays = now.state.in_position
            phase = move(phase, Look.GRACE_PASSED_IN_POSITION if stays else Look.GRACE_PASSED_ELSEWHERE)
            self._hold_s = 0.0
            if not stays:
                events.append(LeftPosition(t_s, self._credited_s))
        if phase is Phase.HOLDING and before is Phase.STRAYED:
            self._hold_s = 0.0
        self._phase = phase
        if self._sway is not None and phase is Phase.HOLDING:
            events.extend(self._sway.feed(t_s, now.measures.get(self._sway.measure)))

    def _look(self, now: Judgement) -> Look:
        if now.state is State.CANNOT_JUDGE:
            return Look.UNSEEN
        if now.state is State.NOT_IN_POSITION:
            return Look.ELSEWHERE
        return Look.WELL if self._well(now) else Look.FAULTY

    def _begin_sway(self) -> None:
        if self._sway is not None:
            self._sway.clear()


class _Sway:
    """Watches the spread of one measure over a while, and tells once a hold."""

    __slots__ = ("_rule", "_sum", "_sum2", "_told", "_window", "measure")

    def __init__(self, rule: Steadiness) -> None:
        self._rule = rule
        self.measure = rule.measure
        self._window: deque[tuple[float, float]] = deque()
        self._sum = self._sum2 = 0.0
        self._told = False

    def clear(self) -> None:
        """A new hold begins."""
        self._window.clear()
        self._sum = self._sum2 = 0.0
        self._told = False

    def feed(self, t_s: float, value: float | None) -> list[Event]:
        if value is None:
            return []
        window = self._window
        window.append((t_s, value))
        self._sum += value
        self._sum2 += value * value
        full = False
        while window and t_s - window[0][0] > self._rule.window_s:
            _, old = window.popleft()
            self._sum -= old
            self._sum2 -= old * old
            full = True
        if self._told or not full:
            return []
        mean = self._sum / len(window)
        if math.sqrt(max(0.0, self._sum2 / len(window) - mean * mean)) <= self._rule.limit:
            return []
        self._told = True
        return [Tiring(t_s, say(self._rule.cue))]
