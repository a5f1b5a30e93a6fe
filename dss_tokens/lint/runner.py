"""Runs the configured rules; findings come out in the order of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Severity
from ..errors import InputError
from ..resolve.permutations import Permutations
from .patterns import matches
from .registry import LEVELS, Finding, Fix, Level, LintRule, lint_rules
from .subject import Subject

_SEVERITIES: dict[Level, Severity] = {"info": "info", "warn": "warning", "error": "error"}
_COMMON = ("level", "ignore")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """One rule as a project wants it."""

    rule: LintRule
    level: Level
    options: Mapping[str, Any]
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[lint]`` table, checked: every rule that is not off."""

    rules: tuple[RuleSettings, ...]
    ignore: tuple[str, ...] = ()
    """Paths that no rule looks at."""


class Linted(NamedTuple):
    """What linting gave."""

    diagnostics: list[Diagnostic]
    fixes: list[Fix]


def settings_of(table: Mapping[str, Any], *, file: str | None = None, only: Iterable[str] = ()) -> Settings:
    """The rules that a ``[lint]`` table asks for; those it does not name have their own level.

    Args:
        table: ``rule = "level"``, or a table with ``level``, ``ignore`` and the rule's options; ``ignore`` for all.
        file: Named in diagnostics.
        only: Run these rules alone, with at least a warning.

    Raises:
        InputError: A rule, option or value that there is not, naming the nearest.
    """
    faults: list[Diagnostic] = []
    ignore = _globs(table.get("ignore", []), "lint.ignore", faults, file)
    names = lint_rules.names()
    wanted = list(only)
    for name in [*(key for key in table if key != "ignore"), *wanted]:
        if name not in names:
            faults.append(_unknown("lint rule", name, names, file, code="DSS790"))
    found = []
    for name in names:
        rule = lint_rules.get(name)
        given = _settings(rule, table.get(name, {}), faults, file)
        level = given.level
        if wanted:
            level = "off" if name not in wanted else "warn" if level in ("off", "info") else level
        if level != "off":
            found.append(RuleSettings(rule, level, given.options, given.ignore))
    if faults:
        raise InputError(*faults)
    return Settings(tuple(found), ignore)


def _settings(rule: LintRule, given: Any, faults: list[Diagnostic], file: str | None) -> RuleSettings:
    if isinstance(given, str):
        given = {"level": given}
    if not isinstance(given, Mapping):
        faults.append(_bad(f"lint.{rule.name} is a level or a table", file))
        given = {}
    level = given.get("level", rule.level)
    if level not in LEVELS:
        faults.append(_bad(f"lint.{rule.name}: {level!a} is none of {', '.join(LEVELS)}", file))
        level = rule.level
    options = dict(rule.options)
    for key, value in given.items():
        if key in _COMMON:
            continue
        if key not in options:
            faults.append(_unknown(f"option of {rule.name}", key, [*options, *_COMMON], file, code="DSS791"))
        elif (fault := _mismatch(options[key], value)) is not None:
            faults.append(_bad(f"lint.{rule.name}.{key}: {fault}", file))
        else:
            options[key] = value
    ignore = _globs(given.get("ignore", []), f"lint.{rule.name}.ignore", faults, file)
    return RuleSettings(rule, level, options, ignore)


def _mismatch(default: Any, value: Any) -> str | None:
    """Why *value* cannot stand for *default*; a list may hold anything, the rule looks at it."""
    if isinstance(default, bool) or isinstance(value, bool):
        return None if isinstance(default, bool) is isinstance(value, bool) else f"{value!a} is of another kind"
    if isinstance(default, (int, float)):
        return None if isinstance(value, (int, float)) else f"{value!a} is no number"
    if isinstance(default, str):
        return None if isinstance(value, str) else f"{value!a} is no text"
    return None if isinstance(value, type(default)) else f"{value!a} is no {'list' if default == [] else 'table'}"


def _globs(value: Any, name: str, faults: list[Diagnostic], file: str | None) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(glob, str) for glob in value):
        faults.append(_bad(f"{name} is a list of paths", file))
        return ()
    return tuple(value)


def _unknown(kind: str, name: str, known: Iterable[str], file: str | None, *, code: str) -> Diagnostic:
    names = list(known)
    close = get_close_matches(name, names, 1, 0.5)
    hint = f"did you mean {close[0]}?" if close else "known: " + ", ".join(names)
    return Diagnostic(code=code, message=f"there is no {kind} called {name[:60]!a}", hint=hint, file=file)


def _bad(message: str, file: str | None) -> Diagnostic:
    return Diagnostic(code="DSS791", message=message, file=file)


def lint(permutations: Permutations, settings: Settings) -> Linted:
    """Everything the rules have to say, in the order in which tokens are written.

    A token says with ``$extensions.dss.lint.ignore`` which rules it is exempt from; ``true`` means all.

    Args:
        permutations: The tokens in all their contexts.
        settings: Which rules, and how.
    """
    subject = Subject(permutations)
    ignored = matches(settings.ignore)
    order = _order(subject)
    found: list[tuple[tuple[int, int], Diagnostic]] = []
    fixes: list[Fix] = []
    for number, one in enumerate(settings.rules):
        exempt = matches(one.ignore)
        for finding in one.rule(subject, one.options):
            path = finding.token.path
            if ignored(path) or exempt(path) or _is_exempt(finding, one.rule.name):
                continue
            place = order.get(id(finding.token.node), len(order))
            found.append(((place, number), _diagnostic(finding, one)))
            fixes += finding.fixes
    found.sort(key=lambda entry: entry[0])
    return Linted([diagnostic for _, diagnostic in found], fixes)


def _order(subject: Subject) -> dict[int, int]:
    """Node -> its number: files in the order they were first met, tokens as they are written in them."""
    files: dict[str, list[int]] = {}
    for token in subject.authored():
        files.setdefault(token.token.source.file, []).append(id(token.token.node))
    return {node: number for number, node in enumerate(node for nodes in files.values() for node in nodes)}


def _is_exempt(finding: Finding, rule: str) -> bool:
    own = finding.token.extensions.get("dss")
    table = own.get("lint") if isinstance(own, dict) else None
    ignore = table.get("ignore") if isinstance(table, dict) else None
    return ignore is True or (isinstance(ignore, list) and rule in ignore)


def _diagnostic(finding: Finding, settings: RuleSettings) -> Diagnostic:
    token = finding.token
    return Diagnostic(
        code=settings.rule.code, severity=_SEVERITIES[settings.level],
        message=f"{finding.message} ({settings.rule.name})", hint=finding.hint, path=token.path,
        file=token.source.file, at=token.at(*finding.keys), related=finding.related,
    )  # fmt: skip
