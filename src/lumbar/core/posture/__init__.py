"""Desk posture against somebody's own baseline: a moment's reading, drift and stillness, nudges, breaks, the day."""

from lumbar.core.posture.baseline import Baseline, Span, View, calibrate
from lumbar.core.posture.drift import DriftBegan, DriftEnded
from lumbar.core.posture.picture import Picture, picture, pictures
from lumbar.core.posture.reading import Doubt, Reading, State, read
from lumbar.core.posture.settings import PostureSettings
from lumbar.core.posture.still import Left, PositionChanged, Returned
from lumbar.core.posture.watch import CameraBack, CameraMoved, Event, Seen, Watch

__all__ = [
    "Baseline",
    "CameraBack",
    "CameraMoved",
    "Doubt",
    "DriftBegan",
    "DriftEnded",
    "Event",
    "Left",
    "Picture",
    "PositionChanged",
    "PostureSettings",
    "Reading",
    "Returned",
    "Seen",
    "Span",
    "State",
    "View",
    "Watch",
    "calibrate",
    "picture",
    "pictures",
    "read",
]
