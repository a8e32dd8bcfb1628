"""How a figure stands at a moment of its movement, and the things in the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pose:
    """A figure's pose: directions of its segments in degrees, counter-clockwise from right, y up, in the named view.

    trunk points from hips to shoulders, neck from shoulders to head, face from the head to the nose. arms: upper arm,
    forearm and hand; legs: thigh, shank and foot; each left then right. shoulders and hips: half-widths as a share of
    height and the direction from right to left. lengths: foreshortening of a segment by name, 1 when seen side-on.
    """

    trunk: float
    neck: float
    face: float
    left_arm: tuple[float, float, float]
    right_arm: tuple[float, float, float]
    left_leg: tuple[float, float, float]
    right_leg: tuple[float, float, float]
    shoulders: tuple[float, float]
    hips: tuple[float, float]
    lengths: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose at a moment. `pin` names the landmark that rests at `pin_at` (x, y up, in shares of body height).

    reach: ankles and wrists that rest somewhere, by landmark. The two bones above bend to get there, to the side to
    which the pose's own directions bend them.
    """

    at_s: float
    phase: str
    pose: Pose
    pin: str
    pin_at: tuple[float, float]
    reach: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the room: a polyline in shares of body height, y up, or, for a strap, landmarks that it runs along."""

    id: str
    line: tuple[tuple[float, float], ...]
    along: tuple[str, ...] = ()
