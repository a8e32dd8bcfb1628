"""Poses that are no hold, drawn with the project's own figure: bodies without any noise.

We have no pictures of them. What is found here says what the rules are, not what a camera sees.
"""

from collections.abc import Mapping
from dataclasses import replace

from lumbar.core import figure
from lumbar.core.body import Frame, Side
from lumbar.core.exercise import Exercise
from lumbar.core.keyframe import Keyframe, Pose

_ON_ALL_FOURS = {"trunk": 0, "neck": 10, "face": 300, "arm": (270, 270, 0), "leg": (270, 180, 180)}

# Directions of segments in degrees, counter-clockwise from right; the body looks to the right.
OTHER_POSES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "standing": ("left-heel", {}),
    "standing, arms forward": ("left-heel", {"arm": (0, 0, 0)}),
    "on all fours": ("left-wrist", _ON_ALL_FOURS),
    "on all fours, on the forearms": ("left-elbow", _ON_ALL_FOURS | {"trunk": -18, "arm": (270, 0, 0)}),
    "push-up, at the bottom": (
        "left-wrist",
        {"trunk": 3, "neck": 5, "face": 290, "arm": (165, 270, 0), "leg": (183, 183, 290)},
    ),
    "downward dog": (
        "left-wrist",
        {"trunk": -48, "neck": -50, "face": 200, "arm": (312, 312, 0), "leg": (240, 240, 300)},
    ),
    "lying face down": ("left-hip", {"trunk": 0, "neck": 5, "face": 280, "arm": (2, 0, 0), "leg": (180, 180, 200)}),
    "lying on the back": (
        "left-hip",
        {"trunk": 0, "neck": 0, "face": 90, "arm": (180, 180, 180), "leg": (180, 180, 90)},
    ),
    "lying on the back, knees bent": (
        "left-hip",
        {"trunk": 0, "neck": 0, "face": 90, "arm": (180, 180, 180), "leg": (125, 235, 180)},
    ),
    "reverse plank": (
        "left-wrist",
        {"trunk": 15, "neck": 20, "face": 100, "arm": (270, 270, 180), "leg": (195, 195, 80)},
    ),
    "reverse plank, on the elbows": (
        "left-elbow",
        {"trunk": 8, "neck": 15, "face": 95, "arm": (270, 180, 180), "leg": (188, 188, 75)},
    ),
    "sitting on a chair": ("left-heel", {"trunk": 92, "arm": (285, 330, 0), "leg": (0, 270, 0)}),
    "kneeling upright": ("left-knee", {"trunk": 90, "arm": (270, 270, 270), "leg": (270, 180, 180)}),
}
"""By name: the landmark that rests on the floor, and how the pose differs from standing."""


def posed(plank: Exercise, pin: str, directions: Mapping[str, object], near: Side | None = Side.LEFT) -> Frame:
    """The figure in any pose: a frame of directions of segments, in degrees. `arm` and `leg` mean both."""
    pose: dict[str, object] = {
        "trunk": 90.0,
        "neck": 90.0,
        "face": 0.0,
        **dict.fromkeys(("left_arm", "right_arm"), (270.0, 270.0, 270.0)),
        **dict.fromkeys(("left_leg", "right_leg"), (270.0, 270.0, 0.0)),
        **dict.fromkeys(("shoulders", "hips"), (0.0, 0.0)),
        "lengths": {},
    }
    for name, value in directions.items():
        pose |= dict.fromkeys((f"left_{name}", f"right_{name}") if name in ("arm", "leg") else (name,), value)
    keyframe = Keyframe(0.0, "hold", Pose(**pose), pin, (0.5, 0.03))  # type: ignore[arg-type]
    rung = replace(plank.rung("forearm"), keyframes=(keyframe, replace(keyframe, at_s=1.0)), near=near, props=())
    others = tuple(rung if r.id == "forearm" else r for r in plank.rungs)
    return figure.held(replace(plank, rungs=others), rung="forearm")
