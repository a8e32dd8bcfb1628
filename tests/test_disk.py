"""What is to be on the disk is there, and what is to be gone is gone."""

import fcntl
import os
from pathlib import Path

import pytest

from lumbar import disk


def test_on_a_mac_the_drives_own_cache_is_emptied_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, what: asked.append(what))
    monkeypatch.setattr(os, "fsync", lambda _handle: pytest.fail("that reaches the drive's cache alone"))
    (tmp_path / "x").write_bytes(b"x")
    disk.make_durable(tmp_path / "x")
    disk.make_folder_durable(tmp_path)
    assert asked == [51, 51]


def test_a_share_that_knows_no_more_is_asked_the_usual_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def refusing(_handle: int, _what: int) -> None:
        raise OSError(45, "Operation not supported")

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refusing)
    monkeypatch.setattr(os, "fsync", asked.append)
    (tmp_path / "x").write_bytes(b"x")
    disk.make_durable(tmp_path / "x")
    assert len(asked) == 1


def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refusing(_handle: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refusing)
    monkeypatch.setattr(os, "sync", lambda: asked.append("all"))
    disk.make_folder_durable(tmp_path)
    assert asked == ["all"]


def test_what_goes_is_overwritten_first(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "x"
    path.parent.mkdir()
    path.write_bytes(b"it hurts here" * 200_000)
    with path.open("rb") as held:
        disk.shred_folder(path.parent)
        assert set(held.read()) == {0}
    assert list(tmp_path.iterdir()) == []
    disk.shred(path)


def test_what_has_another_name_or_only_points_there_keeps_its_words(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"words")
    (tmp_path / "link").hardlink_to(kept)
    (tmp_path / "pointer").symlink_to(kept)
    for name in ("link", "pointer"):
        disk.shred(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.read_bytes() == b"words"


def test_one_at_a_time(tmp_path: Path) -> None:
    with disk.alone_in(tmp_path, wait=True) as first, disk.alone_in(tmp_path, wait=False) as second:
        assert (first, second) == (True, False)
    with disk.alone_in(tmp_path, wait=False) as again:
        assert again
