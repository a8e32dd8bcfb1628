"""Takes the film of the README and the pictures of the guide from the real app: `make pictures` writes docs/images.

No test: pytest does not collect it by itself. It shares the tests' server, browser and rendered people.
"""

import time
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from stage import SPEAKER, ZONE, begin, earned_s, play_clip, use_camera, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import House

IMAGES = Path(__file__).parent.parent.parent / "docs/images"
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
FILM_S = 15.0
"""As long as the clip: a plank, hips that sag, and hips that come up again."""
FILM_SIZE = (880, 550)
MOST_FILM_BYTES = 2_000_000

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(autouse=True)
def images() -> None:
    IMAGES.mkdir(exist_ok=True)


def test_session(open_house: "Callable[[str], House]", browser: "Browser", bundle: Path) -> None:
    """A plank in a session, while its seconds count, and while the hips sag."""
    house = open_house("plank-only")
    context = browser.new_context(timezone_id=ZONE, locale="en-GB", viewport=LAPTOP, color_scheme="dark")
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


def test_film(open_house: "Callable[[str], House]", browser: "Browser", bundle: Path) -> None:
    """A plank from getting into position to a fault that is mended, as many pictures as the machine takes."""
    house = open_house("plank-only")
    context = browser.new_context(timezone_id=ZONE, locale="en-GB", viewport=LAPTOP, color_scheme="dark")
    context.add_init_script(SPEAKER)
    use_camera(context, bundle, "plank")
    page = context.new_page()
    begin(page, house)
    play_clip(page)
    shots: list[tuple[float, bytes]] = []
    began_s = time.monotonic()
    while time.monotonic() - began_s < FILM_S:
        shots.append((time.monotonic(), page.screenshot(type="jpeg", quality=90)))
    assert earned_s(page) > 4
    context.close()
    save_film(shots, IMAGES / "session.webp")


def save_film(shots: list[tuple[float, bytes]], path: Path) -> None:
    """The pictures, each shown for as long as it took until the next, no larger than a README may carry."""
    pictures = [Image.open(BytesIO(shot)).resize(FILM_SIZE, Image.Resampling.LANCZOS) for _, shot in shots]
    times_ms = [round(at_s * 1000) for at_s, _ in shots]
    shown_ms = [later - earlier for earlier, later in pairwise(times_ms)] + [1500]
    for quality in (80, 70, 60, 50, 40, 30):
        pictures[0].save(
            path, save_all=True, append_images=pictures[1:], duration=shown_ms, loop=0, quality=quality, method=6
        )
        if path.stat().st_size <= MOST_FILM_BYTES:
            return
    pytest.fail("the film is too large at the least quality; make it shorter")


@pytest.mark.parametrize(("name", "viewport"), [("laptop", LAPTOP), ("phone", PHONE)])
def test_today(house: "House", browser: "Browser", name: str, viewport: dict[str, int]) -> None:
    """The day of somebody healthy who has just been screened."""
    house.screened()
    context = browser.new_context(
        timezone_id=ZONE, locale="en-GB", viewport=viewport, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(house.url)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"today-{name}.png")
    context.close()
