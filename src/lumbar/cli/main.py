"""Collects the commands, and turns whatever goes wrong into one sentence and an exit code."""

import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Annotated

import typer

from lumbar import __version__, disk
from lumbar.cli.console import EXIT_FAILED, EXIT_MISUSE, complain, exit_code, note
from lumbar.cli.endings import as_interrupts
from lumbar.cli.manual import Group
from lumbar.cli.refusals import CallError, WrongCall, refused, tell
from lumbar.core.errors import LumbarError
from lumbar.core.message import say

COMMANDS = (
    "serve", "devices", "today", "why", "outcomes", "posture", "calendar", "packet", "approval", "export", "bring_in",
    "backup", "restore", "encrypt", "decrypt", "erase", "person", "doctor", "pose", "assess", "demo", "simulate",
)  # fmt: skip
EXIT_INTERRUPTED = 130


def build() -> typer.Typer:
    """The `lumbar` command."""
    app = typer.Typer(
        name="lumbar", cls=Group, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )

    @app.callback(help="cli.help.lumbar")
    def lumbar(
        version: Annotated[
            bool, typer.Option("--version", help="cli.help.lumbar.version", is_eager=True, callback=_show_version)
        ] = False,
    ) -> None:
        """What is asked for before any command."""

    for name in COMMANDS:
        module = f"lumbar.cli.{name}"
        if find_spec(module) is not None:
            importlib.import_module(module).register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run a command; its exit code. 0 done, 1 it could not be done, 2 it was asked for wrongly."""
    _speak_plainly()
    try:
        with as_interrupts():
            result = build()(arguments or ["--help"], prog_name="lumbar", standalone_mode=False)
            sys.stdout.flush()
    except (WrongCall, CallError) as error:
        tell(error if isinstance(error, WrongCall) else refused(error))
        return EXIT_MISUSE
    except (typer.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except LumbarError as error:
        complain(error)
        return exit_code(error)
    except BrokenPipeError:  # whoever read our output has left; nothing may be written any more, not even at exit
        _be_silent()
        return EXIT_FAILED
    except OSError as error:  # every room words its own; what is left is output that cannot be written
        _be_silent()
        with suppress(OSError):  # the terminal may be gone, and with it whoever could read this
            note(say("error.output", reason=disk.why(error)))
        return EXIT_FAILED
    return result if isinstance(result, int) else 0


def _speak_plainly() -> None:
    """Never stop half-way at a letter that the terminal lacks; and speak into the void where there is none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _be_silent() -> None:
    """Send what is still to be written nowhere, so that leaving fails no second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lumbar {__version__}")
        raise typer.Exit
