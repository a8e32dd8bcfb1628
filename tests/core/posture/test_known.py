"""When somebody last moved, as the record knows it."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbar.catalog.posture import shipped_posture
from lumbar.core.posture.known import moved_at
from lumbar.core.record import Fact, Record, new_fact

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
NUDGES = shipped_posture().nudges


def moved(ago: timedelta) -> Fact:
    return new_fact("move-told", {"profile": "desk"}, fact_id=f"moved-{ago}", person="p", at=NOW - ago)


def done(ago: timedelta, credited_s: float) -> Fact:
    body = {
        "session": "s", "step": 3, "exercise": "plank", "rung": "forearm", "side": None, "set": 1, "hold": 1,
        "target_s": 10.0, "credited_s": credited_s, "outcome": "done" if credited_s else "skipped",
        "measured": False, "in_position_s": None, "unjudged_s": None, "faults": [], "coach": None, "model": None,
    }  # fmt: skip
    return new_fact("set-done", body, fact_id=f"set-{ago}", person="p", at=NOW - ago)


MINUTES, HOURS = (timedelta(minutes=1), timedelta(hours=1))


def test_a_set_in_which_something_was_held_is_a_move_and_a_skipped_one_is_none() -> None:
    told = [moved(2 * HOURS), done(30 * MINUTES, 10.0), done(5 * MINUTES, 0.0)]
    assert moved_at(Record(told), NOW, NUDGES) == NOW - 30 * MINUTES
    assert moved_at(Record([told[2]]), NOW, NUDGES) is None


def test_of_the_last_day_alone() -> None:
    assert moved_at(Record([moved(25 * HOURS)]), NOW, NUDGES) is None
    assert moved_at(Record([moved(25 * HOURS), moved(23 * HOURS)]), NOW, NUDGES) == NOW - 23 * HOURS


def test_however_long_the_record_is_no_more_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    years = [done(HOURS * 6 * number, 10.0) for number in range(1, 4_000)]
    record, looked = Record(years), []
    happened_at = Fact.happened_at.fget
    assert happened_at is not None

    def counted(fact: Fact) -> datetime:
        looked.append(fact.id)
        return happened_at(fact)  # type: ignore[no-any-return]

    monkeypatch.setattr(Fact, "happened_at", property(counted))
    assert moved_at(record, NOW, NUDGES) == NOW - 6 * HOURS
    assert len(set(looked)) == 4
