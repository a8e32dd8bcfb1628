"""`lumbar import`: facts from an export, or past sessions from a table."""

from pathlib import Path
from typing import Annotated

import typer

from lumbar import disk
from lumbar.app.transfer import Brought
from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.errors import BadImport
from lumbar.core.message import say
from lumbar.core.record import TYPES


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(name="import", cls=Command, help="cli.help.import")
    def bring_in(
        file: Annotated[Path, typer.Argument(metavar="cli.value.file", help="cli.help.import.file", readable=False)],
        preview: Annotated[bool, typer.Option("--preview", help="cli.help.import.preview")] = False,
        mine: Annotated[bool, typer.Option("--mine", help="cli.help.import.mine")] = False,
        whose: Whose = None,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened, passphrase
        from lumbar.export.sealing import is_sealed, unseal

        data = _read(file)
        settings = wiring.read_settings()
        if is_sealed(data):
            data = unseal(data, passphrase(settings, new=False))
        with opened(settings, whose) as (house, person):
            if preview:
                tell(house.import_record.look(person, data))
            else:
                tell(house.import_record.take(person, data, mine=mine))


def _read(file: Path) -> bytes:
    from lumbar.export.incoming import MOST_BYTES, too_large

    try:
        if file.stat().st_size > MOST_BYTES:
            raise too_large(MOST_BYTES)
        return file.read_bytes()
    except OSError as cause:
        raise BadImport("error.import-unreadable", file=str(file), reason=disk.why(cause)) from None


def tell(brought: Brought) -> None:
    """What came in, or would."""
    kind = "taken" if brought.taken else "preview"
    out(say(f"import.{kind}", count=brought.new, known=brought.known))
    if brought.first and brought.last:
        out(say("import.days", first=brought.first.isoformat(), last=brought.last.isoformat()))
    for name, count in brought.types.items():
        if name in TYPES:
            out(say("import.type", type=f"@import.of.{name}", count=count))
        else:
            out(say("import.type-unknown", type=name, count=count))
    if brought.differing:
        out(say("import.differing", count=brought.differing))
    if brought.other_person:
        out(say("import.other-person"))
