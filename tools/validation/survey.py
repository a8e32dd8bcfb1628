"""Runs everything over everything: the ground truth in, one table of figures out, and the names of what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lumbar
from lumbar.catalog import Catalogue
from lumbar.catalog.validation import fingerprint
from lumbar.core.body import Frame
from lumbar.core.coach import FaultBegan
from lumbar.pose.models import DETECTOR, LANDMARKS
from validation import crossing, faults, planks, readings
from validation.clock import Clock, Onset, alarms_at_rest, clock_of, false_alarms, onsets_of
from validation.intervals import median
from validation.sight import see
from validation.truth import DESK, Clip, Still, clips, stills
from validation.verdicts import SHOWN_RUNG, ClipVerdict, StillVerdict, Task, coach_clips, judge_stills, tasks

FORMAT = "lumbar-validation/1"


@dataclass(frozen=True)
class Evidence:
    """All that there is to hold the coach against."""

    stills: Sequence[Still]
    clips: Sequence[Clip]
    labelled: Sequence[planks.Labelled]
    seen: Mapping[Any, tuple[Frame, ...]]


@dataclass
class Asked:
    """One task's verdicts over the evidence. right: those in the view that the exercise asks for."""

    task: Task
    stills: list[StillVerdict]
    clips: list[ClipVerdict]
    right_stills: list[StillVerdict] = field(init=False)
    right_clips: list[ClipVerdict] = field(init=False)
    clocks: list[Clock] = field(init=False)
    onsets: list[Onset] = field(init=False)
    alarms: list[str] = field(init=False)
    resting_alarms: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.right_stills = [v for v in self.stills if self.task.is_right(v.still.shown.view)]
        self.right_clips = [v for v in self.clips if self.task.is_right(v.clip.shown.view)]
        entry_s = self.task.exercise.settings.entry_s
        self.clocks = [clock_of(v, entry_s) for v in self.clips]
        self.onsets = [onset for v in self.right_clips for onset in onsets_of(self.task, v)]
        self.alarms = [_told(v, event) for v in self.right_clips for event in false_alarms(self.task, v)]
        self.resting_alarms = [_told(v, event) for v in self.right_clips for event in alarms_at_rest(v)]

    @property
    def as_shown(self) -> bool:
        """Whether this is the rung that the pictures show."""
        exercise = self.task.exercise
        return self.task.rung.id == SHOWN_RUNG.get(exercise.id, exercise.first_rung.id)

    @property
    def right_clocks(self) -> list[Clock]:
        """The clocks of the clips in the view that the exercise asks for."""
        return [clock for clock in self.clocks if self.task.is_right(clock.view)]


def _told(verdict: ClipVerdict, event: FaultBegan) -> str:
    return f"{verdict.clip.name} at {event.t_s:.2f} s: {event.fault}"


def gather(folders: Sequence[Path], data: Path | None) -> Evidence:
    """Reads the folders of rendered people, looks at what is new, and loads the labelled planks if they are there."""
    shown = [still for folder in folders for still in stills(folder)]
    recorded = [clip for folder in folders for clip in clips(folder)]
    wanted = [still.file for still in shown] + [clip.file for clip in recorded if clip.shown.exercise != DESK]
    return Evidence(
        shown,
        [clip for clip in recorded if clip.shown.exercise != DESK],
        [] if data is None else planks.load(data),
        see(wanted),
    )


def ask(catalogue: Catalogue, evidence: Evidence) -> list[Asked]:
    """Every task's verdicts."""
    return [
        Asked(
            task, judge_stills(task, evidence.stills, evidence.seen), coach_clips(task, evidence.clips, evidence.seen)
        )
        for task in tasks(catalogue)
    ]


def describe(catalogue: Catalogue, evidence: Evidence, every: Sequence[Asked]) -> dict[str, Any]:
    """All figures but the goals."""
    all_tasks = [asked.task for asked in every]
    plank = next(task for task in all_tasks if task.exercise.id == "plank")
    people = {still.shown.person for still in evidence.stills}
    shown = crossing.sights(evidence.stills, evidence.clips, evidence.labelled, evidence.seen)
    return {
        "format": FORMAT,
        "version": lumbar.__version__,
        "models": {model.name.removesuffix(".tflite"): model.sha256 for model in (DETECTOR, LANDMARKS)},
        "evidence": {
            "people": len(people),
            "stills": len(evidence.stills),
            "clips": len(evidence.clips),
            "frames": sum(len(clip.times_s) for clip in evidence.clips),
            "labelled": len(evidence.labelled),
            "labelled_groups": len({one.group for one in evidence.labelled}),
        },
        "exercises": [_of_task(asked) for asked in every],
        "planks": planks.score(plank, list(evidence.labelled)) if evidence.labelled else None,
        "crossing": crossing.matrix(all_tasks, shown),
        "drawn_poses": crossing.drawn_poses(catalogue),
    }


def _of_task(asked: Asked) -> dict[str, Any]:
    task = asked.task
    checks = [check.id for check, _ in task.checks]
    looks, frames = faults.of_stills(asked.right_stills), faults.of_frames(asked.right_clips)
    told = [onset.delay_s for onset in asked.onsets if onset.delay_s is not None]
    return {
        "exercise": task.exercise.id,
        "rung": task.rung.id,
        "first": task.rung.first,
        "as_shown": asked.as_shown,
        "view": task.exercise.camera.view,
        "judged": task.exercise.judged,
        "fingerprint": fingerprint(task.exercise),
        "checks": checks,
        "stills": faults.detection(looks, faults.each_alone),
        "frames": faults.detection(frames, faults.by_clip),
        "by_check": {
            "stills": faults.by_check(looks, checks, faults.each_alone),
            "frames": faults.by_check(frames, checks, faults.by_clip),
        },
        "confusion": {"stills": faults.confusion(looks), "frames": faults.confusion(frames)},
        "people": [{**row, "errors": _errors_of(asked, row["person"])} for row in faults.by_person(looks)],
        "views": _views(asked),
        "frame_readings": {
            measure: readings.errors([r for v in asked.right_clips for r in readings.of_clip(task, measure, v)], "clip")
            for measure in readings.measures_of(task)
        },
        "sides": faults.sides(looks) if task.exercise.two_sided else None,
        "clocks": [clock.as_json() for clock in asked.clocks],
        "onsets": {"delay_s": median(told).as_json(), "told": len(told), "missed": len(asked.onsets) - len(told)},
        "false_alarms": {
            "told": len(asked.alarms),
            "told_at_rest": len(asked.resting_alarms),
            "clips": len(asked.right_clips),
        },
    }


def _errors_of(asked: Asked, person: str) -> dict[str, Any]:
    mine = [v for v in asked.right_stills if v.person == person]
    found = {}
    for measure in readings.measures_of(asked.task):
        off = [abs(r.read - r.space) for r in readings.of_stills(asked.task, measure, mine)]
        found[measure] = readings.mean(off, [person] * len(off)).as_json()
    return found


def _views(asked: Asked) -> dict[str, Any]:
    found = {}
    for view in sorted({v.still.shown.view for v in asked.stills}):
        mine = [v for v in asked.stills if v.still.shown.view == view]
        found[view] = {
            "right": asked.task.is_right(view),
            "stills": faults.detection(faults.of_stills(mine), faults.each_alone),
            "readings": {
                measure: readings.errors(readings.of_stills(asked.task, measure, mine))
                for measure in readings.measures_of(asked.task)
            },
        }
    return found
