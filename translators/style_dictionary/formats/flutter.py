"""``flutter/*``."""

from __future__ import annotations

from ..file_header import file_header
from ..format import Output, formats
from ..order import by_name, by_reference
from ..variables import Lines


@formats.register("flutter/class.dart")
def class_(output: Output) -> str:
    """A Dart class (option ``className``)."""
    references = output.flag("outputReferences")
    tokens = by_reference(output) if references else by_name(output.dictionary.tokens)
    lines = Lines(output, None, output.formatting, references).written(tokens)
    name = output.option("className")
    members = "\n    ".join(f"static const {line}" for line in lines)
    return (
        f"\n//\n// {output.destination}\n//\n{file_header(output, 'short')}\n\nimport 'dart:ui';\n\n"
        f"class {f'{name} ' if name else ''}{{\n    {name}._();\n\n    {members}\n}}"
    )
