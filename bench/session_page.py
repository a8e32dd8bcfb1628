"""A session with a camera in a real Chromium: python bench/session_page.py

Tells how long after the camera is allowed the first landmarks come, how many pictures a second the model then looks at,
and which tasks kept the page's own thread busy for longer than a person notices. The rendered plank of the repository
is what the browser's own camera sees, so that its pictures come the way a webcam's do, and the browser draws without a
graphics card. Server, browser and model share this machine with whatever
else it does, so its load is told beside the figures; where it is busy, a task's own processor time says more than its
length. Needs Chromium (LUMBAR_CHROMIUM).
"""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/ui"))

import cv2  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from stage import SPEAKER, USES_CAMERA, ZONE, earned_s, plank_only, touch_start, wait_until  # noqa: E402

from conftest import House, free_port  # noqa: E402

CHROMIUM = os.environ.get("LUMBAR_CHROMIUM", "/usr/bin/chromium")
LONG_MS = 50.0
WATCHED_S = 20.0
"""How long a hold is watched."""
CAMERA_FPS = 30
CLIP = ROOT / "tests/data/bundle/clips/plank.mp4"
NAMED = 3
"""So many of the longest tasks are told of."""

# Notes when the camera was allowed, and everything that the pose worker tells.
WITNESS = """
(() => {
  const ask = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async (...wish) => {
    const stream = await ask.apply(navigator.mediaDevices, wish);
    window.allowed_ms = performance.now();
    return stream;
  };
  window.told = [];
  const Plain = Worker;
  window.Worker = class extends Plain {
    constructor(...what) {
      super(...what);
      this.addEventListener("message", ({ data }) => window.told.push(
        { at_ms: performance.now(), type: data.type, model: data.model, took_ms: data.took_ms, seen: !!data.landmarks },
      ));
    }
  };
})();
"""
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]


@contextmanager
def house() -> Iterator[House]:
    """A server of somebody healthy whose programme is a plank alone."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "house/data"
        (home / "catalog/programmes").mkdir(parents=True)
        (home / "catalog/programmes/plank-only.toml").write_text(plank_only())
        one = House(home, free_port(), {"LUMBAR_PROGRAMME": "plank-only"})
        one.start()
        one.screened()
        try:
            yield one
        finally:
            one.stop()


def film(film: Path) -> None:
    """The plank's good seconds to and fro, as a webcam streams: one JPEG after another, thirty a second."""
    source = cv2.VideoCapture(str(CLIP))
    good = json.loads(CLIP.with_suffix(".json").read_text())["keyframes"][1]["t"]
    pictures = [source.read()[1] for _ in range(int(good * source.get(cv2.CAP_PROP_FPS)))]
    times = round(CAMERA_FPS / source.get(cv2.CAP_PROP_FPS))
    jpegs = [cv2.imencode(".jpg", picture)[1].tobytes() * times for picture in pictures]
    film.write_bytes(b"".join(jpegs + jpegs[::-1]))


def opened(browser: Browser) -> Page:
    """A first visit of somebody who wants to be seen."""
    context = browser.new_context(timezone_id=ZONE, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.add_init_script(SPEAKER)
    context.add_init_script(USES_CAMERA)
    context.add_init_script(WITNESS)
    return context.new_page()


def told(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the worker has told so far, of one kind."""
    every: list[dict[str, Any]] = page.evaluate("window.told")
    return [one for one in every if one["type"] == kind]


def first_landmarks_s(page: Page) -> float:
    """From the moment at which the camera is allowed, in seconds."""
    wait_until(lambda: any(one["seen"] for one in told(page, "seen")), "nobody was seen", 120)
    at_ms = next(one["at_ms"] for one in told(page, "seen") if one["seen"])
    return float(at_ms - page.evaluate("window.allowed_ms")) / 1000


@dataclass(frozen=True)
class Task:
    """A task of the page's own thread: how long it took, how much of that it really computed, and what ran in it."""

    took_ms: float
    own_ms: float
    what: str


def tasks(trace: bytes) -> list[Task]:
    """Every task of the page's own thread, the longest first."""
    events = json.loads(trace)["traceEvents"]
    mains = {(e["pid"], e["tid"]) for e in events if e["ph"] == "M" and e["args"].get("name") == "CrRendererMain"}
    timed = [e for e in events if e.get("ph") == "X" and (e["pid"], e["tid"]) in mains]
    found = [e for e in timed if e["name"].endswith("RunTask") and e["dur"] >= 1000]
    inner = [e for e in timed if not e["name"].endswith("RunTask")]
    made = [Task(e["dur"] / 1000, e.get("tdur", 0) / 1000, _inside(e, inner)) for e in found]
    return sorted(made, key=lambda task: -task.took_ms)


def _inside(task: Mapping[str, Any], inner: list[dict[str, Any]]) -> str:
    """What took longest of all that ran in a task."""
    ends = task["ts"] + task["dur"]
    within = [
        e
        for e in inner
        if (e["pid"], e["tid"]) == (task["pid"], task["tid"]) and task["ts"] <= e["ts"] < ends and e["dur"] >= 2000
    ]
    names = [_name(e) for e in sorted(within, key=lambda e: -e["dur"])]
    return ", ".join(dict.fromkeys(names[:6])) or "nothing of its own"


def _name(event: Mapping[str, Any]) -> str:
    data = event.get("args", {}).get("data", {})
    function = data.get("functionName") or data.get("type") or ""
    return f"{event['name']} {function}".strip() + f" ({event['dur'] / 1000:.0f} ms)"


def main() -> None:
    """Four lines, and one for each of the longest tasks."""
    if not Path(CHROMIUM).exists():
        print(f"session page: there is no Chromium at {CHROMIUM}")
        return
    with house() as one, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        film(Path(folder) / "plank.mjpeg")
        arguments = [
            "--autoplay-policy=no-user-gesture-required",
            "--no-sandbox",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={folder}/plank.mjpeg",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = opened(browser)
        page.goto(one.url)
        browser.start_tracing(page=page, categories=CATEGORIES)
        touch_start(page)
        first_s = first_landmarks_s(page)
        wait_until(lambda: earned_s(page) > 1, "nothing is counted", 90)
        looked = len(told(page, "seen"))
        page.wait_for_timeout(WATCHED_S * 1000)
        seen = told(page, "seen")[looked:]
        models = [ready["model"] for ready in told(page, "ready")]
        found = tasks(browser.stop_tracing())
        browser.close()
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"session page, on {cores} cores with a load of {load:.1f}:")
    print(f"  first landmarks {first_s:.1f} s after the camera is allowed (goal: 2.5 s on a machine that is free)")
    between_ms = statistics.median(b["at_ms"] - a["at_ms"] for a, b in pairwise(seen))
    took_ms = statistics.median(one["took_ms"] for one in seen)
    print(f"  {1000 / between_ms:.1f} pictures a second (median) with the {models[-1]} model, of {took_ms:.0f} ms each")
    print(f"  (goal: 12 with the full one); loaded: {models}")
    long = [task for task in found if task.took_ms > LONG_MS]
    own = [task for task in found if task.own_ms > LONG_MS]
    print(f"  {len(long)} tasks over {LONG_MS:.0f} ms on the page's thread, {len(own)} of them by their own work")
    for task in (own or found)[:NAMED]:
        print(f"    {task.took_ms:.0f} ms, of these {task.own_ms:.0f} ms its own: {task.what}")


if __name__ == "__main__":
    main()
