"""People who live with the whole house: what their looks must keep, and that each rule of a look notices its breach."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbar.core.exercise import Step
from lumbar.core.plan import Programme
from lumbar.core.safety import Form
from lumbar.core.simulate import RULES, WALK, Kind, Lived, Tally, born, live_whole
from lumbar.core.simulate.health import Health
from lumbar.core.simulate.house import Device, House
from lumbar.core.simulate.looks import LOOK_RULES, Look, Seen
from lumbar.core.simulate.rules import Story

BEGAN = date(2026, 3, 2)
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Pacific/Auckland")]
PEOPLE, DAYS = 16, 75


def lived(programme: Programme, number: int, days: int = DAYS, kind: Kind | None = None) -> Lived:
    chance = random.Random(f"whole {number}")
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    person = born(chance, exercises)
    while kind is not None and person.kind is not kind:
        person = born(chance, exercises)
    return live_whole(person, chance, programme, ZONES, days=days, began_on=BEGAN)


@pytest.fixture(scope="module")
def lives(programme: Programme) -> list[Lived]:
    return [lived(programme, number) for number in range(PEOPLE)]


def test_the_plan_keeps_every_rule_through_a_record(lives: list[Lived]) -> None:
    tally = Tally()
    for number, life in enumerate(lives):
        tally.add(number, life)
    assert tally.violations == dict.fromkeys(RULES, 0), tally.examples
    assert tally.whole == PEOPLE
    assert tally.sessions > 5 * PEOPLE, "people who hardly train prove little"


def test_the_lives_lead_the_plan_into_its_corners(lives: list[Lived]) -> None:
    looks = [look for life in lives for look in life.story.looks]
    sittings = [sitting for life in lives for sitting in life.story.sittings]
    assert {"start", "pause", "wait"} <= {look.outcome for look in looks}
    assert any(look.ill for look in looks)
    assert any(look.flags for look in looks)
    assert {True} == {look.in_any_order for look in looks} - {None}
    assert any(sitting.late for sitting in sittings)
    assert any(sitting.short for sitting in sittings)
    assert any(life.story.more_pain for life in lives)


def test_whoever_is_held_back_comes_back_and_trains(lives: list[Lived]) -> None:
    stories = [life.story for life in lives if any(look.held_back for look in life.story.looks)]
    back = [
        story
        for story in stories
        if (last := max(look.on for look in story.looks if look.held_back))
        and any(sitting.on > last for sitting in story.sittings)
    ]
    assert back, "nobody walked a way back to its end"


def test_whoever_is_green_all_the_way_reaches_every_target_through_a_record(programme: Programme) -> None:
    life = lived(programme, 0, 40, Kind.GREEN)
    assert life.days_to.keys() == life.story.goals.keys() | {WALK}
    assert max(life.days_to.values()) < 40


def test_the_same_person_lives_the_same_whole_life(programme: Programme, lives: list[Lived]) -> None:
    again = lived(programme, 1)
    assert again.story.looks == lives[1].story.looks
    assert again.story.sittings == lives[1].story.sittings


PLANK = Seen("plank", True, True, True, 5, 5, 0.0, 0, may_start=True, done=False, reasons=1)
LOOK = Look(
    BEGAN, "start", {}, frozenset(), asks=False, comes=True, leads=False, warned=False, ill=False, since_core=None,
    short=False, items=(PLANK,),
)  # fmt: skip
RESTS = replace(PLANK, may_start=False)
BAD = {
    "answer-ignored": [
        replace(LOOK, flags={"C2": 0}),
        replace(LOOK, closed=frozenset({"plank"})),
        replace(LOOK, flags={"C1": 27}, items=(replace(PLANK, hold_s=25),)),
    ],
    "core-gap-hours": [
        replace(LOOK, since_core=(timedelta(hours=31), 2)),
        replace(LOOK, since_core=(timedelta(hours=40), 1)),
    ],
    "gentle-start-grows": [
        replace(LOOK, outcome="start-gentle", items=(replace(PLANK, hold_s=10),)),
        replace(LOOK, outcome="start-gentle", items=(replace(PLANK, easiest=False),)),
        replace(LOOK, outcome="start-gentle", items=(replace(PLANK, test_s=60),)),
    ],
    "no-end-of-pause": [
        replace(LOOK, outcome="pause", leads=True, rounds=5, items=(RESTS,)),
        replace(LOOK, outcome="wait", items=(RESTS,)),
    ],
    "no-instruction": [
        replace(LOOK, comes=False, items=(RESTS,)),
        replace(LOOK, items=(replace(RESTS, reasons=0),)),
    ],
    "open-in-pause": [
        replace(LOOK, outcome="pause", leads=True),
        replace(LOOK, outcome="wait", leads=True, short=True, items=(RESTS,)),
        replace(LOOK, ill=True),
        replace(LOOK, outcome=None),
    ],
    "order-of-arrival": [replace(LOOK, in_any_order=False)],
    "warning-forgotten": [replace(LOOK, warned=True)],
}


@pytest.mark.parametrize(("rule", "look"), [(rule, look) for rule, looks in BAD.items() for look in looks])
def test_each_rule_of_a_look_notices_its_own_breach_and_no_other_does(rule: str, look: Look) -> None:
    assert BAD.keys() == LOOK_RULES.keys()
    assert {name for name, check in RULES.items() if list(check(Story(looks=[look])))} == {rule}


@pytest.mark.parametrize(
    "look",
    [
        LOOK,
        replace(LOOK, since_core=(timedelta(hours=32), 2)),
        replace(LOOK, flags={"C1": 28}, items=(replace(PLANK, hold_s=25),)),
        replace(LOOK, flags={"C2": 0}, items=(replace(PLANK, on_floor=False),)),
        replace(LOOK, outcome="start-gentle"),
        replace(LOOK, outcome="pause", leads=True, warned=True, rounds=4, comes=False, items=(RESTS,)),
        replace(LOOK, comes=False, asks=True, items=(RESTS,)),
        replace(LOOK, in_any_order=True),
    ],
)
def test_what_is_allowed_breaks_no_rule(look: Look) -> None:
    assert not [name for name, check in RULES.items() if list(check(Story(looks=[look])))]


def test_a_house_knows_what_has_arrived_and_no_more(form: Form) -> None:
    house, at = House(form, ["plank"], random.Random(1)), datetime(2026, 3, 2, 8, tzinfo=UTC)
    slow = Device("tablet", timedelta(minutes=-90))
    house.tell("pain-reported", at, slow, late=timedelta(days=2), when="before", nprs=2, further_down_leg=False)
    assert len(house.take(at + timedelta(days=1))) == 0
    (fact,) = house.take(at + timedelta(days=2)).facts
    assert fact.at == at - timedelta(minutes=90)
    assert fact.recorded_at == at + timedelta(days=2)


def test_a_warning_sign_stands_until_somebody_has_looked_at_it(form: Form) -> None:
    house, at = House(form, [], random.Random(1)), datetime(2026, 3, 2, 8, tzinfo=UTC)
    phone, answers = Device("phone"), dict.fromkeys(form.items, "no")
    house.tell("screen-answered", at, phone, kind="full", answers=answers | {"A1": "yes", "A2": "rather-not-say"})
    house.take(at)
    house.tell("screen-answered", at + timedelta(days=1), phone, kind="full", answers=answers)
    house.take(at + timedelta(days=1))
    assert house.warned == {"A1"}, "a later no answers what was left unsaid, and takes no yes back"
    seen = {"by_whom": "Jo Park", "profession": "physician", "seen_on": "2026-03-04", "may_exercise": True}
    house.tell("clearance-recorded", at + timedelta(days=2), phone, item="A1", **seen)
    house.take(at + timedelta(days=2))
    assert not house.warned


def test_what_a_clinician_was_seen_about_is_no_different_since_and_what_changes_a_form_stays(form: Form) -> None:
    for number in range(40):
        health = Health(form, random.Random(number), well=False)
        health.screen()
        before, _ = health.screen()
        told = {item for item, answer in before.items() if answer != "no"}
        health.seen_about(told)
        after, _ = health.screen()
        assert {item for item, answer in after.items() if answer != "no"} == {it for it in told if it.startswith("C")}
