"""Small deeds of the tests' own: what the edge does must not hang on real commands."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.ask import Ask
from bot.core.refusal import AmbiguousAccount, BadInput
from bot.registry import CS_TEAM, EVERYBODY, Deed, Registry, whole
from bot.store import inbox
from bot.views.blocks import actions, section
from bot.views.elements import account_select, button, overflow, text_input
from bot.views.reply import (
    CloseForm,
    FormErrors,
    Message,
    OpenForm,
    Options,
    Private,
    Reply,
    UpdateForm,
    UpdateHome,
    View,
)
from bot.views.surfaces import form, home, message, question

Handler = Callable[[Ask], Reply]


@dataclass
class Heard:
    """What reached the deeds, and a gate that keeps slow ones waiting."""

    asks: list[Ask] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    @property
    def last(self) -> Ask:
        """The newest request."""
        return self.asks[-1]


def said(text: str) -> Message:
    """One line."""
    return message(text, [section(text)])


def registry_with(heard: Heard) -> Registry:
    """The real registry and the deeds below."""
    made = Registry(dict(whole().deeds), dict(whole().jobs))
    for deed in _deeds(heard):
        made.deeds[(deed.kind, deed.key)] = deed
    return made


def _deeds(heard: Heard) -> list[Deed]:
    def heard_by(kind: str, key: str, reply: Handler, opens_form: bool = False) -> Deed:
        def run(ask: Ask) -> Reply:
            heard.asks.append(ask)
            return reply(ask)

        return Deed(kind, key, run, CS_TEAM if key == "team" else EVERYBODY, opens_form=opens_form)

    def slow(ask: Ask) -> Reply:
        heard.gate.wait(30)
        return Private(said("slow done"))

    def submitted(ask: Ask) -> Reply:
        if ask.fields["words"].value == "slow":
            heard.gate.wait(30)
        return _submitted(ask)

    return [
        heard_by("command", "echo", lambda ask: Private(said(f"heard {ask.text}"))),
        heard_by("command", "team", lambda ask: Private(said("for the team"))),
        heard_by("command", "buttons", lambda ask: Private(_buttons())),
        heard_by("command", "crash", _crash),
        heard_by("command", "several", _several),
        heard_by("command", "slow", slow),
        heard_by("command", "chart", lambda ask: Private(_chart())),
        heard_by("command", "fill", lambda ask: OpenForm(_form("echo_form")), opens_form=True),
        heard_by("command", "refuses", _refuses, opens_form=True),
        heard_by("button", "press", lambda ask: Private(said(f"pressed {ask.value}"))),
        heard_by(
            "button", "swap", lambda ask: Private(said(f"swapped {ask.value}"), replaces=True)
        ),
        heard_by("button", "fill", lambda ask: OpenForm(_form("echo_form")), opens_form=True),
        heard_by("button", "deeper", lambda ask: UpdateForm(_form("echo_form", "second"))),
        heard_by("button", "home_press", lambda ask: UpdateHome(_home(f"home {ask.value}"))),
        heard_by(
            "options", "pick", lambda ask: Options([(f"{ask.value}{n}", str(n)) for n in (1, 2)])
        ),
        heard_by("form", "echo_form", submitted),
        heard_by("event", "app_home_opened", lambda ask: UpdateHome(_home("first"))),
    ]


def _crash(ask: Ask) -> Reply:
    raise ZeroDivisionError("the secret of アクメ")


def _several(ask: Ask) -> Reply:
    if ask.text.startswith("id:"):
        return Private(said(f"chosen {ask.text}"))
    raise AmbiguousAccount(said=ask.text, matches=[("A & B", "id:1"), ("C", "id:2")])


def _refuses(ask: Ask) -> Reply:
    raise BadInput


def _submitted(ask: Ask) -> Reply:
    text = ask.fields["words"].value or ""
    if text == "wrong":
        return FormErrors({"words": "write something else"})
    if text == "refused":
        raise BadInput
    if text == "more":
        return UpdateForm(_form("echo_form", "more"))
    with ask.writing() as unit:
        inbox.once(unit, f"test:{text}")
    return CloseForm(said(f"kept {text}"))


def _form(callback: str, label: str = "first") -> View:
    blocks = [
        question("words", label, text_input("words_input")),
        question("who", "who", account_select("pick", "who"), optional=True),
        *actions([button("deeper", "deeper", "1")]),
    ]
    carried = {"from": "test"}
    return form(
        callback, title="words", submit="send", close="close", blocks=blocks, carried=carried
    )


def _home(text: str) -> View:
    return home([section(text), *actions([button("again", "home_press", "pressed")])])


def _buttons() -> Message:
    menu = overflow([("menu", "press", "of menu"), ("other", "swap", "of menu")])
    row = [button("one", "press", "1"), button("two", "press", "2", number=2)]
    more = [button("swap", "swap", "x"), button("gone", "no_such_deed"), button("fill", "fill")]
    return message("buttons", [section("buttons"), *actions([*row, *more, menu])])


def _chart() -> Message:
    chart = {"type": "data_visualization", "title": "t", "chart": {"type": "unheard_of"}}
    return Message("chart", [section("before"), {**chart, "fallback": [section("▁▂▃")]}])
