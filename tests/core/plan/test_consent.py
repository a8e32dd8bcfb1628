"""Changes that wait for an expert's word: nothing new comes unasked, and nothing that is easier or safer ever waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.core.plan import Day, Item, ItemState, Programme, plan
from lumbar.core.plan.day import Proposal
from lumbar.core.plan.standing_plan import in_plan_on

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BY = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True, "load": False}


@pytest.fixture
def known(life: Any) -> Any:
    life.screen(AT - timedelta(minutes=5))
    life.acknowledge(AT - timedelta(minutes=4))
    return life


def want(life: Any, programme: Programme, at: datetime, wanted: bool = True, by: str | None = None) -> None:
    known = in_plan_on(programme, life.record, at) if wanted else {}
    profession = None if by is None else "physiotherapist"
    life.add("approval-wanted", at, wanted=wanted, by_whom=by, profession=profession, known=known)


def review(life: Any, at: datetime, **told: Any) -> None:
    body = {"reviewed_on": at.date().isoformat(), "decision": "go-on", "changes": {}, **BY, **told}
    life.add("review-recorded", at, **body)


def answer(life: Any, at: datetime, found: Item, yes: bool, why: str | None = None) -> None:
    assert found.proposal is not None
    told = {"kind": found.proposal.kind, "rung": found.proposal.rung, "yes": yes, "why": why}
    review(life, at, proposals={found.exercise: told})


def train(
    life: Any, programme: Programme, at: datetime, sessions: int, worst: int = 2, every_days: int = 2
) -> datetime:
    """So many sessions of all that was due, each well taken unless it was not; when the next one would be."""
    for _ in range(sessions):
        life.check(at)
        life.pain(at, "before", 2)
        name = at.isoformat()
        life.do(plan(programme, life.record, at), at, name)
        life.add("effort-reported", at, session=name, effort=4, exercises=[])
        life.pain(at, "after", worst, session=name)
        life.add("shape-reported", at, session=name, exercise=None, kept="yes")
        life.pain(at + DAY, "morning-after", None, words="same-or-better", session=name)
        at += every_days * DAY
    return at


def item(programme: Programme, life: Any, at: datetime, exercise: str = "side-plank") -> Item:
    found = plan(programme, life.record, at).item(exercise)
    assert found is not None
    return found


def ids(found: Item) -> set[str]:
    return {why.message.id for why in found.reasons}


def until_proposed(life: Any, programme: Programme, at: datetime) -> datetime:
    for _ in range(20):
        if item(programme, life, at).proposal is not None:
            return at
        at = train(life, programme, at, 1)
    pytest.fail("nothing was ever proposed")


def test_a_new_rung_waits_with_the_dose_as_it_is(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    before = item(programme, known, at)
    assert before.proposal == Proposal("rung", "long-legs")
    assert (before.rung, before.hold_s, before.state) == ("short-lever", 30, ItemState.DUE)
    assert "plan.reason.waits-rung" in ids(before)
    assert "plan.reason.counted" not in ids(before)
    later = item(programme, known, train(known, programme, at, 5))
    assert (later.rung, later.sets, later.hold_s) == (before.rung, before.sets, before.hold_s)
    assert later.proposal == before.proposal


def test_without_the_wish_the_same_life_climbs(programme: Programme, known: Any, new_life: Callable[[], Any]) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    free = new_life()
    free.screen(AT - timedelta(minutes=5))
    free.acknowledge(AT - timedelta(minutes=4))
    then = AT
    while then < at:
        then = train(free, programme, then, 1)
    assert (item(programme, free, at).rung, item(programme, free, at).proposal) == ("long-legs", None)


def test_an_experts_yes_opens_it_that_very_day(programme: Programme, known: Any) -> None:
    want(known, programme, AT, by="Jo Park")
    at = until_proposed(known, programme, AT)
    waits = next(why for why in item(programme, known, at).reasons if why.message.id == "plan.reason.waits-rung-by")
    assert {**waits.message.params}.items() >= {"by": "Jo Park", "since_on": "2026-03-02"}.items()
    answer(known, at, item(programme, known, at), yes=True)
    opened = item(programme, known, at)
    dosing = programme.listening.dosing
    assert (opened.rung, opened.sets, opened.hold_s) == ("long-legs", dosing.next_sets, dosing.next_hold_s)
    assert opened.proposal is None
    train(known, programme, at, 3)
    assert item(programme, known, at + 6 * DAY).rung == "long-legs"


def test_a_no_keeps_it_shut_with_its_reason_until_a_later_yes(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    proposed = item(programme, known, at)
    answer(known, at, proposed, yes=False, why="First the shoulder.")
    shut = item(programme, known, at)
    told = next(why for why in shut.reasons if why.message.id == "plan.reason.refused-rung-because")
    assert told.message.params["why"] == "First the shoulder."
    assert (told.source, shut.rung, shut.proposal) == ("review", "short-lever", proposed.proposal)
    at = train(known, programme, at, 2)
    review(known, at)  # one that says nothing of it leaves it shut
    assert item(programme, known, at).rung == "short-lever"
    answer(known, at, proposed, yes=True)
    assert item(programme, known, at).rung == "long-legs"


def test_a_review_that_ticks_nothing_opens_nothing(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    review(known, at)
    found = item(programme, known, at)
    assert (found.rung, found.proposal) == ("short-lever", Proposal("rung", "long-legs"))


def test_a_session_that_was_not_taken_well_takes_the_proposal_back(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    proposed = item(programme, known, at)
    at = train(known, programme, at, 1, worst=7)
    eased = item(programme, known, at)
    assert eased.proposal is None
    assert eased.hold_s * eased.sets < proposed.hold_s * proposed.sets
    answer(known, at, proposed, yes=True)
    assert item(programme, known, at).rung == "short-lever", "it is earned again first"


def test_what_a_reviewer_sets_is_agreed_to_and_no_harder_form(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    review(known, AT, decision="with-changes", changes={"plank": {"rung": "table", "hold_s": 30, "sets": 2}})
    at = train(known, programme, AT, 4)
    plank = item(programme, known, at, "plank")
    assert (plank.rung, plank.proposal) == ("table", Proposal("rung", "knee"))


def test_easier_forms_never_wait(programme: Programme, known: Any) -> None:
    at = train(known, programme, AT, 3)
    want(known, programme, at)
    known.screen(at, C2="yes")
    for name in ("plank", "side-plank", "glute-bridge"):
        found = item(programme, known, at, name)
        assert programme.exercises[name].rungs[0].id == found.rung
        assert found.proposal is None


def test_a_new_exercise_waits_and_the_rest_goes_on(programme: Programme, life: Any) -> None:
    life.screen(AT - timedelta(minutes=5), C5="yes")
    life.acknowledge(AT - timedelta(minutes=4))
    assert item(programme, life, AT, "piriformis-stretch").state is ItemState.CLOSED
    want(life, programme, AT)
    life.screen(AT + DAY)
    waits = item(programme, life, AT + DAY, "piriformis-stretch")
    assert (waits.state, waits.proposal and waits.proposal.kind) == (ItemState.CLOSED, "exercise")
    assert ids(waits) == {"plan.reason.waits-exercise"}
    assert item(programme, life, AT + DAY, "hamstring-stretch").state is ItemState.DUE
    answer(life, AT + DAY, waits, yes=True)
    assert item(programme, life, AT + DAY, "piriformis-stretch").state is ItemState.DUE


def test_a_stretch_goes_on_to_its_whole_form_only_with_a_word(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = train(known, programme, AT, 4, every_days=1)
    neck = item(programme, known, at, "neck-stretch")
    assert (neck.rung, neck.proposal) == ("no-hand", Proposal("rung", "with-hand"))
    assert "plan.reason.comfortable" not in ids(neck)
    answer(known, at, neck, yes=True)
    assert item(programme, known, at, "neck-stretch").rung == "with-hand"


def test_the_experts_wish_ends_with_an_experts_word(programme: Programme, known: Any) -> None:
    want(known, programme, AT, by="Jo Park")
    at = until_proposed(known, programme, AT)
    want(known, programme, at, wanted=False)
    assert item(programme, known, at).proposal is not None
    want(known, programme, at, wanted=False, by="Kim Lee")
    assert item(programme, known, at).proposal is None
    assert item(programme, known, train(known, programme, at, 1)).rung == "long-legs"


def test_a_wish_of_a_day_to_come_waits_for_that_day_and_opens_nothing(programme: Programme, known: Any) -> None:
    want(known, programme, AT)
    at = until_proposed(known, programme, AT)
    want(known, programme, at + 9 * DAY, wanted=False)
    known.told_late(known.facts[-1], at)
    assert item(programme, known, at).proposal is not None
    assert item(programme, known, at + 2 * DAY).proposal is not None


WISHES = st.lists(
    st.tuples(st.integers(0, 13), st.booleans(), st.sampled_from([None, "Jo Park"])), min_size=1, max_size=3
)
ANSWERED = st.dictionaries(
    st.sampled_from(["plank", "side-plank", "glute-bridge", "neck-stretch", "no-such-exercise"]),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["rung", "load", "exercise"]),
            "rung": st.sampled_from(["long-legs", "forearm", "with-hand", "no-such-rung"]),
            "yes": st.booleans(),
            "why": st.none() | st.text(min_size=1, max_size=20),
        }
    ),
    max_size=2,
)


@given(
    wishes=WISHES,
    reviews=st.lists(st.tuples(st.integers(0, 13), ANSWERED), max_size=2),
    worst=st.lists(st.sampled_from([2, 2, 2, 4, 7]), min_size=7, max_size=7),
    answers=st.dictionaries(st.sampled_from(["C1", "C2", "C3", "C5", "C6"]), st.just("yes"), max_size=2),
)
@settings(max_examples=20)
def test_waiting_never_asks_for_more_and_leaves_every_day_with_something_to_do(
    programme: Programme, new_life: Callable[[], Any], wishes: Any, reviews: Any, worst: Any, answers: Any
) -> None:
    life = new_life()
    life.screen(AT - timedelta(minutes=5), **answers)
    life.acknowledge(AT - timedelta(minutes=4))
    for number, pain in enumerate(worst):
        at = AT + 2 * number * DAY
        for day, wanted, by in wishes:
            if day // 2 == number:
                want(life, programme, at, wanted, by)
        for day, told in reviews:
            if day // 2 == number:
                review(life, at, proposals=told)
        train(life, programme, at, 1, worst=pain)
    at = AT + 14 * DAY
    waiting = plan(programme, life.record, at)
    free = _without_wishes(life, programme, at)
    for held, plain in zip(waiting.items, free.items, strict=True):
        rungs = [rung.id for rung in programme.exercises[held.exercise].rungs]
        if held.proposal is None:
            assert (held.rung, held.state) == (plain.rung, plain.state)
        else:
            assert rungs.index(held.rung) <= rungs.index(held.proposal.rung)
            assert held.load_kg == 0
    assert any(one.state is not ItemState.CLOSED for one in waiting.items)
    assert waiting.title.id == free.title.id
    assert plan(programme, life.record, at) == waiting


def _without_wishes(life: Any, programme: Programme, at: datetime) -> Day:
    """The same day, by the facts as they are, once nothing waits any more from this very day on."""
    facts = list(life.facts)
    for by in (None, "Jo Park"):
        want(life, programme, at, wanted=False, by=by)
    day = plan(programme, life.record, at)
    life.facts[:] = facts
    return day
