"""The help of the commands, in the words of the catalogue.

Where Typer expects words, `help` and `metavar`, the commands name message ids, which become words when a help is really
shown. What Typer words by itself (headings, defaults, the help of `--help`) is laid out here instead, and so a language
has it all in its folder. The words are the terminal's, or those that the context carries as its object.

Typer brings a click of its own, whose types have no public name; here they are Any.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from lumbar.catalog.words import Words
from lumbar.cli.console import help_words
from lumbar.cli.refusals import WrongCall, as_typed, bounds, choices, refusing, too_much, unknown
from lumbar.core.message import say

_SENTENCE = re.compile(r".+?[.](?=\s|$)")


class Command(TyperCommand):
    """A command that speaks the terminal's language."""

    allow_extra_args = True
    """Kept instead of refused by Typer, so that they are refused here, in words."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with refusing(ctx):
            left = super().parse_args(ctx, args)
        if left:
            raise WrongCall(too_much(left), ctx.command_path)
        return left

    def get_help_option(self, ctx: Any) -> Any:
        return _in_words(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _Page(ctx, formatter).write(str(self.help))


class Group(TyperGroup):
    """The same for a command that has others below it. Called without one, it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with refusing(ctx):
            return super().parse_args(ctx, args or ["--help"])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None:
            alike = get_close_matches(name, self.list_commands(ctx))
            raise WrongCall(unknown("command", name, alike), ctx.command_path)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        return _in_words(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        page = _Page(ctx, formatter, [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)])
        page.write(str(self.help))


class _Page:
    """One help, written into a formatter. commands: those below, by name."""

    def __init__(self, ctx: Any, formatter: Any, commands: Sequence[tuple[str, Any]] = ()) -> None:
        self._ctx = ctx
        self._formatter = formatter
        self._commands = commands
        self._words: Words = ctx.find_object(Words) or help_words()
        params = ctx.command.get_params(ctx)
        self._arguments = [one for one in params if one.param_type_name == "argument"]
        self._options = [one for one in params if one.param_type_name == "option"]

    def write(self, help_id: str) -> None:
        """How it is called, what it does, what it takes."""
        self._usage()
        self._formatter.write_paragraph()
        with self._formatter.indentation():
            self._formatter.write_text(self._said(help_id))
        self._section("cli.help.arguments", [(self._argument(one), self._told(one)) for one in self._arguments])
        self._section("cli.help.options", [(self._option(one), self._told(one)) for one in self._options])
        first = [(name, _first_sentence(self._said(command.help))) for name, command in self._commands]
        self._section("cli.help.commands", first)

    def _usage(self) -> None:
        pieces = [self._said("cli.help.usage-options")]
        for one in self._arguments:
            name = self._argument(one)
            pieces.append(name if one.required else f"[{name}]")
        if self._commands:
            pieces.append(self._said("cli.help.usage-command"))
        heading = f"{self._said('cli.help.usage')}: "
        self._formatter.write_usage(self._ctx.command_path, " ".join(pieces), prefix=heading)

    def _section(self, heading_id: str, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            with self._formatter.section(self._said(heading_id)):
                self._formatter.write_dl(rows)

    def _argument(self, param: Any) -> str:
        return f"{self._value(param)}..." if param.nargs != 1 else self._value(param)

    def _option(self, param: Any) -> str:
        names = ", ".join(sorted(param.opts, key=len))
        return names if param.is_flag else f"{names} {self._value(param)}"

    def _value(self, param: Any) -> str:
        """What is put in: the word for it, or the choice that there is."""
        return self._said(param.metavar) if param.metavar else "|".join(choices(param))

    def _told(self, param: Any) -> str:
        """What a parameter is for, and after it in brackets what else is to know."""
        more = "; ".join(self._more(param))
        return f"{self._said(param.help)}  [{more}]" if more else self._said(param.help)

    def _more(self, param: Any) -> list[str]:
        more = []
        if param.show_default and param.default is not None and not getattr(param, "is_flag", False):
            more.append(self._words.written(say("cli.help.default", value=as_typed(param.default))))
        ends, values = bounds(param)
        if ends:
            more.append(self._words.written(say(f"cli.help.number{ends}", **values)))
        if param.required:
            more.append(self._said("cli.help.required"))
        return more

    def _said(self, message_id: str) -> str:
        return self._words.written(say(message_id))


def _in_words(option: Any) -> Any:
    """The option `--help`, which every command has from Typer, with an id in the place of its English words."""
    if option is not None:
        option.help = "cli.help.help"
    return option


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return found.group() if found else text
