"""What ``dss storybook`` does before anything is built: resolved tokens as texts -> stories -> a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError
from dss_tokens.naming import kebab
from dss_tokens.resolve.documents import Set
from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.resolve.permutations import Permutations

from .. import files
from .reading import Reading

if TYPE_CHECKING:
    from ..config import Config

MANIFEST = ".dss-storybook.json"
"""In the folder: what we wrote there, so that only that is ever replaced or removed."""

_Inputs = Sequence[Mapping[str, str]]
"""The contexts of each permutation, the default first."""

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


class StoryPlan(NamedTuple):
    """A folder's files, made and not yet written."""

    folder: Path
    files: Mapping[Path, bytes]
    changed: list[Path]
    stale: list[Path]
    """Written by an earlier run and not part of this one."""

    ids: list[str]
    """The stories and pages that Storybook's index will have."""

    diagnostics: list[Diagnostic]
    whole: bool
    """Not only our folder: a complete Storybook that can be built."""


class Sheet(NamedTuple):
    """The stylesheet of the stories, and what it was made of."""

    rendering: Any
    """Of the translators: permutations after filters and rules, names, texts."""

    names: Mapping[str, str]
    """Path -> name as CSS writes it."""

    text: str
    diagnostics: list[Diagnostic]


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
    return _against_disk(folder, made, generated.ids, found, whole=whole)


def platform_for(css: Any, config: Config | None, prefix: str | None) -> Any:
    """The first configured CSS platform, so that the pages show the names and values that the code has; else plain.

    Selectors and media queries are those of the toolbar, whatever the platform says.
    """
    from dataclasses import replace

    from .translating import platforms_for

    tables = config.platform if config is not None else {}
    named = [name for name, table in tables.items() if (table.format or "").partition("/")[0] == "css"][:1]
    platform = platforms_for(
        css, config if named else None, to=() if named else ("css",), names=named, prefix=prefix, references=None
    )[0]
    return replace(
        platform, format="css/variables", out="tokens.css", root_selector=":root", selectors={}, media={}, inputs={}
    )


def stylesheet(css: Any, permutations: Permutations, platform: Any) -> Sheet:
    """The stylesheet of *platform*, with a place for each default context, too.

    So an element inside a dark one can be light again. Two tokens with one name are no error here: the second is
    numbered, and a warning says so.
    """
    from dataclasses import replace

    defaults = {
        f"{name}={contexts[0]}": f"[data-{kebab(name)}={css.css_values.quoted(contexts[0])}]"
        for name, contexts in permutations.modifiers.items()
    }
    platform = replace(platform, selectors=defaults)
    rendering = css.Rendering(permutations, platform, css.Names(permutations))
    found = [replace(d, severity="warning") if d.code == "DSS310" else d for d in rendering.diagnostics]
    if rendering.diagnostics:
        rendering.names = _numbered(rendering.names)
    (file,) = css.formats.get("css/variables")(rendering)
    return Sheet(rendering, css.identifiers(rendering.names), file.text, found)


def _numbered(names: Mapping[str, str]) -> dict[str, str]:
    """*names* with a number behind each that is taken."""
    taken: set[str] = set()
    found = {}
    for path, name in names.items():
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        found[path] = free
    return found


def inputs_of(sheet: Sheet) -> list[Mapping[str, str]]:
    """The contexts of each permutation, the default first."""
    return [{}, *(other.inputs for other in sheet.rendering.permutations.others)]


def plain_modifiers(permutations: Permutations) -> Permutations:
    """*permutations* without modifiers that offer no choice."""
    chosen = {name: contexts for name, contexts in permutations.modifiers.items() if len(contexts) > 1}
    return permutations._replace(modifiers=chosen)


def story_tokens(storybook: Any, css: Any, sheet: Sheet) -> list[Any]:
    """Every token of any permutation as texts: the default ones in their order, then those of other contexts."""
    rendering, names = sheet.rendering, sheet.names
    permutations = rendering.permutations
    base = permutations.base.tokens
    added = {path: p.tokens[path] for p in permutations.others for path in p.differing if path not in base}
    elsewhere = _elsewhere(permutations)
    inputs = inputs_of(sheet)
    make = storybook.StoryToken
    text = rendering.text
    found = []
    for path, token in {**base, **added}.items():
        present = path in base
        others = elsewhere.get(path)
        extras = _extras(css.css_values, token, others, present) if others or token.type not in _PLAIN else {}
        if others:
            extras |= _overrides(text, token if present else None, others, inputs)
        extensions = token.token.node.get("$extensions")
        if extensions:
            extras |= _from_extensions(extensions)
        found.append(
            make(
                path,
                token.type,
                names[path],
                text(token) if present else None,
                alias=token.alias if present else None,
                uses=_uses(token),
                description=token.token.description or "",
                deprecated=token.deprecated,
                **extras,
            )
        )
    return found


_PLAIN = frozenset({"dimension", "number", "duration", "fontFamily", "fontWeight", "cubicBezier"})


def _elsewhere(permutations: Permutations) -> dict[str, dict[int, ResolvedToken | None]]:
    """Path -> number of a permutation -> the token there, where it may differ; ``None`` where it is missing.

    A combination that comes back to the default value has to say so, where one of its contexts alone differs.
    """
    base = permutations.base.tokens
    found: dict[str, dict[int, ResolvedToken | None]] = {}
    for number, other in enumerate(permutations.others, 1):
        paths = set(other.differing)
        if len(other.inputs) > 1:
            parts = (part for part in permutations.others if part.inputs.items() < other.inputs.items())
            paths.update(*(part.differing for part in parts))
        for path in paths:
            if path in other.tokens:
                found.setdefault(path, {})[number] = other.tokens[path]
        for path in base.keys() - other.tokens.keys():
            found.setdefault(path, {})[number] = None
    return found


def _overrides(
    text: Callable[[ResolvedToken], str],
    base: ResolvedToken | None,
    others: Mapping[int, ResolvedToken | None],
    inputs: _Inputs,
) -> dict[str, Mapping[int, str | None]]:
    value = text(base) if base else None
    alias = base.alias if base else None
    values = {number: text(other) if other else None for number, other in others.items()}
    aliases = {number: other.alias if other else None for number, other in others.items()}
    return {"values": _needed(value, values, inputs), "aliases": _needed(alias, aliases, inputs)}


def _needed(usual: str | None, found: Mapping[int, str | None], inputs: _Inputs) -> dict[int, str | None]:
    """*found* without what the pages would pick anyway: of the permutations that fit, the one with most contexts."""
    kept: dict[int, str | None] = {}
    for number in sorted(found, key=lambda number: (len(inputs[number]), number)):
        guess, most = usual, 0
        for other, text in kept.items():
            if len(inputs[other]) > most and inputs[other].items() <= inputs[number].items():
                guess, most = text, len(inputs[other])
        if found[number] != guess:
            kept[number] = found[number]
    return kept


def _extras(
    css: Any, token: ResolvedToken, others: Mapping[int, ResolvedToken | None] | None, present: bool
) -> dict[str, Any]:
    """Parts of composites and sRGB forms of colours, by default and elsewhere."""
    extras: dict[str, Any] = {}
    one, many, of = ("srgb", "srgb_in", _srgb) if token.type == "color" else ("parts", "parts_in", _parts)
    own = of(css, token) if present else None
    if own is not None:
        extras[one] = own
    if others:
        there = {number: of(css, other) for number, other in others.items() if other is not None}
        if any(found != own for found in there.values()):
            extras[many] = dict(sorted(there.items()))
    if token.type == "color":
        everywhere = [token, *(other for other in (others or {}).values() if other is not None)]
        if any(_is_wide(each) for each in everywhere):
            extras["wide"] = True
    return extras


def _srgb(css: Any, token: ResolvedToken) -> str | None:
    value = token.value
    if type(value) is not dict:
        return None
    if value.get("colorSpace") == "srgb":
        eight = all(part != "none" and abs(part * 255 - round(part * 255)) <= 0.02 for part in value["components"])
        if eight:
            return None
    from dss_tokens.color import to_hex

    alpha = value.get("alpha", 1)
    return to_hex(value) + (f"{round(alpha * 255):02x}" if alpha < 1 else "")


def _is_wide(token: ResolvedToken) -> bool:
    value = token.value
    if type(value) is not dict or value.get("colorSpace") in (None, "srgb", "hsl", "hwb"):
        return False
    from dss_tokens.color import to_library

    return not to_library(value).convert("srgb").in_gamut(tolerance=0.001)


def _parts(css: Any, token: ResolvedToken) -> Any:
    """The parts of a composite as CSS texts; ``None`` for other types and for values kept as they stand."""
    value = token.value
    if token.type == "typography" and type(value) is dict:
        return {name: css.literal(_TEXT[name], part) for name, part in value.items() if name in _TEXT}
    if token.type == "shadow":
        layers = [value] if type(value) is dict else value
        if type(layers) is list and all(type(layer) is dict for layer in layers):
            return [_layer(css, layer) for layer in layers]
    if token.type == "transition" and type(value) is dict:
        return {name: css.literal(kind, value[name]) for name, kind in _TRANSITION.items() if name in value}
    if token.type == "gradient" and type(value) is list and all(type(stop) is dict for stop in value):
        return [
            {
                "color": css.literal("color", stop["color"]),
                "position": f"{css.number(round(stop['position'] * 100, 2))}%",
            }
            for stop in value
        ]
    if token.type == "strokeStyle" and type(value) is dict:
        dashes = [css.literal("dimension", dash) for dash in value.get("dashArray", ())]
        return {"dashes": dashes, "lineCap": str(value.get("lineCap", "butt"))}
    return None


_TEXT = {
    "fontFamily": "fontFamily", "fontSize": "dimension", "fontWeight": "fontWeight", "lineHeight": "number",
    "letterSpacing": "dimension",
}  # fmt: skip
_TRANSITION = {"duration": "duration", "delay": "duration", "timingFunction": "cubicBezier"}


def _layer(css: Any, layer: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        name: css.literal("dimension", layer[name])
        for name in ("offsetX", "offsetY", "blur", "spread")
        if name in layer
    }
    if "color" in layer:
        record["color"] = css.literal("color", layer["color"])
    if layer.get("inset"):
        record["inset"] = True
    return record


def _uses(token: ResolvedToken) -> tuple[str, ...]:
    """The paths that parts of a composite name in braces."""
    written = token.written
    if token.alias is not None or type(written) not in (dict, list) or token.type == "color":
        return ()
    found: dict[str, None] = {}
    waiting = [written]
    while waiting:
        part = waiting.pop()
        if type(part) is dict:
            waiting += reversed(list(part.values()))
        elif type(part) is list:
            waiting += reversed(part)
        elif type(part) is str and part[:1] == "{" and part[-1:] == "}":
            found[part[1:-1]] = None
    return tuple(found)


def _from_extensions(extensions: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(extensions, dict):
        figma = extensions.get("com.figma")
        if isinstance(figma, dict):
            found["figma"] = figma
        own = extensions.get("dss")
        declared = own.get("contrastWith") if isinstance(own, dict) else None
        if isinstance(declared, str):
            declared = [declared]
        if isinstance(declared, list):
            found["contrast_with"] = tuple(path.strip("{}") for path in declared if isinstance(path, str))
    return found


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


def _against_disk(
    folder: Path, made: dict[Path, bytes], ids: list[str], found: list[Diagnostic], *, whole: bool
) -> StoryPlan:
    """What differs from the folder, what is stale there, and what is in the way."""
    ours = written_before(folder)
    ring = {path for path in made if whole and path.relative_to(folder).parts[0] not in ("dss-tokens",)}
    for path in sorted(made):
        if path.relative_to(folder).as_posix() not in ours and path.exists() and not _holds(path, made[path]):
            hint = "choose another folder with -o, or --stories-only to add stories to a Storybook that exists"
            message = f"{files.shown(path)} exists and was not written by dss"
            found.append(Diagnostic(code="DSS555", message=message, file=files.shown(path), hint=hint))
    for path in sorted(ring):
        recorded = ours.get(path.relative_to(folder).as_posix())
        if recorded is not None and path.is_file() and _digest(path.read_bytes()) != recorded:
            if not _holds(path, made[path]):
                message = f"{files.shown(path)} was edited and is left as it is"
                found.append(Diagnostic(code="DSS556", severity="info", message=message, file=files.shown(path)))
            made[path] = path.read_bytes()
    stale = []
    for name in ours.keys() - {path.relative_to(folder).as_posix() for path in made}:
        path = files.contained(folder, name)
        if not path.is_file() or path.is_symlink():
            continue
        if _digest(path.read_bytes()) == ours[name]:
            stale.append(path)
        else:
            message = f"{files.shown(path)} is not generated any more, but was edited: it is left as it is"
            found.append(Diagnostic(code="DSS556", severity="info", message=message, file=files.shown(path)))
    if has_errors(found):
        return StoryPlan(folder, {}, [], [], ids, found, whole)
    record = {path.relative_to(folder).as_posix(): _digest(data) for path, data in sorted(made.items())}
    for path in ring:  # an edited file keeps the digest of what we wrote, so that the edit is seen next time, too
        name = path.relative_to(folder).as_posix()
        record[name] = ours.get(name, record[name]) if _digest(made[path]) != ours.get(name) else record[name]
    text = json.dumps({"format": 1, "files": record}, indent=1, ensure_ascii=False) + "\n"
    made[folder / MANIFEST] = text.encode()
    return StoryPlan(folder, made, files.differing(made), sorted(stale), ids, found, whole)


def written_before(folder: Path) -> dict[str, str]:
    """Path below *folder* -> digest of what an earlier run wrote there.

    Raises:
        InputError: The record is damaged: nothing is removed on a guess.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        record = json.loads(files.read(path))
        if record["format"] != 1:
            raise ValueError("format")
        found = record["files"]
        if not all(isinstance(name, str) and isinstance(digest, str) for name, digest in found.items()):
            raise ValueError("files")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{files.shown(path)} is damaged: what dss wrote here is not known"
        hint = "restore it, or remove the folder and generate again"
        raise InputError(Diagnostic(code="DSS558", message=message, file=files.shown(path), hint=hint)) from error
    return dict(found)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def apply_stories(plan: StoryPlan) -> None:
    """Writes what differs, all or nothing; then removes what is stale, and folders that it leaves empty."""
    files.write({path: plan.files[path] for path in plan.changed})
    for path in plan.stale:
        path.unlink(missing_ok=True)
    for parent in {path.parent for path in plan.stale}:
        with suppress(OSError):
            while parent != plan.folder:
                parent.rmdir()  # fails, as it should, where something is left
                parent = parent.parent


def is_foreign_storybook(folder: Path) -> bool:
    """Whether *folder* holds a Storybook that we did not write."""
    ours = written_before(folder)
    return any(f".storybook/{path.name}" not in ours for path in folder.glob(".storybook/main.*") if path.is_file())
