"""A session as data: today's exercises compiled to steps that any player can play."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lumbar.core.errors import Conflict, NotFound
from lumbar.core.plan.day import Day, Item, ItemState, Need
from lumbar.core.plan.leg import Leg, minutes
from lumbar.core.plan.programme import Patience, Programme
from lumbar.core.plan.short import shortened
from lumbar.core.plan.steps import session_steps

FORMAT = "lumbar-session/1"


@dataclass(frozen=True, slots=True)
class SessionScript:
    """Steps in their order, and how long a measured hold is waited for.

    catalogue: the fingerprint of the files that it was made from. length: whole, or the short version of the day.
    """

    session: str
    on: date
    programme: str
    catalogue: str
    minutes: int
    patience: Patience
    steps: tuple[Leg, ...]
    length: str = "whole"

    def as_json(self) -> dict[str, object]:
        """The script as plain values."""
        return {
            "format": FORMAT,
            "session": self.session,
            "on": self.on.isoformat(),
            "programme": self.programme,
            "catalogue": self.catalogue,
            "minutes": self.minutes,
            "length": self.length,
            "patience": {
                "away_s": self.patience.away_s,
                "faults_to_end": self.patience.faults_to_end,
                "stuck_s": self.patience.stuck_s,
                "line_down_s": self.patience.line_down_s,
            },
            "steps": [step.as_json(number) for number, step in enumerate(self.steps)],
        }


def compile_script(
    day: Day, programme: Programme, *, session: str, only: Collection[str] | None = None, length: str = "whole"
) -> SessionScript:
    """The script of what is due, or of those exercises alone (`only` may also name optional ones). A short one has the
    short version of them.

    Raises Conflict when something must be answered first, an exercise may not be done now, or nothing is due; NotFound
    for an exercise that the programme has not.
    """
    items = _wanted(day, only)
    short = length == "short"
    items = shortened(items, programme) if short else items
    core = any(programme.is_core(item.exercise) for item in items)
    questions_first(day, core=core)
    if not items:
        raise Conflict("error.nothing-due")
    steps = session_steps(items, programme, short=short, pain_before=day.pain_before)
    return SessionScript(
        session, day.on, programme.id, programme.catalogue, minutes(steps), programme.patience, steps, length
    )


def questions_first(day: Day, *, core: bool) -> None:
    """Nobody exercises before the questions of the day; core work waits for how the pain is. Raises Conflict."""
    first = {Need.SCREEN, Need.ACKNOWLEDGE, Need.DAILY_CHECK} | ({Need.PAIN_BEFORE} if core else set())
    if first & set(day.needs):
        raise Conflict("error.check-first")


def _wanted(day: Day, only: Collection[str] | None) -> list[Item]:
    if only is None:
        return [item for item in day.items if item.state is ItemState.DUE]
    wanted = []
    for exercise_id in dict.fromkeys(only):
        item = day.item(exercise_id)
        if item is None:
            known = ", ".join(sorted(item.exercise for item in day.items))
            raise NotFound("error.no-exercise", exercise=exercise_id, known=known)
        if not item.may_start:
            raise Conflict("error.exercise-not-due", exercise=f"@{exercise_id}.name")
        wanted.append(item)
    return wanted
