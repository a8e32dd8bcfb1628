"""The locks pin every package by hash and name no host."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["run", "dev"])
def test_python_locks_have_a_hash_for_every_package_and_no_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+", package), package.splitlines()[0]
        assert "--hash=sha256:" in package
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_lock_holds_what_the_project_asks_for(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["pose"]]
    asked += [
        entry for entry in project["dependency-groups"]["build" if name == "run" else "dev"] if isinstance(entry, str)
    ]
    text = (ROOT / f"requirements/{name}.txt").read_text()
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    assert {re.match(r"[A-Za-z0-9-]+", requirement)[0] for requirement in asked} <= locked


def test_what_makes_the_voice_is_locked_as_well() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["voice"]
    text = (ROOT / "requirements/voice.txt").read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
    assert {re.match(r"[a-z0-9-]+", name)[0] for name in asked} <= set(re.findall(r"^([a-z0-9-]+)==", text, re.M))


def test_the_page_lock_has_a_hash_for_every_package_and_no_address() -> None:
    text = (ROOT / "frontend/package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    packages.pop("")
    assert len(packages) > 20
    assert all("integrity" in package for package in packages.values())
    assert "://" not in text
