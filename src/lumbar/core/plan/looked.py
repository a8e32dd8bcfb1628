"""What a dose looked at: the last days with an exercise, what was told of each, and what followed from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from operator import itemgetter

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.plan.bout import Bout
from lumbar.core.plan.course import Course, answer_of, opened
from lumbar.core.plan.courses import Courses, courses
from lumbar.core.plan.gap import start_dose
from lumbar.core.plan.history import History, fold
from lumbar.core.plan.ladder import Ladder, Level
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, read
from lumbar.core.plan.session import Answer
from lumbar.core.plan.told import Hold, Walk
from lumbar.core.plan.walks import morning_of, walks_on
from lumbar.core.record import Record
from lumbar.core.record.bodies import MORNINGS

_READ_AS = {Reaction.GREEN: "carry-on", Reaction.AMBER: "stay-here", Reaction.RED: "ease-back"}
"""The states of the clinical design, as a person reads them."""


class MeasuredBy(StrEnum):
    """Who knows how long a measured hold was: the camera saw it, the clock was stopped by a key, the person told it."""

    CAMERA = "camera"
    CLOCK = "clock"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Looked:
    """A day with an exercise. Pain and effort are 0-10, None where nothing was told.

    holds: how many of how many seconds were held to their end. measured_s: what a measured hold came to; measured_by:
    who knows that, None where nobody does. read_as: how
    the session was read; None for what is not core work. followed: what came of it.
    """

    on: date
    rung: str
    holds: tuple[tuple[int, float], ...]
    measured_s: float | None = None
    measured_by: MeasuredBy | None = None
    before: int | None = None
    worst: int | None = None
    morning: str | None = None
    effort: int | None = None
    kept: str | None = None
    read_as: str | None = None
    followed: Message | None = None

    def as_json(self) -> dict[str, object]:
        """The day as plain values."""
        return {
            "on": self.on.isoformat(),
            "rung": self.rung,
            "holds": [{"count": count, "seconds": seconds} for count, seconds in self.holds],
            "measured_s": self.measured_s,
            "measured_by": None if self.measured_by is None else self.measured_by.value,
            "before": self.before,
            "worst": self.worst,
            "morning": self.morning,
            "effort": self.effort,
            "kept": self.kept,
            "read_as": self.read_as,
            "followed": None if self.followed is None else self.followed.as_json(),
        }


def looked_at(
    programme: Programme, record: Record, exercise: Exercise, *, before: date, most: int
) -> tuple[Looked, ...]:
    """The last days with an exercise before a day, the latest first; `most` of them at the most."""
    history = fold(record)
    days = [on for on in history.of(exercise.id).days if on < before]
    known = courses(record, programme)
    found = (_looked(on, exercise, programme, history, known) for on in sorted(days, reverse=True))
    return tuple(islice((one for one in found if one is not None), most))


@dataclass(frozen=True, slots=True)
class WalkedDay:
    """A day with a walk. Minutes in all; morning: the words of the morning after, None where nothing was told."""

    on: date
    minutes: int
    morning: str | None

    def as_json(self) -> dict[str, object]:
        """The day as plain values."""
        return {"on": self.on.isoformat(), "minutes": self.minutes, "morning": self.morning}


def walks_looked_at(programme: Programme, record: Record, *, before: date, most: int) -> tuple[WalkedDay, ...]:
    """The last days with a walk before a day, the latest first; `most` of them at the most."""
    history = fold(record)
    within = timedelta(hours=programme.schedule.morning_after_h)
    days = ((on, walks_on(history, on)) for on in sorted(history.walks.days, reverse=True) if on < before)
    walked = islice(((on, walks) for on, walks in days if walks), most)
    return tuple(
        WalkedDay(on, sum(walk.minutes for walk in walks), _words(walks, history, within)) for on, walks in walked
    )


def _words(walks: Sequence[Walk], history: History, within: timedelta) -> str | None:
    """The worst words of the mornings after a day's walks."""
    ours, last_at = {walk.fact.id for walk in walks}, max(walk.at for walk in walks)
    told: list[str] = []
    for pain in history.pains.since(min(walk.at for walk in walks)):
        if pain.at > last_at + within:
            break
        if pain.when == "morning-after" and pain.words is not None:
            found = morning_of(pain, history, within)
            told += [pain.words] if found is not None and found.walk.fact.id in ours else []
    return max(told, key=MORNINGS.index, default=None)


def _looked(on: date, exercise: Exercise, programme: Programme, history: History, known: Courses) -> Looked | None:
    holds = [hold for hold in history.of(exercise.id).on(on) if hold.worked]
    if not holds:
        return None
    plain = Looked(on, holds[0].rung, _held(holds), *_measured(holds, history))
    if exercise.step is not Step.CORE:
        return plain
    bout = known.bout_on(on)
    if bout is None:
        return plain
    course = opened(known.before(on), on, programme)
    reading = read(bout, course.usual, programme.listening.reactions)
    answer = answer_of(exercise.id, bout, reading, course, programme)
    after = known.before(on + timedelta(days=1))
    return _told(plain, bout, answer, _followed(exercise, on, course, after, answer, programme))


def _told(plain: Looked, bout: Bout, answer: Answer, followed: Message) -> Looked:
    return Looked(
        on=plain.on,
        rung=plain.rung,
        holds=plain.holds,
        measured_s=plain.measured_s,
        measured_by=plain.measured_by,
        before=None if bout.before is None else bout.before[1],
        worst=bout.worst,
        morning=bout.words,
        effort=bout.effort,
        kept=answer.kept,
        read_as=_READ_AS[answer.reaction],
        followed=followed,
    )


def _held(holds: Sequence[Hold]) -> tuple[tuple[int, float], ...]:
    """The holds that were held to their end, counted by their seconds, the longest first."""
    seconds = [hold.target_s for hold in holds if hold.done and not hold.is_test]
    return tuple((seconds.count(length), length) for length in sorted(set(seconds), reverse=True))


def _measured(holds: Sequence[Hold], history: History) -> tuple[float | None, MeasuredBy | None]:
    """What a measured hold came to, that of the shorter side, and who knows it; None where nobody does."""
    days = {on for hold in holds for on in (hold.on, hold.on + timedelta(days=1))}  # a session may end after the day
    said = {(one.session, one.exercise, one.side): one.held_s for on in days for one in history.helds.on(on)}
    found: list[tuple[float, MeasuredBy]] = []
    for hold in holds:
        key = (hold.session, hold.exercise, hold.side)
        if hold.is_test and not hold.ran_out:
            found.append((hold.credited_s, MeasuredBy.CAMERA if hold.fact.body["measured"] else MeasuredBy.CLOCK))
        elif hold.is_test and key in said:
            found.append((float(said[key]), MeasuredBy.TOLD))
    return min(found, key=itemgetter(0), default=(None, None))


def _followed(
    exercise: Exercise, on: date, before: Course, after: Course, answer: Answer, programme: Programme
) -> Message:
    """What came of it: the change of the dose, a step towards one, or why there was none."""
    fresh = Ladder(exercise.number(exercise.first_rung))
    was, now = (course.ladders.get(exercise.id) or fresh for course in (before, after))
    for rung, level in now.levels.items():
        earlier = was.known(rung)
        if level.why is not None and level.why.on == on and (earlier is None or earlier.why != level.why):
            return level.why.message
    start = Level(start_dose(programme))
    counts = (ladder.level(now.height, start).count for ladder in (was, now))
    was_count, now_count = counts
    if now_count > was_count:
        return say("why.because.counted")
    why_not = _why_not(now.level(now.height, start), answer, programme)
    numbers = {"session": programme.listening.dosing.from_session} if why_not == "early" else {}
    return say(f"why.because.{why_not}", **numbers)


def _why_not(level: Level, answer: Answer, programme: Programme) -> str:
    dosing = programme.listening.dosing
    reasons = {
        "short": answer.short,
        "no-morning": not answer.answered,
        "gap": not answer.may_count,
        "early": level.pending or level.sessions < dosing.from_session,
        "hard": not answer.easy,
        "shape": answer.kept in (None, "no") and answer.reaction is Reaction.GREEN,
    }
    return next((name for name, holds in reasons.items() if holds), "other")
