"""Bodies for the tests of the core: the project's own figure, invented poses, and rendered people with exact truth."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.core.body import Frame, Joint, Landmark, Side
from lumbar.core.exercise import Exercise
from lumbar.core.plan import Day, Item, Programme
from lumbar.core.record import Fact, Record, day_of, new_fact
from lumbar.core.safety import Form
from validation.poses import posed as posed_by_figure

_NO_POINT = (math.nan, math.nan, math.nan, 0.0)


@dataclass(frozen=True)
class Truth:
    """One frame of a rendered clip with what is true of it."""

    frame: Frame
    phase: str
    angles: dict[str, float]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture(scope="session")
def plank(catalogue: Catalogue) -> Exercise:
    return catalogue.exercise("plank")


@pytest.fixture(scope="session")
def truth_clip(bundle: Path) -> Callable[[str], list[Truth]]:
    """A clip of the bundle as exact landmarks: what a perfect model would see in it."""

    def load(name: str) -> list[Truth]:
        clip = json.loads((bundle / f"clips/{name}.json").read_text())
        indices = [int(Joint[joint.upper()]) for joint in clip["joint_names"]]
        width, height = clip["camera"]["width"], clip["camera"]["height"]
        frames = []
        for row in clip["data"]:
            points = [_NO_POINT] * 33
            for index, (x, y), within in zip(indices, row["px"], row["in_frame"], strict=True):
                if within:
                    points[index] = (x / width, y / height, 0.0, 1.0)
            frame = Frame.from_landmarks(points, aspect=width / height, t_s=row["frame"] / clip["fps"])
            frames.append(Truth(frame, row["phase"], row["angles_3d"]))
        return frames

    return load


@pytest.fixture(scope="session")
def model_clip(ground_truth: Path) -> Callable[[str], list[Truth]]:
    """A clip of the larger ground truth as mediapipe saw it."""

    def load(prefix: str) -> list[Truth]:
        (path,) = (ground_truth / "synthetic/mp_clips").glob(f"{prefix}_*.json")
        seen = json.loads(path.read_text())
        clip = json.loads((ground_truth / "synthetic/clips" / path.name).read_text())
        width, height = clip["camera"]["width"], clip["camera"]["height"]
        frames = []
        for row, truth in zip(seen["frames"], clip["data"], strict=True):
            points = None if row["image"] is None else [(x / width, y / height, 0.0, v) for x, y, v in row["image"]]
            frame = Frame.from_landmarks(points, aspect=width / height, t_s=truth["frame"] / clip["fps"])
            frames.append(Truth(frame, truth["phase"], truth["angles_3d"]))
        return frames

    return load


@pytest.fixture(scope="session")
def model_stills() -> Callable[[Path], Iterator[tuple[dict[str, object], Frame]]]:
    """Every still of a folder with its record, as mediapipe saw it."""

    def load(folder: Path) -> Iterator[tuple[dict[str, object], Frame]]:
        seen = {row["id"]: row for row in map(json.loads, (folder / "mp_stills.jsonl").read_text().splitlines())}
        for record in map(json.loads, (folder / "stills.jsonl").read_text().splitlines()):
            row = seen[record["id"]]
            size = record["camera"]["width"], record["camera"]["height"]
            points = [(x / size[0], y / size[1], 0.0, v) for x, y, _z, v in row["image"]] if row["detected"] else None
            yield record, Frame.from_landmarks(points, aspect=size[0] / size[1], t_s=0.0)

    return load


@pytest.fixture(scope="session")
def posed(plank: Exercise) -> Callable[..., Frame]:
    """The figure in any pose: a frame of directions of segments, in degrees."""

    def pose(pin: str, *, near: Side | None = Side.LEFT, **directions: object) -> Frame:
        return posed_by_figure(plank, pin, directions, near)

    return pose


@pytest.fixture(scope="session")
def nobody() -> Frame:
    return Frame.from_landmarks(None, aspect=16 / 9, t_s=0.0)


@pytest.fixture(scope="session")
def at() -> Callable[[Frame, float], Frame]:
    """The same body at another time."""
    return lambda frame, t_s: replace(frame, t_s=t_s)


@pytest.fixture(scope="session")
def changed() -> Callable[..., Frame]:
    """The same body moved, in shares of the picture's height, and scaled about the picture's middle."""

    def change(frame: Frame, *, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> Frame:
        points = tuple(
            Landmark(0.5 + (p.x - 0.5) * scale + dx / frame.aspect, 0.5 + (p.y - 0.5) * scale + dy, p.z, p.visibility)
            for p in frame.points
        )
        return replace(frame, points=points)

    return change


@pytest.fixture(scope="session")
def form(catalogue: Catalogue) -> Form:
    return load_form(catalogue)


@pytest.fixture(scope="session")
def programme(catalogue: Catalogue, form: Form) -> Programme:
    return load_programme("home", catalogue, form)


class Life:
    """Builds a record fact by fact. Facts get their ids from their place."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.facts: list[Fact] = []
        self.test_s = 15.0
        self._grown: tuple[list[Fact], Record] = ([], Record())

    @property
    def record(self) -> Record:
        """It grows fact by fact, as a house's does: test_resumed.py holds that to what is made at once."""
        known, record = self._grown
        grows = self.facts[: len(known)] == known
        record = record.merge(self.facts[len(known) :]) if grows else Record(self.facts)
        self._grown = (list(self.facts), record)
        return record

    def add(self, fact_type: str, at: datetime, **body: object) -> Fact:
        fact = new_fact(fact_type, body, fact_id=f"{len(self.facts):06d}", person="p", at=at)
        self.facts.append(fact)
        return fact

    def told_late(self, fact: Fact, recorded_at: datetime, *, device: str = "another") -> Fact:
        """Lets the last fact have come from a device with a clock of its own, and be recorded then."""
        assert self.facts.pop() is fact
        late = replace(fact, recorded_at=recorded_at, device=device)
        self.facts.append(late)
        return late

    def screen(self, at: datetime, now: int | None = 2, details: object = None, **answers: str) -> Fact:
        given = {item: answers.get(item, "no") for item in self.form.items}
        return self.add("screen-answered", at, kind="full", answers=given, details=details or {}, nprs=3, pain_now=now)

    def acknowledge(self, at: datetime) -> Fact:
        return self.add("acknowledged", at, text="screen.acknowledge", version=1)

    def check(self, at: datetime, *ticks: str, **answers: str) -> Fact:
        return self.add("daily-check-answered", at, ticks=list(ticks), answers=answers)

    def clear(self, at: datetime, item: str, seen_on: date | None = None, may: bool = True) -> Fact:
        seen = (seen_on or day_of(at)).isoformat()
        return self.add(
            "clearance-recorded",
            at,
            item=item,
            seen_on=seen,
            by_whom="Dr Weber",
            profession="physician",
            may_exercise=may,
        )

    def pain(self, at: datetime, when: str, nprs: int | None = None, **more: object) -> Fact:
        body = {"words": None, "session": None, "exercise": None, "further_down_leg": False, **more}
        return self.add("pain-reported", at, when=when, nprs=nprs, **body)

    def hold(self, at: datetime, exercise: str, side: str | None = None, outcome: str = "done", **more: object) -> Fact:
        body = {
            "session": "s",
            "step": 1,
            "rung": "forearm",
            "set": 1,
            "hold": 1,
            "target_s": 5,
            "credited_s": 0 if outcome == "skipped" else 5,
            "measured": False,
            "in_position_s": None,
            "unjudged_s": None,
            "faults": [],
            "coach": None,
            "model": None,
            **more,
        }
        return self.add("set-done", at, exercise=exercise, side=side, outcome=outcome, **body)

    def do(self, day: Day, at: datetime, session: str, state: str = "due") -> None:
        """Everything of a day in that state, done to its end; tests for `test_s`."""
        self.add("session-started", at, session=session, script={})
        for item in day.items:
            if item.state == state:
                for side, sets in zip(item.sides, item.side_sets, strict=True):
                    self._sets(item, side, sets, at, session)
        self.add("session-ended", at, session=session, how="finished")

    def _sets(self, item: Item, side: Side | None, sets: int, at: datetime, session: str) -> None:
        about = {"session": session, "rung": item.rung}
        for number in range(sets):
            test = number == 0 and side in item.untested
            target_s = item.test_s if test else item.hold_s
            held_s = min(max(self.test_s, item.hold_s), target_s) if test else target_s
            outcome = "stopped" if held_s < target_s else "done"
            dose = {"hold": number + 1, "target_s": target_s, "credited_s": held_s, "test": test}
            seen = {"measured": True, "in_position_s": held_s, "unjudged_s": 0} if test else {}
            self.hold(at, item.exercise, side, outcome, **about, **dose, **seen)


@pytest.fixture
def life(form: Form) -> Life:
    return Life(form)


@pytest.fixture(scope="session")
def new_life(form: Form) -> Callable[[], Life]:
    return lambda: Life(form)
