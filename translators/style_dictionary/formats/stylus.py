"""``stylus/*``."""

from __future__ import annotations

from ..ecmascript.values import truthy
from ..file_header import file_header
from ..format import Output, formats
from ..variables import formatted_variables


@formats.register("stylus/variables")
def variables(output: Output) -> str:
    """Variables. Whether aliases are kept is an option of the platform here, not of the file."""
    references = truthy(output.platform.options.get("outputReferences"))
    return f"{file_header(output, 'short')}{formatted_variables(output, 'stylus', references=references)}\n"
