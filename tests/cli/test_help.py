"""What the commands say of themselves, and to a wrong call: in every language, and from the catalogue alone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from lumbar.catalog import words as catalogue_words
from lumbar.catalog.words import Words, languages, load_words, shipped_part
from lumbar.cli import console
from lumbar.cli.console import ask_secret
from lumbar.cli.main import COMMANDS, build
from lumbar.cli.manual import Command, Group
from lumbar.core.message import say

Run = Callable[..., Any]

ROOT = typer.main.get_command(build())
OTHERS = [language for language in languages() if language != "en"]
WIDE = 2_000
"""Columns that no row of a help fills, so that a row is a line."""

TYPERS_OWN = re.compile(
    r"usage|arguments|options|commands|show this|default|required|no such|invalid|missing|requires|unexpected|"
    r"is not|input should|does not|did you mean|possible|error|<[a-z]+|x<=|%y",
    re.IGNORECASE,
)
"""What Typer says by itself. None of it is a word of Spanish."""


def context(command: Any, path: str, parent: Any, words: Words, columns: int = WIDE) -> Any:
    return command.context_class(
        command,
        info_name=path.split()[-1],
        parent=parent,
        obj=words,
        terminal_width=columns,
        max_content_width=columns,
    )


def tree(words: Words, columns: int = WIDE) -> Iterator[tuple[str, Any, Any]]:
    """Every command with its path, and a context that speaks the language."""
    waiting: list[tuple[str, Any, Any]] = [("lumbar", ROOT, None)]
    while waiting:
        path, command, parent = waiting.pop()
        here = context(command, path, parent, words, columns)
        yield path, command, here
        if isinstance(command, Group):
            names = command.list_commands(here)
            waiting += [(f"{path} {name}", command.get_command(here, name), here) for name in names]


def pages(language: str, columns: int = WIDE) -> dict[str, str]:
    """The help of every command, by its path."""
    return {path: command.get_help(ctx) for path, command, ctx in tree(shipped_part("help", language), columns)}


PATHS = [path for path, _, _ in tree(shipped_part("help"))]


def test_the_whole_tree_is_looked_at() -> None:
    assert {"lumbar serve", "lumbar import", "lumbar handout", "lumbar person rename"} <= set(PATHS)
    assert len(PATHS) > len(COMMANDS)


@pytest.mark.parametrize("language", languages())
def test_every_command_and_option_has_words(language: str) -> None:
    words = load_words(language)
    lacking = []
    for path, command, ctx in tree(words):
        assert isinstance(command, Command | Group), f"{path} is not one that speaks languages: give it cls="
        named = [(path, command.help)]
        for param in command.get_params(ctx):
            named.append((f"{path} {param.name}", param.help))
            if param.metavar is not None:
                named.append((f"{path} {param.name}: what is put in", param.metavar))
            elif not getattr(param, "is_flag", False):
                assert param.type_descriptor.choices, f"{path} {param.name}: name what is put in, with metavar="
        lacking += [f"{where}: {message_id}" for where, message_id in named if not words.has(str(message_id))]
    assert lacking == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", PATHS)
def test_no_line_of_a_help_is_left_in_english(path: str, language: str) -> None:
    english, ours = pages("en")[path].splitlines(), pages(language)[path].splitlines()
    assert len(ours) == len(english)
    assert {line for line in ours if line.strip()} & set(english) == set()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_a_help_is_typers_own_word(path: str) -> None:
    """What Typer would add by itself would be English in every language; Spanish shows it."""
    assert TYPERS_OWN.findall(pages("es")[path]) == []


@pytest.mark.parametrize("language", languages())
def test_every_help_keeps_to_the_terminals_width(language: str) -> None:
    columns = 60
    long = [line for page in pages(language, columns).values() for line in page.splitlines() if len(line) > columns]
    assert long == []


@pytest.mark.parametrize("language", languages())
def test_a_commands_row_tells_its_whole_first_sentence(language: str) -> None:
    words = shipped_part("help", language)
    below = pages(language)["lumbar"].split("\n\n")[-1].splitlines()[1:]
    rows = dict(line.split(maxsplit=1) for line in below)
    for name in ("erase", "doctor", "serve"):
        told = words.written(say(f"cli.help.{name}"))
        assert told.startswith(rows[name])
        assert rows[name].endswith(".")


def test_what_is_to_know_of_an_option_stands_behind_it() -> None:
    serve, pose = pages("es")["lumbar serve"], pages("es")["lumbar pose"]
    assert "[si no se indica: 8420; de 0 a 65535]" in serve
    assert "--port PUERTO " in serve
    assert "-j, --jobs NÚMERO " in pose
    assert "[1 o más]" in pose
    assert "-o, --out ARCHIVO " in pose
    assert pose.startswith("Uso: lumbar pose [OPCIONES] ARCHIVO\n")
    assert pose.count("[obligatorio]") == 2
    assert pages("en")["lumbar approval"].startswith("Usage: lumbar approval [OPTIONS] [on|off]\n")
    assert pages("en")["lumbar assess"].startswith("Usage: lumbar assess [OPTIONS] FILE...\n")


@pytest.mark.parametrize("asked", [(), ("--help",), ("person",), ("person", "--help"), ("person", "pin", "--help")])
def test_the_terminal_shows_it_in_its_language(asked: tuple[str, ...], run: Run) -> None:
    ran = run(*asked, LUMBAR_LANGUAGE="es_MX.UTF-8")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Uso: lumbar")
    assert run(*asked, LUMBAR_LANGUAGE="de").out.startswith("Usage: lumbar")


@pytest.mark.parametrize("language", languages())
def test_a_help_reads_no_words_but_its_own(language: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(path: Path) -> Any:
        read.append(f"{path.parent.name}/{path.name}")
        return kept(path)

    kept = catalogue_words.read_toml
    monkeypatch.setattr(catalogue_words, "read_toml", reading)
    shipped_part.cache_clear()
    assert run("today", "--help", LUMBAR_LANGUAGE=language).code == 0
    assert sorted(read) == [f"{language}/help.toml", f"{language}/language.toml"]


WRONG = {
    ("today", "--frob"): ("There is no option `--frob`.", "No existe la opción `--frob`."),
    ("demo", "plank", "--sid", "left"): (
        "There is no option `--sid`. Perhaps you mean `--side`.",
        "No existe la opción `--sid`. Quizá quieres decir `--side`.",
    ),
    ("-x",): ("There is no option `-x`.", "No existe la opción `-x`."),
    ("frobnicate",): ("There is no command `frobnicate`.", "No existe la orden `frobnicate`."),
    ("serv",): ("There is no command `serv`. Perhaps you mean `serve`.", "Quizá quieres decir `serve`."),
    ("person", "ad"): ("There is no command `ad`. Perhaps you mean `add`.", "Quizá quieres decir `add`."),
    ("why",): ("EXERCISE is missing.", "Falta EJERCICIO."),
    ("assess", "a.mp4"): ("`--exercise` is missing.", "Falta `--exercise`."),
    ("today", "a", "b"): ("Nothing is done with `a` `b` here.", "Aquí sobra `a` `b`."),
    ("serve", "--port"): ("`--port` needs a value after it.", "`--port` necesita un valor detrás."),
    ("serve", "--lan=3"): ("`--lan` takes no value.", "`--lan` no lleva ningún valor."),
    ("serve", "--port", "x"): (
        "`--port` takes a whole number from 0 to 65535.",
        "`--port` admite un número entero de 0 a 65535.",
    ),
    ("serve", "--port", "65536"): ("a whole number from 0 to 65535.", "un número entero de 0 a 65535."),
    ("pose", "a", "-o", "b", "-j", "0"): ("`--jobs` takes a whole number, 1 or more.", "1 o más."),
    ("simulate", "--seed", "x"): ("`--seed` takes a whole number.", "`--seed` admite un número entero."),
    ("posture", "--rate", "99"): ("`--rate` takes a number from 0.25 to 30.", "un número de 0.25 a 30."),
    ("today", "--on", "tomorrow"): ("`--on` takes a date, such as 2026-03-02.", "`--on` admite una fecha, como "),
    ("demo", "plank", "--side", "up"): (
        "`--side` takes one of these: `left`, `right`.",
        "`--side` admite una de estas opciones: `left`, `right`.",
    ),
    ("approval", "maybe"): ("One of these goes here: `on`, `off`.", "Aquí va una de estas opciones: `on`, `off`."),
    ("--",): ("Something in this call does not fit.", "Hay algo en esta llamada que no encaja."),
    ("@cli.misuse",): ("There is no command `@cli.misuse`.", "No existe la orden `@cli.misuse`."),
}


@pytest.mark.parametrize("call", WRONG, ids=" ".join)
def test_a_wrong_call_is_refused_in_the_terminals_language(call: tuple[str, ...], run: Run) -> None:
    see = {"en": "See", "es": "Consulta"}
    for language, sentence in zip(("en", "es"), WRONG[call], strict=True):
        ran = run(*call, LUMBAR_LANGUAGE=language)
        assert (ran.code, ran.out) == (2, "")
        assert sentence in ran.err
        assert re.fullmatch(rf"[^\n]+[.] {see[language]} `lumbar[a-z ]* --help`[.]\n", ran.err)


def test_every_parameter_refuses_what_it_does_not_take_in_words(run: Run) -> None:
    """Each value that can be wrong, of each command: the refusal names the parameter, in Spanish."""
    tried = 0
    for path, command, ctx in tree(shipped_part("help", "es")):
        for param in command.get_params(ctx):
            kind = param.type_descriptor
            takes_anything = not (kind.choices or kind.is_datetime or kind.annotation in (int, float))
            if getattr(param, "is_flag", False) or takes_anything:
                continue
            name = [param.opts[-1]] if param.param_type_name == "option" else []
            needed = ["x" for one in command.params if one.required and one.param_type_name == "argument"]
            ran = run(*path.split()[1:], *needed, *name, "wrong", LUMBAR_LANGUAGE="es")
            tried += 1
            assert ran.code == 2, (path, param.name)
            assert re.match(r"`--?[a-z-]+` admite |Aquí va ", ran.err), (path, param.name, ran.err)
            assert TYPERS_OWN.findall(ran.err) == []
    assert tried > 20


def test_a_new_secret_is_typed_until_it_was_the_same_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUMBAR_LANGUAGE", "es")
    typed, asked = iter(["1234", "1235", "1234", "1234"]), []

    def typing(question: str, **how: bool) -> str:
        asked.append((question, how["hide_input"]))
        return next(typed)

    monkeypatch.setattr(console.typer, "prompt", typing)
    assert ask_secret(say("cli.passphrase"), new=True) == "1234"
    assert asked == [("Frase de paso", True), ("Lo mismo otra vez", True)] * 2
    assert capsys.readouterr().err == "No ha sido lo mismo las dos veces. Escríbelo de nuevo, por favor.\n"
    typed = iter(["known"])
    assert ask_secret(say("cli.passphrase"), new=False) == "known"
    assert len(asked) == 5
