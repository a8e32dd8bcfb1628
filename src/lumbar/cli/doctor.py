"""`lumbar doctor`: whether everything is in its place."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def doctor() -> None:
        """Check the installation and the data, and change nothing."""
        from lumbar.cli.checkup import all_well  # it knows every room, and other commands need not load them

        if not all_well():
            raise typer.Exit(1)
