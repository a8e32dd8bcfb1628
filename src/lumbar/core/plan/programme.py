"""A programme: its exercises, the screening before it, and every number that the plan needs. Read from one file."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lumbar.core.errors import BadCatalog
from lumbar.core.exercise import Exercise, Step
from lumbar.core.outcomes import Outcomes
from lumbar.core.plan.rules import Listening
from lumbar.core.safety import Form

RULES = "12"
"""The version of the rules that turn a record into a day. It changes when the same record would give another day.

8: a hold by an expert rests the walk and the posture cues as well; it holds until a later review whatever day it names,
which is when the person is to be seen again. What rests until a review goes on by a tick of its own,
and a stretch that is left out by the tick of a review that saw it left out.
9: a measured hold that ends within a moment is no measure, and what it is told before has its time; an illness names no
exercise before its hours are over, and much pain is answered on its day.
10: a longer walk belongs to the first day that brings it, whether or not anything is told on it, and is taken back by a
worse morning after a walk before it. What a review left out stays out until one lets it go on. A review that saw a
flare-up ends it, and a long one asks for a review on any day.
11: days without core work take from what a reviewer set, and days without a weight from the weight; the bridge begins
with its lightest; a later measured hold waits while a dose stands as a reviewer set it. An illness rests for all of its
hours; “it hurts” in core work eases it; a limit's effort ends a measured hold; a camera speaks only of what it saw
enough of, and an expert who watched stands for it; a week of more pain takes from the form that is asked for.
12: a session that waited for its second measured hold keeps the dose of the first one; a new form that gives out in a
session that the back did not like leads back to the one before it, at a share of its dose.
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When exercises may come round again.

    core_gap_h: hours between core work, and core_gap_days: calendar days, at least. morning_after_h: how long after
    core work the morning after is asked for. sitting_h: how long after its last hold an interrupted session may go on.
    """

    core_gap_h: float
    core_gap_days: int
    morning_after_h: float
    sitting_h: float
    source: str


@dataclass(frozen=True, slots=True)
class StartDose:
    """The dose of core work before anything is known of the person: short holds with rests between."""

    hold_s: int
    sets: int
    rest_s: int
    source: str


@dataclass(frozen=True, slots=True)
class Stretching:
    """How long a stretch is held, when not as long as its exercise says."""

    hold_s: int | None = None
    source: str = "brief"


@dataclass(frozen=True, slots=True)
class Posture:
    """What to keep in mind through the day: message ids."""

    cues: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Pain:
    """From this much pain before it (0-10) there is no core work on that day."""

    no_core_from: int
    source: str


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds of a session that are not held.

    change_s: to the next exercise; transfer_s: down to the floor or up. announce_s: at least, while the figure plays;
    announce_again_s: in a later round of a circuit. explain_test_s: what a measured hold is, before the way into
    the first of a session; explain_test_again_s: before the others.
    wait_for_position_s: how long the camera may look for the position before the clock takes over. rest_between_sets_s:
    between longer sets. together_up_to_s: holds no longer than this are done one after another in one place.
    half_from_s and last_five_from_s: holds no shorter than this get those words. prompt_needs_s: what a prompt takes.
    """

    sound_check_s: int
    warm_up_s: int
    change_s: int
    transfer_s: int
    announce_s: int
    announce_again_s: int
    explain_test_s: int
    explain_test_again_s: int
    get_ready_s: int
    wait_for_position_s: int
    switch_sides_s: int
    rest_between_sets_s: int
    together_up_to_s: int
    half_from_s: int
    last_five_from_s: int
    prompt_needs_s: int
    source: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a session waits in a hold that the camera measures, so that none waits for a touch.

    away_s: for somebody who left the position, before the hold is over. faults_to_end: the standing fault that ends the
    hold, counted from the first cue. stuck_s: without a second that counts. line_down_s: without a word from the coach,
    before the clock takes over.
    """

    away_s: int
    faults_to_end: int
    stuck_s: int
    line_down_s: int
    source: str


@dataclass(frozen=True, slots=True)
class Short:
    """The short version of a day: on a day with core work these exercises and one round of it, on others these alone.

    hold_up_to_s: longer holds of core work end here; together: of the shortest ones, so many.
    """

    strength: tuple[str, ...]
    other: tuple[str, ...]
    hold_up_to_s: int
    together: int
    source: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """Between these days since the first screen a review is due in any case; one holds for `valid_days`."""

    from_days: int
    until_days: int
    valid_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Shorter and easier holds in the first weeks of core work, for whom an answer asks for them by its flag.

    effort: the most of 10, as the person feels it; None for any. load: whether a weight may be carried meanwhile.
    """

    flag: str
    hold_s: int
    weeks: int
    source: str
    effort: int | None = None
    load: bool = False


@dataclass(frozen=True, slots=True)
class Expert:
    """What an expert is shown and for how long their word holds, in days.

    review_days: until a review is out of date. answer_days: until a packet may no longer be answered. kept_days: what
    is counted of the past. reactions_days: how far back the worst reaction is looked for. decisions: asked at the most.
    """

    review_days: int
    answer_days: int
    kept_days: int
    reactions_days: int
    decisions: int
    source: str


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that a day is made from, besides the record. exercises: in the order that a session takes them.

    catalogue: the fingerprint of the files it came from. comforts: equipment that a carpet, a blanket or a cushion
    stands in for, so that nothing waits for it.
    """

    id: str
    version: int
    source: str
    catalogue: str
    exercises: Mapping[str, Exercise]
    form: Form
    outcomes: Outcomes
    schedule: Schedule
    start_dose: StartDose
    stretching: Stretching
    posture: Posture
    pain: Pain
    timing: Timing
    patience: Patience
    listening: Listening
    short: Short
    reviews: Reviews
    expert: Expert
    limits: tuple[Limit, ...] = ()
    comforts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(self))
        if mistakes:
            raise BadCatalog(f"{self.id}.toml", mistakes)

    @property
    def light_effort(self) -> int:
        """The most effort, of 10, that even a limit of the first weeks allows."""
        return min((limit.effort for limit in self.limits if limit.effort is not None), default=10)

    def test_effort(self, flags: Collection[str]) -> int:
        """The effort, of 10, at which a measured hold ends that a limit of these flags makes shorter."""
        limits = (limit.effort for limit in self.limits if limit.flag in flags and limit.effort is not None)
        return min([self.listening.dosing.test_effort, *limits])

    def of_step(self, step: Step) -> tuple[Exercise, ...]:
        """The exercises of a step, in order."""
        return tuple(exercise for exercise in self.exercises.values() if exercise.step is step)

    def is_core(self, exercise_id: str) -> bool:
        """Whether a hold of it is core work. One that the programme does not know might be."""
        exercise = self.exercises.get(exercise_id)
        return exercise is None or exercise.step is Step.CORE


def _mistakes(programme: Programme) -> Iterable[str]:
    if not programme.exercises:
        yield "it has no exercise"
    if programme.schedule.core_gap_h < 0 or programme.schedule.core_gap_days < 1:
        yield "schedule: core work needs a gap"
    if programme.start_dose.hold_s <= 0 or programme.start_dose.sets <= 0:
        yield "start_dose: hold and sets must be positive"
    if programme.stretching.hold_s is not None and programme.stretching.hold_s <= 0:
        yield "stretching: the hold must be positive"
    yield from programme.listening.dosing.mistakes()
    yield from programme.listening.weekly.mistakes()
    yield from programme.listening.walking.mistakes()
    yield from (mistake for exercise in programme.exercises.values() for mistake in _misfits(exercise, programme))
    if min(programme.patience.away_s, programme.patience.stuck_s, programme.patience.line_down_s) <= 0:
        yield "patience: its seconds must be positive"
    raised = frozenset[str]().union(*(item.flags for item in programme.form.items.values()))
    yield from (f"limits: no answer raises {limit.flag}" for limit in programme.limits if limit.flag not in raised)
    if min(programme.short.hold_up_to_s, programme.short.together) <= 0:
        yield "short: its holds must be positive"
    expert = programme.expert
    if min(expert.review_days, expert.answer_days, expert.kept_days, expert.reactions_days, expert.decisions) < 1:
        yield "expert: its numbers must be positive"
    if any(min(limit.hold_s, limit.weeks) <= 0 for limit in programme.limits):
        yield "limits: holds and weeks must be positive"
    if programme.patience.faults_to_end < 1:
        yield "patience: faults_to_end must be at least 1"


def _misfits(exercise: Exercise, programme: Programme) -> Iterable[str]:
    """What an exercise says that this programme would not keep."""
    raised = frozenset[str]().union(*(item.flags for item in programme.form.items.values()))
    for rung in exercise.rungs:
        for flag in sorted(rung.modifications - raised):
            yield f"{exercise.id}, rung {rung.id}: no answer raises {flag}; there are {', '.join(sorted(raised))}"
    days = programme.schedule.core_gap_days if exercise.step is Step.CORE else 1
    if exercise.dose.every_days != days:
        rule = "schedule.core_gap_days says" if exercise.step is Step.CORE else "a stretch is for every day, so it is"
        yield f"{exercise.id}: its every_days is {exercise.dose.every_days}, and {rule} {days}"
