"""A workspace's own token is kept sealed; the one of the settings serves all the others."""

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.slack.tokens import Tokens
from bot.store.tables import Workspace


def workspace(**settings: object) -> Workspace:
    """A workspace with these settings."""
    return Workspace(team_id="T1", name="ours", settings=settings)


@pytest.fixture
def key() -> SecretStr:
    return SecretStr(Fernet.generate_key().decode())


def test_a_sealed_token_is_unreadable_and_comes_back(key: SecretStr) -> None:
    tokens = Tokens(SecretStr("xoxb-single"), key)
    sealed = tokens.seal("xoxb-own")
    assert "xoxb" not in sealed
    assert tokens.find(workspace(sealed_token=sealed)) == "xoxb-own"


def test_the_single_token_serves_a_workspace_without_one(key: SecretStr) -> None:
    assert Tokens(SecretStr("xoxb-single"), key).find(workspace()) == "xoxb-single"
    assert Tokens(None, key).find(workspace()) is None


def test_another_key_opens_nothing(key: SecretStr) -> None:
    sealed = Tokens(None, key).seal("xoxb-own")
    other = SecretStr(Fernet.generate_key().decode())
    assert Tokens(SecretStr("xoxb-single"), other).find(workspace(sealed_token=sealed)) is None


def test_without_a_key_nothing_is_written_down() -> None:
    with pytest.raises(LookupError, match="SAKIDORI_TOKEN_KEY"):
        Tokens(SecretStr("xoxb-single"), None).seal("xoxb-own")


def test_who_left_is_not_spoken_for(key: SecretStr) -> None:
    assert Tokens(SecretStr("xoxb-single"), key).find(workspace(left=True)) is None
