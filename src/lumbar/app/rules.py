"""What does not change while a server runs: exercises, programme, screening, words."""

from dataclasses import dataclass

from lumbar.catalog import Catalogue
from lumbar.catalog.words import Words
from lumbar.core.plan import Programme
from lumbar.core.safety import Form


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything read from files. version: of the rules that make a day of a record; coach: of the code that judges."""

    catalogue: Catalogue
    programme: Programme
    form: Form
    words: Words
    version: str
    coach: str
