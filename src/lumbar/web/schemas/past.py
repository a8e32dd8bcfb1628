"""Days of the past, and the longest holds."""

from datetime import date, datetime
from typing import Any, Literal

from lumbar.web.schemas.parts import MessageOut, Out


class PastSetOut(Out):
    """A hold of the past. told: its seconds are what the person said, for nobody saw them."""

    exercise: str
    rung: str
    side: Literal["left", "right"] | None
    target_s: float
    credited_s: float
    measured: bool
    told: bool
    outcome: str
    repetition: bool
    at: datetime


class PastPainOut(Out):
    """Pain as it was reported."""

    when: str
    nprs: int | None
    words: str | None
    at: datetime


class PastEffortOut(Out):
    """Effort of a session, 0 to 10."""

    session: str
    effort: int
    at: datetime


class PastDayOut(Out):
    """A day of the past. rest: nothing was begun, nor was core work due, or the day is not over; missed: nothing was
    begun, though it was; kept: something was held to its end."""

    on: date
    rest: bool
    missed: bool
    kept: bool
    sets: list[PastSetOut]
    pain: list[PastPainOut]
    effort: list[PastEffortOut]


class HeldOut(Out):
    """An exercise's longest holds in seconds, by `left` and `right` or `both`, beside the goal.

    best: in the form that the goal is for; easier: in the easier `form` that was held last, where there is none of
    those yet. A drill has none: its goal is so many `times`, and so is its last day.
    """

    exercise: str
    goal_s: int
    goal_times: int
    best: dict[str, float]
    easier: dict[str, float]
    form: str | None
    last: dict[str, Any] | None


class TurnOut(Out):
    """What changed in the plan on a day, and why. exercise: None where it is about walks or about all of it; why: None
    where what it says is reason enough."""

    on: date
    exercise: str | None
    what: MessageOut
    why: MessageOut | None


class HistoryOut(Out):
    """The last days, oldest first, each exercise, and what changed in these days, the latest first."""

    days: list[PastDayOut]
    exercises: list[HeldOut]
    changes: list[TurnOut]
