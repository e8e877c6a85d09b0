"""Short ways to write Block Kit in the corpora."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "text") -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str = "text") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", text: str = "A", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"v{each}", f"Option {each}") for each in range(count)]


def section(text: str = "text", **more: Any) -> Json:
    return {"type": "section", "text": marked(text), **more}


def with_accessory(kind: str, **fields: Any) -> Json:
    return section(accessory={"type": kind, "action_id": "a", **fields})


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def entry(kind: str, **fields: Any) -> Json:
    element = {"type": kind, "action_id": "e", **fields}
    return {"type": "input", "block_id": "b", "label": plain("Label"), "element": element}


def rich(*pieces: Json) -> Json:
    parts = [{"type": "rich_text_section", "elements": list(pieces)}]
    return {"type": "rich_text", "elements": parts}


def said(text: str = "text", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def raw(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str = "1") -> Json:
    return {"type": "raw_number", "value": value, "text": text}


def table(rows: int, columns: int, **more: Any) -> Json:
    return {"type": "table", "rows": [[raw()] * columns for _ in range(rows)], **more}


def data_table(rows: int, columns: int, text: str = "cell", **more: Any) -> Json:
    cells = [[raw(text)] * columns for _ in range(rows)]
    return {"type": "data_table", "caption": "Accounts", "rows": cells, **more}


def series(name: str, *labels: str) -> Json:
    return {"name": name, "data": [{"label": each, "value": 1.5} for each in labels]}


def chart(kind: str, categories: list[str], *lines: Json, **axis: Any) -> Json:
    config = {"categories": categories, **axis}
    drawn = {"type": kind, "series": list(lines), "axis_config": config}
    return {"type": "data_visualization", "title": "Health", "chart": drawn}


def pie(*values: float) -> Json:
    parts = [{"label": f"part {index}", "value": value} for index, value in enumerate(values)]
    segments = {"type": "pie", "segments": parts}
    return {"type": "data_visualization", "title": "Bands", "chart": segments}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A", **more}


def card(**fields: Any) -> Json:
    return {"type": "card", "title": marked("Card"), **fields}


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "fallback", "blocks": list(blocks), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    named = {"type": "modal", "title": plain("Form"), "blocks": list(blocks)}
    return {**named, "submit": plain("Send"), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
