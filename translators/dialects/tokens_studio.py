"""Tokens Studio's sets and themes, in one file or in a folder; types and values of its own.

Source: reference "figma", section 11; Tokens Studio documentation, "Token types".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_equality import same
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import Conversion, ConvertedSource, Json, Material, Writer, dialects, text_of
from ..css_parts import reads_back, text_value, without_pointers
from ..extending import is_computed, unmarked
from ..keeping import DOLLAR, with_original
from ..outline import Outline, fit, lists, member_at, ours, pointer, renamed
from ..tokens_studio.contexts import outline_of, themes_of
from ..tokens_studio.reading import KINDS, as_dtcg, font_style, paths_in, read_set, set_names

_KEY = "tokens-studio"
_SHADOW = {"offsetX": "x", "offsetY": "y", "blur": "blur", "spread": "spread", "color": "color"}
_THEMES, _METADATA = "$themes", "$metadata"


@dialects.register("tokens-studio")
class TokensStudio:
    """The plugin's export."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """``$themes`` or the order of the sets at the root."""
        if not isinstance(document, dict):
            return False
        metadata = document.get(_METADATA)
        return isinstance(document.get(_THEMES), list) or (isinstance(metadata, dict) and "tokenSetOrder" in metadata)

    @staticmethod
    def read(document: Json) -> Json:
        """As a resolver document: themes of one group are the contexts of a modifier."""
        sets = {name: part for name, part in document.items() if name[:1] != "$" and isinstance(part, dict)}
        kept = {key: document[key] for key in (_THEMES, _METADATA) if key in document}
        made = _outline(sets, kept)
        found = renamed(made, lambda name: [f"#/$defs/{pointer(name)}"])
        return {**found, "$defs": {name: read_set(part) for name, part in sets.items()}}

    @staticmethod
    def assembled(documents: Mapping[str, Json]) -> tuple[Json, Mapping[str, Json]] | None:
        """A folder with ``$themes.json``: a resolver document, and the sets as DTCG."""
        found = next((name for name in documents if name.rpartition("/")[2] == f"{_THEMES}.json"), None)
        if found is None or not isinstance(documents[found], list):
            return None
        folder = found.removesuffix(f"{_THEMES}.json")
        files = {
            name.removeprefix(folder).removesuffix(".json"): name
            for name, part in documents.items()
            if isinstance(part, dict) and name.startswith(folder) and name.rpartition("/")[2][:1] != "$"
        }
        kept = {_THEMES: documents[found], "form": "folder"}
        if f"{folder}{_METADATA}.json" in documents:
            kept[_METADATA] = documents[f"{folder}{_METADATA}.json"]
        sets = {name: documents[file] for name, file in files.items()}
        whole = renamed(_outline(sets, kept), lambda name: [files[name]])
        return whole, {files[name]: read_set(part) for name, part in sets.items()} | {
            name: {} for name in documents if name.rpartition("/")[2] in (f"{_THEMES}.json", f"{_METADATA}.json")
        }

    @staticmethod
    def original(document: Json, place: tuple[str | int, ...], path: str) -> Mapping[str, Json] | None:
        """A token or group as it stands in a file that was read."""
        inside = place[1:] if place[:1] == ("$defs",) else place
        node = member_at(document, (*inside, *(path.split(".") if path else ())))
        return node if isinstance(node, dict) else None

    @staticmethod
    def beyond(original: Mapping[str, Json]) -> str | None:
        """What no other dialect has a place for in a token's value."""
        return font_style(original.get("$value", original.get("value")), original.get("$type", original.get("type")))

    @staticmethod
    def fresh(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json]:
        """A token's object."""
        written = token.written
        if isinstance(written, dict) and "$ref" in written and token.alias is not None:
            written = f"{{{token.alias}}}"
        written = without_pointers(written, token.value)
        value = _families(text_value(token.type, written), token.type)
        if token.type == "shadow" and not isinstance(value, str):
            value = [_shadow(item) for item in value] if isinstance(value, list) else _shadow(value)
        node: dict[str, Json] = {"$value": value, "$type": KINDS.get(token.type, "other")}
        for key in ("$description", "$deprecated", "$extensions"):
            if token.token.node.get(key) is not None:
                node[key] = token.token.node[key]
        is_own = token.type not in KINDS or token.type == "shadow"
        if is_own or not reads_back(token, as_dtcg(token.type, value)):
            node = with_original(node, "$value", "$extensions", token.written)
            node["$extensions"]["dss"]["was"]["type"] = token.type
        return node

    @staticmethod
    def write(material: Material) -> Conversion:
        """Sources become sets, modifiers groups of themes."""
        writer = Writer(_KEY, DOLLAR, TokensStudio.fresh)
        whole = _Whole.of(material)
        sets = {whole.names[source.name]: writer.document(source) for source in whole.sources}
        themes, metadata = whole.themes(), whole.metadata()
        if whole.kept.get("form") == "folder":
            parts = {**sets, _THEMES: themes, **({_METADATA: metadata} if metadata is not None else {})}
            files = [OutputFile(f"{name}.json", text_of(part)) for name, part in parts.items()]
        else:
            last = {_THEMES: themes, _METADATA: metadata}
            document = {**sets, **{key: part for key, part in last.items() if part is not None}}
            files = [OutputFile("tokens.json", text_of(document))]
        return Conversion(files, writer.diagnostics)


def _families(value: Json, kind: str) -> Json:
    """Several families as one text, as the plugin has them; in typography, too."""
    if kind == "typography" and isinstance(value, dict) and "fontFamily" in value:
        return {**value, "fontFamily": _families(value["fontFamily"], "fontFamily")}
    if kind == "fontFamily" and isinstance(value, list) and all(type(name) is str for name in value):
        return ", ".join(value)
    return value


def _shadow(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    kind = "innerShadow" if value.get("inset") is True else "dropShadow"
    return {**{_SHADOW.get(name, name): part for name, part in value.items() if name != "inset"}, "type": kind}


def _outline(sets: Mapping[str, Json], kept: Mapping[str, Json]) -> Outline:
    """The outline of token sets: as a conversion kept it while nobody edited the themes, else as the themes say."""
    themes = kept.get(_THEMES)
    themes = themes if isinstance(themes, list) else []
    metadata = kept.get(_METADATA)
    ours_of = metadata.get("dss") if isinstance(metadata, dict) else None
    before = ours_of.get("resolver") if isinstance(ours_of, dict) else None
    if isinstance(before, dict) and _is_unedited(before, sets, themes):
        made, note = before, {}
    else:
        order = set_names(sets, metadata)
        made = outline_of(themes, order, {name: paths_in(sets[name]) for name in order})
        note = {} if _is_plain(made, order, kept) else dict(kept)
    extensions = made.get("$extensions", {})
    inner = {**extensions.get("dss", {}), _KEY: note}
    return {**made, "$extensions": {**extensions, "dss": inner}}


def _is_plain(made: Outline, order: list[str], kept: Mapping[str, Json]) -> bool:
    """Whether an outline alone says all that the themes and the order do."""
    plain = {_THEMES: themes_of(made, {name: name for name in order}), _METADATA: {"tokenSetOrder": order}}
    return same(plain, dict(kept)) and all(fit(name) == name for name in order)


def _is_unedited(before: Outline, sets: Mapping[str, Json], themes: list[Json]) -> bool:
    """Whether a kept outline still knows every set, and says what the themes say."""
    try:
        known = {source["$ref"] for sources in lists(before) for source in sources}
        return known == sets.keys() and same(themes_of(before, {name: name for name in sets}), themes)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False  # no outline at all


def _without_computed(source: ConvertedSource) -> ConvertedSource:
    """A source without what expressions of other sets come to; what was edited stays."""
    return source._replace(tokens=[unmarked(token) for token in source.tokens if not is_computed(token)])


class _Whole(NamedTuple):
    """A token set as Tokens Studio's parts."""

    sources: list[ConvertedSource]
    outline: Outline
    kept: Mapping[str, Json]
    """What Tokens Studio said of it before; empty for others."""

    names: Mapping[str, str]
    """Source -> token set."""

    @classmethod
    def of(cls, material: Material) -> _Whole:
        kept = ours(material.outline, _KEY)
        kept = kept if isinstance(kept, dict) else {}
        sources = [_without_computed(source) for source in material.sources]
        computed = {s.name for s, was in zip(sources, material.sources, strict=True) if was.tokens and not s.tokens}
        made = renamed(material.outline, lambda name: [] if name in computed else [name])
        sources = [source for source in sources if source.name not in computed]
        names = {source.name: source.name for source in sources}
        if kept:
            for name, found in made["sets"].items():
                if len(found["sources"]) == 1:
                    names[found["sources"][0]["$ref"]] = name
        return cls(sources, made, kept, names)

    def themes(self) -> list[Json] | None:
        """Those of before while they still say what the outline says, else new ones."""
        before = self.kept.get(_THEMES)
        if self.kept and self.is_as_before():
            return before
        fresh = themes_of(self.outline, self.names)
        known = {(t.get("group"), t.get("name")): t for t in before or () if isinstance(t, dict)}
        return [{**theme, **_rest(known.get((theme["group"], theme["name"])))} for theme in fresh]

    def is_as_before(self) -> bool:
        """Whether the themes of before give the outline of now."""
        return same(_said(self.before()), _said(self.named()))

    def before(self) -> Outline:
        themes = self.kept.get(_THEMES)
        paths = {self.names[s.name]: frozenset(token.path for token in s.tokens) for s in self.sources}
        order = set_names(paths, self.kept.get(_METADATA))
        return outline_of(themes if isinstance(themes, list) else [], order, paths)

    def named(self) -> Outline:
        """The outline with names of sets."""
        return renamed(self.outline, lambda name: [self.names[name]])

    def metadata(self) -> Json:
        """The order of the sets, and the outline where themes cannot say as much."""
        if self.kept and self.is_as_before():
            return self.kept.get(_METADATA)
        order = [self.names[source.name] for source in self.sources]
        paths = {self.names[s.name]: frozenset(token.path for token in s.tokens) for s in self.sources}
        told = outline_of(themes_of(self.outline, self.names), order, paths)
        return {"tokenSetOrder": order} | (
            {} if self.kept or same(told, self.named()) else {"dss": {"resolver": self.named()}}
        )


def _rest(theme: Json) -> dict[str, Json]:
    """What a theme holds beside its name and sets."""
    return {key: part for key, part in (theme or {}).items() if key != "selectedTokenSets"}


def _said(made: Outline) -> Json:
    """What themes can say of an outline."""
    return {"modifiers": made["modifiers"], "order": made["resolutionOrder"]}
