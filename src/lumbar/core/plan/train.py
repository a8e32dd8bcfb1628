"""What one session makes of an exercise's ladder: nothing, a step up, a smaller dose with a way back, another rung."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.absence import fresh, returned
from lumbar.core.plan.ladder import (
    Change,
    HoldDose,
    Ladder,
    Level,
    a_hold_fewer,
    a_set_fewer,
    as_asked_for,
    by_test,
    cap_s,
    climbed,
    down,
    eased,
    kept_greens,
    one_up,
    scaled,
    sets_for,
    stepped,
    way_back,
)
from lumbar.core.plan.load import as_carried, carried_kg, carried_on, first_load, is_untidy, well_held
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.rules import Listening
from lumbar.core.plan.rungs import easier, harder, sides_of, target_of
from lumbar.core.plan.told import Hold


@dataclass(frozen=True, slots=True)
class Answer:
    """How a session was answered, for one exercise.

    reaction: by everything that is put down to it. before_only: the pain before is all that speaks for it. answered:
    the pain after it and the morning after were told. stays: something else of the session was painful, so this one
    stays as it is. short: it was the short version of the day. easy: effort that counts, or that is put down to other
    exercises. may_count: nothing about the day itself keeps it from counting. no_growth: a flare-up, or a week of more
    pain, lets nothing grow or come back. kept: what the person says of the shape. effort: 0-10, where it is put down to
    this exercise. told: how long tests that no camera saw were held, in seconds, by side. light: no more effort than
    even a limit of the first weeks allows. worse_morning: only the morning after, as clearly worse, makes it too much.
    """

    reaction: Reaction
    before_only: bool
    answered: bool
    stays: bool
    short: bool
    easy: bool
    may_count: bool
    no_growth: bool
    kept: str | None
    effort: int | None = None
    told: Mapping[Side | None, int] = field(default_factory=dict)
    light: bool = True
    worse_morning: bool = False

    @property
    def calm(self) -> bool:
        """Whether it was answered in full, and green but for what the pain before it alone says."""
        return self.answered and (self.reaction is Reaction.GREEN or self.before_only)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of one exercise. holds: with anything held, in order. start: what core work begins with. last_on: the
    last day with core work before it. short_s: the longest hold of the short version, which stands for longer ones.
    most: the number of the hardest rung that needs nobody's word; None where changes do not wait for one. longest_s:
    the longest hold that was asked for; tests: those to be held for as long as the form keeps."""

    exercise: Exercise
    holds: Sequence[Hold]
    answer: Answer
    rules: Listening
    start: HoldDose
    last_on: date | None = None
    short_s: int = 0
    most: int | None = None
    longest_s: float = field(init=False)
    tests: tuple[Hold, ...] = field(init=False)

    def __post_init__(self) -> None:
        # Looked at once, for everything that a session may come to asks for them.
        object.__setattr__(self, "longest_s", max(hold.target_s for hold in self.holds))
        object.__setattr__(self, "tests", tuple(hold for hold in self.holds if hold.is_test))

    @property
    def on(self) -> date:
        """Its day."""
        return self.holds[0].on


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
    uneasy, weaker = None if session.answer.calm else rung, _weaker(session) or ladder.weaker
    if (ladder.uneasy, ladder.weaker) != (uneasy, weaker):
        ladder = replace(ladder, uneasy=uneasy, weaker=weaker)
    if any(hold.load_kg > 0 for hold in known):
        return _carried(ladder, rung, session)
    if ladder.loaded is not None and ladder.loaded.rests:
        ladder = replace(ladder, loaded=replace(ladder.loaded, rests=ladder.loaded.rests - 1))
    level = ladder.levels.get(rung) or fresh(exercise, rung, rules, session.start)
    back = returned(level, session.last_on, session.on, exercise, rung, rules, session.start)
    level = back if _as_long(back, session) else level  # with a limit it is not come back to yet
    level = level if session.answer.light else _as_held(level, session)
    level = as_asked_for(level, session.on, rules.dosing)
    gave_out = level.entered and known[0].credited_s < min(rules.dosing.gives_out_s, known[0].target_s)
    if gave_out and session.answer.reaction < Reaction.RED:
        return _back_down(ladder, rung, session)
    streak, greens = level.full, kept_greens(level, session.on, rules.dosing)
    held_on = session.on if level.held_on is None or _as_long(level, session) else level.held_on
    level = replace(level, sessions=level.sessions + 1, greens=greens, entered=False, full=(), held_on=held_on)
    tested = _tested(level, rung, session)
    if level.pending and _too_hard(tested, rung, session):
        return _tested_lower(ladder, rung, tested, session)
    baseline, level = level.pending and tested.tested_on == session.on, tested
    if session.answer.reaction is Reaction.RED:
        return _short_red(_red(ladder, rung, _as_held(level, session), session), rung, session)
    answer = session.answer
    if answer.reaction is Reaction.GREEN and answer.answered and (answer.short or not answer.stays):
        return _green(ladder, rung, level, session, streak, baseline=baseline)
    ladder = ladder.with_level(rung, level)
    if answer.reaction is Reaction.AMBER:
        return ladder if answer.before_only else _amber(ladder, rung, level, session)
    return ladder.with_level(rung, _no_more(level, rung, session)) if answer.stays and not answer.short else ladder


def _as_long(level: Level, session: Session) -> bool:
    """Whether holds as long as the dose were asked for; in the short version, as long as it ever asks for."""
    wanted_s = min(level.dose.hold_s, session.short_s) if session.answer.short else level.dose.hold_s
    return session.longest_s >= wanted_s


def _as_held(level: Level, session: Session) -> Level:
    """The level, of a session that asked for shorter holds than its dose: with a limit, in a gentle start, or on a day
    that was not the one to be tested on. So what was too much is what was held, and not what it would have led to."""
    waited = level.pending and not session.tests
    if waited and session.start.total_s < level.dose.total_s:
        return replace(level, dose=session.start)
    if _as_long(level, session):
        return level
    times = max(sum(hold.side is side for hold in session.holds) for side in sides_of(session.exercise))
    held = HoldDose(int(session.longest_s), max(times, level.dose.sets))  # who stopped early was asked for no fewer
    return replace(level, dose=held, count=0, back=(), stepped_from=None, held_on=session.on)


def _tested(level: Level, rung: int, session: Session) -> Level:
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
    dose = by_test(max(tests), target_of(exercise), dosing, goal_form=exercise.rungs[rung].goal_form)
    if level.greens:
        dose = _capped(dose, level, session)
    if not session.answer.calm or session.answer.no_growth or _is_doubtful(session):
        known = session.answer.calm and not _is_doubtful(session)
        level = replace(level, tests=tests) if known else level
        if dose.total_s >= level.dose.total_s:
            return level
        less = dose if dose.hold_s <= level.dose.hold_s else a_hold_fewer(level.dose)
        return replace(level, dose=less)
    words = say("plan.reason.tested", seconds=int(max(tests)), sets=dose.sets, hold=dose.hold_s)
    why = Change(session.on, words, dosing.source)
    # Where the rung was held before, the cap may let less of it by the day that it is asked for.
    stepped_from = level.dose if level.greens and dose.hold_s > level.dose.hold_s else None
    return replace(level, tests=tests, dose=dose, why=why, stepped_from=stepped_from)


def _is_doubtful(session: Session) -> bool:
    """Whether a test says too little to lead to more: it was harder than a test is to be, or the shape was lost where
    no camera saw when."""
    answer = session.answer
    hard = answer.effort is not None and answer.effort > session.rules.dosing.test_effort
    unseen = any(hold.in_position_s <= 0 for hold in session.tests)
    return hard or (unseen and answer.kept == "no")


def _capped(dose: HoldDose, level: Level, session: Session) -> HoldDose:
    """A dose whose hold is no longer than the cap lets it be on the day after."""
    dosing = session.rules.dosing
    hold_s = down(cap_s(level, session.on + timedelta(days=1), dosing), dosing)
    return dose if dose.hold_s <= hold_s else HoldDose(hold_s, sets_for(hold_s, dosing))


def _too_hard(level: Level, rung: int, session: Session) -> bool:
    """Whether a first test was so short that an easier rung is the one to go on with, however the back took it."""
    test_s = _test_s(session)
    if test_s is None or level.tested_on != session.on or not level.tried:
        return False
    best_s = max((*level.tests, test_s))
    return best_s < session.rules.dosing.test_easier_s and easier(session.exercise, rung) is not None


def _tested_lower(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """On to the next easier rung, where a test that is still to come goes on."""
    below = easier(session.exercise, rung)
    if below is None:
        return ladder.with_level(rung, level)
    dosing = session.rules.dosing
    why = Change(session.on, say("plan.reason.test-easier", seconds=dosing.test_easier_s), dosing.source)
    floor = HoldDose(dosing.floor_hold_s, dosing.floor_sets)
    lower = Level(floor, tried=level.tried, pending=level.pending, sessions=level.sessions, why=why)
    return replace(ladder.with_level(rung, replace(level, pending=False)).with_level(below, lower), height=below)


def _test_s(session: Session) -> float | None:
    """What a test came to, on the shorter side; None without one of every side of which it is known."""
    known = _tests_s(session)
    return min(known.values()) if len(known) == len(sides_of(session.exercise)) else None


def _weaker(session: Session) -> Side | None:
    """The side whose test was the shorter one; None without a test of both, and when they were alike."""
    known = _tests_s(session)
    if len(known) < 2 or len(set(known.values())) < 2:
        return None
    return min(known, key=lambda side: known[side])


def _tests_s(session: Session) -> dict[Side | None, float]:
    """What the test of each side came to, where it is known."""
    tests = [hold for hold in session.tests if hold.outcome in ("done", "stopped")]
    if not tests:
        return {}  # as in almost all sessions
    known = {
        side: _longest_s([hold for hold in tests if hold.side is side], session) for side in sides_of(session.exercise)
    }
    return {side: seconds for side, seconds in known.items() if seconds is not None}


def _longest_s(tests: Sequence[Hold], session: Session) -> float | None:
    """The longest of one side's tests. One that ran out by the clock is as long as the person says."""
    told = session.answer.told
    held = [told.get(hold.side) if hold.ran_out else hold.credited_s for hold in tests]
    return max((float(seconds) for seconds in held if seconds is not None), default=None)


def _back_down(ladder: Ladder, rung: int, session: Session) -> Ladder:
    """The new rung's first hold gave out: once more to the rung before, at the dose that stands there. In a flare-up
    that is a smaller one than led up."""
    below = easier(session.exercise, rung)
    if below is None:
        return ladder
    dosing = session.rules.dosing
    dose = HoldDose(dosing.up_hold_s, dosing.up_sets)
    why = Change(session.on, say("plan.reason.rung-back", seconds=dosing.gives_out_s), dosing.source)
    known = ladder.level(below, Level(dose, sessions=dosing.from_session))
    levels = {number: level for number, level in ladder.levels.items() if number != rung}
    levels[below] = replace(known, count=0, why=why, stepped_from=None, held_on=session.on, eased_on=session.on)
    return replace(ladder, height=below, levels=levels)


def _red(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
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


def _short_red(ladder: Ladder, rung: int, session: Session) -> Ladder:
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


def _amber(ladder: Ladder, rung: int, level: Level, session: Session) -> Ladder:
    """Stay; with another one lately, a little less. The two are spent then."""
    reactions, on = session.rules.reactions, session.on
    since = on - timedelta(days=reactions.amber_days)
    ambers = (*(day for day in ladder.ambers if day > since), on)
    if len(ambers) < reactions.ambers:
        return replace(ladder.with_level(rung, _no_more(level, rung, session)), ambers=ambers)
    level = _as_held(level, session)
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


def _no_more(level: Level, rung: int, session: Session) -> Level:
    """The same dose, or a hold fewer where a session without that pain would have led to longer and fewer holds: more
    pain must not mean more seconds."""
    dosing = session.rules.dosing
    up = level.count + 1 >= dosing.step_after
    after = [one_up(level.dose, target_of(session.exercise), dosing)] if up else []
    after.append(_retested(level, rung, session).dose)
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
    if not goes_on or not _counts(level, session):
        return ladder.with_level(rung, replace(level, greens=greens))
    full = (*streak, (session.on, _seen_well(session)))
    level = replace(level, greens=greens, count=level.count + 1, full=full)
    return _counted(ladder, rung, _retested(level, rung, session), session)


def _with_green(level: Level, session: Session) -> tuple[tuple[date, int], ...]:
    """The green holds with those of a session, where that was one."""
    held_s = [int(hold.target_s) for hold in session.holds if hold.done and not hold.is_test]
    green = session.answer.reaction is Reaction.GREEN and session.answer.answered
    kept = kept_greens(level, session.on, session.rules.dosing)
    return (*kept, (session.on, max(held_s))) if held_s and green else kept


def _counts(level: Level, session: Session) -> bool:
    """Whether a complete green session counts towards the next step."""
    answer = session.answer
    if level.pending or level.sessions < session.rules.dosing.from_session:
        return False
    return answer.may_count and answer.easy and _kept(session)


def _retested(level: Level, rung: int, session: Session) -> Level:
    """A later test only raises the dose, and no further than the cap."""
    test_s = _test_s(session)
    if test_s is None:
        return level
    exercise, dosing, on = session.exercise, session.rules.dosing, session.on
    dose = by_test(test_s, target_of(exercise), dosing, goal_form=exercise.rungs[rung].goal_form)
    higher = _capped(dose, level, session)
    if higher.hold_s <= level.dose.hold_s:
        return level
    words = say("plan.reason.tested", seconds=int(test_s), sets=higher.sets, hold=higher.hold_s)
    return replace(level, dose=higher, count=0, full=(), why=Change(on, words, dosing.source), stepped_from=level.dose)


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


def is_complete(
    exercise: Exercise, holds: Sequence[Hold], dose: HoldDose, told: Mapping[Side | None, int] = MappingProxyType({})
) -> bool:
    """Whether every side had all its holds, each to its end and no shorter than the dose. told: how long tests were
    held that ran out by the clock."""
    full = [hold for hold in holds if _full(hold, dose, told)]
    return all(sum(hold.side is side for hold in full) >= dose.sets for side in sides_of(exercise))


def _full(hold: Hold, dose: HoldDose, told: Mapping[Side | None, int]) -> bool:
    if hold.is_test:
        held_s = told.get(hold.side, 0) if hold.ran_out else hold.credited_s
        return hold.done and held_s >= dose.hold_s
    return hold.done and hold.target_s >= dose.hold_s


def _kept(session: Session) -> bool:
    """Whether the shape was kept: by the camera where it saw, and by what the person says where it did not. When they
    say no, some of it was out of its sight."""
    if session.answer.kept == "no":
        return False
    share = well_held(session.holds)
    if share is not None:
        return share >= session.rules.dosing.shape_share
    return session.answer.kept in ("yes", "mostly")


def _seen_well(session: Session) -> bool:
    share = well_held(session.holds)
    return share is not None and share >= session.rules.loading.shape_share


def _carried(ladder: Ladder, rung: int, session: Session) -> Ladder:
    """A session with a weight. When the back or the form did not take it well, the weight goes for a while."""
    level = ladder.levels.get(rung)
    rules, answer = session.rules.loading, session.answer
    loaded = ladder.loaded or first_load(carried_kg(session.holds), session.on, rules)
    red = answer.reaction is Reaction.RED
    if red or is_untidy(session.holds, rules):
        loaded = replace(loaded, count=0, rests=rules.rest_sessions)
    else:
        loaded = as_carried(loaded, session.holds, rules)
        loaded = carried_on(loaded, session.exercise, session.holds, rules, may_grow=_may_grow(session))
    ladder = replace(ladder, loaded=loaded)
    if level is not None:
        level = replace(level, held_on=session.on, greens=_with_green(level, session))
        ladder = ladder.with_level(rung, level)
    if level is None or answer.before_only or answer.reaction is Reaction.GREEN:
        return ladder
    if red:  # what was too much is what was held, which with a weight is shorter than without
        return _short_red(_red(ladder, rung, _as_held(replace(level, full=()), session), session), rung, session)
    return _amber(ladder, rung, level, session)


def _may_grow(session: Session) -> bool:
    answer = session.answer
    told = answer.reaction is Reaction.GREEN and answer.answered and not answer.stays and not answer.no_growth
    return told and answer.may_count and answer.easy and _kept(session)
