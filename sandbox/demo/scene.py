"""What the demo plays: which day it begins on, who delivers, whose digest goes where."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from sandbox.company.people import OPS_CHANNEL, TEAM_CHANNEL, build_workspace
from sandbox.company.plan import Plan
from sandbox.kinds import Json

ZONE = "Asia/Tokyo"
# Saturday; the five business days up to Friday 20 November 2026 are played.
BEGINS_ON = date(2026, 11, 14)
SHOWN_ON = date(2026, 11, 20)
FUTURE_DAYS = (SHOWN_ON - BEGINS_ON).days + 60
HISTORY_SCORED_FROM = date(2026, 7, 15)

CHANNEL_READER = "U0SUZUKI01"

_OF_A_COMMAND = ("command", "description", "usage_hint", "should_escape")
ROBOT = "U0DELIVERY"
ROBOT_NAME = "データ配信"


def plan(ahead: int = FUTURE_DAYS) -> Plan:
    """The sample company as it stands on the day the demo begins, and so many days after it."""
    return Plan(until=BEGINS_ON, future_days=ahead, told_on=SHOWN_ON)


def begins_at() -> datetime:
    """Five past six in the evening: nothing is due any more that day, in Los Angeles neither."""
    return datetime(BEGINS_ON.year, BEGINS_ON.month, BEGINS_ON.day, 18, 5, tzinfo=ZoneInfo(ZONE))


def build_spec(company: Path, manifest: str, bot_url: str) -> Json:
    """The sandbox's workspace: the company's people, the bot's commands, the days ahead."""
    spec = build_workspace()
    spec["users"].append({"id": ROBOT, "name": "delivery", "real_name": ROBOT_NAME, "tz": ZONE})
    for channel in spec["channels"]:
        if channel["name"] in (OPS_CHANNEL, TEAM_CHANNEL):
            channel["members"] = [*channel["members"], "U0BOT"]
        if channel["name"] == OPS_CHANNEL:
            channel["members"].append(ROBOT)
    spec["app"] = read_app(manifest)
    spec["settings"] = {
        "now": begins_at().isoformat(),
        "ops_channel": channel_id(spec, OPS_CHANNEL),
        "daily_dir": str(company / "future"),
        "delivery_user": ROBOT,
        "next_day_url": f"{bot_url}/demo/advance",
    }
    return spec


def channel_id(spec: Json, name: str) -> str:
    """The id of a channel of the company."""
    return str(next(each["id"] for each in spec["channels"] if each["name"] == name))


def first_ops(spec: Json) -> str:
    """The person the bot is told of in its settings."""
    return str(next(each["id"] for each in spec["users"] if each.get("role_label") == "Ops"))


def read_app(manifest: str) -> Json:
    """Name, commands and shortcuts of a Slack app manifest."""
    read = yaml.safe_load(manifest)
    features = read["features"]
    return {
        "name": read["display_information"]["name"],
        "commands": [
            {key: each[key] for key in _OF_A_COMMAND if key in each}
            for each in features.get("slash_commands", [])
        ],
        "shortcuts": [
            {"callback_id": each["callback_id"], "name": each["name"], "kind": each["type"]}
            for each in features.get("shortcuts", [])
        ],
    }
