"""Which form of an exercise: the one that the person has come to, or the one that an answer or a thing asks for."""

from datetime import date
from itertools import islice

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.day import Why
from lumbar.core.plan.history import History
from lumbar.core.plan.myself import myself
from lumbar.core.plan.prescription import Known, position
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reviewed import said, set_for
from lumbar.core.position import Position
from lumbar.core.rung import Rung
from lumbar.core.safety import Form, Outcome, Verdict

_LOW = (Position.HALF_KNEELING, Position.PRONE, Position.SIDE_LYING, Position.SUPINE)


def choose(exercise: Exercise, programme: Programme, known: Known, base: int) -> tuple[Rung | None, tuple[Why, ...]]:
    """The rung that the person has come to or an answer asks for, and of those with what is at hand."""
    verdict = known.verdict
    since = verdict.easiest_since
    if since is not None and (exercise.step is Step.CORE or _comes_on(exercise, known, since, programme)):
        verdict = replace(verdict, easiest_since=None)  # core work has come down by itself, and climbs as always
    rung, why = choose_rung(exercise, verdict, programme.form, base)
    have = myself(known.history, known.on).equipment
    if rung is None or have is None:
        return rung, why
    have |= programme.comforts
    if not _lacks(rung, exercise, have):
        return rung, why
    number = exercise.number(rung)
    floor = known.verdict.off_floor
    fits = [
        n for n, one in enumerate(exercise.rungs)
        if n <= number and not _lacks(one, exercise, have) and not (floor and position(exercise, one) in _LOW)
    ]  # fmt: skip
    if not fits:
        return rung, why
    other, thing = exercise.rungs[max(fits)], _lacks(rung, exercise, have)[0]
    words = say("plan.reason.without", thing=f"@equipment.{thing}", form=f"@{exercise.id}.rung.{other.id}")
    return other, (*why, Why(words, "design"))


def named_waits(exercise: Exercise, programme: Programme, known: Known) -> tuple[Why, ...]:
    """That a form which a reviewer named waits, where an answer asks for another one; their word opens nothing that
    safety keeps away. Core work that has moved on from it since does not wait for it."""
    found = set_for(known.history, known.on, exercise.id, "rung")
    numbers = {rung.id: number for number, rung in enumerate(exercise.rungs)}
    named = None if found is None else numbers.get(str(found[1]))
    if found is None or named is None:
        return ()
    ladder = known.course.ladders.get(exercise.id)
    if exercise.step is Step.CORE and ladder is not None and ladder.height != named:
        return ()
    safe, _ = choose_rung(exercise, replace(known.verdict, easiest_since=None), programme.form, named)
    if safe is exercise.rungs[named]:
        return ()
    form = f"@{exercise.id}.rung.{exercise.rungs[named].id}"
    return (Why(say("plan.reason.reviewed-form-waits", form=form, **said(found[0])), "review"),)


def _comes_on(exercise: Exercise, known: Known, since: date, programme: Programme) -> bool:
    """Whether the easiest form of what is no core work has been there for long enough: it is what comes first."""
    said = set_for(known.history, known.on, exercise.id, "rung") is not None  # as the reviewer's note says
    return said or was_comfortable(exercise, known.history, known.on, programme.listening.hurts.comfortable_days, since)


def was_comfortable(exercise: Exercise, history: History, on: date, wanted: int, since: date = date.min) -> bool:
    """Whether something was done without hurting on so many days, since a day and before another."""
    hurt, days = history.hurts.get(exercise.id, ()), history.of(exercise.id).days.items()
    done = (day for day, holds in days if since <= day < on and any(hold.done for hold in holds) and day not in hurt)
    return sum(1 for _ in islice(done, wanted)) >= wanted


def _lacks(rung: Rung, exercise: Exercise, have: frozenset[str]) -> list[str]:
    """What a rung needs of an exercise's equipment, and is not at hand."""
    needs = {prop.id for prop in rung.props}
    return [thing for thing in exercise.equipment if thing in needs and thing not in have]


def choose_rung(exercise: Exercise, verdict: Verdict, form: Form, base: int) -> tuple[Rung | None, tuple[Why, ...]]:
    """The rung that the person has come to, or the easiest that an answer asks for. None when all lie on the floor and
    the person may not.

    base: the number of the rung that they have come to.
    """
    rungs = exercise.rungs
    asked = [number for number, rung in enumerate(rungs) if rung.modifications & verdict.flags]
    gentle = verdict.outcome is Outcome.START_GENTLE and exercise.step is Step.CORE
    lowest = min(number for number, rung in enumerate(rungs) if not rung.variant)
    index = min([lowest if gentle or verdict.easiest_since is not None else base, *asked])
    if verdict.off_floor:
        standing = [number for number, rung in enumerate(rungs) if position(exercise, rung) not in _LOW]
        if not standing:
            return None, (Why(say("plan.reason.off-floor"), "design"),)
        index = max((n for n in standing if n <= index), default=min(standing))
    rung = rungs[index]
    why = _why(rung, verdict, form, gentle=gentle, easier=index < base)
    shown = Why(say("plan.reason.form", form=f"@{exercise.id}.rung.{rung.id}"), why[0].source) if why else None
    return rung, tuple(why if shown is None or (index == base and not gentle) else [*why, shown])


def _why(rung: Rung, verdict: Verdict, form: Form, *, gentle: bool, easier: bool) -> list[Why]:
    """Why this rung and not the first: the answers that asked for it."""
    if gentle:
        return [Why(say("plan.reason.gentle"), "design")]
    asked = [reason for reason in verdict.reasons if rung.modifications & form.items[reason.item].flags]
    if asked:
        return [Why(reason.message, form.items[reason.item].source) for reason in asked]
    return [Why(say("plan.reason.easier"), "design")] if easier else []
