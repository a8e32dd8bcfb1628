"""An encrypted home whose database is damaged or gone: nothing of it comes back in the clear, and no slip of a finger
replaces it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lumbar.store import is_encrypted
from lumbar.store.marker import marker_of

from .encrypting import PHRASE, typed

Run = Callable[..., Any]


@pytest.fixture
def backup(closed: Run) -> str:
    """The name of a backup of the encrypted home."""
    closed("backup")
    return str(closed("backup", "--list").out.split()[0])


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes({"zeros": bytes(4_096) + data[4_096:], "short": data[:2_000], "empty": b"", "stub": b"x"}[how])


@pytest.mark.parametrize(
    ("how", "told_by"),
    [("zeros", "marker"), ("short", "marker"), ("stub", "marker"), ("empty", "backups"), ("gone", "backups"),
     ("zeros", "backups")],
)  # fmt: skip
def test_it_comes_back_under_its_passphrase(closed: Run, backup: str, home: Path, how: str, told_by: str) -> None:
    damage(home / "lumbar.db", how)
    if told_by == "backups":
        marker_of(home / "lumbar.db").unlink()
    assert closed("today").code == 1
    assert "2 entries" in closed("restore", backup, "--damaged").out
    assert is_encrypted(home / "lumbar.db")
    assert marker_of(home / "lumbar.db").exists()
    assert json.loads(closed("export").out)["count"] == 2


def test_in_the_place_of_one_that_is_gone_none_is_begun(closed: Run, run: Run, backup: str, home: Path) -> None:
    (home / "lumbar.db").unlink()
    for settings in ({}, {"LUMBAR_PASSPHRASE_FILE": str(home.parent / "phrase")}):
        for command in ("today", "doctor", "encrypt"):
            ran = run(command, **settings)
            assert ran.code != 0
            assert not (home / "lumbar.db").exists()
    assert "is not there, and what lies beside it says" in closed("doctor").out


def test_a_typed_passphrase_opens_the_way_back_too(closed: Run, backup: str, home: Path) -> None:
    damage(home / "lumbar.db", "zeros")
    code, shown = typed(home, "restore", backup, "--damaged", answers=(PHRASE,))
    assert code == 0, shown
    assert is_encrypted(home / "lumbar.db")


def test_whoever_is_killed_between_leaves_nothing_to_be_filled_in_the_clear(
    closed: Run, backup: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(home / "lumbar.db", "zeros")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("lumbar.store.put_in_place", killed)
        assert closed("restore", backup, "--damaged").code != 0
    assert not (home / "lumbar.db").exists()
    assert closed("today").code == 1
    assert not (home / "lumbar.db").exists()
    assert "2 entries" in closed("restore", backup, "--damaged").out
    assert is_encrypted(home / "lumbar.db")
    assert not list(home.glob(".lumbar*")), "nor is anything left of the first time"


def test_a_backup_under_a_passphrase_begins_no_home_in_the_clear(
    closed: Run, run: Run, backup: str, home: Path, tmp_path: Path
) -> None:
    kept, other = tmp_path / backup, tmp_path / "other"
    (home / "backups" / backup).rename(kept)
    other.mkdir()
    (other / "lumbar.db").write_bytes(b"no database at all" * 99)
    where = {"LUMBAR_HOME": str(other)}
    assert "under a passphrase" in run("restore", str(kept), "--damaged", **where).sentence
    assert not is_encrypted(other / "lumbar.db")
    assert "2 entries" in closed("restore", str(kept), "--damaged", **where).out
    assert is_encrypted(other / "lumbar.db")


def test_a_slip_of_a_finger_replaces_nothing(closed: Run, run: Run, home: Path, tmp_path: Path) -> None:
    whole = tmp_path / "all.json"
    whole.write_text(closed("export").out)
    before = (home / "lumbar.db").read_bytes()
    code, shown = typed(home, "restore", str(whole), "--damaged", answers=("A HORSE AND A BATTERY",))
    assert code == 1, shown
    assert "the record may be well" in shown
    assert (home / "lumbar.db").read_bytes() == before
    assert not (home / "backups").exists() or not list((home / "backups").glob("damaged-*"))
    wrong = tmp_path / "wrong"
    wrong.write_text("another one altogether")
    ran = run("today", LUMBAR_PASSPHRASE_FILE=str(wrong))
    assert "--damaged" not in ran.sentence
    assert "2 entries" in closed("restore", str(whole), "--damaged").out, "with the right one nothing is set aside"
    assert not list((home / "backups").glob("damaged-*"))


def test_after_the_way_back_a_new_one_may_be_open(closed: Run, run: Run, home: Path) -> None:
    assert marker_of(home / "lumbar.db").exists()
    closed("decrypt")
    assert not marker_of(home / "lumbar.db").exists()
    (home / "lumbar.db").unlink()
    assert run("today").code == 0


def test_a_marker_of_which_nothing_came_is_removed(run: Run, filled: None, home: Path) -> None:
    marker_of(home / "lumbar.db").write_text("whoever wrote it was killed before the step")
    assert run("today").code == 0
    assert not marker_of(home / "lumbar.db").exists()
