"""Finds people: a picture in, their places out, the nearest and most central first.

The network looks at 224 x 224 pixels and answers for 2,254 anchors: a box, and points for the middle of the hips and
for the extent of the body. Overlapping answers are averaged by their scores.
"""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from lumbar.pose.hush import hushed

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SIZE = 224
_STRIDES = ((8, 2), (16, 2), (32, 6))
_MIN_SCORE = 0.5
_SAME_PERSON_OVERLAP = 0.3
_SCORE_LIMIT = 100.0
_OFF_CENTRE_PRICE = 0.6
"""By how much of its size a person at the picture's edge counts for less than one in its middle."""


@dataclass(frozen=True, slots=True)
class Region:
    """A square around a person, in pixels of the picture, turned by `turn` radians so that they stand upright in it."""

    x: float
    y: float
    size: float
    turn: float


def interpreter_of(model: bytes, threads: int) -> Interpreter:
    """A network that is ready to run."""
    with hushed():
        interpreter = Interpreter(model_content=model, num_threads=threads)
        interpreter.allocate_tensors()
    return interpreter


class Detector:
    """Holds one interpreter; use it from one thread."""

    def __init__(self, model: bytes, threads: int) -> None:
        self._interpreter = interpreter_of(model, threads)
        self._input = self._interpreter.get_input_details()[0]["index"]
        boxes, scores = _by_last_size(self._interpreter.get_output_details())
        self._boxes, self._scores = boxes, scores
        self._anchors = _anchors()

    def people(self, rgb: Image) -> list[Region]:
        """Everybody in the picture, the nearest and most central first."""
        height, width = rgb.shape[:2]
        self._interpreter.set_tensor(self._input, _letterboxed(rgb))
        self._interpreter.invoke()
        scores = self._interpreter.get_tensor(self._scores)[0, :, 0]
        wanted = scores > math.log(_MIN_SCORE / (1 - _MIN_SCORE))
        if not wanted.any():
            return []
        certain = 1 / (1 + np.exp(-np.clip(scores[wanted], -_SCORE_LIMIT, _SCORE_LIMIT)))
        answers = _decoded(self._interpreter.get_tensor(self._boxes)[0][wanted], self._anchors[wanted])
        side = max(height, width)
        found = [region_between(*_in_pixels(p, side, width, height)) for p in _merged(answers, certain)]
        return sorted(found, key=lambda region: _worth(region, width, height), reverse=True)


def region_between(hips: tuple[float, float], extent: tuple[float, float]) -> Region:
    """The square around a person whose hips and reach are known, in pixels; a quarter larger than the reach."""
    dx, dy = extent[0] - hips[0], extent[1] - hips[1]
    return Region(hips[0], hips[1], 2.5 * math.hypot(dx, dy), math.pi / 2 - math.atan2(-dy, dx))


def _worth(region: Region, width: int, height: int) -> float:
    off = math.hypot(region.x / width - 0.5, region.y / height - 0.5)
    return region.size * (1 - _OFF_CENTRE_PRICE * min(off / 0.5, 1.0))


def _by_last_size(details: list[dict[str, Any]]) -> tuple[int, int]:
    ordered = sorted(details, key=lambda detail: -int(detail["shape"][-1]))
    return int(ordered[0]["index"]), int(ordered[1]["index"])


def _anchors() -> Floats:
    rows = []
    for stride, each in _STRIDES:
        cells = _SIZE // stride
        centres = (np.arange(cells) + 0.5) / cells
        ys, xs = np.meshgrid(centres, centres, indexing="ij")
        rows.append(np.repeat(np.stack([xs.ravel(), ys.ravel()], axis=1), each, axis=0))
    return np.concatenate(rows).astype(np.float32)


def _letterboxed(rgb: Image) -> Floats:
    height, width = rgb.shape[:2]
    scale = _SIZE / max(height, width)
    matrix = np.array([[scale, 0, (_SIZE - width * scale) / 2], [0, scale, (_SIZE - height * scale) / 2]])
    # Sampled at points and not by area: the network learned on such pictures, and places people by 1 % otherwise.
    small = cv2.warpAffine(rgb, matrix, (_SIZE, _SIZE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return (small.astype(np.float32) / 127.5 - 1.0)[None]


def _decoded(raw: Floats, anchors: Floats) -> Floats:
    """Rows of x0, y0, x1, y1 and the points, as shares of the square picture."""
    points = raw.reshape(len(raw), 6, 2) / _SIZE
    centre = points[:, 0] + anchors
    half = points[:, 1] / 2
    marks = points[:, 2:] + anchors[:, None]
    return np.concatenate([centre - half, centre + half, marks.reshape(len(raw), 8)], axis=1)


def _merged(answers: Floats, scores: Floats) -> list[Floats]:
    """One averaged answer a person, the surest first."""
    order = np.argsort(-scores)
    people = []
    while len(order):
        overlap = _overlaps(answers[order[0]], answers[order])
        same = overlap > _SAME_PERSON_OVERLAP
        same[0] = True
        people.append(np.average(answers[order[same]], axis=0, weights=scores[order[same]]).astype(np.float32))
        order = order[~same]
    return people


def _overlaps(one: Floats, many: Floats) -> Floats:
    low = np.maximum(one[:2], many[:, :2])
    high = np.minimum(one[2:4], many[:, 2:4])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(many[:, 2:4] - many[:, :2], axis=1)
    total = np.prod(one[2:4] - one[:2]) + areas - shared
    return np.asarray(shared / np.maximum(total, 1e-9), dtype=np.float32)


def _in_pixels(answer: Floats, side: int, width: int, height: int) -> tuple[tuple[float, float], tuple[float, float]]:
    pad_x, pad_y = (side - width) / 2, (side - height) / 2
    hips, extent = answer[4:6] * side, answer[6:8] * side
    return (float(hips[0]) - pad_x, float(hips[1]) - pad_y), (float(extent[0]) - pad_x, float(extent[1]) - pad_y)
