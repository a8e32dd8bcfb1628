"""Weights: shut until everything holds, and small steps after that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lumbar.catalog import Catalogue
from lumbar.core.errors import Conflict
from lumbar.core.plan import Day, Item, Need, Programme, plan
from lumbar.core.plan.ladder import Loaded
from lumbar.core.plan.load import Carrier, allowed, dose_of, first_kg, in_kg, is_lighter, most_kg
from lumbar.core.safety import Outcome
from lumbar.core.script import compile_script

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
REVIEW = {
    "by_whom": "Jo Park",
    "profession": "physiotherapist",
    "examined": True,
    "decision": "go-on",
    "load": True,
}


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """Ours without measured holds, of which test_baseline.py tells."""
    listening = programme.listening
    return replace(programme, listening=replace(listening, dosing=replace(listening.dosing, tests=0)))


class Strong:
    """Somebody at the targets of the brief, whom the camera sees well, and who is agreed to and described in full."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme, self.life, self.at, self.number = programme, life, AT, 0
        life.screen(AT - 2 * timedelta(minutes=1))
        life.acknowledge(AT - timedelta(minutes=1))

    def describe(self, **told: object) -> "Strong":
        told = {"body_mass_kg": 70, "birth_year": None, "helper": True, "equipment": None, **told}
        self.life.add("person-described", self.at, **told)
        return self

    def review(self, **told: object) -> "Strong":
        self.life.add("review-recorded", self.at, **{"reviewed_on": self.at.date().isoformat(), **REVIEW, **told})
        return self

    def day(self) -> Day:
        return plan(self.programme, self.life.record, self.at)

    def item(self, exercise: str = "plank") -> Item:
        found = self.day().item(exercise)
        assert found is not None
        return found

    def train(
        self, times: int = 1, *, worst: int = 2, share: float = 1.0, days: int = 2, morning: bool = True,
        camera: bool = True,
    ) -> "Strong":  # fmt: skip
        for _ in range(times):
            self._session(worst, share, morning=morning, camera=camera)
            self.at += days * DAY
            if "screen" in {need.value for need in plan(self.programme, self.life.record, self.at).needs}:
                self.life.screen(self.at)
        return self

    def _session(self, worst: int, share: float, *, morning: bool, camera: bool) -> None:
        life, name, at = self.life, f"s{self.number}", self.at + timedelta(minutes=5)
        self.number += 1
        life.check(self.at)
        life.pain(self.at, "before", 2)
        day = plan(self.programme, life.record, self.at)
        life.add("session-started", at, session=name, script={})
        for item in day.items:
            for side, sets in zip(item.sides, item.side_sets, strict=True):
                for number in range(sets if item.state == "due" else 0):
                    fault = {"id": "hips-sagging", "from_s": 0.0, "to_s": item.hold_s * (1 - share)}
                    life.hold(
                        at, item.exercise, side, session=name, rung=item.rung, hold=number + 1,
                        target_s=item.hold_s, credited_s=item.hold_s, load_kg=item.load_kg or None,
                        measured=camera, in_position_s=item.hold_s if camera else None,
                        unjudged_s=0 if camera else None, faults=[fault] if share < 1 else [],
                    )  # fmt: skip
        life.add("effort-reported", at, session=name, effort=4)
        if not camera:
            life.add("shape-reported", at, session=name, exercise=None, kept="yes")
        life.pain(at, "after", worst, session=name)
        if morning:
            life.pain(self.at + DAY, "morning-after", None, words="same-or-better", session=name)


@pytest.fixture
def strong(programme: Programme, life: Any) -> Strong:
    """At the target of the plank, with everything there but what a test adds or takes away."""
    person = Strong(programme, life).train(32)
    assert (person.item().sets, person.item().hold_s) == (2, 60)
    return person


def waits(item: Item) -> set[str]:
    return {
        why.message.id.removeprefix("plan.load.") for why in item.reasons if why.message.id.startswith("plan.load.")
    }


def test_nothing_is_carried_before_somebody_agrees_and_the_mass_is_known(strong: Strong) -> None:
    assert waits(strong.item()) == {"mass", "agreed"}
    assert strong.item().load_kg == 0
    assert waits(strong.describe().item()) == {"agreed"}
    strong.review(load=False)
    assert waits(strong.item()) == {"agreed"}
    strong.at += timedelta(hours=1)
    assert strong.review().item().load_kg == 10
    said = [why.message.id for why in strong.item().reasons]
    assert "plan.load.carries" in said
    assert not {"plan.reason.tested", "plan.reason.tested-unseen", "plan.reason.step-up"} & set(said), "of what is past"
    assert strong.item("side-plank").load_kg == 0, "a side plank is never loaded"


@pytest.mark.parametrize("worst", [4, 7], ids=["amber", "red"])
def test_what_interrupts_the_row_shuts_it(strong: Strong, worst: int) -> None:
    strong.train(1, worst=worst).describe().review()
    assert strong.item().load_kg == 0
    if worst == 4:
        assert waits(strong.item()) == {"sessions", "seen"}


def test_a_session_that_only_stays_keeps_the_weight(strong: Strong) -> None:
    strong.describe().review().train(1)
    kept = strong.item()
    assert strong.train(1, worst=4).item().load_kg == kept.load_kg == 10
    assert strong.item().hold_s == kept.hold_s


def test_a_first_weight_waits_for_a_word_of_its_own_where_that_was_wanted(strong: Strong) -> None:
    known = {name: exercise.rungs[-1].id for name, exercise in strong.programme.exercises.items()}
    strong.describe().review()
    strong.life.add("approval-wanted", strong.at, wanted=True, by_whom="Jo Park", profession="p", known=known)
    held_back = strong.item()
    assert held_back.proposal is not None
    assert (held_back.load_kg, held_back.proposal.kind, held_back.proposal.kg) == (0, "load", 10)
    assert (waits(held_back), held_back.hold_s) == (set(), 60)
    strong.train(2)
    assert strong.item().load_kg == 0
    told = {"kind": "load", "rung": held_back.rung, "yes": True}
    strong.review(load=False, proposals={"plank": told})
    assert (strong.item().load_kg, strong.item().proposal) == (10, None)
    strong.train(1)
    assert strong.item().load_kg == 10
    assert strong.item("glute-bridge").load_kg == 0, "of which nothing was agreed to"


def test_a_first_weight_asks_for_one_word_and_not_for_two(strong: Strong) -> None:
    known = {name: exercise.rungs[-1].id for name, exercise in strong.programme.exercises.items()}
    strong.life.add("approval-wanted", strong.at, wanted=True, known=known)
    assert strong.item().proposal is None, "the mass comes first"
    asked = strong.describe().item()
    assert asked.proposal is not None
    assert waits(asked) == set()


def test_the_general_words_are_acknowledged_anew_before_the_first_weight(strong: Strong) -> None:
    strong.life.acknowledge(strong.at - HOUR)
    strong.describe()
    assert Need.ACKNOWLEDGE not in strong.day().needs
    strong.review()
    assert Need.ACKNOWLEDGE in strong.day().needs, "what came before the review did not know of a weight"
    assert strong.day().lead.id == "plan.lead.first-weight"
    with pytest.raises(Conflict):
        compile_script(strong.day(), strong.programme, session="s")
    strong.life.acknowledge(strong.at)
    assert Need.ACKNOWLEDGE not in strong.day().needs
    strong.train(1)
    assert strong.item().load_kg > 0
    assert Need.ACKNOWLEDGE not in strong.day().needs, "it is no first weight any more"


def test_an_old_word_does_not_do(strong: Strong) -> None:
    strong.describe().review(reviewed_on=(strong.at - 85 * DAY).date().isoformat())
    assert waits(strong.item()) == {"agreed"}


def test_a_stop_takes_it_back(strong: Strong) -> None:
    strong.describe().review()
    strong.at += timedelta(hours=1)
    strong.review(decision="stop")
    assert strong.item().load_kg == 0


def test_an_answer_that_holds_back_shuts_it(strong: Strong) -> None:
    strong.describe().review()
    assert strong.item().load_kg > 0
    strong.life.screen(strong.at, B4="yes")
    assert strong.item().load_kg == 0
    assert (strong.item().sets, strong.item().hold_s) == (5, 5)


def test_a_question_that_waits_for_somebody_shuts_it(strong: Strong) -> None:
    strong.describe().review()
    assert strong.item().load_kg > 0
    strong.life.screen(strong.at, B15="yes")
    told = strong.life.facts[-1]
    strong.life.facts[-1] = replace(told, body={**told.body, "details": {"B15": {"began": "longer"}}})
    assert plan(strong.programme, strong.life.record, strong.at).verdict.outcome is Outcome.START
    assert strong.item().load_kg == 0
    assert "answers" in waits(strong.item())


def test_green_holds_with_a_weight_lead_back_as_well(strong: Strong) -> None:
    strong.describe().review().train(18)
    assert strong.item().load_kg > 0
    strong.at += 9 * DAY
    away = strong.item()
    assert (away.sets, away.hold_s) == (2, 45)
    assert strong.train(1).item().hold_s == 60


def test_a_weight_grows_by_seconds_and_then_by_the_next_weight(strong: Strong) -> None:
    strong.describe().review()
    seen = []
    for _ in range(10):
        item = strong.item()
        seen.append((item.load_kg, item.sets, item.hold_s))
        strong.train()
    assert seen[:8] == [(10, 2, 30)] * 2 + [(10, 2, 40)] * 2 + [(10, 2, 50)] * 2 + [(10, 2, 60)] * 2
    assert seen[8][0] == 11.3
    assert seen[8][2] == 30


@pytest.mark.parametrize("spoilt", [{"morning": False}, {"worst": 4}], ids=["never told", "stay here"])
def test_a_step_earned_before_a_lighter_week_waits_for_a_session_that_went_well(
    strong: Strong, spoilt: dict[str, Any]
) -> None:
    strong.describe().review()
    began = strong.at
    strong.train(14)
    assert (strong.at - began, strong.item().load_kg, strong.item().hold_s) == (28 * DAY, 11.3, 35)
    strong.train(3).train(1, **spoilt)
    assert (strong.item().load_kg, strong.item().hold_s) == (11.3, 50), "of which the last whole week was"
    assert (strong.train(1).item().load_kg, strong.item().hold_s) == (11.3, 60)


def test_a_first_weight_gets_lighter_with_a_mass_that_was_told_too_high(strong: Strong) -> None:
    strong.describe(body_mass_kg=75.5).review()
    assert strong.item().load_kg == 11.3
    strong.train(3)
    assert (strong.item().load_kg, strong.item().hold_s) == (11.3, 40)
    strong.describe(body_mass_kg=52)
    assert (strong.item().load_kg, strong.item().hold_s) == (7.5, 40), "more than that is no first weight for 52 kg"
    strong.train(1)
    assert (strong.item().load_kg, strong.item().hold_s) == (7.5, 50), "and it grows from there"


def test_a_weight_that_was_earned_keeps_to_the_cap_alone(strong: Strong) -> None:
    strong.describe(body_mass_kg=70).review().train(9)
    assert strong.item().load_kg == 11.3
    strong.describe(body_mass_kg=60)
    assert (strong.item().load_kg, strong.item().hold_s) == (11.3, 30)
    strong.describe(body_mass_kg=44)
    assert (strong.item().load_kg, strong.item().hold_s) == (10, 60), "which was held for so long before"


@pytest.mark.parametrize("spoilt", [{"worst": 7}, {"share": 0.7}], ids=["red", "form"])
def test_a_loaded_session_that_went_badly_takes_the_weight_away(strong: Strong, spoilt: dict[str, Any]) -> None:
    strong.describe().review().train(1)
    assert strong.train(1, **spoilt).item().load_kg == 0
    assert strong.train(1).item().load_kg == 0, "for two sessions at the least"


def test_what_was_too_much_with_a_weight_is_the_hold_that_was_held_with_it(strong: Strong) -> None:
    strong.describe().review().train(1)
    held = strong.item()
    assert (held.load_kg, held.sets, held.hold_s) == (10, 2, 30)
    after = strong.train(1, worst=7).item()
    assert (after.load_kg, after.sets, after.hold_s) == (0, 2, 15), "of 30 s, not of the 60 s without it"


def test_an_untidy_session_that_left_it_worse_counts_among_those_that_did(strong: Strong) -> None:
    strong.describe().review().train(1)
    strong.train(1, worst=4, share=0.7)
    assert (strong.item().load_kg, strong.item().sets, strong.item().hold_s) == (0, 2, 60)
    strong.train(1, worst=4)
    assert strong.item().sets * strong.item().hold_s < 120


@pytest.mark.parametrize(
    ("exercise", "mass_kg", "helper", "wanted_kg"),
    [
        ("plank", 75.5, True, 11.3),
        ("plank", 75.5, False, 11.3),
        ("plank", 100, True, 11.3),
        ("plank", 60, True, 7.5),
        ("plank", 44, True, 5),
        ("plank", 16, True, None),
        ("plank", None, True, None),
        ("glute-bridge", 34, True, 5),
        ("glute-bridge", 80, True, 5),
        ("glute-bridge", 150, True, 5),
        ("glute-bridge", 150, False, 5),
        ("glute-bridge", 30, False, None),
    ],
)
def test_the_first_weight(
    catalogue: Catalogue, exercise: str, mass_kg: float | None, helper: bool, wanted_kg: float | None
) -> None:
    (load,) = catalogue.exercise(exercise).loads
    assert first_kg(load, Carrier(mass_kg, helper, None)) == wanted_kg


def test_the_bridge_goes_from_dumbbell_to_dumbbell_and_then_to_the_bar(catalogue: Catalogue) -> None:
    (bar,) = catalogue.exercise("glute-bridge").loads
    assert bar.weights_kg[:4] == (5, 10, 15, 20), "15 kg is the heaviest dumbbell, 20 kg the bar alone"
    steps = {after - before for before, after in zip(bar.weights_kg[3:], bar.weights_kg[4:], strict=False)}
    assert steps == {2.5}


def test_the_caps(catalogue: Catalogue) -> None:
    (plate,) = catalogue.exercise("plank").loads
    (bar,) = catalogue.exercise("glute-bridge").loads
    assert in_kg(25) == 11.3
    assert most_kg(plate, Carrier(100, True, None)) == 20
    assert most_kg(plate, Carrier(44, True, None)) == 11 < 11.3, "under 45 kg the brief's weight is never offered"
    assert most_kg(bar, Carrier(80, True, None)) == 40
    assert most_kg(bar, Carrier(80, False, None)) == 15
    loaded = Loaded(30, 40, date(2026, 3, 2), grown=True)
    assert allowed(loaded, bar, Carrier(80, True, None), 60) == loaded
    assert allowed(loaded, bar, Carrier(80, False, None), 60) == replace(loaded, kg=15, hold_s=60)
    assert allowed(loaded, bar, Carrier(None, False, None), 60) is None


def test_every_fifth_week_is_a_lighter_one(programme: Programme) -> None:
    rules, loaded = programme.listening.loading, Loaded(10, 60, date(2026, 3, 2))
    weeks = [is_lighter(loaded, loaded.since + 7 * week * DAY, rules) for week in range(11)]
    assert [number for number, lighter in enumerate(weeks, start=1) if lighter] == [5, 10]
    assert dose_of(loaded, loaded.since + 28 * DAY, rules, programme.listening.dosing) == 35
    assert dose_of(loaded, loaded.since, rules, programme.listening.dosing) == 60


def test_a_reviewer_limits_what_is_carried(strong: Strong) -> None:
    strong.describe().review(changes={"plank": {"load_kg": 5}})
    assert strong.item().load_kg == 5
    assert "plan.load.limited" in {why.message.id for why in strong.item().reasons}
    strong.at += timedelta(hours=1)
    strong.review()
    assert strong.item().load_kg == 5, "a limit holds until another one is set"
    strong.at += timedelta(hours=1)
    strong.review(changes={"plank": {"load_kg": 1}})
    assert strong.item().load_kg == 0
    assert waits(strong.item()) == {"too-heavy"}


def test_a_limit_above_ours_changes_nothing(strong: Strong) -> None:
    strong.describe().review(changes={"plank": {"load_kg": 400}})
    assert strong.item().load_kg == 10


def test_a_word_ends_on_the_day_that_it_names(strong: Strong) -> None:
    strong.describe().review(until=(strong.at + DAY).date().isoformat())
    assert strong.item().load_kg == 10
    strong.at += 2 * DAY
    assert waits(strong.item()) == {"agreed"}


def test_a_wish_to_be_called_takes_nothing_back(strong: Strong) -> None:
    strong.describe().review()
    strong.at += timedelta(hours=1)
    strong.review(decision="contact", load=False)
    assert strong.item().load_kg == 10
    day = plan(strong.programme, strong.life.record, strong.at)
    assert [why.message.id for why in day.book] == ["plan.book.contact"]
    assert day.reviewed is not None
    assert day.reviewed.decision == "go-on"


def test_after_two_bad_sessions_weights_stay_shut_until_a_review_however_good_the_next_ones_are(strong: Strong) -> None:
    strong.describe().review()
    assert strong.item().load_kg > 0
    strong.train(1, worst=7).train(1).train(1, worst=7)
    assert "shut" in waits(strong.train(30).item())
    assert strong.item().load_kg == 0
    strong.review()
    assert "shut" not in waits(strong.item())
    assert strong.train(6).item().load_kg > 0


def test_a_device_with_a_slow_clock_opens_no_weight_before_its_weeks(programme: Programme, life: Any) -> None:
    """Its session is dated five weeks before the first one, and lumbar hears of it on that day."""
    person = Strong(programme, life)
    slow = life.hold(AT - 38 * DAY, "plank", session="tablet", rung="forearm")
    life.told_late(slow, AT + HOUR, device="tablet")
    dose = {"hold_s": 60, "sets": 2}
    person.describe().review(decision="with-changes", changes={"plank": dose}).train(6)
    assert waits(person.item()) == {"weeks"}
    while (person.at - AT).days < 42:
        assert person.item().load_kg == 0
        person.train()
    assert person.item().load_kg == 10
