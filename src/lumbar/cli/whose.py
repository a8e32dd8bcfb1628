"""The option of every command that is about one person's record."""

from typing import Annotated

import typer

Whose = Annotated[
    str | None,
    typer.Option("--person", metavar="cli.value.name", help="cli.help.whose"),
]
