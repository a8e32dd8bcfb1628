"""Bytes and text, there and back."""

import json
import math
import struct
from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.body import POINTS, Frame, Landmark, Side
from lumbar.core.coach import Cue, Event, InPosition, LeftPosition
from lumbar.core.errors import BadFrame
from lumbar.core.message import Message
from lumbar.web import wire

single = st.floats(width=32, allow_nan=True, allow_infinity=False)
points = st.tuples(*[st.builds(Landmark, single, single, single, single)] * POINTS)
frames = st.builds(Frame, t_s=st.floats(allow_nan=False), aspect=st.just(1.5), points=points)
numbered = st.lists(st.tuples(st.integers(0, 2**32 - 1), frames), min_size=1, max_size=3)

params = st.dictionaries(st.text(min_size=1), st.text() | st.integers(-(2**31), 2**31), max_size=2)
by_name = {
    "t_s": st.floats(0, 1e6),
    "credited_s": st.floats(0, 1e6),
    "seen": st.booleans(),
    "attempt": st.integers(1, 99),
    "fault": st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True),
    "side": st.none() | st.sampled_from(Side),
    "message": st.builds(Message, st.text(min_size=1), params),
}
events = st.one_of(
    [st.builds(kind, **{field.name: by_name[field.name] for field in fields(kind)}) for kind in get_args(Event)]
)


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


@given(numbered)
def test_frames_survive_the_wire(given_frames: list[tuple[int, Frame]]) -> None:
    data = wire.encode_frames(given_frames)
    assert len(data) == 540 * len(given_frames)
    for (seq, frame), (seq_back, back) in zip(given_frames, wire.decode_frames(data, 1.5), strict=True):
        assert (seq_back, back.t_s, back.aspect) == (seq, frame.t_s, 1.5)
        for point, point_back in zip(frame.points, back.points, strict=True):
            assert all(map(same, point, point_back))


@given(events)
def test_events_survive_the_wire(event: Event) -> None:
    text = json.dumps(wire.event_json(event), allow_nan=False)
    assert wire.event_from_json(json.loads(text)) == event


def test_events_have_the_names_of_the_contract() -> None:
    assert wire.event_json(InPosition(1.0, Side.LEFT)) == {
        "type": "event", "event": "in-position", "t_s": 1.0, "side": "left",
    }  # fmt: skip
    assert wire.event_json(LeftPosition(1.0, 0.5))["event"] == "left-position"
    cue = wire.event_json(Cue(2.0, "hips-sagging", Message("plank.cue.lift-hips"), 1))
    assert cue["message"] == {"id": "plank.cue.lift-hips", "params": {}}


def test_a_record_is_laid_out_as_the_contract_says() -> None:
    data = struct.pack("<I", 7) + struct.pack("<d", 1.25) + struct.pack("<132f", *range(132))
    [(seq, frame)] = wire.decode_frames(data, 16 / 9)
    assert (seq, frame.t_s, frame.aspect) == (7, 1.25, 16 / 9)
    assert frame.points[32] == Landmark(128.0, 129.0, 130.0, 131.0)


def test_infinity_is_a_point_that_was_not_seen() -> None:
    data = struct.pack("<Id132f", 0, 0.0, *[math.inf, -math.inf] * 66)
    [(_, frame)] = wire.decode_frames(data, 1.0)
    assert all(math.isnan(value) for point in frame.points for value in point)


@given(st.binary(max_size=2_000))
def test_bytes_are_frames_or_refused(data: bytes) -> None:
    if data and len(data) % 540 == 0:
        assert len(wire.decode_frames(data, 1.0)) == len(data) // 540
    else:
        with pytest.raises(BadFrame):
            wire.decode_frames(data, 1.0)


def test_a_message_has_an_end() -> None:
    assert len(wire.decode_frames(bytes(540 * wire.MOST_RECORDS), 1.0)) == wire.MOST_RECORDS
    with pytest.raises(BadFrame):
        wire.decode_frames(bytes(540 * (wire.MOST_RECORDS + 1)), 1.0)


HELLO: dict[str, Any] = {
    "type": "hello", "session": "s", "step": 3, "epoch": 0, "aspect": 1.7778,
    "exercise": "plank", "rung": None, "side": None, "target_s": 5,
}  # fmt: skip


def test_a_hello_is_read() -> None:
    hello = wire.decode_hello(json.dumps({**HELLO, "side": "left", "rung": "knee"}))
    assert (hello.side, hello.rung, hello.step, hello.target_s) == (Side.LEFT, "knee", 3, 5.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "hallo"), ("session", ""), ("session", 5), ("session", "x" * 101), ("step", -1), ("step", 1.5),
        ("step", True), ("epoch", 2**31), ("aspect", 0), ("aspect", "wide"), ("aspect", math.nan),
        ("aspect", math.inf), ("exercise", None), ("rung", 7), ("side", "both"), ("side", []), ("target_s", 0),
        ("target_s", 1e9), ("target_s", None),
    ],
)  # fmt: skip
def test_a_hello_with_a_wrong_field_names_it(field: str, value: object) -> None:
    with pytest.raises(BadFrame) as caught:
        wire.decode_hello(json.dumps({**HELLO, field: value}))
    assert caught.value.message.params["field"] == field


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_text_is_a_hello_or_refused(text: str) -> None:
    with pytest.raises(BadFrame):
        wire.decode_hello(text)


def test_towers_of_brackets_are_refused() -> None:
    with pytest.raises(BadFrame):
        wire.decode_hello("[" * 100_000)
