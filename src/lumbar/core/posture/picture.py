"""The day's picture, as a fold over the record: how often somebody changed position, and how they sat. No score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lumbar.core.record import Record


@dataclass(frozen=True, slots=True)
class Picture:
    """A day at the desk, all profiles together. Seconds.

    unjudged_s: somebody was there and could not be judged. changes: of position. breaks: that were taken. nudges: that
    were given.
    """

    on: date
    tall_s: float = 0.0
    usual_s: float = 0.0
    slumped_s: float = 0.0
    unjudged_s: float = 0.0
    longest_still_s: float = 0.0
    changes: int = 0
    breaks: int = 0
    nudges: int = 0

    @property
    def judged_s(self) -> float:
        """The time that could be judged."""
        return self.tall_s + self.usual_s + self.slumped_s

    @property
    def watched_s(self) -> float:
        """The time in which somebody was there."""
        return self.judged_s + self.unjudged_s

    @property
    def shares(self) -> Mapping[str, float] | None:
        """Tall, usual and slumped as shares of the time that could be judged; None when none could."""
        if self.judged_s <= 0.0:
            return None
        seconds = {"tall": self.tall_s, "usual": self.usual_s, "slumped": self.slumped_s}
        return {name: spent_s / self.judged_s for name, spent_s in seconds.items()}

    def as_json(self) -> dict[str, object]:
        """The picture as plain values."""
        shares = self.shares
        return {
            "on": self.on.isoformat(),
            "watched_s": round(self.watched_s, 1),
            "judged_s": round(self.judged_s, 1),
            "shares": None if shares is None else {name: round(share, 4) for name, share in shares.items()},
            "longest_still_s": round(self.longest_still_s, 1),
            "changes": self.changes,
            "breaks": self.breaks,
            "nudges": self.nudges,
        }


def picture(record: Record, on: date) -> Picture:
    """The picture of a day."""
    return pictures(record, on, 1)[0]


def pictures(record: Record, until: date, days: int) -> list[Picture]:
    """The pictures of so many days up to one, that one at the end. The record is gone through once."""
    wanted = [until - timedelta(days=back) for back in range(days - 1, -1, -1)]
    watched: dict[date, list[Mapping[str, Any]]] = {on: [] for on in wanted}
    counts = {kind: dict.fromkeys(wanted, 0) for kind in ("break-taken", "nudge-given")}
    for fact in record.of("posture-watched", *counts):
        if fact.happened_on not in watched:
            continue
        if fact.type in counts:
            counts[fact.type][fact.happened_on] += 1
        else:
            watched[fact.happened_on].append(fact.body)
    return [_picture(on, watched[on], counts["break-taken"][on], counts["nudge-given"][on]) for on in wanted]


def _picture(on: date, watched: Sequence[Mapping[str, Any]], breaks: int, nudges: int) -> Picture:
    return Picture(
        on,
        tall_s=sum(body["tall_s"] for body in watched),
        usual_s=sum(body["usual_s"] for body in watched),
        slumped_s=sum(body["slumped_s"] for body in watched),
        unjudged_s=sum(body["unjudged_s"] for body in watched),
        longest_still_s=max((body["longest_still_s"] for body in watched), default=0.0),
        changes=sum(body["position_changes"] for body in watched),
        breaks=breaks,
        nudges=nudges,
    )
