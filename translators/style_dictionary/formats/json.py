"""``json`` and ``json/*``."""

from __future__ import annotations

from ..ecmascript.json import compact, pretty
from ..format import Output, formats
from ..tree import meta_stripped, values_only


@formats.register("json")
def json(output: Output) -> str:
    """All tokens with all they carry, in groups (option ``stripMeta``)."""
    return pretty(meta_stripped(output)) + "\n"


@formats.register("json/asset")
def asset(output: Output) -> str:
    """The group ``asset``."""
    tree = output.dictionary.tree
    return pretty({"asset": tree["asset"]} if "asset" in tree else {})


@formats.register("json/nested")
def nested(output: Output) -> str:
    """The values in groups."""
    return pretty(values_only(output.dictionary.tree, output.dictionary.value_key)) + "\n"


@formats.register("json/flat")
def flat(output: Output) -> str:
    """Names and values."""
    lines = [f'  "{token["name"]}": {compact(output.value(token))}' for token in output.dictionary.tokens]
    return "{\n" + ",\n".join(lines) + "\n}\n"
