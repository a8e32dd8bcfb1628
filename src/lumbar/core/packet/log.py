"""The log of what went wrong: all that a rule of the plan paused or made less for, and what lumbar advised then.

It goes over the whole record, day by day along the course of core work and of walking, so that nothing falls out of it
by its age. Each entry says what was told and what followed on that very day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.packet.course_log import course_log
from lumbar.core.packet.packet import Event
from lumbar.core.packet.troubles import answers_log, days_off, flares, hurts, legs
from lumbar.core.plan.bout import Bout, bout_on
from lumbar.core.plan.courses import Courses, courses
from lumbar.core.plan.history import History, fold
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, read
from lumbar.core.plan.told import PainReport
from lumbar.core.plan.walk_course import read_morning
from lumbar.core.plan.walks import Morning, morning_of
from lumbar.core.record import Record
from lumbar.core.record.bodies import MORNINGS

_AMBERS = "plan.reason.walk-less"
_WALK_CUTS = ("plan.reason.walk-eased", _AMBERS)

_LATEST_DAYS = 4
"""No morning after is told later than this many local days, wherever somebody travels."""

_WORST = ("packet.event.ease-back", "packet.event.walk-", "packet.event.stretches")


@dataclass(frozen=True, slots=True)
class _Past:
    """What the log goes over."""

    record: Record
    history: History
    programme: Programme
    known: Courses

    @property
    def within(self) -> timedelta:
        """For how long a morning after is an answer."""
        return timedelta(hours=self.programme.schedule.morning_after_h)


def log_of(record: Record, programme: Programme, on: date) -> list[Event]:
    """What went wrong until a day, the latest first."""
    past = _Past(record, fold(record), programme, courses(record, programme))
    found: dict[tuple[date, str, object], Event] = {}
    for event in _events(past):
        told = event.what.params
        about = next((told[name] for name in ("exercise", "question", "note") if name in told), None)
        if event.on <= on:
            found.setdefault((event.on, event.what.id, about), event)
    return sorted(found.values(), key=lambda event: event.on, reverse=True)


def worst_in(log: Iterable[Event], since: date) -> Event | None:
    """The worst answer of a back since a day that was too much, the latest of those that are alike; None without one.

    log: the latest first. Pain that moved down the leg comes before any number, for it is what is asked about anew;
    then the most pain that was told; then what was told without a number.
    """
    found = (event for event in log if event.on >= since and event.what.id.startswith(_WORST))
    return max(found, key=_how_bad, default=None)


def _how_bad(event: Event) -> tuple[bool, int]:
    return event.what.id.endswith("-leg"), int(event.what.params.get("pain", 0))


def _events(past: _Past) -> Iterator[Event]:
    yield from answers_log(past.record, past.programme)
    yield from flares(past.history)
    yield from legs(past.history)
    yield from course_log(past.record, past.programme)
    yield from _walks(past)
    yield from _stretches(past)
    yield from hurts(past.history, past.programme)
    yield from days_off(past.history, past.programme)


def _walks(past: _Past) -> Iterator[Event]:
    """Mornings after a walk that were too much, and those that made a walk shorter."""
    reactions = past.programme.listening.reactions
    red = _red_by_day(past)
    for on, mornings in red.items():
        shorter = _shorter(on, past.known) or say("packet.advised.none")
        yield Event(on, _walk_morning(mornings, reactions.red_morning.at), shorter)
    what = say("packet.event.walk-ambers", count=reactions.ambers, days=reactions.amber_days)
    for on, after in zip(past.known.days, past.known.after, strict=True):
        why = after.walking.why
        if why is not None and why.on == on and why.message.id == _AMBERS and on not in red:
            yield Event(on, what, why.message)


def _red_by_day(past: _Past) -> Mapping[date, list[Morning]]:
    """The mornings after a walk that were too much, by day."""
    found: dict[date, list[Morning]] = {}
    reactions = past.programme.listening.reactions
    for pain in past.history.pains:
        if pain.when != "morning-after" or pain.ahead or read_morning(pain, reactions) is not Reaction.RED:
            continue
        morning = morning_of(pain, past.history, past.within)
        if morning is not None:
            found.setdefault(pain.on, []).append(morning)
    return found


def _shorter(on: date, known: Courses) -> Message | None:
    """How a day's morning after made the walk shorter; None where it did not."""
    why = known.before(on + timedelta(days=1)).walking.why
    return why.message if why is not None and why.on == on and why.message.id in _WALK_CUTS else None


def _walk_morning(red: Iterable[Morning], from_pain: int | None) -> Message:
    """The worst of a day's mornings after a walk."""
    every = list(red)
    minutes = every[-1].walk.minutes
    pains = [one.pain.nprs for one in every if one.pain.nprs is not None]
    worst = max(pains, default=0)
    if from_pain is not None and worst >= from_pain:
        return say("packet.event.walk-morning-pain", minutes=minutes, pain=worst)
    if any(one.pain.words == MORNINGS[-1] for one in every):
        return say("packet.event.walk-morning", minutes=minutes)
    return say("packet.event.walk-morning-leg", minutes=minutes)


def _stretches(past: _Past) -> Iterator[Event]:
    """Days with stretches, and no core work, after which the pain was as much as stops core work."""
    every = list(past.programme.exercises)
    candidates = _hurting(past)
    if not candidates:
        return
    core_at = sorted(told.bout.last_at for told in past.known.told if told.bout is not None)
    core_on = {on for on, told in zip(past.known.days, past.known.told, strict=True) if told.bout is not None}
    days = {on for one in past.programme.exercises.values() if one.step is not Step.CORE for on in _days(one, past)}
    for on in sorted((days & candidates) - core_on):
        bout = bout_on(on, past.history, every, past.within)
        if bout is None:
            continue
        before = bisect_right(core_at, bout.last_at)
        if before and bout.last_at - core_at[before - 1] <= past.within:
            bout = _its_own(bout, past)  # what names no session is of that core work
        yield from _stretched(bout, past.programme)


def _hurting(past: _Past) -> set[date]:
    """The days of which anything was told that might be too much: no other day need be looked at."""
    reactions = past.programme.listening.reactions
    least = min(limit.rise_to for limit in (reactions.red, reactions.red_morning))
    found: set[date] = set()
    for pain in past.history.pains:
        much = (pain.nprs is not None and pain.nprs >= least) or pain.words == MORNINGS[-1]
        if much and pain.when == "morning-after":
            found |= {pain.on - timedelta(days=days) for days in range(_LATEST_DAYS + 1)}
        elif much and pain.when in ("after", "during"):
            found |= {pain.on, pain.on - timedelta(days=1)}
    return found


def _days(exercise: Exercise, past: _Past) -> Iterable[date]:
    return past.history.of(exercise.id).days


def _its_own(bout: Bout, past: _Past) -> Bout:
    """A day with the mornings after alone that name one of its sessions."""
    sessions = {hold.session for holds in bout.holds.values() for hold in holds}
    mine: list[PainReport] = []
    for pain in past.history.pains.since(bout.last_at):
        if pain.at > bout.last_at + past.within:
            break
        if pain.when == "morning-after" and pain.session in sessions:
            mine.append(pain)
    numbers = [pain.nprs for pain in mine if pain.nprs is not None]
    words = [pain.words for pain in mine if pain.words is not None]
    return Bout(
        on=bout.on,
        last_at=bout.last_at,
        holds=bout.holds,
        before=bout.before,
        worst=bout.worst,
        morning=max(numbers, default=None),
        words=max(words, key=MORNINGS.index, default=None),
        spread=any(pain.further_down_leg for pain in mine),
        effort=bout.effort,
        named=bout.named,
        kept=bout.kept,
        short=bout.short,
    )


def _stretched(bout: Bout, programme: Programme) -> Iterator[Event]:
    reading = read(bout, None, programme.listening.reactions)
    same = say("packet.advised.none")
    if reading.session is Reaction.RED and bout.worst is not None:
        told = ("packet.event.stretches", "packet.event.stretches-from")
        yield Event(bout.on, _rose(told, bout.worst, bout), same)
    elif reading.morning is Reaction.RED and bout.morning is not None and bout.words != MORNINGS[-1]:
        told = ("packet.event.stretches-morning-pain", "packet.event.stretches-morning-pain-from")
        yield Event(bout.on, _rose(told, bout.morning, bout), same)
    elif reading.morning is Reaction.RED and bout.words == MORNINGS[-1]:
        yield Event(bout.on, say("packet.event.stretches-morning"), same)


def _rose(told: tuple[str, str], pain: int, bout: Bout) -> Message:
    """Pain, and where it was told also the pain before."""
    plain, compared = told
    return say(plain, pain=pain) if bout.before is None else say(compared, pain=pain, before=bout.before[0])
