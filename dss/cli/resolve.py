"""``dss resolve``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dss_tokens.resolve.answers import ResolvedToken

from .options import dialect_option, input_option, json_option, resolver_option, sources_argument, strict_option
from .output import conclude, emit_text, swatch


@click.command("resolve")
@sources_argument
@resolver_option
@input_option
@strict_option
@dialect_option
@json_option
def command(
    sources: tuple[str, ...],
    resolver: Path | None,
    inputs: dict[str, str],
    strict: bool,
    dialect: str | None,
    as_json: bool,
) -> None:
    """Print every token with its final value.

    \b
    Example:
      dss resolve --resolver tokens/tokens.resolver.json --input theme=dark
    """
    from .. import wiring
    from ..service.resolving import resolve

    reading = wiring.read(sources, resolver, strict=strict, dialect=dialect)
    resolved = resolve(reading, inputs, strict=strict)
    if as_json:
        document = {"tokens": {path: as_record(token) for path, token in resolved.base.tokens.items()}}
        conclude(resolved.diagnostics, document, as_json=True)
        return
    emit_text("".join(_line(token) for token in resolved.base.tokens.values()))
    conclude(resolved.diagnostics)


def as_record(token: ResolvedToken) -> dict[str, Any]:
    """A token as ``--json`` prints it (contract, "resolve")."""
    return {
        "type": token.type,
        "value": token.value,
        "alias": token.alias,
        "description": token.description,
        "deprecated": token.deprecated,
        "extensions": token.token.extensions,
    }


def _line(token: ResolvedToken) -> str:
    import json

    from .rendering import escaped

    patch = ""
    if token.type == "color" and isinstance(token.value, dict):
        from dss_tokens.color import to_hex

        digits = to_hex(token.value)
        patch = swatch(*(int(digits[at : at + 2], 16) for at in (1, 3, 5)))
    value = token.value if isinstance(token.value, str) else json.dumps(token.value, ensure_ascii=False)
    arrow = f"  <- {token.alias}" if token.alias else ""
    mark = "  (deprecated)" if token.deprecated else ""
    return (
        f"{patch + ' ' if patch else ''}{escaped(token.path)}  {token.type}  {escaped(value)}{escaped(arrow)}{mark}\n"
    )
