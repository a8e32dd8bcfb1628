"""Local security, before anything else sees a request.

A page of some other origin can make a browser send requests to this machine, and a name that was rebound to this
machine's address makes them look like our own. So three things are asked for: a Host from a short list, no sign of
another origin, and, for the record, the cookie that only our own page was given.
"""

import logging
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumbar.app.ports import Access
from lumbar.catalog.words import Words
from lumbar.core.message import say
from lumbar.web.problems import Problem

log = logging.getLogger("lumbar.web")

_COOKIE = "lumbar_session"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

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

_OPEN = ("/healthz", "/api/openapi.json", "/api/words/")
"""Answered without the cookie: they tell nothing about anybody."""


class Guard:
    """Refuses what does not come from our own page, limits bodies, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, access: Access, words: Words, names: Iterable[str], most_bytes: int) -> None:
        self._app = app
        self._access = access
        self._words = words
        self._names = LOCAL_NAMES | {name.lower() for name in names}
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            if refusal is None:
                await self._app(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            return
        guarded = self._guarded(scope, headers, send)
        if refusal is not None:
            status, message_id = refusal
            await Problem(self._words, say(message_id), status)(scope, receive, guarded)
            return
        await self._answered(scope, self._limited(receive), guarded)

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
            await Problem(self._words, say("error.unexpected"), HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        path: str = scope["path"]
        host = headers.get("host", "")
        if _name_of(host) not in self._names or len(headers.getlist("host")) != 1:
            return HTTPStatus.MISDIRECTED_REQUEST, "error.host"
        for_record = path.startswith("/api/")
        if for_record and not _from_our_page(headers, host):
            return HTTPStatus.FORBIDDEN, "error.origin"
        if for_record and not path.startswith(_OPEN):
            person = self._access.who(_cookie(headers, host))
            if person is None:
                return HTTPStatus.UNAUTHORIZED, "error.no-session"
            scope.setdefault("state", {})["person"] = person
        if _length(headers) > self._most_bytes:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "error.too-large"
        return None

    def _guarded(self, scope: Scope, headers: Headers, send: Send) -> Send:
        host = headers.get("host", "")
        fresh = _gives_cookie(scope) and self._access.who(_cookie(headers, host)) is None
        given = f"{_cookie_name(host)}={self._access.admit()}; HttpOnly; SameSite=Strict; Path=/"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("cache-control", "no-store")
                if fresh and message["status"] < HTTPStatus.BAD_REQUEST:
                    answer.append("set-cookie", given)
            await send(message)

        return guarded

    def _limited(self, receive: Receive) -> Receive:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most_bytes:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        return limited


def _gives_cookie(scope: Scope) -> bool:
    """Pages give it, and the words do: they are the first thing that a page from the browser's cache asks for."""
    path: str = scope["path"]
    if scope["method"] != "GET" or path == "/healthz":
        return False
    return path.startswith("/api/words/") or not (path.startswith("/api/") or "." in path)


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _from_our_page(headers: Headers, host: str) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _cookie_name(host: str) -> str:
    """Cookies know no ports, and two servers of one machine must not take each other's away."""
    port = host.rpartition(":")[2]
    return f"{_COOKIE}_{port}" if ":" in host and port.isdigit() else _COOKIE


def _cookie(headers: Headers, host: str) -> str | None:
    wanted = _cookie_name(host)
    for line in headers.getlist("cookie"):
        for pair in line.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == wanted:
                return value
    return None


def _length(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isdigit() and len(text) < 20 else 0
