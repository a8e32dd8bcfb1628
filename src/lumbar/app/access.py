"""Access in the local mode: one household, no passwords, and a token that only this server's own pages have."""

import hmac
from functools import cached_property

from lumbar.app.ports import Person, Store


class LocalAccess:
    """Whoever holds the token is the household's person."""

    def __init__(self, store: Store, token: str, newcomer: Person) -> None:
        self._store = store
        self._token = token
        self._newcomer = newcomer

    def who(self, credential: str | None) -> Person | None:
        if credential is None or not hmac.compare_digest(credential.encode(), self._token.encode()):
            return None
        return self.person

    def admit(self) -> str:
        return self._token

    @cached_property
    def person(self) -> Person:
        """The household's person, looked up once."""
        return self._store.ensure_person(self._newcomer)
