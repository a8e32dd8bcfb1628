"""A session in a real Chromium, on a real server, with a rendered person before the camera."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from stage import SCREENS, SPEAKER, ZONE, begin, earned_s, hinge_only, play_clip, use_camera, wait_until

import lumbar
from lumbar import assess, exercise
from lumbar.pose.models import LANDMARKS
from lumbar.pose.recordings import frames_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from conftest import House

pytestmark = [pytest.mark.ui, pytest.mark.timeout(240)]

CUTTER = """
const Original = window.WebSocket;
window.sockets = [];
window.WebSocket = class extends Original {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""


@pytest.fixture
def context(browser: "Browser") -> "Iterator[BrowserContext]":
    made = browser.new_context(
        timezone_id=ZONE, locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    made.add_init_script(SPEAKER)
    yield made
    made.close()


def history(house: "House") -> list[dict[str, Any]]:
    days = house.ask(f"/api/history?days=2&zone={quote(ZONE)}")["days"]
    return [entry for day in days for entry in day["sets"]]


def watch_clip(page: "Page") -> float:
    """Wait for the clip's end, and a moment for the last frames; gives what was earned by then."""
    wait_until(lambda: bool(page.evaluate("window.clip.ended")), "the clip does not end", 60)
    page.wait_for_timeout(1200)
    return earned_s(page)


def assessed_s(bundle: Path, clip: str) -> float:
    return assess(frames_of(bundle / f"clips/{clip}.mp4"), exercise("plank")).credited_s


def said(page: "Page") -> list[str]:
    return list(page.evaluate("window.lumbarSpeaker.log"))


def test_a_whole_session_needs_no_touch_and_stores_each_hold_once(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("short-test")
    elsewhere: list[str] = []
    context.on(
        "request", lambda r: None if r.url.startswith((house.url, "blob:", "data:")) else elsewhere.append(r.url)
    )
    page = context.new_page()
    begin(page, house)
    page.locator(".session-after").wait_for(timeout=200_000)
    assert house.ask("/api/sessions/current") is None, "the session has ended"
    sets = history(house)
    assert {entry["exercise"] for entry in sets} == {
        "hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "plank", "side-plank", "glute-bridge",
        "chest-stretch", "neck-stretch",
    }  # fmt: skip
    assert all(entry["outcome"] == "done" and not entry["measured"] for entry in sets)
    assert all(entry["credited_s"] == pytest.approx(entry["target_s"]) for entry in sets)
    moments = [(entry["exercise"], entry["side"], entry["at"]) for entry in sets]
    assert len(set(moments)) == len(moments)
    assert page.evaluate("window.lumbarSpeaker.overlaps") == 0
    assert elsewhere == []


@pytest.mark.camera
def test_the_camera_counts_what_assess_counts_and_the_sag_is_spoken(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    expected_s = assessed_s(bundle, "plank")
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    earned = watch_clip(page)
    page.keyboard.press("Escape")
    assert earned == pytest.approx(expected_s, abs=1.5)
    assert "Lift your hips a little." in said(page)
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(house)) == 1, "the set was not stored")
    house.stop(kill=True)
    house.start()
    page.goto(f"{house.url}/progress")
    (entry,) = history(house)
    assert entry["measured"]
    assert entry["credited_s"] == pytest.approx(earned, abs=0.6)
    (stored,) = [fact["body"] for fact in house.facts() if fact["type"] == "set-done"]
    assert stored["coach"] == lumbar.__version__
    assert stored["model"] == LANDMARKS.sha256
    page.locator("main").get_by_text("Plank").first.wait_for()


# Every look of the full model is told to have taken half a second.
SLOW = """
const Quick = window.Worker;
window.loads = [];
window.Worker = class extends Quick {
  postMessage(message, ...more) {
    if (message.type === "load") window.loads.push(this.model = message.model);
    super.postMessage(message, ...more);
  }
  set onmessage(hear) {
    super.onmessage = ({ data }) => {
      const slow = data.type === "seen" && this.model === "full";
      if (data.type === "ready" || data.type === "failed") window.loads.push(data.type);
      hear({ data: slow ? { ...data, took_ms: 500 } : data });
    };
  }
};
"""


@pytest.mark.camera
def test_a_slow_machine_goes_on_seeing_with_the_lite_model(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    context.add_init_script(SLOW)
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    wait_until(lambda: len(page.evaluate("window.loads")) >= 4, "the model was not changed", 60)
    assert page.evaluate("window.loads") == ["full", "ready", "lite", "ready"]
    page.locator(".session-notes", has_text="simpler model").wait_for()


@pytest.mark.camera
def test_a_cut_socket_costs_no_second(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    expected_s = assessed_s(bundle, "plank")
    context.add_init_script(CUTTER)
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    wait_until(lambda: bool(page.evaluate("window.clip.currentTime > 3")), "the clip does not play")
    page.evaluate("window.sockets.at(-1).close()")
    wait_until(lambda: bool(page.evaluate("window.clip.currentTime > 12")), "the clip does not play")
    house.stop(kill=True)
    house.start()
    earned = watch_clip(page)
    page.wait_for_timeout(800)
    assert max(earned, earned_s(page)) == pytest.approx(expected_s, abs=1.5)
    assert page.evaluate("window.sockets.length") >= 3


LINE_COLOURS = """() => {
  const canvas = document.querySelector(".camera-overlay");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const found = { sun: 0, ice: 0, white: 0 };
  for (let i = 0; i < data.length; i += 4) {
    const colour = data.slice(i, i + 3).join();
    if (colour === "255,178,90") found.sun += 1;
    if (colour === "163,217,240") found.ice += 1;
    if (colour === "255,255,255") found.white += 1;
  }
  return found;
}"""


@pytest.mark.camera
def test_nobody_is_praised_by_a_line_that_nobody_judges(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    wait_until(lambda: earned_s(page) > 2, "nothing is counted", 60)
    wait_until(lambda: page.evaluate(LINE_COLOURS)["sun"] > 500, "what counts has no colour")
    page.evaluate("window.clip.pause()")  # nobody is seen
    wait_until(lambda: any("by the clock" in line for line in said(page)), "it does not go on by the clock")
    page.evaluate("window.clip.currentTime = 2; window.clip.playbackRate = 0.1; window.clip.play()")
    wait_until(lambda: page.evaluate(LINE_COLOURS)["white"] > 500, "the person is not drawn")
    assert page.evaluate(LINE_COLOURS)["sun"] == 0
    assert page.locator(".session-helper").inner_text() == "seconds to go, by the clock"
    assert "nobody judges your form" in page.locator(".session-notes").inner_text()
    assert page.locator(".holdarc-measured").count() == 0


# Where the camera's picture lies on the page, and what lies over it.
LIES = """() => {
  const video = document.querySelector(".camera-video"), style = getComputedStyle(video);
  const frame = document.querySelector(".session-window").getBoundingClientRect();
  const box = video.getBoundingClientRect(), aspect = video.videoWidth / video.videoHeight;
  const high = (style.objectFit === "contain" ? Math.min : Math.max)(box.width / aspect, box.height);
  const down = parseFloat(style.objectPosition.split(" ")[1]) / 100;
  const top = box.top + (box.height - high) * down, left = box.left + (box.width - high * aspect) / 2;
  const over = [...document.querySelectorAll(".session-helper, .session-seconds, h1, .session-next, button")]
    .filter((it) => it.checkVisibility())
    .filter((it) => {
      const words = document.createRange();
      words.selectNodeContents(it);
      const b = words.getBoundingClientRect();
      return b.right > left && b.left < left + high * aspect && b.bottom > top && b.top < top + high;
    });
  const inside = top >= frame.top - 1 && left >= frame.left - 1 && top + high <= frame.bottom + 1
    && left + high * aspect <= frame.right + 1;
  const shown = frame.left >= 0 && frame.top >= 0 && frame.right <= innerWidth && frame.bottom <= innerHeight;
  return { whole: inside && shown, over: over.map((it) => it.textContent.trim()) };
}"""


@pytest.mark.camera
@pytest.mark.parametrize("screen", ["phone", "small-phone", "phone-on-its-side", "low-laptop", "laptop", "tablet"])
def test_who_finds_their_place_sees_the_whole_picture(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path, screen: str
) -> None:
    house = open_house("plank-only")
    use_camera(context, bundle, "plank")
    page = context.new_page()
    page.set_viewport_size(SCREENS[screen])
    begin(page, house)
    page.locator(".session-placing", has_text="starts when you're in position").wait_for(timeout=60_000)
    page.evaluate("window.clip.play()")
    wait_until(lambda: page.evaluate(LIES)["whole"], "something of the picture is cut off", 5)
    assert page.evaluate(LIES)["over"] == []
    page.locator("main.session-counting").wait_for(timeout=60_000)
    if screen in ("phone", "small-phone"):
        # There the window is narrow, and would cut off head and feet of whoever lies.
        wait_until(lambda: page.evaluate(LIES)["whole"], "something of the picture is cut off in the hold", 5)
        wait_until(lambda: page.evaluate(LIES)["over"] == [], "words lie on the picture", 5)


# Whatever the camera sees, the model finds somebody on their back with one arm at the side, or pointing at the ceiling.
ON_THE_BACK = """
const Eyes = window.Worker;
const points = { 7: [0.2, 0.8], 11: [0.3, 0.8], 23: [0.46, 0.82] };
const arms = { down: { 13: [0.4, 0.83], 15: [0.48, 0.84] }, up: { 13: [0.3, 0.64], 15: [0.3, 0.5] } };
window.arm = "down";
window.Worker = class extends Eyes {
  set onmessage(hear) {
    super.onmessage = ({ data }) => {
      const landmarks = new Float32Array(33 * 4);
      const body = { ...points, ...arms[window.arm] };
      for (const [at, [x, y]] of Object.entries(body)) landmarks.set([x, y, 0, 1], at * 4);
      hear({ data: data.type === "seen" ? { ...data, landmarks } : data });
    };
  }
};
"""


@pytest.mark.camera
def test_a_hand_pauses_and_says_that_it_hurts_by_staying_up(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    use_camera(context, bundle, "plank")
    context.add_init_script(ON_THE_BACK)
    page = context.new_page()
    begin(page, house)
    wait_until(lambda: earned_s(page) > 1, "it does not go on by the clock", 90)
    page.wait_for_timeout(3000)  # the arm is seen at the side
    page.evaluate("window.arm = 'up'")
    page.locator("main.session-paused").wait_for()
    page.evaluate("window.arm = 'down'")
    page.locator(".session-notes", has_text="kept up: it hurts").wait_for()
    page.wait_for_timeout(7000)
    assert page.locator("main.session-paused").count() == 1, "a hand that sinks says nothing"
    page.evaluate("window.arm = 'up'")
    wait_until(lambda: "Going on." in said(page), "the same sign does not go on")
    wait_until(lambda: len(history(house)) == 1, "a hand that stays up does not say that it hurts")
    assert history(house)[0]["outcome"] == "hurt"
    assert any(line.startswith("Paused. Keep your hand up if it hurts.") for line in said(page))
    wait_until(lambda: any("right call" in line for line in said(page)), "nobody says that it was right to stop")


# What unplugging a camera does to its picture.
UNPLUG = """
const given = navigator.mediaDevices.getUserMedia;
navigator.mediaDevices.getUserMedia = async (...wanted) => (window.stream = await given(...wanted));
window.unplug = () => {
  for (const track of window.stream.getVideoTracks()) {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  }
};
"""


@pytest.mark.camera
def test_a_camera_that_is_unplugged_is_told_of_once_and_truly(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    use_camera(context, bundle, "plank")
    context.add_init_script(UNPLUG)
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    wait_until(lambda: earned_s(page) > 2, "nothing is counted", 60)
    page.evaluate("window.unplug()")
    gone = "The camera went away, so I go on by the clock."
    wait_until(lambda: gone in said(page), "it is not told of")
    before = earned_s(page)
    wait_until(lambda: earned_s(page) > before + 2, "it does not go on by the clock")
    assert said(page).count(gone) == 1
    assert not [line for line in said(page) if "can't see you" in line]
    assert page.locator(".session-notes").inner_text() == gone


@pytest.mark.camera
def test_a_server_that_is_gone_is_told_of_soon_and_truly(
    open_house: "Callable[[str], House]", context: "BrowserContext", bundle: Path
) -> None:
    house = open_house("plank-only")
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    wait_until(lambda: earned_s(page) > 2, "nothing is counted", 60)
    house.stop(kill=True)
    moment = "One moment. The connection dropped."
    wait_until(lambda: moment in said(page), "it is not told of", 4)
    assert page.locator(".session-helper").inner_text() == "connection dropped"
    clock = "The connection dropped. I go on by the clock."
    wait_until(lambda: clock in said(page), "it does not go on by the clock", 12)
    assert not [line for line in said(page) if "can't see you" in line]


# A browser allows sound after a touch, and may keep that leave over a reload. Playwright's questions count as touches.
TOUCHED = "Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: %s } });"


@pytest.mark.parametrize("sound_allowed", [False, True])
def test_a_reload_goes_on_where_it_was(
    open_house: "Callable[[str], House]", context: "BrowserContext", sound_allowed: bool
) -> None:
    house = open_house("plank-only")
    page = context.new_page()
    begin(page, house)
    page.add_init_script(TOUCHED % json.dumps(sound_allowed))
    wait_until(lambda: earned_s(page) > 3, "nothing is counted")
    before = earned_s(page)
    page.reload()
    if not sound_allowed:
        page.get_by_role("button", name="Carry on").click()
    wait_until(lambda: earned_s(page) > before + 1, "it does not go on")
    assert history(house) == []
    page.keyboard.press("Escape")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(house)) == 1, "the set was not stored once")


def test_a_session_that_was_opened_without_a_touch_asks_for_one(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("plank-only")
    context.add_init_script(TOUCHED % "false")
    page = context.new_page()
    page.goto(house.url + "/session")
    page.get_by_role("button", name="Begin").wait_for()
    assert [fact for fact in house.facts() if fact["type"] == "session-started"] == []
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="It hurts").wait_for()
    assert page.evaluate("document.activeElement.textContent") == page.get_by_role("heading", level=1).inner_text()
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")


def test_a_reload_asks_the_questions_again(open_house: "Callable[[str], House]", context: "BrowserContext") -> None:
    house = open_house("plank-only")
    page = context.new_page()
    begin(page, house)
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Stopped here").wait_for()
    page.reload()
    page.get_by_role("heading", name="How was your last session?").wait_for()
    page.locator(".after button").last.click()
    page.wait_for_url(house.url + "/")
    assert len([fact for fact in house.facts() if fact["type"] == "session-started"]) == 1


def test_two_windows_do_not_count_twice(open_house: "Callable[[str], House]", context: "BrowserContext") -> None:
    house = open_house("plank-only")
    page = context.new_page()
    begin(page, house)
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")
    other = context.new_page()
    other.goto(house.url + "/session")
    other.get_by_role("heading", name="It runs in another place").wait_for()
    assert page.locator("main.session-counting").count() == 1
    other.get_by_role("button", name="Take it over here").click()
    page.get_by_role("heading", name="It runs in another place").wait_for()
    carry_on = other.get_by_role("button", name="Carry on")
    other.locator("main.session-ready, main.session-counting").or_(carry_on).first.wait_for()
    if carry_on.is_visible():
        carry_on.click()
    wait_until(lambda: earned_s(other) > 4, "it does not go on")
    other.keyboard.press("Escape")
    other.locator(".session-after").wait_for()
    wait_until(lambda: len(history(house)) == 1, "the set was not stored once")


def test_a_session_whose_browser_was_closed_is_ended_there_and_goes_on_here(
    open_house: "Callable[[str], House]", context: "BrowserContext", browser: "Browser"
) -> None:
    house = open_house("short-test")
    there = browser.new_context(timezone_id=ZONE)
    there.add_init_script(SPEAKER)
    page = there.new_page()
    begin(page, house)
    wait_until(lambda: len(history(house)) == 1, "the first hold is not kept", 60)
    there.close()
    page = context.new_page()
    page.goto(house.url)
    page.get_by_test_id("start").click()
    page.get_by_text("A session may still be running on another device.").wait_for()
    page.get_by_role("button", name="Take it over here").wait_for()
    page.get_by_role("button", name="End it there and go on here").click()
    page.get_by_role("button", name="It hurts").wait_for()
    page.locator(".session-name", has_text="Hip flexor stretch").or_(page.locator(".session-next")).first.wait_for()
    first = history(house)[0]
    left = house.ask("/api/sessions/current")["script"]["steps"]
    holds = [(step["exercise"], step["side"]) for step in left if step["kind"] == "hold"]
    assert (first["exercise"], first["side"]) not in holds, "what was held there is not asked for again"
    assert len(history(house)) == 1
    ended = [fact["body"]["how"] for fact in house.facts() if fact["type"] == "session-ended"]
    assert ended == ["stopped"]


NO_STORAGE = {
    "denied": """
      Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    """,
    "full": """
      Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError"); };
    """,
}


@pytest.mark.parametrize("storage", ["denied", "full"])
def test_a_browser_that_keeps_nothing_loses_nothing_while_its_page_is_open(
    open_house: "Callable[[str], House]", context: "BrowserContext", storage: str
) -> None:
    house = open_house("plank-only")
    context.add_init_script(NO_STORAGE[storage])
    page = context.new_page()
    begin(page, house)
    page.locator("main.session-counting").wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    page.keyboard.press("Escape")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(house)) == 1, "the set was not stored")
    assert history(house)[0]["credited_s"] > 0.5


def test_without_leave_for_the_camera_it_goes_on_by_the_clock(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("plank-only")
    context.add_init_script("localStorage.setItem('lumbar.settings', JSON.stringify({camera: true}));")
    context.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
    )
    page = context.new_page()
    begin(page, house)
    page.locator(".session-notes", has_text="isn't allowed").wait_for()
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")


def test_it_hurts_stops_the_set_and_leaves_the_exercise_out(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("plank-only")
    page = context.new_page()
    begin(page, house)
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")
    page.keyboard.press("ArrowDown")
    page.locator(".session-after").wait_for()
    wait_until(lambda: len(history(house)) == 1, "the set was not stored")
    assert history(house)[0]["outcome"] == "hurt"
    wait_until(lambda: any("right call" in line for line in said(page)), "nobody says that it was right to stop")


def test_a_measured_hold_ends_at_a_touch_and_is_followed_by_another(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("measured")
    page = context.new_page()
    page.goto(house.url)
    page.get_by_text("then one more").first.wait_for()
    begin(page, house)
    page.locator(".session-helper", has_text="seconds held").wait_for(timeout=60_000)
    assert any("This one is measured" in line for line in said(page))
    wait_until(lambda: earned_s(page) > 0.5, "nothing is counted")
    page.keyboard.press("Space")
    wait_until(lambda: any("it is measured once more" in line for line in said(page)), "a slip was a measure")
    wait_until(lambda: earned_s(page) > 6, "it was not measured once more")
    assert history(house) == []
    page.get_by_role("button", name="That’s it").click()
    wait_until(lambda: len(history(house)) == 1, "the test was not stored")
    told = next(fact["body"] for fact in house.facts() if fact["type"] == "set-done")
    assert (told["test"], told["outcome"], told["target_s"]) == (True, "stopped", 60)
    assert 6 < told["credited_s"] < 20
    assert any("That is your measure" in line for line in said(page))
    assert "5" in said(page)
    wait_until(lambda: len(history(house)) == 2, "there was no other hold")
    assert history(house)[1]["target_s"] == 5
    page.locator(".session-after").wait_for()
    assert page.get_by_text("the last number you heard").count() == 0


LOOKS = [
    ("en-GB", "light", "no-preference", 390),
    ("en-GB", "dark", "more", 390),
    ("en-GB", "dark", "no-preference", 1280),
    ("es-ES", "dark", "no-preference", 390),
    ("es-ES", "light", "more", 1280),
    ("es-ES", "light", "no-preference", 1280),
]
"""Languages, themes and widths, so that each meets each of the others' kinds."""


@pytest.mark.parametrize(("locale", "scheme", "contrast", "width"), LOOKS)
def test_the_session_page_can_be_used_by_everybody(
    open_house: "Callable[[str], House]", browser: "Browser", locale: str, scheme: str, contrast: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    house = open_house("plank-only")
    context = browser.new_context(
        timezone_id=ZONE,
        locale=locale,
        viewport={"width": width, "height": 844 if width < 700 else 800},
        color_scheme="dark" if scheme == "dark" else "light",
        contrast="more" if contrast == "more" else "no-preference",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.add_init_script(SPEAKER)
    page = context.new_page()
    page.goto(house.url)
    page.get_by_test_id("start").click()

    def look(state: str) -> None:
        page.locator(f"main.session-{state}").wait_for()
        assert page.evaluate("document.documentElement.lang") == locale[:2]
        violations = Axe().run(page).response["violations"]
        assert [(state, v["id"], v["nodes"][0]["html"]) for v in violations] == []
        for box in page.evaluate("[...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())"):
            assert min(box["width"], box["height"]) >= 44

    look("ready")
    wait_until(lambda: earned_s(page) > 1, "nothing is counted")
    look("counting")
    page.keyboard.press(" ")
    look("paused")
    page.keyboard.press("Escape")
    look("after")
    assert urlsplit(page.url).path == "/session"
    context.close()


def test_a_drill_is_spoken_down_and_up_and_each_repetition_is_kept(
    serve: "Callable[..., House]", context: "BrowserContext"
) -> None:
    house = serve(hinge_only(), LUMBAR_PROGRAMME="hinge-only")
    house.screened()
    page = context.new_page()
    begin(page, house)
    page.locator(".session-name p", has_text="set 2 of 2, 1 of 2").wait_for(timeout=60_000)
    page.get_by_role("heading", level=1, name="Well done").or_(page.locator(".today")).first.wait_for(timeout=60_000)
    wait_until(lambda: len(history(house)) == 4, "four repetitions are not kept")
    kept = history(house)
    assert [(entry["credited_s"], entry["outcome"], entry["repetition"]) for entry in kept] == [(2, "done", True)] * 4
    lines = [line for line in said(page) if line in ("In, and down.", "Out, and up.")]
    assert lines == ["In, and down.", "Out, and up."] * 4
    (item,) = [item for step in house.ask("/api/today")["steps"] for item in step["items"]]
    assert (item["state"], item["held"]) == ("done", {"times": 4})
