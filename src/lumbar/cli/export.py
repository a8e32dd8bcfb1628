"""`lumbar export`: the whole record as a file."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from lumbar import disk
from lumbar.cli.console import note
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.errors import Misuse, StoreUnavailable
from lumbar.core.message import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.export")
    def export(
        output: Annotated[
            Path | None, typer.Option("--output", "-o", metavar="cli.value.file", help="cli.help.output")
        ] = None,
        form: Annotated[
            str,
            typer.Option(
                "--format",
                metavar="cli.value.format",
                help="cli.help.export.format",
            ),
        ] = "json",
        encrypt: Annotated[bool, typer.Option("--encrypt", help="cli.help.export.encrypt")] = False,
        whose: Whose = None,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened, passphrase
        from lumbar.export.sealing import seal

        settings = wiring.read_settings()
        with opened(settings, whose) as (house, person):
            outgoing = house.export_record(person, form)
            if output is None and sys.stdout.isatty() and (encrypt or form == "csv"):
                raise Misuse("error.export-terminal")
            pieces: Iterable[bytes] = outgoing.pieces
            if encrypt:
                pieces = [seal(b"".join(pieces), passphrase(settings, new=True))]
            if output is None:
                sys.stdout.buffer.writelines(pieces)
                return
            write_whole(output, pieces)
        note(say("cli.export.done", file=str(output)))


def write_whole(output: Path, pieces: Iterable[bytes]) -> None:
    """The whole file or none: it is written beside its place, and moved there in one step."""
    try:
        handle, part = tempfile.mkstemp(prefix=f".{output.name}-", dir=output.parent)
    except OSError as cause:
        raise _unwritten(output, cause) from cause
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(output)
    except OSError as cause:
        raise _unwritten(output, cause) from cause
    finally:
        with contextlib.suppress(OSError):
            Path(part).unlink(missing_ok=True)


def _unwritten(output: Path, cause: OSError) -> StoreUnavailable:
    return StoreUnavailable("error.export-unwritten", file=str(output), reason=disk.why(cause))
