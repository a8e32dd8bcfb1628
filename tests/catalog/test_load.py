"""Reading the catalogue: every mistake at once, each with its place, and an own catalogue on top of ours."""

import shutil
from pathlib import Path

import pytest

from lumbar.catalog import load_catalogue, shipped_catalogue
from lumbar.catalog.load import HERE
from lumbar.core.errors import BadCatalog, NotFound


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An own catalogue with a copy of our plank."""
    (tmp_path / "exercises").mkdir()
    shutil.copy(HERE / "exercises/plank.toml", tmp_path / "exercises/plank.toml")
    return tmp_path


def change(own: Path, old: str, new: str) -> None:
    path = own / "exercises/plank.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(own: Path) -> tuple[str, ...]:
    with pytest.raises(BadCatalog) as caught:
        load_catalogue(own)
    assert caught.value.place == "plank.toml"
    return caught.value.mistakes


def test_a_sound_copy_is_taken(own: Path) -> None:
    assert load_catalogue(own).exercise("plank") == shipped_catalogue().exercise("plank")


def test_an_own_file_replaces_ours(own: Path) -> None:
    change(own, "target_s = 60", "target_s = 40")
    assert load_catalogue(own).exercise("plank").dose.target_s == 40
    assert shipped_catalogue().exercise("plank").dose.target_s == 60


def test_the_fingerprint_is_that_of_the_files(own: Path) -> None:
    before = load_catalogue(own).hash
    assert load_catalogue(own).hash == before
    assert load_catalogue().hash != before
    change(own, "target_s = 60", "target_s = 61")
    assert load_catalogue(own).hash != before


def test_a_folder_that_is_not_there_is_no_own_catalogue(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "nowhere").hash == load_catalogue().hash


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ('step = "core"', 'step = "legs"', "step", "hips"),
        ("target_s = 60", "target_s = 60\nreps = 3", "dose.reps", "not permitted"),
        ("target_s = 60", 'target_s = "long"', "dose.target_s", "integer"),
        ("good = [-0.02, inf]", "good = [-0.02]", "check.0.good", "two numbers"),
        ("good = [-0.02, inf]", "good = [0.5, -0.5]", "check.0.good", "above its high end"),
        ('measure = "knee-deg"', 'measure = "knee-feel"', "check.3.measure", "no measure knee-feel"),
        ('source = "labelled-planks"', 'source = "hearsay"', "source", "no source hearsay"),
        ("good = [165, 180]", "good = [150, 180]", "check knees-bent", "inside the acceptable"),
        ('id = "plank"', 'id = "planche"', "its id is planche", "file's name"),
        ("first = true", "first = false", "exactly one rung", "first"),
        ("every_days = 2", "every_days = 0", "dose", "every_days must be at least 1"),
        ("every_days = 2", "times_per_day = [2, 1]", "dose", "the least and the most"),
        ("every_days = 2", "times_per_day = [0, 1]", "dose", "the least and the most"),
        ("every_days = 2", "gap_h = -4", "dose", "cannot be negative"),
        ("every_days = 2", "gap_h = nan", "dose", "cannot be negative"),
        ("window_s = 3", "window_s = 0", "steadiness", "must be positive"),
        ("limit = 4", "limit = -4", "steadiness", "must be positive"),
        (
            "[steadiness]",
            '[sinking]\nmeasure = "hip-deg"\nwindow_s = 0\nlimit = 12\ncue = "plank.cue.tiring"\n'
            'source = "design"\n\n[steadiness]',
            "sinking",
            "must be positive",
        ),
        ("at_s = 6", "at_s = -6", "prompt.breathe", "before the hold"),
    ],
)
def test_a_mistake_is_told_with_its_place(own: Path, old: str, new: str, place: str, what: str) -> None:
    change(own, old, new)
    assert any(place in mistake and what in mistake for mistake in mistakes(own)), mistakes(own)


def test_all_mistakes_are_told_at_once(own: Path) -> None:
    change(own, 'step = "core"', 'step = "legs"')
    change(own, "target_s = 60", "target_s = -1.5")
    change(own, "good = [165, 180]", "good = 165")
    assert len(mistakes(own)) == 3


def test_mistakes_of_several_files_are_told_together(own: Path) -> None:
    change(own, 'step = "core"', 'step = "legs"')
    (own / "exercises/empty.toml").write_text("", encoding="utf-8")
    with pytest.raises(BadCatalog) as caught:
        load_catalogue(own)
    assert any(mistake.startswith("plank.toml: step") for mistake in caught.value.mistakes)
    assert any(mistake.startswith("empty.toml: id") for mistake in caught.value.mistakes)


def test_what_is_no_toml_is_told(own: Path) -> None:
    (own / "exercises/plank.toml").write_bytes(b"\xff\xfe")
    assert len(mistakes(own)) == 1
    (own / "exercises/plank.toml").write_text("id = ", encoding="utf-8")
    assert "end of document" in mistakes(own)[0]


def test_an_unknown_exercise_is_not_found_and_the_known_are_named() -> None:
    with pytest.raises(NotFound, match="side-plank"):
        shipped_catalogue().exercise("burpee")
