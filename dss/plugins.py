"""What a plug-in of your own registers: formats, transforms, dialects, lint rules and merge strategies.

A plug-in is a Python file or module that ``plugins = […]`` of ``dss.toml`` names, or a distribution with entry points
``dss.formats``, ``dss.transforms``, ``dss.dialects``, ``dss.lint_rules``, ``dss.merge_strategies``. It runs as part of
dss, with all that you may do: name only plug-ins that you trust, as you would with any build script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.lint.registry import Finding
from dss_tokens.merge.conflicts import Answer
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

__all__ = (
    "Answer", "Diagnostic", "Finding", "OutputFile", "ResolvedToken", "dialect", "format", "lint_rule",
    "merge_strategy", "transform",
)  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C")


def format(name: str) -> Callable[[F], F]:
    """Registers a format: ``(rendering) -> an iterator of OutputFile``.

    *rendering* offers ``tokens`` (path -> resolved token, in order), ``names`` (path -> name, by the rules of the
    platform), ``text(token)`` (its CSS text), ``platform`` (``out``, ``options`` …), ``permutations`` (the other
    contexts) and ``diagnostics`` (a list to append faults to).
    """
    return lambda function: _enter("dss.formats", name, function)


def transform(name: str) -> Callable[[F], F]:
    """Registers a transform: ``(token, platform) -> the token with another value``, e.g. ``token._replace(value=…)``.

    An alias arrives with what became of its target.
    """
    return lambda function: _enter("dss.transforms", name, function)


def dialect(name: str) -> Callable[[type[C]], type[C]]:
    """Registers a dialect: a class with ``recognises(document)``, ``read(document)`` and ``write(material)``.

    ``read`` gives a decoded file as a DTCG token document or resolver document. ``write`` may be left out: then
    ``dss convert`` cannot write the dialect.
    """
    return lambda kind: _enter("dss.dialects", name, kind)


def lint_rule(
    name: str, *, level: Literal["off", "info", "warn", "error"] = "warn", options: Mapping[str, Any] | None = None
) -> Callable[[F], F]:
    """Registers a lint rule: ``(subject, options) -> an iterator of Finding``; its findings have the code DSS799.

    *subject* offers ``authored()`` (every token that is written), ``resolved`` (path -> resolved token), ``contexts``,
    ``uses`` and ``users``. *options* are the defaults of what ``[lint.<name>]`` may set.
    """

    def enter(function: F) -> F:
        from dss_tokens.lint.registry import LintRule

        rule = LintRule(function, code="DSS799", level=level, options=options or {})
        rule.name = name
        _enter("dss.lint_rules", name, rule)
        return function

    return enter


def merge_strategy(name: str) -> Callable[[F], F]:
    """Registers a merge strategy: ``(conflict) -> Answer``, or ``None`` to leave the conflict open."""
    return lambda function: _enter("dss.merge_strategies", name, function)


def _enter(group: str, name: str, entry: Any) -> Any:
    from . import wiring
    from .service.plugins import enter

    enter(wiring.registry(group), name, lambda: entry)
    return entry
