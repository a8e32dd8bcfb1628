"""What stands before a browser: a short programme, a voice that keeps a log, a rendered person as the camera."""

import base64
import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import lumbar

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from conftest import House

MIDDAY_H = 12


def _zone_of_midday(utc: datetime) -> str:
    """The zone in which this moment is midday: whenever these tests run, no new day begins under them."""
    east_h = (MIDDAY_H - utc.hour + 12) % 24 - 12
    return f"Etc/GMT{-east_h:+d}"


ZONE = _zone_of_midday(datetime.now(UTC))

# The short programme with a plank alone, held long enough for a whole clip.
PLANK_ONLY = {
    r'^id = "short-test"': 'id = "plank-only"',
    r"exercises = \[[^]]*\]": 'exercises = ["plank"]',
    r"hold_s = 5\b": "hold_s = 40",
    r"wait_for_position_s = \d+": "wait_for_position_s = 20",
    r"get_ready_s = \d+": "get_ready_s = 3",
}

# The eight exercises of the brief, with time to get into position before a camera and to see each held.
EIGHT_SEEN = {
    r'^id = "short-test"': 'id = "eight-seen"',
    r"exercises = \[[^]]*\]": (
        'exercises = ["hip-flexor-stretch", "plank", "side-plank", "glute-bridge", "hamstring-stretch", '
        '"piriformis-stretch", "chest-stretch", "neck-stretch"]'
    ),
    r"^hold_s = 5\b": "hold_s = 8",
    r"\[stretching\]\nhold_s = 2\b": "[stretching]\nhold_s = 5",
    r"wait_for_position_s = \d+": "wait_for_position_s = 30",
}

# The hinge alone, with fewer repetitions and quicker ways.
HINGE_ONLY = {r'^id = "short-test"': 'id = "hinge-only"', r"exercises = \[[^]]*\]": 'exercises = ["hip-hinge"]'}
QUICK_HINGE = {r"count = 8\b": "count = 2", r"down_s = 3\b": "down_s = 1", r"up_s = 3\b": "up_s = 1"}

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

SCREENS = {
    "phone": {"width": 390, "height": 844},
    "small-phone": {"width": 320, "height": 568},
    "phone-on-its-side": {"width": 844, "height": 390},
    "laptop": {"width": 1440, "height": 900},
    "laptop-at-double-size": {"width": 720, "height": 450},
    "low-laptop": {"width": 1280, "height": 720},
    "tablet": {"width": 768, "height": 1024},
}
"""Of every kind that a page is seen on."""
UNEDGED = """() => [...document.querySelectorAll('button, a.button, a.sun')]
    .filter((it) => it.checkVisibility() && !parseFloat(getComputedStyle(it).borderTopWidth))
    .map((it) => it.textContent.trim().slice(0, 30))"""
"""Buttons without an edge: where the system gives the colours, nothing else tells that they are any."""
USES_CAMERA = "localStorage.setItem('lumbar.settings', JSON.stringify({camera: true}));"


def plank_only() -> str:
    return _changed("programmes/short-test.toml", PLANK_ONLY)


def eight_seen() -> str:
    return _changed("programmes/short-test.toml", EIGHT_SEEN)


def hinge_only() -> dict[str, str]:
    """Files of an own catalogue."""
    return {
        "programmes/hinge-only.toml": _changed("programmes/short-test.toml", HINGE_ONLY),
        "exercises/hip-hinge.toml": _changed("exercises/hip-hinge.toml", QUICK_HINGE),
    }


def _changed(file: str, changes: Mapping[str, str]) -> str:
    text = (Path(lumbar.__file__).parent / "catalog" / file).read_text()
    for pattern, replacement in changes.items():
        text, found = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert found == 1, pattern
    return text


def measured() -> str:
    """The plank alone, with the measured holds of the first sessions."""
    text = plank_only().replace('id = "plank-only"', 'id = "measured"')
    assert "tests = 0" in text
    return re.sub(r"^tests = 0", "tests = 2", text, flags=re.MULTILINE)


def wait_until(true: Callable[[], bool], otherwise: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    pytest.fail(otherwise)


def begin(page: "Page", house: "House") -> None:
    """Today's Start: the last touch."""
    page.goto(house.url)
    touch_start(page)


def touch_start(page: "Page") -> None:
    page.get_by_role("link", name="Start").or_(page.get_by_role("button", name="Start")).first.click()
    page.wait_for_url("**/session")


def use_camera(context: "BrowserContext", bundle: Path, clip: str) -> None:
    context.add_init_script(USES_CAMERA)
    context.add_init_script(CAMERA % base64.b64encode((bundle / f"clips/{clip}.mp4").read_bytes()).decode())


def earned_s(page: "Page") -> float:
    return float(json.loads(page.evaluate("localStorage['lumbar.session'] ?? '{}'")).get("earned_s", 0.0))


def play_clip(page: "Page") -> None:
    """Let the person appear when the session asks them to get ready."""
    wait_until(lambda: bool(page.evaluate("!!window.clip")), "the camera was not opened")
    page.get_by_text("starts when you're in position").wait_for(timeout=60_000)
    page.evaluate("window.clip.play()")
