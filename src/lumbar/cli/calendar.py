"""`lumbar calendar`: the next weeks of the programme as a file for any calendar."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.console import note
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.message import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.calendar")
    def calendar(
        output: Annotated[
            Path | None, typer.Option("--output", "-o", metavar="cli.value.file", help="cli.help.output")
        ] = None,
        whose: Whose = None,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.export import write_whole
        from lumbar.cli.household import opened

        settings = wiring.read_settings()
        with opened(settings, whose) as (house, person):
            content = house.show_calendar(person, language=settings.language)
        if output is None:
            sys.stdout.buffer.write(content)
            return
        write_whole(output, [content])
        note(say("cli.calendar.done", file=str(output)))
