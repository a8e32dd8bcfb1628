"""What somebody told at once when it went wrong: answers that pause, flare-ups, pain down the leg, what hurt, and days
that were none for exercise.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unicodedata import category

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.packet.packet import Event
from lumbar.core.plan.bout import before_on
from lumbar.core.plan.history import History
from lumbar.core.plan.moment import illness_h
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rungs import easier
from lumbar.core.plan.stretch import hurt_since, is_removed
from lumbar.core.record import Change, Fact, Record, RuledFold
from lumbar.core.record.bodies import VERSION
from lumbar.core.safety import Answer, Outcome, Ruling, Tier

_ONE_DAY = timedelta(days=1)


def answers_log(record: Record, programme: Programme) -> tuple[Event, ...]:
    """Answers that paused something. A warning sign is one whenever it is told; another question only where it was
    answered with no before: what somebody begins with did not go wrong."""
    return record.folded(_AnswersFold(programme)).events


@dataclass(frozen=True, slots=True)
class _Answers:
    """What answers paused until now. said_no: the questions that were last answered with no; until: the last fact."""

    events: tuple[Event, ...] = ()
    said_no: frozenset[str] = frozenset()
    until: tuple[datetime, str] | None = None


class _AnswersFold(RuledFold[Programme]):
    """Makes the log of a record's answers, and goes on from the last of them."""

    __slots__ = ()

    def start(self, record: Record) -> _Answers:
        return self._on(_Answers(), record.of(*_ANSWERED))

    def resume(self, state: _Answers, change: Change, record: Record) -> _Answers:
        if any(fact.type in _ANSWERED for fact in change.gone):
            return self.start(record)
        came = sorted(
            (fact for fact in change.came if fact.type in _ANSWERED and fact.v <= VERSION),
            key=lambda fact: (fact.at, fact.id),
        )
        if came and state.until is not None and (came[0].at, came[0].id) < state.until:
            return self.start(record)  # what was answered earlier may be what a later answer is compared with
        return self._on(state, came) if came else state

    def _on(self, state: _Answers, facts: Iterable[Fact]) -> _Answers:
        """With more answers, in their order."""
        events, said_no, until = list(state.events), set(state.said_no), state.until
        for fact in facts:
            events += _paused(fact, said_no, self.rules)
            for item, answer in fact.body["answers"].items():
                (said_no.add if answer == Answer.NO else said_no.discard)(item)
            until = (fact.at, fact.id)
        return _Answers(tuple(events), frozenset(said_no), until)


_ANSWERED = ("screen-answered", "daily-check-answered")


def _paused(fact: Fact, said_no: Container[str], programme: Programme) -> Iterator[Event]:
    for item, ruling in _rulings(fact, programme):
        tier = programme.form.items[item].tier
        if tier is Tier.A:
            yield _answered(fact, "packet.event.warning", item, say("packet.advised.pause"))
        elif item in said_no:
            yield _answered(fact, "packet.event.answered", item, _advised(ruling))


def _rulings(fact: Fact, programme: Programme) -> Iterator[tuple[str, Ruling]]:
    details = fact.body.get("details") or {}
    for item_id, answer in fact.body["answers"].items():
        item = programme.form.items.get(item_id)
        if item is not None and item.tier is not Tier.C:
            ruling = item.ruling(Answer(answer), details.get(item_id, {}))
            if ruling is not None:
                yield item_id, ruling


def _answered(fact: Fact, message_id: str, item: str, advised: Message) -> Event:
    return Event(fact.happened_on, say(message_id, question=f"@screen.{item}.short"), advised)


def _advised(ruling: Ruling) -> Message:
    if ruling.neck_only:
        return say("packet.advised.neck")
    names = {Outcome.PAUSE: "pause", Outcome.WAIT: "wait", Outcome.START_GENTLE: "gentle", Outcome.START: "none"}
    return say(f"packet.advised.{names[ruling.outcome]}")


def flares(history: History) -> Iterator[Event]:
    """Flare-ups, each as it was told, with what the person wrote of it."""
    for flare in history.flares:
        note = _on_a_line(flare.fact.body.get("note"))
        what = say("packet.event.flare-noted", note=note) if note else say("packet.event.flare")
        yield Event(flare.on, what, say("packet.advised.flare"))


def _on_a_line(note: object) -> str:
    """What a person wrote, on one line, without the control characters that no page or file may carry."""
    text = note if isinstance(note, str) else ""
    return " ".join("".join(" " if category(letter) == "Cc" else letter for letter in text).split())


def legs(history: History) -> Iterator[Event]:
    """Pain that moved further down the leg."""
    for pain in history.pains:
        if pain.further_down_leg:
            yield Event(pain.on, say("packet.event.leg"), say("packet.advised.screen"))


def hurts(history: History, programme: Programme) -> Iterator[Event]:
    """What hurt, in a hold or told beside one."""
    for name, days in history.hurts.items():
        exercise = programme.exercises.get(name)
        for on in days:
            what = say("packet.event.hurt-gone") if exercise is None else _hurt(name, on, history)
            yield Event(on, what, _left(exercise, on, history, programme))
    for pain in history.pains:
        if pain.when == "during" and pain.exercise is None:
            yield Event(pain.on, say("packet.event.hurt-unnamed"), say("packet.advised.rest-all"))


def _hurt(name: str, on: date, history: History) -> Message:
    seconds = [hold.target_s for hold in history.today(name, on) if hold.outcome == "hurt"]
    if not seconds:
        return say("packet.event.hurt-plain", exercise=f"@{name}.name")
    return say("packet.event.hurt", exercise=f"@{name}.name", seconds=int(seconds[-1]))


def _left(exercise: Exercise | None, on: date, history: History, programme: Programme) -> Message:
    """What was advised then: to leave it for the day; of a stretch that has hurt before, its easier form, or none."""
    today = say("packet.advised.rest-today")
    if exercise is None or exercise.step is Step.CORE:
        return today
    rules = programme.listening.hurts
    days = hurt_since(exercise, history, on, rules, with_it=True)
    if is_removed(days, rules):
        return say("packet.advised.left-out")
    lately = sum((on - day).days <= rules.days for day in days)
    harder_left = easier(exercise, exercise.number(exercise.first_rung)) is not None
    return say("packet.advised.easier") if lately >= rules.easier_at and harder_left else today


def days_off(history: History, programme: Programme) -> Iterator[Event]:
    """Days on which core work waited for pain before it, or all exercise for an illness; each row of them once."""
    told = {on: before[1] for on in history.screens.days if (before := before_on(on, history)) is not None}
    for pain in history.pains:
        if pain.when == "before" and pain.nprs is not None and pain.on not in history.screens.days:
            told[pain.on] = max(pain.nprs, told.get(pain.on, 0))
    for row in _rows(sorted(told.items()), programme.pain.no_core_from):
        worst = max(pain for _, pain in row)
        what = say("packet.event.no-go", count=len(row), pain=worst, last_on=row[-1][0].isoformat())
        yield Event(row[0][0], what, say("packet.advised.no-core"))
    last: date | None = None
    for on in sorted(history.checks.days):
        ticked = any(check.ticks for check in history.checks.on(on))
        hours = illness_h(programme, history, on) if ticked else 0
        if hours and (last is None or on - last > _ONE_DAY):
            yield Event(on, say("packet.event.unwell"), say("packet.advised.unwell", hours=hours))
        last = on if hours else last


def _rows(pains: Iterable[tuple[date, int]], from_pain: int) -> Iterator[list[tuple[date, int]]]:
    """The rows of told days with so much pain, one after the other."""
    row: list[tuple[date, int]] = []
    for on, pain in pains:
        if pain >= from_pain:
            row.append((on, pain))
        elif row:
            yield row
            row = []
    if row:
        yield row
