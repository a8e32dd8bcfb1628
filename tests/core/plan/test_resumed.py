"""A record that grew, whatever came in whatever order and parts, is the record that was made at once.

So is everything that is folded of it; and one more fact is folded alone.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.app.diary import diary
from lumbar.core.packet import log_of
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.courses import courses
from lumbar.core.plan.history import fold
from lumbar.core.record import Fact, Record, new_fact
from lumbar.core.safety import stand

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
END = date(2026, 12, 31)
IDS = [f"{number:04d}" for number in range(14)]
CORRECTIONS = ("retracted", "amended")
TOLD = ("pain-reported", "effort-reported", "acknowledged", "unheard-of", "daily-check-answered", "set-done")
DONE = ("set-done", "session-started", "session-ended")
ANSWERED = ("screen-answered", "daily-check-answered", "clearance-recorded")
TRAINED = (
    "set-done", "set-done", "pain-reported", "pain-reported", "effort-reported", "shape-reported", "flare-reported",
    "review-recorded", "session-started", "screen-answered", "person-described",
)  # fmt: skip
WEEKS = ("outcome-answered", "outcome-answered", "outcome-put-off", "screen-answered", "set-done", "review-recorded")
WALKED = (
    "usual-walk-told",
    "walk-done",
    "walk-done",
    "pain-reported",
    "flare-reported",
    "outcome-answered",
    "set-done",
)
TYPES = tuple(sorted({*CORRECTIONS, *TOLD, *DONE, *ANSWERED, *TRAINED, *WEEKS, *WALKED}))


def stories(types: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, int, int, int, int]]]:
    """Facts that have to do with one another."""
    fact = st.tuples(
        st.sampled_from((*types, *CORRECTIONS)),
        st.integers(-14, 14),  # when it was, in steps of seven hours
        st.sampled_from((-50, -1, 0, 0, 0, 3)),  # hours from when it was to when it was recorded
        st.integers(1, 5),  # a correction is about the fact so many places before it, or after the last of all
        st.integers(0, 3),
    )
    return st.lists(fact, min_size=3, max_size=len(IDS))


FACTS = st.one_of(stories(TOLD), stories(DONE), stories(ANSWERED), stories(TRAINED), stories(WEEKS), stories(WALKED))


def body_of(fact_type: str, about: str, n: int, form: Any) -> dict[str, Any]:
    session, answer = "st"[n % 2], ("no", "yes", "rather-not-say", "not-sure")[n]
    exercise = ("plank", "side-plank", "hamstring-stretch", "unheard-of")[n]
    bodies: dict[str, dict[str, Any]] = {
        "set-done": {
            "session": session,
            "step": n,
            "exercise": exercise,
            "rung": "forearm",
            "side": (None, "left", "right", "left")[n],
            "set": 1,
            "hold": 1,
            "target_s": 5,
            "credited_s": (0, 3, 5, 5)[n],
            "outcome": ("skipped", "hurt", "done", "done")[n],
            "measured": False,
            "faults": [],
        },
        "session-started": {"session": session, "script": {}},
        "session-ended": {"session": session, "how": "finished"},
        "pain-reported": {
            "when": ("before", "during", "after", "morning-after")[n],
            "nprs": 2 * n,
            "words": (None, None, None, "a-bit-worse")[n],
            "session": session,
            "exercise": None,
            "further_down_leg": n == 3,
        },
        "effort-reported": {"session": session, "effort": n},
        "shape-reported": {"session": session, "exercise": None, "kept": ("yes", "mostly", "no", "yes")[n]},
        "flare-reported": {"note": None},
        "person-described": {"body_mass_kg": (None, 50, 70, 90)[n], "helper": n == 2},
        "review-recorded": {
            "by_whom": "Jo Park",
            "profession": "physiotherapist",
            "reviewed_on": "2026-03-02",
            "examined": True,
            "decision": ("go-on", "with-changes", "stop", "go-on")[n],
            "load": n == 3,
            "changes": {"plank": {"hold_s": 20, "sets": 3}} if n == 1 else {},
        },
        "daily-check-answered": {"ticks": ["daily.fall"] if n else [], "answers": {"A8": answer} if n else {}},
        "screen-answered": {
            "kind": "full",
            "answers": {**dict.fromkeys(form.items, "no"), ("A1", "B5", "C1", "A8")[n]: answer},
            "details": {},
            "nprs": 3,
            "pain_now": n,
        },
        "acknowledged": {"text": "screen.acknowledge", "version": 1},
        "clearance-recorded": {
            "item": ("A1", "B5", "C1", "A8")[n],
            "seen_on": "2026-03-02",
            "by_whom": "Dr Weber",
            "profession": "physician",
            "may_exercise": n != 1,
        },
        "retracted": {"fact": about},
        "amended": {
            "fact": about,
            "body": ({"nprs": 9}, {"exercise": "plank"}, {"session": "s"}, {"answers": {"A1": "yes"}})[n],
        },
        "outcome-answered": {
            "instrument": ("nprs", "rmdq-24", "nprs", "nprs")[n],
            "nprs": 3 * n,
            "ticks": [1, 2],
            "walked_minutes": 20 * n,
        },
        "usual-walk-told": {"minutes": 5 + 10 * n},
        "walk-done": {"minutes": 5 + 10 * n},
        "outcome-put-off": {"instrument": ("nprs", "rmdq-24", "psfs", "pgic")[n]},
        "unheard-of": {"of": n},
    }
    return bodies[fact_type]


def facts_of(story: list[tuple[str, int, int, int, int]], form: Any) -> list[Fact]:
    """The facts of a story. A few are of a newer version."""
    facts = []
    for number, (fact_type, hours, late_h, back, n) in enumerate(story):
        fact_id, about = IDS[number], IDS[(number - back) % len(story)]
        at = AT + timedelta(hours=7 * hours)
        made = new_fact(fact_type, body_of(fact_type, about, n, form), fact_id=fact_id, person="p", at=at)
        made = replace(made, recorded_at=at + timedelta(hours=late_h), device="ab"[n % 2])
        facts.append(replace(made, v=2) if (hours, n) == (0, 3) else made)
    return facts


@settings(max_examples=300)
@given(story=FACTS, shuffle=st.randoms(use_true_random=False), hours=st.integers(-60, 60))
def test_what_grew_is_what_was_made_at_once(
    programme: Programme, story: Any, shuffle: random.Random, hours: int
) -> None:
    facts = facts_of(story, programme.form)
    mixed = [*facts, *shuffle.choices(facts, k=4)] if facts else []
    shuffle.shuffle(mixed)
    at = AT + timedelta(hours=hours)
    grown, known = Record(), []
    while mixed:
        part = [mixed.pop() for _ in range(min(len(mixed), shuffle.randint(1, 3)))]
        known += part
        grown = grown.merge(part)
        whole = Record(known)
        assert grown == whole
        assert grown.facts == whole.facts
        assert grown.uncorrected == whole.uncorrected
        assert grown.of(*TYPES) == whole.of(*TYPES)
        assert fold(grown) == fold(whole)
        assert diary(grown) == diary(whole)
        assert stand(grown, programme.form, at) == stand(whole, programme.form, at)
        assert courses(grown, programme) == courses(whole, programme)
        assert log_of(grown, programme, END) == log_of(whole, programme, END)
    assert plan(programme, grown, at).as_json() == plan(programme, Record(facts), at).as_json()


@given(story=FACTS, shuffle=st.randoms(use_true_random=False))
def test_a_record_stays_as_it_was_while_another_grows_of_it(
    programme: Programme, story: Any, shuffle: random.Random
) -> None:
    facts = facts_of(story, programme.form)
    half = facts[: len(facts) // 2]
    record = Record(half)
    day = plan(programme, record, AT).as_json()
    for _ in range(3):
        record.merge(shuffle.choices(facts, k=5) if facts else ())
    assert record == Record(half)
    assert record.facts == Record(half).facts
    assert fold(record) == fold(Record(half))
    assert plan(programme, record, AT).as_json() == day


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many facts were dated since it was last asked: each fold does that once for each of its facts."""
    count = 0
    plain = Fact.happened

    def counting(fact: Fact) -> Any:
        nonlocal count
        count += 1
        return plain(fact)

    def asked() -> int:
        nonlocal count
        so_far, count = count, 0
        return so_far

    monkeypatch.setattr(Fact, "happened", counting)
    return asked


def test_one_more_fact_is_folded_alone(
    programme: Programme, new_life: Callable[[], Any], folded: Callable[[], int]
) -> None:
    life = new_life()
    life.screen(AT)
    for number in range(600):
        life.hold(AT + timedelta(hours=number), ("plank", "hamstring-stretch")[number % 2])
    record, at = life.record, AT + timedelta(hours=700)
    plan(programme, record, at)
    assert folded() >= 600
    for hours in (650, 1):  # the newest of all, and one that comes late
        record = record.merge([life.hold(AT + timedelta(hours=hours, minutes=1), "plank")])
        plan(programme, record, at)
        assert folded() == 2, "by the history and the course, each alone"
    record = record.merge([life.add("retracted", at, fact=life.facts[-1].id)])
    plan(programme, record, at)
    assert folded() == 1, "by the course, which looks from which day on it is another"
    record = record.merge([life.check(at)])
    plan(programme, record, at)
    assert folded() == 1, "by the plan alone: in a check without a tick safety has nothing to hear"
