"""What all pages know of the project: contexts, pages, pairs of colours, the sample interface."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dss_tokens.naming import words

from .contrast_pairs import canvas_of, pairs
from .handover import Component, Stories, StoryToken
from .ids import slugs
from .pages import Facts, Page
from .records import node_link
from .roles import kind_of
from .sample_interface import sample_interface

_COMPONENTS = frozenset(
    [
        "accordion",
        "alert",
        "avatar",
        "badge",
        "banner",
        "breadcrumb",
        "button",
        "calendar",
        "card",
        "checkbox",
        "chip",
        "combobox",
        "control",
        "dialog",
        "divider",
        "drawer",
        "dropdown",
        "fab",
        "field",
        "form",
        "header",
        "input",
        "link",
        "list",
        "menu",
        "modal",
        "nav",
        "navbar",
        "navigation",
        "notification",
        "pagination",
        "panel",
        "popover",
        "progress",
        "radio",
        "rating",
        "search",
        "select",
        "sidebar",
        "skeleton",
        "slider",
        "snackbar",
        "spinner",
        "stepper",
        "switch",
        "tab",
        "table",
        "tabs",
        "tag",
        "text-field",
        "textarea",
        "textfield",
        "toast",
        "toggle",
        "toolbar",
        "tooltip",
        "tree",
    ]
)
_TAKEN = frozenset({"backgrounds", "viewport", "outline", "grid", "a11y", "vision", "measureenabled"})
"""Globals of Storybook itself."""

MOST_WARNINGS = 200
_COMPONENT_DEPTH = 3
"""Groups below the top in which one called like a component is looked for."""


def component_groups(tokens: Sequence[StoryToken]) -> list[str]:
    """Groups named like a component, at the top or just below it, with at least two tokens."""
    counts: dict[str, int] = {}
    for token in tokens:
        names = token.path.split(".")
        for depth in (1, 2):
            if len(names) > depth and names[depth - 1].lower() in _COMPONENTS:
                path = ".".join(names[:depth])
                counts[path] = counts.get(path, 0) + 1
                break
    return [path for path, count in counts.items() if count > 1]


def site_record(stories: Stories, facts: Facts, pages: Sequence[Page]) -> dict[str, Any]:
    """The content of ``data/site.json``."""
    tokens = stories.tokens
    roles = facts.roles
    canvas = canvas_of(tokens, roles)
    by_path = {token.path: token for token in tokens}
    places = {modifier.name: place for place, modifier in enumerate(stories.modifiers)}
    contexts = [{context: at for at, context in enumerate(modifier.contexts)} for modifier in stories.modifiers]
    components = [_component_record(component, stories) for component in stories.components]
    drawn = {path for component in components for path in component["groups"]}
    record: dict[str, Any] = {
        "title": stories.title,
        "count": len(tokens),
        "hash": hashlib.sha256(stories.css.encode()).hexdigest()[:10],
        "modifiers": modifiers_record(stories),
        "permutations": [
            [[places[name], contexts[places[name]][context]] for name, context in permutation.items()]
            for permutation in stories.permutations
        ],
        "canvas": None if canvas is None else _color_record(by_path[canvas]),
        "visual": sorted(_visual(stories, places)),
        "pages": [_page_record(page) for page in pages],
        "pairs": [[pair.foreground, pair.background, pair.declared] for pair in pairs(tokens, roles, canvas)],
        "composed": facts.composed,
        "sample": sample_interface(tokens, roles),
        "componentGroups": [path for path in facts.component_groups if path not in drawn],
        "components": components,
        "warnings": list(stories.warnings[:MOST_WARNINGS]),
    }
    if (changes := stories.changes) is not None:
        record["changes"] = {
            "since": changes.since,
            "step": changes.step,
            "contextsAdded": changes.contexts_added,
            "contextsRemoved": changes.contexts_removed,
            "list": [{key: value for key, value in change._asdict().items() if value} for change in changes.changes],
        }
    return record


def _component_record(component: Component, stories: Stories) -> dict[str, Any]:
    """A component with its own tokens, or those of the groups that are called like it."""
    named = [word.lower() for word in words(component.name.rpartition("/")[2])]
    found = list(component.tokens)
    groups: dict[str, None] = {}
    if not found and named:
        for token in stories.tokens:
            names = token.path.split(".")[:-1]
            for depth, name in enumerate(names[:_COMPONENT_DEPTH], 1):
                if [word.lower() for word in words(name)] == named:
                    groups[".".join(names[:depth])] = None
                    found.append(token.path)
                    break
    return {
        "name": component.name,
        "description": component.description,
        "properties": [[name, list(values)] for name, values in component.properties.items()],
        "tokens": found,
        "groups": list(groups),
        "link": node_link(stories.figma_file, component.node),
    }


def modifiers_record(stories: Stories) -> list[dict[str, Any]]:
    """The modifiers; keys are what an address may hold, names what people see."""
    keys = {
        name: f"tokens-{key}" if key in _TAKEN else key
        for name, key in slugs(m.name for m in stories.modifiers).items()
    }
    found = []
    for modifier in stories.modifiers:
        inner = slugs(modifier.contexts)
        contexts = [{"name": context, "key": inner[context]} for context in modifier.contexts]
        record = {"name": modifier.name, "key": keys[modifier.name], "attribute": modifier.attribute}
        found.append({**record, "contexts": contexts})
    return found


def _page_record(page: Page) -> dict[str, Any]:
    record: dict[str, Any] = {
        "key": page.key, "id": page.story_id, "view": "story", "name": page.name, "about": page.about,
        "kinds": page.kinds,
    }  # fmt: skip
    if page.types:
        record["types"] = page.types
    if page.roles:
        record["roles"] = page.roles
    return record


def _color_record(token: StoryToken) -> dict[str, Any]:
    record = {"path": token.path, "name": token.name, "value": token.value, "values": token.values}
    if token.srgb is not None or token.srgb_in:
        record |= {"srgb": token.srgb, "srgbIn": token.srgb_in}
    return record


def _visual(stories: Stories, places: Mapping[str, int]) -> set[int]:
    """The modifiers that change a colour, alone."""
    found: set[int] = set()
    for token in stories.tokens:
        if kind_of(token.type) == "color":
            for number in token.values:
                permutation = stories.permutations[number]
                if len(permutation) == 1:
                    found.update(places[name] for name in permutation)
    return found


def known_kinds(tokens: Collection[StoryToken]) -> frozenset[str]:
    """The kinds that occur."""
    return frozenset(kind_of(kind) for kind in {token.type for token in tokens})
