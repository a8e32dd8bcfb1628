"""The page on a real server: `serve` starts one over a fresh folder, `house` is one that runs, `visit` opens pages."""

import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import uuid_utils
from forks import Fork, forks
from playwright.sync_api import expect
from stage import ZONE, measured, plank_only

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent.parent
AHEAD = Path(__file__).parent / "ahead.py"
STATIC = ROOT / "src/lumbar/web/static/index.html"
READY_S = 60
PATIENCE_MS = 15_000
"""A machine that runs two browsers and two servers on two cores may be slow; none of these tests is about that."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class House:
    """A server of its own, over a folder of its own. It can be stopped, killed and started again."""

    home: Path
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    process: Fork | None = None
    options: tuple[str, ...] = ()
    ahead: timedelta = timedelta()
    """How far the house's clock is ahead of this machine's; `pass_time` moves it."""

    def __post_init__(self) -> None:
        self._tell_ahead()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when the server answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
        environment = {**kept, **self.environment, "LUMBAR_HOME": str(self.home), "TZ": ZONE}
        arguments = ("serve", "--port", str(self.port), *self.options)
        log = self.home.parent / "serve.log"
        self.process = forks.start(arguments, environment, self.home.parent / "ahead", log)
        until_s = time.monotonic() + READY_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until_s:
                pytest.fail("the server did not start:\n" + log.read_text()[-2000:])
            time.sleep(0.05)

    def stop(self, *, kill: bool = False) -> None:
        """Ends the server, gently or with kill -9."""
        if self.process is None:
            return
        self.process.kill() if kill else self.process.terminate()
        self.process.wait(30)
        self.process = None

    def pass_time(self, span: timedelta) -> None:
        """From now on the house's clock is this much further on."""
        self.ahead += span
        self._tell_ahead()

    def now(self) -> datetime:
        """In the house's own zone, as a device in the house tells it: the day is read off that clock."""
        return datetime.now(ZoneInfo(ZONE)) + self.ahead

    def _tell_ahead(self) -> None:
        told = self.home.parent / "ahead.new"
        told.write_text(str(self.ahead.total_seconds()))
        told.replace(self.home.parent / "ahead")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _token(self) -> str:
        with urllib.request.urlopen(self.url + "/", timeout=10) as answer:
            return str(answer.headers["Set-Cookie"]).split(";")[0]

    def ask(self, path: str, body: object = None) -> Any:
        """A call as the page makes it; raises urllib's HTTPError when the server refuses."""
        headers = {"Cookie": self._token(), "Origin": self.url, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def command(self, *arguments: str) -> str:
        """What `lumbar` says in a terminal, over the same record."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
        environment = {**kept, "LUMBAR_HOME": str(self.home), "LUMBAR_LANGUAGE": "en", "TZ": ZONE}
        ran = subprocess.run(
            [sys.executable, str(AHEAD), str(self.home.parent / "ahead"), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    def tell(self, *facts: tuple[str, Mapping[str, Any]], ago: timedelta = timedelta()) -> Any:
        """Record facts of these types and bodies, some time ago."""
        at = (self.now() - ago).isoformat()
        told = [
            {
                "id": str(uuid_utils.uuid7()),
                "type": kind,
                "v": 1,
                "at": at,
                "zone": ZONE,
                "device": "test",
                "body": body,
            }
            for kind, body in facts
        ]
        return self.ask("/api/facts", {"facts": told})

    def screened(self, *, ago: timedelta = timedelta(), **answers: str) -> Any:
        """The whole screen answered with no, but for the answers given, and the general words acknowledged."""
        form = self.ask("/api/screening")
        every = {item["id"]: "no" for card in form["cards"] for item in card["items"]}
        screen = {"kind": "full", "answers": {**every, **answers}, "details": {}, "nprs": 3, "pain_now": 2}
        return self.tell(("screen-answered", screen), ("acknowledged", form["acknowledge"]), ago=ago)

    def play(
        self, *, only: list[str] | None = None, holds: int | None = None, end: bool = True, seen: bool = False
    ) -> str:
        """Runs today's session as the player would, each hold kept to its end; the first `holds` only. seen: a camera
        looked on, and found nothing to mend. Its id."""
        session = str(uuid_utils.uuid7())
        wish = {"id": session, "at": self.now().isoformat(), "zone": ZONE, "device": "test", "only": only}
        script = self.ask("/api/sessions", {**wish, "take_over": False})["script"]
        steps = [step for step in script["steps"] if step["kind"] == "hold"]
        self.tell(*(("set-done", _kept(session, step, seen=seen)) for step in steps[:holds]))
        if end:
            self.tell(("session-ended", {"session": session, "how": "finished"}))
        return session

    def facts(self) -> list[dict[str, Any]]:
        """Every fact in the house's database, oldest first: the type and the body."""
        import sqlite3

        with sqlite3.connect(self.home / "lumbar.db") as database:
            rows = database.execute("SELECT type, body, at FROM fact ORDER BY recorded_at, id").fetchall()
        return [{"type": kind, "body": json.loads(body), "at": at} for kind, body, at in rows]


def _kept(session: str, step: Mapping[str, Any], *, seen: bool) -> dict[str, Any]:
    """A hold kept to its end: by the clock, and where it is a test, or was seen, as a camera saw it."""
    measured = step["test"] or (seen and step["judged"])
    same = {name: step[name] for name in ("exercise", "rung", "side", "set", "hold", "target_s", "test")}
    return {
        **same, "session": session, "step": step["i"], "credited_s": step["target_s"], "outcome": "done",
        "measured": measured, "in_position_s": step["target_s"] if measured else None,
        "unjudged_s": 0 if measured else None, "faults": [], "coach": None, "model": None,
    }  # fmt: skip


@pytest.fixture(scope="session")
def built_page() -> None:
    """The built page; these tests drive nothing else."""
    if not STATIC.exists():
        sentence = "the page is not built; run python tools/build_frontend.py"
        pytest.fail(sentence) if os.environ.get("LUMBAR_TEST_ALL") else pytest.skip(sentence)


@pytest.fixture
def serve(tmp_path: Path, built_page: None) -> Iterator[Callable[..., House]]:
    """Starts servers, and ends them with the test. own: files of an own catalogue. Keywords: environment variables."""
    houses: list[House] = []

    def start(own: Mapping[str, str] | None = None, **environment: str) -> House:
        home = tmp_path / f"home-{len(houses)}" / "data"
        home.mkdir(parents=True)
        for name, text in (own or {}).items():
            (home / "catalog" / name).parent.mkdir(parents=True, exist_ok=True)
            (home / "catalog" / name).write_text(text)
        house = House(home, free_port(), environment)
        houses.append(house)
        house.start()
        return house

    yield start
    for house in houses:
        house.stop(kill=True)  # nobody looks at what it leaves behind; how it ends by itself has tests of its own


@pytest.fixture
def open_house(serve: Callable[..., House]) -> Callable[[str], House]:
    """A running house of somebody healthy who has just answered everything, on a programme of ours or a plank alone."""

    def start(programme: str) -> House:
        own = {"programmes/plank-only.toml": plank_only(), "programmes/measured.toml": measured()}
        house = serve(own, LUMBAR_PROGRAMME=programme)
        house.screened()
        return house

    return start


@pytest.fixture
def house(serve: Callable[..., House]) -> House:
    """A running server with an empty record."""
    return serve()


@dataclass
class Visit:
    """A browser's visit: its page, what it asked for, and what went wrong in it."""

    page: "Page"
    context: "BrowserContext"
    house: House
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> "Page":
        """Opens a path of the house, and waits until the page shows a heading."""
        self.page.goto(self.house.url + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    @property
    def strangers(self) -> list[str]:
        """Addresses asked for that are not the house's own."""
        own = re.compile(rf"^(https?|wss?)://127\.0\.0\.1:{self.house.port}/|^(data|blob):")
        return [url for url in self.requests if not own.match(url)]


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Callable[..., Visit]]:
    """Opens browsers on a house; keywords go to Playwright's `new_context`."""
    visits: list[Visit] = []

    def open_one(house: House, **options: Any) -> Visit:
        context = browser.new_context(
            **{"timezone_id": ZONE, "locale": "en-GB", "viewport": {"width": 390, "height": 844}, **options}
        )
        seen = Visit(context.new_page(), context, house)
        context.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("websocket", lambda socket: seen.requests.append(socket.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda line: seen.errors.append(line.text) if line.type == "error" else None)
        seen.page.set_default_timeout(PATIENCE_MS)
        visits.append(seen)
        return seen

    yield open_one
    for seen in visits:
        seen.context.close()


PORTS = range(20_000, 32_000, 2)
"""Below those that the system hands out for a moment: a house that is stopped finds its own port free again."""
_next_port = itertools.count(os.getpid() * 37)


def free_port() -> int:
    """One that nobody listens on now; the one after it is the house's too, for its home network."""
    for number in itertools.islice(_next_port, len(PORTS)):
        port = PORTS[number % len(PORTS)]
        if _is_free(port) and _is_free(port + 1):
            return port
    pytest.fail("no port is free for a server")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return False
        return True
