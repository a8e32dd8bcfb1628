"""Named measures: what can be read off one frame, in degrees or as a share of a length.

Each measure takes what was seen and the side it concerns, and gives a number or None. None means that a point it needs
was not seen well enough; it never guesses. All lengths are true to the picture's aspect; y is turned to grow upwards.

For an exercise without sides the side is the near one. A middle is the mean of both sides where both are seen well, else
the near side alone: gating both would refuse nearly half of the correct planks in labelled recordings.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from lumbar.core.body import Frame, Joint, Part, Side

Point = tuple[float, float]

_PICTURES_AWAY = 10.0
"""A point further from the picture than so many of its sizes is a number gone wrong and no sighting."""

_NO_LENGTH = 0.01
"""A part of the body shorter than this share of the picture's height is too short to measure others by."""

_NEAR_LEAD = 0.25
"""By how much the other side's visibilities, summed over five joints, must lead before it becomes the near one."""


class Seen:
    """A frame's points in true proportions, y up, behind a gate of visibility.

    near: the side nearer to the camera, the one seen better. With `near_before`, the side that was nearer a moment ago, it
    changes only when the other is seen clearly better, so that it does not flicker between two that are seen alike.
    """

    __slots__ = ("_aspect", "_gate", "_points", "near")

    def __init__(self, frame: Frame, min_visibility: float, near_before: Side | None = None) -> None:
        self._points = frame.points
        self._aspect = frame.aspect
        self._gate = min_visibility
        self.near = _near(frame, near_before)

    def at(self, index: int) -> Point | None:
        """The point (x, y) in picture heights, or None when it was not seen well enough."""
        x, y, _z, visibility = self._points[index]
        if not (
            visibility >= self._gate and -_PICTURES_AWAY < x < _PICTURES_AWAY and -_PICTURES_AWAY < y < _PICTURES_AWAY
        ):
            return None
        return x * self._aspect, -y

    def read(self, measure: str, side: Side) -> float | None:
        """A measure by its id; None when a point of it is missing or no finite number comes of it."""
        value = MEASURES[measure].read(self, side)
        return value if value is not None and -inf < value < inf else None

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


def _angle(a: Point | None, b: Point | None, c: Point | None) -> float | None:
    """The angle at b between a and c, 0..180 degrees."""
    if a is None or b is None or c is None:
        return None
    ux, uy, vx, vy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    if (ux == 0.0 and uy == 0.0) or (vx == 0.0 and vy == 0.0):
        return None
    return abs(math.degrees(math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)))


def _from_vertical(low: Point | None, high: Point | None) -> float | None:
    """How far low -> high leans from straight up, 0..180 degrees."""
    if low is None or high is None or low == high:
        return None
    return abs(math.degrees(math.atan2(high[0] - low[0], high[1] - low[1])))


def _from_horizontal(a: Point | None, b: Point | None) -> float | None:
    """How steep a - b is, 0..90 degrees."""
    if a is None or b is None or a == b:
        return None
    return math.degrees(math.atan2(abs(b[1] - a[1]), abs(b[0] - a[0])))


def _length(a: Point | None, b: Point | None) -> float | None:
    if a is None or b is None:
        return None
    length = math.hypot(a[0] - b[0], a[1] - b[1])
    return length if length > _NO_LENGTH else None


def _above_line(a: Point | None, b: Point | None, c: Point | None) -> float | None:
    """How far b lies above the line a - c, as a share of the line's length."""
    if a is None or b is None or c is None:
        return None
    dx, dy = c[0] - a[0], c[1] - a[1]
    squared = dx * dx + dy * dy
    if squared < _NO_LENGTH * _NO_LENGTH:
        return None
    cross = dx * (b[1] - a[1]) - dy * (b[0] - a[0])
    return (cross if dx >= 0.0 else -cross) / squared


def _torso(seen: Seen, side: Side) -> float | None:
    return _length(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side))


def _rise(high: Point | None, low: Point | None, unit: float | None) -> float | None:
    """By how many units `high` lies above `low`."""
    if high is None or low is None or unit is None:
        return None
    return (high[1] - low[1]) / unit


def _trunk_incline(seen: Seen, side: Side) -> float | None:
    return _from_vertical(seen.middle(Part.HIP, side), seen.middle(Part.SHOULDER, side))


def _hip_height(seen: Seen, side: Side) -> float | None:
    return _above_line(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side), seen.middle(Part.ANKLE, side))


def _hip_height_knee(seen: Seen, side: Side) -> float | None:
    return _above_line(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side), seen.middle(Part.KNEE, side))


def _body_line(seen: Seen, side: Side) -> float | None:
    shoulder, hip, ankle = (seen.middle(p, side) for p in (Part.SHOULDER, Part.HIP, Part.ANKLE))
    bend, height = _angle(shoulder, hip, ankle), _above_line(shoulder, hip, ankle)
    if bend is None or height is None:
        return None
    return math.copysign(180.0 - bend, -height)


def _knee(seen: Seen, side: Side) -> float | None:
    return _angle(seen.part(Part.HIP, side), seen.part(Part.KNEE, side), seen.part(Part.ANKLE, side))


def _hip(seen: Seen, side: Side) -> float | None:
    return _angle(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side), seen.part(Part.KNEE, side))


def _elbow(seen: Seen, side: Side) -> float | None:
    return _angle(seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side), seen.part(Part.WRIST, side))


def _head(seen: Seen, side: Side) -> float | None:
    return _angle(seen.part(Part.EAR, side), seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side))


def _upper_arm_tilt(seen: Seen, side: Side) -> float | None:
    return _from_vertical(seen.part(Part.ELBOW, side), seen.part(Part.SHOULDER, side))


def _forearm_slope(seen: Seen, side: Side) -> float | None:
    return _from_horizontal(seen.part(Part.ELBOW, side), seen.part(Part.WRIST, side))


def _stands_on_hand(seen: Seen, side: Side) -> bool:
    """Whether the forearm is nearer to upright than to lying: a straight-arm support."""
    slope = _forearm_slope(seen, side)
    return slope is not None and slope > _UPRIGHT_FOREARM_DEG


_UPRIGHT_FOREARM_DEG = 45.0
"""Half way between lying and upright: a geometric middle and no clinical limit."""


def _support_tilt(seen: Seen, side: Side) -> float | None:
    foot = Part.WRIST if _stands_on_hand(seen, side) else Part.ELBOW
    return _from_vertical(seen.part(foot, side), seen.part(Part.SHOULDER, side))


def _straight_arm_elbow(seen: Seen, side: Side) -> float | None:
    return _elbow(seen, side) if _stands_on_hand(seen, side) else None


def _elbow_drop(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side), _torso(seen, side))


def _thigh_slope(seen: Seen, side: Side) -> float | None:
    return _from_horizontal(seen.part(Part.HIP, side), seen.part(Part.KNEE, side))


def _toe_drop(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.HEEL, side), seen.part(Part.TOE, side), _torso(seen, side))


def _nose_drop(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.EAR, side), seen.at(Joint.NOSE), _torso(seen, side))


def _shoulder_stack(seen: Seen, side: Side) -> float | None:
    here, there = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other)
    unit = _torso(seen, side)
    return None if here is None or there is None or unit is None else abs(here[1] - there[1]) / unit


def _lower_shoulder(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.SHOULDER, side.other), seen.part(Part.SHOULDER, side), _torso(seen, side.other))


def _lower_knee(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.KNEE, side.other), seen.part(Part.KNEE, side), _torso(seen, seen.near))


def _ankle_rise(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.ANKLE, side), seen.part(Part.HIP, side), _torso(seen, side))


def _ankle_on_knee(seen: Seen, side: Side) -> float | None:
    ankle, knee = seen.part(Part.ANKLE, side), seen.part(Part.KNEE, side.other)
    thigh = _length(seen.part(Part.HIP, side.other), knee)
    if ankle is None or knee is None or thigh is None:
        return None
    return 1.0 - math.hypot(ankle[0] - knee[0], ankle[1] - knee[1]) / thigh


def _bent_hip(seen: Seen, side: Side) -> float | None:
    """The smaller of the two hip angles: in a figure-4 the camera often loses one leg behind the other."""
    angles = [angle for angle in (_hip(seen, side), _hip(seen, side.other)) if angle is not None]
    return min(angles, default=None)


def _other_hip(seen: Seen, side: Side) -> float | None:
    return _hip(seen, side.other)


def _other_knee(seen: Seen, side: Side) -> float | None:
    return _knee(seen, side.other)


def _arm_elevation(seen: Seen, side: Side) -> float | None:
    return _angle(seen.part(Part.HIP, side), seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side))


def _head_tilt(seen: Seen, side: Side) -> float | None:
    """How far the ears' line leans against the shoulders' line, lengthening `side`; signed."""
    ear, other_ear = seen.part(Part.EAR, side), seen.part(Part.EAR, side.other)
    shoulder, other = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other)
    if ear is None or other_ear is None or shoulder is None or other is None:
        return None
    ears = math.atan2(ear[1] - other_ear[1], abs(ear[0] - other_ear[0]))
    shoulders = math.atan2(shoulder[1] - other[1], abs(shoulder[0] - other[0]))
    return math.degrees(ears - shoulders)


def _hip_lift(seen: Seen, side: Side) -> float | None:
    return _above_line(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side), seen.part(Part.HEEL, side))


def _knee_rise(seen: Seen, side: Side) -> float | None:
    return _rise(seen.part(Part.KNEE, side), seen.part(Part.ANKLE, side), _torso(seen, side))


def _facing(seen: Seen, side: Side) -> float | None:
    """Hips are not asked for: a camera that looks at a face seldom sees them."""
    here, there, nose = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other), seen.at(Joint.NOSE)
    if here is None or there is None or nose is None:
        return None
    middle = (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
    height = _length(middle, nose)
    return None if height is None else math.hypot(here[0] - there[0], here[1] - there[1]) / height


@dataclass(frozen=True, slots=True)
class Measure:
    """One named measure. `about` says what it is, in English for the reference."""

    id: str
    about: str
    read: Callable[[Seen, Side], float | None]


_ALL = (
    Measure("trunk-incline-deg", "Hip to shoulder, from straight up: 0 upright, 90 level, above 90 head down.", _trunk_incline),
    Measure("hip-height-ratio", "Height of the hip over the line shoulder to ankle, as a share of its length; above is positive.", _hip_height),
    Measure("hip-height-knee-ratio", "Height of the hip over the line shoulder to knee, as a share of its length; above is positive.", _hip_height_knee),
    Measure("body-line-deg", "Bend of shoulder, hip and ankle from a straight line; sagging is positive, piked negative.", _body_line),
    Measure("knee-deg", "Angle of hip, knee and ankle; 180 is straight.", _knee),
    Measure("hip-deg", "Angle of shoulder, hip and knee; 180 is straight.", _hip),
    Measure("elbow-deg", "Angle of shoulder, elbow and wrist; 180 is straight.", _elbow),
    Measure("head-deg", "Angle of ear, shoulder and hip; 180 is in line with the trunk.", _head),
    Measure("upper-arm-tilt-deg", "Elbow to shoulder, from straight up.", _upper_arm_tilt),
    Measure("support-tilt-deg", "What carries the shoulder, elbow or hand, to the shoulder, from straight up.", _support_tilt),
    Measure("straight-arm-elbow-deg", "The elbow's angle where the hand carries the body; nothing on forearms.", _straight_arm_elbow),
    Measure("elbow-drop-ratio", "How far the elbow lies below the shoulder, in lengths of the torso.", _elbow_drop),
    Measure("thigh-slope-deg", "How steep the thigh is: 0 level, 90 upright.", _thigh_slope),
    Measure("toe-drop-ratio", "How far the toes lie below the heel, in lengths of the torso; negative with toes up.", _toe_drop),
    Measure("nose-drop-ratio", "How far the nose lies below the ear, in lengths of the torso; negative facing up.", _nose_drop),
    Measure("shoulder-stack-ratio", "How far one shoulder lies above the other, in lengths of the torso.", _shoulder_stack),
    Measure("facing-ratio", "Distance between the shoulders, in heights of the nose over them: small when seen from the side.", _facing),
    Measure("lower-shoulder-ratio", "How far this side's shoulder lies below the other, in lengths of the torso.", _lower_shoulder),
    Measure("lower-knee-ratio", "How far this side's knee lies below the other, in lengths of the torso.", _lower_knee),
    Measure("ankle-rise-ratio", "How far this side's ankle lies above its hip, in lengths of the torso.", _ankle_rise),
    Measure("knee-rise-ratio", "How far this side's knee lies above its ankle, in lengths of the torso.", _knee_rise),
    Measure("ankle-on-knee-ratio", "How near this side's ankle lies to the other knee: 1 on it, 0 a thigh's length away.", _ankle_on_knee),
    Measure("bent-hip-deg", "The smaller of the two angles of shoulder, hip and knee.", _bent_hip),
    Measure("other-hip-deg", "Angle of shoulder, hip and knee on the other side.", _other_hip),
    Measure("other-knee-deg", "Angle of hip, knee and ankle on the other side.", _other_knee),
    Measure("arm-elevation-deg", "Angle of hip, shoulder and elbow: 0 hanging, 90 level.", _arm_elevation),
    Measure("head-tilt-deg", "How far the head leans away from this side, against the shoulders.", _head_tilt),
    Measure("hip-lift-ratio", "Height of the hip over the line shoulder to heel, as a share of its length.", _hip_lift),
)  # fmt: skip

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.id: measure for measure in _ALL})
"""Every measure by its id."""


def read(frame: Frame, measure: str, side: Side, *, min_visibility: float) -> float | None:
    """One measure of one frame. The side is the working one, or the near one where there is none."""
    return Seen(frame, min_visibility).read(measure, side)
