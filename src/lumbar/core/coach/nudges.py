"""What is said once in a hold that goes well, and could be a little easier: no fault, and no second is held back."""

from collections.abc import Mapping

from lumbar.core.check import Nudge
from lumbar.core.coach.events import Event
from lumbar.core.coach.voice import Voice


class Nudges:
    """Watches some measures in a hold, and says each of its words once, when they have been called for long enough."""

    __slots__ = ("_rules", "_said", "_since_s")

    def __init__(self, rules: tuple[tuple[Nudge, str], ...]) -> None:
        self._rules = rules
        self._since_s: dict[str, float] = {}
        self._said: set[str] = set()

    def feed(self, t_s: float, measures: Mapping[str, float | None], voice: Voice) -> list[Event]:
        """What to say at t_s, in seconds, of somebody who holds well."""
        events: list[Event] = []
        for rule, measure in self._rules:
            value = measures.get(measure)
            if rule.id in self._said or value is None or rule.within.holds(value):
                self._since_s.pop(rule.id, None)
            elif t_s - self._since_s.setdefault(rule.id, t_s) >= rule.after_s:
                told = voice.nudge(t_s, rule.message)
                self._said |= {rule.id} if told else set()
                events += told
        return events

    def pause(self) -> None:
        """The hold slips: what was called for so far counts no more."""
        self._since_s.clear()
