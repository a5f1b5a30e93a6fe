"""What a format cannot write of the tokens: told, never silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity
from dss_tokens.resolve.permutations import Permutations
from dss_tokens.types import TYPES, CompositeType

from .platform import Platform

Json = Any

_MOST_NAMES: dict[Severity, int] = {"error": 50, "warning": 50, "info": 8}


class Losses:
    """Collects what gets lost of which token; each kind of loss is told once."""

    def __init__(self) -> None:
        self.path = ""
        """The token that is being written."""

        self._found: dict[tuple[Severity, str], dict[str, None]] = {}

    def tell(self, what: str, severity: Severity = "warning") -> None:
        """Notes a loss of the present token; *what* completes a sentence that begins with the format's name."""
        self._found.setdefault((severity, what), {})[self.path] = None

    def notes(self, path: str) -> None:
        """Notes that what is said of the token at *path* has no place."""
        self.path = path
        self.tell("has no place for descriptions and deprecations", "info")

    def groups(self, permutations: Permutations) -> None:
        """Notes that what is said of groups has no place."""
        for path, group in permutations.base.groups.items():
            if group.properties.get("$description"):
                self.path = path or "the root"
                self.tell("has no place for descriptions of groups", "info")

    def contexts(self, permutations: Permutations) -> None:
        """Notes that only one choice of contexts has a place."""
        for other in permutations.others:
            for name, context in other.inputs.items() if other.differing else ():
                self.path = f"{name}={context}"
                self.tell("holds one choice of contexts (--input or inputs chooses another); it leaves out", "info")

    def other_parts(self, kind: str, value: Json, *known: str) -> None:
        """Notes the parts of a composite that neither DTCG nor the format knows."""
        composite = TYPES.get(kind)
        if not isinstance(composite, CompositeType):
            return
        for item in value if type(value) is list else [value]:
            for part in item if type(item) is dict else ():
                if part not in composite.parts and part not in known:
                    self.tell(f"leaves out the part {part}, which is none of DTCG's")

    def diagnostics(self, platform: Platform) -> Iterator[Diagnostic]:
        """One for each kind of loss, with the names of the tokens, or of the contexts."""
        for (severity, what), paths in self._found.items():
            message = f"{platform.format} {what}: {_listed(list(paths), _MOST_NAMES[severity])}"
            yield Diagnostic(code="DSS322", severity=severity, message=message, path=f"platform.{platform.name}")


def _listed(names: list[str], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
