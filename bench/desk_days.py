"""Simulated days at a desk against every rule of quietness: python bench/desk_days.py [DAYS], 1,000 by default

Leaves with 1 when a rule was broken, and names the day, whose seed is its number.
"""

import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

from lumbar.catalog.posture import shipped_posture
from lumbar.core.simulate.desk import broken, desk_day

_BEGIN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
_SHOWN = 10


def lived(seed: int) -> tuple[int, Counter[str], list[str]]:
    """A day's number, how often what was said, and what it broke."""
    settings = shipped_posture().nudges
    day = desk_day(random.Random(seed), settings, _BEGIN)
    return seed, Counter(nudge.kind.value for nudge in day.nudges), list(broken(day, settings))


def main(days: int) -> int:
    """A line for the whole, and one for each of the first days that broke something."""
    said: Counter[str] = Counter()
    wrong = 0
    with ProcessPoolExecutor() as pool:
        for seed, kinds, found in pool.map(lived, range(days), chunksize=50):
            said += kinds
            wrong += bool(found)
            if found and wrong <= _SHOWN:
                print(f"day {seed}: {'; '.join(found)}")
    told = ", ".join(f"{count / days:.2f} of {kind}" for kind, count in sorted(said.items()))
    print(f"{days} days at a desk: {told} nudges a day; days that broke a rule: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
