"""Token documents -> the tokens of a build, flat and in order, references not yet resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Location

from .config import Config
from .ecmascript.values import normalized
from .merging import Collision, Tree, inherit_types, is_dtcg, lay_over, mark, override
from .preprocessor import preprocess
from .rendering import value_text
from .transform import Token

_NOT_ORIGINAL = ("filePath", "isSource")


class SourceDocument(NamedTuple):
    """One token file, read and parsed by the caller."""

    file: str
    """Its path as Style Dictionary would print it (``filePath``): as matched, relative to the configuration."""

    data: Any
    """What the file holds, normally an object."""

    is_source: bool = True
    """Whether it is from ``source``; false for ``include``."""

    at: Location = ()
    """Where in the file the data stands."""


@dataclass(frozen=True, slots=True)
class TokenMap:
    """Tokens by key, e.g. ``{color.base.red}``, in the order in which formats print them."""

    tokens: dict[str, Token]
    uses_dtcg: bool
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The names that lead to a token in its file; a name may hold dots."""

    tree: Tree | None = None
    """The tokens in groups, as they were merged; ``None`` where there is no such tree."""

    documents: tuple[SourceDocument, ...] = ()
    """What they were read from."""

    _bases: dict[str, tuple[Token, list[str]]] = field(default_factory=dict, repr=False, compare=False)

    def bases(self) -> dict[str, tuple[Token, list[str]]]:
        """For each token what every platform adds to it: the original, and the path."""
        if not self._bases:
            for key, token in self.tokens.items():
                original = token.copy()
                for name in _NOT_ORIGINAL:
                    original.pop(name, None)
                self._bases[key] = original, key[1:-1].split(".")
        return self._bases

    @property
    def value_key(self) -> str:
        """``value`` or ``$value``."""
        return "$value" if self.uses_dtcg else "value"

    @property
    def type_key(self) -> str:
        """``type`` or ``$type``."""
        return "$type" if self.uses_dtcg else "type"

    def file(self, key: str) -> str | None:
        """The file the token is from, ``None`` for one of the configuration."""
        found = self.tokens[key].get("filePath")
        return found if isinstance(found, str) else None

    def location(self, key: str) -> Location:
        """Where the token stands in its file; inside the configuration for one without a file."""
        return self.place(key, self.file(key))

    def place(self, key: str, file: str | None) -> Location:
        """Where what *key* names stands in *file*: the token, or the one that it was made from."""
        at = self.paths.get(key) or tuple(key[1:-1].split("."))
        if file is None:
            return ("tokens", *at)
        documents = [document for document in reversed(self.documents) if document.file == file]
        for end in range(len(at), 0, -1):
            for document in documents:
                if (above := _above(document.data, at[:end])) is not None:
                    return (*document.at, *above, *at[:end])
        return at


def _above(tree: Any, at: Location) -> Location | None:
    """What leads to *at* in a file: nothing, or the name of a token set, which a preprocessor took off."""
    if _holds(tree, at):
        return ()
    names: list[str] = list(reversed(tree)) if isinstance(tree, dict) else []
    return next(((name,) for name in names if _holds(tree[name], at)), None)


def _holds(tree: Any, at: Location) -> bool:
    for name in at:
        if not isinstance(tree, dict) or name not in tree:
            return False
        tree = tree[name]
    return True


def read_tokens(
    config: Config, documents: Sequence[SourceDocument], *, layered: bool = False
) -> tuple[TokenMap, list[Diagnostic]]:
    """The tokens of *documents* and of the configuration itself, and the collisions among them.

    Args:
        config: The configuration.
        documents: Later ones override earlier ones; those of ``source`` override those of ``include``.
        layered: Whether they are meant to override each other in their order, as token sets are: that is no
            collision.
    """
    inline: Tree = normalized(config.tokens)
    uses_dtcg = config.uses_dtcg
    if inline and uses_dtcg is None:
        uses_dtcg = is_dtcg(inline)
    collisions: list[Diagnostic] = []
    trees: dict[bool, Tree | None] = {False: None, True: None}
    for document in documents if layered else sorted(documents, key=lambda found: found.is_source):
        if document.data is None:
            continue
        data: Tree = normalized(_tree(document.data))
        if uses_dtcg is None:
            uses_dtcg = is_dtcg(data)
        value_key = "$value" if uses_dtcg else "value"
        mark(data, value_key, document.file, document.is_source)
        is_source = document.is_source or layered
        if (base := trees[is_source]) is None:
            trees[is_source] = data
        elif layered:
            override(base, data, value_key)
        else:
            collide = _collector(collisions, document.file) if is_source else None
            lay_over(base, data, token_key=value_key, collision=collide)
    merged = inline
    for tree in (trees[False], trees[True]):
        if tree is not None:
            merged = lay_over(merged, tree) if merged else tree
    merged = preprocess(merged, config.preprocessors, config.data)
    if uses_dtcg:
        inherit_types(merged)
    tokens = replace(flattened(merged, bool(uses_dtcg)), documents=tuple(documents))
    return tokens, _within_level(collisions, config)


def _tree(data: Any) -> Tree:
    """What a file holds as groups: a list by its indices, nothing where it is plain text or a number."""
    if isinstance(data, list):
        return {str(index): item for index, item in enumerate(data)}
    return data if isinstance(data, dict) else {}


def flattened(tree: Tree, uses_dtcg: bool) -> TokenMap:
    """The tokens of *tree*: every object with a value; what is inside one is not looked into."""
    value_key = "$value" if uses_dtcg else "value"
    tokens: dict[str, Token] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for path, token in _leaves(tree, value_key, ()):
        key = "{" + ".".join(path) + "}"
        tokens[key] = {**token, "key": key}
        paths[key] = path
    return TokenMap(tokens, uses_dtcg, paths, tree)


def _leaves(tree: Tree, value_key: str, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Token]]:
    for name, node in tree.items():
        if isinstance(node, dict):
            if value_key in node:
                yield (*path, name), node
            else:
                yield from _leaves(node, value_key, (*path, name))


def _collector(collisions: list[Diagnostic], file: str) -> Collision:
    return lambda path, old, new: collisions.append(_collision(path, old, new, file))


def _collision(path: list[str], old: Any, new: Any, file: str) -> Diagnostic:
    name = ".".join(path)
    return Diagnostic(
        code="DSS362",
        message=f"{name} is defined twice: {value_text(old)} is replaced by {value_text(new)}",
        hint="put the file whose tokens are to be replaced under include",
        path=name,
        file=file,
        at=tuple(path),
    )


def _within_level(found: list[Diagnostic], config: Config) -> list[Diagnostic]:
    level = config.log.level()
    return [] if level is None else [replace(one, severity=level) for one in found]  # type: ignore[arg-type]
