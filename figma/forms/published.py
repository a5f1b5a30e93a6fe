"""``GET /v1/files/:key/variables/published``: names and types without values; says what changed since the publish.

Source: Figma REST API 0.43, "Get published variables". The documentation prints ``resolvedType``, real answers have
``resolvedDataType``.
"""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic

from ..records import Payload
from . import rest


def recognise(document: object) -> bool:
    """Whether *document* lists published variables."""
    entries = list(rest.entries_of(document, "variables")) or list(rest.entries_of(document, "variableCollections"))
    return any("subscribed_id" in entry for entry in entries)


def compare(document: object, payload: Payload) -> list[Diagnostic]:
    """What differs between the last publish and the local variables."""
    published = {entry["id"]: entry for entry in rest.entries_of(document, "variables")}
    renamed = [
        f'"{entry.get("name")}" is now "{payload.variables[identity].name}"'
        for identity, entry in published.items()
        if identity in payload.variables and payload.variables[identity].name != entry.get("name")
    ]
    gone = [str(entry.get("name")) for identity, entry in published.items() if identity not in payload.variables]
    found = []
    for names, what in ((renamed, "have another name locally"), (gone, "are no longer in the file")):
        if names:
            shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            found.append(
                Diagnostic(
                    code="DSS442",
                    severity="info",
                    message=f"{len(names)} published variables {what}: {shown}",
                    hint="publish the library to let the other files see the present state",
                )
            )
    return found
