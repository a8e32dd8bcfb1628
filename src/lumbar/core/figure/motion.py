"""From keyframes to a body at any instant: eased, with what rests somewhere staying there."""

from dataclasses import replace

from lumbar.core.figure.skeleton import (
    Bones,
    Limb,
    bends_alike,
    middle_hip,
    mix,
    moved,
    reaching,
    settled,
    skeleton,
    stand,
)
from lumbar.core.keyframe import Keyframe, Pose


def body_at(keyframes: tuple[Keyframe, ...], at_s: float) -> Bones:
    """The body at a moment, in seconds from the first keyframe; before and after the ends it stays as it is there."""
    later = next((k for k in keyframes if k.at_s >= at_s), keyframes[-1])
    number = keyframes.index(later)
    if number == 0:
        return stand(later)
    earlier = keyframes[number - 1]
    return _between(earlier, later, _ease(min((at_s - earlier.at_s) / (later.at_s - earlier.at_s), 1.0)))


def _ease(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)


def _between(earlier: Keyframe, later: Keyframe, share: float) -> Bones:
    """What both keyframes pin or reach for goes straight from place to place; all else turns.

    A limb that bends to the other side on the way turns too: there is no straight way on which it could.
    """
    before, after = settled(earlier).pose, settled(later).pose
    pose = _blend(before, after, share)
    if earlier.pin == later.pin:
        placed = replace(later, pose=pose, pin_at=mix(earlier.pin_at, later.pin_at, share), reach={})
        bones = stand(placed)
    else:
        bones = moved(skeleton(pose), mix(middle_hip(stand(earlier)), middle_hip(stand(later)), share))
    both = sorted(name for name in earlier.reach.keys() & later.reach.keys() if bends_alike(before, after, name))
    if not both:
        return bones
    reach = {name: mix(earlier.reach[name], later.reach[name], share) for name in both}
    return moved(skeleton(reaching(pose, bones, reach)), middle_hip(bones))


def _blend(a: Pose, b: Pose, share: float) -> Pose:
    def one(x: float, y: float) -> float:
        return x + (y - x) * share

    def three(x: Limb, y: Limb) -> Limb:
        return one(x[0], y[0]), one(x[1], y[1]), one(x[2], y[2])

    return Pose(
        trunk=one(a.trunk, b.trunk),
        neck=one(a.neck, b.neck),
        face=one(a.face, b.face),
        left_arm=three(a.left_arm, b.left_arm),
        right_arm=three(a.right_arm, b.right_arm),
        left_leg=three(a.left_leg, b.left_leg),
        right_leg=three(a.right_leg, b.right_leg),
        shoulders=mix(a.shoulders, b.shoulders, share),
        hips=mix(a.hips, b.hips, share),
        lengths={name: one(_length(a, name), _length(b, name)) for name in {*a.lengths, *b.lengths}},
    )


def _length(pose: Pose, name: str) -> float:
    """A foreshortening, where a side's own is not given that of both, else none."""
    both = name.removeprefix("left-").removeprefix("right-")
    return pose.lengths.get(name, pose.lengths.get(both, 1.0))
