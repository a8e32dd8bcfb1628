"""`lumbar pose`: landmarks of a recording into a trace, and one sentence when that cannot be."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def uneven() -> Path:
    return Path(__file__).parents[1] / "pose/data/uneven.mp4"


def test_a_trace_is_written_and_counted(run: Run, uneven: Path, tmp_path: Path) -> None:
    out = tmp_path / "plank.jsonl"
    ran = run("pose", str(uneven), "-o", str(out))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "uneven.mp4: 40 pictures, somebody in 40 of them, written to plank.jsonl\n"
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
        (".", "t.jsonl", 1, "is a folder."),
        ("words.mp4", "t.jsonl", 1, "words.mp4 is no video that can be read."),
        ("cut.mp4", "t.jsonl", 1, "cut.mp4 breaks off after "),
        ("whole.mp4", "whole.mp4", 2, "A trace ends in .jsonl or .jsonl.gz. Name it so instead of whole.mp4."),
        ("whole.mp4", "nowhere/t.jsonl", 1, "t.jsonl cannot be written."),
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
