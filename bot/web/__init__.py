"""The ASGI application: Slack's requests, health, metrics."""
