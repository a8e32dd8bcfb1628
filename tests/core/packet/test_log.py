"""The log of what went wrong: whatever a rule paused or made less for is in it, with what was advised then."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import languages, shipped_words
from lumbar.core.packet import log_of, make_packet
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.courses import courses
from lumbar.core.plan.day import ItemState

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
END = date(2026, 12, 31)


def logged(programme: Programme, life: Any, until: date = END) -> dict[str, tuple[date, str]]:
    """What the log says, by what happened: its last day and what was advised; it can be said in every language."""
    events = log_of(life.record, programme, until)
    for language in languages():
        for event in events:
            words = shipped_words(language)
            assert words.written(event.what)
            assert words.written(event.advised)
    return {event.what.id.removeprefix("packet.event."): (event.on, event.advised.id) for event in reversed(events)}


def core(life: Any, at: datetime, session: str, worst: int | None = 2, *, before: int = 2, **more: object) -> None:
    life.pain(at, "before", before)
    life.add("session-started", at, session=session, script={})
    life.hold(at, "plank", None, session=session, target_s=20, credited_s=20, **more)
    life.add("effort-reported", at, session=session, effort=4)
    if worst is not None:
        life.pain(at + HOUR, "after", worst, session=session)


def stretched(life: Any, at: datetime, session: str) -> None:
    life.add("session-started", at, session=session, script={})
    life.hold(at, "hamstring-stretch", "left", session=session, rung="strap", target_s=30, credited_s=30)


@pytest.mark.parametrize(
    ("told", "as_what"),
    [
        ({"words": "clearly-worse"}, "walk-morning"),
        ({"nprs": 6}, "walk-morning-pain"),
        ({"words": "same-or-better", "further_down_leg": True}, "walk-morning-leg"),
    ],
)
def test_a_red_morning_after_a_walk_is_in_it_with_the_shorter_walk(
    programme: Programme, life: Any, told: dict[str, Any], as_what: str
) -> None:
    life.screen(AT)
    life.add("usual-walk-told", AT, minutes=20)
    life.add("walk-done", AT + HOUR, minutes=20)
    life.pain(AT + DAY, "morning-after", told.pop("nprs", None), **told)
    found = logged(programme, life)
    assert found[as_what] == ((AT + DAY).date(), "plan.reason.walk-eased")
    worst = make_packet(programme, life.record, AT + DAY).worst
    assert worst is not None
    assert worst.what.id == f"packet.event.{as_what}"


def test_a_red_morning_after_a_walk_is_in_it_before_the_usual_walk_is_known(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.add("walk-done", AT, minutes=40)
    life.pain(AT + DAY, "morning-after", words="clearly-worse")
    assert logged(programme, life)["walk-morning"] == ((AT + DAY).date(), "packet.advised.none")


def test_two_mornings_a_bit_worse_that_made_a_walk_shorter_are_in_it(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.add("usual-walk-told", AT, minutes=20)
    for days in (0, 2):
        life.add("walk-done", AT + days * DAY, minutes=20)
        life.pain(AT + (days + 1) * DAY, "morning-after", words="a-bit-worse")
    assert logged(programme, life, (AT + 2 * DAY).date()) == {}, "one alone changes nothing"
    assert logged(programme, life)["walk-ambers"] == ((AT + 3 * DAY).date(), "plan.reason.walk-less")


@pytest.mark.parametrize(
    ("before", "worst", "is_in_it"), [(2, 5, True), (2, 4, False), (1, 4, True), (5, 6, True), (0, 3, False)]
)
def test_stretches_after_which_the_pain_was_as_much_as_stops_core_work_are_in_it(
    programme: Programme, life: Any, before: int, worst: int, is_in_it: bool
) -> None:
    life.screen(AT - DAY)
    life.pain(AT, "before", before)
    stretched(life, AT, "s")
    life.pain(AT + HOUR, "after", worst, session="s")
    found = logged(programme, life)
    assert ("stretches-from" in found) is is_in_it


@pytest.mark.parametrize(
    ("told", "as_what"),
    [({"nprs": 6}, "stretches-morning-pain-from"), ({"words": "clearly-worse"}, "stretches-morning")],
)
def test_the_morning_after_stretches_is_in_it_and_never_twice(
    programme: Programme, life: Any, told: dict[str, Any], as_what: str
) -> None:
    life.screen(AT - DAY)
    life.pain(AT, "before", 1)
    stretched(life, AT, "s")
    life.pain(AT + DAY, "morning-after", told.get("nprs"), words=told.get("words"))
    assert logged(programme, life)[as_what] == (AT.date(), "packet.advised.none")
    core(life, AT - DAY, "c")  # what names no session is of the core work of the day before, then
    found = logged(programme, life)
    assert as_what not in found
    assert found["ease-back-morning" + ("-pain" if "nprs" in told else "")][0] == (AT - DAY).date()
    life.pain(AT + DAY, "morning-after", told.get("nprs"), words=told.get("words"), session="s")
    assert as_what in logged(programme, life)


def test_what_showed_that_a_session_was_too_much_is_told(programme: Programme, life: Any) -> None:
    life.screen(AT)
    core(life, AT, "a", worst=7)
    core(life, AT + 4 * DAY, "b")
    life.pain(AT + 5 * DAY, "morning-after", words="clearly-worse", session="b")
    core(life, AT + 8 * DAY, "c")
    life.pain(AT + 9 * DAY, "morning-after", words="a-bit-worse", session="c", further_down_leg=True)
    found = logged(programme, life)
    assert found["ease-back"][0] == AT.date()
    assert found["ease-back-morning"] == ((AT + 4 * DAY).date(), "plan.reason.eased-back-morning")
    assert found["ease-back-leg"][0] == (AT + 8 * DAY).date()
    assert found["leg"] == ((AT + 9 * DAY).date(), "packet.advised.screen")
    assert found["reds"] == ((AT + 8 * DAY).date(), "packet.advised.review")


@pytest.mark.parametrize(
    ("walk", "stretch", "is_worst"),
    [
        ({"words": "clearly-worse"}, None, "ease-back"),
        ({"nprs": 6, "words": "same-or-better"}, None, "ease-back"),
        ({"nprs": 8, "words": "clearly-worse"}, None, "walk-morning-pain"),
        ({"words": "same-or-better", "further_down_leg": True}, None, "walk-morning-leg"),
        ({"words": "clearly-worse"}, 7, "stretches-from"),
    ],
)
def test_the_worst_reaction_is_the_worst_and_not_the_latest(
    programme: Programme, life: Any, walk: dict[str, Any], stretch: int | None, is_worst: str
) -> None:
    life.screen(AT - DAY)
    life.add("usual-walk-told", AT - DAY, minutes=20)
    core(life, AT, "a", worst=7)
    if stretch is not None:
        life.pain(AT + 4 * DAY, "before", 1)
        stretched(life, AT + 4 * DAY, "s")
        life.pain(AT + 4 * DAY + HOUR, "after", stretch, session="s")
    life.add("walk-done", AT + 8 * DAY, minutes=20)
    life.pain(AT + 9 * DAY, "morning-after", walk.get("nprs"), **{k: v for k, v in walk.items() if k != "nprs"})
    worst = make_packet(programme, life.record, AT + 10 * DAY).worst
    assert worst is not None
    assert worst.what.id == f"packet.event.{is_worst}"


def test_of_sessions_that_were_a_bit_much_the_worst_is_told(programme: Programme, life: Any) -> None:
    life.screen(AT)
    core(life, AT, "a", worst=5, before=3)
    core(life, AT + 12 * DAY, "b", worst=4)
    worst = make_packet(programme, life.record, AT + 13 * DAY).worst
    assert worst is not None
    assert (worst.on, worst.what.params["pain"]) == (AT.date(), 5)


def test_an_exercise_that_the_plan_has_no_more_is_told_without_its_name(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.pain(AT, "during", exercise="headstand")
    assert logged(programme, life)["hurt-gone"] == (AT.date(), "packet.advised.rest-today")
    (event,) = make_packet(programme, life.record, AT).events
    assert not event.what.params


def test_an_old_reaction_does_not_fall_out_of_the_log(programme: Programme, life: Any) -> None:
    life.screen(AT)
    core(life, AT, "a", worst=8)
    for number in range(30):
        core(life, AT + (100 + 3 * number) * DAY, f"s{number}")
    assert logged(programme, life)["ease-back"][0] == AT.date()
    assert make_packet(programme, life.record, AT + 190 * DAY).worst is None, "and of late there was none"


def test_what_hurt_outside_of_a_hold_is_in_it_with_what_its_count_means(programme: Programme, life: Any) -> None:
    life.screen(AT)
    for number, advised in enumerate(("rest-today", "easier", "left-out")):
        at = AT + number * DAY
        life.pain(at, "during", exercise="hamstring-stretch")
        assert logged(programme, life, at.date())["hurt-plain"] == (at.date(), f"packet.advised.{advised}")
    life.hold(AT + 4 * DAY, "plank", None, "hurt", target_s=15)
    assert logged(programme, life)["hurt"] == ((AT + 4 * DAY).date(), "packet.advised.rest-today")


def test_pain_before_that_left_out_core_work_is_in_it_once_a_row(programme: Programme, life: Any) -> None:
    life.screen(AT)
    for number, pain in enumerate((3, 6, 7, 2, 6)):
        life.pain(AT + number * DAY, "before", pain)
    events = [one for one in log_of(life.record, programme, END) if one.what.id == "packet.event.no-go"]
    assert [(one.on, one.what.params["count"], one.what.params["pain"]) for one in events] == [
        ((AT + 4 * DAY).date(), 1, 6),
        ((AT + DAY).date(), 2, 7),
    ]


def test_an_illness_and_a_worse_week_are_in_it(programme: Programme, life: Any) -> None:
    life.screen(AT)
    core(life, AT, "a")
    life.add("outcome-answered", AT + DAY, instrument="nprs", nprs=2)
    life.add("outcome-answered", AT + 8 * DAY, instrument="nprs", nprs=5)
    ill = next(daily for daily in programme.form.daily if daily.rest_h is not None)
    life.check(AT + 9 * DAY, ill.id, **dict.fromkeys(ill.opens, "no"))
    found = logged(programme, life)
    assert found["week"] == ((AT + 8 * DAY).date(), "plan.reason.week-rose")
    assert found["unwell"] == ((AT + 9 * DAY).date(), "packet.advised.unwell")


def test_an_answer_that_began_to_hold_back_is_in_it_and_one_that_always_did_is_not(
    programme: Programme, life: Any
) -> None:
    life.screen(AT, B3="yes")
    life.screen(AT + 28 * DAY, B3="yes", B10="yes")
    life.screen(AT + 29 * DAY, B3="yes", B10="yes", A1="not-sure")
    found = logged(programme, life)
    assert found["answered"] == ((AT + 28 * DAY).date(), "packet.advised.wait")
    assert found["warning"] == ((AT + 29 * DAY).date(), "packet.advised.pause")
    assert len(log_of(life.record, programme, END)) == 2


def test_nothing_of_a_day_to_come_is_in_it(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.add("flare-reported", AT + DAY)
    assert log_of(life.record, programme, AT.date()) == []


def test_what_was_written_of_a_flare_up_stands_with_it(programme: Programme, life: Any) -> None:
    """Two of one day with different words are two entries; the same told twice is one."""
    life.screen(AT)
    for note in ("After\ngardening.", "Nach dem Heben.", "Nach dem Heben.", None, "  "):
        life.add("flare-reported", AT + DAY, note=note)
    found = [dict(event.what.params) | {"id": event.what.id} for event in log_of(life.record, programme, END)]
    assert found == [
        {"id": "packet.event.flare-noted", "note": "After gardening."},
        {"id": "packet.event.flare-noted", "note": "Nach dem Heben."},
        {"id": "packet.event.flare"},
    ]


SAID = st.lists(
    st.tuples(st.sampled_from(("core", "stretch", "walk")), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    min_size=2,
    max_size=10,
)


@given(said=SAID)
@settings(max_examples=60)
def test_whenever_a_dose_of_core_work_or_a_walk_got_less_for_pain_the_log_says_so(
    programme: Programme, new_life: Callable[[], Any], said: Any
) -> None:
    life = new_life()
    life.screen(AT - DAY)
    life.add("usual-walk-told", AT - DAY, minutes=25)
    for number, (kind, before, worst, morning) in enumerate(said):
        at = AT + 2 * number * DAY
        if kind == "core":
            core(life, at, f"s{number}", worst, before=before)
        elif kind == "stretch":
            stretched(life, at, f"s{number}")
            life.pain(at + HOUR, "after", worst, session=f"s{number}")
        else:
            life.add("walk-done", at, minutes=25)
        life.pain(at + DAY, "morning-after", morning, session=None if kind == "walk" else f"s{number}")
    days = {event.on for event in log_of(life.record, programme, END)}
    known = courses(life.record, programme)
    for on, after in zip(known.days, known.after, strict=True):
        whys = [level.why for ladder in after.ladders.values() for level in ladder.levels.values()]
        less = {why.on for why in (*whys, after.walking.why) if why is not None and why.message.id in LESS}
        assert less <= days, on
        assert {ladder.rests for ladder in after.ladders.values() if ladder.rests} <= days


LESS = frozenset(
    f"plan.reason.{name}"
    for name in ("eased-back", "eased-back-morning", "easier-rung", "a-set-fewer", "walk-eased", "walk-less")
)


def test_what_the_log_says_was_left_for_the_day_was_not_due(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.pain(AT, "before", 7)
    day = plan(programme, life.record, AT + HOUR)
    assert logged(programme, life)["no-go"] == (AT.date(), "packet.advised.no-core")
    assert {day.item(name).state for name in ("plank", "glute-bridge")} == {ItemState.LATER}  # type: ignore[union-attr]
