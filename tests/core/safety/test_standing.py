"""How a person stands: pauses end only the way the clinical design says, and every one of them does end."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.record import Record, day_of, new_fact
from lumbar.core.safety import Card, Form, Outcome, Verdict, changed_since, stand, standing

NEVER = None
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WARNINGS = [f"A{n}" for n in range(1, 17)]
OTHERS = [f"B{n}" for n in range(1, 16)]


def now(life: Any, at: datetime) -> Verdict:
    verdict = standing(life.record, life.form, at)
    assert verdict is not None
    return verdict


def test_nobody_who_was_never_screened_has_a_verdict(life: Any) -> None:
    assert standing(life.record, life.form, AT) is NEVER
    life.check(AT)
    assert standing(life.record, life.form, AT) is NEVER


def test_a_part_of_the_form_pauses_and_does_not_clear(life: Any) -> None:
    life.add("screen-answered", AT, kind="full", answers={"A1": "no"}, details={}, nprs=None, pain_now=None)
    assert standing(life.record, life.form, AT) is NEVER
    life.add("screen-answered", AT, kind="full", answers={"A2": "yes"}, details={}, nprs=None, pain_now=None)
    assert now(life, AT).outcome is Outcome.PAUSE


@pytest.mark.parametrize("item", WARNINGS)
@pytest.mark.parametrize("answer", ["yes", "not-sure", "rather-not-say"])
def test_every_pause_is_walked_back(life: Any, item: str, answer: str) -> None:
    life.screen(AT, **{item: answer})
    assert now(life, AT).outcome is Outcome.PAUSE
    assert [way.needs for way in now(life, AT).ways_back][-1] == "screen"
    life.screen(AT + DAY)
    if answer == "rather-not-say":
        assert now(life, AT + DAY).outcome is Outcome.START
        return
    assert now(life, AT + DAY).outcome is Outcome.PAUSE
    life.clear(AT + 2 * DAY, item)
    assert now(life, AT + 2 * DAY).outcome is Outcome.PAUSE
    assert [way.needs for way in now(life, AT + 2 * DAY).ways_back] == ["screen"]
    assert stand(life.record, life.form, AT + 2 * DAY).answer_again
    life.screen(AT + 3 * DAY)
    assert now(life, AT + 3 * DAY).outcome is Outcome.START
    assert changed_since(life.record, life.form, AT + 3 * DAY) == {item: day_of(AT + 2 * DAY)}


@pytest.mark.parametrize("item", OTHERS)
def test_every_wait_and_every_gentle_start_is_walked_back(life: Any, item: str) -> None:
    life.screen(AT, **{item: "yes"})
    held = now(life, AT)
    assert held.outcome is not Outcome.START or held.neck_only
    life.screen(AT + DAY)
    assert now(life, AT + DAY).outcome is held.outcome
    # What began anew needs an assessment made since; about what is long known an older one will do.
    seen_on = day_of(AT) if item in ("B7", "B10", "B15") else day_of(AT) - 30 * DAY
    life.clear(AT + 2 * DAY, item, seen_on=seen_on)
    after = now(life, AT + 2 * DAY)
    assert after.outcome is Outcome.START
    assert not after.neck_only
    assert after.ways_back == ()
    assert after.closed == frozenset()
    assert item in changed_since(life.record, life.form, AT + 2 * DAY)


def test_a_pause_needs_all_its_answers_assessed(life: Any) -> None:
    life.screen(AT, A6="yes", A9="not-sure")
    life.clear(AT + DAY, "A6")
    life.screen(AT + 2 * DAY)
    assert now(life, AT + 2 * DAY).outcome is Outcome.PAUSE
    assert [way.item for way in now(life, AT + 2 * DAY).ways_back] == ["A9", None]


def test_something_new_in_the_next_screen_pauses_again(life: Any) -> None:
    life.screen(AT, A6="yes")
    life.clear(AT + DAY, "A6")
    life.screen(AT + 2 * DAY, A6="yes")
    assert [way.needs for way in now(life, AT + 2 * DAY).ways_back] == ["clearance", "screen"]
    life.screen(AT + 3 * DAY)
    assert now(life, AT + 3 * DAY).outcome is Outcome.PAUSE


@pytest.mark.parametrize(
    ("seen_on", "may"), [(date(2026, 3, 1), True), (date(2026, 3, 30), True), (date(2026, 3, 3), False)]
)
def test_an_assessment_that_does_not_count(life: Any, seen_on: date, may: bool) -> None:
    life.screen(AT, A6="yes")
    life.clear(AT + 2 * DAY, "A6", seen_on=seen_on, may=may)
    life.screen(AT + 3 * DAY)
    assert now(life, AT + 3 * DAY).outcome is Outcome.PAUSE


def test_a_clinicians_no_closes_what_was_open(life: Any) -> None:
    life.screen(AT, B9="yes")
    life.clear(AT + DAY, "B9")
    assert now(life, AT + DAY).outcome is Outcome.START
    life.clear(AT + 2 * DAY, "B9", may=False)
    assert now(life, AT + 2 * DAY).outcome is Outcome.WAIT


@pytest.mark.parametrize("item", ["B3", "B7", "B14", "B15", "A6"])
@pytest.mark.parametrize("held", [True, False])
def test_a_clinicians_no_holds_back_whoever_has_it_until_a_later_yes(life: Any, item: str, held: bool) -> None:
    known = {"B7": {"course": "steady"}, "B15": {"began": "longer"}}
    if held and item != "A6":
        life.screen(AT, details={item: known[item]} if item in known else None, **{item: "yes"})
    else:
        life.screen(AT)
    life.clear(AT + 2 * DAY, item, may=False)
    refused = now(life, AT + 2 * DAY)
    assert refused.outcome is Outcome.WAIT
    assert [reason.message.id for reason in refused.reasons] == ["screen.reason.refused"]
    assert next(way.needs for way in refused.ways_back) in ("clearance", "review")
    life.screen(AT + 3 * DAY)
    life.clear(AT + 4 * DAY, item, seen_on=day_of(AT + DAY))
    assert now(life, AT + 4 * DAY).outcome is Outcome.WAIT, "an older yes does not undo it"
    life.clear(AT + 5 * DAY, item)
    life.screen(AT + 6 * DAY)
    assert now(life, AT + 6 * DAY).outcome is Outcome.START


@pytest.mark.parametrize(
    ("item", "details"),
    [("B7", {"course": "worse"}), ("B15", {"began": "last-4-weeks"}), ("B10", {"level": "above-180"})],
)
def test_an_old_note_says_nothing_about_something_new(life: Any, item: str, details: dict[str, str]) -> None:
    life.screen(AT, details={item: details}, **{item: "yes"})
    before = now(life, AT)
    life.clear(AT + DAY, item, seen_on=date(2019, 1, 1))
    assert now(life, AT + DAY).outcome is before.outcome
    life.clear(AT + 2 * DAY, item)
    assert now(life, AT + 2 * DAY).outcome is Outcome.START


@pytest.mark.parametrize("slow", [timedelta(days=1), timedelta(days=2_000)])
@pytest.mark.parametrize("answer", ["yes", "rather-not-say"])
def test_a_slow_clock_hides_no_warning_sign(life: Any, slow: timedelta, answer: str) -> None:
    life.screen(AT, A1="yes")
    life.clear(AT + DAY, "A1")
    life.screen(AT + 2 * DAY)
    assert now(life, AT + 2 * DAY).outcome is Outcome.START
    told = life.check(AT + 12 * DAY - slow, "daily.numbness", A1=answer, A5="no")
    life.told_late(told, AT + 12 * DAY)
    assert now(life, AT + 12 * DAY).outcome is Outcome.PAUSE
    life.clear(AT + 13 * DAY, "A1")
    life.screen(AT + 14 * DAY)
    assert now(life, AT + 14 * DAY).outcome is Outcome.START


def test_a_screen_that_was_answered_before_and_arrives_late_ends_nothing(life: Any) -> None:
    life.screen(AT)
    life.check(AT + DAY, "daily.numbness", A1="yes", A5="no")
    life.clear(AT + DAY, "A1")
    life.told_late(life.screen(AT + timedelta(hours=1)), AT + 2 * DAY)
    assert now(life, AT + 2 * DAY).outcome is Outcome.PAUSE


def test_a_late_screen_takes_no_variant_away(life: Any) -> None:
    life.screen(AT + DAY, C2="yes")
    life.told_late(life.screen(AT, C4="yes"), AT + 2 * DAY)
    assert now(life, AT + 2 * DAY).flags == {"C2", "C4"}


def test_somebody_seen_in_the_night_was_seen(life: Any) -> None:
    night = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
    life.screen(night - timedelta(hours=4), A1="yes")
    life.clear(night, "A1", seen_on=date(2026, 3, 3))
    life.screen(night + timedelta(hours=9))
    assert now(life, night + timedelta(hours=9)).outcome is Outcome.START


def test_what_was_left_unsaid_about_a_disease_is_not_answered_away(life: Any) -> None:
    life.screen(AT, B9="rather-not-say", B11="rather-not-say")
    life.screen(AT + DAY)
    assert now(life, AT + DAY).outcome is Outcome.WAIT


def test_a_correction_makes_no_card_milder(life: Any) -> None:
    fact = life.screen(AT, details={"A6": {"speed": "hours-or-days"}}, A6="yes")
    life.add("amended", AT, fact=fact.id, body={"details": {"A6": {"speed": "slower"}}})
    assert now(life, AT).card is Card.EM


def test_taking_an_answer_back_tomorrow_opens_nothing_today(life: Any) -> None:
    fact = life.screen(AT, B9="yes")
    life.screen(AT + timedelta(hours=1))
    life.add("retracted", AT + 5 * DAY, fact=fact.id)
    assert now(life, AT + DAY).outcome is Outcome.WAIT
    assert now(life, AT + 5 * DAY).outcome is Outcome.START


def test_a_yes_is_not_weakened_into_something_that_an_answer_ends(life: Any) -> None:
    life.screen(AT, A6="yes")
    life.screen(AT + DAY, A6="rather-not-say")
    life.screen(AT + 2 * DAY)
    assert now(life, AT + 2 * DAY).outcome is Outcome.PAUSE


def test_ticks_open_questions_and_their_answers_count(life: Any) -> None:
    life.screen(AT)
    life.check(AT + DAY, "daily.bladder")
    assert now(life, AT + DAY).outcome is Outcome.START
    life.check(AT + DAY, "daily.bladder", A2="no", A3="no", A4="no")
    assert now(life, AT + DAY).outcome is Outcome.START
    life.check(AT + DAY, "daily.bladder", A2="no", A3="not-sure", A4="no")
    assert now(life, AT + DAY).outcome is Outcome.PAUSE


def test_a_gentle_start_waits_after_six_weeks_and_not_a_day_before(life: Any) -> None:
    life.screen(AT, B3="yes")
    life.screen(AT + 28 * DAY, B3="yes")
    assert now(life, AT + 41 * DAY).outcome is Outcome.START_GENTLE
    assert now(life, AT + 42 * DAY).outcome is Outcome.WAIT
    assert [way.needs for way in now(life, AT + 42 * DAY).ways_back] == ["review"]
    life.clear(AT + 43 * DAY, "B3")
    assert now(life, AT + 43 * DAY).outcome is Outcome.START


def review(life: Any, at: Any, decision: str, seen_on: str, *, examined: bool = False) -> None:
    life.add(
        "review-recorded", at, by_whom="Jo Park", profession="physiotherapist", reviewed_on=seen_on,
        examined=examined, decision=decision, changes={},
    )  # fmt: skip


@pytest.mark.parametrize("decision", ["go-on", "with-changes"])
@pytest.mark.parametrize("days", [10, 50])
def test_a_review_ends_a_gentle_start_on_paper_as_well(life: Any, decision: str, days: int) -> None:
    life.screen(AT, B3="yes")
    at = AT + days * DAY
    review(life, at, decision, at.date().isoformat())
    assert now(life, at).outcome is Outcome.START
    assert now(life, at + 60 * DAY).outcome is Outcome.START
    life.screen(at + 61 * DAY, B4="yes")
    assert now(life, at + 61 * DAY).outcome is Outcome.START_GENTLE, "what is new wants another one"


def test_a_stop_and_a_review_of_before_end_no_gentle_start(life: Any) -> None:
    life.screen(AT, B3="yes")
    review(life, AT + DAY, "stop", (AT + DAY).date().isoformat())
    review(life, AT + DAY, "go-on", (AT - 5 * DAY).date().isoformat())
    assert now(life, AT + 2 * DAY).outcome is Outcome.START_GENTLE


def test_a_review_ends_nothing_that_waits_for_may_exercise(life: Any) -> None:
    life.screen(AT, B3="yes", B5="yes")
    review(life, AT + DAY, "go-on", (AT + DAY).date().isoformat(), examined=True)
    assert now(life, AT + DAY).outcome is Outcome.WAIT
    life.screen(AT + 2 * DAY, A1="yes")
    review(life, AT + 3 * DAY, "go-on", (AT + 3 * DAY).date().isoformat(), examined=True)
    assert now(life, AT + 3 * DAY).outcome is Outcome.PAUSE


def test_what_was_cleared_chooses_variants(life: Any) -> None:
    life.screen(AT, B5="yes", B8="yes", B9="yes", B10="yes", B13="yes")
    for item in ("B5", "B8", "B9", "B10", "B13"):
        life.clear(AT + DAY, item)
    verdict = now(life, AT + DAY)
    assert verdict.flags == {"C6", "C10", "C1", "B13"}
    assert verdict.easiest_since == (AT + DAY).date()


@pytest.mark.parametrize(("item", "ends"), [("B8", True), ("B9", True), ("B5", False)])
def test_what_was_cleared_and_passes_is_over_when_a_later_screen_says_so(life: Any, item: str, ends: bool) -> None:
    life.screen(AT, **{item: "yes"})
    over = {item: {"now": "over"}}
    life.screen(AT + DAY, details=over)
    assert now(life, AT + DAY).outcome is Outcome.WAIT, "somebody has to be seen first"
    life.clear(AT + 2 * DAY, item)
    cleared = now(life, AT + 2 * DAY)
    life.screen(AT + 3 * DAY)
    kept = now(life, AT + 3 * DAY)
    assert (kept.flags, kept.easiest_since) == (cleared.flags, cleared.easiest_since), "a plain no: nothing changed"
    life.screen(AT + 4 * DAY, details=over)
    after = now(life, AT + 4 * DAY)
    assert (not after.flags and after.easiest_since is None) == ends
    assert (item in changed_since(life.record, life.form, AT + 4 * DAY)) != ends


def test_an_assessment_from_before_a_warning_sign_clears_it_not_even_after_a_refusal(life: Any) -> None:
    life.screen(AT, A6="yes")
    life.clear(AT + 3 * DAY, "A6", may=False)
    life.screen(AT + 20 * DAY, A6="yes")
    life.clear(AT + 21 * DAY, "A6", seen_on=(AT + 4 * DAY).date())
    life.screen(AT + 21 * DAY + HOUR)
    assert now(life, AT + 21 * DAY + HOUR).outcome is Outcome.PAUSE
    life.clear(AT + 22 * DAY, "A6")
    life.screen(AT + 22 * DAY + HOUR)
    assert now(life, AT + 22 * DAY + HOUR).outcome is Outcome.START


def test_a_second_word_to_the_same_effect_begins_nothing_anew(life: Any) -> None:
    life.screen(AT, B10="yes", B13="yes")
    life.clear(AT + 5 * DAY, "B10")
    life.clear(AT + 5 * DAY, "B13")
    first = now(life, AT + 5 * DAY)
    for item in ("B10", "B13"):
        life.clear(AT + 60 * DAY, item)
    again = now(life, AT + 60 * DAY)
    assert (again.easiest_since, again.flagged_on) == (first.easiest_since, first.flagged_on)


def test_the_surgeons_word_opens_the_figure_four(life: Any) -> None:
    life.screen(AT, C5="yes")
    assert now(life, AT).closed == {"piriformis-stretch"}
    life.clear(AT + DAY, "C5")
    assert now(life, AT + DAY).closed == frozenset()
    life.clear(AT + 2 * DAY, "C5", may=False)
    assert now(life, AT + 2 * DAY).outcome is Outcome.WAIT
    life.clear(AT + 3 * DAY, "C5")
    assert now(life, AT + 3 * DAY).outcome is Outcome.START
    assert now(life, AT + 3 * DAY).closed == frozenset()


@pytest.mark.parametrize("correction", ["retracted", "amended"])
def test_a_correction_undoes_a_slip_in_b_and_no_warning_sign(new_life: Callable[[], Any], correction: str) -> None:
    for item, outcome in (("A1", Outcome.PAUSE), ("B9", Outcome.START)):
        life = new_life()
        fact = life.screen(AT, **{item: "yes"})
        if correction == "retracted":
            life.add("retracted", AT, fact=fact.id)
            life.screen(AT + DAY)
        else:
            life.add("amended", AT, fact=fact.id, body={"answers": dict.fromkeys(life.form.items, "no")})
        assert now(life, AT + DAY).outcome is outcome


def test_a_correction_may_add_a_warning_sign(life: Any) -> None:
    fact = life.screen(AT)
    life.add("amended", AT, fact=fact.id, body={"answers": {i: "yes" if i == "A2" else "no" for i in life.form.items}})
    assert now(life, AT).outcome is Outcome.PAUSE


def test_a_retracted_clearance_clears_nothing(life: Any) -> None:
    life.screen(AT, B9="yes")
    fact = life.clear(AT + DAY, "B9")
    life.add("retracted", AT + DAY, fact=fact.id)
    assert now(life, AT + DAY).outcome is Outcome.WAIT


def test_the_future_may_hold_back_and_never_opens(life: Any) -> None:
    life.screen(AT, B9="yes")
    life.clear(AT + 5 * DAY, "B9")
    assert now(life, AT + DAY).outcome is Outcome.WAIT
    life.screen(AT + 5 * DAY, A1="yes")
    assert now(life, AT + DAY).outcome is Outcome.PAUSE


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["screen", "check", "clear"]),
        st.sampled_from([*WARNINGS, *OTHERS, "C5"]),
        st.sampled_from(["yes", "no", "not-sure", "rather-not-say"]),
        st.integers(0, 60),
        st.booleans(),
    ),
    max_size=10,
)


def live(life: Any, events: Any) -> None:
    for kind, item, answer, day, may in events:
        at = AT + day * DAY
        if kind == "screen":
            life.screen(at, **{item: answer})
        elif kind == "check" and item.startswith("A"):
            life.check(at, **{item: answer})
        else:
            life.clear(at, item, may=may)


@given(events=EVENTS, day=st.integers(0, 70), more=st.sampled_from(WARNINGS), seed=st.randoms(use_true_random=False))
def test_standing_depends_on_the_set_of_facts_alone_and_one_more_yes_pauses(
    new_life: Callable[[], Any], events: Any, day: int, more: str, seed: Any
) -> None:
    life = new_life()
    live(life, events)
    at = AT + day * DAY
    mixed = life.facts[:]
    seed.shuffle(mixed)
    assert standing(Record(mixed), life.form, at) == standing(life.record, life.form, at)
    life.check(at, **{more: "yes"})
    assert now(life, at).outcome is Outcome.PAUSE


@given(events=EVENTS)
def test_from_anywhere_there_is_a_way_back_to_exercise(new_life: Callable[[], Any], events: Any) -> None:
    """Whatever happened, doing what the page asks for, one thing after another, opens exercise again."""
    life = new_life()
    live(life, events)
    at = AT + 100 * DAY
    for _ in range(60):
        verdict = standing(life.record, life.form, at)
        if verdict is not None and verdict.outcome is Outcome.START:
            return
        wanted = [way for way in verdict.ways_back if way.needs != "screen"] if verdict else []
        if wanted and wanted[0].needs != "answer":
            life.clear(at, str(wanted[0].item))
        else:
            life.screen(at)
        at += DAY
    raise AssertionError("there was no way back")


def test_facts_of_a_newer_version_are_left_alone(life: Any, form: Form) -> None:
    fact = new_fact("effort-reported", {"session": "s", "effort": 1}, fact_id="9", person="p", at=AT)
    assert standing(Record([fact]), form, AT) is NEVER
