"""The ladder of one core exercise: its rungs, the dose on each, and how one session moves them.

A ladder is a value. Whatever happens gives another one, so that a past day can be asked for and a fact that comes late
costs the sessions after it. Each rung keeps its own dose: whoever has to do an easier form for a while finds the other
one where they left it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.message import Message, say
from lumbar.core.plan.rules import Dosing


@dataclass(frozen=True, slots=True, order=True)
class HoldDose:
    """So many holds, a side where there are sides, of so many seconds."""

    hold_s: int
    sets: int

    @property
    def total_s(self) -> int:
        """Seconds held in all."""
        return self.hold_s * self.sets


@dataclass(frozen=True, slots=True)
class Change:
    """What made a dose what it is, and since when."""

    on: date
    message: Message
    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """How things stand on one rung.

    tests: seconds of the test holds, that of the shorter side; seen_s: of the best that a camera saw. tried: sessions
    with a test, whether anything is known of it or not; tested_on: the last of them; unsettled: what one of them came
    to is known, and nothing begins by it. pending: its first sessions are still to be tested. sessions: with this rung
    held. count: those that count towards the next step. back: the doses of the way back that are still to come. greens:
    green holds, each with its day, as far as the cap looks back. entered: it was just climbed to. full: the sessions in
    a row that counted at the target, each with its day and whether the camera saw them well held. stepped_from: the
    dose before the last step up, which is asked for while the cap does not let the step be taken. held_on: the last day
    on which holds as long as the dose were asked for and held. eased_on: the last day on which something took from the
    dose. set_on: the day of which a reviewer last set the dose or the form, as they saw it; what came before it they
    knew.
    """

    dose: HoldDose
    tests: tuple[float, ...] = ()
    seen_s: float = 0.0
    tried: int = 0
    tested_on: date | None = None
    unsettled: bool = False
    pending: bool = False
    sessions: int = 0
    count: int = 0
    back: tuple[HoldDose, ...] = ()
    greens: tuple[tuple[date, int], ...] = ()
    entered: bool = False
    full: tuple[tuple[date, bool], ...] = ()
    why: Change | None = None
    stepped_from: HoldDose | None = None
    held_on: date | None = None
    eased_on: date | None = None
    set_on: date | None = None

    def best_green(self, on: date, days: int) -> int | None:
        """The longest green hold in so many days before a day."""
        since = on - timedelta(days=days)
        return max((hold_s for day, hold_s in self.greens if since <= day < on), default=None)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The weight that an exercise has come to. since: the day of the first one. rests: sessions without it to come.
    grown: it is more than the first one, and was earned. carried: the most that was carried in full, a weight and the
    seconds of its holds; None before any was. held_on: the last day on which it was carried at all."""

    kg: float
    hold_s: int
    since: date
    count: int = 0
    rests: int = 0
    grown: bool = False
    carried: tuple[float, int] | None = None
    held_on: date | None = None

    @property
    def carried_on(self) -> date:
        """The last day on which it was carried, its first one at the earliest."""
        return self.held_on or self.since


@dataclass(frozen=True, slots=True)
class Ladder:
    """height: the rung that the person is on, as a number. uneasy: the rung of the last session, when that was not a
    green one, all told; None when it was. ambers: days that stand towards a smaller dose. rests: the
    exercise rests until it is reviewed, since then. loaded: the weight; None before the first one. weaker: the side
    whose last measured hold was the shorter one, which goes first; None where there is none. shown: easier rungs with
    the dose that a reviewer set without naming a form, for it is meant for the one that they were shown; the first
    session after it tells which that is."""

    height: int
    levels: Mapping[int, Level] = field(default_factory=dict)
    ambers: tuple[date, ...] = ()
    rests: date | None = None
    loaded: Loaded | None = None
    uneasy: int | None = None
    weaker: Side | None = None
    shown: Mapping[int, Level] = field(default_factory=dict)

    def known(self, rung: int) -> Level | None:
        """How things stand on a rung; None where it was never held and nobody set anything of it."""
        return self.shown.get(rung) or self.levels.get(rung)

    def level(self, rung: int, fresh: Level) -> Level:
        """How things stand on a rung; `fresh` where it was never held."""
        return self.known(rung) or fresh

    def with_level(self, rung: int, level: Level) -> "Ladder":
        """This ladder with another level on a rung."""
        shown = {number: one for number, one in self.shown.items() if number != rung} if self.shown else self.shown
        return replace(self, levels={**self.levels, rung: level}, shown=shown)

    def settled(self, rung: int) -> "Ladder":
        """This ladder once a rung was held: what was set for the form that was shown is of that one."""
        if not self.shown:
            return self
        level = self.shown.get(rung)
        return replace(self if level is None else self.with_level(rung, level), shown={})


def climbed(ladder: Ladder, above: int, on: date, rules: Dosing) -> Ladder:
    """On to a harder rung, with what begins there."""
    words = say("plan.reason.rung-up", seconds=rules.up_hold_s, count=rules.up_after)
    dose = HoldDose(rules.next_hold_s, rules.next_sets)
    level = Level(dose, sessions=rules.from_session, entered=True, why=Change(on, words, rules.source))
    return replace(ladder.with_level(above, level), height=above)


def sets_for(hold_s: int, rules: Dosing) -> int:
    """How many sets a hold of this length is done in."""
    return next(band.sets for band in rules.sets if hold_s >= band.from_s)


def down(seconds: float, rules: Dosing) -> int:
    """Rounded down as all doses are, and no less than the floor."""
    return max(rules.floor_hold_s, int(seconds / rules.round_s + 1e-9) * rules.round_s)


def by_test(test_s: float, target: HoldDose, rules: Dosing, *, goal_form: bool) -> HoldDose:
    """What a test hold begins with. target: the brief's, which only its own form reaches at once."""
    if goal_form and test_s >= target.hold_s:
        return target
    band = next(band for band in rules.start if test_s >= band.from_s)
    if band.share is None:
        return HoldDose(band.hold_s or rules.floor_hold_s, band.sets or rules.floor_sets)
    hold_s = min(down(test_s * band.share, rules), target.hold_s)
    return HoldDose(hold_s, sets_for(hold_s, rules))


def one_up(dose: HoldDose, target: HoldDose, rules: Dosing) -> HoldDose:
    """The next dose: a set more of the shortest holds, then longer ones, up to the target."""
    least = HoldDose(rules.floor_hold_s, sets_for(rules.floor_hold_s, rules))
    if dose.hold_s <= least.hold_s and dose.sets < least.sets:
        return HoldDose(least.hold_s, dose.sets + 1)
    if dose.hold_s >= target.hold_s:  # more than the target was set by somebody, and is not taken away
        return dose if dose.hold_s > target.hold_s else max(dose, target)
    hold_s = min(dose.hold_s + rules.step_s, target.hold_s)
    return HoldDose(hold_s, sets_for(hold_s, rules))


def scaled(dose: HoldDose, share: float, rules: Dosing) -> HoldDose:
    """A share of a dose: shorter holds; of the shortest holds, fewer."""
    if dose.hold_s > rules.floor_hold_s:
        return HoldDose(down(dose.hold_s * share, rules), dose.sets)
    return HoldDose(dose.hold_s, min(dose.sets, max(rules.floor_sets, int(dose.sets * share + 1e-9))))


def a_set_fewer(dose: HoldDose, share: float, rules: Dosing) -> HoldDose:
    """One set fewer; of the fewest sets, a share of the hold."""
    if dose.sets > rules.floor_sets:
        return HoldDose(dose.hold_s, dose.sets - 1)
    return HoldDose(down(dose.hold_s * share, rules), dose.sets)


def a_hold_fewer(dose: HoldDose) -> HoldDose:
    """The same holds, and one fewer of them."""
    return HoldDose(dose.hold_s, max(1, dose.sets - 1))


def way_back(
    to: HoldDose, start: HoldDose, shares: Iterable[float], best_s: int | None, rules: Dosing
) -> tuple[HoldDose, ...]:
    """The doses that lead back, each more than the one before, and none above the best green hold before the drop."""
    if best_s is None:
        return ()
    steps: list[HoldDose] = []
    last = start
    for share in shares:
        step = scaled(to, share, rules) if share < 1 else to
        step = HoldDose(min(step.hold_s, max(down(best_s, rules), start.hold_s)), step.sets)
        if step != last and step.total_s >= last.total_s and step.hold_s >= last.hold_s:
            steps.append(step)
            last = step
    return tuple(steps)


def eased(level: Level, on: date, shares: Sequence[float], rules: Dosing, why: Change) -> Level:
    """A level at the first share of its dose, with the others as its way back. What was on its way goes on after it, in
    holds that went well before."""
    start = scaled(level.dose, shares[0], rules)
    best_s = level.best_green(on, rules.cap_back_days)
    back = way_back(level.dose, start, shares[1:], best_s, rules)
    if back and best_s is not None:
        ways = (HoldDose(min(step.hold_s, down(best_s, rules)), step.sets) for step in level.back)
        back = (*back, *(step for step in ways if step.total_s > back[-1].total_s))
    return replace(level, dose=start, back=back, count=0, full=(), why=why, stepped_from=None, eased_on=why.on)


def cap_s(level: Level, on: date, rules: Dosing) -> int:
    """The longest hold that may be asked for on a day: so much above the best green hold before the last days; without
    one, above what was held first in them, or is held now."""
    begins = on - timedelta(days=rules.cap_days - 1)
    best_s = level.best_green(begins, rules.cap_back_days)
    if best_s is None:
        lately = (hold_s for day, hold_s in level.greens if begins <= day < on)
        best_s = min(lately, default=level.dose.hold_s)
    return best_s + rules.cap_s


def asked_for(level: Level, on: date, rules: Dosing) -> HoldDose:
    """The dose on a day: a step up waits as long as it would pass the cap by then. Of a long one, after a measured
    hold, comes as much as the cap lets."""
    before = level.stepped_from
    if before is None or level.dose.hold_s <= (most_s := cap_s(level, on, rules)):
        return level.dose
    hold_s = down(most_s, rules)
    return HoldDose(hold_s, sets_for(hold_s, rules)) if hold_s > before.hold_s else before


def waits_for_cap(rules: Dosing) -> Message:
    """Why a step is not taken in full yet."""
    return say("plan.reason.step-waits", seconds=rules.cap_s, days=rules.cap_days, back=rules.cap_back_days)


def as_asked_for(level: Level, on: date, rules: Dosing) -> Level:
    """The level as it was trained on a day: where its step waited, it is to be taken anew."""
    waited = asked_for(level, on, rules)
    if level.stepped_from is None or waited == level.dose:
        return level
    count, why = max(level.count, rules.step_after - 1), Change(on, waits_for_cap(rules), rules.source)
    return replace(level, dose=waited, stepped_from=None, count=count, why=why)


def kept_greens(level: Level, on: date, rules: Dosing) -> tuple[tuple[date, int], ...]:
    """The green holds that a cap may still look at."""
    since = on - timedelta(days=rules.cap_days + rules.cap_back_days)
    if not level.greens or level.greens[0][0] >= since:
        return level.greens
    return tuple(green for green in level.greens if green[0] >= since)


def stepped(level: Level, on: date, target: HoldDose, rules: Dosing) -> Level:
    """One step up, when its time has come and the cap lets it; as it was, with the count standing, when not."""
    after = one_up(level.dose, target, rules)
    next_on = on + timedelta(days=1)
    if after == level.dose or (after.hold_s > level.dose.hold_s and after.hold_s > cap_s(level, next_on, rules)):
        return level
    words = say("plan.reason.step-up", sets=after.sets, seconds=after.hold_s, count=level.count)
    why = Change(on, words, rules.source)
    return replace(level, dose=after, count=0, why=why, stepped_from=level.dose)
