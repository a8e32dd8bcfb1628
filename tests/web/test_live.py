"""The live socket: a dropped line, a restarted server, and rubbish cost no credited second."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

import lumbar
from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.rules import Rules
from lumbar.core import figure
from lumbar.core.body import POINTS, Frame, Landmark, Part, Side
from lumbar.store import MemoryStore
from lumbar.web import WebSettings, create_app, wire
from lumbar.web.live import HELD_FRAMES, MOST_FRAMES_S, Allowance

LIVE = "ws://localhost:8420/api/live"
ASPECT = 16 / 9
HELLO: dict[str, Any] = {
    "type": "hello", "session": "0192", "step": 4, "epoch": 0, "aspect": ASPECT,
    "exercise": "plank", "rung": None, "side": None, "target_s": 60,
}  # fmt: skip


@pytest.fixture(scope="module")
def story() -> list[tuple[int, Frame]]:
    """Somebody gets into a plank, holds it, and gets up again; numbered."""
    return list(enumerate(figure.story(lumbar.exercise("plank"), fps=15, hold_s=8)))


@pytest.fixture(scope="module")
def earned(story: list[tuple[int, Frame]]) -> dict[str, object]:
    """The books of a coach that was never disturbed, fed with what the wire can carry."""
    coach = lumbar.Coach(lumbar.exercise("plank"), target_s=60)
    for _, frame in wire.decode_frames(wire.encode_frames(story), ASPECT):
        coach.feed(frame)
    assert coach.progress.credited_s > 6
    return coach.progress.as_json()


@contextmanager
def line(client: TestClient, **changes: Any) -> Iterator[tuple[WebSocketTestSession, dict[str, Any]]]:
    """A connection that has said hello, and the welcome."""
    with client.websocket_connect(LIVE) as socket:
        socket.send_json({**HELLO, **changes})
        yield socket, socket.receive_json()


def send(
    socket: WebSocketTestSession, frames: Sequence[tuple[int, Frame]]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Send frames; the events that come back, and the acknowledgement."""
    socket.send_bytes(wire.encode_frames(frames))
    events = []
    while (told := socket.receive_json())["type"] == "event":
        events.append(told)
    return events, told


def ending(socket: WebSocketTestSession) -> tuple[dict[str, Any], int]:
    """The problem, and the code that the socket was closed with."""
    while (problem := socket.receive_json())["type"] == "event":
        continue
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    return problem, closed.value.code


def test_a_hold_is_coached(page: TestClient, story: list[tuple[int, Frame]], earned: dict[str, object]) -> None:
    with line(page) as (socket, welcome):
        assert welcome["type"] == "welcome"
        assert welcome["next_seq"] == 0
        assert welcome["progress"]["credited_s"] == 0
        assert welcome["coach"] == lumbar.__version__
        told = []
        for start in range(0, len(story), 3):
            events, ack = send(socket, story[start : start + 3])
            told += [event["event"] for event in events]
            assert ack["seq"] == story[min(start + 3, len(story)) - 1][0]
    assert told[0] == "in-position"
    assert told.count("credited") == math.floor(earned["credited_s"])  # type: ignore[arg-type]
    assert ack["progress"] == earned


def test_frames_sent_twice_count_once(
    page: TestClient, story: list[tuple[int, Frame]], earned: dict[str, object]
) -> None:
    with line(page) as (socket, _):
        send(socket, story)
        events, ack = send(socket, story)
    assert events == []
    assert ack["progress"] == earned


def test_a_dropped_line_goes_on_where_it_was(
    page: TestClient, story: list[tuple[int, Frame]], earned: dict[str, object]
) -> None:
    half = len(story) // 2
    with line(page) as (socket, _):
        _, ack = send(socket, story[:half])
    with line(page) as (socket, welcome):
        assert welcome["next_seq"] == ack["seq"] + 1 == half
        assert welcome["progress"] == ack["progress"]
        # The page cannot know what arrived, and sends a little more than is missing.
        _, ack = send(socket, story[half - 20 :])
    assert ack["progress"] == earned


def test_a_restarted_server_gives_the_same_seconds(
    page: TestClient, rules: Rules, static: Any, story: list[tuple[int, Frame]], earned: dict[str, object]
) -> None:
    half = len(story) // 2
    with line(page) as (socket, _):
        send(socket, story[:half])
    house = wiring.build_house(rules, MemoryStore(), "secret-token")
    after = TestClient(create_app(house, WebSettings("1", static=static)), base_url="http://localhost:8420")
    after.get("/")
    with line(after) as (socket, welcome):
        assert welcome["next_seq"] == 0
        send(socket, story[:half])
        _, ack = send(socket, story[half:])
    assert ack["progress"] == earned


def test_how_frames_are_batched_does_not_matter(
    page: TestClient, story: list[tuple[int, Frame]], earned: dict[str, object]
) -> None:
    dice = random.Random(5)
    with line(page, step=9) as (socket, _):
        rest = story
        while rest:
            size = dice.choice((1, 2, 7, 200))
            _, ack = send(socket, rest[:size])
            rest = rest[size:]
    assert ack["progress"] == earned


def test_a_rotated_camera_says_hello_again(page: TestClient, story: list[tuple[int, Frame]]) -> None:
    with line(page) as (socket, _):
        _, ack = send(socket, story[:50])
        socket.send_json({**HELLO, "epoch": 1, "aspect": 9 / 16})
        welcome = socket.receive_json()
    assert welcome["next_seq"] == 50
    assert welcome["progress"] == ack["progress"]


def test_another_hold_has_another_coach(page: TestClient, story: list[tuple[int, Frame]]) -> None:
    with line(page) as (socket, _):
        send(socket, story)
    for change in ({"step": 5}, {"session": "other"}, {"target_s": 5}, {"rung": "knee"}, {"exercise": "glute-bridge"}):
        with line(page, **change) as (_, welcome):
            assert welcome["next_seq"] == 0


def test_a_newer_page_takes_the_hold_over(page: TestClient, story: list[tuple[int, Frame]]) -> None:
    with line(page) as (old, _):
        send(old, story[:30])
        with line(page) as (new, welcome):
            assert welcome["next_seq"] == 30
            old.send_bytes(wire.encode_frames(story[30:40]))
            problem, code = ending(old)
            assert (problem["message"]["id"], code) == ("error.live-taken-over", 1008)
            assert send(new, story[30:60])[1]["seq"] == 59


@pytest.mark.parametrize("rubbish", [b"", b"x", bytes(539), bytes(541), bytes(540 * 2_001)], ids=len)
def test_rubbish_ends_the_line_and_harms_nothing(
    page: TestClient, story: list[tuple[int, Frame]], rubbish: bytes
) -> None:
    with line(page) as (socket, _):
        _, ack = send(socket, story[:100])
        socket.send_bytes(rubbish)
        problem, code = ending(socket)
        assert problem["type"] == "problem"
        assert problem["detail"].endswith(".")
        assert code == 1003
    with line(page) as (_, welcome):
        assert welcome["next_seq"] == 100
        assert welcome["progress"] == ack["progress"]


def test_random_points_are_values_and_not_problems(page: TestClient) -> None:
    dice = random.Random(1)
    odd = (math.nan, 0.0, 1.0, -1.0, 1e30, -1e30, 3.4e38, 1e-40, 0.5)
    frames = [
        (seq, Frame(seq / 15, ASPECT, tuple(Landmark(*(dice.choice(odd) for _ in range(4))) for _ in range(33))))
        for seq in range(300)
    ]
    with line(page) as (socket, _):
        _, ack = send(socket, frames)
    assert ack["seq"] == 299


@pytest.mark.parametrize("t_s", [0.0, -1.0, math.nan, math.inf])
def test_time_that_does_not_advance_ends_the_line_once(
    page: TestClient, story: list[tuple[int, Frame]], t_s: float
) -> None:
    with line(page) as (socket, _):
        send(socket, story[:10])
        socket.send_bytes(wire.encode_frames([(10, Frame(t_s, ASPECT, story[0][1].points))]))
        problem, code = ending(socket)
        assert (problem["message"]["id"], code) == ("error.frame-time", 1008)
    with line(page) as (socket, welcome):
        assert welcome["next_seq"] == 11, "the bad frame must not be asked for again"
        assert send(socket, story[11:20])[1]["seq"] == 19


@pytest.mark.parametrize(
    "change",
    [{"exercise": "star-jump"}, {"rung": "twelfth"}, {"side": "left"}, {"type": "bye"}, {"aspect": -1}, {"step": "x"}],
    ids=str,
)
def test_a_hello_that_cannot_be_used_is_told_so(page: TestClient, change: dict[str, Any]) -> None:
    with page.websocket_connect(LIVE) as socket:
        socket.send_json({**HELLO, **change})
        problem, code = ending(socket)
    assert problem["type"] == "problem"
    assert "{" not in problem["detail"]
    assert code in (1003, 1008)


@pytest.mark.parametrize("text", ["", "hello", "[]", "null", "{}", '{"type": "hello"}', "[" * 50_000])
def test_text_that_is_no_hello_is_told_so(page: TestClient, text: str) -> None:
    with page.websocket_connect(LIVE) as socket:
        socket.send_text(text)
        assert ending(socket)[1] == 1003


def test_frames_before_a_hello_are_refused(page: TestClient, story: list[tuple[int, Frame]]) -> None:
    with page.websocket_connect(LIVE) as socket:
        socket.send_bytes(wire.encode_frames(story[:1]))
        problem, code = ending(socket)
    assert (problem["message"]["id"], code) == ("error.live-no-hello", 1008)


def test_coaches_are_let_go_when_there_are_many_or_nobody_speaks(house: House, clock: Any) -> None:
    from lumbar.app.live import KEPT_S, MOST

    person = house.people.only()
    for step in range(MOST + 10):
        house.live.open(person, wire.decode_hello(json.dumps({**HELLO, "step": step})))
    assert len(house.live) == MOST
    clock.s += KEPT_S + 1
    house.live.open(person, wire.decode_hello(json.dumps({**HELLO, "step": 0})))
    assert len(house.live) == 1


def test_the_allowance_lets_a_hold_be_sent_again_and_stops_a_flood() -> None:
    allowance = Allowance(0.0)
    assert allowance.take(HELD_FRAMES, 0.0)
    assert not allowance.take(1, 0.0)
    assert allowance.take(MOST_FRAMES_S, 1.0)
    assert not allowance.take(1, 1.0)
    assert allowance.take(HELD_FRAMES, 1e6)


def test_a_flood_ends_the_line(
    page: TestClient, story: list[tuple[int, Frame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbar.web.live.HELD_FRAMES", 100)
    monkeypatch.setattr("lumbar.web.live.MOST_FRAMES_S", 0)  # however slowly this machine sends them
    with line(page) as (socket, _):
        send(socket, story[:90])
        socket.send_bytes(wire.encode_frames(story[90:110]))
        problem, code = ending(socket)
    assert (problem["message"]["id"], code) == ("error.live-flood", 1008)


def test_a_raised_hand_is_told_of_where_nothing_is_held(page: TestClient) -> None:
    """Between holds and in a pause: no books, no step, and nothing that a later connection would find again."""
    up, down = (held_up(raised) for raised in (True, False))
    frames = list(enumerate([*lasting(down, 0.0, 1.0), *lasting(up, 1.0, 7.0)]))
    watch = {"watch": True, "exercise": None, "step": None, "target_s": None}
    for _ in range(2):
        with line(page, **watch) as (socket, welcome):
            assert (welcome["next_seq"], welcome["progress"]) == (0, None)
            events, ack = send(socket, frames)
            assert [event["event"] for event in events] == ["hand-raised", "hand-kept"]
            assert (ack["seq"], ack["progress"]) == (len(frames) - 1, None)


def test_a_coached_hold_tells_of_a_raised_hand_by_the_sign_of_its_exercise(page: TestClient) -> None:
    """A whole arm says nothing in a side plank, whose own form may raise it; over the back it does."""
    up, down = (held_up(raised) for raised in (True, False))
    frames = list(enumerate([*lasting(down, 0.0, 1.0), *lasting(up, 1.0, 3.0)]))
    for exercise, told in (("glute-bridge", ["hand-raised"]), ("side-plank", [])):
        with line(page, exercise=exercise, session=exercise) as (socket, _):
            events, _ = send(socket, frames)
            assert [event["event"] for event in events if event["event"] == "hand-raised"] == told


@pytest.mark.parametrize("hello", [{"watch": "yes"}, {"watch": True, "exercise": "nothing"}, {"exercise": None}])
def test_a_watch_that_nobody_can_keep_is_refused(page: TestClient, hello: dict[str, Any]) -> None:
    with page.websocket_connect(LIVE) as socket:
        socket.send_json({**HELLO, **hello})
        _, code = ending(socket)
        assert code in (1003, 1008)


def held_up(raised: bool) -> Frame:
    """Somebody on their back, seen from the side, with one arm at the side or pointing at the ceiling."""
    points = [(math.nan, math.nan, math.nan, 0.0)] * POINTS
    for part, (x, y) in {Part.EAR: (0.2, 0.8), Part.SHOULDER: (0.3, 0.8), Part.HIP: (0.46, 0.82)}.items():
        points[part.on(Side.LEFT)] = (x, y, 0.0, 1.0)
    arm = (
        {Part.ELBOW: (0.3, 0.64), Part.WRIST: (0.3, 0.5)}
        if raised
        else {Part.ELBOW: (0.4, 0.83), Part.WRIST: (0.48, 0.84)}
    )
    for part, (x, y) in arm.items():
        points[part.on(Side.LEFT)] = (x, y, 0.0, 1.0)
    return Frame.from_landmarks(points, aspect=ASPECT, t_s=0.0)


def lasting(frame: Frame, from_s: float, seconds: float) -> list[Frame]:
    return [replace(frame, t_s=from_s + number / 15) for number in range(round(seconds * 15))]
