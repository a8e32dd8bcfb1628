"""A recording of somebody at a desk, judged as `lumbar posture` would: each moment's own reading, and every nudge."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.words import Words
from lumbar.cli.console import following, plain
from lumbar.core.body import Frame
from lumbar.core.errors import Misuse
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
    """A stretch of a recording, in its own seconds, both ends included."""

    from_s: float
    to_s: float

    def holds(self, t_s: float) -> bool:
        """Whether a moment lies in it."""
        return self.from_s <= t_s <= self.to_s


def window(text: str) -> Window:
    """A stretch of time from FROM-TO. Raises Misuse."""
    match = _WINDOW.match(text.strip())
    if match is None or not float(match[1]) < float(match[2]):
        raise Misuse("error.posture-window", text=text)
    return Window(float(match[1]), float(match[2]))


@dataclass(frozen=True, slots=True)
class Poses:
    """Where in a recording somebody sat tall, slumped, and as usual."""

    tall: Window
    slump: Window
    usual: Window | None = None

    @property
    def windows(self) -> tuple[Window, ...]:
        """All of them."""
        return (self.tall, self.slump, *(() if self.usual is None else (self.usual,)))


def play(path: Path, poses: Poses, rate: float, form: Format, words: Words) -> None:
    """Print the lines of a recording. Raises BadMedia, BadTrace, and BadInput when the poses tell nothing."""
    baseline = _baseline(path, poses)
    with following(path.name) as told:
        for line in replay(frames_of(path, told, Pace(rate)), baseline, shipped_posture()):
            plain(_jsonl(line, words) if form is Format.JSONL else words.written(_text(line, words)))


def _baseline(path: Path, poses: Poses) -> Baseline:
    """From every frame of the poses; the recording is read no further than they go."""
    ends_s = max(one.to_s for one in poses.windows)
    found: dict[Window, list[Frame]] = {one: [] for one in poses.windows}
    for frame in _until(path, poses, ends_s):
        for one, frames in found.items():
            if one.holds(frame.t_s):
                frames.append(frame)
    usual = [] if poses.usual is None else found[poses.usual]
    return calibrate(found[poses.tall], found[poses.slump], shipped_posture(), usual)


def _until(path: Path, poses: Poses, ends_s: float) -> Iterator[Frame]:
    """The frames of the poses, and one beyond them where there is one, which ends the reading."""
    for frame in frames_of(path, None, lambda t_s: t_s > ends_s or any(one.holds(t_s) for one in poses.windows)):
        if frame.t_s > ends_s:
            return
        yield frame


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
