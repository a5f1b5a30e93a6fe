"""A token or group of an authored document under another path. Pure: documents in, documents out.

Parts that do not change are the very objects of the old document, so that a writer can leave their text alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .mentions import pointer_path, renamed_node, renamed_pointer
from .merge.forms import Form, form_of
from .model import ROOT, names

Json = Any


class Obstacle(NamedTuple):
    """Why something cannot be moved."""

    message: str
    at: str
    """The path that is in the way."""


class Moved(NamedTuple):
    """What :func:`move` did."""

    document: Json
    is_group: bool
    tokens: int
    """How many tokens stand elsewhere now."""


def find(document: Json, path: str) -> Json | None:
    """The object of the token or group at *path*; ``None`` where there is none."""
    node = document
    for name in names(path):
        if type(node) is not dict or (name[:1] == "$" and name != ROOT):
            return None
        node = node.get(name)
    return node if type(node) is dict else None


def move(document: dict[str, Json], old: str, new: str) -> Moved | Obstacle:
    """*document* with what stands at *old* at *new*.

    It keeps its place among its siblings where its group stays the same, else it comes last in the new one. Groups on
    the way are made, those left empty go. A type that was inherited and is another one there is written out.

    Args:
        document: A token document that has *old*.
        old: The path of a token or group.
        new: Its new path.
    """
    form = form_of(document)
    moved = find(document, old)
    assert moved is not None
    if (obstacle := _obstacle(document, old, new, form)) is not None:
        return obstacle
    is_group = not form.is_token(moved, names(old)[-1])
    node = _with_type(document, old, new, moved, form, is_group)
    old_parent, new_parent = names(old)[:-1], names(new)[:-1]
    if old_parent == new_parent:
        changed = _edited(document, old_parent, lambda group: _relabelled(group, names(old)[-1], names(new)[-1], node))
    else:
        changed = _edited(document, old_parent, lambda group: _without(group, names(old)[-1]))
        changed = _pruned(changed, old_parent, new_parent)
        changed = _edited(changed, new_parent, lambda group: {**group, names(new)[-1]: node})
    count = sum(1 for _ in _tokens(node, names(new)[-1], form)) if is_group else 1
    return Moved(changed, is_group, count)


def _obstacle(document: Json, old: str, new: str, form: Form) -> Obstacle | None:
    if new == old:
        return Obstacle("it is called so already", old)
    if new.startswith(f"{old}."):
        return Obstacle("it cannot stand in itself", new)
    if find(document, new) is not None:
        return Obstacle("there is a token or group of that name", new)
    path = ""
    for name in names(new)[:-1]:
        path = f"{path}.{name}" if path else name
        node = find(document, path)
        if node is not None and path != old and form.is_token(node, name):
            return Obstacle("this is a token: nothing can stand in it", path)
    return None


def _with_type(document: Json, old: str, new: str, moved: Json, form: Form, is_group: bool) -> Json:
    """*moved* with the type it inherited written out, where it would inherit another one at its new place."""
    before, after = (_inherited(document, path, form) for path in (old, new))
    if before is None or before == after or form.type in moved:
        return moved
    if is_group:
        needs = any(_inherits(token, form) for token in _tokens(moved, names(new)[-1], form))
        return {form.type: before, **moved} if needs else moved
    return {form.type: before, **moved} if _inherits(moved, form) else moved


def _inherits(token: Json, form: Form) -> bool:
    """Whether a token has its group's type: it has no own one, and is no alias."""
    return form.type not in token and form.kind(token, "inherited") == "inherited"


def _inherited(document: Json, path: str, form: Form) -> str | None:
    found = None
    node = document
    for name in (*names(path)[:-1], None):
        own = node.get(form.type)
        found = own if type(own) is str else found
        node = node.get(name) if name is not None else None
        if type(node) is not dict:
            break
    return found


def _tokens(node: Json, name: str, form: Form) -> Iterator[Json]:
    waiting = [(name, node)]
    while waiting:
        name, found = waiting.pop()
        if form.is_token(found, name):
            yield found
            continue
        waiting += [
            (key, child) for key, child in found.items() if type(child) is dict and (key[:1] != "$" or key == ROOT)
        ]


def _edited(document: dict[str, Json], path: tuple[str, ...], edit: Any) -> dict[str, Json]:
    """*document* with the group at *path* edited; made where it is not there."""
    if not path:
        edited: dict[str, Json] = edit(document)
        return edited
    first, *rest = path
    return {**document, first: _edited(document.get(first) or {}, tuple(rest), edit)}


def _relabelled(group: dict[str, Json], old: str, new: str, node: Json) -> dict[str, Json]:
    return {(new if name == old else name): (node if name == old else part) for name, part in group.items()}


def _without(group: dict[str, Json], name: str) -> dict[str, Json]:
    return {key: part for key, part in group.items() if key != name}


def _pruned(document: dict[str, Json], path: tuple[str, ...], kept: tuple[str, ...]) -> dict[str, Json]:
    """*document* without the groups on *path* that are empty now; those on *kept* stay."""
    while path and path != kept[: len(path)]:
        if find(document, ".".join(path)) != {}:
            return document
        name = path[-1]
        path = path[:-1]
        document = _edited(document, path, lambda group, name=name: _without(group, name))
    return document


def edited_resolver(document: Json, edit: Callable[[Json], Json], refer: Callable[[str], str] = str) -> Json:
    """A resolver document with its inline token documents edited, and its references.

    Args:
        document: A resolver document.
        edit: Gives the new form of an inline source.
        refer: Gives the new form of a ``$ref``.
    """

    def part(value: Json, inside: bool) -> Json:
        """*inside*: an entry of the list of sources of a set or context."""
        if type(value) is list:
            items = [part(item, True) for item in value]
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
        if type(value) is not dict:
            return value
        if type(value.get("$ref")) is str:
            reference = refer(value["$ref"])
            return value if reference == value["$ref"] else {**value, "$ref": reference}
        if inside and not ("name" in value and "type" in value):
            return edit(value)
        found = {key: part(child, False) for key, child in value.items()}
        return value if all(found[key] is value[key] for key in value) else found

    return part(document, False)


class Renaming:
    """A rename of references: of the path itself and of everything below it."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.count = 0
        """References renamed so far."""

    def __call__(self, path: str) -> str | None:
        """The new path of a path, ``None`` where it stays."""
        if path != self.old and not path.startswith(f"{self.old}."):
            return None
        self.count += 1
        return self.new + path[len(self.old) :]

    def document(self, document: Json) -> Json:
        """A token document with its references renamed."""
        return self._node(document, is_group=True)

    def _node(self, node: Json, *, is_group: bool) -> Json:
        """One group with what is in it. Properties are renamed as a token's are, children one by one."""
        properties = {key: part for key, part in node.items() if not _is_child(key, part)}
        changed = renamed_node(properties, self)
        found = dict(node)
        same = changed is properties
        for key, part in node.items():
            if _is_child(key, part):
                inner = self._node(part, is_group=True)
                same = same and inner is part
                found[key] = inner
            else:
                found[key] = changed[key]
        return node if same else found

    def resolver(self, document: Json) -> Json:
        """A resolver document: its inline sources, and pointers from it into token files."""
        return edited_resolver(document, self.document, self._reference)

    def _reference(self, reference: str) -> str:
        file, mark, pointer = reference.partition("#")
        if not mark or not file or pointer_path(f"#{pointer}") is None:
            return reference
        return file + renamed_pointer(f"#{pointer}", self)


def _is_child(key: str, part: Json) -> bool:
    return type(part) is dict and (key[:1] != "$" or key == ROOT) and key not in ("value", "extensions", "attributes")
