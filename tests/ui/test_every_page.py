"""Every page, in each language, size and colours: usable by everybody, and asking nobody but its own house."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from stage import SCREENS, UNEDGED, ZONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.ui, pytest.mark.timeout(240)]

BEFORE = ("/welcome", "/progress", "/desk")
"""Pages that look otherwise while nothing is known of anybody."""
PATHS = ("/", "/?before", "/progress", "/exercises", "/exercises/plank", "/exercises/neck-stretch",
         "/exercises/hamstring-stretch", "/how", "/review", "/flare", "/you", "/day", "/walk", "/told",
         "/outcomes/nprs", "/outcomes/rmdq-24", "/outcomes/psfs", "/outcomes/pgic", "/settings", "/data", "/phone",
         "/who", "/people", "/packet", "/about", "/trust", "/desk", "/nowhere")  # fmt: skip
SIZES = ("phone", "laptop")
COLOURS: Sequence[Mapping[str, Any]] = (
    {"color_scheme": "dark", "contrast": "no-preference"},
    {"color_scheme": "dark", "contrast": "more"},
    {"color_scheme": "light", "contrast": "more"},
)
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules whose answer other colours can change; all others are asked once."""
PLAIN: Mapping[str, Any] = {"color_scheme": "light", "contrast": "no-preference"}
VOICES = "[...document.querySelectorAll('[role=status]')].filter((it) => it.textContent.trim()).length"
ENGLISH = """() => {
    const main = document.querySelector("main").cloneNode(true);
    for (const published of main.querySelectorAll("[lang=en]")) published.remove();
    return main.innerText.match(/\\b(the|your|and|with|of|is|are|you)\\b/gi) ?? [];
}"""
SMALL_TARGETS = """() => {
    // What is touched for a link: its label, or where it leads from the whole of a card or a row, all of that.
    const touched = (it) =>
        it.closest('label') ?? (it.matches('.row-name') ? it.closest('.row, .held, .exercises-one') : it);
    // A link among the words of a sentence is as high as they are, but for one that leads on from its end.
    const among = (it) => !it.matches('.row-why a, .step-message a, .seal a, .limits a')
        && (it.closest('p, label')?.textContent.trim().length ?? 0) > it.textContent.trim().length;
    return [...document.querySelectorAll('button, summary, input, select, a[href]')]
        .filter((it) => it.checkVisibility() && !it.closest('.skip') && !(it.matches('a') && among(it)))
        .map((it) => [it, touched(it).getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
        .map(([it, box]) => `${it.tagName} ${it.textContent.trim().slice(0, 30)} ${box.width | 0}x${box.height | 0}`);
}"""
LARGE = "(percent) => { document.documentElement.style.fontSize = `${percent}%`; }"
AS_IT_WAS = "document.documentElement.style.fontSize = ''"
NARROW_PX = (390, 320)
LETTERS = ((390, 100), (390, 200), (1280, 150), (1280, 200))
"""Widths, and letters in per cent, at which every word has to have room."""
CROWDED = """() => {
    // The lines of a text as they are painted, without the air above and below the letters.
    const lines = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].filter((it) => it.width > 1).map((it) => ({
            left: it.left, right: it.right, top: it.top + it.height * 0.25, bottom: it.bottom - it.height * 0.2,
        }));
    };
    const seen = {opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true};
    const shown = (it) => it.checkVisibility(seen) && !it.closest('.hidden, .skip');
    // What stays where it is while the page is scrolled stands over what goes by beneath it.
    const stays = (it) => {
        for (let at = it; at && at !== document.body; at = at.parentElement) {
            if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return at;
        }
        return null;
    };
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const it = node.parentElement;
        if (!node.data.trim() || it.closest('script, style, select, option') || !shown(it)) continue;
        texts.push({node, it, said: node.data.trim().slice(0, 40), root: stays(it)});
    }
    const found = [];
    const boxes = texts.flatMap((text) => lines(text.node).map((line) => ({...line, text})));
    boxes.sort((one, other) => one.top - other.top);
    for (const [index, one] of boxes.entries()) {
        for (let next = index + 1; next < boxes.length && boxes[next].top < one.bottom; next++) {
            const other = boxes[next];
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (one.text === other.text || one.text.root !== other.text.root || wide < 2 || high < 2) continue;
            found.push(`printed over each other: ${one.text.said} / ${other.text.said}`);
        }
    }
    // Lines of a word each: a column that is too narrow for its letters.
    for (const it of new Set(texts.map((text) => text.it))) {
        const said = it.textContent.replace(/\\s+/g, ' ').trim();
        const tops = new Set(lines(it).map((line) => Math.round(line.top / 6)));
        if (tops.size >= 4 && said.length / tops.size < (tops.size >= 8 ? 11 : 8)) {
            found.push(`squeezed into ${tops.size} lines: ${said.slice(0, 60)}`);
        }
    }
    for (const {node, it, said, root} of texts) {
        it.scrollIntoView({block: 'center', behavior: 'instant'});
        const [line] = lines(node);
        if (!line) continue;
        for (const over of document.elementsFromPoint((line.left + line.right) / 2, (line.top + line.bottom) / 2)) {
            if (over === it || over.contains(it) || it.contains(over)) break;
            const {backgroundColor, backgroundImage, opacity} = getComputedStyle(over);
            const solid = backgroundImage !== 'none' || !/, 0\\)$|transparent/.test(backgroundColor);
            if (opacity === '0' || !solid || stays(over) !== root) continue;
            found.push(`behind ${over.className}: ${said}`);
        }
    }
    scrollTo(0, 0);
    return [...new Set(found)];
}"""
"""Words that are printed over others, hidden behind something, or squeezed into a column of a word a line."""
OFF_THE_SIDE = "document.documentElement.scrollWidth - innerWidth"
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations.flatMap(
    (bad) => bad.nodes.map((node) => `${bad.id}: ${node.html.replace(/\\s+/g, ' ').slice(0, 160)}`))"""


@pytest.mark.parametrize("locale", ["en-GB", "es-MX"])
@pytest.mark.parametrize("half", [0, 1], ids=["first-half", "second-half"])
def test_every_page_can_be_used_by_everybody(house, visit: Callable, locale: str, half: int) -> None:
    seen = visit(house, locale=locale, reduced_motion="reduce", **PLAIN)
    wrong: dict[str, list[str]] = defaultdict(list)
    for path in BEFORE[half::2]:
        wrong[f"{path} at first"] += _look(seen.go(path), locale)
    house.screened()
    wrong["/ when nothing holds back"] += _look(seen.go("/"), locale)
    house.screened(B3="yes")
    house.play(only=["plank"])
    for path in PATHS[half::2]:
        wrong[path] += _look(seen.go(path), locale)
    house.ask("/api/desk/snooze", {"span": "today", "device": "t", "zone": ZONE})
    wrong["/desk while it is quiet"] += _look(seen.go("/desk"), locale)
    house.tell(("daily-check-answered", {"ticks": ["daily.numbness"], "answers": {"A1": "yes"}, "details": {}}))
    wrong["/ when paused"] += _look(seen.go("/"), locale)
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(seen.requests) > len(PATHS)
    assert seen.strangers == []
    # The browser tells of the one address that is none by itself.
    assert [error for error in seen.errors if "404" not in error] == []
    assert len(seen.errors) == PATHS[half::2].count("/nowhere")


def _look(page: "Page", locale: str) -> list[str]:
    """What is wrong with a page, once it has come to rest. It is left as it was found."""
    page.wait_for_load_state("networkidle")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = []
    if (language := page.evaluate("document.documentElement.lang")) != locale[:2]:
        found.append(f"it says that its language is {language}")
    if locale.startswith("es"):
        found += [f"English: {word}" for word in page.evaluate(ENGLISH)]
    if (voices := page.evaluate(VOICES)) > 1:
        found.append(f"{voices} voices speak at once")
    for size in SIZES:
        page.set_viewport_size(SCREENS[size])
        found += [f"{size}, {bad}" for bad in page.evaluate(VIOLATIONS, {})]
        found += [f"{size}, small: {target}" for target in page.evaluate(SMALL_TARGETS)]
        for colours in COLOURS:
            page.emulate_media(**colours)
            found += [f"{size}, {colours}, {bad}" for bad in page.evaluate(VIOLATIONS, {"runOnly": BY_COLOUR})]
        page.emulate_media(**PLAIN)
    for size, screen in SCREENS.items():
        page.set_viewport_size(screen)
        if (wide := page.evaluate(OFF_THE_SIDE)) > 0:
            found.append(f"{size}: {wide} px off the side")
    found += _look_with_large_letters(page)
    page.set_viewport_size(SCREENS[SIZES[0]])
    page.emulate_media(forced_colors="active")
    found += [f"without an edge in the system's colours: {button}" for button in page.evaluate(UNEDGED)]
    page.emulate_media(forced_colors="none")
    return found


def _look_with_large_letters(page: "Page") -> list[str]:
    """What does not fit for somebody whose letters are larger, up to twice as large."""
    found = []
    page.evaluate(LARGE, 200)
    for width in NARROW_PX:
        page.set_viewport_size({"width": width, "height": 844})
        if (wide := page.evaluate(OFF_THE_SIDE)) > 0:
            found.append(f"letters of 200 % at {width}: {wide} px off the side")
    for width, percent in LETTERS:
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(LARGE, percent)
        found += [f"letters of {percent} % at {width}: {bad}" for bad in page.evaluate(CROWDED)]
    page.evaluate(AS_IT_WAS)
    return found
