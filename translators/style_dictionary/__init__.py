"""A drop-in for Style Dictionary 5.5.5: its configurations, its token files, its output.

A room of its own: Style Dictionary's tokens are objects that formats print as they stand, references are
text anywhere, and transforms run between them. Pure: :func:`load_config` and :func:`build` take parsed data
and give text; who calls finds the files that ``Config.include`` and ``Config.source`` match and writes.
"""

from .action import Copy
from .build import build
from .config import Config, ConfigError
from .config_reader import load_config
from .format import FormatError
from .javascript import function_at, functions_of_program
from .run import BuildError, BuildResult
from .tokens import SourceDocument

__all__ = (
    "BuildError",
    "BuildResult",
    "Config",
    "ConfigError",
    "Copy",
    "FormatError",
    "SourceDocument",
    "build",
    "function_at",
    "functions_of_program",
    "load_config",
)
