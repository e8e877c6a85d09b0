"""The forms of an alert: snooze, false alarm, hand over."""

from datetime import date

from bot.core.alert_page import AlertPage
from bot.core.say import Say
from bot.views.alert_parts import about
from bot.views.blocks import section
from bot.views.elements import date_picker, person_select, text_input
from bot.views.reply import Block, View
from bot.views.surfaces import form, question
from bot.views.words import word

SNOOZE, FALSE_ALARM, HAND = "alert_snooze", "alert_false", "alert_hand"
EPISODE, FROM = "episode", "from"
UNTIL_ON, REASON, PERSON = "until_on", "reason", "person"
# Slack counts a field's text escaped, and an ampersand as five: 3,000 at most.
LONGEST_REASON = 600


def build_snooze_form(say: Say, page: AlertPage, proposed_on: date) -> View:
    """Until when, and why."""
    picker = date_picker(UNTIL_ON, say("alert_told", "placeholder_date"), proposed_on)
    hint = say("alert_told", "hint_until_on")
    until = question(UNTIL_ON, say("alert_told", "label_until_on"), picker, hint=hint)
    return _form(say, SNOOZE, say("alert_told", "snooze_title"), page, [until, _reason(say)])


def build_false_form(say: Say, page: AlertPage) -> View:
    """Why it was none."""
    told = say("alert_told", "false_about", **about(say, page.alert))
    title = say("alert_told", "false_title")
    return _form(say, FALSE_ALARM, title, page, [_reason(say)], told)


def build_hand_form(say: Say, page: AlertPage) -> View:
    """To whom."""
    picker = person_select(PERSON, say("alert_told", "placeholder_person"))
    to = question(PERSON, say("alert_told", "label_person"), picker)
    return _form(say, HAND, say("alert_told", "hand_title"), page, [to])


def _reason(say: Say) -> Block:
    why = text_input(REASON, multiline=True, most=LONGEST_REASON)
    return question(REASON, say("alert_told", "label_reason"), why)


def _form(
    say: Say, name: str, title: str, page: AlertPage, blocks: list[Block], told: str = ""
) -> View:
    alert = page.alert
    return form(
        name,
        title=title,
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={EPISODE: str(alert.id), FROM: str(alert.owner_id or "")},
        blocks=[
            section(told or say("alert_told", "form_about", **about(say, alert))),
            *blocks,
        ],
    )
