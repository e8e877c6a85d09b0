"""What a command may answer. Plain values: the slack room knows how each is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """Blocks and the fallback text that makes sense on a lock screen."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Private:
    """Said to the asking person alone, by `response_url`; `replaces` the message with the button.

    In the bot's direct message it is an ordinary message, since everything there is private.
    """

    message: Message
    replaces: bool = False


@dataclass(frozen=True)
class OpenForm:
    """A form; the edge has opened a skeleton already and fills it with this view."""

    view: View


@dataclass(frozen=True)
class UpdateForm:
    """The answer to a submission that keeps the form open with another content."""

    view: View


@dataclass(frozen=True)
class FormErrors:
    """A submission that cannot be taken: sentence by block_id. Nothing was written."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class CloseForm:
    """The submission was taken; `message`, when given, is said privately afterwards."""

    message: Message | None = None


@dataclass(frozen=True)
class UpdateHome:
    """The person's App Home; `message`, when given, is said privately as well."""

    view: View
    message: Message | None = None


@dataclass(frozen=True)
class Options:
    """Type-ahead: at most 100 pairs of label and value."""

    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Quiet:
    """Nothing is to be said: an event that only leaves facts."""


Reply = Private | OpenForm | UpdateForm | FormErrors | CloseForm | UpdateHome | Options | Quiet


@dataclass(frozen=True)
class Post:
    """A message meant for the outbox. `key` says what it is; the same key is never posted twice."""

    key: str
    audience: str
    message: Message
    holds_customer_data: bool = True
    thread_of_key: str | None = None
