"""Makes the page's display face lighter than its package has it.

The package's font varies in weight, and the page sets it in one: without the others it is half as heavy, and it was the
heaviest thing of a first visit. Its optical size still varies, so that small headings stay open and the clock tight.
"""

import re
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHT = 600
"""The only weight that the page asks of it."""

_PACKAGE = "@fontsource-variable/bricolage-grotesque"
_FACE = re.compile(r"url\(\./files/([a-z-]+\.woff2)\)")
_WEIGHTS = re.compile(r"font-weight: \d+ \d+;")


def write_page_fonts(packages: Path, target: Path) -> None:
    """Write the face's cuts and `display.css`, which declares them, to `target`. packages: the page's node_modules."""
    target.mkdir(parents=True, exist_ok=True)
    css = (packages / _PACKAGE / "opsz.css").read_text(encoding="utf-8")
    for name in _FACE.findall(css):
        # The same input is the same file: what the page is made of has its name by its content.
        font = TTFont(packages / _PACKAGE / "files" / name, recalcTimestamp=False)
        light = instantiateVariableFont(font, {"wght": WEIGHT})
        light.flavor = "woff2"
        light.save(target / name)
    css = _WEIGHTS.sub(f"font-weight: {WEIGHT};", _FACE.sub(r"url(./\1)", css))
    (target / "display.css").write_text(css, encoding="utf-8")
