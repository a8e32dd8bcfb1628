"""The moving figure: keyframes of an exercise file become bodies at any instant.

The same frames that teach a person on the page are fed to the coach in the tests, so what is shown is what is asked
for. A figure lives in a plane, seen from the exercise's named view, in shares of body height with y up and the floor at
zero.

    skeleton    a pose -> 33 points; limbs that reach for a place
    motion      keyframes -> the body at an instant
    picture     a body -> the frame that a camera would see
    window      the part of the picture that a movement needs
    spoil       the hold with one fault in it
"""

from collections.abc import Iterable, Iterator, Sequence

from lumbar.core.body import Frame, Side
from lumbar.core.check import Mend, Towards
from lumbar.core.errors import NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.figure.motion import body_at
from lumbar.core.figure.picture import ASPECT, FLOOR, Scenery, picture, scenery_of, stage_of
from lumbar.core.figure.skeleton import Bones, Point
from lumbar.core.figure.spoil import spoiled_body
from lumbar.core.figure.window import Points, Window, window_of
from lumbar.core.rung import Rung

__all__ = [
    "ASPECT", "FLOOR", "Scenery", "Window", "asset", "duration_s", "held", "sample", "scenery", "spoiled", "still",
    "story", "window",
]  # fmt: skip

LOOP_IN_S, LOOP_HOLD_S, LOOP_BACK_S = 4.0, 2.0, 4.0
"""How the figure plays on a page: into the hold, stay, and back."""

_REST_S = 1.0
_ASSET_FPS = 10

_FINE, _ROUGH = 4, 3
"""Digits of a point that is drawn large, and of one that is drawn small: a thousandth of a tile is no pixel."""


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
    return _Film(exercise, step, side).frame(share * step.keyframes[-1].at_s, t_s)


def story(
    exercise: Exercise, *, fps: float, hold_s: float, rung: str | None = None, side: Side | None = None
) -> Iterator[Frame]:
    """A whole hold: rest at the start, get in, hold for hold_s seconds, get out."""
    film = _Film(exercise, exercise.rung(rung), side)
    into_s = duration_s(exercise, rung)
    total_s = 2 * _REST_S + 2 * into_s + hold_s
    for number in range(int(total_s * fps) + 1):
        t_s = number / fps
        at_s = min(max(t_s - _REST_S, 0.0), into_s, max(total_s - _REST_S - t_s, 0.0))
        yield film.frame(at_s, t_s)


def held(exercise: Exercise, *, rung: str | None = None, side: Side | None = None, t_s: float = 0.0) -> Frame:
    """The hold pose."""
    step = exercise.rung(rung)
    return _Film(exercise, step, side).frame(step.keyframes[-1].at_s, t_s)


def spoiled(
    exercise: Exercise, check_id: str, *, rung: str | None = None, side: Side | None = None, t_s: float = 0.0
) -> Frame:
    """The hold pose with a check's fault committed. Raises NotFound for an unknown check."""
    step = exercise.rung(rung)
    for check in exercise.checks_of(step):
        if check.id == check_id:
            return _Film(exercise, step, side).of(spoiled_body(step, check), t_s)
    raise NotFound("error.no-check", exercise=exercise.id, check=check_id)


def window(exercise: Exercise, rung: str | None = None) -> Window:
    """The part of the picture that the figure needs, from the start to the hold."""
    step = exercise.rung(rung)
    start, half_way, hold = _into(exercise, step, 2)
    return window_of(scenery_of(exercise, step), hold, (start, half_way))


def scenery(exercise: Exercise, rung: str | None = None) -> Scenery:
    """What stands still around the figure: floor, things, and which joints are judged."""
    return scenery_of(exercise, exercise.rung(rung))


def asset(exercise: Exercise) -> dict[str, object]:
    """Everything a page needs to draw the exercise: each rung's loop, start and hold, and what stands around it.

    Points are (x, y) in picture heights, y down. An exercise with sides is drawn for the left one. A prop has either a
    `line`, or the landmarks that it runs `along` from frame to frame. mends: for a fault, the left one of the joints to
    ring, and the way to move it, y down. window: the part of the picture that the figure needs.
    """
    return {
        "exercise": exercise.id,
        "view": exercise.camera.view,
        "mends": {check.id: _mend(check.mend) for check in exercise.checks if check.mend is not None},
        "rungs": {rung.id: _moving(exercise, rung) for rung in exercise.rungs},
    }


def still(exercise: Exercise) -> dict[str, object]:
    """What a page needs to draw each rung's hold alone, as small as a small picture allows."""
    return {rung.id: _held(exercise, rung, _into(exercise, rung, 2), _ROUGH) for rung in exercise.rungs}


def _moving(exercise: Exercise, rung: Rung) -> dict[str, object]:
    into = _into(exercise, rung, int(LOOP_IN_S * _ASSET_FPS))
    return {
        **_held(exercise, rung, into, _FINE),
        "fps": _ASSET_FPS,
        "duration_s": LOOP_IN_S + LOOP_HOLD_S + LOOP_BACK_S,
        "hold_from_s": LOOP_IN_S,
        "back_from_s": LOOP_IN_S + LOOP_HOLD_S,
        "into": [_rounded(points, _FINE) for points in into],
        "start": _rounded(into[0], _FINE),
    }


def _held(exercise: Exercise, rung: Rung, into: Sequence[Points], digits: int) -> dict[str, object]:
    around, hold = scenery_of(exercise, rung), into[-1]
    needed = window_of(around, hold, (into[0], into[len(into) // 2]))
    return {
        "aspect": round(ASPECT, 4),
        "near": None if around.near is None else around.near.value,
        "hold": _rounded(hold, digits),
        "unit": round(around.unit, 4),
        "body_line": list(around.body_line),
        "floor_y": round(around.floor_y, 4),
        "window": {
            "bust": needed.bust,
            **{name: round(getattr(needed, name), 4) for name in ("ground_y", "left", "right", "top")},
        },
        "props": [
            {"id": thing.id, "line": _rounded(thing.line, digits), "along": list(thing.along)}
            for thing in around.things
        ],
    }


def _into(exercise: Exercise, rung: Rung, steps: int) -> list[Points]:
    """The way into the hold, in picture heights, from the start to the hold itself."""
    film, into_s = _Film(exercise, rung, None), rung.keyframes[-1].at_s
    frames = (film.frame(into_s * number / steps, 0.0) for number in range(steps + 1))
    return [tuple((p.x * ASPECT, p.y) for p in frame.points) for frame in frames]


def _mend(mend: Mend) -> dict[str, int]:
    return {"joint": mend.joint.on(Side.LEFT), "dy": -1 if mend.towards is Towards.UP else 1}


def _rounded(points: Iterable[Point], digits: int) -> list[list[float]]:
    return [[round(x, digits), round(y, digits)] for x, y in points]


class _Film:
    """One rung on its stage, seen from one side. Files show the left side; the right one is its mirror image."""

    def __init__(self, exercise: Exercise, rung: Rung, side: Side | None) -> None:
        self._stage = stage_of(exercise, rung)
        self._rung = rung
        self._mirrored = exercise.two_sided and side is Side.RIGHT

    def frame(self, at_s: float, t_s: float) -> Frame:
        """The body at a moment of the movement, seen at t_s."""
        return self.of(body_at(self._rung.keyframes, at_s), t_s)

    def of(self, bones: Bones, t_s: float) -> Frame:
        """Any body, seen at t_s."""
        frame = picture(self._stage, self._rung.near, bones, t_s)
        return frame.mirrored() if self._mirrored else frame
