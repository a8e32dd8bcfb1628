"""From a body in its room to a picture: where it stands, how large, and what a camera would see of it.

The picture is ASPECT wide and 1 high. Most exercises show the whole body on a floor; one that is judged from the hips
up is shown from the hips up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbar.core.body import Frame, Joint, Landmark, Side
from lumbar.core.exercise import Exercise
from lumbar.core.figure.motion import body_at
from lumbar.core.figure.skeleton import Point, joint, middle_hip, stand
from lumbar.core.rung import Rung

ASPECT = 16 / 9
FLOOR = 0.86
"""Where the floor lies in a picture of the whole body, from the top, in picture heights."""

_ROOM_WIDTH, _ROOM_HEIGHT, _MOST_SCALE = 1.5, 0.78, 1.15
_BUST_TOP, _BUST_HIPS = 0.1, 0.94
"""Where head (or the highest hand) and hips lie in a picture from the hips up."""

_FAR_RIGHT, _FAR_UP = 0.016, 0.014
"""How far the far limbs show beyond the near ones in a view from the side, in body heights."""

_NEAR_VISIBILITY, _FAR_VISIBILITY, _OUTSIDE_VISIBILITY = 1.0, 0.7, 0.1
_HEAD_RADIUS = 0.07
_FIRST_LIMB = int(Joint.LEFT_SHOULDER)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the figure stands: picture heights per body height, the shift to the middle, and the floor."""

    scale: float
    shift: float
    floor: float

    def place(self, point: Point) -> Point:
        """A point of the figure's plane, in picture heights with y down."""
        return point[0] * self.scale + self.shift, self.floor - point[1] * self.scale


def stage_of(exercise: Exercise, rung: Rung) -> Stage:
    """A stage on which all of a rung's movement fits, and stands in the middle."""
    bodies = [body_at(rung.keyframes, keyframe.at_s) for keyframe in rung.keyframes]
    points = [p for body in bodies for p in body.values()] + [p for prop in rung.props for p in prop.line]
    top = max(p[1] for body in bodies for p in body.values()) + _HEAD_RADIUS
    if not exercise.camera.whole_body:
        return _bust(rung, top)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    scale = min(_ROOM_WIDTH / (right - left), _ROOM_HEIGHT / max(top, *(y for _, y in points)), _MOST_SCALE)
    return Stage(scale, ASPECT / 2 - scale * (left + right) / 2, FLOOR)


def _bust(rung: Rung, top: float) -> Stage:
    hips = middle_hip(stand(rung.keyframes[-1]))
    scale = (_BUST_HIPS - _BUST_TOP) / (top - hips[1])
    return Stage(scale, ASPECT / 2 - scale * hips[0], _BUST_HIPS + hips[1] * scale)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the picture: a line in picture heights, or the landmarks that it runs along."""

    id: str
    line: tuple[Point, ...]
    along: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scenery:
    """What stands still around a figure, in picture heights with y down.

    unit: picture heights per body height. near: the side nearer to the camera, None in a view of the front.
    body_line: the landmarks whose line is judged.
    """

    unit: float
    floor_y: float
    near: Side | None
    body_line: tuple[int, ...]
    things: tuple[Thing, ...]


def scenery_of(exercise: Exercise, rung: Rung) -> Scenery:
    """The scenery of one rung, an exercise with sides seen for the left one."""
    stage = stage_of(exercise, rung)
    things = (
        Thing(prop.id, tuple(map(stage.place, prop.line)), tuple(joint(name) for name in prop.along))
        for prop in rung.props
    )
    body_line = tuple(joint(name) for name in rung.body_line or exercise.body_line)
    return Scenery(stage.scale, stage.floor, rung.near, body_line, tuple(things))


def picture(stage: Stage, near: Side | None, bones: Mapping[int, Point], t_s: float) -> Frame:
    """What a camera in the named view sees of a body: near limbs best, nothing beyond the picture's edge."""
    points = []
    for index in range(33):
        x, y = bones[index]
        far = near is not None and index >= _FIRST_LIMB and (index % 2 == 1) is not (near is Side.LEFT)
        if far:
            x, y = x + _FAR_RIGHT, y + _FAR_UP
        x, y = stage.place((x, y))
        inside = 0.0 <= x <= ASPECT and 0.0 <= y <= 1.0
        visibility = _FAR_VISIBILITY if far else _NEAR_VISIBILITY
        points.append(Landmark(x / ASPECT, y, 0.0, visibility if inside else _OUTSIDE_VISIBILITY))
    return Frame(t_s, ASPECT, tuple(points))
