"""How walking stands: from the walk that is comfortable, a little longer after each week that went well.

A step up, or one of the way back, takes a week. `walk_course` says what each day makes of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.message import Message, say
from lumbar.core.plan import rules
from lumbar.core.plan.ladder import Change
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.told import Walk
from lumbar.core.plan.walks import WalksTold, waits_for_morning
from lumbar.core.record import day_of


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any walk. since: the last day that is known to have had one. answered_days: from how many days on
    the band begins that has been answered already, 0 for none. before_min: the walk before any of it was taken."""

    since: date
    answered_days: int = 0
    before_min: int | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """The last step. on: its day; from_min, back: the walk before it, and the way back that it had still to come."""

    on: date
    from_min: int
    back: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Walking:
    """How walking stands. Minutes of a day's walk; None before the usual one is told.

    told_min: the usual comfortable walk as it was told last. since: the first day of the running week. days: those
    since then with the whole of it walked; mornings: days of walks with a good morning after. back: the walks of the
    way back that are still to come. ambers, reds: days with a morning that was a bit and clearly worse lately;
    greens: walks in a row with a good one. stepped: the step to what it is; None where something else made it that.
    last_at: when the last walk was. heard_at, heard: of which walk a morning
    after was heard last, and the worst of it. gap: days without a walk; None before the first one. held: an answer
    keeps it from growing. why: what made it what it is.
    """

    bout_min: int | None = None
    told_min: int | None = None
    since: date | None = None
    days: tuple[date, ...] = ()
    mornings: tuple[date, ...] = ()
    back: tuple[int, ...] = ()
    ambers: tuple[date, ...] = ()
    reds: tuple[date, ...] = ()
    greens: int = 0
    stepped: Stepped | None = None
    last_at: datetime | None = None
    heard_at: datetime | None = None
    heard: Reaction = Reaction.GREEN
    gap: Gap | None = None
    held: bool = False
    why: Change | None = None

    def asks_morning(self, at: datetime, rule: rules.Walking, within: timedelta) -> bool:
        """Whether a morning after that nobody has told yet matters: the next step hangs on it, or nothing else that
        is asked would show that a walk does not do somebody good."""
        if self.bout_min is None or self.last_at is None or not waits_for_morning(self.last_at, at, within):
            return False
        if self.heard_at is not None and self.heard_at >= self.last_at:
            return False
        heard = _lately(self.mornings, day_of(at), rule)
        grows = bool(self.days) and not heard and (self.bout_min < rule.goal_min or bool(self.back))
        return self.held or grows

    def reviewed(self, seen_on: date) -> "Walking":
        """After a review: the bad mornings until the day of it were looked at."""
        return replace(self, reds=tuple(red_on for red_on in self.reds if red_on > seen_on))

    @property
    def held_min(self) -> int | None:
        """The walk while an answer keeps it from growing: no more than what was told to be comfortable."""
        if self.bout_min is None or self.told_min is None:
            return self.bout_min
        return min(self.bout_min, self.told_min)


def usual(walking: Walking, told: Sequence[Walk], on: date, rule: rules.Walking) -> Walking:
    """The usual comfortable walk. It begins with it, and on the day of its telling it may be set right; told again
    later it may only make less of it, of the way back as well, for more comes week by week."""
    first = walking.bout_min is None
    told = [walk for walk in told if not (first and walk.ahead)]
    if not told:
        return walking
    minutes = min(rule.goal_min, rounded(told[-1].minutes, rule))
    if walking.held and walking.told_min is not None:
        minutes = min(minutes, walking.told_min)  # while an answer holds it back, nothing that is told lets it grow
    bout_min = minutes if walking.bout_min is None else min(minutes, walking.bout_min)
    back = tuple(dict.fromkeys(step for most in walking.back if (step := min(most, minutes)) > bout_min))
    gap = walking.gap
    if gap is not None and gap.before_min is not None:
        gap = replace(gap, before_min=min(gap.before_min, minutes))
    changed = bout_min != walking.bout_min
    walking = replace(walking, told_min=minutes, gap=gap, back=back)
    if not changed:
        return walking
    why = Change(on, say("plan.reason.walk-usual", minutes=bout_min), rule.source)
    return anew(walking, bout_min, back, why, on)


def grown(walking: Walking, on: date, rule: rules.Walking) -> Walking:
    """A step, after a week that went well."""
    if not grows(walking, on, rule) or walking.bout_min is None:
        return walking
    bout_min, *back = walking.back or (min(rule.goal_min, walking.bout_min + rule.step_min),)
    days = len(_lately(walking.days, on, rule))
    message = say("plan.reason.walk-back" if walking.back else "plan.reason.walk-grew", days=days)
    stepped = Stepped(on, walking.bout_min, walking.back)
    walking = anew(walking, bout_min, tuple(back), Change(on, message, rule.source), on)
    return replace(walking, stepped=stepped)


def before_step(walking: Walking, walked_on: date, why: Change) -> Walking:
    """The walk as it was on a day, for what is heard of that day's: a step that came since then is taken back."""
    stepped = walking.stepped
    if stepped is None or walked_on >= stepped.on:
        return walking
    return replace(walking, bout_min=stepped.from_min, back=stepped.back, stepped=None, why=why)


def grows(walking: Walking, on: date, rule: rules.Walking) -> bool:
    """Whether a day brings a step: a week is over, it was walked often enough, and the mornings after were good. While
    an answer holds it, it comes back to what is comfortable, and no further."""
    if walking.bout_min is None or walking.since is None:
        return False
    most = walking.told_min if walking.held else None
    more = walking.back[0] if walking.back else min(rule.goal_min, walking.bout_min + rule.step_min)
    if more <= walking.bout_min or (most is not None and more > most):
        return False
    over = (on - walking.since).days >= rule.grow_after_days
    often = len(_lately(walking.days, on, rule)) >= rule.days_to_grow
    return over and often and bool(_lately(walking.mornings, on, rule))


def _lately(days: Iterable[date], on: date, rule: rules.Walking) -> list[date]:
    """Those in the week before a day: older ones say nothing of this one."""
    return [day for day in days if (on - day).days <= rule.grow_after_days]


def freed(walking: Walking, free_since: date | None) -> Walking:
    """Whether an answer holds it. Once none does, it goes on from where it stands, and its week begins anew."""
    held = free_since is None
    if free_since is not None and walking.since is not None and free_since > walking.since:
        walking = replace(walking, since=free_since, days=(), mornings=())
    return walking if held == walking.held else replace(walking, held=held)


def walked(walking: Walking, told: WalksTold, on: date) -> Walking:
    """After the walks of a day. The whole of it may be walked in parts. Who walks less while an answer holds it goes on
    from there."""
    if not told.walks:
        return walking
    walking = again(walking, on)
    if walking.held and walking.bout_min is not None and walking.held_min != walking.bout_min:
        walking = replace(walking, bout_min=walking.held_min, back=(), since=on, days=(), mornings=(), stepped=None)
    whole = walking.bout_min is not None and told.minutes >= walking.bout_min
    days = (*walking.days, on) if whole and on not in walking.days else walking.days
    last_at = max(walk.at for walk in told.walks)
    return replace(walking, days=days, last_at=last_at if walking.last_at is None else max(last_at, walking.last_at))


def again(walking: Walking, on: date) -> Walking:
    """There was a walk. After a gap that was answered its week begins with it."""
    gap = walking.gap
    if gap is not None and gap.since >= on:
        return walking
    if gap is not None and gap.answered_days:
        walking = replace(walking, since=on, days=(), mornings=())
    return replace(walking, gap=Gap(on))


def eased(
    walking: Walking, shares: Sequence[float], why: Change, on: date, rule: rules.Walking, *, of_min: int | None = None
) -> Walking:
    """A share of it now, and its way back. of_min: what the share is of, as it stands else. Eased in the middle of a
    way back, it goes back to where that led, by every step that it had and by those to where it stands, for it may not
    leap."""
    now = walking.bout_min or rule.floor_min
    of_min = now if of_min is None else of_min
    whole = max((of_min, now, *walking.back))
    first, *rest = shares
    bout_min = min(now, rounded(of_min * first, rule))
    steps = {now, *walking.back, *(rounded(most * share, rule) for most in (of_min, whole) for share in rest)}
    return anew(walking, bout_min, tuple(sorted(step for step in steps if step > bout_min)), why, on)


def anew(walking: Walking, bout_min: int, back: tuple[int, ...], why: Change, on: date) -> Walking:
    """Another walk, whose week begins today."""
    return replace(
        walking, bout_min=bout_min, back=back, since=on, days=(), mornings=(), ambers=(), stepped=None, why=why
    )


def rounded(minutes: float, rule: rules.Walking) -> int:
    """Whole multiples, rounded down, and no less than the floor."""
    return max(rule.floor_min, int(minutes) // rule.round_min * rule.round_min)


def why_not_more(walking: Walking, on: date, rule: rules.Walking, *, done_today: bool) -> Message:
    """What the next step still waits for, from tomorrow's side. done_today: the whole of it was walked today, which
    counts."""
    tomorrow = on + timedelta(days=1)
    done = len(_lately(walking.days, tomorrow, rule)) + done_today
    if done < rule.days_to_grow:
        return say("plan.reason.walk-days", done=done, days=rule.days_to_grow)
    heard = _lately(walking.mornings, tomorrow, rule)
    return say("plan.reason.walk-week") if heard else say("plan.reason.walk-morning")
