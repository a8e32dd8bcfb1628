"""`lumbar approval`: whether new forms, first weights and new exercises wait for an expert's word."""

from enum import StrEnum
from typing import Annotated

import typer

from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.message import Message, say
from lumbar.core.plan.day import Item, Waits


class Wish(StrEnum):
    """What is wanted."""

    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.approval")
    def approval(
        wish: Annotated[Wish | None, typer.Argument(help="cli.help.approval.wish")] = None,
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened  # it knows every room, and other commands need not load them

        with opened(whose=whose) as (house, person):
            if wish is None:
                day = house.show_today(person)
            else:
                day = house.want_approval(person, wanted=wish is Wish.ON).today
        out(told(day.waits))
        for item in day.items:
            if item.proposal is not None:
                out(say("cli.approval.proposed", exercise=f"@{item.exercise}.name", form=_proposed(item)))


def _proposed(item: Item) -> str:
    assert item.proposal is not None
    return f"@{item.exercise}.rung.{item.proposal.rung}"


def told(waits: Waits | None) -> Message:
    """How it stands."""
    if waits is None:
        return say("cli.approval.off")
    if waits.by is None:
        return say("cli.approval.on", since_on=waits.since.isoformat())
    return say("cli.approval.by", since_on=waits.since.isoformat(), by=waits.by, profession=waits.profession or "")
