"""What the plan knows of the past: the record's facts, folded once, in the order of time.

The fold is resumable: a fact that is merged into a record costs its own entry here, wherever in time it belongs. One
that is taken back or amended costs a look at the entries of its kind, and only a session whose beginning moves costs
all holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from lumbar.core.body import Side
from lumbar.core.plan.dated import Dated, Entry, Order
from lumbar.core.record import VERSION, Change, Fact, Record


@dataclass(frozen=True, slots=True)
class Hold(Entry):
    """A hold that ended. in_position_s: as a camera saw it, well held or not.

    told_at, told_on: `at` and `on` by its device's own clock. They differ when that is earlier than the hold's session,
    and then nobody knows which of them is right.
    """

    session: str
    exercise: str
    rung: str
    side: Side | None
    told_at: datetime
    told_on: date
    credited_s: float
    in_position_s: float
    outcome: str

    @property
    def order(self) -> Order:
        return (self.at, self.told_at, self.fact.at, self.fact.id)

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
class PainReport(Entry):
    """Pain as it was reported."""

    when: str
    nprs: int | None
    session: str | None
    exercise: str | None
    further_down_leg: bool


@dataclass(frozen=True, slots=True)
class Check(Entry):
    """A daily check. ticks: as ticked; answered: the questions that were answered."""

    ticks: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Screened(Entry):
    """A full screen. now: pain at that moment."""

    answered: frozenset[str]
    now: int | None


@dataclass(frozen=True, slots=True)
class Acknowledged(Entry):
    """The general words were acknowledged, in this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Started(Entry):
    """A session began."""

    session: str


_NONE: Dated[Hold] = Dated()

Told = TypeVar("Told", bound=Entry)


@dataclass(frozen=True, slots=True)
class History:
    """All of it, each in the order of time. last: when each session's last hold was."""

    holds: Mapping[str, Dated[Hold]] = field(default_factory=dict)
    last: Mapping[str, datetime] = field(default_factory=dict)
    pains: Dated[PainReport] = field(default_factory=Dated)
    checks: Dated[Check] = field(default_factory=Dated)
    screens: Dated[Screened] = field(default_factory=Dated)
    acknowledged: Dated[Acknowledged] = field(default_factory=Dated)
    started: Dated[Started] = field(default_factory=Dated)
    ended: frozenset[str] = frozenset()

    def of(self, exercise_id: str) -> Dated[Hold]:
        """The holds of an exercise."""
        return self.holds.get(exercise_id, _NONE)

    def today(self, exercise_id: str, on: date) -> tuple[Hold, ...]:
        """The holds of an exercise on a day."""
        return self.of(exercise_id).on(on)

    def sitting(self, at: datetime, on: date, lasts: timedelta) -> str | None:
        """The session that was begun today and has not ended, unless it has been silent for too long."""
        for began in reversed(self.started.on(on)):
            if began.session not in self.ended and began.at <= at:
                last = self.last.get(began.session, began.at)
                return began.session if at - last <= lasts else None
        return None


def fold(record: Record) -> History:
    """The history in a record."""
    return record.folded(_FOLD)


class _HistoryFold:
    """Makes a history, and carries it on. Every kind of entry goes on by itself."""

    def start(self, record: Record) -> History:
        return self.resume(History(), Change((), record.facts, ()), record)

    def resume(self, state: History, change: Change, record: Record) -> History:
        step = _Step(change)
        if not step.came and not step.gone:
            return state
        started = step.on(state.started, "session-started", _started)
        holds, last = _held(state, step, started, record)
        return History(
            holds=holds,
            last=last,
            pains=step.on(state.pains, "pain-reported", _pain),
            checks=step.on(state.checks, "daily-check-answered", _check),
            screens=step.on(state.screens, "screen-answered", _screened),
            acknowledged=step.on(state.acknowledged, "acknowledged", _acknowledged),
            started=started,
            ended=_ended(state, step, record),
        )


_FOLD = _HistoryFold()

_TYPES = frozenset(
    {
        "set-done",
        "pain-reported",
        "daily-check-answered",
        "screen-answered",
        "acknowledged",
        "session-started",
        "session-ended",
    }
)


class _Step:
    """One step of the fold: what came and what is gone, by type."""

    __slots__ = ("came", "gone")

    def __init__(self, change: Change) -> None:
        self.came = _by_type(change.came)
        self.gone = _by_type(change.gone)

    def on(self, known: Dated[Told], fact_type: str, make: Callable[[Fact, datetime, date], Told]) -> Dated[Told]:
        """The entries of a type after this step."""
        if fact_type in self.gone:
            known = known.without(self.gone[fact_type])
        came = self.came.get(fact_type)
        return known if came is None else known.with_more(make(fact, *fact.happened()) for fact in came)


def _by_type(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type in _TYPES and fact.v <= VERSION:
            found.setdefault(fact.type, []).append(fact)
    return found


def _ended(state: History, step: _Step, record: Record) -> frozenset[str]:
    gone = "session-ended" in step.gone  # another such fact may have ended the same session
    facts = record.of("session-ended") if gone else step.came.get("session-ended", ())
    return state.ended if not facts and not gone else _sessions(facts).union(() if gone else state.ended)


def _sessions(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fact.body["session"] for fact in facts)


def _held(
    state: History, step: _Step, started: Dated[Started], record: Record
) -> tuple[Mapping[str, Dated[Hold]], Mapping[str, datetime]]:
    """The holds by exercise, and the last of each session. When a session's beginning moves, its holds may."""
    if _sessions((*step.came.get("session-started", ()), *step.gone.get("session-started", ()))) & state.last.keys():
        state, step = History(), _Step(Change((), tuple(record.of("set-done")), ()))
    if "set-done" not in step.came and "set-done" not in step.gone:
        return state.holds, state.last
    holds, last = dict(state.holds), dict(state.last)
    for fact in step.gone.get("set-done", ()):
        exercise = fact.body["exercise"]
        holds[exercise] = holds[exercise].without([fact])
        _forget_last(fact.body["session"], last, holds)
    begun = {began.session: began for began in started}
    made: dict[str, list[Hold]] = {}
    for fact in step.came.get("set-done", ()):
        hold = _hold(fact, begun.get(fact.body["session"]))
        made.setdefault(hold.exercise, []).append(hold)
        last[hold.session] = max(last.get(hold.session, hold.at), hold.at)
    holds |= {exercise: holds.get(exercise, _NONE).with_more(news) for exercise, news in made.items()}
    return {exercise: held for exercise, held in holds.items() if len(held)}, last


def _forget_last(session: str, last: dict[str, datetime], holds: Mapping[str, Dated[Hold]]) -> None:
    """Look for a session's last hold again, after one of its holds is gone."""
    left = [hold.at for held in holds.values() for hold in held if hold.session == session]
    if left:
        last[session] = max(left)
    else:
        del last[session]


def _hold(fact: Fact, begun: Started | None) -> Hold:
    """A hold; when a slow clock puts it before its session began, it was when the session began at the earliest."""
    body = fact.body
    told_at, told_on = fact.happened()
    at, on = (begun.at, begun.on) if begun is not None and begun.at > told_at else (told_at, told_on)
    side = body.get("side")
    return Hold(
        fact=fact,
        session=body["session"],
        exercise=body["exercise"],
        rung=body["rung"],
        side=None if side is None else Side(side),
        at=at,
        on=on,
        told_at=told_at,
        told_on=told_on,
        credited_s=float(body["credited_s"]),
        in_position_s=float(body.get("in_position_s") or 0.0),
        outcome=body["outcome"],
    )


def _pain(fact: Fact, at: datetime, on: date) -> PainReport:
    body = fact.body
    return PainReport(
        fact=fact,
        at=at,
        on=on,
        when=body["when"],
        nprs=body.get("nprs"),
        session=body.get("session"),
        exercise=body.get("exercise"),
        further_down_leg=bool(body.get("further_down_leg")),
    )


def _check(fact: Fact, at: datetime, on: date) -> Check:
    return Check(fact, at, on, frozenset(fact.body["ticks"]), frozenset(fact.body["answers"]))


def _screened(fact: Fact, at: datetime, on: date) -> Screened:
    return Screened(fact, at, on, frozenset(fact.body["answers"]), fact.body.get("pain_now"))


def _acknowledged(fact: Fact, at: datetime, on: date) -> Acknowledged:
    return Acknowledged(fact, at, on, fact.body["version"])


def _started(fact: Fact, at: datetime, on: date) -> Started:
    return Started(fact, at, on, fact.body["session"])
