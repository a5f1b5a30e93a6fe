"""The stylesheet of the stories: that of the project's CSS platform, with a place for every context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.naming import kebab
from dss_tokens.resolve.permutations import Permutations

if TYPE_CHECKING:
    from ..config import Config


class Sheet(NamedTuple):
    """The stylesheet of the stories, and what it was made of."""

    rendering: Any
    """Of the translators: permutations after filters and rules, names, texts."""

    names: Mapping[str, str]
    """Path -> name as CSS writes it."""

    text: str
    diagnostics: list[Diagnostic]


def platform_for(css: Any, config: Config | None, prefix: str | None) -> Any:
    """The first configured CSS platform, so that the pages show the names and values that the code has; else plain.

    Selectors and media queries are those of the toolbar, whatever the platform says.
    """
    from .translating import platforms_for

    tables = config.platform if config is not None else {}
    named = [name for name, table in tables.items() if (table.format or "").partition("/")[0] == "css"][:1]
    platform = platforms_for(
        css, config if named else None, to=() if named else ("css",), names=named, prefix=prefix, references=None
    )[0]
    return platform._replace(
        format="css/variables",
        out="tokens.css",
        root_selector=":root",
        selectors={},
        media={},
        inputs={},
        options={},
    )


def stylesheet(css: Any, permutations: Permutations, platform: Any) -> Sheet:
    """The stylesheet of *platform*, with a place for each default context, too.

    So an element inside a dark one can be light again. Two tokens with one name are no error here: the second is
    numbered, and a warning says so.
    """
    from dataclasses import replace

    defaults = {
        f"{name}={contexts[0]}": f"[data-{kebab(name)}={css.css_values.quoted(contexts[0])}]"
        for name, contexts in permutations.modifiers.items()
    }
    platform = platform._replace(selectors=defaults)
    rendering = css.Rendering(permutations, platform, css.Names(permutations))
    found = [replace(d, severity="warning") if d.code == "DSS310" else d for d in rendering.diagnostics]
    if rendering.diagnostics:
        rendering.names = _numbered(rendering.names)
    (file,) = css.formats.get("css/variables")(rendering)
    return Sheet(rendering, css.identifiers(rendering.names), file.text, found)


def _numbered(names: Mapping[str, str]) -> dict[str, str]:
    """*names* with a number behind each that is taken."""
    taken: set[str] = set()
    found = {}
    for path, name in names.items():
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        found[path] = free
    return found


def inputs_of(sheet: Sheet) -> list[Mapping[str, str]]:
    """The contexts of each permutation, the default first."""
    return [{}, *(other.inputs for other in sheet.rendering.permutations.others)]
