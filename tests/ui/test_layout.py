"""Where things stand on screens of every kind: nothing over anything, nothing cut off, all large enough to hit."""

import json
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from stage import SCREENS, UNEDGED, earned_s, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.ui, pytest.mark.timeout(120)]

EXERCISES = (
    "hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "plank", "side-plank", "glute-bridge",
    "chest-stretch", "neck-stretch",
)  # fmt: skip
SESSION_TARGET_PX = 64

# What is read or touched in a session, each as the box that its letters or its button fill.
SESSION_BOXES = """() => {
  const boxes = {};
  const add = (name, box) => { if (box.width > 0 && box.height > 0) boxes[name] = box; };
  const letters = (it) => { const range = document.createRange(); range.selectNodeContents(it); return range; };
  for (const name of ['name', 'next', 'helper', 'seconds', 'cue', 'notes']) {
    const it = document.querySelector(`.session-${name}`);
    if (it) add(name, letters(it).getBoundingClientRect());
  }
  // The line of the seconds is much taller than its digits.
  const { seconds } = boxes;
  if (seconds) boxes.seconds = new DOMRect(
    seconds.x, seconds.y + seconds.height * 0.22, seconds.width, seconds.height * 0.58);
  for (const it of document.querySelectorAll('.session button')) add(it.textContent, it.getBoundingClientRect());
  return Object.entries(boxes).map(([name, b]) => ({ name, x: b.x, y: b.y, right: b.right, bottom: b.bottom }));
}"""

BUTTONS = """() => [...document.querySelectorAll('.session button')].map((it) => {
  const { width, height } = it.getBoundingClientRect();
  return [it.textContent, Math.min(width, height)];
})"""

CUE_IS_CUT = """() => {
  const cue = document.querySelector('.session-cue');
  return cue.scrollHeight > cue.clientHeight + 2;
}"""

# Points along the arch, as they lie on the screen, and how thick it is there.
ARCH = """() => {
  const path = document.querySelector('.holdarc-track');
  const matrix = path.getScreenCTM();
  const points = Array.from({ length: 80 }, (_, i) => path.getPointAtLength((path.getTotalLength() * i) / 79));
  const half = (path.getAttribute('stroke-width') * matrix.a) / 2;
  return points.map((p) => p.matrixTransform(matrix)).map((p) => ({ x: p.x, y: p.y, half }));
}"""

HALF_WAY_APART = """() => {
  const path = document.querySelector('.holdarc-track');
  const half = path.getPointAtLength(path.getTotalLength() / 2);
  const mark = document.querySelector('.holdarc-half');
  return Math.hypot(half.x - mark.cx.baseVal.value, half.y - mark.cy.baseVal.value);
}"""
DRAWN = {"phone": "390 844", "laptop": "1280 800"}

# Sentences of the three lengths that the style sheet knows; the third is the catalogue's own longest.
SHORT_WORDS = "Squeeze and breathe. Keep it long, keep calm"
MEDIUM_WORDS = "Left knee on the pad, right foot in front of it. Tuck the pelvis under, chest up high."
MEDIUM = 90
SAY = """([text, length]) => {
  const cue = document.querySelector('.session-cue');
  cue.textContent = text;
  cue.dataset.length = length;
}"""


CALL = """(name) => {
  const title = document.querySelector('.session-name h1');
  title.firstChild.data = name;
  title.dataset.length = 'long';
}"""

HEAD_BOXES = """() => ['.header-logo', '.header-gear', '.places', '.page-aside time', '.page h1', '.today-lead']
  .map((name) => ({ name, box: document.querySelector(name).getBoundingClientRect() }))
  .filter(({ box }) => box.width > 0)
  .map(({ name, box: b }) => ({ name, x: b.x, y: b.y, right: b.right, bottom: b.bottom }))"""

# How far a step's minutes and its arrow lie above or below its title.
OFF_THE_LINE = """() => [...document.querySelectorAll('.step summary')].map((it) => {
  const middle = (name) => { const b = it.querySelector(name).getBoundingClientRect(); return b.y + b.height / 2; };
  const title = it.querySelector('h2').getBoundingClientRect();
  const off = (y) => Math.max(0, title.y - y, y - title.bottom);
  return Math.max(off(middle('.step-minutes')), off(middle('.step-chevron')));
})"""
LINE_PX = 12

OUT_OF_THE_SUN = """() => {
  const sun = document.querySelector('.sun').getBoundingClientRect();
  return [...document.querySelectorAll('.sun span')].filter((it) => it.checkVisibility()).filter((it) => {
    const box = it.getBoundingClientRect();
    return box.x < sun.x || box.right > sun.right || box.y < sun.y || box.bottom > sun.bottom;
  }).map((it) => it.textContent);
}"""


def _overlapping(boxes: list[dict]) -> list[str]:
    """Pairs of boxes that share more than a hair's breadth."""
    return [f"{a['name']} and {b['name']}" for a, b in combinations(boxes, 2) if _share(a, b) > 1]


def _share(a: dict, b: dict) -> float:
    """The shorter side of what two boxes share, in CSS pixels; not above nought where they are apart."""
    across = min(a["right"], b["right"]) - max(a["x"], b["x"])
    down = min(a["bottom"], b["bottom"]) - max(a["y"], b["y"])
    return min(across, down)


def _under_the_arch(boxes: list[dict], arch: list[dict]) -> list[str]:
    """Buttons and corner words that the arch runs through."""
    beside = [box for box in boxes if box["name"] not in ("helper", "seconds", "cue")]
    return [
        box["name"]
        for box in beside
        if any(
            box["x"] - p["half"] < p["x"] < box["right"] + p["half"]
            and box["y"] - p["half"] < p["y"] < box["bottom"] + p["half"]
            for p in arch
        )
    ]


def _faults(page: "Page", width: int, height: int) -> list[str]:
    boxes = page.evaluate(SESSION_BOXES)
    outside = [
        f"{box['name']} leaves the screen"
        for box in boxes
        if box["x"] < -1 or box["y"] < -1 or box["right"] > width + 1 or box["bottom"] > height + 1
    ]
    small = [f"{name} is small" for name, least_px in page.evaluate(BUTTONS) if least_px < SESSION_TARGET_PX]
    cut = ["the sentence is cut off"] if page.evaluate(CUE_IS_CUT) else []
    arch = [f"{name} lies on the arch" for name in _under_the_arch(boxes, page.evaluate(ARCH))]
    return _overlapping(boxes) + outside + small + cut + arch


def _on_every_screen(page: "Page", state: str, prepare: Callable[[], object]) -> dict[str, list[str]]:
    """What is wrong with the session's page in this state, by screen; empty where nothing is."""
    found = {}
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        page.wait_for_timeout(150)
        prepare()
        found[f"{state} on {screen}"] = _faults(page, **size)
    return {when: faults for when, faults in found.items() if faults}


def _longest_words(house) -> str:
    """The longest thing that the voice says about getting into a form."""
    words = house.ask("/api/words/en")
    said = {**words["written"], **words["spoken"]}
    return max((text for name, text in said.items() if ".rung." in name and name.endswith(".set-up")), key=len)


def _longest_name(house) -> str:
    """The longest title that a session has, in whichever language."""
    names = [
        words[f"{exercise}.name"] + f", {words['side.left']}"
        for words in (house.ask(f"/api/words/{language}")["written"] for language in ("en", "es"))
        for exercise in EXERCISES
    ]
    return max(names, key=len)


class TestSession:
    """Without a voice a note is shown too: the screen is at its fullest."""

    def test_nothing_stands_over_anything(self, open_house: Callable, visit: Callable) -> None:
        house = open_house("home")
        page = visit(house, reduced_motion="reduce").go("/")
        page.get_by_test_id("start").click()
        page.get_by_role("heading", level=1, name="Warm-up").wait_for()
        longest = _longest_words(house)
        assert len(longest) > MEDIUM, "the third size of letters is tried as well"
        faults = {}
        for text, length in ((SHORT_WORDS, "short"), (MEDIUM_WORDS, "long"), (longest, "longer")):
            faults |= _on_every_screen(page, length, lambda words=(text, length): page.evaluate(SAY, list(words)))
        page.evaluate(SAY, [SHORT_WORDS, "short"])
        name = _longest_name(house)
        faults |= _on_every_screen(page, "longest name", lambda: page.evaluate(CALL, name))
        page.keyboard.press("ArrowRight")
        page.get_by_role("heading", level=1, name="Hip flexor stretch, left").wait_for()
        page.keyboard.press("Space")
        page.locator("main.session-paused").wait_for()
        faults |= _on_every_screen(page, "paused", lambda: None)
        assert faults == {}
        page.emulate_media(forced_colors="active")
        assert page.evaluate(UNEDGED) == [], "a button has no edge where the system gives the colours"

    def test_the_half_way_mark_lies_on_the_arch(self, open_house: Callable, visit: Callable) -> None:
        page = visit(open_house("home")).go("/")
        page.get_by_test_id("start").click()
        page.locator(".holdarc-track").wait_for()
        for screen in ("phone", "laptop"):
            page.set_viewport_size(SCREENS[screen])
            page.locator(f"svg.holdarc[viewBox='0 0 {DRAWN[screen]}']").wait_for()
            assert page.evaluate(HALF_WAY_APART) < 1


class TestAfterASession:
    def _asked(self, open_house: Callable, visit: Callable):
        house = open_house("plank-only")
        page = visit(house).go("/")
        page.get_by_test_id("start").click()
        wait_until(lambda: earned_s(page) > 1, "nothing is counted", 60)
        page.keyboard.press("Escape")
        page.get_by_role("group", name="How hard was it?").wait_for()
        return house, page

    def _pick(self, page: "Page", question: str, value: int) -> None:
        page.get_by_role("group", name=question).get_by_role("button", name=str(value), exact=True).click()

    def test_a_tap_for_each_question_is_enough_and_the_last_choice_counts(
        self, open_house: Callable, visit: Callable
    ) -> None:
        house, page = self._asked(open_house, visit)
        self._pick(page, "Worst pain", 2)
        self._pick(page, "How hard", 6)
        page.get_by_role("group", name="Did you keep the shape?").get_by_role("button", name="mostly").click()
        expect(page.get_by_role("status")).to_contain_text("Tap another number to change it")
        self._pick(page, "How hard", 7)
        page.wait_for_url(house.url + "/")
        told = {fact["type"]: fact["body"] for fact in house.facts()}
        assert told["effort-reported"]["effort"] == 7
        assert told["pain-reported"]["nprs"] == 2
        assert told["shape-reported"] == {
            "session": told["session-started"]["session"],
            "exercise": None,
            "kept": "mostly",
        }

    def test_they_can_be_skipped(self, open_house: Callable, visit: Callable) -> None:
        house, page = self._asked(open_house, visit)
        page.get_by_role("button", name="Skip these questions").click()
        page.wait_for_url(house.url + "/")
        assert not {"effort-reported", "pain-reported", "shape-reported"} & {fact["type"] for fact in house.facts()}


class TestPages:
    def test_today_has_room_for_its_head_and_for_the_end_of_each_line(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/")
        page.locator(".step summary").first.wait_for()
        over, apart = {}, {}
        for letters in (100, 200):
            page.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)
                over[f"{screen}, letters of {letters} %"] = _overlapping(page.evaluate(HEAD_BOXES))
                apart[f"{screen}, letters of {letters} %"] = max(page.evaluate(OFF_THE_LINE))
                outside = page.evaluate(OUT_OF_THE_SUN)
                assert outside == [], f"{screen}, letters of {letters} %"
        assert {screen: pairs for screen, pairs in over.items() if pairs} == {}
        assert {screen: px for screen, px in apart.items() if px > LINE_PX} == {}


class TestExercisePages:
    def test_the_form_that_is_shown_is_in_sight_on_a_phone(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/exercises/plank")
        rung = page.locator(".rung[aria-pressed=true]")
        expect(rung).to_have_text("On forearms and toesgoal form")
        box = rung.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SCREENS["phone"]["width"]

    @pytest.mark.parametrize("screen", ["phone", "laptop"])
    def test_all_tiles_of_a_strip_are_of_one_size(self, house, visit: Callable, screen: str) -> None:
        page = visit(house, viewport=SCREENS[screen]).go("/exercises/glute-bridge")
        page.locator(".rungs .tile").first.wait_for()
        sizes = page.evaluate(
            "[...document.querySelectorAll('.rungs .tile')].map((t) => [t.offsetWidth, t.offsetHeight].join())"
        )
        assert len(sizes) > 3
        assert len(set(sizes)) == 1

    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_no_foot_is_cut_off_by_the_floor(self, house, visit: Callable, exercise: str) -> None:
        page = visit(house, reduced_motion="reduce").go(f"/exercises/{exercise}")
        page.locator(".rungs .figure-body").first.wait_for()
        page.wait_for_load_state("networkidle")
        sunk = page.evaluate("""() => [...document.querySelectorAll('svg.figure')].map((svg) => {
          const { y, height } = svg.viewBox.baseVal;
          const legs = [...svg.querySelectorAll('.figure-near-leg, .figure-far-leg')].map((leg) => leg.getBBox());
          return Math.max(...legs.map((leg) => leg.y + leg.height), 0) - (y + height);
        })""")
        assert len(sunk) > 2
        assert max(sunk) < 0.03

    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_every_form_says_in_steps_how_to_get_into_it(self, house, visit: Callable, exercise: str) -> None:
        page = visit(house).go(f"/exercises/{exercise}")
        page.locator(".rung").first.wait_for()
        for rung in page.locator("button.rung").all():
            rung.click()
            steps = page.locator(".setup li").all_inner_texts()
            assert steps
            assert all(step.strip() for step in steps), json.dumps(steps)


class TestServerGone:
    def test_a_page_that_could_not_be_filled_fills_by_itself(self, house, visit: Callable) -> None:
        house.screened()
        page = visit(house).go("/about")
        house.stop(kill=True)
        page.get_by_role("link", name="Progress").click()
        expect(page.get_by_text("This page fills as soon as lumbar answers again.")).to_be_visible()
        expect(page.get_by_text("lumbar is not answering.")).to_have_count(1)
        house.start()
        expect(page.get_by_role("heading", name="Keeping to the plan")).to_be_visible(timeout=30_000)
