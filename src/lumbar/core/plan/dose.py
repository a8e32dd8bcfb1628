"""How hard, how long and how often: the rung, the hold and the sets of an exercise, with reasons."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from lumbar.core.check import Repetition
from lumbar.core.exercise import Exercise, Position, Rung, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.course import Course
from lumbar.core.plan.day import Goal, Test, Why
from lumbar.core.plan.gap import start_dose
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import HoldDose, Ladder, Level, Loaded, a_hold_fewer, asked_for
from lumbar.core.plan.load import allowed, carrier, dose_of, first_kg, unmet
from lumbar.core.plan.myself import myself
from lumbar.core.plan.programme import Limit, Programme
from lumbar.core.plan.rungs import easier, target_of
from lumbar.core.plan.train import fresh
from lumbar.core.safety import Form, Outcome, Verdict

_LOW = (Position.HALF_KNEELING, Position.PRONE, Position.SIDE_LYING, Position.SUPINE)


@dataclass(frozen=True, slots=True)
class Prescription:
    """A dose with its reasons.

    rung: None when the exercise has no form that this person may do now. test: whether its first hold is to be held for
    as long as the form keeps, test_s at the most. load_kg: what is carried in it; carry: how. until_reviewed: it rests
    until a clinician has looked at it.
    """

    rung: Rung | None
    sets: int
    hold_s: int
    reasons: tuple[Why, ...]
    test: Test = Test.NONE
    test_s: int = 0
    load_kg: float = 0.0
    carry: Message | None = None
    until_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a dose is made from, besides the programme. before: pain told before exercise today; None before it is."""

    verdict: Verdict
    course: Course
    history: History
    on: date
    before: int | None


def position(exercise: Exercise, rung: Rung) -> Position:
    """Where the body is on a rung."""
    return rung.position or exercise.position


def goal(exercise: Exercise) -> Goal:
    """What the brief works up to."""
    dose, drill = exercise.dose, exercise.repetition
    counted = {} if drill is None else {"sets": dose.sets, "repetitions": drill.count}
    return Goal(dose.sets, dose.target_s, say(f"{exercise.id}.goal", seconds=dose.target_s, **counted))


def prescribe(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    """The dose of an exercise for somebody who may do it. What a review stopped rests until a later one."""
    stopped = _stopped(exercise, known)
    if stopped is not None:
        start = start_dose(programme)
        core = exercise.step is Step.CORE
        sets, hold_s = (start.sets, start.hold_s) if core else (_times(exercise), stretch_s(programme, exercise))
        return Prescription(None, sets, hold_s, (Why(stopped, "review"),))
    if exercise.step is not Step.CORE:
        return _stretch(programme, exercise, known)
    dose = _limited(_core(programme, exercise, known), programme, known)
    every = Why(_every(programme.schedule.core_gap_days), exercise.dose.source)
    return dose if dose.rung is None else replace(dose, reasons=(*dose.reasons, every))


def _stopped(exercise: Exercise, known: Known) -> Message | None:
    """What the last review says, where it stops the plan or this exercise."""
    told = [review for review in known.history.reviews if review.on <= known.on]
    if not told:
        return None
    if told[-1].decision == "stop":
        return say("plan.reason.review-stop")
    row = told[-1].changes.get(exercise.id) or {}
    return say("plan.reason.review-left-out") if row.get("stop") else None


def _core(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    ladder = known.course.ladders.get(exercise.id) or Ladder(exercise.rungs.index(exercise.first_rung))
    start = start_dose(programme)
    rung, why = _choose(exercise, programme, known, ladder.height)
    if rung is None or ladder.rests is not None:
        rests = Why(say("plan.reason.rests"), programme.listening.reactions.source)
        reasons = why if rung is None else (rests,)
        return Prescription(None, start.sets, start.hold_s, reasons, until_reviewed=rung is not None)
    level = _level(exercise, rung, ladder, programme)
    if known.verdict.outcome is Outcome.START_GENTLE:
        return _no_more_than(start, rung, level, why, programme)
    dosing = programme.listening.dosing
    waits = _waits(exercise, rung, level, ladder, programme, known)
    if waits is not None:
        easier_one, because = waits
        there = _level(exercise, easier_one, ladder, programme)
        return _no_more_than(start, easier_one, there, (*why, Why(because, dosing.source)), programme)
    listened = (*why, *_listened(level, start, programme))
    dose = asked_for(level, known.on, dosing)
    if ladder.uneasy is not None and dose.total_s > level.dose.total_s:
        dose = a_hold_fewer(dose)  # a step that waits must not ask for more after a session that was not taken well
    if level.pending and ladder.uneasy is not None:
        listened = (*listened, Why(say("plan.reason.test-waits-still"), dosing.source))
    plain = Prescription(rung, dose.sets, dose.hold_s, listened)
    test = _test(exercise, level, ladder, programme, known)
    if test is not Test.NONE:
        made = () if test is Test.FIRST and level.why is None else _listened(level, start, programme)
        if test is Test.FIRST and level.tried:
            made = (*made, Why(say("plan.reason.test-untold"), dosing.source))
        limit = _limit(programme, known)
        most_s = exercise.dose.target_s if limit is None else min(limit.hold_s, exercise.dose.target_s)
        return _tested(replace(plain, reasons=(*why, *made)), test, most_s, programme)
    return _with_weight(plain, exercise, level, ladder, programme, known) if exercise.loads else plain


def _waits(
    exercise: Exercise, rung: Rung, level: Level, ladder: Ladder, programme: Programme, known: Known
) -> tuple[Rung, Message] | None:
    """Where core work goes on while its first tests wait: on the easiest rung on a day with more pain than a test is
    for, and on that one still after a session there that was not taken well. None when nothing waits."""
    if not level.pending:
        return None
    if known.before is not None and known.before > programme.listening.dosing.test_pain:
        return _easiest(exercise, rung), say("plan.reason.test-waits", pain=known.before)
    if ladder.uneasy is not None and ladder.uneasy < exercise.rungs.index(rung):
        return exercise.rungs[ladder.uneasy], say("plan.reason.test-waits-still")
    return None


def _test(exercise: Exercise, level: Level, ladder: Ladder, programme: Programme, known: Known) -> Test:
    """Whether the first hold of the day is a test. Nobody is tested after a session that was not taken well, in a
    flare-up, on a way back, on a rung that is new, or with more pain than a test is for."""
    dosing, course = programme.listening.dosing, known.course
    much = known.before is not None and known.before > dosing.test_pain
    if much or ladder.uneasy is not None or level.entered or level.back or course.flare is not None or course.book:
        return Test.NONE
    gap = None if course.last_on is None else programme.listening.gaps.band((known.on - course.last_on).days)
    away = gap is not None and not gap.counts
    if level.pending:
        return Test.FIRST if not level.tests else Test.NONE if away else Test.AGAIN
    if away:
        return Test.NONE
    first_on, at_target = course.first_on, level.dose.hold_s >= exercise.dose.target_s
    if first_on is None or at_target or not dosing.tests:
        return Test.NONE
    weeks = (known.on - first_on).days // 7
    since = first_on + timedelta(weeks=weeks)
    tested = any(on is not None and on >= since for on in (rung.tested_on for rung in ladder.levels.values()))
    return Test.LATER if weeks in dosing.test_weeks and not tested else Test.NONE


def _tested(plain: Prescription, test: Test, target_s: int, programme: Programme) -> Prescription:
    """The dose of a day whose first hold is a test: the very first is followed by one hold, a share of it."""
    dosing = programme.listening.dosing
    if test is Test.FIRST:
        share = round(100 * dosing.first_share)
        why = Why(say("plan.reason.test-first", seconds=target_s, share=share), dosing.source)
        first = replace(plain, sets=dosing.floor_sets, hold_s=dosing.floor_hold_s, test=test, test_s=target_s)
        return replace(first, reasons=(why, *plain.reasons))
    again = Why(say(f"plan.reason.test-{test.value}", seconds=target_s), dosing.source)
    return replace(plain, test=test, test_s=target_s, reasons=(again, *plain.reasons))


def _limit(programme: Programme, known: Known) -> Limit | None:
    """What holds are limited to, for whom an answer asks for it: in the first weeks after that answer, and of core
    work, anew after a new beginning."""
    for limit in programme.limits:
        if limit.flag not in known.verdict.flags:
            continue
        days = [known.verdict.flagged_on.get(limit.flag), known.course.anew_on]
        if None in days or known.on < max(day for day in days if day is not None) + timedelta(weeks=limit.weeks):
            return limit
    return None


def _limited(dose: Prescription, programme: Programme, known: Known) -> Prescription:
    """The dose of somebody whose answers ask for shorter holds in their first weeks."""
    limit = _limit(programme, known)
    if limit is None:
        return dose
    words = say("plan.reason.limited", seconds=limit.hold_s, weeks=limit.weeks, effort=limit.effort)
    reasons = (*dose.reasons, Why(words, limit.source))
    hold_s, test_s = min(dose.hold_s, limit.hold_s), min(dose.test_s, limit.hold_s)
    return replace(dose, hold_s=hold_s, test_s=test_s, load_kg=0.0, carry=None, reasons=reasons)


def _no_more_than(
    start: HoldDose, rung: Rung, level: Level, reasons: tuple[Why, ...], programme: Programme
) -> Prescription:
    """The start dose, which does not grow here; or less, where the back has asked for less."""
    less = level.dose.total_s < start.total_s
    dose = level.dose if less else start
    made = _listened(level, start, programme) if less else (_begins(start, programme),)
    return Prescription(rung, dose.sets, dose.hold_s, (*reasons, *made))


def _with_weight(
    plain: Prescription, exercise: Exercise, level: Level, ladder: Ladder, programme: Programme, known: Known
) -> Prescription:
    """The dose with its weight, where every precondition holds; with what it waits for, at the target without it."""
    rules, rung = programme.listening.loading, plain.rung
    if rung is None or not rung.goal_form or level.dose != target_of(exercise) or level.back:
        return plain
    who = carrier(known.history, known.on)
    missing = unmet(level, who, known.course.first_on, known.on, rules)
    safety = known.verdict.outcome is not Outcome.START or known.course.book or known.course.flare
    if missing or safety:
        waits = tuple(Why(message, rules.source) for message in missing)
        return replace(plain, reasons=(*plain.reasons, *waits))
    load = exercise.loads[0]
    first = first_kg(load, who)
    begins = None if first is None else Loaded(first, rules.hold_s, known.on)
    loaded = begins if ladder.loaded is None else allowed(ladder.loaded, load, who, exercise.dose.target_s)
    if loaded is None or loaded.rests:
        words = say("plan.load.too-heavy") if loaded is None else say("plan.load.rests", count=loaded.rests)
        return replace(plain, reasons=(*plain.reasons, Why(words, rules.source)))
    hold_s = dose_of(loaded, known.on, rules, programme.listening.dosing)
    why = Why(say("plan.load.carries", kg=loaded.kg, seconds=hold_s), load.rule_source or load.source)
    carry = say(f"{exercise.id}.carry.{'helped' if who.helper else 'alone'}", kg=loaded.kg)
    loads = replace(plain, sets=rules.sets, hold_s=hold_s, load_kg=loaded.kg, carry=carry)
    return replace(loads, reasons=(why, *plain.reasons))


def _level(exercise: Exercise, rung: Rung, ladder: Ladder, programme: Programme) -> Level:
    number = exercise.rungs.index(rung)
    return ladder.level(number, fresh(exercise, number, programme.listening, start_dose(programme)))


def _easiest(exercise: Exercise, rung: Rung) -> Rung:
    """The easiest rung of the ladder that this one stands on."""
    number = exercise.rungs.index(rung)
    while (below := easier(exercise, number)) is not None:
        number = below
    return exercise.rungs[number]


def _begins(start: HoldDose, programme: Programme) -> Why:
    words = say("plan.reason.start-dose", sets=start.sets, seconds=start.hold_s)
    return Why(words, programme.start_dose.source)


def _listened(level: Level, start: HoldDose, programme: Programme) -> tuple[Why, ...]:
    """What made the dose what it is, and what comes next."""
    dosing = programme.listening.dosing
    made = _begins(start, programme) if level.why is None else Why(level.why.message, level.why.source)
    if level.why is None and level.tried and not level.pending:
        return (made, Why(say("plan.reason.test-unknown"), dosing.source))
    if level.back:
        step = level.back[0]
        coming = say("plan.reason.back-next", sets=step.sets, seconds=step.hold_s)
        return (made, Why(coming, programme.listening.reactions.source))
    if level.count and not level.full:  # at the target no step is left
        return (made, Why(say("plan.reason.counted", count=level.count, of=dosing.step_after), dosing.source))
    return (made,)


def _stretch(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    hurts = programme.listening.hurts
    days = hurt_days(exercise, known, hurts.days)
    base = exercise.rungs.index(exercise.first_rung)
    eased: tuple[Why, ...] = ()
    if len(days) >= hurts.removed_at:
        removed = Why(say("plan.reason.removed"), hurts.source)
        return Prescription(None, _times(exercise), stretch_s(programme, exercise), (removed,), until_reviewed=True)
    if len(days) >= hurts.easier_at:
        below = easier(exercise, base)
        base = base if below is None else below
        eased = (Why(say("plan.reason.hurt-before", count=len(days)), hurts.source),)
    elif _comfortable(exercise, known, hurts.comfortable_days):
        base += 1
        eased = (Why(say("plan.reason.comfortable", count=hurts.comfortable_days), hurts.source),)
    rung, why = _choose(exercise, programme, known, base)
    hold_s = stretch_s(programme, exercise)
    if exercise.repetition is not None:
        return Prescription(rung, exercise.holds, hold_s, (*why, *eased, *_drilled(exercise, exercise.repetition)))
    source = exercise.dose.source if hold_s == exercise.dose.target_s else programme.stretching.source
    often = Why(_often(exercise.dose.times_per_day, hold_s), source)
    return Prescription(rung, 1, hold_s, (*why, *eased, often))


def _drilled(exercise: Exercise, drill: Repetition) -> tuple[Why, ...]:
    """Why a drill, and how much of it and how often."""
    dose = exercise.dose
    often = say("plan.reason.drill", sets=dose.sets, repetitions=drill.count, count=dose.days_per_week)
    return Why(say(f"{exercise.id}.why"), drill.why_source), Why(often, dose.source)


def _times(exercise: Exercise) -> int:
    """How often a stretch is held, or a drill repeated, a side where there are sides."""
    return 1 if exercise.repetition is None else exercise.holds


def hurt_days(exercise: Exercise, known: Known, within_days: int) -> list[date]:
    """The days before this one on which a stretch hurt lately, since the last review."""
    since = known.on - timedelta(days=within_days)
    reviewed = known.course.reviewed_on
    begins = since if reviewed is None else max(since, reviewed)
    lately = (begins + timedelta(days=days) for days in range((known.on - begins).days))
    return [day for day in lately if _hurt_on(exercise, known.history, day)]


def _hurt_on(exercise: Exercise, history: History, on: date) -> bool:
    return any(hold.outcome == "hurt" for hold in history.today(exercise.id, on))


def _comfortable(exercise: Exercise, known: Known, wanted: int) -> bool:
    """Whether a first rung that is not yet in the brief's form has been comfortable for long enough."""
    if exercise.first_rung.goal_form:
        return False
    found = 0
    for on, holds in known.history.of(exercise.id).days.items():
        if on < known.on and any(hold.done for hold in holds) and not _hurt_on(exercise, known.history, on):
            found += 1
            if found >= wanted:
                return True
    return False


def _every(days: int) -> Message:
    return say("plan.reason.every-other-day") if days == 2 else say("plan.reason.every-days", count=days)


def _often(times_per_day: tuple[int, int], hold_s: int) -> Message:
    """In words where there are some, as the brief says it: once, or once or twice a day."""
    words = {(1, 1): "once", (1, 2): "twice"}.get(times_per_day)
    if words is not None:
        return say(f"plan.reason.stretch-{words}", seconds=hold_s)
    least, most = times_per_day
    return say("plan.reason.stretch-times", seconds=hold_s, least=least, most=most)


def stretch_s(programme: Programme, exercise: Exercise) -> int:
    """How long a stretch is held, or the bottom of a drill's repetition."""
    if exercise.repetition is not None:
        return exercise.dose.target_s
    return programme.stretching.hold_s or exercise.dose.target_s


def _choose(exercise: Exercise, programme: Programme, known: Known, base: int) -> tuple[Rung | None, tuple[Why, ...]]:
    """The rung that the person has come to or an answer asks for, and of those with what is at hand."""
    rung, why = choose_rung(exercise, known.verdict, programme.form, base)
    have = myself(known.history, known.on).equipment
    if rung is None or have is None:
        return rung, why
    have |= programme.comforts
    if not _lacks(rung, exercise, have):
        return rung, why
    number = exercise.rungs.index(rung)
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
    index = min([lowest if gentle or verdict.easiest else base, *asked])
    if verdict.off_floor:
        standing = [number for number, rung in enumerate(rungs) if position(exercise, rung) not in _LOW]
        if not standing:
            return None, (Why(say("plan.reason.off-floor"), "design"),)
        index = max((n for n in standing if n <= index), default=min(standing))
    rung = rungs[index]
    why = _why(rung, verdict, form, gentle=gentle, easier=index < base)
    shown = Why(say("plan.reason.form", form=f"@{exercise.id}.rung.{rung.id}"), why[0].source) if why else None
    return rung, tuple(why if shown is None or index == base else [*why, shown])


def _why(rung: Rung, verdict: Verdict, form: Form, *, gentle: bool, easier: bool) -> list[Why]:
    """Why this rung and not the first: the answers that asked for it."""
    if gentle:
        return [Why(say("plan.reason.gentle"), "design")]
    asked = [reason for reason in verdict.reasons if rung.modifications & form.items[reason.item].flags]
    if asked:
        return [Why(reason.message, form.items[reason.item].source) for reason in asked]
    return [Why(say("plan.reason.easier"), "design")] if easier else []
