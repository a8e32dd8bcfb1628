"""A device without a voice: lumbar's own speaks, in a real Chromium, which has none here."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from stage import ZONE, begin, wait_until

from voice.recordings import read
from voice.sentences import sentences

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from conftest import House

pytestmark = [pytest.mark.ui, pytest.mark.timeout(240)]

# Every sentence that is played: how long it is in bytes, what was on the screen then, how loud, and how it ended.
LISTENER = """
window.heard = [];
window.playing = 0;
window.overlaps = 0;
const make = URL.createObjectURL.bind(URL);
let size = 0;
URL.createObjectURL = (it) => { if (it.type === "audio/mpeg") size = it.size; return make(it); };
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const one = { bytes: size, asked_ms: performance.now(), volume: this.volume, rate: this.playbackRate, how: "asked" };
  window.heard.push(one);
  const begin = () => {
    if (window.heard.at(-1) !== one) return;
    one.text = document.querySelector(".session-cue")?.textContent;
    one.began_ms = performance.now();
    one.how = "begun";
    if (window.playing) window.overlaps += 1;
    window.playing += 1;
  };
  const end = (how) => {
    if (one.how !== "begun") return;
    Object.assign(one, { how, seconds: this.currentTime });
    window.playing -= 1;
  };
  this.addEventListener("playing", begin, { once: true });
  this.addEventListener("ended", () => end("ended"), { once: true });
  // A player pauses at its end as well.
  this.addEventListener("pause", () => end(this.ended ? "ended" : "cut"), { once: true });
  this.addEventListener("error", () => { one.how = "error"; }, { once: true });
  return play.call(this);
};
"""
# What a device's own voice would look like.
DEVICE = """
const somebody = { voiceURI: "here", name: "Somebody", lang: "en-GB", localService: true, default: true };
speechSynthesis.getVoices = () => [somebody];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.speak = (it) => { window.deviceSaid = it.text; setTimeout(() => it.onend?.(), 50); };
"""


@pytest.fixture
def context(browser: "Browser") -> "Iterator[BrowserContext]":
    made = browser.new_context(
        timezone_id=ZONE, locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    made.add_init_script(LISTENER)
    yield made
    made.close()


def heard(page: "Page") -> list[dict[str, Any]]:
    return list(page.evaluate("window.heard"))


def bytes_of(text: str, language: str) -> int:
    recordings = read(language)
    assert recordings is not None
    return sum(len(recordings.sentences[sentence]) for sentence in sentences(text))


def test_a_session_is_spoken_by_recordings_where_the_device_has_no_voice(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("short-test")
    fetched: list[str] = []
    context.on("request", lambda r: fetched.append(r.url) if "/assets/en-" in r.url else None)
    page = context.new_page()
    assert page.evaluate("speechSynthesis.getVoices().filter((one) => one.localService).length") == 0
    begin(page, house)
    wait_until(lambda: sum(one["how"] == "ended" for one in heard(page)) >= 6, "nothing is heard", 90)
    said = [one for one in heard(page) if one["how"] in ("ended", "cut")]
    assert said[0]["text"] == "Hello. If you can hear me, all is set."
    for one in said:
        assert one["bytes"] == bytes_of(one["text"], "en"), one["text"]
        if one["how"] == "ended":
            assert one["seconds"] == pytest.approx(one["bytes"] / 3000, abs=0.15), one["text"]
    assert all(one["how"] != "error" for one in heard(page))
    assert page.evaluate("window.overlaps") == 0
    # The first has the recordings to wait for; the others begin at once.
    begun_ms = sorted(one["began_ms"] - one["asked_ms"] for one in said[1:])
    assert begun_ms[len(begun_ms) // 2] < 150
    assert "no voice to be had" not in page.locator("main").inner_text()
    assert sorted(url.rsplit(".", 1)[1] for url in fetched) == ["json", "mp3"], "each is fetched once"
    page.keyboard.press("Space")
    page.get_by_text("Paused.", exact=True).first.wait_for()
    wait_until(lambda: heard(page)[-1]["bytes"] == bytes_of("Paused.", "en"), "the pause is not spoken")


def test_volume_and_pace_are_the_settings_and_spanish_is_spoken_too(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    settings = json.dumps({"language": "es", "volume": 0.3, "rate": 1.2})
    context.add_init_script(f"localStorage.setItem('lumbar.settings', {json.dumps(settings)});")
    house = open_house("short-test")
    page = context.new_page()
    page.goto(house.url)
    page.get_by_test_id("start").click()
    page.wait_for_url("**/session")
    wait_until(lambda: any(one["how"] == "ended" for one in heard(page)), "nothing is heard", 60)
    first = heard(page)[0]
    assert first["text"] == "Hola. Si me oyes, todo está a punto."
    assert first["bytes"] == bytes_of(first["text"], "es")
    assert (first["volume"], first["rate"]) == (pytest.approx(0.3), pytest.approx(1.2))
    assert first["seconds"] == pytest.approx(first["bytes"] / 3000, abs=0.15)


def test_whoever_likes_it_better_chooses_it(open_house: "Callable[[str], House]", context: "BrowserContext") -> None:
    context.add_init_script(DEVICE)
    house = open_house("short-test")
    page = context.new_page()
    page.goto(f"{house.url}/settings")
    page.get_by_role("button", name="Try it").click()
    wait_until(lambda: page.evaluate("window.deviceSaid") == "That counts.", "the device says nothing")
    assert heard(page) == []
    page.get_by_role("radio", name="lumbar’s own, recorded").check()
    assert page.get_by_label("Which voice").count() == 0
    page.get_by_role("button", name="Try it").click()
    wait_until(lambda: any(one["how"] == "ended" for one in heard(page)), "nothing is heard")
    assert heard(page)[0]["bytes"] == bytes_of("That counts.", "en")
    page.reload()
    assert page.get_by_role("radio", name="lumbar’s own, recorded").is_checked()


def test_a_device_without_a_voice_is_told_who_speaks(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    house = open_house("short-test")
    page = context.new_page()
    page.goto(f"{house.url}/settings")
    page.get_by_text("so lumbar speaks with its recorded one").wait_for()
    assert page.get_by_role("group", name="Whose voice").count() == 0
    page.get_by_role("button", name="Try it").click()
    wait_until(lambda: any(one["how"] == "ended" for one in heard(page)), "nothing is heard")


def test_without_recordings_the_words_are_shown_and_the_session_goes_on(
    open_house: "Callable[[str], House]", context: "BrowserContext"
) -> None:
    context.route("**/assets/en-*.mp3", lambda route: route.abort())
    house = open_house("short-test")
    page = context.new_page()
    begin(page, house)
    page.get_by_text("There is no voice to be had here").wait_for()
    wait_until(
        lambda: "session-counting" in (page.locator("main.session").get_attribute("class") or ""), "nothing counts", 90
    )
    assert heard(page) == []
