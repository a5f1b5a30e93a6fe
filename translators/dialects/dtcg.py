"""DTCG 2025.10: the canonical form. Tokens are written as authored, older forms in their present one."""

from __future__ import annotations

from typing import Any

from dss_tokens.output import OutputFile

from ..conversion import Conversion, ConvertedSource, Json, Material, dialects, nested, node_of, text_of

VERSION = "2025.10"


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
    def write(material: Material) -> Conversion:
        """One file a source, and a resolver document where contexts choose among them."""
        files = [OutputFile(f"{source.name}.tokens.json", text_of(_document(source))) for source in material.sources]
        if material.modifiers:
            files.append(
                OutputFile("tokens.resolver.json", text_of(resolver(material, lambda name: f"{name}.tokens.json")))
            )
        return Conversion(files, [])


def _document(source: ConvertedSource) -> dict[str, Any]:
    root = nested(source, node_of)
    for path, properties in source.groups.items():
        group = root
        for name in path.split(".") if path else ():
            group = group.setdefault(name, {})
        own = {key: part for key, part in properties.items() if key != "$schema"}
        if own:
            rest = dict(group)
            group.clear()
            group.update({**own, **rest})
    return root


def resolver(material: Material, file_of: Any) -> dict[str, Any]:
    """The resolver document of a material whose sources are files."""
    sets = {name: {"sources": [{"$ref": file_of(name)}]} for name in material.base}
    modifiers = {
        name: {
            "contexts": {
                context: [{"$ref": file_of(source)} for source in sources] for context, sources in contexts.items()
            },
            **({"default": material.defaults[name]} if name in material.defaults else {}),
        }
        for name, contexts in material.modifiers.items()
    }
    order = [{"$ref": f"#/sets/{_pointer(name)}"} for name in sets]
    order += [{"$ref": f"#/modifiers/{_pointer(name)}"} for name in modifiers]
    return {"version": VERSION, "sets": sets, "modifiers": modifiers, "resolutionOrder": order}


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
