"""A recording of somebody at a desk, judged as `lumbar posture` would: each moment's own reading, and every nudge."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.words import Words
from lumbar.cli.console import following, plain
from lumbar.core.body import Frame
from lumbar.core.errors import BadInput, Misuse
from lumbar.core.message import Message, say
from lumbar.core.posture import Baseline, Reading, calibrate
from lumbar.core.posture.replay import Pace, Told, replay
from lumbar.pose.recordings import frames_of

_WINDOW = re.compile(r"^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$")
_DIGITS = 4


class Format(StrEnum):
    """How to print."""

    TEXT = "text"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a recording, in its own seconds, both ends included. text: as it was asked for."""

    from_s: float
    to_s: float
    text: str

    def holds(self, t_s: float) -> bool:
        """Whether a moment lies in it."""
        return self.from_s <= t_s <= self.to_s


def window(text: str) -> Window:
    """A stretch of time from FROM-TO. Raises Misuse."""
    match = _WINDOW.match(text.strip())
    if match is None or not float(match[1]) < float(match[2]):
        raise Misuse("error.posture-window", text=text)
    return Window(float(match[1]), float(match[2]), text.strip())


@dataclass(frozen=True, slots=True)
class Poses:
    """Where in a recording somebody sat tall, slumped, and as usual."""

    tall: Window
    slump: Window
    usual: Window | None = None

    @property
    def windows(self) -> dict[str, Window]:
        """All of them, by the option that asks for each."""
        usual = {} if self.usual is None else {"--usual": self.usual}
        return {"--tall": self.tall, "--slump": self.slump, **usual}


def play(path: Path, poses: Poses, rate: float, form: Format, words: Words) -> None:
    """Print the lines of a recording. Raises BadMedia, BadTrace, and BadInput when the poses tell nothing."""
    baseline = _baseline(path, poses)
    with following(path.name) as told:
        for line in replay(frames_of(path, told, Pace(rate)), baseline, shipped_posture()):
            plain(_jsonl(line, words) if form is Format.JSONL else words.written(_text(line, words)))


def _baseline(path: Path, poses: Poses) -> Baseline:
    """From every frame of the poses; the recording is read no further than they go."""
    found: dict[str, list[Frame]] = {option: [] for option in poses.windows}
    reach = _Reach(max(one.to_s for one in poses.windows.values()), poses)
    for frame in frames_of(path, None, reach):
        if frame.t_s > reach.ends_s:
            break
        for option, one in poses.windows.items():
            if one.holds(frame.t_s):
                found[option].append(frame)
    reach.need_within()
    return calibrate(found["--tall"], found["--slump"], shipped_posture(), found.get("--usual", []))


@dataclass(slots=True)
class _Reach:
    """Which moments the poses are read from, and one beyond them where there is one, which ends the reading.

    first_s, last_s: of the recording, as far as it was read.
    """

    ends_s: float
    poses: Poses
    first_s: float | None = None
    last_s: float = 0.0

    def __call__(self, t_s: float) -> bool:
        """Whether a moment is wanted. Asked in order."""
        self.first_s, self.last_s = t_s if self.first_s is None else self.first_s, t_s
        return t_s > self.ends_s or any(one.holds(t_s) for one in self.poses.windows.values())

    def need_within(self) -> None:
        """Raises BadInput for a pose whose seconds the recording does not have."""
        for option, one in self.poses.windows.items():
            if self.first_s is None or one.to_s < self.first_s or one.from_s > self.last_s:
                begins, ends = f"{self.first_s or 0.0:.1f}", f"{self.last_s:.1f}"
                raise BadInput("error.posture-outside", begins=begins, ends=ends, window=one.text, option=option)


def _jsonl(line: Reading | Told, words: Words) -> str:
    if isinstance(line, Told):
        text = words.written(line.nudge.message)
        message = line.nudge.message.as_json()
        return json.dumps(
            {"t_s": round(line.t_s, 6), "nudge": line.nudge.kind.value, "message": message, "text": text},
            allow_nan=False,
        )
    plain_values: dict[str, object] = {
        "t_s": round(line.t_s, 6),
        "state": line.state.value,
        "measures": {name: round(value, _DIGITS) for name, value in line.measures.items()},
    }
    if line.doubt is not None:
        plain_values["doubt"] = line.doubt.value
    return json.dumps(plain_values, allow_nan=False)


def _text(line: Reading | Told, words: Words) -> Message:
    t_s = f"{line.t_s:.1f}"
    if isinstance(line, Told):
        return say("cli.posture.nudge", t_s=t_s, text=words.written(line.nudge.message))
    state = f"@posture.state.{line.state.value}"
    if line.doubt is None:
        return say("cli.posture.frame", t_s=t_s, state=state)
    return say("cli.posture.frame-doubt", t_s=t_s, state=state, doubt=f"@posture.doubt.{line.doubt.value}")
