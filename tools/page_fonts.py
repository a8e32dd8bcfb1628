"""Makes the page's display face lighter than its package has it.

The package's font varies in weight, and the page sets it in one: without the others it is half as heavy, and it was the
heaviest thing of a first visit. Its optical size still varies, so that small headings stay open and the clock tight. Of
what it can do with letters it keeps what the page asks for: fractions and figures of other widths are left out, and the
room between two letters is that of a page's title at every size: that it changed with the size was a fifth of the file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.varLib.models import normalizeLocation
from fontTools.varLib.varStore import VarStoreInstancer

WEIGHT = 600
"""The only weight that the page asks of it."""

FEATURES = ("ccmp", "kern", "locl", "mark", "mkmk", "tnum")
"""What is kept of its features: letters with their accents, the room between them, figures of one width."""

TITLE_PX = 46
"""How large a page's title is."""

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
        light = instantiateVariableFont(_with(FEATURES, font), {"wght": WEIGHT})
        _kern_as_at(TITLE_PX, light)
        light.flavor = "woff2"
        light.save(target / name)
    css = _WEIGHTS.sub(f"font-weight: {WEIGHT};", _FACE.sub(r"url(./\1)", css))
    (target / "display.css").write_text(css, encoding="utf-8")


def _with(features: tuple[str, ...], font: TTFont) -> TTFont:
    """The same letters with these features alone."""
    options = Options(layout_features=list(features), name_IDs=["*"], name_languages=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def _kern_as_at(opsz: float, font: TTFont) -> None:
    """Let the room between letters be the same at every optical size: that of this one."""
    if "GPOS" not in font:
        return
    axes = {axis.axisTag: (axis.minValue, axis.defaultValue, axis.maxValue) for axis in font["fvar"].axes}
    here = normalizeLocation({"opsz": opsz}, axes)
    change = VarStoreInstancer(font["GDEF"].table.VarStore, font["fvar"].axes, here)
    for pairs in _pairs(font):
        for value in _values(pairs):
            device = getattr(value, "XAdvDevice", None)
            if device is not None:
                value.XAdvance = round(
                    getattr(value, "XAdvance", 0) + change[(device.StartSize << 16) + device.EndSize]
                )
                del value.XAdvDevice
        pairs.ValueFormat1 &= ~_VARIES


_VARIES = 0x40
"""The bit of a value's format that says that its advance varies."""


def _pairs(font: TTFont) -> Iterator[Any]:
    """The tables of the room between two letters."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            if inner.__class__.__name__ == "PairPos":
                yield inner


def _values(pairs: Any) -> Iterator[Any]:
    """What is added to the first letter of each pair, of single letters or of classes of them."""
    if pairs.Format == 1:
        yield from (record.Value1 for letter in pairs.PairSet for record in letter.PairValueRecord)
    else:
        yield from (record.Value1 for one in pairs.Class1Record for record in one.Class2Record)
