"""JSON: nested groups of final values, as CSS writes them."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from json.encoder import encode_basestring

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import TYPES, WEIGHTS

from ..css_values import extra_parts
from ..format_options import Known
from ..registry import formats
from ..rendering import Rendering

OPTIONS: Known = {}

_Entries = list["str | tuple[str, _Entries]"]
"""What a group holds in order: tokens, encoded as members, and groups with their names."""


@formats.register("json/nested", "json")
def nested(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``json/nested``: group names as they stand, numbers as numbers, other types as CSS text.

    A value of no DTCG type stays as it is. Descriptions have no place here.
    """
    root: _Entries = []
    groups = {"": root}
    texts: dict[int, str] = {}  # aliases share their target's value
    literal = rendering.literal if rendering.shape is None else None
    parent: str | None = None
    add, cut = root.append, 0
    for token in rendering.tokens.values():
        group = token[6][1]
        if group is not parent:  # tokens of one group mostly stand together
            parent = group
            add, cut = _entries(groups, group).append, len(group) + 1 if group else 0
        value = token[2]
        text = texts.get(id(value))
        if text is None:
            if literal is None or type(value) is not dict or token[1] not in TYPES:
                text = _encoded(rendering, token)
            else:
                text = texts[id(value)] = encode_basestring(literal(token[1], value))
        name = token[0][cut:]
        add(f"{encode_basestring(name)}: {text}")
        if token[1] == "typography":
            for suffix, part in extra_parts(token, None, rendering.simple):
                rendering.claim(f"{rendering.names[token[0]]}-{suffix}", token)
                add(f"{encode_basestring(f'{name}-{suffix}')}: {encode_basestring(part)}")
    yield OutputFile(rendering.platform.out, _object(root, "\n") + "\n")


def _encoded(rendering: Rendering, token: ResolvedToken) -> str:
    """A token's value as JSON."""
    kind, value = token[1], token[2]
    if kind not in TYPES:
        return dumps(value, ensure_ascii=False)
    text = rendering.text(token)
    is_number = (
        type(value) is int or type(value) is float or (kind == "fontWeight" and type(value) is str and value in WEIGHTS)
    )
    return text if is_number else encode_basestring(text)


def _entries(groups: dict[str, _Entries], path: str) -> _Entries:
    """What the group at *path* holds; made, with the groups around it, where needed."""
    found = groups.get(path)
    if found is None:
        parent, _, name = path.rpartition(".")
        found = groups[path] = []
        _entries(groups, parent).append((name, found))
    return found


def _object(entries: _Entries, line: str) -> str:
    """Entries as indented JSON, in a tenth of the standard encoder's time; *line*: a line break with indentation."""
    if not entries:
        return "{}"
    inner = f"{line}  "
    members = [
        entry if isinstance(entry, str) else f"{encode_basestring(entry[0])}: {_object(entry[1], inner)}"
        for entry in entries
    ]
    return f"{{{inner}{f',{inner}'.join(members)}{line}}}"
