"""``dss lint``: the rules of a project over its tokens, and what can be mended by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_equality import same
from dss_tokens.lint import Fix, Settings, lint
from dss_tokens.source import Location

from .. import files
from ..editing import comments_lost, rewritten
from .reading import Reader, Reading
from .resolving import resolve_all

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LintResult:
    """What linting found."""

    diagnostics: list[Diagnostic]
    """Faults of the tokens first, then what the rules say."""

    fixes: list[Fix]
    tokens: int


def lint_reading(reading: Reading, settings: Settings, *, strict: bool = False) -> LintResult:
    """Resolves what was read in all contexts and runs the rules.

    Args:
        reading: Token files or a resolver document.
        settings: Which rules, and how.
        strict: Older forms are errors.
    """
    permutations = resolve_all(reading, {}, strict=strict)
    found = lint(permutations, settings)
    return LintResult(
        diagnostics=[*permutations.diagnostics, *found.diagnostics], fixes=found.fixes,
        tokens=len(permutations.base.tokens),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mended:
    """Files with fixes in them; nothing is written yet."""

    contents: Mapping[Path, bytes]
    count: int
    """How many findings they end."""

    diagnostics: list[Diagnostic]


def mend(reading: Reading, fixes: Iterable[Fix], reader: Reader) -> Mended:
    """The files of *reading* with *fixes* made. One that does not fit what the file says any more is left out."""
    by_file: dict[str, list[Fix]] = {}
    for fix in fixes:
        by_file.setdefault(fix.token.source.file, []).append(fix)
    contents: dict[Path, bytes] = {}
    told: list[Diagnostic] = []
    count = 0
    for path in dict.fromkeys(reading.files):
        shown = files.shown(path)
        if shown not in by_file:
            continue
        data = files.read(path)
        document = reader.decode_bytes(data, path.suffix.lower(), shown).value
        changed = document
        for fix in by_file[shown]:
            after = _replaced(changed, fix.token.at(*fix.keys), fix.before, fix.after)
            count += after is not None
            changed = changed if after is None else after
        if changed is not document:
            if (lost := comments_lost(data, path.suffix, shown)) is not None:
                told.append(lost)
            contents[path] = rewritten(data, path.suffix, document, changed)
    return Mended(contents, count, told)


def _replaced(document: Json, at: Location, before: Json, after: Json) -> Json | None:
    """*document* with the value at a place replaced; ``None`` where another one stands there."""
    if not at:
        return after if same(document, before) else None
    key, *rest = at
    if isinstance(document, dict) and key in document:
        inner = _replaced(document[key], tuple(rest), before, after)
        return None if inner is None else {**document, key: inner}
    if isinstance(document, list) and isinstance(key, int) and key < len(document):
        inner = _replaced(document[key], tuple(rest), before, after)
        return None if inner is None else [*document[:key], inner, *document[key + 1 :]]
    return None
