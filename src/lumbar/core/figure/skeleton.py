"""From a pose to 33 points: bones of fixed length laid end to end, limbs that reach for a place, a face and two feet.

Points are (x, y) in shares of body height, y up. The bones' lengths are those of the drawn figure.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from lumbar.core.body import Joint, Part, Side
from lumbar.core.keyframe import Keyframe, Pose

Point = tuple[float, float]
Bones = dict[int, Point]
Limb = tuple[float, float, float]

BONES = {
    "trunk": 0.285, "neck": 0.142, "upper-arm": 0.168, "forearm": 0.142, "hand": 0.075, "thigh": 0.243, "shank": 0.243,
    "foot": 0.13,
}  # fmt: skip
"""Lengths as shares of body height."""

_HEEL_BACK, _TOE_AHEAD = 0.2, 0.8
"""Where heel and toes lie along the foot, as shares of its length, from the ankle."""

_HEEL_DROP, _TOE_DROP = 0.025, 0.032
"""How far heel and toes lie toward the sole from the ankle, as shares of body height."""

_EAR_HALF, _NOSE_OUT, _EYES_UP, _MOUTH_DOWN = 0.042, 0.05, 0.02, 0.025
"""The face, as shares of body height from the middle of the head. The ears count only in a view of the face."""

_ALMOST = 1e-6


def joint(name: str) -> int:
    """A landmark's number by the name that files use."""
    return int(Joint[name.upper().replace("-", "_")])


def mix(a: Point, b: Point, share: float) -> Point:
    """The point at a share of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def middle_hip(bones: Mapping[int, Point]) -> Point:
    """Where a body hangs: half way between the hips."""
    return mix(bones[Joint.LEFT_HIP], bones[Joint.RIGHT_HIP], 0.5)


def moved(bones: Bones, root: Point) -> Bones:
    """The same body with the middle of its hips elsewhere."""
    here = middle_hip(bones)
    dx, dy = root[0] - here[0], root[1] - here[1]
    return {index: (x + dx, y + dy) for index, (x, y) in bones.items()}


def stand(keyframe: Keyframe) -> Bones:
    """A keyframe's body in its place, resting where it is pinned and reaching where it reaches."""
    return _pinned(settled(keyframe))


def settled(keyframe: Keyframe) -> Keyframe:
    """The keyframe with the directions of its reaching limbs worked out."""
    if not keyframe.reach:
        return keyframe
    return replace(keyframe, pose=reaching(keyframe.pose, _pinned(keyframe), keyframe.reach))


def _pinned(keyframe: Keyframe) -> Bones:
    bones = skeleton(keyframe.pose)
    hip, pin = middle_hip(bones), bones[joint(keyframe.pin)]
    return moved(bones, (keyframe.pin_at[0] + hip[0] - pin[0], keyframe.pin_at[1] + hip[1] - pin[1]))


def reaching(pose: Pose, bones: Mapping[int, Point], reach: Mapping[str, Point]) -> Pose:
    """The pose whose limbs end at their targets, given where its hips and shoulders are."""
    solved: dict[str, Limb] = {}
    for name, target in reach.items():
        side, _, end = name.partition("-")
        upper, lower = ("thigh", "shank") if end == "ankle" else ("upper-arm", "forearm")
        root = bones[(Part.HIP if end == "ankle" else Part.SHOULDER).on(Side(side))]
        field = _limb(name)
        lengths = bone(pose, upper, side), bone(pose, lower, side)
        solved[field] = _bent(getattr(pose, field), lengths, root, target)
    return replace(pose, **solved)  # type: ignore[arg-type]


def _bent(limb: Limb, lengths: tuple[float, float], root: Point, target: Point) -> Limb:
    """Two bones from root to target, bent to the side to which the limb's directions already bend it.

    Out of reach, the limb points straight at the target; nearer than it can fold, it stays folded.
    """
    upper, lower = lengths
    far = min(max(math.dist(root, target), abs(upper - lower) + _ALMOST), upper + lower - _ALMOST)
    toward = math.degrees(math.atan2(target[1] - root[1], target[0] - root[0]))
    at_root = _corner(upper, far, lower)
    at_target = _corner(lower, far, upper)
    turn = _turn(limb)
    return _near(toward - turn * at_root, limb[0]), _near(toward + turn * at_target, limb[1]), limb[2]


def _turn(limb: Limb) -> float:
    """1 where a limb bends counter-clockwise, -1 where it bends the other way."""
    return 1.0 if math.sin(math.radians(limb[1] - limb[0])) >= 0.0 else -1.0


def bends_alike(a: Pose, b: Pose, end: str) -> bool:
    """Whether a limb, named by its ankle or wrist, bends to the same side in both poses."""
    field = _limb(end)
    return _turn(getattr(a, field)) == _turn(getattr(b, field))


def _limb(end: str) -> str:
    side, _, name = end.partition("-")
    return f"{side}_{'leg' if name == 'ankle' else 'arm'}"


def _corner(a: float, b: float, opposite: float) -> float:
    """The angle between two sides of a triangle, in degrees."""
    return math.degrees(math.acos(min(1.0, max(-1.0, (a * a + b * b - opposite * opposite) / (2.0 * a * b)))))


def _near(degrees: float, before: float) -> float:
    """The same direction, counted in the turn that lies nearest to another."""
    return before + (degrees - before + 180.0) % 360.0 - 180.0


def bone(pose: Pose, name: str, side: str = "") -> float:
    """A segment's length as it is seen, foreshortened where the pose says so."""
    return BONES[name] * pose.lengths.get(f"{side}-{name}", pose.lengths.get(name, 1.0))


def skeleton(pose: Pose) -> Bones:
    """All 33 points from the directions of the segments, with the hips' middle at the origin."""
    bones: Bones = {}
    neck = _go((0.0, 0.0), pose.trunk, bone(pose, "trunk"))
    _face(bones, _go(neck, pose.neck, bone(pose, "neck")), pose)
    for side in Side:
        sign = 1.0 if side is Side.LEFT else -1.0
        _arm(bones, _go(neck, pose.shoulders[1], sign * pose.shoulders[0]), pose, side)
        _leg(bones, _go((0.0, 0.0), pose.hips[1], sign * pose.hips[0]), pose, side)
    return bones


def _arm(bones: Bones, shoulder: Point, pose: Pose, side: Side) -> None:
    upper, fore, hand = pose.left_arm if side is Side.LEFT else pose.right_arm
    elbow = _go(shoulder, upper, bone(pose, "upper-arm", side))
    wrist = _go(elbow, fore, bone(pose, "forearm", side))
    length = bone(pose, "hand", side)
    right = side is Side.RIGHT
    bones[Part.SHOULDER.on(side)], bones[Part.ELBOW.on(side)], bones[Part.WRIST.on(side)] = shoulder, elbow, wrist
    bones[Joint.LEFT_PINKY + right] = _go(wrist, hand - 10.0, length * 0.95)
    bones[Part.INDEX.on(side)] = _go(wrist, hand, length)
    bones[Joint.LEFT_THUMB + right] = _go(wrist, hand + 20.0, length * 0.6)


def _leg(bones: Bones, hip: Point, pose: Pose, side: Side) -> None:
    thigh, shank, foot = pose.left_leg if side is Side.LEFT else pose.right_leg
    knee = _go(hip, thigh, bone(pose, "thigh", side))
    ankle = _go(knee, shank, bone(pose, "shank", side))
    length = bone(pose, "foot", side)
    # The sole lies across the foot, on the side to which the shank points; a pointed foot has none to speak of.
    across = math.sin(math.radians(shank - foot))
    bones[Part.HIP.on(side)], bones[Part.KNEE.on(side)], bones[Part.ANKLE.on(side)] = hip, knee, ankle
    bones[Part.HEEL.on(side)] = _go(_go(ankle, foot, -_HEEL_BACK * length), foot + 90.0, _HEEL_DROP * across)
    bones[Part.TOE.on(side)] = _go(_go(ankle, foot, _TOE_AHEAD * length), foot + 90.0, _TOE_DROP * across)


def _face(bones: Bones, head: Point, pose: Pose) -> None:
    """Nose, eyes, ears and mouth around the middle of the head. Seen from the side both ears fall together."""
    size = pose.lengths.get("face", 1.0)
    wide = _EAR_HALF if pose.shoulders[0] else 0.0
    across = pose.neck - 90.0
    if math.cos(math.radians(across - pose.shoulders[1])) < 0:
        across += 180.0
    front = _go(head, pose.face, 0.8 * _NOSE_OUT * size)
    eyes, mouth = _go(front, pose.neck, _EYES_UP), _go(front, pose.neck, -_MOUTH_DOWN)
    bones[Joint.NOSE] = _go(head, pose.face, _NOSE_OUT * size)
    for sign, first_eye, ear, lip in ((1.0, 1, 7, 9), (-1.0, 4, 8, 10)):
        for number, share in enumerate((0.3, 0.45, 0.6)):
            bones[first_eye + number] = _go(eyes, across, sign * wide * share)
        bones[ear] = _go(head, across, sign * wide)
        bones[lip] = _go(mouth, across, sign * wide * 0.35)


def _go(start: Point, degrees: float, length: float) -> Point:
    turn = math.radians(degrees)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)
