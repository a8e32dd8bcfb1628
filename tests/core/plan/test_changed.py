"""What changed, and why: every change of a dose, a form or a walk is told on its day, with its reason."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lumbar.catalog.words import languages, shipped_words
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.changed import Turn, turns
from lumbar.core.plan.courses import courses
from lumbar.core.plan.day import Item, ItemState

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
CORE = ("plank", "side-plank", "glute-bridge")
PHYSIO = {"by_whom": "Jo Park", "profession": "physiotherapist", "examined": True}


class Story:
    """Somebody who trains every other day as the plan says."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme, self.life, self.at, self.number = programme, life, AT, 0
        life.screen(AT - 5 * MINUTE)
        life.acknowledge(AT - 4 * MINUTE)

    def trains(self, sessions: int = 1, *, worst: int = 2) -> "Story":
        for _ in range(sessions):
            name, life = f"s{self.number}", self.life
            self.number += 1
            life.check(self.at)
            life.pain(self.at, "before", 2)
            life.do(plan(self.programme, life.record, self.at), self.at + 5 * MINUTE, name)
            after = self.at + 20 * MINUTE
            life.add("effort-reported", after, session=name, effort=4)
            life.pain(after, "after", worst, session=name)
            for exercise in CORE:
                life.add("shape-reported", after, session=name, exercise=exercise, kept="yes")
            life.pain(self.at + DAY, "morning-after", words="same-or-better", session=name)
            self.at += 2 * DAY
        return self

    def reviewed(self, decision: str, **more: object) -> None:
        seen_on = self.at.date().isoformat()
        self.life.add("review-recorded", self.at, decision=decision, reviewed_on=seen_on, **PHYSIO, **more)

    def stretches(self, exercise: str, outcome: str) -> None:
        """One stretch on its day, and the next day but one."""
        name = f"s{self.number}"
        self.number += 1
        self.life.add("session-started", self.at, session=name, script={})
        self.life.hold(self.at, exercise, "left", outcome, session=name, rung=self.item(exercise).rung, target_s=30)
        self.at += 2 * DAY

    def hurts(self, exercise: str) -> str | None:
        """The form that the plan has of a stretch once it has hurt another time."""
        self.stretches(exercise, "hurt")
        return self.form(exercise)

    def form(self, exercise: str) -> str | None:
        """Which form the plan has of an exercise now; None where it rests."""
        item = self.item(exercise)
        return None if item.state is ItemState.CLOSED else item.rung

    def rests(self, exercise: str) -> bool:
        return self.form(exercise) is None

    def item(self, exercise: str) -> Item:
        """What the plan says of an exercise now."""
        items = plan(self.programme, self.life.record, self.at + MINUTE).items
        return next(item for item in items if item.exercise == exercise)

    def of(self, exercise: str | None) -> list[Turn]:
        """What became of an exercise, the last change first."""
        return [turn for turn in self.turns() if turn.exercise == exercise]

    def turns(self, first_on: date = FIRST, last_on: date = LAST) -> list[Turn]:
        """All that changed; it can be said in every language."""
        found = turns(self.life.record, self.programme, first_on, last_on)
        for language in languages():
            words = shipped_words(language)
            for turn in found:
                assert words.written(turn.what)
                assert turn.why is None or words.written(turn.why)
        assert found == sorted(found, key=lambda turn: turn.on, reverse=True)
        return found

    def said(self, exercise: str | None) -> list[tuple[str, str | None]]:
        """What became of an exercise, the first change first, without the ids' common part."""
        mine = reversed(self.of(exercise))
        return [(turn.what.id.removeprefix("plan.changed."), turn.why and turn.why.id) for turn in mine]


@pytest.fixture
def story(programme: Programme, life: Any) -> Story:
    return Story(programme, life)


def test_nothing_has_changed_before_anything_was_done(story: Story) -> None:
    assert story.turns() == []


def test_steps_up_are_told_with_what_they_follow(story: Story) -> None:
    story.trains(10)
    plank = [turn for turn in reversed(story.turns()) if turn.exercise == "plank"]
    assert plank[0].what.id == "plan.changed.begins"
    steps = [turn for turn in plank if turn.why and turn.why.id == "plan.reason.step-up"]
    assert len(steps) >= 2
    for turn in steps:
        assert turn.what.params["seconds"] >= turn.what.params["was_s"]
    known = courses(story.life.record, story.programme)
    ladder = known.after[-1].ladders["plank"]
    dose = ladder.levels[ladder.height].dose
    assert (plank[-1].what.params["sets"], plank[-1].what.params["seconds"]) == (dose.sets, dose.hold_s)


def test_every_change_of_a_dose_or_form_is_told_once(story: Story) -> None:
    """Counted anew, from the courses themselves, over a life with much in it."""
    story.trains(8).trains(worst=6).trains(4)
    story.life.add("flare-reported", story.at - timedelta(hours=1))
    story.trains(8)
    story.at += 20 * DAY
    story.trains(6)
    known = courses(story.life.record, story.programme)
    counted: dict[str, int] = {}
    for before, after in zip(known.after, known.after[1:], strict=False):
        for name in CORE:
            was, now = before.ladders.get(name), after.ladders[name]
            if was is None:
                continue
            one, other = was.known(was.height), now.known(now.height)
            changed = was.height != now.height or (one is not None and other is not None and one.dose != other.dose)
            counted[name] = counted.get(name, 0) + changed
    told = {name: sum(what in ("dose", "rung") for what, _ in story.said(name)) for name in CORE}
    assert told == counted
    assert min(told.values()) >= 5
    unsaid = [turn for turn in story.turns() if turn.exercise in CORE and turn.why is None]
    assert unsaid == []


def test_less_after_a_bad_session_says_so(story: Story) -> None:
    story.trains(8).trains(worst=6)
    assert story.said("plank")[-1] == ("dose", "plan.reason.eased-back")


def test_another_form_is_named(story: Story) -> None:
    for _ in range(30):
        story.trains()
        if any(what == "rung" for what, _ in story.said("side-plank")):
            break
    turn = next(turn for turn in story.turns() if turn.what.id == "plan.changed.rung")
    assert turn.what.params["form"].startswith(f"@{turn.exercise}.rung.")  # type: ignore[union-attr]
    assert turn.why is not None


def test_a_flare_up_and_its_end_are_told(story: Story) -> None:
    story.trains(6)
    story.life.add("flare-reported", story.at - timedelta(hours=1))
    story.trains(5)
    assert [what for what, _ in story.said(None)] == ["flare", "flare-over"]
    assert ("dose", "plan.reason.flare") in story.said("glute-bridge")


def test_a_review_is_told_with_what_it_set_and_left_out(story: Story) -> None:
    story.trains(3)
    story.reviewed(
        "with-changes", changes={"plank": {"rung": "knee", "hold_s": 20, "sets": 3}, "side-plank": {"stop": True}}
    )
    assert story.said(None) == [("review", "plan.changed.said.with-changes")]
    assert story.said("plank")[-1] == ("rung", "plan.reason.reviewed")
    assert story.said("side-plank")[-1] == ("rests", "plan.reason.review-left-out")


def test_an_answer_that_holds_back_and_the_word_that_frees_are_told(story: Story) -> None:
    story.trains(2)
    story.life.check(story.at, A1="yes")
    assert story.said(None) == [("held", "plan.changed.why.held")]
    story.life.clear(story.at + 3 * DAY, "A1", may=True)
    story.life.screen(story.at + 3 * DAY + MINUTE)
    assert [what for what, _ in story.said(None)] == ["held", "free"]


def test_a_review_that_decides_nothing_leaves_nothing_out(story: Story) -> None:
    story.trains(3)
    story.reviewed("contact", changes={"side-plank": {"stop": True}})
    assert "rests" not in [what for what, _ in story.said("side-plank")]
    assert not story.rests("side-plank")


def test_what_was_left_out_rests_until_a_review_lets_it_go_on(story: Story) -> None:
    story.trains(3)
    story.reviewed("with-changes", changes={name: {"stop": True} for name in ("side-plank", "chest-stretch")})
    story.at += 2 * DAY
    assert story.rests("side-plank")
    story.reviewed("go-on", go_on=[])
    story.at += 2 * DAY
    assert story.said("side-plank")[-1] == ("rests", "plan.reason.review-left-out")
    story.reviewed("go-on", go_on=["side-plank"])
    assert story.said("side-plank")[-2:] == [("rests", "plan.reason.review-left-out"), ("again", None)]
    assert story.said("chest-stretch") == [("rests", "plan.reason.review-left-out")]
    assert not story.rests("side-plank")
    assert story.rests("chest-stretch")


def test_a_review_that_a_later_one_overtook_leaves_nothing_out(story: Story) -> None:
    story.trains(3)
    earlier_on = (story.at - 2 * DAY).date().isoformat()
    story.reviewed("go-on")
    story.at += DAY
    changes = {"side-plank": {"stop": True}}
    story.life.add(
        "review-recorded", story.at, decision="with-changes", reviewed_on=earlier_on, changes=changes, **PHYSIO
    )
    assert "rests" not in [what for what, _ in story.said("side-plank")]
    assert not story.rests("side-plank")


def test_a_stretch_that_hurt_comes_easier_once_and_then_rests_once(story: Story) -> None:
    """The fourth and fifth time are no news: it rests already, until a review lets it go on."""
    forms = [story.hurts("hamstring-stretch") for _ in range(5)]
    assert story.said("hamstring-stretch") == [
        ("easier", "plan.reason.hurt-before"),
        ("rests", "plan.reason.removed"),
    ]
    assert [form is None for form in forms] == [False, False, True, True, True]
    assert forms[0] != forms[1]
    easier, rests = reversed(story.of("hamstring-stretch"))
    assert (easier.on - AT.date(), rests.on - AT.date()) == (2 * DAY, 4 * DAY)
    story.reviewed("go-on", go_on=["hamstring-stretch"])
    assert story.said("hamstring-stretch")[-1] == ("again", None)
    assert not story.rests("hamstring-stretch")


def test_a_stretch_in_its_easiest_form_gets_no_easier(story: Story) -> None:
    easiest = story.programme.exercises["hamstring-stretch"].rungs[0].id
    story.reviewed("with-changes", changes={"hamstring-stretch": {"rung": easiest}})
    story.at += DAY
    forms = [story.hurts("hamstring-stretch") for _ in range(3)]
    assert forms == [easiest, easiest, None]
    assert story.said("hamstring-stretch") == [("rests", "plan.reason.removed")]


def test_a_stretch_that_had_come_on_gets_easier_from_there(story: Story) -> None:
    first = story.programme.exercises["neck-stretch"].first_rung.id
    for _ in range(story.programme.listening.hurts.comfortable_days):
        story.stretches("neck-stretch", "done")
    assert story.form("neck-stretch") != first
    before = story.form("neck-stretch")
    forms = [story.hurts("neck-stretch") for _ in range(2)]
    assert forms[0] == before
    assert forms[1] != before
    assert story.said("neck-stretch") == [("easier", "plan.reason.hurt-before")]


def test_a_walk_that_grows_or_gets_less_is_told(story: Story) -> None:
    story.life.add("usual-walk-told", AT, minutes=20)
    for days in range(14):
        at = AT + days * DAY + 60 * MINUTE
        minutes = courses(story.life.record, story.programme).before(at.date() + DAY).walking.bout_min or 20
        story.life.add("walk-done", at, minutes=minutes)
        story.life.pain(at + DAY - 30 * MINUTE, "morning-after", words="same-or-better")
    found = story.said(None)
    assert found[0][0] == "walk-begins"
    assert ("walk", "plan.reason.walk-grew") in found
    story.life.pain(AT + 14 * DAY + 50 * MINUTE, "morning-after", words="clearly-worse")
    assert story.said(None)[-1] == ("walk", "plan.reason.walk-eased")


def test_only_the_days_that_are_asked_for_are_told(story: Story) -> None:
    story.trains(10)
    every = story.turns()
    first_on, last_on = AT.date() + 6 * DAY, AT.date() + 12 * DAY
    assert story.turns(first_on, last_on) == [turn for turn in every if first_on <= turn.on <= last_on]
    assert 0 < len(story.turns(first_on, last_on)) < len(every)
