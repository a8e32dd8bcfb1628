"""How a person stands: all screens, daily checks and clearances of the record, folded up to a moment.

Nothing gets milder by forgetting. A pause (tier A) ends when each such answer carries an assessment made since, and a
new complete screen finds nothing new or worse. *Rather not say* may be replaced by an answer in a complete screen. An
answer of tier B stands until a dated confirmation. Taking a fact back does not undo an answer of tier A. A fact from
the future (a wrong clock) may hold back and never opens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lumbar.core.record import VERSION, Fact, Record, day_of
from lumbar.core.safety.concern import Concern, concerns_of, conclude, stricter
from lumbar.core.safety.form import Answer, Form, Item, Tier
from lumbar.core.safety.screen import variants
from lumbar.core.safety.verdict import Verdict

_TYPES = ("screen-answered", "daily-check-answered", "clearance-recorded")


@dataclass(frozen=True, slots=True)
class Standing:
    """The fold's result.

    verdict: None until a first complete screen, unless something pauses already. cleared: items that were assessed, and
    the day. first_on and last_on: days of the first and the last complete screen. answer_again: all that pauses is
    assessed (or was left unsaid), so a complete screen is what comes next.
    """

    verdict: Verdict | None
    cleared: Mapping[str, date]
    first_on: date | None
    last_on: date | None
    answer_again: bool


def standing(record: Record, form: Form, at: datetime) -> Verdict | None:
    """The verdict that holds at a moment; None for somebody who was never screened."""
    return stand(record, form, at).verdict


def changed_since(record: Record, form: Form, at: datetime) -> Mapping[str, date]:
    """Items that are asked as "Anything changed since then?", and the day."""
    return stand(record, form, at).cleared


def stand(record: Record, form: Form, at: datetime) -> Standing:
    """The whole standing at a moment."""
    fold = _Fold(form)
    corrected = {fact.id: fact for fact in record.of(*_TYPES)}
    told = [fact for fact in record.uncorrected if fact.type in _TYPES and fact.v <= VERSION]
    for fact in sorted(told, key=lambda fact: (fact.happened_at, fact.at, fact.id)):
        fold.take(fact, corrected.get(fact.id), opens=fact.happened_at <= at)
    return fold.result(day_of(at))


def is_complete(answers: Mapping[str, object], form: Form) -> bool:
    """Whether every item of the form was answered."""
    return all(item in answers for item in form.items)


@dataclass(slots=True)
class _Fold:
    form: Form
    open: dict[str, Concern] = field(default_factory=dict)
    cleared: dict[str, date] = field(default_factory=dict)
    variants: tuple[Item, ...] = ()
    first_on: date | None = None
    last_on: date | None = None

    def take(self, fact: Fact, corrected: Fact | None, *, opens: bool) -> None:
        if fact.type == "clearance-recorded":
            if corrected is not None and opens:
                self._clear(corrected)
            return
        answers = _answers(fact, corrected, self.form)
        details = (corrected or fact).body.get("details") or {}
        for concern in concerns_of(answers, details, self.form, fact.happened_at, fact.happened_on):
            self._add(concern)
        full = corrected is not None and fact.type == "screen-answered"
        if full and opens and is_complete(answers, self.form):
            self._complete(answers, fact.happened_on)

    def _add(self, concern: Concern) -> None:
        known = self.open.get(concern.item.id)
        still_open = known is not None and known.cleared_on is None
        self.open[concern.item.id] = known.joined(concern) if known is not None and still_open else concern

    def _complete(self, answers: Mapping[str, Answer], on: date) -> None:
        """A complete screen ends what it may: assessed pauses and what was left unsaid."""
        for item_id, concern in list(self.open.items()):
            if answers[item_id] is not Answer.NO:
                continue
            assessed = concern.item.tier is Tier.A and concern.cleared_on is not None
            if assessed or (concern.answer is Answer.RATHER_NOT_SAY and concern.cleared_on is None):
                del self.open[item_id]
        self.variants = variants(answers, self.form)
        self.first_on = on if self.first_on is None else min(self.first_on, on)
        self.last_on = on if self.last_on is None else max(self.last_on, on)

    def _clear(self, fact: Fact) -> None:
        """An assessment by somebody of that question. In tier A it must be no older than the answer."""
        item_id = fact.body["item"]
        seen_on = date.fromisoformat(fact.body["seen_on"])
        item = self.form.items.get(item_id)
        if item is None or seen_on > fact.happened_on:
            return
        concern = self.open.get(item_id)
        if not fact.body["may_exercise"]:
            self.cleared.pop(item_id, None)
            if concern is not None:
                self.open[item_id] = replace(concern, cleared_on=None)
            return
        if item.tier is Tier.C:
            self.cleared[item_id] = seen_on
        elif concern is not None and (item.tier is Tier.B or seen_on >= concern.last_on):
            self.open[item_id] = replace(concern, cleared_on=seen_on)
            self.cleared[item_id] = seen_on

    def result(self, on: date) -> Standing:
        concerns = list(self.open.values())
        verdict = conclude(concerns, self._agreed(), self.form, on)
        pausing = [c for c in concerns if c.item.tier is Tier.A]
        answered = all(c.cleared_on is not None or c.answer is Answer.RATHER_NOT_SAY for c in pausing)
        known = self.last_on is not None or not verdict.exercise_allowed
        return Standing(
            verdict=verdict if known else None,
            cleared=dict(self.cleared),
            first_on=self.first_on,
            last_on=self.last_on,
            answer_again=bool(pausing) and answered,
        )

    def _agreed(self) -> Iterable[Item]:
        """Variants, without what a clinician has agreed to: then the item closes nothing, and its variant remains."""
        return (replace(item, closes=frozenset()) if item.id in self.cleared else item for item in self.variants)


def _answers(fact: Fact, corrected: Fact | None, form: Form) -> dict[str, Answer]:
    """The answers of a screen or check that count. In tier A a correction can only add; elsewhere it replaces.

    A tick of the daily check opens questions; the check counts once all of them are answered.
    """
    told = {item: Answer(answer) for item, answer in fact.body["answers"].items()}
    now = {} if corrected is None else {item: Answer(answer) for item, answer in corrected.body["answers"].items()}
    found = {}
    for item_id, item in form.items.items():
        if item.tier is Tier.A:
            given = [answers[item_id] for answers in (told, now) if item_id in answers]
            if given:
                found[item_id] = stricter(given[0], given[-1])
        elif item_id in now and fact.type == "screen-answered":
            found[item_id] = now[item_id]
    return found
