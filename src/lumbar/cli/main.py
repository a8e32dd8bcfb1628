"""Collects the commands, and turns whatever goes wrong into one sentence and an exit code."""

import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from types import FrameType
from typing import Annotated, NoReturn

import typer

from lumbar import __version__
from lumbar.cli.console import EXIT_FAILED, EXIT_MISUSE, complain, exit_code, note
from lumbar.core.errors import LumbarError
from lumbar.core.message import say

COMMANDS = (
    "serve", "devices", "today", "why", "outcomes", "posture", "calendar", "packet", "approval", "export", "bring_in",
    "backup", "restore", "encrypt", "decrypt", "erase", "person", "doctor", "pose", "assess", "demo", "simulate",
)  # fmt: skip
EXIT_INTERRUPTED = 130

_CallError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""Typer carries its own copy of click, or uses the real one, depending on its version."""


def build() -> typer.Typer:
    """The `lumbar` command."""
    app = typer.Typer(name="lumbar", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

    @app.callback()
    def lumbar(
        version: Annotated[
            bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)
        ] = False,
    ) -> None:
        """A home programme for ordinary low back pain. General information, not medical advice."""

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
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        result = build()(arguments or ["--help"], prog_name="lumbar", standalone_mode=False)
        sys.stdout.flush()
    except _CallError as error:
        note(say("cli.misuse", what=_told(error), command=_command(error, arguments)))
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
        note(say("error.output", reason=error.strerror or str(error)))
        return EXIT_FAILED
    finally:
        signal.signal(signal.SIGTERM, before)
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


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Being asked to end is an interrupt: what is half-written is cleared away on the way out."""
    raise KeyboardInterrupt


def _told(error: Exception) -> str:
    """Typer's own words on one line, without the name of what raised them, ending in a full stop."""
    text = " ".join(str(getattr(error, "format_message", error.__str__)()).split()).replace("Value error, ", "")
    return text if text.endswith((".", "?")) else f"{text}."


def _command(error: Exception, arguments: Sequence[str]) -> str:
    """The command that was called wrongly, as it is typed: its own help says what it takes. Some mistakes do not know
    how deep they were made; then it is the command that was named, if there is one of that name."""
    context = getattr(error, "ctx", None)
    if context is not None and context.parent is not None:
        return str(context.command_path)
    named = next(iter(arguments), "")
    return f"lumbar {named}" if named in COMMANDS else "lumbar"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lumbar {__version__}")
        raise typer.Exit
