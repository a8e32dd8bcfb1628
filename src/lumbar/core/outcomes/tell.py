"""What the scores of an instrument say to the person, as messages: the last answer beside the first one."""

from collections.abc import Iterator
from math import ceil

from lumbar.core.message import Message, say
from lumbar.core.outcomes.change import Change
from lumbar.core.outcomes.instrument import Instrument, Kind
from lumbar.core.outcomes.report import Course


def tell(course: Course) -> tuple[Message, ...]:
    """The last answer in words: what it is, whether it is a change that matters, and from where on one would be."""
    return tuple(_told(course))


def _told(course: Course) -> Iterator[Message]:
    last, instrument = course.last, course.instrument
    if last is None:
        return
    if instrument.kind is Kind.CHOICE:
        yield say(f"outcome.{instrument.id}.{int(last.score.value)}")
        return
    yield say(f"outcome.score.{instrument.id}", value=shown(last.score.value))
    if len(course.points) == 1:
        yield say("outcome.change.first")
    elif last.change is None:
        yield say("outcome.change.none")
    else:
        yield from _changed(instrument, last.change)


def _changed(instrument: Instrument, change: Change) -> Iterator[Message]:
    yield say(f"outcome.change.{change.direction.value}", was=shown(change.first), now=shown(change.now))
    if change.recovered:
        yield say("outcome.change.recovered")
    if change.blind is not None:
        yield say(f"outcome.blind.{change.blind.value}")
    needed, points = _reached(instrument, change.needed), _reached(instrument, change.needed_worse)
    if needed == points:
        yield say("outcome.matters.points", points=points)
    else:
        yield say("outcome.matters.both", needed=needed, points=points)


def shown(value: float) -> float:
    """A score as it is shown: a mean to a tenth."""
    return round(value, 1)


def _reached(instrument: Instrument, points: float) -> float:
    """The first change that reaches so many points: whole ones, but for a mean."""
    return shown(points) if instrument.kind is Kind.ACTIVITIES else float(ceil(points))
