"""The packet on paper, read back: the right words, on two pages, whatever the record holds."""

import time
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.catalog.words import Words, languages, shipped_words
from lumbar.core.message import say
from lumbar.export.figure import outlines
from lumbar.export.handout_pdf import cues_of, handout_pdf
from lumbar.export.packet_pdf import packet_pdf
from lumbar.export.paper import MARGIN, SIZES, Paper
from lumbar.export.sheet import sheet_of

MM_PER_PT = 25.4 / 72


def pages(content: bytes) -> list[str]:
    """The text of each page, its spaces mended."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def lowest_mm(content: bytes, number: int = 0) -> float:
    """How far the lowest text of a page is from its top."""
    page = PdfReader(BytesIO(content)).pages[number]
    found: list[float] = []
    page.extract_text(visitor_text=lambda text, _cm, tm, *_: found.append(tm[5]) if text.strip() else None)
    return (float(page.mediabox.height) - min(found)) * MM_PER_PT


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("kind", ["empty", "full"])
def test_the_minute_fits_one_page(kind: str, size: str, request: Any, catalogue: Catalogue, words: Words) -> None:
    life = request.getfixturevalue("full" if kind == "full" else "life")
    content = packet_pdf(life.packet, catalogue.exercises, words, size=size, packet_id="0123")
    first, second, third = pages(content)
    assert lowest_mm(content) <= SIZES[size][1] - 6
    assert all(lowest_mm(content, number) <= SIZES[size][1] - 6 for number in (1, 2))
    for told in ("Your decision", "Signature", "What is not ticked is not approved", "Packet 0123", "page 1 of 3"):
        assert told in first
    assert "page 2 of 3" in second
    assert "page 3 of 3" in third
    assert all(f"{words.table['written'][f'{name}.name']}" in first for name in catalogue.exercises)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", list(SIZES))
def test_what_a_score_came_to_is_never_cut_before_its_number(
    full: Any, catalogue: Catalogue, language: str, size: str
) -> None:
    for days in range(3):
        full.tell("outcome-answered", instrument="nprs", nprs=1, at=full.at - timedelta(days=days))
    words = shipped_words(language)
    content = packet_pdf(full.packet, catalogue.exercises, words, size=size, packet_id="0123")
    scores = sheet_of(full.packet, catalogue.exercises, words).scores
    assert len(scores) >= 3
    assert all(said in pages(content)[0] for _, _, said in scores)


@pytest.mark.parametrize("size", list(SIZES))
def test_the_days_of_a_curve_stand_beside_one_another_in_every_language(size: str) -> None:
    for language in languages():
        words = shipped_words(language)
        days = (say("date.short", day=28, month=f"@date.month.{month}", year=2026) for month in (9, 11))
        first, last = map(words.written, days)
        paper = Paper(size, [first, last], "", language)
        width = paper.inner / 3 - 5
        at = paper.fitting(f"{first}   {last}", width, size=6.8, least=6.2)
        paper.set_font("text", "", at)
        assert at > 6.2
        assert paper.get_string_width(first) + paper.get_string_width(last) < width - 1


def test_a_drill_is_asked_for_in_sets_and_not_at_a_go(life: Any, catalogue: Catalogue, words: Words) -> None:
    packet = packet_pdf(life.packet, catalogue.exercises, words, size="a4", packet_id="0123")
    for content in (packet, handout_pdf(life.packet, catalogue.exercises, words)):
        assert "2 × 8 repetitions" in pages(content)[0]
        assert "16 repetitions" not in pages(content)[0]


@pytest.mark.parametrize("language", languages())
def test_letters_that_no_font_has_show_as_boxes_and_the_foot_says_so(
    life: Any, catalogue: Catalogue, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    life.describe(name="\u738b\u5c0f\u660e", birth_year=1971, goal="\u738b")
    words = shipped_words(language)
    packet = packet_pdf(life.packet, catalogue.exercises, words, size="a4", packet_id="0123")
    for content in (packet, handout_pdf(life.packet, catalogue.exercises, words)):
        first = pages(content)[0]
        assert "□□□" in first
        assert words.written(say("packet.letters")) in first
    assert not caplog.records, "nothing of it is told on a terminal"


def test_an_almost_empty_record_says_what_it_lacks(life: Any, catalogue: Catalogue, words: Words) -> None:
    first, second, third = pages(packet_pdf(life.packet, catalogue.exercises, words))
    for told in ("General plan; not yet reviewed.", "The screening was not answered yet.", "No goal was written down.",
                 "Nothing was trained yet", "Name: ____"):  # fmt: skip
        assert told in first
    assert "This is the first packet." in second
    assert "Nothing was recorded." in third


def test_a_full_record_tells_all_of_section_11(full: Any, catalogue: Catalogue, words: Words) -> None:
    first, _, third = pages(packet_pdf(full.packet, catalogue.exercises, words))
    for told in ("B3", "and ", "5 → ", "of 14 core sessions", "flare-up of late", "May exercise in spite of B4"):
        assert told in first, told
    assert first.count("May exercise in spite of") == 3, "no more than three decisions"
    left = full.packet.more_questions
    assert (f"{left} more question" in first) == bool(left)
    assert "A flare-up began" in third
    assert "The rules that the plan follows next" in third


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Łukasz Đặng", "Łukasz"),
        ("Иван Петров", "Иван Петров"),
        ("Ελένη", "Ελένη"),
        ("Գոռ", "Գոռ"),
        ("გიორგი", "გიორგი"),
    ],
)
def test_names_of_other_scripts_are_shown(name: str, shown: str, life: Any, catalogue: Catalogue, words: Words) -> None:
    first, _, _ = pages(packet_pdf(life.describe(name=name).packet, catalogue.exercises, words))
    assert shown in first
    assert "cannot be printed" not in first


@pytest.mark.parametrize("name", ["שרה כהן", "محمد علي"])
def test_a_name_that_runs_from_right_to_left_is_drawn(name: str, life: Any, catalogue: Catalogue, words: Words) -> None:
    first, _, _ = pages(packet_pdf(life.describe(name=name).packet, catalogue.exercises, words))
    assert "cannot be printed" not in first
    assert "\ufffd" not in first


@pytest.mark.parametrize("name", ["山田太郎", "अनिता", "Ana 🎈"])
def test_letters_that_no_font_has_are_owned_up_to(name: str, life: Any, catalogue: Catalogue, words: Words) -> None:
    first, _, _ = pages(packet_pdf(life.describe(name=name).packet, catalogue.exercises, words))
    assert "Some letters of a name cannot be printed here" in first


@example(text="W" * 40 + " b c")
@given(text=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
@settings(max_examples=25)
def test_no_text_leaves_its_place(text: str) -> None:
    paper = Paper("a4", [text], "t", "en")
    paper.add_page()
    paper.say(MARGIN, 20, text, 30, lines=2)
    paper.set_font("text", "", 9.5)
    for line in paper._lines(text, 30, 2):
        assert paper.get_string_width(line) <= 30.01 or line == " …"


def test_the_handout_has_every_exercise_and_a_line_for_each_day(full: Any, catalogue: Catalogue, words: Words) -> None:
    first, second = pages(handout_pdf(full.packet, catalogue.exercises, words, size="letter"))
    assert all(words.table["written"][f"{row.exercise}.name"] in first for row in full.packet.rows)
    assert all(row.closed for row in full.packet.rows)
    assert "Count your breaths aloud." not in first
    held = [row for row in full.packet.rows if catalogue.exercise(row.exercise).repetition is None]
    assert first.count("Start") == len(full.packet.rows), "where each begins is shown beside what is held"
    assert first.count("Hold") == len(held)
    assert first.count("Lowest point") == len(full.packet.rows) - len(held)
    assert "Fr 1 May" in second
    assert "Th 28 May" in second


def test_start_and_hold_are_other_pictures_of_one_form(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        for rung in exercise.rungs:
            (floor, hold), (same, start) = outlines(exercise, rung.id), outlines(exercise, rung.id, start=True)
            assert floor == same
            assert [kind for kind, _ in hold] == [kind for kind, _ in start]
            assert hold != start


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", list(SIZES))
def test_the_handouts_log_has_a_whole_name_above_each_column(
    language: str, size: str, life: Any, catalogue: Catalogue
) -> None:
    words = shipped_words(language)
    life.screen().tell("usual-walk-told", minutes=20)
    plan, log = (
        "".join(text.split()) for text in pages(handout_pdf(life.packet, catalogue.exercises, words, size=size))
    )
    names = [words.written(say(f"{row.exercise}.name")) for row in life.packet.rows]
    for name in (*names, words.written(say("plan.walk.name"))):
        assert "".join(name.split()) in plan
        assert "".join(name.split()) in log
    cues = [cues_of(it, it.first_rung.id, words) for it in catalogue.exercises.values()]
    assert all("".join(cue.split()) in plan for found in cues for cue in found)
    assert all(len(found) == 2 for found in cues)


def test_the_handout_speaks_of_the_form_that_is_done(catalogue: Catalogue, words: Words) -> None:
    plank = catalogue.exercises["plank"]
    assert "Push the floor away" in " ".join(cues_of(plank, "forearm", words))
    assert "Push your hands away" in " ".join(cues_of(plank, "wall", words))


def test_ten_years_of_daily_data_print_within_three_seconds(life: Any) -> None:
    life.screen().train(3_650)
    record, words = life.record, shipped_words()
    import lumbar
    from lumbar.core.packet import make_packet

    programme = lumbar.programme("home")
    lumbar.plan(programme, record, life.at)  # a house has the record folded
    began_s = time.process_time()
    packet_pdf(make_packet(programme, record, life.at), shipped_catalogue().exercises, words)
    assert time.process_time() - began_s < 3


def test_a_packet_in_another_language_has_whole_names_and_says_which_it_is(life: Any, catalogue: Any) -> None:
    spanish = shipped_words("es")
    packet = life.screen().packet
    reader = PdfReader(BytesIO(packet_pdf(packet, catalogue.exercises, spanish)))
    assert reader.root_object["/Lang"] == "es"
    front = " ".join((reader.pages[0].extract_text() or "").split())
    names = [spanish.written(say(f"{row.exercise}.name")) for row in packet.rows]
    assert [name for name in names if name.split()[-1] not in front] == []
