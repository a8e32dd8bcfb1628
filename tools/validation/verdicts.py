"""What is truly there, beside what the judge and the coach made of the landmarks.

A fault is present when the true angle lies FAULT_DEG or more beyond the acceptable band, and absent inside the band.
Between the two nobody can be blamed for either answer, and neither is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lumbar.catalog import Catalogue
from lumbar.core.body import Frame, Side
from lumbar.core.check import Check
from lumbar.core.coach import Coach, Event
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement, State, judge
from lumbar.core.rung import Rung
from validation.anatomy import TRUE, Body, beyond_deg
from validation.truth import DESK, OUTSIDE, RESTING, UNCHECKED, Clip, Still

FAULT_DEG = 4.0

VIEWS: Mapping[str, tuple[str, ...]] = {"any": ("side", "off25", "high")}
"""The views of the pictures that an exercise's own view may mean, where they differ."""

_FRONT_FOR_SIDE = {"side-plank"}
"""Its side view is that of the body's front, and the pictures call it so."""

SHOWN_RUNG = {"side-plank": "long-legs"}
"""The rung that the pictures show, where it is not the first."""


@dataclass(frozen=True)
class Task:
    """An exercise on a rung, as one is asked for it."""

    exercise: Exercise
    rung: Rung

    @property
    def checks(self) -> tuple[tuple[Check, str], ...]:
        """The rung's checks, each with the measure that it reads."""
        return tuple((c, self.rung.measures.get(c.id, c.measure)) for c in self.exercise.checks_of(self.rung))

    def is_right(self, view: str) -> bool:
        """Whether the exercise asks for this view."""
        asked = "front" if self.exercise.id in _FRONT_FOR_SIDE else self.exercise.camera.view
        return view in VIEWS.get(asked, (asked,))

    def look(self, frame: Frame, side: Side | None) -> Judgement:
        """What the judge says of a frame."""
        return judge(self.exercise, frame, side, rung=self.rung.id)


def tasks(catalogue: Catalogue) -> list[Task]:
    """Every exercise on the rung where everybody starts, and on that which the pictures show."""
    found = []
    for exercise in catalogue.exercises.values():
        rungs = dict.fromkeys([SHOWN_RUNG.get(exercise.id, exercise.first_rung.id), exercise.first_rung.id])
        found += [Task(exercise, exercise.rung(rung)) for rung in rungs]
    return found


@dataclass(frozen=True)
class Truth:
    """What is true of one body, for a task. beyond_deg: how far each check's truth lies beyond its acceptable band.

    belongs: whether it is in the posture's family. checked: whether our checks could find all that is wrong with it.
    """

    beyond_deg: Mapping[str, float]
    belongs: bool
    checked: bool = True

    @cached_property
    def present(self) -> tuple[str, ...]:
        """Faults that are there beyond doubt."""
        if not self.belongs:
            return ()
        return tuple(check for check, beyond in self.beyond_deg.items() if beyond >= FAULT_DEG)

    @property
    def fine(self) -> bool:
        """Whether it is in position, and everything lies within the acceptable bands."""
        return self.belongs and all(beyond <= 0.0 for beyond in self.beyond_deg.values())

    @property
    def blameless(self) -> bool:
        """Whether it is good form in every respect, not only in those that our checks look at."""
        return self.fine and self.checked


@dataclass(frozen=True)
class StillVerdict:
    """A still. asked: judged on the side that works. unasked: judged as whatever it shows."""

    still: Still
    frame: Frame
    truth: Truth
    asked: Judgement
    unasked: Judgement

    @property
    def person(self) -> str:
        return self.still.shown.person


@dataclass(frozen=True)
class ClipVerdict:
    """A clip. judged: each frame alone. credited: the moments (from, to) in which credit grew, in seconds."""

    clip: Clip
    frames: tuple[Frame, ...]
    truths: tuple[Truth, ...]
    judged: tuple[Judgement, ...]
    credited: tuple[tuple[float, float], ...]
    events: tuple[Event, ...]
    latched: Side | None


def truth_of(task: Task, body: Body, side: Side | None, belongs: bool | None = None, checked: bool = True) -> Truth:
    """The truth of a body. belongs: whether it is in the posture, or None to ask its true joints."""
    sides: Sequence[Side | None] = tuple(Side) if task.exercise.two_sided and side is None else (side,)
    beyond = {
        check.id: max(beyond_deg(body, measure, one, check.acceptable) for one in sides)
        for check, measure in task.checks
        if measure in TRUE
    }
    for check, _ in task.checks:
        if check.unless is not None and beyond.get(check.unless, 0.0) >= FAULT_DEG:
            beyond[check.id] = min(beyond.get(check.id, 0.0), 0.0)  # that fault speaks for this one
    return Truth(beyond, _belongs(task, body, sides) if belongs is None else belongs, checked)


def _belongs(task: Task, body: Body, sides: Iterable[Side | None]) -> bool:
    return all(
        condition.within.holds(TRUE[condition.measure](body, side))
        for side in sides
        for condition in task.exercise.presence_of(task.rung)
    )


def judge_stills(task: Task, shown: Iterable[Still], seen: Mapping[object, tuple[Frame, ...]]) -> list[StillVerdict]:
    """Every still of the task's exercise."""
    found = []
    for still in shown:
        if still.shown.exercise != task.exercise.id:
            continue
        (frame,) = seen[still.file]
        truth = truth_of(
            task, still.instant.space, still.shown.side, still.label not in OUTSIDE, still.label not in UNCHECKED
        )
        asked, unasked = task.look(frame, still.shown.side), task.look(frame, None)
        found.append(StillVerdict(still, frame, truth, asked, unasked))
    return found


def coach_clips(task: Task, shown: Iterable[Clip], seen: Mapping[object, tuple[Frame, ...]]) -> list[ClipVerdict]:
    """Every clip of the task's exercise, coached as in a session, for the side that works."""
    return [_coached(task, clip, seen[clip.file]) for clip in shown if clip.shown.exercise == task.exercise.id]


def _coached(task: Task, clip: Clip, frames: tuple[Frame, ...]) -> ClipVerdict:
    side = clip.shown.side
    coach = Coach(task.exercise, side, None, rung=task.rung.id)
    finder = Coach(task.exercise, None, None, rung=task.rung.id)
    credited: list[tuple[float, float]] = []
    events: list[Event] = []
    before_s = 0.0
    for frame in frames:
        events += coach.feed(frame)
        finder.feed(frame)
        earned_s = coach.progress.credited_s - before_s
        before_s = coach.progress.credited_s
        if earned_s > 0.0:
            credited.append((frame.t_s - earned_s, frame.t_s))
    truths = tuple(
        truth_of(task, instant.space, side, _phase_belongs(phase))
        for instant, phase in zip(clip.instants, clip.phases, strict=True)
    )
    judged = tuple(task.look(frame, side) for frame in frames)
    return ClipVerdict(clip, frames, truths, judged, tuple(credited), tuple(events), finder.progress.side)


def _phase_belongs(phase: str) -> bool | None:
    """Whether somebody is in the posture, as far as the phase's name tells."""
    if phase.startswith("hold"):
        return True
    return False if phase in RESTING else None


def told(judgement: Judgement) -> str:
    """What a judgement says in one word: the first fault, or the state."""
    return judgement.faults[0] if judgement.state is State.FAULT else judgement.state.value


def is_negative(shown_exercise: str, asked: Exercise) -> bool:
    """Whether a picture shows something else than what is asked for."""
    return shown_exercise == DESK or shown_exercise != asked.id
