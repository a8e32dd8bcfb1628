"""A server in memory, its clock cranked by hand, and a page that was loaded from it."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import uuid_utils
from starlette.testclient import TestClient

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.pairing import Chance, Pairing
from lumbar.app.rules import Rules
from lumbar.lan import DeviceFiles
from lumbar.store import MemoryStore
from lumbar.web import Lan, WebSettings, create_app

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=1)))
BASE = "http://localhost:8420"


@dataclass
class HandClock:
    """Stands still until it is moved."""

    at: datetime = MORNING
    s: float = 100.0

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return self.s

    def move(self, **how_far: float) -> None:
        self.at += timedelta(**how_far)
        self.s += timedelta(**how_far).total_seconds()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    home = tmp_path_factory.mktemp("home")
    return wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": str(home)}))


@pytest.fixture
def house(rules: Rules, clock: HandClock, tmp_path: Path) -> House:
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path / "home")})
    return wiring.build_house(rules, MemoryStore(), "secret-token", clock, settings)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A page as the build leaves it."""
    root = tmp_path / "static"
    for name, content in {
        "index.html": "<!doctype html><title>lumbar</title>",
        "assets/app-Bq3kX9aZ.js": "export {}",
        "assets/style-Cq3kX9aZ.css": "body {}",
        "models/pose_landmarker_full.task": "model",
        "wasm/vision_wasm_internal.wasm": "wasm",
        "wasm/vision_wasm_module_internal.mjs": "export {}",
        "manifest.webmanifest": "{}",
        "sw.js": "export {}",
        "icons/icon-192.png": "png",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    (tmp_path / "secret.txt").write_text("not for you")
    return root


@pytest.fixture
def pairing(house: House, clock: HandClock, tmp_path: Path) -> Pairing:
    """Codes and devices; the codes are AAAAAAAA, BBBBBBBB and so on."""
    drawn, ids = itertools.count(), itertools.count(1)
    letter = lambda alphabet: alphabet[(8 + next(drawn) // 8) % len(alphabet)]  # noqa: E731
    chance = Chance(letter, lambda: secrets.token_urlsafe(32), lambda: f"{next(ids):016x}")
    return Pairing(DeviceFiles(tmp_path / "devices"), clock, chance)


@pytest.fixture
def stranger(house: House, static: Path, pairing: Pairing) -> TestClient:
    """A client that has loaded no page, and so has no cookie."""
    lan = Lan(pairing, None, lambda _address: False)
    return TestClient(create_app(house, WebSettings("1.2.3", static=static), lan), base_url=BASE)


@pytest.fixture
def page(stranger: TestClient) -> TestClient:
    """A client that has loaded the page."""
    assert stranger.get("/").status_code == 200
    return stranger


Told = Callable[..., dict[str, Any]]


@pytest.fixture
def told(clock: HandClock) -> Told:
    """A fact as a page tells it."""

    def fact(kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid_utils.uuid7()),
            "type": kind,
            "v": 1,
            "at": clock.now().isoformat(),
            "zone": "Europe/Berlin",
            "device": "tablet",
            "body": body,
            **changes,
        }

    return fact


@pytest.fixture
def healthy(page: TestClient, rules: Rules, told: Told) -> TestClient:
    """A page whose person has answered everything, and has nothing that speaks against a start."""
    answers = dict.fromkeys(rules.form.items, "no")
    form = page.get("/api/screening").json()
    facts = [
        told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2}),
        told("acknowledged", {key: form["acknowledge"][key] for key in ("text", "version")}),
        told("daily-check-answered", {"ticks": [], "answers": {}}),
        told("pain-reported", {"when": "before", "nprs": 2, "words": None, "further_down_leg": False}),
    ]
    answer = page.post("/api/facts", json={"facts": facts})
    assert answer.status_code == 200, answer.text
    return page
