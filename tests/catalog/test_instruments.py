"""The outcome measures' files: kept word for word, and nothing of those that are not ours to ship."""

import hashlib
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.instruments import ORDER, load_outcomes, words_of
from lumbar.catalog.load import HERE
from lumbar.catalog.words import load_words
from lumbar.core.errors import BadCatalog

ROOT = Path(__file__).parents[2]
CATALOGUE = shipped_catalogue()

PUBLISHED = "2052d29475ff43aac5468a7bd51d5137f168203883dd569a9ddc74bcccc8f148"
"""Of the questionnaire as its authors published it: the instruction and the 24 sentences, a line each."""

OTHERS = {  # of the first six words of sentences, so that none of their text has to be here either
    "03671c5349a2e445", "05bc8f13e334b0dd", "099d43cf1d23d3af", "1b5172b3396e3679", "1f565b740bc2b404",
    "35e3c489c6a4cef2", "3e8da7db73c83206", "3f98eaacd4033174", "4f151fc42674ad36", "50c3e33d178bfbd2",
    "5e8058ee1402902b", "62c5424ab82846b0", "6328aa32d437d7bf", "63e9d4625b1a76d1", "69bc60521a700683",
    "756db5d4b3d9a942", "7677b25258513e3e", "775fa6bd085fd904", "8495c5eae15a895b", "a0aeaadac44096af",
    "aa0d124d8ff95ddb", "ab12960df6fe016c", "b207f80d0e221b27", "b2265217633451db", "b73d8219a11fd66f",
    "babcb7ad4ffb6668", "c1204acf0729eaaa", "c397f345b91c8624", "c616d22cfe7ee2ab", "ca54e79173043377",
    "cc0da60b110a3f03", "ccbd854179300164", "d1cc4f4736bf4852", "e471edf0b5959398", "efc49646fd1f629e",
}  # fmt: skip


def test_every_instrument_has_its_words_and_sources() -> None:
    outcomes, words = load_outcomes(CATALOGUE), load_words("en")
    assert tuple(outcomes.instruments) == ORDER
    for instrument in outcomes.instruments.values():
        assert [message for message in words_of(instrument) if not words.has(message)] == []


def test_the_questionnaire_is_word_for_word_as_it_was_published() -> None:
    text = load_outcomes(CATALOGUE).instruments["rmdq-24"].words("en")
    assert text is not None
    assert len(text.items) == 24
    assert hashlib.sha256("\n".join([text.instruction, *text.items]).encode()).hexdigest() == PUBLISHED
    assert "Spine 1983; 8: 141-144" in text.citation


def test_a_language_without_a_published_text_is_offered_english() -> None:
    instrument = load_outcomes(CATALOGUE).instruments["rmdq-24"]
    text = instrument.words("es")
    assert text is not None
    assert text.language == "en"
    assert text == instrument.words("en")


def own(folder: Path, name: str, old: str, new: str) -> Path:
    shutil.copytree(HERE / "instruments", folder / "instruments")
    shutil.copy(HERE / "outcomes.toml", folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("instruments/rmdq-24.toml", "I stay at home most", "I stay home most", "not the words that were published"),
        ("instruments/rmdq-24.toml", "highest = 24", "highest = 23", "as many items as the highest score"),
        ("instruments/nprs.toml", "ostelo-2008", "nobody-1900", "no source nobody-1900"),
        ("instruments/nprs.toml", "share = 0.3", "share = 30", "share must lie between 0 and 1"),
        ("instruments/nprs.toml", "points = 2", "points = 0", "points must be positive"),
        ("instruments/psfs.toml", "activities = 3", "activities = 0", "so many may be named"),
        ("instruments/pgic.toml", 'id = "pgic"', 'id = "pgi"', "must equal the file's name"),
        ("instruments/pgic.toml", "lowest = 1", "lowest = 7", "lowest must be less than highest"),
        ("outcomes.toml", "days = 3", "days = 4", "must not meet"),
        ("outcomes.toml", 'source = "design"', 'source = "nobody"', "no source nobody"),
        ("outcomes.toml", "a_day = 1", "a_week = 1", "a_day"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    with pytest.raises(BadCatalog) as caught:
        load_outcomes(CATALOGUE, own(tmp_path, name, old, new))
    assert told in "; ".join(caught.value.mistakes)


def test_an_instrument_more_or_less_is_refused(tmp_path: Path) -> None:
    folder = own(tmp_path, "outcomes.toml", "a_day = 1", "a_day = 1")
    (folder / "instruments/pgic.toml").unlink()
    with pytest.raises(BadCatalog):
        load_outcomes(CATALOGUE, folder)


def six_words(text: str) -> set[str]:
    words = re.findall(r"[a-z']+", text.lower())
    return {hashlib.sha256(" ".join(words[n : n + 6]).encode()).hexdigest()[:16] for n in range(len(words) - 5)}


def test_the_fingerprints_would_find_what_they_look_for() -> None:
    assert six_words("I stay at home most of the time because of my back.") & {
        hashlib.sha256(b"i stay at home most of").hexdigest()[:16]
    }
    assert len(OTHERS) > 20
    assert all(a < b for a, b in pairwise(sorted(OTHERS)))


def test_no_text_of_other_instruments_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    texts = {".py", ".toml", ".md", ".ts", ".tsx", ".json", ".css", ".html"}
    found = {}
    for name in listed:
        path = ROOT / name
        if path.suffix in texts and path.is_file() and path.stat().st_size < 1_000_000:
            hits = six_words(path.read_text(encoding="utf-8")) & OTHERS
            if hits:
                found[name] = hits
    assert found == {}
