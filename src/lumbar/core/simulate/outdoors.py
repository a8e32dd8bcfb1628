"""A virtual person's walking where no record is between them and the plan: what is shown, told and walked on a day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.plan.course import Course, Told, began
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.told import PainReport, Walk
from lumbar.core.plan.walks import Morning, WalksTold
from lumbar.core.record import Fact
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.simulate.people import Chance, Pain, Person
from lumbar.core.simulate.walk_judge import WalkStory
from lumbar.core.simulate.walker import Walker
from lumbar.core.simulate.walks import Heard, WalkDay


class Outdoors:
    """Carries one person's walks through their days, and writes them down."""

    def __init__(self, person: Person, chance: Chance, programme: Programme, story: WalkStory) -> None:
        self._walker, self._programme, self._story = Walker(person, chance), programme, story
        self._last: Walk | None = None

    def looks(
        self, course: Course, told: Told, at: datetime, felt: int, pain: Pain, usual: int | None
    ) -> tuple[Told, Course]:
        """What is told of a day with its walks, and the course as that day began. usual: the usual pain before it."""
        self._walker.wakes()
        heard = self._hears(at, felt, flaring=pain.flaring)
        said = WalksTold(mornings=heard, usual=self._usual(course, at), silent=self._silent(told.on))
        told = replace(told, walks=said)
        today = began(course, told, self._programme)
        if today.walking.bout_min is None:  # it is asked, and they say
            told = replace(told, walks=replace(told.walks, usual=(self._walk(at, self._walker.usual_min()),)))
            today = began(course, told, self._programme)
        minutes = today.walking.bout_min
        if minutes is None:
            raise AssertionError("whoever tells their usual walk has one")
        walked = self._walker.walks(minutes, self._state(at, told))
        later = [at + timedelta(minutes=10 + number) for number in range(len(walked))]
        walks = tuple(self._walk(when, one) for when, one in zip(later, walked, strict=True))
        self._last = walks[-1] if walks else None
        self._story.days.append(_seen(today, told, at, usual, walked))
        return replace(told, walks=replace(told.walks, walks=walks)), today

    def _silent(self, on: date) -> tuple[tuple[date, date | None], ...]:
        """The days away before a day. Nothing that these people answer holds a walk."""
        if not self._story.days:
            return ()
        last_on = self._story.days[-1].on
        away = (last_on + timedelta(days=number) for number in range(1, (on - last_on).days))
        return tuple((day, date.min) for day in away)

    def _state(self, at: datetime, told: Told) -> str:
        """Whether a walk is due, as the plan has it: five of any seven days, and with much pain as one likes."""
        rule, week = self._programme.listening.walking, at.date() - timedelta(days=7)
        lately = sum(bool(day.walks) and day.on > week for day in self._story.days[-7:])
        much = told.before is not None and told.before[1] >= self._programme.pain.no_core_from
        return "optional" if much or lately >= rule.days_per_week else "due"

    def _usual(self, course: Course, at: datetime) -> tuple[Walk, ...]:
        known = course.walking.bout_min is not None
        return (self._walk(at, self._walker.usual_min()),) if known and self._walker.tells_anew() else ()

    def _hears(self, at: datetime, felt: int, *, flaring: bool) -> tuple[Morning, ...]:
        """The morning after yesterday's walk."""
        last, said = self._last, None
        if last is not None and (at.date() - last.on).days == 1:
            said = self._walker.morning(felt, flaring=flaring)
        if last is None or said is None:
            return ()
        fact = _fact("pain-reported", at, {})
        pain = PainReport(fact, at, at.date(), "morning-after", said.nprs, said.said, None, None, frozenset(),
                          said.spread)  # fmt: skip
        return (Morning(pain, last),)

    def _walk(self, at: datetime, minutes: int) -> Walk:
        return Walk(_fact("walk-done", at, {"minutes": minutes}), at, at.date(), minutes)


def _seen(today: Course, told: Told, at: datetime, usual: int | None, walked: tuple[int, ...]) -> WalkDay:
    pains = [morning.pain for morning in told.walks.mornings]
    words = [None if pain.words is None else MORNINGS.index(pain.words) for pain in pains]
    return WalkDay(
        at=at,
        on=told.on,
        state="due",
        minutes=today.walking.bout_min,
        asks_review="walk-reds" in today.book,
        asks=frozenset(today.book),
        usual_min=told.walks.usual[-1].minutes if told.walks.usual else None,
        mornings=tuple(
            Heard(pain.at, word, pain.nprs, pain.further_down_leg) for pain, word in zip(pains, words, strict=True)
        ),
        flared_at=told.flared_at,
        usual_pain=usual,
        pain=told.readings[-1] if told.readings else None,
        reviewed=bool(told.reviews),
        walks=walked,
        week_pain=told.outcomes[-1].body["nprs"] if told.outcomes else None,
        week_first=bool(told.reviews),  # they saw it
    )


def _fact(kind: str, at: datetime, body: Mapping[str, object]) -> Fact:
    return Fact("w", "p", kind, 1, at, "UTC", at.date(), at, "d", "page", dict(body))
