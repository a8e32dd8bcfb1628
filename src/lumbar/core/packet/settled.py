"""What an expert's answer did, once it is in the record: this very one, and not whoever decided last."""

from collections.abc import Iterator
from datetime import date

from lumbar.core.message import Message, say
from lumbar.core.plan.history import History
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reviewed import hold_says, last_decided, nothing_left_by, valid_until
from lumbar.core.plan.told import Review


def settled(programme: Programme, history: History, fact_id: str, on: date) -> tuple[Message, ...]:
    """What the review of an answer did, for the person, on the day on which it was taken in.

    It lets the plan go on, pauses it, leaves out what there is, or asks to be spoken with and decides nothing. One that
    was seen before a review that is there already is kept, and decides nothing either: who decided is named then.
    """
    review = next(one for one in history.reviews if one.fact.id == fact_id)
    return tuple(_did(programme, history, review, on))


def _did(programme: Programme, history: History, review: Review, on: date) -> Iterator[Message]:
    by, last = str(review.fact.body["by_whom"]), last_decided(history, on)
    if review.decision == "contact":
        yield say("packet.taken.contact", by=by)
        return
    if last is not None and last is not review:
        told = {"last": str(last.fact.body["by_whom"]), "last_on": last.seen_on.isoformat()}
        yield say("packet.taken.overtaken", by=by, seen_on=review.seen_on.isoformat(), **told)
    elif review.decision == "stop":
        yield hold_says(review, on, "packet.taken.stop", by=by)
    elif nothing_left_by(programme, history, on) is review:
        yield say("packet.taken.left-out", by=by)
    else:
        yield say(f"packet.taken.{review.decision}", by=by, until_on=valid_until(review, programme).isoformat())
    if review.contact:
        yield say("packet.taken.contact-too", by=by)
