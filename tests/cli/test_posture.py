"""`lumbar posture`: replays against the truth of a rendered clip, its calls, its day, and clear words for bad ones."""

import itertools
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lumbar.catalog.words import shipped_words
from lumbar.cli.posture_day import lines
from lumbar.core.posture import Picture
from lumbar.core.posture.measures import MEASURES

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TRACE = ROOT / "tests/data/posture/desk_drift.jsonl.gz"
POSES = ("--tall", "0-3", "--slump", "11.6-13.9")
DRIFTED = ("forward_head", "slouched")
EDGE_S = 0.3
"""Around the transitions of the clip, which a moment's own reading may be on either side of."""


@pytest.fixture(scope="module")
def phases() -> list[tuple[float, float, str]]:
    """The clip's phases: from, to, name."""
    frames = json.loads((ROOT / "tests/data/bundle/clips/desk_drift.json").read_text())["keyframes"]
    return [(a["t"], b["t"], a["phase"]) for a, b in itertools.pairwise(frames)]


def accuracy(lines: list[dict[str, Any]], phases: list[tuple[float, float, str]]) -> float:
    """Balanced accuracy of upright against slouched or forward, outside the transitions; no judgement is wrong."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for line in lines:
        if "state" not in line:
            continue
        phase = next((n for low, high, n in phases if low + EDGE_S <= line["t_s"] <= high - EDGE_S), None)
        if phase in (*DRIFTED, "upright"):
            drifted = phase in DRIFTED
            right[drifted].append(line["state"] == "slumped" if drifted else line["state"] in ("tall", "usual"))
    assert all(len(found) >= 4 for found in right.values())
    return sum(sum(found) / len(found) for found in right.values()) / 2


def told(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_replayed_trace_tells_upright_from_drifted(run: Run, phases: list[tuple[float, float, str]]) -> None:
    ran = run("posture", "--replay", str(TRACE), *POSES, "--format", "jsonl", "--rate", "5")
    assert (ran.code, ran.err) == (0, "")
    lines = told(ran.out)
    assert len(lines) >= 80
    assert accuracy(lines, phases) >= 0.95
    for line in lines:
        assert set(line) - {"doubt"} == {"t_s", "state", "measures"}
        assert line["state"] in ("tall", "usual", "slumped", "cannot-judge")
        assert set(line["measures"]) <= set(MEASURES)
        assert ("doubt" in line) is (line["state"] == "cannot-judge")


def test_a_replayed_video_gives_a_line_a_second(run: Run, bundle: Path, phases: list[tuple[float, float, str]]) -> None:
    video = bundle / "clips/desk_drift.mp4"
    ran = run("posture", "--replay", str(video), *POSES, "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    lines = told(ran.out)
    assert [line["t_s"] for line in lines] == pytest.approx(list(range(18)), abs=0.04)
    assert accuracy(lines, phases) >= 0.9


def test_a_replay_in_words(run: Run) -> None:
    ran = run("posture", "--replay", str(TRACE), *POSES)
    lines = ran.out.splitlines()
    assert lines[0] == "0.0 s: tall"
    assert "12.0 s: slumped or head forward" in lines


def long_trace(path: Path, seconds: int) -> Path:
    """Somebody who slumps for so long, a frame a second, after the clip's first fourteen."""
    from lumbar.pose import trace

    frames = list(trace.frames(TRACE))
    slumped = [frame for frame in frames if 11.6 <= frame.t_s <= 13.9]
    with trace.writing(path, trace.read_header(TRACE)) as writer:
        for frame in frames:
            writer.frame(frame.t_s, [list(point) for point in frame.points])
        for number in range(seconds):
            frame = slumped[number % len(slumped)]
            writer.frame(18.0 + number, [list(point) for point in frame.points])
    return path


def test_a_replay_tells_every_nudge(run: Run, tmp_path: Path) -> None:
    path = long_trace(tmp_path / "long.jsonl.gz", 2400)
    ran = run("posture", "--replay", str(path), *POSES, "--format", "jsonl")
    nudges = [line for line in told(ran.out) if "nudge" in line]
    assert [line["nudge"] for line in nudges] == ["drift", "still"]
    assert all(set(line) == {"t_s", "nudge", "message", "text"} for line in nudges)
    assert nudges[0]["text"].startswith("A little movement might feel good now")
    ran = run("posture", "--replay", str(path), *POSES)
    assert sum("nudge:" in line for line in ran.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--replay", "FOLDER", "--tall", "0-3", "--slump", "11-13"), "Name one recording in it"),
        (("--replay", "TRACE"), "--tall FROM-TO and --slump FROM-TO"),
        (("--replay", "TRACE", "--tall", "3-0", "--slump", "11-13"), "“3-0” is no stretch of time"),
        (("--replay", "TRACE", "--tall", "first", "--slump", "11-13"), "“first” is no stretch of time"),
        (("--replay", "TRACE", "--day"), "--replay, --day do not go together"),
        (("--interval", "10"), "from 20 to 60 minutes"),
        (("--no-camera", "--interval", "30"), "--no-camera, --interval/--quiet do not go together"),
        (("--profile", "desk", "--quiet", "20-8"), "--profile, --interval/--quiet do not go together"),
        (("--quiet", "20-30"), "no stretch of hours"),
        (("--forget", "attic"), "There is no profile “attic”"),
        (("--rate", "0"), "--rate"),
        (("--rate", "0.2"), "from 0.25 to 30"),
        (("--tall", "0-3"), "“--tall” belongs to “--replay”"),
        (("--on", "2026-03-02"), "“--on” belongs to “--day”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_call_gets_one_sentence(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run("posture", *({"TRACE": str(TRACE), "FOLDER": str(TRACE.parent)}.get(one, one) for one in arguments))
    assert ran.code == 2
    assert words in ran.sentence
    assert ran.out == ""


@pytest.mark.parametrize(
    ("poses", "words"),
    [
        (("--tall", "0-3", "--slump", "11.61-11.62"), "Too little could be seen of the pose “relaxed slump”"),
        (("--tall", "0-1.5", "--slump", "1.6-3"), "The two poses look alike"),
    ],
)
def test_poses_that_tell_nothing_get_one_sentence(run: Run, poses: tuple[str, ...], words: str) -> None:
    ran = run("posture", "--replay", str(TRACE), *poses)
    assert ran.code == 1
    assert words in ran.sentence
    assert ran.out == ""


@pytest.mark.parametrize(
    ("poses", "option", "outside"),
    [
        (("--tall", "0-3", "--slump", "100-110"), "--slump", "100-110"),
        (("--tall", "17.5-20", "--slump", "11.6-13.9"), "--tall", "17.5-20"),
        (("--tall", "0-3", "--slump", "11.6-13.9", "--usual", " 30-40"), "--usual", "30-40"),
    ],
)
@pytest.mark.parametrize("what", ["trace", "video"])
def test_seconds_that_the_recording_does_not_have_are_told_with_those_that_it_has(
    run: Run, bundle: Path, what: str, poses: tuple[str, ...], option: str, outside: str
) -> None:
    path = TRACE if what == "trace" else bundle / "clips/desk_drift.mp4"
    ran = run("posture", "--replay", str(path), *poses)
    assert (ran.code, ran.out) == (1, "")
    assert re.search(rf"from 0\.0 s to 1[67]\.\d s, and {re.escape(outside)} lies outside it\.", ran.sentence)
    assert f"Give {option} seconds" in ran.sentence


def test_seconds_before_the_recording_begins_lie_outside_it_too(run: Run, tmp_path: Path) -> None:
    from lumbar.pose import trace

    later = tmp_path / "later.jsonl"
    with trace.writing(later, trace.read_header(TRACE)) as writer:
        for frame in trace.frames(TRACE):
            writer.frame(frame.t_s + 60.0, [list(point) for point in frame.points])
    ran = run("posture", "--replay", str(later), "--tall", "0-3", "--slump", "71.6-73.9")
    assert "from 60.0 s to 7" in ran.sentence
    assert "0-3 lies outside it" in ran.sentence


def test_seconds_that_the_recording_has_in_part_are_read_as_far_as_it_goes(run: Run) -> None:
    ran = run("posture", "--replay", str(TRACE), "--tall", "15.3-30", "--slump", "11.6-13.9")
    assert (ran.code, ran.err) == (0, "")


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("posture", "--replay", str(tmp_path / "none.mp4"), *POSES)
    assert ran.code == 1
    assert "none.mp4" in ran.sentence


def test_watching_waits_for_the_first_questions(run: Run) -> None:
    for arguments in ((), ("--calibrate", "desk"), ("--break",)):
        ran = run("posture", *arguments)
        assert ran.code == 1
        assert "The first questions come before everything else." in ran.sentence


def test_a_choice_is_kept_and_a_part_of_it_leaves_the_rest(run: Run) -> None:
    assert "after 45 minutes" in run("posture", "--interval", "45").out
    ran = run("posture", "--quiet", "22-6")
    assert "after 45 minutes in one position; quiet from 22:00 to 6:00" in ran.out.replace("\u00a0", " ")
    ran = run("posture", "--quiet", "8-8")
    assert "after 45 minutes in one position; no quiet hours." in ran.out.replace("\u00a0", " ")


def test_quiet_says_until_when_and_is_taken_back(run: Run) -> None:
    ran = run("posture", "--snooze", "45")
    assert re.search(r"Quiet until (tomorrow, )?\d{1,2}:\d\d, as you asked\.", ran.out)
    assert "`lumbar posture --snooze 0` takes it back." in ran.out
    assert "The quiet is taken back." in run("posture", "--snooze", "0").out
    assert "there is nothing to take back" in run("posture", "--snooze", "0").out


def test_a_day_without_anything_says_so(run: Run) -> None:
    ran = run("posture", "--day", "--on", "2026-03-02")
    assert ran.code == 0
    assert "Nothing was watched that day." in ran.out
    plain = json.loads(run("posture", "--day", "--format", "jsonl").out)
    assert plain["shares"] is None
    assert "1 January 2999 is still to come." in run("posture", "--day", "--on", "2999-01-01").sentence
    assert not any("score" in name for name in plain)


def test_a_day_tells_breaks_among_the_changes_and_no_time_as_zero_minutes() -> None:
    def told(**day: float) -> list[str]:
        return [shipped_words().written(line).strip() for line in lines(Picture(date(2026, 3, 2), **day), 60.0)][1:]  # type: ignore[arg-type]

    assert told(unjudged_s=20.0, longest_still_s=20.0, changes=1) == [
        "One change of position", "No break taken", "Longest in one position: less than a minute"
    ]  # fmt: skip
    assert told(tall_s=600.0, usual_s=600.0, longest_still_s=900.0, changes=3, breaks=2) == [
        "3 changes of position",
        "2 breaks taken, among these changes",
        "Longest in one position: 15 minutes",
        "Of the 20 minutes that could be judged: tall 50 %, as usual 50 %, slumped or head forward 0 %",
    ]
    shares = told(tall_s=628.0, usual_s=56.0, slumped_s=316.0, longest_still_s=900.0)[-1]
    assert shares.endswith("tall 63 %, as usual 5 %, slumped or head forward 32 %")
    assert told() == ["Nothing was watched that day."]
