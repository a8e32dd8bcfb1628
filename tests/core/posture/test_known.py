"""When somebody last moved, as the record knows it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog.posture import shipped_posture
from lumbar.core.message import say
from lumbar.core.posture.known import moved_at, quiet_of
from lumbar.core.posture.nudge import Answer, Kind, Nudge, Quiet, answered
from lumbar.core.record import Fact, Record, new_fact

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
NUDGES = shipped_posture().nudges
DESK: dict[str, object] = {"profile": "desk"}


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


@pytest.mark.parametrize(("ago_s", "at"), [([400.0, 60.0], NOW - 6 * MINUTES), (None, NOW - 5 * MINUTES)])
def test_a_watch_without_a_camera_hears_when_another_one_saw_them_move(ago_s: list[float] | None, at: datetime) -> None:
    """To the moment; by the end of the entry where an older lumbar kept none."""
    body = {
        "profile": "desk", "over_s": 900.0, "tall_s": 900.0, "usual_s": 0.0, "slumped_s": 0.0, "unjudged_s": 0.0,
        "longest_still_s": 500.0, "position_changes": 2, "changed_ago_s": ago_s,
    }  # fmt: skip
    seen = new_fact("posture-watched", body, fact_id="w", person="p", at=NOW - 5 * MINUTES)
    assert moved_at(Record([seen]), NOW, NUDGES, seen=True) == at
    assert moved_at(Record([seen]), NOW, NUDGES) is None


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


Heard = st.lists(st.sampled_from([*Answer, "break", "move"]), max_size=8)


@given(Heard)
def test_the_record_knows_what_was_ignored_as_the_machine_does(heard: list[object]) -> None:
    """A move or a break of one's own among the answers is an answer to none of them."""
    state, facts = Quiet(NOW.date()), []
    for number, one in enumerate(heard):
        at, fact_id = NOW - 5 * HOURS + number * 10 * MINUTES, f"{number:03}"
        if isinstance(one, Answer):
            body: dict[str, object] = {"nudge": "n", "answer": one.value}
            facts.append(new_fact("nudge-answered", body, fact_id=fact_id, person="p", at=at))
            waits = replace(state, waiting=Nudge(at, Kind.STILL, say("posture.title"), 1, 0))
            ignored = state.ignored + 1 if one is Answer.IGNORED else answered(waits, one).ignored
            state = replace(state, ignored=ignored, doubled=state.doubled or ignored >= NUDGES.patience)
            continue
        kind, body = ("break-taken", {"seconds": 60.0, "stretch": None}) if one == "break" else ("move-told", DESK)
        facts.append(new_fact(kind, body, fact_id=fact_id, person="p", at=at))
        state = answered(state, Answer.BREAK if one == "break" else Answer.MOVED)
    known = quiet_of(Record(facts), NOW, NUDGES)
    assert (known.ignored, known.doubled) == (state.ignored, state.doubled)
