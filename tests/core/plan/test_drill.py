"""When the drill that is our addition comes: twice a week, and never on a day with core work."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import shipped_words
from lumbar.core.errors import Conflict
from lumbar.core.plan import Item, ItemState, Need, Programme, StepState, plan
from lumbar.core.script import compile_script

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CORE = ("plank", "side-plank", "glute-bridge")
HINGE = "hip-hinge"


def begin(life: Any) -> None:
    life.screen(AT)
    life.acknowledge(AT)


def hinge(programme: Programme, life: Any, at: datetime) -> Item:
    item = plan(programme, life.record, at).item(HINGE)
    assert item is not None
    return item


def told(item: Item) -> list[str]:
    return [why.message.id for why in item.reasons]


def live(programme: Programme, life: Any, days: int, *, skips: frozenset[int] = frozenset()) -> dict[int, set[str]]:
    """All that is due, every morning but on some days; what was done on each."""
    done = {}
    for number in range(days):
        at = AT + number * DAY
        if number in skips:
            continue
        life.check(at)
        life.pain(at, "before", 1)
        day = plan(programme, life.record, at)
        done[number] = {item.exercise for item in day.items if item.state is ItemState.DUE}
        life.do(day, at, f"s{number}")
    return done


def test_it_comes_twice_a_week_on_days_without_core_work(programme: Programme, life: Any) -> None:
    begin(life)
    done = live(programme, life, 57)
    with_it = [number for number, names in done.items() if HINGE in names]
    assert with_it[0] == 1, "the first day has core work"
    assert all(not names & set(CORE) for number, names in done.items() if number in with_it)
    assert all(later - one >= 3 for one, later in pairwise(with_it))
    assert all(sum(first <= number < first + 7 for number in with_it) <= 2 for first in range(57))
    assert with_it == list(range(1, 57, 4)), "every other day is free of core work, so every fourth has it"


@given(skips=st.frozensets(st.integers(0, 27)), late=st.integers(0, 20))
@settings(max_examples=25, deadline=None)
def test_whatever_is_missed_it_never_meets_core_work(
    programme: Programme, new_life: Callable[[], Any], skips: frozenset[int], late: int
) -> None:
    life = new_life()
    begin(life)
    done = live(programme, life, 28, skips=skips)
    assert all(not (HINGE in names and names & set(CORE)) for names in done.values())
    with_it = [number for number, names in done.items() if HINGE in names]
    assert all(sum(first <= number < first + 7 for number in with_it) <= 2 for first in range(28))
    after = AT + 28 * DAY + late * HOUR
    items = plan(programme, life.record, after).items
    states = {item.exercise: item.state for item in items}
    if states[HINGE] is ItemState.DUE:
        assert not any(states[name] in (ItemState.DUE, ItemState.DONE) for name in CORE)


def test_the_dose_is_two_sets_of_eight_and_the_reason_has_its_source(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 1)
    item = hinge(programme, life, AT + DAY)
    assert (item.state, item.sides, item.side_sets, item.hold_s) == (ItemState.DUE, (None,), (16,), 2)
    assert (item.repetitions, item.goal.sets) == (8, 2)
    words = shipped_words()
    reasons = {why.source: words.written(why.message) for why in item.reasons}
    assert "backs may bend" in reasons["saraceni-2020"]
    assert reasons["design"] == "2 sets of 8 slow ones, on 2 days a week without core work."
    assert words.written(item.goal.message).startswith("2 sets of 8 slow repetitions")


def test_a_day_with_core_work_says_why_it_waits(programme: Programme, life: Any) -> None:
    begin(life)
    item = hinge(programme, life, AT)
    assert (item.state, told(item)[0]) == (ItemState.LATER, "plan.reason.drill-core-day")
    assert item.not_before is None, "nobody knows when the core work will be done"
    live(programme, life, 1)
    after = hinge(programme, life, AT + HOUR)
    assert after.not_before == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    step = plan(programme, life.record, AT).steps[-1]
    assert (step.step, step.state, step.minutes) == ("move", StepState.DUE, 0)
    assert "walk" in shipped_words().written(step.message)


def test_core_work_later_today_keeps_it_away(programme: Programme, life: Any) -> None:
    """After a late evening the 32 hours end within the next but one day: that is a day with core work."""
    begin(life)
    late = AT.replace(hour=23)
    life.hold(late, "plank", session="s1")
    morning = AT + 2 * DAY - HOUR
    plank = plan(programme, life.record, morning - 2 * HOUR).item("plank")
    assert plank is not None
    assert plank.state is ItemState.LATER
    assert told(hinge(programme, life, morning - 2 * HOUR))[0] == "plan.reason.drill-core-day"
    assert hinge(programme, life, AT + DAY).state is ItemState.DUE


def test_after_it_no_core_work_is_due_that_day(programme: Programme, life: Any) -> None:
    """A second phone may bring it on a day on which core work is due here."""
    begin(life)
    life.hold(AT, HINGE, session="other", rung="dowel", target_s=2, credited_s=2)
    day = plan(programme, life.record, AT + HOUR)
    core = [item for item in day.items if item.exercise in CORE]
    assert {item.state for item in core} == {ItemState.LATER}
    assert {item.reasons[0].message.id for item in core} == {"plan.reason.core-after-drill"}
    assert Need.PAIN_BEFORE not in day.needs
    assert all(item.may_start for item in plan(programme, life.record, AT + DAY).items if item.exercise in CORE)


def test_what_is_left_of_it_may_be_done_later_that_day(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 1)
    at = AT + DAY
    for number in range(11):
        life.hold(at, HINGE, outcome="stopped" if number == 3 else "done", rung="dowel", target_s=2, credited_s=2)
    item = hinge(programme, life, at + HOUR)
    assert (item.state, item.side_sets) == (ItemState.DUE, (6,))
    assert item.held == {"times": 10.0}
    life.check(at)
    steps = compile_script(plan(programme, life.record, at + HOUR), programme, session="s", only=[HINGE]).steps
    holds = [step for step in steps if step.kind == "hold"]
    assert [(step.fields["hold"], step.fields["holds"]) for step in holds] == [(n, 6) for n in range(1, 7)]
    assert hinge(programme, life, at + DAY).state is ItemState.LATER


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"B3": "yes"}, "plan.reason.drill-gentle"),
        ({"B2": "yes"}, "plan.reason.wait"),
        ({"A1": "yes"}, "plan.reason.pause"),
    ],
)
def test_only_a_full_start_opens_it(programme: Programme, life: Any, answers: dict[str, str], reason: str) -> None:
    life.screen(AT, **answers)
    life.acknowledge(AT)
    for days in range(4):
        item = hinge(programme, life, AT + days * DAY)
        assert (item.state, told(item)[0], item.barred) == (ItemState.CLOSED, reason, True)
    life.check(AT)
    with pytest.raises(Conflict):
        compile_script(plan(programme, life.record, AT), programme, session="s", only=[HINGE])


def test_pain_fever_and_a_flare_up_hold_it_back(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 1)
    at = AT + DAY
    limit = programme.pain.no_core_from
    before = len(life.facts)
    for fact, told_first in (
        (lambda: life.pain(at, "before", limit), "plan.reason.drill-pain"),
        (lambda: life.check(at, "daily.unwell", A10="no", A14="no", A16="no"), "plan.reason.unwell"),
        (lambda: life.add("flare-reported", at), "plan.reason.drill-flare"),
        (lambda: life.hold(at, HINGE, outcome="hurt", rung="dowel", target_s=2, credited_s=1), "plan.reason.held-hurt"),
    ):
        del life.facts[before:]
        assert hinge(programme, life, at).state is ItemState.DUE
        fact()
        item = hinge(programme, life, at + HOUR)
        assert (item.state, told(item)[0], item.barred) == (ItemState.LATER, told_first, True)


def test_after_three_comfortable_days_the_hands_leave_the_rod(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 9)
    assert hinge(programme, life, AT + 9 * DAY).rung == "dowel"
    for number in range(9, 20):
        at = AT + number * DAY
        life.check(at)
        life.pain(at, "before", 1)
        life.do(plan(programme, life.record, at), at, f"t{number}")
    item = hinge(programme, life, AT + 20 * DAY)
    assert (item.rung, "plan.reason.comfortable" in told(item)) == ("hands", True)


def test_thin_bones_keep_the_rod_and_sore_shoulders_lean_to_a_wall(programme: Programme, new_life: Any) -> None:
    for flag, rung in (("C6", "dowel"), ("C3", "wall")):
        life = new_life()
        life.screen(AT, **{flag: "yes"})
        life.acknowledge(AT)
        live(programme, life, 20)
        assert hinge(programme, life, AT + 20 * DAY).rung == rung
        assert {item.load_kg for item in plan(programme, life.record, AT + 20 * DAY).items} == {0.0}


def test_a_session_of_it_is_down_there_and_up_sixteen_times(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 1)
    at = AT + DAY
    life.check(at)
    steps = compile_script(plan(programme, life.record, at), programme, session="s", only=[HINGE]).as_json()["steps"]
    assert isinstance(steps, list)
    drill = steps[next(n for n, step in enumerate(steps) if step["kind"] == "get-ready") + 1 : -2]
    kinds = [step["kind"] for step in drill]
    once = ["get-ready", "hold", "rest"]
    assert kinds == [*once * 8, "rest", *once * 8]
    assert [step["seconds"] for step in drill if step["kind"] == "get-ready"] == [3] * 16
    holds = [step for step in drill if step["kind"] == "hold"]
    assert [(step["set"], step["hold"]) for step in holds] == [(s, n) for s in (1, 2) for n in range(1, 9)]
    assert all(step["repetition"] and step["judged"] and not step["core"] and step["target_s"] == 2 for step in holds)
    spoken = [message["id"] for step in drill for message in step["say"]]
    assert spoken.count("hip-hinge.way-down") == spoken.count("hip-hinge.way-up") == 16
    assert steps[-2]["questions"] == []


def test_it_comes_last_and_off_the_floor(programme: Programme, life: Any) -> None:
    begin(life)
    live(programme, life, 1)
    at = AT + DAY
    life.check(at)
    steps = compile_script(plan(programme, life.record, at), programme, session="s").as_json()["steps"]
    assert isinstance(steps, list)
    order = list(dict.fromkeys(step["exercise"] for step in steps if step["kind"] == "hold"))
    assert order[-1] == HINGE
    transfers = [step["transfer"] for step in steps if step["kind"] == "change" and step["transfer"]]
    assert transfers == ["down", "up"]
