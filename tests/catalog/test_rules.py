"""The rules behind the reasons: each reason has one, with words and numbers that are there."""

from dataclasses import replace
from datetime import date

import pytest

from lumbar.catalog.load import HERE, read_toml
from lumbar.catalog.rules import SignedOff, Unit, bad_rules, load_rules, numbers_of, rule_of
from lumbar.catalog.words import languages, shipped_words

RULES = load_rules()
HOME = read_toml(HERE / "programmes/home.toml")
IDS = list(shipped_words().flat()["written"])


def test_ours_are_fine() -> None:
    assert list(bad_rules(RULES, IDS, {"home": HOME})) == []


def test_what_is_missing_is_told() -> None:
    first, *rest = RULES
    again = replace(first, reasons=(*first.reasons, "plan.reason.tested"))
    odd = replace(rest[2], numbers={"colour": Unit.DAYS}, table="limits")
    rules = [again, *(rule for rule in rest if rule.id != "limit"), odd]
    found = "\n".join(bad_rules(rules, [*IDS, "plan.reason.new"], {"home": HOME}))
    assert "plan.reason.tested belongs to two rules" in found
    assert "plan.reason.new belongs to no rule" in found
    assert "home.toml has no colour" in found
    assert "no words for number.limits.colour" in found
    assert "number.limits.weeks is the name of no number" in found


def test_a_unit_without_words_is_told() -> None:
    found = list(bad_rules(RULES, [i for i in IDS if i not in ("unit.yes", "unit.s")], {"home": HOME}))
    assert found == ["no words for unit.s", "no words for unit.yes"]


def test_a_rule_has_its_numbers_from_the_programme() -> None:
    rule = rule_of("plan.reason.step-up", RULES)
    assert rule is not None
    (row,) = numbers_of(rule, HOME)
    first = row[0]
    assert (first.name, first.value) == ("step_s", HOME["dosing"]["step_s"])
    words = shipped_words()
    assert [words.written(one) for one in (first.label, *first.says)] == ["A step up", "5\u00a0s"]
    assert rule_of("plan.title.rest", RULES) is None


def test_a_rule_that_tells_cases_apart_has_a_row_for_each() -> None:
    rule = rule_of("plan.reason.after-gap", RULES)
    assert rule is not None
    words = shipped_words()
    told = ["; ".join(", ".join(map(words.written, one.says)) for one in row) for row in numbers_of(rule, HOME)]
    assert told == [
        "42 days; yes",
        "21 days; 50\u00a0%, 75\u00a0%, 100\u00a0%",
        "10 days; 75\u00a0%, 100\u00a0%",
        "5 days; no",
    ]


@pytest.mark.parametrize("language", languages())
def test_every_number_is_read_by_a_name_and_with_its_unit(language: str) -> None:
    words = shipped_words(language)
    for rule in RULES:
        for number in (number for row in numbers_of(rule, HOME) for number in row):
            told = [words.written(number.label), *map(words.written, number.says)]
            assert all(told), number
            assert not any(odd in text for text in told for odd in ("_", "{", "@")), told


def test_nobody_has_signed_anything_off_yet() -> None:
    """Until a clinician has, no page may say so; then this test names them."""
    assert {rule.id for rule in RULES if rule.signed_off is not None} == set()
    assert SignedOff("Jo Park", "physiotherapist", date(2026, 1, 2)).by == "Jo Park"
