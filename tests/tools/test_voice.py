"""Whatever may be said aloud was recorded, in every language."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import lumbar
from lumbar.catalog.load import shipped_catalogue
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import languages, load_words, shipped_words
from lumbar.core.message import Message, say
from voice.kokoro import VOICES, VoiceError, phonemes_of, put_model
from voice.recordings import Recordings, amiss, read
from voice.repertoire import of_player, of_sessions, shipped_repertoire, texts
from voice.sentences import needed, sentences

PAGE = Path(lumbar.__file__).parents[2] / "frontend/src"
FRAME = b"\xff\xf3" + b"\0" * 106


@pytest.fixture(scope="module")
def repertoire() -> frozenset[Message]:
    return shipped_repertoire(shipped_words())


@pytest.mark.parametrize("language", languages())
def test_every_spoken_text_has_a_recording(language: str) -> None:
    assert list(amiss(language, needed(load_words(language)))) == []


@pytest.mark.parametrize("language", languages())
def test_a_recording_lasts_about_as_long_as_its_words(language: str) -> None:
    """Nothing was cut off, and nothing runs on: people speak 8 to 25 letters a second, a word alone slower."""
    recordings = read(language)
    assert recordings is not None
    for sentence, frames in recordings.sentences.items():
        least, most = (len(re.sub(r"\d+", number, sentence)) for number in ("two", "thirty-seven"))
        assert 0.3 + least / 30 < len(frames) / 3000 < 1.6 + most / 7, sentence


def test_the_recordings_are_small() -> None:
    sizes = [path.stat().st_size for path in (PAGE / "voice/recordings").iterdir()]
    assert 1_000_000 < sum(sizes) < 7_500_000


def test_every_language_has_a_voice() -> None:
    assert set(VOICES) >= set(languages())


def test_a_number_is_counted_through(repertoire: frozenset[Message]) -> None:
    assert {say("session.measured", count=s) for s in range(61)} <= repertoire
    assert {say("session.seconds", seconds=s) for s in range(5, 61, 5)} <= repertoire
    assert say("session.seconds", seconds=7) not in repertoire
    assert {say("plank.carry.alone", kg=11.3), say("glute-bridge.carry.helped", kg=5)} <= repertoire
    assert say("script.next-round", seconds=20, count=20, round=2, rounds=3) in repertoire
    assert {say("script.test", seconds=s, effort=7) for s in (20, 45, 60)} <= repertoire
    assert {say("script.test-light", seconds=s, effort=5) for s in (10, 20)} <= repertoire


def test_a_mass_is_recorded_in_both_units() -> None:
    heard = set(texts(say("plank.carry.alone", kg=11.3), shipped_words()))
    assert {text.split(" in a ")[0] for text in heard} == {"With 11.3 kilograms", "With 25 pounds"}
    heard = set(texts(say("plank.carry.alone", kg=11.3), load_words("es")))
    assert any("11,3" in text for text in heard)


def test_whatever_the_coach_or_the_camera_may_say_is_in_it(repertoire: frozenset[Message]) -> None:
    ids = {message.id for message in repertoire}
    assert {"plank.cue.lift-hips-again", "side-plank.nudge.hips-high", "glute-bridge.cue.tiring"} <= ids
    assert {"hip-hinge.cue.stand-up", "placement.lower", "coach.cannot-see", "session.sign.forearm"} <= ids
    source = (PAGE / "session/conductor.ts").read_text(encoding="utf-8")
    (states,) = re.findall(r"= \[(.*?)\]\.includes\(state\)", source)
    assert {f"session.camera.{state}" for state in re.findall(r'"([a-z]+)"', states)} <= ids


def test_whatever_the_player_says_of_itself_is_in_it() -> None:
    catalogue = shipped_catalogue()
    programme = load_programme("home", catalogue, load_form(catalogue))
    ids = {message.id for message in of_player(programme)}
    source = (PAGE / "session/player.ts").read_text(encoding="utf-8")
    named = re.findall(r'(?:this\.note\(|this\.pause\(|words = )"([a-z.-]+)"', source)
    assert len(named) > 8
    assert set(named) <= ids


def test_a_session_of_its_own_timing_is_read_off_too() -> None:
    catalogue = shipped_catalogue()
    programme = load_programme("home", catalogue, load_form(catalogue))
    slower = replace(programme, timing=replace(programme.timing, warm_up_s=77, rest_between_sets_s=33))
    said = set(of_sessions(slower))
    assert say("script.warm-up", seconds=77) in said
    assert say("script.rest", seconds=33, count=33) in said


def test_every_moment_of_the_desk_is_in_it(repertoire: frozenset[Message]) -> None:
    ids = {message.id for message in repertoire}
    assert {"posture.break.stand", "posture.break.walk", "posture.break.stretch-side", "posture.break-done"} <= ids
    assert {message.params["pose"] for message in repertoire if message.id == "ui.desk.pose.ready"} == {
        "@posture.pose.usual", "@posture.pose.tall", "@posture.pose.slump",
    }  # fmt: skip


def test_a_text_is_taken_apart_where_a_voice_pauses() -> None:
    assert sentences("Rest, 20 seconds. Then round 2 of 3.") == ["Rest, 20 seconds.", "Then round 2 of 3."]
    assert sentences("With 11.3 kilograms: lay it down") == ["With 11.3 kilograms:", "lay it down"]


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Path]:
    def put(**spoken: int) -> Path:
        Recordings("xx", "somebody", "so", {f"{word}.": FRAME * count for word, count in spoken.items()}).write(
            tmp_path
        )
        return tmp_path

    return put


def test_what_is_written_is_read_again(shelf: Callable[..., Path]) -> None:
    recordings = read("xx", shelf(go=2, half=3))
    assert recordings is not None
    assert recordings.sentences == {"go.": FRAME * 2, "half.": FRAME * 3}
    assert (recordings.voice, recordings.made) == ("somebody", "so")


def test_what_is_missing_or_said_no_more_is_named(shelf: Callable[..., Path]) -> None:
    folder = shelf(go=2, half=3)
    assert list(amiss("xx", ["go.", "half."], folder)) == []
    assert list(amiss("xx", ["go.", "rest."], folder)) == [
        "xx: no recording of “rest.”",
        "xx: “half.” is never said any more",
    ]
    assert list(amiss("yy", [], folder)) == ["yy: there are no recordings"]


def test_sound_that_is_not_the_indexs_own_is_named(shelf: Callable[..., Path]) -> None:
    folder = shelf(go=2, half=3)
    (folder / "xx.mp3").write_bytes(FRAME * 4)
    assert "not the one that the index was written for" in next(amiss("xx", ["go.", "half."], folder))


def test_another_accent_is_written_down_as_the_model_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As misaki does it, by which the model was trained; the numbers' points part nothing."""
    heard: list[str] = []

    def espeak(words: str, voice: object) -> str:
        heard.append(words)
        return {"Hold it": "hˈo^ʊld ɪt", "for 2.5 minutes": "fɚ mˈɪnɪts"}[words]

    monkeypatch.setattr("voice.kokoro._espeak", lambda words, voice: espeak(words, voice) if words else "")
    assert phonemes_of("Hold it, for 2.5 minutes.", VOICES["en"]) == "hˈOld ɪt, fəɹ mˈɪnɪts."
    assert heard == ["Hold it", "for 2.5 minutes"]


def test_a_model_or_a_voice_that_is_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kokoro.onnx").write_bytes(b"another model")
    with pytest.raises(VoiceError, match="not the one that the recordings were made with"):
        put_model(tmp_path)
