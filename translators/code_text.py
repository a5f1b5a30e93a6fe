"""Text inside the code of other languages: strings that cannot end early, comments that cannot end at all."""

from __future__ import annotations

from json import dumps

from dss_tokens.resolve.answers import ResolvedToken

from .css_text import comment_text, line_text
from .css_values import marked
from .rendering import Rendering


def javascript_string(text: str) -> str:
    """A double-quoted literal, safe inside a script element, too."""
    return (
        dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
    )


def swift_string(text: str) -> str:
    """A literal without interpolation."""
    return '"' + "".join(_swift(character) for character in text) + '"'


def _swift(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return f"\\u{{{ord(character):x}}}" if _is_control(character) else character


def kotlin_string(text: str) -> str:
    """A literal without templates."""
    return '"' + "".join(_escaped(character, '"\\$') for character in text) + '"'


def dart_string(text: str) -> str:
    """A single-quoted literal without interpolation."""
    return "'" + "".join(_escaped(character, "'\\$") for character in text) + "'"


def _escaped(character: str, special: str) -> str:
    if character in special:
        return "\\" + character
    return f"\\u{ord(character):04x}" if _is_control(character) else character


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029"


def xml_text(text: str) -> str:
    """Character data or a quoted attribute; controls that XML cannot hold are left out."""
    legal = _legal_in_xml(text)
    for raw, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        legal = legal.replace(raw, name)
    return legal


def xml_comment(text: str) -> str:
    """One line as a comment: nothing in it is escaped, and only two hyphens can end it."""
    inside = _legal_in_xml(text)
    while "--" in inside:
        inside = inside.replace("--", "- -")
    return f"<!-- {inside} -->"


def _legal_in_xml(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def said(token: ResolvedToken) -> str:
    """A token's description and mark on one line, for a comment; often empty."""
    return line_text(marked(token.description or "", token.deprecated))


def doc_lines(token: ResolvedToken, start: str, deprecated: str | None = None) -> list[str]:
    """What is said of a token as a comment of one line, and its deprecation in the language's own form.

    Args:
        token: With its description and mark.
        start: Begins the comment: ``/**``, or what a comment to the end of the line begins with.
        deprecated: The mark's own line, e.g. ``@Deprecated("…")``; without it the mark joins the comment.
    """
    text = said(token) if deprecated is None else line_text(token.description or "")
    return [*([comment_line(text, start)] if text else []), *([deprecated] if deprecated else [])]


def comment_line(text: str, start: str) -> str:
    """*text*, which is one line, as a comment that begins with *start*; ``/*`` and ``/**`` get their end."""
    if not start.startswith("/*"):
        return f"{start} {text}"
    inside = comment_text(text).replace("/*", "/ *") if start == "/**" else comment_text(text)  # they nest in Kotlin
    return f"{start} {inside} */"


def reason_of(token: ResolvedToken) -> str:
    """Why a token is deprecated, for forms that ask for a reason."""
    return token.deprecated if isinstance(token.deprecated, str) and token.deprecated else "deprecated"


def value_text(rendering: Rendering, token: ResolvedToken) -> str:
    """The text of a value that has no other form: a string as it stands, else CSS."""
    is_string = token.type == "string" and isinstance(token.value, str)
    return str(token.value) if is_string else rendering.text(token)
