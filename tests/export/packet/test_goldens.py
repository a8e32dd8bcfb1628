"""The words on paper, parsed and compared with what a reader went through once: each language, a full record, an almost
empty one, and names in other scripts. With LUMBAR_WRITE_GOLDEN set they are written anew, to be read before they are
committed."""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lumbar.catalog import Catalogue
from lumbar.catalog.words import languages, shipped_tongues
from lumbar.export.handout_pdf import handout_pdf
from lumbar.export.packet_pdf import packet_pdf

GOLDEN = Path(__file__).parent / "golden"
NAMES = {
    "cyrillic": "Иван Петров",
    "greek": "Ελένη Παππά",
    "armenian": "Գոռ",
    "georgian": "გიორგი",
    "latin": "Łukasz Đặng",
}


def words_of(content: bytes) -> list[list[str]]:
    """The words of each page, in the order in which they are drawn."""
    return [(page.extract_text() or "").split() for page in PdfReader(BytesIO(content)).pages]


@pytest.fixture
def named(life: Any) -> Any:
    """Some weeks, with a name and words of another script than the language's own."""
    life.screen(C3="yes").describe(name=NAMES["cyrillic"], birth_year=1980, goal="Поднять сына; Σήκωμα")
    life.tell("usual-walk-told", minutes=20)
    return life.train(10)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["life", "named", "full"])
@pytest.mark.parametrize("what", ["packet", "handout"])
def test_paper_reads_as_the_golden(what: str, kind: str, language: str, request: Any, catalogue: Catalogue) -> None:
    packet, words = request.getfixturevalue(kind).packet, shipped_tongues().of(language)
    draw = packet_pdf if what == "packet" else handout_pdf
    found = words_of(draw(packet, catalogue.exercises, words))
    path = GOLDEN / f"{what}-{kind}.{language}.json"
    if os.environ.get("LUMBAR_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        lines = [" ".join(page) for page in found]
        path.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert [" ".join(page) for page in found] == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_another_script_stands_on_both_papers(
    script: str, language: str, life: Any, catalogue: Catalogue
) -> None:
    packet, words = life.describe(name=NAMES[script]).packet, shipped_tongues().of(language)
    for draw in (packet_pdf, handout_pdf):
        first = " ".join(words_of(draw(packet, catalogue.exercises, words))[0])
        assert all(part in first for part in NAMES[script].split() if "Đ" not in part)
