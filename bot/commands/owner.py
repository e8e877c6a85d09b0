"""`/sakidori owner ACCOUNT @person` and `second`: who answers for an account, by hand."""

from bot.ask import Ask
from bot.commands.lookup import get_account_id
from bot.core.refusal import BadInput
from bot.core.typed import take_mention
from bot.registry import LEADERS, command, form
from bot.services.owners import Post, count_left, set_post
from bot.services.people import link_member
from bot.store.accounts import get_names
from bot.store.members import get_member
from bot.store.unit import Unit
from bot.views.owner import ACCOUNT, FORM, PERSON, POST, build_owner_form, build_owner_set
from bot.views.reply import CloseForm, FormErrors, Message, OpenForm, Private, Reply


@command("owner", roles=LEADERS, opens_form=True, answers_text=True)
def owner(ask: Ask) -> Reply:
    """Name the owner of an account; alone the form."""
    return _by_word(ask, Post.OWNER)


@command("second", roles=LEADERS, opens_form=True, answers_text=True)
def second(ask: Ask) -> Reply:
    """Name who stands in for the owner; alone the form."""
    return _by_word(ask, Post.SECOND)


@form(FORM, roles=LEADERS)
def keep_owner(ask: Ask) -> Reply:
    """Name the person of the form, or tell which field is missing."""
    said = {name: answer.value or "" for name, answer in ask.fields.items()}
    needed = [name for name in (ACCOUNT, POST, PERSON) if not said.get(name)]
    if needed:
        return FormErrors({name: ask.say("owner", f"needed_{name}") for name in needed})
    with ask.reading() as unit:
        account_id = get_account_id(unit, f"id:{said[ACCOUNT]}")
    return CloseForm(_set(ask, account_id, Post(said[POST]), said[PERSON]))


def _by_word(ask: Ask, post: Post) -> Reply:
    if not ask.text.strip():
        return OpenForm(build_owner_form(ask.say, post.value))
    user, rest = take_mention(ask.text)
    if user is None:
        raise BadInput("nobody_named")
    if not rest:
        raise BadInput("no_account_named")
    with ask.reading() as unit:
        account_id = get_account_id(unit, rest)
    return Private(_set(ask, account_id, post, user))


def _set(ask: Ask, account_id: int, post: Post, user: str) -> Message:
    facts = ask.ports.directory.get_person(user)
    with ask.writing() as unit:
        member = link_member(unit, facts)
        name = member.name
        before = set_post(unit, account_id, post, member, ask.person.slack_user)
        account, was = get_names(unit).names[account_id], _name_of(unit, before)
        is_owner = post is Post.OWNER and before is not None
        left = count_left(unit, account_id, before) if is_owner and before else (0, 0)
    return build_owner_set(ask.say, post.value, account, name, was, left)


def _name_of(unit: Unit, member_id: int | None) -> str | None:
    return get_member(unit, member_id).name if member_id else None
