"""Style Dictionary's classic form, which every version reads: ``value``, ``type``, ``comment``; values as CSS text."""

from __future__ import annotations

from collections.abc import Mapping

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import ROOT, is_first_draft, upgrade_first_draft
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import Conversion, ConvertedSource, Json, Material, Writer, dialects, not_held, resolver_file, text_of
from ..css_parts import holds_pointer, reads_back, text_value, without_pointers
from ..keeping import DOLLAR, PLAIN, put_back, with_kept, with_original
from ..outline import contexts_of, is_implied, member_at, ours, renamed, without_ours
from ..tokens_studio.reading import paths_in

_VALUE = "value"
_MEMBERS = ("value", "extensions", "attributes")
_RENAMED = {"$description": "comment", "$deprecated": "deprecated", "$extensions": "extensions"}


@dialects.register("style-dictionary")
class StyleDictionary:
    """Token files of Style Dictionary 3 and later."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """A file with ``value`` and without ``$value``, or one of which everything had to be kept in the root."""
        if not isinstance(document, dict) or "$themes" in document:
            return False
        return is_first_draft(document) or ours(document, "kept") is not None

    @staticmethod
    def read(document: Json) -> Json:
        """As DTCG; values are brought into their present form by their types."""
        found: Json = put_back(upgrade_first_draft(document) if is_first_draft(document) else document)
        return found

    @staticmethod
    def original(document: Json, place: tuple[str | int, ...], path: str) -> Mapping[str, Json] | None:
        """A token or group as it stands in a file that was read."""
        names = path.split(".") if path else []
        node = member_at(document, (*place, *names))
        if node is None and names[-1:] == [ROOT]:  # a token that is a group, too
            node = member_at(document, (*place, *names[:-1]))
            own = node.items() if isinstance(node, dict) else ()
            node = {key: part for key, part in own if key in _MEMBERS or not isinstance(part, dict)}
        return node if isinstance(node, dict) else None

    @staticmethod
    def fresh(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json] | None:
        """A token's object; ``None`` below a name that makes a token of every group."""
        if _VALUE in token.path.split("."):
            return None
        written = token.written
        if token.alias is not None and isinstance(written, dict):
            value: Json = f"{{{token.alias}}}"
        else:
            value = text_value(token.type, without_pointers(written, token.value))
        own, members = _members(token.token.node)
        node: dict[str, Json] = {"value": value, "type": token.type}
        node |= {name: own[key] for key, name in _RENAMED.items() if own.get(key) is not None}
        node |= {key: part for key, part in members.items() if key not in node}
        if not reads_back(token, value):
            node = with_original(node, "value", "extensions", written)
            if holds_pointer(written):
                found.append(not_held(token, "Style Dictionary", "a pointer into a value", kept=True))
        return node

    @staticmethod
    def write(material: Material) -> Conversion:
        """One file a source. A configuration chooses among contexts by ``source``; a resolver document says how."""
        writer = Writer("style-dictionary", PLAIN, StyleDictionary.fresh)
        writer.lacking = lambda token: f"groups or tokens called {_VALUE}"
        files = [OutputFile(f"{found.name}.json", text_of(_document(writer, found))) for found in material.sources]
        if not is_implied(material.outline, material.names, lambda name: f"{name}.json"):
            files.append(resolver_file(renamed(material.outline, lambda name: [f"{name}.json"])))
        told = [_no_contexts(name, contexts) for name, contexts in contexts_of(material.outline).items()]
        return Conversion(files, [*writer.diagnostics, *told])


def _document(writer: Writer, source: ConvertedSource) -> dict[str, Json]:
    writer.left_out.clear()
    document = writer.document(source)
    if not is_first_draft(document):  # nothing tells the form of a file without tokens: its groups are as in DTCG
        document = Writer("dtcg", DOLLAR, StyleDictionary.fresh).document(source._replace(tokens=[]))
    return with_kept(document, writer.kept(source))


def _members(node: Mapping[str, Json]) -> tuple[Mapping[str, Json], Mapping[str, Json]]:
    """A token without the members that other tools gave it, and those; tokens inside of a token are none."""
    members = ours(node, "members")
    if not isinstance(members, dict) or any(paths_in({name: part}) for name, part in members.items()):
        return node, {}
    return without_ours(node, "members"), members


def _no_contexts(modifier: str, contexts: dict[str, list[str]]) -> Diagnostic:
    shown = "; ".join(f"{c}: " + (", ".join(f"{n}.json" for n in names) or "none") for c, names in contexts.items())
    return Diagnostic(
        code="DSS324", severity="info", path=None,
        message=f"Style Dictionary has no contexts: those of {modifier} are files ({shown})",
        hint="name the files of one context in the source of each configuration; tokens.resolver.json keeps all",
    )  # fmt: skip
