"""What the clinical design makes of somebody's core work, session after session.

It is worked out here once more from that text, and shares no code with the plan: what a session of an exercise may be
at the most, after what was told by then. Where the text leaves two readings, the one that allows more is taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lumbar.core.simulate.doses import FLOOR, NEW_FORM, START, Dose, begins_by, between, fewer, step_from, way
from lumbar.core.simulate.review_judge import Reviews
from lumbar.core.simulate.sittings import Asked, Rungs, Sitting
from lumbar.core.simulate.walks import WalkDay
from lumbar.core.simulate.weight_judge import Weights

RED_SHARES, GAPS, ANEW_DAYS, COUNTS_DAYS = (0.6, 0.8), ((21, (0.5, 0.75)), (10, (0.75,))), 42, 4
"""What a red session, and days without any core work, leave, step by step; from when on it begins anew, and up to how
many days apart a session counts (3.4, 3.6)."""
AMBERS, AMBER_DAYS = 2, 7
"""So many ambers within so many days take a set, or a fifth of the hold (3.4)."""
FLARE_SHARES, CALM, APART = (0.5, 0.75), 1, timedelta(hours=24)
"""A flare-up leaves half, and ends with the usual pain and one, told twice a day apart (3.7)."""
WEEK_RISE, WEEK_STAYS, WEEK_APART = 2, 7, (4, 10)
"""A week with so much more pain takes a set, and for so many days nothing grows (3.4); and how far apart the answers of
two weeks lie."""
COUNTING, FROM_SESSION, UP_HOLD_S, GIVES_OUT_S = 2, 3, 30, 10
"""A step after so many counting sessions, from the third on; so long a hold opens the next rung; a shorter first hold
there leads back, and a shorter measured one to an easier rung (3.1, 3.3)."""
LEAST_TEST_S = 5
"""What is over sooner is a slip, which is asked again, and no measure."""
STUCK, STUCK_DAYS = 6, 16
"""Whoever counts so often in a row, over so many days, with nothing in the way, is asked for more: a step waits for the
cap no longer than a week (3.3)."""
UNSURE_DAYS = 14
"""After something that arrived late, what was known when is not told from the days for so long."""


@dataclass(frozen=True, slots=True)
class CoreStep:
    """An exercise of a session beside what the design makes of it.

    limits: by its cause, the most that is left of the dose on the asked rung. easier_than: by its cause, a rung that is
    too hard. most: what was earned on the asked rung; None where nothing is known of it. top: the hardest rung that was
    earned. anew: it begins anew. stuck: it counted often in a row, and is asked for no more. flare: in a flare-up.
    weight: what is to be said of the weight. sure: nothing arrived late in between.
    """

    on: date
    exercise: str
    sitting: Sitting
    asked: Asked
    limits: tuple[tuple[str, Dose], ...]
    easier_than: tuple[tuple[str, int], ...]
    most: Dose | None
    top: int
    anew: bool
    stuck: int
    weight: tuple[tuple[str, str], ...]
    sure: bool

    @property
    def dose(self) -> Dose:
        """What is asked for, without its weight."""
        return Dose(self.asked.hold_s, self.asked.sets)


@dataclass(slots=True)
class _Way:
    """A way back: the doses below the whole that are still to come, by rung. until: the first day that may lead on;
    None in a flare-up."""

    cause: str
    steps: dict[int, list[Dose]]
    until: date | None = date.min
    too_hard: int | None = None


@dataclass(slots=True)
class _Ladder:
    """How an exercise stands."""

    rungs: Rungs
    goal: Dose
    top: int
    most: dict[int, Dose] = field(default_factory=dict)
    asked: dict[int, Dose] = field(default_factory=dict)
    tests: dict[int, float] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)
    ups: dict[int, int] = field(default_factory=dict)
    too_hard: tuple[str, int] | None = None
    fresh: int | None = None
    ways: list[_Way] = field(default_factory=list)
    ambers: list[date] = field(default_factory=list)
    sessions: int = 0
    row: list[tuple[date, tuple[int, Dose]]] = field(default_factory=list)
    weights: Weights = field(default_factory=Weights)


@dataclass(slots=True)
class _Flare:
    told_at: datetime
    began: date
    calm_pain: int
    calm_at: datetime | None = None


class CoreJudge:
    """Follows the sessions of one person."""

    def __init__(self, rungs: Mapping[str, Rungs], goals: Mapping[str, Asked]) -> None:
        self._ladders = {
            name: _Ladder(one, Dose(goals[name].hold_s, goals[name].sets), one.first) for name, one in rungs.items()
        }
        self._rungs = rungs
        self._last_on: date | None = None
        self._flare: _Flare | None = None
        self._weeks: list[tuple[date, int]] = []
        self._stays_until = date.min
        self._unsure_on: date | None = None
        self._reviews = Reviews()
        self.unasked: list[tuple[date, str]] = []

    def through(self, days: Iterable[WalkDay], sittings: Iterable[Sitting]) -> Iterator[CoreStep]:
        """Each exercise of each session beside what was told by then, and what came before it."""
        told: dict[date, list[WalkDay]] = {}
        for day in days:
            told.setdefault(day.on, []).append(day)
        trained = {sitting.on: sitting for sitting in sittings}
        for on in sorted(told.keys() | trained.keys()):
            for day in told.get(on, ()):
                self._opens(day)
            sitting = trained.get(on)
            steps = [] if sitting is None else list(self._looks(sitting))
            yield from steps
            for day in told.get(on, ()):
                self._calms(day)
            if sitting is not None:
                self._takes(sitting)

    def _opens(self, day: WalkDay) -> None:
        """What is told by the time that a day's session begins."""
        if day.late:
            self._unsure_on = day.on
        if day.week_pain is not None and day.week_first:
            self._week(day.on, day.week_pain)
        if day.reviewed and self._flare is not None and self._flare.began < day.on:
            self._flare_ends()
        if day.flared_at is not None:
            self._flares(day, day.flared_at)
        if day.week_pain is not None and not day.week_first:
            self._week(day.on, day.week_pain)
        missing = self._reviews.missing(day, None if self._flare is None else self._flare.began)
        if missing and self._sure(day.on):
            self.unasked.append((day.on, missing))

    def _flares(self, day: WalkDay, at: datetime) -> None:
        """Half of everything; told again while it is on, it takes nothing more (3.7)."""
        if self._flare is not None:
            self._flare.told_at, self._flare.calm_at = at, None
            return
        self._reviews.flares(day.on)
        calm = 4 if day.usual_pain is None else day.usual_pain + CALM  # below the five that mean to stay (3.4)
        self._flare = _Flare(at, day.on, calm)
        for ladder in self._ladders.values():
            steps = {rung: way(dose, FLARE_SHARES) for rung, dose in ladder.most.items()}
            ladder.ways = [*(one for one in ladder.ways if one.cause != "flare"), _Way("flare", steps, until=None)]
            ladder.row = []

    def _calms(self, day: WalkDay) -> None:
        """Whether the flare-up is over (3.7)."""
        flare = self._flare
        if flare is None or day.pain is None or day.pain[0] <= flare.told_at:
            return
        at, pain = day.pain
        if pain > flare.calm_pain:
            flare.calm_at = None
        elif flare.calm_at is None:
            flare.calm_at = at
        elif at - flare.calm_at >= APART:
            self._flare_ends()

    def _flare_ends(self) -> None:
        self._flare = None
        for ladder in self._ladders.values():
            for one in ladder.ways:
                one.until = one.until or date.min

    def _week(self, on: date, pain: int) -> None:
        """A week of more pain takes a set, and holds for a week (3.4). In a flare-up that has taken half."""
        least, most = WEEK_APART
        before = next((told for day, told in reversed(self._weeks) if least <= (on - day).days <= most), None)
        self._weeks.append((on, pain))
        if before is None or pain - before < WEEK_RISE or self._flare is not None or on < self._stays_until:
            return
        self._stays_until = on + timedelta(days=WEEK_STAYS)
        for ladder in self._ladders.values():
            known = {rung: (ladder.asked.get(rung, dose), dose) for rung, dose in ladder.most.items()}
            steps = {rung: [max(map(fewer, between(*doses)))] for rung, doses in known.items()}
            ladder.ways.append(_Way("week", steps, self._stays_until))
            ladder.row, ladder.ambers = [], []

    def _looks(self, sitting: Sitting) -> Iterator[CoreStep]:
        """A session as it is asked for."""
        on = sitting.on
        days = 0 if self._last_on is None else (on - self._last_on).days
        sure = self._sure(on)
        for name, asked in sitting.asked.items():
            ladder = self._ladders.get(name)
            if ladder is None:
                continue
            anew = days >= ANEW_DAYS
            if anew:
                weights = ladder.weights
                weights.begin_anew()
                ladder = _Ladder(ladder.rungs, ladder.goal, min(ladder.top, ladder.rungs.first), weights=weights)
                self._ladders[name] = ladder
            else:
                self._gap(ladder, days)
            yield CoreStep(
                on=on,
                exercise=name,
                sitting=sitting,
                asked=asked,
                limits=tuple((one.cause, one.steps[asked.rung][0]) for one in ladder.ways if one.steps.get(asked.rung)),
                easier_than=_too_hard(ladder),
                most=ladder.most.get(asked.rung),
                top=ladder.top,
                anew=anew,
                stuck=_stuck(ladder, on, (asked.rung, Dose(asked.hold_s, asked.sets))),
                weight=tuple(ladder.weights.looks(name, sitting, asked, days, flare=self._flare is not None)),
                sure=sure,
            )

    def _sure(self, on: date) -> bool:
        return self._unsure_on is None or (on - self._unsure_on).days > UNSURE_DAYS

    def _gap(self, ladder: _Ladder, days: int) -> None:
        """What days without any core work leave (3.6)."""
        shares = next((shares for from_days, shares in GAPS if days >= from_days), None)
        if shares is not None:
            ladder.ways.append(_Way("gap", {rung: way(dose, shares) for rung, dose in ladder.most.items()}))
        if days > COUNTS_DAYS:
            ladder.row = []

    def _takes(self, sitting: Sitting) -> None:
        """What a session leads to."""
        days = 0 if self._last_on is None else (sitting.on - self._last_on).days
        self._last_on = sitting.on
        if sitting.late:
            self._unsure_on = sitting.on
        self._reviews.takes(sitting)
        for name, asked in sitting.asked.items():
            if name in self._ladders:
                self._answered(self._ladders[name], name, asked, sitting, days)

    def _answered(self, ladder: _Ladder, name: str, asked: Asked, sitting: Sitting, days: int) -> None:
        ladder.sessions += 1
        dose = Dose(asked.hold_s, asked.sets)
        climbed = ladder.fresh == asked.rung
        ladder.fresh = None if climbed else ladder.fresh
        if not asked.load_kg:
            untested = asked.baseline or sitting.short  # which measures nothing
            known = ladder.most.get(asked.rung, START if untested else dose)
            ladder.most[asked.rung], ladder.asked[asked.rung] = max(known, dose), dose
        too_hard = ladder.too_hard
        self._measured(ladder, name, asked, sitting)
        green, red = sitting.green(name), sitting.red(name)
        held_s = sitting.first_s.get(name)
        if climbed and held_s is not None and held_s < min(GIVES_OUT_S, dose.hold_s):
            self._back_down(ladder, "new-form", asked.rung)
        if green and name in sitting.done and not sitting.short:
            _leads_back(ladder, sitting.on)
        counts = self._counts(ladder, name, sitting, days)
        ladder.weights.takes(name, sitting, asked, counts=counts, red=red)
        if red:
            self._red(ladder, asked, sitting)
        elif sitting.amber(name) and ladder.too_hard == too_hard:  # else it is easier already
            self._amber(ladder, asked, sitting)
        elif counts:
            self._counted(ladder, asked)
        in_the_way = bool(ladder.ways) or self._flare is not None or sitting.held or sitting.late
        at_goal = asked.rung in ladder.rungs.goal and dose >= ladder.goal
        if not counts or in_the_way or at_goal or asked.load_kg:
            ladder.row = []
        else:
            ladder.row.append((sitting.on, (asked.rung, dose)))

    def _measured(self, ladder: _Ladder, name: str, asked: Asked, sitting: Sitting) -> None:
        """A measured hold: the dose may be by the better one, and one under ten seconds makes the rung easier (3.1)."""
        measured, rung = sitting.tests.get(name), asked.rung
        if measured is None:
            return
        best_s = ladder.tests[rung] = max(ladder.tests.get(rung, 0.0), measured.held_s)
        by_it = begins_by(best_s, ladder.goal, goal_form=rung in ladder.rungs.goal)
        ladder.most[rung] = max(ladder.most.get(rung, FLOOR), by_it)
        if asked.baseline and measured.gave_out and measured.held_s >= LEAST_TEST_S and best_s < GIVES_OUT_S:
            self._back_down(ladder, "test", rung)
        well = sitting.morning == "same-or-better" and not sitting.red(name) and not sitting.amber(name)
        if self._flare is None and well:  # it begins by what was measured now
            for one in ladder.ways:
                one.steps.pop(rung, None)

    def _back_down(self, ladder: _Ladder, cause: str, rung: int) -> None:
        """The rung was too hard: the one below it, until it is earned."""
        below = ladder.rungs.below(rung)
        if below is not None:
            ladder.top, ladder.too_hard = min(ladder.top, below), (cause, rung)
            ladder.counted[below] = ladder.ups[below] = 0

    def _counts(self, ladder: _Ladder, name: str, sitting: Sitting, days: int) -> bool:
        """Whether a session counts for an exercise (3.3, 3.6, 3.7)."""
        whole = name in sitting.done & sitting.kept and not sitting.short
        free = self._flare is None and sitting.on >= self._stays_until and days <= COUNTS_DAYS
        return whole and free and ladder.sessions >= FROM_SESSION and sitting.green(name) and sitting.easy(name)

    def _counted(self, ladder: _Ladder, asked: Asked) -> None:
        """One of the sessions that a step, or the next rung, wants (3.3)."""
        rung, most = asked.rung, ladder.most[asked.rung]
        longest = asked.hold_s >= most.hold_s and (asked.hold_s > START.hold_s or asked.sets >= most.sets)
        if not asked.load_kg and longest:
            ladder.counted[rung] = ladder.counted.get(rung, 0) + 1
            if ladder.counted[rung] >= COUNTING:
                ladder.most[rung], ladder.counted[rung] = step_from(most, ladder.goal), 0
        above = ladder.rungs.above(rung)
        if asked.hold_s >= UP_HOLD_S and above is not None:
            ladder.ups[rung] = ladder.ups.get(rung, 0) + 1
            if ladder.ups[rung] >= COUNTING:
                ladder.ups[rung], ladder.fresh, ladder.top = 0, above, max(ladder.top, above)
                ladder.most[above] = max(ladder.most.get(above, FLOOR), NEW_FORM)
                ladder.too_hard = None if ladder.too_hard and ladder.too_hard[1] <= above else ladder.too_hard

    def _red(self, ladder: _Ladder, asked: Asked, sitting: Sitting) -> None:
        """Three fifths of what was held, and back by steps; at the floor an easier rung (3.4)."""
        ladder.counted[asked.rung] = ladder.ups[asked.rung] = 0
        ladder.ambers = []
        if not asked.baseline and not sitting.short:
            self._eased(ladder, "red", asked, way(Dose(asked.hold_s, asked.sets), RED_SHARES))

    def _amber(self, ladder: _Ladder, asked: Asked, sitting: Sitting) -> None:
        """The second within a week takes a set, or a fifth of the hold (3.4)."""
        on, dose = sitting.on, Dose(asked.hold_s, asked.sets)
        ladder.ambers = [*(day for day in ladder.ambers if (on - day).days < AMBER_DAYS), on]
        if len(ladder.ambers) < AMBERS:
            return
        ladder.ambers = []
        less = fewer(dose)
        if not (asked.baseline or sitting.short or asked.load_kg):
            self._eased(ladder, "amber", asked, [less] if less < dose else [])

    def _eased(self, ladder: _Ladder, cause: str, asked: Asked, steps: list[Dose]) -> None:
        """A way back on the rung that was too much; from the floor, an easier one."""
        ladder.ways = [one for one in ladder.ways if one.cause not in ("red", "amber")]
        if steps:
            ladder.ways.append(_Way(cause, {asked.rung: steps}))
        elif ladder.rungs.below(asked.rung) is not None:
            ladder.ways.append(_Way(cause, {}, too_hard=asked.rung))


def _leads_back(ladder: _Ladder, on: date) -> None:
    """A green session leads one step on (3.4)."""
    for one in ladder.ways:
        if one.until is not None and on >= one.until:
            one.steps = {rung: steps[1:] for rung, steps in one.steps.items() if steps[1:]}
            one.too_hard = None
    ladder.ways = [one for one in ladder.ways if one.steps or one.too_hard is not None or one.until is None]


def _too_hard(ladder: _Ladder) -> tuple[tuple[str, int], ...]:
    """The rungs that are too hard, each with its cause."""
    found = [(one.cause, one.too_hard) for one in ladder.ways if one.too_hard is not None]
    return (*found, ladder.too_hard) if ladder.too_hard is not None else tuple(found)


def _stuck(ladder: _Ladder, on: date, asked: tuple[int, Dose]) -> int:
    """How often in a row it counted at what is asked for once more; 0 where that is not too often yet."""
    if any(known != asked for _, known in ladder.row):
        ladder.row = []
    row = ladder.row
    return len(row) if len(row) >= STUCK and (on - row[0][0]).days >= STUCK_DAYS else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The sessions of a story, and the days on which a review was due and nobody asked for it."""

    steps: tuple[CoreStep, ...]
    unasked: tuple[tuple[date, str], ...]


def judged(
    rungs: Mapping[str, Rungs], goals: Mapping[str, Asked], days: Iterable[WalkDay], sittings: Iterable[Sitting]
) -> Judged:
    """A whole story, judged."""
    judge = CoreJudge(rungs, goals)
    steps = tuple(judge.through(days, sittings))
    return Judged(steps, tuple(judge.unasked))
