"""The screening form: its items, what each answer leads to, and when it is asked again. Read from one file.

Tier A asks for emergency or same-day care, tier B for a clinician, tier C for a variant of an exercise. In every item
*yes* is the answer that holds back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lumbar.core.errors import BadCatalog
from lumbar.core.message import Message, say


class Tier(StrEnum):
    """How much an item holds back."""

    A = "A"
    B = "B"
    C = "C"


class Answer(StrEnum):
    """What a person may answer."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"
    RATHER_NOT_SAY = "rather-not-say"


class Outcome(StrEnum):
    """What follows, the strictest first."""

    PAUSE = "pause"
    WAIT = "wait"
    START_GENTLE = "start-gentle"
    START = "start"

    @property
    def strictness(self) -> int:
        """More is stricter."""
        return len(Outcome) - list(Outcome).index(self)


class Card(StrEnum):
    """How soon to be seen: by the emergency service now, or by a doctor the same day."""

    EM = "em"
    SD = "sd"

    @property
    def urgency(self) -> int:
        """More is more urgent."""
        return 2 if self is Card.EM else 1


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an answer leads to.

    neck_only: it closes the neck stretch and nothing else. fresh: something new, so that only an assessment made since
    counts. soon: to be seen within days.
    """

    outcome: Outcome
    card: Card | None = None
    neck_only: bool = False
    fresh: bool = False
    soon: bool = False

    @property
    def rank(self) -> tuple[int, int, bool, bool]:
        """Orders rulings by strictness, then urgency."""
        return (self.outcome.strictness, self.card.urgency if self.card else 0, self.fresh, self.soon)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a detail, and what it leads to."""

    id: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Detail:
    """A question behind an item's yes. One that is unknown or left open leads where its strictest option does."""

    id: str
    options: tuple[Option, ...]

    def ruling(self, option_id: str | None) -> Ruling:
        """Where an answer leads; None was left open."""
        for option in self.options:
            if option.id == option_id:
                return option.ruling
        return max((option.ruling for option in self.options), key=lambda ruling: ruling.rank)


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    yes: what a yes leads to, and outside of tier A *not sure* and *rather not say*; detail, where there is one, decides
    about a yes instead. not_sure: the card of *not sure* and *rather not say* in tier A. closes: exercises that stay
    closed until it is cleared. flags: what chooses variants of exercises, of a yes in tier C and of a cleared yes in
    tier B. easiest: once cleared, begin on the easiest rung. off_floor: no exercise on the floor. ends: what it asks
    about is over one day, and once cleared a later screen may say so.
    """

    id: str
    tier: Tier
    yes: Ruling
    source: str
    not_sure: Card | None = None
    detail: Detail | None = None
    closes: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    easiest: bool = False
    off_floor: bool = False
    ends: bool = False

    def ruling(self, answer: Answer, details: Mapping[str, str]) -> Ruling | None:
        """What an answer leads to; None for no."""
        if answer is Answer.NO:
            return None
        if self.tier is Tier.A and answer is not Answer.YES:
            return Ruling(Outcome.PAUSE, self.not_sure)
        chosen = details.get(self.detail.id) if self.detail else None
        if self.detail is None or (chosen is None and answer is not Answer.YES):
            return self.yes
        return self.detail.ruling(chosen)

    @property
    def short(self) -> Message:
        """Its short line, for a card."""
        return say(f"screen.{self.id}.short")

    def as_json(self) -> dict[str, object]:
        """The question as plain values; its words by id."""
        details = [] if self.detail is None else [_detail_json(self.id, self.detail)]
        return {
            "id": self.id,
            "tier": self.tier.value,
            "short": f"screen.{self.id}.short",
            "full": f"screen.{self.id}.full",
            "details": details,
            "ends": self.ends,
        }


def _detail_json(item: str, detail: Detail) -> dict[str, object]:
    place = f"screen.{item}.{detail.id}"
    options = [{"id": option.id, "text": f"{place}.{option.id}"} for option in detail.options]
    return {"id": detail.id, "text": place, "kind": "choice", "options": options}


@dataclass(frozen=True, slots=True)
class Group:
    """A card: the items that are asked together."""

    id: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """A tick of the daily check. opens: the questions behind it.

    rest_h: when all of those are no, exercise rests until this was not so for so many hours; None: it does not.
    """

    id: str
    opens: tuple[str, ...]
    rest_h: int | None = None

    def as_json(self) -> dict[str, object]:
        """The tick as plain values."""
        params = {} if self.rest_h is None else {"hours": self.rest_h}
        return {"id": self.id, "text": {"id": f"screen.{self.id}", "params": params}, "opens": list(self.opens)}


@dataclass(frozen=True, slots=True)
class Again:
    """When the whole form is asked again, in days, and when the acknowledgement is."""

    first_after_days: int
    every_days: int
    after_core_gap_days: int
    gentle_lasts_days: int
    acknowledge_every_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form.

    several_warnings: so many answers of tier A other than no make the card an emergency. opens: what each outcome
    leaves open. emergency: the number to call, by country; urgent: the line for what cannot wait and is no emergency.
    """

    version: int
    several_warnings: int
    items: Mapping[str, Item]
    cards: tuple[Group, ...]
    daily: tuple[Daily, ...]
    opens: Mapping[Outcome, tuple[str, ...]]
    again: Again
    acknowledge_version: int
    emergency: Mapping[str, str] = field(default_factory=dict)
    urgent: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(self))
        if mistakes:
            raise BadCatalog("screening.toml", mistakes)

    @property
    def number(self) -> str:
        """The emergency number where it is known; otherwise the id of words that say so."""
        return self.emergency.get(self.country or "", "@screen.emergency.number")

    def of_tier(self, tier: Tier) -> tuple[Item, ...]:
        """The items of a tier, in order."""
        return tuple(item for item in self.items.values() if item.tier is tier)

    def as_json(self, changed_since: Mapping[str, date] | None = None) -> dict[str, object]:
        """The form as plain values, its words by id. changed_since: items that were cleared, and when."""
        return {
            "version": self.version,
            "cards": [
                {
                    "id": card.id,
                    "title": f"screen.card.{card.id}",
                    "items": [self.items[item].as_json() for item in card.items],
                }
                for card in self.cards
            ],
            "emergency": {
                "number": self.emergency.get(self.country or ""),
                "urgent": self.urgent.get(self.country or ""),
                "country": self.country,
            },
            "daily": [tick.as_json() for tick in self.daily],
            "acknowledge": {"text": "screen.acknowledge", "version": self.acknowledge_version},
            "changed_since": {item: on.isoformat() for item, on in (changed_since or {}).items()},
        }


def _mistakes(form: Form) -> Iterable[str]:
    shown = [item for card in form.cards for item in card.items]
    yield from (f"{item} is on no card" for item in form.items if item not in shown)
    yield from (f"a card shows {item}, which is no item" for item in shown if item not in form.items)
    yield from (f"{item} is shown twice" for item in sorted({item for item in shown if shown.count(item) > 1}))
    asked = {item for daily in form.daily for item in daily.opens}
    warning = {item.id for item in form.of_tier(Tier.A)}
    yield from (f"no tick of the daily check opens {item}" for item in sorted(warning - asked))
    yield from (f"a tick of the daily check opens {item}, which is not of tier A" for item in sorted(asked - warning))
    for item in form.items.values():
        if item.tier is Tier.A and item.not_sure is None:
            yield f"{item.id} says nothing about not sure"
        if item.tier is Tier.A and any(ruling.outcome is not Outcome.PAUSE for ruling in _rulings(item)):
            yield f"{item.id} is of tier A and must pause"
    yield from (f"nothing says what {outcome.value} leaves open" for outcome in Outcome if outcome not in form.opens)


def _rulings(item: Item) -> list[Ruling]:
    return [item.yes, *(option.ruling for option in (item.detail.options if item.detail else ()))]
