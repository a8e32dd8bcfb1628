"""`lumbar person`: the people of the household who use this lumbar, each with a record of their own."""

import sys
from typing import Annotated

import typer

from lumbar.cli.console import our_words, out
from lumbar.core.errors import Misuse
from lumbar.core.message import say

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of somebody who is here.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The people of your household who use this lumbar.", no_args_is_help=True)
    app.add_typer(group, name="person")
    _names(group)
    _pins(group)
    _removing(group)


def _names(group: typer.Typer) -> None:
    @group.command(name="list")
    def every() -> None:
        """List them."""
        from lumbar.cli.household import opened_house  # it knows every room, and other commands need not load them

        with opened_house() as house:
            people = [(one, bool(house.pins.stamp(one.id))) for one in house.people.all()]
        for one, pin in people:
            since = f"{one.since.astimezone():%Y-%m-%d}"
            out(say("cli.person.one" if one.name else "cli.person.unnamed", name=one.name, since_on=since))
            if pin:
                out(say("cli.person.has-pin"))

    @group.command()
    def add(name: Annotated[str, typer.Argument(help="What the person is called here.")]) -> None:
        """Add a person, with an empty record of their own."""
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            added = house.people.add(name)
        out(say("cli.person.added", name=added.name))

    @group.command()
    def rename(
        name: Annotated[str, typer.Argument(help="The name until now; the new one while there is only one person.")],
        new: Annotated[str | None, typer.Argument(help="The new name.")] = None,
    ) -> None:
        """Give a person another name."""
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = house.people.only() if new is None else house.people.named(name)
            renamed = house.people.rename(person, name if new is None else new)
        out(say("cli.person.renamed", name=renamed.name))


def _pins(group: typer.Typer) -> None:
    @group.command()
    def pin(
        name: Annotated[str | None, typer.Argument(help="Whose; not needed while there is only one person.")] = None,
        reset: Annotated[bool, typer.Option("--reset", help="Take it away: it was forgotten.")] = False,
    ) -> None:
        """Set a PIN that the page asks for, or take it away. Whoever has this machine's account needs none."""
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
    typed: str = typer.prompt(
        our_words().written(say("cli.person.pin")), hide_input=True, confirmation_prompt=True, err=True
    )
    return typed


def _removing(group: typer.Typer) -> None:
    @group.command()
    def remove(
        name: Name,
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask, erase.")] = False,
    ) -> None:
        """Erase a person with all that they told. Everybody else stays. No way back."""
        from lumbar.app.erasing import WORD
        from lumbar.cli.erase import agreed, tell
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = house.people.named(name)
            holds = house.store.holds(person.id)
            question = say("erase.ask-one", name=person.name, word=f"@{WORD}")
            gone = house.erase_everything.one(person, agreed(question, yes=yes) if holds else "")
        if holds:
            tell(gone)
        out(say("cli.person.removed", name=person.name))
