"""What the coach tells. Each event is past tense and knows when it happened, in the frames' own time."""

from dataclasses import dataclass

from lumbar.core.body import Side
from lumbar.core.message import Message


@dataclass(frozen=True, slots=True)
class InPosition:
    """The posture's family is right; for an exercise with sides, on which side."""

    t_s: float
    side: Side | None


@dataclass(frozen=True, slots=True)
class LeftPosition:
    """The hold is over: its grace has passed. `credited_s` is the total so far; `seen`: the person was seen to leave
    it, and is not merely out of sight."""

    t_s: float
    credited_s: float
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Credited:
    """Another whole second was held well."""

    t_s: float
    credited_s: float


@dataclass(frozen=True, slots=True)
class FaultBegan:
    """A fault has stood for its dwell."""

    t_s: float
    fault: str


@dataclass(frozen=True, slots=True)
class FaultEnded:
    """A standing fault is mended, or the position was left."""

    t_s: float
    fault: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The one thing to say now. `attempt` counts how often this fault was spoken of."""

    t_s: float
    fault: str
    message: Message
    attempt: int


@dataclass(frozen=True, slots=True)
class Praise:
    """A fault was mended, and it is a while since the last praise."""

    t_s: float
    message: Message


@dataclass(frozen=True, slots=True)
class Tiring:
    """The hold has become unsteady. No fault: the person may want to stop."""

    t_s: float
    message: Message


@dataclass(frozen=True, slots=True)
class Nudged:
    """The hold counts, and something would make it easier or more comfortable. Said once a hold."""

    t_s: float
    message: Message


@dataclass(frozen=True, slots=True)
class OfferEasier:
    """Neither way of saying it helped: the easier rung may suit better today."""

    t_s: float
    fault: str


@dataclass(frozen=True, slots=True)
class PlacementAsked:
    """Nobody is in position, and the camera or the person has to move before anything can be judged."""

    t_s: float
    message: Message


@dataclass(frozen=True, slots=True)
class TrackingLost:
    """Nothing could be judged for a while; `message` says why, as far as that is known."""

    t_s: float
    message: Message


@dataclass(frozen=True, slots=True)
class TrackingBack:
    """It can be judged again."""

    t_s: float


@dataclass(frozen=True, slots=True)
class HandRaised:
    """A hand was held up for long enough to mean it: pause, or go on. It says nothing about the hold."""

    t_s: float


@dataclass(frozen=True, slots=True)
class HandKept:
    """A hand stays up, for long after it was raised or the watching began: in a pause that it began, it hurts."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Done:
    """The target is reached. The coach is silent from here on."""

    t_s: float
    credited_s: float


Event = (
    InPosition
    | LeftPosition
    | Credited
    | FaultBegan
    | FaultEnded
    | Cue
    | Praise
    | Tiring
    | Nudged
    | OfferEasier
    | PlacementAsked
    | TrackingLost
    | TrackingBack
    | HandRaised
    | HandKept
    | Done
)
