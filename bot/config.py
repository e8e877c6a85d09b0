"""Settings from the environment.  All that is wrong is said at once, each with its mend."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SLACK = "https://slack.com/api/"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_MENDS = {
    "database_url": "write sqlite:///path/to/file.sqlite3 or postgresql://user@host/name",
    "slack_bot_token": 'copy the "Bot User OAuth Token" (xoxb-…) of the app\'s OAuth page',
    "slack_app_token": "make an app-level token (xapp-…) with the scope connections:write",
    "slack_signing_secret": 'copy "Signing Secret" of the app\'s Basic Information page',
    "slack_api_url": f"write an http(s) address ending in /api/, or leave it out for {SLACK}",
    "sakidori_ops": "write the Slack id (U…) or the e-mail of the first ops person",
    "sakidori_demo": "write 1 or 0",
    "sakidori_demo_ahead": "write by how many seconds the demo's clock runs ahead",
    "sakidori_state_dir": "name a directory that may be written",
    "sakidori_prefix": "write lower-case letters, digits, - or _, at most 16",
    "sakidori_token_key": "make one: python -c 'from cryptography.fernet import Fernet as F;"
    " print(F.generate_key().decode())'",
    "sakidori_file_limit_mb": "write a number of megabytes from 1 to 1000",
    "sakidori_workers": "write a number from 1 to 64",
    "sakidori_queue": "write a number from 1 to 10000",
    "sakidori_slack_seconds": "write how many seconds Slack may take to answer, 1 to 60",
    "sakidori_send_lease_seconds": "write more than twice SAKIDORI_SLACK_SECONDS; 120 is usual",
    "sakidori_settle_seconds": "write more than twice SAKIDORI_SLACK_SECONDS; 40 is usual",
    "sakidori_job_lease_seconds": "write more seconds than the slowest job takes; 1800 is usual",
    "sakidori_work_seconds": "write more seconds than the largest import or recompute takes, and"
    " fewer than SAKIDORI_JOB_LEASE_SECONDS; 1200 is usual",
    "sakidori_tick_seconds": "write how often the clock looks, 0.1 to 60 seconds",
    "port": "write a port from 0 to 65535",
    "log_level": f"write one of {', '.join(LEVELS)}",
}


class ConfigProblem(Exception):
    """What is wrong with the settings: one line each, with its mend. Holds no secret."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def _starting(*starts: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not secret.get_secret_value().startswith(starts):
            raise ValueError(f"does not start with {' or '.join(starts)}")
        return secret

    return AfterValidator(check)


def _url(text: str) -> str:
    try:
        kind = make_url(text).get_backend_name()
    except ArgumentError as problem:
        raise ValueError("is not a database address") from problem
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"{kind} is neither SQLite nor PostgreSQL")
    return text


def _api(text: str) -> str:
    if not text.startswith(("http://", "https://")) or not text.endswith("/api/"):
        raise ValueError("is not an http(s) address ending in /api/")
    return text


def _key(secret: SecretStr) -> SecretStr:
    from cryptography.fernet import Fernet

    try:
        Fernet(secret.get_secret_value())
    except ValueError as problem:
        raise ValueError("is not a Fernet key") from problem
    return secret


def _longer(seconds: float, told: ValidationInfo) -> float:
    """A lease that ends while an answer may still come would have things said twice."""
    answer = told.data.get("sakidori_slack_seconds", 0)
    if seconds <= 2 * answer:
        raise ValueError(f"is too short beside answers that may take {answer} seconds")
    return seconds


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError("is no level")
    return text.upper()


class Settings(BaseSettings):
    """What the environment says. An empty variable counts as not set."""

    model_config = SettingsConfigDict(
        extra="ignore", hide_input_in_errors=True, env_ignore_empty=True, frozen=True
    )

    database_url: Annotated[str, AfterValidator(_url)] = "sqlite:///sakidori.sqlite3"
    slack_bot_token: Annotated[SecretStr, _starting("xoxb-", "xoxe.")] | None = None
    slack_app_token: Annotated[SecretStr, _starting("xapp-")] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_api)] = SLACK
    sakidori_ops: str | None = None
    sakidori_demo: bool = False
    sakidori_demo_ahead: float = 0.0
    sakidori_state_dir: Path = Path("var")
    sakidori_prefix: Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,16}$")] = ""
    sakidori_token_key: Annotated[SecretStr, AfterValidator(_key)] | None = None
    sakidori_file_limit_mb: Annotated[int, Field(ge=1, le=1000)] = 100
    sakidori_workers: Annotated[int, Field(ge=1, le=64)] = 8
    sakidori_queue: Annotated[int, Field(ge=1, le=10_000)] = 64
    sakidori_slack_seconds: Annotated[int, Field(ge=1, le=60)] = 10
    sakidori_send_lease_seconds: Annotated[float, AfterValidator(_longer)] = 120.0
    sakidori_settle_seconds: Annotated[float, AfterValidator(_longer)] = 40.0
    sakidori_job_lease_seconds: Annotated[float, Field(ge=1)] = 1800.0
    sakidori_work_seconds: Annotated[float, Field(ge=1)] = 1200.0
    sakidori_tick_seconds: Annotated[float, Field(ge=0.1, le=60)] = 20.0
    port: Annotated[int, Field(ge=0, le=65_535)] = 3000
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"


def read_settings(*required: str, **given: Any) -> Settings:
    """The settings, with `required` ones present; raises `ConfigProblem` naming all that is wrong.

    A requirement may name alternatives: "slack_app_token|slack_signing_secret". `given` values
    stand before the environment's.
    """
    problems: list[str] = []
    settings = None
    try:
        settings = Settings(**given)
    except ValidationError as invalid:
        problems = [_line(str(each["loc"][0]), each["msg"]) for each in invalid.errors()]
    named = {line.partition(":")[0].lower() for line in problems}
    present = _present(given) if settings is None else _set_in(settings)
    for requirement in required:
        names = requirement.split("|")
        if not present.intersection(names) and not named.intersection(names):
            problems.append(_missing(names))
    if problems or settings is None:
        raise ConfigProblem(problems)
    return settings


def _set_in(settings: Settings) -> set[str]:
    return {name for name, value in settings if value is not None}


def _present(given: dict[str, Any]) -> set[str]:
    """What is set at all, right or wrong, when the settings as a whole could not be read."""
    import os

    in_environment = {name.lower() for name, value in os.environ.items() if value}
    return in_environment | {name for name, value in given.items() if value is not None}


def _line(name: str, what: str) -> str:
    said = what.removeprefix("Value error, ")
    return f"{name.upper()}: {said}; {_MENDS[name]}"


def _missing(names: list[str]) -> str:
    either = " or ".join(name.upper() for name in names)
    mends = "; or ".join(_MENDS[name] for name in names)
    return f"{either}: is not set; {mends}"
