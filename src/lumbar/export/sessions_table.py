"""Past sessions from a plain table: one line a hold, with the columns `date`, `exercise`, `seconds` and, where there
are any, `side` and `rung`. The facts that come of it have ids made of the line, so that bringing it again adds none.
"""

import csv
import io
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from lumbar.app.ports import Exported
from lumbar.catalog import Catalogue
from lumbar.core.body import Side
from lumbar.core.errors import BadImport, NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.message import Param
from lumbar.core.record import Fact, new_fact

COLUMNS = ("date", "exercise", "seconds")
OPTIONAL = ("side", "rung")
MOST_ROWS = 50_000
"""The longest table: 35 holds a day for four years (design)."""

_MOST_A_DAY = 100
_MOST_S = 3_600
_NOON = time(12)
_SPACE = uuid.UUID("8d0a4c1e-6f5b-5a1c-9f0e-2f6c756d6261")
"""Where the ids of lines come from; any constant would do, as long as it stays."""

_SIDES = {"": None, "left": Side.LEFT, "l": Side.LEFT, "right": Side.RIGHT, "r": Side.RIGHT}


@dataclass(frozen=True, slots=True)
class SessionsTable:
    """Reads a table of past sessions. most_rows: more are refused."""

    catalogue: Catalogue
    most_rows: int = MOST_ROWS

    def __call__(self, data: bytes, person: str, now: datetime) -> Exported:
        """Raises BadImport, naming the line and the column."""
        return Exported(person, now, tuple(self._facts(_text(data), person, now)))

    def _facts(self, text: str, person: str, now: datetime) -> Iterator[Fact]:
        seen: dict[str, int] = {}
        steps: dict[date, int] = {}
        for line, row in _rows(text, self.most_rows):
            on = _day(row, line, now)
            exercise = self._exercise(row, line)
            rung, side, held_s = _rung(row, line, exercise), _side(row, line, exercise), _seconds(row, line)
            key = f"{on}|{exercise.id}|{rung}|{side}|{held_s:g}"
            seen[key] = seen.get(key, 0) + 1
            step = steps[on] = steps.get(on, -1) + 1
            if step >= _MOST_A_DAY:
                raise BadImport("error.import-day", line=line, on=on.isoformat(), most=_MOST_A_DAY)
            yield new_fact(
                "set-done",
                {
                    "session": f"table-{on}",
                    "step": step,
                    "exercise": exercise.id,
                    "rung": rung,
                    "side": side,
                    "set": seen[key],
                    "hold": 1,
                    "target_s": held_s,
                    "credited_s": held_s,
                    "outcome": "done",
                    "measured": False,
                    "faults": [],
                },
                fact_id=str(uuid.uuid5(_SPACE, f"{key}|{seen[key]}")),
                person=person,
                at=datetime.combine(on, _NOON, now.tzinfo or UTC),
                recorded_at=now,
                zone="UTC",
                device="table",
                source="import",
            )

    def _exercise(self, row: Mapping[str, str], line: int) -> Exercise:
        named = re.sub(r"[\s_]+", "-", row["exercise"].lower())
        try:
            return self.catalogue.exercise(named)
        except NotFound:
            known = ", ".join(self.catalogue.exercises)
            raise _wrong(line, "exercise", "one-of", options=known) from None


def _text(data: bytes) -> str:
    """The table's text. Spreadsheets write UTF-8 with or without a mark in front; other encodings would turn names into
    rubbish without anybody seeing it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise BadImport("error.import-encoding")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadImport("error.import-encoding") from None


def _rows(text: str, most_rows: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines with their numbers, their cells by column."""
    text = text.lstrip("\r\n")
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        _check_head(names)
        rows = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            rows += 1
            if rows > most_rows:
                raise BadImport("error.import-rows", most=most_rows)
            if len(cells) != len(names):
                raise BadImport("error.import-cells", line=reader.line_num, found=len(cells), wanted=len(names))
            yield reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=True))
        if not rows:
            raise BadImport("error.import-no-rows")
    except csv.Error:
        raise BadImport("error.import-csv", line=reader.line_num) from None


def _check_head(names: list[str]) -> None:
    known = {*COLUMNS, *OPTIONAL}
    if not set(COLUMNS) <= set(names) or not set(names) <= known or len(set(names)) != len(names):
        raise BadImport("error.import-columns", wanted=", ".join(COLUMNS), optional=", ".join(OPTIONAL))


def _day(row: Mapping[str, str], line: int, now: datetime) -> date:
    try:
        on = date.fromisoformat(row["date"])
    except ValueError:
        raise _wrong(line, "date", "day-before") from None
    if not date(2000, 1, 1) <= on < now.date():
        raise _wrong(line, "date", "day-before")
    return on


def _seconds(row: Mapping[str, str], line: int) -> float:
    text = row["seconds"].replace(",", ".")
    held_s = float(text) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) else 0.0
    if not 0 < held_s <= _MOST_S:
        raise _wrong(line, "seconds", "above-zero", most=_MOST_S)
    return held_s


def _side(row: Mapping[str, str], line: int, exercise: Exercise) -> str | None:
    told = row.get("side", "").lower()
    if exercise.two_sided and _SIDES.get(told) is None:
        raise _wrong(line, "side", "side")
    if not exercise.two_sided and told:
        raise _wrong(line, "side", "no-side")
    side = _SIDES.get(told)
    return None if side is None else side.value


def _rung(row: Mapping[str, str], line: int, exercise: Exercise) -> str:
    named = row.get("rung", "")
    if not named:
        return exercise.first_rung.id
    if named not in {rung.id for rung in exercise.rungs}:
        raise _wrong(line, "rung", "one-of", options=", ".join(rung.id for rung in exercise.rungs))
    return named


def _wrong(line: int, column: str, wanted: str, **numbers: Param) -> BadImport:
    """A cell that is not what it must be. wanted: the words for that, after `error.wanted.`."""
    return BadImport("error.import-cell", line=line, column=column, wanted=f"@error.wanted.{wanted}", **numbers)
