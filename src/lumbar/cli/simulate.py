"""`lumbar simulate`: virtual people live with the plan, and for each of them it is asked whether it kept its rules."""

import json
import multiprocessing
import os
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

import typer

from lumbar.catalog.words import Words, load_words
from lumbar.cli.console import EXIT_FAILED, following, plain
from lumbar.core.exercise import Step
from lumbar.core.message import say
from lumbar.core.plan import Programme
from lumbar.core.simulate import Lived, Report, Tally, born, live, report

BEGAN_ON = date(2026, 3, 2)
"""Everybody's first day: a Monday, so that a story can be read beside a calendar."""

_SHARE = 25
"""People to a piece of work: small enough that all cores end at about the same time."""


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def simulate(
        people: Annotated[int, typer.Option("--people", min=1, max=1_000_000, help="How many people.")] = 500,
        days: Annotated[int, typer.Option("--days", min=1, max=3_650, help="For how many days each.")] = 182,
        seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same people.")] = 1,
        person: Annotated[
            int | None, typer.Option("--person", min=0, help="Tell one person's story instead.", show_default=False)
        ] = None,
        form: Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")] = Format.TEXT,
    ) -> None:
        """Let virtual people live with the plan, and report what it did to them.

        Leaves with 1 when a rule was broken.
        """
        if person is not None:
            for line in _story(_lived(seed, person, days), form):
                plain(line)
            return
        with following(f"{people} × {days}") as told:
            tallies = []
            for tally in _tallies(seed, people, days):
                tallies.append(tally)
                told(sum(one.people for one in tallies), people)
        found = report(tallies, days=days, seed=seed)
        if form is Format.JSON:
            plain(json.dumps(found.as_json(), indent=2))
        else:
            for line in _lines(found, load_words()):
                plain(line)
        if any(found.violations.values()):
            raise typer.Exit(EXIT_FAILED)


def _tallies(seed: int, people: int, days: int) -> Iterator[Tally]:
    """The tallies of all people, on all cores, in the order of the people."""
    pieces = [(seed, first, min(first + _SHARE, people), days) for first in range(0, people, _SHARE)]
    workers = min(os.cpu_count() or 1, len(pieces))
    if workers == 1:
        yield from map(_piece, pieces)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_piece, pieces)


def _piece(piece: tuple[int, int, int, int]) -> Tally:
    seed, first, end, days = piece
    tally = Tally()
    for number in range(first, end):
        tally.add(number, _lived(seed, number, days))
    return tally


def _lived(seed: int, number: int, days: int) -> Lived:
    """One person's life. A person of a seed is the same one, however many others there are."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311  # the dice of a simulation guard no secret
    programme = _programme()
    exercises = [exercise.id for exercise in programme.of_step(Step.CORE)]
    return live(born(chance, exercises), chance, programme, days=days, began_on=BEGAN_ON)


@cache
def _programme() -> Programme:
    from lumbar import wiring  # it knows every room, and other commands need not load them

    return wiring.build_rules(wiring.read_settings()).programme


def _lines(found: Report, words: Words) -> Iterable[str]:
    """The report for people."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    yield told("cli.simulate.head", count=found.people, days=found.days, sessions=found.sessions, seed=found.seed)
    for exercise, share in found.reached.items():
        taken = found.median_days_to_target[exercise]
        name = f"@{exercise}.name"
        if taken is None:
            yield told("cli.simulate.reached-none", exercise=name)
        else:
            yield told("cli.simulate.reached", exercise=name, share=round(100 * share), days=f"{taken:g}")
    for kind, share in found.reached_all.items():
        yield told(f"cli.simulate.kind.{kind}", people=found.kinds[kind], share=round(100 * share))
    for rule, times in found.violations.items():
        yield told("cli.simulate.kept" if times == 0 else "cli.simulate.broken", rule=rule, times=times)
        for number, on, what in found.examples.get(rule, ()):
            yield told("cli.simulate.example", person=number, on=on, what=what)


def _story(lived: Lived, form: Format) -> Iterable[str]:
    """One person's sessions: what was asked for, and what was told."""
    rows = [
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
        yield json.dumps({"kind": lived.person.kind.value, "sessions": rows}, indent=2)
        return
    yield lived.person.kind.value
    yield from (json.dumps(row) for row in rows)
