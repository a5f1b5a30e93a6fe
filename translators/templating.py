"""The one Jinja environment: templates lay out, values arrive escaped for their language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from json import dumps
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import DssError, InputError
from dss_tokens.naming import CASES
from dss_tokens.source import Span

from .css_text import comment_text, quoted
from .platform import Template

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Strict about undefined names; blocks leave no lines behind; the final line break is kept."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("translators", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def render(template: str, **context: Any) -> str:
    """A shipped template's text, rendered once per file."""
    return environment().get_template(template).render(context)


def render_own(template: Template, **context: Any) -> str:
    """A template of the user's own.

    Raises:
        InputError: It does not compile, uses a name that is not there, or fails; with file and line.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError

    own = Environment(
        loader=FunctionLoader(lambda name: (*template.load(name), None)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    own.filters |= FILTERS
    names: dict[str, Collection[str]] = {"filter": own.filters, "test": own.tests, "name": context}
    try:
        return own.get_template(template.file).render(context)
    except TemplateSyntaxError as error:
        message, file = error.message or "syntax", error.filename or template.file
        raise InputError(_fault(message, file, error.lineno, names)) from error
    except DssError:
        raise
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        file, line = _place(error, template.file)
        raise InputError(_fault(str(error) or type(error).__name__, file, line, names)) from error


def _place(error: Exception, file: str) -> tuple[str, int | None]:
    """The innermost line of a template on the way to *error*: Jinja gives frames the lines of their templates."""
    places = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    own = [place for place in places if place[0] == file or not place[0].endswith((".py", ">"))]
    return own[-1] if own else (file, None)


def _fault(message: str, file: str, line: int | None, names: Mapping[str, Collection[str]]) -> Diagnostic:
    """A fault of a template; *names* are those that Jinja may have missed, by kind."""
    span = None if line is None else Span(line, 1, line, 1)
    hint = None
    word, known = None, names["name"]
    if member := _MEMBER.search(message):
        message = f"{_OBJECTS[member['owner']]} has no member {member['name']!r}"
        word, known = member["name"], _members(member["owner"])
    elif unknown := _UNKNOWN.search(message):
        word, known = unknown["name"] or unknown["variable"], names[unknown["kind"] or "name"]
    if word is not None:
        from difflib import get_close_matches

        near = get_close_matches(word, known, 1)
        hint = f"did you mean {near[0]}?" if near else "docs/plugins.md lists the names that a template may use"
    return Diagnostic(code="DSS317", message=f"the template fails: {message}", file=file, span=span, hint=hint)


_UNKNOWN = re.compile(r"No (?P<kind>filter|test) named '(?P<name>[^']*)'|'(?P<variable>[^']*)' is undefined")


_OBJECTS = {"TemplateToken": "a token", "TemplateBlock": "a block"}
_MEMBER = re.compile(rf"'[\w.]*\b(?P<owner>{'|'.join(_OBJECTS)}) object' has no attribute '(?P<name>[^']*)'")


def _members(owner: str) -> Collection[str]:
    from . import template_context

    fields: tuple[str, ...] = getattr(template_context, owner)._fields
    return fields


FILTERS: dict[str, Any] = {
    "comment": comment_text,
    "string": quoted,
    "json": lambda value: dumps(value, ensure_ascii=False),
    **{case: (lambda text, spell=spell: spell(str(text).replace(" ", "."))) for case, spell in CASES.items()},
}
"""What templates may use beside Jinja's own: text for comments, CSS strings, JSON, and the cases of names."""
