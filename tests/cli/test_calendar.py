"""`lumbar calendar`: the same entries as the feed, to a file or to standard output."""

import os
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

COMMAND = [sys.executable, "-m", "lumbar", "calendar"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
    return {**kept, "LUMBAR_HOME": str(tmp_path / "home"), "TZ": "Europe/Berlin"}


def test_it_writes_a_whole_calendar_to_standard_output_or_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    shown = subprocess.run(COMMAND, env=environment, capture_output=True, timeout=60, check=True)
    assert icalendar.Calendar.from_ical(shown.stdout)["NAME"] == "lumbar"
    output = tmp_path / "weeks.ics"
    told = subprocess.run([*COMMAND, "-o", str(output)], env=environment, capture_output=True, timeout=60, check=True)
    assert str(output).encode() in told.stderr
    assert told.stdout == b""
    assert output.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert not list((tmp_path / "home").glob("calendar-key*"))  # a file needs no address


def test_a_file_that_cannot_be_written_is_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "weeks.ics"
    told = subprocess.run([*COMMAND, "-o", str(output)], env=environment, capture_output=True, timeout=60, check=False)
    assert told.returncode == 1
    assert told.stderr.count(b"\n") == 1
