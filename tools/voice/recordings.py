"""The recordings of a language: one file of sound, and an index that tells where in it each sentence lies.

`<language>.mp3` holds the sentences' MP3 frames one after another, `<language>.json` their places in bytes. The page
takes both.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "frontend/src/voice/recordings"
FORMAT = "lumbar-voice/1"
_FRAME = b"\xff\xf3"
"""What a frame of MPEG-2 Layer III begins with; every sentence begins with a frame."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """made: what they were made with, so that another voice makes them all anew. sentences: the frames of each."""

    language: str
    voice: str
    made: str
    sentences: Mapping[str, bytes]

    def write(self, folder: Path = FOLDER) -> None:
        """Both files, the sentences in their alphabetical order."""
        ordered = sorted(self.sentences.items())
        sound = b"".join(frames for _, frames in ordered)
        places, at = {}, 0
        for sentence, frames in ordered:
            places[sentence] = [at, len(frames)]
            at += len(frames)
        about = {
            "format": FORMAT,
            "language": self.language,
            "voice": self.voice,
            "made": self.made,
            "sha256": hashlib.sha256(sound).hexdigest(),
        }
        lines = [f"    {json.dumps(said, ensure_ascii=False)}: {json.dumps(place)}" for said, place in places.items()]
        index = [json.dumps(about, indent=2)[:-2] + ",", '  "sentences": {', ",\n".join(lines), "  }", "}", ""]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.language}.mp3").write_bytes(sound)
        (folder / f"{self.language}.json").write_text("\n".join(index), encoding="utf-8")


def read(language: str, folder: Path = FOLDER) -> Recordings | None:
    """The recordings of a language; None where there are none."""
    index, sound = _files(language, folder)
    if index is None:
        return None
    cut = {sentence: sound[at : at + size] for sentence, (at, size) in index["sentences"].items()}
    return Recordings(language, index["voice"], index["made"], cut)


def amiss(language: str, needed: Collection[str], folder: Path = FOLDER) -> Iterator[str]:
    """What is wrong with the recordings of a language, one line for each thing; nothing when all is there."""
    index, sound = _files(language, folder)
    if index is None:
        yield f"{language}: there are no recordings"
        return
    places: dict[str, list[int]] = index["sentences"]
    yield from (f"{language}: no recording of “{sentence}”" for sentence in sorted(set(needed) - set(places)))
    yield from (f"{language}: “{sentence}” is never said any more" for sentence in sorted(set(places) - set(needed)))
    if index["sha256"] != hashlib.sha256(sound).hexdigest():
        yield f"{language}: the sound is not the one that the index was written for"
        return
    at = 0
    for sentence, (begins, size) in sorted(places.items(), key=lambda one: one[1]):
        if begins != at or size <= 0 or not sound.startswith(_FRAME, begins):
            yield f"{language}: “{sentence}” does not begin where the one before it ends"
            return
        at = begins + size
    if at != len(sound):
        yield f"{language}: there is sound after the last sentence"


def _files(language: str, folder: Path) -> tuple[dict[str, Any] | None, bytes]:
    try:
        index = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
        return index, (folder / f"{language}.mp3").read_bytes()
    except FileNotFoundError:
        return None, b""
