"""The step of the messages: where each person's digest and alerts go, tried by a test post."""

from bot.ask import Ask
from bot.commands.setup import go_on
from bot.commands.setup_pages import SKIP, show
from bot.core.refusal import Refusal
from bot.core.setup import Place, Step
from bot.registry import OPS, form
from bot.services.ports import ChannelFacts
from bot.services.settings import judge_channel
from bot.services.setup.places import choose_places, list_places
from bot.store import outbox
from bot.views.channel import build_test_post
from bot.views.notices import render_refusal
from bot.views.reply import FormErrors, Reply, UpdateForm
from bot.views.setup import form_of
from bot.views.setup_steps import PAGE


@form(form_of(Step.CHANNELS), roles=OPS)
def keep_channels(ask: Ask) -> Reply:
    """Judge what changed; keep all of it or none, and try the new channels."""
    skip = int(ask.carried.get(SKIP, 0))
    with ask.reading() as unit:
        places = list_places(unit)
    shown = [one for one in places[skip : skip + PAGE] if one.field in ask.fields]
    facts, errors = _judge(ask, shown)
    if errors:
        return FormErrors(errors)
    _keep(ask, shown, facts)
    notice = _tell(ask, list(facts.values()))
    skip += PAGE
    if skip < len(places):
        return UpdateForm(show(ask, Step.CHANNELS, skip=skip, notice=notice))
    return go_on(ask, Step.CHANNELS, notice)


def _judge(ask: Ask, shown: list[Place]) -> tuple[dict[str, ChannelFacts], dict[str, str]]:
    """Facts of each newly chosen channel, and what is wrong by field."""
    facts: dict[str, ChannelFacts] = {}
    errors = {}
    for place in shown:
        channel = ask.fields[place.field].value
        if not channel or channel == place.channel:
            continue
        try:
            found = ask.ports.directory.get_channel(channel, fresh=channel not in facts)
        except Refusal as refusal:
            errors[place.field] = render_refusal(ask.say, refusal)
            continue
        facts[channel] = found
        if problem := judge_channel(found):
            errors[place.field] = ask.say("channel", problem)
    return facts, errors


def _keep(ask: Ask, shown: list[Place], facts: dict[str, ChannelFacts]) -> None:
    """The places, and one test post in each new channel, in one transaction."""
    chosen = {place.member_id: ask.fields[place.field].value or None for place in shown}
    posts = {}
    for channel in facts:
        names = [one.name for one in shown if chosen[one.member_id] == channel != one.channel]
        posts[channel] = build_test_post(ask.ports.workspace_voice, names)
    with ask.writing() as unit:
        moved = choose_places(unit, chosen, ask.person.slack_user)
        # A second submission at the same moment finds everybody there, and everything tried.
        for channel, told in posts.items() if moved else ():
            outbox.put(
                unit,
                key=f"channel-test:{channel}:{moved[0]}:{unit.at:%Y%m%dT%H%M%S}",
                audience=channel,
                text=told.text,
                blocks=told.blocks,
                holds_customer_data=False,
            )


def _tell(ask: Ask, facts: list[ChannelFacts]) -> str:
    """Where test posts went, and which channels anybody in the company reads."""
    if not facts:
        return ""
    told = [ask.say("setup", "channel_told", names=[each.name for each in facts])]
    if public := [each.name for each in facts if each.kind == "public"]:
        told.append(ask.say("setup", "channel_public", names=public))
    return "\n".join(told)
