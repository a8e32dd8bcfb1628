"""The calendar as a feed reader parses it, in each language, compared with what was read once: of somebody who has
answered everything, and of somebody who has told nothing yet. LUMBAR_WRITE_GOLDEN writes them anew."""

import json
import os
from pathlib import Path
from typing import Any

import icalendar
import pytest
from starlette.testclient import TestClient

from lumbar.app.house import House
from lumbar.catalog.words import languages

GOLDEN = Path(__file__).parent / "golden"
TELLS = ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "RRULE", "UID", "SEQUENCE")


def parsed(content: bytes) -> list[dict[str, Any]]:
    """Each entry with what it tells, and its alarms; every part must be one that can be parsed. What follows the sign
    "at" of an id is the person's own and drawn anew each time."""
    calendar = icalendar.Calendar.from_ical(content)
    entries = [part for part in calendar.subcomponents if part.name in ("VEVENT", "VTODO")]
    assert not [problem for part in calendar.walk() for problem in part.errors]
    return [
        {
            **{name: part[name].to_ical().decode().partition("@")[0] for name in TELLS if name in part},
            "alarms": [alarm["TRIGGER"].to_ical().decode() for alarm in part.walk("VALARM")],
        }
        for part in entries
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["page", "healthy"])
def test_the_calendar_reads_as_the_golden(kind: str, language: str, house: House, request: Any) -> None:
    client: TestClient = request.getfixturevalue(kind)
    assert client.get("/healthz").status_code == 200
    person = house.people.only()
    assert person is not None
    found = parsed(house.show_calendar(person, zone="Europe/Berlin", language=language))
    path = GOLDEN / f"calendar-{kind}.{language}.json"
    if os.environ.get("LUMBAR_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(path.read_text("utf-8"))
