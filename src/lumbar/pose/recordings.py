"""A file in, frames out, whatever the file is; and traces of what was seen.

Traces need none of the libraries that read pictures: those are an extra, and are looked for when a picture comes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar.core.body import Frame
from lumbar.core.errors import BadMedia, LumbarError, Misuse
from lumbar.pose import trace
from lumbar.pose.files import TRACES, Kind, Told, kind_of
from lumbar.pose.models import LANDMARKS

if TYPE_CHECKING:
    from contextlib import closing

    from lumbar.pose.sight import Recording


def model_of(path: Path) -> dict[str, str]:
    """Name and fingerprint of the model whose landmarks a file gives: a trace's own, else ours."""
    if kind_of(path) is Kind.TRACE:
        return dict(trace.read_header(path).model)
    return {"name": LANDMARKS.name.removesuffix(".tflite"), "sha256": LANDMARKS.sha256}


def frames_of(path: Path, told: Told | None = None, wanted: Callable[[float], bool] | None = None) -> Iterator[Frame]:
    """The frames of a video, a picture or a trace; only those whose second is wanted, asked in order and once for each.

    Raises BadMedia or BadTrace, in one sentence each, and LumbarError when the libraries for pictures are missing.
    """
    kind = kind_of(path)
    if kind is Kind.TRACE:
        for done, frame in enumerate(trace.frames(path), start=1):
            if told is not None:
                told(done, None)
            if wanted is None or wanted(frame.t_s):
                yield frame
        return
    with _opened(path, kind) as recording:
        for seen in recording.sightings(told, wanted):
            yield Frame.from_landmarks(seen.points, aspect=seen.aspect, t_s=seen.t_s)


def write_trace(path: Path, out: Path, told: Told | None = None, *, threads: int = 2) -> tuple[int, int]:
    """Landmarks of a video or a picture into a trace. Gives the number of frames, and of those with a person.

    Raises BadMedia for the recording, Misuse for a name that no trace has, and BadTrace when the trace cannot be
    written; then there is no trace.
    """
    kind = kind_of(path)
    if kind is Kind.TRACE:
        raise BadMedia("error.trace-of-trace", file=path.name)
    if not out.name.lower().endswith(TRACES):
        raise Misuse("error.trace-name", file=out.name)
    total = people = 0
    with _opened(path, kind, threads) as recording:
        header = trace.Header(
            recording.aspect, recording.fps, model_of(path), mirrored=False, smoothed=False, source=path.name
        )
        with trace.writing(out, header) as writer:
            for seen in recording.sightings(told):
                writer.frame(seen.t_s, seen.points, seen.world)
                total += 1
                people += seen.points is not None
    return total, people


def need_libraries() -> None:
    """Raises LumbarError, with the way to install them, when the libraries that read pictures are not there."""
    try:
        import lumbar.pose.sight  # noqa: F401
    except ImportError:
        raise LumbarError("error.pose-not-installed") from None


def _opened(path: Path, kind: Kind, threads: int = 2) -> "closing[Recording]":
    need_libraries()
    from lumbar.pose.sight import opened

    return opened(path, kind, threads)
