"""Everything that `make check` looks at, one line for each; all are tried, so that one run shows every mistake.

python tools/check.py [NAME …]
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from node import NODE

ROOT = Path(__file__).parent.parent
_BIN = Path(sys.executable).parent
_JS = ROOT / "frontend/node_modules"
_PAGE, _HERE = ROOT / "frontend", ROOT

CHECKS: dict[str, tuple[Path, list[str]]] = {
    "format": (_HERE, [str(_BIN / "ruff"), "format", "--check", "."]),
    "lint": (_HERE, [str(_BIN / "ruff"), "check", "--output-format", "concise", "."]),
    "types": (_HERE, [str(_BIN / "mypy")]),
    "walls": (_HERE, [str(_BIN / "lint-imports"), "--no-logo"]),
    "catalogue": (_HERE, [sys.executable, "-m", "lumbar.catalog.lint"]),
    "recordings": (_HERE, [sys.executable, "tools/make_prompts.py", "--check"]),
    "docs": (_HERE, [sys.executable, "tools/make_docs.py", "--check"]),
    "page format and lint": (_PAGE, [str(NODE), str(_JS / "@biomejs/biome/bin/biome"), "ci", "--colors=off", "."]),
    "page types": (_PAGE, [str(NODE), str(_JS / "typescript/bin/tsc"), "--noEmit"]),
    "page worker types": (
        _PAGE,
        [str(NODE), str(_JS / "typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.worker.json"],
    ),
}


def main(names: list[str]) -> int:
    """Run the named checks, or all; give the number that failed."""
    failed = [name for name in names or CHECKS if not _passes(name)]
    if failed:
        print(f"{len(failed)} of {len(names or CHECKS)} checks failed: {', '.join(failed)}.", flush=True)
    return len(failed)


def _passes(name: str) -> bool:
    folder, command = CHECKS[name]
    print(f"Checking {name} …", end=" ", flush=True)
    began_s = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1"},
        text=True,
        check=False,
    )
    print(f"{'fine' if done.returncode == 0 else 'NOT FINE'} ({time.monotonic() - began_s:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in CHECKS]
    if unknown:
        sys.exit(f"There is no check called {unknown[0]}. There are: {', '.join(CHECKS)}.")
    sys.exit(1 if main(sys.argv[1:]) else 0)
