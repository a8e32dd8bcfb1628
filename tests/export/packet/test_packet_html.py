"""The packet as one file: nothing of it points outside, and what a person wrote stays text."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from lumbar.catalog import Catalogue
from lumbar.catalog.words import Words
from lumbar.export.packet_html import packet_html

BOUND = {"packet": "0123", "person": "p", "digest": "d", "key": "00" * 32, "made_on": "2026-03-02"}


class Read(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Read:
    parser = Read()
    parser.feed(page)
    return parser


def test_it_refers_to_nothing_outside(full: Any, catalogue: Catalogue, words: Words) -> None:
    page = packet_html(full.packet, catalogue.exercises, words, bound=BOUND)
    seen = read(page)
    assert not [tag for tag, attrs in seen.tags if {"src", "href", "srcset", "action"} & attrs.keys()]
    assert not re.search(r"https?:|@import|url\(", page)
    policy = next(attrs["content"] for _, attrs in seen.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_what_a_person_wrote_stays_text(life: Any, catalogue: Catalogue, words: Words) -> None:
    life.describe(name="</script><script>alert(1)</script>", goal='"><img src=x onerror=alert(1)>')
    seen = read(packet_html(life.packet, catalogue.exercises, words, bound=BOUND))
    assert [tag for tag, _ in seen.tags].count("script") == 2
    assert "img" not in [tag for tag, _ in seen.tags]
    assert "onerror=alert(1)" in seen.text


def test_the_form_holds_what_the_answer_is_bound_to(life: Any, catalogue: Catalogue, words: Words) -> None:
    page = packet_html(life.packet, catalogue.exercises, words, bound=BOUND)
    found = re.search(r'<script type="application/json" id="about">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1]).items() >= BOUND.items()


def test_nothing_is_ticked_before_somebody_ticks_it(full: Any, catalogue: Catalogue, words: Words) -> None:
    seen = read(packet_html(full.packet, catalogue.exercises, words, bound=BOUND))
    inputs = [attrs for tag, attrs in seen.tags if tag == "input"]
    assert inputs
    assert not [attrs for attrs in inputs if "checked" in attrs]
