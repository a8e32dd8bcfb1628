"""The web application: routes, problems, the live socket and the page, behind the guard."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import FastAPI, WebSocket

from lumbar.app.house import House
from lumbar.web.api import catalogue_routes, record_routes
from lumbar.web.guard import Guard
from lumbar.web.live import Conversation
from lumbar.web.page import STATIC, serve_page
from lumbar.web.problems import describe_problems, handle_problems


@dataclass(frozen=True, slots=True)
class WebSettings:
    """names: Host names to answer to besides the local ones. most_bytes: the largest body."""

    version: str
    names: Iterable[str] = ()
    most_bytes: int = 1_048_576
    static: Path = STATIC


def create_app(house: House, settings: WebSettings) -> FastAPI:
    """The application. It starts nothing and opens nothing."""
    words = house.rules.words
    app = FastAPI(
        title="lumbar",
        version=settings.version,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.add_middleware(
        Guard, access=house.access, words=words, names=tuple(settings.names), most_bytes=settings.most_bytes
    )
    handle_problems(app, words)
    app.include_router(record_routes(house, settings.version))
    app.include_router(catalogue_routes(house))

    @app.websocket("/api/live")
    async def live(socket: WebSocket) -> None:
        await Conversation(socket, house, socket.state.person).run()

    serve_page(app, words, settings.static)
    plain = app.openapi
    described = cache(lambda: describe_problems(plain()))
    app.openapi = described  # type: ignore[method-assign]
    return app
