"""Simulated days by the real mind of the desk: every rule of quietness, two watches, restarts, sleep, reminders."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from desk_house import rules_of
from desk_life import SLACK, Life, counted_twice, poses

from lumbar.core.simulate.desk import broken

DAYS = int(os.environ.get("LUMBAR_DESK_LIVES", "16"))
"""How many days are lived here; `python bench/desk_days.py` lives a thousand of them."""

TWICE = (82, 281, 331)
"""Days in which two watches once booked more than went by: after a silence as long as an absence, over
one, and after a move that was told just before an entry was closed."""

LOOSE_DAYS = 60
"""In so many of them a rule that is not kept is broken, surely."""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return rules_of(tmp_path_factory.mktemp("home"))


def test_days_of_the_real_mind_keep_every_rule(rules: Any, tmp_path: Path) -> None:
    happened: Counter[str] = Counter()
    said = 0
    frames = poses()
    for seed in (*range(DAYS), *TWICE):
        life = Life(rules, frames, seed, tmp_path)
        day = life.live()
        assert [*broken(day, life.limits, slack=SLACK), *counted_twice(life)] == [], seed
        happened += life.happened
        said += len(day.nudges)
    assert said > 2 * DAYS
    every = {"both", "camera", "camera and page", "slept", "restarted", "silent", "reminded", "snoozed", "spoke again"}
    assert every <= happened.keys()


@pytest.mark.parametrize(
    ("loosened", "found"),
    [
        ({"gap_min": 5}, "after another"),
        ({"an_hour": 5, "gap_min": 1}, "too many in an hour"),
        ({"a_day": 40}, "nudges on"),
        ({"doubling": 1}, "before its time"),
        ({"patience": 1}, "was not answered"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_mind_that_breaks_a_rule_is_caught(rules: Any, tmp_path: Path, loosened: dict[str, int], found: str) -> None:
    frames = poses()
    for seed in range(LOOSE_DAYS):
        life = Life(rules, frames, seed, tmp_path, loosened)
        if any(found in one for one in broken(life.live(), life.limits, slack=SLACK)):
            return
    pytest.fail("nothing was found")
