"""`lumbar encrypt` and `lumbar decrypt`, and every other command over a home that is encrypted."""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lumbar.store import is_encrypted

from .conftest import COMMAND, environment
from .encrypting import PHRASE, typed

Run = Callable[..., Any]


def test_there_and_back(run: Run, filled: None, phrase: str, home: Path) -> None:
    before = json.loads(run("export").out)["facts"]
    run("backup")
    (home / "lumbar.log").write_text("set-done\n")
    done = run("encrypt", LUMBAR_PASSPHRASE_FILE=phrase)
    assert (done.code, done.err) == (0, "")
    for said in ("under the passphrase", "Nobody can recover", "One file among the backups", "cannot reach exports"):
        assert said in done.out
    assert is_encrypted(home / "lumbar.db")
    assert not [path for path in home.rglob("*") if path.is_file() and b"set-done" in path.read_bytes()]
    assert json.loads(run("export", LUMBAR_PASSPHRASE_FILE=phrase).out)["facts"] == before
    assert "lies open again" in run("decrypt", LUMBAR_PASSPHRASE_FILE=phrase).out
    assert json.loads(run("export").out)["facts"] == before
    with closing(sqlite3.connect(home / "lumbar.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    "command",
    [("today",), ("why", "plank"), ("export",), ("backup",), ("erase", "--yes"), ("serve", "--port", "0"),
     ("restore", "x"), ("decrypt",), ("person", "list"), ("calendar",)],
)  # fmt: skip
def test_without_the_passphrase_nothing_is_told_and_nothing_touched(
    closed: Run, run: Run, home: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = (home / "lumbar.db").read_bytes()
    ran = run(*command)
    assert ran.code == 2
    assert "is under a passphrase, and there is nobody here to type it" in ran.sentence
    wrong = tmp_path / "wrong"
    wrong.write_text("another one altogether")
    ran = run(*command, LUMBAR_PASSPHRASE_FILE=str(wrong))
    assert ran.code == 1
    assert "does not open" in ran.sentence
    assert "or the file is damaged" in ran.sentence
    assert ran.out == ""
    assert (home / "lumbar.db").read_bytes() == before


def test_every_command_works_with_it(closed: Run, tmp_path: Path, home: Path) -> None:
    assert closed("today").code == 0
    assert closed("backup").code == 0
    name = closed("backup", "--list").out.split()[0]
    assert name.endswith("-kept.encrypted.db")
    more = tmp_path / "more.csv"
    more.write_text("date,exercise,seconds\n2026-02-01,plank,10\n")
    assert "One entry came in" in closed("import", str(more)).out
    assert closed("restore", name).code == 0
    assert json.loads(closed("export").out)["count"] == 2
    assert closed("person", "rename", "Anna").code == 0
    assert "is encrypted, opens with its passphrase" in closed("doctor").out
    assert "Erased: 2 entries" in closed("erase", "--yes").out
    assert is_encrypted(home / "lumbar.db")


def test_the_checkup_says_what_is_missing(closed: Run, run: Run, home: Path) -> None:
    assert "is under a passphrase" in run("doctor").out
    (home / ".lumbar.db.part").write_bytes(b"set-done")
    closed("doctor")
    assert not (home / ".lumbar.db.part").exists()


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "begins"),
    [
        (("encrypt",), {}, 2, "There is nobody here"),
        (("encrypt",), {"LUMBAR_PASSPHRASE_FILE": "short"}, 2, "A passphrase needs 8"),
        (("decrypt",), {}, 1, "The record is under no passphrase"),
        (("encrypt",), {"LUMBAR_DATABASE_URL": "postgresql://a@b/c"}, 2, "The record is in PostgreSQL"),
        (("decrypt",), {"LUMBAR_DATABASE_URL": "postgresql://a@b/c"}, 2, "The record is in PostgreSQL"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, filled: None, home: Path, tmp_path: Path, arguments: Any, settings: Any, code: int, begins: str
) -> None:
    (tmp_path / "short").write_text("horse")
    named = {
        name: str(tmp_path / value) if name == "LUMBAR_PASSPHRASE_FILE" else value for name, value in settings.items()
    }
    ran = run(*arguments, **named)
    assert ran.code == code
    assert ran.sentence.startswith(begins)
    assert not is_encrypted(home / "lumbar.db")


def test_twice_is_once(closed: Run, home: Path) -> None:
    before = (home / "lumbar.db").read_bytes()
    assert "under a passphrase already" in closed("encrypt").sentence
    assert (home / "lumbar.db").read_bytes() == before


def test_a_running_server_keeps_it_as_it_is(
    run: Run, filled: None, phrase: str, serve: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbar.store.encrypting._PATIENCE_MS", 50)
    served = serve()
    assert "is in use. Stop `lumbar serve`" in run("encrypt", LUMBAR_PASSPHRASE_FILE=phrase).sentence
    assert not is_encrypted(home / "lumbar.db")
    served.stop()
    assert run("encrypt", LUMBAR_PASSPHRASE_FILE=phrase).code == 0
    served = serve(LUMBAR_PASSPHRASE_FILE=phrase)
    served.get("/api/today")
    until_s = time.monotonic() + 20
    while not list((home / "backups").glob("lumbar-*Z.encrypted.db")) and time.monotonic() < until_s:
        time.sleep(0.1)
    assert [is_encrypted(path) for path in (home / "backups").glob("lumbar-*")] == [True]
    assert "is in use" in run("decrypt", LUMBAR_PASSPHRASE_FILE=phrase).sentence
    assert is_encrypted(home / "lumbar.db")


def test_a_damaged_one_gives_way_to_a_backup_under_the_same_passphrase(closed: Run, home: Path, tmp_path: Path) -> None:
    closed("backup")
    name = closed("backup", "--list").out.split()[0]
    data = bytearray((home / "lumbar.db").read_bytes())
    data[200] ^= 1
    (home / "lumbar.db").write_bytes(data)
    wrong = tmp_path / "wrong"
    wrong.write_text("another one altogether")
    assert (
        "The passphrase does not open this file"
        in closed("restore", name, "--damaged", LUMBAR_PASSPHRASE_FILE=str(wrong)).sentence
    )
    assert (home / "lumbar.db").read_bytes() == data
    assert "2 entries" in closed("restore", name, "--damaged").out
    assert is_encrypted(home / "lumbar.db")
    assert json.loads(closed("export").out)["count"] == 2


def test_at_a_terminal_it_is_asked_for(run: Run, filled: None, phrase: str, home: Path, tmp_path: Path) -> None:
    code, shown = typed(home, "encrypt", answers=(PHRASE, "a slip", PHRASE, PHRASE))
    assert code == 0, shown
    assert shown.index("Nobody can recover a lost passphrase") < shown.index("Passphrase")
    assert PHRASE not in shown
    assert is_encrypted(home / "lumbar.db")
    code, shown = typed(home, "person", "list", answers=(PHRASE,))
    assert code == 0, shown
    assert "Passphrase of your record" in shown
    backup = Path(run("backup", LUMBAR_PASSPHRASE_FILE=phrase).out.split(": ")[1].strip())
    code, shown = typed(home, "person", "list", answers=("another one altogether",))
    assert code == 1
    assert "does not open" in shown
    code, shown = typed(home, "decrypt", answers=(PHRASE,))
    assert code == 0, shown
    assert not is_encrypted(home / "lumbar.db")
    code, shown = typed(home, "restore", str(backup), answers=(PHRASE,))
    assert code == 0, shown
    assert "2 entries" in shown
    kept = [path.name for path in (home / "backups").glob("*") if path != backup]
    assert kept == [kept[0].removesuffix(".age")], "what was there lies open, so its backup is as open as before"


@pytest.mark.parametrize("spelt", ["\ufefflargu\u00edsima frase", "largui\u0301sima frase"])
def test_the_same_words_are_the_same_passphrase(
    run: Run, filled: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelt: str
) -> None:
    monkeypatch.setattr("lumbar.store.cipher.ROUNDS", 2)
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text(spelt, encoding="utf-8")
    second.write_text("largu\u00edsima frase\n", encoding="utf-8")
    assert run("encrypt", LUMBAR_PASSPHRASE_FILE=str(first)).code == 0
    assert json.loads(run("export", LUMBAR_PASSPHRASE_FILE=str(second)).out)["count"] == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_tells_the_passphrase_once(closed: Run, home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = subprocess.Popen(
        [*COMMAND, "person", "list"], env=environment(home, LUMBAR_PASSPHRASE_FILE=str(pipe)), stdout=subprocess.PIPE
    )
    pipe.write_text(PHRASE)
    assert command.wait(60) == 0


def test_a_passphrase_file_that_others_can_read_is_named(run: Run, filled: None, phrase: str) -> None:
    Path(phrase).chmod(0o644)
    said = "Others who use this machine can read the passphrase file"
    assert said in run("encrypt", LUMBAR_PASSPHRASE_FILE=phrase).out
    assert said in run("doctor", LUMBAR_PASSPHRASE_FILE=phrase).out
    Path(phrase).chmod(0o600)
    assert said not in run("doctor", LUMBAR_PASSPHRASE_FILE=phrase).out


def test_another_passphrase_takes_its_place_and_nothing_lies_open_between(
    closed: Run, run: Run, home: Path, tmp_path: Path, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lumbar.store import encrypting

    other = tmp_path / "other"
    other.write_text("a donkey and a dynamo")
    before = json.loads(closed("export").out)["facts"]
    open_ones: list[str] = []
    compared = encrypting._compare

    def looked(*told: Any) -> None:
        compared(*told)
        files = [path for path in home.rglob("*") if path.is_file()]
        assert any(path.name == ".lumbar.db.part" for path in files)
        open_ones.extend(path.name for path in files if b"SQLite format" in path.read_bytes())

    monkeypatch.setattr(encrypting, "_compare", looked)
    changed = closed("encrypt", "--another", "--file", str(other))
    assert "The record is under the new passphrase" in changed.out, changed.err
    assert open_ones == []
    assert "donkey" not in changed.out + changed.err
    assert json.loads(run("export", LUMBAR_PASSPHRASE_FILE=str(other)).out)["facts"] == before
    assert "does not open" in closed("export").sentence
    assert is_encrypted(home / "lumbar.db")


def test_at_a_terminal_the_new_one_is_typed_twice(closed: Run, home: Path, run: Run, tmp_path: Path) -> None:
    new = "a donkey and a dynamo"
    code, shown = typed(home, "encrypt", "--another", answers=(PHRASE, new, new))
    assert code == 0, shown
    assert new not in shown
    (tmp_path / "new").write_text(new)
    assert run("today", LUMBAR_PASSPHRASE_FILE=str(tmp_path / "new")).code == 0


def test_a_file_with_the_new_one_that_others_can_read_is_named(closed: Run, tmp_path: Path, phrase: str) -> None:
    said, under = "Others who use this machine can read the passphrase file", phrase
    for words, mode in (("a donkey and a dynamo", 0o644), ("a camel and a candle", 0o600)):
        new = tmp_path / words.split()[1]
        new.write_text(words)
        new.chmod(mode)
        changed = closed("encrypt", "--another", "--file", str(new), LUMBAR_PASSPHRASE_FILE=under)
        assert changed.code == 0, changed.err
        assert (f"{said} {new}" in changed.out) == (mode == 0o644)
        under = str(new)


def test_an_older_backup_is_gone_back_to_with_its_own_passphrase(
    closed: Run, run: Run, home: Path, tmp_path: Path
) -> None:
    before = json.loads(closed("export").out)["facts"]
    assert closed("backup").code == 0
    (backup,) = (path.name for path in (home / "backups").glob("*.encrypted.db"))
    new = "a donkey and a dynamo"
    (tmp_path / "new").write_text(new)
    assert closed("encrypt", "--another", "--file", str(tmp_path / "new")).code == 0
    under = {"LUMBAR_PASSPHRASE_FILE": str(tmp_path / "new")}
    assert run("approval", "on", **under).code == 0
    assert json.loads(run("export", **under).out)["facts"] != before
    assert "does not open this file" in run("restore", backup, **under).sentence
    code, shown = typed(home, "restore", backup, answers=(new, "not that one either"))
    assert (code, "does not open this file" in shown) == (1, True), shown
    code, shown = typed(home, "restore", backup, answers=(new, PHRASE))
    assert code == 0, shown
    assert json.loads(run("export", **under).out)["facts"] == before
    assert is_encrypted(home / "lumbar.db")


def test_another_one_is_refused_in_one_sentence(closed: Run, run: Run, home: Path, tmp_path: Path) -> None:
    before = (home / "lumbar.db").read_bytes()
    (tmp_path / "short").write_text("horse")
    for arguments, begins in (
        (("--another",), "There is nobody here to type the new passphrase"),
        (("--another", "--file", str(tmp_path / "none")), "The file "),
        (("--another", "--file", str(tmp_path / "short")), "A passphrase needs 8"),
        (("--file", str(tmp_path / "short")), "--file names the new passphrase"),
    ):
        refused = closed("encrypt", *arguments)
        assert refused.code == 2
        assert refused.err.splitlines()[-1].startswith(begins), refused.err
    assert (home / "lumbar.db").read_bytes() == before
    assert closed("decrypt").code == 0
    assert "under no passphrase" in closed("encrypt", "--another", "--file", str(tmp_path / "short")).sentence
