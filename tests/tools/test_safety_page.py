"""docs/safety.md names a test for each threat, and what it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/safety.md").read_text("utf-8")
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)\(", path.read_text("utf-8"))
}


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_each_threat_has_a_test_that_is_there() -> None:
    threats = rows("Threats to a person's data")
    assert len(threats) > 20
    assert [threat for threat, _held, tests in threats if not set(named(tests)) & TESTS] == []
    named_here = {name for _threat, _held, tests in threats for name in named(tests) if name.startswith("test_")}
    assert named_here - TESTS == set()


def test_dns_rebinding_and_a_hostile_page_in_another_tab_are_among_them() -> None:
    threats = [threat for threat, _held, _tests in rows("Threats to a person's data")]
    assert any("DNS rebinding" in threat for threat in threats)
    assert any("another tab" in threat for threat in threats)


def test_each_risk_names_what_holds_it() -> None:
    for risk, held, tests in [*rows("Risks to a person"), *rows("Threats to a person's data")]:
        assert held
        assert named(tests), risk
        for name in named(tests):
            if "/" in name and " " not in name:
                assert list(ROOT.glob(name)), name
