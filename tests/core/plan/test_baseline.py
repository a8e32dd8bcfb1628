"""The first sessions measure where core work begins, and later weeks measure it again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.core.body import Side
from lumbar.core.plan import RULES, Day, Item, ItemState, Need, Programme, plan
from lumbar.core.plan.courses import courses
from lumbar.core.plan.day import HoldTest
from lumbar.core.script import compile_script

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CORE = ("plank", "side-plank", "glute-bridge")


class Trainee:
    """Trains every other day, holds tests for `test_s`, and answers everything well but for what a test says."""

    def __init__(self, programme: Programme, life: Any, **screen: str) -> None:
        self.programme, self.life, self.at, self.number = programme, life, AT, 0
        life.screen(AT - HOUR, **screen)
        life.acknowledge(AT - HOUR)

    def day(self) -> Day:
        return plan(self.programme, self.life.record, self.at)

    def item(self, exercise: str = "plank") -> Item:
        found = self.day().item(exercise)
        assert found is not None
        return found

    def dose(self, exercise: str = "plank") -> tuple[str, int, int]:
        item = self.item(exercise)
        return item.rung, item.sets, item.hold_s

    def reasons(self, exercise: str = "plank") -> list[str]:
        return [why.message.id.removeprefix("plan.reason.") for why in self.item(exercise).reasons]

    def train(self, test_s: float = 15, *, before: int = 2, worst: int = 2, morning: str | None = "same-or-better",
              days: int = 2, effort: int = 4, kept: str = "yes") -> "Trainee":  # fmt: skip
        life, name = self.life, f"s{self.number}"
        self.number += 1
        life.test_s = test_s
        life.check(self.at)
        life.pain(self.at, "before", before)
        life.do(self.day(), self.at + HOUR / 12, name)
        after = self.at + HOUR / 3
        life.add("effort-reported", after, session=name, effort=effort)
        life.add("shape-reported", after, session=name, exercise=None, kept=kept)
        life.pain(after, "after", worst, session=name)
        if morning:
            life.pain(self.at + DAY, "morning-after", None, words=morning, session=name)
        self.at += days * DAY
        needs = {need.value for need in self.day().needs}
        if "screen" in needs:
            life.screen(self.at - HOUR / 30)
        return self


@pytest.fixture
def trainee(programme: Programme, life: Any) -> Trainee:
    return Trainee(programme, life)


@pytest.fixture(scope="session")
def anybody(programme: Programme, new_life: Callable[[], Any]) -> Callable[[], Trainee]:
    return lambda: Trainee(programme, new_life())


def test_the_first_session_is_a_measured_hold_and_one_that_is_half_of_it(trainee: Trainee) -> None:
    for exercise in CORE:
        item = trainee.item(exercise)
        assert item.test is HoldTest.FIRST
        assert (item.sets, item.hold_s) == (2, 5)
        assert item.test_s == trainee.programme.exercises[exercise].dose.target_s
    assert trainee.reasons() == ["test-first", "every-other-day"]
    script = compile_script(trainee.day(), trainee.programme, session="s")
    holds = [step.fields for step in script.steps if step.kind == "hold" and step.fields["exercise"] == "plank"]
    assert [(hold["test"], hold["target_s"]) for hold in holds] == [(True, 60), (False, 5)]
    assert holds[1]["of_test"] == {"share": 0.5, "round_s": 5, "half_from_s": 15, "last_five_from_s": 10}
    assert holds[0]["of_test"] is None


@pytest.mark.parametrize(
    ("test_s", "dose"),
    [(60, (2, 60)), (59.9, (2, 35)), (40, (3, 20)), (39.9, (3, 15)), (20, (3, 10)), (19.9, (5, 5)), (10, (5, 5))],
)
def test_the_better_of_two_tests_is_where_it_begins(trainee: Trainee, test_s: float, dose: tuple[int, int]) -> None:
    trainee.train(test_s)
    again = trainee.item()
    assert (again.test, again.sets, again.hold_s) == (HoldTest.AGAIN, *dose)
    trainee.train(max(10, test_s - 5))
    assert (trainee.item().test, *trainee.dose()[1:]) == (HoldTest.NONE, *dose)
    assert trainee.reasons()[0] == "tested"


def test_a_better_second_test_counts(trainee: Trainee) -> None:
    assert trainee.train(15).train(45).dose() == ("forearm", 3, 25)


def test_the_brief_is_reached_in_its_own_form_alone(trainee: Trainee) -> None:
    trainee.train(60)
    assert trainee.dose("plank") == ("forearm", 2, 60)
    assert trainee.dose("glute-bridge") == ("full", 2, 60)
    assert trainee.dose("side-plank") == ("short-lever", 3, 25), "60 % of 45 s: a short lever is not the brief's form"


def test_both_sides_take_the_dose_of_the_shorter_one(trainee: Trainee) -> None:
    plain = trainee.life.hold

    def held(at: datetime, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        shorter = more.get("test") and exercise == "side-plank" and side is Side.RIGHT
        return plain(at, exercise, side, outcome, **{**more, **({"credited_s": 22.0} if shorter else {})})

    trainee.life.hold = held
    assert trainee.train(40).dose("side-plank") == ("short-lever", 3, 10)


def test_a_short_test_leads_to_an_easier_rung_which_is_measured_next(trainee: Trainee) -> None:
    trainee.train(8)
    assert (trainee.item().rung, trainee.item().test) == ("knee", HoldTest.FIRST)
    assert trainee.reasons()[1] == "test-easier"
    trainee.train(22)
    assert trainee.dose() == ("knee", 3, 10)
    assert trainee.item().test is HoldTest.NONE


def slipped(trainee: Trainee, **more: Any) -> None:
    """Every test is over after a second: a key is pressed too soon."""
    plain = trainee.life.hold

    def held(at: datetime, exercise: str, side: Any = None, outcome: str = "done", **told: Any) -> Any:
        return plain(
            at, exercise, side, outcome, **{**told, **({"credited_s": 1.2, **more} if told.get("test") else {})}
        )

    trainee.life.hold = held


def test_a_test_that_is_over_at_once_is_no_measure(trainee: Trainee) -> None:
    """Nothing is lowered, and it is measured again the next time; a second short try is what it comes to."""
    plain = trainee.life.hold
    slipped(trainee)
    trainee.train(30)
    assert (trainee.item().rung, trainee.item().test) == ("forearm", HoldTest.FIRST)
    assert "test-easier" not in trainee.reasons()
    trainee.life.hold = plain
    assert trainee.train(30).dose() == ("forearm", 3, 15)


def test_a_second_try_that_is_over_at_once_is_one(trainee: Trainee) -> None:
    slipped(trainee, again=True)
    trainee.train(30)
    assert (trainee.item().rung, trainee.item().test) == ("knee", HoldTest.FIRST)


def test_a_later_test_that_is_over_at_once_takes_nothing_away(trainee: Trainee) -> None:
    trainee.train(45).train(45)
    known = trainee.dose()
    while trainee.item().test is HoldTest.NONE:
        trainee.train(45)
        known = trainee.dose()
    slipped(trainee)
    assert trainee.train(45).dose() == known


def test_what_slipped_today_is_measured_today(trainee: Trainee) -> None:
    life = trainee.life
    life.check(trainee.at)
    life.pain(trainee.at, "before", 2)
    life.hold(trainee.at, "plank", None, "stopped", session="s0", test=True, target_s=60.0, credited_s=1.2)
    assert trainee.item().untested == (None,)
    life.hold(trainee.at, "plank", None, "stopped", session="s0", test=True, target_s=60.0, credited_s=1.2, again=True)
    assert trainee.item().untested == ()


def test_a_change_of_the_rules_changes_their_version() -> None:
    assert RULES == "12"


def test_two_short_tests_leave_the_least_on_the_easier_rung(trainee: Trainee) -> None:
    assert trainee.train(8).train(6).dose() == ("table", 2, 5)


def test_on_the_easiest_rung_it_is_the_floor(trainee: Trainee) -> None:
    assert trainee.dose("glute-bridge")[0] == "full"
    rungs = [rung for rung in trainee.programme.exercises["glute-bridge"].rungs if not rung.variant]
    trainee.train(7).train(7)
    easiest = trainee.dose("glute-bridge")
    assert easiest[1:] == (2, 5)
    assert easiest[0] == rungs[0].id


def ran_out(trainee: Trainee) -> None:
    """Nobody sees or touches anything: the clock runs to the end of every test."""
    plain = trainee.life.hold

    def held(at: datetime, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        if more.get("test"):
            outcome, more = "done", {**more, "credited_s": more["target_s"], "measured": False, "in_position_s": None}
        return plain(at, exercise, side, outcome, **more)

    trainee.life.hold = held


def test_what_the_clock_alone_counted_is_no_measure(trainee: Trainee) -> None:
    ran_out(trainee)
    trainee.train()
    assert (trainee.item().test, trainee.dose()) == (HoldTest.FIRST, ("forearm", 2, 5))
    trainee.train()
    assert (trainee.item().test, trainee.dose()) == (HoldTest.NONE, ("forearm", 5, 5)), "and two are enough"
    assert trainee.reasons()[0] == "start-dose"


def test_without_a_camera_the_last_number_that_was_heard_is_the_measure(trainee: Trainee) -> None:
    ran_out(trainee)
    for exercise, side, held_s in (("plank", None, 45), ("side-plank", "left", 30), ("side-plank", "right", 20)):
        body = {"session": "s0", "exercise": exercise, "side": side, "held_s": held_s}
        trainee.life.add("hold-told", AT + HOUR / 3, **body)
    trainee.train()
    assert trainee.dose("plank") == ("forearm", 3, 25)
    assert trainee.dose("side-plank") == ("short-lever", 3, 10)
    assert trainee.item("glute-bridge").test is HoldTest.FIRST
    assert "tested-unseen" in trainee.reasons(), "and of the form nobody knows"


def test_nobody_held_longer_than_the_clock_ran(programme: Programme, life: Any) -> None:
    """A number that another programme sends may be larger than the hold was long."""
    person = Trainee(programme, life, C1="yes")
    ran_out(person)
    for number in (0, 1):
        at = AT + 2 * number * DAY + HOUR / 3
        life.add("hold-told", at, session=f"s{number}", exercise="plank", side=None, held_s=60)
        person.train()
    assert person.dose() == ("forearm", 3, 10)
    assert person.item().reasons[0].message.params["seconds"] == 20
    day = plan(programme, life.record, person.at - 2 * DAY + HOUR / 2)
    held = day.item("plank")
    assert held is not None
    assert held.held is not None
    assert held.held["both"] == 40, "20 s by the clock, and two holds of ten"


def test_more_pain_before_it_waits_for_a_calmer_day(trainee: Trainee) -> None:
    trainee.life.check(trainee.at)
    trainee.life.pain(trainee.at, "before", 5)
    assert (trainee.item().test, trainee.dose()) == (HoldTest.NONE, ("wall", 5, 5))
    assert "test-waits" in trainee.reasons()


def test_a_session_that_waits_for_its_second_test_and_is_too_much_leads_to_less_than_it_was(
    programme: Programme, life: Any
) -> None:
    trainee = Trainee(programme, life, C3="yes").train(45)
    life.pain(trainee.at, "before", 5)
    assert trainee.dose("side-plank")[1:] == (5, 5)
    trainee.train(before=5, worst=6)
    assert trainee.dose("side-plank")[1:] == (3, 5), "what the first test led to was not what was asked for"
    assert trainee.train().item("side-plank").test is HoldTest.AGAIN


@pytest.mark.parametrize(
    "told", [{"morning": None}, {"morning": "a-bit-worse"}, {"worst": 4}, {"morning": "clearly-worse"}]
)
def test_a_test_that_was_not_taken_well_measures_nothing_and_the_next_one_waits(
    trainee: Trainee, told: dict[str, Any]
) -> None:
    trainee.train(45, **told)
    assert trainee.item().test is HoldTest.NONE
    assert trainee.item().sets * trainee.item().hold_s <= 25
    trainee.train()
    assert trainee.item().test is HoldTest.FIRST


def test_whoever_is_in_a_gentle_start_is_not_measured(programme: Programme, life: Any) -> None:
    gentle = Trainee(programme, life, B4="yes")
    assert {gentle.item(exercise).test for exercise in CORE} == {HoldTest.NONE}
    assert gentle.dose() == ("wall", 5, 5)


def test_a_mat_may_be_a_carpet(trainee: Trainee) -> None:
    told = {"body_mass_kg": None, "birth_year": None, "helper": None}
    trainee.life.add("person-described", trainee.at - HOUR / 4, **told, equipment=["strap", "chair", "doorway"])
    assert [trainee.item(exercise).rung for exercise in CORE] == ["forearm", "short-lever", "full"]
    assert trainee.item("hamstring-stretch").rung == "strap"


def test_a_lost_shape_or_a_great_effort_sets_no_dose(anybody: Callable[[], Trainee]) -> None:
    for told in ({"kept": "no"}, {"effort": 9}):
        person = anybody()
        ran_out(person)
        for session in ("s0", "s1"):
            for exercise, side in (
                ("plank", None),
                ("glute-bridge", None),
                ("side-plank", "left"),
                ("side-plank", "right"),
            ):
                at = AT + HOUR / 3 + (2 * DAY if session == "s1" else 0 * DAY)
                person.life.add("hold-told", at, session=session, exercise=exercise, side=side, held_s=60)
        person.train(**told).train(**told)
        assert person.dose() == ("forearm", 5, 5)


def test_a_first_test_that_was_short_gives_no_more_with_more_pain(anybody: Callable[[], Trainee]) -> None:
    totals = []
    for worst in (2, 4, 7):
        person = anybody()
        person.life.screen(AT - HOUR / 2, C2="yes")
        person.train(5, worst=worst)
        rests = person.item().state is ItemState.CLOSED
        totals.append(0 if rests else person.dose()[1] * person.dose()[2])
    assert totals == sorted(totals, reverse=True), totals


def test_skipping_a_test_measures_nothing(trainee: Trainee) -> None:
    plain = trainee.life.hold

    def held(at: datetime, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        skipped = {"credited_s": 8.0} if more.get("test") else {}
        return plain(at, exercise, side, "skipped" if skipped else outcome, **{**more, **skipped})

    trainee.life.hold = held
    assert trainee.train().dose()[0] == "forearm"


def test_no_later_test_comes_right_after_days_away(trainee: Trainee) -> None:
    trainee.train(30).train(30)
    trainee.at += 26 * DAY
    if "screen" in {need.value for need in trainee.day().needs}:
        trainee.life.screen(trainee.at - HOUR / 30)
    assert "after-gap" in trainee.reasons()
    assert trainee.item().test is HoldTest.NONE


def test_the_limit_counts_from_the_answer_and_from_a_new_beginning(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    while (person.at - AT).days < 32:
        person.train(60)
    assert person.dose() == ("forearm", 2, 60)
    life.screen(person.at - HOUR / 60, C1="yes")
    assert person.item().hold_s == 20
    person.at += 27 * DAY
    assert person.item().hold_s <= 20


def test_answers_after_three_in_the_night_belong_to_their_session(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    person.at = AT.replace(hour=2, minute=40) + DAY
    life.check(person.at)
    life.pain(person.at, "before", 2)
    life.do(person.day(), person.at, "night")
    late = person.at + HOUR / 2
    life.add("effort-reported", late, session="night", effort=4)
    life.pain(late, "after", 7, session="night")
    person.at = AT + 2 * DAY
    assert "eased-back" in person.reasons()


def test_a_short_version_that_was_stopped_at_once_is_none(trainee: Trainee) -> None:
    trainee.train().train()
    life = trainee.life
    life.check(trainee.at)
    life.pain(trainee.at, "before", 2)
    before = [item.state for item in trainee.day().items]
    life.add("session-started", trainee.at, session="q", script={}, length="short")
    life.add("session-ended", trainee.at, session="q", how="stopped")
    trainee.at += HOUR / 10
    assert [item.state for item in trainee.day().items] == before


def test_what_is_not_at_hand_is_done_another_way(trainee: Trainee) -> None:
    assert trainee.item("hamstring-stretch").rung == "strap"
    told = {"body_mass_kg": None, "birth_year": None, "helper": None}
    trainee.life.add("person-described", trainee.at - HOUR / 4, **told, equipment=["mat", "chair", "pad", "doorway"])
    assert trainee.item("hamstring-stretch").rung == "ninety-ninety"
    assert "without" in trainee.reasons("hamstring-stretch")
    assert trainee.item("hip-flexor-stretch").rung == "half-kneeling"
    trainee.life.add("person-described", trainee.at - HOUR / 5, **told, equipment=None)
    assert trainee.item("hamstring-stretch").rung == "ninety-ninety", "what was said once holds"


def test_a_flare_up_measures_nothing(trainee: Trainee) -> None:
    trainee.life.add("flare-reported", trainee.at - HOUR / 2)
    assert trainee.item().test is HoldTest.NONE


def test_one_side_that_was_measured_is_not_measured_again_that_day(trainee: Trainee) -> None:
    life = trainee.life
    life.check(trainee.at)
    life.pain(trainee.at, "before", 2)
    life.add("session-started", trainee.at, session="s", script={})
    side = {"session": "s", "rung": "short-lever", "target_s": 45, "credited_s": 30, "test": True}
    life.hold(trainee.at + HOUR / 12, "side-plank", "left", "stopped", **side)
    trainee.at += HOUR / 6
    item = trainee.item("side-plank")
    assert (item.state, item.sides, item.side_sets) == (ItemState.DUE, (Side.LEFT, Side.RIGHT), (1, 2))
    assert (item.test, item.untested) == (HoldTest.FIRST, (Side.RIGHT,))


def test_it_is_measured_again_in_weeks_four_eight_and_twelve_and_only_raises(anybody: Callable[[], Trainee]) -> None:
    person, weeks = anybody().train().train(), {}
    plain = person.life.hold

    def held(at: datetime, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        weak = {"credited_s": 6.0, "in_position_s": 6.0} if more.get("test") else {}
        return plain(at, exercise, side, "stopped" if weak else outcome, **{**more, **weak})

    person.life.hold = held
    while (person.at - AT).days < 7 * 14:
        before, week = person.dose("side-plank"), (person.at - AT).days // 7
        tested = person.item("side-plank").test is not HoldTest.NONE
        person.train(days=4)
        if tested:
            assert week not in weeks, "once in such a week"
            weeks[week] = (before, person.dose("side-plank"))
    assert set(weeks) == {4, 8, 12}
    assert all(before == after for before, after in weeks.values())


def test_a_later_test_raises_no_further_than_the_cap(trainee: Trainee) -> None:
    while trainee.item().test is not HoldTest.LATER:
        trainee.train(20, worst=2 if trainee.number < 2 or (trainee.at - AT).days > 24 else 4)
        assert trainee.number < 20
    before_s = trainee.dose()[2]
    trainee.train(55)
    assert trainee.dose()[2] == before_s + trainee.programme.listening.dosing.cap_s
    assert trainee.reasons()[0] == "tested"


def test_a_dose_that_a_reviewer_set_is_not_measured_past_it_until_it_has_grown(trainee: Trainee) -> None:
    """A reviewer who sets ten seconds has not asked for a minute; what comes of it later is measured as always."""
    while trainee.item().test is not HoldTest.LATER:
        trainee.train(20, worst=2 if trainee.number < 2 or (trainee.at - AT).days > 24 else 4)
        assert trainee.number < 20
    body: dict[str, Any] = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True, "load": False}
    body["reviewed_on"] = trainee.at.date().isoformat()
    trainee.life.add("review-recorded", trainee.at - 2 * HOUR, decision="go-on", changes={}, **body)
    assert trainee.item().test is HoldTest.LATER, "they set nothing of it"
    set_to = {"plank": {"hold_s": 10, "sets": 3}}
    trainee.life.add("review-recorded", trainee.at - HOUR, decision="with-changes", changes=set_to, **body)
    assert trainee.reasons()[0] == "reviewed"
    assert (trainee.item().test, *trainee.dose()[1:]) == (HoldTest.NONE, 3, 10)
    trainee.train(55).train(55)
    assert (trainee.item().test, *trainee.dose()[1:]) == (HoldTest.LATER, 3, 15)


def test_treated_blood_pressure_keeps_holds_short_for_four_weeks(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life, C1="yes")
    assert person.item().test_s == 20
    longest = 0
    while (person.at - AT).days < 28:
        longest = max(longest, person.item().hold_s, person.item().test_s)
        person.train(20)
    assert longest == 20
    assert "limited-c1" not in person.reasons()
    assert person.item().test is HoldTest.LATER
    assert person.item().test_s == 60


@pytest.mark.parametrize(("test_s", "weeks"), [(15, 6.9), (30, 5.7), (45, 4.6)])
def test_green_all_the_way_takes_the_weeks_of_the_clinical_design(
    programme: Programme, life: Any, test_s: int, weeks: float
) -> None:
    """Plank and bridge, without the later tests; of the clinical design, 3.3."""
    dosing = replace(programme.listening.dosing, test_weeks=())
    person = Trainee(replace(programme, listening=replace(programme.listening, dosing=dosing)), life)
    while person.dose("plank") != ("forearm", 2, 60):
        person.train(test_s)
        assert person.number < 50
    assert (person.at - AT).days / 7 == pytest.approx(weeks, abs=0.5)


@pytest.mark.parametrize(("left_s", "right_s", "first"), [(12, 20, "left"), (20, 12, "right"), (15, 15, "left")])
def test_the_side_with_the_shorter_measured_hold_goes_first(
    trainee: Trainee, left_s: float, right_s: float, first: str
) -> None:
    assert trainee.item("side-plank").sides[0] is Side.LEFT
    for side, held_s in (("left", left_s), ("right", right_s)):
        trainee.life.hold(
            AT, "side-plank", side, "stopped", session="s", rung="short-lever", target_s=45, credited_s=held_s,
            test=True, measured=True, in_position_s=held_s, unjudged_s=0,
        )  # fmt: skip
    assert trainee.item("side-plank").sides[0] is Side.LEFT, "not under somebody in the middle of it"
    trainee.at += 2 * DAY
    assert trainee.item("side-plank").sides[0] is Side(first)


def test_a_morning_that_was_never_told_is_why_it_goes_on_with_short_holds(trainee: Trainee) -> None:
    """What was measured is known and went well: nothing is said that sounds as if it had not."""
    trainee.train(60, morning=None, days=6)
    assert trainee.dose() == ("forearm", 5, 5)
    assert "test-untold-morning" in trainee.reasons()
    assert "test-waits-still" not in trainee.reasons()
    assert trainee.train(60).item().test is HoldTest.FIRST


def test_a_session_that_was_too_much_says_so_whatever_of_its_morning(trainee: Trainee) -> None:
    trainee.train(60, morning=None, worst=5, days=6)
    assert "test-waits-still" in trainee.reasons()


def told_of_tests(trainee: Trainee) -> list[Any]:
    """What is said of measured holds in a session of the day."""
    trainee.life.check(trainee.at)
    trainee.life.pain(trainee.at, "before", 2)
    steps = compile_script(trainee.day(), trainee.programme, session="s").steps
    said = [message for step in steps for message in step.say if message.id.startswith("script.test")]
    del trainee.life.facts[-2:]
    return said


def test_whoever_is_to_keep_it_light_is_told_so_in_a_measured_hold(anybody: Callable[[], Trainee], life: Any) -> None:
    """An answer that keeps core work at 5 of 10 is not led past it by the words of a measured hold."""
    person = Trainee(anybody().programme, life, C1="yes")
    assert (told_of_tests(person)[0].id, told_of_tests(person)[0].params) == (
        "script.test-light", {"seconds": 20, "effort": 5}
    )  # fmt: skip
    assert {one.id for one in told_of_tests(anybody())} == {"script.test", "script.test-too"}
    worried = anybody()
    worried.life.screen(AT - HOUR / 2, C9="yes")
    assert told_of_tests(worried)[0].params == {"seconds": 20, "effort": 7}, "that limit is one of seconds alone"


@pytest.mark.parametrize(("flag", "effort", "dose"), [("C1", 5, (3, 10)), ("C1", 6, (2, 5)), ("C9", 6, (3, 10))])
def test_a_measured_hold_that_was_harder_than_an_answer_allows_leads_to_no_more(
    programme: Programme, life: Any, flag: str, effort: int, dose: tuple[int, int]
) -> None:
    person = Trainee(programme, life, **{flag: "yes"})
    person.train(60, effort=effort)
    known = courses(life.record, programme).after[-1].ladders["plank"].levels[3]
    assert bool(known.tests) is (dose != (2, 5))
    if known.tests:
        assert person.dose() == ("forearm", *dose)


@pytest.mark.parametrize(
    ("words", "first"), [("same-or-better", "start-dose"), ("clearly-worse", "eased-back-morning")]
)
def test_a_morning_after_that_was_told_before_any_night_eases_and_never_opens(
    trainee: Trainee, words: str, first: str
) -> None:
    trainee.life.pain(trainee.at + HOUR, "morning-after", None, words=words, session="s0")
    trainee.train(45, morning=None, days=1)
    assert Need.MORNING_AFTER in trainee.day().needs, "it is asked for still"
    trainee.at += DAY
    assert first in trainee.reasons()
    assert trainee.item().test is HoldTest.NONE, "nothing is measured that no night has spoken for"


def test_a_limit_that_ends_a_measured_hold_at_once_makes_nothing_easier(programme: Programme, life: Any) -> None:
    """Somebody strong whose first short holds were harder than 5 of 10 is asked for 5 s, which measure no strength."""
    person = Trainee(programme, life, C1="yes").train(before=5, worst=5, effort=6)
    for _ in range(6):
        assert {person.item(exercise).test for exercise in CORE} == {HoldTest.NONE}
        assert "test-waits-light" in person.reasons()
        person.train(60)
    assert [person.dose(exercise) for exercise in CORE] == [("forearm", 5, 5), ("short-lever", 5, 5), ("full", 5, 5)]
    while (person.at - AT).days < 28:
        person.train(60)
    assert (person.item().test, person.item().test_s) == (HoldTest.FIRST, 60)


@pytest.mark.parametrize("outcome", ["done", "stopped"])
def test_five_seconds_that_were_asked_for_as_a_measure_are_none(trainee: Trainee, outcome: str) -> None:
    """As a record of before may hold them."""
    trainee.train(45, days=4)
    plain = trainee.life.hold

    def held(at: datetime, exercise: str, side: Any = None, _: str = "done", **told: Any) -> Any:
        cut = {"target_s": 5, "credited_s": 5} if told.get("test") else {}
        return plain(at, exercise, side, outcome if cut else "done", **{**told, **cut})

    trainee.life.hold = held
    trainee.train(45)
    assert trainee.dose() == ("forearm", 3, 25)
    assert trainee.item().test is HoldTest.AGAIN


@pytest.mark.parametrize(("worst", "morning", "effort"), [(3, "same-or-better", 6), (5, "same-or-better", 6),
                                                          (3, "a-bit-worse", 6)])  # fmt: skip
def test_under_a_limit_more_pain_leads_to_no_more(
    programme: Programme, life: Any, worst: int, morning: str, effort: int
) -> None:
    person = Trainee(programme, life, C1="yes").train(60, before=3, worst=3, morning="clearly-worse")
    person.train(60, before=3, worst=worst, morning=morning, effort=effort)
    assert person.dose() == ("forearm", 3, 5), "with the least pain it is no less than with more"


def test_why_it_is_measured_once_more_is_true(anybody: Callable[[], Trainee]) -> None:
    hard = anybody().train(45, effort=9)
    assert hard.item().test is HoldTest.FIRST
    assert "test-unsettled" in hard.reasons()
    assert "test-untold" not in hard.reasons(), "how long it was the camera saw"
    hard.train(45, effort=9)
    assert "tests-unsettled" in hard.reasons()
    unknown = anybody()
    ran_out(unknown)
    assert "test-untold" in unknown.train().reasons()


@pytest.mark.parametrize(("effort", "raised"), [(6, True), (7, True), (8, False)])
def test_a_later_test_that_went_on_to_its_effort_raises_the_dose(trainee: Trainee, effort: int, raised: bool) -> None:
    """It is told to go on to 7 of 10, which is more than a session that counts."""
    while trainee.item().test is not HoldTest.LATER:
        trainee.train(15, kept="yes" if trainee.number < 4 else "no")
    hold_s = trainee.dose()[2]
    trainee.train(60, effort=effort)
    assert (trainee.dose()[2] > hold_s) is raised
    assert (trainee.reasons()[0] == "tested") is raised
    assert "counted" not in trainee.reasons(), "and it counts towards no other step"
