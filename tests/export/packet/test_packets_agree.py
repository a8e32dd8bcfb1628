"""The packet as text, on paper and on a screen tells the same facts, in each language, whatever the record holds."""

import re
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from lumbar.catalog import Catalogue
from lumbar.catalog.words import Words, languages, shipped_words
from lumbar.cli.packet import lines
from lumbar.export.packet_html import packet_html
from lumbar.export.packet_pdf import packet_pdf
from lumbar.export.sheet import sheet_json, sheet_of

BOUND = {"packet": "0123", "person": "p", "digest": "d", "key": "00" * 32, "made_on": "2026-03-02"}


class Shown(HTMLParser):
    """The text of a page, entities read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def squeezed(text: str) -> str:
    """Text without its spaces: paper breaks lines, and a screen's table has none."""
    return "".join(text.split())


def told(made: Any, catalogue: Catalogue, words: Words) -> dict[str, str]:
    """What each packet tells, by its form."""
    page = Shown(packet_html(made, catalogue.exercises, words, bound=BOUND)).text
    paper = PdfReader(BytesIO(packet_pdf(made, catalogue.exercises, words)))
    assert len(paper.pages) == 3
    return {
        "text": squeezed("\n".join(lines(made, catalogue.exercises, words))),
        "html": squeezed(page),
        "pdf": squeezed("".join(sheet.extract_text() for sheet in paper.pages)),
    }


@pytest.fixture
def middle(life: Any) -> Any:
    """Some weeks, a goal, one score, a measured week to come, a usual walk, and a packet that was given before."""
    life.screen(C3="yes").describe(name="Ana Ruiz", birth_year=1980, goal="Lift my son")
    life.tell("usual-walk-told", minutes=20)
    life.train(10)
    shown = [{"exercise": "plank", "rung": "forearm", "sets": 2, "hold_s": 5, "load_kg": 0.0, "closed": False}]
    life.tell("packet-made", packet="0" * 16, digest="d", key="00" * 32, answer_by="2026-06-01", catalogue="home",
              rules="1", shown=shown)  # fmt: skip
    return life.train(4)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["life", "middle", "full"])
def test_three_packets_tell_the_same(kind: str, language: str, request: Any, catalogue: Catalogue) -> None:
    made, words = request.getfixturevalue(kind).packet, shipped_words(language)
    sheet, found = sheet_of(made, catalogue.exercises, words), told(made, catalogue, words)
    for name, text in found.items():
        missing = [fact for fact in sheet.facts if squeezed(fact) not in text]
        assert missing == [], name


def test_a_first_hold_that_is_measured_is_told_as_such(life: Any, catalogue: Catalogue, words: Words) -> None:
    made = life.screen().packet
    sheet = sheet_of(made, catalogue.exercises, words)
    doses = {line.exercise: line.dose for line in sheet.lines}
    assert doses["plank"] == "first hold measured, then one more, every 2 days"
    assert all("5 s" not in dose for dose in doses.values())


def test_the_walk_has_its_row_where_the_plan_has_one(life: Any, catalogue: Catalogue, words: Words) -> None:
    assert sheet_of(life.packet, catalogue.exercises, words).walk is None
    life.screen()
    assert sheet_of(life.packet, catalogue.exercises, words).walk == (
        "Walking", "not told yet, 5 days a week", "walked on 0 of the last 7 days", "begins with the usual walk",
    )  # fmt: skip
    life.tell("usual-walk-told", minutes=20)
    walk = sheet_of(life.packet, catalogue.exercises, words).walk
    assert walk is not None
    assert walk[1:] == ("20\u00a0min, 5 days a week", "walked on 0 of the last 7 days", "+5\u00a0min after a good week")


@pytest.mark.parametrize("kind", ["life", "middle", "full"])
def test_file_and_screen_draw_the_same_curves(kind: str, request: Any, catalogue: Catalogue, words: Words) -> None:
    made = request.getfixturevalue(kind).packet
    curves = sheet_json(sheet_of(made, catalogue.exercises, words))["curves"]
    page = packet_html(made, catalogue.exercises, words, bound=BOUND)
    drawn = [
        [tuple(map(float, point.split(","))) for point in points.split()]
        for points in re.findall("class='curve' points='([^']*)'", page)
    ]
    assert isinstance(curves, list)
    assert len(drawn) == len(curves)
    for points, curve in zip(drawn, curves, strict=True):
        at = [((x - 4) / 172, (56 - y) / 50) for x, y in points]
        assert at == [pytest.approx(place, abs=2e-3) for place in curve["shape"]]
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in curve["shape"])
        assert escape(curve["told"]) in page


def test_a_curve_says_in_a_sentence_what_it_shows(life: Any, catalogue: Catalogue, words: Words) -> None:
    life.screen().train(30)
    pain = next(curve for curve in sheet_of(life.packet, catalogue.exercises, words).curves if "NPRS" in curve.title)
    assert pain.shape[0] == (0.0, 1.0)
    assert pain.shape[-1][0] == 1.0
    assert pain.told == (
        "Pain of the week (NPRS, 0–10): from 5 on 2 March 2026 to 4 on 29 March 2026; the lowest 4, the highest 5."
    )


NOTE = "After lifting <b>my son</b>; Σήκωμα, после подъёма: it went down the left side and I could not sit. " * 4
"""As long as one may be, or nearly."""


@pytest.mark.parametrize("language", languages())
def test_what_was_written_of_a_flare_up_is_whole_in_all_three(life: Any, catalogue: Catalogue, language: str) -> None:
    """On paper as well, where its place has two lines: what is longer stands in full below."""
    life.screen().train(10).tell("flare-reported", note=NOTE[:400])
    for name, text in told(life.packet, catalogue, shipped_words(language)).items():
        assert squeezed(NOTE[:400]) in text, name
