"""What the plan knows of the past: the record's facts, folded once, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.record import VERSION, Fact, Record


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that ended. in_position_s: as a camera saw it, well held or not.

    at, on: when it was, in UTC and as a local day. told_at, told_on: the same by its device's own clock. They differ
    when that is earlier than the hold's session, and then nobody knows which of them is right.
    """

    session: str
    exercise: str
    rung: str
    side: Side | None
    at: datetime
    on: date
    told_at: datetime
    told_on: date
    credited_s: float
    in_position_s: float
    outcome: str

    @property
    def times(self) -> tuple[tuple[datetime, date], ...]:
        """Every moment at which it may have been, each with its day: what must rest rests from all of them."""
        mended, told = (self.at, self.on), (self.told_at, self.told_on)
        return (mended,) if mended == told else (told, mended)

    @property
    def worked(self) -> bool:
        """Whether anything was held, whatever of it counts and however it ended."""
        return self.credited_s > 0 or self.in_position_s > 0

    @property
    def done(self) -> bool:
        """Whether it was held to its end. Where nothing counted there was no end to hold to."""
        return self.outcome == "done" and self.credited_s > 0


@dataclass(frozen=True, slots=True)
class PainReport:
    """Pain as it was reported. at: in UTC."""

    at: datetime
    on: date
    when: str
    nprs: int | None
    session: str | None
    exercise: str | None
    further_down_leg: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A daily check. ticks: as ticked; answered: the questions that were answered."""

    at: datetime
    on: date
    ticks: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Screened:
    """A full screen. now: pain at that moment."""

    at: datetime
    on: date
    answered: frozenset[str]
    now: int | None


@dataclass(frozen=True, slots=True)
class History:
    """All of it, each in the order of time."""

    holds: tuple[Hold, ...]
    pains: tuple[PainReport, ...]
    checks: tuple[Check, ...]
    screens: tuple[Screened, ...]
    acknowledged: tuple[tuple[date, int], ...]
    started: tuple[tuple[datetime, date, str], ...]
    ended: frozenset[str]

    def today(self, exercise_id: str, on: date) -> list[Hold]:
        """The holds of an exercise on a day."""
        return [hold for hold in self.holds if hold.exercise == exercise_id and hold.on == on]

    def sitting(self, at: datetime, on: date, lasts: timedelta) -> str | None:
        """The session that was begun today and has not ended, unless it has been silent for too long."""
        for began_at, began_on, session in reversed(self.started):
            if began_on == on and session not in self.ended and began_at <= at:
                last = max((hold.at for hold in self.holds if hold.session == session), default=began_at)
                return session if at - last <= lasts else None
        return None


def fold(record: Record) -> History:
    """The history in a record."""
    facts: dict[str, list[Fact]] = {}
    for fact in sorted(record.facts, key=lambda fact: (fact.happened_at.astimezone(UTC), fact.at, fact.id)):
        facts.setdefault(fact.type, []).append(fact)

    def of(fact_type: str) -> Iterable[Fact]:
        return (fact for fact in facts.get(fact_type, ()) if fact.v <= VERSION)

    begun = {fact.body["session"]: fact for fact in of("session-started")}
    holds = (_hold(fact, begun.get(fact.body["session"])) for fact in of("set-done"))
    return History(
        holds=tuple(sorted(holds, key=lambda hold: hold.at)),
        pains=tuple(_pain(fact) for fact in of("pain-reported")),
        checks=tuple(_check(fact) for fact in of("daily-check-answered")),
        screens=tuple(_screened(fact) for fact in of("screen-answered")),
        acknowledged=tuple((fact.happened_on, fact.body["version"]) for fact in of("acknowledged")),
        started=tuple((_utc(fact), fact.happened_on, fact.body["session"]) for fact in of("session-started")),
        ended=frozenset(fact.body["session"] for fact in of("session-ended")),
    )


def _utc(fact: Fact) -> datetime:
    return fact.happened_at.astimezone(UTC)


def _hold(fact: Fact, begun: Fact | None) -> Hold:
    """A hold; when a slow clock puts it before its session began, it was when the session began at the earliest."""
    body = fact.body
    dated = begun if begun is not None and _utc(begun) > _utc(fact) else fact
    side = body.get("side")
    return Hold(
        session=body["session"],
        exercise=body["exercise"],
        rung=body["rung"],
        side=None if side is None else Side(side),
        at=_utc(dated),
        on=dated.happened_on,
        told_at=_utc(fact),
        told_on=fact.happened_on,
        credited_s=float(body["credited_s"]),
        in_position_s=float(body.get("in_position_s") or 0.0),
        outcome=body["outcome"],
    )


def _pain(fact: Fact) -> PainReport:
    body = fact.body
    return PainReport(
        at=_utc(fact),
        on=fact.happened_on,
        when=body["when"],
        nprs=body.get("nprs"),
        session=body.get("session"),
        exercise=body.get("exercise"),
        further_down_leg=bool(body.get("further_down_leg")),
    )


def _check(fact: Fact) -> Check:
    return Check(_utc(fact), fact.happened_on, frozenset(fact.body["ticks"]), frozenset(fact.body["answers"]))


def _screened(fact: Fact) -> Screened:
    return Screened(_utc(fact), fact.happened_on, frozenset(fact.body["answers"]), fact.body.get("pain_now"))
