"""What people type after a slash or to the bot, taken apart. Refuses to mind how it was typed."""

import unicodedata


def split_word(text: str) -> tuple[str, str]:
    """The first word, in small letters of single width, and the rest as it was typed.

    Japanese keyboards type blanks and letters in double width: 「Ｈｅａｌｔｈ　アクメ」.
    """
    word, rest = (*text.split(maxsplit=1), "", "")[:2]
    return unicodedata.normalize("NFKC", word).lower(), rest.strip()
