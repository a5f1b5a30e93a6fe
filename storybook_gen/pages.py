"""The pages: what each shows, what it needs, and when it is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from .handover import Stories, StoryToken
from .ids import sanitized, slugs, start_case, titles
from .roles import KIND_NAMES, kind_of

MOST_GROUPS = 120
"""Top-level groups with a page of their own; all others share one."""


class Facts(NamedTuple):
    """What decides which pages there are."""

    stories: Stories
    kinds: frozenset[str]
    roles: Mapping[str, str]
    composed: Mapping[str, Sequence[Any]]
    component_groups: Sequence[str]
    steps: Mapping[str, tuple[str, int]]
    """Path -> scale and step of the colours that stand in one."""

    def has(self, kind: str, *wanted: str) -> bool:
        """Whether there is a token of *kind* with one of the roles *wanted*."""
        tokens = self.stories.tokens
        return any(kind_of(token.type) == kind and self.roles.get(token.path, "") in wanted for token in tokens)


class Page(NamedTuple):
    """A story that is a whole page. Titles, ids and exports are the address of a page: they never change."""

    key: str
    title: str
    module: str
    function: str
    kinds: tuple[str, ...] = ()
    """The data it loads; all without any."""

    about: str = ""
    """For its card on the overview."""

    when: Callable[[Facts], bool] = lambda facts: True
    types: tuple[str, ...] = ()
    """Whose samples stand on its card; all of its kinds without any."""

    roles: tuple[str, ...] = ()
    args: bool = False
    """It has a control for the sample text."""

    @property
    def name(self) -> str:
        """Of its only visible story: the last part of the title, so that the sidebar shows one line."""
        return self.title.rpartition("/")[2]

    @property
    def export(self) -> str:
        """The name of the story's export."""
        return "".join(word.capitalize() for word in self.name.split())

    @property
    def id(self) -> str:
        """Of the file; stays when the title changes."""
        return f"dss-{self.key}"

    @property
    def story_id(self) -> str:
        """Of the story."""
        return f"{self.id}--{sanitized(start_case(self.export))}"


def _any(facts: Facts) -> bool:
    return bool(facts.stories.tokens)


PAGES: tuple[Page, ...] = (
    Page("overview", "Overview", "overview", "overview"),
    Page("scales", "Color/Scales", "colors", "scales", ("color",), "The palette, step by step",
         lambda f: bool(f.steps) or f.has("color", ""), roles=("",)),
    Page("roles", "Color/Roles", "colors", "roles", ("color",), "Colours by purpose, in every context",
         lambda f: any(t.type == "color" and (t.alias or f.roles.get(t.path)) for t in f.stories.tokens),
         roles=("surface", "text", "border", "icon")),
    Page("contrast", "Color/Contrast", "contrast", "contrastPage", ("color",), "WCAG 2 and APCA for pairs and all",
         lambda f: "color" in f.kinds, roles=("text", "surface")),
    Page("gradients", "Color/Gradients", "colors", "gradients", ("gradient",), "Bands with their stops",
         lambda f: "gradient" in f.kinds),
    Page("typography", "Typography", "typography", "typography", ("typography", "dimension", "number"),
         "Styles as they are set, sizes, families",
         lambda f: "typography" in f.kinds or bool(f.composed["typography"]) or f.has("dimension", "fontSize"),
         ("typography", "fontFamily", "fontWeight", "dimension"), ("", "fontSize"), args=True),
    Page("spacing", "Layout/Spacing", "dimensions", "spacing", ("dimension",), "Distances at their real length",
         lambda f: f.has("dimension", "spacing"), roles=("spacing",)),
    Page("sizing", "Layout/Sizing", "dimensions", "sizing", ("dimension",), "Heights, widths, breakpoints",
         lambda f: f.has("dimension", "size", "breakpoint", "blur", ""), roles=("size", "breakpoint", "blur", "")),
    Page("radius", "Shape/Radius", "dimensions", "radius", ("dimension",), "Corners, small to round",
         lambda f: f.has("dimension", "radius"), roles=("radius",)),
    Page("borders", "Shape/Borders", "dimensions", "borders", ("border", "dimension"), "Widths, strokes, whole borders",
         lambda f: "border" in f.kinds or f.has("dimension", "borderWidth"), roles=("borderWidth", "")),
    Page("shadows", "Elevation/Shadows", "effects", "shadows", ("shadow", "color", "dimension"),
         "On light and on dark, layer by layer",
         lambda f: "shadow" in f.kinds or bool(f.composed["shadow"]), ("shadow", "dimension"), ("", "blur")),
    Page("motion", "Motion", "effects", "motion", ("motion",), "Durations, curves, transitions: press play",
         lambda f: "motion" in f.kinds),
    Page("numbers", "Other/Numbers", "dimensions", "numbers", ("number",), "Opacity, stacking, line heights",
         lambda f: "number" in f.kinds),
    Page("others", "Other/Other types", "tables", "others", ("other",), "Types beyond the specification",
         lambda f: "other" in f.kinds),
    Page("modes", "Modes/Side by side", "modes", "sideBySide", (), "What each context changes",
         lambda f: bool(f.stories.modifiers)),
    Page("components", "Components", "relations", "components", (), "The tokens each component uses",
         lambda f: bool(f.component_groups or f.stories.components)),
    Page("all", "Tokens/All tokens", "tables", "allTokens", (), "Search, filter, order, copy", _any),
    Page("graph", "Tokens/Alias graph", "relations", "graph", (), "Where a value comes from, and what it reaches",
         lambda f: any(t.alias or t.uses or t.aliases for t in f.stories.tokens)),
    Page("deprecated", "Tokens/Deprecated", "relations", "deprecated", (), "What to use instead",
         lambda f: any(t.deprecated for t in f.stories.tokens)),
    Page("changes", "Tokens/What changed", "changes", "changes", (), "Between two versions",
         lambda f: f.stories.changes is not None),
)  # fmt: skip
"""In the order of the sidebar."""

TITLE_ORDER = (
    "Overview", "Using the tokens", "Color", ("Scales", "Roles", "Contrast", "Gradients"), "Typography", "Layout",
    ("Spacing", "Sizing"), "Shape", ("Radius", "Borders"), "Elevation", "Motion", "Modes", "Components", "Other",
    "Tokens", ("All tokens", "Alias graph", "Deprecated", "What changed"), "Groups", "Reference",
)  # fmt: skip


class GroupPage(NamedTuple):
    """The tokens below one top-level group: a table of all, and one for each kind."""

    name: str
    slug: str
    title: str
    description: str
    size: int
    """Tokens."""

    kinds: tuple[str, ...]

    @property
    def id(self) -> str:
        """Of the file."""
        return f"dss-group-{self.slug}"

    @property
    def exports(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Export, label and kinds of each story."""
        found = [("Tokens", self.title, self.kinds)]
        if len(self.kinds) > 1:
            found += [(kind.capitalize(), kind.capitalize(), (kind,)) for kind in self.kinds]
        return found


def group_pages(tokens: Sequence[StoryToken], descriptions: Mapping[str, str]) -> list[GroupPage]:
    """A page for each top-level group, in the order of the tokens; the smallest have none where there are too many."""
    members: dict[str, list[StoryToken]] = {}
    for token in tokens:
        members.setdefault(token.path.partition(".")[0], []).append(token)
    names = list(members)
    if len(names) > MOST_GROUPS:
        kept = set(sorted(names, key=lambda name: (-len(members[name]), name))[:MOST_GROUPS])
        names = [name for name in names if name in kept]
    slug_of = slugs(names)
    title_of = titles(slug_of)
    found = []
    for name in names:
        kinds = {kind_of(token.type) for token in members[name]}
        ordered = tuple(kind for kind in KIND_NAMES if kind in kinds)
        description = descriptions.get(name, "")
        found.append(GroupPage(name, slug_of[name], title_of[name], description, len(members[name]), ordered))
    return found
