"""`lumbar approval`: changes that matter wait for an expert, or wait no longer."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_it_is_told_and_changed(run: Run) -> None:
    off = "New forms, first weights and new exercises come by the plan’s own rules.\n"
    assert run("approval").out == off
    on = run("approval", "on")
    assert on.code == 0
    assert on.out.startswith("New forms, first weights and new exercises wait for a doctor or physiotherapist")
    assert run("approval").out == on.out
    assert run("approval", "off").out == off


def test_it_speaks_another_language_and_knows_what_it_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("approval", "perhaps").code == 2
    monkeypatch.setenv("LUMBAR_LANGUAGE", "es")
    assert "según las reglas del plan" in run("approval").out
