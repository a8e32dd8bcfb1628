"""The rules of a walk: each notices its own breach in a history made by hand, and the plan's own mistakes in a life."""

import importlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.core.exercise import Step
from lumbar.core.plan import Programme, plan, walk_course
from lumbar.core.plan.reaction import Reaction
from lumbar.core.plan.rules import Listening
from lumbar.core.simulate import RULES, Kind, Lived, Tally, born, live
from lumbar.core.simulate.house import Device, House
from lumbar.core.simulate.rules import Story
from lumbar.core.simulate.strolls import Strolls
from lumbar.core.simulate.walk_judge import WalkStory
from lumbar.core.simulate.walk_rules import WALK_RULES
from lumbar.core.simulate.walks import Heard, WalkDay

freed = importlib.import_module("lumbar.core.safety.freed")  # the package gives its function by this name

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)

Days = dict[int, dict[str, Any]]


def a_story(minutes: Sequence[int | None], told: Days | None = None, *, walked: bool = True) -> Story:
    """Days from one on with these minutes shown and walked, each with a good morning after the day before."""
    days: list[WalkDay] = []
    for number, now in enumerate(minutes):
        at = AT + number * DAY
        good = (Heard(at, 0),) if walked and number else ()
        walks = (now,) if walked and now else ()
        day = WalkDay(at, at.date(), "ask" if now is None else "due", now, mornings=good, walks=walks)
        days.append(replace(day, **(told or {}).get(number, {})))
    return Story(walk=WalkStory([replace(days[0], usual_min=minutes[0] or 10), *days[1:]]))


def seldom(story: Story, *unseen: int) -> Story:
    """The same without the days with these numbers, on which nobody looked and nothing was told."""
    days = (day for number, day in enumerate(story.walk.days) if number not in unseen)
    return Story(walk=WalkStory(list(days)))


def bad(words: int, number: int) -> dict[str, Any]:
    return {"mornings": (Heard(AT + number * DAY, words),)}


REST: dict[str, Any] = {"walks": (), "mornings": ()}
AWAY: Days = dict.fromkeys(range(1, 60), REST)
WAIT, GENTLE = {"outcome": "wait"}, {"outcome": "start-gentle"}
RED, AMBER = {n: bad(2, n) for n in (3, 6)}, {n: bad(1, n) for n in (3, 6)}

KEPT: dict[str, Story] = {
    "a-week": a_story([10] * 7 + [15] * 7 + [20]),
    "red": a_story([20, 20, 20, 10], RED),
    "two-ambers": a_story([20] * 6 + [15], AMBER),
    "a-second-red": a_story([20] * 3 + [10] * 3 + [5], {3: bad(2, 3), 6: bad(2, 6) | {"asks_review": True}}),
    "flare-up": a_story([20, 20, 20, 10], {3: {"flared_at": AT + 3 * DAY}}),
    "the-same-flare-up": a_story(
        [20, 20, 20, 10, 10], {3: {"flared_at": AT + 3 * DAY}, 4: {"flared_at": AT + 4 * DAY}}
    ),
    "ten-days": a_story([20] * 10 + [15], AWAY),
    "six-weeks": a_story([20] * 10 + [15] * 11 + [10] * 21 + [None], AWAY),
    "a-pause": a_story([20, 20, 20], {1: {"outcome": "pause", "state": "closed", "walks": ()}}),
    "a-wait": a_story([10] * 7 + [15, 10, 15], {8: WAIT | REST}),
    "a-step-of-a-day-nobody-looked": seldom(
        a_story([10] * 10 + [15], dict.fromkeys((1, 2, 3, 7, 8, 9), REST)), 1, 2, 3, 7, 8, 9
    ),
    "less-of-a-step-that-nobody-saw": seldom(a_story([20] * 9 + [10], {9: bad(2, 9)}), 7, 8),
    "half-of-a-step-that-nobody-saw": seldom(a_story([15] * 9 + [10], {9: {"flared_at": AT + 9 * DAY}}), 7, 8),
    "ill": a_story([20, 20], {1: {"ill": True, "state": "rests", "walks": ()}}),
}
BAD: dict[str, list[Story]] = {
    "walk-asked-early": [a_story([20] * 10 + [15] * 11 + [10] * 4 + [None], AWAY)],
    "walk-bounds": [
        a_story([30] * 8 + [35]),
        a_story([20, 20, 20, 3], RED),
        a_story([20], {0: {"minutes": 25}}),
    ],
    "walk-held-grows": [a_story([10] * 7 + [15], {7: WAIT}), a_story([10] * 7 + [15], {7: GENTLE})],
    "walk-in-pause": [
        a_story([20, 20], {1: {"outcome": "pause"}}),
        a_story([20, 20], {1: {"ill": True}}),
    ],
    "walk-leaps": [a_story([10] * 7 + [20]), a_story([20] * 3 + [5] * 8 + [20], {3: bad(2, 3)})],
    "walk-more-after-worse": [a_story([10] * 7 + [15], {7: bad(1, 7)})],
    "walk-not-eased": [
        a_story([20, 20, 20, 15], {3: bad(2, 3)}),
        a_story([20] * 4, {3: {"mornings": (Heard(AT + 3 * DAY, 0, nprs=6),)}}),
        a_story([20] * 4, {3: {"mornings": (Heard(AT + 3 * DAY, None, spread=True),)}}),
        a_story([20] * 7, AMBER),
        seldom(a_story([20] * 9 + [15], {9: bad(2, 9)}), 7, 8),
        a_story([20, 20, 20, 15], {3: {"flared_at": AT + 3 * DAY}}),
        a_story([20] * 11, AWAY),
        a_story([20] * 10 + [15] * 12, AWAY),
        a_story([20, 20, 20, 20], {3: {"usual_min": 15}}),
    ],
    "walk-review-not-asked": [a_story([20] * 3 + [10] * 3 + [5], RED)],
    "walk-shut": [a_story([20, 20], {1: WAIT | {"state": "closed"}})],
    "walk-stuck": [a_story([10] * 16)],
    "walk-too-soon": [
        a_story([10] * 6 + [15]),
        a_story([10] * 7 + [15] * 6 + [20]),
        a_story([10] * 10 + [15], {4: bad(1, 4)}),
        a_story([10] * 10 + [15], {4: WAIT}),
    ],
    "walk-unearned": [
        a_story([10] * 7 + [15], walked=False),
        a_story([10] * 7 + [15], {n: {"mornings": ()} for n in range(1, 8)}),
        a_story([10] * 3 + [5] * 8 + [10], {3: {"flared_at": AT + 3 * DAY}}),
        seldom(a_story([10] * 11 + [15], {10: REST}), *range(3, 10)),
        seldom(a_story([10] * 10 + [15], dict.fromkeys((1, 2, 3, 4, 5, 8, 9), REST)), 1, 2, 3, 4, 5, 8, 9),
    ],
}


def broken(story: Story) -> set[str]:
    return {name for name, check in RULES.items() if list(check(story))}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_allowed_breaks_no_rule(name: str) -> None:
    assert not broken(KEPT[name])


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule, stories in BAD.items() for n in range(len(stories))])
def test_each_rule_notices_its_own_breach(rule: str, number: int) -> None:
    assert BAD.keys() == WALK_RULES.keys()
    also = {"walk-too-soon"} if rule == "walk-more-after-worse" else set[str]()
    also |= {"walk-too-soon"} if rule == "walk-held-grows" else set()
    assert rule in (found := broken(BAD[rule][number]))
    assert found <= {rule} | also


def test_what_arrives_late_binds_nobody_before_it_is_there() -> None:
    assert not broken(a_story([10] * 5 + [15], {5: {"late": True}}))


def lived(programme: Programme, number: int) -> Lived:
    chance = random.Random(f"1 {number}")
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    more = random.Random(f"1 {number} more")
    person = born(chance, exercises, more)
    return live(person, chance, programme, days=182, began_on=AT.date(), more=more)


def found_in_lives(programme: Programme, rule: str) -> bool:
    tally = Tally()
    for number in range(60):
        tally.add(number, lived(programme, number))
        if tally.violations[rule]:
            return True
    return False


def walking(**numbers: Any) -> Callable[[Listening], Listening]:
    return lambda it: replace(it, walking=replace(it.walking, **numbers))


CARELESS: dict[str, tuple[str, Callable[[Listening], Listening]]] = {
    "a-leap": ("walk-leaps", walking(step_min=10)),
    "every-third-day": ("walk-too-soon", walking(grow_after_days=3)),
    "a-single-walk": ("walk-unearned", walking(days_to_grow=1)),
    "a-month-a-step": ("walk-stuck", walking(grow_after_days=30)),
    "an-hour": ("walk-bounds", walking(goal_min=60)),
    "red-takes-little": ("walk-not-eased", lambda it: replace(it, reactions=replace(it.reactions, red_share=0.8))),
    "flares-take-nothing": ("walk-not-eased", lambda it: replace(it, flares=replace(it.flares, shares=(1.0,)))),
    "gaps-take-nothing": ("walk-not-eased", lambda it: replace(it, gaps=replace(it.gaps, bands=()))),
    "ambers-take-nothing": ("walk-not-eased", lambda it: replace(it, reactions=replace(it.reactions, ambers=9))),
    "no-review": ("walk-review-not-asked", lambda it: replace(it, reactions=replace(it.reactions, reds=3))),
}


@pytest.mark.parametrize("name", CARELESS)
def test_a_careless_number_is_noticed(programme: Programme, name: str) -> None:
    rule, change = CARELESS[name]
    assert found_in_lives(replace(programme, listening=change(programme.listening)), rule)


def test_red_mornings_that_are_read_as_amber_are_noticed(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    read = walk_course.read_morning
    monkeypatch.setattr(walk_course, "read_morning", lambda pain, rules: min(Reaction.AMBER, read(pain, rules)))
    assert found_in_lives(programme, "walk-not-eased")


def test_worse_mornings_that_take_nothing_are_noticed(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = walk_course._answered

    def soothed(walking: Any, reaction: Reaction, *told: Any) -> Any:
        return answered(walking, reaction, *told) if reaction is Reaction.GREEN else walking

    monkeypatch.setattr(walk_course, "_answered", soothed)
    assert found_in_lives(programme, "walk-more-after-worse")


def held_back(programme: Programme) -> Story:
    """A month of walks, of which an answer holds twelve days back until a clinician was seen."""
    chance = random.Random(1)
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    people = (born(chance, exercises) for _ in range(1_000))
    well = replace(next(person for person in people if person.kind is Kind.GREEN), usual_walk_min=10)
    house, phone, story = House(programme.form, exercises, chance), Device("phone"), Story()
    strolls = Strolls(well, chance, house, phone, story.walk)
    no = dict.fromkeys(programme.form.items, "no")
    for number in range(32):
        at = AT + number * DAY
        if number in (0, 8):
            answers = no | {"B2": "yes" if number else "no"}
            house.tell("screen-answered", at, phone, kind="full", answers=answers, details={}, pain_now=1)
        if number == 20:
            seen: dict[str, Any] = {"by_whom": "Jo Park", "profession": "physician", "seen_on": at.date().isoformat()}
            house.tell("clearance-recorded", at, phone, item="B2", may_exercise=True, **seen)
        strolls.goes_out()
        said = strolls.morning(at, 1, flaring=False)
        if said is not None:
            strolls.tells(at, said)
        day = plan(programme, house.take(at), at)
        if strolls.tells_usual(day, at):
            day = plan(programme, house.take(at), at)
        strolls.walks(day, at, ill=False)
    return story


def test_an_answer_holds_a_walk_and_lets_it_go_on(programme: Programme) -> None:
    story = held_back(programme)
    assert not [rule for rule in WALK_RULES if rule in broken(story)]
    assert [day.minutes for day in story.walk.days] == [10] * 7 + [15] + [10] * 19 + [15] * 5
    assert {day.outcome for day in story.walk.days} == {"start", "wait"}


def test_verdicts_that_change_unheard_are_noticed(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fold that is carried on must hear of the answers that came after its beginning."""
    resume = freed._FreedFold.resume

    def deaf(fold: Any, state: Any, change: Any, record: Any) -> Any:
        return state if state.moments else resume(fold, state, change, record)

    monkeypatch.setattr(freed._FreedFold, "resume", deaf)
    assert "walk-too-soon" in broken(held_back(programme))
