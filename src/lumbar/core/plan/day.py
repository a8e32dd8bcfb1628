"""What a day looks like: its steps, their exercises with dose, time and reason, and what must be answered first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lumbar.core.body import Side
from lumbar.core.message import Message, say
from lumbar.core.outcomes import Due
from lumbar.core.safety import Verdict


class Kind(StrEnum):
    """What sort of day it is."""

    STRENGTH = "strength"
    STRETCH = "stretch"
    REST = "rest"
    PAUSED = "paused"
    FIRST_RUN = "first-run"


class ItemState(StrEnum):
    """How an exercise stands now."""

    DUE = "due"
    OPTIONAL = "optional"
    DONE = "done"
    LATER = "later"
    CLOSED = "closed"


class HoldTest(StrEnum):
    """Whether the first hold of an exercise is one to be held for as long as the form keeps: the very first such, after
    which the rest of the day is a share of it; another one of the first sessions; or one of a later week."""

    NONE = "none"
    FIRST = "first"
    AGAIN = "again"
    LATER = "later"


class StepState(StrEnum):
    """How a step stands now."""

    DUE = "due"
    DONE = "done"
    LATER = "later"
    CLOSED = "closed"
    NOT_TODAY = "not-today"


class Need(StrEnum):
    """What must be answered before the next exercise, in this order."""

    SCREEN = "screen"
    ACKNOWLEDGE = "acknowledge"
    DAILY_CHECK = "daily-check"
    MORNING_AFTER = "morning-after"
    PAIN_BEFORE = "pain-before"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason and the id of its source."""

    message: Message
    source: str

    def as_json(self) -> dict[str, object]:
        """The reason as plain values."""
        return {"message": self.message.as_json(), "source": self.source}


@dataclass(frozen=True, slots=True)
class Goal:
    """What the exercise works up to."""

    sets: int
    hold_s: int
    message: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that the plan would make, and that waits for an expert's word. kind: rung, load or exercise; rung: the
    form that it would come to; kg: of a first weight."""

    kind: str
    rung: str
    kg: float = 0.0

    def as_json(self) -> dict[str, object]:
        """The change as plain values."""
        return {"kind": self.kind, "rung": self.rung, "kg": self.kg}


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise on a day.

    sides: those still to do, in order; (None,) for one without sides. side_sets: what each of them still lacks, in
    holds of hold_s. not_before and not_after: when it may be done, now or the next time; None while it is closed, and
    where that hangs on when something else will be done. held: credited seconds of this day by left, right or both; of
    a drill, how many times. barred: safety, or something of today, speaks against it, whether it is its turn or not.
    test: whether its first hold is to be held for as long as the form keeps, test_s at the most or until it is as hard
    as test_effort of 10; untested: the sides of
    which that is still to come. load_kg: what is carried; carry: how. repetitions: of a drill, how many of its holds
    make a set; 1 for what is held. proposal: a change that waits for an expert's word.
    """

    exercise: str
    rung: str
    sides: tuple[Side | None, ...]
    side_sets: tuple[int, ...]
    hold_s: int
    goal: Goal
    state: ItemState
    done_at: datetime | None
    not_before: datetime | None
    not_after: datetime | None
    reasons: tuple[Why, ...]
    held: Mapping[str, float] | None
    barred: bool = False
    test: HoldTest = HoldTest.NONE
    test_s: int = 0
    test_effort: int = 0
    untested: tuple[Side | None, ...] = ()
    load_kg: float = 0.0
    carry: Message | None = None
    repetitions: int = 1
    proposal: Proposal | None = None

    @property
    def sets(self) -> int:
        """The dose still to do, as one number: that of the side which lacks most."""
        return max(self.side_sets)

    @property
    def may_start(self) -> bool:
        """Whether it may be done now."""
        return self.state in (ItemState.DUE, ItemState.OPTIONAL)

    def as_json(self) -> dict[str, object]:
        """The item as plain values."""
        goal = {"sets": self.goal.sets, "hold_s": self.goal.hold_s, "message": self.goal.message.as_json()}
        return {
            "exercise": self.exercise,
            "rung": self.rung,
            "side_order": [None if side is None else side.value for side in self.sides],
            "sets": self.sets,
            "hold_s": self.hold_s,
            "test": self.test.value,
            "test_s": self.test_s,
            "repetitions": self.repetitions,
            "load_kg": self.load_kg,
            "goal": goal,
            "state": self.state.value,
            "done_at": _time(self.done_at),
            "not_before": _time(self.not_before),
            "not_after": _time(self.not_after),
            "reasons": [reason.as_json() for reason in self.reasons],
            "held": None if self.held is None else dict(self.held),
            "proposal": None if self.proposal is None else self.proposal.as_json(),
        }


@dataclass(frozen=True, slots=True)
class DayStep:
    """A step of the programme on a day. `move` has a line to read, whatever else it has. cues: for the whole day."""

    step: str
    state: StepState
    message: Message
    minutes: int
    items: tuple[Item, ...]
    cues: tuple[Why, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The step as plain values."""
        return {
            "step": self.step,
            "state": self.state.value,
            "message": self.message.as_json(),
            "minutes": self.minutes,
            "items": [item.as_json() for item in self.items],
            "cues": [cue.as_json() for cue in self.cues],
        }


class WalkState(StrEnum):
    """How the day's walk stands: ask stands for the usual comfortable walk that nobody has told yet."""

    ASK = "ask"
    DUE = "due"
    DONE = "done"
    OPTIONAL = "optional"
    RESTS = "rests"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DayWalk:
    """The walk of a day. minutes: today's, in one bout or split; None before the usual one is known.

    walks: those of today, each with its fact's id and when it was told. week_days: days with a walk among
    the last over_days, today included. choices: what the usual walk may be told as, shortest first.
    """

    state: WalkState
    minutes: int | None
    walks: tuple[tuple[str, datetime, int], ...]
    week_days: int
    over_days: int
    goal_min: int
    goal_days: int
    choices: tuple[int, ...]
    reasons: tuple[Why, ...]

    @property
    def walked_min(self) -> int:
        """Minutes walked today."""
        return sum(minutes for _, _, minutes in self.walks)

    @property
    def message(self) -> Message:
        """What the step says of it."""
        return say(f"plan.walk.{self.state.value}", minutes=self.minutes or 0)

    def as_json(self) -> dict[str, object]:
        """The walk as plain values."""
        return {
            "state": self.state.value,
            "message": self.message.as_json(),
            "minutes": self.minutes,
            "walked_min": self.walked_min,
            "walks": [{"fact": fact, "at": at.isoformat(), "minutes": minutes} for fact, at, minutes in self.walks],
            "week_days": self.week_days,
            "over_days": self.over_days,
            "goal_min": self.goal_min,
            "goal_days": self.goal_days,
            "choices": list(self.choices),
            "reasons": [why.as_json() for why in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next, and when."""

    at: datetime
    message: Message


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The last review of the plan: by whom, and on which day, as the person told it. until: the last day before it is
    out of date; note: to the person, in the reviewer's words. stops: everything rests by it, until a later review;
    again_on: the day on which they want to see the person again after that, None where they named none."""

    by: str
    profession: str
    on: date
    decision: str
    until: date
    note: str | None = None
    stops: bool = False
    again_on: date | None = None

    def is_old(self, on: date) -> bool:
        """Whether it is out of date on a day: then weights are shut, and the rest goes on."""
        return on > self.until

    def as_json(self) -> dict[str, object]:
        """The review as plain values."""
        return {
            "by": self.by,
            "profession": self.profession,
            "on": self.on.isoformat(),
            "decision": self.decision,
            "until": self.until.isoformat(),
            "note": self.note,
            "stops": self.stops,
            "again_on": None if self.again_on is None else self.again_on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Waits:
    """New forms, first weights and new exercises wait for an expert's word, since a day. by, profession: the expert who
    asked for that; None where the person chose it."""

    since: date
    by: str | None
    profession: str | None

    def as_json(self) -> dict[str, object]:
        """The same as plain values."""
        return {"since": self.since.isoformat(), "by": self.by, "profession": self.profession}


@dataclass(frozen=True, slots=True)
class ShortVersion:
    """What could be done instead of all that is due, in less time; and why, or for whom, that is enough today."""

    minutes: int
    message: Message

    def as_json(self) -> dict[str, object]:
        """The short version as plain values."""
        return {"minutes": self.minutes, "message": self.message.as_json()}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it stands at a moment. minutes: of all of today; minutes_left: of what is due now.

    short: the short version of what is due, None without any. reviewed: the last review, None without any. book: why a
    review is asked for. flare_since: since when there is a flare-up, and flare_calm_pain: the most pain, told
    twice, that ends it, 0-10; None without one. unwell: everything rests for an
    illness. flare_told_today: the facts of today that told of it, which may still be taken back. pain_before: the most
    that was told today before exercise, 0-10; None before it is. outcomes: the outcome measures that may be answered
    now. walk: our addition; None before the first questions. waits: whether changes that matter wait for an expert's
    word; None where they do not. open: what safety and an expert's hold leave open, by the names of the screening's
    file; nothing before the first questions.
    """

    on: date
    at: datetime
    kind: Kind
    title: Message
    lead: Message
    verdict: Verdict | None
    needs: tuple[Need, ...]
    minutes: int
    minutes_left: int
    steps: tuple[DayStep, ...]
    next: Next | None
    reviewed: Reviewed | None = None
    book: tuple[Why, ...] = ()
    flare_since: date | None = None
    flare_calm_pain: int | None = None
    unwell: bool = False
    flare_told_today: tuple[str, ...] = ()
    short: ShortVersion | None = None
    pain_before: int | None = None
    outcomes: tuple[Due, ...] = ()
    walk: DayWalk | None = None
    waits: Waits | None = None
    open: frozenset[str] = frozenset()

    @property
    def items(self) -> tuple[Item, ...]:
        """The exercises of all steps."""
        return tuple(item for step in self.steps for item in step.items)

    def item(self, exercise_id: str) -> Item | None:
        """An exercise of this day."""
        return next((item for item in self.items if item.exercise == exercise_id), None)

    def as_json(self) -> dict[str, object]:
        """The day as plain values."""
        return {
            "on": self.on.isoformat(),
            "at": self.at.isoformat(),
            "kind": self.kind.value,
            "title": self.title.as_json(),
            "lead": self.lead.as_json(),
            "verdict": None if self.verdict is None else self.verdict.as_json(),
            "needs": [need.value for need in self.needs],
            "minutes": self.minutes,
            "minutes_left": self.minutes_left,
            "short": None if self.short is None else self.short.as_json(),
            "reviewed": None if self.reviewed is None else self.reviewed.as_json(),
            "waits": None if self.waits is None else self.waits.as_json(),
            "book": [why.as_json() for why in self.book],
            "flare_since": None if self.flare_since is None else self.flare_since.isoformat(),
            "flare_calm_pain": self.flare_calm_pain,
            "unwell": self.unwell,
            "flare_told_today": list(self.flare_told_today),
            "outcomes": [due.as_json() for due in self.outcomes],
            "walk": None if self.walk is None else self.walk.as_json(),
            "steps": [step.as_json() for step in self.steps],
            "next": None if self.next is None else {"at": _time(self.next.at), "message": self.next.message.as_json()},
        }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
