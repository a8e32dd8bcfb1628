"""Every score so far, beside the first one and beside the change that matters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lumbar.core.errors import BadFact
from lumbar.core.outcomes.answers import PAIN, Answer, Answers
from lumbar.core.outcomes.change import Change, change
from lumbar.core.outcomes.due import Schedule
from lumbar.core.outcomes.instrument import Better, Instrument
from lumbar.core.outcomes.score import Score, score


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All instruments, in the order in which they are offered and shown, and when they are asked."""

    instruments: Mapping[str, Instrument]
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Point:
    """A score on a day. change: from the first one; None for the first itself, and where there is none to tell."""

    on: date
    score: Score
    change: Change | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The first score, and from which scores on a change from it matters; None where the range ends before that."""

    first: float
    better_at: float | None
    worse_at: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """The scores of an instrument, oldest first."""

    instrument: Instrument
    points: tuple[Point, ...]

    @property
    def first(self) -> Point | None:
        """The first answer, which the others are held against."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """The last answer."""
        return self.points[-1] if self.points else None

    @property
    def limits(self) -> Limits | None:
        """What the last answer is held against; None for an instrument without a change that matters."""
        if self.first is None or self.last is None:
            return None
        found = self.last.change or change(self.instrument, self.first.score, self.first.score)
        return None if found is None else _limits(self.instrument, found)


def _limits(instrument: Instrument, found: Change) -> Limits:
    up = 1 if instrument.better is Better.HIGHER else -1
    ends = found.first + up * found.needed, found.first - up * found.needed_worse
    better_at, worse_at = (round(end, 6) if instrument.lowest <= end <= instrument.highest else None for end in ends)
    return Limits(found.first, better_at, worse_at)


def course(instrument: Instrument, given: Iterable[Answer]) -> Course:
    """The scores of an instrument. An answer that does not fit it, of another version of the file, is left out."""
    scores = [(answer.on, found) for answer in given if (found := scored(instrument, answer)) is not None]
    if not scores:
        return Course(instrument, ())
    first_on, first = scores[0]
    later = (Point(on, found, change(instrument, first, found)) for on, found in scores[1:])
    return Course(instrument, (Point(first_on, first, None), *later))


def courses(outcomes: Outcomes, answers: Answers, until: date) -> tuple[Course, ...]:
    """The scores of every instrument until a day."""
    return tuple(course(it, answers.of(it.id, until=until)) for it in outcomes.instruments.values())


@dataclass(frozen=True, slots=True)
class Walked:
    """Minutes walked in the seven days before a day."""

    on: date
    minutes: int


def walked(answers: Answers, until: date) -> tuple[Walked, ...]:
    """The minutes walked, as they were told with the week's pain."""
    told = ((answer.on, answer.body.get("walked_minutes")) for answer in answers.of(PAIN, until=until))
    return tuple(Walked(on, minutes) for on, minutes in told if isinstance(minutes, int))


def scored(instrument: Instrument, answer: Answer) -> Score | None:
    """The score of an answer; None for one that does not fit its instrument."""
    try:
        return score(instrument, answer.body)
    except BadFact:
        return None
