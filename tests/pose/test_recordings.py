"""A file in, frames out, whatever the file is; and traces of what was seen."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from lumbar.core.errors import BadMedia, Misuse
from lumbar.pose import trace
from lumbar.pose.models import LANDMARKS
from lumbar.pose.recordings import frames_of, model_of, write_trace


def test_a_trace_gives_the_same_frames_as_its_video(uneven: Path, tmp_path: Path) -> None:
    out = tmp_path / "plank.jsonl.gz"
    told: list[tuple[int, int | None]] = []
    assert write_trace(uneven / "uneven.mp4", out, lambda done, total: told.append((done, total))) == (40, 40)
    assert told[-1] == (40, 40)
    header = trace.read_header(out)
    assert (header.aspect, header.source) == (320 / 240, "uneven.mp4")
    assert (header.mirrored, header.smoothed) == (False, False)
    assert header.model == model_of(out) == model_of(uneven / "uneven.mp4")
    assert header.model == {"name": "pose_landmark_full", "sha256": LANDMARKS.sha256}
    seen, traced = list(frames_of(uneven / "uneven.mp4")), list(frames_of(out))
    assert len(seen) == len(traced) == 40
    for one, other in zip(seen, traced, strict=True):
        assert other.t_s == pytest.approx(one.t_s, abs=1e-6)
        assert np.allclose(np.array(one.points), np.array(other.points), atol=1e-6)
    assert [p.name for p in tmp_path.iterdir()] == ["plank.jsonl.gz"]


def test_a_picture_gives_one_frame(bundle: Path) -> None:
    (frame,) = frames_of(bundle / "stills/00_plank_good_side.jpg")
    assert frame.t_s == 0.0
    assert frame.aspect == pytest.approx(4 / 3)
    assert not frame.nobody


def test_a_recording_of_nobody_is_no_error(tmp_path: Path) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((120, 160, 3), 90, np.uint8))
    out = tmp_path / "wall.jsonl"
    assert write_trace(wall, out) == (1, 0)
    assert '"points":null,"world":null' in out.read_text().splitlines()[1]
    (frame,) = frames_of(out)
    assert frame.nobody


def test_a_recording_that_breaks_off_leaves_no_trace(bundle: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes((bundle / "clips/plank.mp4").read_bytes()[:20_000])
    with pytest.raises(BadMedia, match=r"error\.media-truncated"):
        write_trace(cut, tmp_path / "cut.jsonl")
    assert [p.name for p in tmp_path.iterdir()] == ["cut.mp4"]


def test_a_recording_is_never_written_over(bundle: Path, tmp_path: Path) -> None:
    still = tmp_path / "a.jpg"
    content = (bundle / "stills/00_plank_good_side.jpg").read_bytes()
    still.write_bytes(content)
    with pytest.raises(Misuse, match=r"error\.trace-name"):
        write_trace(still, still)
    assert still.read_bytes() == content


def test_a_trace_of_a_trace_is_refused(uneven: Path, tmp_path: Path, bundle: Path) -> None:
    out = tmp_path / "a.jsonl"
    write_trace(bundle / "stills/00_plank_good_side.jpg", out)
    with pytest.raises(BadMedia, match=r"error\.trace-of-trace"):
        write_trace(out, tmp_path / "b.jsonl")
