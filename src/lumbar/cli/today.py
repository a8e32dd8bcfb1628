"""`lumbar today`: today's plan as text, each line with its reason."""

from collections.abc import Iterable, Mapping
from typing import Any

import typer

from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.core.message import Message, say

MARKS = {"due": "•", "done": "✓", "optional": "+", "later": "–", "closed": "–"}
"""In front of an exercise: to do, done, may be done again, not now."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def today() -> None:
        """Show what is due today, how much, and why."""
        from lumbar import wiring  # it knows every room, and other commands need not load them

        settings = wiring.read_settings()
        rules = wiring.build_rules(settings)
        store = wiring.build_store(settings)
        try:
            house = wiring.build_house(rules, store, wiring.session_token(settings))
            person = house.access.who(house.access.admit())
            assert person is not None
            day = house.show_today(person)
        finally:
            store.close()
        for line in lines(day.as_json(), rules.words):
            plain(line)


def lines(day: Mapping[str, Any], words: Words) -> Iterable[str]:
    """The text of a day."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    yield told("cli.today.day", on=day["on"], title=_words(words, day["title"]))
    yield _words(words, day["lead"])
    if day["needs"]:
        yield told("cli.today.needs")
    elif day["minutes"]:
        yield told("cli.today.minutes", minutes=day["minutes"], left=day["minutes_left"])
    for step in day["steps"]:
        yield ""
        yield told("cli.today.step", step=_words(words, step["message"]))
        for item in step["items"]:
            yield told(
                "cli.today.item",
                mark=MARKS[item["state"]],
                exercise=f"@{item['exercise']}.name",
                dose=_dose(item, words),
            )
            for reason in item["reasons"]:
                yield told("cli.today.reason", reason=_words(words, reason["message"]))


def _dose(item: Mapping[str, Any], words: Words) -> str:
    each = "-each" if len(item["side_order"]) > 1 else ""
    return words.written(say(f"cli.today.dose{each}", count=item["sets"], hold_s=item["hold_s"]))


def _words(words: Words, message: Mapping[str, Any]) -> str:
    return words.written(Message(message["id"], message["params"]))
