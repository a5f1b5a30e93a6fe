"""What a lint rule is, and the registry that finds it by the name of its module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import update_wrapper
from typing import Any, Literal, NamedTuple

from ..diagnostics import Related
from ..model import Token
from ..registry import Registry
from ..source import Location
from .subject import Subject

Json = Any
Level = Literal["off", "info", "warn", "error"]
LEVELS: tuple[Level, ...] = ("off", "info", "warn", "error")


class Fix(NamedTuple):
    """A value that would end a finding."""

    token: Token
    keys: Location
    """Where in the token, e.g. ``("$value", "hex")``."""

    before: Json
    """What stands there now; a fix is not applied to anything else."""

    after: Json


class Finding(NamedTuple):
    """One thing a rule has to say."""

    token: Token
    """Whom about; the finding is shown where it is written."""

    message: str
    hint: str | None = None
    keys: Location = ()
    """Where in the token."""

    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()


Options = Mapping[str, Any]
Check = Callable[[Subject, Options], Iterable[Finding]]


class LintRule:
    """A check with its code, its level unless configured, and its options with their defaults."""

    def __init__(self, check: Check, *, code: str, level: Level, options: Options) -> None:
        """*options* tells their types as well: a value of another one is refused."""
        update_wrapper(self, check)
        self.check = check
        self.name: str = getattr(check, "__name__", "")
        self.code = code
        self.level: Level = level
        self.options = options

    def __call__(self, subject: Subject, options: Options, /) -> Iterable[Finding]:
        """What *subject* has to be told."""
        return self.check(subject, options)


lint_rules: Registry[LintRule] = Registry("lint rule", "dss_tokens.lint.rules", code="DSS790")
"""All rules by name, e.g. ``lint_rules.get("alias_depth")``."""


def lint_rule(*, code: str, level: Level, options: Options | None = None) -> Callable[[Check], LintRule]:
    """A decorator that makes a function a rule, called as the function is, and enters it.

    Args:
        code: Of its findings.
        level: Unless ``[lint]`` says otherwise.
        options: Names and defaults of what ``[lint.<rule>]`` may set beside ``level`` and ``ignore``.
    """

    def enter(check: Check) -> LintRule:
        rule = LintRule(check, code=code, level=level, options=options or {})
        return lint_rules.register(rule.name)(rule)

    return enter
