"""A rendered person at a desk as the pose model saw them, by the phases of their clip."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbar.catalog.posture import shipped_posture
from lumbar.core.body import Frame
from lumbar.core.posture import Baseline, PostureSettings, calibrate
from lumbar.pose import trace

ROOT = Path(__file__).parents[3]
TRACE = ROOT / "tests/data/posture/desk_drift.jsonl.gz"

# Seconds of the rendered clip; its transitions are left out.
PHASES = {"upright": ((0.0, 4.0), (15.3, 17.0)), "forward": ((7.1, 9.4),), "slouched": ((11.6, 13.9),)}


@dataclass(frozen=True)
class Person:
    """Somebody's moments by phase, and how they are calibrated."""

    moments: dict[str, tuple[Frame, ...]]
    settings: PostureSettings

    def baseline(self, slump: str = "slouched") -> Baseline:
        return calibrate(self.moments["upright"], self.moments[slump], self.settings)


@pytest.fixture(scope="session")
def settings() -> PostureSettings:
    return shipped_posture()


@pytest.fixture(scope="session")
def person(settings: PostureSettings) -> Person:
    frames = list(trace.frames(TRACE))
    return Person(
        {
            name: tuple(frame for frame in frames if any(low <= frame.t_s <= high for low, high in spans))
            for name, spans in PHASES.items()
        },
        settings,
    )


def at(frame: Frame, t_s: float) -> Frame:
    return Frame(t_s, frame.aspect, frame.points)
