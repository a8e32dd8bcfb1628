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
from typing import Any, TextIO

from lumbar.core.body import POINTS, Frame
from lumbar.core.errors import BadFrame, BadTrace

FORMAT = "lumbar-trace/1"
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Header:
    """What a trace says of itself. model: name and sha256 of the landmark model. source: base name of the recording."""

    aspect: float
    fps: float
    model: Mapping[str, str]
    mirrored: bool
    smoothed: bool
    source: str


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
    """A writer whose file appears under its name only when the block ends well. Raises BadTrace when it cannot be written."""
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
        temporary.replace(path)
    except OSError:
        raise BadTrace("error.trace-unwritable", file=path.name) from None
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _text_out(raw: io.BufferedWriter | Any, path: Path) -> Iterator[TextIO]:
    if path.name.endswith(".gz"):
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8") as out:
            yield out
        return
    out = io.TextIOWrapper(raw, encoding="utf-8")
    yield out
    out.flush()
    out.detach()


def read_header(path: Path) -> Header:
    """The header of a trace. Raises BadTrace."""
    for _, line in _lines(path):
        return _header(line, path)
    raise BadTrace("error.trace-empty", file=path.name)


def frames(path: Path) -> Iterator[Frame]:
    """The frames of a trace, in order. Raises BadTrace naming the line and what is wrong with it."""
    header: Header | None = None
    last_s = -math.inf
    for number, line in _lines(path):
        if header is None:
            header = _header(line, path)
            continue
        frame = _frame(line, header.aspect, path, number)
        if not frame.t_s > last_s:
            raise _bad(path, number, "its time does not advance")
        last_s = frame.t_s
        yield frame
    if header is None:
        raise BadTrace("error.trace-empty", file=path.name)


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    opener = gzip.open if path.name.endswith(".gz") else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, text in enumerate(file, start=1):  # noqa: B007 - told when reading breaks off
                if text.strip():
                    yield number, _parsed(text, path, number)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error):
        raise _bad(path, number + 1, "it cannot be read; the file may be cut short") from None


def _parsed(text: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(path, number, "it is not JSON") from None
    if not isinstance(line, dict):
        raise _bad(path, number, "it is not a JSON object")
    return line


def _header(line: Mapping[str, Any], path: Path) -> Header:
    if line.get("format") != FORMAT:
        raise _bad(path, 1, f'the first line must say "format": "{FORMAT}"')
    aspect, fps, model = line.get("aspect"), line.get("fps"), line.get("model")
    if not _number(aspect) or not 0 < float(aspect or 0) < 100:
        raise _bad(path, 1, "aspect must be a positive number, width divided by height")
    return Header(
        aspect=float(aspect or 0),
        fps=float(fps or 0) if _number(fps) else 0.0,
        model={str(k): str(v) for k, v in model.items()} if isinstance(model, dict) else {},
        mirrored=bool(line.get("mirrored")),
        smoothed=bool(line.get("smoothed")),
        source=str(line.get("source", "")),
    )


def _frame(line: Mapping[str, Any], aspect: float, path: Path, number: int) -> Frame:
    t_s, points = line.get("t_s"), line.get("points")
    if not _number(t_s):
        raise _bad(path, number, "t_s must be a number of seconds")
    if "points" not in line:
        raise _bad(path, number, "it has no points; write null where nobody was seen")
    if points is not None and not isinstance(points, list):
        raise _bad(path, number, "points must be a list or null")
    try:
        return Frame.from_landmarks(points, aspect=aspect, t_s=float(t_s or 0))
    except BadFrame:
        raise _bad(path, number, f"points must be {POINTS} rows of x, y, z, visibility") from None


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _rounded(rows: Rows | None) -> list[list[float | None]] | None:
    if rows is None:
        return None
    return [[round(float(v), _DIGITS) if math.isfinite(v) else None for v in row] for row in rows]


def _bad(path: Path, number: int, why: str) -> BadTrace:
    return BadTrace("error.trace-line", file=path.name, line=number, why=why)
