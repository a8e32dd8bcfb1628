"""Measures of a hand that is held up, read off one frame: what a sign to the camera is made of."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lumbar.core.body import Joint, Part, Side
from lumbar.core.seen import Seen, angle, length, rise


def _bones(seen: Seen, side: Side) -> tuple[float, float] | None:
    """The lengths of upper arm and forearm as they are seen."""
    shoulder, elbow, wrist = (seen.part(part, side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST))
    upper, fore = length(shoulder, elbow), length(elbow, wrist)
    return None if upper is None or fore is None else (upper, fore)


def _torso(seen: Seen, side: Side) -> float | None:
    return length(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side))


def _arm_up(seen: Seen, side: Side) -> float | None:
    """How far the wrist lies above the shoulder, in lengths of the arm as it is seen: 1 straight up."""
    bones = _bones(seen, side)
    return None if bones is None else rise(seen.part(Part.WRIST, side), seen.part(Part.SHOULDER, side), sum(bones))


def _arm_reach(seen: Seen, side: Side) -> float | None:
    """How long the arm is seen, in lengths of the torso: small when it points at the camera."""
    bones, torso = _bones(seen, side), _torso(seen, side)
    return None if bones is None or torso is None else sum(bones) / torso


def _hand_elevation(seen: Seen, side: Side) -> float | None:
    """Angle of hip, shoulder and wrist: 0 hanging, 90 away from the trunk, 180 overhead."""
    return angle(seen.part(Part.HIP, side), seen.part(Part.SHOULDER, side), seen.part(Part.WRIST, side))


def _forearm_up(seen: Seen, side: Side) -> float | None:
    """How far the wrist lies above the elbow, in lengths of the forearm as it is seen: 1 straight up."""
    elbow, wrist = seen.part(Part.ELBOW, side), seen.part(Part.WRIST, side)
    return rise(wrist, elbow, length(elbow, wrist))


def _forearm_reach(seen: Seen, side: Side) -> float | None:
    """How long the forearm is seen, in lengths of the torso: small when it points at the camera."""
    bones, torso = _bones(seen, side), _torso(seen, side)
    return None if bones is None or torso is None else bones[1] / torso


def _hand_from_head(seen: Seen, side: Side) -> float | None:
    """How far the wrist lies from what is nearest of ears, nose and mouth, in lengths of the torso."""
    wrist, torso = seen.part(Part.WRIST, side), _torso(seen, side)
    face = [point for point in map(seen.at, _FACE) if point is not None]
    if wrist is None or torso is None or not face:
        return None
    return min(math.dist(wrist, point) for point in face) / torso


_FACE = (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR, Joint.MOUTH_LEFT, Joint.MOUTH_RIGHT)


OF_A_HAND: Mapping[str, Callable[[Seen, Side], float | None]] = MappingProxyType(
    {
        "arm-up-ratio": _arm_up,
        "arm-reach-ratio": _arm_reach,
        "hand-elevation-deg": _hand_elevation,
        "forearm-up-ratio": _forearm_up,
        "forearm-reach-ratio": _forearm_reach,
        "hand-from-head-ratio": _hand_from_head,
    }
)
"""These measures by their ids."""
