"""What went wrong with core work, day by day along its course, and carried on with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.core.packet.packet import Event
from lumbar.core.plan.bout import Bout
from lumbar.core.plan.course import Course, Told, answer_of
from lumbar.core.plan.courses import Courses, courses
from lumbar.core.plan.ladder import Ladder
from lumbar.core.plan.load import is_untidy
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, Reading, read
from lumbar.core.record import Change, Record, RuledFold
from lumbar.core.record.bodies import MORNINGS

_CUTS = (
    "plan.reason.eased-back",
    "plan.reason.eased-back-morning",
    "plan.reason.easier-rung",
    "plan.reason.a-set-fewer",
)
"""What made a dose of core work less, because of how the back took it."""


def course_log(record: Record, programme: Programme) -> Iterator[Event]:
    """What core work and the week's pain made less, in the order of the days."""
    return chain.from_iterable(record.folded(_CourseLogFold(programme)).events)


@dataclass(frozen=True, slots=True)
class _CourseLog:
    """What went wrong on each day of a course."""

    known: Courses
    events: tuple[tuple[Event, ...], ...]


class _CourseLogFold(RuledFold[Programme]):
    """Makes the log of a record's course, and goes on from the first day of which the course is another one."""

    __slots__ = ()

    def start(self, record: Record) -> _CourseLog:
        return self._from(_CourseLog(Courses(), ()), courses(record, self.rules))

    def resume(self, state: _CourseLog, change: Change, record: Record) -> _CourseLog:  # noqa: ARG002 - the course was told
        return self._from(state, courses(record, self.rules))

    def _from(self, state: _CourseLog, known: Courses) -> _CourseLog:
        kept = _alike(state.known, known)
        events = list(state.events[:kept])
        before = known.after[kept - 1] if kept else Course()
        for told, after in zip(known.told[kept:], known.after[kept:], strict=True):
            events.append(tuple(_of_a_day(told, before, after, self.rules)))
            before = after
        return _CourseLog(known, tuple(events))


def _alike(one: Courses, other: Courses) -> int:
    """On how many days from the beginning two courses are the same: what was carried on is the very same object."""
    days = zip(one.told, other.told, one.after, other.after, strict=False)
    same = (after is then and (told is heard or told == heard) for told, heard, after, then in days)
    return next((number for number, alike in enumerate(same) if not alike), min(len(one.told), len(other.told)))


def _of_a_day(told: Told, before: Course, after: Course, programme: Programme) -> Iterator[Event]:
    """What a day's core work and the week's pain made less, and what two such sessions shut."""
    on = told.on
    if told.bout is not None:
        yield from _session(on, told.bout, before, after, programme)
    if after.load_shut_on == on and before.load_shut_on != on:
        reactions = programme.listening.reactions
        what = say("packet.event.reds", count=reactions.reds, days=reactions.red_days)
        yield Event(on, what, say("packet.advised.review"))
    if after.heard.eased_on == on and before.heard.eased_on != on and after.heard.weeks:
        weekly = programme.listening.weekly
        what = say("packet.event.week", points=weekly.rise, pain=after.heard.weeks[-1][1])
        yield Event(on, what, say("plan.reason.week-rose", points=weekly.rise, days=weekly.stay_days))


def _session(on: date, bout: Bout, before: Course, after: Course, programme: Programme) -> Iterator[Event]:
    reading = read(bout, before.usual, programme.listening.reactions)
    carried = any(hold.load_kg > 0 for holds in bout.holds.values() for hold in holds)
    if reading.all_of_it is Reaction.GREEN and not carried:
        return  # as almost always, and nothing is made less by such a session
    for name, holds in bout.holds.items():
        exercise, ladder = programme.exercises[name], after.ladders[name]
        reaction = answer_of(name, bout, reading, before, programme).reaction
        followed = _followed(on, before.ladders.get(name), ladder)
        if reaction is Reaction.RED:
            yield Event(on, _too_much(exercise, bout, reading), followed or say("packet.advised.none"))
            continue
        if followed is not None:
            yield Event(on, _a_bit_much(exercise, bout), followed)
        loading = programme.listening.loading
        if any(hold.load_kg > 0 for hold in holds) and is_untidy(holds, loading):
            what = say("packet.event.untidy", exercise=f"@{name}.name")
            yield Event(on, what, say("plan.load.rests", count=loading.rest_sessions))


def _followed(on: date, was: Ladder | None, now: Ladder) -> Message | None:
    """What a session made less: the change of a dose, or that the exercise rests; None where it made nothing less."""
    if now.rests == on and (was is None or was.rests != on):
        return say("plan.reason.rests")
    changes = (level.why for level in now.levels.values() if level.why is not None and level.why.on == on)
    return next((why.message for why in changes if why.message.id in _CUTS), None)


def _too_much(exercise: Exercise, bout: Bout, reading: Reading) -> Message:
    """What showed that a session was too much: the pain of it, that it moved down the leg, or the morning after."""
    name = f"@{exercise.id}.name"
    concerned = not bout.named or exercise.id in bout.named
    if reading.session is Reaction.RED and concerned and bout.worst is not None:
        return say("packet.event.ease-back", exercise=name, pain=bout.worst)
    if bout.spread:
        return say("packet.event.ease-back-leg", exercise=name)
    if bout.words != MORNINGS[-1] and bout.morning is not None:
        return say("packet.event.ease-back-morning-pain", exercise=name, pain=bout.morning)
    return say("packet.event.ease-back-morning", exercise=name)


def _a_bit_much(exercise: Exercise, bout: Bout) -> Message:
    name = f"@{exercise.id}.name"
    if bout.worst is None:
        return say("packet.event.stay-here-morning", exercise=name)
    return say("packet.event.stay-here", exercise=name, pain=bout.worst)
