"""What must be answered before the next exercise, when the screen comes round again, and what may be asked besides."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from lumbar.core.outcomes import Due, due
from lumbar.core.plan.bout import overnight
from lumbar.core.plan.dated import Dated
from lumbar.core.plan.day import Need
from lumbar.core.plan.moment import Moment, complete_checks, core_exercises, pain_before, rests_h
from lumbar.core.plan.reviewed import WALKING, last_decided
from lumbar.core.plan.told import Hold
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.safety import Form, Outcome, Standing


def needs(
    moment: Moment, standing: Standing, *, may_start: bool, core_due: bool, carries: bool = False
) -> tuple[Need, ...]:
    """In the order in which they are asked. may_start: some exercise may be done now; core_due: core work is due;
    carries: with a weight. The daily check comes before the day's first exercise of any kind, and a walk may be that
    whatever else is open."""
    if moment.verdict.outcome is Outcome.PAUSE:
        return (Need.SCREEN,) if standing.answer_again else ()
    screen = screen_due(moment, standing)
    wanted = {
        Need.SCREEN: screen,
        Need.ACKNOWLEDGE: may_start and (acknowledge_due(moment) or (carries and first_weight_asks(moment))),
        Need.DAILY_CHECK: (may_start or _walks(moment)) and not screen and not _checked_today(moment),
        Need.MORNING_AFTER: morning_after_due(moment) or _walk_asks_morning(moment),
        Need.PAIN_BEFORE: core_due and not screen and not pain_before(moment.history, moment.on),
    }
    return tuple(need for need, is_wanted in wanted.items() if is_wanted)


def outcomes_due(moment: Moment, standing: Standing, asked: Sequence[Need]) -> tuple[Due, ...]:
    """The outcome measures that may be answered now. They wait for the safety questions and hold nothing up, and a
    pause and an illness are silent about them. asked: what must be answered before exercise."""
    rests = moment.verdict.outcome is Outcome.PAUSE or moment.rests_h > 0
    if rests or Need.SCREEN in asked or Need.ACKNOWLEDGE in asked or standing.first_on is None:
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


def first_weight_asks(moment: Moment) -> bool:
    """Whether the general words are to be acknowledged anew, for a weight comes and none was carried before it: not
    since the last core work, nor since the review that agreed to weights."""
    course, reviewed = moment.course, last_decided(moment.history, moment.on)
    if any(ladder.loaded is not None for ladder in course.ladders.values()):
        return False
    last = next((told for told in moment.history.acknowledged.latest(moment.utc) if not told.ahead), None)
    if last is None or (course.last_on is not None and last.on <= course.last_on):
        return True
    return reviewed is not None and last.at < reviewed.at


def morning_after_due(moment: Moment) -> bool:
    """Whether the morning after the last core work is still to be told: from the next day, for a while. Whoever trains
    while that begins has not slept yet, and whoever flies west over the date line has the same date twice."""
    last = moment.last_core()
    if last is None:
        return False
    schedule = moment.programme.schedule
    begins, ends = timedelta(hours=schedule.sitting_h), timedelta(hours=schedule.morning_after_h)
    slept = overnight(last.at, last.on, moment.on, moment.at.tzinfo)
    if not slept or not begins <= moment.utc - last.at <= ends:
        return False
    told = (pain for pain in moment.history.pains.since(last.at) if pain.when == "morning-after")
    ours = (pain for pain in told if overnight(last.at, last.on, pain.on, pain.fact.at.tzinfo))
    return not any(pain.session in (None, last.session) or pain.on > last.on for pain in ours)


def worse_this_morning(moment: Moment) -> bool:
    """Whether it was told today that the morning after was clearly worse."""
    told = (pain for pain in moment.history.pains.on(moment.on) if pain.when == "morning-after" and not pain.ahead)
    return any(pain.words == MORNINGS[-1] for pain in told)


def _walks(moment: Moment) -> bool:
    """Whether a walk may be the day's first exercise, whatever else is open."""
    return WALKING in moment.open and not moment.rests_h


def _walk_asks_morning(moment: Moment) -> bool:
    """Whether the walk needs a morning after. Core work asks often enough; this is for who does none."""
    within = timedelta(hours=moment.programme.schedule.morning_after_h)
    rule = moment.programme.listening.walking
    return WALKING in moment.open and moment.course.walking.asks_morning(moment.at, rule, within)


def _checked_today(moment: Moment) -> bool:
    """A complete daily check of today. A complete screen counts as one; not in an illness, of which it does not ask."""
    items, programme, history = set(moment.programme.form.items), moment.programme, moment.history
    screens = (screen for screen in history.screens.on(moment.on) if screen.answered >= items)
    screened = any(
        screen.at <= moment.utc and not rests_h(programme, history, screen.at, screen.on) for screen in screens
    )
    checks = complete_checks(moment.programme, moment.history, moment.on)
    return screened or any(check.at <= moment.utc for check in checks)
