"""Facts come twice, late, out of order and in parts; the record is the same."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.app.moment import SKEW, agreed, in_zone
from lumbar.app.ports import Person
from lumbar.app.record_facts import Draft, RecordFacts, seal
from lumbar.core.errors import BadFact
from lumbar.core.record import Record
from lumbar.store import MemoryStore

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
PERSON = Person("p", NOW)


class Still:
    def now(self) -> datetime:
        return NOW

    def monotonic_s(self) -> float:
        return 0.0


class NoDay:
    """Stands where the day is shown; these tests are about the record."""

    def __call__(self, person: Person, *, at: datetime | None = None, zone: str | None = None) -> Any:
        return at


def record_facts(store: MemoryStore) -> RecordFacts:
    return RecordFacts(store, Still(), NoDay())  # type: ignore[arg-type]


def draft(number: int, hours: int = 0, **changes: Any) -> Draft:
    fields: dict[str, Any] = {
        "id": str(UUID(int=number)),
        "type": "effort-reported",
        "v": 1,
        "at": NOW - timedelta(hours=hours),
        "zone": "UTC",
        "device": "phone",
        "body": {"session": "s", "effort": number % 11},
    }
    return Draft(**{**fields, **changes})


DRAFTS = [draft(n, hours=n * 7 % 5) for n in range(8)]


@settings(max_examples=60)
@given(st.permutations(DRAFTS), st.lists(st.lists(st.sampled_from(DRAFTS), max_size=5), max_size=5))
def test_order_parts_and_repeats_do_not_matter(order: Sequence[Draft], noise: list[list[Draft]]) -> None:
    store, plain = MemoryStore(), MemoryStore()
    record_facts(plain)(PERSON, DRAFTS, source="page")
    take = record_facts(store)
    for sent in [*noise, order[:3], order[2:], *noise]:
        take(PERSON, sent, source="page")
    assert Record(store.record("p")) == Record(plain.record("p"))
    assert store.record("p") == plain.record("p")


def test_all_or_none() -> None:
    store = MemoryStore()
    with pytest.raises(BadFact) as caught:
        record_facts(store)(PERSON, [*DRAFTS, draft(9, body={"session": "s", "effort": 12})], source="page")
    assert caught.value.message.params["place"] == "facts.8"
    assert store.record("p") == []


def test_the_day_is_the_persons_own() -> None:
    at = datetime(2026, 3, 2, 2, 30, tzinfo=timezone(timedelta(hours=9)))
    assert seal(draft(1, at=at), PERSON, NOW, "page").on.isoformat() == "2026-03-01"
    assert seal(draft(1, at=at + timedelta(minutes=30)), PERSON, NOW, "page").on.isoformat() == "2026-03-02"


@pytest.mark.parametrize("body", [{"x": float("nan")}, {"x": [[{"y": float("inf")}]]}])
def test_what_json_has_no_word_for_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(BadFact):
        seal(draft(1, type="unheard-of", body=body), PERSON, NOW, "page")


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_a_broken_clock_is_refused(year: int) -> None:
    with pytest.raises(BadFact):
        seal(draft(1, at=datetime(year, 6, 1, tzinfo=UTC)), PERSON, NOW, "page")


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)), st.integers(-14, 14))
def test_the_agreed_moment_is_near_our_clock_and_on_the_devices_wall(off: timedelta, hours: int) -> None:
    told = (NOW + off).astimezone(timezone(timedelta(hours=hours)))
    moment = agreed(NOW, told)
    assert NOW <= moment <= NOW + SKEW
    assert moment.utcoffset() == told.utcoffset()
    if timedelta() <= off <= SKEW:
        assert moment == told, "what the device has just done must not lie in the future"


def test_zones() -> None:
    assert in_zone(NOW, None) is NOW
    assert in_zone(NOW, "Asia/Tokyo").hour == 16
    for zone in ("Mars/Olympus", "..", "/etc/passwd", "", "a\0b"):
        assert in_zone(NOW, zone) == NOW


def test_a_fact_of_a_zone_that_nobody_knows_is_kept() -> None:
    store = MemoryStore()
    take = RecordFacts(store, Still(), NoDay())  # type: ignore[arg-type]
    take(PERSON, [draft(1, zone="Mars/Olympus")], source="page")
    assert [(fact.zone, fact.on.isoformat()) for fact in store.record("p")] == [("Mars/Olympus", "2026-03-02")]


@pytest.mark.parametrize(("seen_on", "kept"), [("2026-03-02", True), ("2026-03-03", False)])
def test_nobody_was_seen_tomorrow(seen_on: str, kept: bool) -> None:
    word = {"item": "B3", "seen_on": seen_on, "by_whom": "Dr Weber", "profession": "physician", "may_exercise": True}
    told = draft(1, type="clearance-recorded", body=word)
    if kept:
        assert seal(told, PERSON, NOW, "page").body["seen_on"] == seen_on
        return
    with pytest.raises(BadFact, match=r"error\.wanted\.past-day"):
        seal(told, PERSON, NOW, "page")
    assert seal(draft(1, type="clearance-recorded", body=word, v=2), PERSON, NOW, "page").v == 2


@pytest.mark.parametrize(("reviewed_on", "kept"), [("2026-03-02", True), ("2026-03-03", False)])
def test_nothing_was_reviewed_tomorrow(reviewed_on: str, kept: bool) -> None:
    review = {
        "by_whom": "Jo Park",
        "profession": "physiotherapist",
        "reviewed_on": reviewed_on,
        "examined": False,
        "decision": "go-on",
    }
    told = draft(1, type="review-recorded", body=review)
    if kept:
        assert seal(told, PERSON, NOW, "page").body["reviewed_on"] == reviewed_on
        return
    with pytest.raises(BadFact, match=r"error\.wanted\.past-day"):
        seal(told, PERSON, NOW, "page")


@pytest.mark.parametrize("body", [{"session": "\ud800"}, {"\udfff": 1}, {"deep": [{"x": "a\ud83d"}]}])
def test_half_a_character_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(BadFact, match=r"error\.wanted\.whole-letters"):
        seal(draft(1, type="something-new", body=body), PERSON, NOW, "page")
    assert seal(draft(1, type="something-new", body={"whole": "\U0001f600"}), PERSON, NOW, "page")


def test_a_page_does_not_say_what_only_the_server_does() -> None:
    store = MemoryStore()
    started = draft(1, type="session-started", body={"session": "s", "script": {}})
    with pytest.raises(BadFact, match=r"error\.wanted\.page-type"):
        record_facts(store)(PERSON, [draft(2), started], source="page")
    assert len(Record(store.record(PERSON.id))) == 0
