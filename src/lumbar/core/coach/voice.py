"""What to say of standing faults, and when: one thing at a time, the most important first."""

from collections.abc import Iterable

from lumbar.core.check import Check
from lumbar.core.coach.events import Cue, Event, Nudged, OfferEasier, Praise
from lumbar.core.exercise import CoachSettings
from lumbar.core.message import say


class Voice:
    """Keeps count of what was said; a cue that does not help changes its words, then offers the easier rung."""

    __slots__ = ("_attempts", "_offered", "_praised_s", "_settings", "_spoke_s")

    def __init__(self, settings: CoachSettings) -> None:
        self._settings = settings
        self._attempts: dict[str, int] = {}
        self._offered: set[str] = set()
        self._spoke_s: float | None = None
        self._praised_s: float | None = None

    def cue(self, t_s: float, standing: list[Check]) -> list[Event]:
        """What to say at t_s, in seconds, about the faults that stand."""
        if not standing or not self._free(t_s):
            return []
        check = min(standing, key=lambda c: c.priority)
        attempt = self._attempts.get(check.id, 0) + 1
        wording = (attempt - 1) // self._settings.cue_patience
        if wording >= len(check.cues):
            if check.id in self._offered:
                return []
            self._offered.add(check.id)
            self._spoke_s = t_s
            return [OfferEasier(t_s, check.id)]
        self._attempts[check.id] = attempt
        self._spoke_s = t_s
        return [Cue(t_s, check.id, say(check.cues[wording]), attempt)]

    def nudge(self, t_s: float, message_id: str) -> list[Event]:
        """Something that is no fault, when nothing was said lately."""
        if not self._free(t_s):
            return []
        self._spoke_s = t_s
        return [Nudged(t_s, say(message_id))]

    def forget(self, mended: Iterable[str]) -> None:
        """These faults were mended: what was said of them helped, and is new again the next time."""
        for fault in mended:
            self._attempts.pop(fault, None)

    def mended(self, t_s: float) -> list[Event]:
        """A word of praise, unless one was given lately."""
        if self._praised_s is not None and t_s - self._praised_s < self._settings.praise_gap_s:
            return []
        self._praised_s = t_s
        return [Praise(t_s, say("coach.that-counts"))]

    def _free(self, t_s: float) -> bool:
        return self._spoke_s is None or t_s - self._spoke_s >= self._settings.cue_gap_s
