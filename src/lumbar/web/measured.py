"""What goes out about how far the coach can be trusted, as the interface's description shows it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FigureOut(_Out):
    """A measured value with its 95 % interval; null where nothing was measured, or no interval can be given.

    n: stills, frames or looks that it is made of. clusters: the people, clips or recordings that these come from, where
    the interval is drawn over them.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    clusters: int | None = None


class PromiseOut(_Out):
    """A limit and what was measured. unit: share (0 to 1), deg or s. sure: whether the whole interval keeps the limit.

    met is null where nothing was measured.
    """

    id: str
    limit: float
    at_least: bool
    unit: Literal["share", "deg", "s"]
    figure: FigureOut
    met: bool | None
    sure: bool


class DetectionOut(_Out):
    """How well faults were found. false: good form that was faulted; wrong: passed or faulted wrongly.

    not_judged and refused: of those truly in the posture, who could not be judged, and who were not recognised.
    """

    caught: FigureOut
    named_right: FigureOut
    false: FigureOut
    specificity: FigureOut
    balanced_accuracy: float | None
    not_judged: FigureOut
    refused: FigureOut
    wrong: FigureOut


class ClockOut(_Out):
    """A clip's hold clock, in seconds. starts_s and ends_s: by how much each hold began or ended late."""

    clip: str
    view: str
    owed_s: float
    credited_s: float
    starts_s: list[float]
    ends_s: list[float]


class MeasuredOut(_Out):
    """One exercise on one rung. current: whether it is still judged by the numbers that were measured.

    stills and frames: in the view that the exercise asks for. Errors of angles are in the measure's own unit.
    """

    exercise: str
    rung: str
    first: bool
    as_shown: bool
    view: str
    judged: bool
    fingerprint: str
    current: bool
    checks: list[str]
    stills: DetectionOut
    frames: DetectionOut
    by_check: dict[str, dict[str, dict[str, FigureOut]]]
    confusion: dict[str, dict[str, dict[str, int]]]
    people: list[dict[str, Any]]
    views: dict[str, dict[str, Any]]
    frame_readings: dict[str, dict[str, dict[str, FigureOut]]]
    sides: dict[str, FigureOut] | None
    clocks: list[ClockOut]
    onsets: dict[str, Any]
    false_alarms: dict[str, int]


class LabelledOut(_Out):
    """Planks that people had labelled. C: correct, H: hips too high, L: hips too low, -: no answer."""

    macro_f1: FigureOut
    accepted: FigureOut
    judged: FigureOut
    confusion: dict[str, dict[str, int]]
    groups: list[dict[str, Any]]
    changes: dict[str, dict[str, Any]]


class TrustOut(_Out):
    """How far the coach can be trusted. crossing: what was shown, what was asked for, and the share taken for it."""

    format: Literal["lumbar-validation/1"]
    version: str
    models: dict[str, str]
    evidence: dict[str, int]
    goals: list[PromiseOut]
    exercises: list[MeasuredOut]
    planks: LabelledOut
    crossing: dict[str, dict[str, dict[str, FigureOut]]]
    drawn_poses: dict[str, Any]
