"""The call-outs of every form, as the page's tests place them, are the catalogue's."""

import json
import os
from pathlib import Path

from lumbar.catalog import load_catalogue
from lumbar.catalog.words import languages, load_words
from lumbar.core import figure
from lumbar.web import views

SCENES = Path(__file__).parent.parent.parent / "frontend/src/figure/callouts.scenes.json"


def test_the_pages_tests_place_what_the_catalogue_asks_for() -> None:
    """LUMBAR_WRITE_GOLDEN=1 writes the file anew."""
    catalogue = load_catalogue(None)
    written = {language: load_words(language).flat()["written"] for language in languages()}
    scenes = []
    for exercise in catalogue.exercises.values():
        held = figure.still(exercise)
        for rung in views.exercise(exercise, catalogue)["rungs"]:
            wanted = [
                {"at": one["at"], "words": {language: texts[one["message"]] for language, texts in written.items()}}
                for one in rung["callouts"]
            ]
            name = f"{exercise.id}, {rung['id']}"
            scenes.append({"name": name, "asset": held[rung["id"]], "callouts": wanted})
    text = "[\n" + ",\n".join(json.dumps(scene, ensure_ascii=False) for scene in scenes) + "\n]\n"
    if os.environ.get("LUMBAR_WRITE_GOLDEN"):
        SCENES.write_text(text)
    assert SCENES.read_text() == text
