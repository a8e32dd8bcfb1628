"""How hard, how long and how often: the rung, the hold and the sets of an exercise, with reasons."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.absence import fresh, returned
from lumbar.core.plan.bout import Bout, bout_on
from lumbar.core.plan.course import LASTING
from lumbar.core.plan.day import Goal, HoldTest, Why
from lumbar.core.plan.forms import named_waits
from lumbar.core.plan.gap import start_dose
from lumbar.core.plan.ladder import HoldDose, Ladder, Level, a_hold_fewer, asked_for, waits_for_cap
from lumbar.core.plan.limits import limited, most_s
from lumbar.core.plan.load import goal_kg
from lumbar.core.plan.myself import myself
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.proposed import choose_agreed, new_exercise, next_form
from lumbar.core.plan.reaction import Reaction, read
from lumbar.core.plan.reviewed import holding, left_out_by, said, set_for
from lumbar.core.plan.reviewed_ladder import REVIEWED
from lumbar.core.plan.rungs import easiest
from lumbar.core.plan.stretch import hurt_since, is_removed, stretch, stretch_s, times
from lumbar.core.plan.weight import with_weight
from lumbar.core.rung import Rung
from lumbar.core.safety import Outcome


def goal(exercise: Exercise) -> Goal:
    """What the brief works up to."""
    dose, drill = exercise.dose, exercise.repetition
    counted = {} if drill is None else {"sets": dose.sets, "repetitions": drill.count}
    return Goal(dose.sets, dose.target_s, say(f"{exercise.id}.goal", seconds=dose.target_s, **counted))


def goal_for(exercise: Exercise, known: Known) -> Goal:
    """What somebody works up to: the brief's goal, with a lighter weight where its own would be too much for them."""
    mass_kg = myself(known.history, known.on).body_mass_kg if exercise.loads else None
    kg = goal_kg(exercise.loads[0], mass_kg) if exercise.loads else None
    if kg is None:
        return goal(exercise)
    words = say("plan.goal.lighter", seconds=exercise.dose.target_s, kg=kg, pounds=exercise.loads[0].first_lb or 0)
    return replace(goal(exercise), message=words)


def prescribe(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    """The dose of an exercise for somebody who may do it. What a review stopped rests until a later one."""
    stopped = _stopped(exercise, known)
    if stopped is not None:
        start = start_dose(programme)
        core = exercise.step is Step.CORE
        sets, hold_s = (start.sets, start.hold_s) if core else (times(exercise), stretch_s(programme, exercise))
        return Prescription(None, sets, hold_s, (Why(stopped, "review"),))
    if exercise.step is not Step.CORE:
        dose = new_exercise(exercise, known, stretch(programme, exercise, known))
        return (
            dose
            if dose.rung is None
            else replace(dose, reasons=(*dose.reasons, *named_waits(exercise, programme, known)))
        )
    dose = new_exercise(exercise, known, limited(_core(programme, exercise, known), exercise, programme, known))
    every = Why(_every(programme.schedule.core_gap_days), exercise.dose.source)
    told = (*named_waits(exercise, programme, known), every)
    return dose if dose.rung is None else replace(dose, reasons=(*dose.reasons, *told))


def _stopped(exercise: Exercise, known: Known) -> Message | None:
    """What the last review says, where it stops the plan or this exercise."""
    if holding(known.history, known.on) is not None:
        return say("plan.reason.review-stop")
    left_out = left_out_by(known.history, known.on, exercise.id)
    return None if left_out is None else say("plan.reason.review-left-out", **said(left_out))


def _core(programme: Programme, exercise: Exercise, known: Known) -> Prescription:
    ladder = known.course.ladders.get(exercise.id) or Ladder(exercise.number(exercise.first_rung))
    start = start_dose(programme)
    rung, why, proposal = choose_agreed(exercise, programme, known, ladder.height)
    hurts = programme.listening.hurts
    hurt = is_removed(hurt_since(exercise, known.history, known.on, hurts), hurts)
    if rung is None or ladder.rests is not None or hurt:
        rests = Why(say("plan.reason.rests"), programme.listening.reactions.source)
        rests = Why(say("plan.reason.removed"), hurts.source) if hurt else rests
        reasons = why if rung is None else (rests,)
        return Prescription(None, start.sets, start.hold_s, reasons, until_reviewed=rung is not None)
    level = _level(exercise, rung, ladder, programme, known)
    if known.verdict.outcome is Outcome.START_GENTLE:
        return _no_more_than(start, rung, level, why, programme)
    dosing = programme.listening.dosing
    waits = _waits(exercise, rung, level, ladder, programme, known)
    if waits is not None:
        easier_one, because = waits
        there = _level(exercise, easier_one, ladder, programme, known)
        return _no_more_than(start, easier_one, there, (*why, Why(because, dosing.source)), programme)
    if ladder.uneasy is not None and ladder.uneasy < exercise.number(rung):
        easier_one = exercise.rungs[ladder.uneasy]
        there = _level(exercise, easier_one, ladder, programme, known)
        still = Why(say("plan.reason.stays-easier"), programme.listening.reactions.source)
        return Prescription(
            easier_one, there.dose.sets, there.dose.hold_s, (*why, still, *_listened(there, start, programme))
        )
    listened = (
        *why,
        *_made(exercise, level, start, programme, known),
        *_not_counting(exercise, level, programme, known),
    )
    dose = asked_for(level, known.on, dosing)
    if dose != level.dose:
        listened = (*listened, Why(waits_for_cap(dosing), dosing.source))
    if ladder.uneasy is not None and dose.total_s > level.dose.total_s:
        dose = a_hold_fewer(dose)  # a step that waits must not ask for more after a session that was not taken well
    if level.pending:
        listened = (*listened, *_test_waits(exercise, ladder, programme, known))
    plain = Prescription(rung, dose.sets, dose.hold_s, listened, proposal=proposal)
    test = _test(exercise, level, ladder, programme, known)
    if test is not HoldTest.NONE:
        made = () if test is HoldTest.FIRST and level.why is None else _listened(level, start, programme)
        if test is HoldTest.FIRST and level.tried:
            words = "plan.reason.test-unsettled" if level.unsettled else "plan.reason.test-untold"
            made = (*made, Why(say(words), dosing.source))
        longest_s = most_s(exercise, programme, known)
        tested = _tested(replace(plain, reasons=(*why, *made)), test, longest_s, programme)
        return next_form(tested, exercise, ladder, level, dosing, known)
    plain = next_form(plain, exercise, ladder, level, dosing, known)
    return with_weight(plain, exercise, level, ladder, programme, known) if exercise.loads else plain


def _uneasy(exercise: Exercise, ladder: Ladder, programme: Programme, known: Known) -> bool:
    """Whether the last core work was not taken well, as far as that concerns an exercise: also one that was left out of
    it, for a bad morning, or pain that nobody put down to others, is of all."""
    if ladder.uneasy is not None:
        return True
    last = _last_core(programme, known)
    if last is None or exercise.id in last.holds:
        return False
    reading = read(last, known.course.usual, programme.listening.reactions)
    concerned = reading.morning if last.named else max(reading.morning, reading.session)
    return concerned > Reaction.GREEN


def _made(exercise: Exercise, level: Level, start: HoldDose, programme: Programme, known: Known) -> tuple[Why, ...]:
    """What made the dose, and what comes next. Nothing grows while one side alone is held, so what leads on is said
    instead: a form that both arms may be able to do."""
    made = _listened(level, start, programme)
    if not _one_sided(exercise, known):
        return made
    said = (why for why in made if why.message.id not in _GROWS)
    return (*said, Why(say("plan.reason.one-side"), programme.listening.dosing.source))


_GROWS = frozenset({"plan.reason.start-dose", "plan.reason.test-unknown", "plan.reason.tests-unsettled"})
"""Reasons that promise more than a session of one side leads to."""


def _one_sided(exercise: Exercise, known: Known) -> bool:
    """Whether one and the same side alone was held on the last two days with the exercise."""
    if not exercise.two_sided:
        return False
    held = known.history.of(exercise.id).days
    latest = (on for on in sorted(held, reverse=True) if on < known.on and any(hold.worked for hold in held[on]))
    days = list(islice(latest, 2))
    sides = {hold.side for on in days for hold in held[on] if hold.worked}
    return len(days) > 1 and len(sides) == 1 and None not in sides


def _test_waits(exercise: Exercise, ladder: Ladder, programme: Programme, known: Known) -> Iterable[Why]:
    """What a first test waits for, besides a day with less pain."""
    dosing = programme.listening.dosing
    if _uneasy(exercise, ladder, programme, known):
        untold = _morning_untold(programme, known)
        words = "plan.reason.test-untold-morning" if untold else "plan.reason.test-waits-still"
        yield Why(say(words), dosing.source)
    if most_s(exercise, programme, known) < dosing.test_easier_s:
        yield Why(say("plan.reason.test-waits-light"), dosing.source)


def _morning_untold(programme: Programme, known: Known) -> bool:
    """Whether the last core work went well, and how the morning after it was is all that nobody knows."""
    last = _last_core(programme, known)
    if last is None or last.answered:
        return False
    return read(last, known.course.usual, programme.listening.reactions).all_of_it is Reaction.GREEN


def _last_core(programme: Programme, known: Known) -> Bout | None:
    """The last day's core work, with all that was told of it; None before there was any."""
    if known.course.last_on is None:
        return None
    core = [exercise.id for exercise in programme.of_step(Step.CORE)]
    within = timedelta(hours=programme.schedule.morning_after_h)
    return bout_on(known.course.last_on, known.history, core, within)


def _not_counting(exercise: Exercise, level: Level, programme: Programme, known: Known) -> Iterable[Why]:
    """That a session after some days without core work leads to no more, and whose word that is, where a reviewer set
    so few days. It does so then as well: they know best what comes after a week, and may set it."""
    last_on, gaps = known.course.last_on, programme.listening.gaps
    band = None if last_on is None else gaps.band((known.on - last_on).days)
    if last_on is None or band is None or band.counts or band.shares or band.anew or level.back:
        return
    yield Why(say("plan.reason.not-counted", count=(known.on - last_on).days), gaps.source)
    found = set_for(known.history, known.on, exercise.id, "days_per_week")
    if found is not None and timedelta(weeks=1) / int(found[1]) >= timedelta(days=band.from_days):
        profession = found[0].fact.body["profession"]
        yield Why(say("plan.reason.reviewed-seldom", profession=profession), "review")


def _waits(
    exercise: Exercise, rung: Rung, level: Level, ladder: Ladder, programme: Programme, known: Known
) -> tuple[Rung, Message] | None:
    """Where core work goes on while its first tests wait: on the easiest rung on a day with more pain than a test is
    for, and on that one still after a session there that was not taken well. None when nothing waits."""
    if not level.pending:
        return None
    if known.before is not None and known.before > programme.listening.dosing.test_pain:
        lowest = exercise.rungs[easiest(exercise, exercise.number(rung))]
        return lowest, say("plan.reason.test-waits", pain=known.before)
    if ladder.uneasy is not None and ladder.uneasy < exercise.number(rung):
        return exercise.rungs[ladder.uneasy], say("plan.reason.test-waits-still")
    return None


def _test(exercise: Exercise, level: Level, ladder: Ladder, programme: Programme, known: Known) -> HoldTest:
    """Whether the first hold of the day is a test. Nobody is tested after a session that was not taken well, in a
    flare-up or a week of more pain, on a way back, on a rung that is new, or with more pain than a test is for. What
    only a review ends keeps off the later tests alone: without the first ones nothing would ever grow. So does a dose
    that stands as a reviewer set it, for they asked for no more than that."""
    dosing, course = programme.listening.dosing, known.course
    much = known.before is not None and known.before > dosing.test_pain
    worse = course.flare is not None or course.heard.stays(known.on, programme.listening.weekly)
    booked = course.book.keys() - LASTING if level.pending else course.book.keys()
    if much or worse or booked or level.entered or level.back or _uneasy(exercise, ladder, programme, known):
        return HoldTest.NONE
    if most_s(exercise, programme, known) < dosing.test_easier_s:
        return HoldTest.NONE  # a limit would end it before it tells anything
    gap = None if course.last_on is None else programme.listening.gaps.band((known.on - course.last_on).days)
    away = gap is not None and not gap.counts
    if level.pending:
        return HoldTest.FIRST if not level.tests else HoldTest.NONE if away else HoldTest.AGAIN
    if away:
        return HoldTest.NONE
    first_on, at_target = course.first_on, level.dose.hold_s >= exercise.dose.target_s
    if first_on is None or at_target or not dosing.tests or _is_as_set(level):
        return HoldTest.NONE
    weeks = (known.on - first_on).days // 7
    since = first_on + timedelta(weeks=weeks)
    tested = any(on is not None and on >= since for on in (rung.tested_on for rung in ladder.levels.values()))
    return HoldTest.LATER if weeks in dosing.test_weeks and not tested else HoldTest.NONE


def _is_as_set(level: Level) -> bool:
    """Whether a reviewer's word is the last one about a dose: nothing has moved it since."""
    return level.why is not None and level.why.message.id == REVIEWED


def _tested(plain: Prescription, test: HoldTest, target_s: int, programme: Programme) -> Prescription:
    """The dose of a day whose first hold is a test: the very first is followed by one hold, a share of it."""
    dosing = programme.listening.dosing
    measured = replace(plain, test=test, test_s=target_s, test_effort=dosing.test_effort)
    if test is HoldTest.FIRST:
        share = round(100 * dosing.first_share)
        why = Why(say("plan.reason.test-first", seconds=target_s, share=share, hold=dosing.floor_hold_s), dosing.source)
        first = replace(measured, sets=dosing.floor_sets, hold_s=dosing.floor_hold_s)
        return replace(first, reasons=(why, *plain.reasons))
    again = Why(say(f"plan.reason.test-{test.value}", seconds=target_s), dosing.source)
    return replace(measured, reasons=(again, *plain.reasons))


def _no_more_than(
    start: HoldDose, rung: Rung, level: Level, reasons: tuple[Why, ...], programme: Programme
) -> Prescription:
    """The start dose, which does not grow here; or less, where the back has asked for less. What a reviewer set waits,
    and is told."""
    less = level.dose.total_s < start.total_s
    dose = level.dose if less else start
    made = _listened(level, start, programme) if less else (_begins(start, programme),)
    why = level.why
    if not less and why is not None and why.message.id == REVIEWED:
        made = (*made, Why(say("plan.reason.reviewed-waits", **why.message.params), why.source))
    return Prescription(rung, dose.sets, dose.hold_s, (*reasons, *made))


def _level(exercise: Exercise, rung: Rung, ladder: Ladder, programme: Programme, known: Known) -> Level:
    number, start, rules = exercise.number(rung), start_dose(programme), programme.listening
    level = ladder.known(number) or fresh(exercise, number, rules, start)
    return returned(level, known.course.last_on, known.on, exercise, number, rules, start)


def _begins(start: HoldDose, programme: Programme) -> Why:
    words = say("plan.reason.start-dose", sets=start.sets, seconds=start.hold_s)
    return Why(words, programme.start_dose.source)


def _listened(level: Level, start: HoldDose, programme: Programme) -> tuple[Why, ...]:
    """What made the dose what it is, and what comes next."""
    dosing = programme.listening.dosing
    made = _begins(start, programme) if level.why is None else Why(level.why.message, level.why.source)
    if level.why is None and level.tried and not level.pending:
        words = "plan.reason.tests-unsettled" if level.unsettled else "plan.reason.test-unknown"
        return (made, Why(say(words), dosing.source))
    if level.back:
        step = level.back[0]
        coming = say("plan.reason.back-next", sets=step.sets, seconds=step.hold_s)
        return (made, Why(coming, programme.listening.reactions.source))
    if level.count and not level.full:  # at the target no step is left
        return (made, Why(say("plan.reason.counted", count=level.count, of=dosing.step_after), dosing.source))
    return (made,)


def _every(days: int) -> Message:
    return say("plan.reason.every-other-day") if days == 2 else say("plan.reason.every-days", count=days)
