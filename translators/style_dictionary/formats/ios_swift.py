"""``ios-swift/*``."""

from __future__ import annotations

from ..file_header import file_header
from ..format import Output, formats
from ..order import by_name, by_reference
from ..rendering import value_text
from ..variables import Lines


@formats.register("ios-swift/class.swift")
def class_(output: Output) -> str:
    """A Swift class (options ``className``, ``import``, ``accessControl``)."""
    return _type(output, "class")


@formats.register("ios-swift/enum.swift")
def enum(output: Output) -> str:
    """A Swift enum."""
    return _type(output, "enum")


@formats.register("ios-swift/any.swift")
def any_(output: Output) -> str:
    """A Swift type of the kind that the option ``objectType`` names."""
    return _type(output, "class")


def _type(output: Output, kind: str) -> str:
    references = output.flag("outputReferences")
    tokens = by_reference(output) if references else by_name(output.dictionary.tokens)
    lines = Lines(output, None, {"suffix": "", **output.formatting}, references).written(tokens)
    access = _word(output.option("accessControl") if "accessControl" in output.options else "public")
    members = "\n    ".join(f"{access}static let {line}" for line in lines)
    return (
        f"\n//\n// {output.destination}\n//\n{file_header(output, 'short')}\n{_imports(output)}\n\n"
        f"{access}{_word(output.option('objectType', kind))}{_word(output.option('className'))}{{\n    {members}\n}}"
    )


def _imports(output: Output) -> str:
    group = output.platform.transform_group
    default = "UIKit" if group in (None, "ios-swift", "ios-swift-separate") else "SwiftUI"
    found = output.options.get("import", default)
    return "\n".join(f"import {value_text(one)}" for one in (found if isinstance(found, list) else [found]))


def _word(found: str) -> str:
    return f"{found} " if found else ""
