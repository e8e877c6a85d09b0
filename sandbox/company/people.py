"""Our own people: the members file and the Slack workspace of the same department."""

from typing import Any

from sandbox.company.sources import Fact, read_catalogue

TEAM_CHANNEL = "cs-team"
OPS_CHANNEL = "cs-ops"


def build_workspace() -> dict[str, Any]:
    """The workspace a sandbox starts from: team, users, channels and user groups.

    Every member of the members file is a user with the same e-mail; the guest is in no file.
    """
    people = read_catalogue("people")
    return {
        "team": dict(people["team"]),
        "users": [_show_user(person) for person in people["members"] + people["guests"]],
        "channels": [_show_channel(channel) for channel in people["channels"]],
        "usergroups": [_show_group(group) for group in people["usergroups"]],
    }


def list_members() -> list[Fact]:
    """The rows of the members file, by canonical field names."""
    return [
        {
            "email": mail_of(person["key"]),
            "name": person["name"],
            "slack_user": person["id"],
            "roles": person["roles"],
            "zone": person["zone"],
            "locale": person["locale"],
            "lead_email": mail_of(person["lead"]) if person["lead"] else "",
        }
        for person in read_catalogue("people")["members"]
    ]


def list_csms(language: str) -> list[str]:
    """The keys of the CSMs who work in a language (ja or en)."""
    return [
        person["key"]
        for person in read_catalogue("people")["members"]
        if "csm" in person["roles"] and person["locale"].startswith(language)
    ]


def mail_of(key: str) -> str:
    """The e-mail of one of ours."""
    return f"{_find(key)['login']}@{read_catalogue('people')['mail_domain']}"


def name_of(key: str) -> str:
    """The name of one of ours as the files write it."""
    return str(_find(key)["name"])


def team_of(key: str) -> str:
    """The team of one of ours, by its lead's group; blank for people without a team."""
    groups = read_catalogue("people")["usergroups"]
    return next((str(group["name"]) for group in groups if key in group["members"]), "")


def _find(key: str) -> dict[str, Any]:
    everyone = read_catalogue("people")["members"] + read_catalogue("people")["guests"]
    found: dict[str, Any] = next(person for person in everyone if person["key"] == key)
    return found


def _show_user(person: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": person["id"],
        "name": person["login"],
        "real_name": person["name"],
        "email": person.get("email") or mail_of(person["key"]),
        "tz": person["zone"],
        "locale": person["locale"],
        "role_label": person["label"],
        "is_restricted": person["label"] == "Guest",
    }


def _show_channel(channel: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": channel["id"],
        "name": channel["name"],
        "kind": channel["kind"],
        "is_ext_shared": channel["shared"],
        "members": _list_channel_members(channel["members"]),
    }


def _list_channel_members(members: str | list[str]) -> list[str]:
    everyone = [person["key"] for person in read_catalogue("people")["members"]]
    return [_find(key)["id"] for key in (everyone if members == "everyone" else members)]


def _show_group(group: dict[str, Any]) -> dict[str, Any]:
    users = [_find(key)["id"] for key in group["members"]]
    return {"id": group["id"], "handle": group["handle"], "name": group["name"], "users": users}
