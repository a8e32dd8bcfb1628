"""The lint: it finds nothing in our catalogue, and it finds each kind of mistake."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lumbar.catalog import load_catalogue, shipped_catalogue
from lumbar.catalog.forms import bad_callouts, bad_forms, load_not_here
from lumbar.catalog.lint import bad_figures, bad_titles, bad_wording, lint, load_never, main, parted_units, unlike
from lumbar.catalog.load import HERE, Source
from lumbar.catalog.words import Words, languages, shipped_words
from lumbar.core.check import Spoil
from lumbar.core.errors import BadCatalog


def said(text: str, message_id: str = "plank.why") -> list[str]:
    words = Words("en", {"written": {message_id: text}, "spoken": {}})
    return list(bad_wording(words, shipped_catalogue(), load_never()))


def test_our_catalogue_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint() == []
    assert main([]) == 0
    assert capsys.readouterr().out == "The catalogue is fine.\n"


@pytest.mark.parametrize(
    "text",
    [
        "This relieves back pain.",
        "Lumbar treats your back.",
        "It cures low back pain",
        "clinically proven",
        "A prescription for your spine.",
        "This exercise is safe for you.",
        "You are safe.",
        "That's wrong, lift your hips.",
        "Poor posture hurts.",
        "Your weaker side needs more.",
        "A deload week",
        "No damage was done.",
        "This stage is locked until week 4.",
        "An amber day",
        "One fault in this hold.",
        "Changing often is what helps most people.",
        "Cambiar a menudo es lo que a la mayoría le resulta cómodo.",
        "Alivia el dolor de espalda.",
        "lumbar cura tu espalda.",
        "Clínicamente probado.",
        "Es seguro para ti.",
        "Corrige tu postura.",
        "Lo has hecho mal.",
        "Tu lado débil necesita más.",
        "Bloqueado hasta la semana 4.",
        "No hay ningún daño.",
        "Boca arriba, pies planos.",
    ],
)
def test_what_we_never_say_is_found(text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lift your hips a little.",
        "Ease off if it hurts.",
        "If the pain gets worse, stop.",
        "A green apple and a red mat.",
        "The right side, then the left.",
        "The correct exercise comes next.",
        "Sube un poco la cadera.",
        "Afloja si te duele.",
        "El lado izquierdo, luego el derecho.",
        "Paused until you have spoken with a doctor.",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("text", ["2 to 3 m away", "30 to 50 cm", "{hold} s", "20 % of it", "for {minutes} min."])
def test_a_number_that_can_part_from_its_unit_is_found(text: str) -> None:
    def found(message_id: str, said: str) -> list[str]:
        return list(parted_units(Words("en", {"written": {message_id: said}, "spoken": {"plank.why": text}})))

    assert len(found("plank.why", text)) == 1
    kept = re.sub(" (?=(cm|m|s|%|min)\\b|%)", "\u00a0", text)
    assert found("plank.why", kept) == []
    assert found("cli.today.step-due", text) == []
    assert found("plank.why", "3 men, 2 miles, 4 hands") == []


def test_the_titles_of_sources_are_read_too() -> None:
    ours = shipped_catalogue().sources
    claim = Source("clinic", "Our programme relieves lower back pain", "design", "")
    assert list(bad_titles(ours, load_never())) == []
    assert [mistake.split()[0] for mistake in bad_titles({**ours, "clinic": claim}, load_never())] == ["source.clinic"]


def test_the_articles_claim_is_shown_as_the_articles() -> None:
    told = shipped_words().of_source("brief", shipped_catalogue().sources["brief"].title)
    assert told.endswith(": the short article that lumbar follows, in its own words")
    assert re.search("“.*relieve.*”", told)
    assert not re.search("relieve", re.sub("“.*”", "", told))


@pytest.mark.parametrize("language", languages())
def test_what_is_ours_is_told_in_every_language_and_a_publication_as_it_is_cited(language: str) -> None:
    words = shipped_words(language)
    for source in shipped_catalogue().sources.values():
        told = words.of_source(source.id, source.title)
        assert told.startswith(source.title), source
        assert source.title or words.has(f"source.{source.id}"), source
    assert shipped_catalogue().sources["design"].title == ""


def test_a_source_of_an_own_catalogue_needs_words_or_a_title(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[clinic]\ntitle = "Our clinic, 2026"\nstatus = "design"\n')
    assert lint(tmp_path) == []
    file.write_text('[clinic]\nstatus = "design"\n')
    assert lint(tmp_path) == [f"texts/{one}: no words for source.clinic, nor a title" for one in languages()]


def test_a_question_may_name_what_a_promise_may_not() -> None:
    assert said("Have you been told that you have osteoporosis?", "screen.B5.full") == []
    assert said("It seems you have osteoporosis.") != []


@pytest.mark.parametrize("text", ["hips-sagging!", "State: not-in-position"])
def test_nobody_reads_an_id(text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize("language", languages())
def test_a_form_without_a_floor_is_told_of_no_mat_and_the_easiest_of_no_easier_one(language: str) -> None:
    """Without its own equipment and words the plank at a wall takes a mat, and those of the plank on the floor."""
    plank, words = shipped_catalogue().exercise("plank"), shipped_words(language)
    assert list(bad_forms(plank, words, load_not_here())) == []
    borrowed = replace(plank.rungs[0], equipment=None, words=frozenset())
    found = list(bad_forms(replace(plank, rungs=(borrowed, *plank.rungs[1:])), words, load_not_here()))
    assert {mistake.split()[0] for mistake in found} == {
        "equipment.mat",
        "plank.not-feel",
        "plank.rung.wall.not-feel:",
    }
    assert 'plank.rung.wall.not-feel: the file does not say words = ["not-feel"]' in found
    assert any("there is no easier one" in mistake for mistake in found)


def test_words_for_a_form_name_a_check_and_a_part_that_there_is() -> None:
    plank = shipped_catalogue().exercise("plank")
    for wrong, told in (
        ({"cues": {"hips-lazy": ("plank.cue.lift-hips",)}}, "words for an unknown check hips-lazy"),
        ({"cues": {"hips-sagging": ()}}, "check hips-sagging: it has no cue"),
        ({"words": frozenset({"whispers"})}, "words of an unknown part whispers"),
        ({"prompts": (replace(plank.prompts[0], at_s=-1),)}, "cannot be said before the hold"),
    ):
        with pytest.raises(BadCatalog, match=told):
            replace(plank, rungs=(replace(plank.rungs[0], **wrong), *plank.rungs[1:]))


def test_a_spoil_that_commits_nothing_is_found() -> None:
    plank = shipped_catalogue().exercise("plank")
    tame = replace(plank.checks[0], spoil=Spoil({}))
    wrong = list(bad_figures(replace(plank, checks=(tame, *plank.checks[1:]))))
    assert any("spoil of hips-sagging is judged good" in mistake for mistake in wrong)


def test_a_spoil_that_commits_another_fault_is_found() -> None:
    plank = shipped_catalogue().exercise("plank")
    crossed = replace(plank.checks[0], spoil=plank.checks[1].spoil)
    wrong = list(bad_figures(replace(plank, checks=(crossed, *plank.checks[1:]))))
    assert any("spoil of hips-sagging is judged fault, hips-piked" in mistake for mistake in wrong)


def test_a_hold_that_is_not_held_well_is_found() -> None:
    bridge = shipped_catalogue().exercise("glute-bridge")
    lazy = [replace(r, keyframes=(r.keyframes[0], replace(r.keyframes[0], at_s=3.0))) for r in bridge.rungs]
    wrong = list(bad_figures(replace(bridge, rungs=tuple(lazy))))
    assert any("its hold is judged not-in-position" in mistake for mistake in wrong)


def test_words_that_an_own_exercise_lacks_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "exercises").mkdir()
    text = (
        (HERE / "exercises/glute-bridge.toml")
        .read_text(encoding="utf-8")
        .replace('id = "glute-bridge"', 'id = "hip-raise"')
    )
    (tmp_path / "exercises/hip-raise.toml").write_text(text, encoding="utf-8")
    found = lint(tmp_path)
    assert "texts/en: no words for hip-raise.name" in found
    assert main([str(tmp_path)]) == 1
    assert f"{len(found)} to mend." in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    shutil.copy(HERE / "exercises/plank.toml", tmp_path / "exercises/board.toml")
    assert lint(tmp_path) == ["board.toml: its id is plank and must equal the file's name"]


def test_a_folder_that_is_not_there_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_the_catalogue_can_be_read_twice() -> None:
    assert load_catalogue().hash == load_catalogue().hash


def test_a_language_that_lacks_something_is_told() -> None:
    first = Words("en", {"written": {"a": "{x}", "m.one": "one", "m.other": "{count}", "b": "b"}, "spoken": {}})
    other = Words("es", {"written": {"a": "{y}", "m.one": "uno", "c": "c"}, "spoken": {}})
    assert list(unlike(other, first)) == [
        "written: no words for b",
        "written: no words for m.other",
        "written: c has words, and in en none",
        "written: a has the places ['y'], in en ['x']",
    ]
    assert list(unlike(first, first)) == []


def test_a_call_out_that_says_more_than_its_sentence_is_found() -> None:
    plank, words = shipped_catalogue().exercises["plank"], shipped_words("en")
    assert list(bad_callouts(plank, words)) == []
    other = replace(plank.callouts[0], of=("plank.set-up.1",))
    told = list(bad_callouts(replace(plank, callouts=(other,)), words))
    assert told == ["plank.callout.line does not stand in plank.set-up.1"]


def test_call_outs_that_nobody_sees_or_that_are_too_many_are_found() -> None:
    plank, words = shipped_catalogue().exercises["plank"], shipped_words("en")
    unseen = replace(plank.callouts[0], of=("plank.rung.wall",))
    assert any("no sentence" in told for told in bad_callouts(replace(plank, callouts=(unseen,)), words))
    many = tuple(
        replace(plank.callouts[0], at=(f"{side}-hip", joint))
        for side in ("left", "right")
        for joint in ("nose", "left-knee", "right-knee")
    )
    assert any("room for" in told for told in bad_callouts(replace(plank, callouts=many), words))
