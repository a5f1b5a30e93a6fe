"""Jinja filters: text from strangers into JavaScript, MDX, Markdown, CSS and URLs, changing nothing around it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

# Besides what would end a script element or a comment: separators that old engines take for line breaks, controls,
# and the invisible characters that make text read otherwise than it is.
_UNSAFE = re.compile(
    "[<>&\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _code_units(match: re.Match[str]) -> str:
    data = match.group().encode("utf-16-be")
    return "".join(f"\\u{data[at]:02x}{data[at + 1]:02x}" for at in range(0, len(data), 2))


def js(value: Any) -> str:
    """*value* as a JavaScript literal; strings are in double quotes. Safe inside HTML and MDX expressions, too."""
    return _UNSAFE.sub(_code_units, json.dumps(value, ensure_ascii=False))


def mdx_string(text: str) -> str:
    """*text* as an MDX expression that shows it: ``{"…"}``. For text between tags and for attributes.

    A blank line or an indented line would end the expression's block, so none can occur: line breaks are escaped.
    """
    return "{" + js(text).replace("{", "\\u007b").replace("}", "\\u007d").replace("`", "\\u0060") + "}"


def mdx_attribute(text: str) -> str:
    """*text* for a plain attribute in double quotes, where the index allows no expression (``<Meta title="…">``)."""
    out = []
    for character in " ".join(text.split()):
        safe = character.isalnum() or character in " -_.,:;/()∕'+#@!"
        out.append(character if safe else f"&#x{ord(character):x};")
    return "".join(out)


def markdown(text: str) -> str:
    """*text* as Markdown that shows it: every character that could mean something is escaped."""
    flat = _UNSAFE.sub(lambda match: " " if match.group() not in "<>&" else match.group(), text)
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~&:$^=\"'])", r"\\\1", flat)


def css_string(text: str) -> str:
    """*text* as a CSS string in double quotes."""
    escaped = re.sub(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029<>]', lambda match: f"\\{ord(match.group()):x} ", text)
    return f'"{escaped}"'


def url_part(text: str) -> str:
    """*text* for one segment or one value of a URL."""
    return quote(text, safe="")


def link(url: str | None) -> str | None:
    """*url* when it is an ``https:`` address with a host and nothing that could break out of it; else ``None``."""
    if not url or re.search(r"[\s<>\"'`\\\x00-\x1f\x7f]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc else None


def html_attribute(text: str) -> str:
    """*text* for an HTML attribute in double quotes."""
    return "".join(f"&#{ord(c)};" if c in "&<>\"'`\r\n\t" else c for c in text)


def identifier(text: str) -> str:
    """*text*, one of our own names, as an identifier.

    Raises:
        ValueError: It is none.
    """
    if not re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_$]*", text):
        raise ValueError(f"not an identifier: {text!r}")
    return text


FILTERS = {
    "identifier": identifier,
    "js": js,
    "mdx": mdx_string,
    "mdx_attribute": mdx_attribute,
    "md": markdown,
    "css_string": css_string,
    "url": url_part,
}
"""Name in templates -> filter."""
