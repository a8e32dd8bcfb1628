"""The books of a watch: an entry says for how long it looked, and has no absence in its middle."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbar.app.desk_books import Books
from lumbar.catalog.posture import shipped_posture
from lumbar.core.posture import PostureSettings, Seen
from lumbar.core.posture.timed import timed, unseen

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings() -> PostureSettings:
    return shipped_posture()


def seen(settings: PostureSettings, seconds: float) -> Seen:
    """Somebody who has been there for so long."""
    watch = timed(settings)
    for s in range(0, round(seconds) + 1, 60):
        watch.feed(unseen(float(s)), dark=True)
    return watch.seen


@pytest.mark.parametrize("gone", [True, False])
def test_the_next_entry_begins_when_somebody_is_there(settings: PostureSettings, *, gone: bool) -> None:
    """Also where the books are closed in an absence for another reason: an hour is over, or a day."""
    books, nobody = Books(), timed(settings).seen
    books.look(AT, present=True)
    assert books.close(seen(settings, 600), AT + timedelta(seconds=600), gone=True).over_s == 600
    books.close(nobody, AT + timedelta(seconds=900), gone=gone)
    books.look(AT + timedelta(seconds=1800), present=False)
    books.look(AT + timedelta(seconds=2400), present=True)
    assert books.close(seen(settings, 600), AT + timedelta(seconds=3000), gone=False).over_s == 600


def test_an_entry_follows_the_one_before_while_somebody_stays(settings: PostureSettings) -> None:
    books = Books()
    books.look(AT, present=True)
    books.close(seen(settings, 600), AT + timedelta(seconds=600), gone=False)
    entry = books.close(seen(settings, 1200), AT + timedelta(seconds=1200), gone=False)
    assert (entry.over_s, entry.spent["unjudged_s"]) == (600, 600)
