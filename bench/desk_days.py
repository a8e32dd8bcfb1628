"""Simulated days at a desk against every rule of quietness: python bench/desk_days.py [DAYS], 1,000 by default

So many days of the rules alone, and a tenth of them lived by the real mind of every watch, with restarts, sleep, two
watches at once and reminders. Leaves with 1 when a rule was broken, and names the day, whose seed is its number.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/app"))
from desk_life import SLACK, Life, counted_twice, poses

from lumbar import wiring
from lumbar.catalog.posture import shipped_posture
from lumbar.core.simulate.desk import broken, desk_day

Lived = tuple[int, Counter[str], list[str]]

_BEGIN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
_SHOWN = 10


def ruled(seed: int) -> Lived:
    """A day of the rules alone: its number, how often what was said, and what it broke."""
    settings = shipped_posture().nudges
    day = desk_day(random.Random(seed), settings, _BEGIN)
    return seed, Counter(nudge.kind.value for nudge in day.nudges), list(broken(day, settings))


def lived(seed: int) -> Lived:
    """The same of a day that is lived by the real mind."""
    with tempfile.TemporaryDirectory() as home:
        life = Life(_rules(), _poses(), seed, Path(home))
        day = life.live()
        said = Counter(nudge.kind.value for nudge in day.nudges)
        said["reminder"] += len(day.reminded)
        return seed, said, [*broken(day, life.limits, slack=SLACK), *counted_twice(life)]


@cache
def _rules() -> Any:
    with tempfile.TemporaryDirectory() as home:
        return wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": home}))


_poses = cache(poses)


def main(days: int) -> int:
    """A line for each way of living a day, and one for each of the first days that broke something."""
    with ProcessPoolExecutor() as pool:
        wrong = _all(pool, ruled, days, "the rules alone") + _all(pool, lived, max(1, days // 10), "the real mind")
    return 1 if wrong else 0


def _all(pool: ProcessPoolExecutor, how: Callable[[int], Lived], days: int, name: str) -> int:
    said: Counter[str] = Counter()
    wrong = 0
    for seed, kinds, found in pool.map(how, range(days), chunksize=max(1, min(50, days // 8))):
        said += kinds
        wrong += bool(found)
        if found and wrong <= _SHOWN:
            print(f"{name}, day {seed}: {'; '.join(found)}")
    told = ", ".join(f"{count / days:.2f} of {kind}" for kind, count in sorted(said.items()))
    print(f"{days} days at a desk by {name}: {told} said a day; days that broke a rule: {wrong}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
