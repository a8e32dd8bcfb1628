"""The figure as outlines for print: tapered limbs between joints, as the page draws them.

Points are pairs of x and y in picture heights, y down. Radii are shares of body height.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from lumbar.core import figure
from lumbar.core.body import Side
from lumbar.core.exercise import Exercise

Point = tuple[float, float]
Shape = tuple[str, list[Point]]

_R = {
    "chest": 0.062, "waist": 0.053, "pelvis": 0.064, "thigh": 0.058, "knee": 0.036, "ankle": 0.02, "heel": 0.02,
    "toe": 0.013, "shoulder": 0.036, "elbow": 0.025, "wrist": 0.017, "hand": 0.012, "neck": 0.03, "frame": 0.042,
    "head": 0.063,
}  # fmt: skip
_ARM = ((11, "shoulder"), (13, "elbow"), (15, "wrist"), (19, "hand"))
_LEG = ((23, "thigh"), (25, "knee"), (27, "ankle"))
_FOOT = ((29, "heel"), (27, "ankle"), (31, "toe"))
_STEPS = 10


def outlines(exercise: Exercise, rung: str, *, start: bool = False) -> tuple[float, list[Shape]]:
    """The floor's height, and the shapes of the hold, or of the start, in the order in which they are painted: what is
    far first.

    A shape is `far`, `near` or `thing`, and its outline.
    """
    frame = figure.sample(exercise, 0.0, rung=rung) if start else figure.held(exercise, rung=rung)
    around = figure.scenery(exercise, rung)
    points = [(landmark.x * figure.ASPECT, landmark.y) for landmark in frame.points]
    near = 1 if around.near is Side.RIGHT else 0
    unit = around.unit
    shapes: list[Shape] = [("thing", list(thing.line)) for thing in around.things if len(thing.line) > 1]
    far = "near" if around.near is None else "far"
    shapes += [(far, one) for one in _limbs(points, 1 - near, unit)]
    shapes += [("near", one) for one in _trunk(points, unit)]
    shapes += [("near", one) for one in _limbs(points, near, unit)]
    return around.floor_y, shapes


def _limbs(points: Sequence[Point], side: int, unit: float) -> Iterable[list[Point]]:
    for chain in (_LEG, _FOOT, _ARM):
        for (one, thick), (other, thin) in pairwise(chain):
            yield capsule(points[one + side], _R[thick] * unit, points[other + side], _R[thin] * unit)


def _trunk(points: Sequence[Point], unit: float) -> Iterable[list[Point]]:
    shoulders, hips = _between(points[11], points[12], 0.5), _between(points[23], points[24], 0.5)
    head = _between(points[7], points[8], 0.5)
    chest, waist = _between(shoulders, hips, 0.14), _between(shoulders, hips, 0.58)
    for one, thick, other, thin in (
        (chest, "chest", waist, "waist"),
        (waist, "waist", hips, "pelvis"),
        (points[11], "frame", points[12], "frame"),
        (points[11], "frame", waist, "waist"),
        (points[12], "frame", waist, "waist"),
        (points[23], "frame", points[24], "frame"),
        (shoulders, "neck", head, "neck"),
        (head, "head", head, "head"),
    ):
        yield capsule(one, _R[thick] * unit, other, _R[thin] * unit)


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def capsule(a: Point, ra: float, b: Point, rb: float) -> list[Point]:
    """The hull of two circles, as a polygon."""
    apart = math.hypot(b[0] - a[0], b[1] - a[1])
    if apart <= abs(ra - rb) + 1e-9:
        centre, radius = (a, ra) if ra >= rb else (b, rb)
        return _arc(centre, radius, 0.0, 2 * math.pi)
    along = math.atan2(b[1] - a[1], b[0] - a[0])
    open_rad = math.acos((ra - rb) / apart)
    far = _arc(b, rb, along + open_rad, along - open_rad)
    return far + _arc(a, ra, along - open_rad, along + open_rad - 2 * math.pi)


def _arc(centre: Point, radius: float, begin: float, end: float) -> list[Point]:
    turns = (begin + (end - begin) * step / _STEPS for step in range(_STEPS + 1))
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]
