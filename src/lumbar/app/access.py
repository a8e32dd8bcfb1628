"""Access in the local mode: one household, no passwords, and a token that only this server's own pages have."""

import hmac

from lumbar.app.ports import Person


class LocalAccess:
    """Whoever holds the token is the household's person."""

    def __init__(self, token: str, person: Person) -> None:
        self._token = token
        self.person = person

    def who(self, credential: str | None) -> Person | None:
        if credential is None or not hmac.compare_digest(credential.encode(), self._token.encode()):
            return None
        return self.person

    def admit(self) -> str:
        return self._token
