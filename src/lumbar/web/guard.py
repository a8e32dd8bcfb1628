"""Local security, before anything else sees a request.

A page of some other origin can make a browser send requests to this machine, and a name that was rebound to this
machine's address makes them look like our own. So three things are asked for: a Host from a short list, no sign of
another origin, and, for the record, the cookie that only our own page was given. There are two doors, and each has its
own list and its own cookie: see `doors`.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumbar.catalog.words import Tongues, Words
from lumbar.core.message import say
from lumbar.web.doors import HOME_DOOR, Door, HomeDoor, OwnDoor, name_of
from lumbar.web.problems import Problem

log = logging.getLogger("lumbar.web")

NOT_ALLOWED = 1008

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "media-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """Refuses what does not come from our own page, limits bodies, and adds the security headers to every answer."""

    def __init__(
        self,
        app: ASGIApp,
        own: OwnDoor,
        home: HomeDoor | None,
        tongues: Tongues,
        most_bytes: int,
        larger: Mapping[str, int],
    ) -> None:
        """larger: paths that take larger bodies."""
        self._app = app
        self._own = own
        self._home = home
        self._tongues = tongues
        self._most_bytes = most_bytes
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        door = self._door(scope)
        refusal = self._refusal(door, scope, headers)
        if scope["type"] == "websocket":
            if refusal is None:
                await self._app(scope, _while_welcome(door, headers, receive, send), send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": NOT_ALLOWED})
            return
        guarded = self._guarded(door, scope, headers, send)
        if refusal is not None:
            status, message_id = refusal
            sent_to = door.sends_to(scope, headers) if status == HTTPStatus.UNAUTHORIZED else None
            answer = (
                Problem(self._in_words(scope), say(message_id), status)
                if sent_to is None
                else RedirectResponse(sent_to, HTTPStatus.SEE_OTHER)
            )
            await answer(scope, receive, guarded)
            return
        await self._answered(scope, self._limited(receive, self._most(scope)), guarded)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The app's answer; a bug in it becomes one sentence for the page and a page in the log for us."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            log.exception("unexpected error")
            if begun:
                raise
            problem = Problem(self._in_words(scope), say("error.unexpected"), HTTPStatus.INTERNAL_SERVER_ERROR)
            await problem(scope, receive, send)

    def _in_words(self, scope: Scope) -> Words:
        return self._tongues.of(Headers(scope=scope).get("accept-language"))

    def _door(self, scope: Scope) -> Door:
        """The door that a request came through. Who runs the server says so; no header can."""
        return self._home if scope.get(HOME_DOOR) and self._home is not None else self._own

    def _refusal(self, door: Door, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        path: str = scope["path"]
        host = headers.get("host", "")
        if not door.answers(scope, name_of(host)) or len(headers.getlist("host")) != 1:
            return HTTPStatus.MISDIRECTED_REQUEST, "error.host"
        if path.startswith("/api/") and not _from_our_page(headers, door.origins(host)):
            return HTTPStatus.FORBIDDEN, "error.origin"
        if not door.is_open(scope):
            asker = door.who(headers)
            if asker is None:
                return HTTPStatus.UNAUTHORIZED, door.closed
            scope.setdefault("state", {}).update(asker)
        if _length(headers) > self._most(scope):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large(scope)
        return None

    def _guarded(self, door: Door, scope: Scope, headers: Headers, send: Send) -> Send:
        given = door.gift(scope, headers)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("cache-control", "no-store")
                if given is not None and message["status"] < HTTPStatus.BAD_REQUEST:
                    answer.append("set-cookie", given)
            await send(message)

        return guarded

    def _most(self, scope: Scope) -> int:
        return self._larger.get(scope["path"], self._most_bytes)

    def _too_large(self, scope: Scope) -> str:
        return "error.too-large-file" if scope["path"] in self._larger else "error.too-large"

    def _limited(self, receive: Receive, most_bytes: int) -> Receive:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most_bytes:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        return limited


def _while_welcome(door: Door, headers: Headers, receive: Receive, send: Send) -> Receive:
    """What a socket hears, until whoever speaks is not let in any more."""

    async def welcome() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and door.who(headers) is None:
            await send({"type": "websocket.close", "code": NOT_ALLOWED})
            return {"type": "websocket.disconnect", "code": NOT_ALLOWED}
        return message

    return welcome


def _from_our_page(headers: Headers, ours: tuple[str, ...]) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.lower() in ours


def _length(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isdigit() and len(text) < 20 else 0
