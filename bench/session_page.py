"""A session with a camera in a real Chromium: python bench/session_page.py

Tells how long after the camera is allowed the first landmarks come, how many pictures a second the model then looks at,
and which tasks kept the page's own thread busy for longer than a person notices. The rendered plank of the repository
is the camera, and the browser draws without a graphics card. Server, browser and model share this machine with whatever
else it does, so its load is told beside the figures; where it is busy, a task's own processor time says more than its
length. Needs Chromium (LUMBAR_CHROMIUM).
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/ui"))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from stage import SPEAKER, ZONE, begin, earned_s, plank_only, use_camera, wait_until  # noqa: E402

from conftest import House, free_port  # noqa: E402

CHROMIUM = os.environ.get("LUMBAR_CHROMIUM", "/usr/bin/chromium")
LONG_MS = 50.0
WATCHED_S = 20.0
"""How long a hold is watched."""
NAMED = 3
"""So many of the longest tasks are told of."""

# Notes when the camera was allowed, and everything that the pose worker tells.
WITNESS = """
(() => {
  const ask = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async (...wish) => {
    const stream = await ask.apply(navigator.mediaDevices, wish);
    window.allowed_ms = performance.now();
    window.clip.loop = true;
    void window.clip.play();
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


def opened(browser: Browser) -> Page:
    """A first visit, with the rendered plank before the camera."""
    context = browser.new_context(timezone_id=ZONE, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.add_init_script(SPEAKER)
    use_camera(context, ROOT / "tests/data/bundle", "plank")
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
    with house() as one, sync_playwright() as playwright:
        arguments = ["--autoplay-policy=no-user-gesture-required", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = opened(browser)
        browser.start_tracing(page=page, categories=CATEGORIES)
        begin(page, one)
        first_s = first_landmarks_s(page)
        wait_until(lambda: earned_s(page) > 1, "nothing is counted", 90)
        looked, began_s = len(told(page, "seen")), time.monotonic()
        page.wait_for_timeout(WATCHED_S * 1000)
        rate = (len(told(page, "seen")) - looked) / (time.monotonic() - began_s)
        models = [ready["model"] for ready in told(page, "ready")]
        found = tasks(browser.stop_tracing())
        browser.close()
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"session page, on {cores} cores with a load of {load:.1f}:")
    print(f"  first landmarks {first_s:.1f} s after the camera is allowed (goal: 2.5 s on a machine that is free)")
    print(f"  {rate:.1f} pictures a second with the {models[-1]} model (goal: 12 with the full one); loaded: {models}")
    long = [task for task in found if task.took_ms > LONG_MS]
    own = [task for task in found if task.own_ms > LONG_MS]
    print(f"  {len(long)} tasks over {LONG_MS:.0f} ms on the page's thread, {len(own)} of them by their own work")
    for task in (own or found)[:NAMED]:
        print(f"    {task.took_ms:.0f} ms, of these {task.own_ms:.0f} ms its own: {task.what}")


if __name__ == "__main__":
    main()
