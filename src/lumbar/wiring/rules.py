"""The exercises, the programme and the words that hold here, an own catalogue's on top."""

from lumbar import __version__
from lumbar.app.rules import Rules
from lumbar.catalog import Catalogue, load_catalogue
from lumbar.catalog.programme import load_programme, programme_tables
from lumbar.catalog.rules import load_rules
from lumbar.catalog.screening import load_form
from lumbar.catalog.validation import shipped_validation
from lumbar.catalog.words import Words, load_tongues
from lumbar.core.plan import RULES
from lumbar.wiring.settings import Settings


def own_catalogue(settings: Settings) -> tuple[Catalogue, Words]:
    """Exercises and words, the own catalogue's on top. Raises BadCatalog."""
    return load_catalogue(settings.catalogue), load_tongues(settings.language, settings.catalogue).of(None)


def build_rules(settings: Settings) -> Rules:
    """Exercises, programme, screening and words, the own catalogue's on top. Raises BadCatalog, NotFound."""
    extra = settings.catalogue
    catalogue = load_catalogue(extra)
    tongues = load_tongues(settings.language, extra)
    form = load_form(catalogue, country=settings.country or None)
    programme = load_programme(settings.programme, catalogue, form, extra=extra)
    tables = programme_tables(settings.programme, extra=extra)
    return Rules(catalogue, programme, form, tongues, RULES, __version__, shipped_validation(), load_rules(), tables)
