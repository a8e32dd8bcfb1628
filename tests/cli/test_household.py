"""The record is opened in one place, with the settings of the command, and closed again whatever comes of it."""

from pathlib import Path

import pytest

import lumbar.cli
from lumbar import wiring
from lumbar.cli.household import opened

OWN = {"household.py", "server.py"}
"""The one place; and the server, which holds the record open for as long as it runs."""


def test_no_command_opens_the_house_in_its_own_way() -> None:
    commands = sorted(Path(lumbar.cli.__file__).parent.glob("*.py"))
    assert {path.name for path in commands if "build_house(" in path.read_text("utf-8")} == OWN


def test_it_keeps_its_backups_where_the_settings_say(tmp_path: Path) -> None:
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path / "elsewhere")})
    with opened(settings) as (house, _):
        made = house.backups.make()
    assert list((tmp_path / "elsewhere").rglob(made.name))


def test_it_is_closed_when_a_command_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path)})
    closed: list[bool] = []

    def fails() -> None:
        with opened(settings) as (house, _):
            monkeypatch.setattr(type(house.store), "close", lambda _: closed.append(True))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert closed == [True]
