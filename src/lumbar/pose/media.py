"""Pictures out of files: videos upright and with their own times, and single pictures."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from lumbar.core.errors import BadMedia
from lumbar.pose.detector import Image
from lumbar.pose.files import Told
from lumbar.pose.hush import hushed

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_SMALLEST_PX = 16
_WHOLE = 0.95
_MISSING_S = 0.5


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, RGB and upright, at t_s seconds from the recording's start."""

    t_s: float
    rgb: Image


def picture(path: Path) -> Shot:
    """A single picture, upright. Raises BadMedia when it cannot be decoded."""
    try:
        content = np.frombuffer(path.read_bytes(), np.uint8)
        with hushed():
            bgr = cv2.imdecode(content, cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        bgr = None
    if bgr is None:
        raise BadMedia("error.media-no-picture", file=path.name)
    return Shot(0.0, _rgb(np.asarray(bgr, dtype=np.uint8), path))


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a video says of itself: upright size in pixels, nominal frames a second, and how many frames it claims."""

    width: int
    height: int
    fps: float
    frames: int | None


class Video:
    """A video file, read once from start to end."""

    def __init__(self, path: Path) -> None:
        """Raises BadMedia when it is no video."""
        self._path = path
        with hushed():
            self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        # Turned by hand: builds differ in whether they turn by themselves.
        self._capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 0)
        if not self._capture.isOpened():
            raise BadMedia("error.media-no-video", file=path.name)
        self._turn = round(self._capture.get(cv2.CAP_PROP_ORIENTATION_META)) % 360

    @property
    def facts(self) -> VideoFacts:
        """Its size, rate and length."""
        width, height = (int(self._capture.get(p)) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if self._turn in (90, 270):
            width, height = height, width
        fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        claimed = int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        return VideoFacts(width, height, fps if 0 < fps < 1000 else 0.0, claimed if claimed > 0 else None)

    def shots(self, told: Told | None = None) -> Iterator[Shot]:
        """Every picture with the container's own time. Raises BadMedia when it is cut short or empty."""
        facts = self.facts
        step_s = 1 / facts.fps if facts.fps else 1 / 30
        last_s, done = -step_s, 0
        while True:
            ok, bgr = self._capture.read()
            if not ok:
                break
            t_s = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000.0
            last_s = t_s if t_s > last_s else last_s + step_s
            done += 1
            if told is not None:
                told(done, facts.frames)
            yield Shot(last_s, _rgb(self._upright(np.asarray(bgr, dtype=np.uint8)), self._path))
        self._check_end(done, last_s + step_s, facts)

    def close(self) -> None:
        """Let go of the file."""
        self._capture.release()

    def _upright(self, bgr: Image) -> Image:
        code = _TURNS.get(self._turn)
        return bgr if code is None else np.asarray(cv2.rotate(bgr, code), dtype=np.uint8)

    def _check_end(self, done: int, end_s: float, facts: VideoFacts) -> None:
        if done == 0:
            raise BadMedia("error.media-no-frames", file=self._path.name)
        if facts.frames is None or not facts.fps:
            return
        # Some containers only estimate their count, from a length and a rate: it is off where the rate varies, and the
        # length by a picture or two. An end is missing when both the pictures and the seconds fall short.
        missing_s = facts.frames / facts.fps - end_s
        if done < _WHOLE * facts.frames and missing_s > max(_MISSING_S, (1 - _WHOLE) * facts.frames / facts.fps):
            raise BadMedia("error.media-truncated", file=self._path.name, frames=done, claimed=facts.frames)


def video_shots(path: Path, told: Told | None = None) -> Iterator[Shot]:
    """Every picture of a video file, and the file closed at the end."""
    with closing(Video(path)) as video:
        yield from video.shots(told)


def _rgb(bgr: Image, path: Path) -> Image:
    if min(bgr.shape[:2]) < _SMALLEST_PX:
        raise BadMedia("error.media-too-small", file=path.name)
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)
