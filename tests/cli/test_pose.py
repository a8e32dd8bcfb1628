"""`lumbar pose`: landmarks of a recording into a trace, and one sentence when that cannot be."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest

from lumbar.pose.batch import jobs_in
from lumbar.pose.models import LANDMARKS

Run = Callable[..., Any]


@pytest.fixture
def uneven() -> Path:
    return Path(__file__).parents[1] / "pose/data/uneven.mp4"


def test_a_trace_is_written_and_counted(run: Run, uneven: Path, tmp_path: Path) -> None:
    out = tmp_path / "plank.jsonl"
    ran = run("pose", str(uneven), "-o", str(out))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "uneven.mp4: 40 pictures, with somebody in 40, written to plank.jsonl\n"
    header, *frames = map(json.loads, out.read_text().splitlines())
    assert header["format"] == "lumbar-trace/1"
    assert header["source"] == "uneven.mp4"
    assert (header["mirrored"], header["smoothed"]) == (False, False)
    assert set(header) == {"format", "aspect", "fps", "model", "mirrored", "smoothed", "source"}
    assert len(frames) == 40
    for frame in frames:
        assert set(frame) == {"t_s", "points", "world"}
        assert [len(row) for row in frame["points"]] == [4] * 33
        assert [len(row) for row in frame["world"]] == [3] * 33


@pytest.mark.parametrize(
    ("source", "trace", "code", "sentence"),
    [
        ("nowhere.mp4", "t.jsonl", 1, "There is no file nowhere.mp4. Check its name and folder."),
        (".", "whole.mp4", 2, "whole.mp4 is a file. The traces of a folder need a folder of their own"),
        ("words.mp4", "t.jsonl", 1, "words.mp4 is no video that can be read."),
        ("cut.mp4", "t.jsonl", 1, "cut.mp4 breaks off after "),
        ("whole.mp4", "whole.mp4", 2, "A trace ends in .jsonl or .jsonl.gz. Name it so instead of whole.mp4."),
        ("whole.mp4", "nowhere/t.jsonl", 1, "There is no folder nowhere to write t.jsonl to."),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(
    run: Run, bundle: Path, tmp_path: Path, source: str, trace: str, code: int, sentence: str
) -> None:
    whole = (bundle / "clips/plank.mp4").read_bytes()
    contents = {"words.mp4": b"hello", "cut.mp4": whole[:20_000], "whole.mp4": whole}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    ran = run("pose", str(tmp_path / source), "-o", str(tmp_path / trace))
    assert ran.code == code
    assert sentence in ran.sentence
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == contents


@pytest.fixture
def films(uneven: Path, bundle: Path, tmp_path: Path) -> Path:
    """A folder with two recordings at different depths, one that is none, and something else."""
    folder = tmp_path / "films"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.mp4").write_bytes(uneven.read_bytes())
    picture = next((bundle / "stills").glob("*plank*.jpg"))
    (folder / "deep/two.JPG").write_bytes(picture.read_bytes())
    (folder / "three.mov").write_bytes(b"hello")
    (folder / "notes.txt").write_text("not a recording")
    return folder


def test_a_folder_becomes_a_folder_of_traces_and_goes_on_where_it_stopped(
    run: Run, films: Path, uneven: Path, tmp_path: Path
) -> None:
    out, alone = tmp_path / "traces", tmp_path / "alone.jsonl.gz"
    ran = run("pose", str(films), "-o", str(out), "--jobs", "2")
    assert ran.code == 1
    one, three, two = sorted(ran.err.splitlines())
    assert one == "one.mp4: 40 pictures, with somebody in 40, written to one.mp4.jsonl.gz"
    assert three.startswith("three.mov is no video that can be read.")
    assert two.startswith("two.JPG: 1 ")
    assert two.endswith("two.JPG.jsonl.gz")
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert written == ["deep/two.JPG.jsonl.gz", "one.mp4.jsonl.gz"]
    run("pose", str(films / "one.mp4"), "-o", str(alone))
    assert (out / "one.mp4.jsonl.gz").read_bytes() == alone.read_bytes()

    (films / "three.mov").unlink()
    (out / "one.mp4.jsonl.gz").unlink()
    again = run("pose", str(films), "-o", str(out))
    assert again.code == 0
    assert again.err.splitlines() == [
        "1 recording has its trace already.",
        "one.mp4: 40 pictures, with somebody in 40, written to one.mp4.jsonl.gz",
    ]


def test_a_folder_without_recordings_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("pose", str(tmp_path / "empty"), "-o", str(tmp_path / "traces"))
    assert (ran.code, ran.err) == (1, "There is no video and no picture in empty.\n")
    assert not (tmp_path / "traces").exists()


def test_a_trace_of_another_model_or_older_than_its_recording_is_made_anew(films: Path, tmp_path: Path) -> None:
    out = tmp_path / "traces"
    out.mkdir()
    (job,) = [job for job in jobs_in(films, out) if job.source.name == "one.mp4"]
    assert not job.done
    header = {"format": "lumbar-trace/1", "aspect": 1.0, "fps": 15, "mirrored": False, "smoothed": False, "source": "x"}

    def write(sha256: str) -> None:
        with gzip.open(job.trace, "wt") as file:
            file.write(json.dumps({**header, "model": {"name": "m", "sha256": sha256}}) + "\n")

    write("another")
    assert not job.done
    write(LANDMARKS.sha256)
    assert job.done
    long_ago = job.source.stat().st_mtime - 100
    os.utime(job.trace, (long_ago, long_ago))
    assert not job.done


def shorten(film: Path, to: Path, *, frames: int) -> None:
    """The beginning of a film as one of its own."""
    source = cv2.VideoCapture(str(film))
    size = (int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT)))
    written = cv2.VideoWriter(str(to), cv2.VideoWriter.fourcc(*"mp4v"), source.get(cv2.CAP_PROP_FPS), size)
    for _ in range(frames):
        written.write(source.read()[1])
    written.release()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("how", ["asked to end", "terminal closed"])
def test_an_interrupt_leaves_no_half_of_a_trace_and_no_process(bundle: Path, tmp_path: Path, how: str) -> None:
    folder, out = tmp_path / "films", tmp_path / "traces"
    folder.mkdir()
    short = tmp_path / "short.mp4"
    shorten(bundle / "clips/plank.mp4", short, frames=110)
    for number in range(6):
        shutil.copy(short, folder / f"{number}.mp4")
    command = [sys.executable, "-m", "lumbar", "pose", str(folder), "-o", str(out), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    assert "written to" in process.stderr.readline()
    if how == "asked to end":
        os.kill(process.pid, signal.SIGTERM)  # a shell may have its children ignore the other one
    else:
        os.killpg(process.pid, signal.SIGHUP)  # every process of a terminal hears of its end
    process.wait(60)
    assert process.returncode == 130
    left = sorted(path.name for path in out.iterdir())
    assert left
    assert all(name.endswith(".mp4.jsonl.gz") and not name.startswith(".") for name in left)
    assert len(left) < 6
    for name in left:
        with gzip.open(out / name) as trace:
            assert sum(1 for _ in trace) > 100, "a trace under its own name is whole"
