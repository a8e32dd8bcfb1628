"""Which country a time zone is of, by the table that comes with the zones themselves."""

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of(zone: str) -> str | None:
    """The two letters of a country by an IANA zone; None for one of no country, such as UTC."""
    return _table().get(zone)
