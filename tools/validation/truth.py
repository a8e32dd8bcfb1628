"""Pictures and clips of rendered people, and what is true of them: the joints that posed the mesh.

The pictures have names of their own; here they get ours. What a picture shows is taken from its name and its joints,
never from a check.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lumbar.core.body import POINTS, Joint, Part, Side
from validation.anatomy import Body

DESK = "desk"
"""Shown at a desk: no exercise of ours, and so a negative for each of them."""

_EXERCISES = {
    "plank": "plank",
    "side_plank_left": "side-plank",
    "side_plank_right": "side-plank",
    "glute_bridge": "glute-bridge",
    "hip_flexor_stretch": "hip-flexor-stretch",
    "hamstring_stretch": "hamstring-stretch",
    "figure4": "piriformis-stretch",
    "chest_stretch": "chest-stretch",
    "neck_stretch": "neck-stretch",
    "desk": DESK,
}
_WORKING = {
    "side_plank_left": Side.LEFT,
    "side_plank_right": Side.RIGHT,
    "hip_flexor_stretch": Side.LEFT,
    "hamstring_stretch": Side.LEFT,
    "figure4": Side.RIGHT,
}
"""The side that works, where the record does not name it."""

OUTSIDE = {"hips_on_floor", "leg_not_lifted"}
"""Labels of stills that are not yet in the exercise's posture at all."""

UNCHECKED = {"trunk_leaning"}
"""Labels of faults that no check of ours looks for, so such a still is neither good form nor a fault of ours."""

RESTING = {"kneeling", "lying", "down", "rest"}
"""Phases of clips in which nobody holds anything."""

_TURNED_DEG = 3.0
"""A head that leans by less leans to neither side."""


@dataclass(frozen=True)
class Shown:
    """What a picture or clip shows, of whom, and from where. side: the one that works; None for none or both."""

    exercise: str
    side: Side | None
    view: str
    person: str


@dataclass(frozen=True)
class Instant:
    """One true body: in space (metres) and in the picture (pixels). near: the side that is nearer to the camera."""

    space: Body
    flat: Body
    near: Side


@dataclass(frozen=True)
class Still:
    """A picture. label: good, or the picture's own name of a fault."""

    file: Path
    shown: Shown
    label: str
    instant: Instant


@dataclass(frozen=True)
class Clip:
    """A recording: its phases and its true bodies, frame by frame, each at its own time in seconds."""

    name: str
    file: Path
    shown: Shown
    times_s: tuple[float, ...]
    phases: tuple[str, ...]
    instants: tuple[Instant, ...]


def stills(folder: Path) -> list[Still]:
    """Every still of a folder of rendered people."""
    return [_still(folder, json.loads(line)) for line in (folder / "stills.jsonl").read_text("utf-8").splitlines()]


def clips(folder: Path) -> list[Clip]:
    """Every clip of a folder of rendered people."""
    return [_clip(path) for path in sorted((folder / "clips").glob("*.json"))]


def _still(folder: Path, record: Mapping[str, Any]) -> Still:
    joints = record["joints"]
    ground = [(joints[name]["world"], joints[name]["px"], joints[name]["cam"]) for name in joints]
    instant = _instant(list(joints), *zip(*ground, strict=True))
    return Still(folder / record["file"], _shown(record, [record["angles_3d"]]), record["label"], instant)


def _clip(path: Path) -> Clip:
    record = json.loads(path.read_text("utf-8"))
    rows = record["data"]
    return Clip(
        name=path.stem,
        file=path.with_suffix(".mp4"),
        shown=_shown(record, [row["angles_3d"] for row in rows]),
        times_s=tuple(row["frame"] / record["fps"] for row in rows),
        phases=tuple(row["phase"] for row in rows),
        instants=tuple(_instant(record["joint_names"], row["world"], row["px"], row["cam"]) for row in rows),
    )


def _shown(record: Mapping[str, Any], angles: Iterable[Mapping[str, float]]) -> Shown:
    exercise = _EXERCISES[record["exercise"]]
    side = _side(record, exercise, angles)
    return Shown(exercise, side, _view(record["view"], exercise), record["character"])


def _side(record: Mapping[str, Any], exercise: str, angles: Iterable[Mapping[str, float]]) -> Side | None:
    if exercise == "neck-stretch":
        # With the left ear higher the head leans to the right, and that lengthens the left side.
        tilt_deg = max((angle["ear_line_tilt"] for angle in angles), key=abs)
        return None if abs(tilt_deg) < _TURNED_DEG else Side.LEFT if tilt_deg > 0 else Side.RIGHT
    named = record.get("side")
    return Side(named) if named else _WORKING.get(record["exercise"])


def _view(name: str, exercise: str) -> str:
    if exercise == "side-plank" and name == "side":
        return "front"
    return {"off20": "off25", "dside": "side"}.get(name, name)


def _instant(names: list[str], world: Iterable[Any], px: Iterable[Any], cam: Iterable[Any]) -> Instant:
    space, flat, depth = np.full((POINTS, 3), np.nan), np.full((POINTS, 2), np.nan), np.full(POINTS, np.nan)
    for name, where, pixel, seen in zip(names, world, px, cam, strict=True):
        index = Joint[name.upper()]
        space[index], flat[index], depth[index] = where, pixel, seen[2]
    left, right = (
        sum(depth[part.on(side)] for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)) for side in Side
    )
    near = Side.LEFT if left <= right else Side.RIGHT
    return Instant(Body(space, np.array([0.0, 1.0, 0.0])), Body(flat, np.array([0.0, -1.0])), near)
