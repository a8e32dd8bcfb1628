"""How far our landmarks lie from those of mediapipe 0.10.21 ("full") on the larger ground truth, in % of the torso.

mediapipe smooths what it sees in a video (One-Euro) and we do not, so a video is compared twice: as it is, and with our
points smoothed by the same kind of filter. Beside it stands how far both lie from the true joints of the rendered body.
Does nothing where the larger ground truth is not at hand.
"""

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lumbar.core.body import Joint
from lumbar.pose.landmarker import Landmarker, Pose
from lumbar.pose.media import picture, video_shots

Points = NDArray[np.float64]

_RATE = 30.0
"""mediapipe's Python interface counts 30 frames a second, whatever the video has."""
_REACH_IN_TORSOS = 4.0
"""How large the square around a person is, about: slopes count in its size."""
_MIN_CUTOFF, _BETA, _SLOPE_CUTOFF = 0.05, 80.0, 1.0


class OneEuro:
    """The One-Euro filter (Casiez, Roussel, Vogel 2012) on a table of points; slopes count in sizes of the body."""

    def __init__(self) -> None:
        self._value: Points | None = None
        self._slope: Points | None = None

    def __call__(self, value: Points, size: float) -> Points:
        if self._value is None or self._slope is None:
            self._value, self._slope = value, np.zeros_like(value)
            return value
        slope = (value - self._value) / size * _RATE
        self._slope = self._slope + _share(_SLOPE_CUTOFF) * (slope - self._slope)
        self._value = self._value + _share(_MIN_CUTOFF + _BETA * np.abs(self._slope)) * (value - self._value)
        return self._value


def _share(cutoff: float | Points) -> float | Points:
    return 1 / (1 + _RATE / (2 * math.pi * cutoff))


def main() -> None:
    """Print a line for the stills and one a clip."""
    truth = Path(os.environ.get("LUMBAR_DATA", "")) / "synthetic"
    if not truth.is_dir():
        print("pose agreement: the larger ground truth is not here; set LUMBAR_DATA to its folder")
        return
    stills = np.array(list(_stills(truth)))
    middle, worst = np.percentile(stills, (50, 95))
    print(f"300 stills: median {middle:.2f} %, p95 {worst:.2f} %, missed {300 - len(stills)}")
    for path in sorted((truth / "mp_clips").glob("*.json")):
        raw, smoothed, ours, theirs = (np.median(column) for column in _clip(truth / "clips", path))
        print(
            f"{path.stem:38} apart {raw:4.2f} %, smoothed alike {smoothed:4.2f} %; from the true joints:"
            f" ours {ours:4.1f} %, mediapipe's {theirs:4.1f} %"
        )


def _stills(truth: Path) -> Iterator[float]:
    sizes = {s["id"]: s for s in map(json.loads, (truth / "stills.jsonl").open())}
    for reference in map(json.loads, (truth / "mp_stills.jsonl").open()):
        still = sizes[reference["id"]]
        shot = picture(truth / still["file"])
        pose = Landmarker().see(shot.rgb, 0.0)
        if pose is None:
            continue
        off = np.linalg.norm(_pixels(pose, shot.rgb.shape) - np.array(reference["image"])[:, :2], axis=1)
        yield 100 * float(np.median(off)) / still["torso_px"]


def _clip(clips: Path, reference: Path) -> tuple[Points, ...]:
    """Distances of every frame and point: raw, smoothed, ours to the true joints, mediapipe's to them."""
    seen = json.loads(reference.read_text())["frames"]
    truth = json.loads((clips / reference.name).read_text())
    named = [Joint[name.upper()] for name in truth["joint_names"]]
    landmarker, smooth = Landmarker(), OneEuro()
    rows: list[tuple[Points, ...]] = []
    shots = video_shots(clips / f"{reference.stem}.mp4")
    for shot, theirs, true in zip(shots, seen, truth["data"], strict=True):
        pose = landmarker.see(shot.rgb, shot.t_s)
        if pose is None:
            continue
        size, joints = true["torso_px"], np.array(true["px"])
        ours, wanted = _pixels(pose, shot.rgb.shape), np.array(theirs["image"])[:, :2]
        smoothed = smooth(ours, _REACH_IN_TORSOS * size)
        pairs = ((ours, wanted), (smoothed, wanted), (ours[named], joints), (wanted[named], joints))
        rows.append(tuple(100 * np.linalg.norm(one - other, axis=1) / size for one, other in pairs))
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def _pixels(pose: Pose, shape: tuple[int, ...]) -> Points:
    return pose.points[:, :2] * (shape[1], shape[0])


if __name__ == "__main__":
    main()
