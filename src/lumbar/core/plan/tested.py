"""What a measured hold makes of a dose: where it begins, how far it may rise, and when a rung is too hard."""

from collections.abc import Sequence
from datetime import timedelta

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.message import Message, say
from lumbar.core.plan.ladder import Change, HoldDose, Ladder, Level, a_hold_fewer, by_test, cap_s, down, sets_for
from lumbar.core.plan.rungs import easier, sides_of, target_of
from lumbar.core.plan.session import Session
from lumbar.core.plan.told import Hold


def as_tested(level: Level, rung: int, session: Session) -> Level:
    """A test sets the dose, that of the shorter side, when the back took the session well; otherwise, and in a flare-up
    or a week of more pain, it may not lead to more than it would have led to then. So many sessions are tested and no
    more, whatever is known after them."""
    if not session.tests:
        return level
    level = replace(level, tested_on=session.on)
    if not level.pending:
        return level
    exercise, dosing = session.exercise, session.rules.dosing
    level = replace(level, tried=level.tried + 1, pending=level.tried + 1 < dosing.tests)
    test_s = _test_s(session)
    if test_s is None:
        return level
    tests = (*level.tests, test_s)
    level = replace(level, seen_s=max(level.seen_s, test_s)) if _is_seen(session) else level
    dose = by_test(max(tests), target_of(exercise), dosing, goal_form=exercise.rungs[rung].goal_form)
    if level.greens:
        dose = _capped(dose, level, session)
    if not session.answer.calm or session.answer.no_growth or _is_doubtful(session):
        known = session.answer.calm and not _is_doubtful(session)
        level = replace(level, tests=tests) if known else replace(level, unsettled=True)
        if dose.total_s >= level.dose.total_s:
            return level
        less = dose if dose.hold_s <= level.dose.hold_s else a_hold_fewer(level.dose)
        return replace(level, dose=less)
    words = _words(max(tests), dose, seen=max(tests) <= level.seen_s)
    why = Change(session.on, words, dosing.source)
    # Where the rung was held before, the cap may let less of it by the day that it is asked for.
    stepped_from = level.dose if level.greens and dose.hold_s > level.dose.hold_s else None
    return replace(level, tests=tests, dose=dose, why=why, stepped_from=stepped_from)


def retested(level: Level, rung: int, session: Session) -> Level:
    """A later test only raises the dose, and no further than the cap."""
    test_s = _test_s(session)
    if test_s is None:
        return level
    exercise, dosing, on = session.exercise, session.rules.dosing, session.on
    dose = by_test(test_s, target_of(exercise), dosing, goal_form=exercise.rungs[rung].goal_form)
    higher = _capped(dose, level, session)
    if higher.hold_s <= level.dose.hold_s:
        return level
    words = _words(test_s, higher, seen=_is_seen(session))
    return replace(level, dose=higher, count=0, full=(), why=Change(on, words, dosing.source), stepped_from=level.dose)


def _words(best_s: float, dose: HoldDose, *, seen: bool) -> Message:
    """What the best test leads to. Of the form it speaks only where a camera saw it."""
    message_id = "plan.reason.tested" if seen else "plan.reason.tested-unseen"
    return say(message_id, seconds=int(best_s), sets=dose.sets, hold=dose.hold_s)


def _is_seen(session: Session) -> bool:
    """Whether a camera saw all of its tests."""
    return all(hold.in_position_s > 0 for hold in session.tests)


def _is_doubtful(session: Session) -> bool:
    """Whether a test says too little to lead to more: it was harder than a test is to be, or the shape was lost where
    no camera saw when."""
    answer = session.answer
    hard = answer.effort is not None and answer.effort > session.test_effort
    return hard or (not _is_seen(session) and answer.kept == "no")


def _capped(dose: HoldDose, level: Level, session: Session) -> HoldDose:
    """A dose whose hold is no longer than the cap lets it be on the day after."""
    dosing = session.rules.dosing
    hold_s = down(cap_s(level, session.on + timedelta(days=1), dosing), dosing)
    return dose if dose.hold_s <= hold_s else HoldDose(hold_s, sets_for(hold_s, dosing))


def too_hard(level: Level, rung: int, session: Session) -> bool:
    """Whether a first test was so short that an easier rung is the one to go on with, however the back took it."""
    test_s = _test_s(session)
    if test_s is None or level.tested_on != session.on or not level.tried:
        return False
    best_s = max((*level.tests, test_s))
    return best_s < session.rules.dosing.test_easier_s and easier(session.exercise, rung) is not None


def tested_lower(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """On to the next easier rung, where a test that is still to come goes on."""
    below = easier(session.exercise, rung)
    if below is None:
        return ladder.with_level(rung, level)
    dosing = session.rules.dosing
    why = Change(session.on, say("plan.reason.test-easier", seconds=dosing.test_easier_s), dosing.source)
    floor = HoldDose(dosing.floor_hold_s, dosing.floor_sets)
    lower = Level(floor, tried=level.tried, pending=level.pending, sessions=level.sessions, why=why)
    return replace(ladder.with_level(rung, replace(level, pending=False)).with_level(below, lower), height=below)


def weaker_side(session: Session) -> Side | None:
    """The side whose test was the shorter one; None without a test of both, and when they were alike."""
    known = _tests_s(session)
    if len(known) < 2 or len(set(known.values())) < 2:
        return None
    return min(known, key=lambda side: known[side])


def _test_s(session: Session) -> float | None:
    """What a test came to, on the shorter side; None without one of every side of which it is known."""
    known = _tests_s(session)
    return min(known.values()) if len(known) == len(sides_of(session.exercise)) else None


def _tests_s(session: Session) -> dict[Side | None, float]:
    """What the test of each side came to, where it is known."""
    least_s = session.rules.dosing.test_least_s
    tests = [hold for hold in session.tests if hold.outcome in ("done", "stopped") and not hold.is_slip(least_s)]
    if not tests:
        return {}  # as in almost all sessions
    known = {
        side: _longest_s([hold for hold in tests if hold.side is side], session) for side in sides_of(session.exercise)
    }
    return {side: seconds for side, seconds in known.items() if seconds is not None}


def _longest_s(tests: Sequence[Hold], session: Session) -> float | None:
    """The longest of one side's tests. One that ran out by the clock is as long as the person says."""
    told = session.answer.told
    held = (hold.held_for(told.get(hold.side)) for hold in tests)
    return max((float(seconds) for seconds in held if seconds is not None), default=None)
