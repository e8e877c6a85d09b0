"""`python -m sandbox`: serve a workspace until it is stopped."""

import argparse
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.app import build_app, build_slack
from sandbox.kinds import Json
from sandbox.server import build_server


def main(arguments: list[str] | None = None) -> int:
    """Read the options and serve; returns the exit code."""
    options = _parser().parse_args(arguments)
    base_url = options.base_url or f"http://{options.host}:{options.port}"
    try:
        slack = build_slack(_spec(options), base_url, options.bot_url or "")
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"sandbox: {options.workspace}: {problem}\n")
        return 2
    server = build_server(build_app(slack), is_quiet=not options.verbose)
    server.config.host, server.config.port = options.host, options.port
    sys.stdout.write(f"The sandbox is at {base_url} (Web API {base_url}/api/)\n")
    sys.stdout.flush()
    server.run()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--base-url", help="the address others reach the sandbox by")
    parser.add_argument("--workspace", help="a JSON file, see sandbox/spec.py")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--bot-url", help="the bot's request address; deliveries are signed")
    way.add_argument("--socket", action="store_true", help="Socket Mode (the default)")
    parser.add_argument("--signing-secret")
    parser.add_argument("--bot-token")
    parser.add_argument("--app-token")
    parser.add_argument("--next-day-url", help='where "next day" asks; default: beside --bot-url')
    parser.add_argument("--daily-dir", help="files to deliver, <ISO date>/<file>")
    parser.add_argument("--ops-channel", help="the id of the channel the daily files go to")
    parser.add_argument("--now", help="business time to start at, an ISO instant")
    parser.add_argument("--verbose", action="store_true")
    return parser


def _spec(options: argparse.Namespace) -> Json:
    """The workspace file with the options laid over it."""
    text = Path(options.workspace).read_text(encoding="utf-8") if options.workspace else "{}"
    spec: Json = json.loads(text)
    app: Json = spec.setdefault("app", {})
    settings: Json = spec.setdefault("settings", {})
    for name in ("signing_secret", "bot_token", "app_token"):
        if getattr(options, name):
            app[name] = getattr(options, name)
    for name in ("daily_dir", "ops_channel", "now", "next_day_url"):
        if getattr(options, name):
            settings[name] = getattr(options, name)
    if options.bot_url and not settings.get("next_day_url"):
        settings["next_day_url"] = next_day_beside(options.bot_url)
    return spec


def next_day_beside(bot_url: str) -> str:
    """The bot's demo-only address on the host of its request address."""
    parts = urlsplit(bot_url)
    return f"{parts.scheme}://{parts.netloc}/demo/advance"


if __name__ == "__main__":
    sys.exit(main())
