"""What was held, day by day and by exercise, beside the goal. No scores and no streaks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lumbar.app.diary import BOTH, Diary, diary, ran_out
from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.exercise import Exercise, Step
from lumbar.core.plan.changed import Turn, turns
from lumbar.core.record import Fact, day_of
from lumbar.core.safety import freed


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day. kept: something was held to its end; rest: nothing was begun, nor was core work due, or the day is not
    over; missed: nothing was begun, though it was. Sets, pain and effort as plain values."""

    on: date
    rest: bool
    missed: bool
    kept: bool
    sets: tuple[Mapping[str, Any], ...]
    pain: tuple[Mapping[str, Any], ...]
    effort: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An exercise: the goal and the longest holds of all time in seconds by side, and those of its last day.

    best: in the form that the goal is for; easier, form: in the easier form that was held last, where there is none of
    those yet. goal_times: of a drill, how many repetitions are the goal, and its last day tells how many `times` it
    was; else 0.
    """

    exercise: str
    goal_s: int
    goal_times: int
    best: Mapping[str, float]
    last: Mapping[str, Any] | None
    easier: Mapping[str, float] = field(default_factory=dict)
    form: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The last days, oldest first, every exercise, and what changed in these days, the latest first."""

    days: tuple[PastDay, ...]
    exercises: tuple[Held, ...]
    changes: tuple[Turn, ...]


class ShowHistory:
    """The last days of a record, today included."""

    def __init__(self, records: Records, clock: Clock, rules: Rules) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, days: int = 28, *, zone: str | None = None) -> History:
        today = day_of(in_zone(self._clock.now(), zone))
        record = self._records.of(person)
        told, free = diary(record), freed(record, self._rules.programme.form)
        core = frozenset(exercise.id for exercise in self._rules.exercises if exercise.step is Step.CORE)
        gap = range(1, self._rules.programme.schedule.core_gap_days)
        wanted = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
        drills = frozenset(exercise.id for exercise in self._rules.exercises if exercise.repetition is not None)

        def rests(on: date) -> bool:
            """Whether no core work was due: the back rested from the last, or waited for somebody's word."""
            waits = on == today or free.since(on) is None
            return waits or any(_worked(told.on(on - timedelta(days=back)), core) for back in gap)

        return History(
            tuple(_past_day(on, told, drills, rests=rests(on)) for on in wanted),
            tuple(_held(exercise, told) for exercise in self._rules.exercises),
            tuple(turns(record, self._rules.programme, wanted[0], today)),
        )


def _worked(facts: Iterable[Fact], core: Collection[str]) -> bool:
    """Whether anything of core work was held."""
    sets = (fact.body for fact in facts if fact.type == "set-done")
    return any(told["exercise"] in core and told["credited_s"] > 0 for told in sets)


def _past_day(on: date, told: Diary, drills: Collection[str], *, rests: bool) -> PastDay:
    facts = told.on(on)
    sets = [fact for fact in facts if fact.type == "set-done"]
    return PastDay(
        on=on,
        rest=not sets and rests,
        missed=not sets and not rests,
        kept=any(fact.body["outcome"] == "done" and fact.body["credited_s"] > 0 for fact in sets),
        sets=tuple(_set(fact, seconds, drills) for fact in sets if (seconds := told.seconds(fact)) is not None),
        pain=tuple(pain for fact in facts for pain in _pain(fact)),
        effort=tuple(_picked(f, "session", "effort") for f in facts if f.type == "effort-reported"),
    )


def _set(fact: Fact, seconds: float, drills: Collection[str]) -> dict[str, Any]:
    """A hold of so many seconds, whether those are what the person told, and whether it was a repetition of a drill."""
    told = _picked(fact, "exercise", "rung", "side", "target_s", "measured", "outcome")
    return {**told, "credited_s": seconds, "told": ran_out(fact), "repetition": told["exercise"] in drills}


def _pain(fact: Fact) -> Iterable[dict[str, Any]]:
    """Pain as a fact tells it: a report does, a screen does for the last week and for now, and so does the weekly
    question for the week."""
    if fact.type == "pain-reported":
        yield _picked(fact, "when", "nprs", "words")
    if fact.type == "screen-answered":
        for when, field in (("week", "nprs"), ("now", "pain_now")):
            if fact.body[field] is not None:
                yield {"when": when, "nprs": fact.body[field], "words": None, "at": fact.at.isoformat()}
    if fact.type == "outcome-answered" and fact.body["instrument"] == "nprs":
        yield {"when": "week", "nprs": fact.body["nprs"], "words": None, "at": fact.at.isoformat()}


def _picked(fact: Fact, *names: str) -> dict[str, Any]:
    return {**{name: fact.body.get(name) for name in names}, "at": fact.at.isoformat()}


def _held(exercise: Exercise, told: Diary) -> Held:
    final = told.last.get(exercise.id)
    last = None if final is None else _last_day(final, told, exercise)
    if exercise.repetition is not None:
        return Held(exercise.id, exercise.dose.target_s, exercise.holds, {}, last)
    best = told.longest(
        exercise.id, [rung.id for rung in exercise.rungs if rung.goal_form or exercise.step is not Step.CORE]
    )
    if best or final is None:
        return Held(exercise.id, exercise.dose.target_s, 0, best, last)
    form = final.body["rung"]
    return Held(exercise.id, exercise.dose.target_s, 0, {}, last, told.longest(exercise.id, [form]), form)


def _last_day(final: Fact, told: Diary, exercise: Exercise) -> dict[str, Any]:
    facts = told.on(final.happened_on)
    holds = [fact for fact in facts if fact.type == "set-done" and fact.body["exercise"] == exercise.id]
    on = final.happened_on.isoformat()
    if exercise.repetition is not None:
        return {"on": on, "times": sum(fact.body["outcome"] == "done" for fact in holds)}
    longest: dict[str, float] = {}
    for fact in holds:
        side, seconds = fact.body.get("side") or BOTH, told.seconds(fact)
        if seconds is not None:
            longest[side] = max(longest.get(side, 0.0), seconds)
    return {"on": on, **longest}
