"""What facts tell the plan: holds, pain, effort, checks, reviews. One value for each kind, made of its fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.core.body import Side
from lumbar.core.plan.dated import Entry, Order
from lumbar.core.record import Fact

ONE_SITTING = timedelta(hours=3)
"""No session takes longer from its beginning to its last hold. What is held later is of its own day."""


@dataclass(frozen=True, slots=True)
class Hold(Entry):
    """A hold that ended. in_position_s: as a camera saw it, well held or not. target_s: how long it was to be held.
    is_test: whether it was to be held for as long as the form keeps; is_again: a second time, for the first was over at
    once.

    told_at, told_on: `at` and `on` by its device's own clock. They differ when that is earlier than the hold's session,
    and then nobody knows which of them is right.
    """

    session: str
    exercise: str
    rung: str
    side: Side | None
    told_at: datetime
    told_on: date
    credited_s: float
    in_position_s: float
    outcome: str
    target_s: float
    is_test: bool = False
    is_again: bool = False

    @property
    def order(self) -> Order:
        return (self.at, self.told_at, self.fact.at, self.fact.id)

    @property
    def times(self) -> tuple[tuple[datetime, date], ...]:
        """Every moment at which it may have been, each with its day: what must rest rests from all of them."""
        mended, told = (self.at, self.on), (self.told_at, self.told_on)
        return (mended,) if mended == told else (told, mended)

    @property
    def worked(self) -> bool:
        """Whether anything was held, whatever of it counts and however it ended."""
        return self.credited_s > 0 or self.in_position_s > 0

    @property
    def load_kg(self) -> float:
        """What was carried in it."""
        return float(self.fact.body.get("load_kg") or 0.0)

    @property
    def faulted_s(self) -> float | None:
        """Seconds with a standing fault in them; None for a hold that no camera measured."""
        if not self.fact.body["measured"] or self.in_position_s <= 0:
            return None
        end_s, faulted_s = 0.0, 0.0
        for from_s, to_s in sorted(_spells(self.fact.body.get("faults") or ())):
            faulted_s += max(0.0, to_s - max(from_s, end_s))
            end_s = max(end_s, to_s)
        return min(faulted_s, self.in_position_s)

    @property
    def done(self) -> bool:
        """Whether it was held to its end: a test to where the form or the strength ended. Where nothing counted there
        was no end to hold to."""
        ends = ("done", "stopped") if self.is_test else ("done",)
        return self.outcome in ends and self.credited_s > 0

    @property
    def ran_out(self) -> bool:
        """Whether a test was over because its time was, by the clock alone: how long it was held nobody saw."""
        return self.is_test and self.outcome == "done" and not self.fact.body["measured"]

    def held_for(self, told_s: float | None) -> float | None:
        """For how many seconds it was held: as they were counted, or where the clock alone ran it out as the person
        says, and no longer than the clock ran. None where nobody knows."""
        if not self.ran_out:
            return self.credited_s
        return None if told_s is None else min(told_s, self.target_s)

    def is_slip(self, least_s: float) -> bool:
        """Whether a test was over before least_s at its first try: a key pressed too soon, and no measure."""
        ended = self.is_test and self.outcome in ("done", "stopped")
        return ended and self.credited_s < min(least_s, self.target_s) and not self.is_again


@dataclass(frozen=True, slots=True)
class PainReport(Entry):
    """Pain as it was reported. exercises: those that were named when it was asked which."""

    when: str
    nprs: int | None
    words: str | None
    session: str | None
    exercise: str | None
    exercises: frozenset[str]
    further_down_leg: bool


@dataclass(frozen=True, slots=True)
class Effort(Entry):
    """How hard a session was, 0-10. exercises: those that were named when it was asked which."""

    session: str
    effort: int
    exercises: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shape(Entry):
    """Whether the shape was kept, as the person says: yes, mostly or no. exercise: None for all of the session."""

    session: str
    exercise: str | None
    kept: str


@dataclass(frozen=True, slots=True)
class HeldTold(Entry):
    """How long a test was held, as the person says that no camera saw: the last number that they heard."""

    session: str
    exercise: str
    side: Side | None
    held_s: int


@dataclass(frozen=True, slots=True)
class Flare(Entry):
    """A flare-up began."""


@dataclass(frozen=True, slots=True)
class Walk(Entry):
    """A walk of so many minutes: one that was done, or the usual comfortable one."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Described(Entry):
    """What a person says of themselves. None: nothing was said of it. withdrawn: what holds no longer, by name."""

    body_mass_kg: float | None
    helper: bool | None
    birth_year: int | None = None
    equipment: frozenset[str] | None = None
    withdrawn: frozenset[str] = frozenset()
    name: str | None = None
    goal: str | None = None


@dataclass(frozen=True, slots=True)
class Review(Entry):
    """A clinician looked at the plan. seen_on: when; changes: what they set, by exercise."""

    seen_on: date
    decision: str
    load: bool
    changes: Mapping[str, Mapping[str, object]]

    @property
    def decides(self) -> bool:
        """Whether it says how to go on. A wish to be spoken with alone approves nothing and takes nothing back, and of
        what is dated on a day to come a stop alone is heard."""
        return self.decision == "stop" or (self.decision != "contact" and not self.ahead)

    @property
    def proposals(self) -> Mapping[str, Mapping[str, object]]:
        """What they answered to the changes that waited for their word, by exercise."""
        return self.fact.body.get("proposals") or {}

    def agrees_to_load(self, exercise: str) -> bool:
        """Whether they agreed to weights: in all, or on an exercise that a weight was proposed for."""
        told = self.proposals.get(exercise) or {}
        return self.load or (told.get("kind") == "load" and bool(told.get("yes")))

    def lets_go_on(self, exercise: str) -> bool:
        """Whether an exercise that rests until a review may go on. Each has a tick of its own, and what is not ticked
        rests on; a review that was told without any ticks speaks of all of them."""
        ticked = self.fact.body.get("go_on")
        return ticked is None or exercise in ticked

    @property
    def watched(self) -> frozenset[str]:
        """The exercises that they saw well held."""
        return frozenset(self.fact.body.get("watched") or ())

    @property
    def contact(self) -> bool:
        """Whether the reviewer asks to be spoken with."""
        return self.decision == "contact" or bool(self.fact.body.get("contact"))

    @property
    def until(self) -> date | None:
        """The last day for which they said that it holds; None when they named none. A stop has no such day."""
        return None if self.decision == "stop" else self._named_on

    @property
    def again_on(self) -> date | None:
        """The day on which whoever said to stop wants to see the person again; None where they named none, or one of
        before they said it, which can only be a slip."""
        named_on = self._named_on
        return named_on if self.decision == "stop" and named_on is not None and named_on >= self.seen_on else None

    @property
    def _named_on(self) -> date | None:
        told = self.fact.body.get("until")
        return None if told is None else date.fromisoformat(told)


@dataclass(frozen=True, slots=True)
class ApprovalWanted(Entry):
    """From now on changes that matter wait for an expert's word, or no longer. by, profession: the reviewer who asked
    for it, None where the person did. known: the form of each exercise that the plan had come to."""

    wanted: bool
    by: str | None
    profession: str | None
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check(Entry):
    """A daily check. ticks: as ticked; answered: the questions that were answered."""

    ticks: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Screened(Entry):
    """A full screen. now: pain at that moment. told: what was answered with anything but no."""

    answered: frozenset[str]
    now: int | None
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Acknowledged(Entry):
    """The general words were acknowledged, in this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Started(Entry):
    """A session began. length: whole or short."""

    session: str
    length: str


_SIDES: Mapping[str | None, Side | None] = {None: None} | {side.value: side for side in Side}


def hold_of(fact: Fact, begun: Started | None) -> Hold:
    """A hold; when a slow clock puts it before its session began, it was when the session began at the earliest. A
    session that goes on while a new day begins is of the day on which it began."""
    body = fact.body
    told_at, told_on = fact.happened()
    if begun is not None and begun.on < told_on and timedelta() <= told_at - begun.at <= ONE_SITTING:
        told_on = begun.on
    at, on = (begun.at, begun.on) if begun is not None and begun.at > told_at else (told_at, told_on)
    return Hold(
        fact=fact,
        session=body["session"],
        exercise=body["exercise"],
        rung=body["rung"],
        side=_SIDES[body.get("side")],
        at=at,
        on=on,
        told_at=told_at,
        told_on=told_on,
        credited_s=float(body["credited_s"]),
        in_position_s=float(body.get("in_position_s") or 0.0),
        outcome=body["outcome"],
        target_s=float(body["target_s"]),
        is_test=bool(body.get("test")),
        is_again=bool(body.get("again")),
    )


def pain_of(fact: Fact, at: datetime, on: date) -> PainReport:
    body = fact.body
    return PainReport(
        fact=fact,
        at=at,
        on=on,
        when=body["when"],
        nprs=body.get("nprs"),
        words=body.get("words"),
        session=body.get("session"),
        exercise=body.get("exercise"),
        exercises=frozenset(body.get("exercises") or ()),
        further_down_leg=bool(body.get("further_down_leg")),
    )


def effort_of(fact: Fact, at: datetime, on: date) -> Effort:
    body = fact.body
    return Effort(fact, at, on, body["session"], body["effort"], frozenset(body.get("exercises") or ()))


def shape_of(fact: Fact, at: datetime, on: date) -> Shape:
    return Shape(fact, at, on, fact.body["session"], fact.body.get("exercise"), fact.body["kept"])


def held_told_of(fact: Fact, at: datetime, on: date) -> HeldTold:
    body = fact.body
    return HeldTold(fact, at, on, body["session"], body["exercise"], _SIDES[body.get("side")], body["held_s"])


def walk_of(fact: Fact, at: datetime, on: date) -> Walk:
    return Walk(fact, at, on, fact.body["minutes"])


def described_of(fact: Fact, at: datetime, on: date) -> Described:
    body = fact.body
    has = body.get("equipment")
    equipment = None if has is None else frozenset(has)
    withdrawn = frozenset(body.get("withdrawn") or ())
    mass, helper, year = body.get("body_mass_kg"), body.get("helper"), body.get("birth_year")
    name, goal = body.get("name"), body.get("goal")
    return Described(fact, at, on, mass, helper, year, equipment, withdrawn, name, goal)


def review_of(fact: Fact, at: datetime, on: date) -> Review:
    body = fact.body
    seen_on = min(date.fromisoformat(body["reviewed_on"]), on)
    return Review(fact, at, on, seen_on, body["decision"], bool(body.get("load")), body.get("changes") or {})


def approval_of(fact: Fact, at: datetime, on: date) -> ApprovalWanted:
    body = fact.body
    known = body.get("known") or {}
    return ApprovalWanted(fact, at, on, body["wanted"], body.get("by_whom"), body.get("profession"), known)


def check_of(fact: Fact, at: datetime, on: date) -> Check:
    return Check(fact, at, on, frozenset(fact.body["ticks"]), frozenset(fact.body["answers"]))


def screened_of(fact: Fact, at: datetime, on: date) -> Screened:
    answers = fact.body["answers"]
    told = frozenset(item for item, answer in answers.items() if answer != "no")
    return Screened(fact, at, on, frozenset(answers), fact.body.get("pain_now"), told)


def acknowledged_of(fact: Fact, at: datetime, on: date) -> Acknowledged:
    return Acknowledged(fact, at, on, fact.body["version"])


def started_of(fact: Fact, at: datetime, on: date) -> Started:
    return Started(fact, at, on, fact.body["session"], fact.body.get("length") or "whole")


def _spells(faults: Iterable[object]) -> Iterable[tuple[float, float]]:
    """When a fault stood, each with its beginning and end; what is no such thing is passed over."""
    for fault in faults:
        if isinstance(fault, Mapping):
            from_s, to_s = fault.get("from_s"), fault.get("to_s")
            if isinstance(from_s, int | float) and isinstance(to_s, int | float):
                yield float(from_s), float(to_s)
