"""Files under a passphrase, in the age format (age-encryption.org/v1): any `age` program opens them as well."""

import unicodedata
from contextlib import suppress

from pyrage import DecryptError, passphrase

from lumbar.core.errors import BadImport, Misuse

SUFFIX = ".age"
_BEGINS = b"age-encryption.org/"
SHORTEST = 8
"""The shortest passphrase that is taken (design): shorter ones are found by trying."""


def is_sealed(data: bytes) -> bool:
    """Whether a file is under a passphrase, by its first bytes."""
    return data.startswith(_BEGINS)


def seal(data: bytes, phrase: str) -> bytes:
    """Put a file under a passphrase. Raises Misuse for one that is too short."""
    check_phrase(phrase)
    return bytes(passphrase.encrypt(data, _spelt(phrase)[0]))


def check_phrase(phrase: str) -> None:
    """Raises Misuse for a passphrase that is too short for anything to be put under it."""
    if len(phrase) < SHORTEST:
        raise Misuse("error.passphrase-short", shortest=SHORTEST)


def unseal(data: bytes, phrase: str | None) -> bytes:
    """The file under a passphrase; any other as it is. Raises BadImport when the passphrase is missing or is not the
    one, or when the file is cut short or was changed."""
    if not is_sealed(data):
        return data
    if phrase is None:
        raise BadImport("error.passphrase-missing")
    for spelling in _spelt(phrase):
        with suppress(DecryptError):
            return bytes(passphrase.decrypt(data, spelling))
    raise BadImport("error.passphrase-other")


def _spelt(phrase: str) -> list[str]:
    """The spelling in which a passphrase is used, and those that a file of before or of another program may be under:
    one keyboard sends é as one sign, another as two."""
    return list(dict.fromkeys((unicodedata.normalize("NFC", phrase), phrase, unicodedata.normalize("NFD", phrase))))
