"""The option of every command that is about one person's record."""

from typing import Annotated

import typer

Whose = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="Whose record, where several people use this lumbar."),
]
