"""`lumbar assess`: the contract of its output and of its exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import lumbar
from lumbar.catalog.words import shipped_words
from lumbar.core import figure
from lumbar.core.message import say
from lumbar.pose import trace

Run = Callable[..., Any]

KEYS = [
    "file", "exercise", "side", "frames", "duration_s", "in_position_s", "credited_s", "unjudged_s", "longest_hold_s",
    "faults", "measures", "model", "version",
]  # fmt: skip
STATES = {"cannot-judge", "not-in-position", "fault", "acceptable", "good"}


@pytest.fixture
def traced(tmp_path: Path) -> Callable[..., Path]:
    """A trace of the figure doing an exercise."""

    def make(exercise: str, name: str, *, side: lumbar.Side | None = None) -> Path:
        path = tmp_path / name
        header = trace.Header(16 / 9, 10, {"name": "figure", "sha256": "f" * 64}, False, False, "figure")
        with trace.writing(path, header) as writer:
            for frame in figure.story(lumbar.exercise(exercise), fps=10, hold_s=6, side=side):
                writer.frame(frame.t_s, [list(point) for point in frame.points])
        return path

    return make


def test_the_json_of_a_trace(run: Run, traced: Callable[..., Path]) -> None:
    path = traced("plank", "a.jsonl.gz")
    ran = run("assess", str(path), "--exercise", "plank", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (found,) = _strict(ran.out)
    assert list(found) == KEYS
    assert found["file"] == str(path)
    assert (found["exercise"], found["side"]) == ("plank", None)
    frames = list(trace.frames(path))
    assert found["frames"] == len(frames)
    assert found["duration_s"] == pytest.approx(frames[-1].t_s - frames[0].t_s, abs=1e-3)
    assert 5.0 <= found["credited_s"] <= found["in_position_s"] <= found["duration_s"]
    assert found["longest_hold_s"] <= found["credited_s"]
    assert found["unjudged_s"] == 0
    assert found["faults"] == []
    assert found["model"] == {"name": "figure", "sha256": "f" * 64}
    assert found["version"] == lumbar.__version__
    assert "hip-height-ratio" in found["measures"]
    for spread in found["measures"].values():
        assert list(spread) == ["median", "p05", "p95"]
        assert spread["p05"] <= spread["median"] <= spread["p95"]


def test_frames_and_events_come_on_demand(run: Run, traced: Callable[..., Path]) -> None:
    path = traced("side-plank", "a.jsonl", side=lumbar.Side.RIGHT)
    ran = run("assess", str(path), "--exercise", "side-plank", "--format", "json", "--frames", "--events")
    (found,) = _strict(ran.out)
    assert list(found) == [*KEYS, "judgements", "events"]
    assert found["side"] == "right"
    assert len(found["judgements"]) == found["frames"]
    exercise = lumbar.exercise("side-plank")
    for told, frame in zip(found["judgements"], trace.frames(path), strict=True):
        assert list(told) == ["t_s", "state", "faults", "measures"]
        assert told["t_s"] == pytest.approx(frame.t_s)
        assert told["state"] in STATES
        assert told["state"] == lumbar.judge(exercise, frame).state.value
        assert (told["state"] in {"cannot-judge", "not-in-position"}) <= (told["faults"] == [])
    times = [event["t_s"] for event in found["events"]]
    assert times == sorted(times)
    assert "in-position" in {event["event"] for event in found["events"]}


def test_a_bad_file_is_one_sentence_and_the_others_go_on(
    run: Run, traced: Callable[..., Path], bundle: Path, tmp_path: Path
) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((120, 160, 3), 90, np.uint8))
    spoilt = tmp_path / "spoilt.jsonl"
    spoilt.write_text('{"format": "lumbar-trace/1", "aspect": 1.5}\n{"t_s": 0}\n')
    good, still = traced("plank", "good.jsonl"), bundle / "stills/00_plank_good_side.jpg"
    files = [tmp_path / "nowhere.mp4", good, wall, spoilt, still]
    ran = run("assess", *map(str, files), "--exercise", "plank", "--format", "jsonl")
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "There is no file nowhere.mp4. Check its name and folder.",
        "Nobody was seen in wall.png. Film the whole body, from the side, in good light.",
        "spoilt.jsonl, line 2: it has no points; write null where nobody was seen.",
    ]
    lines = [_strict(line) for line in ran.out.splitlines()]
    assert [line["file"] for line in lines] == [str(good), str(still)]
    one = lines[1]
    assert (one["frames"], one["duration_s"], one["credited_s"]) == (1, 0, 0)


def test_when_every_file_is_bad_the_json_is_still_an_array(run: Run) -> None:
    ran = run("assess", "nowhere.mp4", "--exercise", "plank", "--format", "json")
    assert ran.code == 1
    assert _strict(ran.out) == []
    assert ran.sentence.startswith("There is no file nowhere.mp4.")


def test_text_is_for_people(run: Run, bundle: Path) -> None:
    ran = run("assess", str(bundle / "clips/hip_flexor_left.mp4"), "--exercise", "hip-flexor-stretch")
    assert (ran.code, ran.err) == (0, "")
    assert "held well" in ran.out
    assert not {"leaning-forward", "hip-flexor-stretch", "@", "{"} & set(ran.out.split())
    assert "leaning-forward" not in ran.out


def test_a_picture_is_told_as_what_it_shows(run: Run, bundle: Path) -> None:
    stills = [str(bundle / "stills" / name) for name in ("00_plank_good_side.jpg", "01_plank_hips_sagging_side.jpg")]
    ran = run("assess", *stills, "--exercise", "plank")
    assert (ran.code, ran.err) == (0, "")
    good, sagging = ran.out.split("01_plank")
    assert "good" in good
    assert "not right yet" in sagging
    assert "not right yet" not in good
    plank = lumbar.exercise("plank")
    sag, pike = (next(c for c in plank.checks if c.id == one) for one in ("hips-sagging", "hips-piked"))
    line = next(line for line in good.splitlines() if "hip-height-ratio" in line)
    assert line.endswith(f"(good: {sag.good.low:.3g} to {pike.good.high:.3g})")

    assert "hip-height-ratio" in good
    assert "hips-sagging" not in ran.out
    cue = next(check.cues[0] for check in lumbar.exercise("plank").checks if check.id == "hips-sagging")
    assert shipped_words().written(say(cue)) in sagging
    assert " s\n" not in ran.out, "a picture has no seconds"


def test_a_wrong_option_points_to_this_commands_own_help(run: Run) -> None:
    ran = run("assess", "a.mp4", "--exercise", "plank", "--frob")
    assert (ran.code, ran.sentence) == (2, "There is no option `--frob`. See `lumbar assess --help`.")


def test_every_frame_has_a_line_when_it_is_asked_for(run: Run, traced: Callable[..., Path]) -> None:
    path = traced("plank", "plank.jsonl")
    plain, framed = (run("assess", str(path), "--exercise", "plank", *more) for more in ((), ("--frames", "--events")))
    lines = framed.out.splitlines()
    assert lines[: len(plain.out.splitlines())] == plain.out.splitlines()
    frames = lines[len(plain.out.splitlines()) :]
    assert len(frames) == len(list(trace.frames(path)))
    assert {"good", "not in position"} <= {line.split(" s  ")[1] for line in frames}
    assert framed.err == "The coach's events come with --format json or --format jsonl.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--exercise", "plnk"], "There is no exercise plnk. There are: "),
        (["--exercise", "plank", "--side", "left"], "plank has no sides."),
        (["--exercise", "side-plank", "--side", "top"], "--side"),
        (["--exercise", "plank", "--format", "xml"], "`--format` takes one of these: `text`, `json`, `jsonl`."),
        ([], "--exercise"),
    ],
)
def test_a_wrong_call_is_told_before_any_file_is_read(run: Run, arguments: list[str], sentence: str) -> None:
    ran = run("assess", "nowhere.mp4", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert sentence in ran.sentence
    if "plnk" in arguments:
        assert all(exercise in ran.sentence for exercise in ("hip-flexor-stretch", "neck-stretch", "side-plank"))


def test_without_the_extra_traces_go_on_and_pictures_say_how(traced: Callable[..., Path], bundle: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('cv2', 'numpy', 'ai_edge_litert'): sys.modules[name] = None\n"
        "from lumbar.cli.main import main; main()\n"
    )
    files = [traced("plank", "a.jsonl"), bundle / "stills/00_plank_good_side.jpg"]
    command = [sys.executable, "-c", program, "assess", *map(str, files), "--exercise", "plank", "--format", "json"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert ran.stderr == (
        "Reading videos and pictures needs the pose extra. In lumbar's folder, install it with: pip install '.[pose]'\n"
    )
    assert [found["file"] for found in _strict(ran.stdout)] == [str(files[0])]


def _strict(text: str) -> Any:
    """JSON without NaN, which many readers refuse."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)
