"""The figure in a terminal: dots of Braille, four rows and two columns to a letter.

The body is drawn as on the page: rounded limbs between joints, the far ones lighter (every other dot), the line of the
judged joints in colour over all. Lengths are picture heights, as in a frame of the figure.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.text import Text

from lumbar.core.body import Frame, Joint, Part, Side
from lumbar.core.figure import Scenery

Point = tuple[float, float]
Round = tuple[Point, float]

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800
_BODY, _LINE, _THING = "bold", "bold yellow", "dim"

_ARM = ((Part.SHOULDER, 0.036), (Part.ELBOW, 0.025), (Part.WRIST, 0.017), (Part.INDEX, 0.012))
_LEG = ((Part.HIP, 0.058), (Part.KNEE, 0.036), (Part.ANKLE, 0.02))
_FOOT = ((Part.HEEL, 0.02), (Part.ANKLE, 0.02), (Part.TOE, 0.013))
_CHEST, _PELVIS, _NECK, _HEAD = 0.06, 0.062, 0.03, 0.063
"""Radii as shares of body height, as the drawn figure has them."""


class Sketch:
    """A picture of so many letters. `mirrored` turns left and right about."""

    def __init__(self, columns: int, aspect: float, *, mirrored: bool = False) -> None:
        self._wide = columns * 2
        self._scale = self._wide / aspect
        self._high = math.ceil(self._scale / 4) * 4
        self._aspect = aspect
        self._mirrored = mirrored
        self._dots: dict[tuple[int, int], str] = {}

    def figure(self, frame: Frame, around: Scenery) -> None:
        """Draw a body in its scenery."""
        at = [(p.x * frame.aspect, p.y) for p in frame.points]
        self.line([(0.0, around.floor_y), (self._aspect, around.floor_y)], _THING)
        for thing in around.things:
            self.line([at[number] for number in thing.along] or thing.line, _THING)
        near = around.near or Side.LEFT
        sparse = around.near is not None
        self._limbs(at, around.unit, near.other, sparse=sparse)
        self._trunk(at, around.unit)
        self._limbs(at, around.unit, near, sparse=False)
        self.line([at[number] for number in around.body_line], _LINE)

    def _limbs(self, at: Sequence[Point], unit: float, side: Side, *, sparse: bool) -> None:
        for limb in (_ARM, _LEG, _FOOT):
            self.chain([(at[part.on(side)], radius * unit) for part, radius in limb], sparse=sparse)

    def _trunk(self, at: Sequence[Point], unit: float) -> None:
        shoulders = [at[Joint.LEFT_SHOULDER], at[Joint.RIGHT_SHOULDER]]
        hips = [at[Joint.LEFT_HIP], at[Joint.RIGHT_HIP]]
        neck, pelvis, head = _middle(shoulders), _middle(hips), _middle([at[Joint.LEFT_EAR], at[Joint.RIGHT_EAR]])
        chest = (neck[0] + (pelvis[0] - neck[0]) * 0.1, neck[1] + (pelvis[1] - neck[1]) * 0.1)
        for shoulder, hip in zip(shoulders, hips, strict=True):
            self.chain([(shoulder, _ARM[0][1] * unit), (hip, _LEG[0][1] * unit)])
        self.chain([(chest, _CHEST * unit), (pelvis, _PELVIS * unit)])
        self.chain([(neck, _NECK * unit), (head, _NECK * unit)])
        self.chain([(head, _HEAD * unit), (head, _HEAD * unit)])

    def chain(self, rounds: Sequence[Round], *, sparse: bool = False) -> None:
        """Fill the shape between one circle and the next; sparse leaves out every other dot."""
        for first, second in pairwise(rounds):
            self._capsule(first, second, sparse=sparse)

    def line(self, points: Iterable[Point], style: str) -> None:
        """A thin line over what is there."""
        corners = list(points)
        for (ax, ay), (bx, by) in pairwise(corners):
            steps = max(1, math.ceil(math.hypot(bx - ax, by - ay) * self._scale))
            for step in range(steps + 1):
                share = step / steps
                x, y = ax + (bx - ax) * share, ay + (by - ay) * share
                self._dot(math.floor(x * self._scale), math.floor(y * self._scale), style)

    def text(self) -> Text:
        """The picture as lines of text."""
        rows = []
        for top in range(0, self._high, 4):
            row = Text()
            for left in range(0, self._wide, 2):
                row.append(*self._letter(left, top))
            row.rstrip()
            rows.append(row)
        return Text("\n").join(rows)

    def _letter(self, left: int, top: int) -> tuple[str, str]:
        code, styles = _BLANK, set()
        for y, row in enumerate(_DOTS):
            for x, bit in enumerate(row):
                style = self._dots.get((left + x, top + y))
                if style is not None:
                    code |= bit
                    styles.add(style)
        style = next((name for name in (_LINE, _BODY, _THING) if name in styles), "")
        return (chr(code), style) if code != _BLANK else (" ", "")

    def _capsule(self, first: Round, second: Round, *, sparse: bool) -> None:
        (ax, ay), ar = first
        (bx, by), br = second
        scale = self._scale
        dx, dy = bx - ax, by - ay
        length2 = dx * dx + dy * dy
        left, right = min(ax - ar, bx - br), max(ax + ar, bx + br)
        high, low = min(ay - ar, by - br), max(ay + ar, by + br)
        for row in range(math.floor(high * scale), math.ceil(low * scale) + 1):
            y = (row + 0.5) / scale
            for column in range(math.floor(left * scale), math.ceil(right * scale) + 1):
                x = (column + 0.5) / scale
                share = 0.0 if length2 == 0.0 else min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length2))
                gap = math.hypot(x - ax - share * dx, y - ay - share * dy)
                if gap <= ar + (br - ar) * share and not (sparse and (row + column) % 2):
                    self._dot(column, row, _BODY)

    def _dot(self, column: int, row: int, style: str) -> None:
        if 0 <= column < self._wide and 0 <= row < self._high:
            self._dots[self._wide - 1 - column if self._mirrored else column, row] = style


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
