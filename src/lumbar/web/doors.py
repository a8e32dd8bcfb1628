"""The two doors: this machine's own, and the one to the home network.

Through its own door the machine's user comes in as ever: the page gives the cookie that the record wants. Through the
home door nobody comes in without having brought a code once: without the cookie that the code was exchanged for nothing
is answered but what it takes to ask for the code, and the calendar to whoever has its key. Neither cookie opens the
other door.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPMethod
from typing import Any, Protocol

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from lumbar.app.pairing import Guest, Pairing
from lumbar.app.ports import Access, HomeNetwork

HOME_DOOR = "lumbar.home-door"
"""Set in the scope of what came from the home network."""

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

CERTIFICATE_PATHS = ("/api/lan/certificate.crt", "/api/lan/certificate.mobileconfig")
PAIR_PAGE = "/pair"
PAIR_PATH = "/api/lan/pair"
CALENDAR_FEED = "/calendar.ics"

_OWN_COOKIE = "lumbar_session"
_HOME_COOKIE = "__Host-lumbar_device"
_PERSON_COOKIE = "lumbar_person"
_COOKIE_LIFE_S = 400 * 86_400
"""The longest that browsers keep one; each visit begins it anew."""

_OPEN = ("/healthz", "/api/openapi.json", "/api/words/")
"""Answered at our own door without the cookie: they tell nothing about anybody."""

_OPEN_AT_HOME = frozenset({PAIR_PAGE, "/manifest.webmanifest", CALENDAR_FEED, *CERTIFICATE_PATHS})
_OPEN_AT_HOME_BELOW = ("/assets/", "/icons/", "/api/words/")
"""Answered at the home door without the cookie: the page that asks for the code, what it is made of, and the calendar:
a phone's calendar has no cookie, and the key in the feed's address alone opens it, at either door."""


class Door(Protocol):
    """What a door asks of those who come through it."""

    closed: str
    """The message for whoever brings no credential."""

    def answers(self, scope: Scope, name: str) -> bool:
        """Whether a Host name is one of ours, and whoever asks is where they may be."""

    def origins(self, host: str) -> tuple[str, ...]:
        """The origins that our own pages have here."""

    def is_open(self, scope: Scope) -> bool:
        """Whether this is answered to everybody."""

    def who(self, headers: Headers) -> Mapping[str, Any] | None:
        """Who asks, as the routes find it in the request's state; None for nobody."""

    def gift(self, scope: Scope, headers: Headers) -> str | None:
        """A cookie to give along, in full."""

    def sends_to(self, scope: Scope, headers: Headers) -> str | None:
        """Where a person who was refused is sent; None: they are told."""


class OwnDoor:
    """The door of this machine: whoever can load the page is of the household."""

    closed = "error.no-session"

    def __init__(self, access: Access, names: Iterable[str]) -> None:
        self._access = access
        self._names = LOCAL_NAMES | {name.lower() for name in names}

    def answers(self, scope: Scope, name: str) -> bool:  # noqa: ARG002
        return name in self._names

    def origins(self, host: str) -> tuple[str, ...]:
        return (f"http://{host.lower()}", f"https://{host.lower()}")

    def is_open(self, scope: Scope) -> bool:
        path: str = scope["path"]
        return not path.startswith("/api/") or path.startswith(_OPEN)

    def who(self, headers: Headers) -> Mapping[str, Any] | None:
        admitted = self._access.admits(cookie(headers, cookie_name(_OWN_COOKIE, headers)))
        return {"device": None} if admitted else None

    def gift(self, scope: Scope, headers: Headers) -> str | None:
        if not _is_page(scope) or self.who(headers) is not None:
            return None
        return f"{cookie_name(_OWN_COOKIE, headers)}={self._access.admit()}; HttpOnly; SameSite=Strict; Path=/"

    def sends_to(self, scope: Scope, headers: Headers) -> str | None:  # noqa: ARG002
        return None


class HomeDoor:
    """The door to the home network: for devices that were let in by a code, at the served names, from near by."""

    closed = "error.not-paired"

    def __init__(self, pairing: Pairing, network: HomeNetwork, near: Callable[[str], bool]) -> None:
        self._pairing = pairing
        self._network = network
        self._near = near

    def answers(self, scope: Scope, name: str) -> bool:
        client = scope.get("client")
        if client is None or not self._near(client[0]):
            return False
        names = self._network.names()
        return "*" not in name and (name in names or f"*.{name.partition('.')[2]}" in names)

    def origins(self, host: str) -> tuple[str, ...]:
        return (f"https://{host.lower()}",)

    def is_open(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if scope["type"] != "http":
            return False
        if path == PAIR_PATH:
            return bool(scope["method"] == HTTPMethod.POST)
        reads = scope["method"] in (HTTPMethod.GET, HTTPMethod.HEAD)
        return reads and (path in _OPEN_AT_HOME or (path.startswith(_OPEN_AT_HOME_BELOW) and ".." not in path))

    def who(self, headers: Headers) -> Mapping[str, Any] | None:
        guest = self._guest(headers)
        return None if guest is None else {"device": guest.device}

    def gift(self, scope: Scope, headers: Headers) -> str | None:
        """The same cookie for another while, to a device that opens a page."""
        if not _is_page(scope) or self._guest(headers) is None:
            return None
        return device_cookie(headers, cookie(headers, cookie_name(_HOME_COOKIE, headers)) or "")

    def sends_to(self, scope: Scope, headers: Headers) -> str | None:
        path: str = scope["path"]
        visit = scope["method"] == HTTPMethod.GET and "text/html" in headers.get("accept", "")
        return PAIR_PAGE if visit and not path.startswith("/api/") else None

    def _guest(self, headers: Headers) -> Guest | None:
        return self._pairing.who(cookie(headers, cookie_name(_HOME_COOKIE, headers)))


def device_cookie(headers: Headers, credential: str) -> str:
    """The cookie that lets a device in, in full. Its name makes browsers insist on Secure, this host and no other."""
    name = cookie_name(_HOME_COOKIE, headers)
    return f"{name}={credential}; Max-Age={_COOKIE_LIFE_S}; Secure; HttpOnly; SameSite=Strict; Path=/"


def person_token(connection: HTTPConnection) -> str | None:
    """The token of whoever was chosen last in this browser."""
    return cookie(connection.headers, _person_cookie(connection))


def person_cookie(connection: HTTPConnection, token: str | None, *, lasting: bool = True) -> str:
    """The cookie that keeps the choice, in full; without a token the one that forgets it. lasting: beyond the browser's
    end."""
    secure = "; Secure" if connection.scope.get(HOME_DOOR) else ""
    age = "; Max-Age=0" if token is None else f"; Max-Age={_COOKIE_LIFE_S}" if lasting else ""
    return f"{_person_cookie(connection)}={token or ''}{age}{secure}; HttpOnly; SameSite=Strict; Path=/"


def _person_cookie(connection: HTTPConnection) -> str:
    prefix = "__Host-" if connection.scope.get(HOME_DOOR) else ""
    return cookie_name(f"{prefix}{_PERSON_COOKIE}", connection.headers)


def name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def cookie_name(stem: str, headers: Headers) -> str:
    """Cookies know no ports, and two servers of one machine must not take each other's away."""
    host = headers.get("host", "")
    port = host.rpartition(":")[2]
    return f"{stem}_{port}" if ":" in host and port.isdigit() else stem


def cookie(headers: Headers, wanted: str) -> str | None:
    """A cookie's value."""
    for line in headers.getlist("cookie"):
        for pair in line.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == wanted:
                return value
    return None


def _is_page(scope: Scope) -> bool:
    """Pages give the cookie, and the words do: a page from the browser's cache asks for them first."""
    path: str = scope["path"]
    if scope["type"] != "http" or scope["method"] != HTTPMethod.GET or path == "/healthz":
        return False
    return path.startswith("/api/words/") or not (path.startswith("/api/") or "." in path)
