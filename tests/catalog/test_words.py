"""Messages become words, and what is missing is told."""

from types import MappingProxyType

import pytest

from lumbar.catalog.words import Words, load_words, shipped_words
from lumbar.core.errors import BadCatalog, Misuse, NotFound
from lumbar.core.message import Message, say


def words(written: dict[str, str], spoken: dict[str, str] | None = None) -> Words:
    return Words("en", MappingProxyType({"written": written, "spoken": spoken or {}}))


def test_a_parameter_is_put_in_its_place() -> None:
    assert (
        words({"a": "Hold {seconds} s, then {seconds} s more."}).written(say("a", seconds=5))
        == "Hold 5 s, then 5 s more."
    )


def test_a_number_is_written_without_a_needless_fraction() -> None:
    assert words({"a": "{x}"}).written(say("a", x=2.0)) == "2"
    assert words({"a": "{x}"}).written(say("a", x=2.5)) == "2.5"


def test_a_parameter_may_be_a_message_of_its_own() -> None:
    table = words({"next": "Next: {exercise}", "plank.name": "Plank"}, {"plank.name": "the plank"})
    assert table.written(say("next", exercise="@plank.name")) == "Next: Plank"
    assert table.spoken(say("next", exercise="@plank.name")) == "Next: the plank"


def test_the_count_chooses_singular_or_plural() -> None:
    table = words({"m.one": "1 minute", "m.other": "{count} minutes"})
    assert [table.written(say("m", count=n)) for n in (0, 1, 2)] == ["0 minutes", "1 minute", "2 minutes"]
    assert table.has("m")


def test_spoken_words_fall_back_to_written_ones_and_not_the_other_way() -> None:
    table = words({"a": "written"}, {"b": "spoken"})
    assert table.spoken(say("a")) == "written"
    with pytest.raises(NotFound):
        table.written(say("b"))
    assert table.has("b", spoken=True)
    assert not table.has("b")


def test_what_only_looks_like_an_id_stays_as_it_is() -> None:
    table = shipped_words()
    assert (
        table.written(say("error.media-missing", file="@no.such"))
        == "There is no file @no.such. Check its name and folder."
    )


@pytest.mark.parametrize("message", [say("no-such"), say("a"), Message("m", {"count": 2})])
def test_what_is_missing_is_told(message: Message) -> None:
    with pytest.raises(NotFound):
        words({"a": "{x}", "m.one": "one"}).written(message)


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(NotFound, match="no-language"):
        load_words("xx")
    with pytest.raises(NotFound):
        load_words("../en")


def test_an_own_catalogue_may_say_it_otherwise(tmp_path) -> None:
    folder = tmp_path / "texts" / "en"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('[written]\n"own.word" = "ours"\n', encoding="utf-8")
    assert load_words("en", tmp_path).written(say("own.word")) == "ours"


@pytest.mark.parametrize(
    "text",
    [
        '[written]\nplank.name = "dotted keys nest"\n',
        '[writen]\n"a" = "b"\n',
        '[written]\n"a b" = "c"\n',
        "[written]\nx",
        '[written]\n"a" = " "\n',
    ],
)
def test_a_file_with_mistakes_names_itself(tmp_path, text: str) -> None:
    folder = tmp_path / "texts" / "en"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadCatalog, match=r"own\.toml"):
        load_words("en", tmp_path)


def test_two_files_may_not_give_words_to_the_same_id(tmp_path) -> None:
    folder = tmp_path / "texts" / "en"
    folder.mkdir(parents=True)
    for name in ("a.toml", "b.toml"):
        (folder / name).write_text('[written]\n"x" = "y"\n', encoding="utf-8")
    with pytest.raises(BadCatalog, match=r"written\.x"):
        load_words("en", tmp_path)


def test_the_page_gets_all_of_them() -> None:
    flat = shipped_words("en").flat()
    assert set(flat) == {"written", "spoken"}
    assert all(text.strip() for table in flat.values() for text in table.values())


def test_an_error_without_words_is_told_plainly() -> None:
    table = words({"error.known": "There is no {exercise}."})
    assert table.of_error(NotFound("error.known", exercise="plonk")) == "There is no plonk."
    assert table.of_error(Misuse("error.unknown", side="up")) == "error.unknown: side=up"


def test_dates_are_written_out_where_they_are_dates() -> None:
    seen = say("screen.reason.cleared", on="2026-03-03", question="@screen.B3.short")
    assert "Seen about it on Tuesday 3 March 2026: " in shipped_words().written(seen)
    table = words({"a.seen": "{seen_on}, {on}, {person}"})
    assert table.written(say("a.seen", seen_on="2026-03-03", on="soon", person="2026-03-03")) == (
        "2026-03-03, soon, 2026-03-03"
    )
