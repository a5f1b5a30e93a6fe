"""Style Dictionary's classic form, which every version reads: ``value``, ``type``, ``comment``; values as CSS text."""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import is_first_draft, upgrade_first_draft
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import Conversion, Json, Material, dialects, nested, not_held, text_of, with_original
from ..css_parts import holds_pointer, reads_back, text_value

_RENAMED = {"$description": "comment", "$deprecated": "deprecated", "$extensions": "extensions"}


@dialects.register("style-dictionary")
class StyleDictionary:
    """Token files of Style Dictionary 3 and later."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """A file with ``value`` and without ``$value``."""
        return isinstance(document, dict) and is_first_draft(document) and "$themes" not in document

    @staticmethod
    def read(document: Json) -> Json:
        """As DTCG; values are brought into their present form by their types."""
        found: Json = upgrade_first_draft(document)
        return found

    @staticmethod
    def write(material: Material) -> Conversion:
        """One file a source. Contexts become files that a configuration chooses among by ``source``."""
        found: list[Diagnostic] = []
        files = [
            OutputFile(f"{source.name}.json", text_of(nested(source, lambda token: _node(token, found))))
            for source in material.sources
        ]
        return Conversion(files, found)


def _node(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json]:
    written = token.written
    if isinstance(written, dict) and "$ref" in written:
        target = token.alias
        value = f"{{{target}}}" if target is not None else text_value(token.type, token.value)
    else:
        value = text_value(token.type, written)
    node: dict[str, Json] = {"value": value, "type": token.type}
    for key, name in _RENAMED.items():
        part = token.token.node.get(key)
        if part is not None:
            node[name] = part
    if not reads_back(token, value):
        node = with_original(node, "value", "extensions", written)
        if holds_pointer(written):
            found.append(not_held(token, "Style Dictionary", "a pointer into a value", kept=True))
    return node
