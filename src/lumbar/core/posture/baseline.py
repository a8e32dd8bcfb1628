"""Somebody's own baseline: where their measures lie when they sit tall and easy, as usual, and slumped.

There is no posture that is right for everybody, so nothing is held against anybody but themselves. A baseline holds
averages of measures. It holds no landmark and no picture, and nobody can be drawn from it.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lumbar.core.body import Frame
from lumbar.core.errors import BadInput
from lumbar.core.posture.measures import Build, Sight, look
from lumbar.core.posture.settings import Gauge, PostureSettings


class View(StrEnum):
    """From where the camera looks."""

    FRONT = "front"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Span:
    """One measure of a baseline: its value when tall, and the limit beyond which it counts as drifting.

    usual: its value as usual, None when that was not captured.
    """

    measure: str
    tall: float
    limit: float
    usual: float | None = None

    def position(self, value: float) -> float:
        """How far from tall (0) towards the limit (1); negative for taller still."""
        return (value - self.tall) / (self.limit - self.tall)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a profile is judged against. build: of the person and the camera, when tall."""

    view: View
    build: Build
    spans: tuple[Span, ...]

    def as_json(self) -> dict[str, Any]:
        """The baseline as plain values."""
        return {"view": self.view.value, "build": asdict(self.build), "spans": [asdict(span) for span in self.spans]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Baseline":
        """A baseline from plain values that were checked as a fact."""
        of = plain["build"]
        place = (float(of["place"][0]), float(of["place"][1]))
        built = Build(float(of["turn_deg"]), place, float(of["shoulders"]), float(of["neck"]), float(of["face"]))
        return cls(View(plain["view"]), built, tuple(Span(**span) for span in plain["spans"]))


def calibrate(
    tall: Iterable[Frame], slump: Iterable[Frame], settings: PostureSettings, usual: Iterable[Frame] = ()
) -> Baseline:
    """A baseline from a few seconds of each pose: tall and easy, relaxed slump and, where captured, as usual.

    A measure's limit lies in the middle between tall and slump, never further from tall than `catalog/posture.toml`
    allows; measures whose tall and slump are not told apart are left out, except those whose limit stands alone
    (clinical design, section 4.4).

    Raises BadInput when too little of a pose could be read, or nothing tells tall from slumped.
    """
    gate = settings.reading.min_visibility
    poses = {
        name: _readable([look(frame, gate) for frame in frames])
        for name, frames in (("tall", tall), ("slump", slump), ("usual", usual))
    }
    for name in ("tall", "slump"):
        if len(poses[name]) < settings.calibration.least_frames:
            raise BadInput("error.posture-unseen", pose=f"@posture.pose.{name}")
    of = _average([sight.build for sight in poses["tall"] if sight.build is not None])
    spans = [_span(gauge, poses, settings.calibration.separation_sd) for gauge in settings.gauges]
    told_apart = [span for span, apart in spans if span is not None and apart]
    if not told_apart:
        raise BadInput("error.posture-alike")
    view = View.SIDE if abs(of.turn_deg) >= settings.reading.side_from_deg else View.FRONT
    return Baseline(view, of, tuple(span for span, _ in spans if span is not None))


def _readable(sights: Sequence[Sight]) -> list[Sight]:
    return [sight for sight in sights if sight.build is not None and sight.measures]


def _span(gauge: Gauge, poses: Mapping[str, Sequence[Sight]], separation_sd: float) -> tuple[Span | None, bool]:
    """A measure's span, and whether tall and slump were told apart by it."""
    tall, slump, usual = (_values(poses[name], gauge.id) for name in ("tall", "slump", "usual"))
    if 2 * len(tall) <= len(poses["tall"]):  # seen too seldom to lean on
        return None, False
    centre = statistics.fmean(tall)
    spread = max(_spread(tall), _spread(slump), gauge.smallest_sd)
    furthest = gauge.limit(centre)
    moved = statistics.fmean(slump) - centre if slump else 0.0
    apart = abs(moved) >= separation_sd * spread and (moved > 0.0) == (furthest > 0.0)
    steady = abs(furthest) >= separation_sd * spread
    if not apart and not (gauge.alone and steady):
        return None, False
    limit = min(moved / 2.0, furthest, key=abs) if apart else furthest
    return Span(gauge.id, centre, centre + limit, statistics.fmean(usual) if usual else None), apart


def _values(sights: Iterable[Sight], measure: str) -> list[float]:
    return [sight.measures[measure] for sight in sights if measure in sight.measures]


def _spread(values: Sequence[float]) -> float:
    return statistics.stdev(values) if len(values) > 1 else 0.0


def _average(builds: Sequence[Build]) -> Build:
    """The middle one of each: a capture may hold a frame in which left was taken for right."""
    return Build(
        turn_deg=statistics.median(one.turn_deg for one in builds),
        place=(statistics.median(one.place[0] for one in builds), statistics.median(one.place[1] for one in builds)),
        shoulders=statistics.median(one.shoulders for one in builds),
        neck=statistics.median(one.neck for one in builds),
        face=statistics.median(one.face for one in builds),
    )
