"""The day: safe over any history, the same for the same facts, and never without an instruction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import shipped_words
from lumbar.core.errors import Conflict, Misuse
from lumbar.core.plan import Day, ItemState, Kind, Need, Programme, StepState, opened, plan, sitting
from lumbar.core.record import Record, day_of
from lumbar.core.script import compile_script

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 2, 8, 0, tzinfo=BERLIN)
CORE = ("plank", "side-plank", "glute-bridge")
HIPS = ("hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """Ours without measured holds, of which test_baseline.py tells."""
    listening = programme.listening
    return replace(programme, listening=replace(listening, dosing=replace(listening.dosing, tests=0)))


def begin(life: Any, at: datetime = AT) -> None:
    life.screen(at)
    life.acknowledge(at)


def at_once(day: Day) -> set[str]:
    return {item.exercise for item in day.items if item.state is ItemState.DUE}


def test_a_moment_needs_an_offset(programme: Programme) -> None:
    with pytest.raises(Misuse):
        plan(programme, Record(), datetime(2026, 3, 2, 8, 0))


def test_the_brief_is_the_goal(programme: Programme, life: Any) -> None:
    begin(life)
    day = plan(programme, life.record, AT)
    goals = {item.exercise: (item.goal.sets, item.goal.hold_s) for item in day.items if item.exercise in CORE}
    assert goals == {"plank": (2, 60), "side-plank": (2, 45), "glute-bridge": (2, 60)}
    assert all(item.hold_s == 30 for item in day.items if item.exercise not in (*CORE, "hip-hinge"))
    assert {(item.sets, item.hold_s) for item in day.items if item.exercise in CORE} == {(5, 5)}


def test_the_dose_never_rises_by_itself(programme: Programme, life: Any) -> None:
    begin(life)
    at = AT
    for number in range(20):
        life.check(at)
        life.pain(at, "before", 0)
        day = plan(programme, life.record, at)
        life.do(day, at, f"s{number}")
        life.add("effort-reported", at, session=f"s{number}", effort=1)
        assert {(item.sets, item.hold_s) for item in day.items if item.exercise in CORE} == {(5, 5)}
        at += DAY


def test_a_session_a_day_keeps_the_brief(programme: Programme, life: Any) -> None:
    """Whoever does all that is due every morning does core work every other day and stretches every day."""
    begin(life)
    strength = []
    for number in range(14):
        at = AT + number * DAY
        life.check(at)
        life.pain(at, "before", 1)
        day = plan(programme, life.record, at)
        assert set(HIPS) <= at_once(day)
        assert {"chest-stretch", "neck-stretch"} <= at_once(day)
        strength.append(day.kind is Kind.STRENGTH)
        life.do(day, at, f"s{number}")
        after = plan(programme, life.record, at + HOUR)
        assert not at_once(after)
        assert after.title.id == "plan.title.done"
        assert after.next is not None
        assert after.next.at > at
    assert strength == [True, False] * 7


def test_a_missed_day_moves_core_work_to_the_next_allowed_one(programme: Programme, life: Any) -> None:
    begin(life)
    life.do(plan(programme, life.record, AT), AT, "s1")
    assert set(CORE) <= at_once(plan(programme, life.record, AT + 3 * DAY))
    life.check(AT + 3 * DAY)
    life.do(plan(programme, life.record, AT + 3 * DAY), AT + 3 * DAY, "s2")
    assert not set(CORE) & at_once(plan(programme, life.record, AT + 4 * DAY))
    assert set(CORE) <= at_once(plan(programme, life.record, AT + 5 * DAY))


def test_core_work_of_a_slow_clock_rests_its_time(programme: Programme, life: Any) -> None:
    begin(life)
    life.add("session-started", AT, session="s", script={})
    life.hold(AT - 30 * DAY, "plank", session="s")
    life.add("session-ended", AT - 30 * DAY, session="s", how="finished")
    assert not at_once(plan(programme, life.record, AT + 5 * HOUR)) & set(CORE)
    assert not at_once(plan(programme, life.record, AT + DAY)) & set(CORE)
    assert at_once(plan(programme, life.record, AT + 2 * DAY)) >= {"plank"}


def test_core_work_rests_from_both_times_of_a_hold_in_doubt(programme: Programme, life: Any) -> None:
    """It was told before its session began, so one of the two clocks is wrong, and nobody knows which."""
    begin(life)
    life.hold(AT + 7 * DAY, "plank", session="s")
    life.add("session-started", AT + 10 * DAY, session="s", script={})
    life.add("session-ended", AT + 10 * DAY, session="s", how="finished")
    for days in (7, 8, 9, 10, 11):
        assert not at_once(plan(programme, life.record, AT + days * DAY + HOUR)) & set(CORE), days
    assert at_once(plan(programme, life.record, AT + 12 * DAY + HOUR)) >= set(CORE)


def test_skipping_is_not_work(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "plank", outcome="skipped")
    assert "plank" in at_once(plan(programme, life.record, AT + HOUR))


@pytest.mark.parametrize("outcome", ["stopped", "done"])
def test_where_nothing_was_held_nothing_is_done(programme: Programme, life: Any, outcome: str) -> None:
    begin(life)
    life.add("session-started", AT, session="s", script={})
    life.hold(AT, "plank", outcome=outcome, credited_s=0, hold=5)
    life.hold(AT, "neck-stretch", "left", outcome=outcome, credited_s=0)
    life.add("session-ended", AT, session="s", how="stopped")
    day = plan(programme, life.record, AT + HOUR)
    assert {"plank", "neck-stretch"} <= at_once(day)
    assert [item.side_sets for item in day.items if item.exercise == "plank"] == [(5,)]
    assert all(item.done_at is None for item in day.items)


def test_a_hold_that_was_held_badly_is_work_all_the_same(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "plank", outcome="stopped", credited_s=0, measured=True, in_position_s=20)
    assert not set(CORE) & at_once(plan(programme, life.record, AT + HOUR))


def test_each_side_gets_what_it_still_lacks(programme: Programme, life: Any) -> None:
    """Interrupted after four holds on the left: one more there, five on the right, and no hold twice."""
    begin(life)
    life.add("session-started", AT, session="s1", script={})
    for number in range(4):
        life.hold(AT, "side-plank", "left", session="s1", hold=number + 1)
    day = plan(programme, life.record, AT + timedelta(minutes=5))
    item = day.item("side-plank")
    assert item is not None
    assert [(side and side.value, sets) for side, sets in zip(item.sides, item.side_sets, strict=True)] == [
        ("left", 1),
        ("right", 5),
    ]
    assert item.sets == item.as_json()["sets"] == 5
    script = compile_script(day, programme, session="s2", only=["side-plank"])
    holds = [step.fields for step in script.steps if step.kind == "hold"]
    assert [(hold["side"], hold["hold"], hold["holds"]) for hold in holds] == [
        ("left", 1, 1),
        *(("right", number, 5) for number in range(1, 6)),
    ]


def test_each_side_of_a_stretch_rests_from_its_own_last_hold(programme: Programme, life: Any) -> None:
    """Left, left again, right at 8:05: the right side's second round still waits until 12:05."""
    begin(life)
    for minute, side in ((0, "left"), (3, "left"), (5, "right")):
        life.hold(AT + timedelta(minutes=minute), "hamstring-stretch", side)
    soon = plan(programme, life.record, AT + timedelta(minutes=10)).item("hamstring-stretch")
    assert soon is not None
    assert soon.state is ItemState.DONE
    assert soon.not_before == AT + timedelta(hours=4, minutes=5)
    then = plan(programme, life.record, AT + timedelta(hours=4, minutes=5)).item("hamstring-stretch")
    assert then is not None
    assert then.state is ItemState.OPTIONAL
    assert [side and side.value for side in then.sides] == ["right"]


def test_the_other_side_of_a_stretch_need_not_wait(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "hamstring-stretch", "left")
    item = plan(programme, life.record, AT + timedelta(minutes=1)).item("hamstring-stretch")
    assert item is not None
    assert item.state is ItemState.DUE
    assert [side and side.value for side in item.sides] == ["right"]


def test_something_of_today_bars_what_has_no_turn_now(programme: Programme, life: Any) -> None:
    """A running session asks this of every exercise that is left in it, and there the gap has no say."""
    begin(life)
    life.do(plan(programme, life.record, AT), AT, "s1")
    assert not any(item.barred for item in plan(programme, life.record, AT + HOUR).items)
    life.pain(AT + HOUR, "during", 5, exercise="plank")
    assert [item.exercise for item in plan(programme, life.record, AT + HOUR).items if item.barred] == ["plank"]
    life.screen(AT + HOUR, C5="yes")
    barred = {item.exercise for item in plan(programme, life.record, AT + HOUR).items if item.barred}
    assert barred == {"plank", "piriformis-stretch"}


@pytest.mark.parametrize("now", [None, 0, 5, 6, 10])
def test_from_pain_six_on_there_is_no_core_work(programme: Programme, life: Any, now: int | None) -> None:
    life.screen(AT, now=now)
    life.acknowledge(AT)
    day = plan(programme, life.record, AT)
    if now is None:
        assert day.needs == (Need.PAIN_BEFORE,)
    assert bool(set(CORE) & at_once(day)) is (now is None or now < 6)
    assert set(HIPS) <= at_once(day)


def test_the_worst_pain_of_the_day_decides(programme: Programme, life: Any) -> None:
    begin(life)
    life.pain(AT, "before", 7)
    life.pain(AT + HOUR, "before", 2)
    day = plan(programme, life.record, AT + 2 * HOUR)
    assert not set(CORE) & at_once(day)
    assert {step.step: step.state for step in day.steps}["core"] is StepState.NOT_TODAY


def test_pain_during_something_unnamed_rests_everything_that_is_left(programme: Programme, life: Any) -> None:
    begin(life)
    life.pain(AT, "during", 5)
    day = plan(programme, life.record, AT + HOUR)
    assert not at_once(day)
    assert day.kind is Kind.REST
    assert day.next is not None


def test_what_hurt_may_be_tried_on_another_day(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "neck-stretch", "left", outcome="hurt")
    day = plan(programme, life.record, AT + HOUR)
    item = day.item("neck-stretch")
    assert item is not None
    assert item.state is ItemState.LATER
    assert shipped_words().written(item.reasons[0].message) == (
        "0 of 2 holds, then you said that it hurt. It rests today."
    )
    assert "neck-stretch" in at_once(plan(programme, life.record, AT + DAY))


def test_core_work_that_hurt_is_not_done_and_rests_all_the_same(programme: Programme, life: Any) -> None:
    begin(life)
    life.add("session-started", AT, session="s", script={})
    for _ in range(2):
        life.hold(AT, "plank")
    life.hold(AT, "plank", outcome="hurt", credited_s=1)
    life.add("session-ended", AT, session="s", how="hurt")
    day, words = plan(programme, life.record, AT + HOUR), shipped_words()
    plank, core = day.item("plank"), day.steps[1]
    assert plank is not None
    assert (plank.state, plank.done_at, plank.sets) == (ItemState.LATER, AT, 5)
    assert words.written(plank.reasons[0].message) == "2 of 5 holds, then you said that it hurt. It rests today."
    assert plank.not_before is not None
    assert plank.not_before - AT > 32 * HOUR
    assert core.state is StepState.LATER
    assert words.written(core.message) == "It ended early, because it hurt."
    assert day.kind is Kind.STRENGTH
    for item in day.items:
        if item.state is ItemState.DUE:
            for side in item.sides:
                life.hold(AT + HOUR, item.exercise, side, session="t")
    evening = plan(programme, life.record, AT + 2 * HOUR)
    assert evening.title.id == "plan.title.ended"
    assert evening.lead.id == "plan.lead.ended-hurt"


def test_core_work_that_was_left_is_not_done_either(programme: Programme, life: Any) -> None:
    begin(life)
    life.do(plan(programme, life.record, AT), AT, "s")
    life.facts = [fact for fact in life.facts if fact.body.get("exercise") not in ("side-plank", "glute-bridge")]
    assert plan(programme, life.record, AT + HOUR).steps[1].message.id == "plan.step.core.ended"
    life.facts = [fact for fact in life.facts if fact.body.get("hold", 0) < 4]
    day = plan(programme, life.record, AT + HOUR)
    plank = day.item("plank")
    assert plank is not None
    assert shipped_words().written(plank.reasons[0].message) == "3 of 5 holds today."
    assert (day.title.id, day.lead.id) == ("plan.title.ended", "plan.lead.ended")


def test_the_morning_after_is_asked_once_and_not_for_ever(programme: Programme, life: Any) -> None:
    begin(life)
    life.do(plan(programme, life.record, AT), AT, "s1")
    assert Need.MORNING_AFTER not in plan(programme, life.record, AT + HOUR).needs
    assert Need.MORNING_AFTER in plan(programme, life.record, AT + DAY).needs
    assert Need.MORNING_AFTER in plan(programme, life.record, AT + 3 * DAY).needs
    assert Need.MORNING_AFTER not in plan(programme, life.record, AT + 3 * DAY + HOUR).needs
    life.pain(AT + DAY, "morning-after", session="s1", words="same-or-better")
    assert Need.MORNING_AFTER not in plan(programme, life.record, AT + DAY + HOUR).needs


def test_a_session_that_a_day_begins_in_is_of_the_day_before(programme: Programme, life: Any) -> None:
    late = AT.replace(hour=2, minute=50) + DAY
    begin(life, late - HOUR)
    life.add("session-started", late, session="s1", script={})
    for minutes, exercise in ((5, "plank"), (20, "glute-bridge")):
        for number in range(5):
            life.hold(late + minutes * HOUR / 60, exercise, session="s1", rung="first", hold=number + 1)
    after = plan(programme, life.record, late + HOUR / 2)
    assert (after.on, Need.MORNING_AFTER in after.needs) == ((AT + DAY).date(), False), "nobody has slept yet"
    assert Need.MORNING_AFTER in plan(programme, life.record, AT + DAY).needs
    assert set(CORE) <= at_once(plan(programme, life.record, AT.replace(hour=12) + 2 * DAY)), "which is a day later"
    hours_later = late + 5 * HOUR
    life.hold(hours_later, "plank", session="s1", rung="first")
    assert not set(CORE) & at_once(plan(programme, life.record, AT.replace(hour=18) + 2 * DAY)), "that is a day's own"


def test_the_daily_check_comes_before_the_first_exercise_of_any_kind(programme: Programme, life: Any) -> None:
    begin(life)
    life.do(plan(programme, life.record, AT), AT, "s1")
    day = plan(programme, life.record, AT + DAY)
    assert Need.DAILY_CHECK in day.needs
    with pytest.raises(Conflict, match="check-first"):
        compile_script(day, programme, session="s2", only=["chest-stretch"])
    life.check(AT + DAY)
    assert compile_script(plan(programme, life.record, AT + DAY), programme, session="s2").steps


def test_the_daily_check_comes_before_a_walk_that_is_the_first_of_a_day(programme: Programme, life: Any) -> None:
    begin(life)
    at = AT + DAY
    life.pain(at, "during", 3)
    day = plan(programme, life.record, at + HOUR)
    assert not any(item.may_start for item in day.items), "the walk is what is left"
    assert Need.DAILY_CHECK in day.needs
    life.check(at + HOUR)
    assert Need.DAILY_CHECK not in plan(programme, life.record, at + 2 * HOUR).needs


def test_the_acknowledgement_is_asked_again_after_twelve_weeks(programme: Programme, life: Any) -> None:
    begin(life)
    for week in (4, 16):
        life.screen(AT + 7 * week * DAY)
    assert Need.ACKNOWLEDGE not in plan(programme, life.record, AT + 83 * DAY).needs
    assert Need.ACKNOWLEDGE in plan(programme, life.record, AT + 112 * DAY).needs


def test_the_screen_comes_in_week_four_and_every_twelve_weeks(programme: Programme, life: Any) -> None:
    begin(life)
    asked = []
    for number in range(1, 240):
        at = AT + number * DAY
        if number % 14 == 0:
            life.hold(at, "plank", session=f"s{number}")  # so that no gap in core work asks for it
        if Need.SCREEN in plan(programme, life.record, at).needs:
            asked.append(number)
            life.screen(at)
    assert asked == [28, 28 + 84, 28 + 168]


def test_a_past_day_is_replayed_as_it_was(programme: Programme, life: Any) -> None:
    begin(life)
    before = plan(programme, life.record, AT + HOUR)
    life.do(before, AT + 2 * HOUR, "s1")
    assert plan(programme, life.record.until(AT + HOUR), AT + HOUR) == before


# Random histories: holds and questions at any time, from two devices, some with clocks that are days off.
STORIES = st.lists(
    st.tuples(
        st.sampled_from(["hold", "hold", "hold", "screen", "check", "pain", "end", "start", "clear"]),
        st.integers(-30, 30 * 24),
        st.sampled_from([*CORE, *HIPS, "neck-stretch"]),
        st.sampled_from(["done", "stopped", "skipped", "hurt"]),
        st.sampled_from(["s1", "s2"]),
        st.integers(0, 10),
        st.sampled_from([60, -480, 540]),
    ),
    max_size=14,
)
MOMENTS = st.integers(0, 32 * 24)


def tell(life: Any, story: Any) -> None:
    for kind, hours, exercise, outcome, session, number, offset in story:
        at = (AT + hours * HOUR).astimezone(timezone(timedelta(minutes=offset)))
        if kind == "hold":
            side = None if exercise in ("plank", "glute-bridge") else ("left", "right")[number % 2]
            life.hold(at, exercise, side, outcome=outcome, session=session)
        elif kind == "screen":
            life.screen(at, now=number, **({"B7": "yes"} if number > 7 else {}))
        elif kind == "check":
            life.check(at, *(["daily.unwell"] if number > 8 else []), A10="no", A14="no", A16="no")
        elif kind == "pain":
            life.pain(at, ("before", "after", "during", "morning-after")[number % 4], number, exercise=exercise)
        elif kind == "clear":
            life.clear(at, "B7")
        else:
            more = {"script": {}} if kind == "start" else {"how": "stopped"}
            life.add("session-started" if kind == "start" else "session-ended", at, session=session, **more)


@given(story=STORIES, core=st.sampled_from(CORE), minutes=st.integers(0, 48 * 60), after_h=st.integers(-50, 60))
@settings(max_examples=300)
def test_core_work_is_never_near_other_core_work(
    programme: Programme, new_life: Callable[[], Any], story: Any, core: str, minutes: int, after_h: int
) -> None:
    life = new_life()
    begin(life)
    tell(life, story)
    worked = AT + 10 * DAY + timedelta(minutes=minutes)
    life.hold(worked, core, None if core != "side-plank" else "left")
    at = worked + after_h * HOUR
    day = plan(programme, life.record, at)
    if not set(CORE) & at_once(day):
        return
    started = [fact for fact in life.record.of("session-started") if fact.on == day.on and fact.at <= at]
    ended = {fact.body["session"] for fact in life.record.of("session-ended")}
    sitting = {fact.body["session"] for fact in started} - ended
    for hold in life.record.of("set-done"):
        if hold.body["exercise"] in CORE and hold.body["credited_s"] > 0 and hold.body["session"] not in sitting:
            assert abs(at.astimezone(UTC) - hold.at) >= 32 * HOUR
            assert abs((day.on - hold.on).days) >= 2


@given(story=STORIES, hours=MOMENTS, shuffle=st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_give_the_same_day(
    programme: Programme, new_life: Callable[[], Any], story: Any, hours: int, shuffle: Any
) -> None:
    life = new_life()
    begin(life)
    tell(life, story)
    mixed = life.facts[:]
    shuffle.shuffle(mixed)
    at = AT + hours * HOUR
    assert plan(programme, Record(mixed), at).as_json() == plan(programme, life.record, at).as_json()


@given(story=STORIES, hours=MOMENTS, screened=st.booleans())
def test_nobody_is_left_without_an_instruction(
    programme: Programme, new_life: Callable[[], Any], story: Any, hours: int, screened: bool
) -> None:
    life = new_life()
    if screened:
        begin(life)
    tell(life, story)
    at = AT + hours * HOUR
    day = plan(programme, life.record, at)
    assert opened(programme, life.record, at) == day.open
    words = shipped_words()
    assert words.written(day.title)
    assert words.written(day.lead)
    for step in day.steps:
        assert words.written(step.message)
        for item in step.items:
            assert item.reasons
            assert all(words.written(why.message) and why.source for why in item.reasons)
    if at_once(day):
        assert day.minutes_left > 0
    elif day.kind is Kind.PAUSED:
        assert day.verdict is not None
        assert day.verdict.ways_back
    elif day.kind is Kind.FIRST_RUN:
        assert Need.SCREEN in day.needs
    else:
        assert day.next is not None
        assert day.next.at > at
        assert words.written(day.next.message)


@given(story=STORIES, hours=MOMENTS)
def test_the_minutes_of_what_is_due_come_to_the_day(
    programme: Programme, new_life: Callable[[], Any], story: Any, hours: int
) -> None:
    life = new_life()
    begin(life)
    tell(life, story)
    day = plan(programme, life.record, AT + hours * HOUR)
    due = [step for step in day.steps if step.state is StepState.DUE]
    assert sum(step.minutes for step in due) == day.minutes_left
    first = plan(programme, Record(), AT + hours * HOUR)
    assert sum(step.minutes for step in first.steps) == first.minutes


@given(story=STORIES, hours=MOMENTS)
def test_times_fit_together(programme: Programme, new_life: Callable[[], Any], story: Any, hours: int) -> None:
    life = new_life()
    begin(life)
    tell(life, story)
    at = (AT.astimezone(UTC) + hours * HOUR).astimezone(BERLIN)  # never a wall time that the spring leaves out
    for item in plan(programme, life.record, at).items:
        waits_for_core = item.exercise == "hip-hinge" and item.state in (ItemState.LATER, ItemState.DONE)
        if item.state is ItemState.CLOSED or (waits_for_core and item.not_before is None):
            assert item.not_before is item.not_after is None
            continue
        assert item.not_before is not None
        assert item.not_after is not None
        assert item.not_before.astimezone(UTC) < item.not_after.astimezone(UTC)
        assert item.sides
        assert item.sets > 0
        if item.may_start:
            assert item.not_before.astimezone(UTC) <= at.astimezone(UTC) < item.not_after.astimezone(UTC)
        else:
            assert item.not_before.astimezone(UTC) > at.astimezone(UTC)


@given(story=STORIES, hours=MOMENTS)
def test_what_is_promised_for_later_is_kept(
    programme: Programme, new_life: Callable[[], Any], story: Any, hours: int
) -> None:
    """At `not_before` an exercise may be done, unless something new has come of the time that passed."""
    life = new_life()
    begin(life)
    tell(life, [event for event in story if event[1] <= hours])
    at = AT + hours * HOUR
    for item in plan(programme, life.record, at).items:
        if item.state is ItemState.LATER and item.not_before is not None:
            then = plan(programme, life.record, item.not_before).item(item.exercise)
            assert then is not None
            assert then.may_start or then.state is ItemState.CLOSED


@given(story=STORIES, hours=MOMENTS)
def test_one_more_core_hold_never_opens_core_work(
    programme: Programme, new_life: Callable[[], Any], story: Any, hours: int
) -> None:
    life = new_life()
    begin(life)
    tell(life, story)
    at = AT + hours * HOUR
    life.hold(at - HOUR, "plank", session="elsewhere")
    assert not set(CORE) & at_once(plan(programme, life.record, at))


def test_the_day_is_plain_values(programme: Programme, life: Any) -> None:
    begin(life)
    day = plan(programme, life.record, AT).as_json()
    assert set(day) == {
        "on", "at", "kind", "title", "lead", "verdict", "needs", "minutes", "minutes_left",
        "short", "reviewed", "unwell", "steps", "next",
        "book", "flare_since", "flare_calm_pain", "flare_told_today", "outcomes", "walk", "waits",
    }  # fmt: skip
    item = day["steps"][1]["items"][0]  # type: ignore[index]
    assert set(item) == {
        "exercise", "rung", "side_order", "sets", "hold_s", "goal", "state", "done_at", "not_before", "not_after",
        "reasons", "held", "test", "test_s", "load_kg", "repetitions", "proposal",
    }  # fmt: skip
    assert item["side_order"] == [None]


def test_a_session_may_go_on_for_three_hours_after_its_last_hold(programme: Programme, life: Any) -> None:
    begin(life)
    assert sitting(programme, life.record, AT) is None
    life.add("session-started", AT, session="s1", script={})
    life.hold(AT + HOUR, "plank", session="s1")
    assert sitting(programme, life.record, AT + 4 * HOUR) == "s1"
    assert sitting(programme, life.record, AT + 4 * HOUR + timedelta(seconds=1)) is None
    life.add("session-ended", AT + 2 * HOUR, session="s1", how="stopped")
    assert sitting(programme, life.record, AT + 2 * HOUR) is None


def test_a_hold_that_the_programme_does_not_know_may_have_been_core_work(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "dead-bug")
    assert not set(CORE) & at_once(plan(programme, life.record, AT + HOUR))


def test_loaded_stages_are_described_and_nothing_opens_them(programme: Programme, life: Any) -> None:
    loads = {load.id for exercise in programme.exercises.values() for load in exercise.loads}
    assert loads == {"plate", "barbell"}
    assert [load.first_lb for load in programme.exercises["plank"].loads] == [25]
    begin(life)
    for number in range(30):
        at = AT + 2 * number * DAY
        life.check(at)
        life.pain(at, "before", 0)
        life.do(plan(programme, life.record, at), at, f"s{number}")
    day = plan(programme, life.record, AT + 60 * DAY)
    rungs = {item.rung for item in day.items}
    assert not rungs & loads


def test_posture_is_kept_in_mind_unless_everything_pauses(programme: Programme, life: Any) -> None:
    begin(life)
    cues = {step.step: [cue.message.id for cue in step.cues] for step in plan(programme, life.record, AT).steps}
    assert cues == {"hips": [], "core": [], "posture": list(programme.posture.cues), "move": []}
    life.check(AT, A1="yes")
    assert not any(step.cues for step in plan(programme, life.record, AT).steps)


def test_held_seconds_are_told_by_side(programme: Programme, life: Any) -> None:
    begin(life)
    life.hold(AT, "side-plank", "left", credited_s=4.5)
    life.hold(AT, "plank", credited_s=3)
    day = plan(programme, life.record, AT + HOUR)
    assert [item.held for item in day.items if item.exercise == "side-plank"] == [{"left": 4.5, "right": 0.0}]
    assert [item.held for item in day.items if item.exercise == "plank"] == [{"both": 3.0}]
    assert [item.held for item in day.items if item.exercise == "neck-stretch"] == [None]


def test_a_day_belongs_to_the_moments_own_offset(programme: Programme, life: Any) -> None:
    begin(life)
    at = datetime(2026, 3, 3, 2, 30, tzinfo=BERLIN)
    assert plan(programme, life.record, at).on == day_of(at)
    assert plan(programme, life.record, at.astimezone(UTC)).on == day_of(at.astimezone(UTC))


@pytest.mark.parametrize(("days", "told"), [(1, "Every day."), (2, "Every other day."), (3, "Every 3 days.")])
def test_the_reasons_say_what_the_programme_does(programme: Programme, life: Any, days: int, told: str) -> None:
    exercises = {
        exercise.id: replace(exercise, dose=replace(exercise.dose, every_days=days))
        if exercise.id in CORE
        else exercise
        for exercise in programme.exercises.values()
    }
    own = replace(
        programme,
        exercises=exercises,
        schedule=replace(programme.schedule, core_gap_days=days),
        start_dose=replace(programme.start_dose, sets=3, hold_s=4),
        stretching=replace(programme.stretching, hold_s=20, source="design"),
    )
    begin(life)
    reasons = {
        item.exercise: [(shipped_words().written(why.message), why.source) for why in item.reasons]
        for item in plan(own, life.record, AT).items
    }
    assert reasons["plank"][0][0] == "It begins with 3 holds of 4 seconds, and grows from there."
    assert reasons["plank"][1][0] == told
    assert reasons["neck-stretch"] == [("20 seconds on each side, once a day.", "design")]
    assert reasons["hamstring-stretch"] == [("20 seconds on each side, once or twice a day.", "design")]


def test_a_programme_without_a_way_out_is_refused(programme: Programme) -> None:
    with pytest.raises(Exception, match="no exercise"):
        replace(programme, exercises={})


AUCKLAND, LOS_ANGELES = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")


def flown_west(programme: Programme, life: Any) -> tuple[datetime, datetime]:
    """Core work in the evening, and the morning after it on the other side of the date line: the same date again."""
    trained_at = datetime(2026, 3, 13, 20, 0, tzinfo=AUCKLAND)
    life.screen(trained_at - DAY)
    life.acknowledge(trained_at - DAY)
    life.check(trained_at)
    life.pain(trained_at, "before", 2)
    life.do(plan(programme, life.record, trained_at), trained_at, "evening")
    life.pain(trained_at + HOUR / 2, "after", 2, session="evening")
    return trained_at, (trained_at + 18 * HOUR).astimezone(LOS_ANGELES)


@pytest.mark.parametrize("named", ["evening", None])
def test_a_morning_after_on_the_same_date_is_asked_for_and_heard(
    programme: Programme, life: Any, named: str | None
) -> None:
    trained_at, landed_at = flown_west(programme, life)
    assert landed_at.date() == trained_at.date()
    assert Need.MORNING_AFTER in plan(programme, life.record, landed_at).needs
    life.pain(landed_at, "morning-after", 8, words="clearly-worse", session=named)
    assert Need.MORNING_AFTER not in plan(programme, life.record, landed_at + HOUR).needs
    later = plan(programme, life.record, landed_at + 2 * DAY)
    item = later.item("plank")
    assert item is not None
    assert "plan.reason.eased-back-morning" in [why.message.id for why in item.reasons]
