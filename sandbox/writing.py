"""What people type, as Slack stores it: escaped, with names turned into ids."""

import re

from sandbox.state.world import World


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(world: World, text: str) -> str:
    """Escape, then write @name of a known person and #name of a known channel as ids."""
    people = {user.name: user.id for user in world.users.values() if user.name}
    people |= {user.real_name: user.id for user in world.users.values() if user.real_name}
    channels = {channel.name: channel.id for channel in world.channels.values() if channel.name}

    def person(found: re.Match[str]) -> str:
        known = people.get(found[1])
        return f"<@{known}>" if known else found[0]

    def channel(found: re.Match[str]) -> str:
        known = channels.get(found[1])
        return f"<#{known}|{found[1]}>" if known else found[0]

    return re.sub(r"#([\w-]+)", channel, re.sub(r"@([\w.-]+)", person, escaped(text)))
