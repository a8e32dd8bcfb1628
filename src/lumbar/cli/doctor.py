"""`lumbar doctor`: whether everything is in its place."""

import typer

from lumbar.cli.manual import Command


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.doctor")
    def doctor() -> None:
        from lumbar.cli.checkup import all_well  # it knows every room, and other commands need not load them

        if not all_well():
            raise typer.Exit(1)
