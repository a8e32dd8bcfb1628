"""When core work and flare-ups ask for a review, by the clinical design's text (3.1, 3.4, 3.7)."""

from dataclasses import dataclass, field
from datetime import date

from lumbar.core.simulate.sittings import Sitting
from lumbar.core.simulate.walks import WalkDay

REDS, RED_DAYS, GREENS = 2, 14, 4
"""So many red sessions within so many days ask for one, until there is one or so many green ones came in a row."""
HIGH_PAIN, HIGH_SESSIONS = 5, 6
"""And so much pain before so many sessions running."""
FLARE_DAYS, FLARES, FLARES_DAYS = 14, 3, 90
"""A flare-up of two weeks asks for one, and the third of three months."""


@dataclass(slots=True)
class Reviews:
    """What a review is due for, by its name, each with the day from which it is known. known_on: by then all of every
    session so far has arrived."""

    due: dict[str, date] = field(default_factory=dict)
    reds: list[date] = field(default_factory=list)
    began: list[date] = field(default_factory=list)
    greens: int = 0
    high: int = 0
    known_on: date = date.min

    def missing(self, day: WalkDay, flare_began: date | None) -> str:
        """What nobody asks a review for on a day, though it is due; nothing while an answer holds exercise back.
        flare_began: of the flare-up that is on."""
        if day.reviewed:
            flares = {name: on for name, on in self.due.items() if name == "flares"}
            self.due, self.reds = flares if day.flared_at is not None else {}, []
        due = {name for name, on in self.due.items() if on <= day.on}
        if flare_began is not None and (day.on - flare_began).days >= FLARE_DAYS and not day.reviewed:
            due.add("flare")
        return ", ".join(sorted(due - day.asks)) if day.offered and day.outcome not in ("pause", "wait") else ""

    def flares(self, on: date) -> None:
        """A flare-up began."""
        self.began = [*(day for day in self.began if (on - day).days < FLARES_DAYS), on]
        if len(self.began) >= FLARES:
            self.due.setdefault("flares", on)

    def takes(self, sitting: Sitting) -> None:
        """What a session leads to."""
        on, names = sitting.on, sitting.asked.keys()
        self.known_on = max(self.known_on, on if sitting.known_on is None else sitting.known_on)
        self.greens = self.greens + 1 if all(sitting.green(name) for name in names) else 0
        if self.greens >= GREENS:
            self.due = {name: since for name, since in self.due.items() if name not in ("reds", "high")}
        if any(sitting.red(name) for name in names) and not sitting.late:
            self.reds = [*(day for day in self.reds if (on - day).days < RED_DAYS), on]
            if len(self.reds) >= REDS:
                self.due.setdefault("reds", self.known_on)
        self.high = self.high + 1 if sitting.before >= HIGH_PAIN else 0
        if self.high >= HIGH_SESSIONS:
            self.due.setdefault("high", self.known_on)
