"""The table of measures."""

from lumbar.core.measure import MEASURES
from reference.markdown import page, table


def write() -> str:
    """Every measure with what it is."""
    return page(
        "# Measures",
        "What can be read off one frame. The unit is the end of the name: `deg` for degrees, `ratio` for a share of a "
        "length. A measure whose points were not seen well enough is `None`, and its check is left out.",
        table(["measure", "what it is"], [(f"`{measure.id}`", measure.about) for measure in MEASURES.values()]),
    )
