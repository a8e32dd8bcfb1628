"""Which faults stand. A fault must last for its dwell before it is one, and be mended clearly before it is none."""

from lumbar.core.check import Check
from lumbar.core.coach.events import Event, FaultBegan, FaultEnded
from lumbar.core.exercise import CoachSettings
from lumbar.core.judge import Judgement, State

_ROUNDING_S = 1e-6
"""Sums of floating point seconds fall short by about this much."""


class Faults:
    """Keeps the time that each check has been failed without a break.

    A moment that cannot be judged neither adds to that time nor ends it; a gap longer than `max_gap_s` ends it. A fault
    whose points are hidden stands for as long as a slip may last, and then ends without having been mended.

    standing: faults by id. mended: those that the last frame showed to be put right.
    """

    __slots__ = ("_checks", "_failing_s", "_hidden_s", "_settings", "_unseen_s", "mended", "standing")

    def __init__(self, checks: tuple[tuple[Check, str], ...], settings: CoachSettings) -> None:
        self._checks = checks
        self._settings = settings
        self._failing_s: dict[str, float] = {}
        self._hidden_s: dict[str, float] = {}
        self._unseen_s = 0.0
        self.standing: dict[str, Check] = {}
        self.mended: list[str] = []

    def watch(self, t_s: float, passed_s: float, now: Judgement, *, tell: bool) -> list[Event]:
        """What began or ended at t_s, with the seconds since the frame before. tell: whether a fault may begin now."""
        self.mended = []
        max_gap_s = self._settings.max_gap_s
        if now.state is State.CANNOT_JUDGE or passed_s > max_gap_s:
            self._unseen_s += passed_s
            if self._unseen_s > max_gap_s:
                self._failing_s.clear()
            if now.state is State.CANNOT_JUDGE:
                return []
            passed_s = 0.0
        elif self._unseen_s:
            self._unseen_s = passed_s = 0.0
        events: list[Event] = []
        for check, measure in self._checks:
            if check.id in self.standing:
                if self._ends(check, measure, passed_s, now):
                    del self.standing[check.id]
                    self._hidden_s.pop(check.id, None)
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

    def _ends(self, check: Check, measure: str, passed_s: float, now: Judgement) -> bool:
        """Whether a standing fault ends: put right, out of the position, or hidden for too long."""
        if not now.state.in_position:
            return True
        value = now.measures[measure]
        if value is None:
            self._hidden_s[check.id] = self._hidden_s.get(check.id, 0.0) + passed_s
            return self._hidden_s[check.id] >= self._settings.grace_s - _ROUNDING_S
        self._hidden_s.pop(check.id, None)
        if not check.acceptable.holds(value, -check.hysteresis):
            return False
        self.mended.append(check.id)
        return True

    def end_all(self, t_s: float) -> list[Event]:
        """The hold is over: nothing stands any longer."""
        ended: list[Event] = [FaultEnded(t_s, fault) for fault in self.standing]
        self.standing.clear()
        self._failing_s.clear()
        self._hidden_s.clear()
        return ended
