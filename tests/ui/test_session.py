"""A session in a real Chromium, on a real server, with a rendered person before the camera."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from lumbar import assess, exercise

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.ui, pytest.mark.timeout(240)]

PLANK_ONLY = Path(__file__).parent / "plank-only.toml"

SPEAKER = """
window.lumbarSpeaker = {
  able: true, log: [], speaking: 0, overlaps: 0,
  say(text, done) {
    if (this.speaking) this.overlaps += 1;
    this.speaking += 1;
    this.log.push(text);
    this.timer = setTimeout(() => { this.speaking -= 1; done(); }, 150);
  },
  stop() { clearTimeout(this.timer); this.speaking = 0; },
};
"""

# The clip is painted on a canvas: when it is over nobody is to be seen, and the camera does not go away.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const bytes = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  await video.play();
  video.pause();
  video.currentTime = 0;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext("2d");
  const paint = () => {
    if (!video.paused && !video.ended) context.drawImage(video, 0, 0);
    else context.clearRect(0, 0, canvas.width, canvas.height);
    requestAnimationFrame(paint);
  };
  paint();
  window.clip = video;
  return canvas.captureStream(30);
};
"""

CUTTER = """
const Original = window.WebSocket;
window.sockets = [];
window.WebSocket = class extends Original {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""


@dataclass
class Server:
    """A server on its own data, that can be killed and started again on the same address."""

    home: Path
    port: int
    programme: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {**os.environ, "LUMBAR_HOME": str(self.home), "LUMBAR_PROGRAMME": self.programme}
        environment.pop("LUMBAR_DATABASE_URL", None)
        command = [sys.executable, "-m", "lumbar", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers, "the server does not answer", 60)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def wait_until(true: Callable[[], bool], otherwise: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    pytest.fail(otherwise)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], Server]]:
    """Start a server for a programme; a programme file beside this test becomes its own catalogue."""
    started: list[Server] = []

    def start(programme: str) -> Server:
        own = tmp_path / "catalog" / "programmes"
        own.mkdir(parents=True)
        (own / PLANK_ONLY.name).write_text(PLANK_ONLY.read_text())
        server = Server(tmp_path, free_port(), programme)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process is not None and server.process.poll() is None:
            server.kill()


@pytest.fixture
def context(browser: "Browser") -> "Iterator[BrowserContext]":
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.add_init_script(SPEAKER)
    yield made
    made.close()


def now() -> str:
    return datetime.now(UTC).isoformat()


def screened(context: "BrowserContext", server: Server) -> "Page":
    """A page of somebody healthy who has just answered everything."""
    page = context.new_page()
    page.goto(server.address)
    form = page.evaluate("async () => (await fetch('/api/screening')).json()")
    answers = {item["id"]: "no" for card in form["cards"] for item in card["items"]}
    screen = {"kind": "full", "answers": answers, "details": {}, "nprs": 2, "pain_now": 1}
    known = {"text": form["acknowledge"]["text"], "version": form["acknowledge"]["version"]}
    pain = {"when": "before", "nprs": 1, "words": None, "session": None, "exercise": None, "further_down_leg": False}
    told = [("screen-answered", screen), ("acknowledged", known), ("pain-reported", pain)]
    facts = [
        {"id": f"019{n}0000-0000-7000-8000-00000000000{n}", "type": kind, "v": 1, "at": now(), "zone": "UTC",
         "device": "test", "body": body}
        for n, (kind, body) in enumerate(told)
    ]  # fmt: skip
    status = page.evaluate(
        """async (facts) => (await fetch('/api/facts', {
            method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({facts})
        })).status""",
        facts,
    )
    assert status == 200
    return page


def history(page: "Page") -> list[dict[str, Any]]:
    days = page.evaluate("async () => (await (await fetch('/api/history?days=2&zone=UTC')).json()).days")
    return [entry for day in days for entry in day["sets"]]


def begin(page: "Page", server: Server) -> None:
    """Today's Start: the last touch."""
    page.goto(server.address)
    page.get_by_role("link", name="Start").or_(page.get_by_role("button", name="Start")).first.click()
    page.wait_for_url("**/session")


def use_camera(context: "BrowserContext", bundle: Path, clip: str) -> None:
    context.add_init_script("localStorage.setItem('lumbar.settings', JSON.stringify({camera: true}));")
    context.add_init_script(CAMERA % base64.b64encode((bundle / f"clips/{clip}.mp4").read_bytes()).decode())


def mood(page: "Page") -> str:
    return str(page.evaluate("document.querySelector('main.session')?.className ?? ''"))


def earned_s(page: "Page") -> float:
    return float(json.loads(page.evaluate("localStorage['lumbar.session'] ?? '{}'")).get("earned_s", 0.0))


def play_clip(page: "Page") -> None:
    """Let the person appear when the session asks them to get ready."""
    wait_until(lambda: bool(page.evaluate("!!window.clip")), "the camera was not opened")
    page.get_by_text("starts when you're in position").wait_for(timeout=60_000)
    page.evaluate("window.clip.play()")


def watch_clip(page: "Page") -> float:
    """Wait for the clip's end, and a moment for the last frames; gives what was earned by then."""
    wait_until(lambda: bool(page.evaluate("window.clip.ended")), "the clip does not end", 60)
    page.wait_for_timeout(1200)
    return earned_s(page)


def assessed_s(bundle: Path, clip: str) -> float:
    from lumbar.pose.recordings import frames_of

    return assess(frames_of(bundle / f"clips/{clip}.mp4"), exercise("plank")).credited_s


def said(page: "Page") -> list[str]:
    return list(page.evaluate("window.lumbarSpeaker.log"))


def test_a_whole_session_needs_no_touch_and_stores_each_hold_once(
    serve: Callable[[str], Server], context: "BrowserContext"
) -> None:
    server = serve("short-test")
    elsewhere: list[str] = []
    context.on(
        "request", lambda r: None if r.url.startswith((server.address, "blob:", "data:")) else elsewhere.append(r.url)
    )
    page = screened(context, server)
    begin(page, server)
    page.locator(".session-after").wait_for(timeout=200_000)
    script = page.evaluate("async () => (await (await fetch('/api/sessions/current')).json())")
    assert script is None, "the session has ended"
    sets = history(page)
    assert {entry["exercise"] for entry in sets} == {
        "hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "plank", "side-plank", "glute-bridge",
        "chest-stretch", "neck-stretch",
    }  # fmt: skip
    assert all(entry["outcome"] == "done" and not entry["measured"] for entry in sets)
    assert all(entry["credited_s"] == pytest.approx(entry["target_s"]) for entry in sets)
    moments = [(entry["exercise"], entry["side"], entry["at"]) for entry in sets]
    assert len(set(moments)) == len(moments)
    assert page.evaluate("window.lumbarSpeaker.overlaps") == 0
    assert elsewhere == []


def test_the_camera_counts_what_assess_counts_and_the_sag_is_spoken(
    serve: Callable[[str], Server], context: "BrowserContext", bundle: Path
) -> None:
    server = serve("plank-only")
    use_camera(context, bundle, "plank")
    page = screened(context, server)
    begin(page, server)
    play_clip(page)
    earned = watch_clip(page)
    assert earned == pytest.approx(assessed_s(bundle, "plank"), abs=1.5)
    assert "Lift your hips a little." in said(page)
    page.keyboard.press("Escape")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(page)) == 1, "the set was not stored")
    server.kill()
    server.start()
    page.goto(f"{server.address}/progress")
    (entry,) = history(page)
    assert entry["measured"]
    assert entry["credited_s"] == pytest.approx(earned, abs=0.6)
    assert page.locator("main").get_by_text("Plank").count() >= 1


def test_a_cut_socket_costs_no_second(serve: Callable[[str], Server], context: "BrowserContext", bundle: Path) -> None:
    server = serve("plank-only")
    context.add_init_script(CUTTER)
    use_camera(context, bundle, "plank")
    page = screened(context, server)
    begin(page, server)
    play_clip(page)
    wait_until(lambda: bool(page.evaluate("window.clip.currentTime > 3")), "the clip does not play")
    page.evaluate("window.sockets.at(-1).close()")
    wait_until(lambda: bool(page.evaluate("window.clip.currentTime > 12")), "the clip does not play")
    server.kill()
    server.start()
    earned = watch_clip(page)
    page.wait_for_timeout(800)
    assert max(earned, earned_s(page)) == pytest.approx(assessed_s(bundle, "plank"), abs=1.5)
    assert page.evaluate("window.sockets.length") >= 3


def test_a_reload_goes_on_where_it_was(serve: Callable[[str], Server], context: "BrowserContext") -> None:
    server = serve("plank-only")
    page = screened(context, server)
    begin(page, server)
    wait_until(lambda: earned_s(page) > 3, "nothing is counted")
    before = earned_s(page)
    page.reload()
    page.get_by_role("button", name="Carry on").click()
    wait_until(lambda: earned_s(page) > before + 1, "it does not go on")
    assert history(page) == []
    page.keyboard.press("Escape")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(page)) == 1, "the set was not stored once")


def test_without_leave_for_the_camera_it_goes_on_by_the_clock(
    serve: Callable[[str], Server], context: "BrowserContext"
) -> None:
    server = serve("plank-only")
    context.add_init_script("localStorage.setItem('lumbar.settings', JSON.stringify({camera: true}));")
    context.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
    )
    page = screened(context, server)
    begin(page, server)
    page.locator(".session-notes", has_text="isn't allowed").wait_for()
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")


def test_it_hurts_stops_the_set_and_leaves_the_exercise_out(
    serve: Callable[[str], Server], context: "BrowserContext"
) -> None:
    server = serve("plank-only")
    page = screened(context, server)
    begin(page, server)
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")
    page.keyboard.press("h")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(page)) == 1, "the set was not stored")
    assert history(page)[0]["outcome"] == "hurt"
    assert any("right call" in line for line in said(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_session_page_can_be_used_by_everybody(
    serve: Callable[[str], Server], browser: "Browser", scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    server = serve("plank-only")
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 700 else 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.add_init_script(SPEAKER)
    page = screened(context, server)
    begin(page, server)
    for _ in range(2):
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
        for box in page.evaluate("[...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())"):
            assert min(box["width"], box["height"]) >= 44
        wait_until(lambda: earned_s(page) > 1 or ".session-after" in mood(page), "nothing is counted")
    assert urlsplit(page.url).path == "/session"
    context.close()
