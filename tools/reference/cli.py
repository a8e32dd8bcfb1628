"""The command line, as it explains itself, and the settings that it reads from the environment."""

from collections.abc import Iterator
from typing import Any

import typer.main

from lumbar.catalog.words import shipped_part
from lumbar.cli.main import build
from lumbar.wiring import SETTINGS
from reference.markdown import code, page, table

_WIDTH = 100
_WORDS = shipped_part("help")


def write() -> str:
    """Every command with its help."""
    command = typer.main.get_command(build())
    helps = [f"## `{name}`\n\n{code(text)}" for name, text in _helps(command, "lumbar", None)]
    return page(
        "# The command line",
        "Exit codes: 0 done, 1 it could not be done, 2 it was asked for wrongly. "
        "Results go to standard output, everything else to standard error.",
        *helps,
        "## Settings",
        "Read from the environment.",
        table(["name", "default", "what it is"], [(f"`{s.name}`", s.default, s.help) for s in SETTINGS]),
    )


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    """The help of a command and of all below it. Typer brings a click of its own, whose types have no public name."""
    size = {"max_content_width": _WIDTH, "terminal_width": _WIDTH}
    context = command.context_class(command, info_name=name.split()[-1], parent=parent, obj=_WORDS, **size)
    yield name, command.get_help(context)
    if hasattr(command, "list_commands"):
        for part in command.list_commands(context):
            inner = command.get_command(context, part)
            if inner is not None:
                yield from _helps(inner, f"{name} {part}", context)
