"""Every picture of a recording, and who is in it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lumbar.pose.files import Kind, Told
from lumbar.pose.landmarker import Landmarker
from lumbar.pose.media import Shot, Video, picture

Rows = list[list[float]]
Wanted = Callable[[float], bool]
"""Whether the picture at so many seconds is to be looked at. It is asked in order, once for each."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen at t_s seconds. aspect: of the upright picture. points, world: as in a trace, None for nobody."""

    t_s: float
    aspect: float
    points: Rows | None
    world: Rows | None


class Recording:
    """A video or a picture, with a fresh landmarker. Closed by its context."""

    def __init__(self, path: Path, kind: Kind, threads: int = 2) -> None:
        """Raises BadMedia when the file cannot be read, or a model is missing."""
        self._video: Video | None = None
        self._still: Shot | None = None
        if kind is Kind.PICTURE:
            self._still = picture(path)
            height, width = self._still.rgb.shape[:2]
            self.fps = 0.0
        else:
            self._video = Video(path)
            facts = self._video.facts
            width, height, self.fps = facts.width, facts.height, facts.fps
        self.aspect = width / height
        self._landmarker = Landmarker(threads)

    def sightings(self, told: Told | None = None, wanted: Wanted | None = None) -> Iterator[Sighting]:
        """What is seen in each picture that is wanted, in order. Raises BadMedia when the file breaks off."""
        for shot in self._shots(told):
            if wanted is not None and not wanted(shot.t_s):
                continue
            height, width = shot.rgb.shape[:2]
            pose = self._landmarker.see(shot.rgb, shot.t_s)
            points = None if pose is None else pose.points.tolist()
            yield Sighting(shot.t_s, width / height, points, None if pose is None else pose.world.tolist())

    def close(self) -> None:
        """Let go of the file."""
        if self._video is not None:
            self._video.close()

    def _shots(self, told: Told | None) -> Iterator[Shot]:
        if self._video is not None:
            yield from self._video.shots(told)
        elif self._still is not None:
            yield self._still


def opened(path: Path, kind: Kind, threads: int = 2) -> closing[Recording]:
    """A recording, to be used in a `with` block. Raises BadMedia."""
    return closing(Recording(path, kind, threads))
