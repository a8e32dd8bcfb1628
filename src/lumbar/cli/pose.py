"""`lumbar pose`: landmarks of a recording, or of a folder of them, and nothing else."""

from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.console import EXIT_FAILED, complain, following, note
from lumbar.cli.manual import Command
from lumbar.core.errors import LumbarError
from lumbar.core.message import say
from lumbar.pose import batch
from lumbar.pose.recordings import write_trace


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.pose")
    def pose(
        recording: Annotated[
            Path, typer.Argument(metavar="cli.value.file", help="cli.help.pose.recording", show_default=False)
        ],
        out: Annotated[
            Path,
            typer.Option(
                "-o",
                "--out",
                metavar="cli.value.file",
                help="cli.help.pose.out",
                show_default=False,
            ),
        ],
        jobs: Annotated[
            int | None,
            typer.Option(
                "-j", "--jobs", min=1, metavar="cli.value.number", help="cli.help.pose.jobs", show_default=False
            ),
        ] = None,
    ) -> None:
        if recording.is_dir():
            _folder(recording, out, jobs or batch.cores())
            return
        with following(recording.name) as told:
            frames, seen = write_trace(recording, out, told)
        note(say("cli.pose.done", file=recording.name, count=frames, seen=seen, out=out.name))


def _folder(folder: Path, out: Path, processes: int) -> None:
    jobs = batch.jobs_in(folder, out)
    left = [job for job in jobs if not job.done]
    if len(left) < len(jobs):
        note(say("cli.pose.known", count=len(jobs) - len(left)))
    failed = 0
    with following(folder.name) as told:
        told(0, len(left))
        for number, outcome in enumerate(batch.run(left, min(processes, max(1, len(left)))), start=1):
            told(number, len(left))
            job = outcome.job
            if outcome.problem is not None:
                failed += 1
                message_id, params = outcome.problem
                complain(LumbarError(message_id, **params))
                continue
            name, trace = job.source.name, job.trace.name
            note(say("cli.pose.done", file=name, count=outcome.frames, seen=outcome.seen, out=trace))
    if failed:
        raise typer.Exit(EXIT_FAILED)
