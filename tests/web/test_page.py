"""The built page, file by file."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lumbar.app.house import House
from lumbar.web import WebSettings, create_app

PAGES = (
    "/",
    "/welcome",
    "/session",
    "/progress",
    "/exercises",
    "/exercises/plank",
    "/how",
    "/settings",
    "/data",
    "/about",
    "/packet",
    "/trust",
    "/phone",
    "/pair",
    "/who",
    "/people",
    "/review",
    "/flare",
    "/you",
    "/walk",
    "/told",
    "/day",
    "/desk",
    "/outcomes/rmdq-24",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_the_page(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "<title>lumbar</title>" in answer.text


@pytest.mark.parametrize(
    ("path", "kind", "forever"),
    [
        ("/assets/app-Bq3kX9aZ.js", "text/javascript; charset=utf-8", True),
        ("/assets/style-Cq3kX9aZ.css", "text/css; charset=utf-8", True),
        ("/wasm/vision_wasm_internal.wasm", "application/wasm", False),
        ("/wasm/vision_wasm_module_internal.mjs", "text/javascript; charset=utf-8", False),
        ("/models/pose_landmarker_full.task", "application/octet-stream", False),
        ("/manifest.webmanifest", "application/manifest+json", False),
    ],
)
def test_files_have_their_type_and_age(stranger: TestClient, path: str, kind: str, forever: bool) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert ("immutable" in answer.headers["cache-control"]) is forever
    assert stranger.head(path).status_code == 200


def test_a_file_that_has_not_changed_is_not_sent_again(stranger: TestClient, static: Path) -> None:
    path = "/models/pose_landmarker_full.task"
    tag = stranger.get(path).headers["etag"]
    again = stranger.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    (static / "models/pose_landmarker_full.task").write_text("another model")
    assert stranger.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt",
        "//etc/hostname.txt", "/assets/%00.js", "/.env", "/assets", "/assets/", "/nothing.js", "/secret.txt", "/index",
        "/" + "a" * 5_000 + ".js",
    ],
)  # fmt: skip
def test_nothing_outside_of_the_page_is_served(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert "not for you" not in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/exercises/plank/more", "/index"])
def test_an_address_that_is_none_shows_a_person_the_page_that_says_so(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == 404
    assert "<title>lumbar</title>" in answer.text


@pytest.mark.parametrize("path", ["/api/nowhere", "/nothing.js"])
def test_a_program_is_told_in_its_own_terms(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path, headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert "<title>" not in answer.text


def test_a_link_out_of_the_folder_leads_nowhere(stranger: TestClient, static: Path) -> None:
    (static / "leak.txt").symlink_to(static.parent / "secret.txt")
    assert stranger.get("/leak.txt").status_code == 404


def test_a_page_that_was_not_built_says_so(house: House, tmp_path: Path) -> None:
    client = TestClient(create_app(house, WebSettings("1", static=tmp_path / "none")), base_url="http://localhost")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make run" in answer.text
    assert answer.headers["content-security-policy"]
