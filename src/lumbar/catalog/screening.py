"""Reads the screening form: file in, core's value out, all mistakes at once."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, Catalogue, read_toml
from lumbar.core.errors import BadCatalog
from lumbar.core.safety import form as core

FILE = "screening.toml"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RulingFile(_File):
    """What an answer leads to."""

    outcome: core.Outcome
    card: core.Card | None = None
    neck_only: bool = False
    fresh: bool = False
    soon: bool = False

    def to_core(self) -> core.Ruling:
        """Core's own value."""
        return core.Ruling(self.outcome, self.card, self.neck_only, self.fresh, self.soon)


class OptionFile(RulingFile):
    """One option of a detail."""

    id: str


class DetailFile(_File):
    """[item.detail]."""

    id: str
    options: list[OptionFile]

    def to_core(self) -> core.Detail:
        """Core's own value."""
        return core.Detail(self.id, tuple(core.Option(option.id, option.to_core()) for option in self.options))


class ItemFile(_File):
    """One [[item]]."""

    id: str
    tier: core.Tier
    yes: RulingFile
    source: str
    not_sure: core.Card | None = None
    detail: DetailFile | None = None
    closes: list[str] = []
    flags: list[str] = []
    easiest: bool = False
    off_floor: bool = False
    ends: bool = False

    def to_core(self, closes: Iterable[str]) -> core.Item:
        """Core's own value. closes: exercises that say themselves that this item closes them."""
        return core.Item(
            id=self.id,
            tier=self.tier,
            yes=self.yes.to_core(),
            source=self.source,
            not_sure=self.not_sure,
            detail=self.detail.to_core() if self.detail else None,
            closes=frozenset(self.closes) | frozenset(closes),
            flags=frozenset(self.flags),
            easiest=self.easiest,
            off_floor=self.off_floor,
            ends=self.ends,
        )


class GroupFile(_File):
    """One [[card]]."""

    id: str
    items: list[str]


class DailyFile(_File):
    """One [[daily]]."""

    id: str
    opens: list[str]
    rest_h: int | None = None
    source: str = "design"


class AgainFile(_File):
    """[again]."""

    first_after_days: int
    every_days: int
    after_core_gap_days: int
    gentle_lasts_days: int
    acknowledge_every_days: int
    source: str


class ScreeningFile(_File):
    """The whole file."""

    version: int
    acknowledge_version: int
    several_warnings: int
    again: AgainFile
    opens: dict[core.Outcome, list[str]]
    emergency: dict[str, str]
    urgent: dict[str, str]
    card: list[GroupFile]
    daily: list[DailyFile]
    item: list[ItemFile]

    def to_core(self, catalogue: Catalogue, country: str | None) -> core.Form:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Form(
            version=self.version,
            several_warnings=self.several_warnings,
            items={item.id: item.to_core(_closed_by(item.id, catalogue)) for item in self.item},
            cards=tuple(core.Group(card.id, tuple(card.items)) for card in self.card),
            daily=tuple(core.Daily(d.id, tuple(d.opens), d.rest_h) for d in self.daily),
            opens={outcome: tuple(what) for outcome, what in self.opens.items()},
            again=core.Again(**self.again.model_dump()),
            acknowledge_version=self.acknowledge_version,
            emergency=dict(self.emergency),
            urgent=dict(self.urgent),
            country=country,
        )


def load_form(catalogue: Catalogue, *, country: str | None = None) -> core.Form:
    """The screening form. country: ISO code, for the numbers to call. Raises BadCatalog with all mistakes."""
    try:
        file = ScreeningFile.model_validate(read_toml(HERE / FILE))
    except ValidationError as error:
        raise BadCatalog(FILE, mistakes(error)) from error
    wrong = tuple(_unknown(file, catalogue))
    if wrong:
        raise BadCatalog(FILE, wrong)
    return file.to_core(catalogue, country)


def _closed_by(item: str, catalogue: Catalogue) -> list[str]:
    return [exercise.id for exercise in catalogue.exercises.values() if item in exercise.avoid]


def _unknown(file: ScreeningFile, catalogue: Catalogue) -> Iterable[str]:
    """Sources, items and exercises that nobody has declared; ids that are doubled."""
    ids = [item.id for item in file.item]
    yield from (f"{item} is there twice" for item in sorted({item for item in ids if ids.count(item) > 1}))
    for place, source in [
        *((item.id, item.source) for item in file.item),
        *((daily.id, daily.source) for daily in file.daily),
        ("again", file.again.source),
    ]:
        if source not in catalogue.sources:
            yield f"{place}: no source {source} in sources.toml"
    for item in file.item:
        yield from (f"{item.id} closes {e}, which is no exercise" for e in item.closes if e not in catalogue.exercises)
    for exercise in catalogue.exercises.values():
        yield from (f"{exercise.id} avoids {i}, which is no item" for i in sorted(exercise.avoid - set(ids)))
