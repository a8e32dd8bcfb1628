"""Days lived on a page: one clock for the house and the browser, which both go on by as much as is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from stage import SPEAKER, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from conftest import House, Visit

DAY = timedelta(days=1)
CHUNK = timedelta(seconds=30)
"""So far apart are the clocks of house and page at the most, while a session runs."""

PATIENT = "AbortSignal.timeout = () => new AbortController().signal;"
"""The server answers in real time: half a minute that goes by at once must not look like half a minute's silence."""


@dataclass
class Life:
    """Somebody at their phone, on a house of theirs."""

    house: "House"
    seen: "Visit"

    @property
    def at(self) -> datetime:
        """The moment on the page's clock."""
        return datetime.fromtimestamp(self.page.evaluate("Date.now()") / 1000, UTC)

    @property
    def page(self) -> "Page":
        """What they look at."""
        return self.seen.page

    def go(self, path: str = "/") -> "Page":
        """Opens a path of the house."""
        return self.seen.go(path)

    def sleep(self, days: float = 1) -> "Page":
        """Lets days go by, and opens the page again."""
        self.house.pass_time(DAY * days)
        return self.catch_up()

    def catch_up(self) -> "Page":
        """Opens the page again, after the house has lived on without it."""
        self.page.goto("about:blank")  # no timer of the page lives through the time between
        missing = self.house.now() - self.at
        if missing > timedelta():
            self.seen.context.clock.set_system_time(self.house.now())
        return self.go()

    def live_until(self, true: Callable[[], bool], otherwise: str, *, most: timedelta = timedelta(minutes=40)) -> None:
        """Lets time go by as it is lived, every tick of it, until something is so."""
        for _ in range(int(most / CHUNK)):
            if true():
                return
            self.house.pass_time(CHUNK)
            self.seen.context.clock.run_for(int(CHUNK.total_seconds() * 1000))
        wait_until(true, otherwise, 5)

    def tap(self, name: str, *, exact: bool = True) -> None:
        """Touches a button or a link, by what it is called."""
        self._touchable(name, exact=exact).first.tap()

    def _touchable(self, name: str, *, exact: bool) -> "Locator":
        button = self.page.get_by_role("button", name=name, exact=exact)
        return button.or_(self.page.get_by_role("link", name=name, exact=exact))

    def reads(self, *sentences: str) -> None:
        """All of these stand on the page, where they can be seen."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).locator("visible=true").first).to_be_visible()

    def reads_not(self, *sentences: str) -> None:
        """None of these stands on the page."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).locator("visible=true")).to_have_count(0)

    def titled(self, title: str) -> None:
        """The page's heading is this."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()

    def cards(self, *, details: Mapping[str, str] | None = None, again: str | None = None, **said: str) -> None:
        """Goes through the ten cards: no to everything but for the answers said, and stops where one is read back.

        details: what is picked behind an item's answer, in the words that are read. again: an item that was looked at,
        so that only a change is asked for.
        """
        written = self.house.ask("/api/words/en")["written"]
        for card in self.house.ask("/api/screening")["cards"]:
            expect(self.page.locator(".topic")).to_have_text(written[f"screen.card.{card['id']}"])
            told = [item["id"] for item in card["items"] if item["id"] in said]
            if again in [item["id"] for item in card["items"]]:
                self.reads("Anything changed since")
            if not told:
                self.tap("None of these")
                continue
            self.page.get_by_role("button", name=written[f"screen.{told[0]}.short"]).tap()
            for item in card["items"]:
                self.pick(written[item["full"]], said.get(item["id"], "No"))
                for detail in item["details"] if item["id"] in (details or {}) else []:
                    self.pick(written[detail["text"]], (details or {})[item["id"]])
            self.tap("Continue")
            if any(one.startswith("A") for one in told):
                return

    def scales(self, week: int = 3, now: int = 2) -> None:
        """The pain of the week and of now, and the general words."""
        for value, heading in ((week, "last 7 days"), (now, "right now")):
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
            self.tap(str(value))

    def agree(self) -> None:
        """The general words are acknowledged."""
        self.page.get_by_role("button", name="I am 18 or over").tap()

    def was_seen(self, *, by: str, may: str = "Yes") -> None:
        """Takes down who has looked at it, today, and what they said."""
        self.tap("I have been seen about this")
        self.page.get_by_label("Date").fill(self.house.now().date().isoformat())
        self.page.get_by_label("Name").fill(by)
        self.page.get_by_label("Profession").fill("physician")
        self.pick("Did they say that you may exercise?", may)
        self.tap("Keep this")

    def pick(self, question: str, answer: str) -> None:
        """Touches an answer to a question."""
        group = self.page.get_by_role("group").filter(has_text=question)
        group.get_by_label(answer, exact=True).tap()

    def tap_in(self, question: str, name: str) -> None:
        """Touches a button among those of a question. 0 and 10 are called by what they mean as well."""
        self.page.get_by_role("group", name=question).get_by_role("button", name=name, exact=True).tap()

    def row(self, exercise: str) -> "Locator":
        """An exercise's line on today's page."""
        link = self.page.get_by_role("link", name=exercise, exact=True)
        return self.page.get_by_role("listitem").filter(has=link)


def live_well(house: "House", days: int, *, seen: bool = False) -> None:
    """Days as the plan wants them: every question answered, core work done whenever it is due, and taken well."""
    for _ in range(days):
        house.pass_time(DAY)
        answer(house)
        steps = house.ask("/api/today")["steps"]
        core = [item["exercise"] for step in steps if step["step"] == "core" for item in step["items"]]
        if any(item["state"] == "due" for step in steps if step["step"] == "core" for item in step["items"]):
            taken_well(house, house.play(only=core, seen=seen))


def answer(house: "House") -> None:
    """What is asked before the day's first exercise, each with the answer of a good day."""
    needs = house.ask("/api/today")["needs"]
    if "screen" in needs:
        house.screened()
        needs = house.ask("/api/today")["needs"]
    if "daily-check" in needs:
        house.tell(("daily-check-answered", {"ticks": [], "answers": {}, "details": {}}))
    if "morning-after" in needs:
        house.tell(("pain-reported", _pain("morning-after", None, "same-or-better")))
    if "pain-before" in needs:
        house.tell(("pain-reported", _pain("before", 2)))


def taken_well(house: "House", session: str) -> None:
    """The answers after a session that went well."""
    house.tell(
        ("effort-reported", {"session": session, "effort": 4, "exercises": []}),
        ("pain-reported", {**_pain("after", 2), "session": session}),
        ("shape-reported", {"session": session, "exercise": None, "kept": "yes"}),
    )


def _pain(when: str, nprs: int | None, words: str | None = None) -> dict[str, object]:
    about = {"session": None, "exercise": None, "exercises": [], "further_down_leg": False}
    return {"when": when, "nprs": nprs, "words": words, **about}


def live_in(house: "House", visit: "Callable[..., Visit]", **options: object) -> Life:
    """Opens a phone on a house; its clock is the house's."""
    seen = visit(house, has_touch=True, reduced_motion="reduce", **options)
    seen.context.add_init_script(SPEAKER)
    seen.context.clock.install(time=house.now())
    seen.context.add_init_script(PATIENT)
    return Life(house, seen)
