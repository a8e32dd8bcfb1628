"""What the commands share with a terminal: words out, errors as one sentence, progress on the error stream."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unicodedata import category

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lumbar.catalog.words import Words, preferred, shipped_language, shipped_part, shipped_words
from lumbar.core.errors import LumbarError, Misuse, NotFound
from lumbar.core.message import Message, say

EXIT_FAILED = 1
EXIT_MISUSE = 2

Told = Callable[[int, int | None], None]


def exit_code(error: LumbarError) -> int:
    """2 when the call itself is wrong, 1 when what it met is."""
    return EXIT_MISUSE if isinstance(error, Misuse | NotFound) else EXIT_FAILED


def our_words() -> Words:
    """The words of the language that the terminal asks for."""
    return shipped_words(_language())


def help_words() -> Words:
    """Those of them that tell what the commands take, read from their own file alone: a help is quick."""
    return shipped_part("help", _language())


def _language() -> str:
    return shipped_language(preferred(os.environ))


def out(message: Message, words: Words | None = None) -> None:
    """A line on standard output."""
    plain((words or our_words()).written(message))


def plain(text: str) -> None:
    """Text on standard output, as it is."""
    sys.stdout.write(_shown(text) + "\n")


def note(message: Message, words: Words | None = None) -> None:
    """A line on standard error."""
    sys.stderr.write(_shown((words or our_words()).written(message)) + "\n")


def complain(error: LumbarError) -> None:
    """An error as one sentence on standard error."""
    words = our_words()
    known = words.has(error.message.id)
    sys.stderr.write(_shown(words.written(error.message) if known else str(error)) + "\n")


def _shown(text: str) -> str:
    """The text without what a terminal would obey: a file's name may hold anything."""
    return "".join(letter if _is_plain(letter) else "\ufffd" for letter in text)


def _is_plain(letter: str) -> bool:
    """A space that does not break is a space; Python does not call it printable."""
    return letter.isprintable() or letter in "\n\t" or category(letter) == "Zs"


def ask_secret(question: Message, *, new: bool) -> str:
    """What somebody types unseen; a new secret twice, until it was the same twice."""
    words = our_words()
    while True:
        typed: str = typer.prompt(words.written(question), hide_input=True, err=True)
        if not new or typer.prompt(words.written(say("cli.ask.again")), hide_input=True, err=True) == typed:
            return typed
        note(say("cli.ask.differ"), words)


@contextmanager
def following(name: str) -> Iterator[Told]:
    """A progress bar on standard error, quiet where there is no terminal."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(_shown(our_words().written(say("cli.working", file=name))), total=None)

        def told(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield told
