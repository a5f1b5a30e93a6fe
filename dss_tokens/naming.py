"""A token's path -> its name in an output language, and what to say when two tokens get one name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from .diagnostics import Diagnostic, Related
from .model import ROOT, Token
from .regex import lazy

_LOWER_UPPER = lazy(r"([a-z0-9\u00df-\u00f6\u00f8-\u00ff])([A-Z\u00c0-\u00d6\u00d8-\u00de])")
_UPPER_WORD = lazy(r"([A-Z])([A-Z][a-z])")
_SEPARATORS = lazy(r"[\x00-/:-@\[-`{-\x9f\xa0\xab\xb7\xbb]+")  # everything of ASCII but letters and digits
_KEBAB = b"abcdefghijklmnopqrstuvwxyz0123456789-.\n"
_HYPHENS = bytes.maketrans(b".\n", b"--")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one name: split at case changes and at everything but letters and digits.

    Letters of other scripts and emoji are kept. A name of separators alone gives its code points, never nothing.
    """
    text = _UPPER_WORD.sub(r"\1 \2", _LOWER_UPPER.sub(r"\1 \2", name))
    found = tuple(filter(None, _SEPARATORS.split(text)))
    return found or tuple(f"u{ord(character):x}" for character in name)


@cache
def kebab(name: str) -> str:
    """One name in kebab case: ``fontSize`` -> ``font-size``."""
    return "-".join(words(name)).lower()


def _spelled(path: str) -> list[str]:
    return [name for name in path.split(".") if name != ROOT]


def kebab_name(path: str) -> str:
    """``color.brandNew.$root`` -> ``color-brand-new``."""
    return "-".join([kebab(name) for name in _spelled(path)])


def snake_name(path: str) -> str:
    """``color.brandNew`` -> ``color_brand_new``."""
    return kebab_name(path).replace("-", "_")


def camel_name(path: str) -> str:
    """``color.brandNew`` -> ``colorBrandNew``."""
    pascal = pascal_name(path)
    return pascal[:1].lower() + pascal[1:]


def pascal_name(path: str) -> str:
    """``color.brandNew`` -> ``ColorBrandNew``."""
    return "".join(word[:1].upper() + word[1:].lower() for name in _spelled(path) for word in words(name))


def constant_name(path: str) -> str:
    """``color.brandNew`` -> ``COLOR_BRAND_NEW``."""
    return snake_name(path).upper()


CASES: dict[str, Callable[[str], str]] = {
    "kebab": kebab_name,
    "snake": snake_name,
    "camel": camel_name,
    "pascal": pascal_name,
    "constant": constant_name,
}
"""Name -> path to name."""


def kebab_names(tokens: Iterable[Token], prefix: str = "") -> dict[str, str]:
    """Path -> kebab name of many tokens at once.

    Args:
        tokens: Those of one group best stand together: its name is spelled once.
        prefix: Put before each name, joined with ``-``.
    """
    tokens = list(tokens)
    lead = f"{kebab_name(prefix)}-" if prefix else ""
    paths = [token[0] for token in tokens]
    together = "\n".join(paths)
    if together.count("\n") == len(paths) - 1 and _is_kebab(together):
        lines = together.replace(".", "-").split("\n")
        return dict(zip(paths, [lead + name for name in lines] if lead else lines, strict=True))
    found = {}
    spelled: dict[str, str] = {}  # names of tokens; a look-up instead of a call, since groups have much the same
    starts = {"": lead}
    group: str | None = None
    start, cut = "", 0
    for path, parent, _, _, _, _ in tokens:
        if parent is not group:
            group = parent
            start = starts[parent] if parent in starts else _start(parent, starts)
            cut = len(parent) + 1 if parent else 0
        own = path[cut:]
        name = spelled.get(own)
        if name is None:
            name = spelled[own] = kebab(own)
        found[path] = start + name if own != ROOT else start[:-1] or name
    return found


def _is_kebab(paths: str) -> bool:
    """Whether every name of *paths*, a line each, is in kebab case as it stands: then all are spelled at once."""
    if not paths or not paths.isascii() or paths[0] == "-" or paths[-1] == "-":
        return False
    text = paths.encode()
    # No name begins or ends with a hyphen, or has two: one search, since no name is empty.
    return not text.translate(None, _KEBAB) and b"--" not in text.translate(_HYPHENS)


def _start(group: str, starts: dict[str, str]) -> str:
    """What the names in a group begin with; spelled after that of the group around it."""
    found = starts.get(group)
    if found is None:
        outer, _, name = group.rpartition(".")
        start = _start(outer, starts)
        found = starts[group] = start if name == ROOT else f"{start}{kebab(name)}-"
    return found


def collisions(names: Mapping[str, str], token_at: Callable[[str], Token]) -> list[Diagnostic]:
    """An error for every name that two tokens share, naming both places.

    Args:
        names: Path -> name.
        token_at: Gives the token at a path.
    """
    if len(set(names.values())) == len(names):
        return []
    first: dict[str, str] = {}
    found = []
    for path, name in names.items():
        other = first.setdefault(name, path)
        if other != path:
            here, there = token_at(path), token_at(other)
            found.append(
                Diagnostic(
                    code="DSS310",
                    message=f"{other} and {path} would both be called {name}",
                    path=path,
                    file=here.source.file,
                    at=here.at(),
                    hint="rename one of them, or choose another prefix or case",
                    related=(Related("the other token", other, there.source.file, at=there.at()),),
                )
            )
    return found
