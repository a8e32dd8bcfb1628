"""Why a dose is what it is: its reasons, the rule behind each with its numbers, source and sign-off, and the days it
looked at."""

from dataclasses import dataclass
from datetime import date

from lumbar.app.past import DayAsShown, ShowDay
from lumbar.app.ports import Person
from lumbar.app.rules import Rules
from lumbar.catalog.rules import Row, Rule, numbers_of, rule_of
from lumbar.core.errors import NotFound
from lumbar.core.message import say
from lumbar.core.plan.day import DayWalk, Item
from lumbar.core.plan.day import Why as Reason
from lumbar.core.plan.looked import Looked, WalkedDay, looked_at, walks_looked_at

MOST_DAYS = 6
"""So many days are enough to see a step coming, and few enough to read."""


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, with the rule that gives it and its numbers; None for the words of an answer."""

    reason: Reason
    rule: Rule | None
    numbers: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An exercise on a day, or the walk: how it stood, because of what, and what was looked at, the latest first. item
    or walk is None, as the other is what was asked for."""

    on: date
    item: Item | None
    walk: DayWalk | None
    because: tuple[Because, ...]
    looked: tuple[Looked, ...] = ()
    walks: tuple[WalkedDay, ...] = ()


_SCREEN_FIRST = Reason(say("plan.reason.screen-first"), "design")

WALK = "walk"
"""Asked for in an exercise's place: the walk of our addition."""


class ShowWhy:
    """Explains an exercise of a day, or its walk."""

    def __init__(self, show_day: ShowDay, rules: Rules) -> None:
        self._show_day = show_day
        self._rules = rules

    def __call__(
        self, person: Person, exercise_id: str, *, on: date | None = None, zone: str | None = None
    ) -> Explanation:
        """Raises NotFound for an exercise that the programme has not and a day before the first, Misuse for a day to
        come."""
        programme = self._rules.programme
        if exercise_id not in (*programme.exercises, WALK):
            raise self._unknown(exercise_id)
        past = self._show_day(person, on=on, zone=zone)
        if exercise_id == WALK:
            return self._walk(past)
        item = past.day.item(exercise_id)
        if item is None:
            raise self._unknown(exercise_id)
        looked = looked_at(programme, past.record, programme.exercises[exercise_id], before=past.day.on, most=MOST_DAYS)
        return Explanation(past.day.on, item, None, tuple(map(self._because, item.reasons)), looked)

    def _walk(self, past: DayAsShown) -> Explanation:
        walk = past.day.walk
        reasons = (_SCREEN_FIRST,) if walk is None else walk.reasons
        because = tuple(map(self._because, reasons))
        walks = walks_looked_at(self._rules.programme, past.record, before=past.day.on, most=MOST_DAYS)
        return Explanation(past.day.on, None, walk, because, walks=walks)

    def _unknown(self, exercise_id: str) -> NotFound:
        known = ", ".join(sorted((*self._rules.programme.exercises, WALK)))
        return NotFound("error.no-exercise", exercise=exercise_id, known=known)

    def _because(self, reason: Reason) -> Because:
        rule = rule_of(reason.message.id, self._rules.behind)
        return Because(reason, rule, () if rule is None else numbers_of(rule, self._rules.tables))
