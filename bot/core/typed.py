"""What people type after a slash or to the bot, taken apart. Refuses to mind how it was typed."""

import re
import unicodedata

# As Slack writes "@name" in a message, and behind a slash command that asks for it.
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def split_word(text: str) -> tuple[str, str]:
    """The first word, in small letters of single width, and the rest as it was typed.

    Japanese keyboards type blanks and letters in double width: 「Ｈｅａｌｔｈ　アクメ」.
    """
    word, rest = (*text.split(maxsplit=1), "", "")[:2]
    return unicodedata.normalize("NFKC", word).lower(), rest.strip()


def take_mention(text: str) -> tuple[str | None, str]:
    """The Slack id of the first person named, or None, and the text without the mention."""
    found = _MENTION.search(text)
    if found is None:
        return None, " ".join(text.split())
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return found[1], " ".join(rest.split())
