"""What one session makes of an exercise's ladder: nothing, a step up, a smaller dose with a way back, another rung."""

from collections.abc import Sequence
from datetime import date

from lumbar.core.changing import replace
from lumbar.core.message import say
from lumbar.core.plan.absence import fresh, returned
from lumbar.core.plan.ladder import Change, Ladder, Level, Loaded, as_asked_for, climbed, kept_greens, stepped
from lumbar.core.plan.load import as_carried, carried_kg, carried_on, come_back, first_load, is_untidy
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.rules import Dosing
from lumbar.core.plan.rungs import harder, target_of
from lumbar.core.plan.session import Session, is_complete, seen_well, shape_kept
from lumbar.core.plan.tested import as_tested, retested, tested_lower, too_hard, weaker_side
from lumbar.core.plan.told import Hold
from lumbar.core.plan.too_much import after_amber, after_red, after_short_red, as_held, as_long, back_down, no_more


def trained(ladder: Ladder, session: Session) -> Ladder:
    """The ladder after a session. Holds on a rung that the exercise has not any more move nothing."""
    exercise, rules = session.exercise, session.rules
    rungs = [rung.id for rung in exercise.rungs]
    known = [hold for hold in session.holds if hold.rung in rungs]
    if not known:
        return ladder
    session = session if len(known) == len(session.holds) else replace(session, holds=known)
    rung = min(rungs.index(hold.rung) for hold in known)
    ladder = ladder.settled(rung)
    uneasy, weaker = None if session.answer.calm else rung, weaker_side(session) or ladder.weaker
    if (ladder.uneasy, ladder.weaker) != (uneasy, weaker):
        ladder = replace(ladder, uneasy=uneasy, weaker=weaker)
    if any(hold.load_kg > 0 for hold in known):
        return _carried(ladder, rung, session)
    if ladder.loaded is not None and ladder.loaded.rests:
        ladder = replace(ladder, loaded=replace(ladder.loaded, rests=ladder.loaded.rests - 1))
    level = ladder.levels.get(rung) or fresh(exercise, rung, rules, session.start)
    back = returned(level, session.last_on, session.on, exercise, rung, rules, session.start)
    level = back if as_long(back, session) else level  # with a limit it is not come back to yet
    level = level if session.answer.light else as_held(level, session)
    level = as_asked_for(level, session.on, rules.dosing)
    if level.entered and _gave_out(known, rules.dosing):
        return back_down(ladder, rung, session)
    streak, greens = level.full, kept_greens(level, session.on, rules.dosing)
    held_on = session.on if level.held_on is None or as_long(level, session) else level.held_on
    level = replace(level, sessions=level.sessions + 1, greens=greens, entered=False, full=(), held_on=held_on)
    tested = as_tested(level, rung, session)
    if level.pending and too_hard(tested, rung, session):
        return tested_lower(ladder, rung, tested, session)
    baseline, level = level.pending and tested.tested_on == session.on, tested
    if session.answer.reaction is Reaction.RED:
        return after_short_red(after_red(ladder, rung, as_held(level, session), session), rung, session)
    answer = session.answer
    if answer.reaction is Reaction.GREEN and answer.answered and (answer.short or not answer.stays):
        return _green(ladder, rung, level, session, streak, baseline=baseline)
    ladder = ladder.with_level(rung, level)
    if answer.reaction is Reaction.AMBER:
        return ladder if answer.before_only else after_amber(ladder, rung, level, session)
    return ladder.with_level(rung, no_more(level, rung, session)) if answer.stays and not answer.short else ladder


def _gave_out(holds: Sequence[Hold], dosing: Dosing) -> bool:
    """Whether the first hold on a new rung ended too soon. A test that was over at once tells nothing of it."""
    first = next((hold for hold in holds if not hold.is_slip(dosing.test_least_s)), None)
    return first is not None and first.credited_s < min(dosing.gives_out_s, first.target_s)


def _green(
    ladder: Ladder, rung: int, level: Level, session: Session, streak: tuple[tuple[date, bool], ...], *, baseline: bool
) -> Ladder:
    """A session that the back took well: on a way back it leads one step on, otherwise it may count. streak: the row
    of those at the target before it; baseline: it was one of the first tests, whose other holds say nothing of what may
    be asked for."""
    greens = level.greens if baseline else _with_green(level, session)
    complete = is_complete(session.exercise, session.holds, level.dose, session.answer.told)
    goes_on = complete and not session.answer.no_growth and not session.answer.short
    if goes_on and level.back:
        why = Change(session.on, say("plan.reason.way-back"), session.rules.reactions.source)
        to, *left = level.back
        level = replace(level, greens=greens, dose=to, back=tuple(left), why=why, stepped_from=None)
        return ladder.with_level(rung, level)
    may_grow = goes_on and _may_count(level, session)
    if not may_grow or not session.answer.easy:
        level = replace(level, greens=greens)
        return ladder.with_level(rung, _raised(level, rung, session) if may_grow else level)
    full = (*streak, (session.on, seen_well(session)))
    level = replace(level, greens=greens, count=level.count + 1, full=full)
    return _counted(ladder, rung, _raised(level, rung, session), session)


def _raised(level: Level, rung: int, session: Session) -> Level:
    """The level with what a later test came to, where that was no harder than a test is to be: up to there it goes on,
    which may be more than a session that counts."""
    effort = session.answer.effort
    return level if effort is not None and effort > session.test_effort else retested(level, rung, session)


def _with_green(level: Level, session: Session) -> tuple[tuple[date, int], ...]:
    """The green holds with those of a session, where that was one."""
    held_s = [int(hold.target_s) for hold in session.holds if hold.done and not hold.is_test]
    green = session.answer.reaction is Reaction.GREEN and session.answer.answered
    kept = kept_greens(level, session.on, session.rules.dosing)
    return (*kept, (session.on, max(held_s))) if held_s and green else kept


def _may_count(level: Level, session: Session) -> bool:
    """Whether a complete green session may count towards the next step, but for its effort."""
    if level.pending or level.sessions < session.rules.dosing.from_session:
        return False
    return session.answer.may_count and shape_kept(session)


def _counted(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """A session that counts: sometimes the next rung, sometimes a longer hold, most often a part of the way there."""
    exercise, dosing = session.exercise, session.rules.dosing
    target, goal_form = target_of(exercise), exercise.rungs[rung].goal_form
    if level.dose == target and goal_form:
        return ladder.with_level(rung, level)
    level = replace(level, full=())
    above = harder(exercise, rung)
    ready = level.dose.hold_s >= dosing.up_hold_s and level.count >= dosing.up_after
    if ready and not goal_form and rung == ladder.height and above is not None:
        if session.most is not None and above > session.most:  # it waits, and what was earned stays earned
            return ladder.with_level(rung, replace(level, count=dosing.up_after))
        return climbed(ladder.with_level(rung, replace(level, count=0)), above, session.on, dosing)
    if level.count >= dosing.step_after:
        level = stepped(level, session.on, target, dosing)
    return ladder.with_level(rung, level)


def _carried(ladder: Ladder, rung: int, session: Session) -> Ladder:
    """A session with a weight. When the back or the form did not take it well, the weight goes for a while."""
    level = ladder.levels.get(rung)
    rules, answer = session.rules.loading, session.answer
    loaded = _taken_up(ladder.loaded, session) or first_load(carried_kg(session.holds), session.on, rules)
    red = answer.reaction is Reaction.RED
    if red or is_untidy(session.holds, rules):
        loaded = replace(loaded, count=0, rests=rules.rest_sessions)
    else:
        loaded = as_carried(loaded, session.holds, rules)
        loaded = carried_on(loaded, session.exercise, session.holds, rules, may_grow=_may_grow(session))
    ladder = replace(ladder, loaded=replace(loaded, held_on=session.on))
    if level is not None:
        level = replace(level, held_on=session.on, greens=_with_green(level, session))
        ladder = ladder.with_level(rung, level)
    if level is None or answer.before_only or answer.reaction is Reaction.GREEN:
        return ladder
    if red:  # what was too much is what was held, which with a weight is shorter than without
        return after_short_red(
            after_red(ladder, rung, as_held(replace(level, full=()), session), session), rung, session
        )
    return after_amber(ladder, rung, level, session)


def _taken_up(loaded: Loaded | None, session: Session) -> Loaded | None:
    """The weight that a session goes on with; None where it begins with a first one."""
    if loaded is None or not session.exercise.loads:
        return loaded
    return come_back(loaded, session.exercise.loads[0], session.on, session.rules.gaps, session.rules.loading)


def _may_grow(session: Session) -> bool:
    answer = session.answer
    told = answer.reaction is Reaction.GREEN and answer.answered and not answer.stays and not answer.no_growth
    return told and answer.may_count and answer.easy and shape_kept(session)
