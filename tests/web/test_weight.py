"""What a first visit to today's page brings over the line."""

import re
from pathlib import Path

import pytest
from first_visit import AHEAD, ASKED, LATIN, MOST_KB, first_files
from fontTools.ttLib import TTFont
from starlette.testclient import TestClient

from lumbar.catalog.words import languages
from lumbar.web.page import STATIC
from page_fonts import FEATURES, WEIGHT

OWN_KB = 130
"""What has to be there before anything is shown, fonts included, as it comes over the line: what `index.html` names,
without the other pages, which are fetched ahead once the first one stands."""


def carried(client: TestClient, path: str) -> int:
    """Bytes of an answer as a browser gets them."""
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.status_code == 200, path
        return sum(len(piece) for piece in answer.iter_raw())


@pytest.fixture
def static() -> Path:
    """The page as it was built."""
    if not (STATIC / "index.html").exists():
        pytest.skip("the page is not built")
    return STATIC


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("shown", ASKED)
def test_a_first_visit_is_light(healthy: TestClient, static: Path, language: str, shown: str) -> None:
    """That a browser fetches this and nothing else is looked at in one."""
    files = [shown, *first_files(static)]
    assert sum(name.endswith(".woff2") for name in files) == 2
    assert {Path(name).suffix for name in files} > {".js", ".css", ".svg"}
    weights = {name: carried(healthy, name) for name in files}
    ahead = {name for name in weights if Path(name).name.partition("-")[0] in AHEAD}
    assert ahead
    assert sum(weight for name, weight in weights.items() if name not in ahead) <= OWN_KB * 1000
    asked = [path.format(language) for path in ASKED[shown]]
    assert sum(weights.values()) + sum(carried(healthy, path) for path in asked) <= MOST_KB * 1000


def test_small_pictures_are_lighter_than_one_that_moves(page: TestClient) -> None:
    assert carried(page, "/api/stills") < carried(page, "/api/figures/chest-stretch")


@pytest.mark.parametrize(
    ("path", "squeezed"), [("/api/words/en", True), ("/models/models.json", False), ("/healthz", False)]
)
def test_what_is_long_and_plain_is_squeezed(page: TestClient, path: str, squeezed: bool) -> None:
    answer = page.get(path, headers={"accept-encoding": "gzip"})
    assert (answer.headers.get("content-encoding") == "gzip") is squeezed
    assert "content-encoding" not in page.get(path, headers={"accept-encoding": "identity"}).headers


@pytest.mark.parametrize("path", ["/api/words/en", "/api/figures/plank", "/api/exercises", "/licences.txt"])
def test_an_answer_is_whole_however_often_it_is_asked_for(page: TestClient, path: str) -> None:
    plain = page.get(path, headers={"accept-encoding": "identity"})
    for _ in range(2):
        squeezed = page.get(path, headers={"accept-encoding": "gzip"})
        assert squeezed.headers["content-encoding"] == "gzip"
        assert squeezed.content == plain.content
        assert int(squeezed.headers["content-length"]) < len(plain.content) == int(plain.headers["content-length"])


@pytest.mark.parametrize("path", ["/wasm/vision_wasm_module_internal.wasm", "/models/pose_landmarker_lite.task"])
def test_the_models_come_as_they_are(page: TestClient, path: str) -> None:
    """Somebody waits for them with the camera on, and squeezing takes longer than it saves."""
    with page.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        assert "content-encoding" not in answer.headers


def test_the_display_face_varies_in_its_size_alone(static: Path) -> None:
    """The page sets it in one weight; the others made it twice as heavy."""
    (face,) = (path for path in (static / "assets").iterdir() if LATIN.search(path.name) and "bricolage" in path.name)
    font = TTFont(face)
    assert [axis.axisTag for axis in font["fvar"].axes] == ["opsz"]
    assert font["OS/2"].usWeightClass == WEIGHT
    styles = "".join(path.read_text() for path in (static / "assets").glob("*.css"))
    kept = {record.FeatureTag for name in ("GSUB", "GPOS") for record in font[name].table.FeatureList.FeatureRecord}
    assert {"kern", "tnum"} <= kept <= set(FEATURES)
    asked = re.findall(r"font:(\d+) [^;}]*var\(--display\)", styles)
    assert set(asked) == {str(WEIGHT)}
