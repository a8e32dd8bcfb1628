"""Virtual people: the plan keeps its rules for all of them, and each rule would notice a plan that did not."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lumbar.core.exercise import Step
from lumbar.core.plan import Programme
from lumbar.core.plan.rules import Listening
from lumbar.core.simulate import RULES, Kind, Lived, Tally, born, live, report
from lumbar.core.simulate.core_rules import CORE_RULES
from lumbar.core.simulate.looks import LOOK_RULES
from lumbar.core.simulate.rules import Story
from lumbar.core.simulate.sittings import Asked, Sitting
from lumbar.core.simulate.walk_rules import WALK_RULES

BEGAN = date(2026, 3, 2)
DAY = timedelta(days=1)
PEOPLE = 500
DAYS = 182


def lived(programme: Programme, number: int, days: int = DAYS) -> Lived:
    chance = random.Random(f"1 {number}")
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    more = random.Random(f"1 {number} more")
    person = born(chance, exercises, more)
    return live(person, chance, programme, days=days, began_on=BEGAN, more=more)


@pytest.fixture(scope="module")
def tally(programme: Programme) -> Tally:
    found = Tally()
    for number in range(PEOPLE):
        found.add(number, lived(programme, number))
    return found


def test_the_plan_keeps_every_rule(tally: Tally) -> None:
    assert tally.violations == dict.fromkeys(RULES, 0), tally.examples
    assert tally.sessions > 30 * PEOPLE, "people who hardly train prove little"


def test_whoever_is_green_all_the_way_reaches_every_target(tally: Tally) -> None:
    assert tally.kinds["green"] >= 10
    assert tally.reached_of_kind["green"] == tally.kinds["green"]


def test_all_kinds_of_people_come_up_and_some_of_each_reach_something(tally: Tally) -> None:
    assert set(tally.kinds) == {kind.value for kind in Kind}
    assert all(taken for taken in tally.days_to.values())


def test_the_same_person_lives_the_same_life(programme: Programme) -> None:
    one, other = (lived(programme, 3) for _ in range(2))
    assert one.person == other.person
    assert one.story.sittings == other.story.sittings


def test_a_report_is_the_same_however_the_people_are_shared_out(programme: Programme) -> None:
    def told(pieces: list[range]) -> dict[str, object]:
        tallies = []
        for piece in pieces:
            tally = Tally()
            for number in piece:
                tally.add(number, lived(programme, number, 40))
            tallies.append(tally)
        return report(tallies, days=40, seed=1).as_json()

    assert told([range(12)]) == told([range(5), range(5, 12)])


def a_sitting(on: date, asked: Asked, **told: object) -> Sitting:
    plain = Sitting(
        on, {"plank": asked}, 2, 2, "same-or-better", False, frozenset(), 4, frozenset({"plank"}),
        frozenset({"plank"}), False, seen=frozenset({"plank"}),
    )  # fmt: skip
    return replace(plain, **told)  # type: ignore[arg-type]


def a_story(*sittings: Sitting, **told: object) -> Story:
    return Story(sittings=list(sittings), **told)  # type: ignore[arg-type]


ASKED = Asked(3, 20, 3)
GOAL = Asked(3, 60, 2)
BAD: dict[str, Story] = {
    "core-gap": a_story(a_sitting(BEGAN, ASKED), a_sitting(BEGAN + DAY, ASKED)),
    "below-floor": a_story(a_sitting(BEGAN, Asked(3, 5, 1))),
    "hold-growth": a_story(*(a_sitting(BEGAN + 2 * n * DAY, Asked(3, 20 + 15 * (n > 5), 3)) for n in range(8))),
    "harder-after-red": a_story(
        a_sitting(BEGAN, ASKED, morning="clearly-worse"), a_sitting(BEGAN + 2 * DAY, Asked(3, 25, 3))
    ),
    "progress-without-morning-after": a_story(
        a_sitting(BEGAN, ASKED, morning=None), a_sitting(BEGAN + 2 * DAY, Asked(4, 15, 3))
    ),
    "progress-out-of-short": a_story(
        a_sitting(BEGAN, ASKED, short=True), a_sitting(BEGAN + 2 * DAY, replace(ASKED, hold_s=25))
    ),
    "load-without-preconditions": a_story(a_sitting(BEGAN, Asked(3, 30, 2, 10.0)), goals={"plank": GOAL}),
    "more-pain-more-dose": a_story(more_pain=[(BEGAN, "plank", ASKED, Asked(3, 25, 3))]),
    "no-way-back": a_story(pauses=[(BEGAN, False)]),
    "green-reaches-target": a_story(
        *(a_sitting(BEGAN + 2 * n * DAY, ASKED) for n in range(50)), always_green=True, goals={"plank": GOAL}
    ),
}


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_notices_its_own_breach_and_no_other_does(rule: str) -> None:
    others = CORE_RULES.keys() | LOOK_RULES.keys() | WALK_RULES.keys() | {"review-not-asked"}
    assert BAD.keys() | others == RULES.keys()
    found = {name for name, check in RULES.items() if list(check(BAD[rule]))}
    assert found == {rule}


@pytest.mark.parametrize("told", [{"morning": None}, {"short": True}], ids=["untold", "short"])
def test_what_arrives_late_may_still_lead_to_more_once_it_is_there(told: dict[str, object]) -> None:
    """The next dose grows out of the session before, of which the house had not heard."""
    more = a_sitting(BEGAN + 4 * DAY, replace(ASKED, hold_s=25))
    late, then = a_sitting(BEGAN, ASKED, late=True), a_sitting(BEGAN + 2 * DAY, ASKED, **told)
    assert not [name for name, check in RULES.items() if list(check(a_story(late, then, more)))]
    again = a_story(late, then, replace(then, on=more.on), replace(more, on=more.on + 2 * DAY))
    assert [name for name, check in RULES.items() if list(check(again))]


@pytest.mark.parametrize(("before", "asked"), [(5, GOAL), (2, replace(GOAL, baseline=True))], ids=["pain", "measured"])
def test_what_waited_for_a_calmer_day_is_not_led_to_by_a_short_version(before: int, asked: Asked) -> None:
    short = a_sitting(BEGAN, Asked(0, 5, 5), short=True, before=before, worst=before)
    assert "progress-out-of-short" not in broken(a_story(short, a_sitting(BEGAN + 2 * DAY, asked)))
    assert "progress-out-of-short" in broken(a_story(replace(short, before=2), a_sitting(BEGAN + 2 * DAY, GOAL)))


def test_a_smaller_weight_is_no_way_to_a_longer_hold_out_of_a_short_version() -> None:
    short = a_sitting(BEGAN, Asked(3, 30, 2, 12.5), short=True)
    smaller, gone = Asked(3, 60, 2, 10.0), Asked(3, 60, 2)
    assert "progress-out-of-short" in broken(a_story(short, a_sitting(BEGAN + 2 * DAY, smaller), goals={"plank": GOAL}))
    assert "progress-out-of-short" not in broken(
        a_story(short, a_sitting(BEGAN + 2 * DAY, gone), goals={"plank": GOAL})
    )


def test_a_measured_hold_that_arrived_late_is_a_beginning_and_no_growth() -> None:
    tested = Asked(3, 5, 2, test_s=41, baseline=True)
    first, then = a_sitting(BEGAN, tested, late=True), a_sitting(BEGAN + 2 * DAY, Asked(3, 5, 5))
    after = [a_sitting(BEGAN + n * DAY, Asked(3, 20, 3)) for n in (8, 10)]
    assert "hold-growth" not in broken(a_story(first, then, *after))
    assert "hold-growth" in broken(a_story(then, *(a_sitting(BEGAN + n * DAY, Asked(3, 5, 5)) for n in (4, 6)), *after))


def broken(story: Story) -> set[str]:
    return {name for name, check in RULES.items() if list(check(story))}


def test_nobody_is_held_to_a_red_answer_that_had_not_arrived() -> None:
    red = a_sitting(BEGAN, ASKED, morning="clearly-worse", late=True)
    story = a_story(red, a_sitting(BEGAN + 2 * DAY, Asked(3, 25, 3)))
    assert not [name for name, check in RULES.items() if list(check(story))]


@pytest.mark.parametrize(
    ("sittings", "days", "last", "found"),
    [
        (3, 4, {}, set()),
        (2, 7, {}, {"load-without-preconditions"}),
        (3, 3, {}, {"load-without-preconditions"}),
        (3, 4, {"kept": frozenset()}, {"load-without-preconditions"}),
        (3, 4, {"worst": 4}, {"load-without-preconditions"}),
        (3, 4, {"asked": {"plank": Asked(3, 55, 2)}}, {"load-without-preconditions"}),
        (3, 4, {"effort": 7}, {"load-without-preconditions"}),
        (3, 4, {"seen": frozenset()}, set()),
        (3, 4, {"unseen": True}, {"load-without-preconditions"}),
    ],
    ids=["enough", "too-few", "too-soon", "shape-lost", "a-rise", "below-the-target", "hard", "seen-once", "unseen"],
)
def test_a_weight_wants_a_row_at_the_target(sittings: int, days: int, last: dict[str, object], found: set[str]) -> None:
    row = [a_sitting(BEGAN + days * number * DAY, GOAL) for number in range(sittings)]
    if "unseen" in last:  # by any camera, in any of them
        row, last = [replace(one, seen=frozenset()) for one in row], {}
    row[-1] = replace(row[-1], **last)  # type: ignore[arg-type]
    loaded = a_sitting(BEGAN + days * sittings * DAY, replace(GOAL, hold_s=30, load_kg=10.0), may_load=True)
    story = a_story(*row, loaded, goals={"plank": GOAL})
    assert {name for name, check in RULES.items() if list(check(story))} == found


def changed(programme: Programme, change: Callable[[Listening], Listening]) -> Programme:
    return replace(programme, listening=change(programme.listening))


CARELESS: dict[str, Callable[[Listening], Listening]] = {
    "hold-growth": lambda it: replace(it, dosing=replace(it.dosing, step_s=20, cap_s=60)),
    "below-floor": lambda it: replace(it, dosing=replace(it.dosing, floor_sets=1)),
    "harder-after-red": lambda it: replace(it, reactions=replace(it.reactions, red_share=1.5)),
    "green-reaches-target": lambda it: replace(it, dosing=replace(it.dosing, step_after=30)),
    "load-without-preconditions": lambda it: replace(it, loading=replace(it.loading, counting=1, over_days=0)),
}
"""Plans with one careless number each, and the rule that notices it."""


@pytest.mark.parametrize("rule", CARELESS)
def test_a_careless_plan_is_noticed(programme: Programme, rule: str) -> None:
    careless, tally = changed(programme, CARELESS[rule]), Tally()
    for number in range(60):
        tally.add(number, lived(careless, number))
        if tally.violations[rule]:
            return
    pytest.fail(f"nobody of 60 met {rule}")
