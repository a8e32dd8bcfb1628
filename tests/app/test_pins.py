"""PINs: slow to try, slower to guess, and gone with whoever they belong to."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lumbar.app.pins import LONGEST_WAIT, KeptPin, Pins
from lumbar.core.errors import Misuse, NotAllowed, StoreUnavailable
from lumbar.export.pin_files import PinFolder


class HandClock:
    def __init__(self, at: Any) -> None:
        self.at = at

    def now(self) -> Any:
        return self.at

    def monotonic_s(self) -> float:
        return 0.0


@pytest.fixture
def clock() -> HandClock:
    from datetime import UTC, datetime

    return HandClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


@pytest.fixture
def pins(tmp_path: Path, clock: HandClock) -> Pins:
    return anew(tmp_path, clock)


def anew(folder: Path, clock: HandClock) -> Pins:
    """As after a restart."""
    return Pins(PinFolder(folder / "pins"), clock, lambda: "00" * 16)


def refused(pins: Pins, pin: str) -> tuple[str, int]:
    with pytest.raises(NotAllowed) as caught:
        pins.check("anna", pin)
    message = caught.value.message
    return message.id.removeprefix("error.pin-"), int(message.params.get("seconds", 0))


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", " 1234", "١٢٣٤", "-123", "12.4"])
def test_what_is_no_pin_is_refused(pins: Pins, pin: str) -> None:
    with pytest.raises(Misuse):
        pins.put("anna", pin)
    assert pins.stamp("anna") == ""


def test_it_opens_and_nothing_else_does(pins: Pins, tmp_path: Path) -> None:
    pins.check("anna", "")
    pins.put("anna", "0042")
    pins.check("anna", "0042")
    assert refused(pins, "42") == ("wrong", 0)
    assert refused(pins, "") == ("needed", 0)
    pins.check("ben", "")
    kept = (tmp_path / "pins/anna.json").read_text()
    assert "0042" not in kept
    assert (tmp_path / "pins/anna.json").stat().st_mode & 0o077 == 0
    pins.take_away("anna")
    pins.check("anna", "")


def test_wrong_tries_wait_longer_and_longer_and_over_a_restart(tmp_path: Path, clock: HandClock) -> None:
    pins = anew(tmp_path, clock)
    pins.put("anna", "1234")
    waits = []
    for _ in range(14):
        _, seconds = refused(anew(tmp_path, clock), "9999")
        waits.append(seconds)
        if seconds:
            assert refused(anew(tmp_path, clock), "1234") == ("wait", seconds), "not even the right one"
            clock.at += timedelta(seconds=seconds)
    assert waits[:6] == [0, 0, 30, 60, 120, 240]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT.total_seconds()
    pins.check("anna", "1234")
    assert refused(pins, "9999") == ("wrong", 0), "the right one begins anew"


def test_a_clock_that_was_set_back_waits_no_longer_than_it_would(pins: Pins, clock: HandClock) -> None:
    pins.put("anna", "1234")
    for _ in range(3):
        refused(pins, "9999")
    clock.at -= timedelta(days=400)
    assert refused(pins, "1234") == ("wait", 30)


def test_a_damaged_file_lets_nobody_in(pins: Pins, tmp_path: Path) -> None:
    pins.put("anna", "1234")
    (tmp_path / "pins/anna.json").write_text("{")
    with pytest.raises(StoreUnavailable):
        pins.check("anna", "")


def test_erasing_leaves_no_pin_and_none_that_was_cut_short(tmp_path: Path) -> None:
    place = PinFolder(tmp_path / "pins")
    place.write("p", KeptPin("00", "11"))
    (tmp_path / "pins" / ".pin-cut").write_text('{"salt": "00"', "ascii")
    place.clear()
    assert list((tmp_path / "pins").iterdir()) == []
