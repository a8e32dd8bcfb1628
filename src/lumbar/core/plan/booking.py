"""Who looked at the plan last, and why a review is asked for again."""

from collections.abc import Iterable, Mapping

from lumbar.core.message import say
from lumbar.core.plan.day import Reviewed, Why
from lumbar.core.plan.entries import Entry
from lumbar.core.plan.moment import Moment
from lumbar.core.plan.reviewed import hold_says, last_decided, nothing_left_by, valid_until
from lumbar.core.plan.rules import Listening
from lumbar.core.safety import Standing


def last_review(moment: Moment) -> Reviewed | None:
    """The last review of the plan, with the last day before it is out of date; None without one."""
    last = last_decided(moment.history, moment.on)
    if last is None:
        return None
    body = last.fact.body
    until = valid_until(last, moment.programme)
    stops, who = moment.hold is not None, (body["by_whom"], body["profession"])
    return Reviewed(*who, last.seen_on, last.decision, until, body.get("note"), stops, last.again_on)


def asks_for_review(moment: Moment, standing: Standing, entries: Iterable[Entry]) -> tuple[Why, ...]:
    """Why a review is asked for: what the course noticed, each exercise that rests until one, and that it is time."""
    rules = moment.programme.listening
    source, sources = rules.reactions.source, dict.fromkeys(("rising", "worse", "no-gain"), rules.weekly.source)
    said = _noticed(rules)
    noticed = [
        Why(say(f"plan.book.{name}", **said.get(name, {})), sources.get(name, source))
        for name in sorted(moment.course.book)
    ]
    last = next(moment.history.reviews.latest(moment.utc), None)
    asks = last is not None and last.contact
    wish = (Why(say("plan.book.contact", by=last.fact.body["by_whom"]), "review"),) if last is not None and asks else ()
    if moment.hold is not None:
        return (*wish, Why(hold_says(moment.hold, moment.on, "plan.book.stopped"), "review"))
    if nothing_left_by(moment.programme, moment.history, moment.on) is not None:
        return (*wish, Why(say("plan.book.left-out"), "review"))
    resting = [entry for entry in entries if entry.dose.until_reviewed and moment.verdict.exercise_allowed]
    rests = [Why(say("plan.book.rests", exercise=f"@{entry.exercise.id}.name"), source) for entry in resting]
    return (*wish, *noticed, *rests, *_time_for_one(moment, standing))


def _noticed(rules: Listening) -> Mapping[str, Mapping[str, int]]:
    """The numbers that asked for a review, by what they noticed."""
    reactions, flares, weekly = rules.reactions, rules.flares, rules.weekly
    reds = {"count": reactions.reds, "days": reactions.red_days}
    return {
        "reds": reds,
        "walk-reds": reds,
        "high": {"pain": reactions.high_before, "count": reactions.high_sessions},
        "no-go": {"count": reactions.no_go_days},
        "flare": {"days": flares.review_days},
        "flares": {"count": flares.often, "days": flares.often_days},
        "rising": {"count": weekly.rising_weeks},
        "no-gain": {"weeks": weekly.gain_weeks},
    }


def _time_for_one(moment: Moment, standing: Standing) -> Iterable[Why]:
    """That a review is due in any case, some weeks after the beginning, when there has been none lately."""
    rules = moment.programme.reviews
    if standing.first_on is None or not moment.verdict.exercise_allowed:
        return
    last = next(moment.history.reviews.latest(moment.utc), None)
    fresh = last is not None and (moment.on - last.seen_on).days < rules.valid_days
    days = (moment.on - standing.first_on).days
    if not fresh and rules.from_days <= days < rules.until_days:
        yield Why(say("plan.book.time", weeks=days // 7), rules.source)
