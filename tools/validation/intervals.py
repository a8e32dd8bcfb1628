"""Figures with what they are worth: how many were looked at, and where the true value lies in 95 of 100 cases.

A share of pictures that have nothing to do with each other gets Wilson's interval. Frames of one clip, and pictures of
one person, are much alike: there whole clips or people are drawn again and again with a fixed seed, and the interval is
what the middle 95 % of such draws give.
"""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z_95 = 1.959963984540054
"""Of a normal distribution 95 % lie within so many standard deviations."""

DRAWS = 2000
SEED = 20250101


@dataclass(frozen=True)
class Figure:
    """A value with its interval. n: what it is made of. clusters: the people or clips that were drawn; 0 for none.

    value is None when there was nothing to measure; low and high are None where no interval can be given.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    clusters: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what they are worth."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        rounded = {name: None if it is None else round(it, 4) + 0.0 for name, it in numbers.items()}
        return {**rounded, "n": self.n, **({"clusters": self.clusters} if self.clusters else {})}


NOTHING = Figure(None, None, None, 0)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share. n must be positive."""
    share, z2 = hits / n, Z_95 * Z_95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def share(hits: Sequence[bool]) -> Figure:
    """The share of things that have nothing to do with each other."""
    if not hits:
        return NOTHING
    low, high = wilson(sum(hits), len(hits))
    return Figure(sum(hits) / len(hits), low, high, len(hits))


def clustered_share(hits: Sequence[bool], clusters: Sequence[Hashable]) -> Figure:
    """The share of frames that come in clips, or of pictures that come in people.

    Where all clusters agree the draws would claim to be certain: then the interval is Wilson's over the clusters.
    """
    if not hits:
        return NOTHING
    number = len(set(clusters))
    value = sum(hits) / len(hits)
    if value in (0.0, 1.0):
        low, high = wilson(round(value * number), number)
        return Figure(value, low, high, len(hits), number)
    return clustered(np.array(hits, dtype=np.float64), clusters, lambda rows: float(rows.mean()))


def clustered_mean(values: Sequence[float], clusters: Sequence[Hashable]) -> Figure:
    """The mean of what comes in clips or people."""
    return clustered(np.array(values, dtype=np.float64), clusters, lambda rows: float(rows.mean()))


def median(values: Sequence[float]) -> Figure:
    """The median of things that have nothing to do with each other."""
    return clustered(np.array(values, dtype=np.float64), range(len(values)), lambda rows: float(np.median(rows)))


def clustered(rows: NDArray[Any], clusters: Sequence[Hashable], score: Callable[[NDArray[Any]], float]) -> Figure:
    """Any score over rows, with the interval that drawing whole clusters gives; none from a single cluster."""
    if not len(rows):
        return NOTHING
    value = score(rows)
    names = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    numbers = np.array([names[name] for name in clusters])
    members = [np.flatnonzero(numbers == number) for number in range(len(names))]
    if len(members) == 1:
        return Figure(value, None, None, len(rows), 1)
    dice = np.random.default_rng(SEED)
    scores = []
    for _ in range(DRAWS):
        drawn = dice.integers(len(members), size=len(members))
        scores.append(score(rows[np.concatenate([members[number] for number in drawn])]))
    low, high = np.nanpercentile(scores, (2.5, 97.5))
    return Figure(value, float(low), float(high), len(rows), len(members))


def macro_f1(answers: NDArray[Any], labels: NDArray[Any], known: Sequence[str]) -> float:
    """The mean over the known labels of F1; an answer that is none of them is a miss. Labels that are absent count not.

    F1 of a label: twice what was rightly called so, over what was called so and what is so.
    """
    scores = []
    for label in known:
        are, called = labels == label, answers == label
        if are.any():
            scores.append(2 * int((are & called).sum()) / (int(are.sum()) + int(called.sum())))
    return sum(scores) / len(scores) if scores else math.nan
