"""A backup that counts is whole, and brings back what it holds; old ones go by a rule."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar import wiring
from lumbar.app.backups import Keeping, superfluous
from lumbar.app.ports import Backup
from lumbar.core.errors import BadImport, Conflict, LumbarError, Misuse, NotFound, StoreUnavailable
from lumbar.core.record import Fact
from lumbar.export import backups
from lumbar.store import copying

from .conftest import NOW

Some = Callable[[str], list[Fact]]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_brings_back_what_was_there(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id)[:8])
    then = home.facts()
    made = home.house.backups.make()
    assert not made.automatic
    home.store.append(home.person.id, some(home.person.id))
    now, shown = home.facts(), home.house.show_today(home.person).as_json()
    assert now != then
    done = home.house.backups.restore(made.name)
    assert (done.facts, home.facts()) == (len(then), then)
    home.house.backups.restore(done.before.name)
    assert home.facts() == now
    assert home.house.show_today(home.person).as_json() == shown


def test_a_backup_goes_to_another_machine(home: Any, some: Some, opened: Any) -> None:
    home.store.append(home.person.id, some(home.person.id))
    made = home.house.backups.make()
    other = opened("elsewhere")
    other.house.backups.restore(str(home.settings.backups / made.name))
    assert [fact.body for fact in other.facts()] == [fact.body for fact in home.facts()]
    assert {fact.person for fact in other.facts()} == {other.person.id}


def test_a_damaged_backup_is_refused_and_nothing_is_changed(home: Any, some: Some, rules: Any) -> None:
    home.store.append(home.person.id, some(home.person.id))
    path = home.settings.backups / home.house.backups.make().name
    whole, before = path.read_bytes(), home.facts()
    for damaged in (whole[: len(whole) // 2], b"", whole[:100], b"SQLite format 3\x00" + b"\xff" * 5_000, whole[:-1]):
        path.write_bytes(damaged)
        with pytest.raises(LumbarError) as refused:
            home.house.backups.restore(path.name)
        assert rules.words.written(refused.value.message).endswith(".")
        assert home.facts() == before
    with pytest.raises(NotFound):
        home.house.backups.restore("unheard-of.db")


def test_a_copy_is_made_while_somebody_writes(opened: Any, some: Some) -> None:
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    with closing(sqlite3.connect(home.settings.home / "lumbar.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE fact SET device = 'half-way'")
        made = home.house.backups.make()
        writer.execute("ROLLBACK")
    home.house.backups.restore(made.name)
    assert {fact.device for fact in home.facts()} == {"phone"}


def test_an_unfinished_one_is_none_and_is_cleared_away(opened: Any) -> None:
    home = opened()
    home.settings.backups.mkdir()
    part = home.settings.backups / ".lumbar-2026-03-01T000000Z.db.part"
    part.write_bytes(b"half")
    copy = home.settings.backups / ".lumbar-x1y2z3" / "copy.db"
    copy.parent.mkdir()
    copy.write_bytes(b"half")
    assert home.house.backups.all() == []
    home.clock.at = datetime.now(UTC) + timedelta(hours=2)
    home.house.backups.make()
    assert not part.exists()
    assert not copy.parent.exists()


@pytest.mark.parametrize("length", [16, 18, 511])
def test_one_that_is_cut_short_in_its_header_is_damaged(opened: Any, some: Some, length: int) -> None:
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    made = home.house.backups.make()
    path = home.settings.backups / made.name
    path.write_bytes(path.read_bytes()[:length])
    before = home.facts()
    with pytest.raises(StoreUnavailable, match="backup-damaged"):
        home.house.backups.restore(made.name)
    assert home.facts() == before


def test_what_was_erased_while_it_was_copied_does_not_come_back(opened: Any, some: Some, rules: Any) -> None:
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    place = wiring.build_backup_folder(home.settings, home.store, rules.catalogue)
    copier = place.copier

    class Slow:
        suffix = copier.suffix

        def __call__(self, to: Path, at: datetime) -> None:
            copier(to, at)
            home.house.erase_everything(home.person, "erase")

    object.__setattr__(place, "copier", Slow())
    assert place.make(NOW) is None
    assert names(home.settings.backups) == []


def test_a_folder_that_cannot_be_used_says_so(opened: Any) -> None:
    home = opened()
    home.settings.backups.write_text("a file in its place")
    with pytest.raises(StoreUnavailable, match="backup-folder"):
        home.house.backups.make()


def test_under_a_passphrase(opened: Any, some: Some, tmp_path: Path) -> None:
    def written(text: str) -> Path:  # a program reads its passphrase once
        path = tmp_path / f"phrase-{uuid4()}"
        path.write_text(text)
        return path

    home = opened(LUMBAR_PASSPHRASE_FILE=str(written("a horse and a battery\n")))
    home.store.append(home.person.id, some(home.person.id))
    before, made = home.facts(), home.house.backups.make()
    data = (home.settings.backups / made.name).read_bytes()
    assert made.name.endswith(".db.age")
    assert data.startswith(b"age-encryption.org/v1")
    assert b"set-done" not in data
    assert names(home.settings.backups) == [made.name]
    home.house.backups.restore(made.name)
    assert home.facts() == before
    other = written("another one altogether")
    for elsewhere in ({"LUMBAR_PASSPHRASE_FILE": str(other)}, {}):
        with pytest.raises(BadImport):
            opened("other", **elsewhere).house.backups.restore(str(home.settings.backups / made.name))
    with pytest.raises(Misuse):
        opened(LUMBAR_PASSPHRASE_FILE=str(written("short"))).house.backups.make()
    with pytest.raises(Misuse):
        opened(LUMBAR_PASSPHRASE_FILE=str(tmp_path / "nowhere"))


def test_one_a_day_by_itself_and_none_of_nothing(home: Any, some: Some) -> None:
    assert home.house.backups.make_daily() is None
    home.store.append(home.person.id, some(home.person.id))
    assert home.house.backups.make_daily().automatic
    assert home.house.backups.make_daily() is None
    home.clock.at += timedelta(hours=12)
    assert home.house.backups.make_daily() is None, "midnight is not where a day ends"
    home.clock.at += timedelta(hours=12)
    assert home.house.backups.make_daily() is not None
    assert len(home.house.backups.all()) == 2


def test_nobody_who_wants_none_gets_any(opened: Any, some: Some) -> None:
    home = opened(LUMBAR_BACKUPS="off")
    home.store.append(home.person.id, some(home.person.id))
    assert home.house.backups.make_daily() is None


def test_the_rule_is_followed_over_a_year(opened: Any, some: Some) -> None:
    home = opened(LUMBAR_BACKUPS="3,2,2")
    home.store.append(home.person.id, some(home.person.id))
    kept = home.house.backups.make()
    for _ in range(70):
        home.clock.at += timedelta(days=1)
        home.house.backups.make_daily()
    there = home.house.backups.all()
    assert kept.name in {one.name for one in there}
    assert 3 <= len([one for one in there if one.automatic]) <= 7


@pytest.mark.parametrize("text", ["7", "a,b,c", "1,2,-3", "7,4,12,1", "99999,1,1"])
def test_a_rule_that_is_none(text: str) -> None:
    with pytest.raises(Misuse):
        wiring.read_settings({"LUMBAR_BACKUPS": text})


@given(
    st.lists(st.tuples(st.integers(0, 24 * 900), st.booleans()), max_size=60),
    st.integers(0, 9), st.integers(0, 6), st.integers(0, 14),
)  # fmt: skip
def test_the_rule(hours: list[tuple[int, bool]], days: int, weeks: int, months: int) -> None:
    all_of_them = [Backup(str(n), NOW + timedelta(hours=h), 1, auto) for n, (h, auto) in enumerate(hours)]
    automatic = [one for one in all_of_them if one.automatic]
    gone = superfluous(all_of_them, Keeping(days, weeks, months))
    left = [one for one in automatic if one not in gone]
    assert all(one.automatic for one in gone)
    assert len(left) <= max(days + weeks + months, 1)
    if automatic:
        assert max(automatic, key=lambda one: (one.at, one.name)) in left
    for many, of in ((days, "%Y-%m-%d"), (weeks, "%G-%V"), (months, "%Y-%m")):
        wanted = sorted({f"{one.at:{of}}" for one in automatic}, reverse=True)[:many]
        assert set(wanted) <= {f"{one.at:{of}}" for one in left}
    # Thinning out a day at a time keeps what thinning out at once keeps.
    assert superfluous(left, Keeping(days, weeks, months)) == []


def test_erased_while_making(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(home.house.backups._place), "make", lambda *_, **__: None)
    with pytest.raises(Conflict):
        home.house.backups.make()


def opens(path: Path) -> bool:
    """Whether a file shows anything of a database or of a record."""
    data = path.read_bytes()
    return b"SQLite format" in data or b"set-done" in data


def test_of_a_backup_under_a_passphrase_nothing_lies_open_while_it_is_made_or_read(
    opened: Any, some: Some, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed at any of these moments leaves no word of it in the folder."""
    (tmp_path / "phrase").write_text("a horse and a battery")
    home = opened(LUMBAR_PASSPHRASE_FILE=str(tmp_path / "phrase"))
    home.store.append(home.person.id, some(home.person.id))
    looked: list[str] = []

    def looking(module: Any, name: str) -> None:
        plain = getattr(module, name)

        def look(*told: Any, **more: Any) -> Any:
            result = plain(*told, **more)
            looked.append(name)
            assert not [path for path in home.settings.backups.rglob("*") if path.is_file() and opens(path)]
            return result

        monkeypatch.setattr(module, name, look)

    looking(backups, "seal")
    looking(backups, "unseal")
    looking(copying, "migrate")
    made = home.house.backups.make()
    home.house.backups.restore(made.name)
    assert {"seal", "unseal", "migrate"} <= set(looked)
    assert len(home.store.record(home.person.id)) == 12


def test_a_copy_that_has_the_header_of_a_log_is_read(opened: Any, some: Some, tmp_path: Path) -> None:
    """As somebody copies the file of a database that was in use, and came to its end."""
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    home.store.engine.dispose()
    copy = tmp_path / "copy.db"
    copy.write_bytes(Path(home.store.engine.url.database).read_bytes())
    assert copy.read_bytes()[18:20] == b"\x02\x02"
    assert home.house.backups.restore(str(copy)).facts == 12
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == ["copy.db"]
