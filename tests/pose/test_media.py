"""Pictures and videos come upright and with their own times; what cannot be read is told in one sentence."""

import gzip
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from lumbar.catalog.words import load_words
from lumbar.core.errors import BadMedia
from lumbar.pose.files import Kind, kind_of
from lumbar.pose.media import Video, picture, video_shots

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def test_kind_goes_by_name_and_by_content(tmp_path: Path, bundle: Path) -> None:
    still, clip = bundle / "stills/00_plank_good_side.jpg", bundle / "clips/plank.mp4"
    assert kind_of(still) is Kind.PICTURE
    assert kind_of(clip) is Kind.VIDEO
    nameless = tmp_path / "nameless"
    nameless.write_bytes(still.read_bytes())
    assert kind_of(nameless) is Kind.PICTURE
    nameless.write_bytes(clip.read_bytes())
    assert kind_of(nameless) is Kind.VIDEO
    nameless.write_text('{"format": "lumbar-trace/1"}\n')
    assert kind_of(nameless) is Kind.TRACE
    packed = tmp_path / "A.JSONL.GZ"
    packed.write_bytes(gzip.compress(b"{}"))
    assert kind_of(packed) is Kind.TRACE


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_video_comes_upright(turned: Callable[[int], Path], bundle: Path, degrees: int) -> None:
    plain = next(video_shots(bundle / "clips/plank.mp4")).rgb
    shot = next(video_shots(turned(degrees)))
    expected = cv2.rotate(plain, TURNS[degrees]) if degrees else plain
    assert np.array_equal(shot.rgb, expected)
    facts = Video(turned(degrees)).facts
    assert (facts.height, facts.width) == shot.rgb.shape[:2]


def test_a_turned_picture_comes_upright(tmp_path: Path, bundle: Path) -> None:
    content = (bundle / "stills/00_plank_good_side.jpg").read_bytes()
    plain = picture(bundle / "stills/00_plank_good_side.jpg").rgb
    # An EXIF block of one entry: orientation 6, turn clockwise by a quarter.
    tiff = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    exif = b"Exif\x00\x00" + tiff
    path = tmp_path / "phone.jpg"
    path.write_bytes(content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:])
    assert np.array_equal(picture(path).rgb, cv2.rotate(plain, cv2.ROTATE_90_CLOCKWISE))


@pytest.mark.parametrize(("name", "frames"), [("uneven.mp4", 40), ("uneven.webm", 30)])
def test_times_are_the_containers_own(uneven: Path, name: str, frames: int) -> None:
    times = [shot.t_s for shot in video_shots(uneven / name)]
    assert len(times) == frames
    assert all(later > earlier for earlier, later in pairwise(times))
    steps = np.diff(times)
    pauses = np.flatnonzero(steps > 0.3) + 1
    assert list(pauses) == list(range(10, frames, 10))
    assert np.median(steps) == pytest.approx(1 / 15, abs=0.002)


def test_progress_is_told_for_every_frame(uneven: Path) -> None:
    told: list[tuple[int, int | None]] = []
    list(video_shots(uneven / "uneven.mp4", lambda done, total: told.append((done, total))))
    assert told == [(n, 40) for n in range(1, 41)]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.mp4", b"", "empty.mp4 is empty. Copy it again from where it was recorded."),
        ("words.mp4", b"hello there\n", "words.mp4 is no video that can be read."),
        ("words.jpg", b"hello there\n", "words.jpg is no picture that can be read."),
        ("noise.webm", bytes(range(256)) * 40, "noise.webm is no video that can be read."),
    ],
)
def test_what_is_no_recording_is_told_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadMedia) as caught:
        _read(path)
    assert load_words().written(caught.value.message).startswith(sentence)
    assert capfd.readouterr().err == ""


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match=r"error\.media-missing"):
        kind_of(tmp_path / "nowhere.mp4")
    with pytest.raises(BadMedia, match=r"error\.media-folder"):
        kind_of(tmp_path)


@pytest.mark.parametrize(
    ("kept", "message"),
    [(60_000, "error.media-truncated"), (3_700, "error.media-no-frames"), (2_000, "error.media-no-video")],
)
def test_a_video_that_breaks_off_is_told(
    tmp_path: Path, bundle: Path, capfd: pytest.CaptureFixture[str], kept: int, message: str
) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes((bundle / "clips/plank.mp4").read_bytes()[:kept])
    with pytest.raises(BadMedia) as caught:
        _read(path)
    assert caught.value.message.id == message
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_picture_that_breaks_off_is_told(
    tmp_path: Path, bundle: Path, capfd: pytest.CaptureFixture[str], suffix: str
) -> None:
    _, whole = cv2.imencode(suffix, picture(bundle / "stills/00_plank_good_side.jpg").rgb)
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(whole.tobytes()[: len(whole) // 2])
    with pytest.raises(BadMedia, match=r"error\.media-no-picture"):
        _read(path)
    assert capfd.readouterr().err == ""


def test_a_picture_too_small_for_a_person_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dot.png"
    cv2.imwrite(str(path), np.zeros((4, 4, 3), np.uint8))
    with pytest.raises(BadMedia, match=r"error\.media-too-small"):
        picture(path)


def _read(path: Path) -> None:
    if kind_of(path) is Kind.PICTURE:
        picture(path)
    else:
        list(video_shots(path))
