"""JSON: nested groups of final values, as CSS writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from typing import Any

from orjson import OPT_APPEND_NEWLINE, OPT_INDENT_2, Fragment, dumps

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import TYPES, WEIGHTS

from ..css_values import extra_parts
from ..format_options import Known
from ..registry import formats
from ..rendering import Rendering

OPTIONS: Known = {}

_Group = dict[str, Any]


@formats.register("json/nested", "json")
def nested(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``json/nested``: group names as they stand, numbers as numbers, other types as CSS text.

    A value of no DTCG type stays as it is. Descriptions have no place here.
    """
    root: _Group = {}
    groups = {"": root}
    parent: str | None = None
    members, cut = root, 0
    tokens = rendering.tokens.values()
    texts = rendering.literals.known(token[2] for token in tokens) if rendering.shape is None else repeat(None)
    for token, text in zip(tokens, texts, strict=False):
        group = token[6][1]
        if group is not parent:  # tokens of one group mostly stand together
            parent = group
            members, cut = _members(groups, group), len(group) + 1 if group else 0
        name = token[0][cut:]
        members[name] = text if text is not None and token[1] in TYPES else _plain(rendering, token)
        if token[1] == "typography":
            for suffix, part in extra_parts(token, None, rendering.simple):
                rendering.claim(f"{rendering.names[token[0]]}-{suffix}", token)
                members[f"{name}-{suffix}"] = part
    written = dumps(root, option=OPT_INDENT_2 | OPT_APPEND_NEWLINE).decode()
    yield OutputFile(rendering.platform.out, written)


def _plain(rendering: Rendering, token: ResolvedToken) -> Any:
    """A token's value as it stands in JSON."""
    kind, value = token[1], token[2]
    if kind not in TYPES:
        return Fragment(json.dumps(value, ensure_ascii=False))  # on one line, integers of any size
    text = rendering.text(token)
    is_number = (
        type(value) is int or type(value) is float or (kind == "fontWeight" and type(value) is str and value in WEIGHTS)
    )
    return Fragment(text) if is_number else text  # with the digits that other formats write


def _members(groups: dict[str, _Group], path: str) -> _Group:
    """What the group at *path* holds; made, with the groups around it, where needed."""
    found = groups.get(path)
    if found is None:
        parent, _, name = path.rpartition(".")
        found = groups[path] = {}
        _members(groups, parent)[name] = found
    return found
