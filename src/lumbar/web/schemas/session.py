"""A session: its script, who runs it, and what was done of it."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from lumbar.web.schemas.parts import Out


class ScriptOut(BaseModel):
    """A session as data; `steps` are played in their order."""

    format: Literal["lumbar-session/1"]
    session: str
    on: date
    programme: str
    catalogue: str
    minutes: float
    steps: list[dict[str, Any]]


class LeaseOut(Out):
    """The device that runs the session."""

    session: str
    device: str
    at: datetime


class StartedOut(Out):
    """The script to play."""

    script: ScriptOut
    lease: LeaseOut


class HoldDoneOut(Out):
    """A hold that ended."""

    step: int
    credited_s: float
    outcome: str


class CurrentOut(Out):
    """An unfinished session of this day."""

    script: ScriptOut
    started_at: datetime
    device: str
    done: list[HoldDoneOut]
