"""Stable names: of files, stories and titles. The same rules as Storybook's own index, so that no Node is needed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

_PUNCTUATION = re.compile("[ ’–—―′¿'`~!@#$%^&*()_|+\\-=?;:\",.<>{}\\[\\]\\\\/]")
_LONGEST_TITLE = 60
_LONGEST_SLUG = 48


def sanitized(text: str) -> str:
    """*text* as Storybook writes it in ids: lower case, punctuation as single dashes. Other scripts stay."""
    return re.sub("-+", "-", _PUNCTUATION.sub("-", text.lower())).strip("-")


def start_case(export: str) -> str:
    """The name of a story by its export: ``AllTokens2`` -> ``All Tokens 2``."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", export.replace("_", " "))
    text = re.sub(r"([A-Z])([A-Z][a-z])", r"\1 \2", text)
    text = re.sub(r"([A-Za-z])(\d)", r"\1 \2", text)
    text = re.sub(r"(\d)([A-Za-z])", r"\1 \2", text)
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def story_id(component: str, export: str) -> str:
    """The id of a story: that of its file's ``id`` or ``title``, and its export's name."""
    return f"{sanitized(component)}--{sanitized(start_case(export))}"


def docs_id(title: str) -> str:
    """The id of an MDX page without stories."""
    return f"{sanitized(title)}--docs"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A short ASCII name for each of *names*, for files, ids and addresses.

    A name that is already one keeps it. Where others have the same letters and digits, have none, or are cut, a suffix
    made of the name itself keeps them apart, on any file system and in any order.
    """
    plain = {name: re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") for name in names}
    owners = Counter(plain.values())
    found = {}
    for name, slug in plain.items():
        is_safe = slug and len(slug) <= _LONGEST_SLUG and slug not in _RESERVED
        if is_safe and name.isascii() and (slug == name or owners[slug] == 1):
            found[name] = slug
        else:
            suffix = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
            found[name] = f"{slug[:_LONGEST_SLUG].strip('-') or 'group'}-{suffix}"
    return found


_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))]
)


def title_part(name: str) -> str:
    """*name* as one level of a title: no folder begins in it, it is not too long and never empty."""
    flat = " ".join(name.replace("/", "∕").split())
    if len(flat) > _LONGEST_TITLE:
        flat = flat[: _LONGEST_TITLE - 1] + "…"
    return flat


def titles(slug_of: Mapping[str, str]) -> dict[str, str]:
    """A title for each name, its slug added where two would have one id or one has none."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, slug in slug_of.items():
        title = title_part(name)
        if not sanitized(title) or sanitized(title) in taken:
            title = f"{title} ({slug})" if title else slug
        taken.add(sanitized(title))
        found[name] = title
    return found
