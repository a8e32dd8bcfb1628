"""`lumbar pose`: landmarks of a recording, and nothing else."""

from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.console import following, note
from lumbar.core.message import say
from lumbar.pose.recordings import write_trace


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def pose(
        video: Annotated[Path, typer.Argument(help="A video or a picture.", show_default=False)],
        out: Annotated[
            Path, typer.Option("-o", "--out", help="The trace to write: .jsonl or .jsonl.gz.", show_default=False)
        ],
    ) -> None:
        """Write the landmarks of a recording to a trace. Nothing leaves this machine."""
        with following(video.name) as told:
            frames, seen = write_trace(video, out, told)
        note(say("cli.pose.done", file=video.name, frames=frames, seen=seen, out=out.name))
