"""A body as a camera sees it: 33 points at one moment.

The points and their order are those of BlazePose. x and y are shares of the picture's width and height, y grows
downwards. `aspect` (width / height) is what makes an angle in such coordinates true, so it has no default.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from lumbar.core.errors import BadFrame

POINTS = 33


class Side(StrEnum):
    """A side of the person's own body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Joint(IntEnum):
    """BlazePose's landmarks, in its order."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


class Part(IntEnum):
    """A joint that the body has twice, by the number of its left one."""

    EYE = 2
    EAR = 7
    SHOULDER = 11
    ELBOW = 13
    WRIST = 15
    INDEX = 19
    HIP = 23
    KNEE = 25
    ANKLE = 27
    HEEL = 29
    TOE = 31

    def on(self, side: Side) -> int:
        """The landmark's index on that side."""
        return _ON[self, side]


_ON = {
    (part, side): int(Joint[f"{side.name}_{'FOOT_INDEX' if part is Part.TOE else part.name}"])
    for part in Part
    for side in Side
}


class Landmark(NamedTuple):
    """A point: shares of the picture, depth in the same unit as x, and how sure the model is that it shows (0..1)."""

    x: float
    y: float
    z: float
    visibility: float


_MISSING = Landmark(math.nan, math.nan, math.nan, 0.0)
_SWAPPED = (0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, POINTS)))


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of one body.

    t_s: seconds on a clock that only moves forward. aspect: width / height of the picture.
    points: 33 landmarks; a missing one is NaN or has visibility 0.
    Raises BadFrame for another number of points, a time that is no number, or an aspect that is not positive.
    """

    t_s: float
    aspect: float
    points: tuple[Landmark, ...]

    @classmethod
    def from_landmarks(cls, points: Iterable[Sequence[float]] | None, *, aspect: float, t_s: float) -> "Frame":
        """A frame from 33 rows of (x, y, z, visibility): lists, tuples or an array. None is a picture of nobody.

        Raises BadFrame when there are not 33 rows of four numbers.
        """
        try:
            rows = (_MISSING,) * POINTS if points is None else tuple([_landmark(*row) for row in points])
            t_s, aspect = float(t_s), float(aspect)
        except (TypeError, ValueError, OverflowError) as cause:
            raise BadFrame("error.frame-shape") from cause
        return cls(t_s, aspect, rows)

    def __post_init__(self) -> None:
        if not (isinstance(self.aspect, int | float) and 0 < self.aspect < math.inf):
            raise BadFrame("error.frame-aspect", aspect=str(self.aspect))
        if not isinstance(self.t_s, int | float):
            raise BadFrame("error.frame-time", t_s=str(self.t_s), last_s="")
        if len(self.points) != POINTS:
            raise BadFrame("error.frame-points", count=len(self.points))

    @property
    def nobody(self) -> bool:
        """Whether no point was seen at all."""
        return all(not p.visibility > 0 or p.x != p.x for p in self.points)

    def mirrored(self) -> "Frame":
        """The same moment in a mirror: x is flipped and left and right change names."""
        points = self.points
        flipped = tuple([Landmark(1.0 - points[i].x, points[i].y, points[i].z, points[i].visibility) for i in _SWAPPED])
        return Frame(self.t_s, self.aspect, flipped)


def _landmark(x: float | None, y: float | None, z: float | None, visibility: float | None) -> Landmark:
    if x is None or y is None or visibility is None:
        return _MISSING
    return Landmark(float(x), float(y), math.nan if z is None else float(z), float(visibility))
