"""Messages of all channels, kept in the order of their stamps."""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.kinds import Json


@dataclass
class Message:
    """One message; `ephemeral_for` names the only person who sees it."""

    ts: str
    channel: str
    user: str
    text: str
    by_bot: bool = False
    blocks: list[Json] | None = None
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited_by: str | None = None
    edited_at: str | None = None
    ephemeral_for: str | None = None
    broadcast: bool = False
    state: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


class MessageStore:
    """The messages of one workspace by channel; ephemeral ones lie between the others."""

    def __init__(self) -> None:
        self._by_channel: dict[str, list[Message]] = {}
        self._by_stamp: dict[tuple[str, str], Message] = {}
        self._threads: dict[tuple[str, str], list[Message]] = {}

    def add(self, message: Message) -> Message:
        bisect.insort(self._by_channel.setdefault(message.channel, []), message, key=_order)
        self._by_stamp[message.channel, message.ts] = message
        if message.thread_ts and message.is_reply:
            thread = self._threads.setdefault((message.channel, message.thread_ts), [])
            bisect.insort(thread, message, key=_order)
        return message

    def remove(self, message: Message) -> None:
        self._by_channel[message.channel].remove(message)
        del self._by_stamp[message.channel, message.ts]
        if message.thread_ts and message.is_reply:
            self._threads[message.channel, message.thread_ts].remove(message)

    def all(self, channel: str) -> list[Message]:
        """Every message of a channel, oldest first, ephemeral ones among them."""
        return self._by_channel.get(channel, [])

    def find(self, channel: str, ts: str) -> Message | None:
        return self._by_stamp.get((channel, ts))

    def find_lasting(self, channel: str, ts: str) -> Message | None:
        """The message with this stamp, unless it is ephemeral (those are in no history)."""
        found = self.find(channel, ts)
        return None if found is None or found.ephemeral_for else found

    def history(self, channel: str) -> list[Message]:
        """What a channel shows to everybody, newest first: parents and broadcast replies."""
        lasting = [each for each in self.all(channel) if not each.ephemeral_for]
        return [each for each in reversed(lasting) if not each.is_reply or each.broadcast]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The replies of a thread, oldest first, without its parent."""
        thread = self._threads.get((channel, thread_ts), [])
        return [each for each in thread if not each.ephemeral_for]

    def __iter__(self) -> Iterator[Message]:
        for messages in self._by_channel.values():
            yield from messages


def _order(message: Message) -> tuple[int, int]:
    seconds, _, micros = message.ts.partition(".")
    return int(seconds), int(micros or 0)
