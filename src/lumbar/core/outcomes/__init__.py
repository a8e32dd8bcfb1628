"""Outcome measures: pain, function and a person's own impression, their scores, and the change that matters."""

from lumbar.core.outcomes.answers import PAIN, Answer, Answers, answers
from lumbar.core.outcomes.change import Blind, Change, Direction, change, is_recovered
from lumbar.core.outcomes.due import Due, Schedule, due
from lumbar.core.outcomes.instrument import (
    Better,
    Insensitive,
    Instrument,
    Kind,
    Matters,
    Occasion,
    Published,
    Recovered,
)
from lumbar.core.outcomes.report import Course, Outcomes, Point, Walked, course, courses, scored, walked
from lumbar.core.outcomes.score import Score, score
from lumbar.core.outcomes.tell import shown, tell

__all__ = [
    "PAIN",
    "Answer",
    "Answers",
    "Better",
    "Blind",
    "Change",
    "Course",
    "Direction",
    "Due",
    "Insensitive",
    "Instrument",
    "Kind",
    "Matters",
    "Occasion",
    "Outcomes",
    "Point",
    "Published",
    "Recovered",
    "Schedule",
    "Score",
    "Walked",
    "answers",
    "change",
    "course",
    "courses",
    "due",
    "is_recovered",
    "score",
    "scored",
    "shown",
    "tell",
    "walked",
]
