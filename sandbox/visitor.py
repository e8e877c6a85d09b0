"""A person in front of the page, for tests and scripts: everything goes through the page API."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.kinds import Json
from sandbox.parts import ElementNotFoundError, Found, find_by_label, find_element

__all__ = ["ElementNotFoundError", "Visitor"]

# Longer than a bot may take to acknowledge, whatever the workspace's settings say.
_SECONDS = 120.0


class Visitor:
    """Acts as any person of the workspace; raises RuntimeError on a request the page API refuses.

    Channels are given by id; a person's direct message with the bot is their `D...` channel,
    see `direct`.
    """

    def __init__(self, slack_url: str) -> None:
        self._url = slack_url.rstrip("/")

    def types(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        """Type a line; `error` in the answer is what Slack would say about it."""
        line = {"as": user, "channel": channel, "text": text, "thread_ts": thread_ts}
        return self.post("/page/api/message", line)

    def clicks(
        self,
        user: str,
        channel: str,
        label: str,
        choose: str | list[str] = "",
        ts: str | None = None,
    ) -> Json:
        """Press the newest button with this label or action_id among a channel's messages.

        `choose` picks the entry of a menu (its text or value), or several boxes to tick; with `ts`
        only that message and its thread are looked at.
        """
        messages = self.thread(user, channel, ts) if ts else self.messages(user, channel)
        for message in reversed(messages):
            found = find_by_label(message.get("blocks") or [], label)
            if found is not None:
                container = {"kind": "message", "channel": channel, "ts": message["ts"]}
                return self._act(user, container, found, choose)
        raise ElementNotFoundError(f"no message in {channel} has a button {label!r}")

    def clicks_home(self, user: str, label: str, choose: str = "") -> Json:
        """Press a button of the home tab."""
        found = find_element(self.home(user).get("blocks", []), label)
        return self._act(user, {"kind": "home"}, found, choose)

    def clicks_modal(
        self, user: str, label: str, choose: str = "", entries: Json | None = None
    ) -> Json:
        """Press a button of the form on top, with `entries` as for `submits` typed before."""
        view = self._form(user)
        found = find_element(view.get("blocks", []), label)
        container = {"kind": "modal", "view_id": view["id"]}
        return self._act(user, container, found, choose, self._entered(user, view, entries))

    def submits(self, user: str, entries: Json | None = None) -> Json:
        """Fill the form on top and send it.

        `entries` maps an action_id or block_id to what was entered: text, a date, an option's
        text or value, a list of them. The answer has `errors`, `closed` or `updated`.
        """
        view = self._form(user)
        body = {"as": user, "view_id": view["id"], "state": self._entered(user, view, entries)}
        return self.post("/page/api/submit", body)

    def _entered(self, user: str, view: Json, entries: Json | None) -> Json:
        state: Json = {}
        for name, value in (entries or {}).items():
            found = find_element(view["blocks"], name)
            chosen = found.entered(value, self._suggest_for(user, view["id"], found))
            state.setdefault(found.block_id, {})[found.action_id] = chosen
        return state

    def closes(self, user: str) -> Json:
        return self.post("/page/api/close", {"as": user, "view_id": self._form(user)["id"]})

    def suggestions(self, user: str, container: Json, action_id: str, value: str) -> Json:
        """What a type-ahead menu offers for the letters typed."""
        blocks = self._blocks_of(user, container)
        found = find_element(blocks, action_id)
        body = {"as": user, "container": container, "value": value}
        ids = {"block_id": found.block_id, "action_id": found.action_id}
        return self.post("/page/api/suggest", body | ids)

    def messages(self, user: str, channel: str) -> list[Json]:
        """What the person sees in a channel, oldest first."""
        return list(self.get("/page/api/view", **{"as": user, "channel": channel})["messages"])

    def thread(self, user: str, channel: str, ts: str) -> list[Json]:
        query = {"as": user, "channel": channel, "ts": ts}
        return list(self.get("/page/api/thread", **query)["messages"])

    def home(self, user: str) -> Json:
        """The home tab's view, empty when the bot published none."""
        return dict(self.get("/page/api/home", **{"as": user})["view"] or {})

    def opens_home(self, user: str) -> Json:
        return self.post("/page/api/open-home", {"as": user})

    def modal(self, user: str) -> Json:
        """The form on top, empty when none is open."""
        stack = self.get("/page/api/modal", **{"as": user})["stack"]
        return dict(stack[-1]) if stack else {}

    def _form(self, user: str) -> Json:
        """The form on top; a bot may open it after it acknowledged, so a person waits for it."""
        return dict(self.waits_for(lambda: self.modal(user)))

    def direct(self, user: str) -> str:
        """The id of the person's direct message with the bot."""
        for channel in self.get("/page/api/workspace")["channels"]:
            if channel["kind"] == "im" and user in channel["members"]:
                return str(channel["id"])
        raise ElementNotFoundError(f"{user} has no direct message with the bot")

    def drops(self, user: str, channel: str, path: str | Path, text: str = "") -> Json:
        """Drop a file into a channel."""
        path = Path(path)
        fields = {"as": user, "channel": channel, "text": text}
        body, kind = _multipart(fields, path.name, path.read_bytes())
        return self._request("/page/api/upload", body, kind)

    def shortcut(
        self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None
    ) -> Json:
        body = {"as": user, "callback_id": callback_id, "channel": channel, "ts": ts}
        return self.post("/page/api/shortcut", body)

    def reacts(self, user: str, channel: str, ts: str, name: str) -> Json:
        body = {"as": user, "channel": channel, "ts": ts, "name": name}
        return self.post("/page/api/reaction", body)

    def speaks(self, user: str, locale: str) -> Json:
        """Switch the person's language, e.g. en-US."""
        return self.post("/page/api/language", {"as": user, "locale": locale})

    def next_day(self, seconds: float = 300.0) -> Json:
        """Press "next day" and wait until it is over; raises RuntimeError when it failed."""
        self.post("/page/api/next-day", {})
        done = self.waits_for(lambda: self._day_over(), seconds)
        if done.get("error"):
            raise RuntimeError(str(done["error"]))
        return dict(done)

    def waits_for(self, look: Callable[[], Any], seconds: float = 60.0) -> Any:
        """Call `look` until it returns something true; raises TimeoutError after `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > deadline:
                raise TimeoutError(f"nothing came within {seconds:g} seconds")
            time.sleep(0.02)

    def get(self, path: str, **query: str) -> Json:
        address = f"{path}?{urllib.parse.urlencode(query)}" if query else path
        return self._request(address, None, "")

    def post(self, path: str, body: Json) -> Json:
        return self._request(path, json.dumps(body).encode(), "application/json")

    def _day_over(self) -> Json | None:
        progress = self.get("/page/api/progress")
        return None if progress.get("running") else progress

    def _act(
        self,
        user: str,
        container: Json,
        found: Found,
        choose: str | list[str],
        state: Json | None = None,
    ) -> Json:
        action = {"block_id": found.block_id, "action_id": found.action_id}
        action |= found.pressed(choose, lambda text: self._suggest(user, container, found, text))
        body = {"as": user, "container": container, "action": action, "state": state or {}}
        return self.post("/page/api/action", body)

    def _suggest_for(self, user: str, view_id: str, found: Found) -> Callable[[str], list[Json]]:
        container = {"kind": "modal", "view_id": view_id}
        return lambda text: self._suggest(user, container, found, text)

    def _suggest(self, user: str, container: Json, found: Found, text: str) -> list[Json]:
        answer = self.suggestions(user, container, found.action_id, text)
        groups = [group["options"] for group in answer.get("option_groups", [])]
        return list(answer.get("options", [])) + [option for group in groups for option in group]

    def _blocks_of(self, user: str, container: Json) -> list[Json]:
        if container["kind"] == "home":
            return list(self.home(user).get("blocks", []))
        if container["kind"] == "modal":
            return list(self.modal(user).get("blocks", []))
        messages = self.messages(user, container["channel"])
        return [
            block
            for message in messages
            if message["ts"] == container["ts"]
            for block in message.get("blocks") or []
        ]

    def _request(self, path: str, body: bytes | None, kind: str) -> Json:
        headers = {"Content-Type": kind} if kind else {}
        request = urllib.request.Request(self._url + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:
                return dict(json.load(response))
        except urllib.error.HTTPError as problem:
            with problem:
                said = problem.read().decode(errors="replace")
            raise RuntimeError(f"{path}: {problem.code} {said}") from problem


def _multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """Fields and one file as a multipart body, with its content type."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    quoted = name.replace("\\", "_").replace('"', "%22")
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
    kind = "Content-Type: application/octet-stream\r\n\r\n"
    body = "".join(parts).encode() + f"{head}{kind}".encode() + content
    return body + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
