"""What the clinical design makes of somebody's walking, day after day.

It is worked out here once more from that text, and shares no code with the plan: what a walk may be at the most on a
day, after the mornings, the flare-ups and the days without a walk that were told by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from lumbar.core.simulate.walks import Heard, WalkDay

WALK = "walk"
"""Its name beside the exercises."""
FLOOR_MIN, GOAL_MIN, STEP_MIN, WEEK_DAYS = 5, 30, 5, 7
"""A walk is no less than five minutes and works up to thirty, five minutes more a week (8)."""
WALKED_DAYS = 3
"""A step wants so many whole walks in the week before it: three of the five, by our own choice."""
BACK_SHARE = 0.25
"""The largest step of a way back: from half of it to three quarters, and on to the whole (3.7)."""
RED_SHARE, AMBERS, AMBER_SHARE = 0.6, 2, 0.8
"""A red morning leaves 60 %; two ambers within seven days leave 80 % (3.4)."""
REDS, RED_DAYS, GREENS = 2, 14, 4
"""Two reds within 14 days ask for a review, until there is one or four greens came in a row (3.4)."""
FLARE_SHARE, CALM, CALM_UNKNOWN, APART = 0.5, 1, 4, timedelta(hours=24)
"""A flare-up leaves half, and ends with the usual pain and one, told twice a day apart; where the usual one is not
known, below the five that mean to stay (3.7, 3.4)."""
GAPS, ANEW_DAYS, PAUSED_DAYS = ((21, 0.5), (10, 0.75)), 42, 5
"""What days without any walk leave of it; from when on it begins anew, and from when on they do not count (3.6)."""
MORNING = timedelta(hours=72)
"""For so long a morning after is one (6)."""
KEPT_DAYS = 21
"""No rule looks further back at walks and mornings than two weeks, and a journey moves them by a day or two."""
UNSURE_DAYS = 14
"""After something that arrived late, what was known when is not told from the days for so long."""


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A day beside what the design makes of it. before: the walk as it stood; None where it begins. most: what today
    leaves of it. best: the most of any day so far, looked at or not, or what it began with. begins: the usual walk that
    it begins with. comfortable: what was told to be that. grows_on: the first day since the last one that may bring a
    step, looked at or not; else this one, which may not. rest_days: since the last step, worse morning, flare-up,
    holding answer or beginning; whole: days in the seven before it with all of it walked; good: walks in them with a
    good morning after, each as of that day. goes_on: nothing was in its way for two weeks. sure: nothing arrived late
    in between.
    """

    day: WalkDay
    before: int | None
    most: int | None
    best: int
    begins: int | None
    comfortable: int | None
    grows_on: date
    rest_days: int
    whole: int
    good: int
    worse: bool
    flare: bool
    review_due: bool
    goes_on: bool
    sure: bool

    @property
    def rise(self) -> int:
        """Minutes more than it stood at; 0 where it is not shown, asked, or only begins."""
        if not self.day.shown or self.day.minutes is None or self.before is None:
            return 0
        return max(0, self.day.minutes - self.before)


@dataclass
class WalkStory:
    """All days on which a walk was looked at."""

    days: list[WalkDay] = field(default_factory=list)

    @cached_property
    def steps(self) -> tuple[WalkStep, ...]:
        """The days beside what the design makes of them; for when the story is at its end."""
        return tuple(_Judge().through(self.days))

    def days_to(self, began_on: date) -> dict[str, int]:
        """How many days it took to walk the goal, by the walk's name; empty where it was never walked."""
        reached = (day.on for day in self.days if day.minutes == GOAL_MIN and sum(day.walks) >= GOAL_MIN)
        first = next(reached, None)
        return {} if first is None else {WALK: (first - began_on).days}


@dataclass(slots=True)
class _Walked:
    at: datetime
    on: date
    whole: bool


class _Judge:
    """Follows the days of one person."""

    def __init__(self) -> None:
        self.stood: int | None = None
        self.comfortable: int | None = None
        self.best = 0
        self.rests_on: date | None = None
        self.grew_on: date | None = None
        self.walks: list[_Walked] = []
        self.heard: tuple[datetime, int] | None = None
        self.goods: list[date] = []
        self.ambers: list[date] = []
        self.reds: list[date] = []
        self.greens = 0
        self.review = False
        self.flare: tuple[datetime, int] | None = None
        self.calm_at: datetime | None = None
        self.gap_days = 0
        self.gap_before: int | None = None
        self.unsure_on: date | None = None
        self.told_on: date | None = None
        self.looked_on: date | None = None
        self.walked_min: int | None = None

    def through(self, days: list[WalkDay]) -> Iterator[WalkStep]:
        """Each day beside what the days before it, and what was told on it, make of it."""
        for day in days:
            yield self._step(day)

    def _step(self, day: WalkDay) -> WalkStep:
        on = day.on
        self.unsure_on = on if day.late else self.unsure_on
        sure = self.unsure_on is None or (on - self.unsure_on).days > UNSURE_DAYS
        if day.reviewed:
            self.reds, self.review = [], False
            if self.flare is not None and self.flare[0].date() < on:  # they saw it
                self.flare = None
        before, grows_on = self.stood, self._grows_meanwhile(day)
        self.walked_min = before  # what the mornings are of
        if grows_on is not None:
            self._may_stand_higher()
        shares = [*self._gap(day), *self._mornings(day), *self._flares(day)]
        before = None if self.stood is None else before
        most = self.stood
        for share, of_min in shares:
            if most is not None and of_min is not None:
                most = min(most, rounded(share * of_min))
        worse = self.rests_on == on
        begins, most = self._usual(day, most)
        grows_on = grows_on or on
        step = WalkStep(
            day=day,
            before=before,
            most=most,
            best=self.best,
            begins=begins,
            comfortable=self.comfortable,
            grows_on=grows_on,
            rest_days=self._rest_days(grows_on),
            whole=self._whole(grows_on),
            good=self._good(grows_on),
            worse=worse,
            flare=self.flare is not None,
            review_due=self.review,
            goes_on=self._goes_on(on),
            sure=sure,
        )
        self._stands(step)
        self._walked(day)
        self._calms(day)
        self.looked_on = on
        return step

    def _grows_meanwhile(self, day: WalkDay) -> date | None:
        """The first of the days since the last look that earned a step, by what was known then; None where none did.
        It is there for whoever looks on it, and so it stays for whoever does not (8)."""
        if self.looked_on is None or self.stood is None or self.flare is not None or not self.walks:
            return None
        days = (self.looked_on + timedelta(days=number) for number in range(1, (day.on - self.looked_on).days))
        return next((on for on in days if self._earned(on)), None)

    def _earned(self, on: date) -> bool:
        """Whether a day without a word brings a step: a week is over, with enough whole walks and a good morning, and
        the days without a walk are not yet so many that they do not count (3.6)."""
        pauses = (on - self.walks[-1].on).days >= PAUSED_DAYS
        return not pauses and self._rest_days(on) >= WEEK_DAYS and self._whole(on) >= WALKED_DAYS and self._good(on) > 0

    def _may_stand_higher(self) -> None:
        """The most that a step may have made of it: five minutes more, or one of the way back."""
        if self.stood is not None:
            back = min(self.best, self.stood + rounded(BACK_SHARE * self.best + STEP_MIN - 1))
            self.stood = min(GOAL_MIN, max(self.stood + STEP_MIN, back))
            self.best = max(self.best, self.stood)

    def _rest_days(self, on: date) -> int:
        """Days since the last step, and since what took from the walk or held it."""
        return min((on - since).days if since is not None else WEEK_DAYS for since in (self.rests_on, self.grew_on))

    def _whole(self, on: date) -> int:
        return len({walk.on for walk in self.walks if walk.whole and (on - walk.on).days <= WEEK_DAYS})

    def _good(self, on: date) -> int:
        return sum((on - good_on).days <= WEEK_DAYS for good_on in self.goods)

    def _gap(self, day: WalkDay) -> list[tuple[float, int | None]]:
        """What days without a walk leave (3.6)."""
        if not self.walks or self.stood is None:
            return []
        days = (day.on - self.walks[-1].on).days
        if days >= ANEW_DAYS:
            self.stood = self.comfortable = self.heard = self.gap_before = None
            self.best = self.gap_days = 0
            self.walks, self.goods, self.ambers = [], [], []
            return []
        for from_days, share in GAPS:
            if days >= from_days > self.gap_days:
                self.gap_days = from_days
                self.gap_before = self.gap_before or self.stood
                self.rests_on, self.ambers = day.on, []
                return [(share, self.gap_before)]
        return []

    def _mornings(self, day: WalkDay) -> list[tuple[float, int | None]]:
        """What the mornings after leave, each walk's counted once, and again only where it is worse (3.4)."""
        found: list[tuple[float, int | None]] = []
        for heard in day.mornings:
            walk, overnight = self._walk_of(heard)
            if walk is None or self.stood is None or (not heard.reaction and not overnight):
                continue
            last_at, last = self.heard or (walk.at, -1)
            if walk.at <= last_at and heard.reaction <= last:
                continue
            self.heard = (max(last_at, walk.at), heard.reaction)
            if not heard.reaction:
                self.goods = [*(on for on in self.goods if (day.on - on).days <= KEPT_DAYS), walk.on]
                self.greens += 1
                self.review = self.review and self.greens < GREENS
                continue
            self.greens, self.rests_on = 0, day.on
            found += self._red(day.on) if heard.reaction > 1 else self._amber(day.on)
        return found

    def _red(self, on: date) -> list[tuple[float, int | None]]:
        self.reds = [*(red for red in self.reds if (on - red).days < RED_DAYS and red != on), on]
        self.review = self.review or len(self.reds) >= REDS
        self.ambers = []
        return [(RED_SHARE, self.walked_min)]

    def _amber(self, on: date) -> list[tuple[float, int | None]]:
        self.ambers = [*(one for one in self.ambers if (on - one).days < WEEK_DAYS and one != on), on]
        if len(self.ambers) < AMBERS:
            return []
        self.ambers = []
        return [(AMBER_SHARE, self.walked_min)]

    def _walk_of(self, heard: Heard) -> tuple[_Walked | None, bool]:
        """The last walk with a night before the morning, else the last one."""
        last, zone = None, heard.at.tzinfo
        for walk in reversed(self.walks):
            if heard.at.astimezone(UTC) - walk.at.astimezone(UTC) > MORNING:
                break
            if walk.at.astimezone(zone).date() < heard.at.date():
                return walk, True
            last = last or walk
        return last, False

    def _flares(self, day: WalkDay) -> list[tuple[float, int | None]]:
        """Half of it with a flare-up; told again while it is on, it takes nothing more (3.7)."""
        if day.flared_at is None:
            return []
        known = self.flare
        limit = CALM_UNKNOWN if day.usual_pain is None else day.usual_pain + CALM
        self.flare, self.calm_at = (day.flared_at, limit if known is None else known[1]), None
        if known is not None:
            return []
        self.rests_on, self.ambers = day.on, []
        return [(FLARE_SHARE, self.stood)]

    def _calms(self, day: WalkDay) -> None:
        """Whether the flare-up is over, for the days to come (3.7)."""
        if self.flare is None or day.pain is None or day.pain[0] <= self.flare[0]:
            return
        at, pain = day.pain
        if pain > self.flare[1]:
            self.calm_at = None
        elif self.calm_at is None:
            self.calm_at = at
        elif at - self.calm_at >= APART:
            self.flare = None

    def _usual(self, day: WalkDay, most: int | None) -> tuple[int | None, int | None]:
        """The usual walk: it begins with it, and later only makes less of it (8)."""
        if day.usual_min is None:
            return None, most
        told = min(GOAL_MIN, rounded(day.usual_min))
        if day.held and self.comfortable is not None:
            told = min(told, self.comfortable)
        self.comfortable = told
        if self.stood is None:
            self.best, self.rests_on, self.grew_on = told, day.on, None
            return told, told
        most = told if most is None else min(most, told)
        self.told_on = day.on if self.stood >= told else self.told_on  # a step of that very day is taken back, perhaps
        if self.stood > told:  # less of it is a beginning as well
            self.rests_on, self.ambers = day.on, []
        self.gap_before = None if self.gap_before is None else min(self.gap_before, told)
        return None, most

    def _goes_on(self, on: date) -> bool:
        """Whether nothing stood in the way of a step for two weeks, and it was walked all the time."""
        begun = self.rests_on is not None and (on - self.rests_on).days > 2 * WEEK_DAYS
        apart = self.grew_on is None or (on - self.grew_on).days > 2 * WEEK_DAYS
        lately = [walk.on for walk in self.walks if (on - walk.on).days <= 2 * WEEK_DAYS]
        gaps = [(b - a).days for a, b in pairwise([*lately, on])]
        known = bool(lately) and (on - lately[0]).days > WEEK_DAYS and max(gaps) < PAUSED_DAYS
        told = self.told_on is not None and (on - self.told_on).days <= 2 * WEEK_DAYS
        return begun and apart and known and self.flare is None and not told

    def _stands(self, step: WalkStep) -> None:
        """Where the walk stands after a day. What is held back is shown no longer than is comfortable, and goes on from
        where it stood, unless it was walked meanwhile."""
        day = step.day
        if step.rise:
            self.grew_on, self.ambers = step.grows_on, []
        if day.held:
            self.rests_on = day.on
        if self.stood is None and step.begins is None:
            return
        self.stood = step.most
        if day.minutes is not None:  # what is walked in a pause leads back as well, to what is comfortable
            self.best = max(self.best, day.minutes)
            self.stood = max(day.minutes, step.most or 0) if day.held else day.minutes

    def _walked(self, day: WalkDay) -> None:
        if not day.walks:
            return
        if day.held and self.stood is not None and self.comfortable is not None:
            self.stood = min(self.stood, self.comfortable)
        whole = self.stood is not None and sum(day.walks) >= self.stood
        later = (day.at + timedelta(minutes=10 + number) for number in range(len(day.walks)))
        kept = [walk for walk in self.walks if (day.on - walk.on).days <= KEPT_DAYS]
        self.walks = [*kept, *(_Walked(at, day.on, whole) for at in later)]
        self.gap_days, self.gap_before = 0, None


def rounded(minutes: float) -> int:
    """Whole multiples of five minutes, rounded down, and no less than five."""
    return max(FLOOR_MIN, int(minutes) // STEP_MIN * STEP_MIN)
