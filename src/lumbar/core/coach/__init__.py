"""The coach of one exercise: feed it frames, drain its events."""

from lumbar.core.coach.beckon import HandWatch
from lumbar.core.coach.coach import Coach, Progress
from lumbar.core.coach.events import (
    Credited,
    Cue,
    Done,
    Event,
    FaultBegan,
    FaultEnded,
    HandKept,
    HandRaised,
    InPosition,
    LeftPosition,
    Nudged,
    OfferEasier,
    PlacementAsked,
    Praise,
    Tiring,
    TrackingBack,
    TrackingLost,
)
from lumbar.core.coach.states import TRANSITIONS, Look, Phase

__all__ = [
    "TRANSITIONS",
    "Coach",
    "Credited",
    "Cue",
    "Done",
    "Event",
    "FaultBegan",
    "FaultEnded",
    "HandKept",
    "HandRaised",
    "HandWatch",
    "InPosition",
    "LeftPosition",
    "Look",
    "Nudged",
    "OfferEasier",
    "Phase",
    "PlacementAsked",
    "Praise",
    "Progress",
    "Tiring",
    "TrackingBack",
    "TrackingLost",
]
