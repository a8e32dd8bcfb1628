"""The hold pose with one fault in it."""

import math
from collections.abc import Mapping
from dataclasses import replace

from lumbar.core.body import Part, Side
from lumbar.core.check import Check
from lumbar.core.figure.skeleton import Bones, settled, stand
from lumbar.core.keyframe import Pose
from lumbar.core.rung import Rung


def spoiled_body(rung: Rung, check: Check) -> Bones:
    """A rung's hold with a check's fault committed. Only the named segments turn; nothing reaches to make up for it."""
    hold = settled(rung.keyframes[-1])
    pose = _turned(hold.pose, check.spoil.turn)
    pose = replace(pose, lengths={**pose.lengths, **check.spoil.lengths})
    bones = stand(replace(hold, pose=pose, reach={}))
    if check.spoil.bend_hips_ratio:
        _bend(bones, check.spoil.bend_hips_ratio, through_knee="knee" in rung.measures.get(check.id, ""))
    return bones


def _turned(pose: Pose, turn: Mapping[str, float]) -> Pose:
    """A pose with degrees added to segments, by names such as `neck` or `left_arm.0`; `arm.0` turns both.

    `shoulders.1` and `hips.1` turn the lines across the body.
    """
    fields: dict[str, float | tuple[float, ...]] = {}
    for name, degrees in turn.items():
        base, _, number = name.partition(".")
        for field in (f"left_{base}", f"right_{base}") if base in ("arm", "leg") else (base,):
            value = fields.get(field, getattr(pose, field))
            if isinstance(value, tuple):
                fields[field] = tuple(
                    part + degrees * (not number or index == int(number)) for index, part in enumerate(value)
                )
            else:
                fields[field] = value + degrees
    return replace(pose, **fields)  # type: ignore[arg-type]


def _bend(bones: Bones, ratio: float, *, through_knee: bool) -> None:
    """Move hips and knees off the line shoulder to ankle (or knee) by a share of its length; up is positive."""
    for side in Side:
        shoulder, hip = bones[Part.SHOULDER.on(side)], bones[Part.HIP.on(side)]
        end = bones[(Part.KNEE if through_knee else Part.ANKLE).on(side)]
        length = math.dist(shoulder, end)
        bones[Part.HIP.on(side)] = (hip[0], hip[1] + ratio * length)
        if not through_knee:
            knee = bones[Part.KNEE.on(side)]
            share = math.dist(knee, end) / max(math.dist(hip, end), 1e-9)
            bones[Part.KNEE.on(side)] = (knee[0], knee[1] + ratio * length * share)
