"""A record as it was known at any past moment, however one gets there."""

import gc
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.app.known import APART, Known
from lumbar.app.ports import Person
from lumbar.app.records import Records
from lumbar.core.record import Fact, Record, new_fact
from lumbar.store import MemoryStore

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 24 * 200)


def fact(number: int, happened_h: int, late_h: int) -> Fact:
    at = BEGAN + timedelta(hours=happened_h)
    kind, body = "effort-reported", {"session": "s", "effort": number % 11}
    if number % 5 == 4:
        kind, body = "retracted", {"fact": str(UUID(int=number - 3))}
    return new_fact(
        kind, body, fact_id=str(UUID(int=number)), person="p", at=at, recorded_at=at + timedelta(hours=late_h),
        zone="UTC", device="phone",
    )  # fmt: skip


@given(
    st.lists(st.tuples(HOURS, st.integers(-20, 900)), max_size=30), st.lists(HOURS, min_size=1, max_size=6), st.data()
)
def test_it_is_what_a_look_at_every_fact_gives(told: Any, asked: list[int], data: st.DataObject) -> None:
    facts = [fact(number, *when) for number, when in enumerate(told)]
    cut = data.draw(st.integers(0, len(facts)))
    known = Known(facts[:cut])
    seen: list[datetime] = []

    def folding(record: Record, at: datetime) -> None:
        seen.append(at)
        assert record == Record(facts[:cut]).known_by(at)

    for number, hours in enumerate(asked):
        if number == len(asked) // 2:  # more facts come meanwhile, some of them recorded long ago
            known.add(facts[cut:])
            cut = len(facts)
        at = BEGAN + timedelta(hours=hours)
        then = known.by(at, folding)
        assert then == Record(facts[:cut]).known_by(at)
        assert then.facts == Record(facts[:cut]).known_by(at).facts


def test_marks_are_made_once_and_forgotten_with_what_is_gone() -> None:
    store = MemoryStore()
    person = store.ensure_person(Person("p", BEGAN))
    store.append("p", [fact(number * 5, number * 24, 0) for number in range(120)])
    records, made = Records(store), []
    at = BEGAN + timedelta(days=110)

    def many(at: datetime) -> int:
        return len(records.known_by(person, at, lambda _record, mark: made.append(mark)))

    assert many(at) == 111
    assert len(made) == timedelta(days=110) // APART
    assert many(at - timedelta(days=3)) == 108
    assert len(made) == timedelta(days=110) // APART, "nothing is folded twice"
    store.append("p", [fact(1_000, 24 * 60, 0)])
    assert many(at) == 112
    store.erase("p")
    assert many(at) == 0


@pytest.mark.parametrize("many", [True, False])
def test_a_long_record_is_no_place_to_look_for_garbage(monkeypatch: pytest.MonkeyPatch, *, many: bool) -> None:
    store = MemoryStore()
    person = store.ensure_person(Person("p", BEGAN))
    facts = [fact(number * 5, number, 0) for number in range(10_000 if many else 9_999)]
    store.append("p", facts)
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(len(facts)))
    records = Records(store)
    for _ in range(2):
        assert len(records.of(person)) == len(facts)
    assert frozen == ([len(facts)] if many else [])
    for _ in range(2):  # the past is made of it once, and stays as well
        records.known_by(person, BEGAN + 3 * APART, lambda record, at: None)
    assert frozen == ([len(facts)] * 2 if many else [])
