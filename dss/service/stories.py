"""What ``dss storybook`` does before anything is built: resolved tokens as texts -> stories -> a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError
from dss_tokens.naming import kebab
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.documents import Set
from dss_tokens.resolve.permutations import Permutations

from .. import files
from .reading import Reading
from .story_folder import StoryPlan, against_disk, apply_stories, is_foreign_storybook
from .story_sheet import inputs_of, platform_for, stylesheet
from .story_tokens import story_tokens

__all__ = (
    "StoryPlan",
    "Wishes",
    "answer",
    "apply_stories",
    "group_descriptions",
    "is_foreign_storybook",
    "plain_modifiers",
    "plan_stories",
    "platform_for",
)  # fmt: skip

MOST_GAPS = 20
"""Tokens without a value in some context that are reported one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line and the configuration ask for."""

    title: str
    framework: str = "html-vite"
    stories_only: bool = False
    platform: Any
    """Of :func:`platform_for`."""

    figma_file: str | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    """Path -> description of groups that have one."""

    components: Sequence[Mapping[str, Any]] = ()
    """Fields of :class:`storybook_gen.handover.Component`."""

    since: str | None = None
    """What the older version is called, when there is one."""


def plan_stories(
    storybook: Any, css: Any, permutations: Permutations, folder: Path, wishes: Wishes,
    before: Permutations | None = None,
) -> StoryPlan:  # fmt: skip
    """Makes every file in memory; with an error, none.

    Args:
        storybook: What :mod:`storybook_gen` offers, handed in by the wiring.
        css: What :mod:`translators` offers for it: the stylesheet and the texts of values come from there.
        permutations: The tokens in every context.
        folder: Where the Storybook is to stand.
        wishes: Title, framework and the like.
        before: The tokens of an older version, to show what changed.
    """
    found = list(permutations.diagnostics)
    whole = not wishes.stories_only
    if has_errors(found):
        return StoryPlan(folder, {}, [], [], [], found, whole)
    permutations = plain_modifiers(permutations)
    sheet = stylesheet(css, permutations, wishes.platform)
    found += sheet.diagnostics
    tokens = story_tokens(storybook, css, sheet)
    if not tokens and not has_errors(found):
        hint = "name files or folders with tokens"
        found.append(Diagnostic(code="DSS550", message="there are no tokens to make stories of", hint=hint))
    if has_errors(found):
        return StoryPlan(folder, {}, [], [], [], found, whole)
    found += _gaps(permutations)
    changes = None
    if before is not None:
        from dss_tokens.diff.compare import compare

        diff = compare(before, permutations)
        changes = storybook.changes_of(wishes.since or "the older version", diff, css.css_values.literal)
    stories = storybook.Stories(
        title=wishes.title,
        tokens=tokens,
        css=sheet.text,
        modifiers=[
            storybook.Modifier(name, f"data-{kebab(name)}", tuple(contexts))
            for name, contexts in permutations.modifiers.items()
        ],
        permutations=inputs_of(sheet),
        groups=wishes.groups,
        figma_file=wishes.figma_file,
        components=[storybook.Component(**component) for component in wishes.components],
        changes=changes,
        warnings=[f"{d.path + ': ' if d.path else ''}{d.message}" for d in found if d.severity == "warning"],
    )
    generated = storybook.generate(stories, framework=wishes.framework, stories_only=wishes.stories_only)
    made = {files.contained(folder, file.path): file.text.encode() for file in generated.files}
    own = storybook.FOLDER if whole else None
    return against_disk(folder, made, generated.ids, found, own=own)


def plain_modifiers(permutations: Permutations) -> Permutations:
    """*permutations* without modifiers that offer no choice."""
    chosen = {name: contexts for name, contexts in permutations.modifiers.items() if len(contexts) > 1}
    return permutations._replace(modifiers=chosen)


def group_descriptions(reading: Reading) -> dict[str, str]:
    """Path -> description of the groups that have one, in any source; the last one holds."""
    sets = [source.tokens for source in reading.sources]
    if reading.resolver is not None:
        for stage in reading.resolver.order:
            contexts = (stage.sources,) if isinstance(stage, Set) else stage.contexts.values()
            sets += [tokens for context in contexts for tokens in context]
    return {
        path: text
        for tokens in sets
        for path, group in tokens.groups.items()
        if isinstance(text := group.properties.get("$description"), str) and text
    }


def answer(path: Path) -> Any:
    """A saved answer of Figma, decoded.

    Raises:
        InputError: It cannot be read or is no JSON.
    """
    from dss_tokens.json_reader import read_json

    read = read_json(files.read(path), file=files.shown(path))
    if has_errors(read.diagnostics):
        raise InputError(*read.diagnostics)
    return read.value


def _gaps(permutations: Permutations) -> list[Diagnostic]:
    """A warning for tokens that some context lacks, or that only other contexts have."""
    base = permutations.base.tokens
    gaps: dict[str, tuple[ResolvedToken, list[str]]] = {}
    for other in permutations.others:
        if len(other.inputs) > 1:
            continue
        name = "=".join(next(iter(other.inputs.items())))
        for path in base.keys() - other.tokens.keys():
            gaps.setdefault(path, (base[path], []))[1].append(f"with {name}")
        for path in other.tokens.keys() - base.keys():
            gaps.setdefault(path, (other.tokens[path], ["by default"]))
    found = [
        Diagnostic(
            code="DSS557", severity="warning", path=path, file=token.token.source.file, at=token.token.at(),
            message=f"{path} has no value {' and '.join(where)}", hint="the page shows a dash there; give it a value",
        )
        for path, (token, where) in sorted(gaps.items())
    ]  # fmt: skip
    if len(found) > MOST_GAPS:
        rest = len(found) - MOST_GAPS
        message = f"{rest} more tokens have no value in some context"
        found[MOST_GAPS:] = [Diagnostic(code="DSS557", severity="warning", message=message)]
    return found
