"""The live socket's messages as bytes and text, and back. Pure: no socket, no coach.

From the page: a hello as JSON, then binary messages of one or several records, 540 bytes each, little endian: a
sequence number (u32), the time in seconds (f64) and 33 points of x, y, z and visibility (f32; NaN: not seen).
To the page: JSON objects, told apart by `type`: welcome, event, ack, problem.
"""

import json
import math
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, get_args

from lumbar.app.live import Hello
from lumbar.core.body import POINTS, Frame, Landmark, Side
from lumbar.core.coach import Event, Progress
from lumbar.core.errors import BadFrame
from lumbar.core.message import Message

RECORD = struct.Struct(f"<Id{POINTS * 4}f")
MOST_RECORDS = 2_000
"""In one message: a whole hold's frames sent again, in pieces of about a megabyte."""

MOST_BYTES = MOST_RECORDS * RECORD.size
_MOST_NAME = 100
_NAMES: Mapping[type, str] = {kind: re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower() for kind in get_args(Event)}
_KINDS: Mapping[str, type] = {name: kind for kind, name in _NAMES.items()}


def decode_frames(data: bytes, aspect: float) -> list[tuple[int, Frame]]:
    """The records of a binary message. Raises BadFrame when it is not made of whole records, or of too many."""
    if not data or len(data) % RECORD.size:
        raise BadFrame("error.live-size", size=len(data), record=RECORD.size)
    if len(data) > MOST_BYTES:
        raise BadFrame("error.live-many", most=MOST_RECORDS)
    return [(seq, Frame(t_s, aspect, _points(values))) for seq, t_s, *values in RECORD.iter_unpack(data)]


def encode_frames(frames: Iterable[tuple[int, Frame]]) -> bytes:
    """A binary message, as a page sends it."""
    return b"".join(
        RECORD.pack(seq, frame.t_s, *(value for point in frame.points for value in point)) for seq, frame in frames
    )


def decode_hello(text: str) -> Hello:
    """A page's first words. Raises BadFrame naming the field."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFrame("error.live-json") from None
    if not isinstance(data, dict) or data.get("type") != "hello":
        raise BadFrame("error.live-hello", field="type")
    side = data.get("side")
    rung = data.get("rung")
    watch = data.get("watch", False)
    if not isinstance(watch, bool):
        raise BadFrame("error.live-hello", field="watch")
    idle = watch and data.get("exercise") is None
    return Hello(
        session=_name(data, "session"),
        step=0 if watch else _count(data, "step"),
        epoch=_count(data, "epoch"),
        aspect=_amount(data, "aspect", 0.1, 10.0),
        exercise=None if idle else _name(data, "exercise"),
        rung=None if rung is None else _name(data, "rung"),
        side=None if side is None else _side(side),
        target_s=0.0 if watch else _amount(data, "target_s", 1.0, 3_600.0),
        watch=watch,
    )


def event_json(event: Event) -> dict[str, Any]:
    """An event as plain values; `event` is its name."""
    told = {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    return {"type": "event", "event": _NAMES[type(event)], **told}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """The event that `event_json` has told."""
    kind = _KINDS[data["event"]]
    told: Event = kind(**{field.name: _value(field.name, data[field.name]) for field in fields(kind)})
    return told


def welcome_json(next_seq: int, progress: Progress | None, coach: str) -> dict[str, Any]:
    """The answer to a hello: the first sequence number that is wanted, and the coach's version, for the set's fact."""
    return {
        "type": "welcome",
        "next_seq": next_seq,
        "progress": None if progress is None else progress.as_json(),
        "coach": coach,
    }


def ack_json(next_seq: int, progress: Progress | None) -> dict[str, Any]:
    """All up to `seq` was seen; -1: nothing yet."""
    return {"type": "ack", "seq": next_seq - 1, "progress": None if progress is None else progress.as_json()}


def problem_json(message: Message, detail: str) -> dict[str, Any]:
    """The last words before the socket is closed."""
    return {"type": "problem", "detail": detail, "message": message.as_json()}


def _points(values: list[float]) -> tuple[Landmark, ...]:
    if math.inf in values or -math.inf in values:
        values = [math.nan if math.isinf(value) else value for value in values]
    numbers = iter(values)
    return tuple(map(Landmark, numbers, numbers, numbers, numbers))


def _plain(value: object) -> object:
    return value.as_json() if isinstance(value, Message) else value


def _value(name: str, value: Any) -> object:
    if name == "message":
        return Message(value["id"], value["params"])
    return Side(value) if name == "side" and value is not None else value


def _name(data: Mapping[str, Any], field: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _MOST_NAME:
        raise BadFrame("error.live-hello", field=field)
    return value


def _count(data: Mapping[str, Any], field: str) -> int:
    value = data.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise BadFrame("error.live-hello", field=field)
    return value


def _amount(data: Mapping[str, Any], field: str, low: float, high: float) -> float:
    value = data.get(field)
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise BadFrame("error.live-hello", field=field)
    return float(value)


def _side(value: object) -> Side:
    try:
        return Side(value)  # type: ignore[arg-type]
    except ValueError:
        raise BadFrame("error.live-hello", field="side") from None
