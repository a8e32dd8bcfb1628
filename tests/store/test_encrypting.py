"""A database under a passphrase: the same record, and nothing of it to be read without."""

import gc
import os
import sqlite3
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlcipher3.dbapi2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from lumbar.app.ports import Housed, Person
from lumbar.core.errors import BadImport, Conflict, StoreUnavailable
from lumbar.core.record import Fact, new_fact
from lumbar.store import (
    CopyReader,
    DatabaseCopier,
    SqlStore,
    decrypt,
    encrypt,
    is_encrypted,
    key_for,
    key_of,
    migrate,
    new_key,
    open_engine,
    remove_unfinished,
)
from lumbar.store.cipher import ROUNDS, Key, is_noise
from lumbar.store.database import WRITING

from .conftest import KEY

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PHRASE = KEY.phrase
OTHER = Key("another one altogether", KEY.salt)
SECRETS = (b"effort-reported", b"Europe/Berlin", b"tablet", b"Anna", b"it hurts here", b"CREATE TABLE", b"alembic")


def facts(many: int, person: str = "p") -> list[Fact]:
    return [
        new_fact("effort-reported", {"session": "s", "effort": n % 11, "note": "it hurts here"},
                 fact_id=str(UUID(int=n)), person=person, at=NOON + timedelta(minutes=n), zone="Europe/Berlin",
                 device="tablet", source="page")
        for n in range(many)
    ]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lumbar.db"


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def fill(path: Path, many: int = 300, key: Key | None = None) -> list[Housed]:
    """A database with a person and facts; what it holds."""
    engine = open_engine(url_of(path), key)
    migrate(engine)
    store = SqlStore(engine)
    store.ensure_person(Person("p", NOON, "Anna", 2))
    store.append("p", facts(many))
    store.close()
    return whole(path, key)


def whole(path: Path, key: Key | None = None) -> list[Housed]:
    """Everybody whom a database holds."""
    store = SqlStore(open_engine(url_of(path), key))
    try:
        return [Housed(one, tuple(store.record(one.id))) for one in store.people()]
    finally:
        store.close()


def readable(folder: Path) -> set[str]:
    """The files below a folder in which something can be read that only the record says."""
    return {file.name for file in folder.rglob("*") if file.is_file() and any(s in file.read_bytes() for s in SECRETS)}


def test_there_and_back_is_the_same_record(path: Path) -> None:
    before = fill(path)
    encrypt(open_engine(url_of(path)), KEY)
    assert is_encrypted(path)
    assert whole(path, KEY) == before
    decrypt(open_engine(url_of(path), KEY), KEY)
    assert not is_encrypted(path)
    assert whole(path) == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def blank(tmp_path: Path) -> bytes:
    """A database of this version with a person in it and no facts: making one takes longer than all the rest."""
    path = tmp_path / "blank.db"
    fill(path, 0)
    return path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"x-[a-z]{1,9}", fullmatch=True),
            st.dictionaries(st.text(max_size=8), st.text() | st.integers() | st.none() | st.booleans(), max_size=4),
            st.integers(-600, 600),
        ),
        max_size=12,
    ),
    st.text(min_size=8, max_size=30),
)
def test_any_record_under_any_passphrase(
    path: Path, blank: bytes, monkeypatch: pytest.MonkeyPatch, told: list[tuple[str, dict[str, Any], int]], phrase: str
) -> None:
    monkeypatch.setattr("lumbar.store.cipher.ROUNDS", 2)
    path.write_bytes(blank)
    store = SqlStore(open_engine(url_of(path)))
    made = [
        new_fact(kind, body, fact_id=str(UUID(int=n)), person="p", at=NOON + timedelta(minutes=minutes), source="page")
        for n, (kind, body, minutes) in enumerate(told)
    ]
    store.append("p", made)
    store.close()
    before, key = whole(path), new_key(phrase)
    encrypt(open_engine(url_of(path)), key)
    assert whole(path, key_for(path, phrase)) == before
    decrypt(open_engine(url_of(path), key), key)
    assert whole(path) == before


def test_no_file_shows_a_word_of_it(path: Path) -> None:
    fill(path)
    assert readable(path.parent) == {"lumbar.db"}
    encrypt(open_engine(url_of(path)), KEY)
    assert sorted(file.name for file in path.parent.iterdir()) == ["lumbar.db", "lumbar.db.encrypted"]
    engine = open_engine(url_of(path), key_for(path, PHRASE))
    store = SqlStore(engine)
    store.append("p", facts(900))
    store.put_person(Person("q", NOON, "Anna too"))
    log = path.with_name("lumbar.db-wal")
    assert log.stat().st_size > 100_000, "what was told last is in the log alone"
    assert readable(path.parent) == set()
    store.erase("p")
    assert readable(path.parent) == set()
    DatabaseCopier(engine)(path.with_name("copy.db"), NOON)
    assert readable(path.parent) == set()
    store.close()


def test_what_a_power_cut_left_in_the_log_is_there(path: Path, tmp_path: Path) -> None:
    fill(path, key=KEY)
    store = SqlStore(open_engine(url_of(path), KEY))
    store.append("p", facts(900))
    after = tmp_path / "after" / path.name
    after.parent.mkdir()
    for ending in ("", "-wal"):
        after.with_name(after.name + ending).write_bytes(path.with_name(path.name + ending).read_bytes())
    store.close()
    log = after.with_name(after.name + "-wal")
    before = (after.read_bytes(), log.read_bytes())
    assert is_encrypted(after)
    assert (after.read_bytes(), log.read_bytes()) == before
    assert len(whole(after, key_for(after, PHRASE))[0].facts) == 900


def test_what_lay_in_the_plain_file_is_overwritten(path: Path) -> None:
    fill(path)
    with path.open("rb") as old:
        encrypt(open_engine(url_of(path)), KEY)
        left = old.read()
    assert len(left) > 50_000
    assert set(left) == {0}


def test_a_copy_is_under_the_same_passphrase_and_whole(path: Path) -> None:
    before = fill(path, key=KEY)
    engine = open_engine(url_of(path), KEY)
    copy = path.with_name("copy.db")
    copier = DatabaseCopier(engine)
    copier(copy, NOON)
    assert copier.suffix == "encrypted.db"
    assert is_encrypted(copy)
    assert CopyReader(PHRASE).knows(copy.read_bytes())
    assert CopyReader(PHRASE)(copy) == before
    with pytest.raises(BadImport) as refused:
        CopyReader("another one altogether")(copy)
    assert refused.value.message.id == "error.passphrase-other"
    with pytest.raises(BadImport) as refused:
        CopyReader(None)(copy)
    assert refused.value.message.id == "error.passphrase-missing"
    engine.dispose()


@pytest.mark.parametrize("where", [5_000, 20_000, -100])
def test_a_copy_of_which_a_bit_has_turned_is_damaged(path: Path, where: int) -> None:
    fill(path, key=KEY)
    data = bytearray(path.read_bytes())
    data[where] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreUnavailable) as refused:
        CopyReader(PHRASE)(path)
    assert refused.value.message.id == "error.backup-damaged"


def test_another_passphrase_and_a_damaged_beginning_look_the_same_and_nothing_is_touched(path: Path) -> None:
    fill(path, key=KEY)
    good = path.read_bytes()
    turned = bytearray(good)
    turned[100] ^= 1
    for data, phrase in ((good, "another one altogether"), (bytes(turned), PHRASE)):
        path.write_bytes(data)
        for go in (migrate, lambda engine: SqlStore(engine).people(), lambda engine: decrypt(engine, key_of(engine))):
            engine = open_engine(url_of(path), key_for(path, phrase))
            with pytest.raises(StoreUnavailable) as refused:
                go(engine)
            engine.dispose()
            assert refused.value.message.id == "error.store-passphrase"
        assert path.read_bytes() == data
        assert [file.name for file in path.parent.iterdir()] == ["lumbar.db"]


def test_the_drivers_say_nothing_in_the_terminal(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fill(path, key=KEY)
    with pytest.raises(StoreUnavailable):
        migrate(open_engine(url_of(path), OTHER))
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def used(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A database that another process has open, as a server has that nobody asks anything."""
    fill(path)
    program = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1])\n"
        "db.execute('SELECT count(*) FROM fact').fetchone()\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait(30)


def test_while_anybody_has_it_open_it_is_left_alone(
    path: Path, used: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbar.store.encrypting._PATIENCE_MS", 50)
    with pytest.raises(Conflict) as refused:
        encrypt(open_engine(url_of(path)), KEY)
    assert refused.value.message.id == "error.encrypt-in-use"
    assert not is_encrypted(path)
    assert len(whole(path)[0].facts) == 300
    used.communicate("", timeout=30)
    encrypt(open_engine(url_of(path)), KEY)
    assert is_encrypted(path)


def test_whoever_waited_for_the_old_file_tells_it_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it wrote there would be lost, though it had been acknowledged."""
    fill(path)
    program = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n"
        "print('waits', flush=True)\n"
        "try:\n"
        "    db.execute('UPDATE person SET name = 1')\n"
        "    print('told')\n"
        "except sqlite3.Error as error:\n"
        "    print(error)\n"
    )
    waiting: list[subprocess.Popen[str]] = []
    from lumbar.store import encrypting

    plain = encrypting._compare

    def slow(*arguments: Any) -> None:
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        waiting.append(process)
        plain(*arguments)

    monkeypatch.setattr(encrypting, "_compare", slow)
    encrypt(open_engine(url_of(path)), KEY)
    said, _ = waiting[0].communicate(timeout=60)
    assert said == "file is not a database\n"
    assert whole(path, KEY)[0].person.name == "Anna"


def test_what_was_written_otherwise_replaces_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fill(path)
    from lumbar.store import encrypting

    plain = encrypting._write

    def forgetful(db: Any, part: Path, key: Key | None) -> None:
        plain(db, part, key)
        with closing(encrypting.cipher.opened(part, key, "mode=rw")) as other:
            other.execute("UPDATE fact SET device = 'phone' WHERE number = 250")

    monkeypatch.setattr(encrypting, "_write", forgetful)
    with pytest.raises(StoreUnavailable) as refused:
        encrypt(open_engine(url_of(path)), KEY)
    assert refused.value.message.id == "error.encrypt-differs"
    assert whole(path) == before
    assert not is_encrypted(path)
    assert not list(path.parent.glob(".*"))


def test_what_was_left_half_way_is_removed_once_nobody_is_at_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path, key=KEY)
    part = path.with_name(".lumbar.db.part")
    part.write_bytes(b"it hurts here")
    monkeypatch.setattr("lumbar.store.database._BUSY_TIMEOUT_MS", 50)
    engine = open_engine(url_of(path), KEY)
    busy = open_engine(url_of(path), KEY)
    with busy.connect().execution_options(**WRITING) as db, db.begin():
        with pytest.raises(StoreUnavailable, match="in-use"):
            remove_unfinished(engine)
        assert part.exists()
    remove_unfinished(engine)
    assert not part.exists()
    engine.dispose()
    busy.dispose()


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_it_belongs_to_whom_it_did(path: Path, mode: int) -> None:
    fill(path, 3)
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, 4321, 8765)
    owner = (path.stat().st_uid, path.stat().st_gid)
    encrypt(open_engine(url_of(path)), KEY)
    assert path.stat().st_mode & 0o777 == mode
    assert (path.stat().st_uid, path.stat().st_gid) == owner


def test_a_way_back_that_fails_leaves_no_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path, key=KEY)
    from lumbar.store import encrypting

    held = []

    def differs(_db: Any, part: Path, _key: Key | None) -> None:
        held.append(part.open("rb"))
        raise StoreUnavailable("error.encrypt-differs")

    monkeypatch.setattr(encrypting, "_compare", differs)
    with pytest.raises(StoreUnavailable):
        decrypt(open_engine(url_of(path), KEY), KEY)
    with held[0] as file:
        assert set(file.read()) == {0}
    assert is_encrypted(path)


def test_a_database_that_lies_elsewhere_stays_there(path: Path) -> None:
    target = path.with_name("disk") / "record.db"
    target.parent.mkdir()
    before = fill(target)
    path.symlink_to(target)
    (target.parent / ".record.db.part").write_bytes(b"left by somebody who was killed")
    encrypt(open_engine(url_of(path)), KEY)
    assert path.is_symlink()
    assert is_encrypted(target)
    left = target.parent / ".record.db.part"
    left.write_bytes(b"and once more")
    engine = open_engine(url_of(path), KEY)
    remove_unfinished(engine)
    engine.dispose()
    assert not left.exists()
    assert whole(path, KEY) == before


def test_a_folder_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fill(path)

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lumbar.store.encrypting.os.open", full)
    with pytest.raises(StoreUnavailable, match="store-full"):
        encrypt(open_engine(url_of(path)), KEY)
    monkeypatch.undo()
    assert whole(path) == before


def test_any_program_that_knows_sqlcipher_opens_it_by_the_passphrase_alone(path: Path) -> None:
    fill(path)
    encrypt(open_engine(url_of(path)), new_key('o\'horse "and" battery'))
    with closing(sqlcipher3.dbapi2.connect(str(path))) as db:
        db.execute("PRAGMA key = 'o''horse \"and\" battery'")
        assert db.execute("SELECT count(*) FROM fact").fetchone() == (300,)
        assert db.execute("PRAGMA cipher_settings").fetchone() == (f"PRAGMA kdf_iter = {ROUNDS};",)


def test_each_file_has_its_own_salt_and_begins_as_nothing_else_of_ours() -> None:
    keys = [new_key(PHRASE) for _ in range(50)]
    assert len({key.salt for key in keys}) == 50
    assert all(key.salt[0] >= 0x80 for key in keys)
    assert PHRASE not in repr(keys)


def test_a_key_is_derived_once_for_all_connections(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    derived: list[bytes] = []
    plain = hashlib.pbkdf2_hmac
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", lambda *a: derived.append(a[2]) or plain(*a))
    key = new_key(PHRASE)
    engine = open_engine(url_of(path), key)
    migrate(engine)
    connections = [engine.connect() for _ in range(5)]
    for db in connections:
        assert db.execute(text("SELECT count(*) FROM fact")).scalar() == 0
        db.close()
    engine.dispose()
    migrate(open_engine(url_of(path), key))
    assert derived == [key.salt]


@pytest.mark.parametrize(
    "data", [b"", b"x", b"a letter to my doctor\n" * 999, bytes(9_000), b"SQLite format 3\0" + bytes(range(256)) * 40]
)
def test_what_is_no_encrypted_database_is_not_taken_for_one(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert not is_encrypted(path)
    assert not is_encrypted(path.parent)
    assert not is_encrypted(path.with_name("nowhere"))


def test_noise_is_told_from_words() -> None:
    assert all(is_noise(os.urandom(4_096)) for _ in range(2_000))
    assert not is_noise(os.urandom(4_095))
    assert not is_noise(bytes(range(200)) * 30)


def test_a_home_under_no_passphrase_loads_no_cipher(path: Path) -> None:
    program = (
        "import sys\n"
        "from lumbar.store import SqlStore, is_encrypted, migrate, open_engine, remove_unfinished\n"
        "from pathlib import Path\n"
        "assert not is_encrypted(Path(sys.argv[1]))\n"
        "engine = open_engine('sqlite:///' + sys.argv[1])\n"
        "migrate(engine)\n"
        "remove_unfinished(engine)\n"
        "SqlStore(engine).people()\n"
        "assert 'sqlcipher3' not in sys.modules\n"
    )
    fill(path)
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=60)


def test_nothing_keeps_a_passphrase_but_the_key_itself(path: Path) -> None:
    """A module's own memory would hold it for as long as the process lives, whoever forgets it."""
    phrase = "".join(("a donkey", " and ", "a dynamo"))
    key = new_key(phrase)
    migrate(open_engine(url_of(path), key))
    kept = [one for one in gc.get_referrers(phrase) if isinstance(one, dict) and one.get("phrase") is phrase]
    assert all(one is vars(key) for one in kept)
    assert key.raw.endswith(f"{key.salt.hex()}'")
    gone = weakref.ref(key)
    del key, kept
    gc.collect()
    assert gone() is None
