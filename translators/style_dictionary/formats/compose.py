"""``compose/*``."""

from __future__ import annotations

from ..ecmascript.values import truthy
from ..file_header import file_header
from ..format import Output, formats
from ..order import by_name, by_reference
from ..rendering import value_text
from ..variables import Lines

_IMPORTS = ["androidx.compose.ui.graphics.Color", "androidx.compose.ui.unit.*"]


@formats.register("compose/object")
def object_(output: Output) -> str:
    """A Kotlin object (options ``className``, ``packageName``, ``import``, ``accessControl``, ``objectType``)."""
    references = output.flag("outputReferences")
    if not references:
        tokens = by_name(output.dictionary.tokens)
    elif output.dictionary.uses_dtcg:
        tokens = output.dictionary.tokens  # the original looks for references in ``value`` only
    else:
        tokens = by_reference(output)
    formatting = {"suffix": "", "commentStyle": "none", **output.formatting}
    lines = Lines(output, None, formatting, references).written(tokens)
    access = _word(output, "accessControl")
    members = []
    for token, line in zip(tokens, lines, strict=True):
        comment = token.get("comment")
        note = f"/** {value_text(comment).replace('*/', '* /')} */\n  " if truthy(comment) else ""
        members.append(f"  {note}{access}val {line}")
    imports = output.options.get("import", _IMPORTS)
    imported = "\n".join(f"import {value_text(one)}" for one in (imports if isinstance(imports, list) else [imports]))
    return (
        f"\n{file_header(output, 'short')}\n\npackage {output.option('packageName')}\n\n{imported}\n\n"
        f"{access}{_word(output, 'objectType')}object {_word(output, 'className')}{{\n" + "\n".join(members) + "\n}\n"
    )


def _word(output: Output, option: str) -> str:
    return f"{output.option(option)} " if output.flag(option) else ""
