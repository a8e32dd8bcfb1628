"""Traces: what is written is read back; what breaks the format is told with its line; nothing half-written remains."""

import gzip
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import load_words
from lumbar.core.body import Frame
from lumbar.core.errors import BadTrace
from lumbar.pose import trace
from lumbar.pose.trace import Header

HEADER = Header(16 / 9, 15.0, {"name": "m", "sha256": "0" * 64}, mirrored=False, smoothed=False, source="a.mp4")
ROW = [0.25, 0.5, -0.125, 1.0]
HEAD = {"format": "lumbar-trace/1", "aspect": 1.5}
LINE = {"t_s": 0.0, "points": [ROW] * 33}

_shares = st.floats(-2, 3, allow_nan=False) | st.just(math.nan)
_rows = st.lists(st.tuples(_shares, _shares, _shares, st.floats(0, 1)).map(list), min_size=33, max_size=33)
_steps = st.floats(0.001, 5)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(st.tuples(_steps, st.none() | _rows), max_size=5), packed=st.booleans())
def test_what_is_written_is_read_back(
    tmp_path: Path, moments: list[tuple[float, list[list[float]] | None]], packed: bool
) -> None:
    path = tmp_path / ("t.jsonl.gz" if packed else "t.jsonl")
    times, now_s = [], 0.0
    with trace.writing(path, HEADER) as writer:
        for step_s, rows in moments:
            now_s += step_s
            times.append(now_s)
            writer.frame(now_s, rows, None)
    assert trace.read_header(path) == HEADER
    frames = list(trace.frames(path))
    assert [f.t_s for f in frames] == pytest.approx(times, abs=1e-6)
    for frame, (_, rows) in zip(frames, moments, strict=True):
        assert frame.aspect == HEADER.aspect
        assert rows is not None or frame.nobody
        for point, row in zip(frame.points, rows or [], strict=False):
            if not any(math.isnan(v) for v in row[:2]):
                assert (point.x, point.y, point.visibility) == pytest.approx((row[0], row[1], row[3]), abs=1e-6)
            else:
                assert math.isnan(point.x)


def test_json_never_holds_a_nan(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with trace.writing(path, HEADER) as writer:
        writer.frame(0.0, [[math.nan, math.inf, 0.0, 1.0]] * 33, None)
    text = path.read_text()
    assert "NaN" not in text
    assert "Infinity" not in text
    assert json.loads(text.splitlines()[1])["points"][0] == [None, None, 0.0, 1.0]


def test_the_same_landmarks_give_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        with trace.writing(tmp_path / name, HEADER) as writer:
            writer.frame(0.0, [ROW] * 33, [ROW[:3]] * 33)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def test_a_mirrored_trace_is_turned_back(tmp_path: Path) -> None:
    rows = [[n / 100, 0.5, 0.0, 1.0] for n in range(33)]
    straight = Frame.from_landmarks(rows, aspect=1.5, t_s=0.0)
    mirrored = [list(point) for point in straight.mirrored().points]
    path = _written(tmp_path, [{**HEAD, "mirrored": True}, {"t_s": 0.0, "points": mirrored}])
    (frame,) = trace.frames(path)
    assert [p.x for p in frame.points] == pytest.approx([p.x for p in straight.points])


def test_an_unfinished_trace_leaves_nothing_and_spares_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("old")
    for interrupt in (KeyboardInterrupt, ValueError):
        with pytest.raises(interrupt):
            _begin(path, interrupt)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["t.jsonl"]


def _begin(path: Path, interrupt: type[BaseException]) -> None:
    with trace.writing(path, HEADER) as writer:
        writer.frame(0.0, None)
        raise interrupt


def test_a_trace_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(BadTrace, match=r"error\.trace-folder"), trace.writing(tmp_path / "nowhere/t.jsonl", HEADER):
        pass
    for path in (tmp_path / "folder.jsonl",):
        with pytest.raises(BadTrace, match=r"error\.trace-unwritable"), trace.writing(path, HEADER):
            pass
    assert [p.name for p in tmp_path.iterdir()] == ["folder.jsonl"]


def _without(key: str) -> Callable[[], dict[str, Any]]:
    return lambda: {k: v for k, v in LINE.items() if k != key}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [{"format": "other/1", "aspect": 1.5}],
            't.jsonl, line 1: the first line must say "format": "lumbar-trace/1".',
        ),
        ([{"format": "lumbar-trace/1"}], "t.jsonl, line 1: aspect must be a positive number, width divided by height."),
        ([{**HEAD, "aspect": -1}], "t.jsonl, line 1: aspect must be a positive number, width divided by height."),
        ([{**HEAD, "aspect": True}], "t.jsonl, line 1: aspect must be a positive number, width divided by height."),
        (
            [{**HEAD, "fps": "15"}],
            "t.jsonl, line 1: fps must be a number of frames a second, or 0 where it is not known.",
        ),
        ([{**HEAD, "model": "full"}], "t.jsonl, line 1: model must be an object of a name and a sha256."),
        ([{**HEAD, "mirrored": "no"}], "t.jsonl, line 1: mirrored and smoothed must be true or false."),
        ([{**HEAD, "source": 3}], "t.jsonl, line 1: source must be the recording's base name."),
        ([HEAD, [1, 2]], "t.jsonl, line 2: it is not a JSON object."),
        ([HEAD, {**LINE, "t_s": "0"}], "t.jsonl, line 2: t_s must be a number of seconds."),
        ([HEAD, _without("t_s")()], "t.jsonl, line 2: t_s must be a number of seconds."),
        ([HEAD, _without("points")()], "t.jsonl, line 2: it has no points; write null where nobody was seen."),
        ([HEAD, LINE, LINE], "t.jsonl, line 3: its time does not advance."),
        ([HEAD, LINE, {**LINE, "t_s": -1}], "t.jsonl, line 3: its time does not advance."),
        *[
            ([HEAD, {**LINE, "points": bad}], "t.jsonl, line 2: points must be null or 33 rows of x, y, z, visibility.")
            for bad in ([ROW] * 32, [ROW[:3]] * 33, [["a"] * 4] * 33, "none", {}, [[True] * 4] * 33, [None] * 33)
        ],
        ([HEAD, {**LINE, "world": [ROW] * 33}], "t.jsonl, line 2: world must be null or 33 rows of x, y, z."),
    ],
)
def test_what_breaks_the_format_is_told_with_its_line(tmp_path: Path, lines: list[Any], sentence: str) -> None:
    with pytest.raises(BadTrace) as caught:
        list(trace.frames(_written(tmp_path, lines)))
    assert load_words().written(caught.value.message) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "t.jsonl is an empty trace. Make it again with `lumbar pose`."),
        ("\n\n", "t.jsonl is an empty trace. Make it again with `lumbar pose`."),
        ("hello\n", "t.jsonl, line 1: it is not JSON."),
        (json.dumps(HEAD) + '\n{"t_s": 0.0, "poi', "t.jsonl, line 2: it is not JSON."),
        (json.dumps(HEAD) + '\n{"t_s": NaN, "points": null}\n', "t.jsonl, line 2: it is not JSON."),
        (json.dumps(HEAD) + "\n" + "[" * 60_000, "t.jsonl, line 2: it is not JSON."),
        (json.dumps(HEAD) + "\n" + "[" * 100_000, "t.jsonl, line 2: it is too long for a frame."),
        (
            json.dumps(HEAD) + '\n{"t_s": ' + "9" * 400 + ', "points": null}\n',
            "t.jsonl, line 2: t_s must be a number of seconds.",
        ),
    ],
)
def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(text)
    with pytest.raises(BadTrace) as caught:
        list(trace.frames(path))
    assert load_words().written(caught.value.message) == sentence


@pytest.mark.parametrize("spoil", [lambda b: b[: len(b) // 2], lambda b: b"no gzip" + b, lambda b: b[:-3] + b"xyz"])
def test_a_packed_trace_that_is_damaged_is_told(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "t.jsonl.gz"
    lines = [HEAD, *({**LINE, "t_s": float(n), "points": [[n / 7, 0.1 * n, 0.3, 1.0]] * 33} for n in range(40))]
    path.write_bytes(spoil(gzip.compress("\n".join(map(json.dumps, lines)).encode())))
    with pytest.raises(BadTrace, match=r"error\.trace-line"):
        list(trace.frames(path))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(json.dumps(HEAD).encode() + b"\n\xff\xfe\x00\n")
    with pytest.raises(BadTrace, match=r"line=\d"):
        list(trace.frames(path))


def test_fields_from_later_versions_are_left_alone(tmp_path: Path) -> None:
    path = _written(tmp_path, [{**HEAD, "lens": "wide"}, {**LINE, "light": 0.4}])
    assert len(list(trace.frames(path))) == 1


def _written(folder: Path, lines: list[Any]) -> Path:
    path = folder / "t.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("\ufeff" + json.dumps(HEAD) + "\n" + json.dumps(LINE) + "\n", encoding="utf-8")
    assert len(list(trace.frames(path))) == 1


def test_a_trace_may_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    before = os.umask(0o022)
    try:
        with trace.writing(path, HEADER) as out:
            out.frame(0.0, None)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
