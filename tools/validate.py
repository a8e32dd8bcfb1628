"""Validates the coach against the ground truth, and writes what came out.

python tools/validate.py [--misses]

With LUMBAR_DATA it writes src/lumbar/catalog/validation.json, tools/validation/desk.json and docs/validation.md.
Without, it only shows what the recordings in the repository give: they are too few to publish. --misses also names
what went wrong.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lumbar.catalog import load_catalogue
from lumbar.catalog.validation import MEASURED
from validation import desk, desk_page
from validation.goals import Goal, goals_of
from validation.page import PAGE, goal_line, page
from validation.survey import Evidence, ask, describe, gather

BUNDLE = Path(__file__).parent.parent / "tests/data/bundle"


def measure(folders: Sequence[Path], data: Path | None) -> tuple[dict[str, Any], list[Goal]]:
    """The table of figures and the goals, over folders of rendered people and the labelled planks of a data folder."""
    catalogue = load_catalogue()
    evidence: Evidence = gather(folders, data)
    every = ask(catalogue, evidence)
    table = describe(catalogue, evidence, every)
    goals = goals_of(table, evidence, every)
    return {**table, "goals": [goal.as_json() for goal in goals]}, goals


def main(arguments: Sequence[str]) -> int:
    """Measure, write, and say what was promised and kept. Gives the exit code."""
    folder = os.environ.get("LUMBAR_DATA")
    data = Path(folder) if folder else None
    if data is not None and not (data / "synthetic").is_dir():
        print(f"There is no ground truth in {data}: LUMBAR_DATA must name the folder that has `synthetic` in it.")
        return 1
    table, goals = measure([BUNDLE] if data is None else [data / "synthetic", BUNDLE], data)
    for goal in goals:
        print(goal_line(goal.as_json()))
        if "--misses" in arguments:
            print("".join(f"    {miss}\n" for miss in goal.misses), end="")
    if data is None:
        print("Measured on the few recordings in the repository; nothing was written. Set LUMBAR_DATA for the whole.")
        return 0
    MEASURED.write_text(json.dumps(table, indent=1, allow_nan=False) + "\n", "utf-8")
    figures = desk.measure([data / "synthetic", BUNDLE])
    desk_page.save(figures)
    PAGE.write_text(page(table, figures), "utf-8")
    print(f"Wrote {PAGE.name} and {MEASURED.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
