"""DTCG 2025.10: the canonical form. Tokens are written as authored, older forms in their present one."""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import Conversion, Json, Material, Writer, dialects, node_of, resolver_file, text_of
from ..keeping import DOLLAR
from ..outline import is_implied, renamed

_SUFFIX = ".tokens.json"


@dialects.register("dtcg")
class Dtcg:
    """The dialect of :mod:`dss_tokens.dtcg`; everything that is no other dialect."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """Never: it is what is left."""
        return False

    @staticmethod
    def read(document: Json) -> Json:
        """As it is."""
        return document

    @staticmethod
    def fresh(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json]:
        """A token's object."""
        return node_of(token)

    @staticmethod
    def write(material: Material) -> Conversion:
        """One file a source, and a resolver document where contexts choose among them or their order matters."""
        writer = Writer("dtcg", DOLLAR, Dtcg.fresh)
        files = [OutputFile(f"{found.name}{_SUFFIX}", text_of(writer.document(found))) for found in material.sources]
        if not is_implied(material.outline, material.names, lambda name: f"{name}{_SUFFIX}"):
            files.append(resolver_file(renamed(material.outline, lambda name: [f"{name}{_SUFFIX}"])))
        return Conversion(files, writer.diagnostics)
