"""What the code imports is what the project declares, so that nothing works by luck."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9-]+", requirement)[0] for requirement in requirements}


def _imported(folder: Path) -> set[str]:
    """The top-level third-party modules that the files below a folder import."""
    modules: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(), filename=str(path))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    return modules - sys.stdlib_module_names - {"lumbar"}


def _distributions(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {known[module][0].replace("_", "-").lower() if module in known else module for module in modules}


def test_the_package_declares_what_it_imports() -> None:
    declared = _names(PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["pose"])
    assert _distributions(_imported(ROOT / "src/lumbar")) <= declared


def test_only_the_pose_room_needs_the_pose_extra() -> None:
    extra = _names(PROJECT["project"]["optional-dependencies"]["pose"])
    for room in (ROOT / "src/lumbar").iterdir():
        if room.is_dir() and room.name != "pose":
            assert not extra & _distributions(_imported(room)), room.name


def test_the_core_imports_nothing_from_outside() -> None:
    assert _imported(ROOT / "src/lumbar/core") == set()


def test_the_core_is_forbidden_everything_that_the_project_declares() -> None:
    declared = _names(PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["pose"])
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    pure = next(contract for contract in contracts if contract.get("source_modules") == ["lumbar.core"])
    forbidden = _distributions(set(pure["forbidden_modules"]) - sys.stdlib_module_names)
    assert declared <= forbidden
