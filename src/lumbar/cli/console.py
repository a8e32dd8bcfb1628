"""What the commands share with a terminal: words out, errors as one sentence, progress on the error stream."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lumbar.catalog.words import load_words
from lumbar.core.errors import LumbarError, Misuse, NotFound
from lumbar.core.message import Message, say

EXIT_FAILED = 1
EXIT_MISUSE = 2

Told = Callable[[int, int | None], None]


def exit_code(error: LumbarError) -> int:
    """2 when the call itself is wrong, 1 when what it met is."""
    return EXIT_MISUSE if isinstance(error, Misuse | NotFound) else EXIT_FAILED


def out(message: Message) -> None:
    """A line on standard output."""
    plain(load_words().written(message))


def plain(text: str) -> None:
    """Text on standard output, as it is."""
    sys.stdout.write(text + "\n")


def note(message: Message) -> None:
    """A line on standard error."""
    sys.stderr.write(load_words().written(message) + "\n")


def complain(error: LumbarError) -> None:
    """An error as one sentence on standard error."""
    words = load_words()
    known = words.has(error.message.id)
    sys.stderr.write((words.written(error.message) if known else str(error)) + "\n")


@contextmanager
def following(name: str) -> Iterator[Told]:
    """A progress bar on standard error, quiet where there is no terminal."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(load_words().written(say("cli.working", file=name)), total=None)

        def told(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield told
