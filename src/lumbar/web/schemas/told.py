"""What a person told: facts taken in, answers, and what they said of themselves."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from lumbar.web.schemas.day import DayOut
from lumbar.web.schemas.parts import MessageOut, Out


class AnswerOut(Out):
    """An answer that may be taken back: its fact, when it was told, and what it says."""

    fact: str
    on: date
    at: datetime
    message: MessageOut


class MyselfOut(Out):
    """What a person has said of themselves; null where nothing was said."""

    body_mass_kg: float | None
    birth_year: int | None
    helper: bool | None
    equipment: list[str] | None
    name: str | None
    goal: str | None
    comforts: list[str]
    body_mass_limits_kg: Annotated[list[float], Field(min_length=2, max_length=2)]


class RecordedOut(Out):
    """Ids of facts that are new and of those known before, and the day as it is now."""

    accepted: list[str]
    duplicates: list[str]
    today: DayOut


class TakenOut(RecordedOut):
    """What became of an expert's answer. did: what this very answer did, a sentence each."""

    did: list[MessageOut]
