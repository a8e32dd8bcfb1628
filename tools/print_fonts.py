"""Makes the fonts of what is printed from those of the page.

A PDF embeds plain TrueType. The page's fonts are packed (WOFF2), variable, and cut into ranges of letters; here each
range becomes one plain font a weight. DejaVu Sans stands in for letters that they lack.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

_PAGE = "@fontsource-variable"
_CUTS: dict[str, tuple[str, dict[str, float]]] = {
    "text": (f"{_PAGE}/figtree/files/figtree-{{range}}-wght-normal.woff2", {"wght": 400}),
    "text-bold": (f"{_PAGE}/figtree/files/figtree-{{range}}-wght-normal.woff2", {"wght": 600}),
    "title-bold": (
        f"{_PAGE}/bricolage-grotesque/files/bricolage-grotesque-{{range}}-opsz-normal.woff2",
        {"wght": 700, "opsz": 24},
    ),
}
_RANGES = {"latin": "", "latin-ext": "-ext"}
_OTHER_SCRIPTS = {"DejaVuSans.ttf": "other.ttf", "DejaVuSans-Bold.ttf": "other-bold.ttf"}


def write_fonts(packages: Path, target: Path) -> None:
    """Write every font below `target`. packages: the page's node_modules."""
    target.mkdir(parents=True, exist_ok=True)
    for name, (pattern, axes) in _CUTS.items():
        for letters, suffix in _RANGES.items():
            font = TTFont(packages / pattern.format(range=letters))
            known = {axis.axisTag for axis in font["fvar"].axes}
            plain = instantiateVariableFont(font, {tag: at for tag, at in axes.items() if tag in known})
            plain.flavor = None
            plain.save(target / f"{name}{suffix}.ttf")
    for source, name in _OTHER_SCRIPTS.items():
        (target / name).write_bytes((packages / "dejavu-fonts-ttf/ttf" / source).read_bytes())
