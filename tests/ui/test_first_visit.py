"""What a first visit brings over the line, as a browser counts it, headers and all."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from first_visit import AHEAD, ASKED, MOST_KB, first_files
from playwright.sync_api import expect

from conftest import STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from conftest import House, Visit

pytestmark = [pytest.mark.ui]

NOT_AT_ONCE = {"/manifest.webmanifest", "/icons/apple-touch-icon.png"}
"""What a browser asks for when somebody installs the page."""

LANGUAGES = (("en-GB", "en"), ("es-ES", "es"))


@pytest.mark.parametrize(("locale", "language"), LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/welcome"])
def test_a_first_visit_is_light_and_is_what_we_think_it_is(
    serve: "Callable[..., House]", visit: "Callable[..., Visit]", path: str, locale: str, language: str
) -> None:
    house = serve()
    if path == "/":
        house.screened()
    seen = visit(house, locale=locale)
    network = seen.context.new_cdp_session(seen.page)
    network.send("Network.enable")
    asked: dict[str, str] = {}
    come: dict[str, int] = {}
    network.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: urlsplit(e["request"]["url"]).path})
    )
    network.on("Network.loadingFinished", lambda e: _add(come, asked[e["requestId"]], e["encodedDataLength"]))
    with ExitStack() as ahead:
        for name in AHEAD:
            ahead.enter_context(seen.page.expect_request_finished(partial(_is, f"/assets/{name}-")))
        seen.go(path)
    if path == "/":
        expect(seen.page.locator(".tile .figure-body").first).to_be_attached()
    seen.page.wait_for_load_state("networkidle")
    counted = {path, *first_files(STATIC.parent), *(one.format(language) for one in ASKED[path])}
    assert counted - set(come) <= NOT_AT_ONCE
    assert set(come) <= counted, "the page fetches what nobody has counted"
    assert sum(come.values()) <= MOST_KB * 1000
    assert seen.errors == []


def _is(path: str, request: "Request") -> bool:
    return path in request.url


def _add(to: dict[str, int], path: str, size: float) -> None:
    to[path] = to.get(path, 0) + int(size)
