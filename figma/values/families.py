"""Font families in one string, as CSS writes them and as designers type them."""

from __future__ import annotations


def split_families(text: str) -> list[str]:
    """The names in *text*, split at commas outside quotes, unquoted; empty ones are dropped."""
    names = []
    for part in _parts(text):
        name = part.strip()
        if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
            name = name[1:-1].strip()
        if name:
            names.append(name)
    return names


def _parts(text: str) -> list[str]:
    parts, start, quote = [], 0, ""
    for index, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == ",":
            parts.append(text[start:index])
            start = index + 1
    if quote:  # a lone apostrophe is a letter, not a quote
        return text.split(",")
    return [*parts, text[start:]]
