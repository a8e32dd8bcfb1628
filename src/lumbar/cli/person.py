"""`lumbar person`: the people of the household who use this lumbar, each with a record of their own."""

import sys
from typing import Annotated

import typer

from lumbar.cli.console import ask_secret, out
from lumbar.cli.manual import Command, Group
from lumbar.core.errors import Misuse
from lumbar.core.message import say

Name = Annotated[str, typer.Argument(metavar="cli.value.name", help="cli.help.person.name")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(cls=Group, help="cli.help.person")
    app.add_typer(group, name="person")
    _names(group)
    _pins(group)
    _removing(group)


def _names(group: typer.Typer) -> None:
    @group.command(name="list", cls=Command, help="cli.help.person.list")
    def every() -> None:
        from lumbar.cli.household import opened_house  # it knows every room, and other commands need not load them

        with opened_house() as house:
            people = [(one, bool(house.pins.stamp(one.id))) for one in house.people.all()]
        for one, pin in people:
            since = f"{one.since.astimezone():%Y-%m-%d}"
            out(say("cli.person.one" if one.name else "cli.person.unnamed", name=one.name, since_on=since))
            if pin:
                out(say("cli.person.has-pin"))

    @group.command(cls=Command, help="cli.help.person.add")
    def add(name: Annotated[str, typer.Argument(metavar="cli.value.name", help="cli.help.person.add.name")]) -> None:
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            added = house.people.add(name)
        out(say("cli.person.added", name=added.name))

    @group.command(cls=Command, help="cli.help.person.rename")
    def rename(
        name: Annotated[str, typer.Argument(metavar="cli.value.name", help="cli.help.person.rename.name")],
        new: Annotated[
            str | None, typer.Argument(metavar="cli.value.new-name", help="cli.help.person.rename.new")
        ] = None,
    ) -> None:
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = house.people.only() if new is None else house.people.named(name)
            renamed = house.people.rename(person, name if new is None else new)
        out(say("cli.person.renamed", name=renamed.name))


def _pins(group: typer.Typer) -> None:
    @group.command(cls=Command, help="cli.help.person.pin")
    def pin(
        name: Annotated[str | None, typer.Argument(metavar="cli.value.name", help="cli.help.person.pin.name")] = None,
        reset: Annotated[bool, typer.Option("--reset", help="cli.help.person.pin.reset")] = False,
    ) -> None:
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = house.people.only() if name is None else house.people.named(name)
            if reset:
                house.pins.take_away(person.id)
            else:
                house.pins.put(person.id, _typed())
        out(say("cli.person.pin-reset" if reset else "cli.person.pin-set"))


def _typed() -> str:
    """A new PIN, typed twice. Raises Misuse where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise Misuse("error.pin-ask")
    return ask_secret(say("cli.person.pin"), new=True)


def _removing(group: typer.Typer) -> None:
    @group.command(cls=Command, help="cli.help.person.remove")
    def remove(
        name: Name,
        yes: Annotated[bool, typer.Option("--yes", help="cli.help.yes")] = False,
    ) -> None:
        from lumbar.app.erasing import WORD
        from lumbar.cli.erase import agreed, tell
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = house.people.named(name)
            told = house.store.has_told(person.id)
            question = say("erase.ask-one", name=person.name, word=f"@{WORD}")
            gone = house.erase_everything.one(person, agreed(question, yes=yes) if told else "")
        if told:
            tell(gone)
        out(say("cli.person.removed", name=person.name))
