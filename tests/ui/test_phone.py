"""A phone of the home network in a real Chromium, over TLS: let in by a code, kept as an app, cut off in a session."""

import base64
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import expect, sync_playwright
from stage import SPEAKER, ZONE, plank_only, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from conftest import House

pytestmark = [pytest.mark.ui, pytest.mark.timeout(240)]

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
LISTENER = """
delete window.lumbarSpeaker;
window.ended = 0;
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.addEventListener("ended", () => { window.ended += 1; }, { once: true });
  return play.call(this);
};
"""
PORT_LATER = 1
"""The home network's port, that far above the computer's own."""


@pytest.fixture
def home(serve: "Callable[..., House]") -> "House":
    """A house of somebody healthy that serves its home network, on a plank alone."""
    house = serve({"programmes/plank-only.toml": plank_only()}, LUMBAR_PROGRAMME="plank-only")
    house.screened()
    house.stop()
    house.options = ("--lan", "--lan-port", str(house.port + PORT_LATER), "--address", "127.0.0.1")
    house.start()
    return house


def address(house: "House") -> str:
    return f"https://127.0.0.1:{house.port + PORT_LATER}"


@pytest.fixture
def trusting(chromium_path: str, chromium_arguments: list[str]) -> "Iterator[Callable[..., BrowserContext]]":
    """Browsers that take a house's certificate, as a phone does that has installed it, and so keep its pages."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        opened: list[BrowserContext] = []

        def start(house: "House", **options: Any) -> "BrowserContext":
            leaf = x509.load_pem_x509_certificate((house.home / "lan/server.crt").read_bytes())
            kinds = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            pin = base64.b64encode(hashlib.sha256(leaf.public_key().public_bytes(*kinds)).digest()).decode()
            context = playwright.chromium.launch_persistent_context(
                f"{folder}/{len(opened)}",
                executable_path=chromium_path,
                args=[*chromium_arguments, f"--ignore-certificate-errors-spki-list={pin}"],
                timezone_id=ZONE,
                **{"viewport": PHONE, "reduced_motion": "reduce", **options},
            )
            context.add_init_script(SPEAKER)
            opened.append(context)
            return context

        yield start
        for context in opened:
            context.close()


def let_in(context: "BrowserContext", house: "House") -> "Page":
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{address(house)}/pair#{house.ask('/api/lan')['invitation']['code']}")
    page.get_by_role("button", name="Let me in").click()
    page.wait_for_url(f"{address(house)}/")
    return page


def kept(page: "Page") -> None:
    """Wait until the browser keeps the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def told(house: "House", kind: str) -> list[dict[str, Any]]:
    return [fact["body"] for fact in house.facts() if fact["type"] == kind]


class TestLettingIn:
    def test_from_the_code_on_the_computer_to_todays_page_and_out_again(
        self, home: "House", trusting: "Callable[..., BrowserContext]"
    ) -> None:
        computer = trusting(home, viewport=LAPTOP).new_page()
        computer.goto(home.url + "/settings")
        computer.get_by_role("link", name="Use your phone").click()
        code = computer.locator(".invitation-code").inner_text()
        shown = computer.locator(".invitation img")
        expect(shown).to_be_visible()
        assert shown.evaluate("it => it.complete && it.naturalWidth > 100"), "the policy lets the code be drawn"
        expect(computer.locator(".fingerprint")).to_have_text(re.compile(r"^([0-9A-F]{2}:){31}[0-9A-F]{2}$"))

        phone = trusting(home).new_page()
        phone.goto(address(home))
        phone.wait_for_url("**/pair")
        phone.get_by_label("The code").fill("WRONG-CODE")
        phone.get_by_role("button", name="Let me in").click()
        expect(phone.get_by_role("alert")).to_contain_text("That is not the code")
        phone.goto("about:blank")
        phone.goto(f"{address(home)}/pair#{code}")
        expect(phone.get_by_label("The code")).to_have_value(code)
        expect(phone).to_have_url(f"{address(home)}/pair")  # the code stands in no history
        phone.get_by_label("What this device is called").fill("Anna’s phone")
        phone.get_by_role("button", name="Let me in").click()
        phone.wait_for_url(f"{address(home)}/")
        expect(phone.get_by_test_id("start")).to_be_visible()
        phone.goto(f"{address(home)}/phone")
        expect(phone.get_by_text("Your computer knows it as “Anna’s phone”")).to_be_visible()

        phone.goto(f"{address(home)}/data")
        expect(phone.get_by_text("are done at the computer that lumbar runs on")).to_be_visible()
        expect(phone.get_by_role("button", name="Erase everything")).to_have_count(0)
        expect(phone.get_by_role("link", name="Complete file (JSON)")).to_have_count(0)

        expect(computer.get_by_text("Anna’s phone was let in")).to_be_visible()
        expect(computer.locator(".invitation")).to_have_count(0)
        computer.get_by_role("button", name="Take Anna’s phone away").click()
        expect(computer.get_by_text("None yet.")).to_be_visible()
        phone.goto(address(home))
        expect(phone.get_by_role("heading", name="Let this phone in")).to_be_visible()

    def test_a_browser_without_the_certificate_warns(
        self, home: "House", trusting: "Callable[..., BrowserContext]", serve: "Callable[..., House]"
    ) -> None:
        other = serve()
        other.stop()
        other.options = ("--lan", "--lan-port", str(other.port + PORT_LATER), "--address", "127.0.0.1")
        other.start()
        page = trusting(other).new_page()
        with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(address(home))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
    def test_its_pages_can_be_used_by_everybody(
        self, home: "House", trusting: "Callable[..., BrowserContext]", viewport: dict[str, int], scheme: str
    ) -> None:
        from axe_playwright_python.sync_playwright import Axe

        context = trusting(home, viewport=viewport, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        found = {}

        def look(url: str) -> None:
            page.goto(url)
            page.get_by_role("heading", level=1).wait_for()
            page.wait_for_load_state("networkidle")
            for summary in page.locator("main summary").all():
                summary.click()
            found[url] = [bad["id"] for bad in Axe().run(page).response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url

        look(f"{address(home)}/pair")
        look(f"{home.url}/phone")
        let_in(context, home)
        look(f"{home.url}/phone")
        look(f"{address(home)}/phone")
        assert {url: bad for url, bad in found.items() if bad} == {}
        assert errors == []


class TestWithoutTheNetwork:
    def test_the_app_opens_and_keeps_nothing_about_a_person(
        self, home: "House", trusting: "Callable[..., BrowserContext]"
    ) -> None:
        page = let_in(trusting(home), home)
        kept(page)
        for path in ("/", "/progress", "/how"):
            page.goto(address(home) + path)
            page.get_by_role("heading", level=1).wait_for()
            page.wait_for_load_state("networkidle")
        found = page.evaluate(
            "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
            " (await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname)))).flat()"
        )
        same_for_all = re.compile(
            r"/(assets/.*|icons/.*|manifest\.webmanifest|api/(words/en|exercises|stills|figures/[a-z-]+))?"
        )
        assert len(found) > 5
        assert {"/api/words/en", "/api/stills", "/api/figures/side-plank"} <= set(found)
        assert [path for path in found if not same_for_all.fullmatch(path)] == []
        home.stop(kill=True)
        page.goto(address(home) + "/")
        expect(page.get_by_text("lumbar is not answering.")).to_be_visible()
        expect(page.get_by_text("This page fills as soon as lumbar answers again.")).to_be_visible()
        expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
        page.goto(address(home) + "/exercises/side-plank")
        expect(page.get_by_role("heading", level=1, name="Side plank")).to_be_visible()
        expect(page.locator(".setup li").first).to_be_visible()
        expect(page.locator(".window path").first).to_be_visible()
        page.goto(address(home) + "/")
        home.start()
        expect(page.get_by_test_id("start")).to_be_visible(timeout=20_000)

    def test_it_can_be_installed(self, home: "House", trusting: "Callable[..., BrowserContext]") -> None:
        context = trusting(home)
        page = let_in(context, home)
        kept(page)
        page.reload()
        browser = context.new_cdp_session(page)
        told_of = browser.send("Page.getAppManifest")
        assert told_of["errors"] == []
        wrong = [it["errorId"] for it in browser.send("Page.getInstallabilityErrors")["installabilityErrors"]]
        assert [error for error in wrong if error != "in-incognito"] == []

    def test_a_session_that_loses_the_network_goes_on_and_its_facts_arrive_once(
        self, home: "House", trusting: "Callable[..., BrowserContext]"
    ) -> None:
        context = trusting(home)
        page = let_in(context, home)
        page.get_by_test_id("start").click()
        page.wait_for_url("**/session")
        holding(page)
        context.set_offline(True)
        page.get_by_role("group", name="How hard was it?").wait_for(timeout=150_000)
        assert told(home, "set-done") == []
        waiting = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('lumbar.fact.')).length")
        assert waiting > 0
        context.set_offline(False)
        page.get_by_role("button", name="Skip these questions").click()
        wait_until(lambda: len(told(home, "session-ended")) == 1, "the end did not arrive", 60)
        once(home, page)

    def test_even_when_the_phone_drops_the_page_meanwhile(
        self, home: "House", trusting: "Callable[..., BrowserContext]"
    ) -> None:
        page = let_in(trusting(home), home)
        kept(page)
        page.get_by_test_id("start").click()
        page.wait_for_url("**/session")
        holding(page)
        home.stop(kill=True)
        page.goto("about:blank")
        page.goto(address(home) + "/")
        page.get_by_role("link", name="Carry on").click()
        go_on = page.get_by_role("button", name="Carry on")
        group = page.get_by_role("group", name="How hard was it?")
        expect(go_on.or_(page.locator("main.session")).first).to_be_visible()
        if go_on.is_visible():
            go_on.click()
        group.wait_for(timeout=150_000)
        home.start()
        page.get_by_role("button", name="Skip these questions").click()
        wait_until(lambda: len(told(home, "session-ended")) == 1, "the end did not arrive", 90)
        once(home, page)
        assert page.evaluate("localStorage.getItem('lumbar.script')") is None, "nothing of it is kept any longer"

    def test_the_recorded_voice_speaks_on(self, home: "House", trusting: "Callable[..., BrowserContext]") -> None:
        """For a phone that has no voice of its own."""
        context = trusting(home)
        context.add_init_script(LISTENER)
        page = let_in(context, home)
        kept(page)
        page.get_by_test_id("start").click()
        page.wait_for_url("**/session")
        holding(page)
        assert page.evaluate("window.ended") > 1
        home.stop(kill=True)
        page.goto("about:blank")
        page.goto(address(home) + "/")
        page.get_by_role("link", name="Carry on").click()
        go_on = page.get_by_role("button", name="Carry on")
        expect(go_on.or_(page.locator("main.session")).first).to_be_visible()
        if go_on.is_visible():
            go_on.click()
        wait_until(lambda: page.evaluate("window.ended") > 1, "nothing is heard without the network", 60)


def holding(page: "Page") -> None:
    wait_until(
        lambda: "session-counting" in (page.locator("main.session").get_attribute("class") or ""), "nothing counts", 90
    )


def once(home: "House", page: "Page") -> None:
    """Every hold of the session is in the record, and is there once."""
    wait_until(
        lambda: page.evaluate("!Object.keys(localStorage).some((key) => key.startsWith('lumbar.fact.'))"),
        "something still waits",
        60,
    )
    sets = told(home, "set-done")
    assert sets
    steps = [one["step"] for one in sets]
    assert len(set(steps)) == len(steps)
    assert all(one["outcome"] == "done" and not one["measured"] for one in sets)
    assert home.ask("/api/sessions/current") is None
