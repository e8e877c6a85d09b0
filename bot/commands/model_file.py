"""The health model as a YAML file: sent to whoever asks, a draft when it is dropped."""

import shutil
from pathlib import Path

from bot.ask import Ask
from bot.core.model_problem import InvalidModel
from bot.core.refusal import Refusal
from bot.registry import OPS, button
from bot.services.models.files import take_text, write_file
from bot.store import outbox
from bot.store.inbox import once, was_done
from bot.views.model import YAML
from bot.views.model_told import build_bad_file, build_line, build_taken_file
from bot.views.notices import build_refusal
from bot.views.reply import Message, Private, Reply


@button(YAML, roles=OPS)
def send_yaml(ask: Ask) -> Reply:
    """The version as a file in the person's direct message."""
    with ask.reading() as unit:
        path, revision = write_file(unit, ask.ports.heavy.folder, int(ask.value))
        channel = unit.workspace.ops_channel
    told = build_line(
        ask.say, "yaml_text", number=int(ask.value), revision=revision, channel=channel
    )
    user = ask.person.slack_user
    with ask.writing() as unit:
        outbox.put(
            unit,
            key=f"model:yaml:{ask.value}:{revision}:{user}:{unit.at.isoformat()}",
            audience=user,
            text=told.text,
            kind="upload",
            files=[str(path)],
            holds_customer_data=False,
        )
    return Private(build_line(ask.say, "yaml_sent"))


def take_model(ask: Ask, path: Path, file_id: str) -> Message | None:
    """A draft of a dropped file, or what is wrong with it; None for one that was taken before.

    The file is not kept: the draft holds all that was in it.
    """
    mark, data = f"model:{file_id}", path.read_bytes()
    shutil.rmtree(path.parent, ignore_errors=True)
    with ask.reading() as unit:
        if was_done(unit, mark):
            return None
    try:
        with ask.writing() as unit:
            once(unit, mark)
            number = take_text(unit, data, ask.person.slack_user)
    except InvalidModel as invalid:
        return build_bad_file(ask.say, path.name, invalid.problems)
    except Refusal as refusal:
        return build_refusal(ask.say, refusal, "model")
    return build_taken_file(ask.say, path.name, number)
