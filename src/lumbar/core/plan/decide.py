"""The day, decided: one pure function of the programme, the record and the moment.

The record may hold anything: two phones, a wrong clock, facts from the future. What is doubtful holds back.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from lumbar.core.errors import Misuse
from lumbar.core.exercise import Step
from lumbar.core.message import say
from lumbar.core.plan.booking import asks_for_review, last_review
from lumbar.core.plan.consent import waits_on
from lumbar.core.plan.courses import course_on
from lumbar.core.plan.day import Day, Item, ItemState, Kind, Need, Next, ShortVersion
from lumbar.core.plan.day_steps import held_back_at, steps_of
from lumbar.core.plan.entries import Entry, done_today, entries_of, is_core, whole_item
from lumbar.core.plan.heading import heading
from lumbar.core.plan.history import fold
from lumbar.core.plan.leg import minutes
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.needs import acknowledge_due, needs, outcomes_due
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import is_much
from lumbar.core.plan.reviewed import holding, open_under
from lumbar.core.plan.short import shortened
from lumbar.core.plan.steps import session_steps
from lumbar.core.plan.walk import walk_of_the_day
from lumbar.core.record import Record, day_of
from lumbar.core.safety import Outcome, Standing, conclude, stand


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
    entries = entries_of(moment, unknown=unknown)
    return _first_run(moment, entries) if unknown else _day(moment, standing, entries)


def opened(programme: Programme, record: Record, at: datetime) -> frozenset[str]:
    """What safety and an expert's hold leave open at a moment, as the day of that moment has it in `open`, without the
    rest of it: whoever watches asks again every minute.

    at: aware, with the person's own offset. Empty for somebody who was never screened.
    """
    verdict = stand(record, programme.form, at).verdict
    return frozenset() if verdict is None else open_under(holding(fold(record), day_of(at)), verdict.open)


def sitting(programme: Programme, record: Record, at: datetime) -> str | None:
    """The session that was begun today, has not ended and may still go on; None when there is none.

    Later than that its core work would be a second bout on one day.
    """
    lasts = timedelta(hours=programme.schedule.sitting_h)
    return fold(record).sitting(at.astimezone(UTC), day_of(at), lasts)


def _day(moment: Moment, standing: Standing, entries: Sequence[Entry]) -> Day:
    due = [entry for entry in entries if entry.turn.state is ItemState.DUE]
    today = [*due, *(entry for entry in entries if done_today(entry))]
    core_due = any(entry.exercise.step is Step.CORE for entry in due)
    carries = any(entry.item.load_kg > 0 for entry in due)
    may_start = any(entry.item.may_start for entry in entries)
    kind = _kind(moment, entries, today)
    still, full = [entry.item for entry in due], [whole_item(entry) for entry in today]
    legs = session_steps(still, moment.programme)
    left = minutes(legs)
    asked = needs(moment, standing, may_start=may_start, core_due=core_due, carries=carries)
    coming, walk = _next(moment, entries), walk_of_the_day(moment)
    title, lead = heading(moment, kind, left, asked, _ending(moment, entries, today), held_back_at(entries, moment))
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
        steps=tuple(steps_of(entries, legs, moment, walk)),
        next=coming,
        reviewed=last_review(moment),
        book=asks_for_review(moment, standing, entries),
        flare_since=None if moment.course.flare is None else moment.course.flare.began,
        flare_calm_pain=None if moment.course.flare is None else moment.course.flare.calm_pain,
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


def _first_run(moment: Moment, entries: Sequence[Entry]) -> Day:
    """Somebody who was never screened: the programme is shown, and nothing is open before the questions."""
    items = [whole_item(entry) for entry in entries if not entry.exercise.step.ours]  # never on a day with core work
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
        steps=tuple(steps_of(entries, legs, moment, None)),
        next=Next(moment.at, say("plan.next.screen")),
        waits=waits_on(moment.history, moment.on),
    )


def _ending(moment: Moment, entries: Iterable[Entry], today: Iterable[Entry]) -> str | None:
    """How the day's exercise ended, once nothing of it is due: `done`, or before its end; None when none was done."""
    if any(moment.hurt(entry.exercise) for entry in entries):
        return "ended-hurt"
    if any(entry.turn.state is ItemState.LATER for entry in today):
        return "ended"
    return "done" if any(True for _ in today) else None


def _minutes(items: Sequence[Item], programme: Programme) -> int:
    return minutes(session_steps(items, programme))


def _kind(moment: Moment, entries: Iterable[Entry], today: Iterable[Entry]) -> Kind:
    if not moment.verdict.exercise_allowed:
        return Kind.PAUSED
    if any(entry.exercise.step is Step.CORE for entry in today):
        return Kind.STRENGTH
    if any(True for _ in today):
        return Kind.STRETCH
    daily = (entry.turn for entry in entries if not is_core(entry) and not entry.exercise.step.ours)
    waits = any(turn.state is ItemState.LATER and not turn.off for turn in daily)
    return Kind.STRETCH if waits else Kind.REST


def _next(moment: Moment, entries: Iterable[Entry]) -> Next | None:
    """What is planned after now. While paused it is the way back that comes next, and that has no date."""
    if moment.verdict.outcome in (Outcome.PAUSE, Outcome.WAIT):
        return None
    others = [entry for entry in entries if not entry.exercise.step.ours]
    planned = [(entry.turn.again_at, not is_core(entry)) for entry in others if entry.turn.again_at is not None]
    if not planned:
        return None
    at = min(moment_at for moment_at, _ in planned)
    stretch = min(is_stretch for moment_at, is_stretch in planned if moment_at == at)
    message = say("plan.next.unwell" if moment.rests_h else f"plan.next.{'stretch' if stretch else 'strength'}")
    return Next(at.astimezone(moment.at.tzinfo), message)
