"""The day's picture, as a fold over the record: how often somebody changed position, and how they sat. No score."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lumbar.core.posture.once import Looked, apart, heard, own_shares, told_apart
from lumbar.core.posture.settings import WatchSettings
from lumbar.core.posture.timed import WITHOUT_CAMERA
from lumbar.core.record import Fact, Record

_KINDS = ("posture-watched", "break-taken", "move-told", "nudge-given")


@dataclass(frozen=True, slots=True)
class Picture:
    """A day at the desk, all profiles together. Seconds.

    A moment that two watches saw counts once, and so does a break that two windows led. unjudged_s: somebody was there
    and could not be judged. changes: of position, breaks among them. nudges: that were given.
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

    @property
    def percents(self) -> Mapping[str, int] | None:
        """The shares in whole percent, which add up to a hundred: what is left goes to the largest remainders."""
        shares = self.shares
        if shares is None:
            return None
        whole = {name: math.floor(100 * share) for name, share in shares.items()}
        by_remainder = sorted(shares, key=lambda name: whole[name] - 100 * shares[name])
        for name in by_remainder[: 100 - sum(whole.values())]:
            whole[name] += 1
        return whole

    def as_json(self) -> dict[str, object]:
        """The picture as plain values."""
        shares = self.shares
        return {
            "on": self.on.isoformat(),
            "watched_s": round(self.watched_s, 1),
            "judged_s": round(self.judged_s, 1),
            "shares": None if shares is None else {name: round(share, 4) for name, share in shares.items()},
            "percents": self.percents,
            "longest_still_s": round(self.longest_still_s, 1),
            "changes": self.changes,
            "breaks": self.breaks,
            "nudges": self.nudges,
        }


def picture(record: Record, on: date, settings: WatchSettings) -> Picture:
    """The picture of a day."""
    return pictures(record, on, 1, settings)[0]


def pictures(record: Record, until: date, days: int, settings: WatchSettings) -> list[Picture]:
    """The pictures of so many days up to one, that one at the end. The record is gone through once."""
    wanted = [until - timedelta(days=back) for back in range(days - 1, -1, -1)]
    told: dict[date, dict[str, list[Fact]]] = {on: {kind: [] for kind in _KINDS} for on in wanted}
    for fact in record.of(*_KINDS):
        if fact.happened_on in told:
            told[fact.happened_on][fact.type].append(fact)
    return [_picture(on, told[on], settings) for on in wanted]


def _picture(on: date, told: Mapping[str, Sequence[Fact]], settings: WatchSettings) -> Picture:
    """A break, and a move that was told, are facts of their own. One that was seen as well, by whichever watch, is the
    same one; of an older lumbar's entries only the share of their time tells how many were their own."""
    watched = told["posture-watched"]
    breaks = apart(_span(fact, fact.body["seconds"]) for fact in told["break-taken"])
    shift = timedelta(seconds=settings.shift_s)
    moments = [*(fact.happened_at.astimezone(UTC) for fact in told["move-told"]), *_seen(watched)]
    moves = told_apart(moments, shift, [(begins - shift, ends + shift) for begins, ends in breaks])
    looked = [_looked(fact) for fact in watched]
    shares = own_shares(looked)
    stays = [fact.body["longest_still_s"] for fact, counts in zip(watched, heard(looked), strict=True) if counts]

    undated = [
        (fact, share) for fact, share in zip(watched, shares, strict=True) if fact.body.get("changed_ago_s") is None
    ]

    def total(name: str) -> float:
        return math.fsum(fact.body[name] * share for fact, share in zip(watched, shares, strict=True))

    return Picture(
        on,
        tall_s=total("tall_s"),
        usual_s=total("usual_s"),
        slumped_s=total("slumped_s"),
        unjudged_s=total("unjudged_s"),
        longest_still_s=max(stays, default=0.0),
        changes=round(math.fsum(fact.body["position_changes"] * share for fact, share in undated))
        + len(moves)
        + len(breaks),
        breaks=len(breaks),
        nudges=len(told["nudge-given"]),
    )


def _seen(watched: Sequence[Fact]) -> Iterator[datetime]:
    """When somebody was seen to change position, whichever watch saw it. An older lumbar kept no moments."""
    for fact in watched:
        ends = fact.happened_at.astimezone(UTC)
        for ago_s in fact.body.get("changed_ago_s") or ():
            yield ends - timedelta(seconds=ago_s)


def _looked(fact: Fact) -> Looked:
    """An entry of an older lumbar does not tell when it began: it looked for no longer than it counted."""
    body = fact.body
    judged_s = body["tall_s"] + body["usual_s"] + body["slumped_s"]
    over_s = body.get("over_s")  # a stored body is as it was written
    over_s = judged_s + body["unjudged_s"] if over_s is None else over_s
    knew = judged_s / over_s if over_s > 0.0 else 0.0
    return Looked(*_span(fact, over_s), knew, blind=body["profile"] == WITHOUT_CAMERA)


def _span(fact: Fact, seconds: float) -> tuple[datetime, datetime]:
    ends = fact.happened_at.astimezone(UTC)
    return ends - timedelta(seconds=seconds), ends
