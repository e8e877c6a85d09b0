"""Known refusals: what the bot will not do, said as a code.  Refuses to hold the sentence itself.

The sentence of a refusal is the block named by its code in `templates/refusals.{ja,en}.j2`.
"""

from collections.abc import Callable
from typing import ClassVar


class Refusal(Exception):
    """A refusal a person can act on; never a fault of the program.

    `code` names the sentence's block, `params` are the values it shows.  A subclass brings
    its usual code, so `UnknownAccount(said="アクメ")` needs none.
    """

    usual_code: ClassVar[str] = "refused"

    def __init__(self, code: str | None = None, /, **params: object) -> None:
        self.code = code or self.usual_code
        self.params: dict[str, object] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({shown})" if shown else self.code

    def __reduce__(self) -> tuple[Callable[..., "Refusal"], tuple[object, ...]]:
        # Exceptions pickle by their positional arguments alone; child processes need the rest.
        return _restore, (type(self), self.code, self.params)


def _restore(kind: type[Refusal], code: str, params: dict[str, object]) -> Refusal:
    return kind(code, **params)


class UnknownAccount(Refusal):
    """No account answers to what was said.  Params: `said`, and `near` with the closest names."""

    usual_code = "unknown_account"


class AmbiguousAccount(Refusal):
    """Several accounts answer to what was said.  Params: `said`, and `matches` to choose from."""

    usual_code = "ambiguous_account"


class NotAllowed(Refusal):
    """The person's role, or the place they speak in, does not permit this."""

    usual_code = "not_allowed"


class BadInput(Refusal):
    """What was typed, chosen or uploaded cannot be used as it stands; `params` name the mend."""

    usual_code = "bad_input"


class AlreadyDone(Refusal):
    """The same thing was meant and done before: a second click or a redelivery."""

    usual_code = "already_done"


class Busy(Refusal):
    """The queue is full; nothing was done and the person may try again at once."""

    usual_code = "busy"
