"""`manifest`: the app manifest to paste into Slack, made from the registry."""

from typing import Annotated

import typer
import yaml

from bot.cli.console import Problem, show
from bot.core.vocabulary import Locale
from bot.registry import whole
from bot.slack.manifest import build_manifest, list_problems
from bot.texts import Texts


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command()(manifest)


def manifest(
    url: Annotated[
        str | None, typer.Option(help="The bot's public https address; without it Socket Mode.")
    ] = None,
    prefix: Annotated[str, typer.Option(help="Before each command, e.g. stg-.")] = "",
    locale: Annotated[Locale, typer.Option(help="Language of the descriptions.")] = Locale.JA,
) -> None:
    """Print the manifest as YAML, checked against Slack's rules."""
    show(render_manifest(url, prefix, locale))


def render_manifest(url: str | None, prefix: str, locale: Locale) -> str:
    """The manifest as YAML; raises `Problem` naming what Slack would refuse."""
    made = build_manifest(whole(), Texts().speak(locale), url, prefix)
    problems = list_problems(made)
    if problems:
        raise Problem("Slack would refuse this manifest:\n" + "\n".join(problems))
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100).rstrip()
