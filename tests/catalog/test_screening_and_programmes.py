"""The screening and the programmes are read whole, and a mistake in them is told with its place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lumbar.catalog import Catalogue, load_catalogue, screening, shipped_catalogue
from lumbar.catalog.lint import lint
from lumbar.catalog.load import HERE
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import shipped_words
from lumbar.core.errors import BadCatalog, NotFound
from lumbar.core.exercise import Step
from lumbar.core.plan.forms import choose_rung
from lumbar.core.position import Position
from lumbar.core.safety import Form, screen

HOME = (HERE / "programmes/home.toml").read_text(encoding="utf-8")
SCREENING = (HERE / "screening.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture(scope="module")
def form(catalogue: Catalogue) -> Form:
    return load_form(catalogue)


def test_home_is_the_briefs_programme(catalogue: Catalogue, form: Form) -> None:
    home = load_programme("home", catalogue, form)
    by_step = {step: sorted(exercise.id for exercise in home.of_step(step)) for step in Step}
    assert by_step == {
        Step.HIPS: ["hamstring-stretch", "hip-flexor-stretch", "piriformis-stretch"],
        Step.CORE: ["glute-bridge", "plank", "side-plank"],
        Step.POSTURE: ["chest-stretch", "neck-stretch"],
        Step.MOVE: ["hip-hinge"],
    }
    assert (home.schedule.core_gap_h, home.schedule.core_gap_days) == (32, 2)
    assert (home.start_dose.sets, home.start_dose.hold_s, home.start_dose.rest_s) == (5, 5, 10)
    assert home.posture.cues == ("posture.crown", "posture.shoulders", "posture.slouch")
    assert home.catalogue == catalogue.hash


@pytest.mark.parametrize("programme", ["home", "short-test"])
def test_every_shipped_programme_loads(catalogue: Catalogue, form: Form, programme: str) -> None:
    assert len(load_programme(programme, catalogue, form).exercises) == 9


def test_an_unknown_programme_lists_those_there_are(catalogue: Catalogue, form: Form) -> None:
    with pytest.raises(NotFound, match="home, short-test"):
        load_programme("gym", catalogue, form)
    with pytest.raises(NotFound):
        load_programme("../programmes/home", catalogue, form)


def own(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_own_programme_is_read(catalogue: Catalogue, form: Form, tmp_path: Path) -> None:
    extra = own(
        tmp_path, "clinic", HOME.replace('id = "home"', 'id = "clinic"').replace("core_gap_h = 32", "core_gap_h = 40")
    )
    assert load_programme("clinic", catalogue, form, extra=extra).schedule.core_gap_h == 40


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "home"', 'id = "other"', "must equal the file's name"),
        ('    "plank",', '    "plonk",', "there is no plonk"),
        ('    "side-plank",', '    "plank",', "twice"),
        ("core_gap_h = 32", "core_gap_h = 'x'", r"schedule\.core_gap_h"),
        ("core_gap_h = 32", "core_gap_h = '32'", r"schedule\.core_gap_h"),
        ("core_gap_h = 32", "core_gap_h = nan", r"schedule\.core_gap_h"),
        ("core_gap_h = 32", "core_gap_h = true", r"schedule\.core_gap_h"),
        ("rising_weeks = 2", "rising_weeks = true", r"weekly\.rising_weeks"),
        ("rising_weeks = 2", "rising_weeks = 2.0", r"weekly\.rising_weeks"),
        ("rising_weeks = 2", "rising_weeks = 2026-03-02", r"weekly\.rising_weeks"),
        ("core_gap_h = 32", "core_gap_h = -1", "core work needs a gap"),
        ("hold_s = 5", "hold_s = 0", "must be positive"),
        ("within_days = 10", "within_days = 3", "apart_days must be positive and no more than within_days"),
        ("rising_weeks = 2", "rising_weeks = 0", "weekly: its numbers must be positive"),
        ("[pain]", "[pain]\nextra = 1", r"pain\.extra"),
        ('source = "thomee-1997"', 'source = "hearsay"', "no source hearsay"),
        ('source = "brief"', "source = brief", r"programme|home|clinic"),
    ],
)
def test_a_mistake_in_a_programme_is_told(
    catalogue: Catalogue, form: Form, tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in HOME
    with pytest.raises(BadCatalog, match=r"home\.toml") as caught:
        load_programme("home", catalogue, form, extra=own(tmp_path, "home", HOME.replace(old, new, 1)))
    assert re.search(told, str(caught.value))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('items = ["A5", "A6", "A7"]', 'items = ["A5", "A6"]', "A7 is on no card"),
        ('items = ["A5", "A6", "A7"]', 'items = ["A5", "A6", "A7", "A7"]', "A7 is shown twice"),
        ('opens = ["A2", "A3", "A4"]', 'opens = ["A2", "A3"]', "no tick of the daily check opens A4"),
        ('opens = ["A2", "A3", "A4"]', 'opens = ["A2", "A3", "A4", "B1"]', "opens B1, which is not of tier A"),
        ('source = "downie-2013"', 'source = "hearsay"', "no source hearsay"),
        ('closes = ["piriformis-stretch"]', 'closes = ["headstand"]', "headstand, which is no exercise"),
        ('id = "B9"', 'id = "B8"', "B8 is there twice"),
        ('outcome = "wait"', 'outcome = "perhaps"', "outcome"),
        ("pause = []", "", "nothing says what pause leaves open"),
    ],
)
def test_a_mistake_in_the_screening_is_told(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str
) -> None:
    assert old in SCREENING
    (tmp_path / "screening.toml").write_text(SCREENING.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(screening, "HERE", tmp_path)
    with pytest.raises(BadCatalog, match=r"screening\.toml") as caught:
        load_form(catalogue)
    assert told in str(caught.value)


def test_what_an_exercise_avoids_is_what_an_item_closes(catalogue: Catalogue, form: Form) -> None:
    for exercise in catalogue.exercises.values():
        for item in exercise.avoid:
            assert exercise.id in form.items[item].closes


@pytest.mark.parametrize(
    ("exercise", "old", "new", "told"),
    [
        ("plank", '"C3", "C7"', '"c3", "C7"', "plank, rung table: no answer raises c3"),
        ("plank", "every_days = 2", "every_days = 7", r"every_days is 7, and schedule\.core_gap_days says 2"),
        ("neck-stretch", "sets = 1,", "sets = 1, every_days = 2,", "every_days is 2, and a stretch is for every day"),
    ],
)
def test_a_programme_refuses_an_exercise_whose_word_it_would_not_keep(
    form: Form, tmp_path: Path, exercise: str, old: str, new: str, told: str
) -> None:
    text = (HERE / f"exercises/{exercise}.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "exercises").mkdir()
    (tmp_path / f"exercises/{exercise}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadCatalog, match=told):
        load_programme("home", load_catalogue(tmp_path), form, extra=tmp_path)
    assert any(re.search(told, mistake) for mistake in lint(tmp_path))


def test_every_flag_that_a_rung_answers_to_can_be_raised(catalogue: Catalogue, form: Form) -> None:
    raised = {flag for item in form.items.values() for flag in item.flags}
    for exercise in catalogue.exercises.values():
        for rung in exercise.rungs:
            assert rung.modifications <= raised, f"{exercise.id}, {rung.id}"


def test_whoever_may_not_lie_down_finds_a_form_of_every_exercise(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        places = {rung.position or exercise.position for rung in exercise.rungs}
        assert places & {Position.STANDING, Position.SITTING}, exercise.id


def test_after_a_cleared_pregnancy_nobody_lies(catalogue: Catalogue, form: Form) -> None:
    """No prolonged back-lying, and nothing prone."""
    verdict = replace(screen(dict.fromkeys(form.items, "no"), form), flags=form.items["B9"].flags)
    for exercise in catalogue.exercises.values():
        rung, _ = choose_rung(exercise, verdict, form, exercise.rungs.index(exercise.first_rung))
        assert rung is not None
        assert not (rung.position or exercise.position).on_floor, exercise.id


def test_the_words_of_a_variant_say_what_the_clinical_design_asks() -> None:
    words = shipped_words().table["written"]
    assert "pad under" in words["glute-bridge.rung.padded.set-up"]
    assert all(part in words["neck-stretch.rung.upright.set-up"] for part in ("Sit", "eyes open", "before the end"))
    assert "below your shoulder" in words["chest-stretch.rung.low-elbow.set-up"]
