"""What Settings say of voice and sound holds at once, on this page and on every other."""

from typing import TYPE_CHECKING

import pytest
from stage import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import House, Visit

pytestmark = [pytest.mark.ui, pytest.mark.timeout(120)]

# A browser whose usual voice is somewhere in the network, beside one of the device itself.
VOICES = """
window.uttered = [];
const voices = [
  { voiceURI: "far", name: "Far", lang: "en-GB", localService: false, default: true },
  { voiceURI: "here", name: "Here", lang: "en-GB", localService: true, default: false },
];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, cancel() {}, addEventListener() {}, removeEventListener() {},
  speak: (utterance) => window.uttered.push(utterance.voice?.voiceURI ?? null),
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""

GAINS = """
window.gains = [];
const made = BaseAudioContext.prototype.createGain;
BaseAudioContext.prototype.createGain = function () {
  const gain = made.call(this);
  window.gains.push(gain);
  return gain;
};
"""


def test_trying_the_voice_takes_one_of_this_device(house: "House", visit: "Callable[..., Visit]") -> None:
    house.screened()
    seen = visit(house)
    seen.page.add_init_script(VOICES)
    page = seen.go("/settings")
    page.get_by_role("button", name="Try").click()
    assert page.evaluate("window.uttered") == ["here"]


def test_the_volume_holds_at_once_and_without_a_voice_too(house: "House", visit: "Callable[..., Visit]") -> None:
    house.screened()
    seen = visit(house)
    seen.page.add_init_script(GAINS)
    page = seen.go("/desk")
    page.get_by_role("button", name="A break now").click()
    wait_until(lambda: page.evaluate("window.gains[0]?.gain.value") == 1, "no sound is made")
    page.get_by_role("button", name="Stop the break").click()
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_role("heading", level=1, name="Settings").wait_for()
    page.get_by_label("Speak during a session").uncheck()
    page.get_by_label("Volume").fill("0")
    page.get_by_role("link", name="At the desk").first.click()
    page.get_by_role("button", name="A break now").click()
    wait_until(lambda: page.evaluate("window.gains[0].gain.value") == 0, "the volume stays as it was")
