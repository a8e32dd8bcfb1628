"""One moment against a baseline: tall, as usual, slumped, or not to be judged, and then why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lumbar.core.body import Frame
from lumbar.core.posture.baseline import Baseline, View
from lumbar.core.posture.measures import Build, Sight, look
from lumbar.core.posture.settings import ReadingSettings
from lumbar.core.seen import Point


class State(StrEnum):
    """How somebody sits or stands at a moment. A head that is forward counts as slumped."""

    TALL = "tall"
    USUAL = "usual"
    SLUMPED = "slumped"
    CANNOT_JUDGE = "cannot-judge"


class Doubt(StrEnum):
    """Why a moment cannot be judged."""

    NOBODY = "nobody"
    UNSEEN = "unseen"
    TURNED_AWAY = "turned-away"
    ANOTHER = "another"
    DARK = "dark"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Reading:
    """That moment's own reading, without any memory.

    position: how far from tall (0) to the limit (1) the measure lies that went furthest; None when not judged. sight:
    all that could be measured. scale: the person's size against that of the baseline; None when not known.
    """

    t_s: float
    state: State
    position: float | None
    doubt: Doubt | None
    sight: Sight
    scale: float | None = None

    @property
    def measures(self) -> Mapping[str, float]:
        """What was measured, by measure."""
        return self.sight.measures


def read(frame: Frame, baseline: Baseline, settings: ReadingSettings) -> Reading:
    """A frame's own reading."""
    sight = look(frame, settings.min_visibility)
    scale = (
        None if sight.build is None else size_of(sight.build, baseline.view) / size_of(baseline.build, baseline.view)
    )
    doubt = _doubt(sight, scale, baseline, settings)
    positions = [
        span.position(sight.measures[span.measure]) for span in baseline.spans if span.measure in sight.measures
    ]
    if doubt is None and not positions:
        doubt = Doubt.UNSEEN
    if doubt is not None:
        return Reading(frame.t_s, State.CANNOT_JUDGE, None, doubt, sight, scale)
    furthest = max(positions)
    return Reading(frame.t_s, _state(furthest, settings), furthest, None, sight, scale)


def _state(position: float, settings: ReadingSettings) -> State:
    if position >= 1.0:
        return State.SLUMPED
    return State.TALL if position < settings.tall_share else State.USUAL


def _doubt(sight: Sight, scale: float | None, baseline: Baseline, settings: ReadingSettings) -> Doubt | None:
    if sight.nobody:
        return Doubt.NOBODY
    now, tall = sight.build, baseline.build
    if now is None or scale is None:
        return Doubt.UNSEEN
    # Whichever side of a person the camera is on, they are read alike.
    if abs(abs(now.turn_deg) - abs(tall.turn_deg)) > settings.turned_deg:
        return Doubt.TURNED_AWAY
    if not settings.smallest_scale <= scale <= settings.largest_scale or _elsewhere(now, baseline, settings):
        return Doubt.ANOTHER
    # From the side the shoulders lie behind one another, and their distance says nothing about whose they are.
    if baseline.view is View.FRONT:
        proportion = (now.shoulders / now.face) / (tall.shoulders / tall.face)
        if abs(proportion - 1.0) > settings.build_ratio:
            return Doubt.ANOTHER
    return None


def _elsewhere(now: Build, baseline: Baseline, settings: ReadingSettings) -> bool:
    return distance(now.place, baseline.build.place, baseline) > settings.place_ratio


_SHOULDERS_TO_NECK = 1.5
"""Seen from the front, the distance between the shoulders is about so many necks (rendered people: 1.35 to 1.65): it
makes of the two one unit, and is no limit of anything."""


def size_of(build: Build, view: View) -> float:
    """The distance between the shoulders, in heights of the picture; from the side, what it would be by the neck."""
    return build.shoulders if view is View.FRONT else _SHOULDERS_TO_NECK * build.neck


def distance(one: Point, other: Point, baseline: Baseline) -> float:
    """How far apart two places are, in the person's own size."""
    return math.dist(one, other) / size_of(baseline.build, baseline.view)
