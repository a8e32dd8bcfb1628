"""`lumbar why EXERCISE`: why its dose is what it is, down to the rule, its numbers and its source."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.core.message import Message, say


class Format(StrEnum):
    """How it is told."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def why(
        exercise: Annotated[str, typer.Argument(help="An exercise of the programme, such as plank.")],
        on: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], help="Another day: as it ended, by what was known then."),
        ] = None,
        form: Annotated[Format, typer.Option("--format", help="text, or json with everything.")] = Format.TEXT,
    ) -> None:
        """Say why an exercise's dose is what it is."""
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.web import views

        settings = wiring.read_settings()
        rules = wiring.build_rules(settings)
        store = wiring.build_store(settings)
        try:
            house = wiring.build_house(rules, store, wiring.session_token(settings))
            person = house.access.who(house.access.admit())
            assert person is not None
            told = house.show_why(person, exercise, on=None if on is None else on.date())
        finally:
            store.close()
        found = views.why(told, rules.catalogue)
        for line in [json.dumps(found, indent=2)] if form is Format.JSON else lines(found, rules.words):
            plain(line)


def lines(why: Mapping[str, Any], words: Words) -> Iterable[str]:
    """The text of an explanation."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    yield told("cli.why.title", exercise=f"@{why['item']['exercise']}.name", on=why["on"])
    for one in why["because"]:
        yield ""
        yield words.written(Message(one["message"]["id"], one["message"]["params"]))
        if one["rule"] is not None:
            yield told("cli.why.rule", rule=f"@rule.{one['rule']['id']}")
            if one["rule"]["numbers"]:
                yield told("cli.why.numbers", numbers=_numbers(one["rule"]["numbers"]))
        yield told("cli.why.source", title=one["source"]["title"], status=f"@ui.source.{one['source']['status']}")
        signed = one["signed_off"]
        yield told("cli.why.unsigned") if signed is None else told("cli.why.signed", **signed)
    if why["looked"]:
        yield ""
        yield told("cli.why.looked")
        for day in why["looked"]:
            yield told("cli.why.day", on=day["on"], what=_day(day, words))


def _numbers(numbers: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {json.dumps(value, default=str)}" for name, value in numbers.items())


def _day(day: Mapping[str, Any], words: Words) -> str:
    """What was held and told on a day, and what followed."""
    parts = [words.written(say("cli.today.dose", count=h["count"], hold_s=h["seconds"])) for h in day["holds"]]
    if day["measured_s"] is not None:
        parts.append(words.written(say("cli.why.measured", seconds=int(day["measured_s"]))))
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
        parts.append(words.written(Message(followed["id"], followed["params"])))
    return "; ".join(parts)
