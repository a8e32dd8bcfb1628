"""Traces: recordings of landmarks, a header line and then a line a frame (`lumbar-trace/1`).

A trace is written beside its final name and moved there when it is whole: an interrupt leaves nothing half-written.
"""

import gzip
import io
import json
import math
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO, TypeGuard

from lumbar.core.body import POINTS, Frame
from lumbar.core.errors import BadTrace

FORMAT = "lumbar-trace/1"
_DIGITS = 6
_LONGEST_LINE = 65_536
"""A frame takes under 10 kB; a longer line than this is no trace, and is not read to its end."""

_NARROWEST = 0.01
_LARGEST = 1e12
"""No second and no share of a picture is so large; Python's whole numbers know no end."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a trace says of itself. model: name and sha256 of the landmark model. source: base name of the recording."""

    aspect: float
    fps: float
    model: Mapping[str, str]
    mirrored: bool
    smoothed: bool
    source: str


_READ_WRITE = 0o666

Rows = Sequence[Sequence[float]]


class TraceWriter:
    """Writes the lines of one trace."""

    def __init__(self, out: TextIO, header: Header) -> None:
        self._out = out
        line = {
            "format": FORMAT, "aspect": header.aspect, "fps": header.fps, "model": dict(header.model),
            "mirrored": header.mirrored, "smoothed": header.smoothed, "source": header.source,
        }  # fmt: skip
        self._write(line)

    def frame(self, t_s: float, points: Rows | None, world: Rows | None = None) -> None:
        """One frame; None where nobody was seen."""
        self._write({"t_s": round(t_s, 6), "points": _rounded(points), "world": _rounded(world)})

    def _write(self, line: Mapping[str, object]) -> None:
        self._out.write(json.dumps(line, allow_nan=False, separators=(",", ":")) + "\n")


@contextmanager
def writing(path: Path, header: Header) -> Iterator[TraceWriter]:
    """A writer whose file appears under its name only when the block ends well. Raises BadTrace when it cannot."""
    if not path.parent.is_dir():
        raise BadTrace("error.trace-folder", folder=path.parent.name, file=path.name)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        raise BadTrace("error.trace-unwritable", file=path.name) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with _text_out(raw, path) as out:
                yield TraceWriter(out, header)
            raw.flush()
            os.fsync(raw.fileno())
            os.fchmod(raw.fileno(), _READ_WRITE & ~_umask())
        temporary.replace(path)
    except OSError:
        raise BadTrace("error.trace-unwritable", file=path.name) from None
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    """What this process withholds from new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextmanager
def _text_out(raw: BinaryIO, path: Path) -> Iterator[TextIO]:
    if _is_packed(path):
        # No time and no name inside, so that the same landmarks give the same bytes.
        packed = gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0)
        with packed, io.TextIOWrapper(packed, encoding="utf-8") as text:
            yield text
        return
    out = io.TextIOWrapper(raw, encoding="utf-8")
    yield out
    out.detach()


def read_header(path: Path) -> Header:
    """The header of a trace. Raises BadTrace."""
    for _, line in _lines(path):
        return _header(line, path)
    raise BadTrace("error.trace-empty", file=path.name)


def frames(path: Path) -> Iterator[Frame]:
    """The frames of a trace, in order, and not mirrored. Raises BadTrace naming the line and what is wrong with it."""
    header: Header | None = None
    last_s = -math.inf
    for number, line in _lines(path):
        if header is None:
            header = _header(line, path)
            continue
        frame = _frame(line, header, path, number)
        if not frame.t_s > last_s:
            raise _bad(path, number, "its time does not advance")
        last_s = frame.t_s
        yield frame
    if header is None:
        raise BadTrace("error.trace-empty", file=path.name)


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    opener = gzip.open if _is_packed(path) else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8-sig") as file:
            while text := file.readline(_LONGEST_LINE):
                number += 1
                if len(text) == _LONGEST_LINE:
                    raise _bad(path, number, "it is too long for a frame")
                if text.strip():
                    yield number, _parsed(text, path, number)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        raise _bad(path, number + 1, "it cannot be read; the file may be cut short") from None


def _parsed(text: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        line = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _bad(path, number, "it is not JSON") from None
    if not isinstance(line, dict):
        raise _bad(path, number, "it is not a JSON object")
    return line


def _header(line: Mapping[str, Any], path: Path) -> Header:
    if line.get("format") != FORMAT:
        raise _bad(path, 1, f'the first line must say "format": "{FORMAT}"')
    aspect, fps, model = line.get("aspect"), line.get("fps", 0), line.get("model", {})
    if not (_number(aspect) and _NARROWEST <= aspect <= 1 / _NARROWEST):
        raise _bad(path, 1, "aspect must be a positive number, width divided by height")
    if not (_number(fps) and fps >= 0):
        raise _bad(path, 1, "fps must be a number of frames a second, or 0 where it is not known")
    if not (isinstance(model, dict) and all(isinstance(value, str) for value in model.values())):
        raise _bad(path, 1, "model must be an object of a name and a sha256")
    mirrored, smoothed = line.get("mirrored", False), line.get("smoothed", False)
    if not (isinstance(mirrored, bool) and isinstance(smoothed, bool)):
        raise _bad(path, 1, "mirrored and smoothed must be true or false")
    source = line.get("source", "")
    if not isinstance(source, str):
        raise _bad(path, 1, "source must be the recording's base name")
    return Header(float(aspect), float(fps), dict(model), mirrored=mirrored, smoothed=smoothed, source=source)


def _frame(line: Mapping[str, Any], header: Header, path: Path, number: int) -> Frame:
    t_s, points, world = line.get("t_s"), line.get("points"), line.get("world")
    if not _number(t_s):
        raise _bad(path, number, "t_s must be a number of seconds")
    if "points" not in line:
        raise _bad(path, number, "it has no points; write null where nobody was seen")
    if not (points is None or _is_table(points, 4)):
        raise _bad(path, number, f"points must be null or {POINTS} rows of x, y, z, visibility")
    if not (world is None or _is_table(world, 3)):
        raise _bad(path, number, f"world must be null or {POINTS} rows of x, y, z")
    frame = Frame.from_landmarks(points, aspect=header.aspect, t_s=float(t_s))
    return frame.mirrored() if header.mirrored else frame


def _is_table(value: object, width: int) -> bool:
    """Whether it is a row a point, each of numbers or nulls."""
    return (
        isinstance(value, list)
        and len(value) == POINTS
        and all(isinstance(row, list) and len(row) == width for row in value)
        and all(cell is None or _number(cell) for row in value for cell in row)
    )


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number(value: object) -> TypeGuard[float]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return -_LARGEST < value < _LARGEST


def _rounded(rows: Rows | None) -> list[list[float | None]] | None:
    if rows is None:
        return None
    return [[round(float(v), _DIGITS) if math.isfinite(v) else None for v in row] for row in rows]


def _bad(path: Path, number: int, why: str) -> BadTrace:
    return BadTrace("error.trace-line", file=path.name, line=number, why=why)
