"""The comment at the top of a file that says that it is generated."""

from __future__ import annotations

from typing import Literal

from .ecmascript.values import text, truthy
from .format import Output

CommentStyle = Literal["short", "long", "xml"]

LINE = "Do not edit directly, this file was auto-generated."


def file_header(output: Output, style: CommentStyle | None = None) -> str:
    """The header, empty where the option ``showFileHeader`` is false.

    Args:
        style: The comment syntax; without one that of the options, else the long one.
    """
    if "showFileHeader" in output.file_options and not truthy(output.file_options["showFileHeader"]):
        return ""
    formatting = output.formatting
    line_separator = text(formatting.get("lineSeparator", "\n"))
    match style or formatting.get("commentStyle"):
        case "short":
            prefix, header, footer = "// ", line_separator, line_separator * 2
        case "xml":
            prefix, header, footer = "  ", f"<!--{line_separator}", f"{line_separator}-->"
        case _:
            prefix = " * "
            header = text(formatting.get("header", "/**\n"))
            footer = text(formatting.get("footer", "\n */\n\n"))
    # No time of making (formatting.fileHeaderTimestamp): equal input gives equal files.
    return f"{header}{prefix}{LINE}{footer}"
