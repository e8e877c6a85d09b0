"""The scopes and event subscriptions the stand-in knows."""

ALL_SCOPES = (
    "app_mentions:read",
    "bookmarks:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
)

# A subscription is delivered only to an app with any one of these scopes.
EVENT_SCOPES = {
    "reaction_added": ("reactions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "file_shared": ("files:read",),
    "user_change": ("users:read",),
}

ALL_EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "file_created",
    "file_shared",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "tokens_revoked",
    "user_change",
)
