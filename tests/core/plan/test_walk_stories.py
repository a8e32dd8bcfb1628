"""Whatever somebody walks and tells in two months and more, a walk keeps its rules; and who walks gets there.

Each story is a record, planned as it stood on every one of its days: walks, mornings, flare-ups, gaps, journeys over
the date line, answers that hold back, and reviews.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.core.plan import Programme
from lumbar.core.plan.course import Course
from lumbar.core.plan.courses import course_on, courses
from lumbar.core.plan.history import fold
from lumbar.core.record import Fact, Record, day_of, new_fact

BEGAN = datetime(2026, 3, 2, 7, tzinfo=UTC)
ZONES = tuple(map(ZoneInfo, ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles")))
WORDS = ("same-or-better",) * 7 + ("a-bit-worse", "clearly-worse", None)
WEEKS_TO_GOAL = 12
"""From the floor and in the middle of a way back, with a week for each step and some to spare."""
EVENTS = (None,) * 40 + ("flare", "flare", "calm", "usual", "gentle", "review", "week", "leave", "leave")

DAYS = st.tuples(
    st.sampled_from((True, True, True, False)),  # walked
    st.sampled_from(WORDS),
    st.sampled_from(EVENTS),
    st.integers(0, 29).map(lambda n: n if n < len(ZONES) else None),  # where they fly to
    st.sampled_from((5, 10, 20, 60)),
)
STORIES = st.lists(DAYS, min_size=60, max_size=90)


@dataclass
class Told:
    """A story as facts. days: the moment of each day at which it was looked at."""

    facts: list[Fact] = field(default_factory=list)
    days: list[datetime] = field(default_factory=list)

    def add(self, kind: str, at: datetime, /, **body: Any) -> None:
        self.facts.append(new_fact(kind, body, fact_id=f"{len(self.facts):05}", person="p", at=at))

    def screen(self, at: datetime, form: Any, **answers: str) -> None:
        given_now = {**dict.fromkeys(form.items, "no"), **answers}
        self.add("screen-answered", at, kind="full", answers=given_now, details={}, nprs=3, pain_now=2)

    def pain(self, at: datetime, when: str, **more: Any) -> None:
        body = {"nprs": None, "words": None, "session": None, "exercise": None, "further_down_leg": False, **more}
        self.add("pain-reported", at, when=when, **body)


def told_of(story: Any, usual: int, form: Any) -> Told:
    told, zone, gone, slept = Told(), ZONES[0], 0, False
    told.screen(BEGAN, form)
    told.add("usual-walk-told", BEGAN + timedelta(minutes=1), minutes=usual)
    for number, (walks, words, event, flown, minutes) in enumerate(story):
        zone = zone if flown is None else ZONES[flown]
        away = 12 + number % 35 if event == "leave" else 0
        for _ in range(away):  # on which nothing is told, and the plan may be looked at all the same
            told.days.append((BEGAN + timedelta(days=number + gone, hours=1, minutes=5)).astimezone(zone))
            gone += 1
        at = (BEGAN + timedelta(days=number + gone, hours=1)).astimezone(zone)
        if slept and words:
            told.pain(at, "morning-after", words=words)
        _happens(event, at, minutes, told, form)
        told.days.append(at + timedelta(minutes=5))
        if walks:
            told.add("walk-done", at + timedelta(minutes=10), minutes=60 if minutes > 10 else minutes)
        slept = walks
    return told


def _happens(event: str | None, at: datetime, minutes: int, told: Told, form: Any) -> None:
    if event == "flare":
        told.add("flare-reported", at, note=None)
    elif event == "calm":
        told.pain(at - timedelta(hours=25), "before", nprs=0)
        told.pain(at, "before", nprs=0)
    elif event == "usual":
        told.add("usual-walk-told", at, minutes=minutes)
    elif event == "gentle":
        told.screen(at, form, B3="yes")
    elif event == "review":
        told.add("review-recorded", at, by_whom="Jo Park", profession="physiotherapist", examined=True,
                 reviewed_on=at.date().isoformat(), decision="go-on", changes={})  # fmt: skip
    elif event == "week":
        told.add("outcome-answered", at, instrument="nprs", nprs=2, walked_minutes=30)


def stood(programme: Programme, told: Told) -> list[tuple[date, Course]]:
    """The course as it stood when each day was looked at, of what was known by then."""
    record, found, coming = Record(), [], sorted(told.facts, key=lambda fact: fact.recorded_at.astimezone(UTC))
    for at in told.days:
        now = [fact for fact in coming if fact.at <= at]
        coming = [fact for fact in coming if fact.at > at]
        record = record.merge(now)
        found.append((day_of(at), course_on(programme, record, fold(record), day_of(at))))
    return found


@settings(max_examples=30)
@given(story=STORIES, usual=st.integers(1, 60))
def test_a_walk_keeps_its_rules(programme: Programme, story: Any, usual: int) -> None:
    rule = programme.listening.walking
    told = told_of(story, usual, programme.form)
    words = {fact.on: fact.body["words"] for fact in told.facts if fact.type == "pain-reported" and fact.body["words"]}
    walked = {fact.on for fact in told.facts if fact.type == "walk-done"}
    before, grew_on, best, was = None, None, 0, None
    for on, course in stood(programme, told):
        walking = course.walking
        now = walking.bout_min
        if now is None:
            before = None
            continue
        assert rule.floor_min <= now <= rule.goal_min, "over the goal, or below the floor"
        assert now % rule.round_min == 0
        best = max(best, now, (walking.told_min or 0) if before is None else 0)  # halved on its first day, perhaps
        assert all(now < step <= best for step in walking.back), "a way back leads above what was walked before"
        assert list(walking.back) == sorted(set(walking.back))
        if before is not None and was is not None and on > was:
            if now > before:
                assert grew_on is None or (on - grew_on).days >= rule.grow_after_days, "it grew twice within a week"
                assert words.get(on) not in ("clearly-worse", "a-bit-worse") or on - timedelta(days=1) not in walked
                assert course.flare is None, "it grew in a flare-up"
                assert not any(fact.type == "flare-reported" and fact.on == on for fact in told.facts)
                assert any(on - timedelta(days=5) < day for day in walked if day < on), "it grew after a gap"
                assert not walking.held or now <= (walking.told_min or 0), "it grew while an answer holds it"
                grew_on = on
            if words.get(on) == "clearly-worse" and on - timedelta(days=1) in walked:
                assert now <= before
        before, was = now, on


@settings(max_examples=10)
@given(story=STORIES, usual=st.integers(1, 60))
def test_a_day_on_which_nothing_is_told_is_as_good_as_one_on_which_something_else_is(
    programme: Programme, story: Any, usual: int
) -> None:
    """So whoever looks at the plan every day is led by the same steps as whoever tells something every day."""
    told, more = told_of(story, usual, programme.form), told_of(story, usual, programme.form)
    spoken = {fact.on for fact in told.facts}
    for at in (at for at in told.days if day_of(at) not in spoken):
        more.add("outcome-answered", at - timedelta(minutes=5), instrument="nprs", nprs=2, walked_minutes=None)
    walked = [(on, course.walking) for on, course in stood(programme, told)]
    assert walked == [(on, course.walking) for on, course in stood(programme, more)]


@settings(max_examples=12)
@given(story=STORIES, usual=st.integers(1, 60), shuffle=st.randoms(use_true_random=False))
def test_order_of_arrival_and_a_fold_that_goes_on_give_the_same(
    programme: Programme, story: Any, usual: int, shuffle: random.Random
) -> None:
    facts = told_of(story, usual, programme.form).facts
    mixed = shuffle.sample(facts, len(facts))
    record = Record(mixed[: len(mixed) // 2])
    courses(record, programme)
    for first in range(len(mixed) // 2, len(mixed), 7):
        record = record.merge(mixed[first : first + 7])
        courses(record, programme)
    assert courses(record, programme) == courses(Record(facts), programme)


@settings(max_examples=15)
@given(story=STORIES, usual=st.integers(1, 60))
def test_who_walks_and_answers_well_reaches_the_goal(programme: Programme, story: Any, usual: int) -> None:
    """Whatever was before: twelve weeks of walks and good mornings, once it is over and was looked at."""
    told = told_of(story, usual, programme.form)
    at = told.days[-1] + timedelta(days=1)
    _happens("review", at, 0, told, programme.form)
    told.add("usual-walk-told", at + timedelta(days=2), minutes=usual)  # by now a long gap has asked for it
    for _ in range(7 * WEEKS_TO_GOAL):
        at += timedelta(days=1)
        told.pain(at, "before", nprs=0)
        told.pain(at + timedelta(minutes=1), "morning-after", words="same-or-better")
        told.add("walk-done", at + timedelta(minutes=10), minutes=60)
    course = course_on(programme, (record := Record(told.facts)), fold(record), day_of(at))
    assert course.walking.bout_min == programme.listening.walking.goal_min
