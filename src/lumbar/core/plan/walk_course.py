"""The course of walking, day after day: what pain does to a dose it does to a walk as well.

The words of a morning after, a flare-up and days without any walk are answered as in core work, each of them once, and
with a way back.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.message import say
from lumbar.core.plan import rules
from lumbar.core.plan.ladder import Change
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.told import PainReport
from lumbar.core.plan.walking import Gap, Walking, again, before_step, eased, freed, grown, usual
from lumbar.core.plan.walks import Morning, WalksTold
from lumbar.core.record.bodies import MORNINGS

_WEEK_DAYS = 7


def walking_on(
    walking: Walking,
    told: WalksTold,
    on: date,
    listening: rules.Listening,
    *,
    flare: bool = False,
    flared: bool = False,
) -> Walking:
    """How walking stands on a day: after the silent days before it, and what was told on it.

    flare: one is on. flared: it began on this day; told again while it is on, it takes nothing more.
    """
    rule = listening.walking
    walking = _through_silence(walking, told, on, listening, flare=flare and not flared)
    walking = freed(walking, told.free_since)
    begins = walking.bout_min is None
    walking = usual(walking, told.usual, on, rule) if begins else walking
    if told.walked_week:  # somewhere in these days: until they began there was none that is known
        walking = again(_after_gap(walking, on - timedelta(days=_WEEK_DAYS), listening), on)
    walking = _after_gap(walking, on, listening)
    walking = _heard(walking, told.mornings, on, listening)  # first, for a worse morning ends the week it belongs to
    walking = grown(walking, on, rule) if not flare else walking
    walking = walking if begins else usual(walking, told.usual, on, rule)
    if flared and walking.bout_min is not None:
        why = Change(on, say("plan.reason.walk-flare"), listening.flares.source)
        walking = eased(walking, listening.flares.shares, why, on, rule)
    return walking


def _through_silence(
    walking: Walking, told: WalksTold, on: date, listening: rules.Listening, *, flare: bool
) -> Walking:
    """After the silent days before a day. Whoever looks on one of them is shown a step that is earned by then, and it
    may not be gone the day after: it belongs to the first day that brings it, looked at or not. Days of which it is
    told now that there were walks in them take nothing away."""
    walked_from = on - timedelta(days=_WEEK_DAYS) if told.walked_week else date.max
    for day, free_since in told.silent:
        walking = freed(walking, free_since)
        walking = walking if day > walked_from else _after_gap(walking, day, listening)
        pauses = walking.gap is not None and listening.gaps.band((day - walking.gap.since).days) is not None
        walking = walking if flare or pauses else grown(walking, day, listening.walking)
    return walking


def _after_gap(walking: Walking, on: date, listening: rules.Listening) -> Walking:
    """After days without any walk: the same shares as of core work, of the walk before them, once as each band of them
    begins; after a long time the usual walk is asked anew."""
    gap = walking.gap
    if gap is None or walking.bout_min is None:
        return walking
    days = (on - gap.since).days
    band = listening.gaps.band(days)
    if band is None or band.from_days <= gap.answered_days:
        return walking
    if band.anew:
        return Walking(reds=walking.reds, held=walking.held)
    if not band.shares:
        return replace(walking, gap=replace(gap, answered_days=band.from_days), days=(), mornings=())
    before_min = gap.before_min or walking.bout_min
    words = say("plan.reason.walk-gap", count=days, share=round(100 * band.shares[0]))
    why = Change(on, words, listening.gaps.source)
    walking = eased(walking, band.shares, why, on, listening.walking, of_min=before_min)
    return replace(walking, gap=Gap(gap.since, band.from_days, before_min))


def _heard(walking: Walking, mornings: Iterable[Morning], on: date, listening: rules.Listening) -> Walking:
    """What the mornings after say, of each walk the worst, and each once: told again, only what is worse still."""
    worst: dict[datetime, tuple[Reaction, Morning]] = {}
    for morning in mornings:
        found = read_morning(morning.pain, listening.reactions)
        good = found is Reaction.GREEN
        if good and (not morning.overnight or morning.pain.ahead):
            continue  # the night after it is still to come
        if morning.walk.at not in worst or found > worst[morning.walk.at][0]:
            worst[morning.walk.at] = (found, morning)
    for at, (reaction, morning) in sorted(worst.items(), key=lambda one: one[0]):
        known = walking.heard_at is not None and at <= walking.heard_at and reaction <= walking.heard
        if walking.bout_min is None or known:
            continue
        walking = _answered(walking, reaction, morning, on, listening)
        walking = replace(
            walking, heard_at=at if walking.heard_at is None else max(at, walking.heard_at), heard=reaction
        )
    return walking


def _answered(walking: Walking, reaction: Reaction, morning: Morning, on: date, listening: rules.Listening) -> Walking:
    """What a morning after makes of it. A good one counts for the week that its walk is of."""
    reacts = listening.reactions
    if reaction is Reaction.GREEN:
        counts = walking.since is not None and morning.walk.on >= walking.since
        mornings = (*walking.mornings, morning.walk.on) if counts else walking.mornings
        return replace(walking, mornings=mornings, greens=walking.greens + 1)
    taken = Change(on, say("plan.reason.walk-taken-back"), reacts.source)
    walking = before_step(replace(walking, greens=0), morning.walk.on, taken)
    if reaction is Reaction.RED:
        since = on - timedelta(days=reacts.red_days)
        reds = (*(day for day in walking.reds if since < day < on), on)
        why = Change(on, say("plan.reason.walk-eased"), reacts.source)
        walking = eased(walking, (reacts.red_share, *reacts.red_back), why, on, listening.walking)
        return replace(walking, reds=reds)
    since = on - timedelta(days=reacts.amber_days)
    ambers = (*(day for day in walking.ambers if since < day < on), on)
    if len(ambers) >= reacts.ambers:
        why = Change(on, say("plan.reason.walk-less", count=reacts.ambers), reacts.source)
        return eased(walking, (reacts.amber_share, 1.0), why, on, listening.walking)
    why = taken if walking.why is taken else Change(on, say("plan.reason.walk-stays"), reacts.source)
    return replace(walking, since=on, days=(), mornings=(), ambers=ambers, why=why)


def read_morning(pain: PainReport, reactions: rules.Reactions) -> Reaction:
    """How a morning after a walk reads: by its words, by much pain, and by pain that moved further down the leg."""
    high = reactions.red_morning.at is not None and pain.nprs is not None and pain.nprs >= reactions.red_morning.at
    if high or pain.further_down_leg:
        return Reaction.RED
    return Reaction.GREEN if pain.words is None else Reaction(MORNINGS.index(pain.words))


def asks_review(walking: Walking, on: date, reactions: rules.Reactions) -> bool:
    """Whether a day's morning after is the second that was clearly worse lately, which asks for a review."""
    return len(walking.reds) >= reactions.reds and walking.reds[-1] == on
