"""Access in the local mode: one household, no passwords, and a token that only this server's own pages have."""

import hmac


class LocalAccess:
    """Whoever holds the token is a page that this server gave out. Whose record it asks for is another question."""

    def __init__(self, token: str) -> None:
        self._token = token

    def admits(self, credential: str | None) -> bool:
        return credential is not None and hmac.compare_digest(credential.encode(), self._token.encode())

    def admit(self) -> str:
        return self._token
