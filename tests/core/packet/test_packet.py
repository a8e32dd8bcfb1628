"""The packet as a value: what it asks, what it counts, and what it says has changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.catalog.words import shipped_words
from lumbar.core.message import Message
from lumbar.core.packet import Packet, as_json, make_packet, shown_rows
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.standing_plan import in_plan_on
from lumbar.core.record import Record

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def packet(programme: Programme, life: Any, at: datetime = AT) -> Packet:
    return make_packet(programme, life.record, at)


def train(life: Any, at: datetime, session: str, worst: int = 2) -> None:
    life.pain(at, "before", 2)
    life.add("session-started", at, session=session, script={})
    for exercise, rung, side in (
        ("plank", "forearm", None), ("side-plank", "short-lever", "left"), ("side-plank", "short-lever", "right"),
        ("glute-bridge", "full", None),
    ):  # fmt: skip
        life.hold(at, exercise, side, session=session, rung=rung, target_s=20, credited_s=20)
    life.add("effort-reported", at, session=session, effort=4)
    life.pain(at, "after", worst, session=session)


def test_a_drill_tells_how_many_repetitions_its_last_day_had(programme: Programme, life: Any) -> None:
    for at, count in ((AT - 3 * DAY, 16), (AT - DAY, 5)):
        for number in range(count):
            outcome = "stopped" if number == 0 else "done"
            life.hold(
                at, "hip-hinge", None, outcome, session=f"{at:%d}", step=number, rung="rod", target_s=2, credited_s=2
            )
    times = {row.exercise: row.times for row in packet(programme, life).rows}
    assert times == {**dict.fromkeys(programme.exercises, 0), "hip-hinge": 4}


def test_an_empty_record_has_every_row_and_asks_nothing(programme: Programme) -> None:
    made = make_packet(programme, Record(), AT)
    assert [row.exercise for row in made.rows] == list(programme.exercises)
    assert made.questions == ()
    assert (made.kept.core_done, made.kept.core_planned) == (0, 0)
    assert made.review.id == "packet.review.none"


def test_rows_have_the_doses_that_the_person_sees(programme: Programme, life: Any) -> None:
    life.screen(AT - DAY)
    day = plan(programme, life.record, AT)
    for row in packet(programme, life).rows:
        item = day.item(row.exercise)
        assert item is not None
        assert (row.rung, row.hold_s, row.load_kg) == (item.rung, item.hold_s, item.load_kg)


def test_a_dose_that_is_half_done_is_shown_whole(programme: Programme, life: Any) -> None:
    life.screen(AT - DAY)
    life.add("review-recorded", AT, by_whom="Jo", profession="p", reviewed_on="2026-03-02", examined=True,
             decision="with-changes", changes={"plank": {"hold_s": 20, "sets": 3}})  # fmt: skip
    life.add("session-started", AT, session="s", script={})
    life.hold(AT, "plank", None, session="s", rung="forearm", target_s=20, credited_s=20)
    rows = {row.exercise: row for row in packet(programme, life, AT + timedelta(minutes=1)).rows}
    assert (rows["plank"].sets, rows["plank"].hold_s) == (3, 20)


def test_what_was_kept_is_counted_against_what_was_planned(programme: Programme, life: Any) -> None:
    life.screen(AT)
    for number in range(3):
        train(life, AT + 2 * number * DAY, f"s{number}")
    kept = packet(programme, life, AT + 7 * DAY).kept
    assert (kept.days, kept.core_done, kept.core_planned) == (8, 3, 4)
    assert (kept.holds, kept.measured) == (12, 0)


def test_the_worst_reaction_and_the_log_say_what_followed(programme: Programme, life: Any) -> None:
    life.screen(AT)
    train(life, AT, "s0", worst=7)
    life.add("flare-reported", AT + DAY)
    made = packet(programme, life, AT + 2 * DAY)
    assert made.worst is not None
    assert made.worst.what.id == "packet.event.ease-back"
    assert {event.what.id for event in made.events} == {"packet.event.ease-back", "packet.event.flare"}
    assert made.flares == ((AT + DAY).date(),)


def test_the_next_packet_says_what_changed(programme: Programme, life: Any) -> None:
    life.screen(AT)
    first = packet(programme, life)
    life.add("packet-made", AT, packet="p1", digest="d", key="00", answer_by="2026-05-25", catalogue="c", rules="6",
             shown=shown_rows(first))  # fmt: skip
    assert packet(programme, life).changed_on is None  # the same day's print is the same packet
    assert (packet(programme, life, AT + DAY).changed_on, packet(programme, life, AT + DAY).changed) == (AT.date(), ())
    life.add("review-recorded", AT + DAY, by_whom="Jo", profession="p", reviewed_on="2026-03-03", examined=True,
             decision="with-changes",
             changes={"plank": {"hold_s": 40, "sets": 2}, "neck-stretch": {"stop": True}})  # fmt: skip
    changed = {message.id: message.params for message in packet(programme, life, AT + DAY).changed}
    assert set(changed) == {"packet.changed.now", "packet.changed.closed"}
    assert changed["packet.changed.now"]["seconds"] == 40
    again = packet(programme, life, AT + DAY)
    life.add("packet-made", AT + DAY, packet="p2", digest="d", key="00", answer_by="2026-05-25", catalogue="c",
             rules="6", shown=shown_rows(again))  # fmt: skip
    printed = packet(programme, life, AT + DAY + timedelta(minutes=1))
    assert (printed.changed_on, printed.changed) == (again.changed_on, again.changed)


def test_the_next_packet_tells_of_the_walk_and_of_what_went_wrong_since(programme: Programme, life: Any) -> None:
    life.screen(AT)
    life.add("flare-reported", AT)
    life.add("packet-made", AT, packet="p1", digest="d", key="00", answer_by="2026-05-25", catalogue="c", rules="6",
             shown=shown_rows(packet(programme, life)))  # fmt: skip
    assert packet(programme, life, AT + DAY).changed == ()
    life.add("usual-walk-told", AT + DAY, minutes=20)
    life.add("flare-reported", AT + DAY)
    changed = {message.id: message.params for message in packet(programme, life, AT + 2 * DAY).changed}
    assert changed["packet.changed.events"]["count"] == 1
    assert changed["packet.changed.walk-new"]["minutes"] > 0


@given(
    answers=st.dictionaries(st.sampled_from(["A1", "B1", "B2", "B3", "B4", "B6", "B14", "C1", "C5"]), st.just("yes"))
)
@settings(max_examples=30)
def test_it_asks_about_what_waits_and_never_more_than_three(
    programme: Programme, new_life: Callable[[], Any], answers: Any
) -> None:
    life = new_life()
    life.screen(AT, **answers)
    made = packet(programme, life)
    waits = {name for name in answers if name[0] in "AB"}
    assert len(made.questions) == min(len(waits), programme.expert.decisions)
    assert made.more_questions == len(waits) - len(made.questions), "and says how many more there are"
    assert {question.about for question in made.questions} <= waits
    assert all(words_for(message) for message in messages(as_json(made)))


def test_it_asks_for_the_word_that_a_change_waits_for(programme: Programme, life: Any) -> None:
    life.screen(AT, C5="yes")
    life.add("approval-wanted", AT, wanted=True, known=in_plan_on(programme, life.record, AT))
    life.screen(AT + DAY)
    made = packet(programme, life, AT + DAY)
    (question,) = made.questions
    assert question.proposal is not None
    assert (question.kind, question.about, question.proposal.kind) == ("proposal", "piriformis-stretch", "exercise")
    assert {row.exercise: row.next.id for row in made.rows}["piriformis-stretch"] == "packet.next.waits"
    assert made.waits is not None
    told = {"kind": "exercise", "rung": question.proposal.rung, "yes": False, "why": "Not yet."}
    life.add("review-recorded", AT + DAY, by_whom="Jo", profession="p", reviewed_on="2026-03-03", examined=True,
             decision="go-on", changes={}, proposals={"piriformis-stretch": told})  # fmt: skip
    again = packet(programme, life, AT + DAY)
    assert again.questions == made.questions, "a no is asked again, so that it can become a yes"
    assert {row.exercise: row.next.id for row in again.rows}["piriformis-stretch"] == "packet.next.refused"
    life.screen(AT + 2 * DAY, A1="yes")
    assert [one.kind for one in packet(programme, life, AT + 2 * DAY).questions] == ["item"]


def words_for(message: Message) -> str:
    return shipped_words().written(message)


def messages(value: object) -> list[Message]:
    """Every message in plain values."""
    if isinstance(value, dict) and set(value) == {"id", "params"}:
        return [Message(value["id"], value["params"])]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [message for one in inner for message in messages(one)]
