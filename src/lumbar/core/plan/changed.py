"""What changed in a plan, day by day, and why: the courses of a record, each day's held against the one before.

Nothing new is decided here. A dose, a form, a weight and a walk carry the reason of their last change with them, and
what reviewers, flare-ups and answers made of the whole is told by the day on which they came.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.course import Course
from lumbar.core.plan.courses import Courses, courses
from lumbar.core.plan.history import History, fold
from lumbar.core.plan.ladder import Change, Ladder, Loaded
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reviewed import left_out_by, said
from lumbar.core.plan.rules import Hurts
from lumbar.core.plan.stretch import hurt_since, is_removed, stands
from lumbar.core.plan.walking import Walking
from lumbar.core.record import Record
from lumbar.core.safety import Freed, freed


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the plan. exercise: whose; None where it is about walks or about all of it. why: None where what it
    says is reason enough."""

    on: date
    what: Message
    why: Message | None = None
    exercise: str | None = None

    def as_json(self) -> dict[str, object]:
        """The change as plain values."""
        return {
            "on": self.on.isoformat(),
            "exercise": self.exercise,
            "what": self.what.as_json(),
            "why": None if self.why is None else self.why.as_json(),
        }


@dataclass(frozen=True, slots=True)
class _Step:
    """A day on which something was told: the course before it and after it. since: the last such day
    before it."""

    on: date
    since: date
    before: Course
    after: Course
    programme: Programme


def turns(record: Record, programme: Programme, first_on: date, last_on: date) -> list[Turn]:
    """What changed from one day to another, the latest first."""
    history, known = fold(record), courses(record, programme)
    found = [
        *_looked_over(history, first_on, last_on),
        *_held_back(freed(record, programme.form), first_on, last_on),
    ]
    for exercise in programme.exercises.values():
        found += _resting(exercise, history, known, programme, first_on, last_on)
    for step in _steps(known, programme, first_on, last_on):
        found += _of_all(step)
        for name in step.after.ladders:
            found += _of_one(name, step)
        found += _of_walks(step)
    found = [turn for turn in found if first_on <= turn.on <= last_on]
    return sorted(found, key=lambda turn: turn.on, reverse=True)


def _steps(known: Courses, programme: Programme, first_on: date, last_on: date) -> Iterator[_Step]:
    begin = bisect_left(known.days, first_on)
    before, since = known.before(first_on), known.days[begin - 1] if begin else date.min
    for on, after in zip(known.days[begin:], known.after[begin:], strict=True):
        if on > last_on:
            return
        yield _Step(on, since, before, after, programme)
        before, since = after, on


def _looked_over(history: History, first_on: date, last_on: date) -> Iterator[Turn]:
    """Reviews, on the days on which they were told of."""
    for review in history.reviews:
        if first_on <= review.on <= last_on:
            yield Turn(
                review.on, say("plan.changed.review"), say(f"plan.changed.said.{review.decision}", **said(review))
            )


def _held_back(free: Freed, first_on: date, last_on: date) -> Iterator[Turn]:
    """Answers that hold somebody back, and the end of that."""
    number = bisect_left(free.moments, first_on, key=lambda moment: moment[1])
    was = free.free[number - 1] if number else True
    for (_, on), now in zip(free.moments[number:], free.free[number:], strict=True):
        if on > last_on:
            return
        if now is not was:
            name = "free" if now else "held"
            yield Turn(on, say(f"plan.changed.{name}"), say(f"plan.changed.why.{name}"))
        was = now


def _resting(
    exercise: Exercise, history: History, known: Courses, programme: Programme, first_on: date, last_on: date
) -> Iterator[Turn]:
    """That an exercise rests, that it goes on again, and that a stretch which hurt comes in an easier form: each day on
    which that may have come about against the day before, by what the plan itself goes by."""
    hurts, hurt_on = programme.listening.hurts, history.hurts.get(exercise.id, ())
    core = exercise.step is Step.CORE
    for on in sorted({*hurt_on, *history.reviews.days, *(known.days if core else ())}):
        if not first_on <= on <= last_on:
            continue
        eve = on - timedelta(days=1)
        was, now = (_rests(exercise, history, known, hurts, day) for day in (eve, on))
        if was is None and now is not None:
            yield _about(exercise, on, "rests", now)
        elif was is not None and now is None:
            yield _about(exercise, on, "again", None)
        elif now is None and not core and on in hurt_on:
            before, after = (stands(exercise, history, day, hurts, with_it=True) for day in (eve, on))
            if after.number < before.number and after.hurt >= hurts.easier_at:
                yield _about(exercise, on, "easier", say("plan.reason.hurt-before", count=after.hurt))


def _rests(exercise: Exercise, history: History, known: Courses, hurts: Hurts, on: date) -> Message | None:
    """Why an exercise rests once a day is over; None where it does not."""
    if (review := left_out_by(history, on, exercise.id)) is not None:
        return say("plan.reason.review-left-out", **said(review))
    if is_removed(hurt_since(exercise, history, on, hurts, with_it=True), hurts):
        return say("plan.reason.removed")
    ladder = known.before(on + timedelta(days=1)).ladders.get(exercise.id)
    return None if ladder is None or ladder.rests is None else say("plan.reason.rests")


def _about(exercise: Exercise, on: date, name: str, why: Message | None) -> Turn:
    return Turn(on, say(f"plan.changed.{name}", exercise=f"@{exercise.id}.name"), why, exercise.id)


def _of_all(step: _Step) -> Iterator[Turn]:
    """Flare-ups, and what shuts all weights."""
    before, after = step.before, step.after
    if after.flare is not None and (before.flare is None or before.flare.began != after.flare.began):
        yield Turn(step.on, say("plan.changed.flare"), say("plan.changed.why.flare"))
    elif before.flare is not None and after.flare is None:
        yield Turn(step.on, say("plan.changed.flare-over"), say("plan.changed.why.flare-over"))
    if after.load_shut_on == step.on and before.load_shut_on != step.on:
        rules = step.programme.listening.reactions
        yield Turn(step.on, say("plan.changed.load-shut"), say("plan.load.shut", count=rules.reds, days=rules.red_days))


def _of_one(name: str, step: _Step) -> Iterator[Turn]:
    """Another form, dose or weight of one exercise of core work."""
    exercise = step.programme.exercises.get(name)
    if exercise is None:
        return
    was, now = step.before.ladders.get(name), step.after.ladders[name]

    def turn(on: date, named: str, why: Message | None, **params: str | float) -> Turn:
        return Turn(on, say(f"plan.changed.{named}", exercise=f"@{name}.name", **params), why, name)

    yield from _dosed(exercise, was, now, step, turn)
    yield from _loaded(None if was is None else was.loaded, now.loaded, step, turn)


def _dosed(
    exercise: Exercise, was: Ladder | None, now: Ladder, step: _Step, turn: Callable[..., Turn]
) -> Iterator[Turn]:
    """Another form or another dose. What is first held is no change; what its measured hold came to is one."""
    level = now.known(now.height)
    if level is None:
        return
    why = _fresh(level.why, step)
    on, words = (step.on, None) if why is None else (why.on, why.message)
    dose = {"sets": level.dose.sets, "seconds": level.dose.hold_s}
    if was is not None and was.height != now.height:
        yield turn(on, "rung", words, form=f"@{exercise.id}.rung.{exercise.rungs[now.height].id}", **dose)
        return
    earlier = None if was is None else was.known(now.height)
    if earlier is None:
        if why is not None:
            yield turn(on, "begins", words, **dose)
    elif earlier.dose != level.dose:
        yield turn(on, "dose", words, was_sets=earlier.dose.sets, was_s=earlier.dose.hold_s, **dose)


def _loaded(was: Loaded | None, now: Loaded | None, step: _Step, turn: Callable[..., Turn]) -> Iterator[Turn]:
    """Another weight, or none."""
    if now is None:
        if was is not None:
            yield turn(step.on, "load-gone", _away(was, step))
        return
    if was is None:
        yield turn(step.on, "load", say("plan.load.carries", kg=now.kg, seconds=now.hold_s), kg=now.kg)
    elif now.kg > was.kg:
        yield turn(step.on, "load", say("plan.changed.why.load-earned"), kg=now.kg)
    elif now.kg < was.kg:
        yield turn(step.on, "load", _away(was, step, kg=was.kg) or say("plan.changed.why.load-less"), kg=now.kg)
    if now.rests > (0 if was is None else was.rests):
        yield turn(step.on, "load-rests", say("plan.load.rests", count=now.rests))


def _away(was: Loaded, step: _Step, **params: float) -> Message | None:
    """That a weight was not carried for so long; None where it was carried lately."""
    days = (step.on - was.carried_on).days
    band = step.programme.listening.gaps.band(days)
    if band is None or not (band.anew or band.shares):
        return None
    return say("plan.changed.why.load-away", count=days, **params)


def _fresh(why: Change | None, step: _Step) -> Change | None:
    """A reason, where it came on this day or on the silent days before it."""
    return why if why is not None and step.since < why.on <= step.on else None


def _of_walks(step: _Step) -> Iterator[Turn]:
    was, now = step.before.walking, step.after.walking
    if now.bout_min == was.bout_min or now.bout_min is None:
        return
    why = _fresh(now.why, step)
    on, words = (step.on, _usual(now)) if why is None else (why.on, why.message)
    if was.bout_min is None:
        yield Turn(on, say("plan.changed.walk-begins", minutes=now.bout_min), words)
    else:
        yield Turn(on, say("plan.changed.walk", was=was.bout_min, minutes=now.bout_min), words)


def _usual(now: Walking) -> Message | None:
    """That it is the walk that was told to be comfortable; None where it is another."""
    told_min = now.told_min
    return None if told_min is None or told_min != now.bout_min else say("plan.reason.walk-usual", minutes=told_min)
