"""One file of Slack's onto our disk. Refuses with what happened, so that its owner can mend it."""

from pathlib import Path, PurePath

from bot.core.refusal import BadInput, Refusal
from bot.slack.line import Line, Payload, RateLimited, SlackRefused, Unclear
from bot.store.tables import Workspace

MEGABYTE = 1 << 20
_GONE = frozenset({"file_not_found", "file_deleted", "http_404", "http_410"})
# Without files:read, Slack's file hosts send one to the sign-in page, or show it at once.
_FORBIDDEN = frozenset(
    {
        *("missing_scope", "no_permission", "access_denied", "not_allowed_token_type", "sign_in"),
        *("http_301", "http_302", "http_303", "http_307", "http_401", "http_403"),
    }
)
_PAGES = (b"<!doctype html", b"<html")


def fetch_file(
    line: Line, workspace: Workspace, file_id: str, folder: Path, most_megabytes: int
) -> Path:
    """Download a file into `folder`, whole; a Refusal names it (`name`, "" where unknown).

    Raises SlackRefused for what nobody expected of Slack.
    """
    name = ""
    try:
        file = line.ask(workspace, "files.info", file=file_id)["file"]
        # The name is the uploader's: its last part only, so that it cannot leave the folder.
        name = PurePath(str(file.get("name") or "")).name
        _refuse_unfit(file, most_megabytes)
        folder.mkdir(parents=True, exist_ok=True)
        return _fetch(line, workspace, file, folder / _safe(name), most_megabytes * MEGABYTE)
    except Unclear as problem:
        raise Refusal("file_unreachable", name=name) from problem
    except SlackRefused as refused:
        raise _refusal(refused, name, most_megabytes) from refused


def _safe(name: str) -> str:
    return name if name.strip(".") else "file"


def _refuse_unfit(file: Payload, most_megabytes: int) -> None:
    """Before a byte is read: what was deleted meanwhile, and what is too large by its own word."""
    if file.get("mode") == "tombstone":
        raise SlackRefused("file_deleted")
    size = int(file.get("size") or 0)
    if size > most_megabytes * MEGABYTE:
        megabytes = -(-size // MEGABYTE)
        raise BadInput("file_too_large", megabytes=megabytes, limit=most_megabytes)


def _fetch(line: Line, workspace: Workspace, file: Payload, target: Path, most_bytes: int) -> Path:
    url = file.get("url_private_download") or file.get("url_private") or ""
    try:
        line.fetch(workspace, url, target, most_bytes)
        _refuse_other_content(file, target)
    except (SlackRefused, Unclear):
        target.unlink(missing_ok=True)
        raise
    return target


def _refuse_other_content(file: Payload, target: Path) -> None:
    """A page in place of the file, and a download that broke off without anybody saying so."""
    with target.open("rb") as read:
        start = read.read(64).lstrip().lower()
    if start.startswith(_PAGES) and "html" not in str(file.get("mimetype")):
        raise SlackRefused("sign_in")
    if file.get("size") and target.stat().st_size != int(file["size"]):
        raise Unclear("cut short")


def _refusal(refused: SlackRefused, name: str, limit: int) -> Exception:
    if refused.code == "too_large":
        return BadInput("file_too_large", megabytes=f">{limit}", limit=limit)
    if refused.code == "foreign_host":
        return BadInput("foreign_file")
    if refused.code in _GONE:
        return Refusal("file_gone", name=name)
    if refused.code in _FORBIDDEN:
        return Refusal("file_forbidden", name=name)
    if isinstance(refused, RateLimited) or refused.code.startswith(("http_429", "http_5")):
        return Refusal("file_unreachable", name=name)
    return refused
