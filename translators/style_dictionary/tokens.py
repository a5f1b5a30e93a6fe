"""Token documents -> the tokens of a build, flat and in order, references not yet resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Location

from .config import Config
from .ecmascript.values import normalized
from .merging import Tree, inherit_types, is_dtcg, lay_over, mark
from .preprocessor import preprocess
from .rendering import value_text
from .transform import Token

_NOT_ORIGINAL = ("filePath", "isSource")


class SourceDocument(NamedTuple):
    """One token file, read and parsed by the caller."""

    file: str
    """Its path as Style Dictionary would print it (``filePath``): as matched, relative to the configuration."""

    data: dict[str, Any]
    is_source: bool = True
    """Whether it is from ``source``; false for ``include``."""


@dataclass(frozen=True, slots=True)
class TokenMap:
    """Tokens by key, e.g. ``{color.base.red}``, in the order in which formats print them."""

    tokens: dict[str, Token]
    uses_dtcg: bool
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The names that lead to a token in its file; a name may hold dots."""

    tree: Tree | None = None
    """The tokens in groups, as they were merged; ``None`` where there is no such tree."""

    _bases: dict[str, tuple[Token, list[str]]] = field(default_factory=dict, repr=False, compare=False)

    def bases(self) -> dict[str, tuple[Token, list[str]]]:
        """For each token what every platform adds to it: the original, and the path."""
        if not self._bases:
            for key, token in self.tokens.items():
                original = {name: value for name, value in token.items() if name not in _NOT_ORIGINAL}
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
        at = self.paths.get(key) or tuple(key[1:-1].split("."))
        return at if "filePath" in self.tokens.get(key, {}) else ("tokens", *at)


def read_tokens(config: Config, documents: Sequence[SourceDocument]) -> tuple[TokenMap, list[Diagnostic]]:
    """The tokens of *documents* and of the configuration itself, and the collisions among them."""
    inline: Tree = normalized(config.tokens)
    uses_dtcg = config.uses_dtcg
    if inline and uses_dtcg is None:
        uses_dtcg = is_dtcg(inline)
    collisions: list[Diagnostic] = []
    trees: dict[bool, Tree | None] = {False: None, True: None}
    for document in sorted(documents, key=lambda found: found.is_source):
        data: Tree = normalized(document.data)
        if uses_dtcg is None:
            uses_dtcg = is_dtcg(data)
        value_key = "$value" if uses_dtcg else "value"
        mark(data, value_key, document.file, document.is_source)
        if (base := trees[document.is_source]) is None:
            trees[document.is_source] = data
            continue

        def collide(path: list[str], old: Any, new: Any, file: str = document.file) -> None:
            collisions.append(_collision(path, old, new, file))

        lay_over(base, data, token_key=value_key, collision=collide if document.is_source else None)
    merged = inline
    for tree in (trees[False], trees[True]):
        if tree is not None:
            merged = lay_over(merged, tree) if merged else tree
    merged = preprocess(merged, config.preprocessors, config.data)
    if uses_dtcg:
        inherit_types(merged)
    return flattened(merged, bool(uses_dtcg)), _within_level(collisions, config)


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
    from dataclasses import replace

    level = config.log.level()
    return [] if level is None else [replace(one, severity=level) for one in found]  # type: ignore[arg-type]
