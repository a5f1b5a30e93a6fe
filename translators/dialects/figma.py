"""Figma's own export of modes: one file per collection and mode; colours in sRGB, numbers, strings, booleans.

Source: reference "figma", section 10. What variables cannot hold is kept in the root's ``$extensions``.
"""

from __future__ import annotations

from collections.abc import Mapping

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import is_first_draft
from dss_tokens.model import ROOT
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import (
    Conversion,
    Json,
    Material,
    dialects,
    resolver_file,
    text_of,
)  # fmt: skip
from ..figma_export import Export
from ..figma_modes import MODE, collections, mode_of, outline_of
from ..figma_variables import is_filled, restored_group, variable
from ..keeping import put_back
from ..outline import (
    is_implied,
    member_at,
)


@dialects.register("figma")
class Figma:
    """Files of Figma's "Export modes"."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """The mode's name at the root."""
        return mode_of(document) is not None and not is_first_draft(document)

    @staticmethod
    def read(document: Json) -> Json:
        """As DTCG, with what :meth:`write` kept put back."""
        found = {
            key: part if key[:1] == "$" and key != ROOT else restored_group(part)
            for key, part in document.items()
            if not is_filled(part)
        }
        if MODE in found:
            found["$extensions"] = {MODE: found.pop(MODE), **found.get("$extensions", {})}
        return put_back(found)

    @staticmethod
    def assembled(documents: Mapping[str, Json]) -> tuple[Json, Mapping[str, Json]] | None:
        """Files of which some are modes of one collection, as a resolver document."""
        groups = collections(documents)
        return None if groups is None else (outline_of(groups), {})

    @staticmethod
    def original(document: Json, place: tuple[str | int, ...], path: str) -> Mapping[str, Json] | None:
        """A token or group as it stands in a file that was read."""
        node = member_at(document, (*place, *(path.split(".") if path else ())))
        return node if isinstance(node, dict) else None

    @staticmethod
    def fresh(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json] | None:
        """A token's object; ``None`` where no variable can hold it."""
        return variable(token, {})

    @staticmethod
    def write(material: Material) -> Conversion:
        """``<collection>/<mode>.tokens.json``; a set has the one mode ``Value``."""
        export = Export(material)
        whole = export.whole(material.outline)
        files = [OutputFile(name, text_of(document)) for name, document in export.documents.items()]
        groups = collections(dict(sorted(export.documents.items())))
        is_plain = is_implied(material.outline, material.names, lambda name: export.singles.get(name, name))
        if not is_plain and (groups is None or whole != outline_of(groups)):
            files.append(resolver_file(whole))
        return Conversion(files, export.diagnostics)
