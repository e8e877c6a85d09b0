"""Which reaction on a message offers to write it down as VoC. Refuses what is no emoji's name."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.refusal import BadInput
from bot.store.unit import Unit

SETTING = "voc_reaction"
# 🗣, which every workspace has.
USUAL = "speaking_head_in_silhouette"
_NAME = re.compile(r":?([a-z0-9_+'-]{1,100})(?:::skin-tone-[2-6])?:?")


def read_reaction(settings: Mapping[str, Any]) -> str:
    """The emoji's name, without colons."""
    return str(settings.get(SETTING) or USUAL)


def is_reaction(settings: Mapping[str, Any], name: str) -> bool:
    """Whether this reaction is the one, whatever the colour of its skin."""
    return name.partition("::")[0] == read_reaction(settings)


def set_reaction(unit: Unit, said: str, actor: str) -> str:
    """Use this emoji from now on, with or without colons; gives its name."""
    found = _NAME.fullmatch(said.strip())
    if found is None:
        raise BadInput("bad_reaction", said=said.strip())
    unit.workspace.settings = {**unit.workspace.settings, SETTING: found[1]}
    unit.audit(actor, "voc_reaction_set", found[1])
    return found[1]
