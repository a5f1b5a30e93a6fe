"""A comparison in words: values in few characters, a Markdown changelog."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .records import DEFAULT, Diff, Kind, Pair, TokenChange

Json = Any

HEADINGS: dict[Kind, str] = {
    "removed": "Removed", "renamed": "Renamed", "retyped": "Other types", "added": "Added", "changed": "Other values",
    "realiased": "Other references", "deprecated": "Deprecated", "restored": "No longer deprecated",
    "described": "Descriptions", "extended": "Extensions",
}  # fmt: skip

MOST = 80
"""Characters of a value that are shown."""


def short(value: Json) -> str:
    """A resolved value in few characters: ``4px``, ``#ff0000``, ``Inter, sans-serif``."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        text = value
    elif isinstance(value, dict) and value.keys() == {"value", "unit"}:
        text = f"{_number(value['value'])}{value['unit']}"
    elif isinstance(value, dict) and "colorSpace" in value:
        text = _color(value)
    elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        text = ", ".join(value)
    elif isinstance(value, dict) and value and not any(isinstance(part, list) for part in value.values()):
        text = ", ".join(f"{name} {short(part)}" for name, part in value.items())
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def _number(value: Json) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _color(value: dict[str, Json]) -> str:
    components = value.get("components")
    alpha = value.get("alpha", 1)
    if isinstance(value.get("hex"), str):
        text: str = value["hex"]
    elif isinstance(components, list):
        text = f"{value['colorSpace']} {' '.join(map(_number, components))}"
    else:
        return json.dumps(value, ensure_ascii=False)
    return text if alpha == 1 else f"{text} / {_number(alpha)}"


def details(change: TokenChange) -> Iterator[tuple[str, Pair]]:
    """What is different, beyond the kind itself: a label and the pair, values of contexts first."""
    for context, pair in change.values.items():
        yield "" if context == DEFAULT else context, pair
    for label, found in (
        ("type", change.types), ("reference", change.alias), ("deprecated", change.deprecated),
        ("description", change.description),
    ):  # fmt: skip
        if found is not None and not (label == "reference" and change.kind == "added"):
            yield label, found


def headline(diff: Diff) -> str:
    """The whole in one sentence."""
    if not diff.changes and diff.step == "none":
        return "nothing changed"
    counts = ", ".join(f"{count} {kind}" for kind, count in diff.counts().items())
    for label, contexts in (("added", diff.contexts_added), ("removed", diff.contexts_removed)):
        if contexts:
            counts += f"{', ' if counts else ''}contexts {label}: {', '.join(contexts)}"
    return f"{counts}; {'breaking' if diff.breaking else 'not breaking'}, version step: {diff.step}"


def markdown(diff: Diff, *, title: str = "Token changes") -> str:
    """A section of a changelog; the gravest changes first."""
    lines = [f"## {plain(title)}", ""]
    if not diff.changes and diff.step == "none":
        return "\n".join([*lines, "Nothing changed.", ""])
    marks = "yes" if diff.breaking else "no"
    lines += [f"Breaking: **{marks}**. Suggested version step: **{diff.step}**.", ""]
    for heading, contexts in (("Contexts removed", diff.contexts_removed), ("Contexts added", diff.contexts_added)):
        if contexts:
            lines += [f"### {heading}", "", *(f"- {code(context)}" for context in contexts), ""]
    if diff.groups:
        lines += ["### Renamed groups", ""]
        lines += [f"- {code(g.was)} → {code(g.path)} ({g.tokens} tokens)" for g in diff.groups] + [""]
    for kind, heading in HEADINGS.items():
        found = [change for change in diff.changes if change.kind == kind]
        if found:
            lines += [f"### {heading}", "", *(line for change in found for line in _item(change)), ""]
    return "\n".join(lines)


def _item(change: TokenChange) -> Iterator[str]:
    head = f"- {code(change.path)}"
    if change.was is not None:
        guess = " (probably)" if change.by == "value" else ""
        head = f"- {code(change.was)} → {code(change.path)}{guess}"
    parts = []
    for label, pair in details(change):
        text = _pair(change.kind, label, pair)
        if text:
            parts.append(f"{plain(label)}: {text}" if label else text)
    if change.extensions:
        parts.append("extensions: " + ", ".join(map(code, change.extensions)))
    yield head + (": " + "; ".join(parts) if parts else "")


def _pair(kind: Kind, label: str, pair: Pair) -> str:
    if kind in ("added", "removed") and not label:
        return code(short(pair.after if kind == "added" else pair.before))
    if label == "deprecated":
        return "" if pair.after in (True, None, False) else code(str(pair.after))
    if label == "description":
        return code(short(pair.after)) if pair.after else "none"
    return f"{code(short(pair.before))} → {code(short(pair.after))}"


def code(text: str) -> str:
    """*text* as Markdown code, whatever it holds."""
    flat = " ".join(text.split()) or " "
    longest = max((len(run) for run in _runs(flat)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if flat[0] == "`" or flat[-1] == "`" else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _runs(text: str) -> Iterator[str]:
    run = ""
    for character in text:
        if character == "`":
            run += character
        elif run:
            yield run
            run = ""
    if run:
        yield run


def plain(text: str) -> str:
    """*text* as Markdown text: nothing in it marks anything up."""
    flat = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|" else character for character in flat)
