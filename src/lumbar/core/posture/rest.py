"""The guided break of about a minute: up, a few steps; or up and a stretch that is due today.

A stretch is offered only when the plan has it open and due, and the questions of the day are answered; then it counts
as today's (clinical design, section 4.2).
"""

from collections.abc import Collection
from dataclasses import dataclass

from lumbar.core.body import Side
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Day, Item, ItemState, Need
from lumbar.core.plan.reviewed import BREAKS, CUES, WALKING
from lumbar.core.posture.settings import BreakSettings

_FIRST = frozenset({Need.SCREEN, Need.ACKNOWLEDGE, Need.DAILY_CHECK})
"""What must be answered before any exercise of a day, however small."""


@dataclass(frozen=True, slots=True)
class RestStep:
    """One thing to do for some seconds. exercise, rung and side: of a stretch, None otherwise."""

    message: Message
    seconds: int
    exercise: str | None = None
    rung: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A break. stretch: the exercise in it that counts as today's; None without one."""

    steps: tuple[RestStep, ...]
    stretch: str | None = None

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return sum(one.seconds for one in self.steps)


def is_paused(opened: Collection[str]) -> bool:
    """Whether breaks, cues and reminders rest: a pause for safety, or a first screen that is still to come. An expert's
    hold leaves getting up, and nothing else. opened: as `Day.open` and `plan.opened` have it."""
    return BREAKS not in opened


def may_cue(opened: Collection[str]) -> bool:
    """Whether anything may be said of posture."""
    return CUES in opened


def guided(day: Day, settings: BreakSettings) -> Rest:
    """The break that fits the day: with the first stretch that is due, else with a short walk; to get up alone, and
    nothing else, while an expert's hold rests both."""
    up = RestStep(say("posture.break.stand", seconds=settings.stand_s), settings.stand_s)
    stretch = next((item for name in settings.stretches if (item := _due(day, name)) is not None), None)
    if stretch is None and WALKING not in day.open:
        return Rest((up,))
    if stretch is None:
        return Rest((up, RestStep(say("posture.break.walk", seconds=settings.walk_s), settings.walk_s)))
    name = f"@{stretch.exercise}.name"
    steps = tuple(
        RestStep(_told(name, side, stretch.hold_s), stretch.hold_s, stretch.exercise, stretch.rung, side)
        for side in stretch.sides
    )
    return Rest((up, *steps), stretch.exercise)


def _told(name: str, side: Side | None, seconds: int) -> Message:
    if side is None:
        return say("posture.break.stretch", exercise=name, seconds=seconds)
    return say("posture.break.stretch-side", exercise=name, side=f"@side.{side.value}", seconds=seconds)


def _due(day: Day, exercise: str) -> Item | None:
    item = day.item(exercise)
    if item is None or item.state is not ItemState.DUE or item.barred or _FIRST & set(day.needs):
        return None
    return item
