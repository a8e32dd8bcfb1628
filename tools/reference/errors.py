"""The tree of errors, with what each one is to HTTP and to the command line."""

from collections.abc import Iterator

from lumbar.cli.console import exit_code
from lumbar.core import errors
from lumbar.core.errors import BadCatalog, LumbarError
from lumbar.web.problems import STATUS
from reference.markdown import code, doc, page, table


def write() -> str:
    """The tree and the tables that the edges use."""
    tree = doc(errors).split("\n\n")[1]
    return page(
        "# Errors",
        "All that can go wrong outside the mind. Each carries a message by id; its words live in the catalogue.",
        code(tree),
        table(["error", "what it means", "HTTP", "exit code"], [_row(kind) for kind in _below(LumbarError)]),
    )


def _below(kind: type[LumbarError]) -> Iterator[type[LumbarError]]:
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            yield from _below(child)


def _row(kind: type[LumbarError]) -> tuple[str, str, str, str]:
    status = next((str(int(status)) for known, status in STATUS if issubclass(kind, known)), "500")
    example = kind("place", ()) if issubclass(kind, BadCatalog) else kind("error.example")
    return f"`{kind.__name__}`", doc(kind).split("\n\n")[0], status, str(exit_code(example))
