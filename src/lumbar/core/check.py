"""What a camera can see of an exercise: the posture's family, and the things that a person can mend."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lumbar.core.body import Part


@dataclass(frozen=True, slots=True)
class Band:
    """A closed interval of a measure, in the measure's own unit."""

    low: float
    high: float

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether the value lies within, or no further out than `slack`."""
        return self.low - slack <= value <= self.high + slack

    def both(self, other: "Band") -> "Band":
        """What lies within this band and within the other."""
        return Band(max(self.low, other.low), min(self.high, other.high))

    def within(self, other: "Band") -> bool:
        """Whether this band lies inside the other."""
        return other.low <= self.low and self.high <= other.high


@dataclass(frozen=True, slots=True)
class Spoil:
    """The change of the hold pose that commits a check's fault.

    `turn` adds degrees to segments of the figure; `bend_hips_ratio` moves the hips off the line by a share of its
    length; `lengths` shows segments shorter or longer. `rung`: the only rung whose form can commit it, if not all can.
    """

    turn: Mapping[str, float]
    bend_hips_ratio: float = 0.0
    rung: str | None = None
    lengths: Mapping[str, float] = field(default_factory=dict)


class Towards(StrEnum):
    """Which way a joint has to go, as the picture shows it."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Mend:
    """How a fault is shown on the body: the joint that is ringed on the near side, and which way the arrow points."""

    joint: Part
    towards: Towards


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a camera can see and a person can mend.

    measure: id of a measure. good and acceptable: bands in its unit, good inside acceptable. after_s: how long the
    fault must stand before it is said. hysteresis: how far back inside the band, in the measure's unit, ends a standing
    fault. priority: the lowest is said first. cues: message ids, the first words and the second. mend: how it is
    shown; None for what has no place on the body. unless: a check of a lower priority number whose fault makes this one
    unreadable, or is what really causes it.
    """

    id: str
    measure: str
    good: Band
    acceptable: Band
    after_s: float
    hysteresis: float
    priority: int
    cues: tuple[str, ...]
    source: str
    spoil: Spoil
    required: bool = False
    mend: Mend | None = None
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Part of a posture's family, or of what a picture must be like. Without its points a `required` one makes a frame
    unjudgeable; another is left out.

    hint: for a picture's condition, the message that says how to meet it.
    """

    id: str
    measure: str
    within: Band
    source: str
    required: bool = False
    hint: str | None = None


class Unsure(StrEnum):
    """What a pose is whose sides do not differ enough to tell which one works.

    REFUSE: not the posture at all. BOTH: both sides work, and the lesser reading of the two counts. LEAN: the posture,
    read on the side that leads by however little.
    """

    REFUSE = "refuse"
    BOTH = "both"
    LEAN = "lean"


@dataclass(frozen=True, slots=True)
class SideFinder:
    """How a pose shows which side works: the side on which the measure is larger by at least `margin`."""

    measure: str
    margin: float
    source: str
    unsure: Unsure = Unsure.REFUSE


@dataclass(frozen=True, slots=True)
class Rest:
    """A measure whose reading at rest differs from person to person, so that a coach takes it from their own.

    measure: one that changes its sign with the side. within: what a reading at rest lies in, in the measure's unit.
    over_s: for how long it is watched. most: by how much it may raise what a reading must come to; it never lowers it.
    A body that is not seen at rest is read as it is.
    """

    measure: str
    within: Band
    over_s: float
    most: float
    source: str


@dataclass(frozen=True, slots=True)
class Steadiness:
    """A sign of tiring, which is no fault: the measure's standard deviation over a while passes `limit`."""

    measure: str
    window_s: float
    limit: float
    cue: str
    source: str


@dataclass(frozen=True, slots=True)
class Sinking:
    """A sign of tiring, which is no fault: the measure's mean over `window_s` falls by more than `limit` below what it
    was in the first `window_s` of the hold."""

    measure: str
    window_s: float
    limit: float
    cue: str
    source: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to say once a hold when a measure stays outside of a band. It is no fault, and costs no second."""

    id: str
    measure: str
    within: Band
    after_s: float
    message: str
    source: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """What makes a drill of an exercise: its holds are repetitions, each a way in, a short stay, and a way back.

    count: in a set. down_s and up_s: what the ways take by the clock. begins: how a body stands before each of them;
    until it is seen so, nothing is a repetition. hint: the message that asks for it. why_source: of the reason to do it
    at all.
    """

    count: int
    down_s: int
    up_s: int
    begins: tuple[Condition, ...]
    hint: str
    source: str
    why_source: str


def check_mistakes(checks: tuple[Check, ...]) -> Iterable[str]:
    """What is wrong with the checks of an exercise, in words for whoever wrote them."""
    ids = [check.id for check in checks]
    if len(set(ids)) != len(ids):
        yield "two checks share an id"
    for check in checks:
        if not check.good.within(check.acceptable):
            yield f"check {check.id}: the good band must lie inside the acceptable one"
        if check.after_s < 0 or check.hysteresis < 0:
            yield f"check {check.id}: dwell and hysteresis cannot be negative"
        before = {other.id for other in checks if other.priority < check.priority}
        if check.unless is not None and check.unless not in before:
            yield f"check {check.id}: unless names no check that comes before it"
        if not check.cues:
            yield f"check {check.id}: there is nothing to say"
        if math.isinf(check.acceptable.low) and math.isinf(check.acceptable.high):
            yield f"check {check.id}: it can never fail"
