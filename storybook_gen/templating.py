"""The Jinja environment of the stories. A template never prints a bare value: each passes a filter of its language."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .escaping import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Strict about undefined names, with the filters of :mod:`.escaping`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("storybook_gen", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # JavaScript and MDX, not HTML; a test forbids unfiltered values
    )
    made.filters.update(FILTERS)
    return made


def render(template: str, **context: Any) -> str:
    """A shipped template's text."""
    return environment().get_template(template).render(context)


@lru_cache(maxsize=64)
def shipped(path: str) -> str:
    """The text of a file of this package that is copied as it is."""
    return files("storybook_gen").joinpath(path).read_text(encoding="utf-8")
