"""The port that use cases see: a file in, frames out, whatever the file is."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from lumbar.core.body import Frame
from lumbar.core.errors import BadMedia, Misuse
from lumbar.pose import trace
from lumbar.pose.landmarker import Landmarker, Pose
from lumbar.pose.media import TRACES, Kind, Shot, Told, Video, kind_of, picture
from lumbar.pose.models import LANDMARKS


def model_of(path: Path) -> dict[str, str]:
    """Name and fingerprint of the model whose landmarks a file gives: a trace's own, else ours."""
    if kind_of(path) is Kind.TRACE:
        return dict(trace.read_header(path).model)
    return {"name": LANDMARKS.name.removesuffix(".tflite"), "sha256": LANDMARKS.sha256}


def frames_of(path: Path, told: Told | None = None) -> Iterator[Frame]:
    """The frames of a video, a picture or a trace. Raises BadMedia or BadTrace, in one sentence each."""
    kind = kind_of(path)
    if kind is Kind.TRACE:
        for done, frame in enumerate(trace.frames(path), start=1):
            if told is not None:
                told(done, None)
            yield frame
        return
    landmarker = Landmarker()
    for shot in _shots(path, kind, told):
        height, width = shot.rgb.shape[:2]
        pose = landmarker.see(shot.rgb, shot.t_s)
        yield Frame.from_landmarks(None if pose is None else _rows(pose), aspect=width / height, t_s=shot.t_s)


def write_trace(path: Path, out: Path, told: Told | None = None) -> tuple[int, int]:
    """Landmarks of a video or a picture into a trace. Gives the number of frames, and of those with a person.

    Raises BadMedia for the recording, Misuse for a name that no trace has, and BadTrace when the trace cannot be
    written; then there is no trace.
    """
    kind = kind_of(path)
    if kind is Kind.TRACE:
        raise BadMedia("error.trace-of-trace", file=path.name)
    if not out.name.lower().endswith(TRACES):
        raise Misuse("error.trace-name", file=out.name)
    landmarker = Landmarker()
    total = seen = 0
    with trace.writing(out, _header(path, kind, landmarker)) as writer:
        for shot in _shots(path, kind, told):
            pose = landmarker.see(shot.rgb, shot.t_s)
            writer.frame(shot.t_s, None if pose is None else _rows(pose), None if pose is None else pose.world.tolist())
            total += 1
            seen += pose is not None
    return total, seen


def _rows(pose: Pose) -> list[list[float]]:
    rows: list[list[float]] = pose.points.tolist()
    return rows


def _shots(path: Path, kind: Kind, told: Told | None) -> Iterator[Shot]:
    if kind is Kind.PICTURE:
        yield picture(path)
        return
    with closing(Video(path)) as video:
        yield from video.shots(told)


def _header(path: Path, kind: Kind, landmarker: Landmarker) -> trace.Header:
    if kind is Kind.PICTURE:
        height, width = picture(path).rgb.shape[:2]
        fps = 0.0
    else:
        with closing(Video(path)) as video:
            facts = video.facts
        width, height, fps = facts.width, facts.height, facts.fps
    return trace.Header(width / height, fps, landmarker.model, mirrored=False, smoothed=False, source=path.name)
