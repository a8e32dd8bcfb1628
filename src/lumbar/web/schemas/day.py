"""A day of the plan: what to do, how much, and why."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from lumbar.web.schemas.parts import MessageOut, Out, ReasonOut


class GoalOut(BaseModel):
    """What the programme works up to."""

    sets: int
    hold_s: float
    message: MessageOut


class ProposalOut(BaseModel):
    """A change that the plan would make, and that waits for an expert's word. kg: of a first weight."""

    kind: Literal["rung", "load", "exercise"]
    rung: str
    kg: float


class WaitsOut(BaseModel):
    """New forms, first weights and new exercises wait for an expert's word. by: who asked for it; null: the person."""

    since: date
    by: str | None
    profession: str | None


class ItemOut(BaseModel):
    """One exercise of a day."""

    exercise: str
    rung: str
    side_order: list[Literal["left", "right"] | None]
    sets: int
    hold_s: float
    repetitions: int
    goal: GoalOut
    state: Literal["due", "done", "later", "closed", "optional"]
    done_at: datetime | None
    not_before: datetime | None
    not_after: datetime | None
    reasons: list[ReasonOut]
    held: dict[str, float] | None
    proposal: ProposalOut | None


class StepOut(BaseModel):
    """One step of the programme on this day. cues: what to mind through the day."""

    step: str
    state: Literal["due", "done", "later", "closed", "not-today"]
    message: MessageOut
    minutes: float
    items: list[ItemOut]
    cues: list[ReasonOut]


class VerdictOut(BaseModel):
    """What the screening's answers come to."""

    outcome: Literal["pause", "wait", "start-gentle", "start"]
    card: Literal["em", "sd"] | None
    neck_only: bool
    modifications: list[str]
    reasons: list[dict[str, Any]]
    ways_back: list[dict[str, Any]]
    open: list[str]


class DueOut(Out):
    """An outcome measure that may be answered now, the last day of its window, and the week that it is asked in."""

    instrument: str
    occasion: Literal["start", "weekly", "weeks", "later"]
    week: int
    until: date


class WalkOut(BaseModel):
    """The walk of a day: how long, how it stands, and why."""

    state: Literal["ask", "due", "done", "optional", "rests", "closed"]
    message: MessageOut
    minutes: int | None
    walked_min: int
    walks: list[dict[str, Any]]
    week_days: int
    over_days: int
    goal_min: int
    goal_days: int
    choices: list[int]
    reasons: list[ReasonOut]


class DayOut(BaseModel):
    """A day: what to do, how much, and why."""

    on: date
    at: datetime
    kind: Literal["strength", "stretch", "rest", "paused", "first-run"]
    title: MessageOut
    lead: MessageOut
    verdict: VerdictOut | None
    needs: list[str]
    minutes: float
    minutes_left: float
    short: dict[str, Any] | None
    reviewed: dict[str, Any] | None
    waits: WaitsOut | None
    book: list[ReasonOut]
    flare_since: date | None
    flare_calm_pain: int | None
    unwell: bool
    flare_told_today: list[str]
    outcomes: list[DueOut]
    walk: WalkOut | None
    steps: list[StepOut]
    next: dict[str, Any] | None


class ShownOut(Out):
    """A dose that a session's beginning showed. side_order: the sides that it had, null for an exercise without; empty
    where that is not known any more. test: whether its first hold was measured. repetitions: of a drill, how many of
    its holds make up a set."""

    at: datetime
    exercise: str
    rung: str
    sets: int
    hold_s: float
    side_order: list[Literal["left", "right"] | None]
    test: Literal["none", "first", "again"]
    load_kg: float
    repetitions: int


class DayAsShownOut(Out):
    """A day up to now. shown: what a session of that day began with, and nothing that was not for it; same_rules: by
    the rules that are in force now; over: a day of the past, of which nothing is due any more."""

    day: DayOut
    shown: list[ShownOut]
    same_rules: bool
    over: bool
