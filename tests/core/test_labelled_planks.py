"""The plank's judge against frames that were labelled by hand: correct, hips too high, hips too low."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lumbar.core.body import Frame
from lumbar.core.exercise import Exercise
from lumbar.core.judge import State, judge

LABELS = "CHL"
Points = np.ndarray[Any, np.dtype[np.float64]]


@pytest.fixture(scope="module")
def labelled(ground_truth: Path) -> tuple[Points, Any]:
    data = np.load(ground_truth / "plank-landmarks/plank_dev_history.npz", allow_pickle=True)
    return data["landmarks"], data["label"]


def _answer(plank: Exercise, points: Points) -> str:
    """C, H or L; what is not judged is none of them."""
    shown = judge(plank, Frame.from_landmarks(points, aspect=16 / 9, t_s=0.0))
    if shown.state in (State.CANNOT_JUDGE, State.NOT_IN_POSITION):
        return "-"
    if "hips-sagging" in shown.faults:
        return "L"
    return "H" if "hips-piked" in shown.faults else "C"


def macro_f1(answers: Any, labels: Any) -> float:
    scores = []
    for label in LABELS:
        hit = int(((answers == label) & (labels == label)).sum())
        scores.append(2 * hit / (int((answers == label).sum()) + int((labels == label).sum())))
    return sum(scores) / len(scores)


def mirrored(points: Points) -> Points:
    return np.concatenate([1.0 - points[..., :1], points[..., 1:]], axis=-1)


def shifted(points: Points) -> Points:
    return points + np.array([0.17, -0.11, 0.0, 0.0])


def scaled(points: Points) -> Points:
    return np.concatenate([0.2 + 0.6 * points[..., :2], points[..., 2:]], axis=-1)


@pytest.mark.parametrize("change", [lambda points: points, mirrored, shifted, scaled])
def test_correct_high_and_low_hips_are_told_apart(
    labelled: tuple[Points, Any], plank: Exercise, change: Callable[[Points], Points]
) -> None:
    points, labels = labelled
    answers = np.array([_answer(plank, row) for row in change(points)])
    assert macro_f1(answers, labels) >= 0.985


def test_correct_planks_are_credited(labelled: tuple[Points, Any], plank: Exercise) -> None:
    points, labels = labelled
    correct = points[labels == "C"]
    counted = sum(judge(plank, Frame.from_landmarks(row, aspect=16 / 9, t_s=0.0)).state.counts for row in correct)
    assert counted >= 0.98 * len(correct)
