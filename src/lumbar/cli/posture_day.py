"""A day at the desk in words: counts and shares, never a score."""

from collections.abc import Iterable

from lumbar.core.message import Message, say
from lumbar.core.posture import Picture


def lines(picture: Picture, worth_telling_s: float) -> Iterable[Message]:
    """The text of a day's picture. A shorter time than the given has no line."""
    yield say("cli.posture.day", on=picture.on.isoformat())
    if picture.watched_s <= 0.0 and not picture.breaks:
        yield say("cli.posture.day-none")
        return
    yield say("cli.posture.changes", count=picture.changes)
    yield say("cli.posture.breaks", count=picture.breaks) if picture.breaks else say("cli.posture.breaks-none")
    longest_min = round(picture.longest_still_s / 60)
    yield say("cli.posture.longest", count=longest_min) if longest_min else say("cli.posture.longest-short")
    percents = picture.percents
    if percents is not None and picture.judged_s >= worth_telling_s:
        yield say("cli.posture.shares", minutes=round(picture.judged_s / 60), **percents)
    if picture.unjudged_s >= worth_telling_s:
        yield say("cli.posture.not-judged", count=round(picture.unjudged_s / 60))
