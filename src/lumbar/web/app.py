"""The web application: routes, problems, the live socket and the page, behind the guard."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import FastAPI, WebSocket
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from lumbar.app.house import House
from lumbar.app.pairing import Pairing
from lumbar.app.ports import HomeNetwork
from lumbar.web.api import catalogue_routes, record_routes
from lumbar.web.asking import who_asks
from lumbar.web.calendar import calendar_routes
from lumbar.web.data import IMPORT_PATH, MOST_IMPORT_BYTES, data_routes
from lumbar.web.desk import desk_routes
from lumbar.web.doors import HOME_DOOR, HomeDoor, OwnDoor
from lumbar.web.experts import expert_routes
from lumbar.web.guard import Guard
from lumbar.web.lan import lan_routes
from lumbar.web.live import Conversation
from lumbar.web.methods import methods_of
from lumbar.web.page import STATIC, serve_page
from lumbar.web.people import people_routes
from lumbar.web.problems import describe_problems, handle_problems


@dataclass(frozen=True, slots=True)
class WebSettings:
    """names: Host names to answer to besides the local ones. most_bytes: the largest body; most_import_bytes: the
    largest file that is brought in."""

    version: str
    names: Iterable[str] = ()
    most_bytes: int = 1_048_576
    most_import_bytes: int = MOST_IMPORT_BYTES
    static: Path = STATIC


_SHORT = 1024
"""Bytes that are not worth squeezing."""

_SQUEEZED = 6
_AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream", "application/pdf", "application/wasm")
"""The models and their runtime are large, hardly get smaller, and somebody waits for them with the camera on."""


@dataclass(frozen=True, slots=True)
class Lan:
    """The household's other devices. network: None while they are not served. near: whether an address may ask."""

    pairing: Pairing
    network: HomeNetwork | None
    near: Callable[[str], bool]


def create_app(house: House, settings: WebSettings, lan: Lan | None = None) -> FastAPI:
    """The application. It starts nothing and opens nothing. lan: None leaves out all that is for other devices."""
    tongues = house.rules.tongues
    app = FastAPI(
        title="lumbar",
        version=settings.version,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.add_middleware(GZipMiddleware, minimum_size=_SHORT, compresslevel=_SQUEEZED, exclude_content_types=_AS_THEY_ARE)
    app.state.threshold = house.threshold
    own = OwnDoor(house.access, settings.names)
    home = None if lan is None or lan.network is None else HomeDoor(lan.pairing, lan.network, lan.near)
    app.add_middleware(
        Guard,
        own=own,
        home=home,
        tongues=tongues,
        most_bytes=settings.most_bytes,
        larger={IMPORT_PATH: settings.most_import_bytes},
    )
    methods = methods_of(lambda: app.openapi())
    handle_problems(app, tongues, methods)
    app.include_router(record_routes(house, settings.version))
    app.include_router(catalogue_routes(house))
    app.include_router(people_routes(house))
    app.include_router(data_routes(house))
    app.include_router(expert_routes(house))
    app.include_router(desk_routes(house.page_desk))
    app.include_router(calendar_routes(house))
    if lan is not None:
        app.include_router(lan_routes(lan.pairing, lan.network, house.show_calendar.keys))

    @app.websocket("/api/live")
    async def live(socket: WebSocket) -> None:
        await Conversation(socket, house, lambda: who_asks(socket)).run()

    serve_page(app, tongues, methods, settings.static)
    plain = app.openapi
    described = cache(lambda: describe_problems(plain()))
    app.openapi = described  # type: ignore[method-assign]
    return app


def from_home(app: ASGIApp) -> ASGIApp:
    """The same application behind its other door: what comes through here comes from the home network."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, HOME_DOOR: True}, receive, send)

    return marked
