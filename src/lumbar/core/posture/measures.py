"""What can be read of somebody at a desk: the measures of drifting, and what says whether they can be trusted.

Hips are often hidden by a desk and ears by hair, so nothing here needs more than the head and the shoulders, except the
trunk's lean. A direction of the picture is turned into forward and backward by where the nose points.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lumbar.core.body import Frame, Joint, Part, Side
from lumbar.core.seen import Point, Seen, length

_LEAST_TURN_DEG = 12.0
"""Turned less than this, a head does not tell which way along the picture is forward: geometry, and no limit."""

_NO_WIDTH = 1e-4
"""What is seen exactly from its side has no width, and one picture may be compared with another all the same."""


@dataclass(frozen=True, slots=True)
class Build:
    """What of a person is in the picture, apart from how they sit; lengths in heights of the picture.

    turn_deg: where the nose points, from straight at the camera (0) to the picture's right (90) and away (180). place:
    the middle of the shoulders. shoulders: the distance between them. neck: from their middle to that of the ears.
    face: its size.
    """

    turn_deg: float
    place: Point
    shoulders: float
    neck: float
    face: float


def build(seen: Seen) -> Build | None:
    """Where and how large somebody is; None when the head or the shoulders were not seen well enough."""
    left, right = seen.part(Part.SHOULDER, Side.LEFT), seen.part(Part.SHOULDER, Side.RIGHT)
    left_ear, right_ear, nose = seen.part(Part.EAR, Side.LEFT), seen.part(Part.EAR, Side.RIGHT), seen.at(Joint.NOSE)
    size = _face(seen)
    if left is None or right is None or left_ear is None or right_ear is None or nose is None or size is None:
        return None
    ears, place = _between(left_ear, right_ear), _between(left, right)
    turn_deg = math.degrees(math.atan2(nose[0] - ears[0], left_ear[0] - right_ear[0]))
    neck = length(place, ears)
    if neck is None:
        return None
    return Build(turn_deg, place, max(_NO_WIDTH, math.dist(left, right)), neck, size)


def _face(seen: Seen) -> float | None:
    """The face's size by its two widths, from eye to eye and from ear to ear: a nod changes neither."""
    left, right = seen.part(Part.EYE, Side.LEFT), seen.part(Part.EYE, Side.RIGHT)
    left_ear, right_ear = seen.part(Part.EAR, Side.LEFT), seen.part(Part.EAR, Side.RIGHT)
    if left is None or right is None or left_ear is None or right_ear is None:
        return None
    return max(_NO_WIDTH, math.hypot(math.dist(left, right), math.dist(left_ear, right_ear)))


def _ear_shoulder(seen: Seen, of: Build) -> float | None:
    """The line from the shoulders to the ears against the level: 90 straight above, less as the head goes forward."""
    forward = _forward(of)
    left, right = seen.part(Part.EAR, Side.LEFT), seen.part(Part.EAR, Side.RIGHT)
    if forward is None or left is None or right is None:
        return None
    ears = _between(left, right)
    return math.degrees(math.atan2(ears[1] - of.place[1], forward * (ears[0] - of.place[0])))


def _trunk_forward(seen: Seen, of: Build) -> float | None:
    """Hips to shoulders, from straight up; forward is positive."""
    forward = _forward(of)
    left, right = seen.part(Part.HIP, Side.LEFT), seen.part(Part.HIP, Side.RIGHT)
    if forward is None or left is None or right is None:
        return None
    hips = _between(left, right)
    return math.degrees(math.atan2(forward * (of.place[0] - hips[0]), of.place[1] - hips[1]))


def _head_height(seen: Seen, of: Build) -> float | None:
    """How high the ears are above the shoulders, in distances between the shoulders; nothing from the side."""
    left, right = seen.part(Part.EAR, Side.LEFT), seen.part(Part.EAR, Side.RIGHT)
    if left is None or right is None or _sideways(of):
        return None
    return (_between(left, right)[1] - of.place[1]) / of.shoulders


def _face_scale(seen: Seen, of: Build) -> float | None:
    """The size of the face, in heights of the picture: larger as somebody leans towards the camera."""
    return None if _sideways(of) else _face(seen)


def _sideways(of: Build) -> bool:
    """Whether the shoulders are seen nearly behind one another, so that their distance measures nothing."""
    return of.shoulders < of.neck


def _forward(of: Build) -> float | None:
    turn = abs(of.turn_deg)
    if not _LEAST_TURN_DEG <= turn <= 180.0 - _LEAST_TURN_DEG:
        return None
    return math.copysign(1.0, of.turn_deg)


def _between(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


MEASURES: Mapping[str, Callable[[Seen, Build], float | None]] = MappingProxyType(
    {
        "ear-shoulder-deg": _ear_shoulder,
        "trunk-forward-deg": _trunk_forward,
        "head-height-ratio": _head_height,
        "face-scale-ratio": _face_scale,
    }
)
"""Every measure of desk posture by its id, which carries its unit."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one frame shows: nobody, somebody who cannot be measured (no build), or somebody with their measures."""

    t_s: float
    nobody: bool
    build: Build | None
    measures: Mapping[str, float]


def look(frame: Frame, min_visibility: float) -> Sight:
    """Everything that can be measured of a frame; a measure that cannot is missing."""
    if frame.nobody:
        return Sight(frame.t_s, True, None, MappingProxyType({}))
    seen = Seen(frame, min_visibility)
    of = build(seen)
    if of is None:
        return Sight(frame.t_s, False, None, MappingProxyType({}))
    values = {name: read(seen, of) for name, read in MEASURES.items()}
    return Sight(frame.t_s, False, of, MappingProxyType({name: v for name, v in values.items() if v is not None}))
