"""What stands in the channels and tables at the end, against what had to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.services.imports import batches
from bot.store import job_runs, outbox
from bot.store.tables import ImportBatch, JobRun, OutboxItem
from tests.kill.company import OPS_ROOM, Reader
from tests.kill.world import World

Json = dict[str, Any]


@dataclass
class Verdict:
    """Counts to print, and every breach of a promise with its evidence."""

    expected: int = 0
    found: int = 0
    missing: int = 0
    duplicates: int = 0
    notices: int = 0
    applied: int = 0
    breaches: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Judge:
    """Looks at one world after its days are over."""

    world: World
    days: Sequence[date]
    nights: Sequence[date]
    delivered: Sequence[Path]

    def judge(self) -> Verdict:
        """Everything that was promised."""
        verdict = Verdict()
        messages = self.world.sandbox.state()["messages"]
        verdict.breaches += self._twice(messages)
        verdict.breaches += self._places(messages)
        self._digests(messages, verdict)
        self._notices(messages, verdict)
        verdict.breaches += self._runs()
        self._imports(verdict)
        return verdict

    def _twice(self, messages: Json) -> Iterator[str]:
        """No outbox item stands twice anywhere, and no two messages of a channel say the same."""
        ids = Counter(_item_of(each) for channel in messages.values() for each in channel)
        yield from (f"outbox item {one} stands {n} times" for one, n in ids.items() if n > 1)
        for channel, said in messages.items():
            texts = Counter(_words(each) for each in said)
            for words, times in texts.items():
                if times > 1:
                    yield f"{channel} reads {times} times: {words[:120]!r}"

    def _places(self, messages: Json) -> Iterator[str]:
        """Every item is sent, and stands just where the outbox says, in its newest words."""
        standing = {
            (channel, each["ts"]): each for channel, said in messages.items() for each in said
        }
        items = self._items()
        newest: dict[int, OutboxItem] = {}
        for item in items:
            if item.state != outbox.SENT:
                yield f"{item.key} ended {item.state}: {item.problem}"
            elif (item.channel, item.ts) not in standing:
                yield f"{item.key} does not stand at {item.channel} {item.ts}"
            newest[item.post_id or item.id] = item
        for post_id, item in newest.items():
            shown = standing.get((item.channel or "", item.ts or ""))
            if shown and (_item_of(shown), shown["text"]) != (str(post_id), item.payload["text"]):
                yield f"{item.key} is not what is shown: {shown['text'][:120]!r}"

    def _items(self) -> list[OutboxItem]:
        with self.world.store.reading(self.world.workspace_id) as unit:
            wanted = select(OutboxItem).order_by(OutboxItem.created_at)
            return list(unit.session.scalars(wanted))

    def _digests(self, messages: Json, verdict: Verdict) -> None:
        ids, items = self.world.member_ids(), {item.key: item for item in self._items()}
        standing = Counter(_item_of(each) for said in messages.values() for each in said)
        for reader in self.world.company.staff:
            for day in self.days:
                key = f"digest:{day}:{ids[reader.slack_user]}"
                found = standing[str(items[key].id)] if key in items else 0
                verdict.expected += 1
                verdict.found += min(found, 1)
                verdict.missing += found == 0
                verdict.duplicates += max(0, found - 1)
        verdict.breaches += self._mailboxes(messages)
        if verdict.missing:
            verdict.breaches.append(f"{verdict.missing} digests are missing")

    def _mailboxes(self, messages: Json) -> Iterator[str]:
        """As a reader counts: one message a business day, whatever the outbox says of digests.

        What other jobs say on the first business day of a month is theirs.
        """
        keys = {str(item.id): item.key for item in self._items()}
        for channel, readers in self._by_channel().items():
            items = [keys.get(_item_of(each), "digest:") for each in messages.get(channel, [])]
            read = sum(key.startswith("digest:") for key in items)
            if read != len(readers) * len(self.days):
                yield f"{channel} holds {read} digests, not {len(readers)} × {len(self.days)}"

    def _by_channel(self) -> dict[str, list[Reader]]:
        found: dict[str, list[Reader]] = {}
        for reader in self.world.company.staff:
            channel = reader.channel or self.world.sandbox.visitor.direct(reader.slack_user)
            found.setdefault(channel, []).append(reader)
        return found

    def _notices(self, messages: Json, verdict: Verdict) -> None:
        """Ops reads of every night once, and of every delivered file in one message."""
        keys = {item.key for item in self._items()}
        for day in self.nights:
            if f"nightly:{day}:{OPS_ROOM}" not in keys:
                verdict.breaches.append(f"ops was not told of the night to {day}")
        told = [_words(each) for each in messages.get(OPS_ROOM, [])]
        verdict.notices = len(told)
        for file in self.delivered:
            times = sum(file.name in words for words in told)
            if times != 1:
                verdict.breaches.append(f"ops was told {times} times of {file.name}")

    def _runs(self) -> Iterator[str]:
        with self.world.store.reading(self.world.workspace_id) as unit:
            runs = list(unit.session.scalars(select(JobRun)))
        for run in runs:
            if run.state not in (job_runs.DONE, job_runs.MISSED):
                yield f"{run.job} {run.audience} {run.slot} ended {run.state}: {run.reason}"
        done = {(run.job, run.audience, run.slot) for run in runs if run.state == job_runs.DONE}
        ids = self.world.member_ids()
        for reader in self.world.company.staff:
            for day in self.days:
                if ("digest", f"member:{ids[reader.slack_user]}", str(day)) not in done:
                    yield f"the digest of {reader.name} on {day} was not run to its end"

    def _imports(self, verdict: Verdict) -> None:
        with self.world.store.reading(self.world.workspace_id) as unit:
            found = list(unit.session.scalars(select(ImportBatch)))
        verdict.applied = sum(one.state == batches.APPLIED for one in found)
        verdict.breaches += [
            f"the import of {one.file_name} ended {one.state}"
            for one in found
            if one.state != batches.APPLIED
        ]


def _item_of(message: Json) -> str:
    payload = message.get("metadata", {}).get("event_payload", {})
    return str(payload.get("id", f"no outbox item: {message['ts']}"))


def _words(message: Json) -> str:
    """All that a message says."""
    parts = [str(message["text"])]
    for block in message.get("blocks", []):
        text = block.get("text")
        parts += [str(text["text"])] if isinstance(text, dict) else []
    return "\n".join(parts)
