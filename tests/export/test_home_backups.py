"""A backup is of the whole home, with everybody in it, over each database."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lumbar.app.ports import Erased, Person
from lumbar.core.errors import BadImport, Conflict, Misuse, NotOverwritten, StoreFull
from lumbar.core.record import Fact
from lumbar.export.home_file import read_home

Some = Callable[[str], list[Fact]]


@pytest.fixture
def two(home: Any, some: Some) -> tuple[Person, Person]:
    """Anna and Ben, each with facts: the same ones, so that neither may stand in the other's way."""
    anna = home.house.people.rename(home.person, "Anna")
    ben = home.house.people.add("Ben")
    for one in (anna, ben):
        home.store.append(one.id, some(one.id)[: 12 if one is anna else 5])
    return anna, ben


def test_everybody_comes_back(home: Any, two: tuple[Person, Person]) -> None:
    anna, ben = two
    before = [home.store.record(one.id) for one in two]
    made = home.house.backups.make()
    home.house.people.rename(anna, "Annabel")
    home.store.remove_person(ben.id)
    carl = home.house.people.add("Carl")
    done = home.house.backups.restore(made.name)
    assert (done.facts, done.gone) == (17, ("Carl",))
    assert home.house.people.all() == list(two)
    assert [home.store.record(one.id) for one in two] == before
    home.house.backups.restore(done.before.name)
    assert [one.name for one in home.house.people.all()] == ["Annabel", "Carl"]
    assert home.house.people.find(carl.id) == carl


def test_a_home_of_two_becomes_one_again_by_an_older_backup(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    made = home.house.backups.make()
    anna = home.house.people.rename(home.person, "Anna")
    home.house.people.add("Ben")
    done = home.house.backups.restore(made.name)
    assert done.gone == ("Ben",)
    (left,) = home.house.people.all()
    assert left.id == anna.id
    assert len(home.store.record(anna.id)) == 12


def test_an_export_of_one_goes_to_nobody_else(home: Any, two: tuple[Person, Person]) -> None:
    anna, ben = two
    hers = b"".join(home.house.export_record(anna, "json").pieces)
    assert b"Anna" not in hers
    assert ben.id.encode() not in hers
    for take in (home.house.import_record.look, home.house.import_record.take):
        with pytest.raises(Conflict, match="housemate"):
            take(ben, hers)
    assert home.house.import_record.take(anna, hers).new == 0


def test_an_export_of_one_is_no_backup_of_a_home_of_two(home: Any, two: tuple[Person, Person], tmp_path: Path) -> None:
    before = [home.store.record(one.id) for one in two]
    file = tmp_path / "hers.json"
    file.write_bytes(b"".join(home.house.export_record(two[0], "json").pieces))
    with pytest.raises(Conflict, match="restore-one"):
        home.house.backups.restore(str(file))
    assert home.house.people.all() == list(two)
    assert [home.store.record(one.id) for one in two] == before
    assert not home.house.backups.all(), "nothing is made for what is refused"


def test_a_day_has_one_backup_of_everybody(home: Any, two: tuple[Person, Person]) -> None:
    home.store.erase(two[0].id)
    assert home.house.backups.make_daily() is not None, "Ben has something to keep"
    assert home.house.backups.make_daily() is None


def test_who_is_erased_is_in_no_backup(home: Any, two: tuple[Person, Person]) -> None:
    anna, ben = two
    home.house.backups.make()
    his = home.store.record(ben.id)
    gone = home.house.erase_everything(anna, "erase")
    assert (gone.facts, gone.backups) == (12, 1)
    assert "erase.left.others-backup" in [message.id for message in gone.left]
    assert home.store.record(ben.id) == his
    (fresh,) = home.house.backups.all()
    assert home.house.backups.restore(fresh.name).facts == 5
    assert home.house.people.all() == [ben]


def test_a_file_of_a_home_that_was_changed_is_refused(home: Any, two: tuple[Person, Person], tmp_path: Path) -> None:
    if home.settings.database_url.startswith("sqlite"):
        pytest.skip("there a backup is a copy of the database")
    made = home.house.backups.make()
    whole = gzip.decompress((home.settings.backups / made.name).read_bytes())
    assert [one.person for one in read_home(whole)] == list(two)
    for broken in (
        whole.replace(b"plank", b"plonk", 1),
        whole[:-40],
        whole.replace(two[0].id.encode(), two[1].id.encode(), 1),
        whole.replace(b"lumbar-home/1", b"lumbar-home/9"),
        json.dumps({"format": "lumbar-home/1", "people": 3}).encode(),
        json.dumps({"format": "lumbar-home/1", "people": [{"id": "x"}]}).encode(),
    ):
        with pytest.raises(BadImport):
            read_home(broken)
    file = tmp_path / "lumbar-home.json"
    file.write_bytes(whole[:-40])
    with pytest.raises(BadImport):
        home.house.backups.restore(str(file))
    assert len(home.store.record(two[0].id)) == 12


def test_where_their_backups_make_too_little_room_those_who_stay_have_a_new_one(
    home: Any, two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = two
    home.house.backups.make()

    def full(_person: str) -> Erased:
        raise NotOverwritten("error.erase-full", megabytes=1)

    monkeypatch.setattr(home.store, "remove_person", full)
    with pytest.raises(StoreFull):
        home.house.erase_everything(anna, "erase")
    (again,) = home.house.backups.all()
    monkeypatch.undo()
    home.store.replace(ben.id, [])
    home.house.backups.restore(again.name)
    assert [len(home.store.record(one.id)) for one in two] == [12, 5]


def test_whoever_was_half_erased_is_in_no_backup_once_they_are_asked_for_again(
    home: Any, two: tuple[Person, Person]
) -> None:
    """The facts went, and then something came between: the row that names them is all there is, and older backups."""
    anna, ben = two
    home.house.backups.make()
    home.store.erase(anna.id)
    with pytest.raises(Misuse):
        home.house.erase_everything.one(anna, "")
    assert home.house.erase_everything.one(anna, "erase").backups == 1
    (again,) = home.house.backups.all()
    home.house.backups.restore(again.name)
    assert [one.id for one in home.store.people()] == [ben.id]


def test_whoever_never_told_anything_goes_without_a_word_and_takes_no_backup_along(
    home: Any, two: tuple[Person, Person]
) -> None:
    nobody = home.house.people.add("Cleo")
    home.house.backups.make()
    home.house.erase_everything.one(nobody, "")
    assert len(home.house.backups.all()) == 1
    assert [one.id for one in home.store.people()] == [one.id for one in two]
