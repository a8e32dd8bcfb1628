"""Since when nothing that was answered holds somebody back, and what was asked for besides: the verdicts of a record,
as they followed one another.

Each is the verdict of the record as it was known then, so that a slip that is taken back rewrites no past.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lumbar.core.changing import replace
from lumbar.core.record import VERSION, Change, Fact, Record, RuledFold, day_of
from lumbar.core.safety.form import Form, Outcome
from lumbar.core.safety.standing import stand

_ANSWERS = frozenset({"screen-answered", "clearance-recorded", "review-recorded"})
_CORRECTIONS = frozenset({"retracted", "amended"})
_OURS = _ANSWERS | _CORRECTIONS | {"daily-check-answered"}


@dataclass(frozen=True, slots=True)
class Freed:
    """Verdicts one after another. moments: when each came, with its local day; free: whether it holds nothing back.
    flags: what it asked for in the form of exercises. corrected: the ids of all facts that were corrected, known or
    not."""

    moments: tuple[tuple[datetime, date], ...] = ()
    free: tuple[bool, ...] = ()
    corrected: frozenset[str] = frozenset()
    flags: tuple[frozenset[str], ...] = ()

    def since(self, on: date) -> date | None:
        """Since which day nothing holds somebody back at the end of a day; None while something does, and before the
        first answers."""
        number = bisect_right(self.moments, on, key=lambda moment: moment[1])
        if not number or not self.free[number - 1]:
            return None
        first = number - 1
        while first and self.free[first - 1]:
            first -= 1
        return self.moments[first][1]

    def flags_on(self, on: date) -> frozenset[str]:
        """The flags that were up at the end of a day."""
        number = bisect_right(self.moments, on, key=lambda moment: moment[1])
        return self.flags[number - 1] if number else frozenset()

    def differs_from(self, other: "Freed") -> date | None:
        """The first day on which another one differs; None when none does."""
        here, there = (list(zip(one.moments, one.free, one.flags, strict=True)) for one in (self, other))
        same = next(
            (n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there))
        )
        later = [moment[1] for moment, _, _ in (*here[same:], *there[same:])]
        return min(later, default=None)


def freed(record: Record, form: Form) -> Freed:
    """The verdicts of a record under a form."""
    return record.folded(_FreedFold(form))


class _FreedFold(RuledFold[Form]):
    """Makes them, and carries them on from the first answer that came: forms are told apart by being one or another."""

    __slots__ = ()

    def start(self, record: Record) -> Freed:
        corrected = frozenset(fact.body["fact"] for fact in record.uncorrected if _corrects(fact))
        return self._on(Freed(corrected=corrected), record.uncorrected)

    def resume(self, state: Freed, change: Change, record: Record) -> Freed:
        others = {fact.id for fact in change.gone if fact.type not in _OURS}
        corrected = {fact.body["fact"] for fact in change.told if _corrects(fact)}
        if not corrected <= others or any(f.id in state.corrected and f.type in _OURS for f in change.told):
            return self.start(record)
        state = replace(state, corrected=state.corrected | corrected) if corrected else state
        news = [fact for fact in change.told if _matters(fact)]  # a correction of something else is none of them
        if not news:
            return state
        first = min(map(_taken, news))
        kept = sum(moment[0] < first for moment in state.moments)
        return self._on(
            Freed(state.moments[:kept], state.free[:kept], state.corrected, state.flags[:kept]), record.uncorrected
        )

    def _on(self, state: Freed, facts: Iterable[Fact]) -> Freed:
        """Goes on after the verdicts that are known. A day never goes back, wherever somebody travels."""
        last = state.moments[-1][0] if state.moments else None
        before: list[Fact] = []
        news: dict[datetime, list[Fact]] = {}
        for fact in _answers(facts, state.corrected):
            at = _taken(fact)
            (before if last is not None and at <= last else news.setdefault(at, [])).append(fact)
        moments, free, flags = list(state.moments), list(state.free), list(state.flags)
        known = Record(before)
        for at in sorted(news):
            known = known.merge(news[at])  # nothing happens after it was recorded: it is all that was known by then
            opens, asks_for = _concluded(known, self.rules, at)
            for on in sorted({_taken_on(fact) for fact in news[at]}):
                moments.append((at, max(on, moments[-1][1]) if moments else on))
                free.append(opens)
                flags.append(asks_for)
        return Freed(tuple(moments), tuple(free), state.corrected, tuple(flags))


def _answers(facts: Iterable[Fact], corrected: frozenset[str]) -> list[Fact]:
    """All that a verdict may follow from, with its corrections. Almost every daily check says nothing."""
    told = [fact for fact in facts if fact.type in _OURS and fact.v <= VERSION]
    answers = [fact for fact in told if fact.type not in _CORRECTIONS and (_matters(fact) or fact.id in corrected)]
    known, more = {fact.id for fact in answers}, answers
    while more:  # a correction may itself be corrected
        about = {fact.id for fact in more}
        more = [f for f in told if f.type in _CORRECTIONS and f.id not in known and f.body["fact"] in about]
        known |= {fact.id for fact in more}
        answers = [*answers, *more]
    return answers


def _matters(fact: Fact) -> bool:
    """Whether a verdict may change with it. A daily check without a tick says nothing."""
    if fact.v > VERSION:
        return False
    if fact.type == "daily-check-answered":
        return bool(fact.body["answers"])
    return fact.type in _ANSWERS


def _corrects(fact: Fact) -> bool:
    """Whether it corrects another one, as far as this version understands."""
    return fact.type in _CORRECTIONS and fact.v <= VERSION


def _taken(fact: Fact) -> datetime:
    """When the record took it."""
    return fact.recorded_at.astimezone(UTC)


def _taken_on(fact: Fact) -> date:
    """On which day that was where it was told."""
    return day_of(fact.recorded_at.astimezone(fact.at.tzinfo))


def _concluded(record: Record, form: Form, at: datetime) -> tuple[bool, frozenset[str]]:
    """Whether nothing holds back, and the flags that are up."""
    verdict = stand(record, form, at).verdict
    return (False, frozenset()) if verdict is None else (verdict.outcome is Outcome.START, frozenset(verdict.flags))
