"""Random histories through the whole record: what each of them keeps, by the simulator's rules, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.core.exercise import Exercise, Step
from lumbar.core.plan import Day, Item, ItemState, Programme, plan
from lumbar.core.record import Record
from lumbar.core.simulate import RULES
from lumbar.core.simulate.live import goal_of, rungs_of
from lumbar.core.simulate.rules import AGREED_DAYS, LOAD_WEEKS_DAYS, Story
from lumbar.core.simulate.session import asked_of, core_of
from lumbar.core.simulate.sittings import Asked, Measured, Sitting
from lumbar.core.simulate.walks import WalkDay

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LEAST_S = 5 * 5
"""Core work begins with five holds of five seconds."""


@dataclass(frozen=True)
class Told:
    """A day of core work and what was told of it. after: days since the one before. number: the pain of the morning
    after. review: with a word about weights, or none."""

    after: int
    before: int
    rise: int
    morning: str | None
    number: int | None
    leg: bool
    effort: int
    shape: str
    test_s: int
    flare: bool
    review: bool
    load: bool

    @property
    def worst(self) -> int:
        return min(10, self.before + self.rise)


GREEN = Told(2, 1, 0, "same-or-better", None, False, 4, "yes", 60, flare=False, review=False, load=False)

MORNINGS = ["same-or-better"] * 5 + [None, "a-bit-worse", "clearly-worse"]
A_DAY = st.builds(
    Told,
    after=st.sampled_from([2] * 8 + [3, 4, 6, 11, 24, 43]),
    before=st.integers(0, 6),
    rise=st.sampled_from([0, 0, 0, 0, 1, 2, 3, 5]),
    morning=st.sampled_from(MORNINGS),
    number=st.sampled_from([None] * 6 + [0, 1, 3, 4, 6]),
    leg=st.sampled_from([False] * 15 + [True]),
    effort=st.sampled_from([3, 4, 5, 6, 7, 8]),
    shape=st.sampled_from(["yes"] * 4 + ["mostly", "no"]),
    test_s=st.sampled_from([6, 9, 14, 25, 33, 44, 60]),
    flare=st.sampled_from([False] * 15 + [True]),
    review=st.sampled_from([False] * 9 + [True]),
    load=st.booleans(),
)


@dataclass
class Somebody:
    """Trains as the plan says, tells how it was, and keeps what the rules look at."""

    programme: Programme
    life: Any
    at: datetime = AT - 2 * DAY
    story: Story = field(init=False)
    record: Record = field(default_factory=Record)
    befores: list[int] = field(default_factory=list)
    agreed_at: datetime | None = None
    first_at: datetime | None = None
    number: int = 0

    def __post_init__(self) -> None:
        goals = {exercise.id: goal_of(exercise) for exercise in self.core}
        rungs = {exercise.id: rungs_of(exercise) for exercise in self.core}
        self.story = Story(goals=goals, rungs=rungs)
        self.life.add("person-described", self.at, body_mass_kg=81.0, helper=True)
        self.life.screen(self.at, now=None)
        self.life.acknowledge(self.at + MINUTE)

    @property
    def core(self) -> tuple[Exercise, ...]:
        return tuple(self.programme.of_step(Step.CORE))

    def day(self) -> Day:
        self.record = self.record.merge(self.life.facts[len(self.record) :])
        return plan(self.programme, self.record, self.at)

    def opens(self, told: Told) -> Day:
        """Comes to the next day, with what is told before its core work."""
        self.at += told.after * DAY
        needs = {need.value for need in self.day().needs}
        if "screen" in needs:
            self.life.screen(self.at - 2 * MINUTE, now=None)
        if "acknowledge" in needs:
            self.life.acknowledge(self.at - MINUTE)
        self.life.check(self.at)
        if told.review:
            self._reviewed(load=told.load)
        usual = sorted(self.befores[-7:])[(len(self.befores[-7:]) - 1) // 2] if self.befores else None
        if told.flare:
            self.life.add("flare-reported", self.at)
        self.life.pain(self.at + MINUTE, "before", told.before)
        self.at += 2 * MINUTE
        day = self.day()
        self.story.walk.days.append(
            WalkDay(
                self.at, self.at.date(), "ask", None, flared_at=self.at - 2 * MINUTE if told.flare else None,
                usual_pain=usual, pain=(self.at - MINUTE, told.before), reviewed=told.review,
                asks=frozenset(why.message.id.removeprefix("plan.book.") for why in day.book),
            )
        )  # fmt: skip
        return day

    def trains(self, told: Told) -> "Somebody":
        day = self.opens(told)
        items = core_of(day, self.programme)
        if items:
            self._sits(day, items, told)
        self.befores.append(told.before)
        return self

    def _reviewed(self, *, load: bool) -> None:
        who = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True}
        seen_on = self.at.date().isoformat()
        self.life.add("review-recorded", self.at, **who, reviewed_on=seen_on, decision="go-on", load=load)
        self.agreed_at = self.at if load else None

    def _sits(self, day: Day, items: list[Item], told: Told) -> None:
        name, life, at = f"s{self.number}", self.life, self.at
        self.number += 1
        self.first_at = self.first_at or at
        life.test_s = told.test_s
        life.do(day, at + 5 * MINUTE, name)
        after = at + 20 * MINUTE
        life.add("effort-reported", after, session=name, effort=told.effort, exercises=[])
        life.pain(after, "after", told.worst, session=name, exercises=[], further_down_leg=told.leg)
        life.add("shape-reported", after, session=name, kept=told.shape)
        if told.morning is not None:
            life.pain(at + DAY, "morning-after", told.number, words=told.morning, session=name)
        names = frozenset(item.exercise for item in items)
        tests = {it.exercise: min(max(told.test_s, it.hold_s), it.test_s) for it in items if it.untested}
        most_s = {item.exercise: item.test_s for item in items}
        usual = sorted(self.befores[-7:])
        agreed = self.agreed_at is not None and (at - self.agreed_at).days <= AGREED_DAYS
        self.story.sittings.append(
            Sitting(
                at.date(), {item.exercise: self._asked(item, tests) for item in items}, told.before, told.worst,
                told.morning, told.leg, frozenset(), told.effort, names,
                names if told.shape != "no" else frozenset(),
                may_load=agreed and (at - self.first_at).days >= LOAD_WEEKS_DAYS,
                usual=usual[(len(usual) - 1) // 2] if usual else None,
                tests={name: Measured(held_s, held_s < most_s[name]) for name, held_s in tests.items()},
                body_mass_kg=81.0, helper=True, morning_pain=told.number if told.morning is not None else None,
            )
        )  # fmt: skip

    def _asked(self, item: Item, tests: dict[str, int]) -> Asked:
        """A measured hold weighs what it came to, and no less than the short holds that anybody begins with."""
        asked = asked_of(item, self.programme)
        if item.exercise not in tests:
            return asked
        return replace(asked, test_s=max(tests[item.exercise], LEAST_S - asked.hold_s * (asked.sets - 1)))


@pytest.fixture(scope="module")
def somebody(programme: Programme, new_life: Callable[[], Any]) -> Callable[[], Somebody]:
    return lambda: Somebody(programme, new_life())


@settings(max_examples=20)
@given(days=st.lists(A_DAY, min_size=8, max_size=30))
def test_every_history_keeps_every_rule(somebody: Callable[[], Somebody], days: list[Told]) -> None:
    """The cap, what a weight needs, nothing harder after a red session, nothing grown without the morning after, less
    after days without, and all the others that look at core work."""
    person = somebody()
    for told in days:
        person.trains(told)
    assert not [(name, found) for name, rule in RULES.items() for found in rule(person.story)]


WORSE = {
    "the worst pain": lambda told, more: replace(told, rise=told.rise + more),
    "the morning after": lambda told, more: replace(told, morning="a-bit-worse" if more < 3 else "clearly-worse"),
    "its number": lambda told, more: replace(told, number=min(10, (told.number or 0) + more)),
    "the leg": lambda told, _: replace(told, leg=True),
}


@settings(max_examples=20)
@given(
    past=st.lists(A_DAY, max_size=10),
    last=A_DAY.filter(lambda told: told.morning is not None and told.number is not None),
    how=st.sampled_from(sorted(WORSE)),
    more=st.integers(1, 4),
)
def test_more_pain_of_any_kind_never_means_more_the_next_time(
    somebody: Callable[[], Somebody], past: list[Told], last: Told, how: str, more: int
) -> None:
    last = replace(last, morning="same-or-better") if how == "the morning after" else last
    ends: list[dict[str, tuple[int, float, int]]] = []
    for told in (last, WORSE[how](last, more)):
        person = somebody()
        for one in (*past, told):
            person.trains(one)
        day = person.opens(GREEN)
        ends.append({it.exercise: asked_of(it, person.programme).hardness for it in core_of(day, person.programme)})
    less, after_more = ends
    nothing = (-1, 0.0, 0)
    assert all(hardness <= less.get(name, nothing) for name, hardness in after_more.items())


@settings(max_examples=12)
@given(past=st.lists(A_DAY, max_size=16))
def test_every_pause_of_core_work_has_a_way_back(somebody: Callable[[], Somebody], past: list[Told]) -> None:
    """A review and quiet days bring back whatever rested, and end a flare-up; and it grows again."""
    person = somebody()
    for told in past:
        person.trains(told)
    for number in range(30):
        person.trains(replace(GREEN, review=number in (0, 15)))
    day = person.opens(GREEN)
    assert {item.exercise for item in core_of(day, person.programme)} == {exercise.id for exercise in person.core}
    assert not day.book
    lately = person.story.sittings[-30:]
    for exercise in person.core:
        first, last = (one.asked[exercise.id] for one in (lately[1], lately[-1]))
        goal = person.story.goals[exercise.id]
        assert last.load_kg or last.hardness > first.hardness or last.hold_s >= goal.hold_s
    assert all(item.state is not ItemState.CLOSED for item in core_of(day, person.programme))
