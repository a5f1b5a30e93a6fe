"""Tokens Studio's themes in one build: ``tokensStudio.themes`` makes the files of every permutation.

``{theme}`` in a platform's texts is the name of the permutation, ``{theme.GROUP}`` the theme of one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity
from dss_tokens.output import OutputFile
from dss_tokens.source import Location

from ..tokens_studio.themes import Permutation, ordered_sets, permuted, sets_of
from .config import TOKENS_STUDIO, Config, ConfigError
from .config_reader import load_config
from .spelling import misspelt
from .tokens import SourceDocument

_KEY = "themes"
_OPTIONS = ("separator", "choose")
_DONE = (_KEY, "excludeParentKeys", "sets")
"""Options that are not for a single permutation: every set in use is a document of its own there."""
_PLACEHOLDER = re.compile(r"\{theme(?:\.([^{}]+))?\}")
_PATHS = ("destination", "buildPath")
_SHARED = "css/variables"
_HEADER = re.compile(r"\A/\*\*\n.*?\*/\n\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ThemedBuild:
    """What one permutation of themes is built from."""

    config: Config
    documents: list[SourceDocument]
    """The token sets in use, later ones over earlier ones."""


@dataclass(slots=True)
class _Sets:
    """What was found in the documents."""

    themes: Any = None
    order: Any = None
    by_name: dict[str, list[SourceDocument]] = field(default_factory=dict)
    """Name of a set to its documents; a file has every end of its path as a name."""

    included: list[SourceDocument] = field(default_factory=list)


def themed(config: Config, documents: Sequence[SourceDocument]) -> Iterator[ThemedBuild]:
    """One build for each permutation of the themes in *documents*.

    Raises:
        ConfigError: There are no themes, or files of several permutations would overwrite each other.
        ThemeError: Some themes have a group and others have none.
    """
    separator, choose = _options(config)
    sets = _sets_in(documents)
    if not isinstance(sets.themes, list):
        message = "tokensStudio.themes is set, but no source has $themes"
        raise _fault(config, "DSS371", message, "add $themes.json to source", _KEY)
    themes = [theme for theme in sets.themes if isinstance(theme, Mapping)]
    groups = {str(theme["group"]) for theme in themes if theme.get("group")}
    _check_choice(config, themes, choose)
    found = permuted(themes, separator=separator, choose=choose)
    _check(config, groups, len(found))
    names = [name for permutation in found for name in permutation.statuses]
    unknown = {name: None for name in names if name not in sets.by_name}
    missing = tuple(_missing(config, name) for name in unknown)
    for permutation in found:
        yield ThemedBuild(_config_of(config, permutation, missing), _documents_of(sets, permutation))


def add_file(files: dict[str, OutputFile], file: OutputFile) -> None:
    """Add *file*; one of the same path is continued, without a second header."""
    if (earlier := files.get(file.path)) is None:
        files[file.path] = file
    elif earlier.text != file.text:
        files[file.path] = OutputFile(file.path, f"{earlier.text}\n{_HEADER.sub('', file.text)}")


def _options(config: Config) -> tuple[str, dict[str, list[str]]]:
    """The separator of names, and the themes that count by group."""
    given = config.data[TOKENS_STUDIO][_KEY]
    if given is True:
        return "-", {}
    choose = given.get("choose", {}) if isinstance(given, Mapping) else None
    separator = given.get("separator", "-") if isinstance(given, Mapping) else None
    if not isinstance(choose, Mapping) or not isinstance(separator, str):
        hint = 'write true, or {"separator": "-", "choose": {"group": ["theme"]}}'
        raise _fault(config, "DSS352", "tokensStudio.themes is not true and no object of options", hint, _KEY)
    for name in given:
        if name not in _OPTIONS:
            near = misspelt(name, _OPTIONS)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(_OPTIONS)}"
            raise _fault(config, "DSS352", f"tokensStudio.themes has no option {name}", hint, _KEY, str(name))
    return separator, {str(group): one if isinstance(one, list) else [one] for group, one in choose.items()}


def _check_choice(config: Config, themes: Sequence[Mapping[str, Any]], choose: Mapping[str, list[str]]) -> None:
    """Refuse a choice of groups and themes that do not exist: it would be no choice, or leave the group out."""
    faults: list[Diagnostic] = []
    members: dict[str, list[str]] = {}
    for theme in themes:
        members.setdefault(str(theme.get("group") or ""), []).append(str(theme.get("name")))
    for group, names in choose.items():
        at: Location = (TOKENS_STUDIO, _KEY, "choose", group)
        if group not in members:
            faults.append(_unknown(config, f"there is no group of themes {group}", "groups", group, members, at))
        else:
            for name in names:
                if name not in members[group]:
                    message = f"the group {group} has no theme {name}"
                    faults.append(_unknown(config, message, "themes", name, members[group], at))
    if faults:
        raise ConfigError(*faults)


def _unknown(config: Config, message: str, what: str, name: object, known: Iterable[str], at: Location) -> Diagnostic:
    near = misspelt(str(name), known)
    hint = f"did you mean {near}?" if near else f"{what} are {', '.join(sorted(known))}"
    path = ".".join(map(str, at))
    return Diagnostic(code="DSS371", message=message, hint=hint, path=path, file=config.file, at=at)


def _sets_in(documents: Sequence[SourceDocument]) -> _Sets:
    sets = _Sets()
    for document in documents:
        path = document.file.removesuffix("/").rpartition(".")[0] or document.file
        name, data = path.rpartition("/")[2], document.data
        if name == "$themes":
            sets.themes = data
        elif name == "$metadata":
            sets.order = data.get("tokenSetOrder") if isinstance(data, Mapping) else None
        elif isinstance(data, dict) and "$themes" in data:
            sets.themes = data["$themes"]
            metadata = data.get("$metadata")
            sets.order = metadata.get("tokenSetOrder") if isinstance(metadata, Mapping) else None
            for one, tree in sets_of(data).items():
                sets.by_name[one] = [SourceDocument(document.file, tree, True, (*document.at, one))]
        elif not document.is_source:
            sets.included.append(document)
        else:
            parts = path.split("/")
            for start in range(len(parts)):
                sets.by_name.setdefault("/".join(parts[start:]), []).append(document)
    return sets


def _documents_of(sets: _Sets, permutation: Permutation) -> list[SourceDocument]:
    order = sets.order if isinstance(sets.order, list) else None
    documents = list(sets.included)
    for name in ordered_sets(permutation.statuses, order):
        is_source = permutation.statuses[name] != "source"
        # Two files may end alike: the one that is not deeper down is meant.
        nearest = min(sets.by_name.get(name, ()), key=lambda found: found.file.count("/"), default=None)
        if nearest is not None:
            documents.append(nearest._replace(is_source=is_source))
    return documents


def _config_of(config: Config, permutation: Permutation, found: tuple[Diagnostic, ...]) -> Config:
    data = dict(config.data)
    data[TOKENS_STUDIO] = {name: value for name, value in data[TOKENS_STUDIO].items() if name not in _DONE}
    data["platforms"] = _named(data.get("platforms", {}), permutation, False)
    loaded = load_config(data, file=config.file)
    level = config.log.level()
    if level is None:
        return loaded
    severity: Severity = "error" if level == "error" else "warning"
    return loaded._replace(diagnostics=(*loaded.diagnostics, *(replace(one, severity=severity) for one in found)))


def _named(value: Any, permutation: Permutation, path: bool) -> Any:
    """*value* with its placeholders filled in."""
    if isinstance(value, str):

        def name(found: re.Match[str]) -> str:
            text = permutation.themes.get(found[1], "") if found[1] else permutation.name
            return re.sub(r"[/\\]", "-", text) if path else text

        return _PLACEHOLDER.sub(name, value)
    if isinstance(value, Mapping):
        return {key: _named(item, permutation, path or key in _PATHS) for key, item in value.items()}
    return [_named(item, permutation, path) for item in value] if isinstance(value, list) else value


def _check(config: Config, groups: set[str], permutations: int) -> None:
    """Refuse placeholders of unknown groups, and files that permutations would overwrite in turn."""
    faults: list[Diagnostic] = []
    for name, platform in config.platforms.items():
        at: Location = ("platforms", name)
        for group in {found for found in _groups_in(platform.data) if found not in groups}:
            message = f"platforms.{name}: {{theme.{group}}} names no group of themes"
            hint = f"groups are {', '.join(sorted(groups))}" if groups else "the themes have no groups; write {theme}"
            faults += _fault(config, "DSS371", message, hint, at=at).diagnostics
        for index, file in enumerate(platform.files or ()):
            if permutations < 2 or _PLACEHOLDER.search(platform.build_path + file.destination):
                continue
            options = [platform.options, file.options]
            if file.format == _SHARED and any(_mentions(layer) for layer in options):
                continue
            message = f"{file.destination or name} is the same file for {permutations} themes"
            hint = 'put {theme} into its destination, or, for css/variables, into its selector: "[data-theme={theme}]"'
            faults += _fault(config, "DSS371", message, hint, at=(*at, "files", index)).diagnostics
    if faults:
        raise ConfigError(*faults)


def _mentions(value: Any) -> bool:
    if isinstance(value, str):
        return _PLACEHOLDER.search(value) is not None
    if isinstance(value, Mapping):
        return any(map(_mentions, value.values()))
    return isinstance(value, list) and any(map(_mentions, value))


def _groups_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (found[1] for found in _PLACEHOLDER.finditer(value) if found[1])
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _groups_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _groups_in(item)


def _missing(config: Config, name: str) -> Diagnostic:
    message = f"themes use the token set {name}, which no source holds"
    hint = "a set is a file of that name among source, or a member of the file that has $themes"
    return Diagnostic(code="DSS372", message=message, hint=hint, path=name, file=config.file)


def _fault(config: Config, code: str, message: str, hint: str | None, *keys: str, at: Location = ()) -> ConfigError:
    where = (TOKENS_STUDIO, *keys) if keys else at
    return ConfigError(
        Diagnostic(code=code, message=message, hint=hint, path=".".join(map(str, where)), file=config.file, at=where)
    )
