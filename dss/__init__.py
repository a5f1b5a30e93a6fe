"""The design-token toolchain for Python: read, check, resolve and translate DTCG tokens.

::

    import dss

    tokens = dss.resolve("tokens", inputs={"theme": "dark"})
    tokens.base.tokens["color.brand"].value        # in DTCG form, nothing left to look up
    for file in dss.translate("tokens", to=["css", "scss"]):
        print(file.path, len(file.text))

Names are imported when first used, so that ``import dss`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dss_tokens.diagnostics import Diagnostic
    from dss_tokens.errors import DssError
    from dss_tokens.output import OutputFile
    from dss_tokens.resolve.answers import ResolvedToken
    from dss_tokens.resolve.permutations import Permutations

    from .project import Project, find_project
    from .tokens import resolve, translate, validate

__all__ = (
    "Diagnostic",
    "DssError",
    "OutputFile",
    "Permutations",
    "Project",
    "ResolvedToken",
    "find_project",
    "resolve",
    "translate",
    "validate",
)

_HOMES = {
    "Diagnostic": "dss_tokens.diagnostics",
    "DssError": "dss_tokens.errors",
    "find_project": "dss.project",
    "OutputFile": "dss_tokens.output",
    "Permutations": "dss_tokens.resolve.permutations",
    "Project": "dss.project",
    "resolve": "dss.tokens",
    "ResolvedToken": "dss_tokens.resolve.answers",
    "translate": "dss.tokens",
    "validate": "dss.tokens",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dss' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
