"""The packet on paper: one page for a minute, and further pages behind it."""

from collections.abc import Iterable, Mapping

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.packet import Packet
from lumbar.export.paper import INK, LINE, MARGIN, QUIET, SUN, Paper, broken
from lumbar.export.sheet import Curve, Line, Sheet, Teller, sheet_of

_COLUMNS = (15.0, 33.0, 45.0, 29.0, 24.0, 20.0)
"""Of the rows, from the figure on; what is left is for the expert's ticks."""

_LEAST = 6.2
"""The smallest letters, in points, that a line is set in before something of it is cut."""

_PAGES = 3


def packet_pdf(
    packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str = "a4", packet_id: str = ""
) -> bytes:
    """The packet as a PDF. size: a4 or letter; packet_id: printed at the foot, empty for a preview.

    Raises StoreUnavailable when the fonts for print were never built.
    """
    sheet = sheet_of(packet, exercises, words)
    paper = Paper(size, letters_of(sheet, words), sheet.title, words.language)
    front = _Front(paper, sheet, packet, exercises, Teller(words), packet_id)
    front.draw()
    _behind(paper, sheet, packet, Teller(words))
    _log(paper, sheet, packet, Teller(words))
    return bytes(paper.output())


def letters_of(sheet: Sheet, words: Words) -> Iterable[str]:
    """All texts of a packet: what a person wrote may be in any script."""
    yield from sheet.facts
    yield from (
        text for name, text in words.table["written"].items() if name.startswith(("packet.", "handout.", "date."))
    )


class _Front:
    """The first page. Every part has its height, so that a full record fits as an empty one does."""

    def __init__(
        self, paper: Paper, sheet: Sheet, packet: Packet, exercises: Mapping[str, Exercise], t: Teller, packet_id: str
    ) -> None:
        self.paper, self.sheet, self.packet, self.exercises, self.t = paper, sheet, packet, exercises, t
        self.packet_id = packet_id
        paper.add_page()
        self.tight = paper.h / 297.0

    def draw(self) -> None:
        """All of it, from the top."""
        y = self._head()
        y = self._who(y)
        y = self._rows(y + 2.0 * self.tight)
        y = self._columns(y + 2.5 * self.tight)
        y = self._asked(y + 1.5 * self.tight)
        self._decide(y + 2.0 * self.tight)
        _foot(self.paper, self.t, self.packet_id)

    def _head(self) -> float:
        paper, t, top = self.paper, self.t, 10.0 * self.tight
        paper.logo(MARGIN, top)
        printed = t("packet.printed", printed_on=t.day(self.packet.on), page=1, pages=_PAGES)
        paper.say(MARGIN, top, printed, paper.inner, size=8.5, colour=QUIET, align="R")
        y = paper.headline(MARGIN, top + 7.5 * self.tight, self.sheet.title, paper.inner, 21)
        y = paper.say(MARGIN, y + 0.3, f"{self.sheet.lead} {self.sheet.review}", paper.inner, size=11)
        paper.rule(MARGIN, y + 1.6, paper.inner, colour=INK, thick=0.5)
        return y + 3.4

    def _who(self, y: float) -> float:
        paper, sheet, t = self.paper, self.sheet, self.t
        widths = (43.0, 66.0, paper.inner - 109.0)
        x = MARGIN
        for width, title, lines in (
            (widths[0], t("packet.person"), sheet.person),
            (widths[1], sheet.screen_title, sheet.screen),
            (widths[2], t("packet.goal"), (sheet.goal,)),
        ):
            low = paper.say(x, y, title, width - 4, size=8.5, colour=QUIET)
            goal = len(lines) == 1
            for number, line in enumerate(lines):
                bold, most = number == 0 and not goal, 4 if goal else 2 if number == 0 else 1
                low = paper.say(x, low, line, width - 4, size=9 if number else 9.5, bold=bold, lines=most)
            x += width
        return y + max(24.0 * self.tight, 25.2)

    def _rows(self, y: float) -> float:
        paper, t = self.paper, self.t
        y = paper.headline(MARGIN, y, t("packet.plan"), paper.inner)
        titles = ("", "exercise", "dose", "form", "held", "next", "yours")
        widths = (*_COLUMNS, paper.inner - sum(_COLUMNS))
        x = MARGIN
        for width, name in zip(widths, titles, strict=True):
            if name:
                paper.say(x, y, t(f"packet.col.{name}"), width, size=8, colour=QUIET)
            x += width
        y += 4.6
        high = 8.75 * self.tight
        for line in self.sheet.lines:
            paper.rule(MARGIN, y, paper.inner)
            self._row(line, y, high, widths)
            y += high
        return self._walk(y)

    def _walk(self, y: float) -> float:
        """The walk below the rows, on one line of its own: it is ours, and nobody is asked to tick it."""
        if self.sheet.walk is None:
            return y
        name, *told = self.sheet.walk
        self.paper.rule(MARGIN, y, self.paper.inner)
        self.paper.say(MARGIN + _COLUMNS[0], y + 0.4, name, _COLUMNS[1] - 1, size=8.5, bold=True)
        x = MARGIN + sum(_COLUMNS[:2])
        return self.paper.say(x, y + 0.4, " · ".join(told), self.paper.inner - sum(_COLUMNS[:2]), size=8.5)

    def _row(self, line: Line, y: float, high: float, widths: tuple[float, ...]) -> None:
        paper, t = self.paper, self.t
        paper.figure(MARGIN + 0.4, y + 0.2, high - 0.5, self.exercises[line.exercise], line.rung)
        x, middle = MARGIN + widths[0], y + high / 2 - 2.1
        self._name(line.name, x, y + high / 2, widths[1] - 1)
        x += widths[1]
        paper.set_font("text", "", 8.5)
        wide = paper.get_string_width(line.dose) > widths[2] - 1.5
        paper.say(
            x,
            y + high / 2 - 3.2 if wide else middle,
            line.dose,
            widths[2] - 1.5,
            size=7.8 if wide else 8.5,
            lines=2,
            leading=1.15,
        )
        x += widths[2]
        wide = paper.get_string_width(line.form) > widths[3] - 1.5
        form = y + high / 2 - 3.2 if wide else middle
        paper.say(x, form, line.form, widths[3] - 1.5, size=7.8, lines=2, leading=1.15)
        x += widths[3]
        if line.share is None:
            paper.say(x, middle, line.held, widths[4] - 1.5, size=8, colour=QUIET)
        else:
            paper.bar(x, y + high / 2 - 0.8, widths[4] - 14, line.share)
            paper.say(x + widths[4] - 13, middle, line.held, 12.8, size=8)
        x += widths[4]
        two = y + high / 2 - (3.2 if len(line.next) > 15 else 1.9)
        paper.say(x, two, line.next, widths[5] - 1, size=7.5, colour=QUIET, lines=2, leading=1.15)
        x += widths[5]
        for number, name in enumerate(("go-on", "change") if line.rests else ("ok", "change", "stop")):
            left = x + (0, 0, 8.6)[number]
            top = y + (0.9, high / 2 + 0.2, 0.9)[number]
            paper.box(left, top + 0.35, 2.4)
            text = t(f"packet.tick.{name}") + (" ______" if name == "change" else "")
            paper.say(left + 3.2, top, text, 16, size=6.8)

    def _name(self, name: str, x: float, middle: float, width: float) -> None:
        """An exercise's name; a long one takes two smaller lines, for its end is what tells it apart."""
        paper = self.paper
        paper.set_font("text", "B", 9)
        if paper.get_string_width(name) <= width:
            paper.say(x, middle - 2.1, name, width, size=9, bold=True)
        else:
            paper.say(x, middle - 3.2, name, width, size=7.8, bold=True, lines=2, leading=1.15)

    def _columns(self, y: float) -> float:
        """Then and now on the left, what the records show on the right."""
        paper, sheet, t = self.paper, self.sheet, self.t
        half = paper.inner / 2 - 3
        right = MARGIN + half + 6
        low = paper.headline(MARGIN, y, t("packet.scores"), half, 12)
        for name, numbers, said in sheet.scores:
            paper.say(MARGIN, low, name, half - 24, size=9)
            paper.say(MARGIN + half - 24, low, numbers, 24, size=9, bold=True, align="R")
            fits = paper.fitting(said, half, size=8, least=_LEAST)
            low = paper.say(MARGIN, low + 3.9, said, half, size=fits, colour=QUIET) + 0.6
        if not sheet.scores:
            paper.say(MARGIN, low, sheet.scores_none, half, size=9, colour=QUIET)
        low = paper.headline(right, y, t("packet.past"), half, 12)
        for told in sheet.past:
            paper.say(right, low, "•", 3, size=8.8)
            low = paper.say(right + 3, low, told, half - 3, size=8.8, lines=2, leading=1.22)
        return y + 34.0 * self.tight

    def _asked(self, y: float) -> float:
        paper, t = self.paper, self.t
        y = paper.headline(MARGIN, y, t("packet.ask"), paper.inner, 12)
        for question, asked in zip(self.sheet.questions, self.packet.questions, strict=True):
            no = 0.0 if asked.proposal is None else 46.0
            paper.tick(MARGIN, y, question, paper.inner - no, size=9)
            if no:
                paper.tick(MARGIN + paper.inner - no, y, t("packet.ask.not-yet"), no, size=9)
            y += 4.9 * self.tight
        if not self.sheet.questions:
            y = paper.say(MARGIN, y, self.sheet.questions_none, paper.inner, size=9, colour=QUIET)
        for told in filter(None, (self.sheet.questions_left, self.sheet.rests)):
            y = paper.say(MARGIN, y, told, paper.inner, size=8.5, colour=QUIET)
        return y

    def _decide(self, y: float) -> None:
        """The box to sign, which stands at the foot of the page."""
        paper, t = self.paper, self.t
        high = 62.0 * self.tight
        top = max(y, paper.h - 15.0 - high)
        paper.set_draw_color(*INK)
        paper.set_line_width(0.5)
        paper.rect(MARGIN, top, paper.inner, high, style="D", round_corners=True, corner_radius=5)
        left, wide = MARGIN + 5, paper.inner - 10
        paper.headline(left, top + 2.5, t("packet.decide"), 60, 14)
        valid = t("packet.decide.valid", days=self.packet.review_days)
        paper.say(left, top + 2.2, valid, wide, size=8.5, colour=QUIET, align="R")
        paper.say(left, top + 6.2, t("packet.decide.hold-until"), wide, size=7.6, colour=QUIET, align="R")
        row = top + 11.5 * self.tight
        for number, name in enumerate(("approve", "changes", "hold", "contact")):
            paper.tick(left + (0, 40, 88, 114)[number], row, t(f"packet.decide.{name}"), 60, size=10.5, bold=True)
        row += 7.0 * self.tight
        for number, name in enumerate(("examined", "paper", "waits")):
            paper.tick(left + (0, 40, 88)[number], row, t(f"packet.decide.{name}"), (38, 46, wide - 88)[number], size=9)
        row += 6.5 * self.tight
        paper.say(left, row, t("packet.decide.note"), 60, size=8.5, colour=QUIET)
        for line in (10.0, 17.0):
            paper.rule(left, row + line * self.tight, wide, colour=INK, thick=0.25)
        row = top + high - 12.5 * self.tight
        x = left
        for share, name in ((0.29, "name"), (0.29, "profession"), (0.16, "date"), (0.26, "signature")):
            paper.rule(x, row, wide * share - 4, colour=INK, thick=0.25)
            paper.say(x, row + 0.6, t(f"packet.decide.{name}"), wide * share - 4, size=8, colour=QUIET)
            x += wide * share
        paper.say(left, top + high - 6.6 * self.tight, t("packet.decide.unticked"), wide, size=7.6, colour=QUIET)


def _foot(paper: Paper, t: Teller, packet_id: str) -> None:
    y = paper.h - 11.5
    said = f"{t('packet.letters')} {t('packet.foot')}" if paper.lacks else t("packet.foot")
    paper.say(MARGIN, y - 3.4 * bool(paper.lacks), said, paper.inner * 0.7, size=7.5, colour=QUIET, lines=2)
    if packet_id:
        paper.say(MARGIN, y, t("packet.id", id=packet_id), paper.inner, size=7.5, colour=QUIET, align="R")


def _next_page(paper: Paper, packet: Packet, t: Teller, number: int) -> float:
    """A further page with its number; where it begins."""
    paper.add_page()
    printed = t("packet.printed", printed_on=t.day(packet.on), page=number, pages=_PAGES)
    paper.say(MARGIN, 12.0, printed, paper.inner, size=8.5, colour=QUIET, align="R")
    return 12.0


def _behind(paper: Paper, sheet: Sheet, packet: Packet, t: Teller) -> None:
    """The second page: what changed, and curves."""
    y = _next_page(paper, packet, t, 2)
    y = paper.headline(MARGIN, y, t("packet.more.title"), paper.inner, 17) + 2
    y = paper.headline(MARGIN, y, sheet.changed_title, paper.inner, 12)
    for told in sheet.changed:
        y = paper.say(MARGIN, y, f"• {told}", paper.inner, size=9)
    y = paper.headline(MARGIN, y + 3, t("packet.more.curves"), paper.inner, 12) + 1
    third = paper.inner / 3
    for number, curve in enumerate(sheet.curves):
        _curve(paper, curve, MARGIN + (number % 3) * third, y + (number // 3) * 33.0, third - 5)
    _foot(paper, t, "")


def _log(paper: Paper, sheet: Sheet, packet: Packet, t: Teller) -> None:
    """The third page: what went wrong and what was advised, and the rules that come next."""
    y = _next_page(paper, packet, t, 3)
    y = paper.headline(MARGIN, y, t("packet.more.events"), paper.inner, 12)
    for on, what, advised in sheet.events:
        paper.say(MARGIN, y, on, 30, size=8.8, colour=QUIET)
        low = paper.say(MARGIN + 30, y, what, 74, size=8.8, lines=2, leading=1.2)
        y = max(low, paper.say(MARGIN + 106, y, advised, paper.inner - 106, size=8.8, lines=2, leading=1.2)) + 0.6
    if not sheet.events or sheet.events_left:
        y = paper.say(MARGIN, y, sheet.events_left or sheet.events_none, paper.inner, size=8.8, colour=QUIET)
    if sheet.rules:
        y = paper.headline(MARGIN, y + 3, t("packet.more.rules"), paper.inner, 12)
    for rule in sheet.rules:
        paper.say(MARGIN, y, "•", 3, size=8.8)
        y = paper.say(MARGIN + 3, y, rule, paper.inner - 3, size=8.8, lines=3, leading=1.25) + 0.6
    _in_full(paper, t, y + 3)
    _foot(paper, t, "")


def _in_full(paper: Paper, t: Teller, y: float) -> None:
    """Whatever had no room in its place, whole: nothing that is told elsewhere is left out on paper."""
    if not paper.cut:
        return
    y = paper.headline(MARGIN, y, t("packet.more.cut"), paper.inner, 12)
    paper.say(MARGIN, y, broken(" · ".join(paper.cut)), paper.inner, size=7.5, lines=30, leading=1.15)


def _curve(paper: Paper, curve: Curve, x: float, y: float, width: float) -> None:
    paper.say(x, y, curve.title, width, size=8.5, bold=True)
    top, high = y + 6.0, 16.0
    paper.rule(x, top + high, width - 8, colour=LINE)
    if curve.points:
        _line(paper, curve, x, top, width - 10, high)
        first, last = curve.days
        size = paper.fitting(f"{first}   {last}", width, size=6.8, least=_LEAST)
        paper.say(x, top + high + 0.6, first, width, size=size, colour=QUIET)
        if last != first:
            paper.say(x, top + high + 0.6, last, width, size=size, colour=QUIET, align="R")
    paper.say(x, top + high + 3.8, curve.said, width, size=7.2, colour=QUIET, lines=2, leading=1.15)


def _line(paper: Paper, curve: Curve, x: float, top: float, width: float, high: float) -> None:
    points = [(x + width * px, top + high - high * py) for px, py in curve.shape]
    paper.set_draw_color(*INK)
    paper.set_line_width(0.5)
    if len(points) > 1:
        paper.polyline(points)
    paper.set_fill_color(*SUN)
    for px, py in (points[0], points[-1]):
        paper.circle(px, py, 0.7, style="F")
    paper.say(points[-1][0] + 1.2, points[-1][1] - 2, curve.last, 9, size=7.5, bold=True)
