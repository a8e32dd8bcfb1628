"""A thing to say, before it is put into words.

Core knows no human language: it names a message and its parameters, and the rim of the program looks the words up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Param = str | int | float

_NOTHING: Mapping[str, Param] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Message:
    """A message id and its parameters.

    A parameter that begins with ``@`` is itself a message id and is put into words first, with the other parameters.
    """

    id: str
    params: Mapping[str, Param] = field(default_factory=lambda: _NOTHING)

    def as_json(self) -> dict[str, object]:
        """``{"id": ..., "params": {...}}``."""
        return {"id": self.id, "params": dict(self.params)}

    def __hash__(self) -> int:
        return hash((self.id, tuple(sorted(self.params.items()))))


def say(message_id: str, **params: Param) -> Message:
    """A message by id and keyword parameters."""
    return Message(message_id, MappingProxyType(params) if params else _NOTHING)
