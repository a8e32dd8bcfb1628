"""`lumbar why EXERCISE`: why its dose is what it is, down to the rule, its numbers and its source."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Any

import typer

from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.cli.manual import Command
from lumbar.cli.today import in_repetitions
from lumbar.cli.whose import Whose
from lumbar.core.message import Message, say


class Format(StrEnum):
    """How it is told."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.why")
    def why(
        exercise: Annotated[str, typer.Argument(metavar="cli.value.exercise", help="cli.help.why.exercise")],
        on: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], metavar="cli.value.date", help="cli.help.past-day"),
        ] = None,
        form: Annotated[Format, typer.Option("--format", help="cli.help.why.format")] = Format.TEXT,
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened  # it knows every room, and other commands need not load them
        from lumbar.web import views

        with opened(whose=whose) as (house, person):
            told = house.show_why(person, exercise, on=None if on is None else on.date())
        found = views.why(told, house.rules.catalogue)
        for line in [json.dumps(found, indent=2)] if form is Format.JSON else lines(found, house.rules.words):
            plain(line)


def lines(why: Mapping[str, Any], words: Words) -> Iterable[str]:
    """The text of an explanation."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    what = "plan.walk.name" if why["item"] is None else f"{why['item']['exercise']}.name"
    yield told("cli.why.title", exercise=f"@{what}", on=why["on"])
    for reasons in _by_rule(why["because"]):
        yield ""
        yield from (words.written(_message(reason["message"])) for reason in reasons)
        one = reasons[0]
        if one["rule"] is not None:
            yield told("cli.why.rule", rule=f"@rule.{one['rule']['id']}")
            yield from _numbers(one["rule"]["numbers"], words)
        source = words.of_source(one["source"]["id"], one["source"]["title"])
        yield told("cli.why.source", title=source, status=f"@ui.source.{one['source']['status']}")
        signed = one["signed_off"]
        yield told("cli.why.unsigned") if signed is None else told("cli.why.signed", **signed)
    repetitions = 1 if why["item"] is None else why["item"]["repetitions"]
    days = [(day["on"], _day(day, repetitions, words)) for day in why["looked"]]
    days += [(day["on"], _walked(day, words)) for day in why["walks"]]
    if days:
        yield ""
        yield told("cli.why.looked")
        for on, what in days:
            yield told("cli.why.day", on=on, what=what)


def _by_rule(because: Sequence[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    """Reasons that follow one another and have one rule and source behind them: what is behind is told once."""
    for _, reasons in groupby(because, key=lambda one: (one["rule"], one["source"], one["signed_off"])):
        yield list(reasons)


def _numbers(rows: Sequence[Sequence[Mapping[str, Any]]], words: Words) -> Iterable[str]:
    """A rule's numbers by their names, each with its unit: a line each, or one for each case that it tells apart."""
    if rows:
        yield words.written(say("cli.why.numbers"))
    lines = rows if len(rows) > 1 else [[number] for row in rows for number in row]
    for numbers in lines:
        yield words.written(say("cli.why.number", number="; ".join(_number(number, words) for number in numbers)))


def _number(number: Mapping[str, Any], words: Words) -> str:
    values = ", ".join(words.written(_message(one)) for one in number["says"])
    return words.written(say("cli.why.value", name=words.written(_message(number["label"])), value=values))


def _message(plain: Mapping[str, Any]) -> Message:
    return Message(plain["id"], plain["params"])


def _walked(day: Mapping[str, Any], words: Words) -> str:
    """How long was walked on a day, and how the morning after was."""
    told = words.written(say("ui.walk.minutes", count=day["minutes"]))
    if day["morning"] is None:
        return told
    return f"{told}; " + words.written(say("cli.why.morning", morning=f"@ui.morning.{day['morning']}"))


def _day(day: Mapping[str, Any], repetitions: int, words: Words) -> str:
    """What was held and told on a day, and what followed. repetitions: of a drill, how many make a set."""
    parts = [words.written(_holds(held, repetitions)) for held in day["holds"]]
    if day["measured_s"] is not None:
        parts.append(words.written(say(f"ui.why.measured-{day['measured_by']}", seconds=int(day["measured_s"]))))
    parts += [
        words.written(say(f"cli.why.{name}", value=day[name]))
        for name in ("before", "worst", "effort")
        if day[name] is not None
    ]
    if day["morning"] is not None:
        parts.append(words.written(say("cli.why.morning", morning=f"@ui.morning.{day['morning']}")))
    if day["read_as"] is not None:
        parts.append(words.written(say(f"why.reaction.{day['read_as']}")))
    followed = day["followed"]
    if followed is not None:
        parts.append(words.written(_message(followed)))
    return "; ".join(parts)


def _holds(held: Mapping[str, Any], repetitions: int) -> Message:
    dose = say("cli.today.dose", count=held["count"], hold_s=held["seconds"])
    return in_repetitions(held["count"], repetitions) or dose
