"""Words a wrong call: which part of it the command does not take, and what it takes instead.

Typer tells a mistake by the kind of its exception and, for people, in English. Only the kind is read here, so that the
words are those of the catalogue.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any

import typer

from lumbar.cli.console import help_words, note
from lumbar.core.message import Message, say

CallError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""What Typer raises at a wrong call. It brings a click of its own, whose exceptions have no public name."""

_NUMBERS = {int: "whole-number", float: "number"}
_BOUNDS = {(True, True): "-between", (True, False): "-from", (False, True): "-to", (False, False): ""}
"""By whether there is a least number, and a greatest."""


class WrongCall(Exception):
    """A call that its command does not take. message: why. command: the command, as it is typed."""

    def __init__(self, message: Message, command: str) -> None:
        super().__init__(message.id)
        self.message = message
        self.command = command


@contextmanager
def refusing(context: Any) -> Iterator[None]:
    """Whatever Typer finds wrong in a command's call becomes a WrongCall."""
    try:
        yield
    except CallError as error:
        raise refused(error, context) from error


def refused(error: Exception, context: Any = None) -> WrongCall:
    """The same mistake as ours. context: of the command that was called, where that is known."""
    context = context or getattr(error, "ctx", None)
    command = "lumbar" if context is None else str(context.command_path)
    params = [] if context is None else context.command.get_params(context)
    return WrongCall(_why(error, params), command)


def tell(wrong: WrongCall) -> None:
    """One sentence on standard error, and where to read what the command takes."""
    words = help_words()
    note(say("cli.misuse", what=words.written(wrong.message), command=wrong.command), words)


def unknown(what: str, name: str, alike: Sequence[str] | None) -> Message:
    """There is no such option or command; alike: those that may have been meant."""
    if not alike:
        return say(f"cli.refused.no-{what}", name=_typed(name))
    return say(f"cli.refused.no-{what}-but", name=_typed(name), alike=", ".join(_typed(one) for one in sorted(alike)))


def too_much(extra: Sequence[str]) -> Message:
    """Words of the call that nothing is done with."""
    return say("cli.refused.too-much", extra=" ".join(_typed(one) for one in extra))


def bounds(param: Any) -> tuple[str, dict[str, str]]:
    """Which bounds a number has, as the end of a message id, and the numbers as they are typed."""
    there = {name: as_typed(value) for name, value in (("least", param.min), ("most", param.max)) if value is not None}
    return _BOUNDS["least" in there, "most" in there], there


def choices(param: Any) -> list[str]:
    """What there is to choose from, as it is typed; nothing where anything may be typed."""
    return [as_typed(one) for one in param.type_descriptor.choices or ()]


def as_typed(value: object) -> str:
    """A value as somebody would type it: with a point for the decimals, whatever language they read."""
    if isinstance(value, Enum):
        return str(value.value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _why(error: Exception, params: Sequence[Any]) -> Message:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "NoSuchOption" in kinds:
        return unknown("option", error.option_name, error.possibilities)  # type: ignore[attr-defined]
    if "BadOptionUsage" in kinds:
        name = error.option_name  # type: ignore[attr-defined]
        takes_none = any(name in (*one.opts, *one.secondary_opts) and one.is_flag for one in params)
        return say("cli.refused.value-not" if takes_none else "cli.refused.value-none", name=_typed(name))
    param = getattr(error, "param", None)
    if param is None:
        return say("cli.refused.call")
    if "MissingParameter" in kinds:
        return say("cli.refused.missing", name=_name(param))
    return _wrong_value(param)


def _wrong_value(param: Any) -> Message:
    """What the parameter takes, whatever it was given."""
    kind = param.type_descriptor
    if chosen := choices(param):
        there = ", ".join(map(_typed, chosen))
        return (
            say("cli.refused.choice", name=_name(param), choices=there)
            if _is_named(param)
            else say("cli.refused.choice-here", choices=there)
        )
    if kind.is_datetime:
        return say("cli.refused.date", name=_name(param))
    if kind.annotation in _NUMBERS:
        ends, values = bounds(param)
        return say(f"cli.refused.{_NUMBERS[kind.annotation]}{ends}", name=_name(param), **values)
    return say("cli.refused.value", name=_name(param))


def _is_named(param: Any) -> bool:
    """Whether there is a name for it. An argument that is one of a few words has none but these words."""
    return param.param_type_name == "option" or param.metavar is not None


def _name(param: Any) -> str:
    """An option as it is typed; an argument, which is typed without a name, by the word that the help has for it."""
    if param.param_type_name == "option":
        return _typed(max(param.opts, key=len))
    return f"@{param.metavar}" if param.metavar else _typed("|".join(choices(param)))


def _typed(text: str) -> str:
    """Something that is typed, apart from the words around it."""
    return f"`{text}`"
