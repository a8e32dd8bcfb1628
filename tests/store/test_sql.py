"""What only a database can do: be written and erased by others, and have been made by an older lumbar."""

import gc
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from lumbar.app.ports import Person
from lumbar.app.records import Records
from lumbar.core.errors import StoreUnavailable
from lumbar.core.record import Fact, Record, new_fact
from lumbar.store import SqlStore, migrate
from lumbar.store.database import MIGRATIONS

from .conftest import engine_for

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SCRIPT = {"steps": [{"i": number} for number in range(200)]}


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = engine_for(url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    migrate(engine)
    return SqlStore(engine)


@pytest.fixture
def person(store: SqlStore) -> Person:
    return store.ensure_person(Person(str(uuid4()), NOON))


def fact(person: Person, fact_type: str = "effort-reported", hours: int = 0, **body: Any) -> Fact:
    at = NOON + timedelta(hours=hours)
    return new_fact(
        fact_type, body or {"session": "s", "effort": 4}, fact_id=str(uuid4()), person=person.id, at=at, source="cli"
    )


def test_what_another_process_wrote_is_read_and_nothing_twice(store: SqlStore, person: Person, url: str) -> None:
    records, rows = Records(store), []
    store.append(person.id, [fact(person, hours=h) for h in range(20)])
    assert len(records.of(person)) == 20
    other_engine = engine_for(url)
    SqlStore(other_engine).append(person.id, [new := fact(person, hours=-5)])
    other_engine.dispose()
    plain = store.news

    def counting(*asked: Any) -> Any:
        news = plain(*asked)
        rows.append(len(news.facts))
        return news

    store.news = counting  # type: ignore[method-assign]
    assert new in records.of(person).facts
    assert records.of(person) is records.of(person)
    assert records.of(person) == Record(store.record(person.id))
    assert rows == [1, 0, 0, 0]


def test_a_record_is_folded_when_it_is_read_as_a_whole_and_then_carried_on(store: SqlStore, person: Person) -> None:
    seen: list[int] = []
    records = Records(store, lambda record: seen.append(len(record)))
    assert len(records.of(person)) == 0
    store.append(person.id, [fact(person, hours=h) for h in range(5)])
    folding = Records(store, lambda record: seen.append(len(record)))
    assert len(folding.of(person)) == 5
    assert seen == [5], "once, and not where there is nothing to fold"
    store.append(person.id, [fact(person, hours=9)])
    assert len(folding.of(person)) == 6
    assert seen == [5]


def test_erased_facts_are_forgotten(store: SqlStore, person: Person, engine: Engine) -> None:
    records = Records(store)
    facts = [fact(person, hours=h) for h in range(5)]
    store.append(person.id, facts)
    assert len(records.of(person)) == 5
    with engine.begin() as db:
        db.execute(text("DELETE FROM fact WHERE id = :id"), {"id": facts[1].id})
    assert facts[1] not in records.of(person).facts
    with engine.begin() as db:  # one goes and another comes: their count alone would tell nothing
        db.execute(text("DELETE FROM fact WHERE id = :id"), {"id": facts[4].id})
    store.append(person.id, [new := fact(person)])
    assert records.of(person) == Record([facts[0], facts[2], facts[3], new])
    with engine.begin() as db:
        db.execute(text("DELETE FROM fact"))
    assert len(records.of(person)) == 0
    again = [fact(person, hours=h) for h in range(4)]
    store.append(person.id, again)
    assert records.of(person) == Record(again)


def test_no_script_is_read_for_a_record(store: SqlStore, person: Person, engine: Engine) -> None:
    began = fact(person, "session-started", session="s", script=SCRIPT)
    store.append(person.id, [began])
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *called: asked.append(called[2]))
    record = Records(store).of(person)
    assert record.of("session-started")[0].body["script"] == {}
    assert asked
    assert not any("fact.large" in statement for statement in asked)
    with engine.connect() as db:
        kept = db.execute(text("SELECT CAST(body AS TEXT), CAST(large AS TEXT) FROM fact")).one()
    assert [json.loads(part) for part in kept] == [{"session": "s", "length": "whole"}, {"script": SCRIPT}]


def test_half_a_character_from_before_costs_no_fact(store: SqlStore, person: Person, engine: Engine) -> None:
    store.append(person.id, [fact(person, "unheard-of", words="x")])
    with engine.begin() as db:
        db.execute(text("""UPDATE fact SET body = '{"words": "\\ud83d"}'"""))
    assert [f.body for f in store.record(person.id)] == [{"words": "\ud83d"}]


def test_a_record_of_an_older_lumbar_is_kept_whole(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    person, moment = Person("p", NOON), "2026-03-01 12:00:00.000000"
    facts = [fact(person, hours=h) for h in (3, 1, 2)] + [fact(person, "session-started", session="s", script=SCRIPT)]
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0001")
        db.execute(text("INSERT INTO person VALUES ('p', :moment)"), {"moment": moment})
        for one in facts:
            values = {**one.as_json(), "at": one.at, "at_offset_s": 0, "on": one.on, "recorded_at": one.recorded_at}
            if db.dialect.name == "sqlite":
                values |= {name: f"{values[name]:%Y-%m-%d %H:%M:%S.%f}" for name in ("at", "recorded_at")}
            names = ", ".join(f'"{name}"' for name in values)
            places = ", ".join(f":{name}" for name in values)
            db.execute(text(f"INSERT INTO fact ({names}) VALUES ({places})"), {**values, "body": json.dumps(one.body)})
    migrate(engine)
    store = SqlStore(engine)
    assert Record(store.record("p")) == Record(facts)
    news = store.news("p", None)
    assert news.mark.number == news.mark.count == 4
    assert next(f for f in news.facts if f.type == "session-started").body["script"] == {}
    store.append("p", [new := fact(person)])
    assert store.news("p", news.mark).facts == (new,)


def test_an_older_lumbar_is_refused_and_swallows_nothing(store: SqlStore, person: Person, engine: Engine) -> None:
    """It knows no number: were its fact taken without one, nobody who asks for what is new would ever see it."""
    store.append(person.id, [fact(person)])
    with engine.begin() as db:
        db.execute(text("CREATE TABLE told AS SELECT * FROM fact"))
        db.execute(text("UPDATE told SET id = 'another'"))
    columns = 'id, person, type, v, at, at_offset_s, zone, "on", recorded_at, device, source, body'
    with pytest.raises(IntegrityError), engine.begin() as db:
        db.execute(text(f"INSERT INTO fact ({columns}) SELECT {columns} FROM told"))
    assert len(store.news(person.id, None).facts) == len(store.record(person.id)) == 1


def test_a_record_that_cannot_be_read_leaves_the_collector_as_it_was(
    store: SqlStore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        assert not gc.isenabled()
        raise StoreUnavailable("error.store-unavailable", place="lumbar.db", reason="disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(store, "news", away)
        with pytest.raises(StoreUnavailable):
            Records(store).of(person)
    assert gc.isenabled()
    assert len(Records(store).of(person)) == 0
