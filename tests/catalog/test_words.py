"""Messages become words, and what is missing is told."""

from gettext import c2py
from types import MappingProxyType

import pytest

from lumbar.catalog.words import Grammar, Tongues, Words, load_words, preferred, shipped_words
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


RUSSIAN = Grammar(
    c2py("n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"),
    ("one", "few", "many"),
    ",",
)


def test_a_language_counts_as_its_speakers_do() -> None:
    table = MappingProxyType(
        {"written": {"m.one": "{count} a", "m.few": "{count} b", "m.many": "{count} c"}, "spoken": {}}
    )
    russian = Words("ru", table, RUSSIAN)
    counted = [russian.written(say("m", count=n)) for n in (1, 2, 5, 11, 21, 22)]
    assert counted == ["1 a", "2 b", "5 c", "11 c", "21 a", "22 b"]
    assert russian.has("m")
    assert not Words("ru", MappingProxyType({"written": {"m.one": "{count}"}, "spoken": {}}), RUSSIAN).has("m")


def test_a_language_has_its_own_decimal_sign() -> None:
    table = MappingProxyType({"written": {"a": "{x} kg"}, "spoken": {}})
    assert Words("ru", table, RUSSIAN).written(say("a", x=11.3)) == "11,3 kg"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.5, ES-ar;q=0.7", "es"),
        ("de-DE,de;q=0.9", "en"),
        ("de, es;q=0.1", "es"),
        ("es_ES.UTF-8", "es"),
        ("C", "en"),
        (";;;,q=,=;q=1..2", "en"),
    ],
)
def test_the_first_language_that_is_asked_for_and_there_is_taken(asked: str | None, language: str) -> None:
    nothing = MappingProxyType({"written": {}, "spoken": {}})
    tongues = Tongues({name: Words(name, nothing) for name in ("en", "es")}, "en")
    assert tongues.of(asked).language == language


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({}, "en"),
        ({"LANG": "es_ES.UTF-8"}, "es_ES.UTF-8"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "C"),
        ({"LANG": "C", "LUMBAR_LANGUAGE": "es"}, "es"),
    ],
)
def test_the_terminal_is_asked_for_its_language(environment: dict[str, str], asked: str) -> None:
    assert preferred(environment) == asked
