"""The plan: what is due at a moment, how much of it, and why, from the programme and the record alone."""

from lumbar.core.plan.day import Day, DayStep, DayWalk, Goal, Item, ItemState, Kind, Need, Next, StepState, Why
from lumbar.core.plan.decide import opened, plan, sitting
from lumbar.core.plan.programme import RULES, Pain, Posture, Programme, Schedule, StartDose, Stretching, Timing

__all__ = [
    "RULES",
    "Day",
    "DayStep",
    "DayWalk",
    "Goal",
    "Item",
    "ItemState",
    "Kind",
    "Need",
    "Next",
    "Pain",
    "Posture",
    "Programme",
    "Schedule",
    "StartDose",
    "StepState",
    "Stretching",
    "Timing",
    "Why",
    "opened",
    "plan",
    "sitting",
]
