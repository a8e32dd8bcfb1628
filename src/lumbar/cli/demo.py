"""`lumbar demo`: the moving figure in the terminal, and what the coach says to it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from lumbar import wiring
from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.cli.manual import Command
from lumbar.cli.sketch import Sketch
from lumbar.core import figure
from lumbar.core.body import Frame, Side
from lumbar.core.coach import Coach, Event
from lumbar.core.coach.events import Credited, Cue, Done, InPosition, LeftPosition, Nudged, Praise, Tiring, TrackingLost
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say

_FPS = 15
_EXTRA_S = 2.0
"""The figure holds a little longer than the coach asks, for the half second that earns nothing."""

_WIDEST, _LINES_SHOWN, _TELL_EVERY_S = 100, 6, 5


@dataclass(frozen=True, slots=True)
class _Scene:
    """A frame, the figure as it is drawn for the left side, and what the coach has told up to here."""

    frame: Frame
    drawn: Frame
    story: tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.demo")
    def demo(
        exercise: Annotated[
            str, typer.Argument(metavar="cli.value.exercise", help="cli.help.exercise", show_default=False)
        ],
        rung: Annotated[str | None, typer.Option(metavar="cli.value.id", help="cli.help.rung")] = None,
        side: Annotated[Side | None, typer.Option(help="cli.help.demo.side")] = None,
        hold: Annotated[int, typer.Option(min=1, max=300, metavar="cli.value.seconds", help="cli.help.demo.hold")] = 10,
    ) -> None:
        catalogue, words = wiring.own_catalogue(wiring.read_settings())
        chosen = catalogue.exercise(exercise)
        worked = chosen.working_side(side) or (Side.LEFT if chosen.two_sided else None)
        step = chosen.rung(rung)
        title = words.written(_title(chosen, step.id, worked))
        scenes = _scenes(chosen, step.id, worked, hold, words)
        console = Console()
        if console.is_terminal:
            _play(console, title, scenes, figure.scenery(chosen, step.id), mirrored=worked is Side.RIGHT)
        else:
            plain("\n".join([title, *list(scenes)[-1].story]))


def _title(exercise: Exercise, rung: str, side: Side | None) -> Message:
    names = {"exercise": f"@{exercise.id}.name", "rung": f"@{exercise.id}.rung.{rung}"}
    return say("cli.demo.title", **names) if side is None else say("cli.demo.title-side", side=f"@side.{side}", **names)


def _scenes(exercise: Exercise, rung: str, side: Side | None, hold_s: int, words: Words) -> Iterator[_Scene]:
    """The story frame by frame. A rung that no camera sees has a figure and no coach."""
    seen = exercise.rung(rung).camera_sees
    coach = Coach(exercise, side, hold_s, rung=rung) if seen else None
    story: list[str] = [] if seen else [words.written(say("cli.demo.by-the-clock"))]
    for frame in figure.story(exercise, fps=_FPS, hold_s=hold_s + _EXTRA_S, rung=rung, side=side):
        for event in coach.feed(frame) if coach else ():
            told = _told(event)
            if told is not None:
                story.append(words.written(say("cli.demo.event", at=f"{event.t_s:5.1f}", what=words.written(told))))
        yield _Scene(frame, frame.mirrored() if side is Side.RIGHT else frame, tuple(story))


def _told(event: Event) -> Message | None:
    """What an event is called. Of the seconds earned only some are told, and faults by their cue alone."""
    match event:
        case InPosition(side=None):
            return say("cli.demo.in-position")
        case InPosition(side=side):
            return say("cli.demo.in-position-side", side=f"@side.{side}")
        case LeftPosition(credited_s=credited):
            return say("cli.demo.left-position", seconds=int(credited))
        case Credited(credited_s=credited) if round(credited) % _TELL_EVERY_S == 0:
            return say("cli.demo.credited", seconds=round(credited))
        case Done(credited_s=credited):
            return say("cli.demo.done", seconds=round(credited))
        case (
            Cue(message=message)
            | Praise(message=message)
            | Tiring(message=message)
            | Nudged(message=message)
            | TrackingLost(message=message)
        ):
            return message
        case _:
            return None


def _play(console: Console, title: str, scenes: Iterator[_Scene], around: figure.Scenery, *, mirrored: bool) -> None:
    """Show each scene when its time has come; a slow terminal leaves some out."""
    columns = max(20, min(console.width, _WIDEST))
    began_s = time.monotonic()
    story: tuple[str, ...] = ()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        for scene in scenes:
            story = scene.story
            late_s = time.monotonic() - began_s - scene.frame.t_s
            if late_s > 1 / _FPS:
                continue
            time.sleep(max(0.0, -late_s))
            sketch = Sketch(columns, scene.drawn.aspect, mirrored=mirrored)
            sketch.figure(scene.drawn, around)
            live.update(Group(Text(title), sketch.text(), *map(Text, story[-_LINES_SHOWN:])), refresh=True)
    plain("\n".join([title, *story]))
