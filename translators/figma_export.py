"""The files of modes that a material becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.resolve.answers import ResolvedToken

from .conversion import ConvertedSource, Json, Material, Writer, nested, not_held
from .figma_modes import MODE, mode_of
from .figma_variables import filled, variable
from .keeping import DOLLAR, with_kept
from .outline import Outline, contexts_of, fit, references, sources_of, stages
from .packing import packed, with_sets


class Export:
    """The files of a material: one for each source of a set, and for each context all its sources together."""

    def __init__(self, material: Material) -> None:
        self.by_name = {source.name: source for source in material.sources}
        self.base = {token.path: token for name in material.base for token in self.by_name[name].tokens}
        self.modes = {
            modifier: {
                token.path: None for names in contexts.values() for n in names for token in self.by_name[n].tokens
            }
            for modifier, contexts in material.modifiers.items()
        }
        """Modifier -> the paths that some context of it has: a collection has a value for each in every mode."""

        self.collections = {path: modifier for modifier, paths in self.modes.items() for path in paths}
        self.collections |= {token.path: name for name in material.base for token in self.by_name[name].tokens}
        self.documents: dict[str, dict[str, Json]] = {}
        self.singles: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []

    def tokens(self, names: Sequence[str]) -> list[ResolvedToken]:
        """The tokens of several sources."""
        return [token for name in names for token in self.by_name[name].tokens]

    def whole(self, made: Outline) -> Outline:
        """Makes every file; gives the outline with files for sources."""
        used = {name for contexts in contexts_of(made).values() for names in contexts.values() for name in names}
        in_order = {name for kind, name in stages(made) if kind == "sets"}
        only_named = {
            name: sources_of(found["sources"])
            for name, found in made["sets"].items()
            if name not in in_order and found["sources"] and used.issuperset(sources_of(found["sources"]))
        }
        sets = {
            name: {**found, "sources": references([self.single(source) for source in sources_of(found["sources"])])}
            for name, found in made["sets"].items()
            if name not in only_named
        }
        modifiers = {
            name: {**found, "contexts": {c: self.context(name, c, part) for c, part in found["contexts"].items()}}
            for name, found in made["modifiers"].items()
        }
        return with_sets({**made, "sets": sets, "modifiers": modifiers}, only_named)

    def single(self, name: str) -> str:
        """The file of a source that is a collection of its own."""
        if name not in self.singles:
            own = mode_of_source(self.by_name[name])
            self.singles[name] = self.file(name if own else f"{name}/Value", own or "Value", [name])
        return self.singles[name]

    def context(self, modifier: str, context: str, sources: list[Json]) -> list[Json]:
        """The file of a mode."""
        every = self.modes.get(modifier, {})
        return references([self.file(f"{fit(modifier)}/{fit(context)}", context, sources_of(sources), every)])

    def file(self, path: str, mode: str, names: Sequence[str], every: Iterable[str] = ()) -> str:
        """One file, of the tokens of several sources; of *every* path that they lack, the value that holds anyway."""
        found, number = f"{path}.tokens.json", 2
        while found in self.documents:
            found, number = f"{path}-{number}.tokens.json", number + 1
        sources = [self.by_name[name] for name in names]
        is_native = names == [path] and mode_of_source(sources[0]) == mode
        document: dict[str, Json] = {}
        kept: dict[str, Json] = {}
        replaced = _replaced(sources)
        lacking = [] if is_native else self.lacking(sources, every, mode)
        held = {token.path for source in sources for token in source.tokens} | {token.path for token in lacking}
        elsewhere = {path: name for path, name in self.collections.items() if path not in held}
        for source in sources:
            writer = Writer("figma", DOLLAR, lambda token, found: variable(token, elsewhere))
            shown = source if is_native else source._replace(groups={})
            tokens = [token for token in source.tokens if (source.name, token.path) not in replaced]
            _lay_over(document, writer.document(shown._replace(tokens=tokens)))
            kept |= writer.kept(source)
            self.diagnostics += writer.diagnostics
        self.diagnostics += [
            not_held(token, "Figma", "a token that another one of the same mode replaces", kept=False)
            for source in sources for token in source.tokens if (source.name, token.path) in replaced
        ]  # fmt: skip
        _lay_over(document, nested(lacking, lambda token: filled(token, elsewhere)))
        extensions = dict(document.get("$extensions", {}))
        if not is_native:
            extensions |= {MODE: mode, "dss": {"sources": packed(sources)}}
        document["$extensions"] = extensions
        self.documents[found] = with_kept(document, kept)
        return found

    def lacking(self, sources: Sequence[ConvertedSource], every: Iterable[str], mode: str) -> list[ResolvedToken]:
        """The tokens that other modes have and this one gets from what always holds."""
        own = {token.path for source in sources for token in source.tokens}
        found = []
        for path in (path for path in every if path not in own):
            if path in self.base:
                found.append(self.base[path])
            else:
                self.diagnostics.append(_no_value(path, mode))
        return found


def _no_value(path: str, mode: str) -> Diagnostic:
    return Diagnostic(
        code="DSS321", severity="warning", path=path,
        message=f"{path}: Figma needs a value in every mode; there is none in {mode}, and none that always holds",
    )  # fmt: skip


def mode_of_source(source: ConvertedSource) -> str | None:
    """The name of the mode that a source is."""
    return mode_of(source.groups.get("", {}))


def _replaced(sources: Sequence[ConvertedSource]) -> set[tuple[str, str]]:
    """Source and path of each token that a later source has, too."""
    last = {token.path: source.name for source in sources for token in source.tokens}
    return {(s.name, token.path) for s in sources for token in s.tokens if last[token.path] != s.name}


def _lay_over(document: dict[str, Json], other: dict[str, Json]) -> None:
    """Adds what *other* holds: groups are joined."""
    for key, part in other.items():
        known = document.get(key)
        if isinstance(known, dict) and isinstance(part, dict) and "$value" not in part and "$value" not in known:
            _lay_over(known, part)
        else:
            document[key] = part
