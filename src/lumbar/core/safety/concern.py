"""A question whose answer holds back, and the verdict over all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from lumbar.core.message import Message, say
from lumbar.core.safety.form import Answer, Card, Form, Item, Outcome, Ruling, Tier
from lumbar.core.safety.verdict import Reason, Verdict, WayBack

_WORSE = (Answer.NO, Answer.RATHER_NOT_SAY, Answer.NOT_SURE, Answer.YES)


@dataclass(frozen=True, slots=True)
class Told:
    """When something was told: by the teller's own clock, which may be wrong, and when the record took it.

    at: the better of the two, for nothing happens after it was recorded. on: the calendar date where it was told.
    """

    at: datetime
    recorded_at: datetime
    on: date
    device: str

    def ends(self, earlier: "Told") -> bool:
        """Whether this surely came after. Of two clocks that may differ only the record's own decides."""
        if self.recorded_at < earlier.recorded_at:
            return False
        return self.at >= (earlier.at if self.device == earlier.device else earlier.recorded_at)

    def later(self, other: "Told") -> "Told":
        """The one of the two that is harder to come after."""
        return max(self, other, key=lambda told: (told.recorded_at, told.at))


@dataclass(frozen=True, slots=True)
class Concern:
    """An answer other than no, or a clinician's word against exercise.

    since_on: the day it was first given; answered_on: the day it was given last, None for a clinician's word alone.
    told: when it was given or refused last, by which clock. cleared_on and refused_on: the day a clinician saw the
    person about it and said that they may exercise, or that they may not.
    """

    item: Item
    answer: Answer
    ruling: Ruling
    since_on: date
    told: Told
    cleared_on: date | None = None
    refused_on: date | None = None
    answered_on: date | None = None

    @property
    def may_be_answered(self) -> bool:
        """Whether an answer after all ends it: a warning sign that was left unsaid, and nobody's no about it."""
        unsaid = self.answer is Answer.RATHER_NOT_SAY and self.item.tier is Tier.A
        return unsaid and self.refused_on is None and self.cleared_on is None

    def joined(self, later: "Concern") -> "Concern":
        """This concern, still open, after the same question was answered again: nothing gets milder."""
        return Concern(
            self.item,
            stricter(self.answer, later.answer),
            max(self.ruling, later.ruling, key=lambda ruling: ruling.rank),
            self.since_on,
            self.told.later(later.told),
            None,
            _last(self.refused_on, later.refused_on),
            _last(self.answered_on, later.answered_on),
        )

    def outcome(self, form: Form, on: date) -> Outcome:
        """Where it leads on a day. A gentle start without a review ends after a while, or at a clinician's no."""
        if self.refused_on is not None:
            return max(self.ruling.outcome, Outcome.WAIT, key=lambda outcome: outcome.strictness)
        if self.cleared_on is not None:
            return Outcome.PAUSE if self.item.tier is Tier.A else Outcome.START
        gentle = self.ruling.outcome is Outcome.START_GENTLE
        if gentle and (on - self.since_on).days >= form.again.gentle_lasts_days:
            return Outcome.WAIT
        return self.ruling.outcome


def _last(one: date | None, other: date | None) -> date | None:
    return max((on for on in (one, other) if on is not None), default=None)


def stricter(one: Answer, other: Answer) -> Answer:
    """The answer that holds back more."""
    return max(one, other, key=_WORSE.index)


def conclude(
    concerns: Iterable[Concern],
    variants: Iterable[Item],
    form: Form,
    on: date,
    *,
    since: Mapping[str, date] = MappingProxyType({}),
) -> Verdict:
    """The verdict on a day: the strictest outcome, the most urgent card, each with its reason and its way back.

    variants: items of tier C that were not answered with no; since: the day on which each was first answered so.
    """
    held = sorted(concerns, key=lambda concern: list(form.items).index(concern.item.id))
    asked = tuple(variants)
    outcome = max((c.outcome(form, on) for c in held), key=lambda o: o.strictness, default=Outcome.START)
    card = _card(held, form)
    waiting = [c for c in held if c.cleared_on is None]
    cleared = [c for c in held if c.cleared_on is not None]
    title, text = _words(outcome, card, waiting, changes=bool(held or asked))
    return Verdict(
        outcome=outcome,
        card=card,
        neck_only=any(c.ruling.neck_only for c in waiting),
        flags=frozenset[str]().union(*(c.item.flags for c in cleared), *(item.flags for item in asked)),
        flagged_on=_flagged_on(cleared, asked, since),
        closed=frozenset[str]().union(*(c.item.closes for c in waiting), *(item.closes for item in asked)),
        easiest_since=max((c.cleared_on for c in cleared if c.item.easiest and c.cleared_on), default=None),
        off_floor=any(item.off_floor for item in asked),
        reasons=(*(_reason(c) for c in held), *(Reason(i.id, _about("screen.reason.variant", i)) for i in asked)),
        ways_back=_ways_back(held, form, on),
        open=form.opens[outcome],
        title=say(title),
        text=say(text, **_numbers(outcome, card, form)),
    )


def _flagged_on(cleared: Iterable[Concern], asked: Iterable[Item], since: Mapping[str, date]) -> dict[str, date]:
    """The day since which each flag is up, the last of them where several answers raise it."""
    dated = [(concern.item, concern.cleared_on) for concern in cleared]
    dated += [(item, since.get(item.id)) for item in asked]
    found: dict[str, date] = {}
    for item, on in dated:
        if on is not None:
            found |= {flag: max(on, found.get(flag, on)) for flag in item.flags}
    return found


def _card(held: Iterable[Concern], form: Form) -> Card | None:
    """The most urgent one. Somebody who was seen about all of it and has yet to answer again needs none."""
    waiting = [c for c in held if c.cleared_on is None]
    if sum(c.item.tier is Tier.A for c in waiting) >= form.several_warnings:
        return Card.EM
    return max((c.ruling.card for c in waiting if c.ruling.card), key=lambda card: card.urgency, default=None)


def _numbers(outcome: Outcome, card: Card | None, form: Form) -> dict[str, str | int]:
    """What the words of an outcome have places for."""
    if outcome is Outcome.START_GENTLE:
        return {"weeks": form.again.gentle_lasts_days // 7}
    return {} if card is None else {"number": form.number}


def _words(outcome: Outcome, card: Card | None, waiting: Iterable[Concern], *, changes: bool) -> tuple[str, str]:
    if outcome is Outcome.START and changes:
        return ("screen.start.changes.title", "screen.start.changes.text")
    if outcome is not Outcome.PAUSE:
        return (f"screen.{outcome.value}.title", f"screen.{outcome.value}.text")
    if card is None:
        return ("screen.pause.again.title", "screen.pause.again.text")
    unsaid = any(c.answer is Answer.RATHER_NOT_SAY and c.item.tier is Tier.A for c in waiting)
    return (f"screen.pause.{card.value}.title", f"screen.pause.{card.value}.{'all' if unsaid else 'text'}")


def _about(message_id: str, item: Item) -> Message:
    return say(message_id, question=f"@screen.{item.id}.short")


def _reason(concern: Concern) -> Reason:
    if concern.refused_on is not None:
        on = concern.refused_on.isoformat()
        return Reason(concern.item.id, say("screen.reason.refused", question=f"@{concern.item.short.id}", on=on))
    if concern.cleared_on is not None:
        message = say("screen.reason.cleared", question=f"@{concern.item.short.id}", on=concern.cleared_on.isoformat())
        return Reason(concern.item.id, message)
    return Reason(concern.item.id, _about(f"screen.reason.{concern.answer.value}", concern.item))


def _ways_back(held: Iterable[Concern], form: Form, on: date) -> tuple[WayBack, ...]:
    """One for each open question; and for those that were assessed, one complete screen."""
    ways = []
    again = False
    for concern in held:
        if concern.cleared_on is not None:
            again = again or concern.item.tier is Tier.A
            continue
        kind, needs = _way(concern, concern.outcome(form, on))
        ways.append(WayBack(concern.item.id, _about(f"screen.back.{kind}", concern.item), needs))
        again = again or concern.item.tier is Tier.A
    if again:
        ways.append(WayBack(None, say("screen.back.screen"), "screen"))
    return tuple(ways)


def _way(concern: Concern, outcome: Outcome) -> tuple[str, str]:
    if concern.item.tier is Tier.A:
        return ("answer", "answer") if concern.may_be_answered else ("assessment", "clearance")
    if concern.refused_on is not None:
        return ("confirmation", "clearance")
    if concern.ruling.outcome is Outcome.START_GENTLE:
        return ("review-late" if outcome is Outcome.WAIT else "review", "review")
    if concern.ruling.neck_only and not concern.ruling.card:
        return ("neck", "clearance")
    return ("soon" if concern.ruling.soon else "confirmation", "clearance")


def concerns_of(
    answers: Mapping[str, Answer], details: Mapping[str, Mapping[str, str]], form: Form, told: Told, on: date
) -> list[Concern]:
    """A concern for each answer of tier A and B that is not no. Items that the form does not know are left out.

    on: the day that it counts from.
    """
    found = []
    for item_id, answer in answers.items():
        item = form.items.get(item_id)
        if item is None or item.tier is Tier.C:
            continue
        ruling = item.ruling(answer, details.get(item_id, {}))
        if ruling is not None:
            found.append(Concern(item, answer, ruling, on, told, answered_on=told.on))
    return found
