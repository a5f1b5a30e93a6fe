"""``dss convert``: token files of one tool as those of another; what the target cannot hold is told and kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.model import TokenSet, ancestors
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.documents import Modifier, Resolver
from dss_tokens.resolve.flatten import flatten
from dss_tokens.resolve.permutations import Inputs, resolve_one
from dss_tokens.types import TYPES, CompositeType

from .. import files
from .plan import Plan
from .reading import Reading
from .source_names import Names
from .varying import Varying


def plan(converter: Any, reading: Reading, dialect: str, folder: Path, *, strict: bool = False) -> Plan:
    """The files of a conversion, not yet written.

    Args:
        converter: :mod:`translators.materials`, handed in by the wiring.
        reading: The tokens.
        dialect: The target's name.
        folder: Where the files go.
        strict: Refuse older forms.
    """
    writer = converter.dialects.get(dialect)
    material, found = _Converting(converter, reading, strict).material()
    found = [*reading.diagnostics, *found]
    if has_errors(found):
        return Plan({}, [], found)
    made = writer.write(material)
    found = [f for f in found if not (_is_older_form(f) and _is_foreign(converter, reading, f.file))]
    found += made.diagnostics
    contents = {files.contained(folder, file.path): file.text.encode() for file in made.files}
    return Plan(contents, files.differing(contents), found)


def _is_older_form(found: Diagnostic) -> bool:
    is_told = " an older form of " in found.message or "dss convert" in (found.hint or "")
    return found.code == "DSS207" or (found.code == "DSS220" and is_told)


def _is_foreign(converter: Any, reading: Reading, file: str | None) -> bool:
    """Whether a file is another tool's: what it writes is no older form."""
    known = reading.originals
    return file is not None and file in known and converter.dialect_of(known[file], _assembly(reading)) != "dtcg"


def _assembly(reading: Reading) -> Any:
    """The resolver document, where it was made of files that belong together and stands in none of its own."""
    is_made = reading.resolver is not None and reading.resolver.file not in reading.originals
    return reading.document if is_made else None


class _Own(NamedTuple):
    """What a document's tokens came to."""

    tokens: Mapping[str, ResolvedToken]
    computed: Collection[str]


class _Converting:
    """Turns what was read into canonical tokens by source."""

    def __init__(self, converter: Any, reading: Reading, strict: bool) -> None:
        self.converter = converter
        self.reading = reading
        self.strict = strict
        self.found: list[Diagnostic] = []

    def material(self) -> tuple[Any, list[Diagnostic]]:
        """The material and every fault in it, each once."""
        made = self.of_resolver(self.reading.resolver) if self.reading.resolver is not None else self.of_files()
        return made, list({(d.code, d.file, d.at, d.message): d for d in self.found}.values())

    def of_files(self) -> Any:
        names = Names(self.converter, self.reading)
        documents = [source.tokens for source in self.reading.sources]
        sources = [self.source(names.of(document), document, documents, {}) for document in documents]
        made = self.converter.Material(sources, self.converter.listing([source.name for source in sources]))
        sources = self.converter.unpacked(made).sources
        return self.converter.Material(sources, self.converter.listing([source.name for source in sources]))

    def of_resolver(self, resolver: Resolver) -> Any:
        """Every document of a resolver once, resolved among the contexts it belongs to."""
        names = Names(self.converter, self.reading)
        outline = self.converter.of_resolver(resolver, self.reading.document, names.of)
        defaults = {name: modifier.default or next(iter(modifier.contexts)) for name, modifier in resolver.used.items()}
        converted: dict[str, Any] = {}
        for document, inputs in _places(resolver, defaults):
            name = names.of(document)
            if name not in converted:
                chosen = list(resolver.sources(inputs))
                chosen += [] if any(other is document for other in chosen) else [document]
                converted[name] = self.source(name, document, chosen, inputs)
        varying = Varying(resolver, defaults, self.strict, names.of, converted)
        material = self.converter.Material(list(converted.values()), outline)
        found = [self.converter.Varying(*found) for found in varying.contexts()]
        self.found += varying.diagnostics
        return self.converter.unpacked(self.converter.with_varying(material, found))

    def source(self, name: str, document: TokenSet, documents: Sequence[TokenSet], inputs: Inputs) -> Any:
        """A document's own tokens, resolved among *documents*; those that others replace as if they did not."""
        groups = _said_by_groups(document)
        own, unwritten = self.resolved(document, documents, inputs)
        if len(own.tokens) < len(document.tokens):
            others = [other for other in documents if other is not document]
            replaced, _ = self.resolved(document, [*others, document], inputs)
            own = _Own({**replaced.tokens, **own.tokens}, {*replaced.computed, *own.computed})
        tokens = [own.tokens[path] for path in document.tokens if path in own.tokens]
        inherited = [token for path, token in unwritten.items() if _extends(path, groups)]
        groups = {path: said for path, said in groups.items() if path not in own.tokens}
        found = self.converter.ConvertedSource(
            name, tokens, groups, *self.originals(document, own.computed), frozenset(own.computed)
        )
        return found._replace(inherited=inherited)

    def resolved(
        self, document: TokenSet, documents: Sequence[TokenSet], inputs: Inputs
    ) -> tuple[_Own, dict[str, ResolvedToken]]:
        """The tokens of *document* that are in force among *documents*, and those that no document writes."""
        flat = flatten(documents, report_replaced=False).tokens
        complete = flat if self.reading.resolver is None else self.reading.resolver.completed(flat, inputs)
        evaluation = resolve_one(complete, strict=self.strict)
        self.found += evaluation.diagnostics
        done = evaluation.done
        own = [path for path, token in document.tokens.items() if flat.tokens.get(path) is token and path in done]
        computed = {path for path in own if complete.tokens[path] is not flat.tokens[path]}
        inherited = {path: token for path, token in done.items() if path not in flat.tokens}
        return _Own({path: _with_other_parts(done[path]) for path in own}, computed), inherited

    def originals(self, document: TokenSet, chosen: Collection[str]) -> tuple[str, Mapping[str, Any]]:
        """A document's dialect, and its tokens as they stand in their file, where that is not DTCG.

        Those *chosen* have a value that their dialect does not know of: the configuration says where to look for it.
        """
        place = document.groups[""].source if "" in document.groups else None
        if place is None or place.file not in self.reading.originals:
            return "dtcg", {}
        written = self.reading.originals[place.file]
        dialect = self.converter.dialect_of(written, _assembly(self.reading))
        original = getattr(self.converter.dialects.get(dialect), "original", None)
        if original is None:
            return "dtcg", {}
        tokens = {path: original(written, place.prefix, path) for path in document.tokens}
        groups = [path for path, group in document.groups.items() if group.properties]
        said = {path: _said(original(written, place.prefix, path)) for path in groups if path not in tokens}
        unknown = chosen if dialect != "tokens-studio" else ()
        found = {**said, **tokens}.items()
        return dialect, {path: node for path, node in found if node is not None and path not in unknown}


def _with_other_parts(token: ResolvedToken) -> ResolvedToken:
    """The token with parts that its type does not know as they are authored: references in them are kept."""
    kind, authored, written = TYPES.get(token.type), token.token.node.get("$value"), token.written
    if not isinstance(kind, CompositeType) or not isinstance(written, dict) or not isinstance(authored, dict):
        return token
    others = {name: part for name, part in authored.items() if name in written and name not in kind.parts}
    return token._replace(written={**written, **others}) if others else token


def _said_by_groups(document: TokenSet) -> dict[str, Mapping[str, Any]]:
    """The properties of groups; an object with nothing but ``$ref`` may be one that extends another."""
    found: dict[str, Mapping[str, Any]] = {}
    for path, token in document.tokens.items():
        if "$value" not in token.node:
            rest = {key: part for key, part in token.node.items() if key != "$ref"}
            found[path] = {**rest, "$extends": token.node["$ref"]}
    return found | {path: group.properties for path, group in document.groups.items() if group.properties}


def _extends(path: str, groups: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a group of a document has a token because it extends another one."""
    nearest = next((group for group in ancestors(path) if "$extends" in groups.get(group, ())), None)
    return nearest is not None


def _said(node: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a group says of itself."""
    if node is None:
        return None
    return {key: part for key, part in node.items() if key == "$extensions" or not isinstance(part, dict)}


def _places(resolver: Resolver, defaults: Mapping[str, str]) -> Iterator[tuple[TokenSet, dict[str, str]]]:
    """Every document with inputs that put it in force; those that nothing puts in force come last."""
    for stage in (*resolver.order, *resolver.sets.values(), *resolver.modifiers.values()):
        if isinstance(stage, Modifier):
            for context, sources in stage.contexts.items():
                yield from ((document, {**defaults, stage.name: context}) for document in sources)
        else:
            yield from ((document, dict(defaults)) for document in stage.sources)
