"""Where the body is in an exercise."""

from enum import StrEnum


class Position(StrEnum):
    """Where the body is; it orders a session so that it goes down to the floor once."""

    STANDING = "standing"
    SITTING = "sitting"
    HALF_KNEELING = "half-kneeling"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    SUPINE = "supine"

    @property
    def on_floor(self) -> bool:
        """Whether a person lies down for it."""
        return self in (Position.PRONE, Position.SIDE_LYING, Position.SUPINE)
