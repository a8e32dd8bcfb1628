"""The country of a machine, by its time zone; the environment's own word counts more."""

import pytest

from lumbar import wiring
from lumbar.catalog.countries import country_of


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Berlin", "DE"), ("Europe/London", "GB"), ("America/New_York", "US"), ("UTC", None), ("Etc/GMT-3", None)],
)
def test_a_zone_tells_its_country(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("environment", "country"),
    [
        ({"TZ": "Europe/Vienna"}, "AT"),
        ({"TZ": ":Europe/Vienna"}, "AT"),
        ({"TZ": "Europe/Vienna", "LUMBAR_COUNTRY": "gb"}, "GB"),
        ({"TZ": "UTC"}, ""),
        ({"TZ": "no zone at all"}, ""),
    ],
)
def test_the_setting_counts_more_than_the_zone(environment: dict[str, str], country: str) -> None:
    assert wiring.read_settings(environment).country == country
