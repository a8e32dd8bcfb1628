"""The books of a watch: an entry says for how long it looked, and has no absence in its middle."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbar.app.desk_books import Books, Entry
from lumbar.catalog.posture import shipped_posture
from lumbar.core.posture import PostureSettings
from lumbar.core.posture.timed import timed, unseen

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings() -> PostureSettings:
    return shipped_posture()


class Sitting:
    """Somebody at a watch without a camera, that looks once a minute and keeps books."""

    def __init__(self, settings: PostureSettings) -> None:
        self.watch = timed(settings)
        self.books = Books()

    def look(self, s: float) -> None:
        self.watch.feed(unseen(s), dark=True)
        self.books.look(AT + timedelta(seconds=s), self.watch.seen)

    def stays(self, from_s: int, until_s: int) -> None:
        for s in range(from_s, until_s + 1, 60):
            self.look(float(s))

    def close(self, s: float, *, gone: bool = False) -> Entry:
        return self.books.close(self.watch.seen, AT + timedelta(seconds=s), gone=gone)


@pytest.mark.parametrize("gone", [True, False])
def test_the_next_entry_begins_when_somebody_is_there(settings: PostureSettings, *, gone: bool) -> None:
    """Also where the books are closed in an absence for another reason: an hour is over, or a day."""
    one = Sitting(settings)
    one.stays(0, 600)
    one.watch.moved()
    assert one.close(600, gone=True).over_s == 600
    one.close(900, gone=gone)
    one.stays(2400, 3000)
    assert one.close(3000).over_s == 600


def test_an_entry_follows_the_one_before_while_somebody_stays(settings: PostureSettings) -> None:
    one = Sitting(settings)
    one.stays(0, 600)
    one.close(600)
    one.stays(660, 1200)
    entry = one.close(1200)
    assert (entry.over_s, entry.spent["unjudged_s"]) == (600, 600)


def test_who_moved_just_before_the_books_were_closed_was_there(settings: PostureSettings) -> None:
    """No entry counts more seconds than it says that it covers: two watches would count the rest twice."""
    one = Sitting(settings)
    one.stays(0, 600)
    one.watch.moved(counts=False)
    one.close(600)
    one.stays(660, 1200)
    entry = one.close(1200)
    assert (entry.over_s, entry.spent["unjudged_s"]) == (600, 600)


def test_an_entry_tells_when_each_change_was(settings: PostureSettings) -> None:
    one = Sitting(settings)
    one.stays(0, 600)
    one.books.changed(AT + timedelta(seconds=240))
    one.books.changed(AT + timedelta(seconds=600))
    entry = one.close(660)
    assert entry.changed_ago_s == (420, 60)
    assert entry.body("desk")["position_changes"] == 2
    assert one.close(720).changed_ago_s == ()
