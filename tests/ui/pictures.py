"""Takes the pictures of the README and the guide from the real app: `make pictures` writes them into docs/images.

No test: pytest does not collect it by itself. It shares the tests' server, browser and rendered people.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import SPEAKER, ZONE, begin, earned_s, play_clip, use_camera, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import House

IMAGES = Path(__file__).parent.parent.parent / "docs/images"
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(autouse=True)
def images() -> None:
    IMAGES.mkdir(exist_ok=True)


def test_session(open_house: "Callable[[str], House]", browser: "Browser", bundle: Path) -> None:
    """A plank in a session, while its seconds count, and while the hips sag."""
    house = open_house("plank-only")
    context = browser.new_context(timezone_id=ZONE, viewport=LAPTOP, color_scheme="dark")
    context.add_init_script(SPEAKER)
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    wait_until(lambda: earned_s(page) > 4, "nothing is counted", 60)
    page.locator("main.session-counting").wait_for()
    page.screenshot(path=IMAGES / "session.png")
    page.locator("main.session-waiting .session-cue", has_text="Lift your hips").wait_for(timeout=60_000)
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / "session-cue.png")
    context.close()


@pytest.mark.parametrize(("name", "viewport"), [("laptop", LAPTOP), ("phone", PHONE)])
def test_today(house: "House", browser: "Browser", name: str, viewport: dict[str, int]) -> None:
    """The day of somebody healthy who has just been screened."""
    house.screened()
    context = browser.new_context(timezone_id=ZONE, viewport=viewport, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(house.url)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"today-{name}.png")
    context.close()
