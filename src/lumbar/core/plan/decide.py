"""The day, decided: one pure function of the programme, the record and the moment.

The record may hold anything: two phones, a wrong clock, facts from the future. What is doubtful holds back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.errors import Misuse
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.clock import ONE_DAY, begins
from lumbar.core.plan.consent import waits_on
from lumbar.core.plan.courses import course_on
from lumbar.core.plan.day import (
    Day,
    DayStep,
    DayWalk,
    HoldTest,
    Item,
    ItemState,
    Kind,
    Need,
    Next,
    Reviewed,
    ShortVersion,
    StepState,
    WalkState,
    Why,
)
from lumbar.core.plan.dose import goal, prescribe
from lumbar.core.plan.drill import core_day, drill_turn
from lumbar.core.plan.expert import notes, spaced
from lumbar.core.plan.heading import heading
from lumbar.core.plan.history import fold
from lumbar.core.plan.leg import Leg, minutes, step_minutes
from lumbar.core.plan.moment import NO_CORE, Moment
from lumbar.core.plan.needs import acknowledge_due, needs, outcomes_due
from lumbar.core.plan.prescription import Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import is_much
from lumbar.core.plan.reviewed import CUES, hold_says, last_decided
from lumbar.core.plan.rules import Listening
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.short import shortened
from lumbar.core.plan.steps import in_order, session_steps
from lumbar.core.plan.turn import DRILLS, Turn, closed_turn, core_turn, stretch_turn, whole
from lumbar.core.plan.walk import walk_of_the_day
from lumbar.core.record import Record, day_of
from lumbar.core.safety import Outcome, Standing, Verdict, conclude, stand

MOVE = Step.MOVE
"""The programme's fourth step, which is our addition: to keep walking, and the drill."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An exercise with its turn and what the page is told of it."""

    exercise: Exercise
    dose: Prescription
    turn: Turn
    item: Item


def plan(programme: Programme, record: Record, at: datetime) -> Day:
    """What is due at a moment, and why; what is not, and when it will be.

    at: aware, with the person's own offset. Facts of the future hold back and never open; to replay a past day, give
    `record.until(at)`. Raises Misuse for a moment without an offset.
    """
    if at.tzinfo is None:
        raise Misuse("error.naive-moment", at=at.isoformat())
    standing = stand(record, programme.form, at)
    history = fold(record)
    unknown = standing.verdict is None
    verdict = standing.verdict or conclude((), (), programme.form, day_of(at))
    moment = Moment(programme, history, course_on(programme, record, history, day_of(at)), verdict, at)
    entries = _entries(moment, unknown=unknown)
    return _first_run(moment, entries) if unknown else _day(moment, standing, entries)


def sitting(programme: Programme, record: Record, at: datetime) -> str | None:
    """The session that was begun today, has not ended and may still go on; None when there is none.

    Later than that its core work would be a second bout on one day.
    """
    lasts = timedelta(hours=programme.schedule.sitting_h)
    return fold(record).sitting(at.astimezone(UTC), day_of(at), lasts)


def _entries(moment: Moment, *, unknown: bool) -> list[_Entry]:
    """Every exercise in the programme's order. Our own come to their turn once that of core work is known."""
    exercises = moment.programme.exercises
    known = {it.id: _entry(it, moment, unknown=unknown) for it in exercises.values() if not it.step.ours}
    core_today = core_day(moment, (entry.turn for entry in known.values() if _is_core(entry)))
    ours = {it.id: _entry(it, moment, unknown=unknown, core_today=core_today) for it in moment.programme.of_step(MOVE)}
    return [(known | ours)[name] for name in exercises]


def _entry(exercise: Exercise, moment: Moment, *, unknown: bool, core_today: bool = False) -> _Entry:
    verdict = moment.verdict
    dose = prescribe(moment.programme, exercise, moment.known)
    if unknown:
        why = (Why(say("plan.reason.screen-first"), "design"),)
        turn = Turn(ItemState.LATER, *whole(exercise, dose.sets), None, None, why=why)
    elif not _may_be_done(exercise, verdict) or dose.rung is None:
        turn = closed_turn(exercise, dose, moment)
    elif exercise.step is MOVE:
        turn = drill_turn(exercise, dose, moment, core_today=core_today)
    else:
        turn = (core_turn if exercise.step is Step.CORE else stretch_turn)(exercise, dose, moment)
    turn = spaced(exercise, turn, moment)
    return _Entry(exercise, dose, turn, _item(exercise, dose, turn, moment))


def _may_be_done(exercise: Exercise, verdict: Verdict) -> bool:
    """Whether safety leaves it open."""
    opens = not exercise.step.ours or DRILLS in verdict.open
    return verdict.exercise_allowed and opens and exercise.id not in verdict.closed


def _item(exercise: Exercise, dose: Prescription, turn: Turn, moment: Moment) -> Item:
    zone = moment.at.tzinfo
    free_at = None if turn.free_at is None else turn.free_at.astimezone(zone)
    until = None if free_at is None else begins(day_of(free_at) + ONE_DAY, zone).astimezone(zone)
    untested = _untested(exercise, dose, turn, moment)
    return Item(
        exercise=exercise.id,
        rung=(dose.rung or exercise.first_rung).id,
        sides=turn.sides,
        side_sets=turn.side_sets,
        hold_s=dose.hold_s,
        test=dose.test if untested else HoldTest.NONE,
        test_s=dose.test_s,
        test_effort=dose.test_effort,
        untested=untested,
        load_kg=dose.load_kg,
        carry=dose.carry,
        proposal=dose.proposal,
        repetitions=1 if exercise.repetition is None else exercise.repetition.count,
        goal=goal(exercise),
        state=turn.state,
        done_at=None if turn.done_at is None else turn.done_at.astimezone(zone),
        not_before=free_at,
        not_after=until,
        reasons=(*turn.why, *(why for why in dose.reasons if why not in turn.why), *notes(exercise, moment)),
        held=_held(exercise, moment),
        barred=turn.state is ItemState.CLOSED or moment.against(exercise) is not None,
    )


def _untested(exercise: Exercise, dose: Prescription, turn: Turn, moment: Moment) -> tuple[Side | None, ...]:
    """The sides whose test is still to come today."""
    if dose.test is HoldTest.NONE:
        return ()
    today = moment.history.today(exercise.id, moment.on)
    least_s = moment.programme.listening.dosing.test_least_s
    tested = {hold.side for hold in today if hold.is_test and hold.worked and not hold.is_slip(least_s)}
    return tuple(side for side in turn.sides if side not in tested)


def _held(exercise: Exercise, moment: Moment) -> dict[str, float] | None:
    """Seconds held today, by side, as they were counted or told; of a drill, how many repetitions were done."""
    today = [hold for hold in moment.history.today(exercise.id, moment.on) if hold.worked]
    if not today:
        return None
    if exercise.repetition is not None:
        return {"times": float(sum(hold.done for hold in today))}
    names = ["both" if side is None else side.value for side in sides_of(exercise)]
    found = dict.fromkeys(names, 0.0)
    told = {
        (one.session, one.side): one.held_s for one in moment.history.helds.on(moment.on) if one.exercise == exercise.id
    }
    for hold in today:
        name = "both" if hold.side is None else hold.side.value
        held_s = hold.held_for(told.get((hold.session, hold.side))) or 0.0
        found[name] = round(found.get(name, 0.0) + held_s, 2)
    return found


def _day(moment: Moment, standing: Standing, entries: Sequence[_Entry]) -> Day:
    due = [entry for entry in entries if entry.turn.state is ItemState.DUE]
    today = [*due, *(entry for entry in entries if _done_today(entry))]
    core_due = any(entry.exercise.step is Step.CORE for entry in due)
    carries = any(entry.item.load_kg > 0 for entry in due)
    may_start = any(entry.item.may_start for entry in entries)
    kind = _kind(moment, entries, today)
    still, full = [entry.item for entry in due], [_whole(entry) for entry in today]
    legs = session_steps(still, moment.programme)
    left = minutes(legs)
    asked = needs(moment, standing, may_start=may_start, core_due=core_due, carries=carries)
    coming, walk = _next(moment, entries), walk_of_the_day(moment)
    title, lead = heading(moment, kind, left, asked, _ending(moment, entries, today), _held_back_at(entries, moment))
    return Day(
        on=moment.on,
        at=moment.at,
        kind=kind,
        title=title,
        lead=lead,
        verdict=moment.verdict,
        open=moment.open,
        needs=asked,
        minutes=left if full == still else _minutes(full, moment.programme),
        minutes_left=left,
        steps=tuple(_steps(entries, legs, moment, walk)),
        next=coming,
        reviewed=_reviewed(moment),
        book=_book(moment, standing, entries),
        flare_since=None if moment.course.flare is None else moment.course.flare.began,
        unwell=bool(moment.rests_h),
        flare_told_today=tuple(flare.fact.id for flare in moment.history.flares.on(moment.on)),
        short=_short(moment, still, left),
        pain_before=moment.known.before,
        outcomes=outcomes_due(moment, standing, asked),
        walk=walk,
        waits=waits_on(moment.history, moment.on),
    )


def _short(moment: Moment, due: Sequence[Item], left: int) -> ShortVersion | None:
    """The short version of what is due, for somebody who knows the exercises by now. More pain than usual before core
    work makes it the one to choose."""
    programme = moment.programme
    items = shortened(due, programme)
    if not items or not len(moment.history.started):
        return None
    spent = minutes(session_steps(items, programme, short=True))
    if spent >= left:
        return None
    core = any(programme.is_core(item.exercise) for item in items)
    rules, pain = programme.listening.reactions, moment.known.before
    one_round = core and pain is not None and is_much(pain, moment.course.usual, rules)
    return ShortVersion(spent, say("plan.short.one-round" if one_round else "plan.short.little-time", minutes=spent))


def _reviewed(moment: Moment) -> Reviewed | None:
    last = last_decided(moment.history, moment.on)
    if last is None:
        return None
    body = last.fact.body
    holds = last.seen_on + timedelta(days=moment.programme.expert.review_days)
    until = holds if last.until is None else min(holds, last.until)
    stops, who = moment.hold is not None, (body["by_whom"], body["profession"])
    return Reviewed(*who, last.seen_on, last.decision, until, body.get("note"), stops, last.again_on)


def _book(moment: Moment, standing: Standing, entries: Iterable[_Entry]) -> tuple[Why, ...]:
    """Why a review is asked for: what the course noticed, each exercise that rests until one, and that it is time."""
    rules = moment.programme.listening
    source, sources = rules.reactions.source, dict.fromkeys(("rising", "worse", "no-gain"), rules.weekly.source)
    said = _noticed(rules)
    noticed = [
        Why(say(f"plan.book.{name}", **said.get(name, {})), sources.get(name, source))
        for name in sorted(moment.course.book)
    ]
    last = next(moment.history.reviews.latest(moment.utc), None)
    asks = last is not None and last.contact
    wish = (Why(say("plan.book.contact", by=last.fact.body["by_whom"]), "review"),) if last is not None and asks else ()
    if moment.hold is not None:
        return (*wish, Why(hold_says(moment.hold, moment.on, "plan.book.stopped"), "review"))
    resting = [entry for entry in entries if entry.dose.until_reviewed and moment.verdict.exercise_allowed]
    rests = [Why(say("plan.book.rests", exercise=f"@{entry.exercise.id}.name"), source) for entry in resting]
    return (*wish, *noticed, *rests, *_time_for_one(moment, standing))


def _noticed(rules: Listening) -> Mapping[str, Mapping[str, int]]:
    """The numbers that asked for a review, by what they noticed."""
    reactions, flares, weekly = rules.reactions, rules.flares, rules.weekly
    reds = {"count": reactions.reds, "days": reactions.red_days}
    return {
        "reds": reds,
        "walk-reds": reds,
        "high": {"pain": reactions.high_before, "count": reactions.high_sessions},
        "no-go": {"count": reactions.no_go_days},
        "flare": {"days": flares.review_days},
        "flares": {"count": flares.often, "days": flares.often_days},
        "rising": {"count": weekly.rising_weeks},
        "no-gain": {"weeks": weekly.gain_weeks},
    }


def _time_for_one(moment: Moment, standing: Standing) -> Iterable[Why]:
    """That a review is due in any case, some weeks after the beginning, when there has been none lately."""
    rules = moment.programme.reviews
    if standing.first_on is None or not moment.verdict.exercise_allowed:
        return
    last = next(moment.history.reviews.latest(moment.utc), None)
    fresh = last is not None and (moment.on - last.seen_on).days < rules.valid_days
    days = (moment.on - standing.first_on).days
    if not fresh and rules.from_days <= days < rules.until_days:
        yield Why(say("plan.book.time", weeks=days // 7), rules.source)


def _first_run(moment: Moment, entries: Sequence[_Entry]) -> Day:
    """Somebody who was never screened: the programme is shown, and nothing is open before the questions."""
    items = [_whole(entry) for entry in entries if not entry.exercise.step.ours]  # never on a day with core work
    legs = session_steps(items, moment.programme)
    return Day(
        on=moment.on,
        at=moment.at,
        kind=Kind.FIRST_RUN,
        title=say("plan.title.first-run"),
        lead=say("plan.lead.first-run"),
        verdict=None,
        needs=(Need.SCREEN, *((Need.ACKNOWLEDGE,) if acknowledge_due(moment) else ())),
        minutes=minutes(legs),
        minutes_left=0,
        steps=tuple(_steps(entries, legs, moment, None)),
        next=Next(moment.at, say("plan.next.screen")),
        waits=waits_on(moment.history, moment.on),
    )


def _held_back_at(entries: Iterable[_Entry], moment: Moment) -> int | None:
    """The pain of today by which core work waits for another day; None where it does not wait for that."""
    core = [why.message.id for entry in entries if _is_core(entry) for why in entry.turn.why]
    return moment.known.before if NO_CORE in core else None


def _done_today(entry: _Entry) -> bool:
    """Whether something of it was done today, and no more of it is due."""
    return entry.turn.done_at is not None and entry.turn.state is not ItemState.DUE


def _ending(moment: Moment, entries: Iterable[_Entry], today: Iterable[_Entry]) -> str | None:
    """How the day's exercise ended, once nothing of it is due: `done`, or before its end; None when none was done."""
    if any(moment.hurt(entry.exercise) for entry in entries):
        return "ended-hurt"
    if any(entry.turn.state is ItemState.LATER for entry in today):
        return "ended"
    return "done" if any(True for _ in today) else None


def _whole(entry: _Entry) -> Item:
    """The item with its full dose, whatever of it is done."""
    sides, side_sets = whole(entry.exercise, entry.dose.sets)
    return replace(entry.item, sides=sides, side_sets=side_sets)


def _minutes(items: Sequence[Item], programme: Programme) -> int:
    return minutes(session_steps(items, programme))


def _kind(moment: Moment, entries: Iterable[_Entry], today: Iterable[_Entry]) -> Kind:
    if not moment.verdict.exercise_allowed:
        return Kind.PAUSED
    if any(entry.exercise.step is Step.CORE for entry in today):
        return Kind.STRENGTH
    if any(True for _ in today):
        return Kind.STRETCH
    daily = (entry.turn for entry in entries if not _is_core(entry) and not entry.exercise.step.ours)
    waits = any(turn.state is ItemState.LATER and not turn.off for turn in daily)
    return Kind.STRETCH if waits else Kind.REST


def _is_core(entry: _Entry) -> bool:
    return entry.exercise.step is Step.CORE


def _steps(entries: Sequence[_Entry], legs: Sequence[Leg], moment: Moment, walk: DayWalk | None) -> Iterable[DayStep]:
    """legs: of what the day's minutes are of; of everything, when there are none. walk: what the step leads with that
    is ours; None before the questions."""
    programme = moment.programme
    if not legs:
        every = [_whole(entry) for entry in entries if not entry.exercise.step.ours]
        legs = session_steps(every, programme)
    spent = step_minutes(legs, programme)
    for step in Step:
        mine = [entry for entry in entries if entry.exercise.step is step]
        if not mine and step is not MOVE:
            continue
        state, message = _moving(walk, mine) if step is MOVE else _stands(step, mine, moment)
        took = spent.get(step, 0 if step is MOVE else None)
        if took is None:  # it is not among those, which is seldom
            took = _minutes([entry.item for entry in mine], programme)
        items = tuple(in_order([entry.item for entry in mine], programme))
        cues = _cues(moment) if step is Step.POSTURE else ()
        yield DayStep(step.value, state, message, took, items, cues)


def _stands(step: Step, entries: Sequence[_Entry], moment: Moment) -> tuple[StepState, Message]:
    """How a step stands, and what it is called so. Core work that was begun and is not done says so."""
    state = _step_state(entries)
    if moment.rests_h and state in (StepState.DUE, StepState.NOT_TODAY):
        return state, say(f"plan.step.{step.value}.unwell")
    pain = _held_back_at(entries, moment)
    if state is StepState.NOT_TODAY and pain is not None:
        return state, say("plan.step.core.pain", pain=pain)
    begun = [entry.exercise for entry in entries if entry.turn.done_at is not None]
    if step is Step.CORE and begun and state in (StepState.LATER, StepState.NOT_TODAY):
        return state, say(f"plan.step.core.{'ended-hurt' if any(map(moment.hurt, begun)) else 'ended'}")
    undated = all(entry.turn.free_at is None for entry in entries)
    shown = StepState.DUE if state is StepState.LATER and undated else state  # before the questions there is no later
    return state, say(f"plan.step.{step.value}.{shown.value}")


def _moving(walk: DayWalk | None, entries: Sequence[_Entry]) -> tuple[StepState, Message]:
    """Our addition: it is due while the walk is, or the drill."""
    if walk is None:
        return StepState.LATER, say("plan.step.move.later")
    drill = any(entry.turn.state is ItemState.DUE for entry in entries)
    return StepState.DUE if drill else _WALKS[walk.state], walk.message


_WALKS = {
    WalkState.ASK: StepState.DUE,
    WalkState.DUE: StepState.DUE,
    WalkState.DONE: StepState.DONE,
    WalkState.OPTIONAL: StepState.NOT_TODAY,
    WalkState.RESTS: StepState.NOT_TODAY,
    WalkState.CLOSED: StepState.CLOSED,
}


def _cues(moment: Moment) -> tuple[Why, ...]:
    """What to keep in mind through the day. A pause is silent about posture as well, whoever asked for it."""
    posture = moment.programme.posture
    if CUES not in moment.open:
        return ()
    return tuple(Why(say(cue), posture.source) for cue in posture.cues)


def _step_state(entries: Sequence[_Entry]) -> StepState:
    open_ones = [entry.turn for entry in entries if entry.turn.state is not ItemState.CLOSED]
    if not open_ones:
        return StepState.CLOSED
    if any(turn.state is ItemState.DUE for turn in open_ones):
        return StepState.DUE
    if any(turn.off for turn in open_ones):
        return StepState.NOT_TODAY
    return StepState.LATER if any(turn.state is ItemState.LATER for turn in open_ones) else StepState.DONE


def _next(moment: Moment, entries: Iterable[_Entry]) -> Next | None:
    """What is planned after now. While paused it is the way back that comes next, and that has no date."""
    if moment.verdict.outcome in (Outcome.PAUSE, Outcome.WAIT):
        return None
    others = [entry for entry in entries if not entry.exercise.step.ours]
    planned = [(entry.turn.again_at, not _is_core(entry)) for entry in others if entry.turn.again_at is not None]
    if not planned:
        return None
    at = min(moment_at for moment_at, _ in planned)
    stretch = min(is_stretch for moment_at, is_stretch in planned if moment_at == at)
    message = say("plan.next.unwell" if moment.rests_h else f"plan.next.{'stretch' if stretch else 'strength'}")
    return Next(at.astimezone(moment.at.tzinfo), message)
