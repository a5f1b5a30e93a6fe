"""Classes for the icons of an icon font."""

from __future__ import annotations

from .format import Output
from .rendering import value_text


def icons_with_prefix(output: Output, prefix: str) -> str:
    """A variable and a class for each token whose ``type`` is ``icon``.

    Where Style Dictionary would write ``undefined``, the platform's prefix is left out and the last name
    of the path stands for the attribute ``item``.
    """
    lines = []
    for token in output.dictionary.tokens:
        if token.get("type") != "icon":
            continue
        variable = prefix + token["name"]
        item = token["attributes"].get("item", token["path"][-1])
        namespace = "" if output.platform.prefix is None else f"{output.platform.prefix}-"
        lines.append(f"{variable}: {output.text(token)};")
        lines.append(f".{namespace}icon.{value_text(item)}:before {{ content: {variable}; }}")
    return "\n".join(lines)
