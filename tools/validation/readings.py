"""What was read off the landmarks, against what is true of the body: in space, and as a perfect eye would see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lumbar.core.body import Frame, Side
from lumbar.core.judge import Judgement
from lumbar.core.measure import read
from lumbar.core.seen import Seen
from validation.anatomy import TRUE
from validation.intervals import Figure, clustered_mean
from validation.truth import Instant, Shown
from validation.verdicts import ClipVerdict, StillVerdict, Task

LINE = "body-line-deg"
_WITH_A_LINE = {"plank", "side-plank"}
_OF_THE_MIDDLE = {LINE, "hip-height-ratio", "hip-height-knee-ratio", "trunk-incline-deg"}


@dataclass(frozen=True)
class Reading:
    """A measure as it was read, as it is in space, and as exact joints in the picture would read."""

    person: str
    clip: str
    read: float
    space: float
    flat: float


def measures_of(task: Task) -> list[str]:
    """The measures of a task that can be held against the truth."""
    wanted = [measure for _, measure in task.checks if measure in TRUE]
    return list(dict.fromkeys(wanted + ([LINE] if task.exercise.id in _WITH_A_LINE else [])))


def of_stills(task: Task, measure: str, verdicts: Iterable[StillVerdict]) -> list[Reading]:
    """The readings of stills; those without a reading are left out."""
    found = []
    for v in verdicts:
        value = _read(task, measure, v.frame, v.asked, v.still.shown)
        if value is not None:
            found.append(_beside(measure, value, v.still.instant, v.still.shown, v.still.file.name))
    return found


def of_clip(task: Task, measure: str, verdict: ClipVerdict) -> list[Reading]:
    """The readings of a clip's frames in which the person is truly in position."""
    found = []
    rows = zip(verdict.frames, verdict.judged, verdict.truths, verdict.clip.instants, strict=True)
    for frame, judgement, truth, instant in rows:
        value = _read(task, measure, frame, judgement, verdict.clip.shown) if truth.belongs else None
        if value is not None:
            found.append(_beside(measure, value, instant, verdict.clip.shown, verdict.clip.name))
    return found


def errors(readings: list[Reading], by: str = "person") -> Mapping[str, Any]:
    """Mean absolute error and bias against the truth in space and in the picture, in the measure's unit."""
    clusters = [getattr(reading, by) for reading in readings]

    def both(name: str) -> dict[str, Any]:
        off = [reading.read - getattr(reading, name) for reading in readings]
        return {"error": _plain([abs(it) for it in off], clusters), "bias": _plain(off, clusters)}

    return {"space": both("space"), "picture": both("flat")}


def _plain(values: list[float], clusters: list[str]) -> dict[str, Any]:
    return mean(values, clusters).as_json()


def mean(values: list[float], clusters: list[str]) -> Figure:
    """The mean with its interval over people or clips."""
    return clustered_mean(values, clusters)


def _read(task: Task, measure: str, frame: Frame, judgement: Judgement, shown: Shown) -> float | None:
    if measure in judgement.measures:
        return judgement.measures[measure]
    seen = Seen(frame, task.exercise.settings.min_visibility)
    return read(seen, measure, shown.side or seen.near)


def _beside(measure: str, value: float, instant: Instant, shown: Shown, name: str) -> Reading:
    sides: tuple[Side | None, ...] = (shown.side,)
    in_picture: tuple[Side | None, ...] = (shown.side,)
    if shown.side is None:
        two = shown.exercise in ("chest-stretch", "neck-stretch")
        sides = tuple(Side) if two else (None,)
        in_picture = sides if two or measure in _OF_THE_MIDDLE else (instant.near,)
    space = min(TRUE[measure](instant.space, side) for side in sides)
    flat = min(TRUE[measure](instant.flat, side) for side in in_picture)
    return Reading(shown.person, name, value, space, flat)
