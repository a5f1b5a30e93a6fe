"""A small interface made of the tokens that names suggest for its parts: what a project looks like at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dss_tokens.naming import words

from .contrast_pairs import ink_of
from .handover import StoryToken

_STATES = frozenset(
    [
        "hover",
        "hovered",
        "pressed",
        "active",
        "disabled",
        "focus",
        "focused",
        "selected",
        "visited",
        "checked",
        "inverse",
        "muted",
        "on",
    ]
)
_SAMPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "muted": ("text", ("text secondary", "text muted", "muted", "secondary", "subtle", "2")),
    "raised": ("surface", (
        "surface raised", "card", "raised", "panel", "surface overlay", "surface 1", "subtle", "secondary",
    )),
    "border": ("border", ("border default", "border subtle", "default", "muted", "divider", "border")),
    "strongBorder": ("border", ("border strong", "strong", "input", "emphasis", "border default", "border")),
    "accent": ("", (
        "accent solid", "accent emphasis", "action primary", "primary solid", "brand solid", "button primary",
        "accent default", "primary default", "brand default", "accent", "brand", "primary",
    )),
    "onAccent": ("text", ("on accent", "on primary", "on brand", "on emphasis", "on solid", "fg on", "inverse")),
}  # fmt: skip


_RADII = {"radius": ("control", "md", "medium", "default", "base", "2"), "cardRadius": ("card", "lg", "large", "3")}
_STATUSES = (
    ("Info", ("info", "informative", "accent")), ("Success", ("success", "positive")),
    ("Warning", ("warning", "attention", "caution")), ("Danger", ("danger", "error", "negative", "critical")),
)  # fmt: skip


def sample_interface(tokens: Sequence[StoryToken], roles: Mapping[str, str]) -> dict[str, Any]:
    """Part of a small interface -> path of a token that its name suggests for it."""
    colors = [token for token in tokens if token.type == "color" and token.value is not None]
    named = {token.path: [word.lower() for name in token.path.split(".") for word in words(name)] for token in colors}
    found: dict[str, Any] = {}
    if ink := ink_of(tokens, roles):
        found["text"] = ink
    for part, (role, wanted) in _SAMPLE.items():
        if path := _first(named, roles, role, wanted, calm=part != "onAccent"):
            found[part] = path
    found["status"] = _statuses(named, roles)
    radii = [t.path for t in tokens if t.type == "dimension" and roles.get(t.path) == "radius" and t.value is not None]
    for part, sizes in (
        ("radius", ("control", "md", "medium", "default", "base", "2")),
        ("cardRadius", ("card", "lg", "large", "3")),
    ):
        for size in sizes:
            match = next((path for path in radii if size in path.lower().split(".")), None)
            if match:
                found[part] = match
                break
    return found


def _first(
    named: Mapping[str, Sequence[str]], roles: Mapping[str, str], role: str, wanted: Sequence[str], *, calm: bool
) -> str | None:
    """The shortest name with all the words of the first phrase that any name has."""
    for phrase in wanted:
        parts = set(phrase.split())
        fitting = [
            path
            for path, names in named.items()
            if parts <= set(names)
            and (not role or roles.get(path) == role)
            and (not calm or not (_STATES - parts) & set(names))
            and not any(name.isdigit() and name not in parts for name in names)
        ]
        if fitting:
            return min(fitting, key=lambda path: len(named[path]))
    return None


def _statuses(named: Mapping[str, Sequence[str]], roles: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for label, synonyms in _STATUSES:
        for synonym in synonyms:
            surface = _first(
                named,
                roles,
                "surface",
                (f"{synonym} surface", f"{synonym} bg", f"{synonym} background", f"{synonym} muted", synonym),
                calm=True,
            )
            text = _first(named, roles, "text", (f"{synonym} text", f"{synonym} fg", synonym), calm=True)
            if surface and text:
                found.append({"label": label, "surface": surface, "text": text})
                break
    return found
