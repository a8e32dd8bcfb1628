"""`lumbar assess`: what the coach makes of recordings."""

import json
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import lumbar
from lumbar import wiring
from lumbar.cli.assessment import tell
from lumbar.cli.console import EXIT_FAILED, complain, following, note, plain
from lumbar.cli.manual import Command
from lumbar.core.assess import Assessment, assess
from lumbar.core.body import Side
from lumbar.core.coach import Event
from lumbar.core.errors import BadMedia, LumbarError
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.pose.recordings import frames_of, model_of


class Format(StrEnum):
    """How to print."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("assess", cls=Command, help="cli.help.assess")
    def assess_command(
        files: Annotated[
            list[Path], typer.Argument(metavar="cli.value.file", help="cli.help.assess.files", show_default=False)
        ],
        exercise: Annotated[
            str, typer.Option(metavar="cli.value.exercise", help="cli.help.exercise", show_default=False)
        ],
        side: Annotated[Side | None, typer.Option(help="cli.help.assess.side")] = None,
        rung: Annotated[str | None, typer.Option(metavar="cli.value.id", help="cli.help.rung")] = None,
        form: Annotated[Format, typer.Option("--format", help="cli.help.assess.format")] = Format.TEXT,
        frames: Annotated[bool, typer.Option("--frames", help="cli.help.assess.frames")] = False,
        events: Annotated[bool, typer.Option("--events", help="cli.help.assess.events")] = False,
    ) -> None:
        catalogue, words = wiring.own_catalogue(wiring.read_settings())
        chosen = catalogue.exercise(exercise)
        chosen.working_side(side)
        on_rung = chosen.rung(rung)
        if events and form is Format.TEXT:
            note(say("cli.assess.no-events"))
        done: list[dict[str, object]] = []
        failed = False
        for path in files:
            try:
                model, assessed = _run(path, chosen, side, on_rung.id)
            except LumbarError as error:
                complain(error)
                failed = True
                continue
            if form is Format.TEXT:
                tell(path.name, chosen, on_rung, assessed, words, frames=frames)
                continue
            result = _as_json(path, assessed, model, frames=frames, events=events)
            if form is Format.JSONL:
                plain(json.dumps(result, allow_nan=False))
            done.append(result)
        if form is Format.JSON:
            plain(json.dumps(done, allow_nan=False, indent=1))
        if failed:
            raise typer.Exit(EXIT_FAILED)


def _run(path: Path, exercise: Exercise, side: Side | None, rung: str) -> tuple[dict[str, str], Assessment]:
    with following(path.name) as told:
        assessed = assess(frames_of(path, told), exercise, side=side, rung=rung)
    if assessed.seen == 0:
        raise BadMedia("error.media-nobody", file=path.name)
    return model_of(path), assessed


def _as_json(
    path: Path, assessed: Assessment, model: dict[str, str], *, frames: bool, events: bool
) -> dict[str, object]:
    result: dict[str, object] = {"file": str(path), **assessed.as_json(), "model": model, "version": lumbar.__version__}
    if frames:
        result["judgements"] = [
            {
                "t_s": round(t_s, 6),
                "state": judgement.state.value,
                "faults": list(judgement.faults),
                "measures": {k: None if v is None else round(v, 4) for k, v in judgement.measures.items()},
            }
            for t_s, judgement in assessed.judgements
        ]
    if events:
        result["events"] = [event_json(event) for event in assessed.events]
    return result


def event_json(event: Event) -> dict[str, object]:
    """An event as plain values, its name first."""
    return {"event": _kebab(type(event).__name__)} | {
        f.name: _plain_value(getattr(event, f.name)) for f in fields(event)
    }


def _plain_value(value: object) -> object:
    if isinstance(value, Message):
        return value.as_json()
    return round(value, 4) if isinstance(value, float) else value


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
