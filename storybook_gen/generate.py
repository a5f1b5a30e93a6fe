"""Everything of one generation as files in memory. Pure: equal input gives equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from dss_tokens.output import OutputFile

from .handover import Stories, StoryToken
from .ids import docs_id, story_id
from .pages import PAGES, Facts, GroupPage, Page, group_pages
from .project import FOLDER, project_files
from .records import data_files
from .reference import machine_manifest, reference_pages
from .roles import composed, ramps, role_of
from .site import component_groups, known_kinds, site_record
from .templating import render, shipped

_CHECKS = (
    ("SearchTable", "all", "searchTable"),
    ("ShowValues", "all", "showValues"),
    ("OpenDetails", "all", "openDetails"),
    ("FilterContrast", "contrast", "filterContrast"),
    ("WalkGraph", "graph", "walkGraph"),
)
"""Export, page and function of each test of a page."""


class Generated(NamedTuple):
    """Files, and the ids that Storybook's index must have."""

    files: list[OutputFile]
    ids: list[str]


def generate(stories: Stories, *, framework: str = "html-vite", stories_only: bool = False) -> Generated:
    """All files of a Storybook, or (*stories_only*) those of our folder alone, at paths inside it.

    Args:
        framework: One of :data:`~storybook_gen.project.FRAMEWORKS`.
        stories_only: For a Storybook that exists: nothing but stories, pages, data and their runtime.
    """
    facts = _facts(stories)
    pages = [page for page in PAGES if page.when(facts)]
    groups = group_pages(stories.tokens, stories.groups)
    references = list(reference_pages(stories, groups))
    checks = [
        {"export": export, "page": page, "check": check}
        for export, key, check in _CHECKS
        for page in pages
        if page.key == key
    ]
    ids = _ids(pages, groups, [title for _, title in references], checks)
    site = site_record(stories, facts, pages)
    data = data_files(stories, facts.roles, facts.steps)
    made = [
        OutputFile("data/stylesheet.js", render("stylesheet.js.j2", css=stories.css)),
        OutputFile("public/tokens.css", stories.css),
        OutputFile("preview.js", render("preview.js.j2")),
        OutputFile("data/site.json", json.dumps(site, ensure_ascii=False, indent=1) + "\n"),
        OutputFile("data/files.js", render("files.js.j2", kinds=list(data))),
        *(OutputFile(f"data/{kind}.json", text) for kind, text in data.items()),
        *_runtime(framework),
        *(OutputFile(f"stories/{page.key}.stories.js", render("page.stories.js.j2", page=page)) for page in pages),
        *(
            OutputFile(f"stories/groups/{group.slug}.stories.js", render("group.stories.js.j2", group=group))
            for group in groups
        ),
        OutputFile("reference/using.mdx", render("using.mdx.j2", **_using(stories, facts, site))),
        *(file for file, _ in references),
        OutputFile("public/tokens.manifest.json", machine_manifest(stories, facts.roles, ids)),
    ]
    if checks:
        made.append(OutputFile("stories/checks.stories.js", render("checks.stories.js.j2", checks=_once(checks))))
    if stories_only:
        return Generated(made, ids)
    inside = [OutputFile(f"{FOLDER}/{file.path}", file.text) for file in made]
    return Generated([*project_files(framework), *inside], ids)


def _facts(stories: Stories) -> Facts:
    tokens = stories.tokens
    steps = ramps(tokens)  # a step of a scale has no role of its own, whatever the scale is called
    return Facts(
        stories,
        known_kinds(tokens),
        {token.path: role for token in tokens if token.path not in steps and (role := role_of(token))},
        composed(tokens),
        component_groups(tokens),
        steps,
    )


def _ids(
    pages: Sequence[Page], groups: Sequence[GroupPage], references: Sequence[str], checks: Sequence[Mapping[str, Any]]
) -> list[str]:
    found = [page.story_id for page in pages]
    found += [story_id(group.id, export) for group in groups for export, _, _ in group.exports]
    found += [docs_id("Using the tokens"), *map(docs_id, references)]
    found += [story_id("dss-checks", check["export"]) for check in checks]
    return found


def _once(checks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks the first check of each page: its function is imported once."""
    seen: set[str] = set()
    found = []
    for check in checks:
        function = check["page"].function
        found.append({**check, "imported": function in seen})
        seen.add(function)
    return found


def _runtime(framework: str) -> list[OutputFile]:
    """The hand-written modules, the same for every project."""
    folder = files("storybook_gen").joinpath("runtime")
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    inner = sorted(entry.name for entry in folder.joinpath("pages").iterdir() if entry.is_file())
    mount = "mount.react.js" if framework == "react-vite" else "mount.js"
    copied = [name for name in names if not name.startswith("mount.") and name.endswith((".js", ".css"))]
    return [
        OutputFile("runtime/mount.js", shipped(f"runtime/{mount}")),
        *(OutputFile(f"runtime/{name}", shipped(f"runtime/{name}")) for name in copied),
        *(
            OutputFile(f"runtime/pages/{name}", shipped(f"runtime/pages/{name}"))
            for name in inner
            if name.endswith(".js")
        ),
    ]


_PROPERTIES = {
    "text": "color",
    "icon": "color",
    "border": "border-color",
    "spacing": "padding",
    "radius": "border-radius",
}
"""Role -> the CSS property of an example."""


def _using(stories: Stories, facts: Facts, site: Mapping[str, Any]) -> dict[str, Any]:
    token = _typical(stories.tokens)
    name = token.name if token else "name"
    role = facts.roles.get(token.path, "") if token else ""
    property_ = _PROPERTIES.get(role, "background-color" if token and token.type == "color" else "inline-size")
    modifiers = site["modifiers"]
    html = ""
    if modifiers:
        from .escaping import html_attribute

        context = modifiers[0]["contexts"][-1]["name"]
        html = f'<section {modifiers[0]["attribute"]}="{html_attribute(context)}">…</section>'
    example = {
        "css": f'@import "tokens.css";\n\n.card {{\n  {property_}: var(--{name});\n}}',
        "scss": f'@use "tokens";\n\n.card {{\n  {property_}: tokens.${name};\n}}',
        "html": html,
    }
    return {"title": stories.title, "count": f"{len(stories.tokens):,}", "example": example, "modifiers": modifiers}


def _typical(tokens: Sequence[StoryToken]) -> StoryToken | None:
    """An alias of a colour, where there is one: what code should use."""
    return next((token for token in tokens if token.type == "color" and token.alias), tokens[0] if tokens else None)
