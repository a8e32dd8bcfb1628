"""`lumbar packet`, `lumbar review`, `lumbar handout`: what an expert is given, what they answer, the plan on paper."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar import disk
from lumbar.catalog.words import Words
from lumbar.cli.console import note, out, plain
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.errors import BadInput, Misuse
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.packet import Packet

if TYPE_CHECKING:
    from lumbar.app.packets import Keep, Printed


class Format(StrEnum):
    """How the packet is given."""

    TEXT = "text"
    PDF = "pdf"
    HTML = "html"


class Size(StrEnum):
    """The paper."""

    A4 = "a4"
    LETTER = "letter"


Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="cli.value.file", help="cli.help.packet.output")]
Paper = Annotated[Size, typer.Option("--size", help="cli.help.packet.size")]


def register(app: typer.Typer) -> None:
    """Add the commands."""

    @app.command(cls=Command, help="cli.help.packet")
    def packet(
        form: Annotated[Format | None, typer.Option("--format", help="cli.help.packet.format")] = None,
        output: Output = None,
        size: Paper = Size.A4,
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened

        form = _agreed(form, output) or Format.TEXT
        with opened(whose=whose) as (house, person):
            if form is Format.TEXT:
                words, exercises = house.rules.words, house.rules.catalogue.exercises
                text = "\n".join(lines(house.packets.show(person), exercises, words))
                _text(text, output)
                return
            with _kept(output) as keep:
                if form is Format.PDF:
                    house.packets.pdf(person, size=size.value, keep=keep)
                else:
                    house.packets.html(person, keep=keep)

    @app.command(cls=Command, help="cli.help.handout")
    def handout(output: Output = None, size: Paper = Size.A4, whose: Whose = None) -> None:
        from lumbar.cli.household import opened

        _agreed(Format.PDF, output)
        with opened(whose=whose) as (house, person):
            made = house.packets.handout(person, size=size.value)
        with _kept(output) as keep:
            keep(made)

    @app.command(cls=Command, help="cli.help.review")
    def review(
        file: Annotated[Path, typer.Argument(metavar="cli.value.file", help="cli.help.review.file", readable=False)],
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened

        try:
            content = file.read_text(encoding="utf-8")
        except OSError as cause:
            raise BadInput("error.file-unreadable", file=file.name, reason=disk.why(cause)) from None
        except UnicodeDecodeError:
            raise BadInput("error.answer-file") from None
        with opened(whose=whose) as (house, person):
            taken = house.take_answer(person, content)
        for message in taken.did:
            out(message)


_ENDS = {".txt": Format.TEXT, ".text": Format.TEXT, ".pdf": Format.PDF, ".html": Format.HTML, ".htm": Format.HTML}


def _agreed(form: Format | None, output: Path | None) -> Format | None:
    """The format that was asked for, or that a file's name asks for; None where neither says one. Raises Misuse where
    the two contradict each other, and for an ending that stands for none of them."""
    ending = "" if output is None else output.suffix.lower()
    if output is None or not ending:
        return form
    named = _ENDS.get(ending)
    if named is None and form is None:
        raise Misuse("error.packet-ending", file=output.name, known=", ".join(_ENDS))
    if form is not None and named is not None and named is not form:
        raise Misuse("error.packet-format", file=output.name, format=form.value)
    return form or named


@contextmanager
def _kept(output: Path | None) -> Iterator["Keep"]:
    """Keeps a file beside its place, whole or not at all; it gets its name once nothing else can fail."""
    kept: dict[Path, Path] = {}

    def keep(made: "Printed") -> None:
        target = output or Path(made.name)
        kept[target] = target.with_name(f".{target.name}.part")
        with _writing(target):
            kept[target].write_bytes(made.content)
            if target.is_dir():  # the one thing that keeps a file from its name, once it is written beside it
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))

    try:
        yield keep
        for target, fresh in kept.items():
            with _writing(target):
                fresh.replace(target)
            note(say("cli.packet.written", file=target.name))
    finally:
        for fresh in kept.values():
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise BadInput("error.file-unwritable", file=target.name, reason=disk.why(cause)) from None


def _text(text: str, output: Path | None) -> None:
    if output is None:
        plain(text)
        return
    with _writing(output):
        output.write_text(f"{text}\n", encoding="utf-8")
    sys.stdout.flush()


def lines(packet: Packet, exercises: Mapping[str, Exercise], words: Words) -> Iterable[str]:
    """The packet as text: the same words as on paper."""
    from lumbar.export.sheet import sheet_of

    def heading(name: str) -> str:
        return words.written(say(name))

    sheet = sheet_of(packet, exercises, words)
    yield sheet.title
    yield f"{sheet.lead} {sheet.review}"
    yield " · ".join(sheet.person)
    yield f"{sheet.screen_title}: {'; '.join(sheet.screen)}"
    yield f"{heading('packet.goal')}: {sheet.goal}"
    yield ""
    yield f"{heading('packet.plan')} ({heading('packet.col.held').lower()})"
    for line in sheet.lines:
        yield f"  {line.name}: {line.dose} · {line.form} · {line.held} · {line.next}"
    if sheet.walk:
        yield f"  {sheet.walk[0]}: {' · '.join(sheet.walk[1:])}"
    scores = [f"{name}: {numbers} · {said}" for name, numbers, said in sheet.scores]
    yield from _listed(heading("packet.scores"), scores or [sheet.scores_none])
    yield from _listed(heading("packet.past"), sheet.past)
    asked = sheet.questions or (sheet.questions_none,)
    yield from _listed(heading("packet.ask"), [*asked, *filter(None, (sheet.questions_left, sheet.rests))])
    yield from _listed(sheet.changed_title, sheet.changed)
    if sheet.rules:
        yield from _listed(heading("packet.more.rules"), sheet.rules)
    curves = [" · ".join(filter(None, (f"{curve.title}:", curve.last, curve.said))) for curve in sheet.curves]
    yield from _listed(heading("packet.more.curves"), [one.replace(": ·", ":") for one in curves])
    events = [f"{on}: {what} · {then}" for on, what, then in sheet.events] or [sheet.events_none]
    yield from _listed(heading("packet.more.events"), [*events, *filter(None, [sheet.events_left])])
    yield ""
    yield sheet.foot


def _listed(title: str, told: Iterable[str]) -> Iterable[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in told)
