"""Frames of forearm planks that people labelled by hand: correct, hips too high, hips too low."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbar.core.body import Frame, Landmark
from lumbar.core.judge import Judgement
from validation.intervals import Figure, clustered, clustered_share, macro_f1
from validation.verdicts import Task

LABELS = {"C": "correct", "H": "hips too high", "L": "hips too low"}
_FAULTS = {"hips-sagging": "L", "hips-piked": "H"}
UNDECIDED = "-"
_SMALLER = 0.6
_MOVED = (0.17, -0.11)


@dataclass(frozen=True)
class Labelled:
    """A labelled frame. group: the recording it comes from, whose frames are much alike."""

    frame: Frame
    label: str
    group: str


def load(folder: Path) -> list[Labelled]:
    """Every labelled frame; none where the folder has no such file."""
    path = folder / "plank-landmarks/plank_dev_history.npz"
    if not path.is_file():
        return []
    with np.load(path, allow_pickle=False) as data:
        rows = zip(
            data["landmarks"].tolist(),
            data["aspect"].tolist(),
            data["label"].tolist(),
            data["group"].tolist(),
            strict=True,
        )
        return [
            Labelled(Frame.from_landmarks(points, aspect=aspect, t_s=0.0), label, group)
            for points, aspect, label, group in rows
        ]


def answer(judgement: Judgement) -> str:
    """C, H or L; what is not judged, and a plank with another fault, is none of the three."""
    if not judgement.state.in_position:
        return UNDECIDED
    hips = [_FAULTS[fault] for fault in judgement.faults if fault in _FAULTS]
    if hips:
        return hips[0]
    return "C" if judgement.state.counts else UNDECIDED


def smaller(frame: Frame) -> Frame:
    """The same body, farther away."""
    return _each(frame, lambda x, y: (0.2 + _SMALLER * x, 0.2 + _SMALLER * y))


def moved(frame: Frame) -> Frame:
    """The same body, elsewhere in the picture."""
    return _each(frame, lambda x, y: (x + _MOVED[0], y + _MOVED[1]))


CHANGES: Mapping[str, Callable[[Frame], Frame]] = {
    "mirrored": Frame.mirrored,
    "shifted": moved,
    "scaled to 0.6": smaller,
}


def score(plank: Task, labelled: list[Labelled]) -> dict[str, Any]:
    """All that is said of the labelled planks."""
    labels = np.array([one.label for one in labelled])
    groups = [one.group for one in labelled]
    judged = [plank.look(one.frame, None) for one in labelled]
    answers = np.array([answer(judgement) for judgement in judged])
    correct = [(j.state.counts, one.group) for j, one in zip(judged, labelled, strict=True) if one.label == "C"]
    people = {group: number for number, group in enumerate(sorted(set(groups)), start=1)}
    f1 = _f1(answers, labels, groups)
    return {
        "macro_f1": f1.as_json(),
        "accepted": clustered_share([counts for counts, _ in correct], [group for _, group in correct]).as_json(),
        "judged": clustered_share([bool(it) for it in answers != UNDECIDED], groups).as_json(),
        "confusion": _confusion(answers, labels),
        "groups": [
            {"group": number, **_of_group(answers, labels, np.array(groups) == group)}
            for group, number in people.items()
        ],
        "changes": {name: _changed(plank, labelled, (answers, f1), change) for name, change in CHANGES.items()},
    }


def _f1(answers: NDArray[Any], labels: NDArray[Any], groups: list[str]) -> Figure:
    rows = np.stack([answers, labels], axis=1)
    return clustered(rows, groups, lambda drawn: macro_f1(drawn[:, 0], drawn[:, 1], list(LABELS)))


def _confusion(answers: NDArray[Any], labels: NDArray[Any]) -> dict[str, dict[str, int]]:
    return {
        label: {told: int(((labels == label) & (answers == told)).sum()) for told in (*LABELS, UNDECIDED)}
        for label in LABELS
    }


def _of_group(answers: NDArray[Any], labels: NDArray[Any], mine: NDArray[Any]) -> dict[str, Any]:
    return {"n": int(mine.sum()), "confusion": _confusion(answers[mine], labels[mine])}


def _changed(
    plank: Task, labelled: list[Labelled], before: tuple[NDArray[Any], Figure], change: Callable[[Frame], Frame]
) -> dict[str, Any]:
    answers = np.array([answer(plank.look(change(one.frame), None)) for one in labelled])
    different = int((answers != before[0]).sum())
    labels, groups = np.array([one.label for one in labelled]), [one.group for one in labelled]
    f1 = _f1(answers, labels, groups) if different else before[1]
    return {"macro_f1": f1.as_json(), "different": different, "n": len(labelled)}


def _each(frame: Frame, place: Callable[[float, float], tuple[float, float]]) -> Frame:
    points = tuple(Landmark(*place(p.x, p.y), p.z, p.visibility) for p in frame.points)
    return replace(frame, points=points)
