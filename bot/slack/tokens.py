"""Which bot token speaks for a workspace: its own, kept sealed, or the one of the settings."""

from cryptography.fernet import Fernet, InvalidToken
from pydantic import SecretStr

from bot.store.tables import Workspace

SEALED = "sealed_token"


class Tokens:
    """Finds and seals bot tokens. Without a `key` no token is ever written to the database."""

    def __init__(self, single: SecretStr | None, key: SecretStr | None) -> None:
        self._single = single
        self._box = Fernet(key.get_secret_value()) if key else None

    def find(self, workspace: Workspace) -> str | None:
        """The token of `workspace`, or None when it has none (any more)."""
        sealed = workspace.settings.get(SEALED)
        if sealed and self._box:
            return self._open(sealed)
        if workspace.settings.get("left"):
            return None
        return self._single.get_secret_value() if self._single else None

    def seal(self, token: str) -> str:
        """`token` as it may be written down; raises LookupError without a key."""
        if self._box is None:
            raise LookupError("a token is stored only under SAKIDORI_TOKEN_KEY")
        return self._box.encrypt(token.encode()).decode()

    def _open(self, sealed: str) -> str | None:
        assert self._box is not None
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
