"""QR codes, for a terminal and for a page."""

import io

import segno

_CORRECTION = "m"
_MODULE_PX = 6


def terminal_picture(text: str) -> str:
    """A code in half blocks. It is drawn light on dark, as terminals mostly are; cameras read either."""
    drawn = io.StringIO()
    segno.make(text, micro=False, error=_CORRECTION).terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue().rstrip("\n")


def picture(text: str) -> str:
    """A code as a data: address of an SVG, black on white with its quiet zone, whatever the page's colours."""
    code = segno.make(text, micro=False, error=_CORRECTION)
    return str(code.svg_data_uri(scale=_MODULE_PX, border=4, light="#fff", dark="#000", svgclass=None, lineclass=None))
