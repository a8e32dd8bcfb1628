"""The record as tables for a spreadsheet: one CSV file for each type of fact, in a zip.

They are for reading, not for bringing back: that is what the JSON is for. A cell that a spreadsheet would take for a
formula gets an apostrophe in front, for a note may hold anything; so does what a spreadsheet that parts cells at
semicolons, tabs or ends of lines would take for one inside a cell. Names in other scripts are UTF-8, and the mark in
front of each file tells spreadsheets so.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lumbar.app.ports import Exported
from lumbar.core.record import LARGE, Fact, Record

_ENVELOPE = ("id", "at", "zone", "on", "recorded_at", "device", "source", "v", "stands")
_FORMULA = re.compile(r"""(?:^|(?<=[;\t\r\n]))(?=[ "]*[=+\-@＝＋－＠])|^(?=[\t\r\n])""")
"""Where a formula would begin: in front, and after whatever parts cells for the spreadsheet of another language. Spaces
and quotes before its sign do not hide it."""

_LISTS = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
"""Made once: `json.dumps` makes a new one for every cell."""
_PLAIN = frozenset({int, float, type(None)})
"""What the writer of tables writes as `cell` does, and in a third of the time."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)


class CsvTables:
    """Writes a zip of tables, `<type>.csv`, each a line a fact, oldest first. `stands` is no where a fact was taken
    back; an amended one is shown as it stands. Sessions leave out their scripts, which are programs and no table."""

    suffix: ClassVar[str] = "csv.zip"
    media_type: ClassVar[str] = "application/zip"
    whole: ClassVar[bool] = False

    def __call__(self, exported: Exported) -> Iterator[bytes]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name, table in tables(exported.facts).items():
                file.writestr(zipfile.ZipInfo(f"{name}.csv", _EARLIEST), table, zipfile.ZIP_DEFLATED)
        yield packed.getvalue()


def tables(facts: Iterable[Fact]) -> dict[str, bytes]:
    """The tables by type of fact, each as a CSV file's bytes."""
    record = Record(facts)
    standing = {fact.id: fact for fact in record.facts}
    by_type: dict[str, list[dict[str, Any]]] = {}
    for told in record.uncorrected:
        by_type.setdefault(told.type, []).append(_row(standing.get(told.id, told), told.id in standing))
    return {name: _table(rows) for name, rows in sorted(by_type.items())}


def _row(fact: Fact, stands: bool) -> dict[str, Any]:
    plain = fact.as_json()
    row = {name: plain[name] for name in _ENVELOPE if name != "stands"} | {"stands": stands}
    large = LARGE.get(fact.type, frozenset())
    return row | {f"body.{name}": value for name, value in fact.body.items() if name not in large}


def _table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    columns = list(_columns(rows))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(cell, (name.removeprefix("body.") if name not in _CLASHES else name for name in columns)))
    for row in rows:
        values = map(row.get, columns)
        writer.writerow([value if type(value) in _PLAIN else cell(value) for value in values])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    """The columns, in the order in which they first came up."""
    found: dict[str, None] = {}
    for row in rows:
        if not row.keys() <= found.keys():  # hardly ever: facts of a type are alike
            found |= dict.fromkeys(row)
    return found


_CLASHES = frozenset(f"body.{name}" for name in _ENVELOPE)


def cell(value: Any) -> str:
    """A value as a spreadsheet may show it and never run it. Lists and tables are written as JSON."""
    if isinstance(value, str):
        return _FORMULA.sub("'", value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(value)
    return _FORMULA.sub("'", _LISTS.encode(value))  # it begins with a bracket, but a note in it may hold a semicolon
