"""Which methods are answered at which address, as the interface's own description has it."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Methods = Callable[[str], tuple[str, ...]]
"""The methods of an address in the interface; none for one that is not in it."""


def methods_of(description: Callable[[], Mapping[str, Any]]) -> Methods:
    """description: gives the interface's description; it is asked for once, when somebody first calls wrongly."""

    @cache
    def known() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
        paths: Mapping[str, Mapping[str, Any]] = description()["paths"]
        return tuple((_pattern(path), tuple(sorted(map(str.upper, has)))) for path, has in paths.items())

    def methods(path: str) -> tuple[str, ...]:
        return next((has for pattern, has in known() if pattern.fullmatch(path)), ())

    return methods


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, parts)))
