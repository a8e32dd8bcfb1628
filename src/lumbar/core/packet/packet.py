"""The packet as a value: facts and messages, in the order of the page."""

from dataclasses import dataclass
from datetime import date

from lumbar.core.exercise import Step
from lumbar.core.message import Message
from lumbar.core.plan.day import HoldTest, Proposal, Reviewed, Waits


@dataclass(frozen=True, slots=True)
class Screened:
    """The screening in short. on: the last complete one. told: what was answered other than no, each with its dates.
    outcome: what follows now."""

    on: date | None
    told: tuple[Message, ...]
    outcome: Message


@dataclass(frozen=True, slots=True)
class Score:
    """An outcome measure then and now. said: whether that is a change that matters; matters: from where on it is."""

    instrument: str
    first_on: date
    first: float
    last_on: date
    last: float
    said: Message | None
    better_at: float | None
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise. held_s: the longest hold of late, on the shorter side; None where nothing was held. times: how many
    repetitions of a drill its last day had.

    closed: it is shut or rests now. test: its first hold is measured, and what follows is a share of that. each: the
    dose is for each side. often: how often it comes. next: what the plan will do by itself, and by which rule. note:
    what a reviewer wrote about it. rests: until a review with a tick for it, whatever else is asked.
    """

    exercise: str
    step: Step
    rung: str
    sets: int
    hold_s: int
    repetitions: int
    load_kg: float
    each: bool
    often: Message
    closed: bool
    goal_s: int
    held_s: float | None
    next: Message
    rule: str
    test: HoldTest = HoldTest.NONE
    note: Message | None = None
    times: int = 0
    rests: bool = False


@dataclass(frozen=True, slots=True)
class WalkRow:
    """The walk, which is an addition of the plan. minutes: of a day's walk, None before the usual one is known; days:
    a week, as it is meant; week_days: those with a walk among the last over_days. next: what the plan will do by
    itself."""

    minutes: int | None
    days: int
    week_days: int
    over_days: int
    closed: bool
    next: Message


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that is asked for. Unticked it stays shut.

    kind: item (a screening question: may exercise), load (a weight on an exercise) or watched (they saw it well held,
    where no camera did). about: the screening item or the exercise. proposal: a change that waits for this word; then
    kind is proposal.
    """

    kind: str
    about: str
    message: Message
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done of what was planned in the last days: core work in sessions, stretches in days."""

    days: int
    core_done: int
    core_planned: int
    stretch_done: int
    stretch_planned: int
    holds: int
    measured: int


@dataclass(frozen=True, slots=True)
class Event:
    """What went wrong: when, what, and what lumbar had advised or did then."""

    on: date
    what: Message
    advised: Message


@dataclass(frozen=True, slots=True)
class Held:
    """The longest hold of each week of one side of an exercise, oldest first; and of the last days how much of the time
    a camera measured, and how much of that was in good form. side: left, right or both."""

    exercise: str
    side: str
    weeks: tuple[tuple[date, float], ...]
    measured_share: float | None
    well_share: float | None


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that an expert is shown, of one moment.

    week: of the plan, from 1; None before its first day. review: how the plan stands with its reviews. questions:
    the decisions asked, and more_questions: how many wait for the next packet. worst: the worst reaction of late.
    changed: what is other than in the packet before, of changed_on. more_events: how many older ones are left out.
    walk: None where the plan has none. waits: whether new forms, first weights and new exercises wait for an
    expert's word; None where they do not. rules: those that the plan will follow next.
    """

    on: date
    name: str | None
    birth_year: int | None
    goal: str | None
    week: int | None
    reviewed: Reviewed | None
    review: Message
    review_days: int
    screened: Screened
    scores: tuple[Score, ...]
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]
    more_questions: int
    kept: Kept
    worst: Event | None
    flares: tuple[date, ...]
    events: tuple[Event, ...]
    more_events: int
    held: tuple[Held, ...]
    changed_on: date | None
    changed: tuple[Message, ...]
    walk: WalkRow | None = None
    waits: Waits | None = None
    rules: tuple[Message, ...] = ()

    @property
    def age(self) -> int | None:
        """In years, as far as a year of birth tells it."""
        return None if self.birth_year is None else self.on.year - self.birth_year
