"""What documents promise: links that lead somewhere, commands that exist, no strange address."""

import re
from collections.abc import Iterator
from pathlib import Path

_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"^```.*?\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_MAKE = re.compile(r"(?:^|[\s;&|(])make ([a-z][a-z-]*)", re.MULTILINE)
_OURS = re.compile(r"(?:^|[\s;&|(]|\w/)sakidori ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", re.MULTILINE)
_SLASH = re.compile(r"(?:^|[\s\"'])/sakidori ([a-z][a-z-]*)", re.MULTILINE)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://([^\s/:\"'`<>()\[\]{}]*)")
_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]\w*)(?=/|\b(?!\w))/")

# Slack's own, a single word, names set aside for examples, and those in XML name spaces.
_KNOWN_HOSTS = re.compile(
    r"(?:[\w.-]+\.)?slack(?:-edge)?\.com|[\w-]+|127\.0\.0\.1|0\.0\.0\.0|(?:[\w.-]+\.)?example"
    r"(?:\.(?:com|net|org|jp|co\.jp))?|[\w.-]+\.(?:test|invalid|localhost)|www\.w3\.org"
    r"|schemas\.openxmlformats\.org"
)


def anchor(heading: str) -> str:
    """The fragment a heading is reached by, as hosts of repositories make it."""
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _anchors(path: Path) -> set[str]:
    return {anchor(found) for found in _HEADING.findall(_FENCE.sub("", path.read_text("utf-8")))}


def broken_links(path: Path, text: str) -> Iterator[str]:
    """Relative links whose file or heading is not there."""
    for target in _LINK.findall(_FENCE.sub("", text)):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, fragment = target.partition("#")
        there = path.parent / name if name else path
        if not there.exists():
            yield f"{path.name}: {target} leads nowhere"
        elif fragment and there.suffix == ".md" and fragment not in _anchors(there):
            yield f"{path.name}: {target} names no heading"


def code_of(text: str) -> str:
    """Everything in fences and code spans, a line each."""
    return "\n".join(fence or span for fence, span in _CODE.findall(text))


def named_targets(text: str) -> set[str]:
    """Targets of make that the code in a document names."""
    return set(_MAKE.findall(code_of(text)))


def named_commands(text: str) -> set[tuple[str, str]]:
    """Words after `sakidori` in the code of a document: (command, subcommand or "")."""
    return set(_OURS.findall(code_of(text)))


def named_words(text: str) -> set[str]:
    """Words after `/sakidori` in the code of a document: what is typed into Slack."""
    return set(_SLASH.findall(code_of(text)))


def strange_addresses(text: str) -> list[str]:
    """Hosts in addresses that are neither Slack's, this machine's, nor set aside for examples."""
    hosts = (found.rsplit("@", 1)[-1] for found in _ADDRESS.findall(text))
    return [host for host in hosts if host and not _KNOWN_HOSTS.fullmatch(host)]


def machine_paths(text: str) -> list[str]:
    """Paths that exist on one person's machine only."""
    return [found.group() for found in _MACHINE.finditer(text)]
