"""Landmarks of the ground truth's pictures and clips, by our own pose pipeline, kept between runs.

What was seen is kept under the fingerprint of everything that it depends on: the file, the two models, the code of the
pipeline and the libraries below it. A change of any of them looks anew; a change of a check does not.
"""

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version
from pathlib import Path

import numpy as np

import lumbar.pose
from lumbar.core.body import Frame
from lumbar.pose.models import DETECTOR, LANDMARKS
from lumbar.pose.recordings import frames_of

KEPT = Path(__file__).parents[2] / ".make/validation"
_LIBRARIES = ("ai-edge-litert", "numpy", "opencv-python-headless")
_NICE = 10


def see(files: Sequence[Path], kept: Path = KEPT) -> Mapping[Path, tuple[Frame, ...]]:
    """The frames of every file. Those that were not seen before take a while, on all cores but politely.

    Raises BadMedia for a file that cannot be read.
    """
    kept.mkdir(parents=True, exist_ok=True)
    pipeline = _pipeline()
    places = {file: kept / f"{_fingerprint(file, pipeline)}.npz" for file in files}
    new = [file for file in files if not places[file].exists()]
    if new:
        with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=_be_polite) as pool:
            jobs = [pool.submit(_look, file, places[file]) for file in new]
            for done, job in enumerate(as_completed(jobs), start=1):
                job.result()
                _tell(done, len(new))
    return {file: _read(place) for file, place in places.items()}


def _be_polite() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICE)


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rLooking at pictures and clips: {done} of {total}", end="\n" if done == total else "", file=sys.stderr)
    elif done == total or done % max(total // 10, 1) == 0:
        print(f"Looking at pictures and clips: {done} of {total}", file=sys.stderr, flush=True)


def _pipeline() -> bytes:
    """The fingerprint of all that stands between a file and its landmarks."""
    digest = hashlib.sha256()
    for source in sorted(Path(lumbar.pose.__file__).parent.glob("*.py")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    for model in (DETECTOR, LANDMARKS):
        digest.update(model.sha256.encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.digest()


def _fingerprint(file: Path, pipeline: bytes) -> str:
    return hashlib.sha256(pipeline + file.suffix.encode() + b"\0" + file.read_bytes()).hexdigest()


def _look(file: Path, place: Path) -> None:
    frames = list(frames_of(file))
    points = np.array([frame.points for frame in frames], dtype=np.float64)
    times_s = np.array([frame.t_s for frame in frames])
    unfinished = place.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as out:
        np.savez_compressed(out, points=points, times_s=times_s, aspect=np.array([frame.aspect for frame in frames]))
    unfinished.replace(place)


def _read(place: Path) -> tuple[Frame, ...]:
    with np.load(place) as kept:
        rows = zip(kept["points"].tolist(), kept["aspect"].tolist(), kept["times_s"].tolist(), strict=True)
        return tuple(Frame.from_landmarks(points, aspect=aspect, t_s=t_s) for points, aspect, t_s in rows)
