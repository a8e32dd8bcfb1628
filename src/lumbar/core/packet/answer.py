"""An expert's answer to a packet: what it must hold, and the facts that it becomes.

What is not ticked is not approved: a question without a yes stays as it is, what rests rests on, and a row without a
change goes on under the plan's own rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbar.core.errors import BadFact, BadInput
from lumbar.core.exercise import Exercise
from lumbar.core.record import parse_body
from lumbar.core.record.fields import day, maybe_day, maybe_flag, names, table
from lumbar.core.safety import Form, Tier

FORMAT = "lumbar-review/1"

_SIGNED = ("by_whom", "profession")
"""What nobody leaves blank who signs."""

_CHANGES_TOO = ("note", "proposals", "go_on", "watched", "load")
"""What changes something beside the rows of exercises, where there is any of it."""


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """A checked answer: the body of its review, and of the clearances that go with it. waits: whether new forms, first
    weights and new exercises are to wait for an expert's word; None where nothing was said of it."""

    review: Mapping[str, Any]
    clearances: tuple[Mapping[str, Any], ...]
    waits: bool | None = None


def read_answer(
    told: Mapping[str, Any],
    *,
    packet: str,
    made_on: date,
    answer_by: date,
    today: date,
    form: Form,
    waiting: Iterable[str],
) -> AnswerTo:
    """An answer's body as facts. told: what the expert's file says, its seal already checked. waiting: the screening
    items that were asked about.

    Raises BadInput with one sentence: it came too late, is of a day before the packet or to come, has run out, lacks a
    field, or says with changes and has none. A hold does not run out: the day that it names is when the person is to be
    seen again.
    """
    if today > answer_by:
        raise BadInput("error.answer-late", by_on=answer_by.isoformat())
    try:
        seen_on = day(told, "reviewed_on")
        until = maybe_day(told, "until")
        waits = maybe_flag(told, "waits")
        yes = set(names(told, "may_exercise"))
        review = review_body(told, packet)
        for name in _SIGNED:
            if not review[name].strip():
                raise KeyError(name)
    except (KeyError, BadFact) as cause:
        field = cause.args[0] if isinstance(cause, KeyError) else cause.message.params.get("field", "")
        raise BadInput("error.answer-field", field=str(field)) from None
    if seen_on > today or seen_on < made_on:
        raise BadInput("error.answer-day", seen_on=seen_on.isoformat(), made_on=made_on.isoformat())
    if until is not None and date.fromisoformat(until) < today and review["decision"] != "stop":
        raise BadInput("error.answer-over", until_on=until)
    if lacks_change(review):
        raise BadInput("error.answer-no-change")
    agreed = clearances(review, [item for item in waiting if item in yes], form)
    return AnswerTo(review, tuple(agreed), None if review["decision"] == "contact" else waits)


def unknown_in(review: Mapping[str, Any], exercises: Mapping[str, Exercise]) -> str | None:
    """The first exercise, or form of one, that a review sets something for and the plan does not have; None where it
    has them all. What is set for it would be kept, and nothing would ever follow it."""
    for name, row in (review.get("changes") or {}).items():
        exercise = exercises.get(name)
        if exercise is None:
            return str(name)
        if row.get("rung") is not None and row["rung"] not in {rung.id for rung in exercise.rungs}:
            return f"{name}: {row['rung']}"
    return next((str(name) for name in review.get("proposals") or {} if name not in exercises), None)


def review_body(told: Mapping[str, Any], packet: str) -> Mapping[str, Any]:
    """The body of the review that an answer to a packet becomes. Raises KeyError or BadFact where it lacks a field."""
    return parse_body("review-recorded", 1, {**_review(told), "packet": packet})


def lacks_change(review: Mapping[str, Any]) -> bool:
    """Whether a review approves with changes and names none, in no field and in no words. Whoever said so meant one:
    taken for a plain approval it would be lost unseen. A tick is one too: what rested goes on, weights are agreed to,
    or an exercise was seen well held."""
    if review["decision"] != "with-changes":
        return False
    rows = review.get("changes") or {}
    changed = any(value not in (None, False) for row in rows.values() for value in row.values())
    return not (changed or any(review.get(name) for name in _CHANGES_TOO))


def _review(told: Mapping[str, Any]) -> dict[str, Any]:
    known = ("by_whom", "profession", "reviewed_on", "examined", "decision", "load", "contact", "until", "note")
    tables = {name: {} if told.get(name) is None else table(told, name) for name in ("changes", "proposals")}
    opens = told.get("decision") in ("go-on", "with-changes")
    ticked = {name: names(told, name) if opens and told.get(name) is not None else [] for name in ("go_on", "watched")}
    return {**{name: told[name] for name in known if name in told}, **tables, **ticked}


def clearances(review: Mapping[str, Any], agreed: Iterable[str], form: Form) -> Iterable[Mapping[str, Any]]:
    """What a review says of the screening's questions, as clearances.

    A gentle start ends with a review that lets the plan go on, on paper or not; what waits needs the clinician's word;
    a warning sign needs an examination as well.
    """
    if review["decision"] in ("stop", "contact"):
        return
    for item_id in agreed:
        item = form.items.get(item_id)
        if item is None or (item.tier is Tier.A and not review["examined"]):
            continue
        yield {
            "item": item_id,
            "seen_on": review["reviewed_on"],
            "by_whom": review["by_whom"],
            "profession": review["profession"],
            "may_exercise": True,
        }
