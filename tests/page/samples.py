"""Workspace, messages, forms and homes for the page's tests, in Slack's shapes."""

from typing import Any

Json = dict[str, Any]

NOW = "2026-11-20T08:30:00+09:00"
DIGEST_TS = "1795131000.000100"


def workspace() -> Json:
    """Two Japanese CSMs, an English lead and a guest; one channel and the bot's messages."""
    people = [
        ("U1", "sato", "佐藤 彩", "CSM", "ja-JP", "Asia/Tokyo"),
        ("U2", "miller", "Anna Miller", "Lead", "en-US", "Europe/London"),
        ("U9", "guest", "外部 花子", "ゲスト", "ja-JP", "Asia/Tokyo"),
    ]
    keys = ("id", "name", "real_name", "role_label", "locale", "tz")
    users = [dict(zip(keys, each, strict=True)) | {"is_guest": each[0] == "U9"} for each in people]
    robot = {"id": "UBOT", "name": "sakidori", "real_name": "Sakidori", "is_bot": True}
    return {
        "team": {"id": "T1", "name": "アオバ・ソフト"},
        "app": {
            "name": "Sakidori",
            "bot_user_id": "UBOT",
            "commands": [
                command("/health", "顧客の状態を見る", "[顧客名]"),
                command("/sakidori", "使い方と設定", ""),
            ],
            "shortcuts": [
                {"callback_id": "log_touch", "name": "活動を記録", "kind": "global"},
                {"callback_id": "log_voc", "name": "VoCを記録", "kind": "message"},
            ],
        },
        "users": [*users, robot],
        "channels": [
            channel("C1", "cs-team", "public", ["U1", "U2", "UBOT"]),
            channel("C2", "ops", "private", ["U2", "UBOT"]),
            channel("C3", "partner", "public", ["U1", "U9"]) | {"is_ext_shared": True},
            channel("D1", "", "im", ["U1", "UBOT"]),
            channel("D2", "", "im", ["U2", "UBOT"]),
        ],
        "has_next_day": True,
        "now": NOW,
    }


def command(name: str, description: str, usage_hint: str) -> Json:
    return {"command": name, "description": description, "usage_hint": usage_hint}


def channel(channel_id: str, name: str, kind: str, members: list[str]) -> Json:
    return {"id": channel_id, "name": name, "kind": kind, "members": members}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "v", **more}


def section(text: str, block_id: str = "s", **more: Any) -> Json:
    return {"type": "section", "block_id": block_id, "text": mrkdwn(text), **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def message(ts: str = DIGEST_TS, **more: Any) -> Json:
    """A message of the bot, as the page API gives it."""
    bare = {"ts": ts, "user": "UBOT", "bot": True, "text": "", "blocks": None, "reactions": []}
    return bare | {"thread_ts": None, "reply_count": 0, "ephemeral": False, "files": []} | more


def said(text: str, ts: str = DIGEST_TS, user: str = "U1", **more: Any) -> Json:
    """A person's line."""
    return message(ts, user=user, bot=False, text=text, **more)


def input_block(block_id: str, label: str, element: Json, **more: Any) -> Json:
    named = {"action_id": f"{block_id}_a", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": named,
        **more,
    }


def text_input(block_id: str, label: str, **more: Any) -> Json:
    return input_block(block_id, label, {"type": "plain_text_input", **more})


def modal(*blocks: Json, view_id: str = "V1", title: str = "活動を記録", **more: Any) -> Json:
    bare = {"id": view_id, "type": "modal", "title": plain(title), "submit": plain("保存")}
    return bare | {"close": plain("やめる"), "blocks": list(blocks)} | more


def home(*blocks: Json) -> Json:
    return {"id": "H1", "type": "home", "blocks": list(blocks)}


def digest() -> Json:
    """A morning digest with two rows, menus and buttons."""
    menu = {
        "type": "overflow",
        "action_id": "row_menu",
        "options": [option("期限を変更", "date"), option("担当を変更", "owner")],
    }
    rows = [
        {"type": "header", "text": plain("おはようございます、佐藤さん|11/20(金) 今日の対応 2件")},
        section(
            "*期限超過 1件*\nベータ物流:更新90日前レビューの資料(2日超過)620万円",
            "late",
            accessory=button("完了", "done", style="primary"),
        ),
        section("*今日が期限 1件*\nガンマ食品:入金遅延の確認 180万円", "due", accessory=menu),
        {
            "type": "context",
            "elements": [mrkdwn("担当38社(🔴3 🟡6 🟢27 ⚪2)|06:00時点")],
        },
        actions(button("すべて見る", "see_all"), block_id="foot"),
    ]
    return message(text="今日の対応 2件", blocks=rows)
