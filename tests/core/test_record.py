"""Facts form a set; what comes in is checked; corrections are facts too."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.errors import BadFact
from lumbar.core.record import TYPES, Fact, Record, day_of, fact_from_json, moment, new_fact, parse_body

AT = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=1)))

GOOD: dict[str, dict[str, Any]] = {
    "programme-chosen": {"programme": "home"},
    "acknowledged": {"text": "screen.acknowledge", "version": 1},
    "screen-answered": {
        "kind": "full",
        "answers": {"A1": "no", "B7": "yes"},
        "details": {"B7": {"course": "steady"}},
        "since": {"B5": "0001"},
        "nprs": None,
        "pain_now": 3,
    },
    "daily-check-answered": {"ticks": ["daily.fall"], "answers": {"A8": "not-sure"}, "details": {}},
    "clearance-recorded": {
        "item": "B5",
        "seen_on": "2026-03-01",
        "by_whom": "Dr Weber",
        "profession": "physician",
        "may_exercise": True,
    },
    "plan-shown": {"programme": "home", "catalogue": "0" * 64, "rules": "1", "items": []},
    "session-started": {"session": "s", "script": {}, "length": "short"},
    "session-ended": {"session": "s", "how": "hurt"},
    "set-done": {
        "session": "s",
        "step": 3,
        "exercise": "plank",
        "rung": "forearm",
        "side": None,
        "set": 1,
        "hold": 5,
        "target_s": 5.0,
        "credited_s": 4.5,
        "outcome": "stopped",
        "measured": True,
        "again": False,
        "in_position_s": 4.9,
        "unjudged_s": 0.0,
        "faults": [{"id": "hips-sagging", "from_s": 1.0, "to_s": 2.0}],
        "coach": "0.1",
        "model": None,
        "test": True,
        "load_kg": 2.5,
    },
    "pain-reported": {
        "when": "after",
        "nprs": 4,
        "words": None,
        "session": "s",
        "exercise": None,
        "exercises": ["plank"],
        "further_down_leg": False,
    },
    "effort-reported": {"session": "s", "effort": 6, "exercises": []},
    "shape-reported": {"session": "s", "exercise": "plank", "kept": "mostly"},
    "hold-told": {"session": "s", "exercise": "side-plank", "side": "left", "held_s": 35},
    "flare-reported": {"note": "Since lifting the boxes"},
    "walk-done": {"minutes": 20},
    "usual-walk-told": {"minutes": 10},
    "review-recorded": {
        "by_whom": "Jo Park",
        "profession": "physiotherapist",
        "reviewed_on": "2026-03-01",
        "examined": True,
        "decision": "with-changes",
        "load": False,
        "contact": False,
        "until": "2026-04-30",
        "note": "Well done",
        "packet": "0123",
        "go_on": ["plank"],
        "watched": ["plank"],
        "proposals": {"side-plank": {"kind": "rung", "rung": "long-legs", "yes": False, "why": "First the shoulder."}},
        "changes": {
            "plank": {
                "stop": False,
                "rung": "knee",
                "hold_s": 15,
                "sets": 3,
                "load_kg": 5.0,
                "days_per_week": 3,
                "note": "Slowly",
            }
        },
    },
    "packet-made": {
        "packet": "0123",
        "digest": "d",
        "key": "00",
        "answer_by": "2026-05-25",
        "catalogue": "c",
        "rules": "6",
        "shown": [{"exercise": "plank", "rung": "knee", "sets": 3, "hold_s": 15, "load_kg": 0.0, "closed": False}],
    },
    "approval-wanted": {
        "wanted": True,
        "by_whom": "Jo Park",
        "profession": "physiotherapist",
        "known": {"plank": "forearm"},
    },
    "person-described": {
        "body_mass_kg": 72.5,
        "birth_year": 1980,
        "helper": False,
        "equipment": ["mat"],
        "name": "Jo",
        "goal": "Garden",
        "withdrawn": [],
    },
    "outcome-answered": {
        "instrument": "rmdq-24",
        "nprs": 4,
        "walked_minutes": 90,
        "ticks": [1, 9, 24],
        "activities": [{"name": "carrying the shopping", "rating": 3}],
        "impression": 5,
    },
    "outcome-put-off": {"instrument": "psfs"},
    "posture-profile-kept": {
        "profile": "sitting",
        "pose_model": "e" * 64,
        "view": "front",
        "turn_deg": 357.5,
        "place": [0.7, -0.5],
        "shoulders": 0.35,
        "neck": 0.24,
        "face": 0.16,
        "spans": [{"measure": "head-height-ratio", "tall": 0.68, "limit": 0.64, "usual": None}],
    },
    "posture-profile-forgotten": {"profile": "sitting"},
    "posture-settings-chosen": {"interval_min": 30, "quiet_from_h": 20, "quiet_to_h": 8},
    "posture-watched": {
        "profile": "sitting",
        "over_s": 900.0,
        "tall_s": 600.0,
        "usual_s": 200.5,
        "slumped_s": 99.5,
        "unjudged_s": 0.0,
        "longest_still_s": 900.0,
        "position_changes": 2,
        "changed_ago_s": [420.0, 60.0],
    },
    "nudge-given": {"kind": "still", "profile": "sitting"},
    "nudge-answered": {"nudge": "0001", "answer": "break"},
    "nudges-snoozed": {"minutes": 60},
    "move-told": {"profile": "sitting"},
    "reminder-given": {"about": "stretches"},
    "break-taken": {"seconds": 60.0, "stretch": "chest-stretch"},
    "retracted": {"fact": "0001"},
    "amended": {"fact": "0001", "body": {"nprs": 2}},
}


def a_fact(fact_id: str, fact_type: str = "effort-reported", at: datetime = AT, **body: Any) -> Fact:
    return new_fact(fact_type, body or GOOD[fact_type], fact_id=fact_id, person="p", at=at)


def test_every_type_has_an_example_here() -> None:
    assert set(GOOD) == set(TYPES)


@pytest.mark.parametrize("fact_type", TYPES)
def test_a_good_body_comes_back_as_it_was(fact_type: str) -> None:
    assert parse_body(fact_type, 1, GOOD[fact_type]) == GOOD[fact_type]


@pytest.mark.parametrize("fact_type", TYPES)
def test_a_fact_survives_its_plain_form(fact_type: str) -> None:
    fact = a_fact("0001", fact_type)
    assert fact_from_json(fact.as_json()) == fact


OPTIONAL = {"details", "since", "nprs", "pain_now", "side", "in_position_s", "unjudged_s", "coach", "model", "words"}
OPTIONAL |= {"note", "length", "test", "again", "load_kg", "exercises", "load", "changes"}
OPTIONAL_OF = {
    "pain-reported": {"session", "exercise"},
    "shape-reported": {"exercise"},
    "hold-told": {"side"},
    "review-recorded": {"contact", "until", "packet", "proposals", "go_on", "watched"},
    "approval-wanted": {"by_whom", "profession", "known"},
    "person-described": {"body_mass_kg", "birth_year", "helper", "equipment", "withdrawn", "name", "goal"},
    "outcome-answered": {"walked_minutes", "activities", "impression"},
    "posture-watched": {"over_s", "changed_ago_s"},
    "break-taken": {"stretch"},
}


@pytest.mark.parametrize(("fact_type", "field"), [(t, f) for t in TYPES for f in GOOD[t]])
def test_a_missing_field_is_named(fact_type: str, field: str) -> None:
    body = {name: value for name, value in GOOD[fact_type].items() if name != field}
    if field in OPTIONAL or field in OPTIONAL_OF.get(fact_type, ()):
        parse_body(fact_type, 1, body)
        return
    with pytest.raises(BadFact, match=rf"error\.fact-field-missing: field={fact_type}\.{field}"):
        parse_body(fact_type, 1, body)


@pytest.mark.parametrize(("fact_type", "field"), [(t, f) for t in TYPES for f in GOOD[t]])
@pytest.mark.parametrize("rubbish", [object(), [object()] * 2000, {"a": object()}, float("nan"), -1, "", "x" * 500])
def test_rubbish_is_refused_and_its_field_named(fact_type: str, field: str, rubbish: object) -> None:
    if field in ("script", "body", "faults", "items") and isinstance(rubbish, dict):
        return  # tables are kept as they are
    with pytest.raises(BadFact) as caught:
        parse_body(fact_type, 1, {**GOOD[fact_type], field: rubbish})
    assert str(caught.value.message.params["field"]).startswith(fact_type)


@pytest.mark.parametrize(
    ("fact_type", "change"),
    [
        ("effort-reported", {"effort": 11}),
        ("effort-reported", {"effort": True}),
        ("effort-reported", {"effort": 5.5}),
        ("screen-answered", {"answers": {"A1": "maybe"}}),
        ("screen-answered", {"kind": "half"}),
        ("set-done", {"side": "up"}),
        ("set-done", {"credited_s": float("inf")}),
        ("set-done", {"outcome": "won"}),
        ("clearance-recorded", {"seen_on": "2026-02-30"}),
        ("clearance-recorded", {"may_exercise": "yes"}),
        ("review-recorded", {"changes": {"plank": {"hold_s": 2}}}),
        ("review-recorded", {"changes": {"plank": "stop"}}),
        ("review-recorded", {"changes": {"plank": {"days_per_week": 8}}}),
        ("review-recorded", {"until": "soon"}),
        ("review-recorded", {"proposals": {"plank": {"kind": "more", "rung": "forearm", "yes": True}}}),
        ("review-recorded", {"proposals": {"plank": {"kind": "rung", "rung": "forearm"}}}),
        ("approval-wanted", {"wanted": "yes"}),
        ("approval-wanted", {"known": {"plank": 3}}),
        ("packet-made", {"answer_by": "2026-02-30"}),
        ("person-described", {"body_mass_kg": 5}),
        ("person-described", {"equipment": [1]}),
        ("person-described", {"withdrawn": ["name"]}),
        ("pain-reported", {"exercises": "plank"}),
        ("outcome-answered", {"instrument": "odi"}),
        ("posture-profile-kept", {"place": [0.7]}),
        ("posture-profile-kept", {"place": [0.7, "up"]}),
        ("posture-profile-kept", {"place": [0.7, float("nan")]}),
        ("posture-profile-kept", {"spans": [{"measure": "head-height-ratio", "tall": 0.6}]}),
        ("posture-profile-kept", {"spans": [{"measure": "head-height-ratio", "tall": 0.6, "limit": 0.6}]}),
        ("posture-settings-chosen", {"quiet_to_h": 24}),
        ("nudge-answered", {"answer": "laughed"}),
        ("nudges-snoozed", {"minutes": -1}),
        ("nudges-snoozed", {"minutes": 1441}),
        ("move-told", {"profile": ""}),
        ("reminder-given", {"about": "walk"}),
        ("outcome-answered", {"ticks": [0]}),
        ("outcome-answered", {"ticks": [25]}),
        ("outcome-answered", {"ticks": [3, 3]}),
        ("outcome-answered", {"ticks": [True]}),
        ("outcome-answered", {"instrument": "nprs", "nprs": None}),
        ("outcome-answered", {"instrument": "psfs", "activities": []}),
        ("outcome-answered", {"instrument": "psfs", "activities": [{"name": "a", "rating": 11}]}),
        ("outcome-answered", {"instrument": "psfs", "activities": [{"name": " ", "rating": 1}]}),
        ("outcome-answered", {"instrument": "psfs", "activities": [{"name": "a", "rating": 1}] * 2}),
        ("outcome-answered", {"instrument": "psfs", "activities": [{"name": str(i), "rating": 1} for i in range(4)]}),
        ("outcome-answered", {"instrument": "pgic", "impression": 0}),
        ("outcome-answered", {"instrument": "pgic", "impression": 8}),
        ("outcome-answered", {"walked_minutes": -1}),
        ("outcome-put-off", {"instrument": "eq-5d"}),
    ],
)
def test_what_a_type_does_not_allow(fact_type: str, change: dict[str, object]) -> None:
    with pytest.raises(BadFact):
        parse_body(fact_type, 1, {**GOOD[fact_type], **change})


def test_an_unknown_type_and_a_newer_version_are_kept_as_they_are() -> None:
    assert parse_body("dreamt", 7, {"of": object}) == {"of": object}
    newer = replace(a_fact("0001"), v=2, body={"effort": "much"})
    record = Record([newer])
    assert record.facts == (newer,)
    assert record.of("effort-reported") == []


@pytest.mark.parametrize(
    "field", ["id", "person", "type", "v", "at", "zone", "on", "recorded_at", "device", "source", "body"]
)
def test_an_envelope_needs_all_its_fields(field: str) -> None:
    data = a_fact("0001").as_json()
    del data[field]
    with pytest.raises(BadFact, match=field):
        fact_from_json(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "yesterday"),
        ("at", "2026-03-02T08:00:00"),
        ("on", "2026-13-01"),
        ("on", "2026-03-04"),
        ("v", 0),
        ("id", ""),
        ("body", []),
    ],
)
def test_a_bad_envelope_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadFact):
        fact_from_json({**a_fact("0001").as_json(), field: value})


def test_new_fact_knows_its_own_words_only() -> None:
    with pytest.raises(BadFact, match="zoen"):
        new_fact("effort-reported", GOOD["effort-reported"], fact_id="1", person="p", at=AT, zoen="UTC")


@pytest.mark.parametrize(
    ("at", "on"),
    [
        ("2026-03-02T02:59:59+01:00", date(2026, 3, 1)),
        ("2026-03-02T03:00:00+01:00", date(2026, 3, 2)),
        ("2026-03-02T23:59:59-08:00", date(2026, 3, 2)),
        ("2026-01-01T00:30:00+13:00", date(2025, 12, 31)),
    ],
)
def test_a_day_begins_at_three(at: str, on: date) -> None:
    assert day_of(moment(at, "at")) == on


def test_a_day_begins_at_three_by_the_clock_on_the_wall_whatever_the_season() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert day_of(datetime(2026, 3, 29, 3, 0, tzinfo=berlin)) == date(2026, 3, 29)
    assert day_of(datetime(2026, 10, 25, 2, 59, tzinfo=berlin, fold=1)) == date(2026, 10, 24)


def test_a_moment_without_an_offset_has_no_day() -> None:
    with pytest.raises(BadFact):
        day_of(datetime(2026, 3, 2, 8, 0))


@given(st.lists(st.integers(0, 9), max_size=12), st.randoms(use_true_random=False))
def test_facts_are_a_set(numbers: list[int], shuffle: random.Random) -> None:
    facts = [a_fact(f"{n:04d}", at=AT + timedelta(minutes=n % 3)) for n in numbers]
    mixed = facts[:]
    shuffle.shuffle(mixed)
    half = len(mixed) // 2
    assert Record(facts) == Record(mixed) == Record(mixed[:half]).merge(mixed[half:]) == Record(facts).merge(facts)
    assert Record(facts).facts == Record(mixed).facts
    assert [f.id for f in Record(facts).facts] == [f.id for f in sorted(set_of(facts), key=lambda f: (f.at, f.id))]


def set_of(facts: list[Fact]) -> list[Fact]:
    return list({fact.id: fact for fact in facts}.values())


def test_two_facts_under_one_id_leave_the_same_one_in_any_order() -> None:
    one, two = a_fact("0001", effort=3, session="s"), a_fact("0001", effort=9, session="s")
    assert Record([one, two]) == Record([two, one])
    early = replace(two, recorded_at=AT - timedelta(hours=1))
    assert Record([one, early]).facts == (early,)


def test_a_retracted_fact_is_gone_and_not_forgotten() -> None:
    record = Record([a_fact("0001"), a_fact("0002", "retracted", fact="0001")])
    assert record.of("effort-reported") == []
    assert [fact.id for fact in record.uncorrected] == ["0001", "0002"]


def test_a_retraction_may_be_retracted() -> None:
    later = AT + timedelta(minutes=1)
    record = Record(
        [a_fact("0001"), a_fact("0002", "retracted", fact="0001"), a_fact("0003", "retracted", later, fact="0002")]
    )
    assert [fact.id for fact in record.of("effort-reported")] == ["0001"]


def test_the_last_amendment_stands() -> None:
    facts = [
        a_fact("0001", effort=3, session="s"),
        a_fact("0002", "amended", AT + timedelta(minutes=1), fact="0001", body={"effort": 5}),
        a_fact("0003", "amended", AT + timedelta(minutes=2), fact="0001", body={"effort": 7}),
    ]
    assert [fact.body["effort"] for fact in Record(facts).of("effort-reported")] == [7]


def test_an_amendment_that_breaks_its_fact_changes_nothing() -> None:
    facts = [a_fact("0001", effort=3, session="s"), a_fact("0002", "amended", fact="0001", body={"effort": "much"})]
    assert Record(facts).of("effort-reported")[0].body["effort"] == 3


def test_nothing_happens_after_it_was_recorded() -> None:
    ahead = replace(a_fact("0001", at=AT + timedelta(days=2)), recorded_at=AT.astimezone(UTC))
    assert ahead.happened_at == AT
    assert ahead.happened_on == day_of(AT)
    assert a_fact("0001").happened_on == day_of(AT)


def test_a_past_day_is_replayed_from_what_had_happened_by_then() -> None:
    record = Record([a_fact("0001"), a_fact("0002", at=AT + timedelta(days=1))])
    assert [fact.id for fact in record.until(AT).facts] == ["0001"]
    assert len(record) == 2
