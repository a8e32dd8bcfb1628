"""A home whose record is under a passphrase: backups, going back, exports and erasing, and nothing lies open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrage import passphrase

from lumbar import wiring
from lumbar.core.errors import BadImport, Misuse, StoreUnavailable
from lumbar.core.record import Fact
from lumbar.export.backups import BackupFolder, set_aside
from lumbar.export.sealing import seal, unseal
from lumbar.store import decrypt, encrypt, key_for, key_of, new_key, open_engine, sqlite_path

from .conftest import NOW

Some = Callable[[str], list[Fact]]
PHRASE = "a horse and a battery"
SECRETS = (b"set-done", b"\xe8\x85\xb0\xe7\x97\x9b", b"\\u8170", b"Asia/Tokyo", b"forearm")


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    """A file with the passphrase."""
    file = tmp_path / "phrase"
    file.write_text(PHRASE + "\n")
    return str(file)


@pytest.fixture
def closed(opened: Any, some: Some, phrase: str) -> Any:
    """A home that was encrypted when there were facts and a backup in it already, opened again."""
    return turned(opened, some, phrase, "home")


def turned(opened: Any, some: Some, phrase: str, name: str) -> Any:
    home = opened(name)
    home.store.append(home.person.id, some(home.person.id))
    home.house.backups.make()
    home.store.close()
    encrypt(open_engine(home.settings.database_url), new_key(PHRASE))
    return opened(name, LUMBAR_PASSPHRASE_FILE=phrase)


def readable(folder: Path) -> set[str]:
    """The files below a folder in which something can be read that only the record says."""
    return {path.name for path in folder.rglob("*") if path.is_file() and any(s in path.read_bytes() for s in SECRETS)}


def test_the_record_is_the_same_and_a_backup_of_before_is_encrypted_too(closed: Any, some: Some) -> None:
    assert sorted(fact.id for fact in closed.facts()) == sorted(fact.id for fact in some(closed.person.id))
    (old,) = readable(closed.settings.home)
    assert old.endswith("-kept.db")
    assert closed.house.backups.encrypt_open() == 1
    assert closed.house.backups.encrypt_open() == 0
    assert readable(closed.settings.home) == set()
    (one,) = closed.house.backups.all()
    assert one.name == old.replace(".db", ".encrypted.db")
    before = closed.facts()
    closed.store.erase(closed.person.id)
    assert closed.house.backups.restore(one.name).facts == 12
    assert closed.facts() == before


def test_the_days_backup_lies_open_at_no_moment(closed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from lumbar.store import copying

    seen: list[set[str]] = []
    plain = copying.check_copy

    def looking(*arguments: Any) -> int:
        seen.append(readable(closed.settings.home))
        return plain(*arguments)

    monkeypatch.setattr(copying, "check_copy", looking)
    closed.clock.at = datetime.now(UTC) + timedelta(days=2)
    made = closed.house.backups.make_daily()
    assert made.automatic
    assert made.name.endswith("Z.encrypted.db")
    assert seen == [set()], "and what lay open before was put under it first"
    assert readable(closed.settings.home) == set()


def test_one_that_cannot_be_removed_holds_up_nothing_and_is_named(closed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = closed.settings.backups.iterdir()
    second = closed.settings.backups / "damaged-2026-03-01T000000Z-lumbar.db"
    second.write_bytes(b"set-done" * 900)
    plain = Path.unlink

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if path.name in (first.name, second.name):
            raise PermissionError(1, "Operation not permitted")
        plain(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refusing)
        made = closed.house.backups.make()
        assert closed.house.backups.restore(made.name).facts == 12
    assert first.exists()
    assert len(list(closed.settings.backups.glob("*.encrypted.db"))) == 3, "theirs, the new one, and that of before"
    assert second.with_name(f"{second.name}.age").exists()


def test_what_cannot_be_put_under_it_is_named(closed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = closed.settings.backups.iterdir()
    (closed.settings.backups / "damaged-2026-03-01T000000Z-lumbar.db").write_bytes(b"set-done" * 900)
    plain = BackupFolder._encrypt

    def refusing(folder: BackupFolder, path: Path, part: Path, phrase: str) -> Path:
        if path.name.startswith("damaged-"):
            raise PermissionError(1, "Operation not permitted")
        return plain(folder, path, part, phrase)

    monkeypatch.setattr(BackupFolder, "_encrypt", refusing)
    assert closed.house.backups.make()
    assert not first.exists(), "the others are put under it all the same"
    assert closed.house.backups.lying_open() == ["damaged-2026-03-01T000000Z-lumbar.db"]


def test_two_who_put_the_same_under_it_leave_one(closed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is done while the other is at it, as a service is that makes the day's backup beside the command."""
    (old,) = closed.settings.backups.iterdir()
    plain = BackupFolder._encrypt
    made = []

    def slow(folder: BackupFolder, path: Path, part: Path, phrase: str) -> Path:
        final = plain(folder, path, part, phrase)
        if not made:
            made.append(closed.house.backups.make())
            assert old.exists(), "the other leaves it to the one who is at it"
        return final

    monkeypatch.setattr(BackupFolder, "_encrypt", slow)
    assert closed.house.backups.encrypt_open() == 1
    names = sorted(path.name for path in closed.settings.backups.iterdir())
    assert names == sorted([made[0].name, old.name.replace(".db", ".encrypted.db")])
    assert closed.house.backups.restore(old.name.replace(".db", ".encrypted.db")).facts == 12


def test_what_was_unfinished_does_not_outlive_it(closed: Any) -> None:
    part, read = closed.settings.backups / ".lumbar-x.db.part", closed.settings.backups / ".lumbar-abc"
    read.mkdir()
    for path in (part, read / "copy.db"):
        path.write_bytes(b"set-done" * 900)
    assert sorted(closed.house.backups.lying_open())[:2] == [".lumbar-abc", ".lumbar-x.db.part"]
    closed.house.backups.encrypt_open(datetime.now(UTC) + timedelta(seconds=5))
    assert readable(closed.settings.home) == set()
    assert not list(closed.settings.backups.glob(".*"))


def test_what_lay_in_a_plain_backup_is_overwritten(closed: Any) -> None:
    (old,) = closed.settings.backups.iterdir()
    with old.open("rb") as file:
        closed.house.backups.encrypt_open()
        assert set(file.read()) == {0}


def test_a_home_that_is_open_leaves_its_backups_as_they_are(opened: Any, some: Some, phrase: str) -> None:
    home = opened()
    home.store.append(home.person.id, some(home.person.id))
    home.house.backups.make()
    assert opened(LUMBAR_PASSPHRASE_FILE=phrase).house.backups.encrypt_open() == 0


def test_a_damaged_database_that_was_set_aside_is_put_under_it_too(closed: Any) -> None:
    (closed.settings.home / "old.db").write_bytes(b"set-done" * 900)
    aside = set_aside(closed.settings.home / "old.db", closed.settings.backups, NOW)
    assert closed.house.backups.encrypt_open() == 2
    assert readable(closed.settings.home) == set()
    assert unseal(aside.with_name(f"{aside.name}.age").read_bytes(), PHRASE) == b"set-done" * 900
    assert "lumbar-" not in aside.name
    closed.house.erase_everything(closed.person, "erase")
    assert list(closed.settings.backups.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "to"),
    [("encrypted", "encrypted"), ("sealing", "encrypted"), ("plain", "encrypted"), ("encrypted", "sealing")],
)
def test_a_backup_of_any_kind_goes_back_into_any_home(
    opened: Any, some: Some, phrase: str, source: str, to: str
) -> None:
    one = turned(opened, some, phrase, "one") if source == "encrypted" else opened("one", **_sealing(source, phrase))
    one.store.replace(one.person.id, some(one.person.id))
    backup = one.settings.backups / one.house.backups.make().name
    other = turned(opened, some, phrase, "other") if to == "encrypted" else opened("other", **_sealing(to, phrase))
    other.store.erase(other.person.id)
    other.house.backups.restore(str(backup))
    assert [fact.body for fact in other.facts()] == [fact.body for fact in one.facts()]
    assert len(other.facts()) == 12
    assert not list(other.settings.backups.glob(".*")), "nothing is left of reading it"


def _sealing(kind: str, phrase: str) -> dict[str, str]:
    return {"LUMBAR_PASSPHRASE_FILE": phrase} if kind == "sealing" else {}


@pytest.mark.parametrize("under", ["largu\u00edsima frase", "largui\u0301sima frase"])
def test_an_age_file_opens_by_the_same_words_however_they_are_spelt(under: str) -> None:
    sealed = bytes(passphrase.encrypt(b"x", under))
    for typed in ("largu\u00edsima frase", "largui\u0301sima frase"):
        assert unseal(sealed, typed) == b"x"
    assert passphrase.decrypt(seal(b"x", under), "largu\u00edsima frase") == b"x"


def test_without_the_passphrase_a_backup_changes_nothing(closed: Any, opened: Any) -> None:
    made = closed.house.backups.make()
    other = opened("other")
    with pytest.raises(BadImport) as refused:
        other.house.backups.restore(str(closed.settings.backups / made.name))
    assert refused.value.message.id == "error.passphrase-missing"
    assert other.facts() == []


def test_a_backup_under_another_passphrase_changes_nothing(closed: Any, opened: Any, tmp_path: Path) -> None:
    made = closed.house.backups.make()
    file = tmp_path / "another"
    file.write_text("another one altogether")
    other = opened("other", LUMBAR_PASSPHRASE_FILE=str(file))
    with pytest.raises(BadImport) as refused:
        other.house.backups.restore(str(closed.settings.backups / made.name))
    assert refused.value.message.id == "error.passphrase-other"
    assert other.facts() == []


@pytest.mark.parametrize("cut", [0, 1, 5_000, 30_000])
def test_a_damaged_backup_changes_nothing(closed: Any, rules: Any, cut: int) -> None:
    path = closed.settings.backups / closed.house.backups.make().name
    before, data = closed.facts(), bytearray(path.read_bytes())
    data[cut + 16] ^= 1
    for damaged in (bytes(data), path.read_bytes()[: len(data) // 2], path.read_bytes()[:-1]):
        path.write_bytes(damaged)
        with pytest.raises((BadImport, StoreUnavailable)) as refused:
            closed.house.backups.restore(path.name)
        assert rules.words.written(refused.value.message).endswith(".")
        assert closed.facts() == before


def test_out_and_in_is_the_same_as_ever(closed: Any, opened: Any) -> None:
    whole, before = closed.export(), closed.facts()
    assert closed.house.erase_everything(closed.person, "erase").facts == len(before)
    assert closed.facts() == []
    closed.house.import_record.take(closed.person, whole)
    assert closed.facts() == before
    other = opened("other")
    other.house.import_record.take(other.person, whole)
    assert [fact.body for fact in other.facts()] == [fact.body for fact in before]


def test_what_is_erased_is_gone_for_whoever_has_the_passphrase_too(closed: Any) -> None:
    closed.house.backups.make()
    closed.house.erase_everything(closed.person, "erase")
    closed.store.close()
    path = sqlite_path(closed.settings.database_url)
    assert path is not None
    decrypt(open_engine(closed.settings.database_url), key_for(path, PHRASE))
    assert readable(closed.settings.home) == set()
    assert list(closed.settings.backups.iterdir()) == []


def test_a_typed_passphrase_is_as_good_as_a_file(closed: Any) -> None:
    closed.store.close()
    bare = replace(closed.settings, passphrase=None)
    with pytest.raises(Misuse) as refused:
        wiring.build_store(bare)
    assert refused.value.message.id == "error.store-encrypted"
    store = wiring.build_store(replace(bare, phrase=PHRASE))
    assert key_of(store.engine) is not None
    assert store.people()
    store.close()
    assert PHRASE not in repr(replace(bare, phrase=PHRASE))


def test_a_server_that_makes_the_house_sees_people_and_pins(closed: Any) -> None:
    anna = closed.house.people.rename(closed.person, "Anna")
    ben = closed.house.people.add("Ben")
    closed.house.pins.put(ben.id, "4812")
    made = closed.house.backups.make()
    closed.house.backups.restore(made.name)
    assert [one.name for one in closed.house.people.all()] == ["Anna", "Ben"]
    assert closed.house.pins.stamp(ben.id)
    assert len(closed.store.record(anna.id)) == 12
