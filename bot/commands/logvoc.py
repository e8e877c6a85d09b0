"""VoC: what a customer said, written down by a word, from a card, or from a message.

Refuses to guess whom a name means; the form then asks, with the words already in it.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.core.voc import Draft, Heard, list_readings
from bot.registry import CS_TEAM, button, command, form, shortcut
from bot.services.voc import record_voc
from bot.store.accounts import AccountNames, get_names
from bot.store.unit import Unit
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply
from bot.views.voc_form import (
    ACCOUNT,
    CATEGORY,
    CHANNEL,
    CONFIDENCE,
    FORM,
    READ_AS,
    SAID_ON,
    SENTIMENT,
    SPEAKER,
    SPEAKER_ROLE,
    TEXT,
    build_voc_form,
    build_voc_recorded,
)

_OFFERED = 5


@command("logvoc", roles=CS_TEAM, slash="/logvoc", opens_form=True)
def log_voc(ask: Ask) -> Reply:
    """The form, filled in with the customer named and the words behind the name."""
    with ask.reading() as unit:
        draft = _read_line(unit, ask.text, ask.today)
    return OpenForm(build_voc_form(ask.say, draft))


@button("logvoc", roles=CS_TEAM, opens_form=True)
def log_voc_of_account(ask: Ask) -> Reply:
    """The form for the customer whose card the button is on."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name = get_names(unit).names[account_id]
    return OpenForm(build_voc_form(ask.say, Draft(ask.today, account=(name, account_id))))


@shortcut("logvoc_message", roles=CS_TEAM, of_message=True)
def log_voc_of_message(ask: Ask) -> Reply:
    """The form with a message's words, its day, and the link back to it."""
    channel, ts = ask.where.channel or "", ask.where.ts or ""
    return OpenForm(build_voc_form(ask.say, draft_of_message(ask, channel, ts, ask.text)))


@form(FORM, roles=CS_TEAM)
def save_voc(ask: Ask) -> Reply:
    """Record what the form says, or tell below each field what it lacks."""
    errors = _judge(ask)
    if errors:
        return FormErrors(errors)
    heard = _read_form(ask)
    with ask.reading() as unit:
        account_id = get_account_id(unit, f"id:{_said(ask, ACCOUNT)}")
        name = get_names(unit).names[account_id]
    with ask.writing() as unit:
        record_voc(unit, account_id, heard, ask.person.member_id, ask.today)
    return CloseForm(build_voc_recorded(ask.say, account_id, name, heard))


def draft_of_message(ask: Ask, channel: str, ts: str, text: str) -> Draft:
    """A message's words, its day, and the link back to it."""
    link = ask.ports.directory.find_permalink(channel, ts) if channel and ts else None
    said_on = _day_of(ask, ts) if ts else ask.today
    return Draft(said_on, text.strip(), channel="chat", permalink=link or "")


def _read_line(unit: Unit, line: str, today: date) -> Draft:
    """The longest beginning of the line that names a customer; the rest is what they said.

    Where no beginning does, names near the first word are offered; with none near, all was said.
    """
    names = get_names(unit)
    readings = list_readings(line)
    for said, words in readings:
        if found := names.find(said):
            return _draft(names, said, words, found, today)
    if not readings:
        return Draft(today)
    said, words = readings[-1]
    near = names.near(said, _OFFERED) if words else names.near(line, _OFFERED)
    return _draft(names, said, words if near else line.strip(), near, today, is_near=True)


def _draft(
    names: AccountNames,
    said: str,
    words: str,
    found: list[int],
    today: date,
    *,
    is_near: bool = False,
) -> Draft:
    matches = [(names.names[each], each) for each in found]
    if len(matches) == 1 and not is_near:
        return Draft(today, words, account=matches[0])
    return Draft(today, words, matches=matches, said=said, is_near=is_near)


def _day_of(ask: Ask, ts: str) -> date:
    """The person's day on which a message was sent; never past today."""
    sent_at = datetime.fromtimestamp(float(ts), UTC)
    return min(ask.today, sent_at.astimezone(ZoneInfo(ask.person.zone)).date())


def _said(ask: Ask, name: str) -> str:
    """What a field holds, without blanks around it; "" where it was left empty."""
    held = ask.fields.get(name)
    return ((held.value if held else None) or "").strip()


def _judge(ask: Ask) -> dict[str, str]:
    needed = [name for name in (ACCOUNT, TEXT, SENTIMENT, SAID_ON) if not _said(ask, name)]
    errors = {name: ask.say("voc", f"needed_{name}") for name in needed}
    if SAID_ON not in errors and date.fromisoformat(_said(ask, SAID_ON)) > ask.today:
        errors[SAID_ON] = ask.say("voc", "in_future", today=ask.today)
    return errors


def _read_form(ask: Ask) -> Heard:
    return Heard(
        said_on=date.fromisoformat(_said(ask, SAID_ON)),
        text=_said(ask, TEXT),
        sentiment=_said(ask, SENTIMENT),
        speaker=_said(ask, SPEAKER) or None,
        speaker_role=_said(ask, SPEAKER_ROLE) or None,
        channel=_said(ask, CHANNEL) or None,
        read_as=_said(ask, READ_AS) or None,
        confidence=_said(ask, CONFIDENCE) or "normal",
        category=_said(ask, CATEGORY) or None,
        permalink=ask.carried.get("permalink") or None,
    )
