"""`lumbar simulate`: virtual people live with the plan, and for each of them it is asked whether it kept its rules."""

import gc
import json
import multiprocessing
import os
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from enum import StrEnum
from functools import cache
from math import ceil
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from lumbar.catalog.words import Words
from lumbar.cli.console import EXIT_FAILED, following, our_words, plain
from lumbar.cli.manual import Command
from lumbar.core.exercise import Step
from lumbar.core.message import say
from lumbar.core.plan import Programme
from lumbar.core.simulate import WALK, Lived, Report, Tally, born, live, live_whole, report

BEGAN_ON = date(2026, 3, 2)
"""Everybody's first day: a Monday, so that a story can be read beside a calendar."""

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Asia/Tokyo", "Pacific/Auckland", "America/Santiago")
"""Where people live, the first one, and travel to. Most of them change their clocks within half a year."""

_SHARE = 25
"""People to a piece of work: small enough that all cores end at about the same time."""


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.simulate")
    def simulate(
        people: Annotated[
            int,
            typer.Option("--people", min=1, max=1_000_000, metavar="cli.value.number", help="cli.help.simulate.people"),
        ] = 500,
        days: Annotated[
            int, typer.Option("--days", min=1, max=3_650, metavar="cli.value.number", help="cli.help.simulate.days")
        ] = 182,
        seed: Annotated[int, typer.Option("--seed", metavar="cli.value.number", help="cli.help.simulate.seed")] = 1,
        whole: Annotated[
            int,
            typer.Option("--whole", min=0, metavar="cli.value.number", help="cli.help.simulate.whole"),
        ] = 100,
        person: Annotated[
            int | None,
            typer.Option(
                "--person", min=0, metavar="cli.value.number", help="cli.help.simulate.person", show_default=False
            ),
        ] = None,
        form: Annotated[Format, typer.Option("--format", help="cli.help.simulate.format")] = Format.TEXT,
    ) -> None:
        if person is not None:
            for line in _story(_lived(seed, person, days, whole), form):
                plain(line)
            return
        with following(f"{people} × {days}") as told:
            tallies = []
            for tally in _tallies(seed, people, days, whole):
                tallies.append(tally)
                told(sum(one.people for one in tallies), people)
        found = report(tallies, days=days, seed=seed)
        if form is Format.JSON:
            plain(json.dumps(found.as_json(), indent=2))
        else:
            for line in _lines(found, our_words()):
                plain(line)
        if any(found.violations.values()):
            raise typer.Exit(EXIT_FAILED)


def _tallies(seed: int, people: int, days: int, whole: int) -> Iterator[Tally]:
    """The tallies of all people, on all cores, in the order of the people."""
    pieces = [(seed, first, min(first + _SHARE, people), days, whole) for first in range(0, people, _SHARE)]
    workers = min(os.cpu_count() or 1, len(pieces))
    if workers == 1:
        yield from map(_piece, pieces)
        return
    # Lives are values without cycles: whoever looks for those finds nothing, and takes a tenth of the time.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawning, initializer=gc.disable) as pool:
        yield from pool.map(_piece, pieces)


def _piece(piece: tuple[int, int, int, int, int]) -> Tally:
    seed, first, end, days, whole = piece
    tally = Tally()
    for number in range(first, end):
        tally.add(number, _lived(seed, number, days, whole))
    return tally


def _lived(seed: int, number: int, days: int, whole: int) -> Lived:
    """One person's life. A person of a seed is the same one, however many others there are."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311  # the dice of a simulation guard no secret
    more = random.Random(f"{seed} {number} more")  # noqa: S311
    programme = _programme()
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    person = born(chance, exercises, more)
    if not whole or number % whole:
        return live(person, chance, programme, days=days, began_on=BEGAN_ON, more=more)
    zones = [ZoneInfo(name) for name in ZONES]
    return live_whole(person, chance, programme, zones, days=days, began_on=BEGAN_ON)


@cache
def _programme() -> Programme:
    from lumbar import wiring  # it knows every room, and other commands need not load them

    return wiring.build_rules(wiring.read_settings()).programme


def _lines(found: Report, words: Words) -> Iterable[str]:
    """The report for people."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    yield told("cli.simulate.head", count=found.people, days=found.days, sessions=found.sessions, seed=found.seed)
    if found.whole:
        yield told("cli.simulate.whole", count=found.whole, looks=found.looks)
    if found.held_back:
        yield told("cli.simulate.let-back", count=found.held_back, back=found.let_back)
    for exercise, share in found.reached.items():
        taken = found.median_days_to_target[exercise]
        name = "@plan.walk.name" if exercise == WALK else f"@{exercise}.name"
        if taken is None:
            yield told("cli.simulate.reached-none", exercise=name)
        else:
            yield told("cli.simulate.reached", exercise=name, share=round(100 * share), days=ceil(taken))
    for kind, share in found.reached_all.items():
        yield told(f"cli.simulate.kind.{kind}", people=found.kinds[kind], share=round(100 * share))
    for rule, times in found.violations.items():
        means = f"@cli.simulate.rule.{rule}"
        yield told("cli.simulate.kept" if times == 0 else "cli.simulate.broken", rule=rule, times=times, means=means)
        for number, on, what in found.examples.get(rule, ()):
            yield told("cli.simulate.example", person=number, on=on, what=what)


def _story(lived: Lived, form: Format) -> Iterable[str]:
    """One person's sessions: what was asked for, and what was told."""
    rows: list[dict[str, object]] = [
        {
            "on": sitting.on.isoformat(),
            "asked": {name: [one.rung, one.sets, one.hold_s, one.load_kg] for name, one in sitting.asked.items()},
            "done": sorted(sitting.done),
            "before": sitting.before,
            "worst": sitting.worst,
            "morning": sitting.morning,
            "effort": sitting.effort,
            "named": sorted(sitting.named),
        }
        for sitting in lived.story.sittings
    ]
    if form is Format.JSON:
        story = {"kind": lived.person.kind.value, "whole": lived.whole, "sessions": rows, "outcomes": _outcomes(lived)}
        yield json.dumps(story, indent=2)
        return
    yield lived.person.kind.value
    yield from (json.dumps(row) for row in sorted([*rows, *_outcomes(lived)], key=lambda row: str(row["on"])))


def _outcomes(lived: Lived) -> list[dict[str, object]]:
    """Where their answers led, each time it changed."""
    found: list[dict[str, object]] = []
    for look in lived.story.looks:
        if not found or found[-1]["outcome"] != look.outcome:
            found.append({"on": look.on.isoformat(), "outcome": look.outcome})
    return found
