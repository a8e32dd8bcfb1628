"""Paper: a PDF page with the page's fonts, text that keeps to its place, and the figure.

Lengths are millimetres, sizes of letters are points. Letters that the page's fonts lack are set in DejaVu Sans (Greek,
Cyrillic, Hebrew, Arabic, Armenian, Georgian and more); what that lacks as well shows as a box, and `lacks` says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unicodedata import bidirectional, combining

from fpdf import FPDF
from fpdf.fonts import TTFFont

from lumbar import disk
from lumbar.core import figure
from lumbar.core.errors import StoreUnavailable
from lumbar.core.exercise import Exercise
from lumbar.export.figure import Shape, outlines

FONTS = Path(__file__).parent / "fonts"
SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
INK, QUIET, LINE, SUN, TILE = (16, 33, 31), (88, 106, 102), (207, 218, 212), (180, 92, 10), (237, 242, 239)
_FAR, _THING = (140, 155, 150), (150, 165, 160)
MARGIN = 12.7
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_FAMILIES = {"text": ("", "B"), "title": ("B",)}
_FILES = {("text", ""): "text", ("text", "B"): "text-bold", ("title", "B"): "title-bold"}

_ROOM = 0.09
"""Room around a figure, in body heights: landmarks lie within it, and half a head beyond them."""

_LONGEST_WORD = 60
_BOX = "□"
"""Stands for a letter that no font has. It is in the font that is opened as soon as a letter is looked for there."""

Colour = tuple[int, int, int]


def broken(text: str) -> str:
    """A text whose words all fit on a line: what somebody wrote without a space is broken somewhere."""
    words = text.split()
    return " ".join(word[at : at + _LONGEST_WORD] for word in words for at in range(0, len(word), _LONGEST_WORD))


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of a form: at its start, or in its hold."""

    exercise: Exercise
    rung: str
    start: bool


class Paper(FPDF):
    """A document that never breaks a page by itself: what has no room is cut, and ends in an ellipsis. cut: all of
    what was, in whole and in order, to be told where there is more room."""

    def __init__(self, size: str, letters: Iterable[str], title: str, language: str) -> None:
        width, height = SIZES[size]
        super().__init__(unit="mm", format=(width, height))
        self.set_auto_page_break(auto=False)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_title(title)
        self.set_lang(language)
        self.set_creator("lumbar")
        self.c_margin = 0.0
        self.cut: dict[str, None] = {}
        self._lacking = dict.fromkeys(map(ord, self._open_fonts(frozenset().union(*map(set, letters)))), _BOX)

    @property
    def lacks(self) -> bool:
        """Whether some letters are in no font."""
        return bool(self._lacking)

    def _printable(self, text: str) -> str:
        """A text with a box for each letter that is in no font: a blank would not show that anything is missing."""
        return text.translate(self._lacking) if self._lacking else text

    def _open_fonts(self, letters: frozenset[str]) -> frozenset[str]:
        """Open what these letters need; those of them that are in no font."""
        try:
            for (family, style), name in _FILES.items():
                self.add_font(family, style, FONTS / f"{name}.ttf")
                self.add_font(f"{family}-ext", style, FONTS / f"{name}-ext.ttf")
            missing = self._without(letters, ("text", "text-ext"))
            if missing:
                self.add_font("other", "", FONTS / "other.ttf")
                self.add_font("other", "B", FONTS / "other-bold.ttf")
        except OSError as cause:
            raise StoreUnavailable("error.fonts-not-built", reason=disk.why(cause)) from cause
        self.set_fallback_fonts(["text-ext", "title-ext", *(["other"] if missing else [])], exact_match=True)
        if any(bidirectional(letter) in _RIGHT_TO_LEFT or combining(letter) for letter in letters):
            self.set_text_shaping(use_shaping_engine=True)
        return self._without(missing, ("other",)) if missing else frozenset()

    def _without(self, letters: frozenset[str], families: Iterable[str]) -> frozenset[str]:
        known: set[int] = set()
        for family in families:
            font = self.fonts[family]
            if isinstance(font, TTFFont):
                known |= set(font.cmap)
        return frozenset(letter for letter in letters if ord(letter) not in known and not letter.isspace())

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.w - 2 * MARGIN

    def say(
        self, x: float, y: float, text: str, width: float, *,
        size: float = 9.5, bold: bool = False, colour: Colour = INK, lines: int = 1, align: str = "L",
        leading: float = 1.3,
    ) -> float:  # fmt: skip
        """Text within a width, in no more lines than so many; where it ends."""
        self.set_font("text", "B" if bold else "", size)
        return self._set(x, y, text, width, colour, lines, align, size * 0.3528 * leading)

    def count_lines(self, text: str, width: float, *, size: float, bold: bool, most: int) -> int:
        """How many lines a text takes."""
        self.set_font("text", "B" if bold else "", size)
        return len(self._lines(text, width, most))

    def fitting(self, text: str, width: float, *, size: float, least: float) -> float:
        """The size of letters at which a text fits on one line: `size`, or as much smaller as it must be, down to
        `least`."""
        self.set_font("text", "", size)
        takes = self.get_string_width(self._printable(text))
        return size if takes <= width else max(least, size * width / takes * 0.995)

    def headline(self, x: float, y: float, text: str, width: float, size: float = 13) -> float:
        """A title, on one line."""
        self.set_font("title", "B", size)
        return self._set(x, y, text, width, INK, 1, "L", size * 0.3528 * 1.25)

    def _set(
        self, x: float, y: float, text: str, width: float, colour: Colour, lines: int, align: str, high: float
    ) -> float:
        self.set_text_color(*colour)
        found = self._lines(text, width, lines)
        for number, line in enumerate(found):
            self._choose_anew()
            self.set_xy(x, y + number * high)
            self.cell(width, high, line, align=align)
        return y + high * len(found)

    def _choose_anew(self) -> None:
        """Choose the font that is chosen: after letters of a fallback font the document has another one in force, which
        this object does not notice."""
        size = self.font_size_pt
        self.set_font_size(size + 1)
        self.set_font_size(size)

    def _lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in lines of whole words; what has no room is cut."""
        lines = [""]
        for word in self._printable(text).split():
            longer = f"{lines[-1]} {word}".strip()
            if self.get_string_width(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        cut = len(lines) > most
        kept = lines[:most]
        if cut or any(self.get_string_width(line) > width for line in kept):
            self.cut[text] = None
        return [*(self._cut(line, width, cut=False) for line in kept[:-1]), self._cut(kept[-1], width, cut=cut)]

    def _cut(self, line: str, width: float, *, cut: bool) -> str:
        """The line as far as it has room, ending in an ellipsis where something is left out."""
        if not cut and self.get_string_width(line) <= width:
            return line
        while line and self.get_string_width(f"{line} …") > width:
            line = line[:-1].rstrip()
        return f"{line} …"

    def rule(self, x: float, y: float, width: float, *, colour: Colour = LINE, thick: float = 0.2) -> None:
        """A line across."""
        self.set_draw_color(*colour)
        self.set_line_width(thick)
        self.line(x, y, x + width, y)

    def box(self, x: float, y: float, size: float = 3.2) -> None:
        """A box to tick."""
        self.set_draw_color(*INK)
        self.set_line_width(0.3)
        self.rect(x, y, size, size, style="D", round_corners=True, corner_radius=0.7)

    def tick(self, x: float, y: float, text: str, width: float, size: float = 9.5, *, bold: bool = False) -> None:
        """A box, and what ticking it means."""
        self.box(x, y + size * 0.3528 * 0.65 - 1.6)
        self.say(x + 4.8, y, text, width - 4.8, size=size, bold=bold)

    def bar(self, x: float, y: float, width: float, share: float) -> None:
        """How much of a goal was reached."""
        self.set_fill_color(*TILE)
        self.rect(x, y, width, 1.5, style="F", round_corners=True, corner_radius=0.7)
        self.set_fill_color(*INK)
        if share > 0.02:
            self.rect(x, y, max(1.5, width * share), 1.5, style="F", round_corners=True, corner_radius=0.7)
        self.set_draw_color(*SUN)
        self.set_line_width(0.5)
        self.line(x + width, y - 0.9, x + width, y + 2.4)

    def figure(self, x: float, y: float, high: float, exercise: Exercise, rung: str) -> None:
        """The figure in its hold."""
        floor, shapes = outlines(exercise, rung)
        self.set_draw_color(*LINE)
        self.set_line_width(0.25)
        if floor < 1:
            self.line(x, y + floor * high, x + 16 / 9 * high, y + floor * high)
        self.set_fill_color(*INK)  # a clip brings the colours of before it back, which this object does not notice
        self.set_draw_color(*INK)
        with self.rect_clip(x, y, 16 / 9 * high, high):  # a figure from the hips up goes on below its picture
            self._paint([(kind, [(x + px * high, y + py * high) for px, py in outline]) for kind, outline in shapes])
        self.set_fill_color(*INK)
        self.set_draw_color(*INK)

    def _paint(self, shapes: Iterable[Shape]) -> None:
        """Shapes where they are on the page. A clip brings the colours of before it back, unnoticed by this object."""
        for kind, points in shapes:
            if kind == "thing":
                self.set_draw_color(*_THING)
                self.polyline(points)
                continue
            self.set_fill_color(*(_FAR if kind == "far" else INK))
            self.polygon(points, style="F")

    def still(self, at: tuple[float, float], room: tuple[float, float], drawn: Still) -> None:
        """The figure at its start or in its hold, as large as the room lets it be, standing on the lower edge of it."""
        _, shapes = outlines(drawn.exercise, drawn.rung, start=drawn.start)
        (x, y), (wide, high) = at, room
        window = figure.window(drawn.exercise, drawn.rung)
        room_around = _ROOM * figure.scenery(drawn.exercise, drawn.rung).unit
        left, top = window.left - room_around, window.top - room_around
        across, down = window.right + room_around - left, window.ground_y - top
        scale = min(wide / across, high / down)
        x, y = x + (wide - across * scale) / 2 - left * scale, y + high - window.ground_y * scale
        self.set_line_width(0.25)
        self.set_fill_color(*INK)
        self.set_draw_color(*INK)
        with self.rect_clip(x + left * scale, y + top * scale, across * scale, down * scale):
            self._paint([(kind, [(x + px * scale, y + py * scale) for px, py in outline]) for kind, outline in shapes])
        self.set_fill_color(*INK)
        self.rule(x + left * scale, y + window.ground_y * scale, across * scale)

    def logo(self, x: float, y: float) -> None:
        """A sun under an arch, and the name."""
        self.set_draw_color(*INK)
        self.set_line_width(0.9)
        self.arc(x, y, 7.2, 180, 360, b=7.2)
        self.set_fill_color(255, 158, 61)
        self.set_line_width(0.1)
        self.solid_arc(x + 2, y + 2.1, 3.2, 180, 360, b=3.2, style="F")
        self.headline(x + 9, y - 0.8, "lumbar", 40, 14)
