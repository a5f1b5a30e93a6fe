"""``dss convert``: token files of one tool as those of another; what the target cannot hold is told and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.model import TokenSet
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.flatten import flatten
from dss_tokens.resolve.permutations import resolve_one

from .. import files
from .reading import Reading
from .translating import Plan


def plan(converter: Any, reading: Reading, dialect: str, folder: Path, *, strict: bool = False) -> Plan:
    """The files of a conversion, not yet written.

    Args:
        converter: :mod:`translators.conversion`, handed in by the wiring.
        reading: The tokens.
        dialect: The target's name.
        folder: Where the files go.
        strict: Refuse older forms.
    """
    writer = converter.dialects.get(dialect)
    material, found = _material(converter, reading, strict)
    found = [*reading.diagnostics, *found]
    if has_errors(found):
        return Plan({}, [], found)
    made = writer.write(material)
    found += made.diagnostics
    contents = {files.contained(folder, file.path): file.text.encode() for file in made.files}
    return Plan(contents, files.differing(contents), found)


def _material(converter: Any, reading: Reading, strict: bool) -> tuple[Any, list[Diagnostic]]:
    if reading.resolver is None:
        names = _names([source.file for source in reading.sources])
        documents = [source.tokens for source in reading.sources]
        found: list[Diagnostic] = []
        sources = [
            _source(converter, name, document, _last(documents, place), strict, found)
            for place, (name, document) in enumerate(zip(names, documents, strict=True))
        ]
        return converter.Material(sources, names, {}, {}), _once(found)
    return _of_resolver(converter, reading, strict)


def _last(documents: Sequence[TokenSet], place: int) -> list[TokenSet]:
    """All documents with one of them winning: its tokens are resolved even where another replaces them."""
    return [*documents[:place], *documents[place + 1 :], documents[place]]


def _of_resolver(converter: Any, reading: Reading, strict: bool) -> tuple[Any, list[Diagnostic]]:
    """Every document of a resolver once, resolved among the contexts it belongs to."""
    from dss_tokens.resolve.documents import Modifier

    resolver = reading.resolver
    assert resolver is not None
    defaults = {name: modifier.default or next(iter(modifier.contexts)) for name, modifier in resolver.used.items()}
    places: list[tuple[str, TokenSet, dict[str, str]]] = []
    for stage in resolver.order:
        contexts = stage.contexts if isinstance(stage, Modifier) else {"": stage.sources}
        for context, sources in contexts.items():
            inputs = {**defaults, stage.name: context} if context else defaults
            label = f"{stage.name}/{context}" if context else stage.name
            places += [(label, document, inputs) for document in sources]
    names = dict(zip(map(id, (p[1] for p in places)), _unique([_file_or(*p[:2]) for p in places]), strict=True))
    found: list[Diagnostic] = []
    converted: dict[str, Any] = {}
    for _, document, inputs in places:
        name = names[id(document)]
        if name not in converted:
            chosen = [other for other in resolver.sources(inputs) if other is not document]
            converted[name] = _source(converter, name, document, [*chosen, document], strict, found)
    base = [names[id(d)] for stage in resolver.order if not isinstance(stage, Modifier) for d in stage.sources]
    modifiers = {
        name: {context: [names[id(d)] for d in documents] for context, documents in modifier.contexts.items()}
        for name, modifier in resolver.used.items()
    }
    return converter.Material(list(converted.values()), list(dict.fromkeys(base)), modifiers, defaults), _once(found)


def _file_or(label: str, document: TokenSet) -> str:
    """The file a document stands in, or *label* for one that stands in the resolver document itself."""
    source = document.groups[""].source if "" in document.groups else None
    return source.file if source is not None and not source.prefix else label


def _source(
    converter: Any, name: str, document: TokenSet, documents: Sequence[TokenSet], strict: bool, found: list[Diagnostic]
) -> Any:
    evaluation = resolve_one(flatten(documents, report_replaced=False).tokens, strict=strict)
    found += evaluation.diagnostics
    tokens = [evaluation.done[path] for path in _own(document, evaluation.done)]
    groups = {path: group.properties for path, group in document.groups.items() if group.properties}
    return converter.ConvertedSource(name, tokens, groups)


def _own(document: TokenSet, done: Mapping[str, ResolvedToken]) -> Iterator[str]:
    return (path for path in document.tokens if path in done)


def _once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return list({(d.code, d.file, d.at, d.message): d for d in found}.values())


def _names(shown: Sequence[str]) -> list[str]:
    return _unique(shown)


def _unique(shown: Sequence[str]) -> list[str]:
    """Relative names without suffixes for files; below the folder they share, each once for each document."""
    paths = [PurePosixPath(name) for name in shown]
    parents = [path.parent.parts for path in paths]
    shared = 0
    while parents and all(len(p) > shared and p[shared] == parents[0][shared] for p in parents):
        shared += 1
    names: list[str] = []
    for path in paths:
        rest = PurePosixPath(*path.parts[shared:])
        name = _stem(rest.as_posix())
        candidate, number = name, 2
        while candidate in names and shown[names.index(candidate)] != path.as_posix():
            candidate, number = f"{name}-{number}", number + 1
        names.append(candidate)
    return names


def _stem(name: str) -> str:
    for suffix in (".tokens.json", ".json5", ".jsonc", ".json", ".tokens", ".yaml", ".yml"):
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return name
