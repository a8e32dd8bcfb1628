"""The plan obeys what reviewers set, says whose word it is, and opens nothing that safety closes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import languages, shipped_words
from lumbar.core.packet import make_packet
from lumbar.core.plan import Day, Item, ItemState, Programme, plan
from lumbar.core.safety import Outcome

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
BY = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True, "load": False}


@pytest.fixture
def known(life: Any) -> Any:
    """Somebody who has answered everything of the first days."""
    life.screen(AT - timedelta(minutes=5))
    life.acknowledge(AT - timedelta(minutes=4))
    return life


def review(life: Any, at: datetime, changes: dict[str, Any] | None = None, **told: Any) -> None:
    decision = "with-changes" if changes else "go-on"
    body = {"reviewed_on": at.date().isoformat(), "decision": decision, "changes": changes or {}, **BY, **told}
    life.add("review-recorded", at, **body)


def item(programme: Programme, life: Any, at: datetime, exercise: str) -> Item:
    found = plan(programme, life.record, at).item(exercise)
    assert found is not None
    return found


def ids(found: Item) -> set[str]:
    return {why.message.id for why in found.reasons}


def test_a_dose_says_who_set_it_and_when(programme: Programme, known: Any) -> None:
    review(known, AT, {"plank": {"hold_s": 40, "sets": 2}})
    plank = item(programme, known, AT, "plank")
    assert (plank.sets, plank.hold_s) == (2, 40)
    assert plank.reasons[0].message.params == {
        "profession": "physiotherapist", "seen_on": "2026-03-02", "sets": 2, "seconds": 40,
    }  # fmt: skip


@pytest.mark.parametrize(("hold_s", "sets"), [(10, 3), (15, 3), (30, 2), (60, 2)])
def test_seconds_alone_come_in_as_many_sets_as_holds_of_that_length(
    programme: Programme, known: Any, hold_s: int, sets: int
) -> None:
    review(known, AT, {"plank": {"hold_s": hold_s}})
    plank = item(programme, known, AT, "plank")
    assert (plank.sets, plank.hold_s) == (sets, hold_s)
    assert plank.reasons[0].message.params["sets"] == sets


def test_what_is_set_after_a_flare_up_of_the_same_day_stands(programme: Programme, known: Any) -> None:
    known.add("flare-reported", AT)
    review(known, AT + HOUR, {"plank": {"hold_s": 15, "sets": 3}})
    for at in (AT + 2 * HOUR, AT + DAY):
        plank = item(programme, known, at, "plank")
        assert (plank.sets, plank.hold_s) == (3, 15)
        assert "plan.reason.reviewed" in ids(plank)


def test_a_flare_up_after_a_review_of_the_same_day_eases_what_it_set(programme: Programme, known: Any) -> None:
    review(known, AT, {"plank": {"hold_s": 15, "sets": 3}})
    known.add("flare-reported", AT + HOUR)
    for at in (AT + 2 * HOUR, AT + DAY):
        plank = item(programme, known, at, "plank")
        assert (plank.sets, plank.hold_s) == (3, 5)
        assert "plan.reason.flare" in ids(plank)


def test_a_dose_is_set_for_the_form_that_is_shown_and_that_one_grows_from_it(programme: Programme, life: Any) -> None:
    life.screen(AT - timedelta(minutes=5), C3="yes")
    life.acknowledge(AT - timedelta(minutes=4))
    assert item(programme, life, AT, "plank").rung == "table"
    review(life, AT, {"plank": {"hold_s": 15}})
    plank = item(programme, life, AT, "plank")
    assert (plank.rung, plank.sets, plank.hold_s) == ("table", 3, 15)
    assert "plan.reason.reviewed" in ids(plank)
    life.pain(AT, "before", 2)
    life.do(plan(programme, life.record, AT), AT, "s0")
    again = item(programme, life, AT + 2 * DAY, "plank")
    assert (again.rung, again.sets, again.hold_s) == ("table", 3, 15)


def test_a_flare_up_eases_what_was_set_for_the_form_that_is_shown(programme: Programme, life: Any) -> None:
    life.screen(AT - timedelta(minutes=5), C3="yes")
    life.acknowledge(AT - timedelta(minutes=4))
    review(life, AT, {"plank": {"hold_s": 20}})
    life.add("flare-reported", AT + DAY)
    plank = item(programme, life, AT + DAY + HOUR, "plank")
    assert (plank.rung, plank.sets, plank.hold_s) == ("table", 3, 10)
    assert "plan.reason.flare" in ids(plank)


def test_a_gentle_start_says_that_what_was_set_comes_later(programme: Programme, life: Any) -> None:
    life.screen(AT - timedelta(minutes=5), B3="yes")
    life.acknowledge(AT - timedelta(minutes=4))
    review(life, AT, {"plank": {"hold_s": 30}}, packet="p")
    plank = item(programme, life, AT, "plank")
    assert plank.hold_s == programme.start_dose.hold_s
    assert "plan.reason.reviewed-waits" in ids(plank)


def test_a_form_is_set_for_core_work_and_for_stretches(programme: Programme, known: Any) -> None:
    review(known, AT, {"plank": {"rung": "knee"}, "hamstring-stretch": {"rung": "ninety-ninety"}})
    for exercise, rung in (("plank", "knee"), ("hamstring-stretch", "ninety-ninety")):
        rungs = [one.id for one in programme.exercises[exercise].rungs]
        assert rung in rungs, rungs
        assert item(programme, known, AT, exercise).rung == rung
        assert "plan.reason.reviewed-form" in ids(item(programme, known, AT, exercise))


def test_an_answer_still_asks_for_an_easier_form(programme: Programme, life: Any) -> None:
    life.screen(AT - timedelta(minutes=5), C3="yes")
    life.acknowledge(AT - timedelta(minutes=4))
    easier = item(programme, life, AT, "plank").rung
    review(life, AT, {"plank": {"rung": "forearm"}})
    assert item(programme, life, AT, "plank").rung == easier != "forearm"


def test_a_stretch_is_held_as_long_as_was_set(programme: Programme, known: Any) -> None:
    review(known, AT, {"hamstring-stretch": {"hold_s": 20}})
    assert item(programme, known, AT, "hamstring-stretch").hold_s == 20
    assert item(programme, known, AT, "piriformis-stretch").hold_s == 30


def test_one_exercise_is_left_out_and_comes_in_again(programme: Programme, known: Any) -> None:
    review(known, AT, {"plank": {"stop": True}})
    out = item(programme, known, AT, "plank")
    assert out.state is ItemState.CLOSED
    assert ids(out) == {"plan.reason.review-left-out"}
    assert item(programme, known, AT, "glute-bridge").state is ItemState.DUE
    review(known, AT + DAY)
    assert item(programme, known, AT + DAY, "plank").state is ItemState.DUE


def test_it_comes_no_more_often_than_was_set(programme: Programme, known: Any) -> None:
    review(known, AT, {"hamstring-stretch": {"days_per_week": 2}})
    for day in (0, 1):
        for side in ("left", "right"):
            known.hold(AT + day * DAY, "hamstring-stretch", side, target_s=30, credited_s=30)
    waits = item(programme, known, AT + 2 * DAY, "hamstring-stretch")
    assert waits.state is ItemState.LATER
    assert waits.not_before is not None
    assert waits.not_before.date() == (AT + 7 * DAY).date()
    assert "plan.reason.reviewed-often" in ids(waits)
    assert item(programme, known, AT + 2 * DAY, "piriformis-stretch").state is ItemState.DUE
    assert item(programme, known, AT + 7 * DAY, "hamstring-stretch").state is ItemState.DUE


def test_their_own_words_stand_where_they_apply(programme: Programme, known: Any) -> None:
    review(known, AT, {"plank": {"note": "Breathe out on the way up."}}, note="See you in May.")
    told = [why.message for why in item(programme, known, AT, "plank").reasons if "note" in why.message.params]
    assert [message.params for message in told] == [{"by": "Jo Park", "note": "Breathe out on the way up."}]
    reviewed = plan(programme, known.record, AT).reviewed
    assert reviewed is not None
    assert reviewed.note == "See you in May."


@pytest.mark.parametrize(
    ("until", "ends"), [(None, "2026-05-25"), ("2026-04-01", "2026-04-01"), ("2027-01-01", "2026-05-25")]
)
def test_a_review_is_out_of_date_in_time(programme: Programme, known: Any, until: str | None, ends: str) -> None:
    review(known, AT, until=until)
    reviewed = plan(programme, known.record, AT).reviewed
    assert reviewed is not None
    assert reviewed.until == date.fromisoformat(ends)
    assert not reviewed.is_old(reviewed.until)
    assert reviewed.is_old(reviewed.until + DAY)


ROWS = st.fixed_dictionaries(
    {},
    optional={
        "stop": st.booleans(),
        "rung": st.sampled_from(["knee", "forearm", "no-such-rung"]),
        "hold_s": st.integers(5, 600),
        "sets": st.integers(1, 10),
        "load_kg": st.floats(0, 500),
        "days_per_week": st.integers(1, 7),
        "note": st.text(min_size=1, max_size=40),
    },
)
OPENNESS = [ItemState.CLOSED, ItemState.LATER, ItemState.DONE, ItemState.OPTIONAL, ItemState.DUE]


@given(
    changes=st.dictionaries(st.sampled_from(["plank", "side-plank", "hamstring-stretch", "neck-stretch"]), ROWS),
    decision=st.sampled_from(["go-on", "with-changes", "stop", "contact"]),
    answers=st.dictionaries(st.sampled_from(["A1", "A8", "B2", "B3", "B7", "B15", "C1", "C2", "C3"]), st.just("yes")),
    load=st.booleans(),
)
@settings(max_examples=60)
def test_no_review_opens_what_safety_closes(
    programme: Programme, new_life: Callable[[], Any], changes: Any, decision: str, answers: Any, load: bool
) -> None:
    life = new_life()
    life.screen(AT - timedelta(minutes=5), **answers)
    life.acknowledge(AT - timedelta(minutes=4))
    before: Day = plan(programme, life.record, AT)
    review(life, AT, changes, decision=decision, load=load)
    after = plan(programme, life.record, AT)
    assert before.verdict is not None
    assert after.verdict is not None
    assert all(item.load_kg == 0 for item in after.items)
    if before.verdict.outcome is Outcome.START_GENTLE and decision in ("go-on", "with-changes"):
        assert after.verdict.outcome is Outcome.START, "a gentle start waits for a review, and this is one"
        return
    assert (after.verdict.outcome, after.verdict.open) == (before.verdict.outcome, before.verdict.open)
    for was, now in zip(before.items, after.items, strict=True):
        assert OPENNESS.index(now.state) <= OPENNESS.index(was.state)


def test_who_left_out_every_exercise_is_named_and_a_later_review_is_asked_for(programme: Programme, known: Any) -> None:
    """A day of rest that says nothing of its end would be a pause without a way back."""
    review(known, AT + DAY, {name: {"stop": True} for name in programme.exercises}, decision="with-changes")
    day = plan(programme, known.record, AT + 2 * DAY)
    assert (day.title.id, day.lead.id) == ("plan.title.stopped", "plan.lead.left-out")
    assert day.lead.params["by"]
    assert [why.message.id for why in day.book] == ["plan.book.left-out"]
    assert day.walk is not None
    review(known, AT + 3 * DAY)
    assert plan(programme, known.record, AT + 3 * DAY).book == ()


@pytest.mark.parametrize(
    ("ticked", "changes", "out"),
    [([], {}, True), (["glute-bridge"], {}, True), (["plank"], {}, False), (None, {}, False),
     ([], {"plank": {"hold_s": 20, "sets": 2}}, False), ([], {"plank": {"note": "slowly"}}, True)],
)  # fmt: skip
def test_what_a_review_left_out_stays_out_until_one_lets_it_go_on(
    programme: Programme, known: Any, ticked: list[str] | None, changes: Any, out: bool
) -> None:
    """To approve the rest is no word on it; a review without any ticks speaks of all."""
    review(known, AT, {"plank": {"stop": True}}, decision="with-changes")
    review(known, AT + DAY, changes, **({} if ticked is None else {"go_on": ticked}))
    plank = item(programme, known, AT + 2 * DAY, "plank")
    assert (plank.state is ItemState.CLOSED) is out
    assert ("plan.reason.review-left-out" in {why.message.id for why in plank.reasons}) is out


def test_a_review_that_is_told_late_lifts_no_newer_stop(programme: Programme, known: Any) -> None:
    review(known, AT + 10 * DAY, decision="stop")
    assert item(programme, known, AT + 10 * DAY, "plank").state is ItemState.CLOSED
    review(known, AT + 11 * DAY, reviewed_on=(AT + 5 * DAY).date().isoformat())
    assert item(programme, known, AT + 12 * DAY, "plank").state is ItemState.CLOSED
    review(known, AT + 13 * DAY)
    assert item(programme, known, AT + 13 * DAY, "plank").state is not ItemState.CLOSED


def test_a_review_clears_only_what_was_noticed_by_its_day(programme: Programme, known: Any) -> None:
    for day in range(4):
        known.pain(AT + day * DAY, "before", 7)
    asked = {why.message.id for why in plan(programme, known.record, AT + 4 * DAY).book}
    assert asked == {"plan.book.no-go"}
    review(known, AT + 4 * DAY, reviewed_on=AT.date().isoformat())
    assert {why.message.id for why in plan(programme, known.record, AT + 5 * DAY).book} == asked
    review(known, AT + 5 * DAY)
    assert plan(programme, known.record, AT + 5 * DAY).book == ()


def test_what_was_cleared_begins_at_the_easiest_form_but_for_what_a_reviewer_sets(
    programme: Programme, known: Any
) -> None:
    known.screen(AT, B7="yes")
    known.clear(AT + DAY, "B7")
    assert item(programme, known, AT + DAY, "plank").rung == "wall"
    review(known, AT + 2 * DAY, {"plank": {"rung": "forearm", "hold_s": 20, "sets": 3}})
    plank = item(programme, known, AT + 2 * DAY, "plank")
    assert (plank.rung, plank.sets, plank.hold_s) == ("forearm", 3, 20)
    assert item(programme, known, AT + 2 * DAY, "glute-bridge").rung == "squeeze", "of which nothing was said"


def test_a_review_from_a_clock_ahead_opens_nothing_and_its_stop_holds(programme: Programme, known: Any) -> None:
    before = item(programme, known, AT + 2 * DAY, "plank")
    review(known, AT + 9 * DAY, {"plank": {"hold_s": 40, "sets": 2}})
    known.told_late(known.facts[-1], AT + DAY)
    assert item(programme, known, AT + 2 * DAY, "plank").hold_s == before.hold_s
    assert plan(programme, known.record, AT + 2 * DAY).reviewed is None
    review(known, AT + 9 * DAY, decision="stop")
    known.told_late(known.facts[-1], AT + DAY)
    day = plan(programme, known.record, AT + 2 * DAY)
    assert (day.title.id, day.lead.id) == ("plan.title.stopped", "plan.lead.stopped")


WAITS = "plan.reason.reviewed-form-waits"


@pytest.mark.parametrize(
    ("exercise", "named", "answer"),
    [
        ("side-plank", "long-legs", "C3"),
        ("plank", "forearm", "C7"),
        ("neck-stretch", "with-hand", "C6"),
        ("plank", "forearm", "B3"),
    ],
)
def test_a_named_form_that_an_answer_keeps_away_says_that_it_waits(
    programme: Programme, life: Any, exercise: str, named: str, answer: str
) -> None:
    review(life, AT, {exercise: {"rung": named}})
    life.screen(AT + HOUR, **{answer: "yes"})
    found = item(programme, life, AT + HOUR, exercise)
    assert found.rung != named
    (why,) = (why for why in found.reasons if why.message.id == WAITS)
    assert why.message.params == {
        "form": f"@{exercise}.rung.{named}", "profession": "physiotherapist", "seen_on": "2026-03-02",
    }  # fmt: skip
    rows = {row.exercise: row for row in make_packet(programme, life.record, AT + HOUR).rows}
    assert rows[exercise].rung == found.rung
    assert rows[exercise].next.id == "packet.next.form-waits"
    assert all(shipped_words(language).written(rows[exercise].next) for language in languages())
    assert all(shipped_words(language).written(why.message) for language in languages())


def test_a_named_form_that_nothing_keeps_away_or_that_was_left_behind_waits_for_nothing(
    programme: Programme, known: Any
) -> None:
    review(known, AT, {"plank": {"rung": "knee"}, "hamstring-stretch": {"rung": "strap"}})
    for name in ("plank", "hamstring-stretch", "side-plank"):
        assert WAITS not in ids(item(programme, known, AT + HOUR, name))
