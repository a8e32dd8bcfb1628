"""What an exercise is: one frozen description, read from one file, that checks itself.

The plan reads its ladder and dose, the figure its keyframes, the judge its presence and checks, the page its words'
ids. A description with mistakes is never built: `BadCatalog` lists all of them at once.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lumbar.core.body import Side
from lumbar.core.changing import replace
from lumbar.core.check import (
    Band,
    Check,
    Condition,
    Nudge,
    Repetition,
    Rest,
    SideFinder,
    Sinking,
    Steadiness,
    check_mistakes,
)
from lumbar.core.errors import BadCatalog, Misuse, NotFound
from lumbar.core.message import Message, say
from lumbar.core.position import Position
from lumbar.core.rung import Prompt, Rung, rung_mistakes
from lumbar.core.sign import Sign, Signs
from lumbar.core.view import Near, Region

SET_UP_LINES = 3
"""Every exercise's set-up has this many lines, `<id>.set-up.1` and so on."""


class Step(StrEnum):
    """The steps that hold exercises: the brief's three, and `move`, which is our addition."""

    HIPS = "hips"
    CORE = "core"
    POSTURE = "posture"
    MOVE = "move"

    @property
    def ours(self) -> bool:
        """Whether it is our addition and not the brief's."""
        return self is Step.MOVE


@dataclass(frozen=True, slots=True)
class Dose:
    """The goal: seconds, sets, and how often. The sets and the gap have sources of their own where these differ.

    every_days: for core work, and there it repeats the programme's schedule, which rules. times_per_day: the least and
    the most. days_per_week: for a drill, on how many days of any seven; 0 for what has no such limit. gap_days: from
    one of these days to the next.
    """

    target_s: int
    sets: int
    source: str
    every_days: int = 1
    times_per_day: tuple[int, int] = (1, 1)
    gap_h: float = 0.0
    gap_source: str = ""
    sets_source: str = ""
    days_per_week: int = 0
    gap_days: int = 1


@dataclass(frozen=True, slots=True)
class Load:
    """A loaded stage. It is described, and shut until an expert's review opens it.

    first_lb: what the brief begins with; first_kg: what we do, where that is lighter. weights_kg: from the lightest to
    the heaviest. cap_kg and cap_share: no more than this, and than this share of the body's mass; first_share: of the
    first one. alone_kg: the most without a helper; None where something else than a weight is carried then.
    """

    id: str
    source: str
    first_lb: float | None = None
    first_kg: float | None = None
    weights_kg: tuple[float, ...] = ()
    cap_kg: float | None = None
    cap_share: float = 0.0
    first_share: float = 0.0
    alone_kg: float | None = None
    rule_source: str = ""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera belongs: the view, the lens's height above the floor and its distance in metres.

    sees: what of the body has to be in the picture. near: which side is nearest to the camera.
    """

    view: str
    height_m: Band
    distance_m: Band
    source: str
    whole_body: bool = True
    sees: tuple[Region, ...] = ()
    near: Near = Near.EITHER


@dataclass(frozen=True, slots=True)
class CallOut:
    """What a picture of the exercise points at. message: a few words, which stand in every one of the sentences `of`,
    so that a picture says nothing of its own. at: one landmark, or two that it lies half way between."""

    message: str
    at: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, whole.

    presence: the posture's family; outside of it a frame is not in position. sight: what a picture must be like to be
    judged at all, such as a face turned to the camera; perspective: from where a body in position must be seen for its
    checks to be true. Outside of these two a frame cannot be judged.
    """

    id: str
    step: Step
    position: Position
    two_sided: bool
    judged: bool
    equipment: tuple[str, ...]
    avoid: frozenset[str]
    camera: Camera
    dose: Dose
    loads: tuple[Load, ...]
    rungs: tuple[Rung, ...]
    presence: tuple[Condition, ...]
    checks: tuple[Check, ...]
    prompts: tuple[Prompt, ...]
    side_by: SideFinder | None
    settings: "CoachSettings"
    sight: tuple[Condition, ...] = ()
    perspective: tuple[Condition, ...] = ()
    steadiness: Steadiness | None = None
    sinking: Sinking | None = None
    nudges: tuple[Nudge, ...] = ()
    rest: Rest | None = None
    body_line: tuple[str, ...] = ()
    repetition: Repetition | None = None
    callouts: tuple[CallOut, ...] = ()

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(self))
        if mistakes:
            raise BadCatalog(self.id, mistakes)

    @property
    def first_rung(self) -> Rung:
        """Where everybody starts who has no reason to start elsewhere."""
        return next(rung for rung in self.rungs if rung.first)

    def rung(self, rung_id: str | None) -> Rung:
        """A rung by id; the first rung for None. Raises NotFound."""
        if rung_id is None:
            return self.first_rung
        for rung in self.rungs:
            if rung.id == rung_id:
                return rung
        raise NotFound("error.no-rung", exercise=self.id, rung=rung_id, known=", ".join(r.id for r in self.rungs))

    def number(self, rung: Rung) -> int:
        """The place of one of its rungs among them, the easiest one first."""
        for number, one in enumerate(self.rungs):  # asked for all the time, and a generator takes twice as long
            if one.id == rung.id:
                return number
        raise ValueError(rung.id)

    def checks_of(self, rung: Rung) -> tuple[Check, ...]:
        """The checks that hold on a rung, by priority and in its words; none on one that no camera sees."""
        if not rung.camera_sees:
            return ()
        held = (check for check in self.checks if check.id not in rung.without)
        return tuple(replace(c, cues=rung.cues[c.id]) if c.id in rung.cues else c for c in held)

    def good_of(self, rung: Rung) -> dict[str, Band]:
        """For each measure that a check of this rung reads, what every such check calls good, in the measure's unit."""
        found: dict[str, Band] = {}
        for check in self.checks_of(rung):
            measure = rung.measures.get(check.id, check.measure)
            found[measure] = check.good.both(found[measure]) if measure in found else check.good
        return found

    def presence_of(self, rung: Rung) -> tuple[Condition, ...]:
        """The posture's family on a rung."""
        return self.presence if rung.presence is None else rung.presence

    def equipment_of(self, rung: Rung) -> tuple[str, ...]:
        """What has to lie ready for a rung."""
        return self.equipment if rung.equipment is None else rung.equipment

    def prompts_of(self, rung: Rung) -> tuple[Prompt, ...]:
        """What is said in a hold of a rung. The exercise's own prompts speak of the form that everybody starts with and
        of the goal's; another form has those that are true of every exercise, or its own."""
        if rung.prompts is not None:
            return rung.prompts
        every = rung.goal_form or rung.first
        return tuple(prompt for prompt in self.prompts if every or not prompt.message.startswith(f"{self.id}."))

    def set_up_of(self, rung: Rung) -> tuple[str, ...]:
        """How to get into a rung: the ids of the words, in their order."""
        if rung.first:
            return tuple(f"{self.id}.set-up.{line}" for line in range(1, SET_UP_LINES + 1))
        return (f"{self.id}.rung.{rung.id}.set-up",)

    def hear_of(self, rung: Rung) -> tuple[str, ...]:
        """What the voice may say in a hold of a rung: the ids of the prompts, then the first cue of each check."""
        cues = (check.cues[0] for check in self.checks_of(rung))
        return tuple(dict.fromkeys([*(prompt.message for prompt in self.prompts_of(rung)), *cues]))

    def callouts_of(self, rung: Rung) -> tuple[CallOut, ...]:
        """What a picture of a rung points at: that of which a sentence is shown of this rung."""
        shown = {*self.set_up_of(rung), *self.hear_of(rung)}
        return tuple(callout for callout in self.callouts if not shown.isdisjoint(callout.of))

    def words_of(self, rung: Rung, part: str) -> str:
        """The id of what is said of a rung: of `OWN_WORDS`, its own where it has them, else the exercise's."""
        return f"{self.id}.rung.{rung.id}.{part}" if part in rung.words else f"{self.id}.{part}"

    def signs_of(self, rung: Rung) -> tuple[Sign, ...]:
        """The signs of a hand that count on a rung, the one that people are told first."""
        return self.settings.signs.of(rung.position or self.position) if rung.signs is None else rung.signs

    def working_side(self, side: Side | str | None) -> Side | None:
        """The side asked for. Raises Misuse for a side where the exercise has none, and for what is no side."""
        if side is None:
            return None
        if not self.two_sided:
            raise Misuse("error.no-sides", exercise=self.id)
        try:
            return Side(side)
        except ValueError:
            raise Misuse("error.no-such-side", side=str(side)) from None

    @property
    def holds(self) -> int:
        """How many holds, a side where there are sides, its whole dose is."""
        return self.dose.sets * (1 if self.repetition is None else self.repetition.count)

    @property
    def name(self) -> Message:
        """Its name, as a message."""
        return say(f"{self.id}.name")


@dataclass(frozen=True, slots=True)
class CoachSettings:
    """How the coach treats time and doubt, the same for all exercises. Seconds, unless a name says otherwise.

    min_visibility: a point seen less surely is missing. entry_s: in position and not yet credited. settle_s: in
    position, all in all, until a fault is told of to somebody who has not held well since. max_gap_s: credit needs two
    frames no further apart. grace_s: a slip no longer than this keeps the hold. lost_s: without a judgement, until it
    is told. smoothing_s: time constant of the filter. swap_s: a left taken for a right for no longer than this is a
    slip of the model's. cue_gap_s: between two cues. cue_patience: how often the same words may not help.
    praise_after_s: well again, before it is praised. praise_gap_s: between two praises.
    presence_slack: share of a condition's band by which somebody in a hold may leave it. placement_after_s: for how
    long the camera cannot judge before something is asked for; placement_gap_s: between two askings;
    placement_patience: how often the same is asked. smallest_torso_ratio: of the picture's height, the shortest torso
    that is read well. signs: how a hand that is held up is read.
    """

    min_visibility: float
    entry_s: float
    settle_s: float
    max_gap_s: float
    grace_s: float
    lost_s: float
    smoothing_s: float
    swap_s: float
    cue_gap_s: float
    cue_patience: int
    praise_after_s: float
    praise_gap_s: float
    presence_slack: float
    placement_after_s: float
    placement_gap_s: float
    placement_patience: int
    smallest_torso_ratio: float
    source: str
    signs: Signs


def _mistakes(exercise: Exercise) -> Iterable[str]:
    rungs = [rung.id for rung in exercise.rungs]
    if not rungs:
        yield "it has no rung"
    if len(set(rungs)) != len(rungs):
        yield "two rungs share an id"
    if sum(rung.first for rung in exercise.rungs) != 1:
        yield "exactly one rung must be the first"
    if not any(rung.goal_form for rung in exercise.rungs):
        yield "no rung is in the form of the goal"
    if exercise.two_sided and exercise.side_by is None:
        yield "it has sides, and no rule that tells which side a pose shows"
    yield from _dose_mistakes(exercise.dose)
    yield from _drill_mistakes(exercise)
    yield from check_mistakes(exercise.checks)
    yield from _sign_mistakes(exercise)
    yield from (f"prompt {p.message}: it cannot be said before the hold" for p in exercise.prompts if not p.at_s >= 0)
    yield from (f"nudge {n.id}: after_s cannot be negative" for n in exercise.nudges if not n.after_s >= 0)
    yield from (
        f"callout {c.message}: it lies at one landmark, or between two"
        for c in exercise.callouts
        if not 1 <= len(c.at) <= 2
    )
    known = {check.id for check in exercise.checks}
    for rung in exercise.rungs:
        yield from rung_mistakes(rung, known, known | {nudge.id for nudge in exercise.nudges})


def _sign_mistakes(exercise: Exercise) -> Iterable[str]:
    for name, sign in (("steadiness", exercise.steadiness), ("sinking", exercise.sinking)):
        if sign is not None and not (sign.window_s > 0 and sign.limit > 0):
            yield f"{name}: its window and its limit must be positive"


def _dose_mistakes(dose: Dose) -> Iterable[str]:
    if dose.target_s <= 0 or dose.sets <= 0:
        yield "the dose must be positive"
    least, most = dose.times_per_day
    if not 1 <= least <= most:
        yield "dose: times_per_day is the least and the most, such as [1, 2]"
    if dose.every_days < 1:
        yield "dose: every_days must be at least 1"
    if not 0 <= dose.gap_h < math.inf:
        yield "dose: gap_h cannot be negative, and must end"
    if not 0 <= dose.days_per_week <= 7:
        yield "dose: days_per_week is a number of the seven days, or 0"
    if dose.gap_days < 1:
        yield "dose: gap_days must be at least 1"


def _drill_mistakes(exercise: Exercise) -> Iterable[str]:
    """A drill and how often it comes belong together, and only the step that is our addition plans by the week."""
    drill = exercise.repetition
    if (drill is not None) != (exercise.step is Step.MOVE) or (drill is not None) != (exercise.dose.days_per_week > 0):
        yield "an exercise of the step move, and only one, has a repetition and says on how many days of the week"
    if drill is not None and min(drill.count, drill.down_s, drill.up_s) < 1:
        yield "repetition: its count and its seconds must be positive"
    if drill is not None and not drill.begins:
        yield "repetition: it needs a condition that tells where it begins"
