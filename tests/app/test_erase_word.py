"""The word that erases everything is one of the person's own language."""

from pathlib import Path

import pytest

from lumbar import wiring
from lumbar.catalog.words import languages, load_words
from lumbar.cli.household import opened
from lumbar.core.errors import Misuse
from lumbar.core.message import say


@pytest.mark.parametrize("language", languages())
def test_each_language_has_its_own(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    with opened(wiring.read_settings({"LUMBAR_HOME": str(tmp_path)})) as (house, person):
        with pytest.raises(Misuse) as refused:
            house.erase_everything(person, "yes")
        assert words.written(say("erase.word")) in words.written(refused.value.message)
        house.erase_everything(person, f" {words.written(say('erase.word')).upper()} ")


def test_no_two_languages_share_it() -> None:
    told = [load_words(language).written(say("erase.word")) for language in languages()]
    assert len(set(told)) == len(told)
