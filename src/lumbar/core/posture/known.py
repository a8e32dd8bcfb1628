"""What the record knows of what was said, and of what the person said to it: where any watch begins, or goes on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from lumbar.core.posture.nudge import Answer, Kind, Quiet, resumed
from lumbar.core.posture.settings import NudgeSettings
from lumbar.core.record import Fact, Record, day_of


def quiet_of(record: Record, at: datetime, settings: NudgeSettings) -> Quiet:
    """How the machine of nudges stands. A reminder is something said, too."""
    told = _by(_latest(at, settings), record.of("nudge-given", "reminder-given"))
    ignored, doubled = _ignored(record, day_of(at), settings.patience)
    stands = resumed(
        at, [fact.happened_at for fact in told], ignored, snoozed_until(record, at, settings), doubled=doubled
    )
    nudges = [fact for fact in told if fact.type == "nudge-given"]
    still = [fact for fact in nudges if fact.body["kind"] == Kind.STILL]
    return replace(stands, still_at=_newest(still), nudged_at=_newest(nudges))


def snoozed_until(record: Record, at: datetime, settings: NudgeSettings) -> datetime | None:
    """Until when it is quiet by the person's wish; None when it is not.

    The last wish counts: a shorter one takes a longer one back, and one of no minutes lets it speak again.
    """
    asked = _by(_latest(at, settings), record.of("nudges-snoozed"))
    if not asked:
        return None
    last = max(asked, key=lambda fact: (fact.happened_at.astimezone(UTC), fact.id))
    until = last.happened_at.astimezone(UTC) + timedelta(minutes=last.body["minutes"])
    return until.astimezone(last.happened_at.tzinfo) if until > at.astimezone(UTC) else None


def moved_at(record: Record, at: datetime, settings: NudgeSettings, *, seen: bool = False) -> datetime | None:
    """When somebody last moved, as far as the record knows: they said so, took a break, or held something in a session,
    in whichever window; None when they did not within a day, for no sitting is longer. seen: a watch that saw them
    move counts as well; one that sees for itself needs none of it."""
    told = ("move-told", "break-taken", "set-done", *(("posture-watched",) if seen else ()))
    late = record.since(at - timedelta(days=1), *told)
    moves = _by(_latest(at, settings), (fact for fact in late if _is_move(fact)))
    return max(map(_moved_at, moves), key=lambda moved: moved.astimezone(UTC), default=None)


def _is_move(fact: Fact) -> bool:
    if fact.type == "posture-watched":
        return bool(fact.body["position_changes"] > 0)
    return fact.type != "set-done" or bool(fact.body["credited_s"] > 0)


def _moved_at(fact: Fact) -> datetime:
    """When the move of a fact was, the last one of several; at its end where an older lumbar kept no moments."""
    ago_s = min(fact.body.get("changed_ago_s") or (0.0,)) if fact.type == "posture-watched" else 0.0
    return fact.happened_at.astimezone(UTC) - timedelta(seconds=ago_s)


def _latest(at: datetime, settings: NudgeSettings) -> datetime:
    """What another machine told counts though its clock is ahead of ours; one ahead by more than the gap is wrong."""
    return at.astimezone(UTC) + timedelta(minutes=settings.gap_min)


def _by(latest: datetime, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.happened_at <= latest]


def _newest(facts: Iterable[Fact]) -> datetime | None:
    """In the order of universal time: on one wall an hour may come twice."""
    return max((fact.happened_at for fact in facts), key=lambda at: at.astimezone(UTC), default=None)


def _ignored(record: Record, on: date, patience: int) -> tuple[int, bool]:
    """How many nudges in a row were ignored by now, and whether there were ever enough of them on this day. A
    move or a break of their own in between is an answer to none."""
    in_a_row, enough = 0, False
    early = datetime.combine(on, time.min, UTC) - timedelta(days=1)  # no day begins earlier, wherever it is
    for fact in record.since(early, "nudge-answered"):
        if fact.happened_on != on or fact.body["answer"] == Answer.DISMISSED:
            continue
        in_a_row = in_a_row + 1 if fact.body["answer"] == Answer.IGNORED else 0
        enough = enough or in_a_row >= patience
    return in_a_row, enough
