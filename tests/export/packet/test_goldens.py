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
from lumbar.catalog.words import languages, shipped_words
from lumbar.core.message import say
from lumbar.export.handout_pdf import handout_pdf
from lumbar.export.packet_pdf import packet_pdf

from .conftest import PROGRAMME

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


LONG = "Stop a little earlier than you could, and breathe out slowly while you hold. " * 5
"""As long as a note may be, or nearly."""


KNEES = "Knees down on bad days. Not on Monday after work; Friday is fine. El lunes no; el viernes sí."
"""With the names of days, which a date on paper leaves out and a reviewer's own words keep."""


@pytest.fixture
def noted(life: Any) -> Any:
    """A reviewer who wrote something about the whole, about some exercises, and at length about one."""
    life.screen().describe(name="Ana Ruiz").train(10)
    notes = {"plank": KNEES, "side-plank": LONG.strip(), "chest-stretch": "Без боли."}
    changes = {exercise: {"note": note} for exercise, note in notes.items()}
    told = {"by_whom": "Lea Ott", "profession": "physiotherapist", "examined": True, "decision": "with-changes"}
    return life.tell("review-recorded", **told, reviewed_on="2026-03-10", changes=changes, note="Walk after work.")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_reviewers_notes_stand_where_they_apply(size: str, language: str, noted: Any, catalogue: Catalogue) -> None:
    words = shipped_words(language)
    pages = words_of(handout_pdf(noted.packet, catalogue.exercises, words, size=size))
    as_the_golden(pages, f"handout-noted-{size}.{language}.json")
    plan = " ".join(word for page in pages[:-1] for word in page)
    names = {one: plan.index(words.written(say(f"{one}.name"))) for one in ("plank", "side-plank", "chest-stretch")}
    after = sorted((at, one) for one, at in names.items())
    for text, exercise in ((KNEES, "plank"), (LONG.strip(), "side-plank"), ("Без боли.", "chest-stretch")):
        at = plan.index(text)
        assert [one for place, one in after if place < at][-1] == exercise
    assert plan.index("Walk after work.") < min(names.values())


def test_more_notes_than_a_page_holds_take_another_one(life: Any, catalogue: Catalogue) -> None:
    life.screen().train(4)
    changes = {one: {"note": f"{one} {LONG}".strip()[:400]} for one in PROGRAMME.exercises}
    told = {"by_whom": "Lea Ott", "profession": "physiotherapist", "examined": True, "decision": "with-changes"}
    life.tell("review-recorded", **told, reviewed_on="2026-03-04", changes=changes, note="x" * 400)
    shown = [row.exercise for row in life.packet.rows if row.note is not None]
    assert len(shown) > 5
    for size in ("a4", "letter"):
        pages = words_of(handout_pdf(life.packet, catalogue.exercises, shipped_words("en"), size=size))
        assert len(pages) == 3
        plan = " ".join(word for page in pages[:-1] for word in page)
        assert "…" not in plan
        assert all(changes[one]["note"] in plan for one in shown)
        assert "x" * 60 in plan


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["life", "named", "full"])
@pytest.mark.parametrize("what", ["packet", "handout"])
def test_paper_reads_as_the_golden(what: str, kind: str, language: str, request: Any, catalogue: Catalogue) -> None:
    packet, words = request.getfixturevalue(kind).packet, shipped_words(language)
    draw = packet_pdf if what == "packet" else handout_pdf
    found = words_of(draw(packet, catalogue.exercises, words))
    as_the_golden(found, f"{what}-{kind}.{language}.json")


def as_the_golden(found: list[list[str]], name: str) -> None:
    """These pages, as they were read once."""
    path = GOLDEN / name
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
    packet, words = life.describe(name=NAMES[script]).packet, shipped_words(language)
    for draw in (packet_pdf, handout_pdf):
        first = " ".join(words_of(draw(packet, catalogue.exercises, words))[0])
        assert all(part in first for part in NAMES[script].split() if "Đ" not in part)
