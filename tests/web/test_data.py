"""The record out and in over HTTP."""

import gzip
import io
import json
import zipfile
from typing import Any

from pydantic import TypeAdapter
from starlette.testclient import TestClient

from lumbar.app.house import House
from lumbar.web import WebSettings, create_app, schemas
from lumbar.web.data import BackupOut, BackupsOut, BroughtOut, ErasedOut

BASE = "http://localhost:8420"


def fits(model: Any, answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    TypeAdapter(model).validate_json(answer.text)
    return answer.json()


def refused(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    problem = schemas.ProblemOut.model_validate_json(answer.text)
    assert problem.detail.endswith(".")
    return problem.message.id


def test_out_erase_and_back_in(healthy: TestClient) -> None:
    before = healthy.get("/api/today").json()
    file = healthy.get("/api/export")
    assert file.headers["content-disposition"] == 'attachment; filename="lumbar-2026-03-02.json"'
    assert file.headers["content-type"] == "application/json"
    assert file.headers["cache-control"] == "no-store"
    facts = file.json()["count"]
    assert facts == 4
    fits(BackupOut, healthy.post("/api/backups"))
    assert len(fits(BackupsOut, healthy.get("/api/backups"))["backups"]) == 1
    gone = fits(ErasedOut, healthy.post("/api/erase", json={"word": "erase"}))
    assert (gone["facts"], gone["backups"]) == (facts, 1)
    assert healthy.get("/api/today").json()["kind"] == "first-run"
    look = fits(BroughtOut, healthy.post("/api/import?preview=true", content=file.content))
    assert (look["new"], look["taken"]) == (facts, False)
    assert healthy.get("/api/today").json()["kind"] == "first-run"
    assert fits(BroughtOut, healthy.post("/api/import", content=gzip.compress(file.content)))["taken"]
    assert healthy.get("/api/today").json() == before
    assert fits(BroughtOut, healthy.post("/api/import", content=file.content))["new"] == 0


def test_tables(healthy: TestClient) -> None:
    file = healthy.get("/api/export?format=csv")
    assert file.headers["content-type"] == "application/zip"
    assert "screen-answered.csv" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    assert refused(healthy.get("/api/export?format=pdf"), 422) == "error.request"


def test_a_clinic_gets_the_language_that_was_asked_for(healthy: TestClient) -> None:
    asked = healthy.get("/api/export?format=fhir&language=es", headers={"accept-language": "en"}).json()
    told = healthy.get("/api/export?format=fhir", headers={"accept-language": "es"}).json()
    assert asked == told
    assert asked["language"] == "es"
    assert healthy.get("/api/export?format=fhir&language=xx").json()["language"] == "en"


def test_bad_files_change_nothing(healthy: TestClient) -> None:
    before = healthy.get("/api/export").json()["sha256"]
    for content, wanted in (
        (b"", "error.import-empty"),
        (b'{"format": "lumbar-record/9"}', "error.import-newer"),
        (healthy.get("/api/export").content[:-40], "error.import-cut"),
        (b"date,exercise,seconds\n2026-03-01,plank,=1\n", "error.import-cell"),
    ):
        assert refused(healthy.post("/api/import", content=content), 422) == wanted
    assert healthy.get("/api/export").json()["sha256"] == before


def test_another_household(healthy: TestClient, rules: Any) -> None:
    data = healthy.get("/api/export").json()
    foreign = {"format": "lumbar-record/1", "lumbar": "1", "exported_at": data["exported_at"], "person": "somebody"}
    fact = {**data["facts"][0], "id": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}
    line = json.dumps(fact, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    import hashlib

    file = {**foreign, "facts": [fact], "count": 1, "sha256": hashlib.sha256(line.encode()).hexdigest()}
    assert healthy.post("/api/import?preview=true", json=file).json()["other_person"]
    assert refused(healthy.post("/api/import", json=file), 409) == "error.import-other-person"
    assert fits(BroughtOut, healthy.post("/api/import?mine=true", json=file))["new"] == 1


def test_erasing_needs_the_word(healthy: TestClient) -> None:
    assert refused(healthy.post("/api/erase", json={"word": "yes"}), 422) == "error.erase-word"
    assert refused(healthy.post("/api/erase", json={}), 422) == "error.request"
    assert healthy.get("/api/export").json()["count"] == 4


def test_files_may_be_larger_than_requests_and_not_without_end(house: House, static: Any) -> None:
    app = create_app(house, WebSettings("1", static=static, most_bytes=1_000, most_import_bytes=5_000))
    page = TestClient(app, base_url=BASE)
    page.get("/")
    assert refused(page.post("/api/import", content=b"x" * 4_000), 422) == "error.import-columns"
    assert refused(page.post("/api/import", content=b"x" * 6_000), 413) == "error.too-large-file"
    assert page.post("/api/import", content=iter([b"x" * 3_000] * 3)).status_code == 413
    assert refused(page.post("/api/facts", content=b"x" * 4_000), 413) == "error.too-large"


def test_the_cookie_is_needed_for_all_of_it(stranger: TestClient) -> None:
    for method, path in (("GET", "/api/export"), ("POST", "/api/import"), ("GET", "/api/backups"),
                         ("POST", "/api/backups"), ("POST", "/api/erase")):  # fmt: skip
        assert stranger.request(method, path).status_code == 401
