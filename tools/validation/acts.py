"""Hours at a desk made of a rendered person's moments: ordinary life, in which nobody should be told anything.

The moments are what the pose model saw. What is done to them is geometry on their points, and noise: nobody was filmed
turning, leaning or leaving, so what is found with them is about the rules and no measurement of a camera.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lumbar.core.body import POINTS, Frame, Landmark

Change = Callable[[Frame], Frame]
Act = tuple[float, str, Change]
"""How many seconds, in which phase, and what is done to its moments."""

NOISE_RATIO = 0.002
"""By which share of the picture a point is off, as a standard deviation."""


def changed(frame: Frame, how: Callable[[Landmark], Landmark]) -> Frame:
    """Every point changed alike."""
    return Frame(frame.t_s, frame.aspect, tuple(how(point) for point in frame.points))


def as_is(frame: Frame) -> Frame:
    """Nothing is done."""
    return frame


def nobody(frame: Frame) -> Frame:
    """They are not there."""
    return Frame.from_landmarks(None, aspect=frame.aspect, t_s=frame.t_s)


def moved(frame: Frame, right: float = 0.0, up: float = 0.0) -> Frame:
    """Elsewhere in the picture, by shares of its width and height."""
    return changed(frame, lambda p: Landmark(p.x + right, p.y - up, p.z, p.visibility))


def scaled(frame: Frame, by: float) -> Frame:
    """Nearer to the camera or further from it, the shoulders staying where they are."""
    left, right = frame.points[11], frame.points[12]
    x, y = (left.x + right.x) / 2, (left.y + right.y) / 2
    return changed(frame, lambda p: Landmark(x + by * (p.x - x), y + by * (p.y - y), by * p.z, p.visibility))


def turned(frame: Frame, by_deg: float) -> Frame:
    """The whole person turned about their own upright axis, as a swivel chair does; depth is the model's own guess."""
    left, right = frame.points[11], frame.points[12]
    axis, middle = (left.x + right.x) / 2, (left.z + right.z) / 2
    cos, sin = math.cos(math.radians(by_deg)), math.sin(math.radians(by_deg))

    def turn(p: Landmark) -> Landmark:
        x, z = p.x - axis, p.z - middle
        return Landmark(axis + cos * x - sin * z, p.y, sin * x + cos * z, p.visibility)

    return changed(frame, turn)


def noisy(frame: Frame, off: NDArray[np.float64]) -> Frame:
    """Every point off by a little, as a real camera's are. off: a row of x and y a point."""
    rows = zip(frame.points, off.tolist(), strict=True)
    points = tuple(Landmark(x + dx, y + dy, z, seen) for (x, y, z, seen), (dx, dy) in rows)
    return Frame(frame.t_s, frame.aspect, points)


def acted(
    moments: Mapping[str, Sequence[Frame]], acts: Sequence[Act], *, fps: float = 1.0, seed: int = 1
) -> Iterator[Frame]:
    """Frames of acts one after another, `fps` a second, with noise. moments: by phase."""
    chance, number = np.random.default_rng(seed), 0
    for lasts_s, phase, how in acts:
        for _ in range(round(lasts_s * fps)):
            moment = moments[phase][int(chance.integers(len(moments[phase])))]
            frame = how(noisy(moment, chance.normal(0.0, NOISE_RATIO, (POINTS, 2))))
            yield Frame(number / fps, frame.aspect, frame.points)
            number += 1


def peaceful(slump: str) -> dict[str, list[Act]]:
    """Ordinary life by name: nobody drifts for long in it, and nobody stays still for half an hour.

    slump: the phase whose moments stand for every leaning and slumping.
    """
    work: Act = (300, "upright", as_is)
    away: Act = (90, "upright", nobody)
    return {
        "turning to somebody": [work, (60, slump, _turned(50.0)), work, (60, slump, _turned(-50.0)), away],
        "leaning to the phone": [work, (75, slump, as_is), work, (60, slump, as_is), work, away],
        "leaving": [work, (400, "upright", nobody), (240, "upright", as_is), away],
        "a second person": [work, away, (240, slump, _somebody_else), work, (120, slump, _somebody_else), away],
        "turned away for long": [work, (900, slump, _turned(70.0)), away],
    }


def _turned(by_deg: float) -> Change:
    """A turn out of the picture's plane, or into it for somebody who is seen from the side."""
    return lambda frame: turned(frame, by_deg)


def _somebody_else(frame: Frame) -> Frame:
    """Behind and beside, slumped, in the way that somebody who looks over a shoulder stands in the picture."""
    return moved(scaled(frame, 0.7), right=0.55)
