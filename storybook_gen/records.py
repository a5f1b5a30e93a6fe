"""Tokens as the records that the pages load: one line each, so that a change is one changed line."""

from __future__ import annotations

from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

from .escaping import link, url_part
from .handover import Json, Stories, StoryToken
from .roles import KIND_NAMES, kind_of


def data_files(stories: Stories, roles: Mapping[str, str], steps: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Kind -> JSON text with its tokens; only kinds that have any."""
    import json

    found: dict[str, list[str]] = {kind: [] for kind in KIND_NAMES}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    paths = {token.path for token in stories.tokens}
    for token in stories.tokens:
        found[kind_of(token.type)].append(_line(token, roles.get(token.path, ""), steps, stories, paths, encode))
    return {kind: "[\n" + ",\n".join(lines) + "\n]\n" for kind, lines in found.items() if lines}


def _line(
    token: StoryToken, role: str, steps: Mapping[str, tuple[str, int]], stories: Stories, paths: set[str], encode: Any
) -> str:
    quote = encode_basestring
    out = [f'{{"path":{quote(token.path)},"type":{quote(token.type)},"name":{quote(token.name)}']
    if token.value is not None:
        out.append(f',"value":{quote(token.value)}')
    if token.alias is not None:
        out.append(f',"alias":{quote(token.alias)}')
    if role:
        out.append(f',"role":"{role}"')
    if token.description:
        out.append(f',"description":{quote(token.description)}')
    rest = _rest(token, steps, stories, paths)
    if rest:
        out.append("," + encode(rest)[1:-1])
    return "".join(out) + "}"


def _rest(
    token: StoryToken, steps: Mapping[str, tuple[str, int]], stories: Stories, paths: set[str]
) -> dict[str, Json]:
    """What few tokens have."""
    rest: dict[str, Json] = {}
    for key, value in (
        ("values", token.values), ("aliases", token.aliases), ("parts", token.parts), ("partsIn", token.parts_in),
        ("srgb", token.srgb), ("srgbIn", token.srgb_in),
    ):  # fmt: skip
        if value:
            rest[key] = value
    if token.uses:
        rest["uses"] = token.uses
    if token.wide:
        rest["wide"] = True
    if token.deprecated:
        rest["deprecated"] = token.deprecated
        replacement = replacement_in(token.deprecated, paths)
        if replacement:
            rest["replacement"] = replacement
    if token.path in steps:
        rest["ramp"], rest["step"] = steps[token.path]
    if token.figma:
        rest["figma"] = figma_record(token.figma, stories.figma_file)
    return rest


def replacement_in(mark: bool | str, paths: set[str]) -> str | None:
    """The path of the token that a note of deprecation names, in braces or bare."""
    if not isinstance(mark, str):
        return None
    for word in mark.replace("`", " ").replace('"', " ").replace("'", " ").split():
        bare = word.strip("{}()[]<>,;:!.")
        if bare in paths:
            return bare
    return None


def figma_record(figma: Mapping[str, Json], file: str | None) -> dict[str, Json]:
    """What a reader may want to know of the variable, and a link to it where the file is known."""
    record: dict[str, Json] = {}
    identity = figma.get("id")
    collection = figma.get("collection")
    if isinstance(identity, str):
        record["id"] = identity
        if url := figma_link(file, identity):
            record["url"] = url
    if isinstance(figma.get("name"), str):
        record["name"] = figma["name"]
    if isinstance(collection, dict) and isinstance(collection.get("name"), str):
        record["collection"] = collection["name"]
    if isinstance(figma.get("scopes"), list):
        record["scopes"] = [scope for scope in figma["scopes"] if isinstance(scope, str)]
    syntax = figma.get("codeSyntax")
    if isinstance(syntax, dict):
        known = {key: text for key, text in syntax.items() if isinstance(text, str) and text}
        if known:
            record["syntax"] = [[key, text] for key, text in known.items()]
    return record


def figma_link(file: str | None, identity: str) -> str | None:
    """The address of a variable: ``VariableID:12:34`` of the file *file*; remote ones have none."""
    bare = identity.removeprefix("VariableID:")
    if not file or not all(part.isdigit() for part in bare.split(":")):
        return None
    return link(f"https://www.figma.com/design/{url_part(file)}?vars=1&var-id={url_part(bare.replace(':', '-'))}")


def node_link(file: str | None, node: str | None) -> str | None:
    """The address of a node of the file *file*, e.g. ``12:34``."""
    if not file or not node or not all(part.isdigit() for part in node.split(":")):
        return None
    return link(f"https://www.figma.com/design/{url_part(file)}?node-id={url_part(node.replace(':', '-'))}")
