"""Builds the page and the pose models into the package.

    python tools/build_frontend.py [--force]

Leaves `src/lumbar/web/static` (the built page, MediaPipe's WebAssembly, the model bundles), `src/lumbar/pose/models`
(the models for Python) and `src/lumbar/export/fonts` (the page's fonts for print), which are packed into the wheel, and
`frontend/fonts` (the page's display face). All are ignored by git. Steps with unchanged inputs are skipped.
"""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from node import NodeFailedError, npm, run_node
from page_fonts import write_page_fonts
from page_licences import MissingLicenceError, write_licences
from pose_models import WrongModelError, copy_models, write_tasks
from print_fonts import write_fonts

_WASM = ("vision_wasm_module_internal.js", "vision_wasm_module_internal.wasm")
_PAGE_INPUTS = ("index.html", "package-lock.json", "tsconfig.json", "vite.config.ts")


def build(root: Path, *, force: bool = False) -> None:
    """Build what is out of date. Raises NodeFailedError, WrongModelError or MissingLicenceError."""
    frontend, stamps = root / "frontend", root / ".make"
    static, models = root / "src/lumbar/web/static", root / "src/lumbar/pose/models"
    packages = _digest([frontend / "package.json", frontend / "package-lock.json"])
    if force or not _stamped(stamps / "packages", packages, [frontend / "node_modules/.package-lock.json"]):
        _step("Installing the page's packages", lambda: npm("ci", "--no-progress", cwd=frontend))
        _stamp(stamps / "packages", packages)
    fonts = root / "src/lumbar/export/fonts"
    if force or not _stamped(stamps / "fonts", packages, [fonts / "text.ttf", fonts / "other.ttf"]):
        _step("Making the fonts for print", lambda: write_fonts(frontend / "node_modules", fonts))
        _stamp(stamps / "fonts", packages)
    display = _digest([frontend / "package-lock.json", root / "tools/page_fonts.py"])
    if force or not _stamped(stamps / "display", display, [frontend / "fonts/display.css"]):
        _step("Making the page's display face", lambda: write_page_fonts(frontend / "node_modules", frontend / "fonts"))
        _stamp(stamps / "display", display)
    inputs = _digest([*_files(frontend, _PAGE_INPUTS), *_files(frontend, ["src", "public"]), *_files(root, ["tools"])])
    if force or not _stamped(stamps / "page", inputs, [static / "index.html", models / "models.json"]):
        _step("Building the page", lambda: run_node(_program(frontend, "vite/bin/vite.js"), "build", cwd=frontend))
        _step("Packing the page and the pose models", lambda: _assemble(frontend, static, models))
        _stamp(stamps / "page", inputs)


def _program(frontend: Path, name: str) -> Path:
    return frontend / "node_modules" / name


def _assemble(frontend: Path, static: Path, models: Path) -> None:
    """Put everything that the server serves into a fresh folder, then let it take the old one's place."""
    fresh = static.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(frontend / "dist", fresh)
    mediapipe = frontend / "node_modules/@mediapipe"
    (fresh / "wasm").mkdir()
    for name in _WASM:
        shutil.copyfile(mediapipe / "tasks-vision/wasm" / name, fresh / "wasm" / name)
    write_tasks(copy_models(mediapipe / "pose", models), fresh / "models")
    write_licences(frontend, frontend.parent / "LICENSE", fresh / "licences.txt")
    shutil.rmtree(static, ignore_errors=True)
    fresh.rename(static)


def _files(root: Path, names: Iterable[str]) -> list[Path]:
    """The named files, and every file below the named folders."""
    found: list[Path] = []
    for name in names:
        path = root / name
        found += sorted(p for p in path.rglob("*.*") if p.is_file() and p.suffix != ".pyc") if path.is_dir() else [path]
    return [path for path in found if path.exists()]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _stamped(stamp: Path, value: str, results: Iterable[Path]) -> bool:
    """Whether the step ran for these inputs and its results are still there."""
    return stamp.exists() and stamp.read_text() == value and all(path.exists() for path in results)


def _stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(value)


def _step(title: str, work: Callable[[], None]) -> None:
    print(f"{title} …", flush=True)
    began_s = time.monotonic()
    work()
    print(f"{title}: done in {time.monotonic() - began_s:.0f} s", flush=True)


if __name__ == "__main__":
    try:
        build(Path(__file__).parent.parent, force="--force" in sys.argv[1:])
    except (NodeFailedError, WrongModelError, MissingLicenceError) as error:
        sys.exit(f"The page was not built. {error}")
