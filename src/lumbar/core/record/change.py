"""What is made of a record, and goes on when the record does.

A fold is any value that follows from the facts. It is kept with the record that it was made of; when facts are merged
into that record, the fold is told of the change and goes on from where it stood, so that a new fact costs no replay.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from lumbar.core.record.fact import Fact

if TYPE_CHECKING:
    from lumbar.core.record.record import Record

State = TypeVar("State")
Rules = TypeVar("Rules")


@dataclass(frozen=True, slots=True)
class Change:
    """What a record has that an earlier one had not.

    told: new facts, as they were told. came and gone: facts as they stand now and did not before, and as they stood
    before and do not now. A plain fact is told and came; one that was amended is gone and came; one that was taken back
    is gone.
    """

    told: tuple[Fact, ...]
    came: tuple[Fact, ...]
    gone: tuple[Fact, ...]


class Fold(Protocol[State]):
    """Makes a value of a record. It is looked up by equality, and its values must never be changed in place."""

    def start(self, record: "Record") -> State:
        """The value of a record, from all of its facts."""

    def resume(self, state: State, change: Change, record: "Record") -> State:
        """The value of `record`, from that of the record before the change."""


class RuledFold(Generic[Rules]):
    """What a fold under rules shares with others: it is the same as another of its kind under the very same rules."""

    __slots__ = ("rules",)

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.rules is self.rules

    def __hash__(self) -> int:
        return hash((type(self), id(self.rules)))
