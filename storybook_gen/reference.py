"""The same as plain tables and as one JSON document: for machines, and for people who want text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dss_tokens.output import OutputFile

from .handover import Stories, StoryToken
from .ids import title_part
from .pages import GroupPage
from .records import figma_link, replacement_in
from .templating import render

ROWS = 250
"""Of one table; a larger group has several pages, cut between its subgroups where they are small enough."""

MOST_PAGES = 60
"""Beyond this many, the last page names the JSON document instead: Storybook compiles each of them."""

MOST_COLUMNS = 8


def names_of(stories: Stories) -> list[str]:
    """What each permutation is called, the default first."""
    if len(stories.modifiers) == 1:
        first = stories.modifiers[0].contexts[0]
    else:
        first = "Default"
    return [" + ".join(permutation.values()) or first for permutation in stories.permutations]


def reference_pages(stories: Stories, groups: Sequence[GroupPage]) -> Iterator[tuple[OutputFile, str]]:
    """One page and its title for each group and each :data:`ROWS` of its tokens."""
    members: dict[str, list[StoryToken]] = {}
    for token in stories.tokens:
        members.setdefault(token.path.partition(".")[0], []).append(token)
    names = names_of(stories)
    left = MOST_PAGES
    for group in groups:
        parts = _parts(members[group.name])
        for number, tokens in enumerate(parts, 1):
            if not left:
                return
            left -= 1
            title = (
                f"Reference/{group.title}" if len(parts) == 1 else f"Reference/{group.title}/{_range(tokens, number)}"
            )
            stem = group.slug if len(parts) == 1 else f"{group.slug}-{number}"
            text = render("reference.mdx.j2", **_table(stories, tokens, names, title, group))
            yield OutputFile(f"reference/{stem}.mdx", text), title


def _parts(tokens: Sequence[StoryToken]) -> list[Sequence[StoryToken]]:
    return [tokens[at : at + ROWS] for at in range(0, len(tokens), ROWS)]


def _range(tokens: Sequence[StoryToken], number: int) -> str:
    """``3: button to card``; the number keeps it unique."""
    first, last = (title_part(".".join(token.path.split(".")[1:2])) for token in (tokens[0], tokens[-1]))
    return f"{number}: {first}" if first == last else f"{number}: {first} to {last}"


def _table(
    stories: Stories, tokens: Sequence[StoryToken], names: Sequence[str], title: str, group: GroupPage
) -> dict[str, Any]:
    used = sorted({number for token in tokens for number in token.values})[: MOST_COLUMNS - 1]
    columns = ["Token", "Type", names[0] if used else "Value", *(names[number] for number in used), "Property", "Notes"]
    rows = [
        (
            token.path,
            token.type,
            token.value or "",
            *((token.values[number] or "") if number in token.values else token.value or "" for number in used),
            f"--{token.name}",
            _notes(token),
        )
        for token in tokens
    ]
    lead = f"{len(tokens)} of {group.size} tokens. {group.description}".strip()
    return {"title": title, "heading": group.title, "lead": lead, "columns": columns, "rows": rows}


def _notes(token: StoryToken) -> str:
    parts = []
    if token.alias:
        parts.append(f"Refers to {token.alias}.")
    if token.description:
        parts.append(token.description)
    if token.deprecated:
        parts.append(f"Deprecated: {token.deprecated}" if isinstance(token.deprecated, str) else "Deprecated.")
    return " ".join(parts)


def machine_manifest(stories: Stories, roles: Mapping[str, str], ids: Sequence[str]) -> str:
    """``tokens.manifest.json``: every token with its values by the names of the contexts, one token a line."""
    names = names_of(stories)
    paths = {token.path for token in stories.tokens}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    head = {
        "format": "dss-tokens-manifest",
        "version": 1,
        "title": stories.title,
        "count": len(stories.tokens),
        "contexts": [
            {"name": name, "inputs": dict(inputs)} for name, inputs in zip(names, stories.permutations, strict=True)
        ],
        "attributes": {modifier.name: modifier.attribute for modifier in stories.modifiers},
        "stories": list(ids),
    }
    lines = [
        encode(_record(token, names, roles.get(token.path, ""), paths, stories.figma_file)) for token in stories.tokens
    ]
    body = ",\n    ".join(lines)
    start = json.dumps(head, ensure_ascii=False, indent=2)[:-2]
    return f'{start},\n  "tokens": [' + (f"\n    {body}\n  " if lines else "") + "]\n}\n"


def _record(
    token: StoryToken, names: Sequence[str], role: str, paths: set[str], figma_file: str | None
) -> dict[str, Any]:
    record: dict[str, Any] = {"path": token.path, "type": token.type, "css": f"--{token.name}", "value": token.value}
    if token.values:
        record["values"] = {names[number]: value for number, value in token.values.items()}
    if token.alias:
        record["alias"] = token.alias
    if role:
        record["role"] = role
    if token.description:
        record["description"] = token.description
    if token.deprecated:
        record["deprecated"] = token.deprecated
        if found := replacement_in(token.deprecated, paths):
            record["replacement"] = found
    if token.figma and isinstance(token.figma.get("id"), str) and (url := figma_link(figma_file, token.figma["id"])):
        record["figma"] = url
    return record
