"""Two people of one household at one machine."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from stage import SPEAKER, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from conftest import House

pytestmark = [pytest.mark.ui, pytest.mark.timeout(180)]


def told_by(house: "House", name: str) -> list[str]:
    import sqlite3

    with sqlite3.connect(house.home / "lumbar.db") as database:
        query = "SELECT type FROM fact JOIN person ON person.id = fact.person WHERE person.name = ?"
        return [kind for (kind,) in database.execute(query, (name,))]


def add_ben(page: "Page", house: "House") -> None:
    """As the only person does who has no name yet."""
    page.goto(house.url + "/settings")
    page.get_by_role("link", name="People who use this lumbar").click()
    page.get_by_label("Your own name").fill("Anna")
    page.get_by_label("The other person’s name").fill("Ben")
    page.get_by_role("button", name="Add a person").click()
    expect(page.get_by_text("Ben was added.")).to_be_visible()


def switch(page: "Page", name: str) -> None:
    page.get_by_role("link", name=re.compile("Somebody else")).click()
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.get_by_role("link", name=f"{name} is here. Somebody else?")).to_be_visible()


def test_one_person_is_never_asked(house: "House", visit: Callable[..., Any]) -> None:
    house.screened()
    page = visit(house).go("/")
    expect(page.get_by_role("link", name=re.compile("Somebody else"))).to_have_count(0)
    page.goto(house.url + "/people")
    expect(page.get_by_text("So far it is you alone.")).to_be_visible()


def test_what_one_told_without_the_network_arrives_in_their_name(
    serve: "Callable[..., House]", visit: Callable[..., Any]
) -> None:
    house = serve(LUMBAR_PROGRAMME="short-test")
    house.screened()
    seen = visit(house)
    page, context = seen.page, seen.context
    context.add_init_script(SPEAKER)
    add_ben(page, house)
    page.goto(house.url)
    expect(page.get_by_role("link", name="Anna is here. Somebody else?")).to_be_visible()

    def drop(route: "Route") -> None:
        route.abort("internetdisconnected")

    page.get_by_role("link", name="Start").or_(page.get_by_role("button", name="Start")).first.click()
    page.wait_for_url("**/session")
    page.locator("main[class*=session-]").first.wait_for()
    wait_until(lambda: "session-started" in told_by(house, "Anna"), "the session did not begin")
    context.route("**/api/facts", drop)
    wait_until(
        lambda: bool(page.evaluate("Object.keys(localStorage).some(k => k.startsWith('lumbar.fact.'))")), "no hold", 60
    )
    assert "set-done" not in told_by(house, "Anna")
    page.goto(house.url + "/who")
    page.get_by_role("button", name="Ben").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.get_by_role("link", name="Ben is here. Somebody else?")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('lumbar.fact.')).length") > 0
    context.unroute("**/api/facts")
    page.reload()
    wait_until(lambda: "set-done" in told_by(house, "Anna"), "it did not arrive")
    assert told_by(house, "Ben") == []
    # The server keeps a fact before the page hears that it did.
    wait_until(
        lambda: page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('lumbar.fact.'))") == [],
        "it is still kept",
    )
    switch(page, "Anna")
    assert seen.strangers == []


def test_a_new_browser_asks_who_is_here_and_remembers(house: "House", visit: Callable[..., Any]) -> None:
    house.screened()
    add_ben(visit(house).page, house)
    page = visit(house).go("/")
    expect(page.get_by_role("heading", name="Who is here?")).to_be_visible()
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44
    page.get_by_role("button", name="Ben").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ben is here. Somebody else?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Ben is here. Somebody else?")).to_be_visible()


def test_who_is_removed_elsewhere_is_told_so_and_leaves_nothing(house: "House", visit: Callable[..., Any]) -> None:
    house.screened()
    annas = visit(house).page
    add_ben(annas, house)
    bens = visit(house).go("/")
    bens.get_by_role("button", name="Ben").click()
    expect(bens.get_by_role("link", name="Ben is here. Somebody else?")).to_be_visible()
    bens.evaluate("localStorage.setItem('lumbar.of.' + localStorage['lumbar.person'] + '.screen', '{}')")
    annas.get_by_role("button", name="Undo adding Ben").click()
    expect(annas.get_by_text("So far it is you alone.")).to_be_visible()
    bens.goto(house.url + "/progress")
    expect(bens.get_by_role("heading", name="Who is here?")).to_be_visible()
    assert bens.evaluate("Object.keys(localStorage).filter(k => k.startsWith('lumbar.of.'))") == []
    bens.get_by_role("button", name="Anna").click()
    expect(bens.get_by_role("heading", name="Who is here?")).to_have_count(0)


def test_removing_takes_the_word_and_says_what_is_left(house: "House", visit: Callable[..., Any]) -> None:
    house.screened()
    page = visit(house).page
    add_ben(page, house)
    page.reload()
    page.get_by_role("button", name="Remove Anna").click()
    expect(page.get_by_text("This erases all that Anna told lumbar")).to_be_visible()
    page.get_by_label("Type “erase” to go on").fill("erase")
    page.get_by_role("button", name="Remove Anna").click()
    expect(page.get_by_role("heading", name="Anna is not here any more")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", level=1).wait_for()
    assert told_by(house, "Anna") == []


def test_a_pin_is_asked_for_tried_too_often_and_taken_away(house: "House", visit: Callable[..., Any]) -> None:
    house.screened()
    page = visit(house).page
    add_ben(page, house)
    page.get_by_label("A new PIN").fill("2468")
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("lumbar asks for the PIN from now on.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Anna is here. Somebody else?")).to_be_visible()
    page.get_by_role("link", name="Anna is here. Somebody else?").click()
    expect(page.get_by_role("heading", name="Who is here?")).to_be_visible()
    page.goto(house.url + "/progress")
    expect(page.get_by_role("heading", name="Who is here?")).to_be_visible()
    page.get_by_role("button", name="Anna").click()
    for wrong in range(3):
        page.get_by_label("PIN of Anna").fill("1111")
        page.get_by_label("PIN of Anna").press("Enter")
        said = "That is not the PIN." if wrong < 2 else "Too many wrong tries."
        expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_disabled()
    expect(page.get_by_text('lumbar person pin --reset "Anna"')).to_be_visible()
    house.pass_time(timedelta(seconds=31))
    page.reload()
    page.get_by_role("button", name="Anna").click()
    page.get_by_label("PIN of Anna").fill("2468")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Anna is here. Somebody else?")).to_be_visible()
    page.goto(house.url + "/people")
    page.get_by_label("The PIN until now").fill("2468")
    page.get_by_role("button", name="Take the PIN away").click()
    expect(page.get_by_text("There is no PIN any more.")).to_be_visible()
    switch(page, "Ben")
    switch(page, "Anna")
