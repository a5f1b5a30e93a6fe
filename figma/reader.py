"""A Figma source -> DTCG files and a resolver document. Pure: decoded JSON in, plain documents out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dss_tokens.diagnostics import Diagnostic

from .forms import recognised
from .options import PullOptions
from .records import Collection, Mode, Payload, Variable
from .summary import CollectionSummary, Summary
from .values.names import legal_name, numbered, segments
from .variables import findings as told
from .variables.chains import Chains, Dead
from .variables.findings import Findings, named
from .variables.graph import edges_of, entangled, targets_first
from .variables.kinds import Kinds, decide
from .variables.layout import RESOLVER, FileNames, Overlay, resolver_document
from .variables.library import own_library_extensions, with_libraries
from .variables.paths import Paths, place
from .variables.references import References
from .variables.scopes import Ground, fits
from .variables.tokens import Json, Tokens, reason
from .variables.units import Unit, units_of

_TYPES = frozenset({"COLOR", "FLOAT", "STRING", "BOOLEAN"})


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a source holds, ready to be written."""

    files: dict[str, Json]
    """Relative POSIX path below the token folder -> DTCG document in editor order, ``tokens.resolver.json`` last."""

    diagnostics: list[Diagnostic]
    """Every decision that lost or changed something."""

    summary: Summary


def read(payload: object, options: PullOptions = PullOptions()) -> Pulled:  # noqa: B008 - frozen
    """The tokens of one decoded JSON document of any form Figma's variables come in.

    Raises:
        FigmaSourceError: It is none of the known forms, or holds no values.
    """
    return read_files({"": payload}, options)


def read_files(
    documents: Mapping[str, object],
    options: PullOptions = PullOptions(),  # noqa: B008
    libraries: Mapping[str, Mapping[str, object]] | None = None,
) -> Pulled:
    """The tokens of several documents that belong together: a folder or zip of mode exports, a plugin's files.

    Args:
        documents: Relative POSIX path -> decoded JSON.
        options: The project's decisions.
        libraries: A name for the group that its tokens stand in -> the documents of a library, for references to it.

    Raises:
        FigmaSourceError: They are none of the known forms, or hold no values.
    """
    others = {name: recognised(found, options) for name, found in (libraries or {}).items()}
    return pull(with_libraries(recognised(documents, options), others), options)


def pull(payload: Payload, options: PullOptions = PullOptions()) -> Pulled:  # noqa: B008
    """The tokens of a source that was read already."""
    payload = own_library_extensions(payload)
    chains, edges = Chains(payload), edges_of(payload)
    order = targets_first(payload.variables, edges)
    kinds = decide(payload, chains, order, edges, options)
    diagnostics, findings = list(payload.diagnostics), Findings()
    collections = {i: c for i, c in payload.collections.items() if not c.remote and not c.parent}
    labels = _labels(payload, diagnostics)
    rows = {identity: _row(collection) for identity, collection in payload.collections.items()}
    kept = _Kept(chains, kinds, findings)
    everyone = payload.members()
    members = {identity: kept.of(everyone[identity], rows[identity]) for identity in collections}
    members = {identity: variables for identity, variables in members.items() if variables}
    _tell_zombies(payload, findings)
    paths = place(members, payload.collections, labels, options)
    written = {variable.id: variable for variables in members.values() for variable in variables}
    units = units_of({identity: collections[identity] for identity in members}, written, edges, labels)
    extended = {root for c in payload.collections.values() if c.parent for root in _lineage(c, payload)}
    references = References(chains, kinds, units, written, kept.gaps, entangled(edges), extended)
    tokens = Tokens(chains, kinds, paths, references, findings, payload.variables, options)

    files = _Files()
    for identity, variables in members.items():
        _write(collections[identity], variables, tokens, files, rows[identity], units[identity])
    overlays = [
        overlay
        for collection in payload.collections.values()
        if (overlay := _overlay(collection, payload, units, labels)) is not None
    ]
    for overlay in overlays:
        _write_overlay(overlay, written, tokens, files, rows[overlay.collection.id])
    files.documents[RESOLVER] = resolver_document(list(dict.fromkeys(units.values())), overlays, files.of)

    diagnostics += _told(kinds, paths, written, payload, findings)
    diagnostics += findings.diagnostics(lambda identity: ".".join(paths.of[identity]) if identity in paths.of else None)
    return Pulled(files.documents, diagnostics, Summary(payload.form, tuple(rows.values())))


class _Files:
    """The documents so far."""

    __slots__ = ("documents", "names", "of")

    def __init__(self) -> None:
        self.documents: dict[str, Json] = {}
        self.of: dict[tuple[str, str], str] = {}
        """(collection id, mode id) -> file."""

        self.names = FileNames()

    def add(self, collection: Collection, mode: Mode, document: Json) -> None:
        """File *document*."""
        name = self.names.of(collection, mode)
        self.of[collection.id, mode.id] = name
        self.documents[name] = document


class _Kept:
    """Which variables are written, and in which modes they have nothing to write."""

    __slots__ = ("_chains", "_findings", "_kinds", "gaps")

    def __init__(self, chains: Chains, kinds: Kinds, findings: Findings) -> None:
        self._chains, self._kinds, self._findings = chains, kinds, findings
        self.gaps: dict[str, set[str]] = {}

    def of(self, variables: list[Variable], row: CollectionSummary) -> list[Variable]:
        """The variables of one collection to write."""
        kept = []
        for variable in variables:
            row.variables += 1
            if not variable.live:
                row.remote += variable.remote
                row.deleted += variable.deleted and not variable.remote
            elif variable.type not in _TYPES:
                row.unknown += 1
                self._findings.note(told.UNKNOWN_TYPE, variable, detail=variable.type or "none")
            elif self._has_value(variable):
                row.written += 1
                kept.append(variable)
        return kept

    def _has_value(self, variable: Variable) -> bool:
        if variable.id in self._kinds.whole and self._kinds[variable.id].type == "color":
            return True
        collection = variable.collection
        modes = [mode for mode in collection.modes if not self._usable(variable, mode.id)]
        if not modes:
            return True
        if self._usable(variable, collection.default):
            return True  # the default mode's value stands in
        if len(modes) == len(collection.modes):
            for mode in modes:
                literal = self._chains.literal(variable, mode.id)
                self._findings.note(told.DROPPED, variable, mode.name, beside=reason(literal))
            return False
        self.gaps[variable.id] = {mode.id for mode in modes}
        return True

    def _usable(self, variable: Variable, mode: str) -> bool:
        literal = self._chains.literal(variable, mode)
        if type(literal) is Dead:
            return False
        kind = self._kinds[variable.id]
        return kind.type == "color" or fits(kind, (literal,))


def _labels(payload: Payload, diagnostics: list[Diagnostic]) -> dict[str, str]:
    """A name for every local collection, unlike all others: names are not unique in Figma."""
    labels: dict[str, str] = {}
    taken: dict[str, Collection] = {}
    for identity, collection in payload.collections.items():
        if collection.remote:
            continue
        label = f"{collection.library}/{collection.name}" if collection.library else collection.name
        if label in taken:
            short = (collection.key or collection.id.rpartition(":")[2])[:6]
            label = numbered(f"{collection.name} {short}", {name.casefold() for name in taken})
            diagnostics.append(
                Diagnostic(
                    code="DSS439",
                    severity="warning",
                    message=f'two collections are called "{collection.name}": {collection.id} becomes "{label}"',
                    hint="rename one of them in Figma",
                )
            )
        taken[label] = collection
        labels[identity] = label
    return labels


def _row(collection: Collection) -> CollectionSummary:
    kind = "remote" if collection.remote else "extension" if collection.parent else "empty"
    return CollectionSummary(name=collection.name, modes=tuple(mode.name for mode in collection.modes), kind=kind)


def _tell_zombies(payload: Payload, findings: Findings) -> None:
    for variable in payload.variables.values():
        if variable.live and variable.collection.id not in payload.collections:
            findings.note(told.ZOMBIE, variable, detail=variable.collection.id)


def _write(
    collection: Collection,
    variables: list[Variable],
    tokens: Tokens,
    files: _Files,
    row: CollectionSummary,
    unit: Unit,
) -> None:
    documents: dict[str, Json] = {mode.id: {} for mode in collection.modes}
    for variable in variables:
        tokens.write(variable, documents, row)
    for mode in collection.modes:
        if documents[mode.id]:
            files.add(collection, mode, documents[mode.id])
    row.kind = "modifier" if unit.is_modifier else "set"
    row.modifier = unit.name if unit.is_modifier else None


def _lineage(collection: Collection, payload: Payload) -> list[str]:
    """The ids of *collection* and of what it extends, the root last."""
    lineage = [collection.id]
    while (parent := payload.collections[lineage[-1]].parent) in payload.collections and parent not in lineage:
        lineage.append(str(parent))
    return lineage


def _overlay(
    collection: Collection, payload: Payload, units: dict[str, Unit], labels: dict[str, str]
) -> Overlay | None:
    """The overlay of an extended collection whose root is written."""
    lineage = [payload.collections[identity] for identity in _lineage(collection, payload)]
    root = lineage[-1]
    if len(lineage) == 1 or root.parent or root.id not in units:
        return None
    return Overlay(labels[collection.id], units[root.id], tuple(reversed(lineage[:-1])))


def _write_overlay(
    overlay: Overlay, written: dict[str, Variable], tokens: Tokens, files: _Files, row: CollectionSummary
) -> None:
    collection = overlay.collection
    row.modifier = overlay.name
    inherited = [variable for variable in written.values() if variable.collection is overlay.root]
    for mode in collection.modes:
        document: Json = {}
        for variable in inherited:
            own = mode.id in collection.overrides.get(variable.id, {})
            if own or tokens.changes_with(variable, mode.id, *overlay.inherits(variable, mode)):
                tokens.overridden(variable, mode.id, document, row)
        if document:
            files.add(collection, mode, document)
    row.written = len(collection.overrides.keys() & written.keys())


def _told(
    kinds: Kinds, paths: Paths, written: dict[str, Variable], payload: Payload, findings: Findings
) -> list[Diagnostic]:
    """What concerns variables as a whole: names, types; and what is told once for all."""
    untyped = []
    for identity, variable in written.items():
        typed = kinds.typed[identity]
        path = paths.of[identity]
        if typed.ratio:
            findings.note(told.RATIO, variable, detail="0.4 %?")
        if identity in kinds.retyped:
            findings.note(told.RETYPED, variable, detail=named(payload.variables[kinds.retyped[identity][1]]))
        if typed.ground == Ground.FALLBACK and typed.kind.type == "number":
            untyped.append(variable.name)
        if identity in paths.renumbered:
            findings.note(told.RENUMBERED, variable, detail=named(written[paths.renumbered[identity]]))
        elif "/".join(segments(variable.name)) != variable.name:
            legal = all(part.strip() == legal_name(part.strip()) for part in variable.name.split("/") if part.strip())
            findings.note(told.TRIMMED if legal else told.RENAMED, variable, detail=".".join(path))
    diagnostics = []
    if untyped:
        shown = ", ".join(untyped[:5]) + (" …" if len(untyped) > 5 else "")
        diagnostics.append(
            Diagnostic(
                code="DSS440",
                severity="warning",
                message=f"{len(untyped)} number variables have neither telling scopes nor a telling name and became "
                f'"number": {shown}',
                hint="set their scopes in Figma, or a rule in [figma] types",
            )
        )
    for identity, (path_, other) in paths.clashes.items():
        diagnostics.append(
            Diagnostic(
                code="DSS441",
                severity="info",
                message=f'"{payload.collections[identity].name}" and "{payload.collections[other].name}" both have '
                f'"{path_}": the tokens of each stand below a group named like their collection',
                hint='[figma] group_by_collection decides: "auto", true or false',
            )
        )
    return diagnostics
