"""`lumbar packet` and `handout`: the file's name says what is written, and is never something else inside."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lumbar.app.expert_answers import seal_of

Run = Callable[..., Any]

BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "text": b"Please look over"}


@pytest.mark.parametrize(
    ("name", "options", "inside"),
    [
        ("x.html", (), "html"),
        ("x.HTM", (), "html"),
        ("x.pdf", (), "pdf"),
        ("x.txt", (), "text"),
        ("x", (), "text"),
        ("x", ("--format", "html"), "html"),
        ("x.dat", ("--format", "pdf"), "pdf"),
        ("x.html", ("--format", "html"), "html"),
    ],
)
def test_a_packet_is_what_its_name_says(run: Run, tmp_path: Path, name: str, options: Any, inside: str) -> None:
    done = run("packet", "-o", str(tmp_path / name), *options)
    assert done.code == 0, done.err
    assert (tmp_path / name).read_bytes().startswith(BEGINS[inside])


@pytest.mark.parametrize(
    ("command", "name", "options"),
    [
        ("packet", "x.html", ("--format", "pdf")),
        ("packet", "x.pdf", ("--format", "text")),
        ("packet", "x.docx", ()),
        ("handout", "x.html", ()),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_name_that_contradicts_it_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str, options: Any, language: str
) -> None:
    monkeypatch.setenv("LUMBAR_LANGUAGE", language)
    done = run(command, "-o", str(tmp_path / name), *options)
    assert done.code == 2
    assert done.err.strip().count("\n") == 0
    assert name in done.err
    assert list(tmp_path.glob("*x*")) == []


@pytest.mark.parametrize("name", ["x.html", "x.pdf"])
def test_a_packet_that_could_not_be_written_was_never_made(run: Run, tmp_path: Path, name: str) -> None:
    assert "cannot be written" in run("packet", "-o", str(tmp_path / "not-there" / name)).sentence
    (tmp_path / name).mkdir()
    assert "cannot be written" in run("packet", "-o", str(tmp_path / name)).sentence
    assert made(run) == []
    (tmp_path / name).rmdir()
    assert run("packet", "-o", str(tmp_path / name)).code == 0
    assert len(made(run)) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def made(run: Run) -> list[str]:
    """The packets that the record has."""
    return [fact["id"] for fact in json.loads(run("export").out)["facts"] if fact["type"] == "packet-made"]


def test_taking_an_answer_in_tells_what_that_one_did(run: Run, tmp_path: Path) -> None:
    assert answered(run, tmp_path, by_whom="Jo Park") == (
        "Jo Park approved the plan as it is. Their answer is taken in, and is valid until DAY."
    )
    wish = answered(run, tmp_path, by_whom="Kim Lee", decision="contact")
    assert wish.startswith("Kim Lee asks you to get in touch.")
    assert "Jo Park" not in wish
    assert answered(run, tmp_path, by_whom="Lu Chen", decision="stop").startswith("Lu Chen says to stop for now.")


def answered(run: Run, tmp_path: Path, **told: Any) -> str:
    """What is said of an answer to a packet that has just been made; a day is written DAY."""
    assert run("packet", "-o", str(tmp_path / "packet.html")).code == 0
    page = (tmp_path / "packet.html").read_text(encoding="utf-8")
    known = json.loads(page.split('<script type="application/json" id="about">')[1].split("</script>")[0])
    body = {"person": known["person"], "digest": known["digest"], "decision": "go-on", "examined": True,
            "profession": "physiotherapist", "reviewed_on": known["made_on"], "may_exercise": [], **told}  # fmt: skip
    payload = json.dumps(body)
    seal = seal_of(known["key"], known["packet"], payload)
    answer = {"format": "lumbar-review/1", "packet": known["packet"], "payload": payload, "seal": seal}
    (tmp_path / "answer.json").write_text(json.dumps(answer))
    done = run("review", str(tmp_path / "answer.json"))
    assert done.code == 0, done.err
    return re.sub(r"until \w+ \d+\s\w+ \d+\.", "until DAY.", str(done.out).replace("\u00a0", " ")).strip()
