"""One line a record, key=value, with what callers put into `extra`.  Refuses secrets and contents:
callers log ids, actions and counts, never bodies, tokens or names of contacts.
"""

import json
import logging

_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Talkative at INFO, and at DEBUG with bodies of requests.
_QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "uvicorn.access", "aiohttp")


class KeyValue(logging.Formatter):
    """at=… level=… from=… said="…" and the extras, in the order of their names."""

    def format(self, record: logging.LogRecord) -> str:
        pairs = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
        }
        extras = {name: value for name, value in vars(record).items() if name not in _USUAL}
        line = " ".join(
            f"{name}={_quoted(value)}"
            for name, value in {**pairs, **dict(sorted(extras.items()))}.items()
        )
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def start_logging(level: str) -> None:
    """Log to standard error from `level` on; libraries from warnings on."""
    handler = logging.StreamHandler()
    handler.setFormatter(KeyValue())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A tick still at work when the next is due is no news; the work itself is logged.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _quoted(value: object) -> str:
    text = str(value)
    is_bare = text and not set(text) & set(' "=\n')
    return text if is_bare else json.dumps(text, ensure_ascii=False)
