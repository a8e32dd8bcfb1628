"""Which faults stand. A fault must last for its dwell before it is one, and be mended clearly before it is none."""

from lumbar.core.check import Check
from lumbar.core.coach.events import Event, FaultBegan, FaultEnded
from lumbar.core.judge import Judgement, State

_ROUNDING_S = 1e-6
"""Sums of floating point seconds fall short by about this much."""


class Faults:
    """Keeps the time that each check has been failed without a break.

    A moment that cannot be judged neither adds to that time nor ends it; a gap longer than `max_gap_s` ends it.
    """

    __slots__ = ("_checks", "_failing_s", "_max_gap_s", "_unseen_s", "standing")

    def __init__(self, checks: tuple[tuple[Check, str], ...], max_gap_s: float) -> None:
        self._checks = checks
        self._max_gap_s = max_gap_s
        self._failing_s: dict[str, float] = {}
        self._unseen_s = 0.0
        self.standing: dict[str, Check] = {}

    def watch(self, t_s: float, passed_s: float, now: Judgement, *, tell: bool) -> list[Event]:
        """What began or ended at t_s, with the seconds since the frame before. tell: whether a fault may begin now."""
        if now.state is State.CANNOT_JUDGE or passed_s > self._max_gap_s:
            self._unseen_s += passed_s
            if self._unseen_s > self._max_gap_s:
                self._failing_s.clear()
            if now.state is State.CANNOT_JUDGE:
                return []
            passed_s = 0.0
        elif self._unseen_s:
            self._unseen_s = passed_s = 0.0
        events: list[Event] = []
        for check, measure in self._checks:
            if check.id in self.standing:
                value = now.measures[measure] if now.state.in_position else None
                if value is None or check.acceptable.holds(value, -check.hysteresis):
                    del self.standing[check.id]
                    events.append(FaultEnded(t_s, check.id))
            elif check.id not in now.faults:
                self._failing_s.pop(check.id, None)
            else:
                failing_s = self._failing_s.get(check.id, -passed_s) + passed_s
                self._failing_s[check.id] = failing_s
                if tell and failing_s >= check.after_s - _ROUNDING_S:
                    self.standing[check.id] = check
                    events.append(FaultBegan(t_s, check.id))
        return events

    def end_all(self, t_s: float) -> list[Event]:
        """The hold is over: nothing stands any longer."""
        ended: list[Event] = [FaultEnded(t_s, fault) for fault in self.standing]
        self.standing.clear()
        self._failing_s.clear()
        return ended
