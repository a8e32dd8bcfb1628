"""`lumbar serve` as a process: it says where it is, ends cleanly, and a kill costs the running hold at most."""

import contextlib
import json
import random
import resource
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import uuid_utils
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

import lumbar
from lumbar.core import figure
from lumbar.core.body import Frame
from lumbar.web import wire

Serve = Callable[..., Any]
Run = Callable[..., Any]


def new_id() -> str:
    return str(uuid_utils.uuid7())


def fact(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    at = datetime.now().astimezone().isoformat()
    return {"id": new_id(), "type": kind, "v": 1, "at": at, "zone": "UTC", "device": "tablet", "body": body}


def healthy(server: Any) -> None:
    form = server.get("/api/screening")
    items = [item["id"] for card in form["cards"] for item in card["items"]]
    screen = {"kind": "full", "answers": dict.fromkeys(items, "no"), "details": {}, "nprs": 2, "pain_now": 1}
    acknowledge = {key: form["acknowledge"][key] for key in ("text", "version")}
    before = {"when": "before", "nprs": 1, "words": None, "further_down_leg": False}
    facts = [
        fact("screen-answered", screen),
        fact("acknowledged", acknowledge),
        fact("daily-check-answered", {"ticks": [], "answers": {}}),
        fact("pain-reported", before),
    ]
    server.post("/api/facts", {"facts": facts})


def begin(server: Any) -> dict[str, Any]:
    wish = {"id": new_id(), "at": datetime.now().astimezone().isoformat(), "zone": "UTC", "device": "tablet"}
    script: dict[str, Any] = server.post("/api/sessions", wish)["script"]
    return script


def set_done(script: dict[str, Any], hold: dict[str, Any]) -> dict[str, Any]:
    body = {name: hold[name] for name in ("exercise", "rung", "side", "set", "hold", "target_s")}
    seconds = {"credited_s": hold["target_s"], "in_position_s": None, "unjudged_s": None}
    rest = {"session": script["session"], "step": hold["i"], "outcome": "done", "measured": False, "faults": []}
    return fact("set-done", {**body, **seconds, **rest, "coach": None, "model": None})


def test_it_says_where_it_is_once_it_answers(serve: Serve) -> None:
    server = serve()
    assert server.address.startswith("http://127.0.0.1:")
    assert server.get("/healthz")["status"] == "ok"


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_cleanly_even_with_a_page_on_the_line(serve: Serve, home: Path, sig: signal.Signals) -> None:
    server = serve()
    with live(server) as line:
        hello(line)
        code, out, err = server.stop(sig)
    assert (code, out, err) == (0, "", "")
    assert sorted(path.name for path in home.iterdir()) == ["lumbar.db", "session-token"]


def test_the_data_are_for_their_owner_only(serve: Serve, home: Path) -> None:
    serve()
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "session-token").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_kill_in_mid_session_loses_nothing_acknowledged(
    serve: Serve, kind: str, request: pytest.FixtureRequest
) -> None:
    settings = {"LUMBAR_DATABASE_URL": request.getfixturevalue("postgres_url")} if kind == "postgresql" else {}
    server = serve(**settings)
    healthy(server)
    script = begin(server)
    holds = [step for step in script["steps"] if step["kind"] == "hold"]
    acknowledged = []
    for hold in holds[:7]:
        sent = set_done(script, hold)
        acknowledged += server.post("/api/facts", {"facts": [sent]})["accepted"]
    server.kill()

    again = serve("--port", str(server.client.base_url.port), **settings)
    # The page that was open has the old cookie, and the one fact whose answer it never saw.
    again.client.cookies = server.client.cookies
    current = again.get("/api/sessions/current")
    assert current["script"] == script
    assert [done["step"] for done in current["done"]] == [hold["i"] for hold in holds[:7]]
    resent = again.post("/api/facts", {"facts": [sent]})
    assert resent["duplicates"] == acknowledged[-1:]
    history = again.get("/api/history?days=1")
    assert len(history["days"][-1]["sets"]) == 7


def test_a_killed_server_costs_no_credited_second(serve: Serve) -> None:
    story = list(enumerate(figure.story(lumbar.exercise("plank"), fps=15, hold_s=6)))
    half = len(story) // 2
    coach = lumbar.Coach(lumbar.exercise("plank"), target_s=60)
    for _, frame in wire.decode_frames(wire.encode_frames(story), 16 / 9):
        coach.feed(frame)

    server = serve()
    with live(server) as line:
        assert hello(line)["next_seq"] == 0
        feed(line, story[:half])
        server.kill()
        with pytest.raises(ConnectionClosed):
            feed(line, story[half:])

    again = serve()
    with live(again) as line:
        assert hello(line)["next_seq"] == 0
        feed(line, story[:half])
        assert feed(line, story[half:])["progress"] == coach.progress.as_json()
    assert coach.progress.credited_s > 4


def test_a_page_that_does_not_read_holds_nobody_up(serve: Serve) -> None:
    server = serve()
    story = list(enumerate(figure.story(lumbar.exercise("plank"), fps=30, hold_s=4)))
    port = int(server.address.rstrip("/").rpartition(":")[2])
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    narrow.connect(("127.0.0.1", port))
    with live(server, sock=narrow, max_queue=1) as deaf:
        deaf.send(told_hello())
        narrow.settimeout(0.5)
        stuck = False
        for _ in range(40_000):
            try:
                deaf.send(wire.encode_frames(story[:1]))
            except (TimeoutError, OSError, ConnectionClosed):
                stuck = True
                break
        assert stuck, "the server took everything, though nobody read its answers"
        assert server.get("/healthz")["status"] == "ok"
        with live(server) as line:
            hello(line, step=2)
            assert feed(line, story)["seq"] == len(story) - 1
        narrow.close()


MOST_GROWTH_BYTES = 128 * 1024 * 1024
"""What a few lines that misbehave may cost at most: a message of each, unpacked."""


class Nuisance:
    """Lines that misbehave, each in its own way, until it is over."""

    def __init__(self, server: Any, frame: tuple[int, Frame]) -> None:
        self.server = server
        self.large = wire.encode_frames([frame] * wire.MOST_RECORDS)
        self.over = threading.Event()
        self.ended = 0
        self.ways = (self.rubbish, self.flood, self.deaf)

    def __call__(self, number: int) -> None:
        with contextlib.suppress(WebSocketException, OSError):  # it is let go, as it should be
            while not self.over.is_set():
                self.ways[number % len(self.ways)](number)

    def rubbish(self, number: int) -> None:
        dice = random.Random(number)
        with live(self.server) as line:
            if number % 2:
                line.send(told_hello(step=100 + number))
            line.send(dice.choice([dice.randbytes(dice.randint(0, 5_000)), "[" * 9_000, "{}", '{"type": 1e999}']))
            self.ended += ended(line)

    def flood(self, number: int) -> None:
        with live(self.server) as line:
            line.send(told_hello(step=100 + number))
            for _ in range(30):
                line.send(self.large)
                line.recv(timeout=30)

    def deaf(self, number: int) -> None:
        with live(self.server, max_queue=1) as line:
            line.send(told_hello(step=100 + number))
            while not self.over.is_set():
                line.send(self.large)


def test_rubbish_floods_and_deaf_pages_cost_the_others_nothing(serve: Serve) -> None:
    """All at once, while somebody holds a plank: her seconds are hers, and memory is bounded."""
    server = serve()
    story = list(enumerate(figure.story(lumbar.exercise("plank"), fps=15, hold_s=4)))
    undisturbed = lumbar.Coach(lumbar.exercise("plank"), target_s=60)
    for _, frame in wire.decode_frames(wire.encode_frames(story), 16 / 9):
        undisturbed.feed(frame)
    nuisance, before = Nuisance(server, story[0]), resident_bytes(server)
    with ThreadPoolExecutor(6) as pool:
        lines = [pool.submit(nuisance, number) for number in range(6)]
        try:
            with live(server) as line:
                hello(line, step=2)
                for start in range(0, len(story), 5):
                    ack = feed(line, story[start : start + 5])
            assert server.get("/healthz")["status"] == "ok"
            most = resident_bytes(server)
        finally:
            nuisance.over.set()
            server.kill()
        for one in lines:
            one.result(60)
    assert ack["progress"] == undisturbed.progress.as_json()
    assert undisturbed.progress.credited_s > 2
    assert most - before < MOST_GROWTH_BYTES
    assert nuisance.ended > 0


def ended(line: ClientConnection) -> bool:
    """Whether the line was ended with a problem."""
    told = ""
    with contextlib.suppress(ConnectionClosed):
        while True:
            told = str(line.recv(timeout=30))
    return '"problem"' in told


def resident_bytes(server: Any) -> int:
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def test_a_port_that_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run("serve", "--port", port)
    assert ran.code == 1
    assert port in ran.sentence
    assert ran.out == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "example.org", "*", ""])
def test_other_machines_are_not_served(run: Run, host: str) -> None:
    ran = run("serve", "--host", host)
    assert ran.code == 2
    assert "this machine" in ran.sentence


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "::1"])
def test_this_machines_own_names_are(serve: Serve, host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    assert serve("--host", host).get("/healthz")["status"] == "ok"


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--port", "x"), ("serve", "--port", "99999"), ("serve", "--port"), ("serve", "--nope"), ("bogus",)],
)
def test_misuse(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ("lumbar --help" if arguments == ("bogus",) else "lumbar serve --help") in ran.sentence


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    ran = run("serve", "--port", "0", LUMBAR_HOME=str(tmp_path / "file" / "home"))
    assert ran.code == 1
    assert "LUMBAR_HOME" in ran.sentence
    assert (tmp_path / "file").read_text() == "mine"


def test_a_database_of_a_newer_version(run: Run, home: Path) -> None:
    assert run("today").code == 0
    with closing(sqlite3.connect(home / "lumbar.db")) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
    before = (home / "lumbar.db").read_bytes()
    for command in (("serve", "--port", "0"), ("today",)):
        ran = run(*command)
        assert ran.code == 1
        assert "newer lumbar" in ran.sentence
    assert (home / "lumbar.db").read_bytes() == before
    doctor = run("doctor")
    assert doctor.code == 1
    assert "newer lumbar" in doctor.out


def test_a_database_that_is_none(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "lumbar.db").write_text("dear diary " * 1_000)
    ran = run("serve", "--port", "0")
    assert ran.code == 1
    assert "untouched" in ran.sentence
    assert (home / "lumbar.db").read_text() == "dear diary " * 1_000


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgresql://localhost:port/x"])
def test_a_database_url_that_cannot_be_used(run: Run, url: str) -> None:
    ran = run("serve", "--port", "0", LUMBAR_DATABASE_URL=url)
    assert ran.code == 2
    assert "LUMBAR_DATABASE_URL" in ran.sentence


def test_a_database_server_that_is_away(run: Run) -> None:
    ran = run("today", LUMBAR_DATABASE_URL="postgresql://me:hunter2@127.0.0.1:1/x?connect_timeout=2")
    assert ran.code == 1
    assert "hunter2" not in ran.sentence


def test_an_unknown_programme(run: Run) -> None:
    ran = run("today", LUMBAR_PROGRAMME="marathon")
    assert ran.code == 2
    assert "home" in ran.sentence


def test_a_mistake_in_an_own_catalogue_is_named(run: Run, home: Path) -> None:
    (home / "catalog" / "exercises").mkdir(parents=True)
    (home / "catalog" / "exercises" / "my-plank.toml").write_text("id = 5")
    ran = run("serve", "--port", "0")
    assert ran.code == 1
    assert "my-plank.toml" in ran.sentence
    assert "dose" in ran.sentence, "every mistake is told at once"


def live(server: Any, **options: Any) -> ClientConnection:
    address = server.address.replace("http", "ws") + "api/live"
    return connect(address, additional_headers={"Cookie": server.cookie}, compression=None, **options)


def told_hello(step: int = 1) -> str:
    told = {
        "type": "hello", "session": "s", "step": step, "epoch": 0, "aspect": 16 / 9,
        "exercise": "plank", "rung": None, "side": None, "target_s": 60,
    }  # fmt: skip
    return json.dumps(told)


def hello(line: ClientConnection, step: int = 1) -> Any:
    line.send(told_hello(step))
    return json.loads(line.recv(timeout=30))


def feed(line: ClientConnection, frames: list[tuple[int, Frame]]) -> Any:
    line.send(wire.encode_frames(frames))
    while (told := json.loads(line.recv(timeout=30)))["type"] == "event":
        continue
    return told


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_a_port_that_is_taken_is_told_in_the_readers_language(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("serve", "--port", str(taken.getsockname()[1]), LUMBAR_LANGUAGE="es")
    assert ran.code == 1
    assert "(otro programa lo usa)" in ran.sentence
