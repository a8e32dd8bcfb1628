"""What was too much, or was not seen by whoever sets a dose, never leads to more; and what waits can be waited out."""

from typing import Any

import pytest
from tests.core.plan.test_absence import at_the_target
from tests.core.plan.test_baseline import DAY, HOUR, Trainee

from lumbar.catalog.words import shipped_words
from lumbar.core.body import Side
from lumbar.core.plan import Item, ItemState, Need, Programme
from lumbar.core.plan.day import HoldTest, WalkState
from lumbar.core.record import Fact


def review(person: Trainee, **told: Any) -> Fact:
    body = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True, "decision": "go-on", "load": False}
    on = {"reviewed_on": person.at.date().isoformat()}
    fact: Fact = person.life.add("review-recorded", person.at, **{**body, **on, **told})
    return fact


def grown(programme: Programme, life: Any, sessions: int = 5) -> Trainee:
    """On the plank's own form, with a dose between the first and the target."""
    person = Trainee(programme, life)
    for _ in range(sessions):
        person.train(40)
    assert person.item().rung == "forearm"
    assert 30 >= person.item().hold_s > 15
    return person


def test_too_much_on_an_easier_form_leads_to_no_harder_one(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    dose = person.dose()
    life.screen(person.at - HOUR / 60, C3="yes")
    assert person.item().rung == "table"
    person.train(worst=7)
    life.screen(person.at - HOUR / 60)
    assert person.dose() == ("table", 3, 5)
    assert "stays-easier" in person.reasons()
    person.train()
    assert person.dose() == dose, "one session that was taken well is enough"


def test_the_short_version_that_was_too_much_leads_to_less_than_was_held(programme: Programme, life: Any) -> None:
    person = at_the_target(programme, life)
    life.check(person.at)
    life.pain(person.at, "before", 2)
    life.add("session-started", person.at, session="short", script={}, length="short")
    at = person.at + HOUR / 12
    life.hold(at, "plank", None, session="short", rung="forearm", hold=1, target_s=35, credited_s=35)
    life.add("effort-reported", at, session="short", effort=4)
    life.pain(at, "after", 7, session="short")
    life.pain(person.at + DAY, "morning-after", None, words="same-or-better", session="short")
    person.at += 2 * DAY
    assert person.dose() == ("forearm", 2, 10), "and not the 2 x 35 s that follow too much of the whole"
    person.train()
    assert person.dose() == ("forearm", 2, 35), "which is the next step"


@pytest.mark.parametrize("sessions", [0, 1], ids=["first", "second"])
def test_a_flare_up_after_a_measured_hold_is_not_undone_by_it(programme: Programme, life: Any, sessions: int) -> None:
    person = Trainee(programme, life)
    for _ in range(sessions):
        person.train(30)
    before = person.item()
    assert before.test is not HoldTest.NONE
    life.add("flare-reported", person.at + 12 * HOUR)
    person.train(60)
    life.screen(person.at - HOUR / 60)
    after = person.item()
    assert after.sets * after.hold_s <= max(25, before.sets * before.hold_s), "and not 2 x 60 s"
    assert after.hold_s <= before.hold_s
    assert after.test is HoldTest.NONE


def test_nothing_is_measured_in_a_week_of_more_pain(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    for nprs, weeks in ((3, 0), (5, 1)):
        at = person.at + 7 * weeks * DAY
        life.add("outcome-answered", at, instrument="nprs", nprs=nprs)
    while person.at < life.facts[0].at + 8 * DAY:
        person.train(30)
    assert person.reasons()[0] == "week-rose"
    assert person.item().test is HoldTest.NONE


def test_a_review_of_before_brings_back_nothing_that_was_too_much_since(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    person.train(worst=7)
    eased = person.dose()
    seen_on = (person.at - 12 * DAY).date().isoformat()
    review(person, decision="with-changes", reviewed_on=seen_on, changes={"plank": {"hold_s": 60, "sets": 2}})
    assert person.dose() == eased
    review(person, decision="with-changes", reviewed_on=seen_on, changes={"plank": {"rung": "straight-arm"}})
    assert person.dose() == eased
    review(person, decision="with-changes", changes={"plank": {"hold_s": 60, "sets": 2}})
    assert person.dose() == ("forearm", 2, 60), "who has seen it may"


@pytest.mark.parametrize(
    ("row", "dose"),
    [
        ({"rung": "knee", "hold_s": 60, "sets": 3}, ("knee", 5, 5)),
        ({"rung": "knee"}, ("knee", 5, 5)),
        ({"rung": "knee", "hold_s": 10, "sets": 3}, ("knee", 3, 10)),
        ({"sets": 6}, ("forearm", 3, 15)),
    ],
)
def test_nor_more_seconds_on_an_easier_form(
    programme: Programme, life: Any, row: dict[str, Any], dose: tuple[str, int, int]
) -> None:
    """A form that they named is taken; of the seconds no more than after what they had not seen."""
    person = grown(programme, life)
    seen_on = (person.at - DAY).date().isoformat()
    person.train(worst=8, morning="clearly-worse")
    assert person.dose() == ("forearm", 3, 15)
    review(person, decision="with-changes", reviewed_on=seen_on, changes={"plank": row})
    assert person.dose() == dose
    assert person.item().test is HoldTest.NONE


@pytest.mark.parametrize("away", [12, 45])
def test_what_a_reviewer_sets_after_days_away_stands(programme: Programme, life: Any, away: int) -> None:
    person = grown(programme, life)
    person.at += away * DAY
    life.screen(person.at - HOUR)
    review(person, decision="with-changes", changes={"plank": {"rung": "knee", "hold_s": 10, "sets": 3}})
    assert person.dose() == ("knee", 3, 10)
    assert person.item().test is HoldTest.NONE


def test_more_than_the_target_is_not_taken_away_by_good_sessions(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    review(person, decision="with-changes", changes={"plank": {"hold_s": 60, "sets": 3}})
    for _ in range(6):
        person.train()
    assert person.dose() == ("forearm", 3, 60)


def test_how_many_holds_says_nothing_of_how_long_they_can_be(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    review(person, decision="with-changes", changes={"plank": {"sets": 2}})
    assert person.item().test is HoldTest.FIRST


def test_a_first_measured_hold_waits_for_no_review_that_only_weeks_ask_for(programme: Programme, life: Any) -> None:
    """Without it everybody whose pain did not change for eight weeks would stay at the shortest holds for ever."""
    person = Trainee(programme, life)
    for week in range(9):
        life.add("outcome-answered", person.at + 7 * week * DAY, instrument="nprs", nprs=3)
    person.at += 63 * DAY
    life.screen(person.at - HOUR)
    assert {why.message.id for why in person.day().book} == {"plan.book.no-gain"}
    assert person.item().test is HoldTest.FIRST


def test_under_a_stop_the_walk_rests_with_all_else_and_does_not_grow(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life)
    life.add("usual-walk-told", person.at, minutes=10)
    review(person, decision="stop")
    person.at += DAY
    assert Need.DAILY_CHECK not in person.day().needs
    assert person.day().walk.state is WalkState.CLOSED
    for days in range(20):
        at = person.at + days * DAY
        life.add("walk-done", at, minutes=10)
        life.pain(at + DAY, "morning-after", None, words="same-or-better")
    person.at += 21 * DAY
    assert (person.day().walk.state, person.day().walk.minutes) == (WalkState.CLOSED, 10)


@pytest.mark.parametrize("hours", [-2, 2], ids=["before it", "after it"])
def test_what_is_answered_on_the_day_of_a_review_was_seen_in_it_when_it_came_first(
    programme: Programme, life: Any, hours: int
) -> None:
    person = Trainee(programme, life)
    for week in range(8):
        life.add("outcome-answered", person.at + 7 * week * DAY, instrument="nprs", nprs=3)
    person.at += 56 * DAY
    life.add("outcome-answered", person.at + hours * HOUR, instrument="nprs", nprs=3)
    review(person)
    person.at += DAY
    life.screen(person.at - HOUR)
    booked = {why.message.id for why in person.day().book}
    assert booked == (set() if hours < 0 else {"plan.book.no-gain"})


def test_what_is_measured_late_is_asked_for_within_what_went_well_by_then(programme: Programme, life: Any) -> None:
    """A second measured hold may wait for weeks. The cap is that of the day, and not that of the day after it."""
    person = Trainee(programme, life)
    person.train(45, days=6).train(days=6).train(worst=7).train(worst=7, days=4)
    review(person, decision="with-changes", changes={"plank": {"sets": 3}})
    assert person.dose() == ("forearm", 3, 5)
    person.train(days=6).train(days=6).train(days=6).train(days=2)
    assert person.item().test is HoldTest.AGAIN, "which waits while days lie between"
    person.train(60, days=5)
    assert person.dose() == ("forearm", 3, 15), "10 s above the 5 s of the last weeks, and no more"
    assert {"tested", "step-waits"} <= set(person.reasons())
    person.train()
    assert (person.dose(), person.reasons()[0]) == (("forearm", 3, 15), "step-waits")


def test_a_day_that_waits_for_its_second_measured_hold_keeps_the_dose_of_the_first(
    programme: Programme, life: Any
) -> None:
    """After days away it is not measured, and what was held then is what too much of it takes from."""
    person = Trainee(programme, life)
    person.train(45, days=6)
    assert person.dose() == ("forearm", 3, 25)
    person.train(days=6)
    assert person.dose() == ("forearm", 3, 25)
    person.train(worst=7, days=6)
    assert person.dose() == ("forearm", 3, 15), "three fifths of it"


def test_one_day_a_week_that_a_reviewer_set_stays_as_it_is_and_says_so(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    core = ("plank", "side-plank", "glute-bridge")
    review(person, decision="with-changes", changes={name: {"days_per_week": 1} for name in core})
    person.at += 4 * DAY
    dose = person.dose()
    for _ in range(4):
        person.train(days=7)
    assert person.dose() == dose
    assert {"not-counted", "reviewed-seldom"} <= set(person.reasons())
    review(person, decision="with-changes", changes={name: {"days_per_week": 3} for name in core})
    assert "reviewed-seldom" not in person.reasons()
    assert "not-counted" in person.reasons(), "it was a week all the same"


def test_one_day_a_week_of_one_exercise_grows_while_others_go_on(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    review(person, decision="with-changes", changes={"plank": {"days_per_week": 1}})
    before = person.dose()
    for _ in range(14):
        person.train()
    assert person.item().hold_s > before[2]
    assert not {"not-counted", "reviewed-seldom"} & set(person.reasons())


def test_the_day_says_that_it_heard_of_a_morning_that_was_clearly_worse(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    person.train(morning=None)
    person.at -= DAY
    assert (person.day().lead.id, "eased-back-morning" in person.reasons()) == ("plan.lead.due", False)
    life.pain(person.at, "morning-after", None, words="clearly-worse")
    person.at += HOUR
    assert (person.day().lead.id, "eased-back-morning" in person.reasons()) == ("plan.lead.heard-worse", True)
    person.at += DAY
    assert person.day().lead.id == "plan.lead.due"
    assert person.reasons()[0] == "eased-back-morning", "which is why it is less today"


def test_what_was_too_much_in_the_session_itself_does_not_speak_of_the_morning(programme: Programme, life: Any) -> None:
    person = grown(programme, life).train(worst=7, morning="clearly-worse")
    assert person.reasons()[0] == "eased-back"


def hurts(person: Trainee, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hold of the plank ends with "It hurts" after four seconds, and all that is asked is answered well."""
    plain = person.life.hold

    def held(at: Any, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        cut = {"credited_s": 4.0} if exercise == "plank" else {}
        return plain(at, exercise, side, "hurt" if cut else outcome, **{**more, **cut})

    monkeypatch.setattr(person.life, "hold", held)


def test_what_hurts_in_core_work_gets_less_and_then_rests_until_a_review(
    programme: Programme, life: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = grown(programme, life)
    bridge = person.dose("glute-bridge")
    hurts(person, monkeypatch)
    _, sets, hold_s = person.dose()
    assert person.train().dose() == ("forearm", sets - 1, hold_s), "and no step to fewer holds that are longer"
    assert "a-hold-fewer" in person.reasons()
    assert person.train().dose() == ("forearm", 2, hold_s * 4 // 5)
    assert "a-set-fewer" in person.reasons()
    assert person.dose("glute-bridge")[2] == bridge[2], "nothing else grows with it"
    person.train()
    assert person.item().state is ItemState.CLOSED
    assert "removed" in person.reasons()
    assert "plan.book.rests" in {why.message.id for why in person.day().book}
    monkeypatch.undo()
    review(person)
    assert person.item().state is ItemState.DUE, "a review that saw it rest opens it"
    assert person.dose()[1] * person.dose()[2] <= 2 * (hold_s * 4 // 5)


def test_it_hurts_beside_a_hold_is_heard_as_well(programme: Programme, life: Any) -> None:
    person = grown(programme, life)
    _, sets, hold_s = person.dose()
    for _ in range(2):
        person.train()
        life.pain(person.at - 2 * DAY + HOUR / 5, "during", 2, exercise="plank", session=f"s{person.number - 1}")
    assert person.dose()[1:] == (sets - 1, hold_s * 4 // 5)


def test_what_the_effort_is_put_down_to_says_nothing_of_where_the_pain_was(programme: Programme, life: Any) -> None:
    """Pain of 8 with no exercise named is of all, though one of them was the hard one."""
    person = grown(programme, life)
    _, sets, hold_s = person.dose()
    life.check(person.at)
    life.pain(person.at, "before", 2)
    life.do(person.day(), person.at + HOUR / 12, "hard")
    life.add("effort-reported", person.at + HOUR / 3, session="hard", effort=8, exercises=["glute-bridge"])
    life.pain(person.at + HOUR / 3, "after", 8, session="hard", exercises=[])
    life.pain(person.at + DAY, "morning-after", None, words="same-or-better", session="hard")
    person.at += 2 * DAY
    assert person.dose() == ("forearm", sets, hold_s * 3 // 5)
    assert person.reasons()[0] == "eased-back"


@pytest.mark.parametrize("told", [{"worst": 7}, {"morning": "a-bit-worse"}, {}])
def test_holds_of_a_second_lead_to_no_dose_below_the_least(
    programme: Programme, life: Any, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    """As another programme might tell of them."""
    person = grown(programme, life)
    plain = life.hold

    def held(at: Any, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        return plain(at, exercise, side, outcome, **{**more, "target_s": 1.0, "credited_s": 1.0})

    monkeypatch.setattr(life, "hold", held)
    for _ in range(3):
        person.train(**told)
        assert person.item().hold_s >= 5
        assert person.item().hold_s % 5 == 0
        assert person.item().sets >= 2


def test_who_does_one_side_alone_is_told_what_leads_on(
    programme: Programme, life: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing says that it grows from there, for it does not; and what is said to lead on does."""
    person, plain = Trainee(programme, life), life._sets

    def one_side(item: Item, side: Side | None, sets: int, at: Any, session: str) -> None:
        if side is not Side.RIGHT:
            plain(item, side, sets, at, session)

    monkeypatch.setattr(life, "_sets", one_side)
    for _ in range(5):
        person.train(40)
    assert person.dose("side-plank") == ("short-lever", 5, 5)
    assert "one-side" in person.reasons("side-plank")
    words = shipped_words()
    assert not any("grows from there" in words.written(why.message) for why in person.item("side-plank").reasons)
    assert "one-side" not in person.reasons("plank")
    monkeypatch.undo()
    life.screen(person.at - HOUR / 60, C3="yes")
    assert person.dose("side-plank")[0] == "wall-lean"
    person.train(40).train(40)
    assert "one-side" not in person.reasons("side-plank")
    assert person.train(40).train(40).dose("side-plank")[2] > 5
