"""`lumbar erase`: everything that lumbar keeps, gone."""

import sys
from typing import Annotated

import typer

from lumbar.app.erasing import WORD, ErasedAll
from lumbar.cli.console import our_words, out
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.errors import Misuse
from lumbar.core.message import Message, say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.erase")
    def erase(
        yes: Annotated[bool, typer.Option("--yes", help="cli.help.yes")] = False,
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened_house

        with opened_house() as house:
            person = None if whose is None else house.people.named(whose)
            several = person is None and len(house.people.all()) > 1
            question = say("erase.ask-all" if several else "erase.ask", word=f"@{WORD}")
            word = agreed(question, yes=yes)
            gone = house.erase_everything.home(word) if person is None else house.erase_everything(person, word)
        tell(gone)


def agreed(question: Message, *, yes: bool) -> str:
    """The word that was typed, or that a `--yes` stands for. Raises Misuse where there is nobody to ask."""
    if yes:
        return our_words().written(say(WORD))
    if not sys.stdin.isatty():
        raise Misuse("error.erase-ask")
    typed: str = typer.prompt(our_words().written(question))
    return typed


def tell(gone: ErasedAll) -> None:
    """What is gone, and what is out of reach."""
    out(say("erase.done", count=gone.facts, backups=gone.backups))
    for message in gone.left:
        out(message)
