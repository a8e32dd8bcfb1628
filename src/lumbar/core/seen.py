"""What was seen: one frame's points in true proportions, and the plane geometry on them.

y is turned to grow upwards, and a point that was not seen well enough is None, which every function here passes on.
"""

import math

from lumbar.core.body import Frame, Part, Side

Point = tuple[float, float]

_PICTURES_AWAY = 10.0
"""A point further from the picture than so many of its sizes is a number gone wrong and no sighting."""

_NO_LENGTH = 0.01
"""A part of the body shorter than this share of the picture's height is too short to measure others by."""

_NEAR_LEAD = 0.25
"""By how much the other side's visibilities, summed over five joints, must lead before it becomes the near one."""


class Seen:
    """A frame's points in true proportions, y up, behind a gate of visibility.

    near: the side nearer to the camera, the one seen better. With `near_before`, the side that was nearer a moment ago,
    it changes only when the other is seen clearly better, so that it does not flicker between two that are seen alike.
    """

    __slots__ = ("_aspect", "_found", "_gate", "_points", "near")

    def __init__(self, frame: Frame, min_visibility: float, near_before: Side | None = None) -> None:
        self._points = frame.points
        self._aspect = frame.aspect
        self._gate = min_visibility
        self._found: dict[int, Point | None] = {}
        self.near = _near(frame, near_before)

    def at(self, index: int) -> Point | None:
        """The point (x, y) in picture heights, or None when it was not seen well enough."""
        found = self._found
        if index not in found:
            found[index] = self._look_at(index)
        return found[index]

    def _look_at(self, index: int) -> Point | None:
        x, y, _z, visibility = self._points[index]
        if not (
            visibility >= self._gate and -_PICTURES_AWAY < x < _PICTURES_AWAY and -_PICTURES_AWAY < y < _PICTURES_AWAY
        ):
            return None
        return x * self._aspect, -y

    def part(self, part: Part, side: Side) -> Point | None:
        """The point of one side."""
        return self.at(part.on(side))

    def middle(self, part: Part, side: Side) -> Point | None:
        """The mean of both sides where both are seen, else the given side."""
        here = self.at(part.on(side))
        if here is None:
            return None
        there = self.at(part.on(side.other))
        return here if there is None else ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)


_TELLING = tuple(int(part) for part in (Part.SHOULDER, Part.ELBOW, Part.HIP, Part.KNEE, Part.ANKLE))


def _near(frame: Frame, before: Side | None) -> Side:
    points = frame.points
    left = right = 0.0
    for index in _TELLING:
        a, b = points[index].visibility, points[index + 1].visibility
        left += a if a == a else 0.0
        right += b if b == b else 0.0
    if before is None:
        return Side.LEFT if left >= right else Side.RIGHT
    lead = right - left if before is Side.LEFT else left - right
    return before.other if lead > _NEAR_LEAD else before


def angle(a: Point | None, b: Point | None, c: Point | None) -> float | None:
    """The angle at b between a and c, 0..180 degrees."""
    if a is None or b is None or c is None:
        return None
    ux, uy, vx, vy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    if (ux == 0.0 and uy == 0.0) or (vx == 0.0 and vy == 0.0):
        return None
    return abs(math.degrees(math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)))


def from_vertical(low: Point | None, high: Point | None) -> float | None:
    """How far low -> high leans from straight up, 0..180 degrees."""
    if low is None or high is None or low == high:
        return None
    return abs(math.degrees(math.atan2(high[0] - low[0], high[1] - low[1])))


def from_horizontal(a: Point | None, b: Point | None) -> float | None:
    """How steep a - b is, 0..90 degrees."""
    if a is None or b is None or a == b:
        return None
    return math.degrees(math.atan2(abs(b[1] - a[1]), abs(b[0] - a[0])))


def length(a: Point | None, b: Point | None) -> float | None:
    if a is None or b is None:
        return None
    length = math.hypot(a[0] - b[0], a[1] - b[1])
    return length if length > _NO_LENGTH else None


def above_line(a: Point | None, b: Point | None, c: Point | None) -> float | None:
    """How far b lies above the line a - c, as a share of the line's length."""
    if a is None or b is None or c is None:
        return None
    dx, dy = c[0] - a[0], c[1] - a[1]
    squared = dx * dx + dy * dy
    if squared < _NO_LENGTH * _NO_LENGTH:
        return None
    cross = dx * (b[1] - a[1]) - dy * (b[0] - a[0])
    return (cross if dx >= 0.0 else -cross) / squared


def rise(high: Point | None, low: Point | None, unit: float | None) -> float | None:
    """By how many units `high` lies above `low`."""
    if high is None or low is None or unit is None:
        return None
    return (high[1] - low[1]) / unit
