"""What a session that was too much makes of a ladder: less, with a way back, an easier rung, or rest."""

from datetime import date, timedelta

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.ladder import (
    Change,
    HoldDose,
    Ladder,
    Level,
    a_hold_fewer,
    a_set_fewer,
    down,
    eased,
    one_up,
    scaled,
    way_back,
)
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.rules import Listening
from lumbar.core.plan.rungs import easier, sides_of, target_of
from lumbar.core.plan.session import Session
from lumbar.core.plan.tested import retested


def as_long(level: Level, session: Session) -> bool:
    """Whether holds as long as the dose were asked for; in the short version, as long as it ever asks for."""
    wanted_s = min(level.dose.hold_s, session.short_s) if session.answer.short else level.dose.hold_s
    return session.longest_s >= wanted_s


def as_held(level: Level, session: Session) -> Level:
    """The level, of a session that asked for shorter holds than its dose: with a limit, in a gentle start, or on a day
    that was not the one to be tested on. So what was too much is what was held, and not what it would have led to."""
    waited = level.pending and not session.tests and session.longest_s <= session.start.hold_s
    if waited and session.start.total_s < level.dose.total_s:
        return replace(level, dose=session.start)
    if as_long(level, session):
        return level
    times = max(sum(hold.side is side for hold in session.holds) for side in sides_of(session.exercise))
    longest_s = down(session.longest_s, session.rules.dosing)  # an odd client may ask for less than the floor
    held = HoldDose(longest_s, max(times, level.dose.sets))  # who stopped early was asked for no fewer
    return replace(level, dose=held, count=0, back=(), stepped_from=None, held_on=session.on)


def after_red(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """A share of the dose, with the way back; from the least there is, the rung gets easier."""
    reactions, dosing, on = session.rules.reactions, session.rules.dosing, session.on
    if scaled(level.dose, reactions.red_share, dosing) == level.dose:
        return _easier(ladder, rung, level, session.exercise, on, session.rules)
    because = "plan.reason.eased-back-morning" if session.answer.worse_morning else "plan.reason.eased-back"
    words = say(because, share=round(100 * reactions.red_share))
    shares = (reactions.red_share, *reactions.red_back)
    less = eased(level, on, shares, dosing, Change(on, words, reactions.source))
    # A new drop begins a new way back: what was left of an older one would lead past the dose that was too much.
    back = tuple(step for step in less.back if step.total_s <= level.dose.total_s)
    return replace(ladder.with_level(rung, replace(less, back=back)), ambers=())


def after_short_red(ladder: Ladder, rung: int, session: Session) -> Ladder:
    """The short version stands for the whole dose; when even that was too much, the next one is a share of the seconds
    that were held in it, and leads on to what comes after too much of the whole."""
    level, rules = ladder.levels[rung], session.rules
    asked_s = max(_asked_s(session, side) for side in sides_of(session.exercise))
    if not session.answer.short or ladder.height != rung or level.dose.total_s <= asked_s:
        return ladder
    sets = rules.dosing.floor_sets
    less = HoldDose(down(asked_s * rules.reactions.red_share / sets, rules.dosing), sets)
    best_s = level.best_green(session.on, rules.dosing.cap_back_days)
    goes_back = best_s is not None and level.dose.hold_s <= best_s  # to no hold that did not go well before
    return ladder.with_level(rung, replace(level, dose=less, back=(level.dose, *level.back) if goes_back else ()))


def _asked_s(session: Session, side: Side | None) -> float:
    return sum(hold.target_s for hold in session.holds if hold.side is side)


def after_amber(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """Stay; with another one lately, a little less. The two are spent then."""
    reactions, on = session.rules.reactions, session.on
    since = on - timedelta(days=reactions.amber_days)
    ambers = (*(day for day in ladder.ambers if day > since), on)
    if len(ambers) < reactions.ambers:
        return replace(ladder.with_level(rung, no_more(level, rung, session)), ambers=ambers)
    level = as_held(level, session)
    words = say("plan.reason.a-set-fewer", count=reactions.ambers, days=reactions.amber_days)
    why = Change(on, words, reactions.source)
    return less(ladder, rung, level, reactions.amber_share, session.exercise, why, session.rules)


def less(
    ladder: Ladder, rung: int, level: Level, share: float, exercise: Exercise, why: Change, rules: Listening
) -> Ladder:
    """A set fewer, or a share of the hold of two, with the way back to what it was. Below the least it is the rung that
    gets easier."""
    dosing = rules.dosing
    dose = a_set_fewer(level.dose, share, dosing)
    if dose == level.dose:
        return _easier(ladder, rung, level, exercise, why.on, rules)
    back = way_back(level.dose, dose, (1.0,), level.best_green(why.on, dosing.cap_back_days), dosing)
    fewer = replace(level, dose=dose, back=back, count=0, why=why, stepped_from=None, eased_on=why.on)
    return replace(ladder.with_level(rung, fewer), ambers=())


def no_more(level: Level, rung: int, session: Session) -> Level:
    """The same dose, or a hold fewer where a session without that pain would have led to longer and fewer holds: more
    pain must not mean more seconds."""
    dosing = session.rules.dosing
    up = level.count + 1 >= dosing.step_after
    after = [one_up(level.dose, target_of(session.exercise), dosing)] if up else []
    after.append(retested(level, rung, session).dose)
    if min(dose.total_s for dose in after) >= level.dose.total_s:
        return level
    why = Change(session.on, say("plan.reason.a-hold-fewer"), session.rules.reactions.source)
    return replace(level, dose=a_hold_fewer(level.dose), why=why, stepped_from=None)


def _easier(ladder: Ladder, rung: int, level: Level, exercise: Exercise, on: date, rules: Listening) -> Ladder:
    """Less than the least: an easier rung; on the easiest one the exercise rests until it is reviewed."""
    below = easier(exercise, rung)
    ladder = replace(ladder.with_level(rung, replace(level, count=0, back=())), ambers=())
    if below is None:
        return replace(ladder, rests=on)
    dosing = rules.dosing
    floor = HoldDose(dosing.floor_hold_s, dosing.floor_sets)
    why = Change(on, say("plan.reason.easier-rung"), rules.reactions.source)
    known = ladder.level(below, Level(floor, sessions=dosing.from_session))
    lower = replace(known, dose=floor, pending=False, count=0, back=(), full=(), why=why, stepped_from=None)
    lower = replace(lower, held_on=on, eased_on=on)
    return replace(ladder.with_level(below, lower), height=min(ladder.height, below))


def back_down(ladder: Ladder, rung: int, session: Session) -> Ladder:
    """The new rung's first hold gave out: once more to the rung before, at the dose that stands there, and at a
    share of it when the back did not like it. In a flare-up it is a smaller one than led up."""
    below = easier(session.exercise, rung)
    if below is None:
        return ladder
    dosing = session.rules.dosing
    dose = HoldDose(dosing.up_hold_s, dosing.up_sets)
    why = Change(session.on, say("plan.reason.rung-back", seconds=dosing.gives_out_s), dosing.source)
    known = ladder.level(below, Level(dose, sessions=dosing.from_session))
    levels = {number: level for number, level in ladder.levels.items() if number != rung}
    lower = replace(known, count=0, why=why, stepped_from=None, held_on=session.on, eased_on=session.on)
    ladder = replace(ladder, height=below, levels={**levels, below: lower})
    return after_red(ladder, below, lower, session) if session.answer.reaction is Reaction.RED else ladder
