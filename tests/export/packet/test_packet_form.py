"""The form in a packet: it drops nothing that was filled in, and saves nothing that lumbar would not take."""

import json
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from lumbar.catalog import Catalogue
from lumbar.catalog.words import Words, shipped_words
from lumbar.core.errors import BadFact
from lumbar.core.message import say
from lumbar.core.packet import Question
from lumbar.core.record import parse_body
from lumbar.export import packet_html as module
from lumbar.export.packet_html import packet_html
from lumbar.export.packet_pdf import packet_pdf
from node import NODE

from .test_goldens import words_of

HERE = Path(__file__).parent
SCRIPT = Path(module.__file__).with_name("packet.js")
BOUND = {"packet": "0123", "person": "p", "digest": "d", "key": "00" * 32, "made_on": "2026-03-02"}
WHO = {"by_whom": "Jo Park", "profession": "physiotherapist", "reviewed_on": "2026-03-02"}


def page_of(life: Any, catalogue: Catalogue, words: Words) -> str:
    return packet_html(life.packet, catalogue.exercises, words, bound=BOUND)


def about(page: str) -> dict[str, Any]:
    return dict(json.loads(page.split('id="about">')[1].split("</script>")[0]))


def submitted(known: dict[str, Any], *, invalid: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    """What the form says, saves and opens. invalid: the fields that the browser finds wrong."""
    case = json.dumps({"about": known, "fields": {**WHO, **fields}, "invalid": invalid})
    done = subprocess.run(
        [NODE, HERE / "answer_form.mjs", SCRIPT],
        input=case,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture
def known(life: Any, catalogue: Catalogue, words: Words) -> dict[str, Any]:
    return about(page_of(life.screen(), catalogue, words))


def test_changes_are_saved_with_the_decision_that_takes_them(known: dict[str, Any]) -> None:
    done = submitted(known, decision="with-changes", **{"plank stop": "on", "plank note": "no planks"})
    assert done["said"] == known["says"]["saved"]
    assert done["answer"]["changes"]["plank"]["stop"] is True
    assert done["answer"]["changes"]["plank"]["note"] == "no planks"


@pytest.mark.parametrize("decision", ["go-on", "stop", "contact"])
@pytest.mark.parametrize("row", [{"plank stop": "on"}, {"plank sets": "2"}, {"plank note": "softly"}], ids=str)
def test_changes_are_never_dropped_by_another_decision(known: dict[str, Any], decision: str, row: Any) -> None:
    done = submitted(known, decision=decision, **row)
    assert done["answer"] is None
    assert done["said"] == known["says"]["rows-filled"]
    assert "Approve with changes" in done["said"]
    assert done["opened"] == ["plank note"]


@pytest.mark.parametrize("fields", [{}, {"waits": "yes"}, {"plank note": "  "}, {"watched": []}], ids=str)
def test_changes_that_are_filled_in_nowhere_are_asked_for(known: dict[str, Any], fields: Any) -> None:
    done = submitted(known, decision="with-changes", **fields)
    assert done["answer"] is None
    assert done["said"] == known["says"]["no-change"]
    assert "Approve with changes" in done["said"]
    assert "Approve as it is" in done["said"]


@pytest.mark.parametrize("fields", [{"plank sets": "2"}, {"note": "Only in the morning."}], ids=str)
def test_a_change_may_be_in_words(known: dict[str, Any], fields: Any) -> None:
    assert submitted(known, decision="with-changes", **fields)["answer"]["decision"] == "with-changes"


@pytest.mark.parametrize("fields", [{"watched": ["plank"]}, {"go_on": ["plank"]}, {"load": "on"}], ids=str)
def test_a_change_may_be_a_tick(known: dict[str, Any], fields: Any) -> None:
    """What rested goes on, an exercise was seen well held, or weights are agreed to."""
    answer = submitted(known, decision="with-changes", **fields)["answer"]
    name = next(iter(fields))
    assert answer[name] == (True if name == "load" else fields[name])


def test_the_sentence_names_the_decision_in_every_language(life: Any, catalogue: Catalogue) -> None:
    known = about(page_of(life.screen(), catalogue, shipped_words("es")))
    assert "Aprobar con cambios" in known["says"]["rows-filled"]


def test_what_the_browser_finds_wrong_is_shown_and_not_saved(known: dict[str, Any]) -> None:
    done = submitted(known, decision="with-changes", invalid=("plank sets",), **{"plank sets": "2.5"})
    assert done["answer"] is None
    assert done["opened"] == ["plank sets"]


def test_a_day_may_be_today_and_none_after(known: dict[str, Any]) -> None:
    assert abs(date.fromisoformat(submitted(known, decision="go-on")["seen_max"]) - date.today()).days <= 1
    ahead = {**known, "made_on": "2999-12-31"}
    assert submitted(ahead, decision="go-on", reviewed_on="2999-12-31")["seen_max"] == "2999-12-31"


def test_fields_hold_what_an_answer_may_hold(full: Any, catalogue: Catalogue, words: Words) -> None:
    inputs = inputs_of(page_of(full, catalogue, words))
    for name in ("by_whom", "profession", "reviewed_on"):
        assert "required" in inputs[name]
    assert inputs["reviewed_on"]["min"] == full.packet.on.isoformat()
    fields = {name.split()[1]: attrs for name, attrs in inputs.items() if attrs["type"] == "number"}
    assert fields.keys() >= {"sets", "hold_s", "days_per_week"}
    for field, attrs in fields.items():
        low, high = int(attrs["min"]), int(attrs["max"])
        for value in (low, high):
            assert row_of(field, value)
        for value in (low - 1, high + 1):
            with pytest.raises(BadFact):
                row_of(field, value)
        assert attrs["step"] == ("any" if field == "load_kg" else "1")


def row_of(field: str, value: int) -> Any:
    body = {**WHO, "examined": False, "decision": "with-changes", "changes": {"plank": {field: value}}}
    return parse_body("review-recorded", 1, body)


def inputs_of(page: str) -> dict[str, Any]:
    """The attributes of every input, by its name."""
    found: dict[str, Any] = {}

    class Read(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            if tag == "input" and named["name"] is not None:
                found[named["name"]] = named

    Read().feed(page)
    return found


@pytest.mark.parametrize(
    ("decision", "kept"),
    [("go-on", ["plank"]), ("with-changes", ["plank"]), ("stop", []), ("contact", [])],
)
def test_what_rests_goes_on_where_it_was_ticked_and_the_decision_lets_it(
    known: dict[str, Any], decision: str, kept: list[str]
) -> None:
    noted = {"note": "Only in the morning."}  # with changes there is a change, or a word of one
    done = submitted(known, decision=decision, go_on=["plank"], watched=["plank"], **noted)
    assert done["answer"]["go_on"] == done["answer"]["watched"] == kept
    assert submitted(known, decision=decision, **noted)["answer"]["go_on"] == []
    assert submitted(known, decision=decision, **noted)["answer"]["watched"] == []


def test_what_was_to_be_seen_well_held_has_a_tick_on_screen_and_on_paper(
    life: Any, catalogue: Catalogue, words: Words
) -> None:
    asked = Question("watched", "plank", say("packet.ask.watched", exercise="@plank.name"))
    made = replace(life.screen().packet, questions=(asked,))
    text = words.written(asked.message)
    assert f"<label><input type='checkbox' name='watched' value='plank'> {text}</label>" in packet_html(
        made, catalogue.exercises, words, bound=BOUND
    )
    assert text in " ".join(words_of(packet_pdf(made, catalogue.exercises, words))[0])


def test_each_that_rests_has_a_tick_of_its_own(life: Any, catalogue: Catalogue, words: Words) -> None:
    """However many rest, and whatever else is asked: what has no tick would rest on under every answer."""
    life.screen()
    names = ("hamstring-stretch", "piriformis-stretch", "chest-stretch", "neck-stretch")
    for name, days in product(names, (5, 4, 3)):
        hurt = {"when": "during", "nprs": None, "words": None, "session": None, "further_down_leg": False}
        life.tell("pain-reported", life.at - timedelta(days=days), exercise=name, **hurt)
    made = life.packet
    assert {row.exercise for row in made.rows if row.rests} == set(names)
    asked = (Question("item", "B3", say("packet.ask.none")),) * 3
    page = packet_html(replace(made, questions=asked), catalogue.exercises, words, bound=BOUND)
    for name in names:
        assert f"<input type='checkbox' name='go_on' value='{name}'>" in page
    paper = " ".join(words_of(packet_pdf(replace(made, questions=asked), catalogue.exercises, words))[0])
    assert paper.count(words.written(say("packet.tick.go-on"))) == len(names)
    assert words.written(say("packet.ask.rests", count=len(names))) in paper
