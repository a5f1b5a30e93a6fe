"""Where the values of a context hold in CSS: ``[data-theme="dark"]``, or a media query. Source: Selectors 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.naming import kebab
from dss_tokens.regex import lazy

from .css_text import alternatives, quoted
from .platform import Platform

Specificity = tuple[int, int, int]


class Place(NamedTuple):
    """Where declarations hold."""

    selector: str
    media: str | None
    """A whole prelude, ``@media (…)``."""

    on_element: bool
    """Whether the selector names the contexts, so that it finds any element that has them; else it is the root."""

    specificity: Specificity | None
    """``None`` where the alternatives of the selector differ, so that it is not known which one decides."""


def places_of(inputs: Mapping[str, str], platform: Platform, *, nested: bool = False) -> Iterator[Place]:
    """The places for a choice of contexts (contract, "translate"), media queries first.

    By default ``[data-<modifier in kebab case>="<context verbatim>"]``; several modifiers are joined to one
    compound selector, with *nested* to one that finds them on different elements, too. A context with a media query
    and a selector of its own has two places.
    """
    choices = []
    for modifier, context in inputs.items():
        key = f"{modifier}={context}"
        query, selector = platform.media.get(key), platform.selectors.get(key)
        places: list[tuple[str | None, str | None]] = []
        if query is not None:
            places.append((query.removeprefix("@media").strip(), None))
        if selector is not None or query is None:
            places.append((None, selector or f"[data-{kebab(modifier)}={quoted(context)}]"))
        choices.append(places)
    for chosen in product(*choices):
        queries = [query for query, _ in chosen if query is not None]
        selectors = [selector for _, selector in chosen if selector is not None]
        selector = (anywhere if nested else compound)(selectors) or platform.root_selector
        media = f"@media {both(queries)}" if queries else None
        yield Place(selector, media, bool(selectors), specificity(selector))


def misplaced(platform: Platform, modifiers: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Places for contexts that do not exist. A modifier that is not among those with a free choice may be fixed."""
    from difflib import get_close_matches

    for key, places in (("selector", platform.selectors), ("media", platform.media)):
        for place in places:
            modifier, sign, context = place.partition("=")
            known = modifiers.get(modifier)
            message = hint = None
            if not sign:
                message, hint = f"{place} names no context", "write modifier=context"
            elif known is not None and context not in known:
                message = f"the modifier {modifier} has no context {context}"
                hint = _nearest(context, known)
            elif known is None and (near := get_close_matches(modifier, modifiers, 1)):
                message, hint = f"there is no modifier {modifier}", f"did you mean {near[0]}?"
            if message is not None:
                path = f"platform.{platform.name}.{key}.{place}"
                yield Diagnostic(code="DSS318", message=message, hint=hint, path=path)


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else "it has " + ", ".join(known)


def anywhere(selectors: list[str]) -> str:
    """A selector for elements that one of *selectors* finds, inside of those that the others find or the same ones."""
    parts = []
    for place, selector in enumerate(selectors):
        others = [alternatives(other) for at, other in enumerate(selectors) if at != place]
        inside = [f":is({', '.join(text for part in other for text in (part, f'{part} *'))})" for other in others]
        parts += [own + "".join(inside) for own in alternatives(selector)]
    return ", ".join(parts)


def both(queries: list[str]) -> str:
    """A media query that holds where all of *queries* hold."""
    plain = [query.removeprefix("@media").strip() for query in queries]
    return ", ".join(" and ".join(parts) for parts in product(*map(alternatives, plain)))


def compound(selectors: list[str]) -> str:
    """A selector for elements that all of *selectors* find: each alternative of one with each of the others."""
    if len(selectors) == 1:
        return selectors[0].strip()
    return ", ".join(map(_compound, product(*map(alternatives, selectors))))


def _compound(parts: tuple[str, ...]) -> str:
    """Parts in one: one that begins with an element's name goes first, further ones inside ``:is()``."""
    ordered = sorted(dict.fromkeys(parts), key=lambda part: not _starts_with_name(part))
    return "".join(f":is({part})" if place and _starts_with_name(part) else part for place, part in enumerate(ordered))


def _starts_with_name(selector: str) -> bool:
    return selector[:1].isalpha() or selector[:1] in "*_"


@cache
def specificity(selector: str) -> Specificity | None:
    """How strong a selector is, where all its alternatives are equally strong (Selectors 4, "Specificity")."""
    found = {_of_one(part) for part in alternatives(selector)}
    return found.pop() if len(found) == 1 else None


_PIECE = lazy(
    r"(?P<pseudo>:(?P<name>[\w-]+)\()|(?P<ids>\#[^\s.#\[:>+~(]+)|(?P<classes>\.[^\s.#\[:>+~(]+|\[[^\]]*\]|:[\w-]+)"
    r"|(?P<elements>::[\w-]+|(?<![\w-])[a-zA-Z_][\w-]*)|(?P<other>.)",
    re.S,
)


def _of_one(selector: str) -> Specificity:
    ids = classes = elements = 0
    place = 0
    while match := _PIECE.match(selector, place):
        place = match.end()
        if match["pseudo"]:
            inside, place = _bracketed(selector, place)
            name = match["name"]
            strongest = max(map(_of_one, alternatives(inside)), default=(0, 0, 0))
            if name in ("is", "not", "has"):
                ids, classes, elements = ids + strongest[0], classes + strongest[1], elements + strongest[2]
            elif name != "where":
                classes += 1
        elif match["ids"]:
            ids += 1
        elif match["classes"]:
            classes += 1
        elif match["elements"]:
            elements += 1
    return ids, classes, elements


def _bracketed(text: str, start: int) -> tuple[str, int]:
    """What stands before the bracket that closes, and the place after it."""
    depth = 1
    for place in range(start, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return text[start:place], place + 1
    return text[start:], len(text)
