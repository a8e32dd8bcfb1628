"""Where the camera stands is written in sentences, and their numbers are the exercise's own."""

import re
from collections.abc import Iterator

import pytest

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.words import languages, shipped_words
from lumbar.core.exercise import Exercise
from lumbar.core.message import say

JUDGED = [exercise for exercise in shipped_catalogue().exercises.values() if exercise.judged]
LANGUAGES = languages()
RANGE = re.compile(r"(\d+(?:[.,]\d+)?) (?:to|a|y|o) (\d+(?:[.,]\d+)?) (cm|m)\b")


def ranges(text: str) -> Iterator[tuple[float, float]]:
    """Every range of a text, in metres."""
    for low, high, unit in RANGE.findall(text.replace("\u00a0", " ")):
        scale = 0.01 if unit == "cm" else 1.0
        yield round(float(low.replace(",", ".")) * scale, 3), round(float(high.replace(",", ".")) * scale, 3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", JUDGED, ids=lambda exercise: exercise.id)
def test_a_written_place_of_the_camera_is_the_configured_one(exercise: Exercise, language: str) -> None:
    text = shipped_words(language).written(say(f"{exercise.id}.camera"))
    told = set(ranges(text))
    camera = exercise.camera
    assert told, text
    assert told <= {(band.low, band.high) for band in (camera.height_m, camera.distance_m) if band is not None}
    assert len(told) * 2 == len(re.findall(r"\d+(?:[.,]\d+)?", text)), "a number stands outside of a range"
