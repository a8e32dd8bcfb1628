"""What of a body is in the picture, and how large: what a person can mend by moving the camera, or themselves."""

import math
from collections.abc import Iterable
from enum import StrEnum

from lumbar.core.body import Frame, Part, Side


class Region(StrEnum):
    """A part of the body, in the words in which a person would be asked to show it."""

    HEAD = "head"
    SHOULDERS = "shoulders"
    ARMS = "arms"
    HIPS = "hips"
    LEGS = "legs"
    FEET = "feet"


class Near(StrEnum):
    """Which side of the body is nearest to the camera: the one that works, the front, or either."""

    WORKING = "working"
    FRONT = "front"
    EITHER = "either"


_PARTS = {
    Region.HEAD: (Part.EAR,),
    Region.SHOULDERS: (Part.SHOULDER,),
    Region.ARMS: (Part.ELBOW, Part.WRIST),
    Region.HIPS: (Part.HIP,),
    Region.LEGS: (Part.KNEE,),
    Region.FEET: (Part.ANKLE,),
}


def cut_off(frame: Frame, wanted: Iterable[Region], side: Side) -> list[Region]:
    """The wanted parts of the body that lie outside of the picture, on this side.

    A model that sees part of a body tells where the rest must be, in or out of the picture, however little it sees.
    """
    return [region for region in wanted if any(_outside(frame, part, side) for part in _PARTS[region])]


def _outside(frame: Frame, part: Part, side: Side) -> bool:
    x, y, _z, _visibility = frame.points[part.on(side)]
    return x < 0.0 or x > 1.0 or y < 0.0 or y > 1.0


def torso_share(frame: Frame, side: Side) -> float | None:
    """How long the torso is in the picture, as a share of the picture's height; None when it was not seen."""
    shoulder, hip = frame.points[Part.SHOULDER.on(side)], frame.points[Part.HIP.on(side)]
    share = math.hypot((shoulder.x - hip.x) * frame.aspect, shoulder.y - hip.y)
    return share if math.isfinite(share) else None
