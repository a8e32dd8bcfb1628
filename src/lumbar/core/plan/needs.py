"""What must be answered before the next exercise, when the screen comes round again, and what may be asked besides."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from lumbar.core.outcomes import Due, due
from lumbar.core.plan.dated import Dated
from lumbar.core.plan.day import Need
from lumbar.core.plan.moment import Moment, complete_checks, core_exercises, pain_before
from lumbar.core.plan.reviewed import stopped
from lumbar.core.plan.told import Hold
from lumbar.core.plan.walk import WALKING
from lumbar.core.safety import Form, Outcome, Standing


def needs(moment: Moment, standing: Standing, *, may_start: bool, core_due: bool) -> tuple[Need, ...]:
    """In the order in which they are asked. may_start: some exercise may be done now; core_due: core work is due. While
    the exercises wait, a walk is the day's first exercise, and the daily check comes before it."""
    if moment.verdict.outcome is Outcome.PAUSE:
        return (Need.SCREEN,) if standing.answer_again else ()
    screen = screen_due(moment, standing)
    wanted = {
        Need.SCREEN: screen,
        Need.ACKNOWLEDGE: may_start and acknowledge_due(moment),
        Need.DAILY_CHECK: (may_start or _walk_alone(moment)) and not screen and not _checked_today(moment),
        Need.MORNING_AFTER: morning_after_due(moment) or _walk_asks_morning(moment),
        Need.PAIN_BEFORE: core_due and not screen and not pain_before(moment.history, moment.on),
    }
    return tuple(need for need, is_wanted in wanted.items() if is_wanted)


def outcomes_due(moment: Moment, standing: Standing, asked: Sequence[Need]) -> tuple[Due, ...]:
    """The outcome measures that may be answered now. They wait for the safety questions and hold nothing up, and a
    pause is silent about them. asked: what must be answered before exercise."""
    waits = moment.verdict.outcome is Outcome.PAUSE or Need.SCREEN in asked or Need.ACKNOWLEDGE in asked
    if waits or standing.first_on is None:
        return ()
    outcomes = moment.programme.outcomes
    every = tuple(outcomes.instruments.values())
    return due(every, outcomes.schedule, moment.history.outcomes, standing.first_on, moment.on)


def screen_due(moment: Moment, standing: Standing) -> bool:
    """First use, week 4, then every 12 weeks; after a long gap in core work, a flare-up, pain further down the leg."""
    again = moment.programme.form.again
    if standing.first_on is None or standing.last_on is None:
        return True
    week_4 = standing.first_on + timedelta(days=again.first_after_days)
    due_on = week_4 if standing.last_on < week_4 else standing.last_on + timedelta(days=again.every_days)
    if moment.on >= due_on:
        return True
    gap_on = (_last_core_on(moment) or standing.first_on) + timedelta(days=again.after_core_gap_days)
    if moment.on >= gap_on > standing.last_on:
        return True
    return _since_screen(moment)


def _last_core_on(moment: Moment) -> date | None:
    """The last day, until this one, with core work on it."""
    found = (_last_worked_on(held, moment.on) for held in core_exercises(moment.programme, moment.history))
    return max((on for on in found if on is not None), default=None)


def _last_worked_on(held: Dated[Hold], until: date) -> date | None:
    days = sorted(held.days, reverse=True)  # almost in order already, so that years of them cost next to nothing
    return next((on for on in days if on <= until and any(hold.worked for hold in held.on(on))), None)


def _since_screen(moment: Moment) -> bool:
    """Whether a flare-up began or pain moved further down the leg, and no complete screen came after it."""
    items = set(moment.programme.form.items)
    complete = (screen.at for screen in moment.history.screens.latest(moment.utc) if screen.answered >= items)
    last = next(complete, None)
    pains = moment.history.pains.latest(moment.utc)
    since = takewhile(lambda pain: last is None or pain.at > last, pains)
    flared = next(moment.history.flares.latest(moment.utc), None)
    if flared is not None and (last is None or flared.at > last):
        return True
    return any(pain.further_down_leg for pain in since)


def acknowledge_due(moment: Moment) -> bool:
    """Whether the general words must be acknowledged, for the first time or again."""
    form: Form = moment.programme.form
    given = [told.on for told in moment.history.acknowledged if told.version >= form.acknowledge_version]
    last = max((on for on in given if on <= moment.on), default=None)
    return last is None or (moment.on - last).days >= form.again.acknowledge_every_days


def morning_after_due(moment: Moment) -> bool:
    """Whether the morning after the last core work is still to be told: from the next day, for a while."""
    last = moment.last_core()
    if last is None:
        return False
    lasts = timedelta(hours=moment.programme.schedule.morning_after_h)
    if moment.on <= last.on or moment.utc - last.at > lasts:
        return False
    lately_first = reversed(tuple(moment.history.pains))
    told = (pain for pain in lately_first if pain.when == "morning-after")
    return not any(pain.session == last.session or (pain.on > last.on and pain.at > last.at) for pain in told)


def _walk_alone(moment: Moment) -> bool:
    """Whether a walk is all that may be done today: the exercises wait for somebody's word, and it does not."""
    waits = moment.verdict.outcome is Outcome.WAIT or stopped(moment.programme, moment.history, moment.on)
    return waits and WALKING in moment.verdict.open and not moment.rests_h


def _walk_asks_morning(moment: Moment) -> bool:
    """Whether the walk needs a morning after. Core work asks often enough; this is for who does none."""
    within = timedelta(hours=moment.programme.schedule.morning_after_h)
    rule = moment.programme.listening.walking
    return WALKING in moment.verdict.open and moment.course.walking.asks_morning(moment.at, rule, within)


def _checked_today(moment: Moment) -> bool:
    """A complete daily check of today; a complete screen counts as one."""
    items = set(moment.programme.form.items)
    screened = any(
        screen.at <= moment.utc and screen.answered >= items for screen in moment.history.screens.on(moment.on)
    )
    checks = complete_checks(moment.programme, moment.history, moment.on)
    return screened or any(check.at <= moment.utc for check in checks)
