"""The rules behind the reasons: each reason has one, with words and numbers that are there."""

from dataclasses import replace
from datetime import date

from lumbar.catalog.load import HERE, read_toml
from lumbar.catalog.rules import SignedOff, bad_rules, load_rules, numbers_of, rule_of
from lumbar.catalog.words import shipped_words

RULES = load_rules()
HOME = read_toml(HERE / "programmes/home.toml")
IDS = list(shipped_words().flat()["written"])


def test_ours_are_fine() -> None:
    assert list(bad_rules(RULES, IDS, {"home": HOME})) == []


def test_what_is_missing_is_told() -> None:
    first, *rest = RULES
    again = replace(first, reasons=(*first.reasons, "plan.reason.tested"))
    odd = replace(rest[2], numbers=("colour",), table="limits")
    rules = [again, *(rule for rule in rest if rule.id != "limit"), odd]
    found = "\n".join(bad_rules(rules, [*IDS, "plan.reason.new"], {"home": HOME}))
    assert "plan.reason.tested belongs to two rules" in found
    assert "plan.reason.new belongs to no rule" in found
    assert "home.toml has no colour" in found


def test_a_rule_has_its_numbers_from_the_programme() -> None:
    rule = rule_of("plan.reason.step-up", RULES)
    assert rule is not None
    assert numbers_of(rule, HOME)["step_s"] == HOME["dosing"]["step_s"]
    assert rule_of("plan.title.rest", RULES) is None


def test_nobody_has_signed_anything_off_yet() -> None:
    """Until a clinician has, no page may say so; then this test names them."""
    assert {rule.id for rule in RULES if rule.signed_off is not None} == set()
    assert SignedOff("Jo Park", "physiotherapist", date(2026, 1, 2)).by == "Jo Park"
