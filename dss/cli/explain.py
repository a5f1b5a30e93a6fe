"""``dss explain``: what the code of a diagnostic means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import json_option
from .output import emit_json, emit_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from dss_tokens.codes import Explanation


def _codes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from dss_tokens.codes import explanations

    return [
        CompletionItem(code, help=entry.title)
        for code, entry in explanations().items()
        if code.startswith(incomplete.upper())
    ]


@click.command()
@click.argument("code", required=False, shell_complete=_codes)
@json_option
def command(code: str | None, as_json: bool) -> None:
    """Explain the CODE of a diagnostic, e.g. DSS203; without one, list them all.

    'dss203' and '203' mean the same code.
    """
    from dss_tokens.codes import explanations

    known = explanations()
    if code is None:
        entries = [_document(name, entry) for name, entry in known.items()]
        if as_json:
            emit_json({"codes": entries, "diagnostics": []})
        else:
            emit_text("\n".join(f"{name}  {entry.title}" for name, entry in known.items()))
        return
    name = code.upper()
    if name not in known:
        name = f"DSS{name}"
    if name not in known:
        raise click.UsageError(f"no such code '{code}'; did you mean {_nearest(name, known)}?")
    if as_json:
        emit_json({**_document(name, known[name]), "diagnostics": []})
    else:
        emit_text(_text(name, known[name]))


def _document(code: str, entry: Explanation) -> dict[str, str]:
    return {"code": code, "title": entry.title, "text": entry.text, "example": entry.example}


def _text(code: str, entry: Explanation) -> str:
    parts = [f"{code}: {entry.title}", click.wrap_text(entry.text, width=80, preserve_paragraphs=True)]
    if entry.example:
        parts.append("Example:\n\n" + "\n".join(f"    {line}" for line in entry.example.splitlines()))
    return "\n\n".join(parts)


def _nearest(code: str, known: dict[str, Explanation]) -> str:
    """The known code with the nearest number; by its letters, where *code* holds no number."""
    digits = "".join(char for char in code if char.isascii() and char.isdigit())[:9]
    if digits:
        return min(known, key=lambda name: (abs(int(name[3:]) - int(digits)), name))
    from difflib import get_close_matches

    return get_close_matches(code, known, n=1, cutoff=0.0)[0]
