"""The desk: off until it is started, the camera visibly on, breaks that count, and what is chosen."""

import base64
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from stage import CAMERA, SPEAKER, ZONE

from lumbar.pose import trace

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.ui, pytest.mark.timeout(180)]

NO_MINUTES = re.compile(r"^0\sminutes$")
TRACE = Path(__file__).parents[1] / "data/posture/desk_drift.jsonl.gz"
LOOPED = CAMERA.replace("window.clip = video;", "window.clip = video; video.loop = true; video.play();")
POSES = {"usual": "usual and comfortable", "tall": "tall and easy", "slump": "relaxed slump"}
NOTES = """
window.notes = [];
window.Notification = class extends Notification {
  constructor(title, options) { super(title, options); window.notes.push(title); }
};
window.sit = (from, to) => {
  clearInterval(window.sitting);
  const turn = () => { if (clip.currentTime < from || clip.currentTime > to) clip.currentTime = from; };
  turn();
  clip.play();
  window.sitting = setInterval(turn, 50);
};
"""
SHOWN = """(hidden) => {
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def calibrate(house: Any) -> None:
    """A profile from the recording of the clip, as its page would take it."""
    frames = list(trace.frames(TRACE))

    def points(from_s: float, to_s: float) -> list[list[float]]:
        chosen = [frame for frame in frames if from_s <= frame.t_s <= to_s]
        return [[value for point in frame.points for value in point] for frame in chosen]

    with urllib.request.urlopen(house.url + "/models/models.json") as answer:
        model = json.load(answer)["full"]["sha256"]
    poses = {"usual": points(0, 4), "tall": points(0, 4), "slump": points(11.6, 13.9)}
    sent = {"profile": "sitting", "model": model, "aspect": frames[0].aspect, **poses, "device": "t", "zone": ZONE}
    house.ask("/api/desk/profiles", sent)


def camera_is(page: "Page", on: bool, words: str) -> None:
    light = page.locator(".desk-light")
    expect(light).to_contain_text(words, timeout=60_000)
    expect(light).to_have_attribute("data-camera", "on" if on else "off")


def test_the_watch_is_off_until_it_is_started_and_shows_what_the_camera_does(
    house: Any, visit: Callable, bundle: Path
) -> None:
    house.screened()
    calibrate(house)
    seen = visit(house)
    clip = base64.b64encode((bundle / "clips/desk_drift.mp4").read_bytes()).decode()
    seen.context.add_init_script(LOOPED % clip)
    page = seen.go("/desk")
    expect(page.get_by_text("Off. When you start it")).to_be_visible()
    assert not page.evaluate("!!window.clip")
    page.get_by_role("button", name="Start, with the camera").click()
    camera_is(page, True, "The camera is ON.")
    expect(page.locator(".desk-sees")).to_contain_text("In one position")
    page.evaluate(SHOWN, True)
    camera_is(page, False, "while this page is hidden")
    page.evaluate(SHOWN, False)
    camera_is(page, True, "The camera is ON.")
    page.get_by_role("button", name="End, and switch the camera off").click()
    expect(page.get_by_text("Off. When you start it")).to_be_visible()
    expect(page.locator("video")).to_have_count(0)
    assert seen.strangers == []
    assert [line for line in seen.errors if not line.startswith("INFO:")] == []  # the model's runtime greets


@pytest.mark.camera
def test_a_baseline_is_taken_and_a_long_while_later_something_is_said_wherever_one_reads(
    serve: Callable, visit: Callable, bundle: Path
) -> None:
    house = serve(AWAKE="1")
    house.screened()
    seen = visit(house, permissions=["notifications"])
    clip = base64.b64encode((bundle / "clips/desk_drift.mp4").read_bytes()).decode()
    seen.context.add_init_script(CAMERA.replace("!video.paused && !video.ended", "true") % clip + NOTES)
    seen.context.route("**/api/desk?*", quicker)
    page = seen.go("/desk")

    def sit(from_s: float, to_s: float) -> None:
        page.evaluate("([from, to]) => window.sit(from, to)", [from_s, to_s])

    page.get_by_role("button", name="Take a baseline").first.click()
    for pose, (from_s, to_s) in {"usual": (4.5, 5.5), "tall": (0.5, 3.5), "slump": (11.6, 13.9)}.items():
        page.get_by_text(f"Get ready: {POSES[pose]}").wait_for(timeout=60_000)
        camera_is(page, True, "The camera is ON.")
        sit(from_s, to_s)
    expect(page.get_by_text("The baseline of “desk” is kept.")).to_be_visible(timeout=30_000)
    camera_is(page, False, "The camera is off.")
    page.get_by_role("button", name="Done").click()
    house.ask("/api/desk/choice", {"interval_min": 20, "quiet_from_h": 0, "quiet_to_h": 0, "device": "t", "zone": ZONE})

    page.get_by_role("button", name="Start, with the camera").click()
    camera_is(page, True, "The camera is ON.")
    for state, (from_s, to_s) in {"tall": (0.5, 3.5), "slumped or head forward": (11.6, 13.9)}.items():
        sit(from_s, to_s)
        expect(page.locator(".desk-sees dd").first).to_have_text(state, timeout=30_000)
    page.get_by_role("link", name="lumbar").first.click()
    page.get_by_text("The camera is ON for the desk.").wait_for()
    said = page.get_by_text("minutes in one position.")
    for _ in range(60):
        with page.expect_response("**/api/desk/look", timeout=30_000):
            house.pass_time(timedelta(seconds=28))  # between two looks twice at most: a minute would be an absence
        if said.is_visible():
            break
    expect(said).to_be_visible()
    assert page.evaluate("window.notes") == ["A moment for your back"]

    page.get_by_role("link", name="At the desk").first.click()
    page.get_by_role("button", name="A break now").first.click()
    page.get_by_role("button", name="Stop the break").click()
    camera_is(page, True, "The camera is ON.")
    page.get_by_role("button", name="Not now").click()
    expect(said).to_have_count(0)
    page.get_by_role("button", name="End, and switch the camera off").click()
    facts = house.facts()
    assert [fact["body"]["answer"] for fact in facts if fact["type"] == "nudge-answered"] == ["dismissed"]
    assert [fact["body"]["kind"] for fact in facts if fact["type"] == "nudge-given"] == ["still"]
    assert seen.strangers == []


def quicker(route: Any) -> None:
    """The same desk, with a capture of three seconds."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "get_ready_s": 2.0, "capture_s": 3.0})


def test_a_break_is_led_and_counts_and_one_given_up_does_not(house: Any, visit: Callable) -> None:
    house.screened()
    seen = visit(house)
    seen.context.add_init_script(SPEAKER)
    seen.page.clock.install()
    page = seen.go("/desk")
    page.get_by_role("button", name="A break now").click()
    expect(page.get_by_role("heading", name="A short break")).to_be_focused()
    expect(page.get_by_text("Stand up, in your own time")).to_be_visible()
    lasts_s = sum(step["seconds"] for step in house.ask("/api/desk/break")["steps"])
    expect(page.get_by_text(f"{lasts_s} seconds in all.")).to_be_visible()
    page.get_by_role("button", name="Stop the break").click()
    expect(page.get_by_text("Nothing yet today.")).to_be_visible()
    page.get_by_role("button", name="A break now").click()
    expect(page.get_by_text("Stand up, in your own time")).to_be_visible()
    over = page.get_by_text("Well done. It counts.")
    for _ in range(30):
        page.clock.run_for(5_000)
        page.wait_for_timeout(200)  # for answers, which take real time
        if over.is_visible():
            break
    expect(over).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("One change of position")).to_be_visible()
    expect(page.get_by_text("One break taken, one of these changes")).to_be_visible()
    assert any("Stand up" in said for said in page.evaluate("lumbarSpeaker.log"))
    assert [fact["body"]["seconds"] > 0 for fact in house.facts() if fact["type"] == "break-taken"] == [True]


@pytest.mark.parametrize("voice", [True, False])
def test_a_break_is_told_by_the_voice_or_by_the_screen_reader_and_not_by_both(
    house: Any, visit: Callable, voice: bool
) -> None:
    house.screened()
    seen = visit(house)
    seen.context.add_init_script(SPEAKER)
    seen.context.add_init_script(
        f"localStorage.setItem('lumbar.settings', JSON.stringify({{voice: {json.dumps(voice)}}}));"
    )
    page = seen.go("/desk")
    page.get_by_role("button", name="A break now").click()
    told = page.get_by_text("Stand up, in your own time")
    expect(told).to_be_visible()
    assert told.get_attribute("role") == (None if voice else "status")
    page.wait_for_timeout(1000)  # it speaks a moment after it shows
    assert any("Stand up" in said for said in page.evaluate("lumbarSpeaker.log")) == voice


def test_what_is_chosen_is_kept_and_a_profile_can_be_forgotten(house: Any, visit: Callable) -> None:
    house.screened()
    calibrate(house)
    page = visit(house).go("/desk")
    page.get_by_label("After so long in one position").select_option("45")
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    assert house.ask("/api/desk")["choice"]["interval_min"] == 45
    expect(page.locator("option", has_text="22:00")).to_have_count(2)
    expect(visit(house, locale="en-US").go("/desk").locator("option", has_text="10:00 PM")).to_have_count(2)
    page.get_by_role("button", name="Forget sitting").click()
    expect(page.get_by_text("It needs a baseline of yours first")).to_be_visible()
    assert house.ask("/api/desk")["profiles"] == []


def test_breaks_go_by_the_clock_where_no_camera_is_wanted(serve: Callable, visit: Callable) -> None:
    house = serve(AWAKE="1")
    house.screened()
    house.ask("/api/desk/choice", {"interval_min": 20, "quiet_from_h": 0, "quiet_to_h": 0, "device": "t", "zone": ZONE})
    seen = visit(house)
    seen.context.add_init_script("navigator.mediaDevices.getUserMedia = () => { window.opened = true; };")
    page = seen.go("/desk")
    page.clock.install()
    page.get_by_role("button", name="Start, without a camera").click()
    expect(page.locator(".desk-sees dd", has_text=NO_MINUTES)).to_be_visible()
    said = page.get_by_text("20 minutes in one position.")
    for _ in range(10):
        house.pass_time(timedelta(minutes=2.5))
        with page.expect_response("**/api/desk/go-on"):
            page.clock.run_for(10_000)
        page.wait_for_timeout(200)
        if said.is_visible():
            break
    expect(said).to_be_visible()
    page.get_by_role("button", name="I have moved").click()
    expect(page.locator(".desk-sees dd", has_text=NO_MINUTES)).to_be_visible()
    expect(said).to_have_count(0)
    with page.expect_response("**/api/desk/end"):
        page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("button", name="Start, without a camera")).to_be_visible()
    answers = [fact["body"]["answer"] for fact in house.facts() if fact["type"] == "nudge-answered"]
    assert (answers, page.evaluate("window.opened ?? false")) == (["moved"], False)


def test_of_two_windows_the_newer_one_watches_and_the_other_says_so(house: Any, visit: Callable) -> None:
    house.screened()
    first, second = visit(house).go("/desk"), visit(house).go("/desk")
    first.clock.install()
    for page in (first, second):
        page.get_by_role("button", name="Start, without a camera").click()
        expect(page.locator(".desk-sees dd", has_text=NO_MINUTES)).to_be_visible()
    with first.expect_response("**/api/desk/go-on"):
        first.clock.run_for(10_000)
    expect(first.get_by_role("alert").filter(has_text="Another window looks now")).to_be_visible()
    expect(first.get_by_role("button", name="Start, without a camera")).to_be_visible()
    expect(second.get_by_role("button", name="I have moved")).to_be_visible()


def test_quiet_can_be_taken_back_after_a_reload_and_on_another_device(house: Any, visit: Callable) -> None:
    house.screened()
    page = visit(house).go("/desk")
    again = page.get_by_role("button", name="Speak again")
    expect(page.get_by_role("button", name="Quiet for today")).to_be_visible()
    expect(again).to_have_count(0)
    page.get_by_role("button", name="Quiet for 60 minutes").click()
    told = re.compile(r"Quiet until (tomorrow, )?\d{1,2}:\d\d, as you asked\.")
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
    expect(again).to_be_focused()
    expect(page.get_by_role("button", name="Quiet for 60 minutes")).to_have_count(0)
    expect(page.get_by_role("button", name="Quiet for today")).to_be_visible()
    page.reload()
    expect(page.get_by_text(told)).to_be_visible()
    other = visit(house).go("/desk")
    other.get_by_role("button", name="Speak again").click()
    expect(other.get_by_role("status").filter(has_text="The quiet is taken back.")).to_be_visible()
    expect(other.get_by_role("heading", name="A look now and then")).to_be_focused()
    expect(other.get_by_role("button", name="Speak again")).to_have_count(0)
    assert house.ask("/api/desk")["snoozed_until"] is None
    assert [fact["body"]["minutes"] for fact in house.facts() if fact["type"] == "nudges-snoozed"] == [60, 0]
    page.evaluate(SHOWN, False)  # the first one comes to the fore again
    expect(again).to_have_count(0)
    expect(page.get_by_text(told)).to_have_count(0)


def test_quiet_for_today_says_when_a_day_ends_and_asks_for_no_more(house: Any, visit: Callable) -> None:
    house.screened()
    page = visit(house).go("/desk")
    page.get_by_role("button", name="Quiet for today").click()
    expect(page.get_by_role("status").filter(has_text="until 3:00 at night, when a new day begins")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Quiet for"))).to_have_count(0)
    expect(page.get_by_role("button", name="Speak again")).to_be_focused()


def test_the_button_that_speaks_again_goes_when_the_quiet_is_over(house: Any, visit: Callable) -> None:
    house.screened()
    page = visit(house).go("/desk")
    page.clock.install()
    page.get_by_role("button", name="Quiet for 60 minutes").click()
    again = page.get_by_role("button", name="Speak again")
    expect(again).to_be_visible()
    house.pass_time(timedelta(minutes=61))
    page.clock.fast_forward("01:01:00")
    expect(again).to_have_count(0)


def test_without_a_camera_it_says_so_and_nothing_breaks(house: Any, visit: Callable) -> None:
    house.screened()
    seen = visit(house)
    refuse = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };"
    seen.context.add_init_script(refuse)
    page = seen.go("/desk")
    page.get_by_role("button", name="Take a baseline").first.click()
    expect(page.get_by_role("heading", name="A baseline for “desk”")).to_be_focused()
    camera_is(page, False, "this browser was told not to use it")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="A look now and then")).to_be_visible()
    calibrate(house)
    page.reload()
    page.get_by_role("button", name="Start, with the camera").click()
    camera_is(page, False, "this browser was told not to use it")
    expect(page.get_by_role("button", name="switch the camera off")).to_have_count(0)
    page.get_by_role("button", name="Start, without a camera").click()
    expect(page.get_by_role("button", name="I have moved")).to_be_visible()
    expect(page.locator(".desk-light")).to_have_count(0)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("button", name="Start, without a camera")).to_be_visible()
    assert seen.errors == []


def test_a_calendar_has_an_address_that_opens_it_until_there_is_another(house: Any, visit: Callable) -> None:
    house.screened()
    page = visit(house).go("/desk")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_text("Here is the address.")).to_be_visible()
    expect(page.get_by_text("one from before")).to_have_count(0)
    field = page.get_by_label("Address to subscribe to")
    address = field.input_value()
    with urllib.request.urlopen(address) as answer:
        assert b"SUMMARY:Stretches" in answer.read()
    page.get_by_role("button", name="New address").click()
    expect(field).not_to_have_value(address)
    expect(page.get_by_text("one from before opens nothing any more")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(address)
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()


def test_an_open_page_reminds_once_where_it_was_asked_to(house: Any, visit: Callable) -> None:
    house.screened()  # it is midday there
    seen = visit(house)
    page = seen.go("/desk")
    page.get_by_label("Remind me on this device").check()
    page.clock.install()
    page.goto(house.url + "/progress")
    page.clock.run_for(61_000)
    expect(page.get_by_text("Your stretches are due today.")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.clock.run_for(61_000)
    expect(page.get_by_text("Your stretches are due today.")).to_have_count(0)
