"""The page's section on desk posture, made of `desk.json` alone."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).parent / "desk.json"

_INTRODUCTION = """\
`lumbar posture` holds a person against their own baseline: tall is not told from slumped by any number that holds for
everybody. Each rendered person was calibrated on the first half of their own upright and slouched (or forward) frames;
*all* counts every frame outside the transitions, *new* only those that were no part of the calibration. A frame that
could not be judged counts as wrong. The promise is a balanced accuracy of at least 90 %.

**All of these people are rendered, few, and no person was held out**: the measures and the model were chosen with the
same people in sight, and *new* means other frames of somebody who was calibrated on. The figures say that the rules do
what they should where the truth is known. How well they do for real people at real desks nobody has measured."""

_STILLS = """\
Stills, each person calibrated on one upright and one slouched picture. Every picture was taken by a camera of its own,
at another distance and height; nobody's desk is like that, and *as they sit* is mixed with *where the camera stood*.
Only pictures that were no part of the calibration count. There is one upright picture of a person and view, and the
baseline is taken from it: whether upright is spared cannot be told from stills, but only from the clips above.
*Refused*: the two pictures looked alike, and no baseline was taken."""

_HOURS = """\
False nudges in ordinary hours, made of the clips' own moments with noise on every point: turned in a chair, leaning to
a phone for a minute, leaving, somebody else coming by. They are geometry and not film; they try the rules, no camera.
The promise is less than one an hour."""

_REST = """\
Every rule of quietness is tried on simulated days: `python bench/desk_days.py 10000` lives ten thousand of them by the
rules alone, with calls, full screens, quiet hours, snoozes, pauses and ignored nudges in all combinations, and a
thousand by the real mind of the terminal and the page, with two watches at once, restarts, machines that sleep,
reminders, and the day's end at three. It says which day broke what, and fails then.
What the monitor takes is told by `python bench/posture_watch.py`: 2.2 % of one core and 199 MB at a picture a second,
on the machine that wrote this page and without a camera's own driver."""


def load() -> Mapping[str, Any]:
    """The figures, as they were measured last."""
    found: Mapping[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return found


def save(figures: Mapping[str, Any]) -> None:
    """Keep the figures."""
    MEASURED.write_text(json.dumps(figures, indent=1, allow_nan=False) + "\n", "utf-8")


def section(figures: Mapping[str, Any]) -> Iterable[str]:
    """The parts of the section, in Markdown."""
    yield "## Desk posture"
    yield _INTRODUCTION
    head = ["clip", "camera", "calibrated on", "all: drifted found", "upright spared", "balanced", "new: balanced"]
    yield _grid(head, [_clip(row) for row in figures["clips"]])
    yield _STILLS
    head = ["view", "calibrations", "refused", "judged", "drifted found"]
    yield _grid(head, [_view(row) for row in figures["stills"]])
    yield _HOURS
    yield _grid(["clip", "act", "hours", "nudges"], [[*map(str, row.values())] for row in figures["hours"]])
    yield _REST


def _clip(row: Mapping[str, Any]) -> list[str]:
    figures = [_share(row["drifted"]), _share(row["upright"]), _percent(row["balanced_accuracy"])]
    return [row["clip"], row["view"], row["slump"], *figures, _percent(row["fresh"]["balanced_accuracy"])]


def _view(row: Mapping[str, Any]) -> list[str]:
    counts = [row["view"], str(row["calibrations"]), str(row["refused"])]
    return [*counts, _share(row["fresh"]["judged"]), _share(row["fresh"]["drifted"])]


def _share(figure: Mapping[str, Any]) -> str:
    return "–" if figure["value"] is None else f"{_percent(figure['value'])} of {figure['n']}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _grid(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
