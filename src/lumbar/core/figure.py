"""The moving figure: keyframes of an exercise file become bodies at any instant.

The same frames that teach a person on the page are fed to the coach in the tests, so what is shown is what is asked
for. A figure lives in a plane, seen from the exercise's named view, in shares of body height with y up and the floor at
zero.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lumbar.core.body import Frame, Joint, Landmark, Part, Side
from lumbar.core.check import Check
from lumbar.core.errors import NotFound
from lumbar.core.exercise import Exercise, Keyframe, Pose, Rung

ASPECT = 16 / 9
FLOOR = 0.86
"""Where the floor lies in the picture, from the top, in picture heights."""

LOOP_IN_S, LOOP_HOLD_S, LOOP_BACK_S = 4.0, 2.0, 4.0
"""How the figure plays on a page: into the hold, stay, and back."""

_REST_S = 1.0
_ASSET_FPS = 10
_ROOM_WIDTH, _ROOM_HEIGHT, _MOST_SCALE = 1.5, 0.74, 1.15

_BONES = {
    "trunk": 0.285, "neck": 0.142, "upper-arm": 0.168, "forearm": 0.142, "hand": 0.075, "thigh": 0.243, "shank": 0.243,
    "foot": 0.13,
}  # fmt: skip
"""Lengths as shares of body height."""

_FAR_VISIBILITY = 0.7
Point = tuple[float, float]
Bones = dict[int, Point]


def duration_s(exercise: Exercise, rung: str | None = None) -> float:
    """How long getting from the start into the hold takes, in seconds."""
    return exercise.rung(rung).keyframes[-1].at_s


def sample(exercise: Exercise, t_s: float, *, rung: str | None = None, side: Side | None = None) -> Frame:
    """The figure at an instant of its endless loop: in, hold, back."""
    step = exercise.rung(rung)
    t = t_s % (LOOP_IN_S + LOOP_HOLD_S + LOOP_BACK_S)
    if t < LOOP_IN_S:
        share = t / LOOP_IN_S
    elif t < LOOP_IN_S + LOOP_HOLD_S:
        share = 1.0
    else:
        share = 1.0 - (t - LOOP_IN_S - LOOP_HOLD_S) / LOOP_BACK_S
    return _frame(exercise, step, share * step.keyframes[-1].at_s, t_s, side)


def story(
    exercise: Exercise, *, fps: float, hold_s: float, rung: str | None = None, side: Side | None = None
) -> Iterator[Frame]:
    """A whole hold: rest at the start, get in, hold for hold_s seconds, get out."""
    step = exercise.rung(rung)
    into_s = step.keyframes[-1].at_s
    total_s = 2 * _REST_S + 2 * into_s + hold_s
    for number in range(int(total_s * fps) + 1):
        t_s = number / fps
        at_s = min(max(t_s - _REST_S, 0.0), into_s, max(total_s - _REST_S - t_s, 0.0))
        yield _frame(exercise, step, at_s, t_s, side)


def held(exercise: Exercise, *, rung: str | None = None, side: Side | None = None, t_s: float = 0.0) -> Frame:
    """The hold pose."""
    step = exercise.rung(rung)
    return _frame(exercise, step, step.keyframes[-1].at_s, t_s, side)


def spoiled(exercise: Exercise, check_id: str, *, rung: str | None = None, t_s: float = 0.0) -> Frame:
    """The hold pose with a check's fault committed. Raises NotFound for an unknown check."""
    step = exercise.rung(rung)
    for check in exercise.checks_of(step):
        if check.id == check_id:
            return _spoil(exercise, step, check, t_s)
    raise NotFound("error.no-check", exercise=exercise.id, check=check_id)


def asset(exercise: Exercise) -> dict[str, object]:
    """Everything a page needs to draw the exercise: each rung's loop, start and hold, and what stands around it.

    Points are (x, y) in picture heights, y down. An exercise with sides is drawn for the left one.
    """
    return {
        "exercise": exercise.id,
        "view": exercise.camera.view,
        "rungs": {rung.id: _asset_of(exercise, rung) for rung in exercise.rungs},
    }


def _asset_of(exercise: Exercise, rung: Rung) -> dict[str, object]:
    steps = int(LOOP_IN_S * _ASSET_FPS)
    into_s = rung.keyframes[-1].at_s
    stage = _stage(rung)

    def points(at_s: float) -> list[list[float]]:
        frame = _frame(exercise, rung, at_s, 0.0, None)
        return [[round(p.x * ASPECT, 4), round(p.y, 4)] for p in frame.points]

    return {
        "aspect": round(ASPECT, 4),
        "fps": _ASSET_FPS,
        "duration_s": LOOP_IN_S + LOOP_HOLD_S + LOOP_BACK_S,
        "hold_from_s": LOOP_IN_S,
        "back_from_s": LOOP_IN_S + LOOP_HOLD_S,
        "near": None if rung.near is None else rung.near.value,
        "into": [points(into_s * number / steps) for number in range(steps + 1)],
        "start": points(0.0),
        "hold": points(into_s),
        "unit": round(stage.scale, 4),
        "body_line": [_joint(name) for name in exercise.body_line],
        "floor_y": FLOOR,
        "props": [
            {"id": prop.id, "line": [[round(x, 4), round(y, 4)] for x, y in map(stage.place, prop.line)]}
            for prop in rung.props
        ],
    }


def _joint(name: str) -> int:
    return int(Joint[name.upper().replace("-", "_")])


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the figure stands in the picture: picture heights per body height, and the shift to the middle."""

    scale: float
    shift: float

    def place(self, point: Point) -> Point:
        """A point of the figure's plane, in picture heights with y down."""
        return point[0] * self.scale + self.shift, FLOOR - point[1] * self.scale


def _stage(rung: Rung) -> _Stage:
    points = [p for keyframe in rung.keyframes for p in _stand(keyframe).values()]
    points += [p for prop in rung.props if prop.id != "mat" for p in prop.line]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    scale = min(_ROOM_WIDTH / max(right - left, 0.1), _ROOM_HEIGHT / max(y for _, y in points), _MOST_SCALE)
    return _Stage(scale, ASPECT / 2 - scale * (left + right) / 2)


def _frame(exercise: Exercise, rung: Rung, at_s: float, t_s: float, side: Side | None) -> Frame:
    frame = _picture(rung, _blend(rung.keyframes, at_s), t_s)
    return frame.mirrored() if exercise.two_sided and side is Side.RIGHT else frame


def _picture(rung: Rung, bones: Mapping[int, Point], t_s: float) -> Frame:
    stage = _stage(rung)
    points = []
    for index in range(33):
        x, y = stage.place(bones[index])
        far = rung.near is not None and index >= 11 and (index % 2 == 1) is not (rung.near is Side.LEFT)
        points.append(Landmark(x / ASPECT, y, 0.0, _FAR_VISIBILITY if far else 1.0))
    return Frame(t_s, ASPECT, tuple(points))


def _ease(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)


def _blend(keyframes: tuple[Keyframe, ...], at_s: float) -> Bones:
    """The bones at a moment between two keyframes; what both pin stays where it is pinned."""
    later = next((k for k in keyframes if k.at_s >= at_s), keyframes[-1])
    number = keyframes.index(later)
    if number == 0:
        return _stand(later)
    earlier = keyframes[number - 1]
    share = _ease(min((at_s - earlier.at_s) / (later.at_s - earlier.at_s), 1.0))
    pose = _between(earlier.pose, later.pose, share)
    if earlier.pin == later.pin:
        pin_at = _mix(earlier.pin_at, later.pin_at, share)
        return _stand(replace(later, pose=pose, pin_at=pin_at))
    root = _mix(_middle_hip(_stand(earlier)), _middle_hip(_stand(later)), share)
    return _moved(_skeleton(pose), root)


def _mix(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _between(a: Pose, b: Pose, share: float) -> Pose:
    def one(x: float, y: float) -> float:
        return x + (y - x) * share

    def three(x: tuple[float, float, float], y: tuple[float, float, float]) -> tuple[float, float, float]:
        return one(x[0], y[0]), one(x[1], y[1]), one(x[2], y[2])

    names = {*a.lengths, *b.lengths}
    return Pose(
        trunk=one(a.trunk, b.trunk),
        neck=one(a.neck, b.neck),
        face=one(a.face, b.face),
        left_arm=three(a.left_arm, b.left_arm),
        right_arm=three(a.right_arm, b.right_arm),
        left_leg=three(a.left_leg, b.left_leg),
        right_leg=three(a.right_leg, b.right_leg),
        shoulders=_mix(a.shoulders, b.shoulders, share),
        hips=_mix(a.hips, b.hips, share),
        lengths={name: one(a.lengths.get(name, 1.0), b.lengths.get(name, 1.0)) for name in names},
    )


def _go(start: Point, degrees: float, length: float) -> Point:
    turn = math.radians(degrees)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)


def _middle_hip(bones: Mapping[int, Point]) -> Point:
    return _mix(bones[Joint.LEFT_HIP], bones[Joint.RIGHT_HIP], 0.5)


def _moved(bones: Bones, root: Point) -> Bones:
    here = _middle_hip(bones)
    dx, dy = root[0] - here[0], root[1] - here[1]
    return {index: (x + dx, y + dy) for index, (x, y) in bones.items()}


def _stand(keyframe: Keyframe) -> Bones:
    bones = _skeleton(keyframe.pose)
    hip, pin = _middle_hip(bones), bones[_joint(keyframe.pin)]
    return _moved(bones, (keyframe.pin_at[0] + hip[0] - pin[0], keyframe.pin_at[1] + hip[1] - pin[1]))


def _skeleton(pose: Pose) -> Bones:
    """All 33 points from the directions of the segments, with the hips' middle at the origin."""

    def length(name: str, side: str = "") -> float:
        return _BONES[name] * pose.lengths.get(f"{side}{name}", pose.lengths.get(name, 1.0))

    bones: Bones = {}
    middle = _go((0.0, 0.0), pose.trunk, length("trunk"))
    head = _go(middle, pose.neck, length("neck"))
    _face(bones, head, pose)
    for side, arm, leg in ((Side.LEFT, pose.left_arm, pose.left_leg), (Side.RIGHT, pose.right_arm, pose.right_leg)):
        sign, name = (1.0, "left-") if side is Side.LEFT else (-1.0, "right-")
        shoulder = _go(middle, pose.shoulders[1], sign * pose.shoulders[0])
        elbow = _go(shoulder, arm[0], length("upper-arm", name))
        wrist = _go(elbow, arm[1], length("forearm", name))
        hand = length("hand", name)
        hip = _go((0.0, 0.0), pose.hips[1], sign * pose.hips[0])
        knee = _go(hip, leg[0], length("thigh", name))
        ankle = _go(knee, leg[1], length("shank", name))
        foot = length("foot", name)
        bones |= {
            Part.SHOULDER.on(side): shoulder, Part.ELBOW.on(side): elbow, Part.WRIST.on(side): wrist,
            17 + (side is Side.RIGHT): _go(wrist, arm[2] - 12.0, hand), Part.INDEX.on(side): _go(wrist, arm[2], hand),
            21 + (side is Side.RIGHT): _go(wrist, arm[2] + 25.0, hand * 0.6), Part.HIP.on(side): hip,
            Part.KNEE.on(side): knee, Part.ANKLE.on(side): ankle,
            Part.HEEL.on(side): _go(_go(ankle, leg[2], -0.2 * foot), leg[1], 0.03),
            Part.TOE.on(side): _go(_go(ankle, leg[2], 0.8 * foot), leg[1], 0.015),
        }  # fmt: skip
    return bones


def _face(bones: Bones, head: Point, pose: Pose) -> None:
    """Nose, eyes, ears and mouth around the middle of the head. Seen from the side both ears fall together."""
    wide = pose.shoulders[0] * 0.4
    across = pose.neck - 90.0
    if math.cos(math.radians(across - pose.shoulders[1])) < 0:
        across += 180.0
    nose = _go(head, pose.face, 0.05 * pose.lengths.get("face", 1.0))
    eyes = _go(_go(head, pose.face, 0.04 * pose.lengths.get("face", 1.0)), pose.neck, 0.02)
    mouth = _go(_go(head, pose.face, 0.04 * pose.lengths.get("face", 1.0)), pose.neck, -0.025)
    bones[Joint.NOSE] = nose
    for sign, first, ear, lip in ((1.0, 1, 7, 9), (-1.0, 4, 8, 10)):
        for number, share in enumerate((0.3, 0.45, 0.6)):
            bones[first + number] = _go(eyes, across, sign * wide * share)
        bones[ear] = _go(head, across, sign * wide)
        bones[lip] = _go(mouth, across, sign * wide * 0.35)


def _spoil(exercise: Exercise, rung: Rung, check: Check, t_s: float) -> Frame:
    hold = rung.keyframes[-1]
    bones = _stand(replace(hold, pose=_turned(hold.pose, check.spoil.turn)))
    if check.spoil.bend_hips_ratio:
        _bend(bones, check.spoil.bend_hips_ratio, through_knee="knee" in rung.measures.get(check.id, ""))
    return _picture(rung, bones, t_s)


def _turned(pose: Pose, turn: Mapping[str, float]) -> Pose:
    """A pose with degrees added to segments, by names such as `neck` or `left_arm.0`; `arm.0` turns both."""
    fields: dict[str, float | tuple[float, float, float]] = {}
    for name, degrees in turn.items():
        base, _, number = name.partition(".")
        for field in (f"left_{base}", f"right_{base}") if base in ("arm", "leg") else (base,):
            value = fields.get(field, getattr(pose, field))
            if isinstance(value, tuple):
                parts = [part + degrees * (not number or index == int(number)) for index, part in enumerate(value)]
                fields[field] = (parts[0], parts[1], parts[2])
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
