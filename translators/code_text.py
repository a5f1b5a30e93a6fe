"""Text inside the code of other languages: strings that cannot end early, comments that cannot end at all."""

from __future__ import annotations

from json import dumps

from dss_tokens.resolve.answers import ResolvedToken

from .css_values import comment


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
    legal = "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    for raw, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        legal = legal.replace(raw, name)
    return legal


def doc_lines(token: ResolvedToken, *, start: str, deprecated: str | None = None) -> list[str]:
    """A token's description as a comment line, and its deprecation in the language's own form.

    Args:
        start: Begins a comment line, e.g. ``///``.
        deprecated: A line with ``{reason}``, e.g. ``@Deprecated({reason})``; the mark joins the comment without it.
    """
    if deprecated is None or not token.deprecated:
        text = comment(token)
        return [f"{start} {text}"] if text else []
    text = comment(token._replace(deprecated=None))
    reason = token.deprecated if isinstance(token.deprecated, str) else "deprecated"
    return [*([f"{start} {text}"] if text else []), deprecated.replace("{reason}", reason)]
