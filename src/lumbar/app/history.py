"""What was held, day by day and by exercise, beside the goal. No scores and no streaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person, Store
from lumbar.app.rules import Rules
from lumbar.core.exercise import Exercise
from lumbar.core.record import Fact, Record, day_of

BOTH = "both"
"""Stands for the side of an exercise that has none."""


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day. kept: something was held to its end; rest: nothing was begun. Sets, pain and effort as plain values."""

    on: date
    rest: bool
    kept: bool
    sets: tuple[Mapping[str, Any], ...]
    pain: tuple[Mapping[str, Any], ...]
    effort: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An exercise: the goal and the longest holds of all time in seconds by side, and those of its last day."""

    exercise: str
    goal_s: int
    best: Mapping[str, float]
    last: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class History:
    """The last days, oldest first, and every exercise."""

    days: tuple[PastDay, ...]
    exercises: tuple[Held, ...]


class ShowHistory:
    """The last days of a record, today included."""

    def __init__(self, store: Store, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, days: int = 28, *, zone: str | None = None) -> History:
        """Raises BadFact for a zone that nobody knows."""
        today = day_of(in_zone(self._clock.now(), zone))
        record = Record(self._store.record(person.id))
        wanted = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
        by_day: dict[date, list[Fact]] = {on: [] for on in wanted}
        for fact in record.of("set-done", "pain-reported", "effort-reported", "screen-answered"):
            if fact.happened_on in by_day:
                by_day[fact.happened_on].append(fact)
        sets = record.of("set-done")
        exercises = self._rules.exercises
        return History(
            tuple(_past_day(on, facts) for on, facts in by_day.items()),
            tuple(_held(exercise, [f for f in sets if f.body["exercise"] == exercise.id]) for exercise in exercises),
        )


def _past_day(on: date, facts: Iterable[Fact]) -> PastDay:
    facts = list(facts)
    sets = [fact for fact in facts if fact.type == "set-done"]
    return PastDay(
        on=on,
        rest=not sets,
        kept=any(fact.body["outcome"] == "done" and fact.body["credited_s"] > 0 for fact in sets),
        sets=tuple(_picked(f, "exercise", "side", "target_s", "credited_s", "measured", "outcome") for f in sets),
        pain=tuple(pain for fact in facts for pain in _pain(fact)),
        effort=tuple(_picked(f, "session", "effort") for f in facts if f.type == "effort-reported"),
    )


def _pain(fact: Fact) -> Iterable[dict[str, Any]]:
    """Pain as a fact tells it: a report does, and a screen does for the last week and for now."""
    if fact.type == "pain-reported":
        yield _picked(fact, "when", "nprs", "words")
    if fact.type == "screen-answered":
        for when, field in (("week", "nprs"), ("now", "pain_now")):
            if fact.body[field] is not None:
                yield {"when": when, "nprs": fact.body[field], "words": None, "at": fact.at.isoformat()}


def _picked(fact: Fact, *names: str) -> dict[str, Any]:
    return {**{name: fact.body.get(name) for name in names}, "at": fact.at.isoformat()}


def _held(exercise: Exercise, sets: list[Fact]) -> Held:
    last_day = [fact for fact in sets if fact.happened_on == sets[-1].happened_on] if sets else []
    last = {"on": last_day[-1].happened_on.isoformat(), **_longest(last_day)} if last_day else None
    return Held(exercise.id, exercise.dose.target_s, _longest(sets), last)


def _longest(sets: Iterable[Fact]) -> dict[str, float]:
    longest: dict[str, float] = {}
    for fact in sets:
        side = fact.body.get("side") or BOTH
        longest[side] = max(longest.get(side, 0.0), float(fact.body["credited_s"]))
    return longest
