"""What was done and told, by day, by session and by exercise; carried on as the record grows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lumbar.core.record import VERSION, Change, Fact, Record

BOTH = "both"
"""Stands for the side of an exercise that has none."""

_TOLD = frozenset({"set-done", "pain-reported", "effort-reported", "screen-answered", "outcome-answered"})


@dataclass(frozen=True, slots=True)
class Diary:
    """Facts by the day that they belong to, and the holds among them by session, in order.

    best: the longest hold in seconds by exercise and side. last: the last hold of each exercise.
    """

    days: Mapping[date, tuple[Fact, ...]] = field(default_factory=dict)
    sessions: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    best: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    last: Mapping[str, Fact] = field(default_factory=dict)

    def on(self, day: date) -> tuple[Fact, ...]:
        """What was done and told on a day."""
        return self.days.get(day, ())

    def of(self, session: str) -> tuple[Fact, ...]:
        """The holds of a session."""
        return self.sessions.get(session, ())


def diary(record: Record) -> Diary:
    """The diary in a record."""
    return record.folded(_FOLD)


def longest(holds: Iterable[Fact], known: Mapping[str, float] | None = None) -> dict[str, float]:
    """The longest hold in seconds by side, of these and those that are known. Of a measured hold that ran out by the
    clock nobody knows here how long it was."""
    found = dict(known or {})
    for fact in holds:
        if ran_out(fact):
            continue
        side = fact.body.get("side") or BOTH
        found[side] = max(found.get(side, 0.0), float(fact.body["credited_s"]))
    return found


def ran_out(fact: Fact) -> bool:
    """Whether a hold is a test that the clock alone ran to its end."""
    body = fact.body
    return bool(body.get("test")) and body["outcome"] == "done" and not body["measured"]


class _DiaryFold:
    """Makes a diary, and carries it on; from the beginning, when something in it was taken back or changed."""

    def start(self, record: Record) -> Diary:
        return _with_more(Diary(), record.of(*_TOLD))

    def resume(self, state: Diary, change: Change, record: Record) -> Diary:
        if any(fact.type in _TOLD for fact in change.gone):
            return self.start(record)
        return _with_more(state, [fact for fact in change.came if fact.type in _TOLD and fact.v <= VERSION])


_FOLD = _DiaryFold()


def _with_more(state: Diary, facts: Iterable[Fact]) -> Diary:
    by_day: dict[date, list[Fact]] = {}
    by_session: dict[str, list[Fact]] = {}
    by_exercise: dict[str, list[Fact]] = {}
    for fact in facts:
        by_day.setdefault(fact.happened_on, []).append(fact)
        if fact.type == "set-done":
            by_session.setdefault(fact.body["session"], []).append(fact)
            by_exercise.setdefault(fact.body["exercise"], []).append(fact)
    best = {exercise: longest(holds, state.best.get(exercise)) for exercise, holds in by_exercise.items()}
    last = {
        exercise: max((*holds, state.last.get(exercise, holds[0])), key=_order)
        for exercise, holds in by_exercise.items()
    }
    return Diary(
        days={**state.days, **{on: _sorted((*state.on(on), *more)) for on, more in by_day.items()}},
        sessions={**state.sessions, **{name: _sorted((*state.of(name), *more)) for name, more in by_session.items()}},
        best={**state.best, **best},
        last={**state.last, **last},
    )


def _sorted(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=_order))


def _order(fact: Fact) -> tuple[datetime, str]:
    return (fact.at, fact.id)
