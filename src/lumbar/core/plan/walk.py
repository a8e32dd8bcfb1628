"""Our addition: the walk of a day. How long, whether today, and why."""

from datetime import timedelta

from lumbar.core.message import say
from lumbar.core.plan.day import DayWalk, WalkState, Why
from lumbar.core.plan.moment import Moment, pain_before
from lumbar.core.plan.reviewed import WALKING, stopped
from lumbar.core.plan.walking import why_not_more
from lumbar.core.plan.walks import walks_on
from lumbar.core.safety import Outcome


def walk_of_the_day(moment: Moment) -> DayWalk:
    """The walk of a moment's day. Whatever walking there is counts, and nobody has to catch up."""
    rule, minutes = moment.programme.listening.walking, _minutes(moment)
    today = walks_on(moment.history, moment.on)
    before = sum(_walked(moment, days) for days in range(1, rule.week_days))
    state, why = _state(moment, minutes, sum(walk.minutes for walk in today), before)
    done = state is WalkState.DONE
    told = () if state in (WalkState.CLOSED, WalkState.RESTS) else _reasons(moment, minutes, done_today=done)
    return DayWalk(
        state=state,
        minutes=minutes,
        walks=tuple((walk.fact.id, walk.at.astimezone(moment.at.tzinfo), walk.minutes) for walk in today),
        week_days=before + bool(today),
        over_days=rule.week_days,
        goal_min=rule.goal_min,
        goal_days=rule.days_per_week,
        choices=tuple(range(rule.floor_min, rule.goal_min + 1, rule.round_min)),
        reasons=(*why, *told),
    )


def _state(moment: Moment, minutes: int | None, today: int, before: int) -> tuple[WalkState, tuple[Why, ...]]:
    rule = moment.programme.listening.walking
    if WALKING not in moment.verdict.open:
        return WalkState.CLOSED, (Why(say("plan.reason.pause"), "design"),)
    if moment.hold is not None:
        return WalkState.CLOSED, (Why(say("plan.reason.review-stop"), "review"),)
    if moment.rests_h:
        return WalkState.RESTS, (Why(say("plan.reason.unwell", hours=moment.rests_h), "design"),)
    if minutes is None:
        return WalkState.ASK, ()
    if today >= minutes:
        return WalkState.DONE, ()
    pain, limit = max(pain_before(moment.history, moment.on), default=0), moment.programme.pain
    if pain >= limit.no_core_from:
        why = Why(say("plan.reason.walk-pain", pain=pain), limit.source)
        return WalkState.OPTIONAL, (why,)
    if before >= rule.days_per_week:
        why = Why(say("plan.reason.walk-rest", days=before), rule.goal_source)
        return WalkState.OPTIONAL, (why,)
    return WalkState.DUE, ()


def _minutes(moment: Moment) -> int | None:
    """Today's walk. Before a review of a gentle start, and while something waits, it stays what was comfortable."""
    walking = moment.course.walking
    return walking.bout_min if _may_grow(moment) else walking.held_min


def _may_grow(moment: Moment) -> bool:
    """Nothing waits for somebody's word, and the last review stopped nothing."""
    return moment.verdict.outcome is Outcome.START and not stopped(moment.programme, moment.history, moment.on)


def _reasons(moment: Moment, minutes: int | None, *, done_today: bool) -> tuple[Why, ...]:
    rule, walking = moment.programme.listening.walking, moment.course.walking
    if minutes is None or walking.why is None:
        return (Why(say("plan.reason.walk-ask"), rule.source),)
    why = Why(walking.why.message, walking.why.source)
    if not _may_grow(moment):
        return (why, Why(say("plan.reason.walk-gentle"), "design"))
    if moment.course.flare is not None:
        return (why,)
    if minutes >= rule.goal_min and not walking.back:
        goal = say("plan.reason.walk-goal", minutes=rule.goal_min, days=rule.days_per_week)
        return (why, Why(goal, rule.goal_source))
    return (why, Why(why_not_more(walking, moment.on, rule, done_today=done_today), rule.source))


def _walked(moment: Moment, days: int) -> bool:
    return bool(walks_on(moment.history, moment.on - timedelta(days=days)))
