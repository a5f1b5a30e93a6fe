"""``less/*``."""

from __future__ import annotations

from ..file_header import file_header
from ..format import Output, formats
from ..icons import icons_with_prefix
from ..variables import formatted_variables


@formats.register("less/variables")
def variables(output: Output) -> str:
    """Variables."""
    return f"{file_header(output, 'short')}{formatted_variables(output, 'less')}\n"


@formats.register("less/icons")
def icons(output: Output) -> str:
    """Variables and a class for each icon of an icon font."""
    return file_header(output, "short") + icons_with_prefix(output, "@")
