"""What the page contacts, by the browser's own log of its network: nobody but the server that it came from."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright
from stage import ZONE

if TYPE_CHECKING:
    from conftest import House

pytestmark = [pytest.mark.ui, pytest.mark.timeout(180)]

CLIENTS_OWN = "not an origin"
"""The initiator of what the browser asks for by itself, such as news of its extensions."""


def test_a_session_with_the_camera_contacts_its_own_server_only(
    serve: "Callable[..., House]", chromium_path: str, chromium_arguments: list[str], tmp_path: Path
) -> None:
    house = serve(LUMBAR_PROGRAMME="short-test")
    house.screened()
    log = tmp_path / "network.json"
    with sync_playwright() as playwright:
        arguments = [*chromium_arguments, f"--log-net-log={log}"]
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        page = chromium.new_page(timezone_id=ZONE)
        page.add_init_script("localStorage.setItem('lumbar.settings', JSON.stringify({camera: true}));")
        page.goto(house.url)
        with page.expect_websocket(timeout=60_000):
            page.get_by_role("link", name="Start").or_(page.get_by_role("button", name="Start")).first.click()
            page.locator("main.session-seeing").wait_for(timeout=60_000)
        page.wait_for_timeout(3_000)
        chromium.close()
    asked = list(_asked(json.loads(log.read_text())))
    ours = {urlsplit(url).path for url, _ in asked}
    assert {"/wasm/vision_wasm_module_internal.wasm", "/models/pose_landmarker_full.task", "/api/live"} <= ours
    here = urlsplit(house.url).netloc
    strangers = {url for url, initiator in asked if initiator != CLIENTS_OWN and urlsplit(url).netloc != here}
    assert strangers == set()


def _asked(log: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Address and initiator of every request. The page's own navigation has no initiator but our address."""
    begun = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    for event in log["events"]:
        params = event.get("params", {})
        if event["type"] == begun and params.get("url", "").startswith(("http", "ws")):
            yield params["url"], params.get("initiator", CLIENTS_OWN)
