"""The keyframes of an exercise's file, each of which tells only what is other than in the one before."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from lumbar.catalog.fields import JointName, LimbEnd, Number, Three, Two
from lumbar.core.errors import BadCatalog
from lumbar.core.keyframe import Keyframe, Pose


class KeyframeFile(BaseModel):
    """One [[rung.keyframe]]. What is left out is as in the keyframe before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_s: Number
    phase: Literal["start", "hold", "between"]
    trunk: Number | None = None
    neck: Number | None = None
    face: Number | None = None
    arm: Three | None = None
    leg: Three | None = None
    left_arm: Three | None = None
    right_arm: Three | None = None
    left_leg: Three | None = None
    right_leg: Three | None = None
    shoulders: Two | None = None
    hips: Two | None = None
    lengths: dict[str, Number] | None = None
    pin: JointName | None = None
    pin_at: Two | None = None
    reach: dict[LimbEnd, Two] | None = None


_POSE = ("trunk", "neck", "face", "left_arm", "right_arm", "left_leg", "right_leg", "shoulders", "hips")
_PLACED = ("pin", "pin_at", "reach")


def keyframes(rung: str, files: Sequence[KeyframeFile]) -> list[Keyframe]:
    """A rung's keyframes, with what they left out taken from the one before. Raises BadCatalog for what none told."""
    known: dict[str, Any] = {"shoulders": (0.0, 0.0), "hips": (0.0, 0.0), "lengths": {}, "reach": {}}
    frames = []
    for number, file in enumerate(files):
        for both, left, right in (("arm", "left_arm", "right_arm"), ("leg", "left_leg", "right_leg")):
            if (value := getattr(file, both)) is not None:
                known[left] = known[right] = value
        for name in (*_POSE, "lengths", *_PLACED):
            if (value := getattr(file, name)) is not None:
                known[name] = value
        missing = [name for name in (*_POSE, *_PLACED) if name not in known]
        if missing:
            raise BadCatalog(f"rung {rung}, keyframe {number + 1}", (f"it lacks {', '.join(missing)}",))
        pose = Pose(**{name: known[name] for name in _POSE}, lengths=dict(known["lengths"]))
        placed = {name: known[name] for name in _PLACED}
        frames.append(Keyframe(float(file.at_s), file.phase, pose, **placed))
    return frames
