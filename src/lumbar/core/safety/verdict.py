"""What follows from the answers, with its reasons and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lumbar.core.message import Message
from lumbar.core.safety.form import Card, Outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that holds back."""

    item: str
    message: Message


@dataclass(frozen=True, slots=True)
class WayBack:
    """What opens again. needs: clearance, answer, screen or review. item: of the question, None for all of them."""

    item: str | None
    message: Message
    needs: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a screen.

    card: how soon to be seen. flags: they choose variants of exercises; flagged_on: since when each is up. closed:
    exercises that an open question closes, within what the outcome leaves open. easiest_since: the day on which
    something was cleared after which the easiest forms come first. off_floor: nothing on the floor. open: what stays
    open.
    """

    outcome: Outcome
    card: Card | None
    neck_only: bool
    flags: frozenset[str]
    closed: frozenset[str]
    easiest_since: date | None
    off_floor: bool
    reasons: tuple[Reason, ...]
    ways_back: tuple[WayBack, ...]
    open: tuple[str, ...]
    title: Message
    text: Message
    flagged_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def exercise_allowed(self) -> bool:
        """Whether any exercise is."""
        return self.outcome in (Outcome.START, Outcome.START_GENTLE)

    def as_json(self) -> dict[str, object]:
        """The verdict as plain values."""
        return {
            "outcome": self.outcome.value,
            "card": None if self.card is None else self.card.value,
            "neck_only": self.neck_only,
            "modifications": sorted(self.flags),
            "closed": sorted(self.closed),
            "title": self.title.as_json(),
            "text": self.text.as_json(),
            "reasons": [{"item": reason.item, "message": reason.message.as_json()} for reason in self.reasons],
            "ways_back": [
                {"item": way.item, "message": way.message.as_json(), "needs": way.needs} for way in self.ways_back
            ],
            "open": list(self.open),
        }
