"""Landmarks of one person, followed from frame to frame.

Where a person is comes from the detector once; from then on each frame's own points say where to look in the next.
When the person is lost the detector looks again, for a while only near the place where they were: somebody who walks
by behind must not take their place. Points are raw: nothing here smooths.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lumbar.pose.detector import Detector, Floats, Image, Region, interpreter_of, region_between
from lumbar.pose.models import DETECTOR, LANDMARKS

_SIZE = 256
_HEAT = 64
_POINTS = 39
_BODY = 33
_PRESENT = 0.5
_REFINE_REACH = 3
_REFINE_FROM = 0.5
_PATIENCE_S = 3.0
"""For how long after a loss only somebody at the same place is taken for the same person."""
_SAME_PLACE = 0.5
"""How far the hips may have moved meanwhile, in sizes of the square around the person."""
_SAME_SIZE = 2.0
"""By which factor that square may have grown or shrunk."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One person in one picture.

    points: (33, 4) of x and y as shares of the picture, z in the unit of x, visibility 0..1. world: (33, 3) in metres
    around the hips. presence: how sure the model is that a person is there.
    """

    points: NDArray[np.float64]
    world: NDArray[np.float64]
    presence: float


class Landmarker:
    """Follows one person through a recording. Use one for each recording, from one thread."""

    def __init__(self, threads: int = 2) -> None:
        """threads: how many the two networks may use. Raises BadMedia when a model file is missing or altered."""
        self._detector = Detector(DETECTOR.read(), threads)
        self._interpreter = interpreter_of(LANDMARKS.read(), threads)
        self._input = self._interpreter.get_input_details()[0]["index"]
        sizes = {int(np.prod(d["shape"])): int(d["index"]) for d in self._interpreter.get_output_details()}
        self._points, self._flag = sizes[_POINTS * 5], sizes[1]
        self._heat, self._world = sizes[_HEAT * _HEAT * _POINTS], sizes[_POINTS * 3]
        self._region: Region | None = None
        self._last: tuple[Region, float] | None = None

    @property
    def model(self) -> dict[str, str]:
        """Name and fingerprint of the landmark model."""
        return {"name": LANDMARKS.name.removesuffix(".tflite"), "sha256": LANDMARKS.sha256}

    def see(self, rgb: Image, t_s: float) -> Pose | None:
        """The person in the next picture (height, width, RGB), t_s seconds into the recording; None for nobody."""
        looked, self._region = self._region, None
        pose = None if looked is None else self._at(rgb, looked)
        if pose is None:
            found = (self._at(rgb, region) for region in self._detector.people(rgb) if self._may_be(region, t_s))
            pose = next((seen for seen in found if seen is not None), None)
        if self._region is not None:
            self._last = (self._region, t_s)
        return pose

    def _may_be(self, region: Region, t_s: float) -> bool:
        """Whether it can be the person whom we followed; anybody can once that was long ago."""
        if self._last is None or t_s - self._last[1] > _PATIENCE_S:
            return True
        last = self._last[0]
        larger = max(region.size, last.size)
        moved = math.hypot(region.x - last.x, region.y - last.y)
        return moved <= _SAME_PLACE * larger and larger <= _SAME_SIZE * min(region.size, last.size)

    def _at(self, rgb: Image, region: Region) -> Pose | None:
        if not 1.0 <= region.size < 1e5:
            return None
        matrix = _from_crop(region)
        # Beyond its edge the picture goes on in its last colour: a black margin would move points by up to a fifth of
        # the torso.
        crop = cv2.warpAffine(
            rgb, matrix, (_SIZE, _SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
        self._interpreter.set_tensor(self._input, (crop.astype(np.float32) * np.float32(1 / 255))[None])
        self._interpreter.invoke()
        presence = float(self._interpreter.get_tensor(self._flag).ravel()[0])
        if not presence >= _PRESENT:
            return None
        raw = self._interpreter.get_tensor(self._points).reshape(_POINTS, 5)
        marks = _refined(raw[:, :2] / _SIZE, self._interpreter.get_tensor(self._heat)[0])
        pixels = marks * _SIZE @ matrix[:, :2].T + matrix[:, 2]
        self._region = region_between(
            (float(pixels[_BODY, 0]), float(pixels[_BODY, 1])),
            (float(pixels[_BODY + 1, 0]), float(pixels[_BODY + 1, 1])),
        )
        height, width = rgb.shape[:2]
        points = np.empty((_BODY, 4))
        points[:, :2] = pixels[:_BODY] / (width, height)
        points[:, 2] = raw[:_BODY, 2] / _SIZE * region.size / width
        points[:, 3] = 1 / (1 + np.exp(-raw[:_BODY, 3].astype(np.float64)))
        world = self._interpreter.get_tensor(self._world).reshape(_POINTS, 3)[:_BODY]
        return Pose(points, _turned(world, region.turn), presence)


def _from_crop(region: Region) -> NDArray[np.float64]:
    """The map from pixels of the crop to pixels of the picture."""
    scale = region.size / _SIZE
    cos, sin = scale * math.cos(region.turn), scale * math.sin(region.turn)
    half = _SIZE / 2
    return np.array([[cos, -sin, region.x - cos * half + sin * half], [sin, cos, region.y - sin * half - cos * half]])


def _refined(marks: Floats, heat: Floats) -> NDArray[np.float64]:
    """Move each mark to the centre of mass of its heat map nearby, where that is sure enough."""
    refined = marks.astype(np.float64)
    for number, (x, y) in enumerate(marks):
        column, row = int(x * _HEAT), int(y * _HEAT)
        if not (0 <= column < _HEAT and 0 <= row < _HEAT):
            continue
        top, left = max(0, row - _REFINE_REACH), max(0, column - _REFINE_REACH)
        patch = heat[top : row + _REFINE_REACH + 1, left : column + _REFINE_REACH + 1, number]
        sure = 1 / (1 + np.exp(-patch.astype(np.float64)))
        if sure.max() < _REFINE_FROM:
            continue
        total = sure.sum()
        refined[number, 0] = (sure.sum(axis=0) @ np.arange(left, left + sure.shape[1])) / total / _HEAT
        refined[number, 1] = (sure.sum(axis=1) @ np.arange(top, top + sure.shape[0])) / total / _HEAT
    return refined


def _turned(world: Floats, turn: float) -> NDArray[np.float64]:
    cos, sin = math.cos(turn), math.sin(turn)
    out = world.astype(np.float64)
    out[:, 0] = cos * world[:, 0] - sin * world[:, 1]
    out[:, 1] = sin * world[:, 0] + cos * world[:, 1]
    return out
