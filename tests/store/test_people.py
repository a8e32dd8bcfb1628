"""Several people in one store: each has a name and facts of their own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from lumbar.app.ports import Housed, Lease, Person, Store
from lumbar.core.errors import Conflict
from lumbar.core.record import Fact
from lumbar.store import SqlStore, migrate
from lumbar.store.database import MIGRATIONS

from .conftest import engine_for

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def somebody(name: str, days: int = 0) -> Person:
    return Person(str(uuid4()), NOON + timedelta(days=days), name, days % 6)


def fact(person: Person, **changes: Any) -> Fact:
    made = Fact(
        str(uuid4()),
        person.id,
        "unheard-of",
        1,
        NOON,
        "UTC",
        date(2026, 3, 1),
        NOON,
        "phone",
        "page",
        {"of": person.name},
    )
    return replace(made, **changes)


@pytest.fixture
def two(store: Store) -> tuple[Person, Person]:
    anna = store.ensure_person(somebody("Anna"))
    ben = somebody("Ben", 1)
    store.put_person(ben)
    return anna, ben


def test_who_came_first_is_first(store: Store, two: tuple[Person, Person]) -> None:
    assert store.people() == list(two)
    assert store.ensure_person(somebody("Carl", -5)) == two[0]
    renamed = replace(two[0], name="Ann", mark=3)
    store.put_person(renamed)
    assert store.people() == [renamed, two[1]]


@pytest.mark.parametrize("name", ["Anna", "ANNA", "anna"])
def test_no_name_is_given_twice(store: Store, two: tuple[Person, Person], name: str) -> None:
    with pytest.raises(Conflict):
        store.put_person(somebody(name, 2))
    with pytest.raises(Conflict):
        store.put_person(replace(two[1], name=name))
    assert store.people() == list(two)


def test_the_same_id_is_a_fact_of_each(store: Store, two: tuple[Person, Person]) -> None:
    anna, ben = two
    hers = fact(anna)
    his = replace(hers, person=ben.id, body={"of": "Ben"})
    assert store.append(anna.id, [hers]).accepted == (hers.id,)
    assert store.append(ben.id, [his]).accepted == (hers.id,)
    assert store.append(ben.id, [his]).duplicates == (hers.id,)
    assert store.record(anna.id) == [hers] == [store.fact(anna.id, hers.id)]
    assert store.record(ben.id) == [his] == [store.fact(ben.id, hers.id)]
    assert [one.body for one in store.news(ben.id, None).facts] == [{"of": "Ben"}]


def test_who_is_removed_is_gone_alone(store: Store, two: tuple[Person, Person]) -> None:
    anna, ben = two
    store.append(anna.id, [fact(anna), fact(anna)])
    kept = fact(ben)
    store.append(ben.id, [kept])
    for one in two:
        store.take_lease(Lease(one.id, "s", "phone", NOON), stale_before=NOON, force=False)
    gone = store.remove_person(anna.id)
    assert (gone.facts, gone.overwritten) == (2, True)
    assert store.people() == [ben]
    assert store.record(anna.id) == []
    assert store.record(ben.id) == [kept]
    assert store.lease(anna.id) is None
    assert store.lease(ben.id) is not None


def test_a_home_takes_the_place_of_another(store: Store, two: tuple[Person, Person]) -> None:
    anna, ben = two
    store.append(anna.id, [fact(anna)])
    store.take_lease(Lease(ben.id, "s", "phone", NOON), stale_before=NOON, force=False)
    other = replace(ben, name="Benjamin")
    carl = somebody("Carl", 2)
    home = [Housed(other, (fact(other), fact(other))), Housed(carl, (fact(carl),))]
    store.replace_home(home)
    assert store.people() == [other, carl]
    assert store.record(anna.id) == []
    assert store.lease(ben.id) is None
    for one in home:
        assert {kept.id for kept in store.record(one.person.id)} == {kept.id for kept in one.facts}


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = engine_for(url)
    yield opened
    opened.dispose()


def test_a_home_of_one_goes_over_untouched(engine: Engine) -> None:
    """What a lumbar that knew one person had written is the record of the first one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as db, db.begin():
        config.attributes["connection"] = db
        command.upgrade(config, "0002")
        db.execute(text("INSERT INTO person (id, since, taken) VALUES ('p', '2026-03-01 12:00:00', 2)"))
        for number in (1, 2):
            db.execute(
                text(
                    'INSERT INTO fact (id, person, type, v, at, at_offset_s, zone, "on", recorded_at, device, source,'
                    " body, number) VALUES (:id, 'p', 'unheard-of', 1, '2026-03-01 12:00:00', 3600, 'Europe/Berlin',"
                    " '2026-03-01', '2026-03-01 12:00:00', 'phone', 'page', '{\"a\": 1}', :number)"
                ),
                {"id": f"f{number}", "number": number},
            )
    migrate(engine)
    store = SqlStore(engine)
    (person,) = store.people()
    assert (person.id, person.name, person.mark) == ("p", "", 0)
    assert [(one.id, one.body) for one in store.record("p")] == [("f1", {"a": 1}), ("f2", {"a": 1})]
    more = fact(person)
    assert store.append("p", [more]).accepted == (more.id,)
    assert len(store.news("p", None).facts) == 3
