"""What outcomes tell the plan: a week of more pain holds it back, and what goes on getting worse asks for a review.

They look at weeks where a session's own pain looks at hours, and hold back beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.outcomes import PAIN, Answer, Blind, Direction, Instrument, Score, change, scored
from lumbar.core.plan.absence import fresh
from lumbar.core.plan.gap import start_dose
from lumbar.core.plan.ladder import Change, Ladder, Level, a_set_fewer, as_asked_for, way_back
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rules import Listening, Weekly
from lumbar.core.plan.rungs import easiest
from lumbar.core.plan.too_much import less

_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Heard:
    """What answers came to until a day.

    weeks: the pain of the last weeks, each with its day. first: the first score by instrument, the earliest of them on
    first_on; worse: the days since the last review on which it was worse by as much as matters. gained: the instruments
    by which things are better, as good as can be from the first, or could hardly show it. weighed: it was looked at
    whether they are. eased_on: when a week of more pain last took a set.
    """

    weeks: tuple[tuple[date, int], ...] = ()
    first: Mapping[str, Score] = field(default_factory=dict)
    first_on: date | None = None
    gained: frozenset[str] = frozenset()
    weighed: bool = False
    worse: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    eased_on: date | None = None
    reviewed_on: date | None = None

    def stays(self, on: date, rules: Weekly) -> bool:
        """Whether nothing grows on a day, because the week's pain rose."""
        return self.eased_on is not None and on < self.eased_on + timedelta(days=rules.stay_days)

    def reviewed(self, seen_on: date) -> "Heard":
        """After a review: what was worse until the day of it was looked at."""
        worse = {name: tuple(on for on in days if on > seen_on) for name, days in self.worse.items()}
        return replace(self, worse=worse, reviewed_on=seen_on)


def hear(heard: Heard, answers: Iterable[Answer], on: date, programme: Programme) -> tuple[Heard, frozenset[str]]:
    """With the answers of a day, and why they ask for a review: `rising`, `worse`, `no-gain`."""
    rules = programme.listening.weekly
    asks: set[str] = set()
    for answer in answers:
        instrument = programme.outcomes.instruments.get(answer.instrument)
        score = None if instrument is None else scored(instrument, answer)
        if instrument is None or score is None:
            continue
        heard = _beside_the_first(heard, instrument, score, on, rules)
        if len(heard.worse.get(instrument.id, ())) >= rules.worse_times:
            asks.add("worse")
        if instrument.id == PAIN:
            if _weeks_rising(heard, on, int(score.value), rules) >= rules.rising_weeks:
                asks.add("rising")
            heard = _with_week(heard, on, int(score.value), rules)
            if _time_to_weigh(heard, on, rules):
                heard = replace(heard, weighed=True)
                asks |= set() if heard.gained else {"no-gain"}
    return heard, frozenset(asks)


def _time_to_weigh(heard: Heard, on: date, rules: Weekly) -> bool:
    """Whether it is the week in which things should be better by as much as matters. It is looked at once."""
    if heard.weighed or heard.first_on is None:
        return False
    return (on - heard.first_on).days >= rules.gain_weeks * _WEEK_DAYS - rules.gain_early_days


def rose(heard: Heard, answers: Iterable[Answer], on: date, rules: Weekly) -> bool:
    """Whether a day's answers tell of a week with so much more pain than the one before that the dose is eased.

    Telling it twice eases once.
    """
    if heard.eased_on is not None and (on - heard.eased_on).days < rules.apart_days:
        return False
    before = _week_before(heard, on, rules)
    pains = [answer.body.get("nprs") for answer in answers if answer.instrument == PAIN]
    return before is not None and any(isinstance(pain, int) and pain - before[1] >= rules.rise for pain in pains)


def eased_by_a_week(ladders: Mapping[str, Ladder], on: date, programme: Programme) -> dict[str, Ladder]:
    """Every dose a little less, as after two sessions that left the back a bit worse."""
    return {name: _eased(name, ladder, on, programme) for name, ladder in ladders.items()}


def _eased(name: str, ladder: Ladder, on: date, programme: Programme) -> Ladder:
    level, exercise = ladder.levels.get(ladder.height), programme.exercises.get(name)
    if exercise is None or ladder.rests is not None:
        return ladder
    rules = programme.listening
    why = Change(
        on, say("plan.reason.week-rose", points=rules.weekly.rise, days=rules.weekly.stay_days), rules.weekly.source
    )
    waits = _waits_for_a_test(ladder, level, exercise, programme)
    below = {rung: one for rung in range(ladder.height) if (one := ladder.known(rung) or waits.get(rung)) is not None}
    for rung, one in below.items():
        ladder = ladder.with_level(rung, _a_set_fewer(one, why, rules))
    if level is None:
        return ladder
    level = replace(as_asked_for(level, on, rules.dosing), full=())
    return less(ladder, ladder.height, level, rules.weekly.share, exercise, why, rules)


def _waits_for_a_test(
    ladder: Ladder, level: Level | None, exercise: Exercise, programme: Programme
) -> Mapping[int, Level]:
    """The easiest rung, which is asked for on days with too much pain for the first tests, though it was never held."""
    lowest = easiest(exercise, ladder.height)
    if lowest == ladder.height or (level is not None and not level.pending):
        return {}
    return {lowest: fresh(exercise, lowest, programme.listening, start_dose(programme))}


def _a_set_fewer(level: Level, why: Change, rules: Listening) -> Level:
    """A rung below, which an answer, a pain or an uneasy session may be asking for: no easier one follows from it."""
    dosing = rules.dosing
    dose = a_set_fewer(level.dose, rules.weekly.share, dosing)
    if dose == level.dose:
        return level
    back = way_back(level.dose, dose, (1.0,), level.best_green(why.on, dosing.cap_back_days), dosing)
    return replace(level, dose=dose, back=back, count=0, why=why, stepped_from=None, eased_on=why.on, full=())


def _beside_the_first(heard: Heard, instrument: Instrument, score: Score, on: date, rules: Weekly) -> Heard:
    """With a score beside the first one. What is told twice within a few days is one time and not two."""
    first = heard.first.get(instrument.id)
    if first is None:
        first_on = on if heard.first_on is None else min(heard.first_on, on)
        return replace(heard, first={**heard.first, instrument.id: score}, first_on=first_on)
    found = change(instrument, first, score)
    if found is not None and instrument.warns:
        fine = instrument.as_good_as_can_be(found.first) and instrument.as_good_as_can_be(found.now)
        blind = found.blind is Blind.BETTER and found.direction is not Direction.WORSE
        better = found.direction is Direction.BETTER or found.recovered or blind or fine
        gained = heard.gained - {instrument.id} | ({instrument.id} if better else set())
        heard = replace(heard, gained=frozenset(gained))
    if found is None or found.direction is not Direction.WORSE or not instrument.warns:
        return heard
    before = heard.worse.get(instrument.id, ())
    if before and (on - before[-1]).days < rules.apart_days:
        return heard
    return replace(heard, worse={**heard.worse, instrument.id: (*before, on)})


def _week_before(heard: Heard, on: date, rules: Weekly) -> tuple[date, int] | None:
    """The pain of the week before a day; None when nobody told it."""
    near = (week for week in heard.weeks if rules.apart_days <= (on - week[0]).days <= rules.within_days)
    return max(near, default=None)


def _weeks_rising(heard: Heard, on: date, pain: int, rules: Weekly) -> int:
    """How many weeks running the pain rose until this one, since the last review."""
    count = 0
    while (before := _week_before(heard, on, rules)) is not None and pain - before[1] >= rules.rising:
        if heard.reviewed_on is not None and before[0] < heard.reviewed_on:
            break
        (on, pain), count = before, count + 1
    return count


def _with_week(heard: Heard, on: date, pain: int, rules: Weekly) -> Heard:
    since = on - timedelta(days=rules.within_days * rules.rising_weeks)
    return replace(heard, weeks=(*(week for week in heard.weeks if week[0] >= since), (on, pain)))
