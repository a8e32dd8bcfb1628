"""What the tests of recordings share: recordings that are turned, and rows of landmarks."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

_MATRICES = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


@pytest.fixture(scope="session")
def uneven() -> Path:
    """Short recordings whose frames are not evenly spaced."""
    return Path(__file__).parent / "data"


@pytest.fixture
def turned(bundle: Path, tmp_path: Path) -> Callable[[int], Path]:
    """The bundle's plank as a phone held another way stores it: a turn in the track header, pixels as they were."""

    def make(degrees: int) -> Path:
        content = bytearray((bundle / "clips/plank.mp4").read_bytes())
        # 4 of the name, 4 of version and flags, 20 of times and ids, 16 of layer and volume; then the matrix.
        place = content.index(b"tkhd") + 4 + 4 + 20 + 16
        a, b, c, d = (number << 16 for number in _MATRICES[degrees])
        content[place : place + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
        path = tmp_path / f"turned-{degrees}.mp4"
        path.write_bytes(content)
        return path

    return make
