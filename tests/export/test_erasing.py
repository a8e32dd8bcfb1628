"""After erasing nothing of a person is in any file that lumbar made."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lumbar import wiring
from lumbar.core.errors import Misuse
from lumbar.core.record import Fact
from lumbar.export.backups import set_aside

from .conftest import NOW

Some = Callable[[str], list[Fact]]


def traces(folder: Path, facts: list[Fact]) -> set[str]:
    """Files below a folder in which something of the facts can be read."""
    signs = {b"set-done", b"glute", b"\xe8\x85\xb0\xe7\x97\x9b", b"\\u8170", b"Asia/Tokyo", b"calc", b"secret"}
    signs |= {fact.id.encode() for fact in facts}
    return {path.name for path in folder.rglob("*") if path.is_file() and any(s in path.read_bytes() for s in signs)}


def test_no_file_holds_anything_any_more(opened: Any, some: Some) -> None:
    home = opened()
    facts = some(home.person.id)
    home.store.append(home.person.id, facts)
    for number in range(40):  # rows that were moved about leave copies of themselves in free pages
        home.store.replace(home.person.id, facts[: 3 + number % 9])
    home.house.backups.make()
    home.house.backups.make_daily()
    home.settings.log.write_text("secret")
    home.settings.log.with_name("lumbar.log.1").write_text("secret")
    damaged = home.settings.home / "old.db"
    damaged.write_bytes(b"secret")
    set_aside(damaged, home.settings.backups, NOW)
    reading = home.settings.backups / ".lumbar-x1y2z3"
    reading.mkdir()
    for left in (
        ".lumbar-2026-03-01T000000Z.db.part",
        ".lumbar-2026-03-01T000000Z.db.part-wal",
        f"{reading.name}/copy.db",
    ):
        (home.settings.backups / left).write_bytes(b"secret")  # as programs that were killed leave them
    (home.settings.home / ".calendar-key-x1y2z3").write_text("secret")
    assert traces(home.settings.home, facts)
    gone = home.house.erase_everything(home.person, " Erase ")
    assert (gone.facts, gone.backups) == (len(home.facts()) or gone.facts, 3)
    assert traces(home.settings.home, facts) == set()
    assert (home.settings.home / "lumbar.db-wal").stat().st_size == 0
    with closing(sqlite3.connect(home.settings.home / "lumbar.db")) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT taken FROM person").fetchone()[0] % 1_000_000 == 0


def test_both_databases_are_empty_and_go_on(home: Any, some: Some) -> None:
    facts = some(home.person.id)
    home.store.append(home.person.id, facts)
    home.house.show_today(home.person)
    gone = home.house.erase_everything(home.person, "erase")
    assert gone.facts == len(facts)
    assert home.facts() == []
    home.store.append(home.person.id, facts[:2])
    home.house.show_history(home.person, 28)
    assert len(home.facts()) == 2


@pytest.mark.parametrize("word", ["", "yes", "erased", "e"])
def test_without_the_word_nothing_is_erased(home: Any, some: Some, word: str) -> None:
    home.store.append(home.person.id, some(home.person.id))
    with pytest.raises(Misuse):
        home.house.erase_everything(home.person, word)
    assert len(home.facts()) == 12


def test_it_says_what_it_cannot_reach(home: Any, rules: Any) -> None:
    left = [rules.words.written(message) for message in home.house.erase_everything(home.person, "erase").left]
    assert any("snapshots" in sentence for sentence in left)
    assert any("exports" in sentence for sentence in left)
    assert any("PostgreSQL" in sentence for sentence in left) == home.settings.database_url.startswith("postgresql")


def test_a_reader_that_holds_the_log_is_told_of(opened: Any, some: Some, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbar.store.erasing._PATIENCE_S", 0.1)
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    with closing(sqlite3.connect(home.settings.home / "lumbar.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM fact").fetchone()
        left = home.house.erase_everything(home.person, "erase").left
        reader.execute("COMMIT")
    assert left[0].id == "erase.left.in-use"
    assert home.house.erase_everything(home.person, "erase").left[0].id != "erase.left.in-use"
    assert traces(home.settings.home, some(home.person.id)) == set()


def phone_let_in(home: Any) -> tuple[Any, Path]:
    """A home network that is served, with a phone that was let in; and the folder of all that belongs to it."""
    network, _fresh = wiring.build_network(home.settings, "127.0.0.1")
    pairing = wiring.build_pairing(home.settings, home.clock)
    pairing.redeem(pairing.offer().code, "Anna's phone")
    return network, home.settings.lan


def test_no_phone_comes_in_any_more_and_no_key_is_left(opened: Any, rules: Any) -> None:
    home = opened()
    network, folder = phone_let_in(home)
    assert {"ca.key", "server.key"} <= {path.name for path in folder.iterdir()}
    assert network.names()
    left = [rules.words.written(message) for message in home.house.erase_everything(home.person, "erase").left]
    assert any("No phone is let in any more" in sentence for sentence in left)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert wiring.build_devices(home.settings).all() == []
    assert network.names() == frozenset(), "a server that runs answers no phone"
    network.refresh(NOW)
    assert [path for path in folder.rglob("*") if path.is_file()] == [], "nor makes a certificate again"


def test_without_a_phone_nothing_is_said_of_one(opened: Any) -> None:
    home = opened()
    left = home.house.erase_everything(home.person, "erase").left
    assert "erase.left.phones" not in [message.id for message in left]


def test_no_backup_and_no_export_carries_what_opens_the_door(opened: Any, some: Some) -> None:
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    _network, folder = phone_let_in(home)
    home.house.backups.make()
    secrets = [line for path in folder.glob("*.key") for line in path.read_bytes().splitlines()[1:-1]]
    secrets += [path.stem.encode() for path in (folder / "devices").glob("*.json")]
    assert len(secrets) >= 3
    made = [path.read_bytes() for path in home.settings.backups.iterdir()] + [home.export(), home.export("csv")]
    assert not any(secret in content for secret in secrets for content in made)
