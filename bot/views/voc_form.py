"""Writing down what a customer said: the form, and what is said once it is recorded."""

from collections.abc import Sequence

from bot.core.say import Say
from bot.core.voc import (
    CATEGORIES,
    CHANNELS,
    CONFIDENCES,
    SENTIMENTS,
    SPEAKER_ROLES,
    Draft,
    Heard,
)
from bot.views import limits
from bot.views.blocks import Element, actions, section
from bot.views.elements import (
    Choice,
    account_select,
    button,
    date_picker,
    radio,
    select,
    text_input,
)
from bot.views.limits import beginning, escape_plain, shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import named, option, word

FORM = "logvoc"
ACCOUNT, TEXT, SENTIMENT, SAID_ON = "account", "text", "sentiment", "said_on"
SPEAKER, SPEAKER_ROLE, CHANNEL = "speaker", "speaker_role", "channel"
READ_AS, CONFIDENCE, CATEGORY = "read_as", "confidence", "category"
LONGEST_TEXT, LONGEST_SPEAKER, LONGEST_READING = limits.INPUT, 100, 1000
_NAME, _QUOTE = 80, 400


def build_voc_form(say: Say, draft: Draft) -> View:
    """The form with whatever is known already; customer, words, tone and day are required."""
    return form(
        FORM,
        title=say("voc", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={"permalink": draft.permalink} if draft.permalink else {},
        blocks=[*_notices(say, draft), *_required(say, draft), *_optional(say, draft)],
    )


def build_voc_recorded(say: Say, account_id: int, name: str, heard: Heard) -> Message:
    """What was recorded, with the way to the card."""
    told = say(
        "voc",
        "recorded",
        name=shorten(name, _NAME),
        said_on=heard.said_on,
        speaker=shorten(heard.speaker or "", 40),
        role=named(say, "role", heard.speaker_role),
        sentiment=say("voc", f"sentiment_{heard.sentiment}"),
        text=shorten(heard.text, _QUOTE),
        read_as=shorten(heard.read_as or "", _QUOTE),
        permalink=heard.permalink or "",
    )
    buttons = [button(word(say, "card"), "card", str(account_id))]
    return message(told, [section(told), *actions(buttons)])


def _notices(say: Say, draft: Draft) -> list[Block]:
    """Why no customer is filled in, and where the words had to be cut."""
    told = []
    if draft.said:
        said, count = shorten(draft.said, _NAME), len(draft.matches)
        told.append(say("voc", "which", said=said, count=count, is_near=draft.is_near))
    taken = len(beginning(draft.text, LONGEST_TEXT))
    if taken < len(draft.text):
        told.append(say("voc", "cut", taken=taken))
    return [section(each) for each in told]


def _required(say: Say, draft: Draft) -> list[Block]:
    words = text_input(TEXT, value=draft.text, multiline=True, most=LONGEST_TEXT)
    tones = radio(_choices(say, SENTIMENT, SENTIMENTS), SENTIMENT)
    day = date_picker(SAID_ON, say("voc", "choose"), draft.said_on)
    return [
        question(ACCOUNT, say("voc", "label_account"), _account(say, draft)),
        question(TEXT, say("voc", "label_text"), words, hint=say("voc", "hint_text")),
        question(SENTIMENT, say("voc", "label_sentiment"), tones),
        question(SAID_ON, say("voc", "label_said_on"), day),
    ]


def _account(say: Say, draft: Draft) -> Element:
    """A type-ahead; a menu of the few where the name that was typed fits several."""
    choices = [(escape_plain(name), str(ref)) for name, ref in draft.matches]
    if choices:
        return select(choices, ACCOUNT, say("voc", "choose_account"))
    chosen = (escape_plain(draft.account[0]), str(draft.account[1])) if draft.account else None
    return account_select(ACCOUNT, say("voc", "choose_account"), chosen)


def _optional(say: Say, draft: Draft) -> list[Block]:
    roles = [(option(say, "role", each), each) for each in SPEAKER_ROLES]
    speaker = text_input(SPEAKER, most=LONGEST_SPEAKER)
    reading = text_input(READ_AS, multiline=True, most=LONGEST_READING)
    return [
        _may(say, SPEAKER, speaker),
        _may(say, SPEAKER_ROLE, select(roles, SPEAKER_ROLE, say("voc", "choose"))),
        _may(say, CHANNEL, _select(say, CHANNEL, CHANNELS, draft.channel)),
        _may(say, READ_AS, reading, say("voc", "hint_read_as")),
        _may(say, CONFIDENCE, _select(say, CONFIDENCE, CONFIDENCES, "normal")),
        _may(say, CATEGORY, _select(say, CATEGORY, CATEGORIES)),
    ]


def _may(say: Say, name: str, element: Element, hint: str = "") -> Block:
    return question(name, say("voc", f"label_{name}"), element, hint=hint, optional=True)


def _select(say: Say, name: str, values: Sequence[str], chosen: str | None = None) -> Element:
    return select(_choices(say, name, values), name, say("voc", "choose"), chosen)


def _choices(say: Say, name: str, values: Sequence[str]) -> list[Choice]:
    return [(say("voc", f"{name}_{each}"), each) for each in values]
