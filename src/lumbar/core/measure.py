"""Named measures: what can be read off one frame, in degrees or as a share of a length.

Each measure takes what was seen and the side it concerns, and gives a number or None. None means that a point it needs
was not seen well enough; it never guesses.

For an exercise without sides the side is the near one. A middle is the mean of both sides where both are seen well,
else the near side alone: gating both would refuse nearly half of the correct planks in labelled recordings.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lumbar.core.body import Joint, Part, Side
from lumbar.core.hand import OF_A_HAND
from lumbar.core.seen import Point, Seen, above_line, angle, from_horizontal, from_vertical, length, rise


@dataclass(frozen=True, slots=True)
class Measure:
    """One named measure. `about` says what it is, in English for the reference."""

    id: str
    about: str
    read: Callable[[Seen, Side], float | None]


def _torso(seen: Seen, side: Side) -> float | None:
    return length(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side))


def _middle_torso(seen: Seen, side: Side) -> float | None:
    return length(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side))


def _trunk_incline(seen: Seen, side: Side) -> float | None:
    """Hip to shoulder, from straight up: 0 upright, 90 level, above 90 head down."""
    return from_vertical(seen.middle(Part.HIP, side), seen.middle(Part.SHOULDER, side))


def _shoulder_rise(seen: Seen, side: Side) -> float | None:
    """How far the shoulders lie above the hips, in lengths of the torso: 1 upright, 0 lying, negative head down."""
    return rise(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side), _middle_torso(seen, side))


def _hip_height(seen: Seen, side: Side) -> float | None:
    """Height of the hip over the line shoulder to ankle, as a share of its length; above is positive."""
    return above_line(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side), seen.middle(Part.ANKLE, side))


def _hip_height_knee(seen: Seen, side: Side) -> float | None:
    """Height of the hip over the line shoulder to knee, as a share of its length; above is positive."""
    return above_line(seen.middle(Part.SHOULDER, side), seen.middle(Part.HIP, side), seen.middle(Part.KNEE, side))


def _body_line(seen: Seen, side: Side) -> float | None:
    """Bend of shoulder, hip and ankle from a straight line; sagging is positive, piked negative."""
    shoulder, hip, ankle = (seen.middle(p, side) for p in (Part.SHOULDER, Part.HIP, Part.ANKLE))
    bend, height = angle(shoulder, hip, ankle), above_line(shoulder, hip, ankle)
    if bend is None or height is None:
        return None
    return math.copysign(180.0 - bend, -height)


def _knee(seen: Seen, side: Side) -> float | None:
    """Angle of hip, knee and ankle; 180 is straight."""
    return angle(seen.part(Part.HIP, side), seen.part(Part.KNEE, side), seen.part(Part.ANKLE, side))


def _hip(seen: Seen, side: Side) -> float | None:
    """Angle of shoulder, hip and knee; 180 is straight."""
    return angle(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side), seen.part(Part.KNEE, side))


def _elbow(seen: Seen, side: Side) -> float | None:
    """Angle of shoulder, elbow and wrist; 180 is straight."""
    return angle(seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side), seen.part(Part.WRIST, side))


def _head(seen: Seen, side: Side) -> float | None:
    """Angle of ear, shoulder and hip; 180 is in line with the trunk."""
    return angle(seen.part(Part.EAR, side), seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side))


def _upper_arm_tilt(seen: Seen, side: Side) -> float | None:
    """Elbow to shoulder, from straight up."""
    return from_vertical(seen.part(Part.ELBOW, side), seen.part(Part.SHOULDER, side))


def _forearm_slope(seen: Seen, side: Side) -> float | None:
    return from_horizontal(seen.part(Part.ELBOW, side), seen.part(Part.WRIST, side))


def _stands_on_hand(seen: Seen, side: Side) -> bool:
    """Whether the forearm is nearer to upright than to lying: a straight-arm support."""
    slope = _forearm_slope(seen, side)
    return slope is not None and slope > _UPRIGHT_FOREARM_DEG


_UPRIGHT_FOREARM_DEG = 45.0
"""Half way between lying and upright: a geometric middle and no clinical limit."""


def _support_tilt(seen: Seen, side: Side) -> float | None:
    """What carries the shoulder, elbow or hand, to the shoulder, from straight up."""
    foot = Part.WRIST if _stands_on_hand(seen, side) else Part.ELBOW
    return from_vertical(seen.part(foot, side), seen.part(Part.SHOULDER, side))


def _straight_arm_elbow(seen: Seen, side: Side) -> float | None:
    """The elbow's angle where the hand carries the body; nothing on forearms."""
    return _elbow(seen, side) if _stands_on_hand(seen, side) else None


def _elbow_drop(seen: Seen, side: Side) -> float | None:
    """How far the elbow lies below the shoulder, in lengths of the torso."""
    return rise(seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side), _torso(seen, side))


def _thigh_slope(seen: Seen, side: Side) -> float | None:
    """How steep the thigh is: 0 level, 90 upright."""
    return from_horizontal(seen.part(Part.HIP, side), seen.part(Part.KNEE, side))


def _toe_drop(seen: Seen, side: Side) -> float | None:
    """How far the toes lie below the heel, in lengths of the torso; negative with toes up."""
    return rise(seen.part(Part.HEEL, side), seen.part(Part.TOE, side), _torso(seen, side))


def _nose_drop(seen: Seen, side: Side) -> float | None:
    """How far the nose lies below the ear, in lengths of the torso; negative facing up."""
    return rise(seen.part(Part.EAR, side), seen.at(Joint.NOSE), _torso(seen, side))


def _shoulder_stack(seen: Seen, side: Side) -> float | None:
    """How far one shoulder lies above the other, in lengths of the torso."""
    here, there = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other)
    unit = _torso(seen, side)
    return None if here is None or there is None or unit is None else abs(here[1] - there[1]) / unit


def _lower_shoulder(seen: Seen, side: Side) -> float | None:
    """How far this side's shoulder lies below the other, in lengths of the torso."""
    return rise(seen.part(Part.SHOULDER, side.other), seen.part(Part.SHOULDER, side), _torso(seen, side.other))


def _lower_knee(seen: Seen, side: Side) -> float | None:
    """How far this side's knee lies below the other, in lengths of the torso."""
    return rise(seen.part(Part.KNEE, side.other), seen.part(Part.KNEE, side), _middle_torso(seen, side))


def _ankle_rise(seen: Seen, side: Side) -> float | None:
    """How far this side's ankle lies above its hip, in lengths of the torso."""
    return rise(seen.part(Part.ANKLE, side), seen.part(Part.HIP, side), _torso(seen, side))


def _ankle_on_knee(seen: Seen, side: Side) -> float | None:
    """How near this side's ankle lies to the other knee: 1 on it, 0 a thigh's length away."""
    ankle, knee = seen.part(Part.ANKLE, side), seen.part(Part.KNEE, side.other)
    thigh = length(seen.part(Part.HIP, side.other), knee)
    if ankle is None or knee is None or thigh is None:
        return None
    return 1.0 - math.hypot(ankle[0] - knee[0], ankle[1] - knee[1]) / thigh


def _bent_hip(seen: Seen, side: Side) -> float | None:
    """The smaller of the two angles of shoulder, hip and knee."""
    angles = [angle for angle in (_hip(seen, side), _hip(seen, side.other)) if angle is not None]
    return min(angles, default=None)


def _other_hip(seen: Seen, side: Side) -> float | None:
    """Angle of shoulder, hip and knee on the other side."""
    return _hip(seen, side.other)


def _other_knee(seen: Seen, side: Side) -> float | None:
    """Angle of hip, knee and ankle on the other side."""
    return _knee(seen, side.other)


def _arm_elevation(seen: Seen, side: Side) -> float | None:
    """Angle of hip, shoulder and elbow: 0 hanging, 90 level."""
    return angle(seen.part(Part.HIP, side), seen.part(Part.SHOULDER, side), seen.part(Part.ELBOW, side))


def _head_tilt(seen: Seen, side: Side) -> float | None:
    """How far the head leans away from this side, against the shoulders."""
    ear, other_ear = seen.part(Part.EAR, side), seen.part(Part.EAR, side.other)
    shoulder, other = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other)
    if ear is None or other_ear is None or shoulder is None or other is None:
        return None
    ears = math.atan2(ear[1] - other_ear[1], abs(ear[0] - other_ear[0]))
    shoulders = math.atan2(shoulder[1] - other[1], abs(shoulder[0] - other[0]))
    return math.degrees(ears - shoulders)


def _hip_lift(seen: Seen, side: Side) -> float | None:
    """Height of the hip over the line shoulder to heel, as a share of its length."""
    return above_line(seen.part(Part.SHOULDER, side), seen.part(Part.HIP, side), seen.part(Part.HEEL, side))


def _higher_ankle(seen: Seen, side: Side) -> float | None:
    """How far the higher ankle that is seen lies above its hip, in lengths of the torso."""
    rises = [rise for rise in (_ankle_rise(seen, side), _ankle_rise(seen, side.other)) if rise is not None]
    return max(rises, default=None)


def _knee_rise(seen: Seen, side: Side) -> float | None:
    """How far this side's knee lies above its ankle, in lengths of the torso."""
    return rise(seen.part(Part.KNEE, side), seen.part(Part.ANKLE, side), _torso(seen, side))


def _facing(seen: Seen, side: Side) -> float | None:
    """Distance between the shoulders, in heights of the nose over them: small when seen from the side."""
    here, there, nose = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other), seen.at(Joint.NOSE)
    if here is None or there is None or nose is None:
        return None
    middle = (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
    height = length(middle, nose)
    return None if height is None else math.hypot(here[0] - there[0], here[1] - there[1]) / height


def _lean(seen: Seen, side: Side) -> float | None:
    """Lean of the trunk from straight up; forward, towards the other knee, is positive. Forward where no knee tells."""
    hip, shoulder, knee = (
        seen.middle(Part.HIP, side),
        seen.middle(Part.SHOULDER, side),
        seen.part(Part.KNEE, side.other),
    )
    incline = from_vertical(hip, shoulder)
    if hip is None or shoulder is None or knee is None or incline is None:
        return incline
    return math.copysign(incline, (shoulder[0] - hip[0]) * (knee[0] - hip[0]))


def _hip_extension(seen: Seen, side: Side) -> float | None:
    """How far this side's thigh lies behind the line of the trunk; 0 in line with it, negative before it."""
    shoulder, hip, knee = seen.middle(Part.SHOULDER, side), seen.part(Part.HIP, side), seen.part(Part.KNEE, side)
    front, bend = seen.part(Part.KNEE, side.other), angle(shoulder, hip, knee)
    if shoulder is None or hip is None or knee is None or front is None or bend is None:
        return None
    ux, uy, vx, vy = hip[0] - shoulder[0], hip[1] - shoulder[1], knee[0] - hip[0], knee[1] - hip[1]
    turned = ux * vy - uy * vx  # positive when the thigh turns counter-clockwise from the trunk's line
    ahead = 1.0 if front[0] >= hip[0] else -1.0
    return math.copysign(180.0 - bend, -turned * ahead)


def _trunk_slope(seen: Seen, side: Side) -> float | None:
    """How steep the trunk lies, hip to shoulder; 0 level."""
    return from_horizontal(seen.middle(Part.HIP, side), seen.middle(Part.SHOULDER, side))


def _shoulder_roll(seen: Seen, side: Side) -> float | None:
    """Line of the shoulders from upright; 0 one exactly above the other."""
    return _off_upright(seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other))


def _hip_roll(seen: Seen, side: Side) -> float | None:
    """Line of the hips from upright; 0 one exactly above the other."""
    return _off_upright(seen.part(Part.HIP, side), seen.part(Part.HIP, side.other))


def _off_upright(here: Point | None, there: Point | None) -> float | None:
    slope = from_horizontal(here, there)
    return None if slope is None else 90.0 - slope


def _foot_reach(seen: Seen, side: Side) -> float | None:
    """Lean of the shin from upright; positive with the foot beyond the knee, away from the hip."""
    hip, knee, ankle = (seen.part(part, side) for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    lean = from_vertical(ankle, knee)
    if hip is None or knee is None or ankle is None or lean is None:
        return None
    return math.copysign(lean, (ankle[0] - knee[0]) * (knee[0] - hip[0]))


def _shoulder_line(seen: Seen, side: Side) -> float | None:
    """Slope of the line of the shoulders, either way; 0 level."""
    return from_horizontal(seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other))


def _hand_rise(seen: Seen, side: Side) -> float | None:
    """How far this side's wrist lies above its shoulder, in lengths of the upper arm; negative hanging."""
    shoulder = seen.part(Part.SHOULDER, side)
    return rise(seen.part(Part.WRIST, side), shoulder, length(shoulder, seen.part(Part.ELBOW, side)))


def _nose_offset(seen: Seen, side: Side) -> float | None:
    """How far the nose lies beside the middle of the ears, in distances between them: small looking straight ahead."""
    here, there, nose = seen.part(Part.EAR, side), seen.part(Part.EAR, side.other), seen.at(Joint.NOSE)
    if here is None or there is None or nose is None:
        return None
    dx, dy = here[0] - there[0], here[1] - there[1]
    apart = math.hypot(dx, dy)
    middle = (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
    return None if apart == 0.0 else abs((nose[0] - middle[0]) * dx + (nose[1] - middle[1]) * dy) / (apart * apart)


def _sides_apart(seen: Seen, side: Side) -> float | None:
    """How much higher one side's shoulder and hip are seen than the other's, in lengths of the torso.

    Near 0 where a camera looks at a body from the side and at its height; it grows as the camera rises.
    """
    pairs = [(seen.part(part, side), seen.part(part, side.other)) for part in (Part.SHOULDER, Part.HIP)]
    gaps = [here[1] - there[1] for here, there in pairs if here is not None and there is not None]
    unit = _middle_torso(seen, side)
    return None if not gaps or unit is None else abs(sum(gaps)) / len(gaps) / unit


def _shoulders_apart(seen: Seen, side: Side) -> float | None:
    """Distance between the shoulders along the picture, in lengths of the torso: small when seen from the side."""
    here, there = seen.part(Part.SHOULDER, side), seen.part(Part.SHOULDER, side.other)
    unit = _middle_torso(seen, side)
    return None if here is None or there is None or unit is None else abs(here[0] - there[0]) / unit


def _hip_behind(seen: Seen, side: Side) -> float | None:
    """How far the hip lies behind the ankle, away from where the trunk leans, in lengths of the shank."""
    hip, ankle = seen.part(Part.HIP, side), seen.part(Part.ANKLE, side)
    shoulder, shank = seen.middle(Part.SHOULDER, side), length(seen.part(Part.KNEE, side), ankle)
    if hip is None or ankle is None or shoulder is None or shank is None:
        return None
    return math.copysign(1.0, shoulder[0] - hip[0]) * (ankle[0] - hip[0]) / shank


def _hand_from_foot(seen: Seen, side: Side) -> float | None:
    """How far beside the middle of the foot the wrist hangs, either way, in lengths of the shank."""
    wrist, heel, toe = (seen.part(part, side) for part in (Part.WRIST, Part.HEEL, Part.TOE))
    shank = length(seen.part(Part.KNEE, side), seen.part(Part.ANKLE, side))
    if wrist is None or heel is None or toe is None or shank is None:
        return None
    return abs(wrist[0] - (heel[0] + toe[0]) / 2) / shank


_ALL: Mapping[str, Callable[[Seen, Side], float | None]] = {
    "trunk-incline-deg": _trunk_incline,
    "shoulder-rise-ratio": _shoulder_rise,
    "hip-height-ratio": _hip_height,
    "hip-height-knee-ratio": _hip_height_knee,
    "body-line-deg": _body_line,
    "knee-deg": _knee,
    "hip-deg": _hip,
    "elbow-deg": _elbow,
    "head-deg": _head,
    "upper-arm-tilt-deg": _upper_arm_tilt,
    "support-tilt-deg": _support_tilt,
    "straight-arm-elbow-deg": _straight_arm_elbow,
    "elbow-drop-ratio": _elbow_drop,
    "thigh-slope-deg": _thigh_slope,
    "toe-drop-ratio": _toe_drop,
    "nose-drop-ratio": _nose_drop,
    "shoulder-stack-ratio": _shoulder_stack,
    "facing-ratio": _facing,
    "sides-apart-ratio": _sides_apart,
    "trunk-lean-deg": _lean,
    "hip-extension-deg": _hip_extension,
    "trunk-slope-deg": _trunk_slope,
    "shoulder-roll-deg": _shoulder_roll,
    "hip-roll-deg": _hip_roll,
    "foot-reach-deg": _foot_reach,
    "shoulder-line-deg": _shoulder_line,
    "hand-rise-ratio": _hand_rise,
    "nose-offset-ratio": _nose_offset,
    "shoulders-apart-ratio": _shoulders_apart,
    "lower-shoulder-ratio": _lower_shoulder,
    "lower-knee-ratio": _lower_knee,
    "ankle-rise-ratio": _ankle_rise,
    "higher-ankle-ratio": _higher_ankle,
    "knee-rise-ratio": _knee_rise,
    "ankle-on-knee-ratio": _ankle_on_knee,
    "bent-hip-deg": _bent_hip,
    "other-hip-deg": _other_hip,
    "other-knee-deg": _other_knee,
    "arm-elevation-deg": _arm_elevation,
    "head-tilt-deg": _head_tilt,
    "hip-lift-ratio": _hip_lift,
    "hip-behind-ratio": _hip_behind,
    "hand-from-foot-ratio": _hand_from_foot,
    **OF_A_HAND,
}

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {name: Measure(name, function.__doc__ or "", function) for name, function in _ALL.items()}
)
"""Every measure by its id. An id carries its unit."""


def read(seen: Seen, measure: str, side: Side) -> float | None:
    """One measure of what was seen, on a side; None when a point of it is missing or no finite number comes of it."""
    value = MEASURES[measure].read(seen, side)
    return value if value is not None and -math.inf < value < math.inf else None
