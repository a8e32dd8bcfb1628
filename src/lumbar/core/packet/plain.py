"""The packet as plain values."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from lumbar.core.message import Message
from lumbar.core.packet.packet import Packet


def as_json(packet: Packet) -> dict[str, object]:
    """Everything in it, with dates as text and messages as ids with parameters."""
    plain = _plain(packet)
    assert isinstance(plain, dict)
    return {**plain, "age": packet.age}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return value.as_json()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
