"""Who shows what, and what is taken for what: every exercise asked for in front of every other one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumbar.catalog import Catalogue
from lumbar.core.body import Frame
from lumbar.core.judge import State
from validation.intervals import Figure, clustered_share, share
from validation.planks import Labelled
from validation.poses import OTHER_POSES, posed
from validation.truth import DESK, OUTSIDE, RESTING, Clip, Still
from validation.verdicts import Task

LABELLED = "plank (labelled recordings)"
AT_REST = "at rest"
REFUSED = {label: label.replace("_", " ") for label in OUTSIDE | {"upright_no_stretch"}}
"""Stills of an exercise that do not show its hold stand in rows of their own."""


@dataclass(frozen=True)
class Sight:
    """A body that shows something. cluster: what it is much alike with; None for what stands alone."""

    shows: str
    exercise: str
    frame: Frame
    cluster: str | None
    name: str = ""


def sights(
    stills: Iterable[Still], clips: Iterable[Clip], labelled: Iterable[Labelled], seen: Mapping[Any, tuple[Frame, ...]]
) -> list[Sight]:
    """Everything that we have pictures of."""
    found = []
    for still in stills:
        part = f", {REFUSED[still.label]}" if still.label in REFUSED else ""
        exercise = still.shown.exercise
        found.append(Sight(exercise + part, exercise, seen[still.file][0], None, still.file.name))
    for clip in clips:
        for frame, phase in zip(seen[clip.file], clip.phases, strict=True):
            if phase in RESTING:
                name = f"{clip.name} at {frame.t_s:.2f} s"
                found.append(Sight(f"{phase} ({AT_REST})", AT_REST, frame, clip.name, name))
    found += [Sight(LABELLED, "plank", one.frame, one.group) for one in labelled]
    return found


def matrix(tasks: Sequence[Task], shown: Sequence[Sight]) -> dict[str, dict[str, Any]]:
    """For each thing shown and each exercise asked for: the share in position, and the share that would be credited."""
    rows: dict[str, dict[str, Any]] = {}
    for shows in sorted({sight.shows for sight in shown}):
        mine = [sight for sight in shown if sight.shows == shows]
        rows[shows] = {}
        for task in tasks:
            states = [task.look(sight.frame, None).state for sight in mine]
            rows[shows][asked(task)] = {
                "in_position": _share([state.in_position for state in states], mine).as_json(),
                "credited": _share([state.counts for state in states], mine).as_json(),
            }
    return rows


def others_taken(task: Task, shown: Sequence[Sight]) -> tuple[list[Sight], list[Sight]]:
    """What is not the exercise, and what of it is found in its position all the same. At rest counts as not."""
    others = [sight for sight in shown if sight.exercise != task.exercise.id]
    return others, [sight for sight in others if task.look(sight.frame, None).state.in_position]


def asked(task: Task) -> str:
    """The name of a column: the exercise, and the rung where it is not the first."""
    return task.exercise.id if task.rung.first else f"{task.exercise.id} ({task.rung.id})"


def drawn_poses(catalogue: Catalogue) -> dict[str, Any]:
    """The figure in poses that are no hold, each as it is and mirrored, in front of every rung that a camera sees."""
    plank = catalogue.exercise("plank")
    credited, in_position, asked_for = [], 0, 0
    for name, (pin, directions) in OTHER_POSES.items():
        straight = posed(plank, pin, directions)
        for frame in (straight, straight.mirrored()):
            for exercise in catalogue.exercises.values():
                for rung in exercise.rungs:
                    if rung.camera_sees:
                        state = Task(exercise, rung).look(frame, None).state
                        credited.append((state in (State.GOOD, State.ACCEPTABLE), name))
                        in_position += state.in_position
                        asked_for += 1
    share_credited = clustered_share([hit for hit, _ in credited], [name for _, name in credited])
    taken = sorted({name for hit, name in credited if hit})
    return {"credited": share_credited.as_json(), "in_position": in_position, "n": asked_for, "taken": taken}


def _share(hits: Sequence[bool], mine: Sequence[Sight]) -> Figure:
    if all(sight.cluster is None for sight in mine):
        return share(hits)
    return clustered_share(hits, [sight.cluster for sight in mine])


def is_other(sight: Sight) -> bool:
    """Whether it is a person who holds nothing of ours."""
    return sight.exercise in (DESK, AT_REST)
