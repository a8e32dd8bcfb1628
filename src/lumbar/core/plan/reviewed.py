"""The reviews of a record as far as they decide: the last one, and what was set for an exercise."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from lumbar.core.message import Message, say
from lumbar.core.plan.history import History
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.told import Review

BREAKS, CUES, WALKING = "breaks", "posture-cues", "walking"
"""What a verdict opens beside exercises, by its names in the screening's file."""

UNDER_A_HOLD = frozenset({BREAKS})


def last_decided(history: History, on: date) -> Review | None:
    """The last review until a day that says how to go on; None without one."""
    found = decided(history, on)
    return found[-1] if found else None


def valid_until(review: Review, programme: Programme) -> date:
    """The last day before a review is out of date: the one that it names, where that comes first."""
    holds = review.seen_on + timedelta(days=programme.expert.review_days)
    return holds if review.until is None else min(holds, review.until)


def holding(history: History, on: date) -> Review | None:
    """The review by which everything rests on a day: the last one, where it says to stop. It ends with a later review
    and in no other way: a day that it names is when the person is to be seen again, and opens nothing."""
    last = last_decided(history, on)
    return last if last is not None and last.decision == "stop" else None


def open_under(hold: Review | None, opens: Iterable[str]) -> frozenset[str]:
    """What of all that safety leaves open is open under a hold: to stand up from a desk, which is no exercise."""
    return frozenset(opens) if hold is None else frozenset(opens) & UNDER_A_HOLD


def hold_says(hold: Review, on: date, message_id: str, **told: str) -> Message:
    """A sentence about a hold, with the day on which they want to see the person again, where they named one: as one
    to come, or as one that is here."""
    if hold.again_on is None:
        return say(message_id, **told)
    name = "again" if on < hold.again_on else "due"
    return say(f"{message_id}-{name}", **told, again_on=hold.again_on.isoformat())


def left_out_by(history: History, on: date, exercise_id: str) -> Review | None:
    """The review that left an exercise out, as long as no later one lets it go on: by its tick, or by a dose or form
    that it sets for it. One that was not ticked stays out, whatever else was approved."""
    out = None
    for review in decided(history, on):
        row = review.changes.get(exercise_id) or {}
        if row.get("stop"):
            out = review
        elif out is not None and review.decision != "stop" and (_sets(row) or review.lets_go_on(exercise_id)):
            out = None
    return out


def _sets(row: Mapping[str, object]) -> bool:
    return any(row.get(name) is not None for name in ("rung", "hold_s", "sets"))


def stopped(programme: Programme, history: History, on: date) -> bool:
    """Whether the last review stops the plan, as a whole or exercise by exercise."""
    return holding(history, on) is not None or nothing_left_by(programme, history, on) is not None


def nothing_left_by(programme: Programme, history: History, on: date) -> Review | None:
    """The review that left out every exercise, where the last one did: walks and posture go on."""
    every = [left_out_by(history, on, name) for name in programme.exercises]
    return every[0] if every and None not in every else None


def watched_on(history: History, on: date, exercise_id: str) -> date | None:
    """The last day on which a reviewer saw an exercise well held, as far as was told by a day; None when none did."""
    days = [review.seen_on for review in decided(history, on) if exercise_id in review.watched]
    return max(days, default=None)


def set_for(history: History, on: date, exercise_id: str, field: str) -> tuple[Review, str | float] | None:
    """What a reviewer set last of an exercise, with the review. It holds until another review sets it anew."""
    for review in reversed(decided(history, on)):
        value = (review.changes.get(exercise_id) or {}).get(field)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return review, value
    return None


def decided(history: History, on: date) -> list[Review]:
    """The reviews until a day that say how to go on, in the order in which it was seen: one that is told late does
    not speak of what came after it."""
    found = [review for review in history.reviews if review.on <= on and review.decides]
    return found if len(found) < 2 else sorted(found, key=lambda review: (review.seen_on, review.order))


def said(review: Review) -> dict[str, str]:
    """Whose word it is, and of when, for a reason."""
    return {"profession": review.fact.body["profession"], "seen_on": review.seen_on.isoformat()}
