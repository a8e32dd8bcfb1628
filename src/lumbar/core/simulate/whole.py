"""One virtual person's life with the whole house: every answer is a fact, and every day is what `plan` says.

They are screened, held back and let back; fall ill; travel, and their clocks change; use two devices, one of them with
a wrong clock and often offline; understate their pain, leave mornings untold and do short versions. `live` is the same
without the record, for speed.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from lumbar.core.changing import replace
from lumbar.core.exercise import Step
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.day import Day, Item, ItemState, Need
from lumbar.core.record import day_of
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.simulate.health import Health
from lumbar.core.simulate.house import Device, House
from lumbar.core.simulate.live import SEEN_SHARE, UNTIDY_SHARE, Lived, goal_of, rungs_of
from lumbar.core.simulate.people import Chance, Kind, Pain, Person
from lumbar.core.simulate.rules import AGREED_DAYS, LOAD_WEEKS_DAYS, Story
from lumbar.core.simulate.session import Sessions, Told, asked_next, asked_of, core_of
from lumbar.core.simulate.sittings import Asked, Sitting
from lumbar.core.simulate.strolls import Strolls
from lumbar.core.simulate.view import look_at
from lumbar.core.simulate.walk_judge import MORNING

LOOKS, SIGN, ILL, TRAVELS, REORDERED, LOOKED_AT = 0.35, 1 / 180, 1 / 60, 1 / 40, 1 / 90, 0.04
"""Shares: of the days without core work on which the day is opened; of days on which a warning sign is new, an illness
begins or a journey does; of looks that are made again in another order, and of sessions with more pain."""

CLOCKS = timedelta(hours=2)
"""No clock is so wrong."""


class _WholeLife:
    """Carries one person through their days."""

    def __init__(
        self, person: Person, chance: Chance, programme: Programme, zones: Sequence[tzinfo], began_on: date
    ) -> None:
        self.person, self.chance, self.programme, self.zones, self.began_on = person, chance, programme, zones, began_on
        self.well = person.kind is Kind.GREEN
        core = programme.of_step(Step.CORE)
        self.house = House(programme.form, (exercise.id for exercise in core), chance)
        self.health = Health(programme.form, chance, well=self.well)
        self.sessions = Sessions(person, chance, programme, self.house)
        goals = {exercise.id: goal_of(exercise) for exercise in core}
        rungs = {exercise.id: rungs_of(exercise) for exercise in core}
        self.story = Story(always_green=self.well, goals=goals, rungs=rungs)
        self.pain = Pain(person, chance)
        self.devices = _devices(chance, well=self.well)
        self.strolls = Strolls(person, chance, self.house, self.devices[0], self.story.walk)
        self.zone = zones[0]
        self.utc = datetime.min.replace(tzinfo=UTC)
        self.reached: dict[str, date] = {}
        self.sitting: tuple[Sitting, Told] | None = None
        self.morning: str | None = None
        self.befores: list[int] = []
        self.first_core: date | None = None
        self.agreed_on: date | None = None
        self.review_on: date | None = None
        self.follow_on: date | None = None
        self.resting: frozenset[str] = frozenset()
        self.rounds = self.ill_days = 0
        self.flare_told = False

    def tell(self, kind: str, at: datetime, /, **body: Any) -> None:
        """Something told now, which arrives at once."""
        self.house.tell(kind, at, self.devices[0], **body)

    def day(self, on: date) -> None:
        """One day of it."""
        chance, number = self.chance, (on - self.began_on).days
        felt = self.pain.next_day()
        if not self.well and chance.random() < TRAVELS:
            self.zone = chance.choice(self.zones)
        at = datetime.combine(on, time(8 if self.well else chance.randint(5, 22), 30), self.zone)
        if at.astimezone(UTC) <= self.utc + timedelta(hours=1):
            return  # the day was spent on a journey
        if any(first <= number < first + days for first, days in self.person.away):
            return
        self._falls_ill()
        due = self.sitting is None or (on - self.sitting[0].on).days >= self.programme.schedule.core_gap_days
        strolls = self.strolls.goes_out()
        if not (due or strolls or self.follow_on or self.ill_days) and chance.random() >= LOOKS:
            return
        self.utc = at.astimezone(UTC) + timedelta(minutes=30)
        if number == 0:
            described = {"body_mass_kg": self.person.body_mass_kg, "helper": self.person.helper}
            self.tell("person-described", at, **described)
        self._reviewed(on, at)
        self._opens(at, max(0, felt - self.person.lies), felt)

    def _falls_ill(self) -> None:
        if self.ill_days:
            self.ill_days -= 1
        elif not self.well and self.chance.random() < ILL:
            self.ill_days = self.chance.randint(1, 6)

    def _opens(self, at: datetime, pain: int, felt: int) -> None:
        """Opens the day, answers what is asked, and perhaps trains."""
        on = day_of(at)
        if self.pain.flaring and not self.flare_told and self.chance.random() < 0.5:
            self.tell("flare-reported", at)
            self.strolls.flared(at, self._usual())
        self.flare_told = self.pain.flaring
        self._speaks_of_walk(at, felt)
        day = self._plan(at)
        self._follows(day, at)
        ill = False
        for _ in range(3):
            asked = day.needs
            ill = self._answers(asked, at, pain) or ill
            at += timedelta(minutes=2)
            day = self._plan(at)
            if not asked or day.needs == asked:
                break
        told = self._outcomes(day, at, pain)
        day = self._plan(at) if self.strolls.tells_usual(day, at) or told else day
        self._sees(day, at, ill=ill)
        self.strolls.walks(day, at, ill=ill)
        items = core_of(day, self.programme)
        ready = items and not any(need is not Need.MORNING_AFTER for need in day.needs)
        if ready and self._rested(at) and self.chance.random() < self.person.adherence:
            self._trains(day, items, at, on, felt)
        if day.pain_before is not None:
            self.befores.append(day.pain_before)

    def _speaks_of_walk(self, at: datetime, felt: int) -> None:
        """The morning after a walk. Where one of core work is still to be told, it is one word for both of them."""
        said = self.strolls.morning(at, felt, flaring=self.pain.flaring)
        if said is None:
            return
        if self.morning is not None:
            self.morning = max(self.morning, said.said, key=MORNINGS.index)
            return
        self.strolls.tells(at, said)
        if self.sitting is not None:
            sitting, told = self.sitting
            words = max(sitting.morning or said.said, said.said, key=MORNINGS.index)
            known = replace(sitting, morning=words, morning_pain=said.nprs, spread=sitting.spread or said.spread)
            self._knows(known, told, at)

    def _usual(self) -> int | None:
        lately = sorted(self.befores[-7:])
        return lately[(len(lately) - 1) // 2] if lately else None

    def _plan(self, at: datetime) -> Day:
        return plan(self.programme, self.house.take(at.astimezone(UTC)), at)

    def _rested(self, at: datetime) -> bool:
        """Whether they have rested since their own last core work, which the house may not have heard of yet."""
        if self.sitting is None:
            return True
        last = self.sitting[1].at
        schedule = self.programme.schedule
        apart = (day_of(at) - day_of(last)).days >= schedule.core_gap_days
        return apart and at.astimezone(UTC) - last.astimezone(UTC) >= timedelta(hours=schedule.core_gap_h + 1)

    def _answers(self, needs: Sequence[Need], at: datetime, pain: int) -> bool:
        """Answers what is asked first. Gives whether an illness was told of."""
        chance, ill = self.chance, False
        for need in needs:
            if need is Need.SCREEN:
                answers, details = self.health.screen()
                self.tell("screen-answered", at, kind="full", answers=answers, details=details, pain_now=pain)
            elif need is Need.ACKNOWLEDGE:
                version = self.programme.form.acknowledge_version
                self.tell("acknowledged", at, text="screen.acknowledge", version=version)
            elif need is Need.DAILY_CHECK:
                ill = self._checks(at)
            elif need is Need.MORNING_AFTER and self.morning is not None:
                session = self.sitting[1].session if self.sitting else None
                late = timedelta(hours=30) if not self.well and chance.random() < 0.05 else timedelta()
                self.house.tell("pain-reported", at, self.devices[0], late=late, when="morning-after",
                                words=self.morning, session=session, further_down_leg=False)  # fmt: skip
                self.strolls.heard(at, self.morning, late)
                self._hears(at, late)
            elif need is Need.PAIN_BEFORE:
                self.tell("pain-reported", at, when="before", nprs=pain, further_down_leg=False)
                self.strolls.pained(at, pain)
        return ill

    def _hears(self, at: datetime, late: timedelta) -> None:
        """The morning after was told: the sitting that it belongs to is known as it was."""
        if self.sitting is not None:
            sitting, told = self.sitting
            self._knows(replace(sitting, morning=self.morning), told, at, late)
        self.morning = None

    def _knows(self, known: Sitting, told: Told, at: datetime, late: timedelta = timedelta()) -> None:
        """What is known of the last sitting once its morning after is told, if that is not too late. By a clock that is
        wrong it may be, or not. late: until what was told arrives."""
        apart = at.astimezone(UTC) - told.at.astimezone(UTC)
        if apart >= MORNING + CLOCKS:
            return
        too_late = known.late or bool(late) or apart >= MORNING - CLOCKS
        known = replace(known, late=too_late, known_on=max(_known_on(at, late), known.known_on or known.on))
        self.story.sittings[-1], self.sitting = known, (known, told)

    def _checks(self, at: datetime) -> bool:
        ticks: list[str] = []
        answers: dict[str, str] = {}
        illness = self.health.illness()
        ill = bool(self.ill_days and illness)
        if illness is not None and ill:
            ticks, answers = [illness.id], dict.fromkeys(illness.opens, "no")
        elif not self.well and self.chance.random() < SIGN:
            tick, answers = self.health.sign()
            ticks, ill = [tick.id], tick.rest_h is not None
        self.tell("daily-check-answered", at, ticks=ticks, answers=answers, details={})
        return ill

    def _outcomes(self, day: Day, at: datetime, pain: int) -> bool:
        """The week's pain, of those who care to say; whether they said it."""
        told = any(due.instrument == "nprs" for due in day.outcomes) and self.chance.random() < 0.5
        if told:
            self.tell("outcome-answered", at, instrument="nprs", nprs=pain)
            self.strolls.told_week(pain)
        return told

    def _follows(self, day: Day, at: datetime) -> None:
        """After some days, does all that leads back: is seen about each question that asks for it."""
        verdict = day.verdict
        ways = [] if verdict is None else [way for way in verdict.ways_back if way.item is not None]
        held_back = verdict is not None and not verdict.exercise_allowed
        self.rounds = self.rounds if held_back else 0
        if not ways:
            self.follow_on = None
            self.rounds += held_back and not day.needs
            return
        if self.follow_on is None:
            self.follow_on = day.on + timedelta(days=self.chance.randint(1, 21))
        if day.on < self.follow_on:
            return
        self.follow_on, self.rounds = None, self.rounds + held_back
        seen = [way.item for way in ways if way.item is not None and way.needs != "answer"]
        for item in seen:
            may = self.rounds > 1 or self.chance.random() >= 0.1
            who = {"by_whom": "Jo Park", "profession": "physician", "may_exercise": may}
            self.tell("clearance-recorded", at, item=item, seen_on=day.on.isoformat(), **who)
        self.health.seen_about(seen)

    def _reviewed(self, on: date, at: datetime) -> None:
        """A review that was asked for, or one that agrees to weights."""
        after = self.person.agreed_after
        agrees = after is not None and (on - self.began_on).days >= after
        first = agrees and self.agreed_on is None
        if not first and (self.review_on is None or on < self.review_on):
            return
        self.review_on, self.agreed_on = None, on if agrees else None
        self.strolls.reviewed()
        body = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True, "decision": "go-on"}
        self.tell("review-recorded", at, reviewed_on=on.isoformat(), load=agrees, **body)
        before, self.resting = self.resting, frozenset()
        if before:
            day = self._plan(at)
            allowed = day.verdict is not None and day.verdict.exercise_allowed
            self.story.pauses += [(on, not allowed or name not in self._rests(day)) for name in sorted(before)]

    def _rests(self, day: Day) -> frozenset[str]:
        """Core work that rests until a review, of somebody who may exercise."""
        verdict = day.verdict
        if verdict is None or not verdict.exercise_allowed:
            return frozenset()
        closed = [item.exercise for item in day.items if item.state is ItemState.CLOSED]
        return frozenset(name for name in closed if name in self.story.goals and name not in verdict.closed)

    def _sees(self, day: Day, at: datetime, *, ill: bool) -> None:
        """Writes down what was shown, and books what is asked for."""
        look = look_at(day, self.programme, self.house, at, ill=ill, rounds=self.rounds)
        if self.chance.random() < REORDERED:
            same = plan(self.programme, self.house.in_another_order(), at) == day
            look = replace(look, in_any_order=same)
        self.story.looks.append(look)
        self.resting = self._rests(day)
        if self.review_on is None and (day.book or self.resting):
            wait = self.person.books if self.person.books is not None else 28 if self.resting else None
            self.review_on = None if wait is None else day.on + timedelta(days=wait)

    def _trains(self, day: Day, items: Sequence[Item], at: datetime, on: date, felt: int) -> None:
        if self.sitting is not None and self.house.waits_for(self.sitting[1].session):
            late = replace(self.sitting[0], late=True)
            self.story.sittings[-1] = late
        self.first_core = self.first_core or on
        device = self.devices[self.chance.random() < 0.4 and len(self.devices) > 1]
        told = self.sessions.train(items, at, felt, device)
        self.utc = at.astimezone(UTC) + timedelta(hours=1)
        before = day.pain_before or 0
        usual = self._usual()
        asked = {it.exercise: self._weighed(asked_of(it, self.programme), told, it.exercise) for it in items}
        sitting = Sitting(on, asked, before, told.worst, None, told.spread, told.named, told.effort, told.done,
                          told.kept, self._may_load(day, on), usual, short=told.short, tests=told.tests,
                          first_s=told.first_s, seen=_faulted(told, most=1 - SEEN_SHARE),
                          untidy=frozenset(told.faulted) - _faulted(told, most=UNTIDY_SHARE),
                          body_mass_kg=self.person.body_mass_kg, helper=self.person.helper,
                          held=_held(day), known_on=_known_on(at, told.late))  # fmt: skip
        self.story.sittings.append(sitting)
        self.sitting, self.morning = (sitting, told), told.morning
        for name, one in asked.items():
            goal = self.story.goals[name]
            if (one.hold_s, one.sets) == (goal.hold_s, goal.sets) and one.rung >= goal.rung:
                self.reached.setdefault(name, on)
        if self.chance.random() < LOOKED_AT and not told.late:
            self._what_if(told, on)

    def _weighed(self, asked: Asked, told: Told, exercise: str) -> Asked:
        """A measured hold weighs what it came to, and no less than the short holds that anybody begins with."""
        start = self.programme.start_dose
        least = max(0, start.hold_s * start.sets - asked.hold_s * (asked.sets - 1))
        if told.short:  # it measures nothing
            return replace(asked, test_s=least if asked.baseline else 0, baseline=False)
        if exercise not in told.tests:
            return asked
        return replace(asked, test_s=max(int(told.tests[exercise].held_s), least))

    def _may_load(self, day: Day, on: date) -> bool:
        """Every precondition of a weight but the row of sessions (3.5)."""
        weeks = self.first_core is not None and (on - self.first_core).days >= LOAD_WEEKS_DAYS
        agreed = self.agreed_on is not None and (on - self.agreed_on).days <= AGREED_DAYS
        plain = day.verdict is not None and day.verdict.outcome.value == "start"
        return weeks and agreed and plain and self.person.body_mass_kg is not None

    def _what_if(self, told: Told, on: date) -> None:
        """The next session as it would be, and as it would be after more pain in this one or on the morning after."""
        worse = {MORNINGS[0]: MORNINGS[1], MORNINGS[1]: MORNINGS[2]}
        by_morning = told.morning is not None and self.chance.random() < 0.5
        worse_then = worse.get(told.morning or "", told.morning)
        less = asked_next(self.programme, self.house, told, 0, told.morning)
        more = asked_next(self.programme, self.house, told, 0 if by_morning else 2, worse_then)
        for name, dose in less.items():
            self.story.more_pain.append((on, name, dose, more.get(name, Asked(-1, 0, 0))))


def _known_on(at: datetime, late: timedelta) -> date:
    """The day from which everybody knows what is told at a moment and arrives later: the one after, if it does."""
    return day_of(at + late) + timedelta(days=1) if late else day_of(at)


def _faulted(told: Told, most: float) -> frozenset[str]:
    """The exercises that a camera saw with no more than this share of the time in a standing fault."""
    return frozenset(name for name, share in told.faulted.items() if share <= most)


def _held(day: Day) -> bool:
    """Whether an answer to the safety questions makes less of the dose, or another form of it."""
    verdict = day.verdict
    return verdict is None or verdict.outcome.value != "start" or bool(verdict.flags)


def live_whole(
    person: Person, chance: Chance, programme: Programme, zones: Sequence[tzinfo], *, days: int, began_on: date
) -> Lived:
    """Lets somebody live with the whole house for some days. zones: where they may be; they begin in the first one."""
    life = _WholeLife(person, chance, programme, zones, began_on)
    for number in range(days):
        life.day(began_on + timedelta(days=number))
    life.story.reached = life.reached
    taken = {name: (on - began_on).days for name, on in life.reached.items()} | life.story.walk.days_to(began_on)
    return Lived(person, life.story, taken, whole=True)


def _devices(chance: Chance, *, well: bool) -> tuple[Device, ...]:
    """One device, or two: then the second has a wrong clock, and is often offline."""
    if well or chance.random() < 0.4:
        return (Device("phone"),)
    return (Device("phone"), Device("tablet", timedelta(minutes=chance.randint(-90, 90)), chance.random() * 0.6))
