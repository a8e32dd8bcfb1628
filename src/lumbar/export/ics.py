"""Writes a calendar as iCalendar (RFC 5545): single entries in universal time, each with an alarm where it rings.

Nothing recurs and no zone is described: what a slip or a change of the clocks moves is written at its new moment.
The same entry keeps its UID, its SEQUENCE only grows, and LAST-MODIFIED is when its place was last decided. There is no
METHOD: that would make it a message between people, which must name an organizer (RFC 5546, 3.2.1).
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from lumbar.app.calendar import Calendar, Entry

_LONGEST_LINE = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""

MEDIA_TYPE = "text/calendar; charset=utf-8"


def ics(calendar: Calendar) -> bytes:
    """The calendar as a file."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(calendar)).encode()


def _lines(calendar: Calendar) -> Iterable[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//lumbar//lumbar//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{_text(calendar.title)}"
    yield f"NAME:{_text(calendar.title)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:PT{calendar.refresh_min}M"
    yield f"X-PUBLISHED-TTL:PT{calendar.refresh_min}M"
    # A calendar must hold something, and one may have no entry: while everything is paused.
    yield from ("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000")
    yield from ("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE")
    for entry in calendar.entries:
        yield from _entry(entry, calendar)
    yield "END:VCALENDAR"


def _entry(entry: Entry, calendar: Calendar) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_moment(calendar.at)}"
    yield f"LAST-MODIFIED:{_moment(calendar.decided_at)}"
    yield f"SEQUENCE:{calendar.sequence}"
    yield f"DTSTART:{_moment(entry.begins)}"
    yield f"DURATION:PT{entry.minutes}M"
    yield f"SUMMARY:{_text(entry.title)}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    if entry.rings:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S", f"DESCRIPTION:{_text(entry.title)}", "END:VALARM")
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Broken into lines of at most 75 octets, never inside a letter; each further one begins with a space."""
    lines, octets = [""], 0
    for letter in line:
        width = len(letter.encode())
        if octets + width > _LONGEST_LINE:
            lines.append(" ")
            octets = 1
        lines[-1] += letter
        octets += width
    return "\r\n".join(lines)
