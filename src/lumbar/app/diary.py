"""What was done and told, by day, by session and by exercise; carried on as the record grows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lumbar.core.changing import replace
from lumbar.core.record import VERSION, Change, Fact, Record

BOTH = "both"
"""Stands for the side of an exercise that has none."""

_TOLD = frozenset({"set-done", "hold-told", "pain-reported", "effort-reported", "screen-answered", "outcome-answered"})


_Held = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Diary:
    """Facts by the day that they belong to, and the holds among them by session, in order.

    told: how long measured holds were that ran out by the clock, in seconds, as the person says. best: the longest hold
    in seconds by exercise, form and side. last: the last hold of each exercise. What was left out is neither.
    """

    days: Mapping[date, tuple[Fact, ...]] = field(default_factory=dict)
    sessions: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    told: Mapping[_Held, float] = field(default_factory=dict)
    best: Mapping[str, Mapping[tuple[str, str], float]] = field(default_factory=dict)
    last: Mapping[str, Fact] = field(default_factory=dict)

    def on(self, day: date) -> tuple[Fact, ...]:
        """What was done and told on a day."""
        return self.days.get(day, ())

    def of(self, session: str) -> tuple[Fact, ...]:
        """The holds of a session."""
        return self.sessions.get(session, ())

    def seconds(self, hold: Fact) -> float | None:
        """How long a hold was; None where nobody knows: it ran out by the clock, and nothing was told of it. Nobody
        held longer than the clock ran."""
        if not ran_out(hold):
            return float(hold.body["credited_s"])
        told_s = self.told.get(_held(hold))
        return None if told_s is None else min(told_s, float(hold.body["target_s"]))

    def longest(self, exercise: str, forms: Collection[str]) -> dict[str, float]:
        """The longest hold of an exercise in any of these forms, by side."""
        found: dict[str, float] = {}
        for (form, side), seconds in self.best.get(exercise, {}).items():
            if form in forms:
                found[side] = max(found.get(side, 0.0), seconds)
        return found


def diary(record: Record) -> Diary:
    """The diary in a record."""
    return record.folded(_FOLD)


def ran_out(fact: Fact) -> bool:
    """Whether a hold is a test that the clock alone ran to its end."""
    body = fact.body
    return bool(body.get("test")) and body["outcome"] == "done" and not body["measured"]


def _held(fact: Fact) -> _Held:
    """What a hold, or what is told of it, is known by."""
    return (fact.body["session"], fact.body["exercise"], fact.body.get("side") or BOTH)


class _DiaryFold:
    """Makes a diary, and carries it on; from the beginning, when something was taken back, changed or told anew."""

    def start(self, record: Record) -> Diary:
        return _with_more(Diary(), record.of(*_TOLD))

    def resume(self, state: Diary, change: Change, record: Record) -> Diary:
        came = [fact for fact in change.came if fact.type in _TOLD and fact.v <= VERSION]
        anew = any(fact.type == "hold-told" and _held(fact) in state.told for fact in came)
        if anew or any(fact.type in _TOLD for fact in change.gone):
            return self.start(record)
        return _with_more(state, came)


_FOLD = _DiaryFold()


def _with_more(state: Diary, facts: Iterable[Fact]) -> Diary:
    by_day: dict[date, list[Fact]] = {}
    by_session: dict[str, list[Fact]] = {}
    said: dict[_Held, float] = {}
    for fact in facts:
        if fact.type == "hold-told":
            said[_held(fact)] = float(fact.body["held_s"])
            continue
        by_day.setdefault(fact.happened_on, []).append(fact)
        if fact.type == "set-done":
            by_session.setdefault(fact.body["session"], []).append(fact)
    more = Diary(
        days={**state.days, **{on: _sorted((*state.on(on), *found)) for on, found in by_day.items()}},
        sessions={**state.sessions, **{name: _sorted((*state.of(name), *new)) for name, new in by_session.items()}},
        told={**state.told, **said},
    )
    holds = [fact for found in by_session.values() for fact in found]
    late = [fact for session, *_ in said for fact in state.of(session) if ran_out(fact) and _held(fact) in said]
    best = {exercise: dict(found) for exercise, found in state.best.items()}
    last = dict(state.last)
    for fact in (*holds, *late):
        body, seconds = fact.body, more.seconds(fact)
        if body["outcome"] == "skipped" and not seconds:
            continue  # what was left out was not done
        last[body["exercise"]] = max(fact, last.get(body["exercise"], fact), key=_order)
        if seconds is not None:
            known, key = best.setdefault(body["exercise"], {}), (body["rung"], body.get("side") or BOTH)
            known[key] = max(known.get(key, 0.0), seconds)
    return replace(more, best=best, last=last)


def _sorted(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=_order))


def _order(fact: Fact) -> tuple[datetime, str]:
    return (fact.at, fact.id)
