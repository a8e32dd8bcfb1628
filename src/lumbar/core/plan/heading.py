"""What a day is called, and the sentence under it: what to do, and what an answer of today has made of it."""

from collections.abc import Sequence
from datetime import timedelta

from lumbar.core.exercise import Step
from lumbar.core.message import Message, say
from lumbar.core.plan.bout import bout_on
from lumbar.core.plan.day import Kind, Need
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.needs import acknowledge_due, worse_this_morning
from lumbar.core.plan.reaction import Reaction, during
from lumbar.core.plan.reviewed import hold_says, nothing_left_by


def heading(
    moment: Moment, kind: Kind, left: int, asked: Sequence[Need], ending: str | None, pain: int | None
) -> tuple[Message, Message]:
    """The day's title, and the sentence that says what to do. left: minutes; ending: how its exercise ended; pain: as
    it was told today, where that is why core work waits."""
    title = say(f"plan.title.{kind.value}")
    if kind is Kind.PAUSED:
        return moment.verdict.title, moment.verdict.text
    if Need.SCREEN in asked:
        return title, say("plan.lead.screen-due")
    if Need.ACKNOWLEDGE in asked and not acknowledge_due(moment):
        return title, say("plan.lead.first-weight")
    if left:
        return title, _due(moment, left, pain)
    if (hold := moment.hold) is not None:
        by, seen_on = hold.fact.body["by_whom"], hold.seen_on.isoformat()
        return say("plan.title.stopped"), hold_says(hold, moment.on, "plan.lead.stopped", by=by, seen_on=seen_on)
    if (review := nothing_left_by(moment.programme, moment.history, moment.on)) is not None and ending is None:
        by, seen_on = review.fact.body["by_whom"], review.seen_on.isoformat()
        return say("plan.title.stopped"), say("plan.lead.left-out", by=by, seen_on=seen_on)
    if moment.rests_h and ending != "done":
        return say("plan.title.rest"), say("plan.lead.unwell", hours=moment.rests_h)
    return _over(moment, kind, ending, pain)


def _due(moment: Moment, left: int, pain: int | None) -> Message:
    """What is due, and what was told today that makes it less."""
    if pain is not None:
        return say("plan.lead.no-core", count=left, pain=pain)
    return say("plan.lead.heard-worse" if worse_this_morning(moment) else "plan.lead.due", count=left)


def _over(moment: Moment, kind: Kind, ending: str | None, pain: int | None) -> tuple[Message, Message]:
    """Nothing is due any more: done, ended early, or waiting for another day."""
    worst = _too_much_in_it(moment)
    ends = {"done": "done", None: kind.value}.get(ending, "ended")
    title = say(f"plan.title.{ends}")
    if pain is not None and ending in ("done", None):
        return title, say("plan.lead.no-core-rest", pain=pain)
    if ending in ("done", "ended") and worst is not None:
        return title, say(f"plan.lead.{ending}-eased", pain=worst)
    if ending == "done":
        return title, say(f"plan.lead.done-{kind.value}")
    if ending is not None:
        return title, say(f"plan.lead.{ending}")
    return title, say("plan.lead.rest" if kind is Kind.REST else "plan.lead.later")


def _too_much_in_it(moment: Moment) -> int | None:
    """The worst pain of today's core work, where it was too much, so that the next is gentler; None where it was
    not."""
    core = [exercise.id for exercise in moment.programme.of_step(Step.CORE)]
    bout = bout_on(moment.on, moment.history, core, timedelta(hours=moment.programme.schedule.morning_after_h))
    if bout is None or during(bout, moment.programme.listening.reactions) is not Reaction.RED:
        return None
    return bout.worst
