"""What every store promises."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from lumbar.app.ports import Lease, News, Person, Store
from lumbar.core.record import Fact, lean

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def person(store: Store) -> str:
    return store.ensure_person(Person(str(uuid4()), NOON)).id


def fact(person: str, at: datetime = NOON, **changes: object) -> Fact:
    made = Fact(
        id=str(uuid4()),
        person=person,
        type="unheard-of",
        v=1,
        at=at,
        zone="Europe/Berlin",
        on=date(2026, 3, 1),
        recorded_at=NOON,
        device="phone",
        source="page",
        body={"a": 1, "b": [0.1, None, True], "c": {"d": "ä\u0000\U0001f9d8"}},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_first_newcomer_is_the_person_for_good(store: Store) -> None:
    first = store.ensure_person(Person(str(uuid4()), NOON))
    assert store.ensure_person(Person(str(uuid4()), NOON - timedelta(days=1))) == first


def test_newcomers_at_the_same_time_agree_on_one_person(store: Store) -> None:
    together = threading.Barrier(4)

    def come() -> str:
        together.wait()
        return store.ensure_person(Person(str(uuid4()), NOON)).id

    with ThreadPoolExecutor(4) as pool:
        assert len({come.result() for come in [pool.submit(come) for _ in range(4)]}) == 1


def test_a_fact_comes_back_as_it_was(store: Store, person: str) -> None:
    zones = [timedelta(hours=-9, minutes=-30), timedelta(0), timedelta(hours=5, minutes=45), timedelta(hours=14)]
    given = [fact(person, datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=timezone(zone))) for zone in zones]
    store.append(person, given)
    kept = {fact.id: fact for fact in store.record(person)}
    for one in given:
        assert kept[one.id] == one
        assert kept[one.id].at.utcoffset() == one.at.utcoffset()
        assert kept[one.id].at.isoformat() == one.at.isoformat()


def test_facts_come_in_order_of_moment_then_id(store: Store, person: str) -> None:
    given = [fact(person, NOON + timedelta(seconds=s)) for s in (3, 1, 2)]
    # The same instant on another wall clock lies between its neighbours, not where its digits would put it.
    given.append(fact(person, (NOON + timedelta(seconds=2.5)).astimezone(timezone(timedelta(hours=-8)))))
    twins = [fact(person, NOON, id=f"{digit}{uuid4()!s:.35}") for digit in ("f", "0", "8")]
    store.append(person, [*given, *twins])
    kept = store.record(person)
    assert [(f.at, f.id) for f in kept] == sorted((f.at, f.id) for f in kept)
    assert len(kept) == 7


def test_since_takes_the_moment_itself(store: Store, person: str) -> None:
    given = [fact(person, NOON + timedelta(hours=h)) for h in range(4)]
    store.append(person, given)
    assert [f.id for f in store.record(person, since=given[2].at)] == [f.id for f in given[2:]]


def test_sending_again_changes_nothing(store: Store, person: str) -> None:
    first, second = fact(person), fact(person)
    assert store.append(person, [first, second, first]).accepted == (first.id, second.id)
    again = store.append(person, [replace(second, body={"changed": True}), third := fact(person)])
    assert again.accepted == (third.id,)
    assert again.duplicates == (second.id,)
    assert {f.id: f.body for f in store.record(person)}[second.id] == second.body
    assert len(store.record(person)) == 3


def test_a_fact_twice_in_one_call_is_stored_once(store: Store, person: str) -> None:
    one = fact(person)
    appended = store.append(person, [one, one])
    assert (appended.accepted, appended.duplicates) == ((one.id,), (one.id,))


def test_a_known_fact_keeps_out_those_that_come_with_it_as_a_whole(store: Store, person: str) -> None:
    first, second = fact(person), fact(person)
    assert store.append(person, [first], whole=True).accepted == (first.id,)
    appended = store.append(person, [second, first], whole=True)
    assert (appended.accepted, appended.duplicates) == ((), (second.id, first.id))
    assert [one.id for one in store.record(person)] == [first.id]
    assert store.append(person, [second, third := fact(person)], whole=True).accepted == (second.id, third.id)


def test_of_two_wholes_at_the_same_time_one_is_taken(store: Store, person: str) -> None:
    shared, together = fact(person), threading.Barrier(4)
    wholes = [[shared, fact(person, body={"of": n}), fact(person, body={"of": n})] for n in range(4)]

    def come(whole: list[Fact]) -> int:
        together.wait()
        return len(store.append(person, whole, whole=True).accepted)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(come, wholes)) == [0, 0, 0, 3]
    assert len({one.body["of"] for one in store.record(person) if one.id != shared.id}) == 1
    assert len(store.record(person)) == 3


def test_what_was_decided_on_an_older_record_is_not_kept(store: Store, person: str) -> None:
    known = store.news(person, None).mark
    first, second = fact(person), fact(person)
    assert store.append_unless_news(person, [first], known)
    assert not store.append_unless_news(person, [second], known)
    known = store.news(person, known).mark
    store.append(person, [first])  # known already: no news
    assert store.append_unless_news(person, [second], known)
    assert {one.id for one in store.record(person)} == {first.id, second.id}


def test_what_was_decided_on_a_record_that_is_gone_is_not_kept(store: Store, person: str) -> None:
    old = [fact(person), fact(person)]
    store.append(person, old)
    known = store.news(person, None).mark
    store.replace(person, old[:1])
    assert not store.append_unless_news(person, [fact(person)], known)
    known = store.news(person, known).mark
    assert store.append_unless_news(person, [fact(person)], known)


def test_another_persons_news_are_no_news(store: Store, person: str) -> None:
    other = Person(str(uuid4()), NOON, "Other")
    store.put_person(other)
    known = store.news(person, None).mark
    store.append(other.id, [fact(other.id)])
    assert store.append_unless_news(person, [fact(person)], known)


def test_of_those_who_decide_at_the_same_time_one_is_kept(store: Store, person: str) -> None:
    known, together = store.news(person, None).mark, threading.Barrier(4)

    def decide(_number: int) -> bool:
        together.wait()
        return store.append_unless_news(person, [fact(person)], known)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, range(4))) == [False, False, False, True]
    assert len(store.record(person)) == 1


def test_nothing_to_append_is_fine(store: Store, person: str) -> None:
    assert store.append(person, []).accepted == ()


def test_records_of_two_people_stay_apart(store: Store, person: str) -> None:
    store.append(person, [fact(person)])
    assert store.record(str(uuid4())) == []


def test_writers_at_the_same_time_lose_nothing(store: Store, person: str) -> None:
    shared = [fact(person) for _ in range(20)]

    def write(_number: int) -> int:
        return len(store.append(person, [*shared, fact(person)]).accepted)

    with ThreadPoolExecutor(4) as pool:
        accepted = sum(pool.map(write, range(12)))
    assert accepted == len(shared) + 12 == len(store.record(person))


def lease(person: str, device: str, at: datetime = NOON, session: str = "one") -> Lease:
    return Lease(person, session, device, at)


def test_one_device_at_a_time(store: Store, person: str) -> None:
    stale = NOON - timedelta(minutes=10)
    mine = store.take_lease(lease(person, "tv"), stale_before=stale, force=False)
    assert mine.device == "tv"
    assert store.take_lease(lease(person, "phone"), stale_before=stale, force=False).device == "tv"
    assert store.take_lease(lease(person, "tv", session="two"), stale_before=stale, force=False).session == "two"
    assert store.take_lease(lease(person, "phone"), stale_before=stale, force=True).device == "phone"


def test_a_silent_device_loses_its_lease_and_a_lively_one_keeps_it(store: Store, person: str) -> None:
    store.take_lease(lease(person, "tv"), stale_before=NOON, force=False)
    later = NOON + timedelta(minutes=20)
    store.renew_lease(lease(person, "phone", later))
    store.renew_lease(lease(person, "tv", later))
    stale = later - timedelta(minutes=10)
    assert store.take_lease(lease(person, "phone", later), stale_before=stale, force=False).device == "tv"
    much_later = later + timedelta(minutes=11)
    stale = much_later - timedelta(minutes=10)
    assert store.take_lease(lease(person, "phone", much_later), stale_before=stale, force=False).device == "phone"


def test_the_lease_can_be_looked_up(store: Store, person: str) -> None:
    assert store.lease(person) is None
    store.take_lease(lease(person, "tv"), stale_before=NOON, force=False)
    assert store.lease(person) == lease(person, "tv")
    store.take_lease(lease(person, "phone"), stale_before=NOON, force=True)
    held = store.lease(person)
    assert held is not None
    assert held.device == "phone"
    store.release_lease(person, "one")
    assert store.lease(person) is None


def test_a_session_that_is_over_leaves_no_lease(store: Store, person: str) -> None:
    store.take_lease(lease(person, "tv"), stale_before=NOON, force=False)
    store.release_lease(person, "another")
    assert store.take_lease(lease(person, "phone"), stale_before=NOON, force=False).device == "tv"
    store.release_lease(person, "one")
    assert store.take_lease(lease(person, "phone"), stale_before=NOON, force=False).device == "phone"


def test_two_devices_that_start_at_once_do_not_both_get_it(store: Store, person: str) -> None:
    together = threading.Barrier(4)

    def start(device: str) -> str:
        together.wait()
        return store.take_lease(lease(person, device), stale_before=NOON, force=False).device

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, ("a", "b", "c", "d")))) == 1


def test_a_store_that_is_there_answers(store: Store) -> None:
    store.ping()


def session(person: str) -> Fact:
    body = {"session": "s", "script": {"steps": [{"i": number} for number in range(200)]}}
    return fact(person, type="session-started", body=body)


def test_news_are_what_was_taken_since(store: Store, person: str) -> None:
    old = [fact(person, NOON + timedelta(hours=h)) for h in range(3)]
    store.append(person, old)
    first = store.news(person, None)
    assert first.anew
    assert sorted(f.id for f in first.facts) == sorted(f.id for f in old)
    assert store.news(person, first.mark) == News((), first.mark, anew=False)
    # Taken later, though it happened and was recorded long before: no clock has a say in it.
    late = fact(person, NOON - timedelta(days=9), recorded_at=NOON - timedelta(days=8))
    store.append(person, [old[1], late, old[0]])
    second = store.news(person, first.mark)
    assert second.facts == (late,)
    assert not second.anew
    assert store.news(person, second.mark).facts == ()
    assert {f.id for f in store.news(person, None).facts} == {f.id for f in store.record(person)}
    assert store.news(str(uuid4()), None).facts == ()


def test_news_leave_out_what_is_large_and_the_record_does_not(store: Store, person: str) -> None:
    began, other = session(person), fact(person)
    store.append(person, [began, other])
    assert {f.id: f for f in store.record(person)} == {began.id: began, other.id: other}
    assert {f.id: f for f in store.news(person, None).facts} == {began.id: lean(began), other.id: other}
    assert lean(began).body == {"session": "s", "script": {}}
    assert store.fact(person, began.id) == began
    assert store.fact(person, str(uuid4())) is None
    assert store.fact(str(uuid4()), began.id) is None


def test_a_reader_misses_nothing_of_writers_at_the_same_time(store: Store, person: str) -> None:
    writing = threading.Event()
    seen: list[str] = []

    def read() -> None:
        mark = None
        while not writing.is_set():
            news = store.news(person, mark)
            seen.extend(f.id for f in news.facts)
            mark = news.mark
        seen.extend(f.id for f in store.news(person, mark).facts)

    written = [[fact(person) for _ in range(3)] for _ in range(30)]
    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda facts: store.append(person, facts), written))
    writing.set()
    reader.join()
    assert sorted(seen) == sorted(f.id for facts in written for f in facts)
