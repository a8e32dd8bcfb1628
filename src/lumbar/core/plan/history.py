"""What the plan knows of the past: the record's facts, folded once, in the order of time.

The fold is resumable: a fact that is merged into a record costs its own entry here, wherever in time it belongs. One
that is taken back or amended costs a look at the entries of its kind, and only a session whose beginning moves costs
all holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from lumbar.core.outcomes import Answers, answers
from lumbar.core.plan.dated import Dated, Entry
from lumbar.core.plan.told import (
    Acknowledged,
    ApprovalWanted,
    Check,
    Described,
    Effort,
    Flare,
    HeldTold,
    Hold,
    PainReport,
    Review,
    Screened,
    Shape,
    Started,
    Walk,
    acknowledged_of,
    approval_of,
    check_of,
    described_of,
    effort_of,
    held_told_of,
    hold_of,
    pain_of,
    review_of,
    screened_of,
    shape_of,
    started_of,
    walk_of,
)
from lumbar.core.record import VERSION, Change, Fact, Record
from lumbar.core.record.bodies import ENDINGS

_NONE: Dated[Hold] = Dated()

Told = TypeVar("Told", bound=Entry)


@dataclass(frozen=True, slots=True)
class History:
    """All of it, each in the order of time. last: when each session's last hold was. hurts: the days on which it was
    told that an exercise hurts. outcomes: what was answered of the outcome measures."""

    holds: Mapping[str, Dated[Hold]] = field(default_factory=dict)
    last: Mapping[str, datetime] = field(default_factory=dict)
    hurts: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    pains: Dated[PainReport] = field(default_factory=Dated)
    efforts: Dated[Effort] = field(default_factory=Dated)
    shapes: Dated[Shape] = field(default_factory=Dated)
    helds: Dated[HeldTold] = field(default_factory=Dated)
    flares: Dated[Flare] = field(default_factory=Dated)
    walks: Dated[Walk] = field(default_factory=Dated)
    usual_walks: Dated[Walk] = field(default_factory=Dated)
    reviews: Dated[Review] = field(default_factory=Dated)
    approvals: Dated[ApprovalWanted] = field(default_factory=Dated)
    described: Dated[Described] = field(default_factory=Dated)
    checks: Dated[Check] = field(default_factory=Dated)
    screens: Dated[Screened] = field(default_factory=Dated)
    acknowledged: Dated[Acknowledged] = field(default_factory=Dated)
    started: Dated[Started] = field(default_factory=Dated)
    ended: frozenset[str] = frozenset()
    finished: frozenset[str] = frozenset()
    outcomes: Answers = field(default_factory=Answers)

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
        return self._on(History(), _Step({name: record.of(name) for name in _TYPES}, {}), record)

    def resume(self, state: History, change: Change, record: Record) -> History:
        step = _Step(_by_type(change.came), _by_type(change.gone))
        return self._on(state, step, record) if step.came or step.gone else state

    def _on(self, state: History, step: "_Step", record: Record) -> History:
        started = step.on(state.started, "session-started", started_of)
        holds, last = _held(state, step, started, record)
        pains = step.on(state.pains, "pain-reported", pain_of)
        return History(
            holds=holds,
            last=last,
            hurts=_hurts(state, step, holds, pains),
            pains=pains,
            efforts=step.on(state.efforts, "effort-reported", effort_of),
            shapes=step.on(state.shapes, "shape-reported", shape_of),
            helds=step.on(state.helds, "hold-told", held_told_of),
            flares=step.on(state.flares, "flare-reported", Flare),
            walks=step.on(state.walks, "walk-done", walk_of),
            usual_walks=step.on(state.usual_walks, "usual-walk-told", walk_of),
            reviews=step.on(state.reviews, "review-recorded", review_of),
            approvals=step.on(state.approvals, "approval-wanted", approval_of),
            described=step.on(state.described, "person-described", described_of),
            checks=step.on(state.checks, "daily-check-answered", check_of),
            screens=step.on(state.screens, "screen-answered", screened_of),
            acknowledged=step.on(state.acknowledged, "acknowledged", acknowledged_of),
            started=started,
            ended=_ended(state.ended, step, record, ENDINGS),
            finished=_ended(state.finished, step, record, ENDINGS[:1]),
            outcomes=answers(record),
        )


_FOLD = _HistoryFold()

_TYPES = frozenset(
    {
        "set-done",
        "pain-reported",
        "effort-reported",
        "shape-reported",
        "hold-told",
        "flare-reported",
        "walk-done",
        "usual-walk-told",
        "review-recorded",
        "approval-wanted",
        "person-described",
        "daily-check-answered",
        "screen-answered",
        "acknowledged",
        "session-started",
        "session-ended",
        "outcome-answered",
        "outcome-put-off",
    }
)


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the fold: what came and what is gone, by type."""

    came: Mapping[str, Sequence[Fact]]
    gone: Mapping[str, Sequence[Fact]]

    def on(self, known: Dated[Told], fact_type: str, make: Callable[[Fact, datetime, date], Told]) -> Dated[Told]:
        """The entries of a type after this step."""
        if fact_type in self.gone:
            known = known.without(self.gone[fact_type])
        came = self.came.get(fact_type)
        return known if not came else known.with_more(make(fact, *fact.happened()) for fact in came)


def _by_type(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type in _TYPES and fact.v <= VERSION:
            found.setdefault(fact.type, []).append(fact)
    return found


def _ended(known: frozenset[str], step: _Step, record: Record, endings: Sequence[str]) -> frozenset[str]:
    gone = "session-ended" in step.gone  # another such fact may have ended the same session
    facts = record.of("session-ended") if gone else step.came.get("session-ended", ())
    ours = [fact for fact in facts if fact.body["how"] in endings]
    return _sessions(ours) if gone else known | _sessions(ours)


def _sessions(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fact.body["session"] for fact in facts)


def _held(
    state: History, step: _Step, started: Dated[Started], record: Record
) -> tuple[Mapping[str, Dated[Hold]], Mapping[str, datetime]]:
    """The holds by exercise, and the last of each session. When a session's beginning moves, its holds may."""
    if _sessions((*step.came.get("session-started", ()), *step.gone.get("session-started", ()))) & state.last.keys():
        state, step = History(), _Step({"set-done": record.of("set-done")}, {})
    if not step.came.get("set-done") and not step.gone.get("set-done"):
        return state.holds, state.last
    holds, last = dict(state.holds), dict(state.last)
    for fact in step.gone.get("set-done", ()):
        exercise = fact.body["exercise"]
        holds[exercise] = holds[exercise].without([fact])
        _forget_last(fact.body["session"], last, holds)
    begun = {began.session: began for began in started}
    made: dict[str, list[Hold]] = {}
    for fact in step.came.get("set-done", ()):
        hold = hold_of(fact, begun.get(fact.body["session"]))
        made.setdefault(hold.exercise, []).append(hold)
        before = last.get(hold.session)
        if before is None or hold.at > before:
            last[hold.session] = hold.at
    holds |= {exercise: holds.get(exercise, _NONE).with_more(news) for exercise, news in made.items()}
    return {exercise: held for exercise, held in holds.items() if len(held)}, last


def _hurts(
    state: History, step: _Step, holds: Mapping[str, Dated[Hold]], pains: Dated[PainReport]
) -> Mapping[str, tuple[date, ...]]:
    """The days on which exercises hurt, in a hold or told beside one; looked for again where something changed."""
    held = (*step.came.get("set-done", ()), *step.gone.get("set-done", ()))
    told = (*step.came.get("pain-reported", ()), *step.gone.get("pain-reported", ()))
    named = {fact.body["exercise"] for fact in held if fact.body["outcome"] == "hurt"}
    named |= {fact.body.get("exercise") for fact in told if fact.body["when"] == "during"} - {None}
    if _sessions((*step.came.get("session-started", ()), *step.gone.get("session-started", ()))) & state.last.keys():
        named |= holds.keys() | state.hurts.keys()  # the days of their holds may have moved
    if not named:
        return state.hurts
    found = {exercise: _hurt_days(exercise, holds.get(exercise, _NONE), pains) for exercise in named}
    return {exercise: days for exercise, days in {**state.hurts, **found}.items() if days}


def _hurt_days(exercise: str, holds: Iterable[Hold], pains: Iterable[PainReport]) -> tuple[date, ...]:
    days = {hold.on for hold in holds if hold.outcome == "hurt"}
    days |= {pain.on for pain in pains if pain.when == "during" and pain.exercise == exercise}
    return tuple(sorted(days))


def _forget_last(session: str, last: dict[str, datetime], holds: Mapping[str, Dated[Hold]]) -> None:
    """Look for a session's last hold again, after one of its holds is gone."""
    left = [hold.at for held in holds.values() for hold in held if hold.session == session]
    if left:
        last[session] = max(left)
    else:
        del last[session]
