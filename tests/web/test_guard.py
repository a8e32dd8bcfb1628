"""Who is let in, and what every answer carries."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lumbar.app.house import House
from lumbar.web import WebSettings, create_app

COOKIE = "lumbar_session"
LIVE = "ws://localhost:8420/api/live"  # in full, for the client would take another host for a socket

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/today", "/api/words/en", "/nothing", "/assets/app-Bq3kX9aZ.js"]
)
def test_every_answer_carries_the_security_headers(page: TestClient, path: str) -> None:
    headers = page.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_refusals_carry_them_too(stranger: TestClient) -> None:
    for answer in (stranger.get("/", headers={"host": "evil.example"}), stranger.get("/api/today")):
        assert answer.status_code >= 400
        assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:5173", "127.0.0.1:8420", "[::1]", "[::1]:8420", "LOCALHOST:1"]
)
def test_this_machines_names_are_answered(stranger: TestClient, host: str) -> None:
    assert stranger.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "evil.example:8420", "127.0.0.1.nip.io", "localhost@evil", "::1"],
)
def test_a_rebound_name_is_refused_everywhere(page: TestClient, host: str) -> None:
    for path in ("/", "/healthz", "/api/today", "/assets/app-Bq3kX9aZ.js"):
        answer = page.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert answer.json()["message"]["id"] == "error.host"
        assert "set-cookie" not in answer.headers


def test_a_configured_name_is_answered(house: House) -> None:
    client = TestClient(create_app(house, WebSettings("1", names=("Box.local",))), base_url="http://box.local:8420")
    assert client.get("/healthz").status_code == 200


def test_the_page_gives_a_cookie_that_scripts_and_other_sites_cannot_use(stranger: TestClient) -> None:
    for path in ("/", "/session", "/exercises/plank", "/api/words/en"):
        cookie = TestClient(stranger.app, base_url="http://localhost").get(path).headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}=secret-token;")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_a_good_cookie_is_not_given_again(page: TestClient) -> None:
    assert "set-cookie" not in page.get("/").headers


@pytest.mark.parametrize("path", ["/healthz", "/assets/app-Bq3kX9aZ.js", "/nothing.png", "/api/exercises"])
def test_nothing_else_gives_it(stranger: TestClient, path: str) -> None:
    assert "set-cookie" not in stranger.get(path).headers


@pytest.mark.parametrize(
    "path",
    [
        "/api/today",
        "/api/screening",
        "/api/history",
        "/api/sessions/current",
        "/api/exercises",
        "/api/figures/plank",
        "/api/stills",
        "/api/validation",
    ],
)
@pytest.mark.parametrize("cookie", [None, "", "wrong", "secret-tokenx", "ä"])
def test_the_record_needs_the_cookie(stranger: TestClient, path: str, cookie: str | None) -> None:
    headers = {} if cookie is None else {"cookie": f"{COOKIE}={cookie}".encode()}
    answer = stranger.get(path, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_writing_needs_it_before_anything_is_read(stranger: TestClient) -> None:
    assert stranger.post("/api/facts", content=b"{").status_code == 401


def test_words_the_interface_and_health_need_none(stranger: TestClient) -> None:
    for path in ("/api/words/en", "/api/openapi.json", "/healthz"):
        assert stranger.get(path).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://localhost.evil.example:8420"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://localhost:8420", "sec-fetch-site": "cross-site"},
    ],
)
def test_another_origin_is_refused_even_with_the_cookie(page: TestClient, headers: dict[str, str]) -> None:
    for answer in (
        page.get("/api/today", headers=headers),
        page.get("/api/words/en", headers=headers),
        page.post("/api/facts", json={"facts": []}, headers=headers),
    ):
        assert answer.status_code == 403
        assert answer.json()["message"]["id"] == "error.origin"
    with pytest.raises(WebSocketDisconnect), page.websocket_connect(LIVE, headers=headers):
        pass


def test_our_own_origin_is_not(page: TestClient) -> None:
    headers = {"origin": "http://localhost:8420", "sec-fetch-site": "same-origin"}
    assert page.get("/api/today", headers=headers).status_code == 200
    with page.websocket_connect(LIVE, headers=headers):
        pass


def test_the_socket_needs_cookie_and_host(stranger: TestClient, page: TestClient) -> None:
    nobody = TestClient(stranger.app, base_url="http://localhost:8420")
    with pytest.raises(WebSocketDisconnect), nobody.websocket_connect(LIVE):
        pass
    with pytest.raises(WebSocketDisconnect), page.websocket_connect(LIVE, headers={"host": "evil.example"}):
        pass


def test_a_large_body_is_refused_whether_it_says_so_or_not(page: TestClient) -> None:
    large = b'{"facts": [' + b" " * 1_100_000 + b"]}"
    headers = {"content-type": "application/json"}
    assert page.post("/api/facts", content=large, headers=headers).status_code == 413
    pieces = (large[i : i + 65_536] for i in range(0, len(large), 65_536))
    answer = page.post("/api/facts", content=pieces, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["message"]["id"] == "error.too-large"


def test_nothing_about_a_person_is_cached(page: TestClient) -> None:
    for path in ("/api/today", "/api/history", "/api/screening"):
        assert page.get(path).headers["cache-control"] == "no-store"
