"""Owner and second by hand: the form, and what is said once somebody is named."""

from bot.core.say import Say
from bot.views.blocks import section
from bot.views.elements import account_select, person_select, radio
from bot.views.limits import shorten
from bot.views.reply import Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

FORM = "owner"
ACCOUNT, POST, PERSON = "account", "post", "person"
_NAME = 80


def build_owner_form(say: Say, post: str) -> View:
    """Which account, what for, who."""
    posts = [(say("owner", f"post_{each}"), each) for each in ("owner", "second")]
    account = account_select(ACCOUNT, say("owner", "choose_account"))
    person = person_select(PERSON, say("owner", "choose_person"))
    return form(
        FORM,
        title=say("owner", "title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        blocks=[
            question(ACCOUNT, say("owner", "label_account"), account),
            question(POST, say("owner", "label_post"), radio(posts, POST, post)),
            question(PERSON, say("owner", "label_person"), person, hint=say("owner", "hint")),
        ],
    )


def build_owner_set(
    say: Say, post: str, account: str, name: str, before: str | None, left: tuple[int, int]
) -> Message:
    """Who answers for the account now, who did before, and how many alerts and tasks are theirs."""
    alerts, tasks = left
    told = say(
        "owner",
        f"set_{post}",
        account=shorten(account, _NAME),
        name=shorten(name, _NAME),
        before=shorten(before or "", _NAME),
        alerts=alerts,
        tasks=tasks,
    )
    return message(told, [section(told)])
