"""The language of the terminal: every command speaks it, and one that nobody has words in is said so."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("command", [("today",), ("packet",), ("why", "plank"), ("doctor",), ("export",), ("serve",)])
def test_an_unknown_language_is_one_sentence(
    command: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMBAR_LANGUAGE", "xx")
    ran = run(*command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "There is no language xx. There are: en, es.\n"


@pytest.mark.parametrize("name", ["es", "es_MX.UTF-8", "en", ""])
def test_a_known_one_is_taken_however_it_is_spelled(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBAR_LANGUAGE", name)
    assert run("outcomes").code == 0


def test_a_locale_that_lumbar_does_not_speak_is_no_mistake(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUMBAR_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert run("outcomes").code == 0


def test_the_check_of_everything_speaks_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBAR_LANGUAGE", "es")
    told = run("doctor").out
    assert "el catálogo contiene" in told
    assert "the catalogue" not in told
