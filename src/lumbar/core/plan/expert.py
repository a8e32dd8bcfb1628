"""What reviewers have set, and how the plan says so. It may hold back, and opens nothing that safety closes."""

from collections.abc import Iterable
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.core.plan.clock import begins
from lumbar.core.plan.day import ItemState, Why
from lumbar.core.plan.history import History
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.reviewed import last_decided, set_for
from lumbar.core.plan.turn import Turn

SOURCE = "review"
_WEEK = timedelta(days=7)


def spaced(exercise: Exercise, turn: Turn, moment: Moment) -> Turn:
    """A turn that waits where a reviewer set on how many days of seven an exercise may come."""
    found = set_for(moment.history, moment.on, exercise.id, "days_per_week")
    if found is None or turn.state not in (ItemState.DUE, ItemState.OPTIONAL) or turn.done_at is not None:
        return turn
    review, most = found[0], int(found[1])
    days = sorted(_days(exercise, moment.history, moment.on))
    if len(days) < most:
        return turn
    free_at = begins(days[-most] + _WEEK, moment.at.tzinfo)
    words = say(
        "plan.reason.reviewed-often",
        profession=review.fact.body["profession"],
        count=most,
        seen_on=review.seen_on.isoformat(),
    )
    return replace(turn, state=ItemState.LATER, free_at=free_at, again_at=free_at, why=(*turn.why, Why(words, SOURCE)))


def _days(exercise: Exercise, history: History, on: date) -> Iterable[date]:
    """The days of the last week, without this one, on which any of it was done."""
    for back in range(1, _WEEK.days):
        day = on - timedelta(days=back)
        if any(hold.worked for hold in history.today(exercise.id, day)):
            yield day


def notes(exercise: Exercise, moment: Moment) -> tuple[Why, ...]:
    """What the last review says of an exercise, in the reviewer's own words."""
    review = last_decided(moment.history, moment.on)
    note = None if review is None else (review.changes.get(exercise.id) or {}).get("note")
    if review is None or not isinstance(note, str):
        return ()
    words: Message = say("plan.reason.review-note", by=review.fact.body["by_whom"], note=note)
    return (Why(words, SOURCE),)
