"""How a person stands: all screens, daily checks and clearances of the record, folded up to a moment.

Nothing gets milder by forgetting. A pause (tier A) ends when each such answer carries an assessment made since, and a
new complete screen finds nothing new or worse; there *rather not say* may be replaced by an answer. An answer of tier B
stands until a dated confirmation, and a clinician's no until a later yes. Taking a fact back does not undo an answer of
tier A. A wrong clock may hold back and never opens: what ends an answer must have come after it by the record's own
clock as well.

The fold is resumable: an answer that the record takes after all others costs itself alone. A correction, or an answer
that was taken earlier, costs the answers, which are few among the facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from lumbar.core.changing import replace
from lumbar.core.record import VERSION, Change, Fact, Record, RuledFold, day_of
from lumbar.core.safety.concern import Concern, Told, concerns_of, conclude, stricter
from lumbar.core.safety.form import Answer, Form, Item, Outcome, Ruling, Tier
from lumbar.core.safety.screen import variants
from lumbar.core.safety.verdict import Verdict

_TYPES = ("screen-answered", "daily-check-answered", "clearance-recorded", "review-recorded")
_REVIEWS_THAT_OPEN = ("go-on", "with-changes")
_CORRECTIONS = ("retracted", "amended")


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
    so_far = record.folded(_Answers(form))
    if so_far.newest is None or so_far.newest <= at:
        return so_far.fold.result(day_of(at))
    return _replayed(record, form, at).result(day_of(at))


def _replayed(record: Record, form: Form, at: datetime) -> "_Fold":
    """The fold at a moment before some of the answers. Taking one back must not open before it was taken back."""
    told = [fact for fact in record.uncorrected if fact.type in _TYPES]
    corrections = [f for f in record.uncorrected if f.type in _CORRECTIONS and f.happened_at <= at]
    corrected = {fact.id: fact for fact in Record([*told, *corrections]).of(*_TYPES)}
    fold = _Fold(form)
    for fact in _taken(told):
        fold.take(fact, corrected.get(fact.id), opens=fact.happened_at <= at)
    return fold


def _taken(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that this version understands, in the order in which the record took them."""
    return sorted((fact for fact in facts if fact.v <= VERSION), key=_taken_at)


def _taken_at(fact: Fact) -> tuple[datetime, datetime, str]:
    return (fact.recorded_at.astimezone(UTC), fact.at.astimezone(UTC), fact.id)


@dataclass(frozen=True, slots=True)
class _SoFar:
    """The fold over every answer of a record, as at any moment after `newest`; the last fact that it took."""

    fold: "_Fold"
    last: tuple[datetime, datetime, str] | None = None
    newest: datetime | None = None


class _Answers(RuledFold[Form]):
    """Makes the fold of a record under a form, and carries it on: forms are told apart by being one or another."""

    __slots__ = ()

    def start(self, record: Record) -> _SoFar:
        return self._on(_SoFar(_Fold(self.rules)), record.uncorrected, record.of(*_TYPES))

    def resume(self, state: _SoFar, change: Change, record: Record) -> _SoFar:
        """Goes on when only new answers came, each taken after all that were known; otherwise begins anew."""
        told = {fact.id for fact in change.told}
        stood = [fact for fact in (*change.gone, *change.came) if fact.type in _TYPES and fact.id not in told]
        late = any(state.last is not None and _taken_at(f) < state.last for f in change.told if f.type in _TYPES)
        if stood or late:
            return self.start(record)
        return self._on(state, change.told, change.came)

    def _on(self, state: _SoFar, facts: Iterable[Fact], standing: Iterable[Fact]) -> _SoFar:
        """facts: as they were told; standing: those of them that stand, as they stand."""
        ours = [fact for fact in facts if fact.type in (*_TYPES, *_CORRECTIONS)]
        told = _taken(fact for fact in ours if fact.type in _TYPES)
        if not ours:
            return state
        corrected = {fact.id: fact for fact in standing} if told else {}
        fold = state.fold.copy()
        for fact in told:
            fold.take(fact, corrected.get(fact.id), opens=True)
        moments = [fact.happened_at for fact in ours] + ([] if state.newest is None else [state.newest])
        last = _taken_at(told[-1]) if told else state.last
        return _SoFar(fold, last, max(moments, key=lambda moment: moment.astimezone(UTC)))


def is_complete(answers: Mapping[str, object], form: Form) -> bool:
    """Whether every item of the form was answered."""
    return all(item in answers for item in form.items)


def _told(fact: Fact) -> Told:
    return Told(fact.happened_at, fact.recorded_at, fact.happened_at.astimezone(fact.at.tzinfo).date(), fact.device)


@dataclass(slots=True)
class _Fold:
    """Takes facts in the order in which the record took them: no clock but its own is always right."""

    form: Form
    open: dict[str, Concern] = field(default_factory=dict)
    cleared: dict[str, date] = field(default_factory=dict)
    variants: tuple[Item, ...] = ()
    asked_since: dict[str, date] = field(default_factory=dict)
    screened: Told | None = None
    first_on: date | None = None
    last_on: date | None = None

    def copy(self) -> "_Fold":
        """Another one that stands where this one does."""
        return replace(self, open=dict(self.open), cleared=dict(self.cleared), asked_since=dict(self.asked_since))

    def take(self, fact: Fact, corrected: Fact | None, *, opens: bool) -> None:
        if fact.type == "daily-check-answered" and not any(one.body["answers"] for one in (fact, corrected or fact)):
            return  # a check without a tick, as almost all of them are
        told = _told(fact)
        if fact.type == "clearance-recorded":
            if corrected is not None:
                self._hear(corrected, told, opens=opens)
            return
        if fact.type == "review-recorded":
            if corrected is not None and opens:
                self._reviewed(corrected, told)
            return
        answers = _answers(fact, corrected, self.form)
        for concern in self._concerns(fact, corrected, answers, told):
            self._add(concern)
        if corrected is None or fact.type != "screen-answered" or not opens or not is_complete(answers, self.form):
            return
        self._complete(answers, told, fact.happened_on)
        self._end(answers, corrected.body.get("details") or {}, told)

    def _concerns(
        self, fact: Fact, corrected: Fact | None, answers: Mapping[str, Answer], told: Told
    ) -> Iterable[Concern]:
        """What holds back. In tier A details that were corrected count beside the new ones: a correction only adds."""
        now = corrected or fact
        yield from concerns_of(answers, now.body.get("details") or {}, self.form, told, fact.happened_on)
        if corrected is not None and corrected.body != fact.body:
            before = concerns_of(answers, fact.body.get("details") or {}, self.form, told, fact.happened_on)
            yield from (concern for concern in before if concern.item.tier is Tier.A)

    def _add(self, concern: Concern) -> None:
        known = self.open.get(concern.item.id)
        still_open = known is not None and known.cleared_on is None
        self.open[concern.item.id] = known.joined(concern) if known is not None and still_open else concern

    def _complete(self, answers: Mapping[str, Answer], told: Told, on: date) -> None:
        """A complete screen ends what it may in tier A: assessed pauses and what was left unsaid."""
        for item_id, concern in list(self.open.items()):
            ended = concern.cleared_on is not None or concern.may_be_answered
            if ended and concern.item.tier is Tier.A and answers[item_id] is Answer.NO and told.ends(concern.told):
                del self.open[item_id]
        asked = variants(answers, self.form)
        newest = self.screened is None or told.ends(self.screened)
        # An older screen that arrives late may ask for more care; it must not take the newer one's away.
        self.variants = asked if newest else tuple(dict.fromkeys((*self.variants, *asked)))
        self.asked_since = {item.id: self.asked_since.get(item.id, on) for item in self.variants}
        self.screened = told if newest else self.screened
        self.first_on = on if self.first_on is None else min(self.first_on, on)
        self.last_on = on if self.last_on is None else max(self.last_on, on)

    def _end(self, answers: Mapping[str, Answer], details: Mapping[str, Mapping[str, str]], told: Told) -> None:
        """What was cleared and is over by what a later screen says, such as a pregnancy, asks for no variant more. A
        plain no keeps it: nothing has changed."""
        for item_id, concern in list(self.open.items()):
            over = answers[item_id] is Answer.NO and details.get(item_id, {}).get("now") == "over"
            if over and concern.item.ends and concern.cleared_on is not None and told.ends(concern.told):
                del self.open[item_id]
                self.cleared.pop(item_id, None)

    def _hear(self, fact: Fact, told: Told, *, opens: bool) -> None:
        """A clinician's word about a question. A no holds back whoever has it; a yes must be sure to come after."""
        item = self.form.items.get(fact.body["item"])
        seen_on = date.fromisoformat(fact.body["seen_on"])
        if item is None:
            return
        if not fact.body["may_exercise"]:
            self._refuse(item, min(seen_on, told.on), told, fact.happened_on)
        elif opens and seen_on <= told.on:
            self._clear(item, seen_on, told)

    def _reviewed(self, fact: Fact, told: Told) -> None:
        """A review of the plan ends a gentle start, on paper as well: for what was answered by the day of it. It ends
        nothing that waits for somebody's "may exercise", and a stop ends nothing. An answered packet asks about
        each answer by itself: there what is not ticked is not approved."""
        if fact.body.get("packet") is not None:
            return
        seen_on = date.fromisoformat(fact.body["reviewed_on"])
        if fact.body["decision"] not in _REVIEWS_THAT_OPEN or seen_on > told.on:
            return
        for item_id, concern in list(self.open.items()):
            gentle = concern.ruling.outcome is Outcome.START_GENTLE and concern.refused_on is None
            if gentle and concern.cleared_on is None and concern.told.on <= seen_on:
                self._clear(self.form.items[item_id], seen_on, told)

    def _refuse(self, item: Item, seen_on: date, told: Told, on: date) -> None:
        self.cleared.pop(item.id, None)
        known = self.open.get(item.id) or Concern(item, Answer.YES, Ruling(Outcome.WAIT), on, told)
        refused_on = max(seen_on, known.refused_on or seen_on)
        self.open[item.id] = replace(known, told=known.told.later(told), cleared_on=None, refused_on=refused_on)

    def _clear(self, item: Item, seen_on: date, told: Told) -> None:
        """In tier A, and where an answer tells of something new, the assessment must be no older than the answer."""
        concern = self.open.get(item.id)
        if concern is None:
            if item.tier is Tier.C:
                self.cleared[item.id] = seen_on
            return
        fresh = item.tier is Tier.A or concern.ruling.fresh
        since = [on for on in (concern.refused_on, concern.answered_on if fresh else None) if on is not None]
        if not told.ends(concern.told) or any(seen_on < on for on in since):
            return
        self.cleared[item.id] = seen_on
        if item.tier is Tier.C:
            del self.open[item.id]
        else:
            # A second word to the same effect changes nothing of what began with the first.
            self.open[item.id] = replace(concern, cleared_on=concern.cleared_on or seen_on, refused_on=None)

    def result(self, on: date) -> Standing:
        concerns = list(self.open.values())
        verdict = conclude(concerns, self._agreed(), self.form, on, since=self.asked_since)
        pausing = [c for c in concerns if c.item.tier is Tier.A]
        answered = all(c.cleared_on is not None or c.may_be_answered for c in pausing)
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
    found: dict[str, Answer] = {}
    for item_id, item in form.items.items():
        if item.tier is Tier.A:
            given = [answers[item_id] for answers in (told, now) if item_id in answers]
            if given:
                found[item_id] = stricter(given[0], given[-1])
        elif item_id in now and fact.type == "screen-answered":
            found[item_id] = now[item_id]
    return found
