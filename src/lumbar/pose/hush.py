"""Keeps the libraries below us from writing on the person's error stream."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_ERROR_STREAM = 2

# Read by OpenCV's decoder when it opens its first video: -8 is silence. What is wrong with a file we say ourselves.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


@contextmanager
def hushed() -> Iterator[None]:
    """Drop what native code writes to the error stream. For short calls: Python's own lines are dropped too."""
    try:
        kept = os.dup(_ERROR_STREAM)
    except OSError:  # there is no error stream to keep quiet
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _ERROR_STREAM)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, _ERROR_STREAM)
        os.close(kept)
