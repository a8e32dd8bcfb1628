"""Degrees and heights of a body whose joints are known exactly: in space, or as a perfect eye would find them in the
picture.

This is a second reading of what `lumbar.core.measure` names, written apart from it and for any number of dimensions: in
space no view can shorten a limb. Where no side is named a joint is the middle of both.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.core.body import Part, Side
from lumbar.core.check import Band

Vector = NDArray[np.float64]
_BOTH = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True)
class Body:
    """33 joints, NaN where unknown, as rows of 2 or 3 numbers in one unit of length; `up` points against gravity."""

    joints: Vector
    up: Vector

    def at(self, part: Part, side: Side | None) -> Vector:
        """A joint of a side, or the middle of both."""
        if side is not None:
            return np.asarray(self.joints[part.on(side)])
        return np.asarray(sum(self.joints[part.on(one)] for one in _BOTH) / 2)


def bend_deg(a: Vector, b: Vector, c: Vector) -> float:
    """The angle at b, 0 to 180 degrees."""
    u, v = a - b, c - b
    return math.degrees(math.acos(np.clip(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)), -1.0, 1.0)))


def incline_deg(body: Body, low: Vector, high: Vector) -> float:
    """How far low to high leans from straight up, 0 to 180 degrees."""
    return bend_deg(low + body.up, low, high)


def _slope_deg(body: Body, a: Vector, b: Vector) -> float:
    return abs(90.0 - incline_deg(body, a, b))


def _in_the_plane(body: Body, a: Vector, b: Vector, c: Vector) -> tuple[Vector, Vector]:
    """The steps b to a and b to c in the upright plane through a and c: along their line, and across it upwards."""
    along = (c - a) / np.linalg.norm(c - a)
    across = body.up - (body.up @ along) * along
    across = across / np.linalg.norm(across)
    return np.array([(a - b) @ along, (a - b) @ across]), np.array([(c - b) @ along, (c - b) @ across])


def height_ratio(body: Body, a: Vector, b: Vector, c: Vector) -> float:
    """How far b lies above the line a to c, as a share of its length."""
    from_a, _ = _in_the_plane(body, a, b, c)
    return float(-from_a[1] / np.linalg.norm(c - a))


def sag_deg(body: Body, a: Vector, b: Vector, c: Vector) -> float:
    """The bend at b from a straight line, in the upright plane: sagging is positive, piked negative."""
    from_a, from_c = _in_the_plane(body, a, b, c)
    return math.copysign(180.0 - bend_deg(from_a, np.zeros(2), from_c), from_a[1])


def sag_at_height_deg(body: Body, a: Vector, b: Vector, c: Vector, ratio: float) -> float:
    """The sag at which b of this body would lie at that height over the line, with limbs as long as they are."""
    from_a, from_c = _in_the_plane(body, a, b, c)
    near, far = float(np.linalg.norm(from_a)), float(np.linalg.norm(from_c))
    low, high = -_STEEPEST_DEG, _STEEPEST_DEG
    for _ in range(60):
        middle = (low + high) / 2
        turn = math.radians(middle)
        height = -near * far * math.sin(turn) / (near**2 + far**2 + 2 * near * far * math.cos(turn))
        low, high = (middle, high) if height > ratio else (low, middle)
    return low


_STEEPEST_DEG = 100.0
"""Up to about here the height grows with the bend, for any two limbs of a body."""


def _rise(body: Body, high: Vector, low: Vector, unit: float) -> float:
    return float((high - low) @ body.up) / unit


def _torso(body: Body, side: Side | None) -> float:
    return float(np.linalg.norm(body.at(Part.SHOULDER, side) - body.at(Part.HIP, side)))


def _side(side: Side | None) -> Side:
    assert side is not None, "this measure compares one side with the other"
    return side


def _three(a: Part, b: Part, c: Part) -> Callable[[Body, Side | None], float]:
    return lambda body, side: bend_deg(body.at(a, side), body.at(b, side), body.at(c, side))


def _middles(body: Body, last: Part) -> tuple[Vector, Vector, Vector]:
    """Shoulder, hip and a joint of the leg, in the middle: a body has one line, whichever side works."""
    return body.at(Part.SHOULDER, None), body.at(Part.HIP, None), body.at(last, None)


def _height(last: Part) -> Callable[[Body, Side | None], float]:
    return lambda body, _: height_ratio(body, *_middles(body, last))


def _drop(high: Part, low: Part) -> Callable[[Body, Side | None], float]:
    return lambda body, side: _rise(body, body.at(high, side), body.at(low, side), _torso(body, side))


def _lower(part: Part) -> Callable[[Body, Side | None], float]:
    return lambda body, side: _rise(
        body, body.at(part, _side(side).other), body.at(part, side), _torso(body, None if part is Part.KNEE else side)
    )


def _ear_tilt_deg(body: Body, side: Side | None) -> float:
    here, there = _side(side), _side(side).other

    def tilt(part: Part) -> float:
        line = body.at(part, here) - body.at(part, there)
        upwards = float(line @ body.up)
        return math.degrees(math.atan2(upwards, float(np.linalg.norm(line - upwards * body.up))))

    return tilt(Part.EAR) - tilt(Part.SHOULDER)


def _ankle_on_knee(body: Body, side: Side | None) -> float:
    other = _side(side).other
    knee = body.at(Part.KNEE, other)
    thigh = float(np.linalg.norm(body.at(Part.HIP, other) - knee))
    return 1.0 - float(np.linalg.norm(body.at(Part.ANKLE, side) - knee)) / thigh


def _ahead(body: Body, side: Side | None) -> Vector:
    """The level direction in which somebody half-kneeling looks: from the hips to the front knee."""
    step = body.at(Part.KNEE, _side(side).other) - body.at(Part.HIP, None)
    level = step - (step @ body.up) * body.up
    return np.asarray(level / np.linalg.norm(level))


def _lean_deg(body: Body, side: Side | None) -> float:
    trunk = body.at(Part.SHOULDER, None) - body.at(Part.HIP, None)
    incline = incline_deg(body, body.at(Part.HIP, None), body.at(Part.SHOULDER, None))
    return math.copysign(incline, float(trunk @ _ahead(body, side)))


def _extension_deg(body: Body, side: Side | None) -> float:
    """How far the thigh turns back from the line of the trunk, in the upright plane in which they look ahead."""
    ahead = _ahead(body, side)
    down = body.at(Part.HIP, None) - body.at(Part.SHOULDER, None)
    thigh = body.at(Part.KNEE, side) - body.at(Part.HIP, side)
    # A direction that points down and ahead is positive; turning back is what is left of it.
    turns = [math.degrees(math.atan2(float(it @ ahead), -float(it @ body.up))) for it in (down, thigh)]
    return turns[0] - turns[1]


def _roll_deg(part: Part) -> Callable[[Body, Side | None], float]:
    return lambda body, side: incline_deg(body, body.at(part, side), body.at(part, _side(side).other))


def _foot_reach_deg(body: Body, side: Side | None) -> float:
    hip, knee, ankle = (body.at(part, side) for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    step, thigh = ankle - knee, knee - hip
    level = thigh - (thigh @ body.up) * body.up
    return math.copysign(incline_deg(body, ankle, knee), float(step @ level))


def _nose_offset(body: Body, _: Side | None) -> float:
    line = body.at(Part.EAR, Side.LEFT) - body.at(Part.EAR, Side.RIGHT)
    return abs(float((body.joints[0] - body.at(Part.EAR, None)) @ line)) / float(line @ line)


_hip = _three(Part.SHOULDER, Part.HIP, Part.KNEE)
_knee = _three(Part.HIP, Part.KNEE, Part.ANKLE)

TRUE: Mapping[str, Callable[[Body, Side | None], float]] = {
    "body-line-deg": lambda body, _: sag_deg(body, *_middles(body, Part.ANKLE)),
    "hip-height-ratio": _height(Part.ANKLE),
    "hip-height-knee-ratio": _height(Part.KNEE),
    "hip-lift-ratio": _height(Part.HEEL),
    "trunk-incline-deg": lambda body, _: incline_deg(body, body.at(Part.HIP, None), body.at(Part.SHOULDER, None)),
    "support-tilt-deg": lambda body, side: incline_deg(body, body.at(Part.ELBOW, side), body.at(Part.SHOULDER, side)),
    "thigh-slope-deg": lambda body, side: _slope_deg(body, body.at(Part.HIP, side), body.at(Part.KNEE, side)),
    "knee-deg": _knee,
    "hip-deg": _hip,
    "head-deg": _three(Part.EAR, Part.SHOULDER, Part.HIP),
    "arm-elevation-deg": _three(Part.HIP, Part.SHOULDER, Part.ELBOW),
    "head-tilt-deg": _ear_tilt_deg,
    "bent-hip-deg": lambda body, _: min(_hip(body, side) for side in _BOTH),
    "elbow-drop-ratio": _drop(Part.SHOULDER, Part.ELBOW),
    "toe-drop-ratio": _drop(Part.HEEL, Part.TOE),
    "ankle-rise-ratio": _drop(Part.ANKLE, Part.HIP),
    "knee-rise-ratio": _drop(Part.KNEE, Part.ANKLE),
    "higher-ankle-ratio": lambda body, _: max(_drop(Part.ANKLE, Part.HIP)(body, side) for side in _BOTH),
    "nose-drop-ratio": lambda body, side: _rise(body, body.at(Part.EAR, side), body.joints[0], _torso(body, side)),
    "shoulder-rise-ratio": lambda body, _: _drop(Part.SHOULDER, Part.HIP)(body, None),
    "shoulder-stack-ratio": lambda body, _: abs(_lower(Part.SHOULDER)(body, Side.LEFT)),
    "lower-shoulder-ratio": _lower(Part.SHOULDER),
    "lower-knee-ratio": _lower(Part.KNEE),
    "ankle-on-knee-ratio": _ankle_on_knee,
    "other-knee-deg": lambda body, side: _knee(body, _side(side).other),
    "upper-arm-tilt-deg": lambda body, side: incline_deg(body, body.at(Part.ELBOW, side), body.at(Part.SHOULDER, side)),
    "trunk-lean-deg": _lean_deg,
    "hip-extension-deg": _extension_deg,
    "trunk-slope-deg": lambda body, _: _slope_deg(body, body.at(Part.HIP, None), body.at(Part.SHOULDER, None)),
    "shoulder-roll-deg": _roll_deg(Part.SHOULDER),
    "hip-roll-deg": _roll_deg(Part.HIP),
    "foot-reach-deg": _foot_reach_deg,
    "shoulder-line-deg": lambda body, _: _slope_deg(
        body, body.at(Part.SHOULDER, Side.LEFT), body.at(Part.SHOULDER, Side.RIGHT)
    ),
    "hand-rise-ratio": lambda body, side: _rise(
        body,
        body.at(Part.WRIST, side),
        body.at(Part.SHOULDER, side),
        float(np.linalg.norm(body.at(Part.SHOULDER, side) - body.at(Part.ELBOW, side))),
    ),
    "nose-offset-ratio": _nose_offset,
}
"""What is true of a body, by the id of the measure that ought to find it."""

_STRAIGHT_DEG = 180.0
_HEIGHTS = {"hip-height-ratio": Part.ANKLE, "hip-height-knee-ratio": Part.KNEE}
_TURNS = {"hand-rise-ratio", "nose-offset-ratio"}
"""Shares of a limb's length that it has turned away by: a small share is so many radians."""


def beyond_deg(body: Body, measure: str, side: Side | None, band: Band) -> float:
    """How many degrees the truth lies beyond a band; negative inside it.

    A band of heights is turned into degrees of this very body's line, so that all faults have one scale. An angle
    cannot leave a band by the ends of its own scale, 0 and 180.
    """
    value = TRUE[measure](body, side)
    low = band.low if band.low != 0.0 else -math.inf
    high = band.high if band.high < _STRAIGHT_DEG else math.inf
    if measure in _HEIGHTS:
        line = _middles(body, _HEIGHTS[measure])
        value = sag_deg(body, *line)
        # Hips above the line are a negative sag, so the limits change places.
        low = -math.inf if math.isinf(band.high) else sag_at_height_deg(body, *line, band.high)
        high = math.inf if math.isinf(band.low) else sag_at_height_deg(body, *line, band.low)
    beyond = max(low - value, value - high)
    return math.degrees(beyond) if measure in _TURNS else beyond
