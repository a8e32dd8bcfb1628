"""One virtual person's life with the plan, day after day.

The days go through the plan's own course and prescriptions, without a record between them: so thousands of people take
minutes. That a record leads to the same course is for the tests of the course.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Step
from lumbar.core.outcomes import PAIN, Answer
from lumbar.core.plan.bout import Bout
from lumbar.core.plan.course import Course, Told, after_begun, after_day, opened
from lumbar.core.plan.dated import Dated
from lumbar.core.plan.day import HoldTest
from lumbar.core.plan.dose import prescribe
from lumbar.core.plan.history import History
from lumbar.core.plan.prescription import Known, Prescription
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.told import Described, Hold, Review
from lumbar.core.record import Fact
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.record.fields import Body
from lumbar.core.rung import Rung
from lumbar.core.safety import Verdict, conclude
from lumbar.core.simulate.outdoors import Outdoors
from lumbar.core.simulate.people import Chance, Kind, Pain, Person
from lumbar.core.simulate.rules import AGREED_DAYS, LOAD_WEEKS_DAYS, Story
from lumbar.core.simulate.sittings import Asked, Measured, Rungs, Sitting

LOOKED_AT = 0.1
"""The share of sessions of which it is asked what more pain would have made of them."""
KEPT_SHARE, SEEN_SHARE, UNTIDY_SHARE = 0.9, 0.95, 0.2
"""A shape is kept, and well held, for so much of the time without a fault (3.3, 3.5); with one for more than so much of
it a weight has to go (3.5)."""


@dataclass(slots=True)
class Lived:
    """A life with the plan: who, what happened, how many days each exercise took to its target, and whether it went
    through a record, day by day."""

    person: Person
    story: Story
    days_to: dict[str, int] = field(default_factory=dict)
    whole: bool = False


class _Life:
    """Carries one person through their days."""

    def __init__(self, person: Person, chance: Chance, more: Chance, programme: Programme, began_on: date) -> None:
        self.person, self.chance, self.programme, self.began_on = person, chance, programme, began_on
        self.more = more
        self.core = programme.of_step(Step.CORE)
        self.verdict: Verdict = conclude((), (), programme.form, began_on)
        self.pain = Pain(person, chance)
        self.course = Course()
        nobody: Dated[Described] = Dated()
        self.history = History(described=nobody.with_more(self._described()))
        goals = {exercise.id: goal_of(exercise) for exercise in self.core}
        rungs = {exercise.id: rungs_of(exercise) for exercise in self.core}
        self.story = Story(always_green=person.kind is Kind.GREEN, goals=goals, rungs=rungs)
        self.outdoors = Outdoors(person, chance, programme, self.story.walk)
        self.capacity_s = dict(person.capacity_s)
        self.week_on = began_on
        self.review_on: date | None = None
        self.agreed_on: date | None = None
        self.flare_told = False
        self.resting: set[str] = set()
        self.reached: dict[str, date] = {}
        self.befores: list[int] = []
        self._ids = count()

    def fact(self, kind: str, at: datetime, body: Body) -> Fact:
        number = str(next(self._ids))
        return Fact(number, "p", kind, 1, at, "UTC", at.date(), at, "d", "page", body)

    def _described(self) -> list[Described]:
        if self.person.body_mass_kg is None:
            return []
        at = _at(self.began_on)
        fact = Fact("m", "p", "person-described", 1, at, "UTC", at.date(), at, "d", "page", {})
        return [Described(fact, at, at.date(), self.person.body_mass_kg, self.person.helper)]

    def day(self, on: date) -> None:
        """One day of it."""
        felt = self.pain.next_day()
        number = (on - self.began_on).days
        if any(first <= number < first + days for first, days in self.person.away):
            return
        told = self._told(on, max(0, felt - self.person.lies))
        told, today = self.outdoors.looks(self.course, told, _at(on), felt, self.pain, self._usual())
        if told.reviews or told.readings:  # on other days nobody asks
            told = self._asks(on, told, today, felt)
        self.course = after_begun(today, told, self.programme)
        if told.before is not None:
            self.befores.append(told.before[1])
        self._books(on)

    def _asks(self, on: date, told: Told, today: Course, felt: int) -> Told:
        """Looks at what is asked for, and perhaps does it. today: the course as the day begins."""
        today = opened(today, on, self.programme)
        trains = bool(told.readings) and self._trains(on, told)
        if not (trains or told.reviews):
            # Nothing else keeps their core work off: no answer of theirs closes any, and no reviewer leaves one out.
            self.resting = {name for name, ladder in today.ladders.items() if ladder.rests is not None}
            return told
        asked = self._asked(today, on, told)
        if told.reviews:
            self.story.pauses += [(on, asked[name].rung is not None) for name in sorted(self.resting)]
        self.resting = {name for name, dose in asked.items() if dose.rung is None}
        return self._train(on, told, asked, felt) if trains else told

    def _told(self, on: date, pain: int) -> Told:
        reviews = (self._review(on),) if self._reviewed_today(on) else ()
        if reviews:
            self.history = replace(self.history, reviews=self.history.reviews.with_more(reviews))
        flares = self.pain.flaring and not self.flare_told and self.chance.random() < 0.5
        self.flare_told = (self.flare_told or flares) and self.pain.flaring
        speaks = flares or self.course.flare is not None or self._due(on)
        readings = ((_at(on) + timedelta(minutes=5), pain),) if speaks else ()
        before = (pain, pain) if speaks else None
        flared = (_at(on),) if flares else ()
        return Told(on, reviews, flared, readings=readings, before=before, outcomes=self._week(on, pain))

    def _week(self, on: date, pain: int) -> tuple[Answer, ...]:
        """The week's pain, of those who tell it."""
        if not self.person.weekly or on < self.week_on:
            return ()
        self.week_on = on + timedelta(weeks=1)
        return (Answer(PAIN, _at(on) - timedelta(minutes=1), on, {"nprs": pain}),)  # a review has seen it

    def _due(self, on: date) -> bool:
        last_on = self.course.last_on
        return last_on is None or (on - last_on).days >= self.programme.schedule.core_gap_days

    def _trains(self, on: date, told: Told) -> bool:
        able = told.before is not None and told.before[1] < self.programme.pain.no_core_from
        return able and self._due(on) and self.chance.random() < self.person.adherence

    def _asked(self, today: Course, on: date, told: Told) -> dict[str, Prescription]:
        known = Known(self.verdict, today, self.history, on, None if told.before is None else told.before[1])
        return {exercise.id: prescribe(self.programme, exercise, known) for exercise in self.core}

    def _train(self, on: date, told: Told, asked: Mapping[str, Prescription], felt: int) -> Told:
        """A session: what was held, and what was said of it."""
        doses = {name: dose for name, dose in asked.items() if dose.rung is not None}
        if not doses:
            return told
        strain = {name: dose.hold_s / self._able_s(name, dose.rung) for name, dose in doses.items()}
        worst, morning, spread = reacted(self.person, self.chance, felt, max(strain.values()))
        named = frozenset([max(strain, key=lambda name: strain[name])]) if self.chance.random() < 0.3 else frozenset()
        effort = 4 if self.person.kind is Kind.GREEN else min(10, round(3 + 5 * max(strain.values())))
        holds = {e.id: self._holds(e, doses[e.id], on, strain[e.id]) for e in self.core if e.id in doses}
        tidy = self.chance.random() < self.person.tidy
        kept = {} if self.person.camera else dict.fromkeys(doses, "yes" if tidy else "no")
        low = told.before or (0, 0)
        number = self._number(low[0], morning)
        bout = Bout(
            on, _at(on), holds, low, worst, number, morning, spread, effort, named, kept, short=False, strained=named
        )
        told = replace(told, bout=bout)
        self._note(on, told, doses, tidy)
        for name in doses:
            self.capacity_s[name] *= 1 + self.person.growth
        return told

    def _able_s(self, name: str, rung: Rung | None) -> float:
        """How long they could hold a form. Each harder one leaves a share of it."""
        exercise = self.programme.exercises[name]
        steps = 0 if rung is None else exercise.number(rung) - exercise.number(exercise.first_rung)
        return max(1.0, self.capacity_s[name] * self.person.steep**steps)

    def _number(self, before: int, morning: str | None) -> int | None:
        """The pain of the morning after as a number, which does not always fit the words."""
        if morning is None or not self.person.numbered or self.more.random() >= self.person.numbered:
            return None
        return min(10, max(0, before + 2 * MORNINGS.index(morning) + self.more.choice((-1, 0, 0, 1))))

    def _holds(self, exercise: Exercise, dose: Prescription, on: date, strain: float) -> tuple[Hold, ...]:
        """What was held of a dose: all of it, or, where it was too much, short holds."""
        rung = dose.rung or exercise.first_rung
        tests = self._tests(exercise, dose, rung, on)
        share = 1.0 if strain <= 1 else 1 / strain
        target_s, held_s = float(dose.hold_s), dose.hold_s * share
        faulted_s = held_s * (self.person.slack if self.chance.random() < self.person.tidy else 0.5)
        faults = [{"from_s": 0.0, "to_s": faulted_s}] if faulted_s else []
        body = {
            "target_s": target_s,
            "measured": self.person.camera,
            "faults": faults if self.person.camera else [],
            "load_kg": dose.load_kg or None,
        }
        at = _at(on)
        fact = self.fact("set-done", at, body)
        outcome = "done" if share >= 1 else "stopped"
        seen_s = held_s if self.person.camera else 0.0
        sides = [
            Hold(fact, at, on, "s", exercise.id, rung.id, side, at, on, held_s, seen_s, outcome, target_s)
            for side in sides_of(exercise)
        ]
        sets = dose.sets - (dose.test is not HoldTest.NONE)  # all alike
        return (*tests, *(hold for hold in sides for _ in range(sets)))

    def _tests(self, exercise: Exercise, dose: Prescription, rung: Rung, on: date) -> tuple[Hold, ...]:
        """A measured hold of each side: for as long as the strength lasts, which is not the same every day."""
        if dose.test is HoldTest.NONE:
            return ()
        best_s = self._able_s(exercise.id, rung)
        held_s = min(float(dose.test_s), max(1.0, best_s * self.chance.uniform(0.7, 1.1)))
        whole = held_s >= dose.test_s
        target_s = float(dose.test_s)
        body = {"target_s": target_s, "measured": self.person.camera, "faults": [], "test": True}
        at = _at(on)
        fact = self.fact("set-done", at, body)
        outcome, seen_s = "done" if whole else "stopped", held_s if self.person.camera else 0.0
        sides = sides_of(exercise)
        return tuple(
            Hold(fact, at, on, "s", exercise.id, rung.id, side, at, on, held_s, seen_s, outcome, target_s, is_test=True)
            for side in sides
        )

    def _note(self, on: date, told: Told, doses: Mapping[str, Prescription], tidy: bool) -> None:
        """Writes the sitting down, and now and then what more pain would have made of it."""
        bout = told.bout
        if bout is None:
            return
        asked = {name: self._as_held(self._as_asked(name, dose), bout.holds[name]) for name, dose in doses.items()}
        full = frozenset(name for name, holds in bout.holds.items() if all(hold.done for hold in holds))
        mass, agreed = self.person.body_mass_kg, self.agreed_on
        weeks = (on - (self.course.first_on or on)).days >= LOAD_WEEKS_DAYS
        may_load = mass is not None and agreed is not None and (on - agreed).days <= AGREED_DAYS and weeks
        before = bout.before[0] if bout.before else 0
        faulted = {name: _faulted(bout.holds[name]) for name in full}
        neat = (name for name in full if (faulted[name] <= 1 - KEPT_SHARE if self.person.camera else tidy))
        sitting = Sitting(on, asked, before, bout.worst or 0, bout.words, bout.spread, bout.named, bout.effort or 0,
                          full, frozenset(neat), may_load, self._usual(), body_mass_kg=mass,
                          helper=self.person.helper, morning_pain=bout.morning, **self._beheld(bout))  # fmt: skip
        self.story.sittings.append(sitting)
        for exercise in self.core:
            dose = doses.get(exercise.id)
            goal = self.story.goals[exercise.id]
            at_goal = dose is not None and dose.rung is not None and dose.rung.goal_form
            if at_goal and dose is not None and (dose.hold_s, dose.sets) == (goal.hold_s, goal.sets):
                self.reached.setdefault(exercise.id, on)
        if self.chance.random() < LOOKED_AT:
            self._what_if(on, told, bout)

    def _beheld(self, bout: Bout) -> dict[str, Any]:
        """What the holds of a session came to, and what a camera saw of them."""
        tests: dict[str, Measured] = {}
        first_s: dict[str, float] = {}
        for name, holds in bout.holds.items():
            if holds[0].is_test:
                tests[name] = Measured(
                    min(one.credited_s for one in holds if one.is_test), holds[0].outcome == "stopped"
                )
            else:
                first_s[name] = holds[0].credited_s
        share = {name: _faulted(holds) for name, holds in bout.holds.items()} if self.person.camera else {}
        return {
            "tests": tests,
            "first_s": first_s,
            "seen": frozenset(name for name, faulted in share.items() if faulted <= 1 - SEEN_SHARE),
            "untidy": frozenset(name for name, faulted in share.items() if faulted > UNTIDY_SHARE),
        }

    def _usual(self) -> int | None:
        lately = sorted(self.befores[-7:])
        return lately[(len(lately) - 1) // 2] if lately else None

    def _what_if(self, on: date, told: Told, bout: Bout) -> None:
        """The next session, as it is, and as it would be after more pain, in the session or on the morning after."""
        worse = {"same-or-better": "a-bit-worse", "a-bit-worse": "clearly-worse"}
        morning = worse.get(bout.words or "", bout.words)
        in_it = replace(bout, worst=min(10, (bout.worst or 0) + 2))
        worse_bout = in_it if self.chance.random() < 0.5 else replace(bout, words=morning)
        if bout.morning is not None:  # and more of the others besides
            worse_bout = replace(worse_bout, morning=min(10, bout.morning + self.more.choice((0, 1, 2, 4))))
            worse_bout = replace(worse_bout, spread=bout.spread or self.more.random() < 0.2)
        more = replace(told, bout=worse_bout)
        less_next, more_next = (self._next(one, on) for one in (told, more))
        for name, dose in less_next.items():
            self.story.more_pain.append((on, name, dose, more_next.get(name, Asked(-1, 0, 0))))

    def _next(self, told: Told, on: date) -> dict[str, Asked]:
        day = on + timedelta(days=self.programme.schedule.core_gap_days)
        today = opened(after_day(self.course, told, self.programme), day, self.programme)
        found = self._asked(today, day, Told(day, before=(1, 1)))
        return {name: self._as_asked(name, dose) for name, dose in found.items() if dose.rung is not None}

    def _as_asked(self, name: str, dose: Prescription) -> Asked:
        exercise = self.programme.exercises[name]
        rung = exercise.number(dose.rung) if dose.rung is not None else -1
        test_s = 0 if dose.test is HoldTest.NONE else dose.test_s
        return Asked(
            rung, dose.hold_s, dose.sets, dose.load_kg, test_s, baseline=dose.test in (HoldTest.FIRST, HoldTest.AGAIN)
        )

    def _as_held(self, asked: Asked, holds: tuple[Hold, ...]) -> Asked:
        """A measured hold weighs what it came to, and no less than the short holds that anybody begins with."""
        tests = [int(hold.credited_s) for hold in holds if hold.is_test]
        start = self.programme.start_dose
        least = start.hold_s * start.sets - asked.hold_s * (asked.sets - 1)
        return replace(asked, test_s=max(min(tests), least)) if tests else asked

    def _books(self, on: date) -> None:
        """Goes to a review that is asked for, if they are one who does. What rests leads everybody there in the end."""
        if self.review_on is not None or not (self.course.book or self.resting):
            return
        wait = self.person.books if self.person.books is not None else 28 if self.resting else None
        self.review_on = None if wait is None else on + timedelta(days=wait)

    def _reviewed_today(self, on: date) -> bool:
        agrees = self.person.agreed_after is not None and (on - self.began_on).days == self.person.agreed_after
        return agrees or (self.review_on is not None and on >= self.review_on)

    def _review(self, on: date) -> Review:
        self.review_on = None
        agreed_after = self.person.agreed_after
        agrees = agreed_after is not None and (on - self.began_on).days >= agreed_after
        self.agreed_on = on if agrees else None
        body = {"by_whom": "Jo Park", "profession": "physiotherapist", "decision": "go-on"}
        return Review(self.fact("review-recorded", _at(on), body), _at(on), on, on, "go-on", agrees, {})


def live(
    person: Person, chance: Chance, programme: Programme, *, days: int, began_on: date, more: Chance | None = None
) -> Lived:
    """Lets somebody live with the plan for some days. more: what their further traits draw from, if they have any."""
    life = _Life(person, chance, chance if more is None else more, programme, began_on)
    for number in range(days):
        life.day(began_on + timedelta(days=number))
    life.story.reached = life.reached
    taken = {name: (on - began_on).days for name, on in life.reached.items()} | life.story.walk.days_to(began_on)
    return Lived(person, life.story, taken)


def reacted(person: Person, chance: Chance, felt: int, strain: float) -> tuple[int, str | None, bool]:
    """What somebody tells of a session: the worst pain, the morning after, and whether pain moved down the leg.

    felt: the pain before it. strain: what was asked for as a share of what they could hold.
    """
    if person.kind is Kind.GREEN:
        return felt, MORNINGS[0], False
    rise = max(0, round(chance.gauss(3 * max(0.0, strain - 0.7), 0.8)))
    worst = min(10, felt + rise)
    bad = (rise >= 2) + (chance.random() < 0.08) + (chance.random() < 0.03)
    told = max(0, bad - (1 if person.lies else 0))
    morning = None if chance.random() < person.silent else MORNINGS[min(told, 2)]
    return max(0, worst - person.lies), morning, chance.random() < 0.004


def _faulted(holds: Sequence[Hold]) -> float:
    """The share of the time in position with a standing fault."""
    seen_s = sum(hold.in_position_s for hold in holds)
    faulted_s = sum(fault["to_s"] - fault["from_s"] for hold in holds for fault in hold.fact.body["faults"])
    return float(faulted_s) / seen_s if seen_s else 0.0


def rungs_of(exercise: Exercise) -> Rungs:
    """An exercise's rungs for the rules."""
    numbered = list(enumerate(exercise.rungs))
    plain = tuple(number for number, rung in numbered if not rung.variant)
    first = exercise.number(exercise.first_rung)
    return Rungs(plain, first, frozenset(number for number, rung in numbered if rung.goal_form))


def goal_of(exercise: Exercise) -> Asked:
    """An exercise's target in the brief's form."""
    rung = next(number for number, rung in enumerate(exercise.rungs) if rung.goal_form)
    return Asked(rung, exercise.dose.target_s, exercise.dose.sets)


def _at(on: date) -> datetime:
    return datetime.combine(on, time(8), UTC)
