"""Which part of its picture a figure needs: so that it fills whatever it is shown in, and stands on its lower edge."""

from collections.abc import Iterable
from dataclasses import dataclass

from lumbar.core.body import Joint
from lumbar.core.figure.picture import Scenery
from lumbar.core.figure.skeleton import Point

Points = tuple[Point, ...]
"""A body's points at one moment, in picture heights."""

_PICTURE = 1.02
"""A floor further down than this, in picture heights, lies outside the picture."""

_BUST = 0.8
"""How far down from shoulders to hips a bust reaches: the waist, where nothing is cut that moves."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where a movement goes, in picture heights with y down; it ends where the figure stands, at `ground_y`.

    bust: only head, arms and chest are drawn, of a movement that no joint of the legs takes part in, and that is seen
    from so near that the feet lie outside the picture.
    """

    bust: bool
    ground_y: float
    left: float
    right: float
    top: float


def window_of(around: Scenery, hold: Points, others: Iterable[Points]) -> Window:
    """The window of a rung with this scenery, this hold, and other moments of the movement."""
    bust = around.floor_y > _PICTURE and all(joint < Joint.LEFT_HIP for joint in around.body_line)
    ground_y = _waist_y(hold) if bust else around.floor_y
    body = [(x, y) for points in (hold, *others) for x, y in points if y <= ground_y]
    # A mat may run out of the picture, and a wall too at its upper end.
    across = [x for x, _ in body] + [x for thing in around.things for x, y in thing.line if y < ground_y]
    return Window(bust, ground_y, min(across), max(across), min(y for _, y in body))


def _waist_y(hold: Points) -> float:
    shoulders, hips = hold[Joint.LEFT_SHOULDER][1], hold[Joint.LEFT_HIP][1]
    return shoulders + (hips - shoulders) * _BUST
